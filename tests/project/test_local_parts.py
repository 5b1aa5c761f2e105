"""The small parts of the local servers, each on its own and quickly."""

import os
import signal
import socket
import stat
import subprocess
import sys

import pytest

from red_mpe.local import attach, broker, demo, places, processes
from red_mpe.local.environment import demo_environment, given_urls
from red_mpe.local.postgres import Postgres, find_binaries
from red_mpe.local.servers import LocalServers
from red_mpe.local.supervisor import Child, Stop, stoppable

SLEEPER = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]


@pytest.fixture
def sleeper():
    """A process that sleeps until it is ended."""
    process = subprocess.Popen(SLEEPER, start_new_session=True)
    yield process
    process.kill()
    process.wait()


def test_identity_is_the_same_each_time(sleeper):
    assert processes.identify(sleeper.pid) == processes.identify(sleeper.pid)


def test_recycled_number_is_somebody_else(sleeper):
    assert not processes.is_alive(processes.Identity(sleeper.pid, "another start"))


def test_ending_somebody_else_does_nothing(sleeper):
    processes.end(processes.Identity(sleeper.pid, "another start"), signal.SIGTERM)
    assert sleeper.poll() is None


def test_ending_waits_for_the_end(sleeper):
    identity = processes.identify(sleeper.pid)
    processes.end(identity, signal.SIGTERM)
    assert not processes.is_alive(identity)


def test_waiting_for_an_end_gives_up(sleeper):
    assert processes.wait_for_end(processes.identify(sleeper.pid), 0.1) is False


def test_session_without_the_mark_is_left_alone(sleeper):
    processes.end_session(sleeper.pid, mark="RED_MPE_DEMO=/elsewhere")
    assert sleeper.poll() is None


def test_spawned_child_writes_into_its_log(tmp_path):
    child = processes.spawn(["echo", "hello"], log=tmp_path / "log", env={}, cwd=tmp_path)
    assert child.wait() == 0
    assert processes.tail(tmp_path / "log") == "hello"
    processes.reap()
    assert child not in processes._ours


def test_spawned_child_has_a_session_of_its_own(tmp_path):
    child = processes.spawn(SLEEPER, log=tmp_path / "log", env={}, dies_with_parent=signal.SIGKILL)
    assert os.getsid(child.pid) == child.pid
    child.kill()
    child.wait()


def test_tail_is_the_last_lines(tmp_path):
    (tmp_path / "log").write_text("one\ntwo\nthree\n")
    assert processes.tail(tmp_path / "log", 2) == "two\nthree"


def test_tail_of_no_log_is_nothing(tmp_path):
    assert processes.tail(tmp_path / "log") == ""


@pytest.mark.parametrize("name", ["with,comma", 'with"quote', "with'quote", "with\\slash", "x" * 100])
def test_socket_does_not_fit_behind_a_name_that_postgresql_cannot_read(tmp_path, name):
    assert not places.socket_fits(tmp_path / name)


def test_socket_fits_in_a_short_place_with_a_space_and_an_accent(tmp_path):
    assert places.socket_fits(tmp_path.parent / "á b")


def test_given_directory_is_private(tmp_path):
    places.Place(tmp_path / "data", tmp_path / "run", tmp_path).give(tmp_path / "data")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("words", ["", "/etc", "/nowhere/red-mpe-gone"])
def test_pointer_to_something_else_is_not_followed(tmp_path, words):
    (tmp_path / places.POINTER).write_text(words)
    assert places._recorded(tmp_path) is None


def test_pointer_to_a_link_is_not_followed(tmp_path):
    (tmp_path / "red-mpe-link").symlink_to("/etc")
    (tmp_path / places.POINTER).write_text(str(tmp_path / "red-mpe-link"))
    assert places._recorded(tmp_path) is None


def test_forgotten_place_is_gone_with_what_lay_elsewhere(tmp_path):
    elsewhere = places._elsewhere(tmp_path, tmp_path.parent)
    assert places._elsewhere(tmp_path, tmp_path.parent) == elsewhere
    places.forget_place(tmp_path)
    assert not elsewhere.exists()


def test_missing_program_does_not_run(tmp_path):
    assert not broker._runs(tmp_path / "nothing")


def test_database_address_names_its_socket_directory(tmp_path):
    postgres = Postgres(tmp_path)
    postgres._place = places.Place(tmp_path, tmp_path / "a b+c", tmp_path)
    assert postgres.url("x").endswith("?host=" + str(tmp_path) + "/a%20b%2Bc")


def test_bundled_postgresql_is_found():
    assert (find_binaries() / "postgres").exists()


def test_nobody_serves_an_empty_directory(tmp_path):
    postgres = Postgres(tmp_path)
    postgres._place = places.Place(tmp_path, tmp_path, tmp_path)
    assert postgres.running() is None


@pytest.mark.parametrize("words", ["", "not a number", "0", "999999999"])
def test_pid_file_of_nobody_is_nobody(tmp_path, words):
    (tmp_path / "postmaster.pid").write_text(words)
    postgres = Postgres(tmp_path)
    postgres._place = places.Place(tmp_path, tmp_path, tmp_path)
    assert postgres.running() is None


def test_redis_configuration_is_private_and_forgets_nothing(tmp_path):
    path = broker.Redis(tmp_path)._write_configuration(1, "secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {"appendonly yes", "maxmemory-policy noeviction", "bind 127.0.0.1", "requirepass secret"} <= set(path.read_text().splitlines())


def test_redis_of_a_broken_state_does_not_run(tmp_path):
    (tmp_path / "state.json").write_text('{"pid": 1}')
    assert not broker.Redis(tmp_path).running()


def test_taken_port_is_replaced_by_another():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert broker.free_port(other.getsockname()[1]) != other.getsockname()[1]


def test_empty_address_counts_as_none(monkeypatch, tmp_path):
    monkeypatch.setenv("REDIS_URL", "")
    monkeypatch.setenv("EMAIL_HOST", "")
    assert given_urls() == {"DATABASE_URL"}
    assert demo_environment(LocalServers(tmp_path, given={"DATABASE_URL", "REDIS_URL"}))["EMAIL_HOST"] == "127.0.0.1"


def test_servers_that_are_given_are_in_no_environment(tmp_path):
    assert LocalServers(tmp_path, given={"DATABASE_URL", "REDIS_URL"}).environment() == {}


def test_child_is_due_until_it_runs(sleeper):
    child = Child("one", SLEEPER)
    assert child.is_due()
    child.process = sleeper
    assert not child.is_due()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_second_signal_does_not_disturb_the_clearing_up(number):
    before, cleared = signal.getsignal(number), []
    with stoppable():
        try:
            os.kill(os.getpid(), number)
        except Stop:
            os.kill(os.getpid(), number)
            cleared.append(True)
            raise
    assert cleared == [True]
    assert signal.getsignal(number) is before


def test_sigterm_leaves_a_command_in_order():
    with pytest.raises(SystemExit) as left:
        attach._leave(signal.SIGTERM, None)
    assert left.value.code == 143


def test_nobody_answers_on_a_free_port():
    assert demo.ask(broker.free_port(), "/", host="localhost")[0] == 0


def test_demo_gunicorn_listens_on_loopback_only():
    assert demo.gunicorn_options(8123)[:2] == ["--bind", "127.0.0.1:8123"]


def test_demo_has_every_process_of_a_deployment(tmp_path):
    state = demo.DemoState(1, "x", 8123, 1125, 8125)
    assert [child.name for child in demo.Demo(tmp_path)._children(state)] == ["mailbox", "web", "worker", "beat", "pump"]


def test_demo_shows_why_a_command_failed(tmp_path):
    with pytest.raises(demo.DemoError, match=r"manage.py no_such_command failed:[\s\S]*Unknown command"):
        demo.Demo(tmp_path, env=dict(os.environ)).manage("no_such_command")


def test_accounts_are_kept_private(tmp_path):
    mine = demo.Demo(tmp_path)
    mine._keep_accounts("one account")
    assert stat.S_IMODE((tmp_path / "accounts.txt").stat().st_mode) == 0o600


def test_logs_start_afresh(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "web.log").write_text("old")
    assert list(demo.Demo(tmp_path)._fresh_logs().iterdir()) == []
