import pytest

from standards.readers.labels import automatic_label, typed_label


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("2.3.1 Texto", "2.3.1", "Texto"),
        ("2.3.1. Texto", "2.3.1", "Texto"),
        ("**2.3.1** debe", "2.3.1", "debe"),
        ("**2.3.1 Título.** Texto", "2.3.1", "**Título.** Texto"),
        ("**2.3.1.** Texto", "2.3.1", "Texto"),
        ("Principio 2: Trabajo", "2", "Trabajo"),
        ("PRINCÍPIO 2 – Trabalho", "2", "Trabalho"),
        ("Requisito 2.3.1 La operación", "2.3.1", "La operación"),
        ("R1. Texto", "R1", "Texto"),
        ("Anexo A", "A", ""),
        ("Anexo 1. Formatos", "A-1", "Formatos"),
        ("Annex II: Forms", "A-II", "Forms"),
        ("Parte II. Reglas", "P-II", "Reglas"),
        ("Sección 2.1 Reglas", "2.1", "Reglas"),
        ("Artículo 5. Objeto", "5", "Objeto"),
        ("A.1 Formato", "A.1", "Formato"),
        ("1\\. Objeto", "1", "Objeto"),
        ("a) impuestos", "a", "impuestos"),
        ("(b) regalías", "b", "regalías"),
        ("2.3.a Texto", "2.3.a", "Texto"),
    ],
)
def test_typed_label_is_found(text, label, rest):
    typed = typed_label(text)
    assert (typed.label.label, typed.rest) == (label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Texto sin número",
        "10.000 Personas",
        "2.5% de ley",
        "Consejo 2",
        "(1 sin cerrar",
        "a la mina",
        "Y también",
        "principio a seguir",
        "",
    ],
)
def test_typed_label_refuses_what_is_none(text):
    assert typed_label(text) is None


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("2.3.1 La operación", True),
        ("2.5 toneladas de oro", False),
        ("2.5. toneladas", True),
        ("Artículo 5 de la ley", False),
        ("Anexo A", True),
        ("1. Texto", False),
        ("R1. Texto", True),
        ("R1 Texto", False),
        ("a) texto", False),
        ("1.5 % de humedad", False),
        ("2.3.1 ¿Quién responde?", True),
        ("3.1 2 personas", False),
    ],
)
def test_typed_label_is_certain_only_when_it_stands_alone(text, certain):
    assert typed_label(text).certain is certain


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Principio 1. X", "principle"),
        ("Criterion 1.1 X", "criterion"),
        ("Requisito 1 X", "requirement"),
        ("Artigo 3. X", "requirement"),
        ("Capítulo I. X", "part"),
        ("Apéndice B. X", "annex"),
        ("Definición 3. X", "definition"),
        ("1.1 X", ""),
        ("P1. X", "principle"),
    ],
)
def test_word_before_a_number_tells_the_level(text, level):
    assert typed_label(text).label.level == level


@pytest.mark.parametrize(
    ("printed", "label", "relative"),
    [
        ("Artículo 5.", "5", False),
        ("2.3.1", "2.3.1", False),
        ("(a)", "a", True),
        ("§ 3", "3", False),
        ("Regla 12.4.", "12.4", False),
        ("Uno", "Uno", False),
        ("C-5", "C-5", False),
        ("R1.", "R1", False),
        ("–", "–", False),
        ("I", "I", False),
    ],
)
def test_automatic_label_needs_no_proof(printed, label, relative):
    read = automatic_label(printed, printed)
    assert (read.label, read.relative, read.printed) == (label, relative, printed)
