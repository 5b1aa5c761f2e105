"""`manage.py demo`: the whole network on one machine, from one command, with real parts."""

import argparse
import hashlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from red_mpe.local.broker import free_port
from red_mpe.local.catalogues import compile_catalogues
from red_mpe.local.environment import DEMO, MAILBOX_PORT, SMTP_PORT, WEB_PORT, demo_environment, given_urls
from red_mpe.local.locks import FileLock
from red_mpe.local.processes import die_with_parent, end, identify, tail
from red_mpe.local.servers import ROOT, LocalServers
from red_mpe.local.state import DemoState, end_leftovers, load_state, mark_of
from red_mpe.local.supervisor import Child, Stop, Supervisor, stoppable

READY_SECONDS = 180
MANAGE = [sys.executable, str(ROOT / "manage.py")]
OLD_DATA = "If the demo's data are older than a change in its tables, start afresh: make demo ARGS=--reset"


class DemoError(Exception):
    """The demo cannot go on; the words are for whoever typed the command."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--port", type=int, help=f"port of the site on 127.0.0.1 (default {WEB_PORT}, or the next free one)")
    parser.add_argument("--reset", action="store_true", help="throw the demo's database, queue and mails away first")
    parser.add_argument("--stop", action="store_true", help="stop the demo that runs from this directory")


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="manage.py demo", description=__doc__)
    add_arguments(parser)
    options = parser.parse_args(arguments)
    return stop() if options.stop else run(port=options.port, reset=options.reset)


def say(words: str) -> None:
    """Tell whoever watches."""
    print(words, flush=True)


def run(*, port: int | None = None, reset: bool = False, directory: Path = DEMO) -> int:
    """Run the demo until it is told to stop. A second one says where the first is and leaves."""
    lock = FileLock(directory / "demo.lock")
    if not lock.take(wait=False):
        return _already_running(directory, wants_more=reset or port is not None)
    try:
        with stoppable():
            Demo(directory).run(port=port, reset=reset)
        return 0
    except (DemoError, RuntimeError) as problem:
        say(f"\n{problem}")
        return 1
    finally:
        lock.drop()


def stop(directory: Path = DEMO) -> int:
    """Stop the demo that runs from this directory, if one does."""
    state, lock = load_state(directory), FileLock(directory / "demo.lock")
    if state is None or lock.take(wait=False):
        lock.drop()
        say("No demo runs from this directory.")
    else:
        end(state.supervisor, signal.SIGTERM, patience=60)
        say("The demo has stopped.")
    return 0


def _already_running(directory: Path, *, wants_more: bool) -> int:
    state = load_state(directory)
    where = f"Site: {state.address}  Mail: {state.mailbox}" if state else "It is just starting."
    say(f"The demo already runs from this directory. {where}")
    if wants_more:
        say("To start it differently stop it first: make demo ARGS=--stop")
    return 1 if wants_more else 0


@dataclass
class Demo:
    """One run of the demo in its directory."""

    directory: Path
    env: dict[str, str] = field(default_factory=dict)

    def run(self, *, port: int | None, reset: bool) -> None:
        """Prepare everything, start everything, then look after it until stopped."""
        say("Red MPE, the demo network. Everything it keeps is in .local/demo; Ctrl-C ends it.")
        leftovers = end_leftovers(self.directory)
        if leftovers:
            say(f"  Ended what an earlier run left behind: {', '.join(leftovers)}")
        state = self._choose_ports(port)
        with self._servers() as servers:
            self.env = demo_environment(servers, port=state.port, smtp_port=state.smtp_port)
            if reset:
                self._reset(servers)
            self._prepare()
            self._supervise(state)

    def _choose_ports(self, port: int | None) -> DemoState:
        """Choose where to listen: what was asked for or an explanation, else the usual port or a free one."""
        web = free_port(port or WEB_PORT)
        if port and web != port:
            raise DemoError(f"Port {port} is taken by another program. Choose another: make demo ARGS='--port {web}'")
        me = identify(os.getpid())
        state = DemoState(os.getpid(), me.started if me else "", web, free_port(SMTP_PORT), free_port(MAILBOX_PORT))
        state.save(self.directory)
        return state

    @contextmanager
    def _servers(self) -> Iterator[LocalServers]:
        servers = LocalServers(self.directory, given=given_urls())
        with self.step("PostgreSQL and Redis"):
            servers.enter()
        try:
            if "REDIS_URL" not in given_urls() and not servers.redis.is_real:
                say("    No Redis runs on this machine: a queue of files and a cache in memory stand in for it.")
            yield servers
        finally:
            servers.leave()

    def _reset(self, servers: LocalServers) -> None:
        """Throw the demo's data away; a database of somebody else's is not ours to drop."""
        if given_urls():
            raise DemoError(f"--reset only empties the demo's own servers, and {' and '.join(sorted(given_urls()))} is set.")
        with self.step("Throwing the old data away"):
            servers.postgres.recreate_database()
            servers.redis.empty()
            for mail in self._mail.glob("*.eml"):
                mail.unlink()
            self._accounts.unlink(missing_ok=True)

    def _prepare(self) -> None:
        with self.step("Translations"):
            compile_catalogues()
        with self.step("Database tables"):
            self.manage("migrate", "--no-input")
        self._collect_static()
        if self._is_empty():
            with self.step("Demo network (the first time only)"):
                self._keep_accounts(self.manage("fill_demo"))

    def _collect_static(self) -> None:
        stamp, now = self.directory / "static.stamp", static_fingerprint()
        if stamp.exists() and stamp.read_text() == now:
            return
        with self.step("Static files"):
            self.manage("collectstatic", "--no-input", "--clear")
            stamp.write_text(now)

    def _is_empty(self) -> bool:
        """Tell whether nobody has an account yet."""
        with psycopg.connect(self.env["DATABASE_URL"]) as connection:
            return connection.execute("SELECT 1 FROM members_user LIMIT 1").fetchone() is None

    def _keep_accounts(self, words: str) -> None:
        if words.strip():
            self._accounts.touch(mode=0o600)
            self._accounts.write_text(words)

    def _supervise(self, state: DemoState) -> None:
        def remember(sessions: dict[str, int]) -> None:
            state.sessions = sessions
            state.save(self.directory)

        supervisor = Supervisor(
            self._children(state),
            env=self.env,
            mark=mark_of(self.directory),
            logs=self._fresh_logs(),
            cwd=ROOT,
            say=lambda words: say(f"  {words}"),
            remember=remember,
        )
        try:
            with self.step("Web, worker, beat, mail pump, mailbox"):
                self._await_ready(supervisor, state.port)
            self._announce(state)
            supervisor.run()
        except Stop:
            say("\nEnding the demo…")
            raise
        finally:
            supervisor.end()

    def _children(self, state: DemoState) -> list[Child]:
        celery = [sys.executable, "-m", "celery", "--app", "red_mpe"]
        ports = ["--smtp-port", str(state.smtp_port), "--page-port", str(state.mailbox_port)]
        return [
            Child("mailbox", [sys.executable, "-m", "red_mpe.local.mailbox", str(self._mail), *ports]),
            Child("web", [sys.executable, "-m", "gunicorn", *gunicorn_options(state.port), "red_mpe.wsgi"]),
            Child("worker", [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", "--without-mingle", "--without-gossip"]),
            Child("beat", [*celery, "beat", "--loglevel", "INFO", "--schedule", str(self.directory / "beat-schedule"), "--pidfile="]),
            Child("pump", [*MANAGE, "pump_mail"]),
        ]

    def _fresh_logs(self) -> Path:
        logs = self.directory / "logs"
        for log in logs.glob("*.log"):
            log.unlink()
        return logs

    def _await_ready(self, supervisor: Supervisor, port: int) -> None:
        """Wait until the site says that it, its database, its queue and its clock are ready."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            supervisor.tick()
            status, words = ask(port, "/health/ready", host=urlsplit(self.env["BASE_URL"]).netloc)
            if status == http.client.OK:
                return
            time.sleep(1)
        web_log = supervisor.logs / "web.log"
        raise DemoError(f"The site is not ready after {READY_SECONDS} s. It says: {words}\nFrom {web_log}:\n{tail(web_log)}")

    def _announce(self, state: DemoState) -> None:
        say(f"\nReady: {state.address}\n")
        if self._accounts.exists():
            say(self._accounts.read_text().strip() + "\n")
        say(f"Mail the demo sends: {state.mailbox}")

    # --- hands --------------------------------------------------------------------------------------------------

    def manage(self, *arguments: str) -> str:
        """Run a management command and return what it printed; its last words on failure."""
        done = subprocess.run(
            [*MANAGE, *arguments],
            env=self.env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        if done.returncode:
            last_words = "\n".join((done.stdout + done.stderr).splitlines()[-30:])
            raise DemoError(f"manage.py {arguments[0]} failed:\n{last_words}\n\n{OLD_DATA}")
        return done.stdout

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Show a step and how long it took."""
        print(f"  {name} … ", end="", flush=True)
        began = time.monotonic()
        yield
        say(f"{time.monotonic() - began:.1f} s")

    @property
    def _mail(self) -> Path:
        return self.directory / "mail"

    @property
    def _accounts(self) -> Path:
        return self.directory / "accounts.txt"


def gunicorn_options(port: int) -> list[str]:
    """Return how the demo runs gunicorn, which is how a small deployment does."""
    shape = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "8", "--no-control-socket"]
    return ["--bind", f"127.0.0.1:{port}", *shape]


def ask(port: int, path: str, *, host: str) -> tuple[int, str]:
    """Ask the site for a page under its own name; status 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException) as problem:
        return 0, str(problem)
    finally:
        connection.close()


def static_fingerprint(root: Path = ROOT) -> str:
    """Return a mark that changes whenever a static file or a library may have changed."""
    files = [root / "requirements.txt", *sorted(path for path in root.glob("static/**/*") if path.is_file())]
    marks = (f"{path.relative_to(root)} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files)
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()
