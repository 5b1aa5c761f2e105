"""Several photos of one form: a few, in a time that is set, one form of an account after the other."""

import time
import uuid

import pytest

from events.actions import photos as acts
from events.actions import pictures
from events.forms import after as forms
from red_mpe.core.states import DomainError
from tests.factories.after import ALT
from tests.factories.events import held
from tests.factories.files import make_picture, upload
from tests.support.pages import text_of, url


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    """A store of the library for this test alone."""
    known = settings.STORAGES["library"]
    settings.STORAGES = {**settings.STORAGES, "library": {**known, "OPTIONS": {**known["OPTIONS"], "location": str(tmp_path)}}}


@pytest.fixture
def event(db):
    return held("feria")


def form_of(**more):
    return {"once": str(uuid.uuid4()), "alt_es": "Una mesa", "consent": "on", "credit": "", **more}


def test_one_bad_photo_does_not_keep_the_others_out(event, secretary):
    sent = [upload(make_picture("jpg"), "a.jpg"), upload(b"<svg/>", "b.jpg"), upload(make_picture("png"), "c.png")]
    taken, refused = acts.add_photos(event=event, actor=secretary, once=uuid.uuid4(), uploads=sent, consent=True, alt=ALT)
    assert taken == 2
    assert [name for name, _reason in refused] == ["b.jpg"]


def test_so_many_at_once(as_user, event, secretary, monkeypatch):
    monkeypatch.setattr(forms, "AT_ONCE", 1)
    sent = form_of(uploads=[upload(make_picture(), "a.png"), upload(make_picture(), "b.png")])
    assert "como máximo 1 fotos" in text_of(as_user(secretary).post(url("events:photos_add", event.slug), sent))


def test_form_without_a_description_is_told_before_any_photo_is_kept(as_user, event, secretary):
    response = as_user(secretary).post(url("events:photos_add", event.slug), form_of(alt_es="", uploads=upload(make_picture(), "a.png")))
    assert response.status_code == 409
    assert "qué se ve" in text_of(response)


@pytest.mark.parametrize("without", ["consent", "uploads"])
def test_form_asks_for_what_is_missing(without, as_user, event, secretary):
    sent = form_of(uploads=upload(make_picture("jpg"), "a.jpg"))
    del sent[without]
    assert as_user(secretary).post(url("events:photos_add", event.slug), sent).status_code == 422
    assert not event.photos.exists()


def send(event, actor, *names):
    sent = [upload(make_picture("jpg"), name) for name in names]
    return acts.add_photos(event=event, actor=actor, once=uuid.uuid4(), uploads=sent, consent=True, alt=ALT)


def test_more_than_five_are_refused_before_any_is_worked_on(event, secretary):
    with pytest.raises(DomainError, match="como máximo 5"):
        send(event, secretary, *"abcdef")
    assert not event.photos.exists()


def test_what_there_is_no_time_for_is_told_by_name(event, secretary, monkeypatch):
    monkeypatch.setattr(pictures, "TOGETHER", 0)
    taken, refused = send(event, secretary, "a.jpg", "b.jpg")
    assert (taken, [name for name, _reason in refused]) == (0, ["a.jpg", "b.jpg"])
    assert "tiempo" in refused[0][1]


def test_second_form_of_an_account_waits_for_the_first(event, secretary):
    with pictures.one_form_of(secretary), pytest.raises(pictures.PictureRefused, match="Todavía"):
        send(event, secretary, "a.jpg")
    assert send(event, secretary, "a.jpg")[0] == 1


def test_form_that_was_held_back_does_not_let_a_third_in(event, secretary):
    with pictures.one_form_of(secretary):
        for _time in range(2):
            with pytest.raises(pictures.PictureRefused):
                send(event, secretary, "a.jpg")


def test_other_accounts_send_meanwhile(event, secretary, officer):
    with pictures.one_form_of(officer):
        assert send(event, secretary, "a.jpg")[0] == 1


def test_form_that_is_held_back_is_told_on_the_page(as_user, event, secretary):
    sent = form_of(uploads=upload(make_picture("jpg"), "a.jpg"))
    with pictures.one_form_of(secretary):
        response = as_user(secretary).post(url("events:photos_add", event.slug), sent)
    assert response.status_code == 409
    assert "Todavía" in text_of(response)


def test_the_next_picture_gets_what_time_is_left():
    assert pictures.patience_until(time.monotonic() + 3) <= 3
    assert pictures.patience_until(time.monotonic() + 90) == pictures.PATIENCE
