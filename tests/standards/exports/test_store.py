import pytest

from standards.exports.store import fingerprint, kept, size_kept

SHA = "a" * 64


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


class Maker:
    """Counts how often it was asked."""

    def __init__(self):
        self.times = 0

    def __call__(self, plain):
        self.times += 1
        return str(plain).encode()


def put(plain, make, *, sha256=SHA, edition=1, name="es.md"):
    return kept(plain, sha256=sha256, name=name, edition=edition, make=make)


def test_frozen_file_is_made_once():
    make = Maker()
    assert put({"a": 1}, make) == put({"a": 1}, make)
    assert make.times == 1


def test_draft_is_made_each_time_and_never_kept(tmp_path):
    make = Maker()
    put({"a": 1}, make, sha256="")
    put({"a": 1}, make, sha256="")
    assert make.times == 2
    assert list(tmp_path.rglob("*.md")) == []


def test_other_words_beside_the_text_make_it_anew():
    make = Maker()
    assert put({"title": "a"}, make) != put({"title": "b"}, make)
    assert make.times == 2


def test_another_edition_of_the_writer_makes_it_anew():
    make = Maker()
    put({"a": 1}, make)
    put({"a": 1}, make, edition=2)
    assert make.times == 2


def test_old_file_goes_when_a_new_one_comes(tmp_path):
    put({"a": 1}, Maker())
    put({"a": 2}, Maker())
    put({"a": 2}, Maker(), name="en.md")
    assert len(list(tmp_path.rglob("*.md"))) == 2


def test_size_is_known_once_it_is_kept():
    assert size_kept(sha256=SHA, name="es.md") is None
    put("four", Maker())
    assert size_kept(sha256=SHA, name="es.md") == 4


def test_size_of_a_draft_is_never_known():
    assert size_kept(sha256="", name="es.md") is None


def test_nothing_half_written_is_left(tmp_path):
    put("x", Maker())
    assert [path.name for path in tmp_path.rglob(".*")] == []


def test_failing_writer_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        put("x", lambda plain: 1 / 0)
    assert list(tmp_path.rglob("*.md")) == []


def test_fingerprint_does_not_hang_on_order():
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1}) != fingerprint({"a": 2, "b": 1})
