"""Photos: only with consent, seen by who sees the event, down at once when somebody asks."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from events.actions import photos as acts
from events.models import EventPhoto, Poster
from publications.actions import storing
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.models import Notification
from tests.factories.after import ALT, add, stored_photo
from tests.factories.day import registered
from tests.factories.events import held, sit, stored
from tests.factories.files import make_picture, upload
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    """A store of the library for this test alone."""
    known = settings.STORAGES["library"]
    settings.STORAGES = {**settings.STORAGES, "library": {**known, "OPTIONS": {**known["OPTIONS"], "location": str(tmp_path)}}}


@pytest.fixture
def event(db):
    return held("feria")


def test_photo_stands_at_the_end(event, secretary):
    assert [add(event, secretary).position, add(event, secretary).position] == [1, 2]


def test_photo_without_consent_is_refused(event, secretary):
    with pytest.raises(DomainError, match="reconocibles"):
        add(event, secretary, consent=False)
    assert not EventPhoto.objects.exists()


def test_not_even_the_database_keeps_a_photo_without_consent(event):
    with pytest.raises(IntegrityError):
        stored_photo(event, consent=False)


@pytest.mark.parametrize("alt", [{}, {"es": " "}, {"fr": "Une table"}])
def test_photo_that_nobody_described_is_refused(alt, event, secretary):
    with pytest.raises(DomainError, match="qué se ve"):
        add(event, secretary, alt=alt)


def test_photo_sent_twice_is_one(event, secretary):
    once = uuid.uuid4()
    assert add(event, secretary, once=once) == add(event, secretary, once=once)
    assert event.photos.count() == 1


def test_event_has_so_many_photos_at_most(event, secretary, monkeypatch):
    monkeypatch.setattr(acts, "MOST", 1)
    add(event, secretary)
    with pytest.raises(DomainError, match="como máximo 1"):
        add(event, secretary)


def test_who_does_not_run_the_event_adds_nothing(event, miner):
    with pytest.raises(PermissionDenied):
        add(event, miner.user)


def test_chair_of_its_group_adds_photos(group, chair):
    assert add(held("reunion", groups=[group]), chair)


def test_photo_is_described(event, secretary):
    photo = stored_photo(event)
    acts.describe_photo(photo=photo, actor=secretary, alt={"en": "A table"}, caption={"es": "La plenaria"}, credit="Nina", position=7)
    assert (photo.alt_en, photo.alt_es, photo.caption_es, photo.credit, photo.position) == ("A table", "", "La plenaria", "Nina", 7)


def test_describing_does_not_show_what_is_being_taken_down(event, secretary):
    photo = stored_photo(event)
    acts.take_down_photo(photo=EventPhoto.objects.get(), actor=AnonymousUser())
    acts.describe_photo(photo=photo, actor=secretary, alt=ALT, caption={}, credit="", position=1)
    assert photo.state == "hidden"


@pytest.mark.parametrize("act", [acts.show_photo, acts.remove_photo])
def test_who_does_not_run_the_event_decides_nothing(act, event, miner):
    with pytest.raises(PermissionDenied):
        act(photo=stored_photo(event), actor=miner.user)


def test_anybody_takes_a_photo_down(event):
    photo = acts.take_down_photo(photo=stored_photo(event), actor=AnonymousUser())
    assert (photo.state, photo.hidden_at is None) == ("hidden", False)
    assert AuditEntry.objects.get(verb="events.photo_taken_down").actor is None


def test_taken_down_twice_is_once(event, miner):
    photo = acts.take_down_photo(photo=stored_photo(event), actor=miner.user)
    acts.take_down_photo(photo=photo, actor=miner.user)
    assert AuditEntry.objects.filter(verb="events.photo_taken_down").count() == 1


def test_photo_of_an_event_that_one_does_not_see_is_not_taken_down(group, miner):
    with pytest.raises(PermissionDenied):
        acts.take_down_photo(photo=stored_photo(held("interna", groups=[group], audience="group")), actor=miner.user)


def test_photo_is_shown_again(event, secretary):
    photo = acts.take_down_photo(photo=stored_photo(event), actor=AnonymousUser())
    acts.show_photo(photo=photo, actor=secretary)
    assert (photo.state, photo.hidden_at) == ("shown", None)


def test_photo_that_is_shown_is_not_shown_again(event, secretary):
    with pytest.raises(StaleState):
        acts.show_photo(photo=stored_photo(event), actor=secretary)


def test_photo_is_removed_with_its_bytes(event, secretary):
    photo = add(event, secretary)
    acts.remove_photo(photo=photo, actor=secretary)
    acts.remove_photo(photo=EventPhoto(pk=0, event=event, small=photo.small, large=photo.large), actor=secretary)
    assert not storing.store().exists(photo.small)
    assert not storing.store().exists(photo.large)
    assert AuditEntry.objects.filter(verb="events.photo_removed").count() == 1


# --- who sees it


@pytest.mark.parametrize("state", ["shown", "hidden"])
@pytest.mark.parametrize("audience", ["public", "members", "group"])
@pytest.mark.parametrize("who", ["nobody", "visitor", "miner", "seated", "chair", "secretary"])
def test_photo_is_seen_by_who_sees_the_event(state, audience, who, group, request):
    user = AnonymousUser() if who == "nobody" else request.getfixturevalue(who)
    user = getattr(user, "user", user)
    event = held("reunion", groups=[group], audience=audience)
    stored_photo(event, state=state, hidden_at="2026-03-09T00:00Z" if state == "hidden" else None)
    sees = user.has_perm("events.view_event", event) if state == "shown" else user.has_perm("events.run_event", event)
    assert EventPhoto.objects.visible_to(user).exists() is sees


def picture(client, photo, size="small"):
    return client.get(url("events:photo_file", photo.event.slug, photo.code, size))


def test_bytes_are_a_picture_and_nothing_that_runs(client, event, secretary):
    response = picture(client, add(event, secretary))
    assert b"".join(response)[8:12] == b"WEBP"
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("size", ["original", "small-", "large.png"])
def test_there_are_two_sizes_only(size, client, event):
    assert client.get(f"{url('events:gallery', event.slug)}{stored_photo(event).code}/{size}.webp").status_code == 404


def test_bytes_of_what_was_taken_down_are_gone_at_once(client, as_user, event, secretary):
    photo = add(event, secretary)
    acts.take_down_photo(photo=photo, actor=AnonymousUser())
    assert picture(client, photo).status_code == 404
    response = picture(as_user(secretary), photo)
    assert response["Cache-Control"] == "no-store, private"
    assert b"".join(response)


def test_browser_asks_again_before_it_shows_a_kept_photo(client, event, secretary):
    response = picture(client, add(event, secretary))
    assert response["Cache-Control"] == "no-cache"
    b"".join(response)


def test_photo_of_a_hidden_event_is_not_found(as_user, group, neighbour):
    photo = stored_photo(held("interna", groups=[group], audience="group"))
    for name in ("photo_detail", "photo_take_down"):
        assert as_user(neighbour).get(url(f"events:{name}", "interna", photo.code)).status_code == 404
    assert picture(as_user(neighbour), photo).status_code == 404


def test_photo_is_found_at_its_own_event_only(client, event):
    photo, other = stored_photo(event), held("otra")
    assert client.get(url("events:photo_detail", other.slug, photo.code)).status_code == 404


# --- pages


def test_gallery_shows_small_pictures_with_their_size(client, event):
    stored_photo(event, 1)
    stored_photo(event, 2, state="hidden", hidden_at="2026-03-09T00:00Z")
    page = client.get(url("events:gallery", event.slug)).content.decode()
    assert page.count("<img ") == 1
    assert 'loading="lazy"' in page
    assert 'width="30" height="30"' in page


def test_gallery_without_photos_says_what_will_be_here(client, event):
    assert "Todavía no hay fotos" in text_of(client.get(url("events:gallery", event.slug)))


def test_gallery_asks_as_often_for_many(client, event):
    stored_photo(event)
    flat(lambda: client.get(url("events:gallery", event.slug)), lambda: [stored_photo(event, number) for number in (2, 3, 4)], ceiling=6)


def test_gallery_comes_in_pages(client, event):
    for number in range(25):
        stored_photo(event, number)
    page = client.get(url("events:gallery", event.slug), {"page": "2"}).content.decode()
    assert page.count("<img ") == 1


def test_page_of_a_photo_leads_to_the_one_before_and_after(client, event):
    one, two, three = (stored_photo(event, number) for number in (1, 2, 3))
    page = client.get(url("events:photo_detail", event.slug, two.code)).content.decode()
    assert all(url("events:photo_detail", event.slug, other.code) in page for other in (one, three))
    assert "2 de 3" in page


def test_who_runs_it_sees_that_a_photo_was_taken_down(as_user, event, secretary):
    photo = stored_photo(event, state="hidden", hidden_at="2026-03-09T00:00Z")
    assert "se retiró" in text_of(as_user(secretary).get(url("events:photo_detail", event.slug, photo.code)))


def test_visitor_takes_a_photo_down_on_the_page(client, event):
    photo = stored_photo(event)
    address = url("events:photo_take_down", event.slug, photo.code)
    assert "Desaparece enseguida" in text_of(client.get(address))
    assert client.post(address).status_code == 303
    assert client.get(url("events:photo_detail", event.slug, photo.code)).status_code == 404


def test_wishes_are_counted(client, event):
    photos = [stored_photo(event, number) for number in range(11)]
    codes = [client.post(url("events:photo_take_down", event.slug, photo.code)).status_code for photo in photos]
    assert codes == [303] * 10 + [429]


def test_first_three_photos_stand_on_the_page_of_the_event(client, event):
    for number in range(5):
        stored_photo(event, number)
    page = client.get(event.get_absolute_url()).content.decode()
    assert page.count('class="photos strip"') == 1
    assert page.count("small.webp") == 3
    assert "Ver las 5 fotos" in page


def form_of(**more):
    return {"once": str(uuid.uuid4()), "alt_es": "Una mesa", "consent": "on", "credit": "", **more}


def test_photos_are_added_on_the_page(as_user, event, secretary):
    sent = form_of(uploads=[upload(make_picture("jpg"), "a.jpg"), upload(make_picture("png"), "b.png")])
    response = as_user(secretary).post(url("events:photos_add", event.slug), sent, follow=True)
    assert "2 fotos" in text_of(response)
    assert event.photos.count() == 2


def test_what_was_not_taken_is_told_with_its_reason(as_user, event, secretary):
    sent = form_of(uploads=[upload(make_picture("jpg"), "a.jpg"), upload(b"no", "zqmala.jpg")])
    response = as_user(secretary).post(url("events:photos_add", event.slug), sent, follow=True)
    assert "zqmala.jpg: No es una imagen" in text_of(response)


def test_form_stays_filled_where_no_photo_was_taken(as_user, event, secretary):
    response = as_user(secretary).post(url("events:photos_add", event.slug), form_of(uploads=upload(b"no", "zqmala.jpg")))
    assert response.status_code == 409
    assert "Una mesa" in response.content.decode()


def test_page_tells_how_many_are_willing(as_user, event, secretary):
    registered(event, "Ana", photos=True)
    registered(event, "Beto")
    registered(event, "Carla", photos=True, state="cancelled")
    assert "De 2 personas inscritas, 1 aceptaron" in text_of(as_user(secretary).get(url("events:images", event.slug)))


def test_page_of_images_asks_as_often_for_many(as_user, event, secretary):
    stored_photo(event)
    asked, address = as_user(secretary), url("events:images", event.slug)
    flat(lambda: asked.get(address), lambda: [stored_photo(event, number) for number in (2, 3, 4)], ceiling=14)


def test_photo_is_described_on_the_page(as_user, event, secretary):
    address = url("events:photo_edit", event.slug, stored_photo(event).code)
    asked = as_user(secretary)
    assert "Foto 1" in asked.get(address).content.decode()
    assert asked.post(address, {"alt_es": "Otra", "caption_pt": "Feira", "position": 3}).status_code == 303
    assert EventPhoto.objects.get().caption_pt == "Feira"


@pytest.mark.parametrize(("sent", "status"), [({"position": "x", "alt_es": "A"}, 422), ({"position": 1, "caption_es": "Zqkeep"}, 409)])
def test_words_stay_where_a_description_is_refused(sent, status, as_user, event, secretary):
    response = as_user(secretary).post(url("events:photo_edit", event.slug, stored_photo(event).code), sent)
    assert response.status_code == status
    assert sent.get("caption_es", "") in response.content.decode()


def test_who_runs_it_decides_on_the_page(as_user, event, secretary):
    photo, asked = stored_photo(event, state="hidden", hidden_at="2026-03-09T00:00Z"), as_user(secretary)
    place = (event.slug, photo.code)
    assert "Alguien pidió" in text_of(asked.get(url("events:photo_edit", *place)))
    assert "de nuevo" in text_of(asked.post(url("events:photo_show", *place), follow=True))
    assert "Alguien" in text_of(asked.post(url("events:photo_show", *place), follow=True))
    assert "para siempre" in text_of(asked.post(url("events:photo_remove", *place), follow=True))
    assert asked.post(url("events:photo_remove", *place)).status_code == 404


def test_wish_reaches_who_leads_the_group(group, chair, secretary):
    acts.take_down_photo(photo=stored_photo(held("reunion", groups=[group])), actor=AnonymousUser())
    spread_waiting(seconds=0)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {chair.pk}


def test_wish_about_an_event_of_no_group_reaches_the_secretariat(event, secretary):
    acts.take_down_photo(photo=stored_photo(event), actor=AnonymousUser())
    spread_waiting(seconds=0)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {secretary.pk}


# --- the poster


def set_poster(client, event, **more):
    sent = {"alt_es": "Manos con mineral", "upload": upload(make_picture("png", (90, 120)), "a.png"), **more}
    return client.post(url("events:poster_set", event.slug), sent, follow=True)


def test_poster_stands_on_the_page_of_its_event(as_user, secretary):
    event = stored("uno")
    asked = as_user(secretary)
    assert "El afiche está" in text_of(set_poster(asked, event))
    page = asked.get(event.get_absolute_url()).content.decode()
    assert 'alt="Manos con mineral"' in page
    assert 'property="og:image"' in page
    assert 'itemprop="image"' in page


@pytest.mark.parametrize("fields", [{"audience": "members"}, {"state": "draft"}])
def test_poster_is_named_outside_only_where_everybody_sees_the_event(fields, as_user, secretary):
    event = stored("uno", **fields)
    set_poster(as_user(secretary), event)
    assert "og:image" not in as_user(secretary).get(event.get_absolute_url()).content.decode()


def test_poster_is_seen_by_who_sees_the_event(as_user, client, secretary, group, neighbour):
    event = stored("uno", groups=[group], audience="group")
    set_poster(as_user(secretary), event)
    address = url("events:poster_file", event.slug, "large")
    assert as_user(neighbour).get(address).status_code == 404
    response = as_user(secretary).get(address)
    assert response["Cache-Control"] == "no-store, private"
    assert b"".join(response)[8:12] == b"WEBP"


@pytest.mark.parametrize(("sent", "status"), [({"upload": ""}, 409), ({"alt_es": ""}, 409), ({"credit": "x" * 121}, 422)])
def test_poster_that_is_refused_keeps_the_words(sent, status, as_user, secretary):
    event = stored("uno")
    response = set_poster(as_user(secretary), event, **sent)
    assert response.status_code == status
    assert not Poster.objects.exists()


def test_poster_is_taken_away_on_the_page(as_user, secretary):
    event = stored("uno")
    asked = as_user(secretary)
    set_poster(asked, event)
    assert "El afiche actual" in asked.get(url("events:images", event.slug)).content.decode()
    assert "ya no está" in text_of(asked.post(url("events:poster_remove", event.slug), follow=True))


def test_uploads_are_counted(as_user, secretary, monkeypatch):
    from events.views import photos, posters

    monkeypatch.setattr(photos, "UPLOADS", 0)
    monkeypatch.setattr(posters, "UPLOADS", 0)
    event, asked = stored("uno"), as_user(secretary)
    set_poster(asked, event)
    assert set_poster(asked, event).status_code == 429
    response = asked.post(url("events:photos_add", event.slug), form_of(uploads=upload(make_picture(), "a.png")))
    assert response.status_code == 429


def test_member_of_the_group_does_not_run_its_images(as_user, group):
    event, seated = held("reunion", groups=[group]), sit(group, "otra-persona")
    for name in ("images", "certificates"):
        assert as_user(seated).get(url(f"events:{name}", event.slug)).status_code == 403
