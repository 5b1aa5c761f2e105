"""The translation queue, the editor beside the original, what readers and the desk are told."""

import pytest

from standards.actions.drafting import retire_clause, rewrite_clause, translate_clause
from standards.actions.texts import freeze_version, review_language
from standards.desk.drafting import stale_translations
from standards.models import ClauseText
from standards.querysets.drafting import queue_counts, queue_rows
from tests.factories.drafting import at, grow, seat
from tests.standards.drafting.walking import filled, path, write
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat

EN = "The operation must protect water."


@pytest.fixture
def desk(as_user, writer):
    return as_user(writer)


@pytest.fixture
def waiting(rio, writer):
    """In English: 1.2 is stale, 1.1 a draft, the others missing."""
    translate_clause(actor=writer, text=at(rio, "1.2"), language="en", base=1, words={"text_en": EN}, reviewed=True)
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=2, words={"text_es": "La operación debe medir el agua 1.2."})
    translate_clause(actor=writer, text=at(rio, "1.1"), language="en", base=1, words={"text_en": EN})
    return rio


def editor(version, label="1.2", language="en"):
    return path("translation", version, language, at(version, label).clause.uuid)


def labels(version, language="en"):
    return [(row.label, str(row.state)) for row in queue_rows(version, language)]


def test_stale_comes_first_then_missing_then_drafts(waiting):
    found = [("1.2", "stale"), ("1", "missing"), ("1.1.1", "missing"), ("2", "missing"), ("1.1", "draft")]
    assert labels(waiting) == found


def test_counts_say_what_waits_in_each_language(waiting):
    counts = queue_counts(waiting)
    assert counts["en"] == {"stale": 1, "missing": 3, "draft": 1}
    assert counts["es"] == {"stale": 0, "missing": 0, "draft": 5}


def test_what_the_original_does_not_have_does_not_wait(rio):
    ClauseText.objects.filter(version=rio, label="2").update(title_es="", text_es="")
    assert "2" not in dict(labels(rio))
    assert dict(labels(rio, "es"))["2"] == "missing"


def test_the_queue_is_read_in_two_queries(waiting):
    assert len(count_queries(lambda: queue_rows(waiting, "en"))) == 2


def test_the_queue_shows_states_and_can_be_narrowed(waiting, desk):
    page = desk.get(path("translations", waiting), {"language": "en"})
    assert "desactualizado" in text_of(page)
    page = desk.get(path("translations", waiting), {"language": "en", "state": "draft"})
    assert [row.label for row in page.context["page"]] == ["1.1"]


def test_the_queue_begins_with_the_readers_language(rio, desk):
    assert desk.get(path("translations", rio, language="pt-br")).context["language"] == "pt"
    assert desk.get(path("translations", rio)).context["language"] == "en"
    assert desk.get(path("translations", rio), {"language": "xx", "state": "xx"}).status_code == 200


def test_the_queue_keeps_the_choice_of_the_sites_language(rio, desk):
    assert "Português" in text_of(desk.get(path("translations", rio))).rsplit("Privacidad", 1)[0].rsplit("Español", 1)[1]


def test_the_queue_asks_as_much_for_many_as_for_few(rio, desk, writer):
    flat(lambda: desk.get(path("translations", rio)), lambda: [grow(rio, writer, parent="2") for _ in range(3)], ceiling=14)


def test_an_observer_reads_the_queue(rio, as_user):
    page = as_user(seat(rio.framework, "olga-vera", role="observer")).get(path("translations", rio))
    assert "1.1.1" in text_of(page)
    assert str(at(rio, "1.2").clause.uuid) not in page.content.decode()


def test_a_frozen_text_has_no_queue(rio, desk):
    freeze_version(version=rio, actor=None)
    assert "Ahora no se escribe ninguna versión" in text_of(desk.get(path("translations", rio)))


def test_a_language_without_work_says_so(rio, desk, secretary):
    review_language(actor=secretary, version=rio, language="es")
    assert "Nada espera en este idioma" in text_of(desk.get(path("translations", rio), {"language": "es"}))


def test_the_editor_marks_what_changed_in_the_original(waiting, desk):
    page = desk.get(editor(waiting))
    assert "<del>cuidar</del><ins>medir</ins>" in page.content.decode()
    assert "El original cambió después de la revisión" in text_of(page)


def test_a_saved_draft_leads_to_the_next_that_waits(waiting, desk):
    response = write(desk, editor(waiting), text_en="It must measure.")
    assert response.status_code == 303
    assert at(waiting, "1.2").languages.get(language="en").state == "draft"
    assert response.url != editor(waiting)


def test_a_translation_is_saved_and_reviewed(waiting, desk, writer):
    write(desk, editor(waiting), text_en="It must measure.", do="reviewed")
    row = at(waiting, "1.2").languages.get(language="en")
    assert (row.state, row.reviewed_by, row.basis["text"]) == ("reviewed", writer, "La operación debe medir el agua 1.2.")


def test_a_stale_translation_is_reviewed_unchanged(waiting, desk):
    response = write(desk, editor(waiting), do="unchanged")
    assert response.url == editor(waiting, "1")
    assert at(waiting, "1.2").languages.get(language="en").state == "reviewed"


def test_the_last_one_leads_back_to_the_queue(rio, desk, secretary):
    review_language(actor=secretary, version=rio, language="es")
    rewrite_clause(actor=secretary, text=at(rio, "1.2"), base=1, words={"text_es": "Nueva."})
    response = write(desk, editor(rio, language="es"), do="unchanged")
    assert response.url == path("translations", rio) + "?language=es"


def test_an_original_changed_meanwhile_is_shown_before_it_is_reviewed(waiting, desk, other_writer):
    sent = filled(desk.get(editor(waiting)), text_en="It must measure.", do="reviewed")
    rewrite_clause(actor=other_writer, text=at(waiting, "1.2"), base=3, words={"text_es": "La operación debe pesar el agua 1.2."})
    response = desk.post(editor(waiting), sent)
    assert response.status_code == 409
    assert "Las palabras cambiaron durante la comparación" in text_of(response)
    assert "<ins>pesar</ins>" in response.content.decode()
    assert "It must measure.</textarea>" in response.content.decode()
    assert desk.post(editor(waiting), filled(response, do="reviewed")).status_code == 303


def test_a_translation_saved_by_another_is_not_overwritten_by_a_second_press(waiting, desk, other_writer):
    sent = filled(desk.get(editor(waiting)), do="unchanged")
    translate_clause(actor=other_writer, text=at(waiting, "1.2"), language="en", base=3, words={"text_en": "By Luis."})
    response = desk.post(editor(waiting), sent)
    assert response.status_code == 409
    desk.post(editor(waiting), filled(response, do="reviewed"))
    assert at(waiting, "1.2").text_en == "By Luis."


def test_two_translators_choose_between_their_words(waiting, desk, other_writer):
    sent = filled(desk.get(editor(waiting)), text_en="By Marta.")
    translate_clause(actor=other_writer, text=at(waiting, "1.2"), language="en", base=3, words={"text_en": "By Luis."})
    response = desk.post(editor(waiting), sent)
    assert "<ins>Marta</ins>" in response.content.decode()
    desk.post(editor(waiting), filled(response, keep_text_en="theirs"))
    assert at(waiting, "1.2").text_en == "By Luis."


def test_nothing_to_review_is_told(rio, desk):
    response = write(desk, editor(rio, "2"), do="reviewed")
    assert response.status_code == 409
    assert "Todavía no hay nada que revisar" in text_of(response)


def test_what_does_not_fit_is_kept(rio, desk):
    response = write(desk, editor(rio, "2"), plain_en="word " * 61)
    assert response.status_code == 422
    assert "word word" in response.content.decode()


def test_a_language_we_do_not_have_is_not_found(rio, desk):
    assert desk.get(editor(rio, language="xx")).status_code == 404


def test_a_clause_that_has_gone_gives_the_words_back(rio, desk, other_writer):
    address = editor(rio, "2")
    sent = filled(desk.get(address), text_en="Written in vain?")
    retire_clause(actor=other_writer, text=at(rio, "2"), reason="Sobra.")
    response = desk.post(address, sent)
    assert response.status_code == 409
    assert "Written in vain?" in response.content.decode()


def test_words_of_a_translation_wait_for_signing_in(rio, desk, writer):
    address = editor(rio, "2")
    sent = filled(desk.get(address), text_en="Almost lost.")
    desk.logout()
    login = desk.post(address, sent)
    desk.post(login.url, {"login": writer.email, "password": "una-clave-larga-9"})
    assert "Almost lost." in desk.get(address).content.decode()


def test_markup_in_either_language_stays_words(rio, desk, writer):
    attack = "<script>alert(1)</script>"
    rewrite_clause(actor=writer, text=at(rio, "2"), base=1, words={"text_es": attack, "text_en": attack})
    review_language(actor=writer, version=rio, language="en")
    rewrite_clause(actor=writer, text=at(rio, "2"), base=2, words={"text_es": attack + " y más", "title_es": attack})
    for address in (editor(rio, "2"), path("translations", rio) + "?language=en"):
        assert "<script>alert" not in desk.get(address).content.decode()


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_the_editor_speaks_each_language(waiting, desk, language):
    for column in ("es", "en", "pt"):
        assert desk.get(path("translation", waiting, column, at(waiting, "1.2").clause.uuid, language=language)).status_code == 200


def test_readers_are_told_of_a_draft_that_nobody_compared(waiting, client):
    page = client.get(url("standards:clause_detail", waiting.framework.slug, "0.2", "1.1", language="en"))
    assert "a draft that nobody has compared" in text_of(page)
    page = client.get(url("standards:clause_detail", waiting.framework.slug, "0.2", "1.2", language="en"))
    assert "The original has changed since this translation." in text_of(page)


def test_the_authentic_text_is_no_draft_translation(waiting, client):
    page = client.get(url("standards:clause_detail", waiting.framework.slug, "0.2", "1.1"))
    assert "borrador que nadie ha comparado" not in text_of(page)


def test_the_desk_counts_what_has_gone_stale(waiting, secretary):
    pile = stale_translations(secretary)
    assert (pile.count, [row.title for row in pile.first]) == (1, ["Marco rio · 1.2"])
    assert pile.first[0].url
    assert pile.url


def test_the_desk_is_clear_when_nothing_is_stale(rio, secretary):
    pile = stale_translations(secretary)
    assert (pile.count, pile.url) == (0, "")


def test_frozen_texts_do_not_wait_on_the_desk(waiting, secretary):
    freeze_version(version=waiting, actor=None)
    assert stale_translations(secretary).count == 0


def test_the_desk_is_the_secretariats(waiting, writer, officer):
    assert stale_translations(writer) is stale_translations(officer) is None


def test_the_desk_asks_as_much_for_many_as_for_few(waiting, secretary):
    texts = waiting.texts.all()

    def grow_stale():
        for text in texts:
            text.languages.filter(language="pt").update(state="stale")

    flat(lambda: stale_translations(secretary), grow_stale, ceiling=4)


def test_the_key_that_sends_a_form_only_saves_a_draft(waiting, desk):
    page = desk.get(editor(waiting)).content.decode()
    assert page.index('<button type="submit" hidden>') < page.index('value="reviewed"')
