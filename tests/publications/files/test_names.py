"""Names of files are safe on every computer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.readers.names import LENGTH, clean_name, split_name


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\Rosa\\guía.txt", "guía.txt"),
        ("gui\u0301a.txt", "guía.txt"),
        ("fac\u202etxt.exe", "factxt.txt"),
        ("a\u200bb.txt", "a b.txt"),
        ("con.txt", "documento-con.txt"),
        ("LPT1.informe.txt", "documento-LPT1.informe.txt"),
        ("  ..  ", "documento.txt"),
        ("", "documento.txt"),
        ("a\0b\r\nc.txt", "ab c.txt"),
        ('x"<>|?*.txt', "x.txt"),
        ("Ley 1.2 de minas", "Ley 1.2 de minas.txt"),
        ("HOJA.TXT", "HOJA.txt"),
        (".htaccess", "htaccess.txt"),
    ],
)
def test_a_name_is_cleaned(given, wanted):
    assert clean_name(given, "txt") == wanted


def test_another_ending_of_the_same_kind_stays():
    assert clean_name("Foto.JPEG", "jpg", known=("jpeg",)) == "Foto.jpeg"


def test_a_long_name_is_cut_before_its_ending():
    name = clean_name("á" * 300 + ".pdf", "pdf")
    assert len(name) == LENGTH
    assert name.endswith("á.pdf")


def test_what_follows_the_dot_of_a_sentence_is_no_ending():
    assert split_name("Informe No. doce") == ("Informe No. doce", "")


@given(st.text(max_size=300))
def test_no_name_is_a_path_or_empty(given):
    name = clean_name(given, "pdf")
    assert 0 < len(name) <= LENGTH
    assert not set(name) & set('/\\\0\n\r"<>|:*?')
    assert name.endswith(".pdf")
    assert not name.startswith(".")
