"""Tables for people. A goal that is missed is marked, and nothing fails."""

import os

WIDTH = 49


def load() -> str:
    """Return how busy the machine is and how many processors it has."""
    return f"load {' '.join(f'{value:.1f}' for value in os.getloadavg())} on {os.cpu_count()} processors"


def title(words: str) -> None:
    """Begin a table."""
    print(f"\n{words}\n{'─' * len(words)}", flush=True)


def mark(value: float, goal: float, *, least: bool = False) -> str:
    """Return the goal, marked where `value` misses it."""
    kept = value >= goal if least else value <= goal
    return f"{'≥' if least else '≤'} {goal:<4g}{' ' if kept else '✗'}"


def line(name: str, value: str, goal: str = "", note: str = "") -> None:
    """Print one figure."""
    print(f"{name:<{WIDTH}}{value:>12}  {goal:<8}{note}".rstrip(), flush=True)
