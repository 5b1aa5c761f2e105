"""Words to fill the tables with: the same ones in every run, some frequent and most rare, as in any text."""

import random

_ES = (
    "agua mercurio oro mina comunidad río tierra trabajo seguridad mujeres niñez salud relaves cianuro planta beneficio cooperativa "
    "contrato comercio trazabilidad territorio consulta acuerdo Estado derecho pueblo indígena bosque suelo agricultura plan cierre "
    "socavón galería ventilación explosivo capacitación registro plazo indicador evidencia verificación queja reparación impuesto regalía"
)
_EN = (
    "water mercury gold mine community river land work safety women children health tailings cyanide plant processing cooperative "
    "contract trade traceability territory consultation agreement State right people indigenous forest soil farming plan closure "
    "adit gallery ventilation explosive training record deadline indicator evidence verification complaint remedy tax royalty"
)
_PT = (
    "água mercúrio ouro mina comunidade rio terra trabalho segurança mulheres infância saúde rejeitos cianeto planta beneficiamento "
    "cooperativa contrato comércio rastreabilidade território consulta acordo Estado direito povo indígena floresta solo agricultura "
    "plano fechamento galeria ventilação explosivo capacitação registro prazo indicador evidência verificação queixa reparação imposto"
)
WORDS = {"es": _ES.split(), "en": _EN.split(), "pt": _PT.split()}
_GIVEN_NAMES = "Rosa João Ana Luz Marco Nélida Víctor Iara Tomás Elena Pedro Marisol Andrés Lucía Raúl Inés Mateo Carmen Diego Paula"
_FAMILY_NAMES = (
    "Quispe Mamani Ribeiro Torres Lee Condori Ccoyllo Prado Thornhill Arroyo Huamán Flores Souza Castro Vargas Rojas Medina Salas Ortiz "
    "Benítez Guimarães Paredes Aguirre Núñez Cárdenas Montoya Zapata Ferreira Delgado Ibáñez"
)
_KINDS_OF_BODIES = "Cooperativa Asociación Federación Fundación Red Instituto Central Comité Empresa Universidad"
_GIVEN, _FAMILY, _KINDS = _GIVEN_NAMES.split(), _FAMILY_NAMES.split(), _KINDS_OF_BODIES.split()
POOL = 200
COUNTRIES = ("PE", "BO", "CO", "EC", "BR", "MX", "AR", "CL", "GT", "HN", "NI", "GY", "SR", "PY", "VE", "ES", "PT", "CR", "PA", "DO")


class Writer:
    """Writes names and sentences; two writers of one seed write the same."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self._kept: dict[tuple[str, int], list[str]] = {}

    def sentence(self, language: str, length: int = 18) -> str:
        """Return a sentence in which the first words of the list are the most frequent."""
        words = WORDS[language]
        chosen = [words[min(int(self.random.expovariate(0.09)), len(words) - 1)] for _ in range(length)]
        return " ".join(chosen).capitalize() + "."

    def text(self, language: str, length: int = 60) -> str:
        """Return a paragraph of about `length` words."""
        return " ".join(self.sentence(language, 15) for _ in range(max(1, length // 15)))

    def some(self, language: str, length: int) -> str:
        """Return one of two hundred paragraphs, for rows so many that writing them takes longer than storing them."""
        kept = self._kept.setdefault((language, length), [])
        if len(kept) < POOL:
            kept.append(self.text(language, length))
        return self.random.choice(kept)

    def three(self, name: str, length: int) -> dict[str, str]:
        """Return the columns of a translated field."""
        return {f"{name}_{language}": self.text(language, length) for language in WORDS}

    def person(self) -> str:
        """Return a name of three parts."""
        return f"{self.random.choice(_GIVEN)} {self.random.choice(_FAMILY)} {self.random.choice(_FAMILY)}"

    def organisation(self) -> str:
        """Return the name of a body."""
        words = self.random.sample(WORDS["es"], 2)
        return f"{self.random.choice(_KINDS)} {words[0]} y {words[1]} {self.random.choice(_FAMILY)}"

    def country(self) -> str:
        """Return a country; the first ones have most members."""
        return COUNTRIES[min(int(self.random.expovariate(0.25)), len(COUNTRIES) - 1)]
