"""The whole site as it runs for people: gunicorn, worker, pump, a real SMTP sink and a filled network, walked by a real browser."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller

from red_mpe.local.broker import free_port
from tests.e2e.walking import Walker
from tests.support.smtp import Sink

ROOT = Path(__file__).resolve().parents[2]
REDIS = {"shared": "/5", "own": "/6"}  # the database of each site in the Redis of the run
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items):
    """Without a browser these tests are skipped with a reason; in CI a missing browser is a failure."""
    for item in items:
        if Path(item.path).parent != Path(__file__).parent:
            continue
        item.add_marker(pytest.mark.e2e)
        if CHROMIUM is None and os.environ.get("CI") != "true":
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    if CHROMIUM is None:
        pytest.fail("CI is set and no Chromium was found")
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    return {"executable_path": CHROMIUM, "args": flags}


class Site:
    """A running site: its address, its mail, and hands to run a management command or one task."""

    def __init__(self, env, sink, accounts, children):
        self.env, self.sink, self.accounts, self.children = env, sink, accounts, children
        self.url = env["BASE_URL"]

    def manage(self, *arguments):
        return manage(self.env, *arguments)

    def run(self, code):
        """Run code inside the project and return the last line it prints."""
        lines = self.manage("shell", "-v", "0", "-c", code).strip().splitlines()
        return lines[-1] if lines else ""

    def mail_to(self, address, *, after=0, seconds=30):
        """Wait for the next mail to `address` beyond the first `after` ones and return it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            mails = self.sink.to(address)
            if len(mails) > after:
                return mails[after]
            time.sleep(0.2)
        raise AssertionError(f"no mail number {after + 1} to {address} within {seconds} s")

    def recovery_code(self, email):
        """Return a second factor of a staff account that was not used yet."""
        codes = self.accounts.partition(email)[2].splitlines()[1].split()[-10:]
        used = self.__dict__.setdefault("used", set())
        code = next(code for code in codes if code not in used)
        used.add(code)
        return code


def manage(env, *arguments):
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _own_database(url, tag):
    """Make an empty database beside the one of the unit tests and return its address."""
    parts = urlsplit(url)
    name = f"e2e_{tag}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def _environment(tmp, smtp_port, tag):
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": _own_database(os.environ["DATABASE_URL"], tag),
        "REDIS_URL": os.environ["REDIS_URL"].removesuffix("/0") + REDIS[tag],
        "BASE_URL": f"http://localhost:{port}",
        "EXTRA_HOSTS": "127.0.0.1",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
        "STATIC_ROOT": str(tmp / "static"),
        "DATA_DIR": str(tmp / "data"),
        "LOG_LEVEL": "WARNING",
    }
    env.pop("STATIC_STORAGE", None)
    env.pop("DEBUG", None)
    return env


def _processes(env, tmp):
    port = urlsplit(env["BASE_URL"]).port
    celery = [sys.executable, "-m", "celery", "--app", "red_mpe"]
    commands = {
        "web": [
            sys.executable,
            "-m",
            "gunicorn",
            "--bind",
            f"127.0.0.1:{port}",
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "red_mpe.wsgi",
        ],
        "worker": [*celery, "worker", "--loglevel", "WARNING", "--concurrency", "2", "--without-mingle", "--without-gossip"],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--schedule", str(tmp / "beat"), "--pidfile="],
        "pump": [sys.executable, "manage.py", "pump_mail"],
    }
    return [_start(words, env, tmp / f"{name}.log") for name, words in commands.items()]


def _start(words, env, log):
    with log.open("wb") as file:
        return subprocess.Popen(words, cwd=ROOT, env=env, stdout=file, stderr=file)


def _await_ready(url):
    deadline = time.monotonic() + 90
    words = ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=3) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as error:
            words = error.read().decode()
        except OSError as error:
            words = str(error)
        time.sleep(0.3)
    raise AssertionError(f"the site is not ready: {words}")


@contextmanager
def running(tmp, tag):
    """Run a whole site with a filled network of its own, and end every process of it by its own id."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    env = _environment(tmp, controller.port, tag)
    manage(env, "migrate", "--verbosity", "0")
    accounts = manage(env, "fill_demo")
    manage(env, "collectstatic", "--no-input", "--verbosity", "0")
    children = _processes(env, tmp)
    try:
        _await_ready(env["BASE_URL"])
        yield Site(env, sink, accounts, children)
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait(15)
        controller.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Start the site once for all browser tests that leave the network as the others expect it."""
    with running(tmp_path_factory.mktemp("site"), "shared") as found:
        yield found


@pytest.fixture(scope="module")
def own_site(tmp_path_factory):
    """A second site of its own database, for a walk after which the network is another one."""
    with running(tmp_path_factory.mktemp("own"), "own") as found:
        yield found


@pytest.fixture(scope="session")
def secretary(browser, site):
    """Somebody of the secretariat, signed in once with a second factor."""
    walker = Walker(browser, site, "es")
    walker.sign_in("secretaria@demo.example", second_factor=site.recovery_code("secretaria@demo.example"))
    yield walker
    walker.close()


@pytest.fixture
def people(browser, site):
    """Make walkers that are closed at the end."""
    made = []

    def make(language, **more):
        made.append(Walker(browser, site, language, **more))
        return made[-1]

    yield make
    for walker in made:
        walker.close()
