"""What the forms of the library say beside their fields: one plain sentence for each choice, and what belongs to which kind."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.enums import Access, Licence, RecordKind

#: What each licence lets others do, in one sentence.
LICENCES: Final[dict[str, str | Promise]] = {
    Licence.CC0: _("No conditions at all."),
    Licence.CC_BY: _("Share and adapt, naming the authors."),
    Licence.CC_BY_SA: _("Share and adapt, naming the authors; what is made of it has the same licence."),
    Licence.CC_BY_ND: _("Share unchanged, naming the authors."),
    Licence.CC_BY_NC: _("Share and adapt without selling it, naming the authors."),
    Licence.CC_BY_NC_SA: _("Share and adapt without selling it; what is made of it has the same licence."),
    Licence.CC_BY_NC_ND: _("Share unchanged without selling it, naming the authors."),
    Licence.CC_BY_NC_SA_IGO: _("As CC BY-NC-SA, of an intergovernmental organisation."),
    Licence.CC_BY_IGO: _("As CC BY, of an intergovernmental organisation."),
    Licence.OFFICIAL: "",
    Licence.PERMITTED: "",
    Licence.RESERVED: "",
    Licence.UNKNOWN: "",
}

#: What each audience means, in one sentence.
ACCESSES: Final[dict[str, str | Promise]] = {
    Access.PUBLIC: _("Anybody finds it, reads it and takes it away."),
    Access.REQUEST: _("Members say what they need the files for, and the editors answer."),
    Access.MEMBERS: _("Nobody else finds it, not even its title."),
    Access.GROUP: _("Only who sits in the group finds it, not even its title is told to others."),
}

_SERIAL: Final = ("container", "volume", "issue", "pages")
_MEETING: Final = ("event_name", "event_place", "event_date")
#: Columns that stand open for a kind; all others are there too, folded away.
OF_KIND: Final[dict[str, tuple[str, ...]]] = {
    RecordKind.GUIDE: ("edition",),
    RecordKind.REPORT: ("number", "edition"),
    RecordKind.ARTICLE: _SERIAL,
    RecordKind.THESIS: ("number",),
    RecordKind.LAW: ("number",),
    RecordKind.PROCEEDINGS: _MEETING,
    RecordKind.DATASET: ("edition",),
    RecordKind.PRESENTATION: _MEETING,
    RecordKind.AUDIO: _MEETING,
    RecordKind.VIDEO: _MEETING,
    RecordKind.TRAINING: _MEETING,
}
ALWAYS: Final = ("issued", "publisher", "place")
FACTS: Final = (*ALWAYS, "edition", *_SERIAL, "number", *_MEETING)

#: Countries of the network, whose names stand open; the others are folded away.
REGION: Final = (
    *("AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "GY"),
    *("HN", "HT", "JM", "MX", "NI", "PA", "PE", "PY", "SR", "SV", "UY", "VE"),
)


def told_choices(choices: Any, words: dict[str, str | Promise]) -> list[tuple[str, Any]]:
    """Return the choices of an enumeration, each with its sentence."""
    return [(value, f"{label}: {words[value]}" if words[value] else label) for value, label in choices]


HELP: Final[dict[str, Any]] = {
    "kind": _("Practices and lessons are told by questions of their own."),
    "title": _("As it stands on the work. In the other languages only if it exists in them, or as a plain translation."),
    "abstract": _("What it is about and whom it helps, in a few sentences."),
    "languages": _("In which languages one can read, hear or see it."),
    "issued": _("As exact as it is known: 2013, 2013-08 or 2013-08-12."),
    "licence": _("It decides whether the library may hand out the files, or only describes the work. If in doubt: not known."),
    "countries": _("Which countries it is about; none if it is about no country in particular."),
    "groups": _("If it comes out of the work of a group."),
}
