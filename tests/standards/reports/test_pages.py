"""The synopsis as its writers and its readers meet it."""

import re

import pytest

from red_mpe.core.desk import panels
from standards.actions.comments import hide_identity
from standards.enums import RoundState, ShownAs
from standards.models import Answer, Comment, Consultation, Framework, ProcessRules, Synopsis, SynopsisClause
from standards.views.records import rounds_of
from tests.factories.standards import fresh
from tests.standards.reports.conftest import ROUND, WORDS, reread
from tests.support.frameworks import make_answer, make_comment, make_round
from tests.support.pages import text_of, url
from tests.support.queries import flat

SITES = ("synopsis", "synopsis_comments")


def get(client, name, *args, language="en"):
    return client.get(url(f"standards:{name}", *ROUND, *args, language=language))


def post(client, name, *args, **data):
    return client.post(url(f"standards:{name}", *ROUND, *args, language="en"), data)


# --- the public page


def test_everybody_reads_what_was_asked_said_and_changed(as_user, published):
    page = text_of(get(as_user(), "synopsis", language="es"))
    for words in ("¿Qué falta?", "radio", "Pedían claridad.", "Se aclaró.", "Otra ronda.", "4.1"):
        assert words in page


def test_markdown_of_a_synopsis_is_safe(as_user, published):
    Synopsis.objects.update(asked_es="**Todo** <script>alert(1)</script>")
    html = get(as_user(), "synopsis", language="es").content.decode()
    assert "<strong>Todo</strong>" in html
    assert "<script>alert" not in html


def test_words_in_another_language_are_marked(as_user, published):
    assert 'lang="es"><span class="tag lang" lang="en">' in get(as_user(), "synopsis").content.decode()


@pytest.mark.parametrize("page", [*SITES, "synopsis_pdf", "synopsis_xlsx", "record"])
def test_before_it_is_public_it_is_unknown(as_user, written, scholar, page):
    for reader in (None, scholar):
        assert get(as_user(reader), page).status_code == 404


@pytest.mark.parametrize("page", SITES)
def test_the_committee_sees_a_preview(as_user, written, committee, page):
    response = get(as_user(committee["observer"]), page)
    assert response.status_code == 200
    assert "noindex" in response.content.decode()


def test_the_preview_says_that_it_is_one(as_user, written, committee, published):
    assert "Preview" not in text_of(get(as_user(), "synopsis"))
    Synopsis.objects.update(published_at=None)
    assert "Preview: nobody outside" in text_of(get(as_user(committee["chair"]), "synopsis"))


def test_nothing_is_read_of_a_round_that_is_open(as_user, published, secretary):
    Consultation.objects.update(state=RoundState.OPEN)
    assert get(as_user(secretary), "synopsis").status_code == 404


def test_few_are_not_counted(as_user, published):
    page = text_of(get(as_user(), "synopsis"))
    assert "fewer than 5" in page
    assert not re.search(r"People [12]\b", page)


def test_counts_are_never_shown_as_votes(as_user, published):
    assert "They are not votes." in text_of(get(as_user(), "synopsis"))


def test_the_page_shows_a_word_saved_since(as_user, published):
    get(as_user(), "synopsis", language="es")
    SynopsisClause.objects.filter(clause=None).update(said_es="Nuevas palabras.")
    Synopsis.objects.update(updated_at="2026-05-01T00:00Z")
    assert "Nuevas palabras." in text_of(get(as_user(), "synopsis", language="es"))


def test_the_page_is_flat(as_user, published, version, producers):
    client = as_user()

    def grow():
        for number in range(3):
            comment = make_comment(reread(), producers, clause_text=reread().version.texts.first(), kind="ed", proposed=f"{number}")
            make_answer(comment, disposition="AC")

    flat(lambda: get(client, "synopsis"), grow, ceiling=7)


def test_the_annex_is_flat(as_user, published, producers):
    client = as_user()
    flat(
        lambda: get(client, "synopsis_comments"),
        lambda: [make_answer(make_comment(reread(), producers)) for _ in range(3)],
        ceiling=12,
    )


def test_the_annex_shows_every_comment_with_its_answer(as_user, published):
    page = text_of(get(as_user(), "synopsis_comments", language="es"))
    for words in ("Porque el río es de todas.", "Es más claro así.", "Sou ribeirinho", "Queda anotado."):
        assert words in page


def test_the_annex_says_what_has_no_answer(as_user, published):
    Answer.objects.filter(disposition="AC").update(state="validated")
    page = text_of(get(as_user(), "synopsis_comments"))
    assert "No public answer yet" in page
    assert "Es más claro así." not in page


@pytest.mark.parametrize(("field", "marker"), [("withdrawn", "withdrawn this comment"), ("hidden", "Hidden by moderation")])
def test_the_annex_keeps_a_marker_and_no_words(as_user, published, spoken, field, marker):
    reason = "x" if field == "hidden" else ""
    Comment.objects.filter(pk=spoken[0].pk).update(state=field, hidden_reason=reason)
    page = text_of(get(as_user(), "synopsis_comments"))
    assert marker in page
    assert "Porque el río" not in page


def test_a_protected_voice_stays_protected_in_the_annex(as_user, published):
    page = text_of(get(as_user(), "synopsis_comments"))
    assert "Protected voice" in page
    assert not [word for word in ("Ribeiro", "joao", "Brazil") if word in page]


def test_who_hides_later_is_hidden_in_the_annex(as_user, published, miner, spoken):
    hide_identity(actor=fresh(miner.user), comment=Comment.objects.get(pk=spoken[0].pk), shown_as=ShownAs.PROTECTED)
    assert "Oro Claro" not in text_of(get(as_user(), "synopsis_comments"))


def test_rounds_of_a_framework_lead_to_what_is_public(published, written):
    [row] = rounds_of(None, Framework.objects.get())
    assert row["synopsis_url"].endswith("/1/sinopsis/") or row["synopsis_url"].endswith("/1/synopsis/")
    Synopsis.objects.update(published_at=None)
    [row] = rounds_of(None, Framework.objects.get())
    assert row["synopsis_url"] == row["record_url"] == ""


def test_the_rounds_of_a_framework_are_a_page(as_user, published):
    page = as_user().get(url("standards:rounds", "marco", language="en"))
    assert url("standards:record", *ROUND, language="en") in page.content.decode()
    assert "Round 1" in text_of(page)


def test_a_framework_without_rounds_says_so(as_user, framework):
    assert "No round yet" in text_of(as_user().get(url("standards:rounds", "marco", language="en")))


# --- the workspace


def test_the_list_says_when_each_is_due(as_user, written, committee):
    page = text_of(as_user(committee["observer"]).get(url("standards:reports", "marco", language="en")))
    assert "synopsis not public" in page
    assert "15 April 2026" in page


def test_the_list_of_a_framework_without_rounds_says_so(as_user, framework, secretary):
    assert "No round yet" in text_of(as_user(secretary).get(url("standards:reports", "marco", language="en")))


def test_the_list_tells_of_an_open_round(as_user, consultation, secretary):
    assert "once the round has closed" in text_of(as_user(secretary).get(url("standards:reports", "marco", language="en")))


def test_the_list_is_flat(as_user, published, secretary):
    client, version = as_user(secretary), reread().version

    def grow():
        for number in (2, 3, 4):
            make_round(version, state=RoundState.CLOSED, number=number)

    flat(lambda: client.get(url("standards:reports", "marco", language="en")), grow, ceiling=14)


def test_the_form_begins_with_the_question(as_user, closed, secretary):
    form = get(as_user(secretary), "synopsis_write").context["form"]
    assert form["asked_es"].value() == "¿Qué falta?"


def test_saving_leads_back_and_says_so(as_user, closed, secretary):
    response = post(as_user(secretary), "synopsis_write", revision=0, **WORDS)
    assert response.status_code == 303
    assert Synopsis.objects.get().promotion_es == WORDS["promotion_es"]


def test_who_comes_second_sees_both_texts_and_loses_nothing(as_user, closed, secretary, committee):
    post(as_user(secretary), "synopsis_write", revision=0, asked_es="Palabras de ella.")
    response = post(as_user(committee["member"]), "synopsis_write", revision=0, asked_es="Palabras de él.")
    page = text_of(response)
    assert response.status_code == 409
    assert "Palabras de ella." in page
    assert response.context["form"]["asked_es"].value() == "Palabras de él."
    assert 'name="revision" value="1"' in response.content.decode()


def test_sent_once_more_it_is_saved_knowingly(as_user, closed, secretary):
    post(as_user(secretary), "synopsis_write", revision=0, asked_es="Uno.")
    assert post(as_user(secretary), "synopsis_write", revision=1, asked_es="Dos.").status_code == 303
    assert Synopsis.objects.get().asked_es == "Dos."


def test_words_of_an_open_round_stay_in_the_form(as_user, consultation, secretary):
    response = post(as_user(secretary), "synopsis_write", revision=0, asked_es="Demasiado pronto.")
    assert response.status_code == 409
    assert "Demasiado pronto." in text_of(response)


def test_words_beyond_all_measure_are_refused_and_kept(as_user, closed, secretary):
    response = post(as_user(secretary), "synopsis_write", revision=0, asked_es="x " * 40_000)
    assert response.status_code == 422
    assert not Synopsis.objects.exists()


def test_the_clause_begins_with_the_systems_draft(as_user, answered, secretary, closed):
    form = get(as_user(secretary), "synopsis_paragraph", "2.3.1").context["form"]
    assert form["said_en"].value() == "1 comment was made. Technical: 1."


def test_the_clause_shows_what_its_answers_changed(as_user, answered, secretary):
    html = get(as_user(secretary), "synopsis_paragraph", "2.3.1").content.decode()
    assert "<ins>" in html
    assert "Clause 4.1 in version 0.3" in html


@pytest.mark.parametrize("label", ["2.3.1", "general"])
def test_a_clause_is_saved(as_user, answered, secretary, label):
    response = post(as_user(secretary), "synopsis_paragraph", label, revision=0, said_es="Dicho.", changed_es="Hecho.")
    assert response.status_code == 303
    assert SynopsisClause.objects.get().said_es == "Dicho."
    assert get(as_user(secretary), "synopsis_paragraph", label).context["form"]["said_es"].value() == "Dicho."


def test_a_clause_that_is_not_there_is_unknown(as_user, answered, secretary):
    assert get(as_user(secretary), "synopsis_paragraph", "9.9").status_code == 404


def test_drafting_is_told_with_a_number(as_user, answered, secretary):
    response = as_user(secretary).post(url("standards:synopsis_draft", *ROUND, language="en"), follow=True)
    assert "2 clauses begun." in text_of(response)


def test_drafting_too_late_is_refused_in_words(as_user, published, secretary):
    response = as_user(secretary).post(url("standards:synopsis_draft", *ROUND, language="en"), follow=True)
    assert "each clause is put right by itself" in text_of(response)


def test_the_check_list_stands_before_the_button(as_user, answered, secretary):
    page = get(as_user(secretary), "synopsis_publish")
    assert "Not written yet: next steps." in text_of(page)
    assert "Publish it" not in text_of(page)


def test_publishing_leads_to_the_public_page(as_user, written, committee):
    client = as_user(committee["chair"])
    assert "Publish it" in text_of(get(client, "synopsis_publish"))
    response = post(client, "synopsis_publish")
    assert (response.status_code, response["Location"]) == (303, url("standards:synopsis", *ROUND, language="en"))


def test_a_language_in_which_something_is_missing_is_called_by_its_name(as_user, written, committee):
    ProcessRules.objects.update(required_languages=["pt"])
    words = text_of(get(as_user(committee["chair"]), "synopsis_publish"))
    assert "not written in “Português”" in words
    assert "“pt”" not in words


def test_publishing_too_early_is_refused_with_what_is_missing(as_user, answered, secretary):
    response = post(as_user(secretary), "synopsis_publish")
    assert response.status_code == 409
    assert "Not yet:" in text_of(response)


def test_a_correction_needs_a_reason_and_is_shown(as_user, published, secretary):
    client = as_user(secretary)
    words = {**WORDS, "asked_es": "¿Qué sobra?", "revision": published.revision}
    assert post(client, "synopsis_write", **words).status_code == 422
    assert post(client, "synopsis_write", note="Era al revés", **words).status_code == 303
    assert "Era al revés" in text_of(get(as_user(), "synopsis"))


def test_a_correction_of_a_clause_names_it(as_user, published, secretary):
    words = {"revision": 1, "note": "Precisión", "said_es": "Otra.", "changed_es": "Otra."}
    post(as_user(secretary), "synopsis_paragraph", "2.3.1", **words)
    assert "2.3.1 · Precisión" in text_of(get(as_user(), "synopsis"))


# --- the desk


def pile(key, user):
    return next(panel for panel in panels() if panel.key == f"standards.{key}").find(user)


def test_the_desk_shows_what_is_due(written, secretary, clock):
    [one] = pile("synopses", secretary).first
    assert (one.title, str(one.at)) == ("Marco marco, ronda 1", "2026-04-15")


@pytest.mark.parametrize(("now", "note"), [("2026-04-15", "due"), ("2026-04-17", "overdue")])
def test_the_desk_says_what_is_overdue(written, secretary, clock, now, note):
    clock.move_to(f"{now}T12:00:00Z")
    assert pile("synopses", secretary).first[0].note._args[0] == note


def test_a_public_synopsis_leaves_the_desk(published, secretary):
    assert pile("synopses", secretary).count == 0


def test_the_desk_counts_letters_that_wait(published, secretary):
    assert pile("letters", secretary).count == 2


@pytest.mark.parametrize("key", ["synopses", "letters"])
def test_the_desk_shows_them_to_the_secretariat_alone(published, officer, scholar, key):
    assert pile(key, officer) is pile(key, scholar.user) is None


@pytest.mark.parametrize("key", ["synopses", "letters"])
def test_the_desk_is_flat(published, secretary, producers, key):
    first = reread()

    def grow():
        for number in (2, 3, 4):
            make_round(first.version, state=RoundState.CLOSED, number=number)
            make_comment(first, producers)

    flat(lambda: pile(key, secretary), grow, ceiling=6)
