"""Machines ask whether we are alive."""

from datetime import timedelta

import pytest

from red_mpe.core.models import database_now
from red_mpe.portal import actions, tasks
from red_mpe.portal.models import Heartbeat
from red_mpe.portal.views import health


def _failing(client):
    response = client.get("/health/ready")
    return response.status_code, {name for name, state in response.json()["checks"].items() if state != "ok"}


def test_live_asks_nobody(client):
    response = client.get("/health/live")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_ready_once_beat_has_been_heard(client, db):
    tasks.beat_heartbeat()
    assert _failing(client) == (200, set())


def test_not_ready_before_beat_was_ever_heard(client, db):
    assert _failing(client) == (503, {"beat"})


def test_not_ready_when_beat_has_been_silent(client, db):
    Heartbeat.objects.create(name="beat", at=database_now() - timedelta(seconds=121))
    assert _failing(client) == (503, {"beat"})


def test_heartbeat_keeps_one_row(db):
    actions.note_heartbeat(name="beat")
    actions.note_heartbeat(name="beat")
    assert Heartbeat.objects.count() == 1


def test_not_ready_without_broker(client, db, monkeypatch):
    from celery import current_app

    tasks.beat_heartbeat()
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    assert _failing(client) == (503, {"broker"})


def test_not_ready_with_migrations_to_run(client, db, monkeypatch):
    tasks.beat_heartbeat()
    monkeypatch.setattr(health, "_migrated", False)
    monkeypatch.setattr("red_mpe.portal.views.health.MigrationExecutor.migration_plan", lambda *_: ["one"])
    assert _failing(client) == (503, {"migrations"})


def test_answer_says_nothing_of_the_reason(client, db, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "database", lambda: 1 / 0)
    response = client.get("/health/ready")
    assert response.json()["checks"]["database"] == "failing"
    assert "division" not in response.content.decode()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_answers_are_not_kept_and_not_redirected(client, db, path):
    response = client.get(path)
    assert response.status_code in {200, 503}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_asked_with_get(client, db, path):
    assert client.post(path).status_code == 405
