"""What holds for every page."""

import gzip
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from red_mpe.portal.middleware import light_gzip

HOME = "/es/"


def test_visitor_answers_may_be_kept_by_nobody_else_but_are_not_forbidden(client, db):
    response = client.get(HOME)
    assert "no-store" not in response.get("Cache-Control", "")
    assert "Cookie" in response["Vary"]


def test_signed_in_answers_are_never_stored(client, miner):
    client.force_login(miner.user)
    assert client.get(HOME)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("route", ["account_login", "account_signup", "account_reset_password"])
def test_account_pages_are_never_stored(client, db, route):
    assert client.get(reverse(route))["Cache-Control"] == "no-store, private"


def test_clock_is_the_accounts(rf, miner):
    from red_mpe.portal.middleware import reader_clock

    miner.user.time_zone = "Asia/Tokyo"
    request = rf.get(HOME)
    request.user = miner.user
    assert reader_clock(lambda _request: timezone.get_current_timezone_name())(request) == "Asia/Tokyo"


def test_clock_of_a_visitor_is_the_one_new_accounts_start_with(rf):
    from django.contrib.auth.models import AnonymousUser

    from red_mpe.portal.middleware import reader_clock

    request = rf.get(HOME)
    request.user = AnonymousUser()
    assert reader_clock(lambda _request: timezone.get_current_timezone_name())(request) == "America/Lima"


def test_admin_alone_has_the_loose_policy(client, secretary):
    client.force_login(secretary)
    admin, home = (client.get(reverse(name))["Content-Security-Policy"] for name in ("admin:index", "portal:home"))
    assert "'unsafe-eval'" in admin
    assert "unsafe" not in home


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_admin_has_the_loose_policy_in_every_language(client, secretary, language):
    from django.utils import translation

    client.force_login(secretary)
    with translation.override(language):
        address = reverse("admin:index")
    assert "'unsafe-eval'" in client.get(address)["Content-Security-Policy"]


@pytest.fixture
def careless(secretary):
    """Staff that has no second factor yet."""
    Authenticator.objects.filter(user=secretary).delete()
    return secretary


@pytest.mark.parametrize("route", ["portal:home", "portal:desk", "admin:index", "members:my_profile"])
def test_staff_without_second_factor_is_sent_to_set_one_up(client, careless, route):
    client.force_login(careless)
    response = client.get(reverse(route))
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("route", ["mfa_index", "account_logout", "account_email"])
def test_staff_without_second_factor_reaches_what_leads_to_one(client, careless, route):
    client.force_login(careless)
    assert client.get(reverse(route)).status_code == 200


def test_staff_without_second_factor_reaches_addresses_outside_the_languages(client, careless):
    client.force_login(careless)
    assert client.get("/health/live").status_code == 200


def test_staff_without_second_factor_reads_no_event_in_a_calendar(client, careless):
    client.force_login(careless)
    response = client.get(reverse("event_calendar", args=["reunion"]))
    assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))


def test_staff_with_a_second_factor_reads_an_event_in_a_calendar(client, secretary):
    client.force_login(secretary)
    assert client.get(reverse("event_calendar", args=["reunion"])).status_code == 404


@pytest.mark.parametrize("address", ["/es/%00", "/es/?q=%00", "/es/?q=a&b%00=c", "/calendar.ics?lang=%00"])
def test_an_address_with_a_nul_is_refused(client, db, address):
    assert client.get(address).status_code == 400


def test_a_raw_nul_in_the_query_is_refused(client, db):
    assert client.get(HOME, QUERY_STRING="q=\0").status_code == 400


def test_a_sign_that_only_looks_like_a_nul_is_read(client, db):
    assert client.get(f"{HOME}?q=%2500").status_code == 200


def test_a_passkey_is_a_second_factor(client, careless):
    Authenticator.objects.create(user=careless, type=Authenticator.Type.WEBAUTHN, data={})
    client.force_login(careless)
    assert client.get(reverse("portal:desk")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, careless):
    Authenticator.objects.create(user=careless, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(careless)
    assert client.get(reverse("portal:desk")).status_code == 302


def test_staff_sessions_end_eight_hours_after_they_began(client, secretary):
    client.force_login(secretary)
    client.get(reverse("portal:desk"))
    left = client.session.get_expiry_date() - timezone.now()
    assert timedelta(hours=7, minutes=59) < left <= timedelta(hours=8)


def test_staff_sessions_are_not_prolonged_by_use(client, secretary, time_machine):
    time_machine.move_to("2026-11-23 12:00:00+00:00")
    client.force_login(secretary)
    client.get(reverse("portal:desk"))
    time_machine.move_to("2026-11-23 19:59:00+00:00")
    assert client.get(reverse("portal:desk")).status_code == 200
    time_machine.move_to("2026-11-23 20:01:00+00:00")
    assert client.get(reverse("portal:desk")).status_code == 302


def test_staff_session_that_was_given_more_time_loses_it(client, secretary):
    client.force_login(secretary)
    client.get(reverse("portal:desk"))
    session = client.session
    session.set_expiry(14 * 86400)
    session.save()
    client.get(reverse("portal:desk"))
    assert client.session.get_expiry_date() - timezone.now() <= timedelta(hours=8)


def test_member_sessions_keep_their_length(client, miner):
    client.force_login(miner.user)
    client.get(HOME)
    assert client.session.get_expiry_date() - timezone.now() > timedelta(days=1)


def _long_page(rf, accepts, body=b"words " * 20_000):
    def page(request):
        response = HttpResponse(body)
        response["ETag"] = '"strong"'
        return response

    return light_gzip(page)(rf.get("/es/", headers={"Accept-Encoding": accepts}))


def test_long_pages_are_compressed_lightly_and_say_so(rf):
    response = _long_page(rf, "gzip, br")
    assert gzip.decompress(response.content) == b"words " * 20_000
    assert int(response["Content-Length"]) == len(response.content) < 2_000
    assert (response["Content-Encoding"], response["ETag"]) == ("gzip", 'W/"strong"')
    assert "Accept-Encoding" in response["Vary"]


def test_who_takes_no_gzip_gets_the_long_page_whole(rf):
    response = _long_page(rf, "identity")
    assert response.content == b"words " * 20_000
    assert "Content-Encoding" not in response
    assert "Accept-Encoding" in response["Vary"]


def test_short_pages_are_left_to_django(rf):
    assert _long_page(rf, "gzip", b"words").content == b"words"
