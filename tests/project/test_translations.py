"""Every word exists in Spanish, English and Portuguese, and says the same with the same gaps."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import polib
import pytest
from allauth.mfa.models import Authenticator
from django.template import engines
from django.utils import translation
from django.utils.formats import date_format

from red_mpe.core.models import Chamber, StakeholderCategory, Theme
from standards.models import Comment, Persona, Support
from tests.support.frameworks import make_comment, make_framework, make_round, make_version

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es", "en", "pt_BR")
ADDRESS = re.compile(r"(?:(?:[a-z0-9-]+|<\w+:\w+>)/)+")
PARAMETER = re.compile(r"<\w+:\w+>")
GAP = re.compile(r"%\((\w+)\)([sd])|%[sd]|\{(\w*)\}|</?[a-z]+")
COPIED = ("red_mpe", "members", "publications", "events", "standards", "templates", "locale", "manage.py")
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_addresses_are_small_plain_letters_around_the_same_parameters(language):
    addresses = [(entry.msgid, entry.msgstr) for entry in _catalogue(language) if ADDRESS.fullmatch(entry.msgid)]
    assert addresses
    assert [own for _source, own in addresses if not ADDRESS.fullmatch(own)] == []
    assert [own for source, own in addresses if PARAMETER.findall(source) != PARAMETER.findall(own)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "domingo 20 de diciembre de 2026"),
        ("en", "Sunday 20 December 2026"),
        ("pt-br", "domingo, 20 de dezembro de 2026"),
    ],
)
def test_dates_are_said_as_each_language_says_them(language, words):
    with translation.override(language):
        shown = engines["django"].from_string('{% show "date" at=at time=False %}').render({"at": date(2026, 12, 20)})
    assert f">{words}<" in shown


@pytest.mark.parametrize(("language", "name"), [("es", "último uso"), ("en", "last used"), ("pt-br", "último uso")])
def test_tables_of_libraries_speak_the_readers_language(language, name):
    with translation.override(language):
        assert str(Authenticator._meta.get_field("last_used_at").verbose_name) == name


@pytest.mark.parametrize(("language", "name"), [("es", "Producción"), ("en", "Producers"), ("pt-br", "Produção")])
def test_chambers_that_support_are_named_in_the_readers_language(db, language, name):
    chosen = StakeholderCategory.objects.get(code="miners-organisations")
    consultation = make_round(make_version(make_framework()))
    comment = make_comment(consultation, chosen)
    backer = Persona.objects.create(consultation=consultation)
    Support.objects.create(comment=comment, persona=backer, chamber=chosen.chamber)
    with translation.override(language):
        (row,) = Comment.objects.all().threads(None)
    assert row.support == [("pro", name, 1)]


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


@pytest.mark.parametrize(("language", "month"), [("es", "may"), ("en", "may"), ("pt-br", "mai")])
def test_may_of_a_duty_is_not_the_month_of_may(language, month):
    """Bare, our word for a duty took the place of the calendar's: “3 pode 2026”."""
    with translation.override(language):
        assert date_format(date(2026, 5, 3), "b").lower() == month
