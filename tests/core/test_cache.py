"""While Redis is away the cache answers as if empty, and nobody is locked out."""

import pytest
from django.core.cache import cache

from red_mpe.cache import ForgivingRedisCache

CALLS = [
    (lambda c: c.get("a", "default"), "default"),
    (lambda c: c.add("a", 1), True),
    (lambda c: c.set("a", 1), None),
    (lambda c: c.delete("a"), False),
    (lambda c: c.get_many(["a"]), {}),
    (lambda c: c.set_many({"a": 1}), []),
    (lambda c: c.incr("a", 3), 3),
    (lambda c: c.has_key("a"), False),
]


@pytest.fixture
def away():
    """A cache whose Redis listens nowhere."""
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {})


@pytest.mark.parametrize(("call", "answer"), CALLS)
def test_a_cache_that_is_away_answers_as_if_empty(away, call, answer):
    assert call(away) == answer


def test_a_cache_that_is_there_keeps_what_it_gets():
    cache.set("a", 1)
    cache.set_many({"b": 2})
    assert cache.get_many(["a", "b"]) == {"a": 1, "b": 2}
    assert (cache.add("a", 5), cache.incr("a"), cache.has_key("a"), cache.get("a")) == (False, 2, True, 2)
    assert (cache.delete("a"), cache.get("a", "gone")) == (True, "gone")
