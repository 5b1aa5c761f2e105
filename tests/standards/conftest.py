"""A framework under consultation, at an hour when it is still yesterday in America."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine

from red_mpe.core.models import StakeholderCategory
from standards.models import Consultation
from tests.factories.answers import seat
from tests.support.frameworks import make_clause, make_framework, make_round, make_version

NOW = datetime(2026, 3, 10, 3, 30, tzinfo=UTC)  # 9 March, 20:30 in Tijuana and 22:30 in Lima


@pytest.fixture
def clock():
    """Stands at NOW; `clock.move_to(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def framework(clock, db):
    return make_framework("marco", code="MPE", stage="drafting", summary_es="Lo que acordamos.")


@pytest.fixture
def version(framework):
    return make_version(framework)


@pytest.fixture
def clause(version):
    """A requirement with words in two languages, not in Portuguese."""
    return make_clause(
        version,
        "2.3.1",
        title_es="Mercurio",
        text_es="La operación elimina el mercurio del río.",
        text_en="The operation keeps mercury out of the river.",
        plain_es="Sin mercurio en el agua.",
    )


@pytest.fixture
def consultation(version, clause):
    """An open round with twenty days left."""
    return Consultation.objects.select_related("framework__rules", "version").get(pk=make_round(version).pk)


@pytest.fixture
def producers(db):
    return StakeholderCategory.objects.select_related("chamber").get(code="miners-organisations")


@pytest.fixture
def as_user(client):
    """Sign somebody in, or nobody."""

    def enter(who=None):
        client.logout()
        if who is not None:
            client.force_login(getattr(who, "user", who))
        return client

    return enter


@pytest.fixture
def committee(framework):
    """Two who write in the committee, one who leads it, one who looks on; none of them speaks for an organisation."""
    roles = {"writer": "member", "second": "member", "chair": "chair", "observer": "observer"}
    return SimpleNamespace(**{name: seat(framework, f"comite-{name}", role) for name, role in roles.items()})
