"""The answers of OAI-PMH as XML."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree

from publications.exports import datacite, dublin
from publications.exports.csl import Item
from publications.exports.oai.asking import OaiError, read_arguments, read_window
from publications.exports.oai.harvest import LANGUAGE, Harvested, chosen, code_of, harvested, identifier_of, read_sheet, set_names
from publications.exports.oai.tokens import Place, expiry, seal, unseal
from publications.exports.xml import Element, add, document, root
from publications.models import Record

OAI = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
_NAMES = "http://www.openarchives.org/OAI/2.0/oai-identifier"

#: For each prefix its schema, its namespace, and who writes it.
PREFIXES: dict[str, tuple[str, str, Callable[[Item], Element]]] = {
    "oai_dc": (dublin.SCHEMA, dublin.OAI_DC, dublin.dublin_core),
    "oai_datacite": (datacite.OAI_SCHEMA, datacite.OAI, datacite.oai_datacite),
}


def base_url() -> str:
    """Return the address that harvesters ask."""
    return settings.BASE_URL + reverse("oai")


def answer(sent: QueryDict) -> str:
    """Return the answer to what was sent; an error of the protocol is an answer too."""
    made = root(OAI, "OAI-PMH", SCHEMA)
    add(made, "responseDate", second(timezone.now()))
    try:
        with translation.override(LANGUAGE):
            arguments = read_arguments(sent)
            content = VERBS[arguments["verb"]](arguments)
        add(made, "request", base_url(), **arguments)
        made.append(content)
    except OaiError as error:
        bare = error.code in ("badVerb", "badArgument")
        add(made, "request", base_url(), **({} if bare else {name: str(sent[name]) for name in sent}))
        add(made, "error", error.message, code=error.code)
    return document(made)


def second(instant: datetime) -> str:
    """Return an instant as the protocol writes it."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _node(name: str) -> Element:
    return etree.Element(f"{{{OAI}}}{name}", nsmap={None: OAI})


def identify(arguments: dict[str, str]) -> Element:
    """Who we are and how we keep our records."""
    made = _node("Identify")
    first = Record.objects.disclosed().order_by("stamp", "pk").values_list("stamp", flat=True).first()
    rows = {
        "repositoryName": "Red MPE",
        "baseURL": base_url(),
        "protocolVersion": "2.0",
        "adminEmail": settings.SECRETARIAT_EMAIL,
        "earliestDatestamp": second(first or timezone.now()),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    for name, value in rows.items():
        add(made, name, value)
    made_of = root(_NAMES, "oai-identifier", f"{_NAMES}.xsd")
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    names = {"scheme": "oai", "repositoryIdentifier": host, "delimiter": ":", "sampleIdentifier": identifier_of("RED-00001")}
    for name, value in names.items():
        add(made_of, name, value)
    add(made, "description").append(made_of)
    return made


def list_formats(arguments: dict[str, str]) -> Element:
    """The formats, of all records or of one: each has all. Refused for a record that nobody may know of."""
    if "identifier" in arguments:
        _known(arguments["identifier"])
    made = _node("ListMetadataFormats")
    for prefix, (schema, namespace, _write) in PREFIXES.items():
        one = add(made, "metadataFormat")
        add(one, "metadataPrefix", prefix)
        add(one, "schema", schema)
        add(one, "metadataNamespace", namespace)
    return made


def list_sets(arguments: dict[str, str]) -> Element:
    """All sets on one page."""
    if "resumptionToken" in arguments:
        raise OaiError("badResumptionToken", "The list of sets has one page.")
    made = _node("ListSets")
    for spec, name in set_names():
        one = add(made, "set")
        add(one, "setSpec", spec)
        add(one, "setName", name)
    return made


def list_records(arguments: dict[str, str]) -> Element:
    """A page of records, or of their heads."""
    whole = arguments["verb"] == "ListRecords"
    sheet = read_sheet(_place(arguments), whole=whole)
    made = _node(arguments["verb"])
    for row in sheet.rows:
        _record(made, row, sheet.place.prefix) if whole else _head(made, row)
    if sheet.rest or sheet.place.stamp:
        more = {"expirationDate": second(expiry())} if sheet.rest else {}
        token = seal(sheet.rest) if sheet.rest else None
        add(made, "resumptionToken", token, cursor=str(sheet.place.cursor), completeListSize=str(sheet.place.size), **more)
    return made


def _place(arguments: dict[str, str]) -> Place:
    """Return where to read on, or the beginning of a new list."""
    if token := arguments.get("resumptionToken"):
        return unseal(token, arguments["verb"])
    _writer(arguments["metadataPrefix"])
    start, until = arguments.get("from", ""), arguments.get("until", "")
    read_window(start, until)
    place = Place(arguments["verb"], arguments["metadataPrefix"], arguments.get("set", ""), start, until)
    return replace(place, size=chosen(place).count())


def get_record(arguments: dict[str, str]) -> Element:
    """One record."""
    _writer(arguments["metadataPrefix"])
    row = _known(arguments["identifier"])
    made = _node("GetRecord")
    _record(made, row, arguments["metadataPrefix"])
    return made


def _known(identifier: str) -> Harvested:
    key = Record.objects.disclosed().filter(code=code_of(identifier)).values_list("pk", flat=True).first()
    if key is None:
        raise OaiError("idDoesNotExist", "No record of this repository has that identifier.")
    return harvested([key])[0]


def _writer(prefix: str) -> Callable[[Item], Element]:
    if prefix not in PREFIXES:
        raise OaiError("cannotDisseminateFormat", "There are oai_dc and oai_datacite.")
    return PREFIXES[prefix][2]


def _head(parent: Element, row: Harvested) -> None:
    head = add(parent, "header", status="deleted" if row.item is None else "")
    add(head, "identifier", row.identifier)
    add(head, "datestamp", second(row.stamp))
    for spec in row.sets:
        add(head, "setSpec", spec)


def _record(parent: Element, row: Harvested, prefix: str) -> None:
    record = add(parent, "record")
    _head(record, row)
    if row.item is not None:
        add(record, "metadata").append(_writer(prefix)(row.item))


VERBS: dict[str, Callable[[dict[str, str]], Element]] = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "ListIdentifiers": list_records,
    "ListRecords": list_records,
    "GetRecord": get_record,
}
