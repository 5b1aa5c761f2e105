"""The verbal forms in the words of a requirement: what its text binds to, and where that and its field disagree. Pure, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

MUST, SHOULD, MAY = "must", "should", "may"
FEW_WORDS = 60

_WORD = r"(?<![\w-])(?:{})(?![\w-])"
#: What is forbidden binds as what is ordered: it is looked for first and taken out, so that its “may” is not read as a permission.
_FORBIDDEN = {
    "es": r"no\s+(?:se\s+)?(?:puede|pueden|podrá|podrán)",
    "en": r"may\s+not|can\s?not",
    "pt": r"não\s+(?:se\s+)?(?:pode|podem|poderá|poderão)",
}
_SIGNS = {
    "es": {
        MUST: r"debe|deben|deberá|deberán",
        SHOULD: r"debería|deberían|conviene\s+que|se\s+recomienda",
        MAY: r"puede|pueden|podrá|podrán",
    },
    "en": {MUST: r"must|shall", SHOULD: r"should|ought\s+to", MAY: r"may|can"},
    "pt": {
        MUST: r"deve|devem|deverá|deverão",
        SHOULD: r"deveria|deveriam|convém\s+que|recomenda-se",
        MAY: r"pode|podem|poderá|poderão",
    },
}
_FOUND = {
    language: [(form, re.compile(_WORD.format(words), re.IGNORECASE)) for form, words in signs.items()]
    for language, signs in _SIGNS.items()
}
_BANS = {language: re.compile(_WORD.format(words), re.IGNORECASE) for language, words in _FORBIDDEN.items()}
_MONTH = re.compile(r"(?<!\w)May(?=\s+\d|[.,;)]|$)|(?<=\bin\s)May\b|(?<=\d\s)May\b")  # the month, in English only

_EXAMPLES = {
    "es": {MUST: "debe", SHOULD: "debería", MAY: "puede"},
    "en": {MUST: "must", SHOULD: "should", MAY: "may"},
    "pt": {MUST: "deve", SHOULD: "convém que", MAY: "pode"},
}
_SENTENCES = {
    "other_form": gettext_lazy("%(language)s: the text says “%(words)s” and the verbal form is “%(form)s”. Change one of the two."),
    "no_field": gettext_lazy("%(language)s: the text says “%(words)s” and no verbal form is chosen."),
    "no_form": gettext_lazy("%(language)s: the text has no verbal form: it neither orders, recommends nor allows."),
    "several_forms": gettext_lazy(
        "%(language)s: the text has several verbal forms (%(words)s). One requirement binds in one way: split it or reword it."
    ),
    "many_words": gettext_lazy("%(language)s: in plain words there are %(words)s words; %(limit)s are the most."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that the linter noticed in one language; `words` are those it read."""

    code: str
    language: str  # es, en, pt
    words: str = ""
    form: str = ""

    def sentence(self, names: Mapping[str, str]) -> str:
        """Return it as a sentence for people; `names` says how each language is called."""
        form = _EXAMPLES[self.language].get(self.form, "")
        told = {"language": names[self.language], "words": self.words, "form": form, "limit": FEW_WORDS}
        return str(_SENTENCES[self.code]) % told


def forms_in(text: str, language: str) -> dict[str, str]:
    """Return the verbal forms that `text` uses, each with the first words that show it; a prohibition counts as “must”."""
    found: dict[str, str] = {}
    if language == "en":
        text = _MONTH.sub(" ", text)
    if ban := _BANS[language].search(text):
        found[MUST] = " ".join(ban.group().lower().split())
        text = _BANS[language].sub(" ", text)
    for form, sign in _FOUND[language]:
        if form not in found and (match := sign.search(text)):
            found[form] = " ".join(match.group().lower().split())
    return found


def lint(words: Mapping[str, str], *, form: str, binds: bool) -> list[Finding]:
    """Return what stands out in the words of one clause; it warns and refuses nothing.

    `words` has the columns text_es … plain_pt, `form` is its verbal form, `binds` tells that it is a requirement.
    """
    findings = []
    for language in _SIGNS:
        text, plain = (words.get(f"{name}_{language}") or "" for name in ("text", "plain"))
        if binds and text.strip():
            findings += _lint_forms(forms_in(text, language), language, form)
        if (count := len(plain.split())) > FEW_WORDS:
            findings.append(Finding("many_words", language, str(count)))
    return findings


def _lint_forms(found: dict[str, str], language: str, form: str) -> list[Finding]:
    if not found:
        return [Finding("no_form", language)]
    if len(found) > 1:
        return [Finding("several_forms", language, ", ".join(found.values()))]
    ((said, words),) = found.items()
    if not form:
        return [Finding("no_field", language, words)]
    return [] if said == form else [Finding("other_form", language, words, form)]
