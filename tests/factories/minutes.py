"""Minutes through the same actions as on the site."""

import uuid
from datetime import timedelta

from events import actions
from events.models import Attendance
from red_mpe.core.locale import network_day
from tests.factories.events import held

WORDS = {"es": "Se habló del agua.", "pt": "Falou-se da água."}
DECIDED = {"es": "Se mide el río cada mes."}


def meeting(slug, group, *, days_ago=5, **more):
    """A meeting of a group that took place."""
    return held(slug, days_ago=days_ago, **{"kind": "meeting", "audience": "group", "groups": [group], **more})


def begun(event, actor):
    """Minutes with one item, a decision, an agreement and a task of somebody outside."""
    minutes = actions.start_minutes(event=event, actor=actor)
    item = actions.add_item(minutes=minutes, actor=actor, title={"es": "Agua"}, summary=WORDS)
    actions.add_resolution(item=item, actor=actor, kind="decision", text=DECIDED)
    actions.add_resolution(item=item, actor=actor, kind="agreement", text={"es": "Volver en mayo."})
    actions.add_task(item=item, actor=actor, text={"es": "Pedir el permiso."}, who="Doña Luz")
    return minutes


def published(event, actor):
    """The same, published."""
    return actions.publish_minutes(minutes=begun(event, actor), actor=actor)


def item_of(minutes):
    """Its item."""
    return minutes.items.get(title_es="Agua")


def task_for(minutes, actor, *, days=10, **taker):
    """A task with its day."""
    due = network_day() + timedelta(days=days)
    return actions.add_task(item=item_of(minutes), actor=actor, text={"es": "Medir el caudal."}, due_on=due, **taker)


def there(event, person, mode="on-site"):
    """Somebody was there."""
    known = {"event": event, "person": person, "mode": mode, "seen": "minutes", "at": event.starts_at}
    return Attendance.objects.create(once=uuid.uuid4(), **known)
