"""A small framework for the portal's pages."""

import pytest

from red_mpe.core.models import StakeholderCategory
from tests.support.frameworks import make_clause, make_framework, make_round, make_version


@pytest.fixture
def version(db):
    """Version 0.2 of a public framework, two clauses."""
    version = make_version(make_framework())
    make_clause(
        version, "1.1", title_es="Mercurio", text_es="La operación elimina el **mercurio** del río.", text_en="No mercury in the river."
    )
    make_clause(version, "1.2", title_es="Niñez", text_es="Ninguna niña y ningún niño trabaja en la mina.")
    return version


@pytest.fixture
def producers(db):
    return StakeholderCategory.objects.select_related("chamber").get(code="miners-organisations")


@pytest.fixture
def consultation(version, producers):
    """An open round with a target for the producers."""
    return make_round(version, targets={producers.chamber: 30})
