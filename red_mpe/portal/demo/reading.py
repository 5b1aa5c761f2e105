"""Reads the files of the demonstration network."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LANGUAGES = ("es", "en", "pt")


def read(name: str) -> dict[str, Any]:
    """Return one TOML file, such as `network/people.toml`."""
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


def rows(pattern: str, key: str) -> list[dict[str, Any]]:
    """Return the tables `[[key]]` of every file that matches, in the order of their names."""
    return [row for path in sorted(HERE.glob(pattern)) for row in read(str(path.relative_to(HERE))).get(key, [])]


def translated(**fields: dict[str, str]) -> dict[str, str]:
    """Turn `title={"es": …}` into the columns `title_es`, `title_en`, `title_pt`."""
    return {f"{name}_{language}": words.get(language, "") for name, words in fields.items() for language in LANGUAGES}
