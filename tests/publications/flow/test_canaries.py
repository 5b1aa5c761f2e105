"""What is between contributor and editors, and between asker and editors, is on no page for anybody else."""

import pytest
from django.urls import reverse

from publications.actions import access, deciding, proposing
from publications.enums import Access
from tests.conftest import make_person
from tests.factories.library_flow import accepted, make_draft

SECRETS = ("zqnota", "zqmensaje", "zqmotivo", "zqrespuesta", "zq-persona", "Zq Persona", "zq-pregunta")
PAGES = (
    ("record_detail", True),
    ("library", False),
    ("record_edit", True),
    ("record_desk", True),
    ("access_ask", True),
    ("my_records", False),
)


@pytest.fixture
def record(editor):
    """A record on request that went back and forth before it was published, and whose files somebody asked for."""
    brought = make_person("zq-persona")
    draft = make_draft(brought, access=Access.REQUEST)
    proposing.propose_record(record=draft, actor=brought.user, message="zqmensaje")
    deciding.return_record(record=draft, actor=editor, question="zqnota")
    proposing.propose_record(record=draft, actor=brought.user, message="zqmensaje dos")
    deciding.accept_and_publish_record(record=draft, actor=editor)
    asked = access.ask_access(record=draft, actor=make_person("zq-pregunta").user, reason="zqmotivo")
    access.refuse_access(request=asked, actor=editor, answer="zqrespuesta")
    return draft


@pytest.mark.parametrize("name", ["anonymous", "account", "member", "officer"])
def test_nobody_else_reads_it(client, record, readers, name):
    if name != "anonymous":
        client.force_login(readers[name])
    for page, coded in PAGES:
        answer = client.get(reverse(f"publications:{page}", args=[record.code] if coded else []))
        assert not [secret for secret in SECRETS if secret in answer.content.decode()], page


def test_the_editors_read_it(client, record, editor):
    client.force_login(editor)
    page = client.get(reverse("publications:record_desk", args=[record.code])).content.decode()
    assert "zqnota" in page
    assert "zqmensaje dos" in page
    assert "Zq Persona" in page


def test_the_audit_holds_no_words(record):
    from red_mpe.core.models import AuditEntry

    assert not [entry.verb for entry in AuditEntry.objects.all() if "zq" in str(entry.data)]


def test_a_member_never_meets_what_is_not_out(client, miner, neighbour, editor):
    record = accepted(miner, editor)
    client.force_login(neighbour.user)
    for page in ("record_detail", "record_edit", "record_send", "record_desk", "access_ask"):
        assert client.get(reverse(f"publications:{page}", args=[record.code])).status_code == 404
