"""A store of its own for each test, and small files of every kind."""

import pytest

from publications.actions.files import add_file
from tests.factories.files import PLAIN, upload
from tests.factories.publications import make_record


@pytest.fixture(autouse=True)
def shelf(tmp_path, settings):
    """An empty store, which goes with the test."""
    options = {**settings.STORAGES["library"]["OPTIONS"], "location": tmp_path / "library"}
    settings.STORAGES = {**settings.STORAGES, "library": {**settings.STORAGES["library"], "OPTIONS": options}}
    return tmp_path / "library"


@pytest.fixture
def record(db, miner):
    """A record in the hands of Rosa, who proposed it."""
    return make_record(state="draft", proposed_by=miner.user)


@pytest.fixture
def put(record, miner):
    """Add a file as Rosa does."""

    def add(data=PLAIN, name="hoja.txt", **fields):
        return add_file(**{"record": record, "actor": miner.user, "upload": upload(data, name), **fields})

    return add


@pytest.fixture
def kept(shelf):
    """The names of what lies in the store."""
    return lambda: sorted(path.name for path in shelf.rglob("*") if path.is_file())
