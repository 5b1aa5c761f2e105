"""Every word exists in Spanish, English and Portuguese, and says the same with the same gaps."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from red_mpe.core.models import Chamber, StakeholderCategory, Theme

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es", "en", "pt_BR")
GAP = re.compile(r"%\((\w+)\)([sd])|%[sd]|\{(\w*)\}|</?[a-z]+")
COPIED = ("red_mpe", "members", "standards", "templates", "locale", "manage.py")
KEYWORDS = ["--extension", "html,txt,py", "--no-location", "--no-obsolete", "--no-wrap", "--ignore", "red_mpe/local", "--keep-pot"]


def _catalogue(language):
    path = ROOT / "locale" / language / "LC_MESSAGES/django.po"
    assert path.exists(), f"there is no catalogue for {language}: run `make messages`"
    return polib.pofile(str(path))


def _gaps(text):
    return sorted(match.group(0) for match in GAP.finditer(text))


def _pairs(entry):
    """Each translated form with the source form it answers. A form for one thing may leave the number out."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, words) for place, words in entry.msgstr_plural.items() if place > 0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete(language):
    assert [entry.msgid for entry in _catalogue(language).untranslated_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_guess_nothing(language):
    assert [entry.msgid for entry in _catalogue(language).fuzzy_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_gaps(language):
    entries = [entry for entry in _catalogue(language) if not entry.obsolete]
    wrong = [words for entry in entries for source, words in _pairs(entry) if words and _gaps(source) != _gaps(words)]
    assert wrong == []


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The words of the source as they are now."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is not installed: whether the catalogues are current cannot be told")
    copy = tmp_path_factory.mktemp("source")
    for name in COPIED:
        origin = ROOT / name
        (shutil.copytree if origin.is_dir() else shutil.copy)(origin, copy / name)
    (copy / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "es", *KEYWORDS]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, timeout=120)
    return polib.pofile(str(copy / "locale/django.pot"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_current(template, language):
    written = {(entry.msgctxt, entry.msgid) for entry in template}
    kept = {(entry.msgctxt, entry.msgid) for entry in _catalogue(language) if not entry.obsolete}
    assert sorted(words for _context, words in written - kept) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Chamber, StakeholderCategory, Theme])
def test_every_term_has_a_name_in_each_language(model):
    names = model.objects.values_list("code", "name_es", "name_en", "name_pt")
    assert names
    assert [code for code, *words in names if not all(words)] == []
