"""Handing out files: every byte, whole or in part, to whom it is allowed at this very moment, never to run."""

import io

import pytest

from publications.actions import storing
from publications.enums import Access, Licence, RecordState, RequestState
from publications.models import AccessRequest, DailyUse, File, Record, RemovedFile
from publications.readers.kinds import KINDS
from red_mpe.core.models import AuditEntry
from tests.conftest import make_user
from tests.factories.files import PLAIN, make_file, one_of_each
from tests.factories.publications import make_record
from tests.support.pages import text_of, url

BROWSER = "Mozilla/5.0 (Android 14; Mobile) Firefox/140"


def body(response):
    return response.body


@pytest.fixture
def out(db):
    """A file that everybody may have."""
    return make_file(make_record(), PLAIN)


@pytest.fixture
def take(client):
    """Ask for a file and read it to its end, which lets go of the store; `whole=False` leaves that to the test."""

    def ask(file, name="file_download", verb="get", whole=True, **how):
        path = url(f"publications:{name}", file.record.code, file.number)
        response = getattr(client, verb)(path, headers={"User-Agent": BROWSER, **how})
        response.body = b"".join(response) if whole else None
        return response

    return ask


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_comes_back_bit_by_bit(take, db, code):
    data = one_of_each()[code]
    response = take(make_file(make_record(), data, media_type=KINDS[code].media_type, name=f"obra.{code}"))
    assert body(response) == data
    assert response["Content-Length"] == str(len(data))


@pytest.mark.parametrize("code", ["html", "pdf", "txt", "png", "zip"])
def test_nothing_opens_in_the_page_s_own_place(take, db, code):
    response = take(make_file(make_record(), media_type=KINDS[code].media_type, name=f"obra.{code}"))
    assert response["Content-Disposition"] == f'attachment; filename="obra.{code}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_name_of_our_languages_reaches_the_reader_s_computer(take, db):
    response = take(make_file(make_record(), name="guía de minería.pdf"))
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''gu%C3%ADa%20de%20miner%C3%ADa.pdf"


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, PLAIN[:4], f"bytes 0-3/{len(PLAIN)}"),
        ("bytes=5-", 206, PLAIN[5:], f"bytes 5-{len(PLAIN) - 1}/{len(PLAIN)}"),
        ("bytes=-4", 206, PLAIN[-4:], f"bytes {len(PLAIN) - 4}-{len(PLAIN) - 1}/{len(PLAIN)}"),
        ("bytes=2-9999", 206, PLAIN[2:], f"bytes 2-{len(PLAIN) - 1}/{len(PLAIN)}"),
        ("bytes=-9999", 206, PLAIN, f"bytes 0-{len(PLAIN) - 1}/{len(PLAIN)}"),
        ("bytes=9999-", 416, b"", f"bytes */{len(PLAIN)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(PLAIN)}"),
        ("bytes=5-2", 416, b"", f"bytes */{len(PLAIN)}"),
        ("bytes=0-1,4-5", 200, PLAIN, None),
        ("bytes=-", 200, PLAIN, None),
        ("lines=0-1", 200, PLAIN, None),
    ],
)
def test_a_part_is_handed_out(take, out, asked, status, part, told):
    response = take(out, Range=asked)
    assert (response.status_code, body(response), response.get("Content-Range")) == (status, part, told)


def test_a_part_of_another_edition_is_the_whole(take, out):
    assert take(out, Range="bytes=0-3", **{"If-Range": '"another"'}).status_code == 200
    assert take(out, Range="bytes=0-3", **{"If-Range": f'"{out.sha256}"'}).status_code == 206


def test_who_has_it_already_is_told_so(take, out):
    first = take(out)
    assert first["ETag"] == f'"{out.sha256}"'
    again = take(out, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, body(again)) == (304, b"")


def test_to_look_is_not_to_take(take, out):
    response = take(out, verb="head")
    assert (response.status_code, response["Content-Length"], response.content) == (200, str(len(PLAIN)), b"")
    assert not DailyUse.objects.exists()


def test_a_file_is_never_compressed_on_its_way(take, db):
    file = make_file(make_record(), b"a" * 5000)
    response = take(file, **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response
    assert response["Content-Length"] == "5000"


def test_a_large_file_comes_in_pieces(take, db):
    response = take(make_file(make_record(), b"ab" * 100_000), whole=False)
    assert response.streaming
    assert max(len(piece) for piece in response) <= storing.CHUNK


def test_the_store_is_let_go_when_the_reader_hangs_up(take, out):
    response = take(out, whole=False)
    source = response._resource_closers[0].__self__._source
    response.close()
    assert source.closed


def test_the_right_is_asked_for_at_the_moment_of_the_download(take, out):
    assert take(out).status_code == 200
    Record.objects.filter(pk=out.record.pk).update(access=Access.MEMBERS)
    assert take(out).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"licence": Licence.RESERVED}, {"state": RecordState.EMBARGOED}, {"state": RecordState.WITHDRAWN}], ids=str
)
def test_a_file_that_is_closed_is_refused(take, db, fields):
    assert take(make_file(make_record(**fields))).status_code == 403


@pytest.mark.parametrize("state", ["waiting", "infected"])
def test_nobody_gets_what_may_be_malicious(take, client, out, state, editor):
    File.objects.filter(pk=out.pk).update(scan_state=state)
    client.force_login(editor)
    assert take(out).status_code == 403
    client.force_login(make_user("todo@example.org", is_staff=True, is_superuser=True))
    assert take(out).status_code == 403


def test_a_stranger_is_asked_to_log_in_where_that_may_help(take, db):
    response = take(make_file(make_record(access=Access.REQUEST)))
    assert (response.status_code, "next=" in response["Location"]) == (302, True)


def test_a_file_on_request_is_handed_out_to_who_was_granted_it_and_noted(take, client, db, miner):
    file = make_file(make_record(access=Access.REQUEST))
    client.force_login(miner.user)
    assert take(file).status_code == 403
    AccessRequest.objects.create(record=file.record, user=miner.user, reason="x", state=RequestState.GRANTED, until="2099-01-01")
    assert body(take(file)) == PLAIN
    entry = AuditEntry.objects.get(verb="publications.file_downloaded")
    assert (entry.actor, entry.target, entry.data) == (miner.user, file.record, {"file": 1})


def test_a_download_of_an_open_file_is_nobody_s_business(take, out):
    take(out)
    assert not AuditEntry.objects.filter(verb="publications.file_downloaded").exists()


def test_what_was_made_for_somebody_is_never_stored(take, client, out, miner):
    client.force_login(miner.user)
    assert "no-store" in take(out)["Cache-Control"]


def test_what_is_public_is_asked_for_again_each_time(take, out):
    assert take(out)["Cache-Control"] == "no-cache"


def test_an_earlier_version_keeps_its_address(take, out):
    make_file(out.record, b"Dos.\n", replaces=out, version=2)
    assert body(take(out)) == PLAIN


def test_the_light_copy_has_a_name_of_its_own(take, out):
    response = take(out, "file_light")
    assert body(response) == b"Hoja liviana."
    assert 'filename="hoja-light.txt"' in response["Content-Disposition"]


def test_a_light_copy_goes_with_the_licence(take, out):
    Record.objects.filter(pk=out.record.pk).update(licence=Licence.PERMITTED)
    assert take(out, "file_light").status_code == 404
    assert take(out).status_code == 200


def test_the_thumbnail_stands_in_a_page(take, out):
    response = take(out, "file_thumbnail")
    assert response["Content-Type"] == "image/webp"
    assert "attachment" not in response["Content-Disposition"]
    assert body(response)[8:12] == b"WEBP"


def test_a_file_without_a_thumbnail_has_none(take, db):
    file = make_file(make_record(), thumbnail="", light_name="")
    assert take(file, "file_thumbnail").status_code == 404
    assert take(file, "file_light").status_code == 404


def test_a_removed_file_tells_why_it_went(take, out):
    RemovedFile.objects.create(record=out.record, number=1, reason="Había nombres de personas.")
    out.delete()
    response = take(out)
    assert response.status_code == 410
    assert "Había nombres de personas." in text_of(response)


def test_a_removed_file_of_a_record_for_others_is_not_found(take, out):
    RemovedFile.objects.create(record=out.record, number=1)
    Record.objects.filter(pk=out.record.pk).update(access=Access.MEMBERS)
    out.delete()
    assert take(out).status_code == 404


def test_a_file_that_never_was_is_not_found(take, out):
    out.number = 9
    assert take(out).status_code == 404


def test_a_store_that_is_away_is_told_without_its_insides(take, out, shelf):
    shelf.rename(shelf.with_name("away"))
    response = take(out)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert str(shelf) not in response.content.decode()
    assert out.sha256 not in response.content.decode()
    assert not DailyUse.objects.exists()


def test_a_proxy_that_reads_the_store_itself_is_told_where(take, out, settings):
    settings.LIBRARY_ACCEL = "/library-files/"
    response = take(out)
    assert response["X-Accel-Redirect"] == f"/library-files/{storing.name_of(out.sha256)}"
    assert response["Content-Disposition"].startswith("attachment")
    assert response.content == b""


def test_a_download_is_counted_once_a_day_parts_or_not(take, out):
    take(out)
    take(out, Range="bytes=0-3")
    take(out, Range="bytes=4-")
    assert DailyUse.objects.get().count == 1


def test_a_bucket_sends_only_the_part_that_was_asked_for(settings):
    from botocore.response import StreamingBody
    from botocore.stub import Stubber
    from django.core.files.storage import storages

    from tests.publications.files.test_storing import BUCKET

    settings.STORAGES = {**settings.STORAGES, "library": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": BUCKET}}
    sent = {"Body": StreamingBody(io.BytesIO(b"cd"), 2)}
    with Stubber(storages["library"].connection.meta.client) as stub:
        stub.add_response("get_object", sent, {"Bucket": "red", "Key": "library/aa/bb/x", "Range": "bytes=2-3"})
        assert storing.open_part("aa/bb/x", 2, 2).read() == b"cd"
