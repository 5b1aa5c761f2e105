"""Tidies the catalogues after `makemessages`: English fills itself, guesses are dropped, nothing changes without a reason."""

from pathlib import Path

import polib

from red_mpe.local.servers import ROOT

SOURCE_LANGUAGE = "en"
LEFT_OUT = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")


def tidy_catalogue(path: Path) -> int:
    """Tidy one catalogue and return how many words still wait for a translation.

    The words of the source are English: that catalogue repeats them. In the others a guess of gettext's becomes a gap again.
    """
    catalogue = polib.pofile(str(path), wrapwidth=0)
    language = path.parent.parent.name
    for name in LEFT_OUT:
        catalogue.metadata.pop(name, None)
    catalogue.metadata |= {"Project-Id-Version": "red-mpe", "Language": language}
    catalogue.metadata_is_fuzzy = False
    catalogue.header = "The words of Red MPE. `make messages` adds and removes entries; people fill them."
    for entry in catalogue:
        _forget_guess(entry)
        if language == SOURCE_LANGUAGE:
            _repeat_source(entry)
    catalogue.save()
    return len(catalogue.untranslated_entries())


def _forget_guess(entry: polib.POEntry) -> None:
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    if entry.fuzzy:
        entry.flags.remove("fuzzy")
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")


def _repeat_source(entry: polib.POEntry) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid


def main() -> None:
    """Tidy every catalogue of the project and say what is missing."""
    for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        print(f"{path.relative_to(ROOT)}: {tidy_catalogue(path)} to translate")


if __name__ == "__main__":
    main()
