"""Waking a worker through a broker that is there, away or silent: the page that wakes never fails and never waits long."""

import os
import signal
import time

import pytest
import redis
from kombu import Connection

from red_mpe.celery import app
from red_mpe.local.broker import Redis, free_port
from red_mpe.notifications.actions import waking


@pytest.fixture
def broker(monkeypatch):
    """A real broker is asked, the one whose address the test puts in place."""
    app.conf.task_always_eager = False
    waking._broker.cache_clear()

    def use(address):
        connection = Connection(address, transport_options=waking.OPTIONS)
        monkeypatch.setattr(waking, "_broker", lambda: connection)

    yield use
    app.conf.task_always_eager = True


def test_task_is_put_into_the_queue(broker):
    app.control.purge()
    waking.wake(waking.FAN_OUT, 7)
    client = redis.from_url(app.conf.broker_url)
    assert b"notifications.tasks.fan_out" in client.lindex("celery", 0)
    client.close()
    assert app.control.purge() == 1


def test_broker_that_is_away_costs_nothing_but_a_word_in_the_log(broker, caplog):
    broker(f"redis://127.0.0.1:{free_port()}/0")
    begin = time.monotonic()
    waking.wake(waking.PUMP)
    assert time.monotonic() - begin < 3
    assert "broker is away" in caplog.text


@pytest.mark.slow
def test_silent_broker_is_not_waited_for_and_found_again(broker, caplog, tmp_path):
    server = Redis(tmp_path / "redis", durable=False)
    server.start()
    process = server._state().pid
    try:
        broker(server.url())
        waking.wake(waking.PUMP)
        os.kill(process, signal.SIGSTOP)
        begin = time.monotonic()
        waking.wake(waking.PUMP)
        assert time.monotonic() - begin < 4
        assert "broker is away" in caplog.text
        os.kill(process, signal.SIGCONT)
        waking.wake(waking.FAN_OUT, 7)
        with redis.from_url(server.url()) as client:
            assert b"fan_out" in client.lindex("celery", 0)
    finally:
        os.kill(process, signal.SIGCONT)
        server.stop()
