"""OAI-PMH 2.0, request by request."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from lxml import etree

from publications.actions.changing import mark_changed
from publications.exports.oai import harvest, tokens
from publications.models import Record
from red_mpe.core.models import Theme
from tests.factories.publications import make_author, make_collection, make_group_record, make_record
from tests.support.queries import flat

OAI = "{http://www.openarchives.org/OAI/2.0/}"


@pytest.fixture
def ask(client):
    """Ask and return the answer's root; the answer is well-formed, says when, and gives no visitor a cookie."""

    def asking(verb=None, post=False, **arguments):
        sent = {name.rstrip("_"): value for name, value in arguments.items()} | ({"verb": verb} if verb else {})
        response = client.post("/oai", sent) if post else client.get("/oai", sent)
        assert response.status_code == 200
        assert not response.cookies or "session" in client.cookies
        made = etree.fromstring(response.content)
        assert made.find(f"{OAI}responseDate").text.endswith("Z")
        return made

    return asking


def errors(made):
    return [one.get("code") for one in made.findall(f"{OAI}error")]


def heads(made):
    return {one.find(f"{OAI}identifier").text.rsplit(":", 1)[1]: one for one in made.iter(f"{OAI}header")}


def token(made):
    return made.find(f".//{OAI}resumptionToken")


def stamp(record, instant):
    Record.objects.filter(pk=record.pk).update(stamp=instant)
    return record


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(harvest, "PAGE", 2)


def test_identify_says_who_we_are(ask, db, settings):
    settings.BASE_URL = "https://red.example.org"
    made = ask("Identify").find(f"{OAI}Identify")
    said = {etree.QName(child).localname: child.text for child in made}
    assert said["baseURL"] == "https://red.example.org/oai"
    assert said["deletedRecord"] == "persistent"
    assert said["granularity"] == "YYYY-MM-DDThh:mm:ssZ"


def test_the_earliest_change_is_told(ask, db):
    stamp(make_record(), datetime(2024, 3, 1, 12, tzinfo=UTC))
    assert ask("Identify").find(f".//{OAI}earliestDatestamp").text == "2024-03-01T12:00:00Z"


def test_formats_are_listed(ask, db):
    made = ask("ListMetadataFormats")
    assert [one.text for one in made.iter(f"{OAI}metadataPrefix")] == ["oai_dc", "oai_datacite"]


def test_formats_of_one_record_are_listed(ask, db):
    record = make_record()
    assert len(list(ask("ListMetadataFormats", identifier=f"oai:localhost:{record.code}").iter(f"{OAI}metadataFormat"))) == 2


def test_sets_are_kinds_themes_and_open_collections(ask, group):
    make_collection("abierta")
    make_collection("cerrada", group=group, open_to_all=False)
    specs = [one.text for one in ask("ListSets").iter(f"{OAI}setSpec")]
    assert {"kind", "kind:law", f"theme:{Theme.objects.first().code}", "collection:abierta"} <= set(specs)
    assert "collection:cerrada" not in specs


@pytest.mark.parametrize("prefix", ["oai_dc", "oai_datacite"])
def test_a_record_is_given_in_each_format(ask, db, prefix):
    record = make_record("Oro & azogue")
    made = ask("GetRecord", identifier=f"oai:localhost:{record.code}", metadataPrefix=prefix)
    assert "Oro & azogue" in "".join(made.find(f".//{OAI}metadata").itertext())


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_only_what_everybody_may_read_is_listed(ask, group, verb):
    shown = {make_record("Pública").code, make_record("A pedido", access="request").code, make_record("Luego", state="embargoed").code}
    make_record("De miembros", access="members")
    make_group_record(group)
    for state in ("draft", "proposed", "returned", "accepted", "declined"):
        make_record(state=state)
    assert set(heads(ask(verb, metadataPrefix="oai_dc"))) == shown


def test_what_was_withdrawn_is_deleted_and_says_nothing(ask, db):
    record = make_record("Retirada")
    mark_changed(record, state="withdrawn", withdrawn_reason="x")
    made = ask("ListRecords", metadataPrefix="oai_dc")
    assert heads(made)[record.code].get("status") == "deleted"
    assert "Retirada" not in etree.tostring(made, encoding="unicode")


def test_what_is_open_no_more_is_deleted(ask, db):
    record = make_record("Secreta ahora")
    mark_changed(record, access="members")
    made = ask("ListIdentifiers", metadataPrefix="oai_dc")
    assert heads(made)[record.code].get("status") == "deleted"
    assert "Secreta" not in etree.tostring(made, encoding="unicode")


def test_what_is_open_again_is_there_again(ask, db):
    record = make_record(access="members")
    mark_changed(record, access="public")
    assert heads(ask("ListIdentifiers", metadataPrefix="oai_dc"))[record.code].get("status") is None


def test_what_never_was_open_does_not_exist(ask, db):
    record = make_record(access="members")
    assert errors(ask("GetRecord", identifier=f"oai:localhost:{record.code}", metadataPrefix="oai_dc")) == ["idDoesNotExist"]


def test_a_signed_in_editor_is_told_no_more_than_everybody(ask, client, editor):
    make_record("Reservada", access="members")
    client.force_login(editor)
    assert errors(ask("ListRecords", metadataPrefix="oai_dc")) == ["noRecordsMatch"]


def test_a_harvester_may_ask_by_post(ask, db):
    record = make_record()
    assert set(heads(ask("ListRecords", post=True, metadataPrefix="oai_dc"))) == {record.code}


def test_post_needs_no_token_of_ours(db):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/oai", {"verb": "Identify"}).status_code == 200


def test_the_request_is_repeated(ask, db):
    make_record()
    assert ask("ListRecords", metadataPrefix="oai_dc").find(f"{OAI}request").attrib == {"verb": "ListRecords", "metadataPrefix": "oai_dc"}


def test_a_wrong_request_is_not_repeated(ask, db):
    assert ask("ListRecords", colour="red").find(f"{OAI}request").attrib == {}


WRONG = [
    ({}, "badVerb"),
    ({"verb": "Sing"}, "badVerb"),
    ({"verb": ["Identify", "Identify"]}, "badVerb"),
    ({"verb": "Identify", "x": "1"}, "badArgument"),
    ({"verb": "ListRecords"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": ""}, "badArgument"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "metadataPrefix": "marc21", "identifier": "oai:localhost:RED-00001"}, "cannotDisseminateFormat"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:other.org:RED-00001"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:RED-99999"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:'--"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "nothing"}, "idDoesNotExist"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-13-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01T00:00:00+02:00"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "colour:red"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
    ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
    ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
]


@pytest.mark.parametrize(("sent", "code"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_told_by_the_protocol_s_code(client, db, sent, code):
    assert errors(etree.fromstring(client.get("/oai", sent).content)) == [code]


def test_from_and_until_include_their_days(ask, db):
    early, late = (stamp(make_record(str(day)), datetime(2026, 5, day, 23, 59, 59, 999_000, tzinfo=UTC)) for day in (1, 2))
    assert set(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", until="2026-05-01"))) == {early.code}
    assert set(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", from_="2026-05-02"))) == {late.code}
    assert len(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", from_="2026-05-01", until="2026-05-02"))) == 2


def test_from_and_until_include_their_seconds(ask, db):
    record = stamp(make_record(), datetime(2026, 5, 1, 12, 0, 7, 654_321, tzinfo=UTC))
    second = "2026-05-01T12:00:07Z"
    assert set(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", from_=second, until=second))) == {record.code}
    assert errors(ask("ListIdentifiers", metadataPrefix="oai_dc", from_="2026-05-01T12:00:08Z")) == ["noRecordsMatch"]


def test_a_set_holds_its_records(ask, db):
    law, other = make_record("Ley", kind="law"), make_record("Hoja")
    theme = Theme.objects.first()
    other.themes.add(theme)
    make_collection("abierta", law)
    for spec, wanted in (
        ("kind:law", law),
        (f"theme:{theme.code}", other),
        ("collection:abierta", law),
        ("collection", law),
        ("theme", other),
    ):
        assert set(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", set=spec))) == {wanted.code}
    assert len(heads(ask("ListIdentifiers", metadataPrefix="oai_dc", set="kind"))) == 2


def test_a_closed_collection_is_no_set(ask, group):
    record = make_record()
    make_collection("cerrada", record, group=group, open_to_all=False)
    assert errors(ask("ListIdentifiers", metadataPrefix="oai_dc", set="collection:cerrada")) == ["noRecordsMatch"]
    assert "cerrada" not in str([one.text for one in ask("ListIdentifiers", metadataPrefix="oai_dc").iter(f"{OAI}setSpec")])


def test_a_long_list_comes_in_pages(ask, db, small_pages):
    codes = {make_record(str(number)).code for number in range(5)}
    made, seen, cursors = ask("ListRecords", metadataPrefix="oai_dc"), set(), []
    while True:
        seen |= set(heads(made))
        cursors.append(token(made).get("cursor"))
        assert token(made).get("completeListSize") == "5"
        if not token(made).text:
            break
        made = ask("ListRecords", resumptionToken=token(made).text)
    assert (seen, cursors) == (codes, ["0", "2", "4"])


def test_a_list_of_one_page_has_no_token(ask, db, small_pages):
    make_record()
    assert token(ask("ListRecords", metadataPrefix="oai_dc")) is None


def test_nothing_is_lost_when_a_record_changes_between_two_pages(ask, db, small_pages):
    records = [make_record(str(number)) for number in range(5)]
    first = ask("ListIdentifiers", metadataPrefix="oai_dc")
    mark_changed(records[3], title_es="Otro")
    seen, made = set(heads(first)), first
    while (more := token(made)) is not None and more.text:
        made = ask("ListIdentifiers", resumptionToken=more.text)
        seen |= set(heads(made))
    assert seen == {record.code for record in records}


def test_records_of_one_instant_are_told_apart_by_their_key(ask, db, small_pages):
    for number in range(4):
        stamp(make_record(str(number)), datetime(2026, 1, 1, tzinfo=UTC))
    first = ask("ListIdentifiers", metadataPrefix="oai_dc")
    second = ask("ListIdentifiers", resumptionToken=token(first).text)
    assert len(heads(first).keys() | heads(second).keys()) == 4


def test_a_token_ends_after_a_day(ask, db, small_pages):
    for number in range(3):
        make_record(str(number))
    given = token(ask("ListRecords", metadataPrefix="oai_dc"))
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=2)):
        assert errors(ask("ListRecords", resumptionToken=given.text)) == ["badResumptionToken"]


def test_a_token_is_of_its_verb(ask, db, small_pages):
    for number in range(3):
        make_record(str(number))
    given = token(ask("ListRecords", metadataPrefix="oai_dc")).text
    assert errors(ask("ListIdentifiers", resumptionToken=given)) == ["badResumptionToken"]


def test_a_token_that_was_changed_is_refused(ask, db):
    sealed = tokens.seal(tokens.Place("ListRecords", "oai_dc"))
    assert errors(ask("ListRecords", resumptionToken=f"x{sealed}")) == ["badResumptionToken"]


def test_a_token_of_another_form_is_refused(ask, db):
    from django.core import signing

    assert errors(ask("ListRecords", resumptionToken=signing.dumps({"a": 1}, salt="publications.oai"))) == ["badResumptionToken"]


def test_a_page_asks_the_database_equally_often_however_full(client, db):
    def grow():
        for number in range(3):
            record = make_record(str(number))
            make_author(record)
            make_collection(f"lista-{record.pk}", record)

    grow()
    flat(lambda: client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_datacite"}), grow, ceiling=9)


def test_the_heads_are_cheaper_than_the_records(client, db):
    make_record()
    flat(
        lambda: client.get("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}),
        lambda: [make_record(n) for n in "abc"],
        ceiling=5,
    )


def test_words_with_control_signs_do_not_break_the_answer(ask, db):
    make_record("Oro \x0b\ufffe sin", abstract_es="a\x08b")
    assert "Oro  sin" in "".join(ask("ListRecords", metadataPrefix="oai_dc").itertext())
