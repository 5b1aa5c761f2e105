"""The cast: one small network that every test may ask for, and the house rules of testing."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group as Role
from django.core.cache import cache
from django.utils import timezone, translation

from members.models import Affiliation, Organisation, Person, User
from red_mpe.celery import app as celery
from red_mpe.core.models import StakeholderCategory

RULES = "project"  # the folder of what `make check` asks


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items):
    """Order the run after every other plugin has: pytest itself undoes what pytest-django sorts, where a session has parameters.

    A file is one piece of work for the processes that run side by side, so that all of it stands on one rung.
    """
    for item in items:
        if item.path.parent.name == RULES and not item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.rule)
    yield
    items.sort(key=_rung)
    rungs = {}
    for item in items:
        if rungs.setdefault(item.path, _rung(item)) != _rung(item):
            raise pytest.UsageError(f"{item.path.name}: what empties the tables stands in a file of its own")


def _rung(item):
    """First what leaves the database as it was, then what empties the tables, taxonomies too, and at last what needs a browser.

    Playwright keeps an event loop running in its process until the end, and Django refuses the database while one runs.
    """
    if "e2e" in item.path.parts:
        return 2
    marker = item.get_closest_marker("django_db")
    return int("transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction")))


@pytest.fixture(scope="session", autouse=True)
def _tasks():
    """Find the tasks once: the loader checks every model each time it is asked."""
    celery.loader.import_default_modules()


@pytest.fixture(autouse=True)
def _calm(settings):
    """No broker, no left-over counters: what is woken runs at once in this process, as soon as its transaction is committed."""
    celery.conf.task_always_eager = celery.conf.task_eager_propagates = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    translation.deactivate()  # whatever the test before has asked for
    timezone.deactivate()


def make_user(email, **fields):
    user = User.objects.create_user(email, "una-clave-larga-9", **fields)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    if user.is_staff:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "of no use"})
    return user


def make_person(slug, *, category="miners-organisations", country="PE", user=None, **fields):
    user = user or make_user(f"{slug}@example.org", language=fields.pop("language", "es"))
    fields.setdefault("name", slug.replace("-", " ").title())
    return Person.objects.create(slug=slug, user=user, category=StakeholderCategory.objects.get(code=category), country=country, **fields)


def make_organisation(slug, *, category="miners-organisations", country="PE", **fields):
    fields.setdefault("name", slug.replace("-", " ").title())
    return Organisation.objects.create(slug=slug, category=StakeholderCategory.objects.get(code=category), country=country, **fields)


@pytest.fixture
def visitor(db):
    """Somebody with an account who is not a member."""
    return make_user("visitor@example.org")


@pytest.fixture
def cooperative(db):
    return make_organisation("cooperativa-oro-claro", country="BO")


@pytest.fixture
def miner(cooperative):
    """Rosa, who speaks for the cooperative."""
    person = make_person("rosa-quispe", country="BO", gender="f")
    Affiliation.objects.create(person=person, organisation=cooperative, role="Presidenta", speaks=True, starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def neighbour(db):
    """João, of a community downstream, who reads Portuguese."""
    return make_person("joao-ribeiro", category="affected-communities", country="BR", language="pt-br", gender="m")


@pytest.fixture
def scholar(db):
    """Ann, who reads English."""
    return make_person("ann-lee", category="academia", country="CA", language="en", gender="f")


@pytest.fixture
def secretary(db):
    """Staff of the secretariat."""
    user = make_user("secretaria@example.org", is_staff=True)
    user.groups.add(Role.objects.get(name="secretariat"))
    return user


@pytest.fixture
def officer(db):
    """The protection officer."""
    user = make_user("proteccion@example.org", is_staff=True)
    user.groups.add(Role.objects.get(name="protection"))
    return user
