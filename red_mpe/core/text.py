"""People's words made safe: the only home of `mark_safe`."""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape

import nh3
from diff_match_patch import diff_match_patch
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
_STACKED = 3  # marks above or below one letter that a living language needs
_FIRST_MARK = "\u0300"  # the marks begin here, and below it stand all letters of Spanish, Portuguese and English
_MARKS = 8  # signs of any kind on one letter, those that stand beside it included
_TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr"}
_TABLE = {"table", "thead", "tbody", "tr", "th", "td", "sup", "h4", "h5"}
_SCHEMES = {"http", "https", "mailto"}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def clean(text: str) -> str:
    """Return `text` in NFC with Unix line ends, without control characters and with at most three marks stacked on a letter."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _few_marks(unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """Return a name or title: one line, no bidirectional controls, no doubled blanks."""
    return " ".join(clean(text.translate(_BIDI)).split())


def _few_marks(text: str) -> str:
    """Leave out the marks beyond what a letter needs; joiners and other invisible signs do not begin a new letter."""
    if not text or max(text) < _FIRST_MARK:  # most texts of our languages have none, once they are in NFC
        return text
    kept, marks, stacked = [], 0, 0
    for letter in text:
        kind = unicodedata.category(letter)
        if kind in ("Mn", "Mc", "Me"):
            marks += 1
            stacked += kind == "Me" or unicodedata.combining(letter) > 0
            if marks > _MARKS or stacked > _STACKED:
                continue
        elif kind != "Cf":
            marks = stacked = 0
        kept.append(letter)
    return "".join(kept)


@lru_cache(maxsize=2)
def _markdown(rich: bool) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": not rich}).enable("strikethrough")
    return reader.enable("table") if rich else reader.disable(["image", "heading", "lheading"])


def markdown(text: str, *, rich: bool = False) -> SafeString:
    """Return safe HTML of people's Markdown: no raw HTML, images, scripts, styles or foreign schemes; links are `nofollow`.

    `rich` also allows tables and small headings, for texts of frameworks.
    """
    html = _markdown(rich).render(clean(text))
    tags = _TAGS | _TABLE if rich else _TAGS
    attributes = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
    safe = nh3.clean(html, tags=tags, attributes=attributes, url_schemes=_SCHEMES, link_rel="nofollow noopener ugc")
    return mark_safe(safe.strip())  # noqa: S308 - cleaned by nh3 one line above


def trusted(html: str) -> SafeString:
    """Mark HTML that `markdown` or `redline` made and the database kept. Never give it anything else."""
    return mark_safe(html)  # noqa: S308 - see the promise above


def unlinked(html: str) -> SafeString:
    """Return safe HTML with the words of its links and without the links, for what is read where no network is."""
    return mark_safe(nh3.clean(html, tags=(_TAGS | _TABLE) - {"a"}, attributes={"ol": {"start"}}))  # noqa: S308 - cleaned right here


def plain(html: str) -> str:
    """Return the words of safe HTML on one line, for excerpts and mails."""
    return " ".join(unescape(nh3.clean(html, tags=set())).split())


def excerpt(text: str, length: int = 160) -> str:
    """Return the beginning of `text`, cut between words and ended with an ellipsis where something was left out.

    Bidirectional controls are taken out: an excerpt stands inside a line of ours and must not turn it round.
    """
    line = " ".join(text.translate(_BIDI).split())
    if len(line) <= length:
        return line
    return line[: length + 1].rsplit(" ", 1)[0][:length].rstrip(" ,;:.") + "…"


def redline(before: str, after: str) -> SafeString:
    """Return `after` as HTML with word-level `<ins>` and `<del>` against `before`; both are plain text and are escaped.

    Bidirectional controls are taken out: they could show other words than those proposed.
    """
    tags = {-1: "<del>{}</del>", 0: "{}", 1: "<ins>{}</ins>"}
    pieces = (tags[sign].format(escape(words)) for sign, words in changes(before.translate(_BIDI), after.translate(_BIDI)))
    return mark_safe("".join(pieces).replace("\n", "<br>"))  # noqa: S308 - every piece was escaped


def changes(before: str, after: str) -> list[tuple[int, str]]:
    """Return the word-level difference: pairs of -1 (gone), 0 (same), 1 (new) and the words."""
    tool = diff_match_patch()
    tool.Diff_Timeout = 0.5  # beyond it the difference is coarser; nobody waits, and nobody keeps us busy
    tokens: dict[str, str] = {}
    first, second = (_tokens(text, tokens) for text in (before, after))
    diffs = tool.diff_main(first, second, False)
    tool.diff_cleanupSemantic(diffs)
    words = {letter: word for word, letter in tokens.items()}
    return [(sign, "".join(words[letter] for letter in letters)) for sign, letters in diffs]


def _tokens(text: str, tokens: dict[str, str]) -> str:
    """Write each word as one private letter, the same word always as the same letter."""
    return "".join(
        tokens.setdefault(word, chr(0xE000 + len(tokens) if len(tokens) < 0x1900 else 0xF0000 + len(tokens)))
        for word in _WORDS.findall(text)
    )


def marked(text: str, start: str, stop: str) -> SafeString:
    """Return plain text as HTML with what stands between `start` and `stop` in `<mark>`; everything else is escaped."""
    return mark_safe(escape(text).replace(start, "<mark>").replace(stop, "</mark>"))  # noqa: S308 - escaped first
