"""What a consultation kit tells whoever leads an assembly. Plain words: it is read aloud."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

Section = dict[str, object]


def voluntary() -> str:
    """Return what every kit and every record of an assembly says."""
    return _("This is a voluntary consultation of the network. It is not prior consultation nor free, prior and informed consent.")


def guide(last_day: str) -> list[Section]:
    """Return the sections of the guide; what has to reach the network by `last_day` says so."""
    return [
        {"title": _("How to lead the assembly"), "numbered": True, "lines": _steps(last_day)},
        {"title": _("Consent"), "numbered": False, "lines": _consent()},
        {"title": _("Reading back"), "numbered": False, "lines": _reading_back()},
        {"title": _("Who sees what"), "numbered": False, "lines": _who_sees()},
        {"title": _("And then"), "numbered": False, "lines": _then()},
    ]


def _steps(last_day: str) -> list[str]:
    return [
        _(
            "Agree on the day and the place with those who will come, and choose the clauses beforehand. In two "
            "hours one gets through eight or ten."
        ),
        _("Three people share the work: one leads, one reads aloud, one writes. Whoever leads asks and listens, and does not argue."),
        _(
            "Begin by saying who calls, what for, and what will become of what is said. Read the box about the "
            "voluntary consultation. Ask for consent."
        ),
        _("Read each clause aloud, slowly, twice if somebody asks. Say it in the language that people speak among themselves."),
        _(
            "Talk first in small circles (women, young people, those who sort or pan, whoever prefers to be "
            "among their own), then all together."
        ),
        _(
            "Four questions are enough. Is it like that here? Can we meet it, and by when? What is missing or "
            "too much? How would we say it?"
        ),
        _("Write the words that people use, not a summary. Opinions that differ are all written down: nobody has to agree."),
        _("Count who is for, against or in doubt, women and men apart. These are not votes: they show how the assembly sees it."),
        _("Read everything back before closing. Then fill in the record of the assembly.")
        + " "
        + _("What reaches the network by %(day)s counts in this round; what comes later is kept, answered and marked late.")
        % {"day": last_day},
    ]


def _consent() -> list[str]:
    return [
        _(
            "Nobody has to come, speak or sign, and nobody loses anything by not doing so. Who leaves may ask "
            "that their words be struck out."
        ),
        _(
            "Ask aloud: “Do you agree that what we say is written down without names and sent to the network?” "
            "Note the answer in the record."
        ),
        _("No photographs of faces and no recordings. No document numbers. Never the exact place of a mine: the municipality is enough."),
    ]


def _reading_back() -> list[str]:
    return [
        _("Read aloud all that was written, clause by clause. What is not right is corrected in front of everybody."),
        _(
            "Only then do those who wish sign, or leave their mark. A signature says “this is what was said "
            "here”, not “I agree with the text”."
        ),
    ]


def _who_sees() -> list[str]:
    return [
        _("Everybody can read: what was said on each clause, how many women and men took part, the region and the date."),
        _("Only the secretariat keeps: this paper with its names, signatures and place. It is not published and not handed on."),
        _(
            "If saying it could put somebody in danger, leave the place and the names empty and say so to the "
            "secretariat: only the chamber is shown then."
        ),
    ]


def _then() -> list[str]:
    return [
        _(
            "Whoever has an account sends the sheets through the commenting form or types them clause by clause; "
            "the code beside each clause leads there."
        ),
        _("Every contribution gets a public answer, and the assembly hears within 90 days what became of what it said."),
    ]


def record() -> dict[str, object]:
    """Return the fields of the record of the assembly."""
    return {
        "title": _("Record of the assembly"),
        "fields": [
            _("Municipality or region"),
            _("Date, from when to when"),
            _("Organisation or community that calls"),
            _("Languages spoken"),
            _("Who led, who read, who wrote"),
        ],
        "people": _("How many took part"),
        "groups": [_("Women"), _("Men"), _("Prefer not to say")],
        "roles": [_("mine underground or in pits"), _("sort, pan or carry"), _("live nearby"), _("other")],
        "checks": [
            _("Consent was asked aloud and given."),
            _("The box about the voluntary consultation was read."),
            _("Everything was read back before signing."),
        ],
        "signatures": _("Signatures or marks of those who wish to sign"),
    }


def words() -> dict[str, str]:
    """Return the words around the boxes."""
    return {
        "guide": _("Guide for whoever leads the assembly"),
        "clauses": _("The clauses"),
        "asks": _("What this round asks"),
        "say": _("What we say"),
        "write": _("How we would write it"),
        "for": pgettext("counted hands", "For"),
        "against": pgettext("counted hands", "Against"),
        "doubt": pgettext("counted hands", "In doubt"),
        "women": _("women"),
        "men": _("men"),
        "missing": _("not translated yet; this is the original"),
        "plainly": _("In plain words."),
        "contents": _("Contents"),
    }
