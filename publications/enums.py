"""Words of the library (docs/glossary.md). Codes are stable: they stand in addresses, exports and OAI sets."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RecordKind(models.TextChoices):
    """What a record describes."""

    GUIDE = "guide", _("Guide or toolkit")
    FACTSHEET = "factsheet", _("Factsheet")
    GOOD_PRACTICE = "good-practice", _("Good practice")
    LESSON = "lesson-learned", _("Lesson learned")
    CASE = "case", _("Case")
    REPORT = "report", _("Report")
    ARTICLE = "article", _("Article")
    THESIS = "thesis", _("Thesis")
    LAW = "law", _("Law or regulation")
    PROCEEDINGS = "proceedings", _("Minutes or proceedings")
    DATASET = "dataset", _("Dataset")
    PRESENTATION = "presentation", _("Presentation")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
    TRAINING = "training", _("Training material")


#: Kinds that are told by the questions of `Practice` instead of a file.
PRACTICES = (RecordKind.GOOD_PRACTICE, RecordKind.LESSON)


class RecordState(models.TextChoices):
    """Where a record stands on its way to the reader."""

    DRAFT = "draft", pgettext_lazy("record", "draft")
    PROPOSED = "proposed", pgettext_lazy("record", "waiting for an editor")
    RETURNED = "returned", pgettext_lazy("record", "asked back")
    ACCEPTED = "accepted", pgettext_lazy("record", "accepted")
    EMBARGOED = "embargoed", pgettext_lazy("record", "under embargo")
    PUBLISHED = "published", pgettext_lazy("record", "published")
    DECLINED = "declined", pgettext_lazy("record", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("record", "withdrawn")


#: Records that readers find. Under embargo the description is open and the files are not.
LISTED = (RecordState.PUBLISHED, RecordState.EMBARGOED)
#: Records that have an address for readers: of a withdrawn one a tombstone stays.
SHOWN = (*LISTED, RecordState.WITHDRAWN)
#: Records whose contributors may still change them.
IN_HAND = (RecordState.DRAFT, RecordState.RETURNED)


class Access(models.TextChoices):
    """Who may read a record, and who may have its files."""

    PUBLIC = "public", _("Everybody")
    REQUEST = "request", _("On request: everybody reads the description, the files are asked for")
    MEMBERS = "members", _("Members of the network")
    GROUP = "group", _("Members of one group")


class Licence(models.TextChoices):
    """What others may do with the work: an SPDX identifier where there is one. It decides whether we may hand out files."""

    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    CC_BY_NC_SA_IGO = "CC-BY-NC-SA-3.0-IGO", "CC BY-NC-SA 3.0 IGO"
    CC_BY_IGO = "CC-BY-3.0-IGO", "CC BY 3.0 IGO"
    OFFICIAL = "official-text", _("Official text: laws and treaties, free to copy")
    PERMITTED = "permitted", _("All rights reserved; we may hand it out, with the owner's permission")
    RESERVED = "all-rights-reserved", _("All rights reserved: described here, read at the publisher's")
    UNKNOWN = "unknown", _("Not known: described here, read where it was published")


#: Works that we only describe: their files, if we keep any, are for editors and for who proposed them.
DESCRIBED_ONLY = (Licence.RESERVED, Licence.UNKNOWN)
#: Works that go into archives to take away (USB edition) and into light copies: sharing on is allowed.
SHARED_ON = tuple(licence for licence in Licence if licence not in (*DESCRIBED_ONLY, Licence.PERMITTED))

LICENCE_LINKS = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_ND: "https://creativecommons.org/licenses/by-nd/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_NC_SA: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.CC_BY_NC_ND: "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    Licence.CC_BY_NC_SA_IGO: "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/",
    Licence.CC_BY_IGO: "https://creativecommons.org/licenses/by/3.0/igo/",
}


class AuthorRole(models.TextChoices):
    """What somebody did for a work."""

    AUTHOR = "author", pgettext_lazy("of a work", "Author")
    EDITOR = "editor", pgettext_lazy("of a work", "Editor")
    COMPILER = "compiler", pgettext_lazy("of a work", "Compiler")
    TRANSLATOR = "translator", pgettext_lazy("of a work", "Translator")
    ILLUSTRATOR = "illustrator", pgettext_lazy("of a work", "Illustrations and photographs")
    SPEAKER = "speaker", pgettext_lazy("of a work", "Speaker")
    REVIEWER = "reviewer", pgettext_lazy("of a work", "Reviewer")
    CONTRIBUTOR = "contributor", pgettext_lazy("of a work", "Contributor")


class Scheme(models.TextChoices):
    """Kinds of identifier."""

    DOI = "doi", "DOI"
    ISBN = "isbn", "ISBN"
    ISSN = "issn", "ISSN"
    HANDLE = "handle", "Handle"
    URL = "url", _("Address")
    OTHER = "other", _("Other")


class RelationKind(models.TextChoices):
    """What one record is to another; the other direction is shown in words of its own."""

    PART_OF = "part-of", _("Part of")
    REPLACES = "replaces", _("Replaces")
    TRANSLATION_OF = "translation-of", _("Translation of")
    EDITION_OF = "edition-of", _("Newer edition of")
    REFERENCES = "references", _("Refers to")


#: What the other record reads.
INVERSE = {
    RelationKind.PART_OF: _("Contains"),
    RelationKind.REPLACES: _("Replaced by"),
    RelationKind.TRANSLATION_OF: _("Translated as"),
    RelationKind.EDITION_OF: _("Has a newer edition"),
    RelationKind.REFERENCES: _("Referred to by"),
}


class Lens(models.TextChoices):
    """Lenses that cut across the themes."""

    GENDER = "gender", _("Gender equity")
    DIVERSITY = "diversity", _("Recognition of diversity")


class Stratum(models.TextChoices):
    """Whom of artisanal and small-scale mining a work is about."""

    SUBSISTENCE = "artisanal-subsistence", _("Artisanal (subsistence)")
    ORGANISED = "artisanal-organised", _("Artisanal (organised)")
    FORMALISING = "small-formalising", _("Small-scale (in formalisation)")
    FORMAL = "small-formal", _("Small-scale (formal)")


class Sector(models.TextChoices):
    """The sector one learns from."""

    ASM = "asm", _("Artisanal and small-scale mining")
    FORESTRY = "forestry", _("Forestry")
    AGRICULTURE = "agriculture", _("Agriculture")
    OTHER = "other", _("Other")


class TextState(models.TextChoices):
    """How far the words and the first page of a file have been taken out of it."""

    WAITING = "waiting", pgettext_lazy("text of a file", "waiting")
    WORKING = "working", pgettext_lazy("text of a file", "being read")
    DONE = "done", pgettext_lazy("text of a file", "read")
    FAILED = "failed", pgettext_lazy("text of a file", "could not be read")
    NOTHING = "nothing", pgettext_lazy("text of a file", "has no words")


class ScanState(models.TextChoices):
    """What the virus scanner says."""

    NOT_ASKED = "not-asked", pgettext_lazy("virus scan", "no scanner is configured")
    WAITING = "waiting", pgettext_lazy("virus scan", "waiting")
    CLEAN = "clean", pgettext_lazy("virus scan", "clean")
    INFECTED = "infected", pgettext_lazy("virus scan", "refused: malicious")


class LinkState(models.TextChoices):
    """What a link answered when it was last tried."""

    UNTRIED = "untried", pgettext_lazy("link", "not tried yet")
    ANSWERS = "answers", pgettext_lazy("link", "answers")
    FAILS = "fails", pgettext_lazy("link", "does not answer")
    GONE = "gone", pgettext_lazy("link", "is gone")


class RequestState(models.TextChoices):
    """Where a request for access stands."""

    ASKED = "asked", pgettext_lazy("request for access", "waiting for an answer")
    GRANTED = "granted", pgettext_lazy("request for access", "granted")
    REFUSED = "refused", pgettext_lazy("request for access", "refused")
    ENDED = "ended", pgettext_lazy("request for access", "taken back")


class Use(models.TextChoices):
    """What is counted of a record."""

    VIEW = "view", pgettext_lazy("use of a record", "views")
    DOWNLOAD = "download", pgettext_lazy("use of a record", "downloads")


class Problem(models.TextChoices):
    """Why the words of a file could not be taken out of it, or not all of them."""

    BROKEN = "broken", _("The file is damaged: its own program may open it, a reader of words does not.")
    ENCRYPTED = "encrypted", _("The file asks for a password. It is kept as it came, and nobody has read its words.")
    TOO_SLOW = "too-slow", _("Reading took too long and was stopped.")
    TOO_HEAVY = "too-heavy", _("Reading needed more memory than there is for it, and was stopped.")
    BOMB = "bomb", _("The file unpacks to far more than it should, and was not read.")
    PICTURES = "pictures", _("The pages are pictures: there are no words in the file.")
    CUT = "cut", _("The file is very long: the search reads its beginning.")
    LOST = "lost", _("The store does not have the bytes. Somebody must look at it.")
    GAVE_UP = "gave-up", _("Reading was tried three times and broke off each time.")


class FileFlag(models.TextChoices):
    """What an editor should know of a file before it goes out."""

    ENCRYPTED = "encrypted", pgettext_lazy("flag of a file", "asks for a password")
    SCRIPTS = "scripts", pgettext_lazy("flag of a file", "contains scripts")
    ATTACHMENTS = "attachments", pgettext_lazy("flag of a file", "contains other files")
    RENAMED = "renamed", pgettext_lazy("flag of a file", "its name claimed another type")
