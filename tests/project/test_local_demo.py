"""The demo's supervisor: children come back, all end together, and a killed supervisor leaves nothing the next one stumbles over."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from red_mpe.local import demo
from red_mpe.local.locks import FileLock
from red_mpe.local.processes import identify, is_alive, session_members, wait_for_end
from red_mpe.local.servers import ROOT
from red_mpe.local.state import DemoState, end_leftovers, last_ports, load_state, mark_of
from red_mpe.local.supervisor import Child, Supervisor

SLEEPER = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
DEAF = [
    sys.executable,
    "-S",
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
SUPERVISED = """
import sys
from pathlib import Path
from red_mpe.local import demo
from red_mpe.local.supervisor import Child

class Small(demo.Demo):
    def _prepare(self): pass
    def _await_ready(self, supervisor, port): supervisor.tick()
    def _children(self, state): return [Child("sleeper", [sys.executable, "-S", "-c", "import time; time.sleep(60)"])]

demo.Demo = Small
sys.exit(demo.run(port=None, directory=Path(sys.argv[1])))
"""


@pytest.fixture
def state():
    """The state of a demo that this process supervises."""
    me = identify(os.getpid())
    return DemoState(me.pid, me.started, port=8123, smtp_port=1125, mailbox_port=8125)


@pytest.fixture
def watch(tmp_path):
    """Build a supervisor of some children; end it afterwards."""
    supervisors = []

    def build(**commands):
        told, sessions = [], {}
        children = [Child(name, command) for name, command in commands.items()]
        mark = mark_of(tmp_path)
        supervisor = Supervisor(
            children, env=dict(os.environ), mark=mark, logs=tmp_path / "logs", cwd=ROOT, say=told.append, remember=sessions.update
        )
        supervisor.told, supervisor.sessions = told, sessions
        supervisors.append(supervisor)
        return supervisor

    yield build
    for supervisor in supervisors:
        supervisor.end()


def until(condition, seconds=15):
    """Wait for something to be true and return it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
    return found


def start_small_demo(directory):
    """Start a demo of one sleeping child in another process and wait until it runs."""
    process = subprocess.Popen([sys.executable, "-c", SUPERVISED, str(directory)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    until(lambda: (kept := load_state(directory)) and kept.sessions, 30)
    return process


def test_child_that_dies_is_started_again_and_said_so(watch):
    supervisor = watch(sleeper=SLEEPER)
    supervisor.tick()
    first = supervisor.sessions["sleeper"]
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.tick() or supervisor.told)
    assert supervisor.told[0].startswith("sleeper was killed by signal 9; starting it again in 2 s.")
    until(lambda: supervisor.tick() or supervisor.sessions["sleeper"] != first)


def test_pause_grows_with_each_early_death():
    child = Child("restless", SLEEPER, started_at=time.monotonic())
    assert [child.next_pause() for _ in range(6)] == [2, 4, 8, 16, 30, 30]


def test_pause_is_short_again_after_a_steady_run():
    child = Child("steady", SLEEPER, started_at=time.monotonic() - 61, pause=16)
    assert child.next_pause() == 1


def test_end_leaves_no_child(watch):
    supervisor = watch(one=SLEEPER, two=SLEEPER)
    supervisor.tick()
    living = [identify(session) for session in supervisor.sessions.values()]
    supervisor.end()
    assert [is_alive(child) for child in living] == [False, False]


def test_leftovers_are_ended_by_session_and_mark(tmp_path, state):
    marked = {**os.environ, "RED_MPE_DEMO": str(tmp_path)}
    ours = subprocess.Popen(SLEEPER, env=marked, start_new_session=True)
    stranger = subprocess.Popen(SLEEPER, start_new_session=True)
    state.sessions = {"web": ours.pid, "worker": stranger.pid}
    state.save(tmp_path)
    [living] = until(lambda: session_members(ours.pid, mark=mark_of(tmp_path)))
    assert end_leftovers(tmp_path) == ["web", "worker"]
    ours.wait()
    assert not living.is_running()
    assert stranger.poll() is None
    assert load_state(tmp_path).sessions == {}
    stranger.kill()
    stranger.wait()


def test_state_survives_being_written_and_read(tmp_path, state):
    state.save(tmp_path)
    assert load_state(tmp_path) == state
    assert last_ports(tmp_path) == {"port": 8123, "smtp_port": 1125}


def test_broken_state_is_no_state(tmp_path):
    (tmp_path / "demo.json").write_text("{half")
    assert load_state(tmp_path) is None
    assert last_ports(tmp_path) == {"port": 8000, "smtp_port": 1025}
    assert end_leftovers(tmp_path) == []


@pytest.mark.parametrize(("options", "code"), [({}, 0), ({"reset": True}, 1), ({"port": 9000}, 1)])
def test_second_demo_says_where_the_first_is(tmp_path, state, capsys, options, code):
    state.save(tmp_path)
    lock = FileLock(tmp_path / "demo.lock")
    assert lock.take()
    assert demo.run(directory=tmp_path, **options) == code
    assert "Site: http://localhost:8123/  Mail: http://localhost:8125/" in capsys.readouterr().out
    lock.drop()


def test_port_that_is_taken_is_refused_with_another_offered(tmp_path, capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert demo.run(port=other.getsockname()[1], directory=tmp_path) == 1
    assert "is taken by another program. Choose another" in capsys.readouterr().out


def test_reset_refuses_a_database_that_is_not_the_demos(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "filesystem://")
    assert demo.run(reset=True, directory=tmp_path) == 1
    assert "--reset only empties the demo's own servers" in capsys.readouterr().out


def test_stop_without_a_demo_says_so(tmp_path, capsys):
    assert demo.stop(tmp_path) == 0
    assert capsys.readouterr().out == "No demo runs from this directory.\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_way_to_stop_ends_every_child(tmp_path, number):
    process = start_small_demo(tmp_path)
    child = identify(load_state(tmp_path).sessions["sleeper"])
    process.send_signal(number)
    said = process.communicate(timeout=30)[0]
    assert process.returncode == 0
    assert "Ending the demo" in said
    assert not is_alive(child)
    assert load_state(tmp_path).sessions == {}


def test_children_of_a_killed_supervisor_die_and_the_next_start_works(tmp_path):
    process = start_small_demo(tmp_path)
    child = identify(load_state(tmp_path).sessions["sleeper"])
    process.kill()
    process.communicate()
    assert wait_for_end(child, 10)
    again = start_small_demo(tmp_path)
    until(lambda: load_state(tmp_path).pid == again.pid and load_state(tmp_path).sessions)
    assert demo.stop(tmp_path) == 0
    assert "Ended what an earlier run left behind: sleeper" in again.communicate(timeout=30)[0]


def test_static_fingerprint_follows_the_files(tmp_path):
    (tmp_path / "requirements.txt").write_text("one")
    before = demo.static_fingerprint(tmp_path)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "site.css").write_text("a{}")
    assert demo.static_fingerprint(tmp_path) != before
    assert demo.static_fingerprint(tmp_path) == demo.static_fingerprint(Path(tmp_path))


def test_deaf_child_is_killed_in_the_end(watch, tmp_path):
    supervisor = watch(deaf=DEAF)
    supervisor.tick()
    process = supervisor.children[0].process
    until(lambda: "deaf" in (tmp_path / "logs" / "deaf.log").read_text())
    supervisor.patience = 0.5
    supervisor.end()
    assert process.returncode == -signal.SIGKILL
