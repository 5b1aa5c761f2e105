"""Use is counted, and nobody is followed."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publications.actions import counting
from publications.enums import Use
from publications.models import DailyUse, UseMark
from publications.tasks import forget_visitors
from publications.views.counting import count
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat

PHONE = "Mozilla/5.0 (Android 14; Mobile) Firefox/140"


@pytest.fixture
def seen(db):
    """Somebody looks at a record."""

    def look(record, *, address="198.51.100.7", agent=PHONE, kind=Use.VIEW, user=None):
        counting.count_use(record=record, kind=kind, user=user or AnonymousUser(), address=address, agent=agent)

    return look


def today():
    return timezone.now().date()


def total():
    return sum(DailyUse.objects.values_list("count", flat=True))


def test_a_visitor_counts_once_a_day(seen):
    record = make_record()
    seen(record)
    seen(record)
    assert total() == 1


def test_another_address_agent_record_or_kind_is_another_use(seen):
    first, second = make_record(), make_record()
    seen(first)
    seen(first, address="198.51.100.8")
    seen(first, agent=PHONE + "1")
    seen(first, kind=Use.DOWNLOAD)
    seen(second)
    assert total() == 5


def test_the_day_after_a_visitor_counts_again(seen):
    record = make_record()
    for day in ("2026-03-01", "2026-03-02"):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            seen(record)
    assert DailyUse.objects.count() == 2


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8", "python-requests/2", "Slackbot-LinkExpanding", "Wget/1.2"])
def test_robots_do_not_count(seen, agent):
    seen(make_record(), agent=agent)
    assert total() == 0


def test_editors_do_not_count_and_members_do(seen, editor, miner):
    record = make_record()
    seen(record, user=editor)
    seen(record, user=miner.user)
    assert total() == 1


def test_counting_is_one_question_to_the_database(seen):
    record = make_record()
    with CaptureQueriesContext(connection) as asked:
        seen(record)
    assert [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]][1:] == []


def test_neither_address_nor_agent_is_kept(seen):
    seen(make_record())
    mark = UseMark.objects.get()
    assert len(mark.mark) == 64
    assert "198" not in str(list(UseMark.objects.values()))[: str(UseMark.objects.values()).find("mark")]


def test_without_the_salt_a_mark_tells_nothing(seen):
    record = make_record()
    seen(record)
    first = UseMark.objects.get().mark
    cache.clear()
    UseMark.objects.all().delete()
    seen(record)
    assert UseMark.objects.get().mark != first


def test_while_the_cache_is_away_nobody_is_counted(seen, monkeypatch):
    monkeypatch.setattr(counting.cache, "get", lambda key: None)
    seen(make_record())
    assert total() == 0


def test_a_database_that_refuses_breaks_no_page(seen):
    seen(make_record(), kind="x" * 50)
    assert total() == 0


def test_marks_and_salts_go_with_the_day(seen):
    record = make_record()
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        seen(record)
        assert cache.get("use:2026-03-01")
    with time_machine.travel("2026-03-02 00:10Z", tick=False):
        seen(record)
        forget_visitors()
        forget_visitors()
        assert cache.get("use:2026-03-01") is None
        assert cache.get("use:2026-03-02")
    assert list(UseMark.objects.values_list("day", flat=True)) == [date(2026, 3, 2)]
    assert total() == 2


def test_a_head_is_a_machine_s(rf, db):
    request = rf.head("/", headers={"User-Agent": PHONE})
    request.user = AnonymousUser()
    count(request, make_record(), Use.VIEW)
    assert total() == 0


def test_a_visit_from_nowhere_is_no_fault(rf, db):
    request = rf.get("/", headers={"User-Agent": PHONE}, REMOTE_ADDR="")
    request.user = AnonymousUser()
    count(request, make_record(), Use.VIEW)
    assert total() == 0


def test_counting_sets_no_cookie(client, db):
    from tests.factories.files import make_file

    file = make_file(make_record())
    response = client.get(url("publications:file_download", file.record.code, 1), headers={"User-Agent": PHONE})
    b"".join(response)
    assert total() == 1
    assert not response.cookies


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def test_editors_see_the_use_of_a_record_by_month(desk):
    record = make_record()
    DailyUse.objects.create(record=record, day=today(), kind=Use.VIEW, count=7)
    DailyUse.objects.create(record=record, day=today(), kind=Use.DOWNLOAD, count=2)
    page = desk.get(url("publications:use_record", record.code))
    assert page.context["months"]["views"] == 7
    assert page.context["months"]["rows"][0]["downloads"] == 2
    assert len(page.context["months"]["rows"]) == 12


def test_use_shows_at_once_on_the_last_evening_of_a_month(desk, editor):
    editor.time_zone = "America/Bogota"
    editor.save(update_fields=["time_zone"])
    record = make_record()
    with time_machine.travel("2027-01-01T02:00:00Z", tick=False):
        DailyUse.objects.create(record=record, day=today(), kind=Use.VIEW, count=7)
        desk.force_login(editor)
        page = desk.get(url("publications:use_record", record.code))
    assert page.context["months"]["views"] == 7


def test_editors_see_what_is_used_most(desk):
    few, many = make_record("Poco usado"), make_record("Muy usado")
    for record, number in ((few, 1), (many, 9)):
        DailyUse.objects.create(record=record, day=today(), kind=Use.DOWNLOAD, count=number)
    page = desk.get(url("publications:use_list"))
    assert [one["title"] for one in page.context["top"]] == ["Muy usado", "Poco usado"]
    assert "Muy usado" in text_of(page)


def test_use_of_long_ago_is_left_out(desk):
    DailyUse.objects.create(record=make_record(), day=date(2020, 1, 1), kind=Use.VIEW, count=7)
    assert desk.get(url("publications:use_list")).context["months"]["views"] == 0


def test_figures_of_use_cost_the_same_however_many_records(desk):
    def grow():
        for number in range(3):
            DailyUse.objects.create(record=make_record(str(number)), day=today(), kind=Use.VIEW, count=1)

    grow()
    flat(lambda: desk.get(url("publications:use_list")), grow, ceiling=16)
