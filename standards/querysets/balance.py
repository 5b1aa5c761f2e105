"""Who took part in a round and what became of what they said (process.md): counted exactly, small groups never told.

Everything but `spoken` is pure: it counts rows and knows no database. What leaves `figures` may be read by everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log
from statistics import median
from typing import Any

from django.utils import timezone

from red_mpe.core.locale import zone
from standards.enums import ACCEPTING, PUBLIC_ANSWERS, CommentKind, CommentState, Disposition

SUBSTANTIVE = (CommentKind.GENERAL, CommentKind.TECHNICAL)
TOP = 5
FLAGGED = 2  # a chamber whose words are taken up more than this many times as often as another's: to be explained
OTHERS = "*"  # the cell into which small groups of an open list are put


@dataclass(frozen=True, slots=True)
class Said:
    """One comment or reply as the balance counts it."""

    persona: int
    chamber: str
    country: str = "PE"
    language: str = "es"
    gender: str = ""
    channel: str = "web"
    organisation: int | None = None
    root: bool = True
    late: bool = False
    kind: str = CommentKind.TECHNICAL
    disposition: str = ""  # only what is public
    folded: bool = False
    days: int | None = None  # from the comment to its public answer


def spoken(consultation: Any) -> list[Said]:
    """Return what was said in a round and still stands: one query, without a look at who is behind it."""
    rows = consultation.comments.filter(state=CommentState.SENT).order_by("serial").values_list(*_COLUMNS)
    clock = zone(consultation.time_zone)
    return [_said(row, clock) for row in rows]


_COLUMNS = (
    *("persona_id", "chamber__code", "country", "language", "gender", "channel", "shown_organisation_id", "parent_id", "late", "kind"),
    *("sent_at", "answer__state", "answer__disposition", "answer__folded", "answer__published_at"),
    *("answer__duplicate_of__answer__state", "answer__duplicate_of__answer__disposition"),
)


def _said(row: Sequence[Any], clock: Any) -> Said:
    persona, chamber, country, language, gender, channel, organisation, parent, late, kind, sent, *answer = row
    state, disposition, folded, published, other_state, other = answer
    days = None
    if state in PUBLIC_ANSWERS:
        if disposition == Disposition.DUPLICATE and other_state in PUBLIC_ANSWERS:
            disposition = other  # what became of it became of the other
        days = (timezone.localdate(published, clock) - timezone.localdate(sent, clock)).days
    else:
        disposition = ""
    return Said(
        persona, chamber, str(country), language, gender, channel, organisation, parent is None, late, kind, disposition, bool(folded), days
    )


def figures(rows: Sequence[Said], *, chambers: Sequence[str], targets: Mapping[str, int], smallest: int) -> dict[str, Any]:
    """Return the public figures of a round as plain JSON; cells under `smallest` people are hidden so that no sum gives them away.

    Late comments are answered and not weighed: they count only in `late` and `answered`. Fractions are written as `3/7`.
    """
    counted = [row for row in rows if not row.late]
    people = {code: len({row.persona for row in counted if row.chamber == code}) for code in chambers}
    hidden = hide_cells(people, smallest)
    everybody = len({row.persona for row in counted})
    roots = [row for row in rows if row.root]
    return {
        "smallest": smallest,
        "people": everybody if everybody >= smallest else None,
        "organisations": len({row.organisation for row in counted} - {None}),
        "comments": sum(row.root for row in counted),
        "replies": sum(not row.root for row in counted),
        "late": sum(row.late for row in rows),
        "chambers": [_cell(code, counted, people, hidden, targets) for code in chambers],
        **{name: _open_table(counted, name, smallest) for name in ("country", "language", "gender", "channel")},
        "evenness": evenness_words([people[code] for code in chambers], exact=not hidden),
        "top_five": _fraction(top_share(Counter(row.organisation for row in counted if row.organisation).values())),
        "answered": [sum(row.days is not None for row in roots), len(roots)],
        "median_days": _fraction(median_days([row.days for row in roots if row.days is not None])),
        **_influence(counted, chambers, hidden),
    }


def _cell(
    code: str, rows: Iterable[Said], people: Mapping[str, int], hidden: set[str], targets: Mapping[str, int]
) -> dict[str, str | int | None]:
    comments = sum(row.root and row.chamber == code for row in rows)
    shown = code not in hidden
    return {"code": code, "people": people[code] if shown else None, "comments": comments if shown else None, "target": targets.get(code)}


def _open_table(rows: Iterable[Said], name: str, smallest: int) -> list[dict[str, Any]]:
    """Count by a list that anybody can lengthen: not even the name of a small cell is told, its people go into one cell of others."""
    people: dict[str, set[int]] = defaultdict(set)
    comments: Counter[str] = Counter()
    for row in rows:
        people[getattr(row, name)].add(row.persona)
        comments[getattr(row, name)] += row.root
    small = hide_cells({code: len(some) for code, some in people.items()}, smallest)
    cells = [{"code": code, "people": len(people[code]), "comments": comments[code]} for code in people if code not in small]
    cells.sort(key=lambda cell: (-cell["people"], cell["code"]))  # type: ignore[operator, arg-type]
    if small:
        together = len(set().union(*(people[code] for code in small)))
        told = together >= smallest
        others = sum(comments[code] for code in small)
        cells.append({"code": OTHERS, "people": together if told else None, "comments": others if told else None})
    return cells


def hide_cells(people: Mapping[str, int], smallest: int) -> set[str]:
    """Return the cells to hide: all under `smallest`, and with them the next larger until two are hidden and enough people in them."""
    hidden = {code for code, count in people.items() if 0 < count < smallest}
    if not hidden:
        return hidden
    for _count, code in sorted((count, code) for code, count in people.items() if count >= smallest):
        if len(hidden) > 1 and sum(people[each] for each in hidden) >= smallest:
            break
        hidden.add(code)
    return hidden


def evenness(counts: Sequence[int]) -> float | None:
    """Return Pielou's evenness over all cells, empty ones included: 1 is the same from each, 0 all from one; None without people."""
    whole = sum(counts)
    if not whole or len(counts) < 2:
        return None
    parts = [Fraction(count, whole) for count in counts if count]
    return abs(sum(float(part) * log(part) for part in parts)) / log(len(counts))


def evenness_words(counts: Sequence[int], *, exact: bool) -> str:
    """Return it with two figures after the point, with one where cells are hidden: two would let them be worked out."""
    found = evenness(counts)
    return "" if found is None else f"{found:.{2 if exact else 1}f}"


def top_share(counts: Iterable[int], top: int = TOP) -> Fraction | None:
    """Return the share of the `top` most active in all that was said under a name; None where nobody gave one."""
    ordered = sorted(counts, reverse=True)
    return Fraction(sum(ordered[:top]), sum(ordered)) if ordered else None


def median_days(days: Sequence[int]) -> Fraction | None:
    """Return the median of whole days; between two it is their exact middle."""
    return median([Fraction(each) for each in days]) if days else None


def influence(rows: Iterable[Said]) -> tuple[int, int]:
    """Return how many substantive comments were taken up, and how many there were; a near-duplicate is not counted twice."""
    weighed = [row for row in rows if row.root and not row.folded and row.kind in SUBSTANTIVE]
    return sum(row.disposition in ACCEPTING for row in weighed), len(weighed)


def ratio(shares: Iterable[Fraction]) -> Fraction | None:
    """Return how many times as often the chamber most taken up is taken up as the one least; None where one never was, or one is alone."""
    found = sorted(shares)
    return found[-1] / found[0] if len(found) > 1 and found[0] else None


def _influence(rows: Sequence[Said], chambers: Sequence[str], hidden: set[str]) -> dict[str, Any]:
    cells, shares = [], []
    for code in chambers:
        accepted, whole = influence(row for row in rows if row.chamber == code)
        if whole and code not in hidden:
            shares.append(Fraction(accepted, whole))
        cells.append(
            {"code": code, "accepted": None, "whole": None} if code in hidden else {"code": code, "accepted": accepted, "whole": whole}
        )
    times = ratio(shares)
    uneven = times > FLAGGED if times is not None else bool(shares) and min(shares) == 0 < max(shares)
    return {"influence": cells, "ratio": _fraction(times), "uneven": uneven}


def _fraction(value: Fraction | None) -> str:
    return "" if value is None else f"{value.numerator}/{value.denominator}"


def percent(written: str) -> int | None:
    """Return a written fraction in whole percent, half up; None where there is none."""
    return None if not written else int(Fraction(written) * 100 + Fraction(1, 2))
