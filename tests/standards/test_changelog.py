"""The change log: the system writes, people put right, freezing fixes."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.changelog import edit_change, kinds_of, write_change_log
from standards.actions.drafting import rewrite_clause
from standards.actions.texts import freeze_version
from standards.enums import ChangeKind
from standards.models import ClauseText, VersionChange
from tests.support.frameworks import make_clause
from tests.support.queries import count_queries
from tests.support.versions import follow


@pytest.fixture
def new(version, clause):
    make_clause(version, "2.4", text_es="El oro se pesa.")
    return follow(version, "0.3")


def write(version, called, /, **words):
    ClauseText.objects.filter(version=version, label=called).update(**words)
    return write_change_log(version)


def line(version):
    return VersionChange.objects.get(version=version)


def test_the_log_has_a_line_for_each_change(new):
    assert write_change_log(new) == 0
    assert write(new, "2.4", text_es="Nadie pesa el oro.") == 1
    assert (line(new).found, line(new).kind, line(new).new_label) == ("substantive", "substantive", "2.4")


def test_a_line_goes_with_its_change(new):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    assert write(new, "2.4", text_es="El oro se pesa.") == 0
    assert not VersionChange.objects.exists()


def test_a_line_follows_its_change(new):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    write(new, "2.4", text_es="El oro, se pesa.", label="3.1")
    assert (line(new).kind, line(new).moved, line(new).old_label, line(new).new_label) == ("editorial", True, "2.4", "3.1")


def test_what_people_said_survives_the_next_writing(new, secretary):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    edit_change(actor=secretary, change=line(new), kind="editorial", summary_es="Más claro.", summary_en=" Clearer. ")
    write(new, "2.4", text_es="Nadie pesa aquí el oro.", label="3.1")
    kept = line(new)
    assert (kept.kind, kept.found, kept.summary_es, kept.summary_en, kept.edited_by) == (
        "editorial",
        "substantive",
        "Más claro.",
        "Clearer.",
        secretary,
    )
    assert kept.moved


def test_a_retired_clause_is_retired_whatever_was_said_before(new, secretary):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    edit_change(actor=secretary, change=line(new), kind="editorial")
    ClauseText.objects.get(version=new, label="2.4").delete()
    write_change_log(new)
    assert (line(new).kind, line(new).found) == ("retired", "retired")


def test_writing_twice_changes_nothing(new):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    before = VersionChange.objects.values().get()
    assert write_change_log(new) == 1
    assert VersionChange.objects.values().get() == before


def test_freezing_writes_the_log_and_fixes_it(new, secretary):
    ClauseText.objects.filter(version=new, label="2.4").update(text_es="Nadie pesa el oro.")
    freeze_version(version=new, actor=secretary)
    assert line(new).found == "substantive"
    VersionChange.objects.update(summary_es="Así queda.")
    assert write_change_log(new) == 1
    assert line(new).summary_es == "Así queda."


def test_a_frozen_log_is_not_edited(new, secretary):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    freeze_version(version=new, actor=secretary)
    with pytest.raises(DomainError, match=r"0\.3"):
        edit_change(actor=secretary, change=line(new), kind="editorial")


def test_new_is_called_nothing_else(new, secretary):
    make_clause(new, "9.1", text_es="Nueva.")
    write_change_log(new)
    assert kinds_of(line(new)) == [ChangeKind.NEW]
    with pytest.raises(DomainError):
        edit_change(actor=secretary, change=line(new), kind="editorial")
    assert edit_change(actor=secretary, change=line(new), kind="new", summary_pt="Nova.").summary_pt == "Nova."


def test_a_change_of_words_is_called_one_of_three_things(new):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    assert kinds_of(line(new)) == [ChangeKind.SUBSTANTIVE, ChangeKind.EDITORIAL, ChangeKind.MOVED]


def test_only_who_writes_edits_the_log(new, miner):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    with pytest.raises(PermissionDenied):
        edit_change(actor=miner.user, change=line(new), kind="editorial")


def test_an_edit_leaves_a_trace_without_words(new, secretary):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    edit_change(actor=secretary, change=line(new), kind="editorial", summary_es="secreto")
    entry = AuditEntry.objects.get(verb="standards.change_edited")
    assert entry.data == {"kind": "editorial", "found": "substantive"}


def test_writing_the_log_is_flat(new):
    write(new, "2.4", text_es="Nadie pesa el oro.")
    few = len(count_queries(lambda: write_change_log(new)))
    for label in ("8.1", "8.2", "8.3"):
        make_clause(new, label, text_es="Nueva.")
    write_change_log(new)
    assert len(count_queries(lambda: write_change_log(new))) == few


def rewrite(version, actor, **words):
    text = ClauseText.objects.select_related("version__framework", "clause").get(version=version, label="2.4")
    rewrite_clause(actor=actor, text=text, base=text.revision, words=words)
    write_change_log(version)


def test_words_read_as_editorial_are_read_again_once_they_change(new, secretary):
    rewrite(new, secretary, text_es="Nadie pesa el oro.")
    edit_change(actor=secretary, change=line(new), kind="editorial", summary_es="Solo estilo.")
    rewrite(new, secretary, text_es="Todos pesan la plata.")
    assert (line(new).kind, line(new).summary_es) == ("substantive", "Solo estilo.")


def test_a_summary_alone_does_not_hold_the_kind_of_later_words(new, secretary):
    rewrite(new, secretary, plain_es="Nadie pesa.")
    edit_change(actor=secretary, change=line(new), kind="editorial", summary_es="Más claro.")
    rewrite(new, secretary, requirement_class="entry")
    assert line(new).kind == "substantive"


def test_a_translation_leaves_the_correction_alone(new, secretary):
    rewrite(new, secretary, text_es="Nadie pesa el oro.")
    edit_change(actor=secretary, change=line(new), kind="editorial")
    rewrite(new, secretary, text_en="Nobody weighs the gold.")
    assert line(new).kind == "editorial"
