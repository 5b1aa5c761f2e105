"""Two who begin, close or write a version at the same moment, on real connections."""

from datetime import date

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.answers import save_template, template_words
from standards.actions.changelog import change_words, edit_change, write_change_log
from standards.actions.overwriting import OverwrittenError, mark_of
from standards.actions.planning import change_round, round_words
from standards.actions.rounds import plan_round
from standards.actions.stages import balance_words, explain_balance
from standards.actions.texts import freeze_version, save_clause_text, text_hash
from standards.actions.versions import begin_next_version, close_draft, summarise_version, summary_words
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


def overwritten(*acts):
    """How many of those who act at once are told that somebody was faster; everybody has seen the same words."""
    return sum(isinstance(result, OverwrittenError) for result in together(*acts))


def test_of_two_who_explain_one_line_at_once_one_is_told(draft):
    actor, new = scribe(), follow(draft)
    make_clause(new, "2.1", text_es="Nueva.")
    write_change_log(new)
    line = VersionChange.objects.select_related("version__framework").get()
    given = {"change": line, "kind": "new", "seen": mark_of(change_words(line))}
    assert overwritten(*[lambda words=words: edit_change(actor=actor, summary_es=words, **given) for words in "ab"]) == 1


def test_of_two_who_sum_up_a_version_at_once_one_is_told(draft):
    actor, seen = scribe(), mark_of(summary_words(draft))
    acts = [lambda words=words: summarise_version(actor=actor, version=draft, change_summary_es=words, seen=seen) for words in "ab"]
    assert overwritten(*acts) == 1


def test_of_two_who_explain_the_balance_at_once_one_is_told(draft):
    actor, seen = scribe(), mark_of(balance_words(draft.framework))
    acts = [lambda why=why: explain_balance(actor=actor, framework=draft.framework, words={"es": why}, seen=seen) for why in "ab"]
    assert overwritten(*acts) == 1


def test_of_two_who_change_a_template_at_once_one_is_told(draft):
    actor, said = scribe(), {"framework": draft.framework, "reasons": {"es": "Sí."}}
    said["template"] = save_template(actor=actor, titles={"es": "Plazos"}, **said)
    said["seen"] = mark_of(template_words(said["template"]))
    assert overwritten(*[lambda title=title: save_template(actor=actor, titles={"es": title}, **said) for title in "ab"]) == 1


def test_of_two_who_change_a_round_at_once_one_is_told(draft):
    actor, days = scribe(), {"opens_on": date(2026, 5, 1), "closes_on": date(2026, 6, 29)}
    consultation = plan_round(actor=actor, version=draft, **days)
    given = {"consultation": consultation, "targets": {}, "minimums": {}, "seen": mark_of(round_words(consultation)), **days}
    assert overwritten(*[lambda why=why: change_round(actor=actor, question={"es": why}, **given) for why in "ab"]) == 1
