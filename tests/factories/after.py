"""What stays of an event: certificates, evaluations, photos, written as fast as tests need them."""

import io
import uuid

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from events.actions import photos as acts
from events.actions.attending import attend
from events.actions.certificates import new_code
from events.actions.evaluating import suggest_questions
from events.models import Certificate, Evaluation, EvaluationAnswer, EventPhoto
from events.querysets.evaluations import evaluation_questions
from red_mpe.core.models import Chamber
from tests.factories.day import registered
from tests.factories.files import make_picture, upload

ALT = {"es": "Personas alrededor de una mesa"}


def was_there(event, actor, name="Ana Ñaupa", **more):
    """Somebody who was registered and seen at the door; returns the registration."""
    registration = registered(event, name, **more)
    attend(event=event, actor=actor, once=uuid.uuid4(), mode="on-site", seen="scan", at=event.starts_at, registration=registration)
    return registration


def said_so(event, name="Ana Ñaupa", **more):
    """Somebody who was registered and whom nobody noted but they themselves; returns the registration."""
    registration = registered(event, name, **more)
    event.attendances.create(registration=registration, mode="on-site", seen="self", at=event.starts_at, once=uuid.uuid4())
    return registration


def certificate_of(event, name="Ana Ñaupa", *, user=None, made_by=None, guest_of=None, minutes=390, **more):
    """A certificate, without the road to it."""
    registration = registered(event, name, user=user, made_by=made_by, guest_of=guest_of)
    known = {"code": new_code(), "name": name, "mode": "on-site", "minutes": minutes}
    return Certificate.objects.create(event=event, registration=registration, **known | more)


def camera_picture(size=(640, 480)):
    """A JPEG as a phone writes it: with the place where it was made, whose it is, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "Zqcamera", "Zqowner"
    exif.get_ifd(0x8825).update({1: "S", 2: (IFDRational(13), IFDRational(31), IFDRational(0)), 3: "W", 29: "2026:03:09"})
    buffer = io.BytesIO()
    Image.new("RGB", size, (180, 120, 20)).save(buffer, "JPEG", exif=exif, comment=b"Zqcomment")
    return buffer.getvalue()


def add(event, actor, data=None, *, name="foto.jpg", **more):
    """A photo, as the page adds it."""
    sent = upload(make_picture("jpg", (400, 300)) if data is None else data, name)
    known = {"once": uuid.uuid4(), "consent": True, "alt": ALT, "upload": sent}
    return acts.add_photo(event=event, actor=actor, **known | more)


def stored_photo(event, number=1, **more):
    """A photo as a row only, for tests of who sees it."""
    sizes = {f"{size}_{side}": 30 for size in ("small", "large") for side in ("width", "height")}
    known = {"small": f"aa/bb/{number}", "large": f"cc/dd/{number}", "code": f"foto{event.pk}x{number}", "once": uuid.uuid4()}
    known |= {"consent": True, "position": number, "alt_es": f"Foto {number}"}
    return EventPhoto.objects.create(event=event, **sizes | known | more)


def asked(event, actor):
    """The usual questions; returns them in their order."""
    suggest_questions(event=event, actor=actor)
    return evaluation_questions(event)


def scored(event, question, **by_chamber):
    """Evaluations with scores: `miners=[5, 4]` are two of the chamber whose code begins so; `none` are of nobody's chamber."""
    for chamber, scores in by_chamber.items():
        side = None if chamber == "none" else Chamber.objects.order_by("position")[int(chamber.removeprefix("c"))]
        for score in scores:
            evaluation = Evaluation.objects.create(pk=uuid.uuid4(), event=event, chamber=side)
            EvaluationAnswer.objects.create(evaluation=evaluation, question=question, score=score)


def wrote(event, question, *words):
    """Evaluations in words."""
    for text in words:
        evaluation = Evaluation.objects.create(pk=uuid.uuid4(), event=event)
        EvaluationAnswer.objects.create(evaluation=evaluation, question=question, text=text)
