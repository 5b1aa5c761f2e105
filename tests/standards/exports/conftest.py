import pytest

from red_mpe.core.models import Theme
from standards.models import ClauseText, Version
from tests.support.frameworks import make_clause, make_framework, make_version


@pytest.fixture
def version(db):
    """A version with a heading and two requirements; Portuguese is missing, and not everything is in English."""
    framework = make_framework("marco", code="MPE", introduction_es="Bienvenidas **todas**.", scope_es="Para la región.")
    version = make_version(framework)
    top = make_clause(version, "2", title_es="Agua", title_en="Water", text_es="El agua vive.")
    ClauseText.objects.filter(pk=top.pk).update(level="principle")
    full = make_clause(
        version,
        "2.1",
        title_es="Mercurio",
        title_en="Mercury",
        text_es="La operación **elimina**:\n\n1. el mercurio\n2. el cianuro\n\n- a\n- b",
        text_en="The operation keeps mercury out.",
        plain_es="Sin mercurio en el agua.",
        guidance_es="Con [retorta](https://example.org/).\n\n| A | B |\n|---|---|\n| 1 | 2 |",
        requirement_class="progress",
        verbal_form="must",
        deadline_months=12,
        responsible=["operator", "plant"],
        applies_to=["alluvial"],
        oecd_risk="high",
        sources=["Convenio de Minamata"],
        parent=top,
        depth=1,
    )
    full.themes.add(Theme.objects.first())
    make_clause(version, "2.2", title_es="", text_es="Texto sin título.", parent=top, depth=1)
    return Version.objects.select_related("framework__rules", "previous").get(pk=version.pk)
