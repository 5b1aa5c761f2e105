"""Frameworks and clauses as readers meet them."""

import re

import pytest
from django.db import connection
from django.utils import translation

from red_mpe.notifications.models import Subscription
from standards.actions.comments import toggle_support, withdraw_comment
from standards.actions.texts import freeze_version
from standards.enums import RoundState, Stage
from standards.models import Clause, ClauseLanguage, ClauseText, Comment, Consultation, Framework, ParticipationTarget, Persona
from standards.views.frameworks import days_left, stage_line
from tests.conftest import make_person
from tests.factories.standards import answer, say
from tests.support.frameworks import make_clause, make_comment, make_framework, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat

PLACE = ("marco", "0.2", "2.3.1")


def page(client, name, *args, language="en", **headers):
    return client.get(url(f"standards:{name}", *args, language=language), **headers)


def test_list_shows_what_the_reader_may_see(as_user, framework, secretary):
    make_framework("secreto", title_es="Todavía secreto", public=False)
    public, staff = (text_of(page(as_user(who), "framework_list", language="es")) for who in (None, secretary))
    assert "Marco marco" in public
    assert "Todavía secreto" not in public
    assert "Todavía secreto" in staff


def test_list_says_that_it_is_empty(as_user, db):
    assert "No framework is public yet" in text_of(page(as_user(), "framework_list"))


def test_list_is_flat(as_user, framework):
    client = as_user()
    grow = lambda: [make_framework(f"f{n}", summary_es="x") for n in range(3)]  # noqa: E731
    flat(lambda: page(client, "framework_list"), grow, ceiling=3)


def test_what_a_framework_says_of_itself_is_never_empty_and_marked(as_user, version, consultation):
    Framework.objects.update(title_en="", introduction_es="**Para** el río.", scope_es="En veta o en aluvión.")
    Consultation.objects.update(question_es="¿Qué falta?")
    html = page(as_user(), "framework_detail", "marco").content.decode()
    assert re.search(r'<header class="head" lang="es">.*<h1>Marco marco</h1>', html, re.S)
    for words in ("<strong>Para</strong> el río.", "En veta o en aluvión.", "¿Qué falta?", "Lo que acordamos."):
        assert re.search(
            rf'<div lang="es"><span class="tag lang" lang="en">In Español</span>(?:(?!</div>).)*{re.escape(words)}', html, re.S
        )


def test_framework_page_is_that_of_the_newest_visible_version(as_user, version, clause, secretary):
    make_version(version.framework, "0.3", public=False)
    public, staff = (page(as_user(who), "framework_detail", "marco").context["version"].number for who in (None, secretary))
    assert (public, staff) == ("0.2", "0.3")


def test_a_framework_without_a_public_version_says_so(as_user, framework):
    response = page(as_user(), "framework_detail", "marco")
    assert response.status_code == 200
    assert "Its text is not public yet" in text_of(response)


@pytest.mark.parametrize(
    "path", [("framework_detail", "nada"), ("version_detail", "marco", "9.9"), ("clause_detail", "marco", "0.2", "9.9")]
)
def test_what_does_not_exist_is_404(as_user, clause, path):
    assert page(as_user(), *path).status_code == 404


@pytest.mark.parametrize("hidden", ["framework", "version"])
def test_what_is_not_public_is_404_to_strangers_and_there_for_staff(as_user, consultation, comment, secretary, hidden):
    Framework.objects.update(public=hidden != "framework")
    type(consultation.version).objects.update(public=hidden != "version")
    paths = [("version_detail", *PLACE[:2]), ("clause_detail", *PLACE), ("clause_thread", *PLACE), ("comment_detail", comment.code)]
    assert [page(as_user(), *path).status_code for path in paths] == [404] * 4
    assert [page(as_user(secretary), *path).status_code for path in paths] == [200] * 4


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause, kind="te", proposed="Ninguna operación usa mercurio.")


@pytest.fixture
def many(version, consultation, producers):
    """200 clauses and 2,000 comments."""

    def fill():
        start = version.texts.count()
        clauses = Clause.objects.bulk_create([Clause(framework=version.framework) for _ in range(200)])
        texts = ClauseText.objects.bulk_create(
            ClauseText(version=version, clause=one, label=f"9.{n}", position=start + n, text_html_es="<p>Agua.</p>")
            for n, one in enumerate(clauses, 1)
        )
        personas = Persona.objects.bulk_create(Persona(consultation=consultation) for _ in range(2000))
        place = {"consultation": consultation, "chamber": producers.chamber, "category": producers, "kind": "ge", "country": "PE"}
        Comment.objects.bulk_create(
            Comment(**place, serial=100 + n, code=f"C-{n}", once=f"{n:032x}", persona=one, clause=texts[n % 200].clause,
                    clause_text=texts[n % 200], body="x", body_html="<p>x</p>", language="es")
            for n, one in enumerate(personas)
        )  # fmt: skip

    return fill


@pytest.mark.parametrize(("who", "ceiling"), [("nobody", 12), ("member", 16)])
def test_framework_page_of_200_clauses_and_2000_comments_is_flat(as_user, miner, comment, many, who, ceiling):
    client = as_user(miner if who == "member" else None)
    flat(lambda: page(client, "version_detail", *PLACE[:2]), many, ceiling=ceiling)
    response = page(client, "version_detail", *PLACE[:2])
    assert response.content.decode().count("10 comments") == 200


@pytest.mark.parametrize(("who", "ceiling"), [("nobody", 8), ("member", 12)])
@pytest.mark.parametrize("name", ["clause_detail", "clause_thread", "comment_detail"])
def test_threads_are_flat(as_user, miner, neighbour, comment, consultation, clause, name, who, ceiling):
    client = as_user(miner if who == "member" else None)
    ClauseLanguage.objects.create(clause_text=clause, language="es")

    def grow():
        for number in range(3):
            reply = answer(make_person(f"otra-{number}"), comment)
            toggle_support(actor=neighbour.user, comment=reply)
            say(make_person(f"mas-{number}"), consultation, clause)

    args = (comment.code,) if name == "comment_detail" else PLACE
    flat(lambda: page(client, name, *args), grow, ceiling=ceiling)


def test_framework_page_says_when_the_round_closes_by_the_readers_clock(as_user, consultation, miner):
    with translation.override("en"):
        assert "21 days left" in text_of(page(as_user(miner), "framework_detail", "marco"))
    assert "(Lima time)" in text_of(page(as_user(miner), "framework_detail", "marco"))


@pytest.mark.parametrize(
    ("state", "stage", "words"),
    [
        (RoundState.ANNOUNCED, Stage.DRAFTING, "is announced"),
        (RoundState.CLOSED, Stage.RESPONSE, "is closed"),
        (RoundState.OPEN, Stage.CONSULTATION, "is open"),
    ],
)
def test_framework_page_says_where_the_round_stands(as_user, consultation, state, stage, words):
    Consultation.objects.update(state=state)
    Framework.objects.update(stage=stage)
    response = page(as_user(), "framework_detail", "marco")
    assert f"Round 1 {words}" in text_of(response)
    assert response.context["listening"] is (state != RoundState.ANNOUNCED)


def test_a_planned_round_is_known_to_staff_only(as_user, consultation, secretary):
    Consultation.objects.update(state=RoundState.PLANNED)
    assert page(as_user(), "framework_detail", "marco").context["consultation"] is None
    assert page(as_user(secretary), "framework_detail", "marco").context["consultation"] == consultation


def test_days_left_end_with_the_last_day(consultation, clock):
    clock.move_to(consultation.closes_at.timestamp() - 3600)
    with translation.override("en"):
        assert days_left(consultation) == "last day"
    assert days_left(None) == ""


@pytest.mark.parametrize(("stage", "now"), [(Stage.BALLOT, 5), (Stage.IN_FORCE, 6), (Stage.SUSPENDED, 0), (Stage.CONSULTATION, 2)])
def test_stage_line_marks_one_step(consultation, stage, now):
    consultation.framework.stage = stage
    steps = stage_line(consultation.framework, consultation)
    assert [step["state"] for step in steps].index("now") == now
    assert ("21" in steps[2]["label"]) is (stage == Stage.CONSULTATION)


def test_who_has_spoken_hides_the_few(as_user, consultation, producers, comment):
    ParticipationTarget.objects.create(consultation=consultation, chamber=producers.chamber, people=30)
    context = page(as_user(), "framework_detail", "marco").context
    assert producers.chamber.name in context["bars_note"]
    assert "pro" not in {row["code"].lower() for row in context["bars"]}
    for _ in range(5):
        make_comment(consultation, producers)
    assert {"PRO": 6}.items() <= {row["code"]: row["value"] for row in page(as_user(), "framework_detail", "marco").context["bars"]}.items()


def test_framework_page_counts_ones_own_and_what_one_follows(as_user, miner, neighbour, comment):
    Subscription.objects.create(person=neighbour.user, topic="framework:marco")
    mine, other = (page(as_user(who), "framework_detail", "marco").context for who in (miner, neighbour))
    assert (mine["mine"], mine["follows"], other["mine"], other["follows"]) == (1, False, 0, True)


def test_frozen_text_shows_its_hash(as_user, version, clause):
    freeze_version(version=version, actor=None)
    assert version.sha256 in page(as_user(), "version_detail", *PLACE[:2]).content.decode()


def test_framework_page_without_clauses_says_so(as_user, version):
    assert "no clauses yet" in text_of(page(as_user(), "framework_detail", "marco"))


@pytest.mark.parametrize(
    ("language", "asked", "words", "lang", "missing"),
    [
        ("es", "", "elimina el mercurio", "es", False),
        ("en", "", "keeps mercury out", "en", False),
        ("pt-br", "", "elimina el mercurio", "es", True),
        ("es", "en", "keeps mercury out", "en", False),
        ("es", "xx", "elimina el mercurio", "es", False),
    ],
)
def test_clause_page_is_never_empty(as_user, clause, language, asked, words, lang, missing):
    response = as_user().get(url("standards:clause_detail", *PLACE, language=language), {"text": asked} if asked else {})
    assert re.search(rf'<div class="clause-words" lang="{lang}">(?:(?!</div>).)*{words}', response.content.decode(), re.S)
    assert response.context["missing"] is missing


def test_clause_page_falls_back_field_by_field(as_user, clause):
    ClauseText.objects.update(intent_es="Que el río viva.", guidance_en="Use retorts.", verification_es="")
    html = page(as_user(), "clause_detail", *PLACE).content.decode()
    assert re.search(r'<span class="tag lang">Español</span></h2><div class="prose" lang="es"><p>Que el río viva\.', html)
    assert re.search(r'<h2>Guidance</h2><div class="prose" lang="en"><p>Use retorts\.', html)
    assert "Means of verification" not in html
    assert '<span lang="es">Sin mercurio en el agua.</span> <span class="tag lang">Español</span>' in html


def test_clause_page_says_that_a_translation_is_stale(as_user, clause):
    ClauseLanguage.objects.create(clause_text=clause, language="en", state="stale")
    assert "has changed since this translation" in text_of(page(as_user(), "clause_detail", *PLACE))


def test_clause_page_shows_facts_and_where_it_belongs(as_user, version, clause):
    parent = make_clause(version, "2.3")
    facts = {
        "requirement_class": "progress",
        "deadline_months": 12,
        "responsible": ["operator"],
        "applies_to": ["all"],
        "oecd_risk": "high",
    }
    ClauseText.objects.filter(pk=clause.pk).update(parent=parent, verbal_form="must", sources=["Minamata"], **facts)
    words = text_of(page(as_user(), "clause_detail", *PLACE))
    for fact in ("12 months after joining", "operator", "all operations", "High", "must", "Minamata", "2.3 Cláusula 2.3"):
        assert fact in words


def test_clause_page_knows_what_one_follows_or_has_muted(as_user, miner, clause):
    row = Subscription.objects.create(person=miner.user, topic=clause.clause.topic)
    assert page(as_user(miner), "clause_detail", *PLACE).context["follows"]
    Subscription.objects.filter(pk=row.pk).update(muted=True)
    context = page(as_user(miner), "clause_detail", *PLACE).context
    assert (context["follows"], context["muted"]) == (False, True)


def test_general_comments_have_a_page(as_user, miner, consultation):
    say(miner, consultation, body="En general, bien.")
    assert "En general, bien." in text_of(page(as_user(), "clause_detail", "marco", "0.2", "general"))
    assert "En general, bien." not in text_of(page(as_user(), "clause_detail", *PLACE))


def test_a_version_without_round_is_read_quietly(as_user, clause):
    assert "Nobody has said anything here yet" in text_of(page(as_user(), "clause_thread", *PLACE))


def test_thread_is_a_page_or_its_fragment(as_user, comment):
    whole, part = (page(as_user(), "clause_thread", *PLACE, **headers) for headers in ({}, {"HTTP_HX_REQUEST": "true"}))
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert all(comment.code in text_of(response) for response in (whole, part))
    assert "HX-Request" in whole["Vary"]


def test_withdrawn_words_are_nowhere(as_user, miner, comment):
    withdraw_comment(actor=miner.user, comment=comment)
    for path in (("clause_detail", *PLACE), ("clause_thread", *PLACE), ("comment_detail", comment.code), ("framework_detail", "marco")):
        html = page(as_user(), *path).content.decode()
        assert "Porque el río" not in html
        assert "Ninguna" not in html
    assert "has withdrawn" in text_of(page(as_user(), "comment_detail", comment.code))


def test_pages_are_safe_methods_only(as_user, comment):
    client = as_user()
    for path in (("framework_list",), ("framework_detail", "marco"), ("clause_detail", *PLACE), ("comment_detail", comment.code)):
        assert client.post(url(f"standards:{path[0]}", *path[1:])).status_code == 405


def test_comment_page_offers_its_author_what_is_theirs(as_user, miner, neighbour, comment):
    own, other = (page(as_user(who), "comment_detail", comment.code).content.decode() for who in (miner, neighbour))
    for name in ("comment_identity", "comment_withdraw"):
        address = url(f"standards:{name}", comment.code, language="en")
        assert address in own
        assert address not in other
    assert url("standards:comment_support", comment.code, language="en") in other


def test_nothing_is_written_by_reading(as_user, miner, comment):
    client = as_user(miner)
    with connection.execute_wrapper(refuse_writes):
        for path in (("framework_detail", "marco"), ("clause_detail", *PLACE), ("comment_detail", comment.code), ("my_comments",)):
            assert page(client, *path).status_code == 200


def refuse_writes(execute, sql, params, many, context):
    assert sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")), sql
    return execute(sql, params, many, context)
