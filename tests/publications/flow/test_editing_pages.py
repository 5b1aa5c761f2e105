"""The editors' pages: one click where nothing need be said, and words kept where they were refused."""

from datetime import timedelta

import pytest
from django.urls import reverse

from publications.actions import deciding
from publications.enums import RecordState
from publications.models import File, Record
from publications.views import stories
from red_mpe.core import audit
from tests.factories.library_flow import accepted, begin, make_draft, proposed, published, returned
from tests.factories.publications import make_record
from tests.support.pages import text_of
from tests.support.queries import flat


def at(name, *args):
    return reverse(f"publications:{name}", args=args)


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def move(client, record, name, **words):
    return client.post(at("record_move", record.code, name), {f"{name}-{field}": value for field, value in words.items()})


def listed(client, **query):
    return [row["record"].title_es for row in client.get(at("record_queue"), query).context["rows"]]


def test_what_waits_the_longest_stands_first(desk, miner):
    for title in ("Primero", "Segundo"):
        proposed(miner, title)
    assert listed(desk) == ["Primero", "Segundo"]


def test_the_queue_is_narrowed_by_kind_language_and_whose(desk, miner, neighbour):
    proposed(miner, "Ley", kind="law", languages=["pt-br"])
    proposed(neighbour, "Hoja")
    assert listed(desk, kind="law") == ["Ley"]
    assert listed(desk, language="es") == ["Hoja"]
    assert listed(desk, whose="rosa") == ["Ley"]
    assert listed(desk, kind="law", whose="João") == []


def test_records_are_found_by_the_organisation_that_brings_them(desk, miner, cooperative):
    record = proposed(miner, "De la cooperativa")
    Record.objects.filter(pk=record.pk).update(proposed_for=cooperative)
    assert listed(desk, whose="oro claro") == ["De la cooperativa"]


@pytest.mark.parametrize("query", [{"kind": "poem"}, {"language": "xx"}, {"state": "nowhere"}, {"page": "x"}])
def test_a_filter_that_does_not_exist_narrows_nothing(desk, miner, query):
    proposed(miner, "Hoja")
    assert listed(desk, **query) == ["Hoja"]


def test_the_other_tabs_show_where_records_stand(desk, miner, editor):
    published(miner, editor)
    assert listed(desk) == []
    assert listed(desk, state="published") == ["Oro sin mercurio"]
    assert "Nothing waits for an editor" in text_of(desk.get(at("record_queue")))


def test_filters_stay_while_one_goes_from_tab_to_tab(desk, miner):
    proposed(miner, "Hoja")
    tabs = desk.get(at("record_queue"), {"kind": "law", "page": "3"}).context["tabs"]
    assert tabs[0]["url"] == "?kind=law&state=proposed"
    assert "Nothing here under these filters" in text_of(desk.get(at("record_queue"), {"kind": "law"}))


def test_drafts_are_in_no_tab(desk, miner):
    begin(miner)
    assert listed(desk, state="draft") == []


def test_the_queue_asks_no_more_for_more_records(desk, miner):
    proposed(miner)
    flat(lambda: desk.get(at("record_queue")), lambda: [proposed(miner, f"Oro {number}") for number in range(3)], ceiling=12)


def test_one_click_in_the_queue_publishes_and_returns_there(desk, miner):
    record = proposed(miner)
    back = at("record_queue") + "?kind=factsheet"
    answer = desk.post(at("record_move", record.code, "accept-and-publish"), {"next": back})
    assert (answer.status_code, answer["Location"]) == (303, back)
    assert Record.objects.get().state == RecordState.PUBLISHED


def test_a_foreign_address_is_not_followed(desk, miner):
    answer = desk.post(at("record_move", proposed(miner).code, "accept"), {"next": "https://evil.example/"})
    assert answer["Location"].startswith("/en/")


@pytest.mark.parametrize(
    ("name", "words", "state"),
    [
        ("accept", {}, "accepted"),
        ("return", {"question": "¿Quién tiene los derechos?"}, "returned"),
        ("decline", {"reason": "Ya está."}, "declined"),
    ],
)
def test_a_proposal_is_decided_on_its_page(desk, miner, name, words, state):
    record = proposed(miner)
    assert move(desk, record, name, **words).status_code == 303
    assert Record.objects.get().state == state


def test_an_embargo_is_set_by_its_day(desk, miner, editor):
    until = deciding.network_day() + timedelta(days=10)
    assert move(desk, accepted(miner, editor), "embargo", until=until.isoformat()).status_code == 303
    assert Record.objects.get().embargo_until == until


def test_a_day_that_is_past_is_told_and_stays(desk, miner, editor):
    answer = move(desk, accepted(miner, editor), "embargo", until="2020-01-01")
    assert answer.status_code == 409
    assert "a day to come" in text_of(answer)
    assert b"2020-01-01" in answer.content


@pytest.mark.parametrize("name", ["return", "decline"])
def test_words_that_are_missing_are_asked_for(desk, miner, name):
    answer = move(desk, proposed(miner), name)
    assert answer.status_code == 422
    assert f'id="{name}" open' in answer.content.decode()


def test_who_was_slower_is_told_and_keeps_their_words(desk, miner, editor):
    record = proposed(miner)
    deciding.accept_record(record=record, actor=editor)
    answer = move(desk, record, "return", question="¿De quién es la foto?")
    assert answer.status_code == 409
    assert "Someone was faster" in text_of(answer)
    assert "¿De quién es la foto?" in text_of(answer)


def test_what_is_missing_is_told_on_one_click(desk, miner):
    record = proposed(miner)
    Record.objects.filter(pk=record.pk).update(languages=[])
    answer = move(desk, record, "accept-and-publish")
    assert answer.status_code == 409
    assert "the language of the work" in text_of(answer)


def test_a_step_that_does_not_exist_is_none(desk, miner):
    assert move(desk, proposed(miner), "burn").status_code == 404


def test_withdrawing_says_why(desk, miner, editor):
    record = published(miner, editor)
    move(desk, record, "withdraw", reason="Sin permiso.")
    assert "Sin permiso." in text_of(desk.get(at("record_desk", record.code)))


def test_the_page_offers_only_what_is_possible(desk, miner, editor):
    page = text_of(desk.get(at("record_desk", published(miner, editor).code)))
    assert "Withdraw" in page
    assert "Accept and publish" not in page


def test_the_page_tells_what_happened_and_who_did_it(desk, miner, editor):
    page = text_of(desk.get(at("record_desk", returned(miner, editor).code)))
    assert "Sent to the editors, Rosa Quispe" in page
    assert "Asked back, biblioteca@example.org" in page


def test_several_savings_by_one_hand_are_one_line(desk, miner):
    from publications.actions.editing import save_record

    record = make_draft(miner)
    for revision in range(3):
        save_record(record=record, actor=miner.user, seen=revision, publisher=f"Red {revision}")
    rows = desk.get(at("record_desk", record.code)).context["history"]
    assert [str(words) for words, _who, _at in rows] == ["saved"]


def test_the_end_of_an_embargo_is_nobody_s_act(desk):
    record = make_record(state=RecordState.EMBARGOED, embargo_until=deciding.network_day(), licence="all-rights-reserved")
    deciding.release_due_embargoes()
    assert [(str(words), who) for words, who, _at in desk.get(at("record_desk", record.code)).context["history"]] == [("published", "")]


def test_the_page_shows_files_with_scan_and_text(desk, miner):
    record = proposed(miner)
    fields = {"media_type": "application/pdf", "size": 2048, "sha256": "0" * 64, "scan_state": "infected", "problem": "encrypted"}
    File.objects.create(record=record, number=1, name="hoja.pdf", pages=4, **fields)
    page = text_of(desk.get(at("record_desk", record.code)))
    assert "refused: malicious" in page
    assert "asks for a password" in page
    assert "4 pages" in page


def test_every_step_of_the_history_has_words(desk, miner):
    record = proposed(miner)
    for verb in stories.TOLD:
        verb, _space, step = verb.partition(" ")
        audit.record(verb, actor=miner.user, target=record, **({"step": step} if step else {}))
    history = desk.get(at("record_desk", record.code)).context["history"]
    assert not [words for words, _who, _at in history if "publications." in str(words)]


def test_the_page_shows_what_may_be_the_same_work(desk, miner):
    make_record("Guía para recuperar oro sin azogue", state="declined")
    record = proposed(miner, "Guía para recuperar oro sin azogue")
    page = text_of(desk.get(at("record_desk", record.code)))
    assert "Perhaps the same work" in page
    assert "title much alike" in page


def test_an_editor_changes_the_words_of_a_published_record(desk, miner, editor):
    from tests.support.pages import form_data

    record = published(miner, editor)
    sent = form_data(desk.get(at("record_edit", record.code)), "record") | {"title_en": "Gold without mercury"}
    answer = desk.post(at("record_edit", record.code), sent)
    assert answer["Location"] == at("record_desk", record.code)
    assert Record.objects.get().title_en == "Gold without mercury"


def test_nobody_who_began_it_has_a_name_on_an_editor_s_own(desk, editor):
    record = make_record(state="proposed")
    assert "Proposed by –" in text_of(desk.get(at("record_desk", record.code)))


def test_who_follows_a_link_of_the_queue_finds_the_words_open(desk, miner):
    page = desk.get(at("record_desk", proposed(miner).code), {"open": "return"}).content.decode()
    assert 'id="return" open' in page
    assert 'id="decline" open' not in page
