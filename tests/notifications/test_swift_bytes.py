"""The bytes of a mail are compressed the swift way where the server knows it, and come back as they were."""

import pytest
from django.db import connection

from red_mpe.notifications.mailing.message import envelope, sanitized
from red_mpe.notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


def ask(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return row and row[0]


def test_new_bytes_are_compressed_by_lz4_where_the_server_has_it():
    has = ask("SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'")
    chosen = ask("SELECT attcompression FROM pg_attribute WHERE attname = 'message' AND attrelid = 'notifications_outgoingmail'::regclass")
    assert chosen == ("l" if has else "")


def test_bytes_come_back_as_they_were_frozen():
    raw = bytes(range(256)) * 100
    mail = OutgoingMail.objects.create(kind="tests", message_id="<1@x>", message=raw)
    assert bytes(OutgoingMail.objects.get(pk=mail.pk).message) == raw


def test_envelope_reads_the_head_only():
    raw = b"From: Red <red@a.example>\r\nTo: Rosa <rosa@b.example>\r\n\r\nTo: other@c.example\r\n"
    assert envelope(raw) == ("red@a.example", ["rosa@b.example"])


@pytest.mark.parametrize(("address", "written"), [("rosa@b.example", "rosa@b.example"), ("rosa@río.example", "rosa@xn--ro-nja.example")])
def test_addresses_are_written_as_relays_take_them(address, written):
    assert sanitized(address) == written
