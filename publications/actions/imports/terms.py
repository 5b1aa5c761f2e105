"""Words of foreign lists in the library's own terms."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation

from members.enums import Spoken
from publications.enums import Licence, RecordKind
from red_mpe.core.locale import COLUMN
from red_mpe.core.models import Theme

#: Names and codes of languages as other catalogues write them.
_LANGUAGES = {
    "es": ("spa", "spanish", "español", "espanol", "castellano", "espanhol"),
    "en": ("eng", "english", "inglés", "ingles", "inglês"),
    "pt-br": ("pt", "por", "portuguese", "portugués", "português", "brazilian", "brazil"),
    "fr": ("fra", "fre", "french", "francés", "francês"),
    "qu": ("que", "quechua"),
    "ay": ("aym", "aymara"),
    "gn": ("grn", "guarani", "guaraní"),
}


def _said(words: str) -> str:
    return " ".join(words.casefold().split())


@lru_cache(maxsize=4)
def _labels(choices: Any) -> dict[str, str]:
    """Return what each code is called, in every language of the site."""
    known = {_said(code): code for code in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {_said(str(label)): code for code, label in choices.choices}
    return known


def kind_of(words: str) -> str:
    """Return the kind that is meant; empty for none."""
    return _labels(RecordKind).get(_said(words), "")


def licence_of(words: str) -> str:
    """Return the licence that is meant; empty for none."""
    return _labels(Licence).get(_said(words), "")


def languages_of(words: Iterable[str]) -> list[str]:
    """Return the languages that are meant; what nobody of the network speaks is left out."""
    known = {name: code for code, names in _LANGUAGES.items() for name in names} | _labels(Spoken)
    found = (known.get(_said(word)) or known.get(_said(word).partition("-")[0]) for word in words)
    return list(dict.fromkeys(code for code in found if code))


def column_of(languages: Iterable[str], otherwise: str) -> str:
    """Return the column of a title whose language the list does not say: that of the work, where the site has it."""
    return next((COLUMN[code] for code in languages if code in COLUMN), otherwise)


class Themes:
    """The themes by code and by name, read once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        for key, *names in Theme.objects.values_list("pk", "code", "name_es", "name_en", "name_pt"):
            self._known |= {_said(name): key for name in names if name}

    def of(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the themes that are meant; other keywords are left out."""
        return list(dict.fromkeys(self._known[_said(word)] for word in words if _said(word) in self._known))
