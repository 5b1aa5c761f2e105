"""Each route × each role = one exact status, as `access_table.py` lists them; a route that is not listed fails."""

import pytest
from django.db import transaction
from django.test import Client

from tests.project.access_table import expected, idle
from tests.support.addresses import every_address
from tests.support.world import ROLES, make_world

OTHERS = ("admin:", "account_", "mfa_", "usersessions_")  # libraries' forms are theirs; ours in the admin are tested with their actions


@pytest.fixture
def world(miner, neighbour, secretary, officer, cooperative):
    return make_world(representative=miner, member=neighbour, secretary=secretary, officer=officer, organisation=cooperative)


def _ask(client, method, path):
    """Ask once and take back whatever it wrote, in the database and in the cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method.lower())(path)
        b"".join(response)  # a file is read to its end, which closes it
        transaction.set_rollback(True)
    client.cookies = cookies
    return response.status_code


def _surprises(world, role, verb, *, without=()):
    """What each route answered and should have, where the two differ."""
    client = Client(raise_request_exception=False)
    if world.users[role]:
        client.force_login(world.users[role])
    surprises = {}
    for address in every_address():
        if not address.name.startswith(without):
            status = _ask(client, verb, address.path_with(world.arguments(address.name, address.parameters)))
            if status != (wanted := expected(verb, address.name, role)):
                surprises[address.name] = (status, wanted)
    return surprises


@pytest.mark.parametrize("role", ROLES)
def test_each_page_answers_each_role_as_listed(world, role):
    assert _surprises(world, role, "GET") == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_form_answers_each_role_as_listed(world, role):
    assert _surprises(world, role, "POST", without=OTHERS) == {}


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_the_table_lists_no_route_that_is_gone(verb):
    assert idle(verb, {address.name for address in every_address()}) == []
