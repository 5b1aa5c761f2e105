"""Is the process alive, is the whole ready? For machines: JSON, no secrets, outside the language prefix."""

from collections.abc import Callable
from datetime import timedelta

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from red_mpe.core.models import database_now
from red_mpe.portal.models import Heartbeat

_migrated = False
PULSE = timedelta(seconds=120)  # four beats of celery.py's schedule


@never_cache
@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process answers at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, broker and beat are all there, 503 naming what is not."""
    checks = {name: _holds(check) for name, check in CHECKS.items()}
    good = all(checks.values())
    body = {"status": "ok" if good else "failing", "checks": {name: "ok" if held else "failing" for name, held in checks.items()}}
    return JsonResponse(body, status=200 if good else 503)


def _holds(check: Callable[[], bool]) -> bool:
    """Tell whether `check` holds; whatever it raises is a no, and the reason stays out of the answer."""
    try:
        return check()
    except Exception:
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrations() -> bool:
    """Tell whether nothing is left to migrate; once true it stays true for this process, whose code does not change."""
    global _migrated
    if not _migrated:
        plan = MigrationExecutor(connection)
        _migrated = not plan.migration_plan(plan.loader.graph.leaf_nodes())
    return _migrated


def _broker() -> bool:
    with current_app.connection_for_write(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=0, timeout=1)
    return True


def _beat() -> bool:
    return Heartbeat.objects.filter(name="beat", at__gt=database_now() - PULSE).exists()


CHECKS: dict[str, Callable[[], bool]] = {"database": _database, "migrations": _migrations, "broker": _broker, "beat": _beat}
