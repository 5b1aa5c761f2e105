"""Words of the field that mean the same, in three languages: a beginning that the editors of the library go on with."""

from typing import Any

from django.db import migrations

# code: in Spanish, in English, in Portuguese
GROUPS = {
    "mercury": (
        "azogue, mercurio, Hg",
        "mercury, quicksilver, Hg",
        "mercúrio, azougue, Hg",
    ),
    "artisanal-mining": (
        "minería artesanal, minería artesanal y de pequeña escala, MAPE, MPE, pequeña minería, garimpo",
        "artisanal mining, artisanal and small-scale mining, ASM, ASGM, small-scale mining",
        "mineração artesanal, mineração artesanal e em pequena escala, MAPE, garimpo, garimpagem",
    ),
    "miners": (
        "persona minera artesanal, minero artesanal, minera artesanal, garimpeiro, barequero",
        "artisanal miner, small-scale miner, ASM miner, digger",
        "minerador artesanal, garimpeiro, garimpeira",
    ),
    "tailings": (
        "relaves, colas, jales, relave",
        "tailings, tails",
        "rejeitos, rejeito",
    ),
    "tailings-dam": (
        "presa de relaves, depósito de relaves, relavera, dique de colas",
        "tailings dam, tailings pond, tailings storage facility",
        "barragem de rejeitos, bacia de rejeitos",
    ),
    "women-sorters": (
        "palla, pallaquera, palliri, jancheo, jancheadora, chatarrera, guirisera",
        "women ore sorters, mineral sorter, palliri, gold picker",
        "selecionadora de minério, catadora de minério, palliri",
    ),
    "retort": (
        "retorta, recuperador de mercurio",
        "retort, mercury recovery",
        "retorta, recuperador de mercúrio",
    ),
    "formalisation": (
        "formalización, legalización, regularización",
        "formalisation, formalization, legalisation, legalization",
        "formalização, legalização, regularização",
    ),
    "royalties": (
        "regalías, canon minero, regalía",
        "royalties, mining royalty",
        "royalties, CFEM, compensação financeira",
    ),
    "gold": (
        "oro",
        "gold",
        "ouro",
    ),
    "silver": (
        "plata",
        "silver",
        "prata",
    ),
    "coltan": (
        "coltán, tantalita, columbita",
        "coltan, tantalite, columbite",
        "coltan, tantalita, columbita",
    ),
    "cyanide": (
        "cianuro, cianuración, lixiviación con cianuro",
        "cyanide, cyanidation, cyanide leaching",
        "cianeto, cianetação, lixiviação com cianeto",
    ),
    "amalgam": (
        "amalgama, amalgamación, quema de amalgama",
        "amalgam, amalgamation, amalgam burning",
        "amálgama, amalgamação, queima de amálgama",
    ),
    "concentration": (
        "concentración gravimétrica, gravimetría, mesa vibratoria, canalón",
        "gravity concentration, shaking table, sluice, sluice box",
        "concentração gravimétrica, mesa vibratória, calha",
    ),
    "panning": (
        "bateo, batea, barequeo, mazamorreo",
        "gold panning, pan",
        "bateia, bateamento",
    ),
    "mill": (
        "molino, trapiche, quimbalete, molienda",
        "mill, ball mill, grinding",
        "moinho, moagem",
    ),
    "processing-plant": (
        "planta de beneficio, planta de procesamiento",
        "processing plant, beneficiation plant",
        "usina de beneficiamento, planta de beneficiamento",
    ),
    "adit": (
        "socavón, galería, bocamina, bocaviento",
        "adit, gallery, tunnel, drift",
        "galeria, túnel, socavão",
    ),
    "ventilation": (
        "ventilación, aire de mina",
        "ventilation, mine air",
        "ventilação, ar de mina",
    ),
    "explosives": (
        "explosivos, voladura, tiro, tronadura",
        "explosives, blasting",
        "explosivos, desmonte, detonação",
    ),
    "silicosis": (
        "silicosis, neumoconiosis, polvo de sílice",
        "silicosis, pneumoconiosis, silica dust",
        "silicose, pneumoconiose, poeira de sílica",
    ),
    "protective-equipment": (
        "EPP, equipo de protección personal",
        "PPE, personal protective equipment",
        "EPI, equipamento de proteção individual",
    ),
    "safety": (
        "seguridad minera, seguridad y salud en el trabajo, SST",
        "mine safety, occupational health and safety, OHS",
        "segurança na mineração, saúde e segurança do trabalho, SST",
    ),
    "accident": (
        "accidente, derrumbe, siniestro",
        "accident, collapse, cave-in",
        "acidente, desabamento, desmoronamento",
    ),
    "child-labour": (
        "trabajo infantil, niñez trabajadora",
        "child labour, child labor",
        "trabalho infantil",
    ),
    "forced-labour": (
        "trabajo forzoso, esclavitud moderna, trata de personas",
        "forced labour, forced labor, modern slavery, human trafficking",
        "trabalho forçado, trabalho escravo, tráfico de pessoas",
    ),
    "gender": (
        "género, equidad de género, igualdad de género",
        "gender, gender equity, gender equality",
        "gênero, equidade de gênero, igualdade de gênero",
    ),
    "women": (
        "mujeres, mujer, minera",
        "women, woman",
        "mulheres, mulher",
    ),
    "violence": (
        "violencia de género, acoso",
        "gender-based violence, GBV, harassment",
        "violência de gênero, assédio",
    ),
    "indigenous": (
        "pueblos indígenas, pueblos originarios, comunidades nativas",
        "indigenous peoples, native communities",
        "povos indígenas, povos originários",
    ),
    "afro-descendant": (
        "afrodescendientes, comunidades negras, quilombolas, palenqueros",
        "Afro-descendants, black communities, maroons",
        "afrodescendentes, quilombolas, comunidades negras",
    ),
    "consent": (
        "consulta previa, CLPI, consentimiento libre previo e informado",
        "FPIC, free prior and informed consent, prior consultation",
        "consulta prévia, CLPI, consentimento livre prévio e informado",
    ),
    "territory": (
        "territorio, ordenamiento territorial, uso del suelo",
        "territory, land use, spatial planning",
        "território, ordenamento territorial, uso do solo",
    ),
    "protected-areas": (
        "áreas protegidas, áreas naturales protegidas, parques nacionales",
        "protected areas, national parks",
        "áreas protegidas, unidades de conservação, parques nacionais",
    ),
    "mining-title": (
        "título minero, concesión minera, derecho minero, petitorio",
        "mining title, mining licence, mining concession, mineral right",
        "título minerário, concessão mineral, direito minerário, PLG, permissão de lavra garimpeira",
    ),
    "cooperative": (
        "cooperativa, cooperativismo",
        "cooperative, co-op",
        "cooperativa, cooperativismo",
    ),
    "association": (
        "asociación, gremio, federación",
        "association, guild, federation",
        "associação, federação",
    ),
    "traceability": (
        "trazabilidad, rastreabilidad",
        "traceability, track and trace",
        "rastreabilidade",
    ),
    "due-diligence": (
        "debida diligencia, diligencia debida",
        "due diligence",
        "devida diligência, due diligence",
    ),
    "certification": (
        "certificación, sello, estándar voluntario",
        "certification, label, voluntary standard",
        "certificação, selo, padrão voluntário",
    ),
    "fair-trade": (
        "comercio justo, oro justo, Fairmined, Fairtrade",
        "fair trade, fair gold, Fairmined, Fairtrade",
        "comércio justo, ouro justo, Fairmined, Fairtrade",
    ),
    "supply-chain": (
        "cadena de suministro, cadena de valor, cadena productiva",
        "supply chain, value chain",
        "cadeia de suprimentos, cadeia de fornecimento, cadeia de valor",
    ),
    "conflict-minerals": (
        "minerales de conflicto, zonas de conflicto",
        "conflict minerals, CAHRA, conflict-affected areas",
        "minerais de conflito, zonas de conflito",
    ),
    "illegal-mining": (
        "minería ilegal, extracción ilícita",
        "illegal mining, illicit mining",
        "mineração ilegal, garimpo ilegal, lavra ilegal",
    ),
    "informal-mining": (
        "minería informal, informalidad",
        "informal mining, informality",
        "mineração informal, informalidade",
    ),
    "money-laundering": (
        "lavado de activos, lavado de dinero, blanqueo de capitales",
        "money laundering, illicit financial flows",
        "lavagem de dinheiro",
    ),
    "buyers": (
        "comercializadora, acopiador, rescatista, compraventa de oro",
        "gold buyer, aggregator, trader",
        "comprador de ouro, DTVM, atravessador",
    ),
    "refinery": (
        "refinería, fundición, afinación",
        "refinery, smelter, refining",
        "refinaria, fundição, refino",
    ),
    "jewellery": (
        "joyería, joyas, orfebrería",
        "jewellery, jewelry, jeweller, jeweler",
        "joalheria, joias, ourivesaria",
    ),
    "credit": (
        "crédito, microcrédito, financiamiento, préstamo",
        "credit, microcredit, finance, loan",
        "crédito, microcrédito, financiamento, empréstimo",
    ),
    "savings": (
        "ahorro, caja de ahorro, banca comunal",
        "savings, savings group, village banking",
        "poupança, banco comunitário",
    ),
    "tax": (
        "impuesto, tributo, tributación",
        "tax, taxation, levy",
        "imposto, tributo, tributação",
    ),
    "water": (
        "agua, recursos hídricos, cuenca",
        "water, water resources, watershed",
        "água, recursos hídricos, bacia hidrográfica",
    ),
    "river": (
        "río, quebrada, cauce, cocha",
        "river, stream, creek",
        "rio, igarapé, córrego",
    ),
    "sediment": (
        "sedimentos, turbidez, dragado, draga",
        "sediment, turbidity, dredging, dredge",
        "sedimentos, turbidez, dragagem, draga, balsa",
    ),
    "deforestation": (
        "deforestación, pérdida de bosque, tala",
        "deforestation, forest loss, logging",
        "desmatamento, perda florestal",
    ),
    "restoration": (
        "restauración, reforestación, recuperación de áreas, rehabilitación",
        "restoration, reforestation, rehabilitation, reclamation",
        "restauração, reflorestamento, recuperação de áreas degradadas",
    ),
    "closure": (
        "cierre de minas, plan de cierre, postcierre",
        "mine closure, closure plan",
        "fechamento de mina, plano de fechamento",
    ),
    "pollution": (
        "contaminación, polución",
        "pollution, contamination",
        "contaminação, poluição",
    ),
    "fish": (
        "pescado, peces, pesca",
        "fish, fishing",
        "peixe, peixes, pesca",
    ),
    "biodiversity": (
        "biodiversidad, fauna y flora",
        "biodiversity, wildlife",
        "biodiversidade, fauna e flora",
    ),
    "climate": (
        "cambio climático, gases de efecto invernadero",
        "climate change, greenhouse gas",
        "mudança climática, mudanças climáticas, gases de efeito estufa",
    ),
    "environmental-permit": (
        "licencia ambiental, estudio de impacto ambiental, EIA, IGAFOM",
        "environmental licence, environmental impact assessment, EIA",
        "licença ambiental, licenciamento ambiental, EIA, RIMA",
    ),
    "minamata": (
        "Convenio de Minamata, Minamata, plan de acción nacional",
        "Minamata Convention, Minamata, national action plan, NAP",
        "Convenção de Minamata, Minamata, plano de ação nacional",
    ),
    "grievance": (
        "queja, reclamo, mecanismo de quejas",
        "grievance, complaint, grievance mechanism",
        "queixa, reclamação, mecanismo de queixas",
    ),
    "human-rights": (
        "derechos humanos, DDHH",
        "human rights",
        "direitos humanos",
    ),
    "conflict": (
        "conflicto social, conflictividad, diálogo",
        "social conflict, dispute, dialogue",
        "conflito social, conflitos, diálogo",
    ),
    "large-scale-mining": (
        "gran minería, minería a gran escala, minería industrial",
        "large-scale mining, LSM, industrial mining",
        "mineração em grande escala, mineração industrial, grande mineração",
    ),
    "coexistence": (
        "convivencia, relación entre gran minería y pequeña minería",
        "coexistence, cohabitation",
        "convivência, coexistência",
    ),
    "emeralds": (
        "esmeraldas, piedras preciosas, gemas",
        "emeralds, gemstones, coloured stones",
        "esmeraldas, pedras preciosas, gemas",
    ),
    "construction-materials": (
        "materiales de construcción, áridos, arena y grava, ladrillos",
        "construction materials, aggregates, sand and gravel, bricks",
        "materiais de construção, agregados, areia e cascalho, tijolos",
    ),
    "training": (
        "capacitación, formación, curso",
        "training, course, capacity building",
        "capacitação, formação, curso, treinamento",
    ),
    "guide": (
        "guía, manual, cartilla, caja de herramientas",
        "guide, manual, handbook, toolkit",
        "guia, manual, cartilha, caixa de ferramentas",
    ),
    "law": (
        "ley, norma, decreto, reglamento, legislación",
        "law, act, decree, regulation, legislation",
        "lei, norma, decreto, regulamento, legislação",
    ),
}


def seed(apps: Any, schema_editor: Any) -> None:
    """Add every group that is missing; what the editors have written stays."""
    rows = apps.get_model("core", "SynonymSet").objects
    for code, words in GROUPS.items():
        columns = zip(("words_es", "words_en", "words_pt"), words, strict=True)
        rows.get_or_create(code=code, defaults={column: text.split(", ") for column, text in columns})


class Migration(migrations.Migration):
    dependencies = [("core", "0007_search_help")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
