"""Two who begin, close or write a version at the same moment, on real connections."""

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.changelog import write_change_log
from standards.actions.texts import freeze_version, save_clause_text, text_hash
from standards.actions.versions import begin_next_version, close_draft
from standards.models import ClauseText, Version, VersionChange
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.together import together
from tests.support.versions import follow, scribe

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def draft(db):
    version = make_version(make_framework("marco", code="MPE", stage="drafting"), "0.1")
    make_clause(version, "1.1", text_es="El agua.")
    return version


def beginning(user, draft):
    return lambda: begin_next_version(actor=user, framework=draft.framework, kind="working")


def closing(user, draft):
    return lambda: close_draft(actor=user, version=draft)


def test_two_who_begin_at_once_get_one_version(draft):
    freeze_version(version=draft, actor=None)
    results = together(*[beginning(scribe(), draft) for _ in range(3)])
    assert [type(result) for result in results if not isinstance(result, Version)] == [DomainError, DomainError]
    assert list(Version.objects.order_by("number").values_list("number", flat=True)) == ["0.1", "0.2"]
    assert ClauseText.objects.filter(version__number="0.2").count() == 1


def test_two_who_close_at_once_close_once(draft):
    hashes = {version.sha256 for version in together(*[closing(scribe(), draft) for _ in range(3)])}
    assert hashes == {text_hash(draft)}
    assert AuditEntry.objects.filter(verb="standards.version_frozen").count() == 1


def test_what_is_saved_while_closing_is_in_the_hash_or_refused(draft):
    writer, closer = scribe(), scribe()

    def save():
        text = ClauseText.objects.get()
        text.text_es = "El agua limpia."
        return save_clause_text(actor=writer, text=text)

    saved, closed = together(save, lambda: close_draft(actor=closer, version=Version.objects.get()))
    assert Version.objects.get().sha256 == text_hash(draft) == closed.sha256
    assert isinstance(saved, ClauseText | DomainError)


def test_a_log_written_twice_at_once_has_each_line_once(draft):
    new = follow(draft)
    make_clause(new, "2.1", text_es="Nueva.")
    assert together(*[lambda: write_change_log(Version.objects.get(pk=new.pk)) for _ in range(3)]) == [1, 1, 1]
    assert VersionChange.objects.count() == 1
