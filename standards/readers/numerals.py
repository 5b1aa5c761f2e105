"""Numbers as documents print them: Roman, letters, ordinals, words."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_ROMAN_LIMIT = 3999
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LETTER_LIMIT = 26 * 30
_CHICAGO = "*†‡§"
_CHICAGO_LIMIT = 40
_PADDING_LIMIT = 10

_UNITS = {
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen",
}
_TENS = {
    "es": "x x veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "pt": "x x vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "en": "x x twenty thirty forty fifty sixty seventy eighty ninety",
}
_JOINT = {"es": " y ", "pt": " e ", "en": "-"}
_ORDINALS = {
    "es": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "pt": "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth",
}


def roman(value: int) -> str:
    """Write 1 to 3999 in lower-case Roman; anything else in decimals."""
    if not 1 <= value <= _ROMAN_LIMIT:
        return str(value)
    signs = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        signs.append(sign * times)
    return "".join(signs)


def letters(value: int) -> str:
    """Write a … z, aa, bb … as word processors do (not as spreadsheets do); out of 1 to 780 in decimals."""
    if not 1 <= value <= _LETTER_LIMIT:
        return str(value)
    times, place = divmod(value - 1, len(_LETTERS))
    return _LETTERS[place] * (times + 1)


def cardinal(value: int, language: str) -> str:
    """Write 0 to 99 in words with a capital, in es, pt or en; otherwise in decimals."""
    if language not in _UNITS or not 0 <= value <= 99:
        return str(value)
    units = _UNITS[language].split()
    if value < len(units):
        return units[value].capitalize()
    tens, unit = divmod(value, 10)
    word = _TENS[language].split()[tens]
    return (word + (_JOINT[language] + units[unit] if unit else "")).capitalize()


def ordinal_word(value: int, language: str) -> str:
    """Write first to tenth in words with a capital, in es, pt or en; otherwise in decimals."""
    words = _ORDINALS.get(language, "").split()
    return words[value - 1].capitalize() if 1 <= value <= len(words) else str(value)


def ordinal(value: int, language: str) -> str:
    """Write 1st, 2nd … in English and 1.º elsewhere."""
    if language != "en":
        return f"{value}.º"
    teen = 10 <= value % 100 <= 20
    return str(value) + ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th"))


def chicago(value: int) -> str:
    """Write the footnote signs * † ‡ § ** …; out of 1 to 40 in decimals."""
    if not 1 <= value <= _CHICAGO_LIMIT:
        return str(value)
    times, place = divmod(value - 1, len(_CHICAGO))
    return _CHICAGO[place] * (times + 1)


_FORMATS: dict[str, Callable[[int, str], str]] = {
    "decimal": lambda value, language: str(value),
    "decimalZero": lambda value, language: f"{value:02d}",
    "lowerRoman": lambda value, language: roman(value),
    "upperRoman": lambda value, language: roman(value).upper(),
    "lowerLetter": lambda value, language: letters(value),
    "upperLetter": lambda value, language: letters(value).upper(),
    "ordinal": ordinal,
    "cardinalText": cardinal,
    "ordinalText": ordinal_word,
    "chicago": lambda value, language: chicago(value),
    "hex": lambda value, language: f"{value:X}",
    "numberInDash": lambda value, language: f"- {value} -",
    "none": lambda value, language: "",
    "bullet": lambda value, language: "",
}
# These change with the language of the document, so they cannot identify a clause: its label is written in decimals.
_SPOKEN = frozenset({"ordinal", "cardinalText", "ordinalText", "chicago", "numberInDash"})


def known(form: str) -> bool:
    """Tell whether a number format is one we write as the document does."""
    return form in _FORMATS or is_padded(form)


def is_padded(form: str) -> bool:
    """Tell whether a format is a pattern of zeros such as `001`."""
    return form.endswith("1") and len(form) <= _PADDING_LIMIT and not form.strip("01")


def written(value: int, form: str, language: str = "es") -> str:
    """Write a number as the document prints it. An unknown format is written in decimals."""
    if is_padded(form):
        return str(value).zfill(len(form))
    return _FORMATS.get(form, _FORMATS["decimal"])(value, language)


def identifying(value: int, form: str) -> str:
    """Write a number so that it is the same in every language of a document."""
    return written(value, "decimal" if form in _SPOKEN else form)
