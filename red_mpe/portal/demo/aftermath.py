"""What stays of an encounter: an invented workshop with its registrations, who came, report, certificates, evaluation and pictures."""

import io
import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from events import actions
from events.actions.attending import attend
from events.actions.certificates import issue_certificates
from events.actions.evaluating import close_evaluation, evaluate, suggest_questions
from events.actions.photos import add_photo, describe_photo
from events.actions.posters import set_poster
from events.actions.registering import register
from events.actions.terms import open_registration, set_terms
from events.models import Event, Registration
from members.models import Person, User
from red_mpe.portal.demo.agendas import SHOWN
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.encounters import make
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows

#: Paper, ink, copper and river, as the site has them.
PAPER, INK, COPPER, RIVER = "#f6f3ec", "#22302e", "#a8562a", "#2f6f78"
_CREDIT: Final = "Red MPE"


def write_aftermath(cast: Network, actor: User) -> Event:
    """Write the workshop from its announcement to the results of its evaluation, each step at its time."""
    row = rows("events/workshop.toml", "workshop")[0]
    event = _announced(row, cast, actor)
    registered = _registered(event, row, cast, actor)
    came = registered[: row["present"]]
    _held(event, came, row, actor)
    _evaluated(event, came, actor)
    _pictured(event, actor)
    return event


def _announced(row: dict[str, Any], cast: Network, actor: User) -> Event:
    zone = ZoneInfo(row["time_zone"])
    day: date = timezone.now().astimezone(zone).date() - timedelta(days=row["days_ago"])
    begins, ends = (datetime.combine(day, time.fromisoformat(row[name]), zone) for name in ("from", "to"))
    with at(begins.astimezone(UTC) - timedelta(days=row["announced_days_before"])):
        event = make(actor, cast, begins=begins, ends=ends, row=row)
        suggest_questions(event=event, actor=actor)
        actions.announce_event(actor=actor, event=event)
    return event


def _registered(event: Event, row: dict[str, Any], cast: Network, actor: User) -> list[Registration]:
    """Open registration and let people register one after the other, whoever is shown first."""
    opens = event.starts_at - timedelta(days=row["opened_days_before"])
    numbers = {"guests": 0, "accept_hours": 48, "keep_days": 14}
    with at(opens - timedelta(days=1)):
        set_terms(event=event, actor=actor, opens_at=opens, closes_at=event.starts_at - timedelta(days=2), approval=False, **numbers)
    with at(opens):
        open_registration(event=event, actor=actor)
    event.refresh_from_db()
    others = [person for slug, person in sorted(cast.people.items()) if slug not in SHOWN]
    registered = []
    for number, person in enumerate([cast.people[row["first"]], *others][: row["people"]]):
        with at(opens + timedelta(hours=1 + 17 * number)):
            registered.append(_register(event, person, photos=number % 4 != 3))
    return registered


def _register(event: Event, person: Person, *, photos: bool) -> Registration:
    who: dict[str, Any] = {"name": person.name, "email": person.user.email, "language": person.user.language}
    once = uuid.uuid5(uuid.NAMESPACE_URL, f"{event.slug} {person.slug}")
    return register(event=event, actor=person.user, once=once, mode="on-site", photos=photos, **who)


def _held(event: Event, came: list[Registration], row: dict[str, Any], actor: User) -> None:
    """Note who came, let it be held, report on it and issue the certificates."""
    for number, registration in enumerate(came):
        seen = event.starts_at + timedelta(minutes=2 * number - 10)
        with at(seen):
            once = uuid.uuid5(uuid.NAMESPACE_URL, f"{event.slug} {registration.code}")
            attend(event=event, actor=actor, once=once, mode="on-site", seen="search", at=seen, registration=registration)
    with at(event.ends_at + timedelta(minutes=5)):
        actions.hold_events()
    event.refresh_from_db()
    with at(event.ends_at + timedelta(days=1)):
        issue_certificates(event=event, actor=actor)
    with at(event.ends_at + timedelta(days=3)):
        figures = {"attended": len(came), "women": row["women"], "men": row["men"]}
        actions.report_event(actor=actor, event=event, report=row["report"], figures=figures)
    event.refresh_from_db()


def _evaluated(event: Event, came: list[Registration], actor: User) -> None:
    """Let most of those who came say what they thought, and close it, so that the results are read."""
    *scales, words = event.questions.filter(asked_at="evaluation").order_by("position")
    for number, (row, registration) in enumerate(zip(rows("events/workshop.toml", "evaluation"), reversed(came), strict=False)):
        said: dict[int, int | str] = {question.pk: score for question, score in zip(scales, row["scores"], strict=True)}
        assert registration.user is not None  # everybody registered with an account
        with at(event.ends_at + timedelta(days=2, hours=7 * number)):
            evaluate(event=event, actor=registration.user, answers=said | {words.pk: row.get("text", "")})
    with at(event.ends_at + timedelta(days=12)):
        close_evaluation(event=event, actor=actor)


def _pictured(event: Event, actor: User) -> None:
    """Show two drawings as photos, and a drawn poster."""
    with at(event.ends_at + timedelta(days=1, hours=2)):
        for number, row in enumerate(rows("events/workshop.toml", "picture"), 1):
            once = uuid.uuid5(uuid.NAMESPACE_URL, f"{event.slug} {row['draws']}")
            said = {"alt": row["alt"], "credit": _CREDIT}
            photo = add_photo(event=event, actor=actor, once=once, upload=drawn(row["draws"]), consent=True, **said)
            describe_photo(photo=photo, actor=actor, caption=row["caption"], position=number, **said)
    with at(event.starts_at - timedelta(days=35)):
        (row,) = rows("events/workshop.toml", "poster")
        set_poster(event=event, actor=actor, upload=drawn(row["draws"]), alt=row["alt"], credit=_CREDIT)


def drawn(what: str) -> SimpleUploadedFile:
    """Return a simple drawing as a PNG that is sent: `retort`, `scale`, or `poster` with both."""
    size, places = {
        "retort": ((1200, 900), [(_retort, 250, 150)]),
        "scale": ((1200, 900), [(_scale, 250, 150)]),
        "poster": ((1200, 1600), [(_retort, 250, 150), (_scale, 250, 850)]),
    }[what]
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((30, 30, size[0] - 30, size[1] - 30), outline=COPPER, width=12)
    for draw, left, top in places:
        draw(pen, left, top)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return SimpleUploadedFile(f"{what}.png", buffer.getvalue(), "image/png")


def _retort(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """A closed vessel over a flame, its tube leading down into water."""
    pen.rounded_rectangle((x, y + 130, x + 260, y + 380), 40, fill=INK)
    pen.rectangle((x - 20, y + 90, x + 280, y + 140), fill=COPPER)
    pen.line((x + 130, y + 90, x + 130, y + 30, x + 600, y + 330, x + 600, y + 420), fill=INK, width=26, joint="curve")
    pen.polygon((x + 70, y + 560, x + 130, y + 400, x + 190, y + 560), fill=COPPER)
    pen.rectangle((x + 480, y + 440, x + 720, y + 560), fill=RIVER)
    pen.line((x + 470, y + 380, x + 470, y + 570, x + 730, y + 570, x + 730, y + 380), fill=INK, width=16, joint="curve")


def _scale(pen: ImageDraw.ImageDraw, x: int, y: int) -> None:
    """Two pans at rest, with a weight and a grain."""
    pen.line((x + 350, y + 40, x + 350, y + 540), fill=INK, width=26)
    pen.rectangle((x + 200, y + 530, x + 500, y + 570), fill=INK)
    pen.line((x + 60, y + 80, x + 640, y + 80), fill=COPPER, width=22)
    for middle in (x + 60, x + 640):
        pen.line((middle - 110, y + 330, middle, y + 80, middle + 110, y + 330), fill=INK, width=8)
        pen.chord((middle - 130, y + 260, middle + 130, y + 400), 0, 180, fill=RIVER)
    pen.rectangle((x + 20, y + 260, x + 100, y + 330), fill=INK)
    pen.ellipse((x + 615, y + 290, x + 665, y + 330), fill=COPPER)
