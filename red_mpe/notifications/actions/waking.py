"""Waking a worker. The truth is in the database: while the broker is away, the pump and the sweeper find the work."""

import logging
from functools import cache, partial

from celery import current_app
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.pools import producers
from redis.exceptions import RedisError

FAN_OUT = "red_mpe.notifications.tasks.fan_out"
PUMP = "red_mpe.notifications.tasks.pump"
PATIENCE = 1  # seconds that a page waits for the broker
OPTIONS = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}

log = logging.getLogger(__name__)


def wake_on_commit(task: str, *arguments: int) -> None:
    """Wake a task by name once the caller's transaction is committed; the caller never fails because of it."""
    transaction.on_commit(partial(wake, task, *arguments), robust=True)


def wake(task: str, *arguments: int) -> None:
    """Wake a task by name now, or log within a second or two that the broker is away."""
    message = current_app.signature(task, args=arguments)
    try:
        if current_app.conf.task_always_eager:
            message.apply_async()
            return
        with producers[_broker()].acquire(block=True, timeout=PATIENCE) as producer:
            message.apply_async(producer=producer, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("The broker is away, the pump will find the work: %s", type(error).__name__)


@cache
def _broker() -> Connection:
    """A connection of our own: a worker waits ten seconds for a silent broker, a page must not."""
    return current_app.connection_for_write(transport_options=OPTIONS)
