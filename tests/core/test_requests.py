"""Where a form leads, what a list shows, how often somebody may."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from red_mpe.core.http import render_part, safe_next, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.listing import page_of, query_without


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/x",
        "///evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "evil",
        "",
        "\n//x",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_safe_next_never_leads_to_another_host(ask, wanted, method):
    assert safe_next(ask(data={"next": wanted}, method=method), "/es/") == "/es/"


def test_safe_next_leads_to_a_path_of_ours(ask):
    assert safe_next(ask(data={"next": "/es/marcos/?a=1"}), "/es/") == "/es/marcos/?a=1"


def test_see_other_is_303():
    response = see_other("/es/")
    assert (response.status_code, response["Location"]) == (303, "/es/")


def test_render_part_gives_the_page_or_its_part(ask, monkeypatch):
    asked = []
    monkeypatch.setattr("red_mpe.core.http.render", lambda request, name, context, status: asked.append((name, status)) or HttpResponse())
    for htmx in (None, SimpleNamespace(boosted=True), SimpleNamespace(boosted=False)):
        request = ask()
        request.htmx = htmx
        assert "HX-Request" in render_part(request, "a.html", {}, "b", status=422)["Vary"]
    assert asked == [("a.html", 422), ("a.html", 422), ("a.html#b", 422)]


@pytest.mark.parametrize(("wanted", "number"), [("2", 2), ("99", 3), ("0", 3), ("x", 1), ("", 1)])
def test_page_of_gives_the_nearest_page(ask, wanted, number):
    assert page_of(ask(data={"page": wanted}), list(range(45))).number == number


def test_query_without_keeps_the_rest(ask):
    assert query_without(ask(data={"q": "a b", "page": "2", "in": "x"}), "page", "gone") == "q=a+b&in=x"


def test_limit_counts_each_account_apart(ask):
    first, second = (SimpleNamespace(pk=pk, is_authenticated=True) for pk in (1, 2))
    for _ in range(3):
        refuse_too_many(ask(user=first), "send", 3, 60)
    with pytest.raises(TooMany):
        refuse_too_many(ask(user=first), "send", 3, 60)
    refuse_too_many(ask(user=second), "send", 3, 60)
    refuse_too_many(ask(user=first), "other", 3, 60)


def test_limit_counts_visitors_by_address(ask):
    refuse_too_many(ask(REMOTE_ADDR="192.0.2.1"), "send", 1, 60)
    refuse_too_many(ask(REMOTE_ADDR="192.0.2.2"), "send", 1, 60)
    with pytest.raises(TooMany):
        refuse_too_many(ask(REMOTE_ADDR="192.0.2.1"), "send", 1, 60)


def test_limit_that_ends_between_two_looks_lets_in(ask, monkeypatch):
    refuse_too_many(ask(), "send", 1, 60)
    monkeypatch.setattr(cache, "add", lambda *args: not cache.clear())
    refuse_too_many(ask(), "send", 1, 60)
