"""A record in full."""

import pytest

from red_mpe.core.models import Theme
from tests.factories.publications import make_author, make_identifier, make_record


@pytest.fixture
def full(db):
    """An article in two languages with all that a record can say."""
    record = make_record(
        "Oro sin mercurio: qué cuesta",
        kind="article",
        title_en="Gold without mercury",
        abstract_en="What it costs.",
        languages=["es", "en"],
        issued="2013-08-12",
        publisher="Editorial del Sur",
        place="Lima",
        container="Revista de Minería",
        volume="8",
        issue="3",
        pages="207-217",
        countries=["PE", "BO"],
        lenses=["gender"],
        strata=["small-formal"],
        sectors=["asm"],
    )
    make_author(record)
    make_author(record, "Mamani Ccopa", "Eva María")
    make_author(record, literal="Cooperativa Oro Claro", role="contributor")
    make_author(record, "Lee", "Ann", role="translator")
    make_identifier(record)
    make_identifier(record, "url", "https://example.org/oro.pdf")
    record.themes.add(Theme.objects.order_by("code").first())
    return record
