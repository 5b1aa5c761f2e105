"""The pages that are weighed, and their goals."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from members.models import User
from tests.bench.house import HOST

PAGE, FRAMEWORK, GROWN_FRAMEWORK, CLAUSE, LIST = 2.0, 2.5, 3.0, 3.0, 4.0  # CPU ÷ floor
SIGNED_IN = 0.7  # more than anonymous
QUERIES = (12, 16)  # anonymous, signed in
READERS = 12  # accounts that take turns: each has a daily budget of people's pages
P95 = 150.0  # ms, of lists
SMALL, GREAT = "agua", "oro"  # the frameworks of 2,000 and of 20,000 comments


@dataclass(frozen=True)
class Page:
    """A page with what it may cost an anonymous reader, 0 where only its time counts; pages of one `group` are compared."""

    name: str
    path: str
    goal: float
    group: str = ""
    p95: float = 0.0


def directory_pages() -> list[Page]:
    """The pages that grow with the directory."""
    with translation.override("es"):
        organisations, people = reverse("members:directory"), reverse("members:people")
        search, home = reverse("portal:search"), reverse("portal:home")
        person = reverse("members:person_detail", args=["person-0"])
    return [
        Page("home", home, PAGE, "home"),
        Page("a person", person, PAGE, "person"),
        Page("organisations, all facets", organisations, LIST, "organisations", P95),
        Page("organisations, three facets and a name", f"{organisations}?name=agua&chamber=PRO&country=PE&country=BO", LIST, "asked", P95),
        Page("people, all facets", people, LIST, "people", P95),
        Page("people, a country and a name", f"{people}?name=mar&country=PE", LIST, "people asked", P95),
        Page("search, a frequent word", f"{search}?q=agua", 0, "search"),
    ]


def framework_pages() -> list[Page]:
    """The pages that grow with the comments of a round."""
    with translation.override("es"):
        places = [(many, slug, goal) for many, slug, goal in (("2,000", SMALL, FRAMEWORK), ("20,000", GREAT, GROWN_FRAMEWORK))]
        frameworks = [
            Page(f"framework, {many} comments", reverse("standards:framework_detail", args=[slug]), goal, "framework")
            for many, slug, goal in places
        ]
        clauses = [
            Page(f"clause with 50 of {many}", reverse("standards:clause_detail", args=[slug, "0.2", "1.1.1"]), CLAUSE, "clause")
            for many, slug, _goal in places
        ]
    return [*frameworks, *clauses]


def readers() -> Iterator[User]:
    """Members whose pages are weighed; they are the committee of the round that is over."""
    yield from User.objects.filter(person__state="member").select_related("person").order_by("pk")[100 : 100 + READERS]


def clients() -> Iterator[Client]:
    """Browsers of members who are signed in."""
    for user in readers():
        client = Client(headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        client.force_login(user)
        yield client


def cookie_of(client: Client) -> str:
    """Return what a signed-in browser sends along."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def queries(client: Client, page: Page) -> int:
    """Return how many queries a page makes when it is not the first of its kind."""
    client.get(page.path, secure=True)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page.path, secure=True)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.path} answered {answer.status_code}")
    return len(captured)
