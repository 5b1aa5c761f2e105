"""Pictures that strangers' cameras made: what is taken, what is refused, and what of them is never kept."""

import io
import uuid

import pytest
from PIL import Image

from events.actions import pictures, posters
from events.actions.photos import add_photo
from events.actions.pictures import PHOTO, PictureRefused, take_picture
from publications.actions import storing
from publications.readers.pictures import two_sizes
from red_mpe.core.states import DomainError
from tests.factories.after import ALT, add, camera_picture, stored_photo
from tests.factories.events import stored
from tests.factories.files import make_huge_png, make_picture, make_zip, upload

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    """A store of the library for this test alone."""
    known = settings.STORAGES["library"]
    settings.STORAGES = {**settings.STORAGES, "library": {**known, "OPTIONS": {**known["OPTIONS"], "location": str(tmp_path)}}}


def take(data, name="foto.jpg"):
    return take_picture(upload(data, name), PHOTO)


def bytes_of(name):
    with storing.open_stored(name) as file:
        return file.read()


def opened(name):
    return Image.open(io.BytesIO(bytes_of(name)))


def test_picture_is_kept_in_two_sizes():
    kept = take(make_picture("jpg", (2000, 1000)))
    assert (kept["small_width"], kept["small_height"]) == opened(kept["small"]).size == (320, 160)
    assert (kept["large_width"], kept["large_height"]) == opened(kept["large"]).size == (1280, 640)


def test_small_picture_is_not_blown_up():
    assert take(make_picture("png", (50, 40)))["large_width"] == 50


def test_sizes_stay_within_their_bytes():
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=90)
    kept = take(buffer.getvalue())
    assert [len(bytes_of(kept[size])) <= limit for size, (_x, _y, limit) in zip(("small", "large"), PHOTO, strict=True)] == [True, True]


@pytest.mark.parametrize("size", ["small", "large"])
@pytest.mark.parametrize("secret", [b"Zqcamera", b"Zqowner", b"Zqcomment", b"2026:03:09", b"EXIF", b"Exif"])
def test_nothing_that_a_camera_wrote_is_kept(size, secret):
    data = camera_picture()
    assert b"Zqcamera" in data
    assert secret not in bytes_of(take(data)[size])


def test_place_is_gone_and_the_picture_stands_upright():
    found = opened(take(camera_picture((640, 480)))["large"])
    assert found.size == (480, 640)
    assert not found.getexif().get_ifd(0x8825)


def test_second_file_behind_a_picture_is_not_kept():
    kept = take(make_picture("jpg", (400, 300)) + make_zip({"carga.html": "<script>zqpayload</script>"}))
    assert b"zqpayload" not in bytes_of(kept["large"])
    assert b"PK\x03\x04" not in bytes_of(kept["large"])


@pytest.mark.parametrize("data", [SVG, b"<html></html>", b"%PDF-1.7\n", b"GIF89a\x01\x00\x01\x00\x00", make_zip({"a": "b"}), b"\0" * 500])
def test_what_is_no_picture_is_refused_whatever_its_name(data):
    with pytest.raises(PictureRefused, match="JPEG"):
        take(data)


@pytest.mark.parametrize("code", ["jpg", "png", "webp"])
def test_picture_that_was_cut_is_refused(code):
    data = make_picture(code, (300, 300))
    with pytest.raises(PictureRefused):
        take(data[: len(data) // 2])


def test_more_pixels_than_a_page_shows_are_refused():
    with pytest.raises(PictureRefused, match="píxeles"):
        take(make_huge_png(), "enorme.png")


def test_empty_picture_is_refused():
    with pytest.raises(PictureRefused, match="vací"):
        take(b"")


def test_heavy_picture_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(pictures, "LIMIT", 100)
    with pytest.raises(PictureRefused, match="MB"):
        take(make_picture("jpg", (300, 300)))


def test_picture_with_a_palette_and_holes_becomes_plain(tmp_path):
    source = tmp_path / "capa.png"
    Image.new("P", (60, 60)).save(source, transparency=0)
    assert two_sizes(source, tmp_path, "30,30,5000,50,50,9000") == {"small": (30, 30), "large": (50, 50)}


def test_sweep_of_orphans_leaves_photos_and_posters(secretary, clock):
    event = stored("uno")
    photo = add(event, secretary)
    poster = posters.set_poster(event=event, actor=secretary, upload=upload(make_picture("png", (90, 120)), "a.png"), alt=ALT)
    clock.shift(10 * 86400)
    storing.remove_orphans()
    assert all(storing.store().exists(name) for picture in (photo, poster) for name in (picture.small, picture.large))


def test_check_of_the_store_misses_the_bytes_of_a_photo(secretary):
    photo = add(stored("uno"), secretary)
    assert list(storing.faulty_files(whole=True)) == []
    storing.store().delete(photo.small)
    assert list(storing.faulty_files()) == [photo.small]


def test_bytes_go_with_the_last_picture_that_shows_them(secretary):
    event = stored("uno")
    one, same = add(event, secretary), add(event, secretary)
    assert one.small == same.small
    for photo, is_left in ((one, True), (same, False)):
        photo.delete()
        pictures.forget_bytes(photo)
        assert storing.store().exists(one.small) is is_left


def test_poster_replaces_the_one_before(secretary):
    event = stored("uno")
    before = posters.set_poster(event=event, actor=secretary, upload=upload(make_picture("png", (90, 120)), "a.png"), alt=ALT)
    after = posters.set_poster(event=event, actor=secretary, upload=upload(make_picture("png", (60, 80)), "b.png"), alt=ALT)
    assert before.pk == after.pk
    assert not storing.store().exists(before.small)


def test_words_about_a_poster_change_without_a_picture(secretary):
    event = stored("uno")
    before = posters.set_poster(event=event, actor=secretary, upload=upload(make_picture(), "a.png"), alt=ALT)
    posters.set_poster(event=event, actor=secretary, upload=None, alt={"pt": "Cartaz"}, credit="Nina")
    before.refresh_from_db()
    assert (before.alt_pt, before.alt_es, before.credit) == ("Cartaz", "", "Nina")


def test_poster_without_a_picture_is_refused(secretary):
    with pytest.raises(DomainError, match="afiche"):
        posters.set_poster(event=stored("uno"), actor=secretary, upload=None, alt=ALT)


def test_poster_is_taken_away_with_its_bytes(secretary):
    event = stored("uno")
    poster = posters.set_poster(event=event, actor=secretary, upload=upload(make_picture(), "a.png"), alt=ALT)
    posters.remove_poster(event=event, actor=secretary)
    posters.remove_poster(event=event, actor=secretary)
    assert not storing.store().exists(poster.large)


def test_store_that_does_not_let_go_is_told(tmp_path):
    name = "aa/bb/zqname"
    (tmp_path / name / "held").mkdir(parents=True)
    with pytest.raises(storing.StoreAway):
        storing.discard(name)


class _Late:
    """An upload during which the same form arrives once more."""

    name, size = "foto.jpg", 10

    def __init__(self, event, once):
        self.event, self.once = event, once

    def chunks(self):
        stored_photo(self.event, once=self.once)
        yield make_picture("jpg")


def test_photo_sent_twice_at_once_is_one(secretary):
    event, once = stored("uno"), uuid.uuid4()
    photo = add_photo(event=event, actor=secretary, once=once, upload=_Late(event, once), consent=True, alt=ALT)
    assert list(event.photos.all()) == [photo]


def test_picture_that_takes_too_long_is_told_so(db):
    with pytest.raises(PictureRefused, match="demasiado tiempo"):
        take_picture(upload(make_picture("jpg"), "a.jpg"), PHOTO, 0.001)


def test_poster_waits_for_the_photos_of_the_same_account(secretary):
    event = stored("uno")
    with pictures.one_form_of(secretary), pytest.raises(PictureRefused):
        posters.set_poster(event=event, actor=secretary, upload=upload(make_picture(), "a.png"), alt=ALT)
