"""What changed between two versions, word by word; each clause is a piece that is kept until one of its sides changes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request, see_other
from red_mpe.core.locale import COLUMN, SITE_LANGUAGE
from red_mpe.core.packed import Packed, holding, pack, unpack
from red_mpe.core.text import redline, trusted
from standards.enums import AppliesTo, ChangeKind, Level, OecdRisk, RequirementClass, Responsible, VerbalForm
from standards.models import ClauseText, Version
from standards.querysets.changes import COLUMNS, FACTS, WORDS, compare
from standards.querysets.clauses import anchor
from standards.querysets.frameworks import number_key
from standards.querysets.lineage import descent
from standards.querysets.redlines import Pair, pairs, tell_lineage
from standards.views.reading import edition

_PIECE = "standards/versions/_redline.html"
_KEPT = 86_400  # seconds
_WHOLE_KEPT = 900  # a quarter of a megabyte each
#: What the reader may ask for: all, what changed, one kind of change.
FILTERS = ("", "changed", *ChangeKind.values)
_HTML = tuple(f"text_html_{column}" for column in COLUMN.values())
READ = ("pk", "clause_id", "label", "parent__clause_id", "sources", *FACTS, *COLUMNS, *_HTML)
_MORE = {
    "plain": gettext_lazy("In plain words"),
    "intent": gettext_lazy("Intent"),
    "guidance": gettext_lazy("Guidance"),
    "verification": gettext_lazy("Means of verification"),
}
_FACTS: dict[str, tuple[Any, Any]] = {
    "level": (gettext_lazy("Level"), Level),
    "verbal_form": (gettext_lazy("Verbal form"), VerbalForm),
    "requirement_class": (gettext_lazy("Class"), RequirementClass),
    "deadline_months": (gettext_lazy("Deadline in months"), None),
    "oecd_risk": (gettext_lazy("OECD risk"), OecdRisk),
    "applies_to": (gettext_lazy("Applies to"), AppliesTo),
    "responsible": (gettext_lazy("Who is responsible"), Responsible),
}
TAGS = {
    ChangeKind.NEW: "ok",
    ChangeKind.SUBSTANTIVE: "progress",
    ChangeKind.EDITORIAL: "",
    ChangeKind.MOVED: "mine",
    ChangeKind.RETIRED: "no",
}
Row = Mapping[str, Any]
_NOBODY = "00000000-0000-0000-0000-000000000000"  # stands in an address until the clause is known


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause of a redline, finished: `kind` is empty where nothing changed."""

    kind: str
    moved: bool
    html: str


@require_safe
@login_not_required
def redline_choose(request: Request, slug: str) -> HttpResponse:
    """Lead to the two versions that were chosen, or to the newest and the one before it."""
    numbers = visible_numbers(request.user, slug)
    if not numbers:
        raise Http404
    asked = {name: request.GET.get(name, "") for name in ("old", "new")}
    new = asked["new"] if asked["new"] in numbers else numbers[0]
    before = [number for number in numbers if number_key(number) < number_key(new)]
    old = asked["old"] if asked["old"] in numbers else (before or [new])[0]
    return see_other(reverse("standards:redline", args=[slug, old, new]))


@require_safe
@login_not_required
def redline_detail(request: Request, slug: str, old: str, new: str) -> HttpResponse:
    """Two versions of a framework, clause by clause, with the words that came and went."""
    versions = {version.number: version for version in Version.objects.visible_to(request.user).filter(framework__slug=slug).order_by()}
    if not {old, new} <= set(versions):
        raise Http404
    before, after = versions[old], versions[new]
    before.framework = after.framework
    language = chosen_language(request)
    shown = request.GET.get("show", "")
    text, counts = whole_redline(request.user, before, after, language, shown)
    context = {
        **on_paper(request),
        "framework": after.framework,
        "versions": [before, after],
        "before": before,
        "after": after,
        "numbers": sorted(versions, key=number_key, reverse=True),
        "tabs": language_tabs(language, shown),
        "chips": _chips(counts, shown, language),
        "pieces": text,
        "lang": language,
        "shown": shown,
    }
    return holding(render(request, "standards/versions/redline.html", context), text)


def on_paper(request: Request) -> dict[str, Any]:
    """Return what a page says of itself where it is printed: as of which day, and where it is to be found."""
    return {"today": timezone.localdate(), "address": settings.BASE_URL + request.get_full_path()}


def visible_numbers(user: Any, slug: str) -> list[str]:
    """Return the numbers of the versions that the reader may see, the highest first."""
    rows = Version.objects.visible_to(user).filter(framework__slug=slug).order_by()
    return sorted(rows.values_list("number", flat=True), key=number_key, reverse=True)


def chosen_language(request: Request) -> str:
    """Return the language of the text that was asked for, the reader's own by default."""
    wanted = request.GET.get("text", "")
    return wanted if wanted in COLUMN else get_language() or settings.LANGUAGE_CODE


def language_tabs(present: str, shown: str = "") -> list[dict[str, Any]]:
    """Return the languages of the text as tabs that keep the filter."""
    more = {"show": shown} if shown else {}
    return [
        {"url": "?" + urlencode({"text": code, **more}), "label": name, "current": code == present, "lang": code}
        for code, name in settings.LANGUAGES
    ]


def _wanted(piece: Piece, shown: str) -> bool:
    if shown == "changed":
        return bool(piece.kind)
    if shown == ChangeKind.MOVED:
        return piece.moved
    return not shown or piece.kind == shown


def _chips(counts: Mapping[str, int], shown: str, language: str) -> list[dict[str, Any]]:
    """The filters that find something, each with how many clauses it finds."""
    named = [("", _("whole text")), ("changed", _("only what changed")), *((kind.value, kind.label) for kind in ChangeKind)]
    return [
        {"url": "?" + urlencode({"text": language, "show": name}), "label": words, "count": counts[name], "current": name == shown}
        for name, words in named
        if counts[name] or name in ("", "changed")
    ]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The pairs of two versions with the key of each: it names all that the piece about the pair is made of."""

    old: Version
    new: Version
    language: str
    named: Mapping[int, str]
    keys: Mapping[int, str]
    pairs: Sequence[Pair]


def _asked(user: Any, old: Version, new: Version, language: str) -> _Asked:
    found = pairs(old, new)
    tell_lineage(descent(user, new.framework), found, old, new)
    named = dict(new.changes.values_list("clause_id", "kind")) if new.previous_id == old.pk else {}
    place = f"{new.framework.slug}:{new.framework.authentic_language}:{old.number}:{new.number}"
    start = f"redline:{edition(_PIECE)}:{get_language()}:{language}:{place}"
    keys = {pair.clause: f"{start}:{pair.key}:{named.get(pair.clause, '')}" for pair in found}
    return _Asked(old, new, language, named, keys, found)


def read_redline(user: Any, old: Version, new: Version, language: str) -> list[Piece]:
    """Return every clause of two versions as a finished piece; only what is not kept yet is read and rendered."""
    return _finished(_asked(user, old, new, language))


def whole_redline(user: Any, old: Version, new: Version, language: str, shown: str) -> tuple[Packed, dict[str, int]]:
    """Return the clauses that the filter shows as one piece of HTML, and how many each filter finds; kept until one of them changes."""
    asked, shown = _asked(user, old, new, language), shown if shown in FILTERS else "nothing"
    key = f"redline-text:{shown}:{hashlib.sha256(' '.join(asked.keys.values()).encode()).hexdigest()}"
    if kept := cache.get(key):
        return unpack(kept[0]), kept[1]
    pieces = _finished(asked)
    text = pack(trusted("".join(piece.html for piece in pieces if _wanted(piece, shown))))
    counts = {name: sum(_wanted(piece, name) for piece in pieces) for name in FILTERS}
    cache.set(key, (text.parts(), counts), _WHOLE_KEPT)
    return text, counts


def _finished(asked: _Asked) -> list[Piece]:
    """Return the pieces of these pairs from the cache, and render those that are missing."""
    keys = asked.keys
    kept = cache.get_many(keys.values())
    missing = [pair for pair in asked.pairs if keys[pair.clause] not in kept]
    if missing:
        maker = _Maker(asked.old, asked.new, asked.language, asked.named)
        fresh = {keys[clause]: piece for clause, piece in maker.pieces(missing).items()}
        cache.set_many(fresh, _KEPT)
        kept |= fresh
    return [Piece(kind, pair.moved, html) for pair in asked.pairs for kind, html in [kept[keys[pair.clause]]]]


class _Maker:
    """Renders pieces; words and addresses that repeat are made once."""

    def __init__(self, old: Version, new: Version, language: str, named: Mapping[int, str]) -> None:
        self.authentic, self.wanted, self.named = new.framework.authentic_language, COLUMN[language], named
        self.template = get_template(_PIECE)
        slug = new.framework.slug
        self.places = {
            side: reverse("standards:clause_detail", args=[slug, version.number, "LABEL"]) for side, version in enumerate((old, new))
        }
        self.history = reverse("standards:clause_history", args=[slug, _NOBODY])

    def pieces(self, missing: Sequence[Pair]) -> dict[int, tuple[str, str]]:
        keys = [side.pk for pair in missing for side in (pair.old, pair.new) if side]
        rows = {row["pk"]: row for row in ClauseText.objects.filter(pk__in=keys).order_by().values(*READ)}
        return {pair.clause: self.piece(pair, *(rows.get(side.pk) if side else None for side in (pair.old, pair.new))) for pair in missing}

    def piece(self, pair: Pair, old: Row | None, new: Row | None) -> tuple[str, str]:
        change = compare(pair.clause, old, new, self.authentic)
        kind = ChangeKind(self.named.get(pair.clause) or change.kind) if change else None
        there: Row = new or old or {}
        column = column_of(old, new, self.wanted, self.authentic)
        label = there["label"]
        context = {
            "label": label,
            "anchor": anchor(label) if new else f"x{anchor(label)}",
            "heading": there["level"] in (Level.PART, Level.PRINCIPLE, Level.ANNEX),
            "url": self.places[1 if new else 0].replace("LABEL", quote(label)),
            "history": self.history.replace(_NOBODY, pair.uuid),
            "was": old["label"] if old and new and old["label"] != label else "",
            "moved": pair.moved,
            "kind": kind,
            "tag": TAGS[kind] if kind else "",
            "notes": pair.notes,
            "lang": SITE_LANGUAGE[column],
            "foreign": "" if column == self.wanted else dict(settings.LANGUAGES)[SITE_LANGUAGE[column]],
            **marked_words(old, new, column),
        }
        context["silent"] = bool(old and new and kind in (ChangeKind.SUBSTANTIVE, ChangeKind.EDITORIAL) and not context["marked"])
        return (kind.value if kind else "", self.template.render(context))


def column_of(old: Row | None, new: Row | None, wanted: str, authentic: str) -> str:
    """Return the language in which both sides have words: the wanted one, else the authentic one."""
    sides = [side for side in (old, new) if side]
    has = all(any(side[f"{word}_{wanted}"] for word in ("title", "text")) for side in sides)
    return wanted if has else authentic


def marked_words(old: Row | None, new: Row | None, column: str) -> dict[str, Any]:
    """Return the words of a clause in one language with what came and went marked; of an unchanged text its own HTML."""
    before = {word: str(old[f"{word}_{column}"] or "") if old else "" for word in WORDS}
    after = {word: str(new[f"{word}_{column}"] or "") if new else "" for word in WORDS}
    facts = changed_facts(old, new) if old and new else []
    same = before["text"] == after["text"]
    more = [(name, spoken(before[word], after[word])) for word, name in _MORE.items() if before[word] != after[word]]
    return {
        "title": after["title"] if before["title"] == after["title"] else spoken(before["title"], after["title"]),
        "text": trusted((new or old or {})[f"text_html_{column}"] or "") if same else spoken(before["text"], after["text"]),
        "redlined": not same,
        "more": more,
        "facts": facts,
        "marked": bool(more or facts or not same or before["title"] != after["title"]),
    }


def spoken(before: str, after: str) -> SafeString:
    """Return the redline of two texts with words for ears around what came and went."""
    html = str(redline(before, after))
    for tag, words in (("ins", _("added:")), ("del", _("removed:"))):
        opening, closing = f'<{tag}><span class="hide">[{words} </span>', f'<span class="hide">]</span></{tag}>'
        html = html.replace(f"<{tag}>", opening).replace(f"</{tag}>", closing)  # every other sign in it is escaped
    return trusted(html)


def changed_facts(old: Row, new: Row) -> list[tuple[Any, SafeString]]:
    """Return the facts that differ: their name, and what they were and are."""
    told = [(name, _fact(old[fact], words), _fact(new[fact], words)) for fact, (name, words) in _FACTS.items() if old[fact] != new[fact]]
    return [(name, spoken(before, after)) for name, before, after in told]


def _fact(value: Any, words: Any) -> str:
    several = value if isinstance(value, list) else [value]
    said = [str(words(one).label if words else one) for one in several if one not in (None, "")]
    return ", ".join(said) or "—"


def row_of(text: Any) -> dict[str, Any]:
    """Return a clause text that was read as a model as the row that is compared."""
    return {**vars(text), "parent__clause_id": text.parent.clause_id if text.parent else None}


def changed_since(version: Version, text: ClauseText, before: Row | None, previous: str, language: str) -> dict[str, Any]:
    """Return what the clause's own page says of its change since the version `previous`, where it stood as `before`."""
    new, authentic = row_of(text), version.framework.authentic_language
    change = compare(text.clause_id, before, new, authentic)
    column = column_of(before, new, COLUMN[language], authentic)
    address = reverse("standards:redline", args=[version.framework.slug, previous, version.number])
    return {
        "since": previous,
        "since_url": f"{address}?text={language}#{anchor(text.label)}",
        "since_kind": change.kind if change else "",
        "since_tag": TAGS[change.kind] if change else "",
        "since_was": before["label"] if before and before["label"] != text.label else "",
        "since_lang": SITE_LANGUAGE[column],
        "since_words": marked_words(before, new, column) if before and change else None,
    }
