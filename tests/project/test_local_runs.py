"""Test runs side by side, translations without gettext, locks, and `manage.py` where nothing is set."""

import os
import signal
import subprocess
import sys

import polib
import pytest

from red_mpe.local import attach, environment
from red_mpe.local.catalogues import compile_catalogues
from red_mpe.local.locks import FileLock, alone
from red_mpe.local.pytest_plugin import start_run
from red_mpe.local.servers import ROOT, LocalServers

KILLED_RUN = """
import os, signal, sys
from pathlib import Path
from red_mpe.local.pytest_plugin import start_run
print(start_run(Path(sys.argv[1])).directory, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def end_run(run):
    """End a run as the plugin does."""
    run.leave()
    return run.remove_if_unused()


@pytest.mark.slow
def test_run_sweeps_what_a_killed_run_left(tmp_path):
    killed = subprocess.run([sys.executable, "-c", KILLED_RUN, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    left = tmp_path / os.path.basename(killed.stdout.strip())
    assert killed.returncode == -signal.SIGKILL
    assert left.is_dir()
    run = start_run(tmp_path, given={"DATABASE_URL", "REDIS_URL"})
    assert not left.exists()
    assert end_run(run)


def test_run_leaves_a_living_run_alone(tmp_path):
    living = LocalServers(tmp_path / "run-1", given={"DATABASE_URL", "REDIS_URL"})
    with living:
        run = start_run(tmp_path, given={"DATABASE_URL", "REDIS_URL"})
        assert living.directory.is_dir()
        assert end_run(run)
    assert list(tmp_path.glob("run-*")) == [living.directory]


def test_this_run_uses_neither_the_demo_nor_debug(settings):
    assert "DEBUG" not in os.environ
    assert "/.local/demo" not in os.environ["DATABASE_URL"]
    assert ".local/demo" not in str(settings.MEDIA_ROOT)


def test_catalogue_is_compiled_once(tmp_path):
    source = tmp_path / "pt_BR" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Round", msgstr="Rodada"))
    catalogue.save(str(source))
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
    assert polib.mofile(str(source.with_suffix(".mo"))).find("Round").msgstr == "Rodada"
    assert compile_catalogues(tmp_path) == []


def test_lock_is_refused_while_somebody_else_has_it(tmp_path):
    first, second = FileLock(tmp_path / "a.lock"), FileLock(tmp_path / "a.lock")
    assert first.take()
    assert not second.take(wait=False)
    first.drop()
    assert second.take(wait=False)
    second.drop()


def test_shared_lock_lets_its_like_in_and_nobody_alone(tmp_path):
    first, second, third = (FileLock(tmp_path / "a.lock") for _ in range(3))
    assert first.take(shared=True)
    assert second.take(shared=True, wait=False)
    assert not third.take(wait=False)
    first.drop()
    second.drop()


def test_block_alone_gives_its_lock_back_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), alone(tmp_path / "a.lock"):
        raise ZeroDivisionError
    lock = FileLock(tmp_path / "a.lock")
    assert lock.take(wait=False)
    lock.drop()


def test_secrets_are_made_once_and_kept_private(tmp_path):
    kept = environment.keep_secrets(tmp_path)
    assert len(kept["SECRET_KEY"]) >= 50
    assert environment.keep_secrets(tmp_path) == kept
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_demo_environment_yields_to_what_is_set(tmp_path, monkeypatch):
    monkeypatch.setenv("EMAIL_HOST", "smtp.example.org")
    monkeypatch.delenv("BASE_URL")
    servers = LocalServers(tmp_path, given={"DATABASE_URL", "REDIS_URL"})
    demo = environment.demo_environment(servers, port=8123)
    assert demo["EMAIL_HOST"] == "smtp.example.org"
    assert demo["BASE_URL"] == "http://localhost:8123"
    assert demo["DATABASE_URL"] == os.environ["DATABASE_URL"]


def test_command_with_a_database_of_its_own_is_left_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///elsewhere")
    monkeypatch.setattr(attach, "_attached", pytest.fail)
    before = dict(os.environ)
    with attach.local_environment(["manage.py", "migrate"]):
        assert dict(os.environ) == before


def test_command_without_need_of_a_database_starts_none(monkeypatch):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(attach, "_attached", pytest.fail)
    with attach.local_environment(["manage.py", "--verbosity=2", "collectstatic"]):
        assert "DATABASE_URL" not in os.environ
