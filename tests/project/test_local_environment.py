"""`.env.example` and what is really read are one list; the catalogues tidy themselves."""

import ast
import re

import polib
import pytest

from red_mpe.local.messages import tidy_catalogue
from red_mpe.local.servers import ROOT

READERS = {"str", "bool", "int", "list", "db_url"}
READ_BY_OTHERS = {"WEB_CONCURRENCY"}  # by gunicorn itself


def names_read(path):
    """List the names a settings file asks the environment for."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args]
    return {call.args[0].value for call in calls if reads(call.func) and isinstance(call.args[0], ast.Constant)}


def reads(function):
    """Tell whether a call asks the environment for something."""
    if isinstance(function, ast.Attribute):
        return isinstance(function.value, ast.Name) and function.value.id == "read" and function.attr in READERS
    return isinstance(function, ast.Name) and function.id == "secret"


def names_listed():
    """List the names of `.env.example`, set or shown with their default."""
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_env_example_lists_what_is_read_and_nothing_else():
    settings = names_read(ROOT / "red_mpe" / "settings.py")
    compose = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    assert settings | compose | READ_BY_OTHERS == names_listed()


def test_handbook_explains_every_health_check_and_needed_setting():
    handbook = (ROOT / "docs" / "operations" / "index.md").read_text()
    needed = re.findall(r"^([A-Z_]+)=$", (ROOT / ".env.example").read_text().split("# ---")[1], re.MULTILINE)
    assert [name for name in [*needed, "BASE_URL", "/health/live", "/health/ready", "MAIL_HELD"] if name not in handbook] == []


@pytest.mark.parametrize(("language", "word", "plurals"), [("en", "Round", {0: "{n} round", 1: "{n} rounds"}), ("es", "", {0: "", 1: ""})])
def test_only_english_fills_itself_and_guesses_are_dropped(tmp_path, language, word, plurals):
    path = tmp_path / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "POT-Creation-Date": "yesterday"}
    catalogue.append(polib.POEntry(msgid="Round", msgstr="Ronda vieja", flags=["fuzzy"], previous_msgid="Rounds"))
    catalogue.append(polib.POEntry(msgid="{n} round", msgid_plural="{n} rounds", msgstr_plural={0: "", 1: ""}))
    catalogue.save(str(path))
    assert tidy_catalogue(path) == (0 if language == "en" else 2)
    tidy = polib.pofile(str(path))
    assert (tidy[0].msgstr, tidy[1].msgstr_plural) == (word, plurals)
    assert "fuzzy" not in path.read_text()
    assert "yesterday" not in path.read_text()
