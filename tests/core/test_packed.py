"""Pages put together from their own bytes and a piece that was compressed before."""

import gzip

import pytest
from django.http import HttpResponse

from red_mpe.core.packed import gzipped, holding, pack, unpack
from red_mpe.core.text import trusted

PIECE = trusted("<p>Mercurio fuera del río.</p>" * 300)


def page_of(piece, before="<h1>Á</h1>", after="<footer>fin</footer>"):
    return f"{before}{piece}{after}".encode()


@pytest.mark.parametrize("place", [("", ""), ("<h1>Á</h1>", ""), ("", "ñ"), ("a" * 100_000, "b" * 100_000)])
def test_a_page_is_itself_again_wherever_the_piece_stands(place):
    page = page_of(PIECE, *place)
    assert gzip.decompress(gzipped(page, pack(PIECE))) == page


def test_a_piece_is_not_compressed_again():
    piece = pack(PIECE)
    assert piece.deflated in gzipped(page_of(PIECE), piece)


@pytest.mark.parametrize("page", [b"", b"<p>other</p>", page_of(PIECE[:-1]), page_of(PIECE.upper())])
def test_a_page_without_its_piece_is_compressed_whole(page):
    piece = pack(PIECE)
    assert gzip.decompress(gzipped(page, piece)) == page
    assert piece.deflated not in gzipped(page, piece)


def test_a_page_that_only_begins_like_the_piece_is_compressed_whole():
    page = page_of(PIECE[:200], after="otherwise")
    assert gzip.decompress(gzipped(page, pack(PIECE))) == page


def test_a_page_without_pieces_is_compressed_under_a_name():
    assert gzip.decompress(gzipped(b"words", name="ab12")) == b"words"
    assert gzipped(b"words", name="ab12")[10:15] == b"ab12\0"


def test_an_empty_piece_is_harmless():
    assert gzip.decompress(gzipped(b"page", pack(trusted("")))) == b"page"


def test_a_piece_is_safe_html_before_and_after_the_cache():
    piece = unpack(pack(PIECE).parts())
    assert piece == PIECE
    assert piece.__html__() == PIECE
    assert piece.parts() == pack(PIECE).parts()


def test_a_page_says_which_piece_it_holds():
    piece, response = pack(PIECE), HttpResponse()
    assert holding(response, piece) is response
    assert response.packed is piece
