"""The servers of a checkout: started, shared, found again after a SIGKILL, never taken for somebody else's."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from red_mpe.local import broker, places
from red_mpe.local.postgres import find_binaries
from red_mpe.local.processes import identify, is_alive
from red_mpe.local.servers import ROOT, LocalServers

pytestmark = pytest.mark.slow
NOBODY = 65534
KILLED_INSIDE = """
import os, signal, sys
from pathlib import Path
from red_mpe.local.servers import LocalServers
with LocalServers(Path(sys.argv[1]), durable=False, dies_with_owner=sys.argv[2] == "dies"):
    os.kill(os.getpid(), signal.SIGKILL)
"""
AS_SOMEBODY_ELSE = """
import encodings.idna, os, sys
from pathlib import Path
from red_mpe.local.servers import LocalServers
os.setgroups([])
os.setgid(int(sys.argv[2]))
os.setuid(int(sys.argv[2]))
with LocalServers(Path(sys.argv[1]), durable=False) as servers:
    print(servers.environment()["DATABASE_URL"])
"""


def run_python(code, *arguments, **options):
    """Run code in another process that can import the project."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, **options)


@pytest.fixture
def home(tmp_path):
    """A directory for servers of our own, cleared at the end whatever runs there."""
    directory = tmp_path / "servers"
    yield directory
    LocalServers(directory, durable=False).remove_if_unused()


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    """Two running servers, which the tests of this file share."""
    with LocalServers(tmp_path_factory.mktemp("shared") / "servers", durable=False) as running:
        yield running
    running.remove_if_unused()


def postgres_version(url):
    """Ask a database which version it is."""
    with closing(psycopg.connect(url)) as connection:
        return connection.info.server_version


def test_servers_are_a_real_postgresql_18_and_a_real_redis(servers):
    environment = servers.environment()
    assert postgres_version(environment["DATABASE_URL"]) // 10000 == 18
    with redis.Redis.from_url(environment["REDIS_URL"]) as client:
        assert client.set("word", "kept") is True
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_postgresql_has_the_extensions_and_the_sorting_the_site_needs(servers):
    with closing(psycopg.connect(servers.postgres.url())) as connection:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            connection.execute(f"CREATE EXTENSION {extension}")
        assert connection.execute("SELECT lower('ÁÑÇ') = 'áñç', unaccent('minería')").fetchone() == (True, "mineria")


def test_postgresql_listens_on_a_private_socket_only(servers):
    run = servers.postgres.place.run
    assert run.stat().st_mode & 0o077 == 0
    server = psutil.Process(servers.postgres.running().pid)
    assert [connection for connection in server.net_connections("inet") if connection.status == "LISTEN"] == []


def test_redis_refuses_a_stranger_without_the_password(servers):
    port = int(servers.redis.url().rsplit(":", 1)[1].split("/")[0])
    with closing(redis.Redis(port=port)) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_servers_stop_when_the_last_user_leaves(home):
    with LocalServers(home, durable=False) as servers:
        postgres = servers.postgres.running()
        with LocalServers(home, durable=False) as second:
            assert second.postgres.running() == postgres
        assert is_alive(postgres)
    assert not is_alive(postgres)
    assert not servers.redis.running()


def test_servers_of_two_directories_do_not_meet(servers, tmp_path):
    other = LocalServers(tmp_path / "other", durable=False)
    with other:
        assert not set(other.environment().values()) & set(servers.environment().values())
        assert postgres_version(other.postgres.url()) == postgres_version(servers.postgres.url())
    assert other.remove_if_unused()
    assert not other.directory.exists()


def test_data_outlives_a_clean_stop(home):
    with LocalServers(home) as servers, closing(psycopg.connect(servers.postgres.url())) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'yes' AS word")
        connection.commit()
    with LocalServers(home) as servers, closing(psycopg.connect(servers.postgres.url())) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("yes",)


def test_next_user_finds_the_living_servers_of_a_killed_one(home):
    assert run_python(KILLED_INSIDE, home, "lives").returncode == -signal.SIGKILL
    found = LocalServers(home, durable=False)
    postgres = found.postgres.running()
    assert postgres
    with found:
        assert found.postgres.running() == postgres
        assert found.redis.running()
    assert not is_alive(postgres)


def test_servers_of_a_single_user_die_with_it(home):
    assert run_python(KILLED_INSIDE, home, "dies").returncode == -signal.SIGKILL
    left = LocalServers(home, durable=False)
    assert not left.redis.running()
    running = left.postgres.running()
    assert running is None or psutil.Process(running.pid).wait(timeout=10) is None
    with left:
        assert postgres_version(left.postgres.url())


def test_start_after_a_killed_server_clears_its_pid_file_and_socket(home):
    with LocalServers(home, durable=False) as servers:
        os.kill(servers.postgres.running().pid, signal.SIGKILL)
        assert (servers.postgres.place.data / "postmaster.pid").exists()
    with LocalServers(home, durable=False) as servers:
        assert postgres_version(servers.postgres.url())


def test_start_does_not_trust_a_living_stranger_in_the_pid_file(servers):
    pid_file = servers.postgres.place.data / "postmaster.pid"
    servers.postgres.stop()
    pid_file.write_text(f"{os.getpid()}\n{servers.postgres.place.data}\n")
    assert servers.postgres.running() is None
    servers.postgres.start()
    assert postgres_version(servers.postgres.url())


def test_redis_that_does_not_answer_is_replaced(servers):
    state = servers.redis._state()
    os.kill(state.pid, signal.SIGKILL)
    servers.redis.start()
    assert servers.redis.running()
    assert servers.redis._state().pid != state.pid
    assert servers.redis._state().password == state.password


def test_remove_refuses_while_somebody_is_inside(servers):
    assert LocalServers(servers.directory, durable=False).remove_if_unused() is False
    assert servers.postgres.running()


def test_interrupted_initialisation_is_made_again(home):
    servers = LocalServers(home, durable=False)
    (servers.postgres.place.data / "PG_VERSION").write_text("half")
    with servers:
        assert postgres_version(servers.postgres.url())


def test_given_address_starts_no_server(home):
    with LocalServers(home, durable=False, given={"DATABASE_URL"}) as servers:
        assert set(servers.environment()) == {"REDIS_URL"}
        assert not (home / "postgres").exists()


def test_socket_path_that_is_too_long_moves_elsewhere(tmp_path):
    deep = tmp_path / ("x" * 90)
    with LocalServers(deep, durable=False) as servers:
        run = servers.postgres.place.run
        assert places.socket_fits(run)
        assert not run.is_relative_to(deep)
        assert postgres_version(servers.postgres.url())
    assert servers.remove_if_unused()
    assert not run.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can lock others out and become somebody else")
def test_root_behind_a_closed_door_runs_postgresql_as_somebody_else(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with LocalServers(closed / "servers", durable=False) as servers:
        assert postgres_version(servers.postgres.url())
        assert psutil.Process(servers.postgres.running().pid).uids().effective != 0
        assert closed.stat().st_mode & 0o777 == 0o700
    elsewhere = servers.postgres.place.data
    assert servers.remove_if_unused()
    assert not elsewhere.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_ordinary_user_runs_both_servers():
    if not places.may_enter(NOBODY, ROOT):
        pytest.skip("the checkout is behind a closed door")
    with tempfile.TemporaryDirectory() as name:
        os.chown(name, NOBODY, NOBODY)
        done = run_python(AS_SOMEBODY_ELSE, f"{name}/servers", NOBODY)
        assert done.returncode == 0, done.stderr
        assert "postgres://red_mpe@/red_mpe" in done.stdout
        assert Path(name, "servers", "postgres", "data").stat().st_uid == NOBODY


def test_software_is_copied_with_the_libraries_beside_it(tmp_path):
    copied = places.copy_software(find_binaries(), tmp_path / "software")
    assert subprocess.run([copied / "psql", "--version"], capture_output=True, text=True).stdout.startswith("psql (PostgreSQL) 18")


def test_without_any_redis_a_queue_of_files_stands_in(tmp_path, monkeypatch):
    monkeypatch.setattr(broker, "find_redis", lambda: None)
    stand_in = broker.Redis(tmp_path)
    stand_in.start()
    stand_in.empty()
    assert stand_in.url() == "filesystem://"
    assert not stand_in.running()


def test_free_port_prefers_the_one_asked_for():
    port = broker.free_port()
    assert broker.free_port(port) == port


def test_identity_of_nobody_is_none():
    child = subprocess.Popen(["true"])
    identity = identify(child.pid)
    child.wait()
    assert identify(child.pid) is None
    assert identity is None or not is_alive(identity)
