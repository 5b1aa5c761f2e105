"""The workshop of the demonstration after which everything stayed: certificates, evaluation, pictures."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from events.actions.evaluating import is_open
from events.models import Event
from members.models import User
from red_mpe.portal.demo.aftermath import drawn, write_aftermath
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workshop")]
NAME = "taller-de-retortas-y-balanzas"


@pytest.fixture(scope="module")
def workshop(django_db_setup, django_db_blocker, tmp_path_factory):
    """The network with nothing but the workshop, taken back at the end."""
    known, folder = settings.STORAGES["library"], str(tmp_path_factory.mktemp("library"))
    stores = {**settings.STORAGES, "library": {**known, "OPTIONS": {**known["OPTIONS"], "location": folder}}}
    with override_settings(STORAGES=stores), django_db_blocker.unblock(), transaction.atomic():
        cast = Network()
        cast.staff()
        cast.fill()
        yield write_aftermath(cast, User.objects.get(email="secretaria@demo.example"))
        transaction.set_rollback(True)


def test_twelve_of_fourteen_came():
    event = Event.objects.get(slug=NAME)
    assert (event.state, event.attended, event.registrations.count(), event.attendances.count()) == ("reported", 12, 14, 12)


def test_it_was_some_weeks_ago():
    event = Event.objects.get(slug=NAME)
    assert timedelta(days=18) < timezone.now() - event.ends_at < timedelta(days=22)
    assert event.announced_at < event.registrations.earliest("created_at").created_at < event.starts_at


def test_everybody_who_came_has_a_certificate():
    event = Event.objects.get(slug=NAME)
    assert event.certificates.count() == 12
    assert event.certificates.filter(registration__user__email="nelida-ccoyllo-pari@demo.example").exists()
    assert not event.certificates.filter(registration__user__email__startswith="marcus").exists()


def test_results_of_its_evaluation_are_read():
    event = Event.objects.get(slug=NAME)
    assert event.evaluations.count() == 11
    assert is_open(event)


def test_its_pictures_say_that_they_are_drawings():
    event = Event.objects.get(slug=NAME)
    pictures = [*event.photos.all(), event.poster]
    assert len(pictures) == 3
    assert all(one.alt_es.startswith("Dibujo de") and one.alt_en.startswith("Drawing of") for one in pictures)


@pytest.mark.parametrize("name", ["title", "summary", "description", "access", "costs", "report"])
def test_its_words_are_in_three_languages(name):
    (row,) = rows("events/workshop.toml", "workshop")
    assert set(row[name]) == {"es", "en", "pt"}
    assert all(row[name].values())


@pytest.mark.parametrize(("what", "size"), [("retort", (1200, 900)), ("scale", (1200, 900)), ("poster", (1200, 1600))])
def test_drawings_can_be_opened(what, size):
    with Image.open(io.BytesIO(drawn(what).read())) as image:
        assert (image.format, image.size) == ("PNG", size)
