"""The taxonomies of the field, in three languages: a beginning that the secretariat edits."""

from typing import Any

from django.db import migrations

# code: (es, en, pt, votes)
CHAMBERS = {
    "PRO": ("producción", "producers", "produção", True),
    "COM": ("comunidades y pueblos", "communities and peoples", "comunidades e povos", True),
    "SOC": (
        "sociedad civil, trabajo y conocimiento",
        "civil society, labour and knowledge",
        "sociedade civil, trabalho e conhecimento",
        True,
    ),
    "CAD": ("cadena de valor", "value chain", "cadeia de valor", True),
    "GOB": ("gobierno y cooperación", "government and cooperation", "governo e cooperação", False),
}

# code: (chamber, es, en, pt)
CATEGORIES = {
    "miners-organisations": (
        "PRO",
        "organizaciones y cooperativas mineras",
        "miners' organisations and cooperatives",
        "organizações e cooperativas de mineração",
    ),
    "individual-miners": ("PRO", "personas mineras artesanales", "individual artisanal miners", "pessoas mineradoras artesanais"),
    "women-sorters": (
        "PRO",
        "seleccionadoras de mineral y barequeras",
        "women mineral sorters and gold panners",
        "selecionadoras de minério e garimpeiras de bateia",
    ),
    "small-enterprises": ("PRO", "pequeñas empresas mineras", "small mining enterprises", "pequenas empresas de mineração"),
    "affected-communities": (
        "COM",
        "comunidades en áreas de influencia",
        "communities in areas of influence",
        "comunidades em áreas de influência",
    ),
    "indigenous-peoples": ("COM", "pueblos indígenas", "indigenous peoples", "povos indígenas"),
    "afro-descendant": (
        "COM",
        "comunidades afrodescendientes y quilombolas",
        "Afro-descendant and quilombola communities",
        "comunidades afrodescendentes e quilombolas",
    ),
    "grassroots": ("COM", "organizaciones de base y sociales", "grassroots and social organisations", "organizações de base e sociais"),
    "civil-society": ("SOC", "organizaciones de la sociedad civil", "civil-society organisations", "organizações da sociedade civil"),
    "unions": ("SOC", "sindicatos", "unions", "sindicatos"),
    "academia": ("SOC", "academia e investigación", "academia and research", "academia e pesquisa"),
    "experts": ("SOC", "especialistas técnicos", "technical experts", "especialistas técnicos"),
    "media": ("SOC", "medios de comunicación", "media", "meios de comunicação"),
    "mining-company": ("CAD", "empresas mineras", "mining companies", "empresas de mineração"),
    "buyers": ("CAD", "refinerías, joyerías y compradores", "refiners, jewellers and buyers", "refinarias, joalherias e compradores"),
    "finance": ("CAD", "finanzas", "finance", "finanças"),
    "service-providers": (
        "CAD",
        "proveedores de servicios, consultoría y auditoría",
        "service providers, consultants and auditors",
        "prestadores de serviços, consultoria e auditoria",
    ),
    "government-local": ("GOB", "gobierno local", "local government", "governo local"),
    "government-regional": ("GOB", "gobierno regional", "regional government", "governo regional"),
    "government-national": ("GOB", "gobierno nacional", "national government", "governo nacional"),
    "cooperation": (
        "GOB",
        "agencias de cooperación internacional",
        "international cooperation agencies",
        "agências de cooperação internacional",
    ),
    "multilateral": (
        "GOB",
        "organismos multilaterales y regionales",
        "multilateral and regional bodies",
        "organismos multilaterais e regionais",
    ),
}

# family code: (es, en, pt, {theme code: (es, en, pt)})
THEMES = {
    "technical": ("técnico", "technical", "técnico", {
        "technology": ("tecnología de extracción y beneficio", "mining and processing technology", "tecnologia de extração e beneficiamento"),
        "geology": ("mineralogía y geología", "mineralogy and geology", "mineralogia e geologia"),
        "productivity": ("productividad", "productivity", "produtividade"),
        "occupational-health": ("seguridad y salud en el trabajo", "occupational health and safety", "segurança e saúde no trabalho"),
        "emergency": ("gestión de emergencias", "emergency management", "gestão de emergências"),
    }),
    "environmental": ("ambiental", "environmental", "ambiental", {
        "environmental-management": ("gestión ambiental", "environmental management", "gestão ambiental"),
        "mercury": ("mercurio y sustancias químicas", "mercury and chemicals", "mercúrio e substâncias químicas"),
        "water": ("agua", "water", "água"),
        "biodiversity-closure": ("biodiversidad y cierre", "biodiversity and closure", "biodiversidade e fechamento"),
    }),
    "social": ("social", "social", "social", {
        "community-culture": ("comunidad y cultura", "community and culture", "comunidade e cultura"),
        "labour": ("trabajo", "labour", "trabalho"),
        "child-labour": ("trabajo infantil", "child labour", "trabalho infantil"),
        "gender": ("derechos de las mujeres y equidad de género", "women's rights and gender equity", "direitos das mulheres e equidade de gênero"),
        "ethnic-diversity": ("pueblos étnicos y diversidad", "ethnic peoples and diversity", "povos étnicos e diversidade"),
        "human-rights-security": ("derechos humanos y seguridad", "human rights and security", "direitos humanos e segurança"),
    }),
    "legal": ("legal y de gobernanza", "legal and governance", "jurídico e de governança", {
        "law-policy": ("derecho y políticas públicas", "law and public policy", "direito e políticas públicas"),
        "formalisation": ("formalización", "formalisation", "formalização"),
        "governance-transparency": ("gobernanza y transparencia", "governance and transparency", "governança e transparência"),
        "mining-revenue": ("renta minera", "mining revenue", "receita da mineração"),
    }),
    "economic": ("económico", "economic", "econômico", {
        "employment": ("economía y empleo", "economy and employment", "economia e emprego"),
        "credit-finance": ("acceso a crédito y finanzas", "access to credit and finance", "acesso a crédito e finanças"),
        "marketing-fair-trade": ("comercialización y comercio justo", "marketing and fair trade", "comercialização e comércio justo"),
        "business-management": ("gestión empresarial", "business management", "gestão empresarial"),
        "certification-traceability": ("certificación y trazabilidad", "certification and traceability", "certificação e rastreabilidade"),
    }),
}  # fmt: skip


def _names(words: tuple[str, str, str]) -> dict[str, str]:
    es, en, pt = (word[:1].upper() + word[1:] for word in words)
    return {"name": es, "name_es": es, "name_en": en, "name_pt": pt}


def seed(apps: Any, schema_editor: Any) -> None:
    """Add every term that is missing; what the secretariat has edited stays."""
    chamber, category, theme = (apps.get_model("core", name) for name in ("Chamber", "StakeholderCategory", "Theme"))
    for place, (code, (*words, votes)) in enumerate(CHAMBERS.items()):
        chamber.objects.get_or_create(code=code, defaults={**_names(words), "position": place, "votes": votes})
    for place, (code, (side, *words)) in enumerate(CATEGORIES.items()):
        category.objects.get_or_create(code=code, defaults={**_names(words), "position": place, "chamber": chamber.objects.get(code=side)})
    for place, (code, (*words, children)) in enumerate(THEMES.items()):
        family, _ = theme.objects.get_or_create(code=code, defaults={**_names(words), "position": place * 10})
        for step, (child, words) in enumerate(children.items(), start=1):
            theme.objects.get_or_create(code=child, defaults={**_names(words), "position": place * 10 + step, "parent": family})


class Migration(migrations.Migration):
    dependencies = [("core", "0004_append_only_audit")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
