"""Machines that sign up are told to wait; people who were quick lose nothing."""

from datetime import UTC, datetime, timedelta

import time_machine

from members.forms import FILL_SECONDS, SignupForm

TRAP = ("tabindex", "aria-hidden", "class")
OPENED = datetime(2026, 11, 23, 2, tzinfo=UTC)


def fill(seconds, **more):
    with time_machine.travel(OPENED, tick=False):
        opened = SignupForm()["opened"].value()
    with time_machine.travel(OPENED + timedelta(seconds=seconds), tick=False):
        form = SignupForm({"opened": opened, "homepage": "", **more})
        return form.is_valid()


def test_person_passes():
    assert fill(FILL_SECONDS + 1)


def test_machine_is_too_quick_the_first_time_only():
    assert not fill(FILL_SECONDS - 1)
    assert fill(FILL_SECONDS + 60)


def test_trap_and_forged_clock_are_refused():
    assert not fill(60, homepage="https://spam.example")
    assert not fill(60, opened="forged")
    assert not fill(60, opened="")


def test_trap_is_seen_by_machines_only():
    html = str(SignupForm()["homepage"])
    assert 'type="text"' in html
    assert {'tabindex="-1"', 'aria-hidden="true"', 'class="trap"'} == {part for part in html.split() if part.split("=")[0] in TRAP}
    assert SignupForm()["homepage"].is_hidden


def test_signing_up_keeps_nothing_more():
    assert SignupForm().signup(None, None) is None
