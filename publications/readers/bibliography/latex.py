"""LaTeX in bibliographies becomes plain words."""

import re
import unicodedata

_MARKS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307"}
_MARKS |= {"c": "\u0327", "v": "\u030c", "k": "\u0328", "r": "\u030a", "H": "\u030b", "u": "\u0306", "d": "\u0323", "b": "\u0331"}
_WORDS = {"ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å"}
_WORDS |= {"i": "i", "j": "j", "guillemotleft": "«", "guillemotright": "»", "textquestiondown": "¿", "textexclamdown": "¡"}
_WORDS |= {"textordmasculine": "º", "textordfeminine": "ª", "textdegree": "°", "texteuro": "€", "textbackslash": "\\", "dots": "…"}
_WORDS |= {"textasciitilde": "~", "textasciicircum": "^", "textendash": "–", "textemdash": "—", "ldots": "…", "textunderscore": "_"}
_ACCENT = re.compile(
    r"\\([`'^~\"=.])\s*(?:\{\s*(\\?[^\W\d_])?\s*\}|(\\[ij](?![A-Za-z])\s*|[^\W\d_]))"
    r"|\\([cvkrHudb])(?:\s*\{\s*(\\?[^\W\d_])\s*\}|\s+(\\?[^\W\d_]))"
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\s*\{\}|\s+|(?![A-Za-z]))")
_SIGN = re.compile(r"\\([&%$#_{}~^ ,;:!/@-])")
_DASHES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_KEPT = {"{": "\ue000", "}": "\ue001", "~": "\ue002", "\\": "\ue003", "-": "\ue004", "`": "\ue005", "'": "\ue006"}
_BACK = {value: key for key, value in _KEPT.items()}


def plain(text: str) -> str:
    """Return the words of LaTeX: accents on their letters, commands left out, what stood in braces kept."""
    if "\\" in text:
        text = _ACCENT.sub(_accent, text)
        text = _SIGN.sub(lambda found: _KEPT.get(found[1], "" if found[1] in "/-!" else found[1].replace(",", " ")), text)
        text = _COMMAND.sub(_word, text)
    for written, sign in _DASHES:
        text = text.replace(written, sign)
    text = text.replace("~", " ").replace("{", "").replace("}", "").replace("\\", "")
    return unicodedata.normalize("NFC", " ".join("".join(_BACK.get(sign, sign) for sign in text).split()))


def _accent(found: re.Match[str]) -> str:
    mark = found[1] or found[4]
    letter = (found[2] or found[3] or found[5] or found[6] or "").strip("\\ \n")
    return letter + _MARKS[mark] if letter else _KEPT.get(mark, mark)


def _word(found: re.Match[str]) -> str:
    word = _WORDS.get(found[1], "")
    return _KEPT.get(word, word)
