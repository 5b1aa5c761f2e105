"""How a label is written so that our own reader finds the same label again."""

from standards.readers.labels import typed_label

_PREFIXES = {"A-": "annex", "P-": "part"}
_UNNUMBERED = "H-"


def printed(clause: dict[str, str], words: dict[str, str]) -> str:
    """Return the label as it is typed before a heading: `2.3.1`, `a)` under its parent, `Anexo II`; nothing for an unnumbered part."""
    label, parent = clause["label"], clause["parent"]
    if label.startswith(_UNNUMBERED):
        return ""
    candidates = _candidates(label, parent, words)
    return next((candidate for candidate in candidates if _read(candidate, clause["title"], parent) == label), label)


def _candidates(label: str, parent: str, words: dict[str, str]) -> list[str]:
    found = [label]
    if parent and label.startswith(f"{parent}."):
        found.append(f"{label.removeprefix(f'{parent}.')})")
    found += [f"{words[key]} {label.removeprefix(prefix)}." for prefix, key in _PREFIXES.items() if label.startswith(prefix)]
    if len(label) == 1 and label.isalpha():
        found.append(f"{words['annex']} {label}.")
    return [*found, f"{label}."]


def _read(candidate: str, title: str, parent: str) -> str:
    """Return the label that our reader makes of a heading."""
    typed = typed_label(f"{candidate} {title}".rstrip())
    if typed is None or (typed.flowing and not typed.marked):
        return ""
    return f"{parent}.{typed.label.label}" if typed.label.relative and parent else typed.label.label
