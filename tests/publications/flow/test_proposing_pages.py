"""The pages of who proposes: nothing written is ever lost, whatever is refused."""

import uuid

import pytest
from django.urls import reverse

from publications.actions.editing import save_record
from publications.enums import RecordState
from publications.models import Record, Relation
from red_mpe.core.models import Theme
from tests.factories.library_flow import accepted, begin, make_draft, proposed, returned, tell
from tests.factories.publications import make_author, make_record
from tests.support.pages import form_data, text_of
from tests.support.queries import flat


def at(name, *args):
    return reverse(f"publications:{name}", args=args)


@pytest.fixture
def pages(client, miner):
    client.force_login(miner.user)
    return client


def start(**fields):
    return {"once": str(uuid.uuid4()), "kind": "report", "title": "Informe del agua"} | fields


def held(client, record, **changes):
    """What the form of a record holds, with changes."""
    return form_data(client.get(at("record_edit", record.code)), "record") | changes


def save(client, record, **changes):
    return client.post(at("record_edit", record.code), held(client, record, **changes))


# --- beginning


def test_a_record_begins_with_kind_and_title(pages, miner):
    answer = pages.post(at("record_propose"), start())
    record = Record.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, at("record_edit", record.code))
    assert (record.title_en, record.proposed_by, record.proposed_for) == ("Informe del agua", miner.user, None)


def test_it_may_be_brought_in_the_name_of_an_organisation(pages, cooperative):
    pages.post(at("record_propose"), start(organisation=cooperative.pk))
    assert Record.objects.get().proposed_for == cooperative


def test_who_speaks_for_none_is_not_asked_for_which(client, neighbour):
    client.force_login(neighbour.user)
    assert b'name="organisation"' not in client.get(at("record_propose")).content


def test_a_beginning_without_title_keeps_the_kind(pages):
    answer = pages.post(at("record_propose"), start(title=""))
    assert answer.status_code == 422
    assert form_data(answer)["kind"] == "report"


def test_a_stale_beginning_is_told(pages, neighbour):
    theirs = begin(neighbour)
    answer = pages.post(at("record_propose"), start(once=str(theirs.once)))
    assert answer.status_code == 422
    assert "stale" in text_of(answer)


def test_too_many_beginnings_are_slowed(pages, monkeypatch):
    monkeypatch.setattr("publications.views.proposing.STARTED_A_DAY", 1)
    assert [pages.post(at("record_propose"), start()).status_code for _ in range(2)] == [303, 429]


# --- writing


def test_what_the_form_shows_is_what_it_saves(pages, miner, group):
    record = make_draft(miner, countries=["FR", "PE"], lenses=["gender"], publisher="Red", issued="2019-05", licence="CC0-1.0")
    make_author(record, person=miner)
    make_author(record, literal="Cooperativa")
    record.themes.set(Theme.objects.filter(parent__isnull=False)[:2])
    Relation.objects.create(record=record, kind="part-of", other=make_record("Otra"))
    before = everything(record)
    assert save(pages, record).status_code == 303
    assert everything(record) == before


def everything(record):
    record = Record.objects.get(pk=record.pk)
    columns = ("title_es", "abstract_es", "languages", "countries", "lenses", "publisher", "issued", "licence", "access", "kind")
    rows = [
        list(record.authors.values_list("position", "role", "family", "given", "literal", "person")),
        list(record.identifiers.values_list("scheme", "value")),
        list(record.relations.values_list("kind", "other")),
        sorted(record.themes.values_list("pk", flat=True)),
    ]
    return [getattr(record, name) for name in columns], rows


def test_saving_writes_what_changed(pages, miner):
    record = make_draft(miner)
    answer = save(pages, record, title_pt="Ouro sem mercúrio", countries=["BO"], more_countries=["FR"])
    assert answer["Location"] == at("record_edit", record.code)
    record.refresh_from_db()
    assert (record.title_pt, record.countries) == ("Ouro sem mercúrio", ["BO", "FR"])


def test_saving_may_lead_to_the_check_list(pages, miner):
    record = make_draft(miner)
    assert save(pages, record, send="1")["Location"] == at("record_send", record.code)


def test_authors_are_read_as_they_are_written(pages, miner, cooperative):
    record = make_draft(miner)
    rows = {
        "authors-TOTAL_FORMS": "4",
        "authors-0-name": "Ministerio de Minas",
        "authors-0-role": "editor",
        "authors-0-place": "2",
        "authors-1-name": "Quispe, Rosa",
        "authors-1-profile": miner.get_absolute_url(),
        "authors-1-place": "1",
        "authors-2-name": "",
        "authors-2-profile": f"https://red.example.org{cooperative.get_absolute_url()}",
        "authors-3-name": "",
    }
    assert save(pages, record, **rows).status_code == 303
    told = [(str(one), one.role, one.person, one.organisation) for one in record.authors.all()]
    assert told == [
        ("Quispe, Rosa", "author", miner, None),
        ("Ministerio de Minas", "editor", None, None),
        (str(cooperative), "author", None, cooperative),
    ]


def test_one_more_row_saves_nothing_and_loses_nothing(pages, miner):
    record = make_draft(miner)
    sent = held(pages, record, title_es="", issued="agosto", add="authors", **{"authors-0-name": "Quispe, Rosa"})
    answer = pages.post(at("record_edit", record.code), sent)
    shown = form_data(answer, "record")
    assert (answer.status_code, shown["authors-TOTAL_FORMS"], shown["authors-0-name"], shown["issued"]) == (
        200,
        "2",
        "Quispe, Rosa",
        "agosto",
    )
    assert b'class="errorlist' not in answer.content
    assert Record.objects.get(pk=record.pk).title_es == "Oro sin mercurio"


@pytest.mark.parametrize("name", ["identifiers", "relations"])
def test_every_kind_of_row_may_have_one_more(pages, miner, name):
    record = make_draft(miner)
    before = held(pages, record)
    shown = form_data(pages.post(at("record_edit", record.code), before | {"add": name}), "record")
    assert int(shown[f"{name}-TOTAL_FORMS"]) == int(before[f"{name}-TOTAL_FORMS"]) + 1


@pytest.mark.parametrize("count", ["", "x", "-3", "99999", "²"])
def test_a_count_that_is_none_does_not_break_the_page(pages, miner, count):
    record = make_draft(miner)
    sent = held(pages, record, add="authors", **{"authors-TOTAL_FORMS": count})
    assert form_data(pages.post(at("record_edit", record.code), sent), "record")["authors-TOTAL_FORMS"] == "1"


def test_a_row_of_a_kind_that_does_not_exist_adds_nothing(pages, miner):
    record = make_draft(miner)
    answer = pages.post(at("record_edit", record.code), held(pages, record, add="weather"))
    assert answer.status_code == 200


def test_rows_beyond_the_limit_are_refused(pages, miner):
    record = make_draft(miner)
    answer = save(pages, record, **{"authors-TOTAL_FORMS": "61"}, **{f"authors-{n}-name": "Quispe, Rosa" for n in range(61)})
    assert answer.status_code == 422
    assert not record.authors.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"identifiers-0-scheme": "isbn", "identifiers-0-value": "0306406153"}, "last digit of this ISBN"),
        ({"relations-0-code": "RED-99999"}, "no record with that code"),
        ({"authors-0-name": "Ana", "authors-0-profile": "https://red.example.org/x/nadie/"}, "Nobody in the directory"),
        ({"authors-0-name": f"{'a' * 130}, Rosa"}, "too long for a name"),
        ({"issued": "agosto"}, "Write a year"),
        ({"abstract_es": "a" * 5001}, "5001 characters"),
        ({"kind": "poem"}, "poem"),
    ],
)
def test_what_is_wrong_is_told_and_stays_in_the_form(pages, miner, changes, words):
    record = make_draft(miner)
    answer = save(pages, record, title_pt="Ouro", **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert form_data(answer, "record")["title_pt"] == "Ouro"


def test_a_related_record_is_found_by_its_address(pages, miner):
    record, other = make_draft(miner), make_record("Guía")
    save(pages, record, **{"relations-0-kind": "part-of", "relations-0-code": f"http://x.org{other.get_absolute_url()}"})
    assert record.relations.get().other == other


def test_a_relation_to_itself_is_told(pages, miner):
    record = make_draft(miner)
    answer = save(pages, record, **{"relations-0-code": record.code})
    assert answer.status_code == 409
    assert "itself" in text_of(answer)


def test_a_practice_is_asked_its_questions(pages, miner):
    record = make_draft(miner, kind="lesson-learned")
    save(pages, record, problem_es="Se perdía oro.", done_es="Se cambió la mesa.")
    assert Record.objects.get().practice.is_told


def test_a_work_is_not_asked_the_questions_of_a_practice(pages, miner):
    assert b'name="problem_es"' not in pages.get(at("record_edit", make_draft(miner).code)).content


def test_a_story_is_shown_again(pages, miner):
    record = make_draft(miner, kind="good-practice")
    tell(record, costs_pt="200 soles")
    assert held(pages, record)["costs_pt"] == "200 soles"


def test_who_was_slower_sees_both_texts_and_may_save_again(pages, miner, editor):
    record = make_draft(miner, kind="good-practice")
    mine = held(pages, record, title_es="De Rosa", problem_es="Mi problema", **{"authors-0-name": "Quispe, Rosa"})
    save_record(record=record, actor=editor, seen=0, title_es="De la editora", authors=[{"literal": "OCDE"}])
    answer = pages.post(at("record_edit", record.code), mine)
    assert answer.status_code == 409
    assert all(words in text_of(answer) for words in ("De la editora", "OCDE", "Quispe, Rosa", "Mi problema"))
    assert form_data(answer, "record")["title_es"] == "De Rosa"
    assert pages.post(at("record_edit", record.code), form_data(answer, "record")).status_code == 303
    assert Record.objects.get().title_es == "De Rosa"


def test_the_form_of_a_record_asks_no_more_for_more_rows(pages, miner, django_assert_max_num_queries):
    record = make_draft(miner)
    for number in range(8):
        make_author(record, f"Quispe {number}", person=miner)
    with django_assert_max_num_queries(26):
        pages.get(at("record_edit", record.code))


# --- sending


def test_the_check_list_says_what_is_missing(pages, miner):
    record = make_draft(miner, languages=[])
    page = text_of(pages.get(at("record_send", record.code)))
    assert "missing The record says what the work is The language of the work" in page
    assert "Send to the editors" not in page


def test_what_may_be_the_same_work_is_shown_before_sending(pages, miner):
    record = make_draft(miner, "Guía para recuperar oro sin mercurio")
    make_record("Guía para recuperar el oro sin mercurio")
    make_record("Guía para recuperar el oro sin azogue", state="proposed")
    page = text_of(pages.get(at("record_send", record.code)))
    assert "Perhaps the same work" in page
    assert "sin azogue" not in page


def test_a_complete_record_is_sent(pages, miner):
    record = make_draft(miner)
    answer = pages.post(at("record_send", record.code), {"message": "Es de 2019."})
    assert answer["Location"] == at("my_records")
    record.refresh_from_db()
    assert (record.state, record.message) == (RecordState.PROPOSED, "Es de 2019.")


def test_an_incomplete_record_is_refused(pages, miner):
    record = make_draft(miner, languages=[])
    answer = pages.post(at("record_send", record.code), {"message": ""})
    assert answer.status_code == 409
    assert "Not yet" in text_of(answer)


def test_sending_twice_is_told(pages, miner):
    answer = pages.post(at("record_send", proposed(miner).code), {"message": "Otra vez."})
    assert answer.status_code == 409
    assert "nothing to send" in text_of(answer)


def test_a_message_that_is_too_long_stays(pages, miner):
    answer = pages.post(at("record_send", make_draft(miner).code), {"message": "a" * 2001})
    assert answer.status_code == 422
    assert form_data(answer)["message"] == "a" * 2001


# --- following


def test_one_sees_where_each_record_stands_and_what_is_asked(pages, miner, editor):
    returned(miner, editor, "¿De quién es la foto?")
    page = text_of(pages.get(at("my_records")))
    assert "¿De quién es la foto?" in page
    assert "Answer and send again" in page


def test_one_sees_nothing_of_others(pages, neighbour):
    make_draft(neighbour, "Ouro de João")
    assert "Ouro de João" not in text_of(pages.get(at("my_records")))


def test_who_proposed_nothing_is_told_what_belongs_here(pages):
    assert "Nothing proposed yet" in text_of(pages.get(at("my_records")))


def test_an_account_sees_an_empty_list_without_a_button(client, visitor):
    client.force_login(visitor)
    assert "Propose a record" not in text_of(client.get(at("my_records")))


def test_the_list_asks_no_more_for_more_records(pages, miner):
    make_draft(miner)
    flat(lambda: pages.get(at("my_records")), lambda: [make_draft(miner, f"Oro {number}") for number in range(3)], ceiling=12)


def test_a_proposal_is_taken_back(pages, miner):
    record = proposed(miner)
    assert pages.post(at("record_take_back", record.code))["Location"] == at("record_edit", record.code)


def test_taking_back_too_late_is_told(pages, miner, editor):
    record = accepted(miner, editor)
    answer = pages.post(at("record_take_back", record.code), follow=True)
    assert "Someone was faster" in text_of(answer)


def test_a_draft_is_thrown_away_after_asking(pages, miner):
    record = make_draft(miner)
    assert "gone for good" in text_of(pages.get(at("record_discard", record.code)))
    assert Record.objects.exists()
    pages.post(at("record_discard", record.code))
    assert not Record.objects.exists()


def test_a_proposal_is_not_thrown_away(pages, miner):
    answer = pages.post(at("record_discard", proposed(miner).code), follow=True)
    assert "Someone was faster" in text_of(answer)
    assert Record.objects.exists()


@pytest.mark.parametrize("name", ["record_edit", "record_send", "record_discard"])
def test_a_draft_does_not_exist_for_others(client, miner, neighbour, name):
    client.force_login(neighbour.user)
    assert client.get(at(name, make_draft(miner).code)).status_code == 404


@pytest.mark.parametrize("name", ["record_edit", "record_send", "record_discard"])
def test_what_is_out_is_not_changed_by_its_readers(client, neighbour, name):
    client.force_login(neighbour.user)
    assert client.get(at(name, make_record().code)).status_code == 403
