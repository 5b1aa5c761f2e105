"""`python -m tests.bench`, `… process`, `… search`, `… mail`, `… events`, `… rush`."""

import argparse
import time

from tests.bench import report
from tests.bench.house import house, settle_tables, web

FEW, MANY = 5_000, 50_000  # rows of the directory
SEARCHED, OTHER_FRAMEWORKS = 80_000, 100  # for `search`: with 200 clauses each, 100,000 records
MORE_FRAMEWORKS = 10


def main() -> None:
    """Read what is asked and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures speed against a floor. Fails nothing.")
    parser.add_argument("what", nargs="?", choices=("all", "process", "search", "mail", "events", "rush"), default="all")
    parser.add_argument("--people", type=int, default=2_000, help="readers of the digest (default 2000; the goal speaks of 10000)")
    asked = parser.parse_args()
    start = time.monotonic()
    with house() as directory:
        if asked.what not in ("mail", "rush"):
            weigh = {"all": weigh_pages, "process": weigh_process, "search": weigh_search, "events": weigh_events}
            weigh[asked.what](directory)
        if asked.what in ("all", "mail"):
            from tests.bench.mailing import print_mail

            print_mail(directory, asked.people)
        if asked.what in ("all", "rush"):
            from tests.bench.enrolling import print_rush

            print_rush()
    print(f"\n{time.monotonic() - start:.0f} s. ✗ marks a goal that is missed; {report.load()}.")


def weigh_pages(directory) -> None:
    """Fill little, weigh, fill much, weigh again."""
    from tests.bench import pages, weighing
    from tests.bench.directory import fill_directory
    from tests.bench.measuring import Scales
    from tests.bench.process import print_process
    from tests.bench.searching import print_search
    from tests.bench.standing import CLAUSES

    fill("floor and directory of 5,000", lambda: (fill_floor(), fill_directory(FEW)))
    fill("frameworks and comments", lambda: fill_frameworks(MORE_FRAMEWORKS))
    fill("a round that is over", fill_closed_round)
    with web(directory) as (port, worker):
        members = list(pages.clients())
        scales = Scales(port, worker, [pages.cookie_of(client) for client in members])
        table = weighing.Table(scales, members[0])
        weighing.print_floor(scales)
        few = table.rows("Directory of 5,000 rows", pages.directory_pages())
        talk = table.rows("Frameworks of 200 clauses", pages.framework_pages())
        fill("directory of 50,000", lambda: fill_directory(MANY))
        many = table.rows("Directory of 50,000 rows", pages.directory_pages())
        weighing.print_growth(few, many, "directory, 5,000 → 50,000 rows")
        weighing.print_growth(talk[::2], talk[1::2], "comments of the round, 2,000 → 20,000")
        print_search(scales, MANY + CLAUSES * (4 + MORE_FRAMEWORKS))
        weighing.print_rest(scales)
        print_process(table)
        weighing.print_floor(scales)


def weigh_process(directory) -> None:
    """Fill a round that is over and weigh what the process makes of it."""
    from tests.bench import pages, weighing
    from tests.bench.directory import fill_directory
    from tests.bench.measuring import Scales
    from tests.bench.process import print_process

    fill("floor and directory of 5,000", lambda: (fill_floor(), fill_directory(FEW)))
    fill("a round that is over", fill_closed_round)
    with web(directory) as (port, worker):
        members = list(pages.clients())
        scales = Scales(port, worker, [pages.cookie_of(client) for client in members])
        weighing.print_floor(scales)
        print_process(weighing.Table(scales, members[0]))
        weighing.print_floor(scales)


def weigh_events(directory) -> None:
    """Fill a calendar with ten thousand events, a convention of 300 sessions and 600 registrations; weigh what grows with them."""
    from tests.bench import pages, weighing
    from tests.bench.agenda import agenda_pages, fill_agenda
    from tests.bench.directory import fill_directory
    from tests.bench.events import event_pages, fill_events
    from tests.bench.measuring import Scales

    fill("floor and directory of 5,000", lambda: (fill_floor(), fill_directory(FEW)))
    fill("10,000 events, 600 registrations", fill_events)
    fill("an agenda of 300 sessions", fill_agenda)
    with web(directory) as (port, worker):
        members = list(pages.clients())
        scales = Scales(port, worker, [pages.cookie_of(client) for client in members])
        table = weighing.Table(scales, members[0])
        weighing.print_floor(scales)
        table.rows("Calendar of 10,000 events", event_pages())
        table.rows("A convention of 300 sessions", agenda_pages())
        weighing.print_floor(scales)


def weigh_search(directory) -> None:
    """Ask for quality; fill a library of a hundred thousand records and search it; then clauses and members as many."""
    from red_mpe.portal.actions import learn_words
    from tests.bench.library import RECORDS, fill_library
    from tests.bench.measuring import Scales
    from tests.bench.searching import print_library, print_quality

    print_quality()
    fill("library of 100,000", lambda: (fill_floor(), fill_library(RECORDS)))
    fill("the words of the library", learn_words)
    with web(directory) as (port, worker):
        print_library(Scales(port, worker, []), RECORDS)
    search_directory(directory)


def search_directory(directory) -> None:
    """Fill a hundred thousand members and clauses and search them on the page that searches everything."""
    from tests.bench.directory import fill_directory
    from tests.bench.measuring import Scales
    from tests.bench.searching import print_search
    from tests.bench.standing import CLAUSES, write_framework

    fill("100,000 records", lambda: fill_directory(SEARCHED))
    fill("clauses", lambda: [write_framework(f"marco-{n}", f"M{n}", n) for n in range(OTHER_FRAMEWORKS)])
    with web(directory) as (port, worker):
        print_search(Scales(port, worker, []), SEARCHED + CLAUSES * OTHER_FRAMEWORKS)


def fill(name: str, work) -> None:
    """Fill tables in one transaction and say how long it took."""
    from django.db import transaction

    start = time.monotonic()
    with transaction.atomic():
        work()
    settle_tables()
    print(f"… {name}: {time.monotonic() - start:.0f} s", flush=True)


def fill_floor() -> None:
    """Write thirty rows for the floor."""
    from django.utils import timezone

    from tests.bench.models import Entry
    from tests.bench.words import Writer

    writer, now = Writer(), timezone.now()
    Entry.objects.bulk_create(
        Entry(
            title=writer.organisation(),
            slug=f"entry-{n}",
            author=writer.person(),
            place=writer.country(),
            body=writer.text("en", 75),
            number=n,
            is_new=n % 5 == 0,
            created_at=now,
            updated_at=now if n % 2 else timezone.now(),
        )
        for n in range(30)
    )


def fill_closed_round() -> None:
    """Write the round of 5,000 comments whose committee are the members that are weighed."""
    from tests.bench.hearing import fill_hearing
    from tests.bench.pages import readers
    from tests.bench.process import COMMENTS

    fill_hearing(list(readers()), COMMENTS)


def fill_frameworks(others: int) -> None:
    """Write the two frameworks that are weighed, and some more for the lists and the search."""
    from tests.bench.pages import GREAT, SMALL
    from tests.bench.standing import Talk, open_round, write_framework

    for n in range(others):
        write_framework(f"marco-{n}", f"M{n}", n)
    for slug, days, comments in ((SMALL, 20, 2_000), (GREAT, 30, 20_000)):
        Talk(open_round(write_framework(slug, slug.upper(), 99), days), comments).fill()


if __name__ == "__main__":
    main()
