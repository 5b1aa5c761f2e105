"""Saving a record: what is named and nothing else, and never over what somebody else has saved."""

import pytest
from django.core.exceptions import PermissionDenied

from publications.actions.editing import OverwrittenError, save_record
from publications.enums import RecordState
from publications.models import Record, Relation, SearchDoc
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from tests.factories.library_flow import make_draft, proposed, published, returned
from tests.factories.publications import make_author, make_identifier, make_record


def save(record, person, **fields):
    seen = fields.pop("seen", record.revision)
    return save_record(record=record, actor=getattr(person, "user", person), seen=seen, **fields)


def test_columns_are_written_counted_and_found(miner):
    record = save(make_draft(miner), miner, title_pt="Ouro sem mercúrio", issued="2019-05", countries=["PE", "BO"])
    assert (record.title_pt, record.year, record.countries, record.revision) == ("Ouro sem mercúrio", 2019, ["PE", "BO"], 1)
    assert SearchDoc.objects.get(record=record).title_pt == "Ouro sem mercúrio"


def test_what_is_not_named_stays(miner):
    record = save(make_draft(miner), miner, publisher="Red")
    assert record.abstract_es == "Cómo recuperar oro sin mercurio."
    assert record.identifiers.count() == 1


def test_the_audit_names_fields_and_no_words(miner):
    record = save(make_draft(miner), miner, publisher="Red", authors=[])
    assert AuditEntry.objects.get(verb="publications.record_saved", target_id=record.pk).data == {"fields": ["authors", "publisher"]}


def test_who_saw_an_older_record_gets_the_newer_one(miner, editor):
    record = make_draft(miner)
    save(record, editor, title_es="De la editora")
    with pytest.raises(OverwrittenError) as refusal:
        save(record, miner, title_es="De Rosa", seen=0)
    assert refusal.value.present.title_es == "De la editora"
    assert isinstance(refusal.value, StaleState)
    assert Record.objects.get().title_es == "De la editora"


def test_authors_keep_their_order(miner):
    rows = [{"family": "Zavala", "given": "Ana"}, {"literal": "OCDE", "role": "editor"}, {"family": "", "given": "", "literal": ""}]
    record = save(make_draft(miner), miner, authors=rows)
    assert [(str(one), one.role) for one in record.authors.all()] == [("Zavala, Ana", "author"), ("OCDE", "editor")]


def test_authors_are_written_anew(miner):
    record = make_draft(miner)
    make_author(record)
    save(record, miner, authors=[{"literal": "OCDE"}])
    assert [str(one) for one in record.authors.all()] == ["OCDE"]


def test_an_author_may_be_one_of_the_network(miner, cooperative):
    record = save(
        make_draft(miner), miner, authors=[{"family": "Quispe", "person": miner}, {"literal": "Oro", "organisation": cooperative}]
    )
    assert [(one.person, one.organisation) for one in record.authors.all()] == [(miner, None), (None, cooperative)]


def test_an_identifier_that_stays_keeps_what_is_known_of_its_link(miner):
    record = make_draft(miner)
    record.identifiers.update(state="answers")
    save(record, miner, identifiers=[("doi", "10.1787/9789264252479-EN"), ("isbn", "0-306-40615-2"), ("isbn", "9780306406157")])
    assert list(record.identifiers.values_list("scheme", "state")) == [("doi", "answers"), ("isbn", "untried")]


def test_an_identifier_left_out_is_gone(miner):
    assert not save(make_draft(miner), miner, identifiers=[]).identifiers.exists()


def test_a_wrong_identifier_saves_nothing(miner):
    record = make_draft(miner)
    with pytest.raises(DomainError, match="ISBN"):
        save(record, miner, title_es="Otro", identifiers=[("isbn", "1")])
    assert Record.objects.get().title_es == "Oro sin mercurio"


def test_relations_are_written(miner):
    other = make_record("Guía")
    record = save(make_draft(miner), miner, relations=[("part-of", other), ("part-of", other), ("references", other)])
    assert list(record.relations.values_list("kind", flat=True)) == ["part-of", "references"]
    assert not save(record, miner, relations=[]).relations.exists()


def test_a_record_has_no_relation_to_itself(miner):
    record = make_draft(miner)
    with pytest.raises(DomainError, match="itself"):
        save(record, miner, relations=[("references", record)])


def test_a_relation_to_what_one_may_not_read_is_refused_as_unknown(miner):
    with pytest.raises(DomainError, match="does not exist"):
        save(make_draft(miner), miner, relations=[("references", make_record(state="draft"))])


def test_a_relation_one_does_not_see_stays(miner):
    record = make_draft(miner)
    hidden = Relation.objects.create(record=record, kind="references", other=make_record(state="draft"))
    save(record, miner, relations=[])
    assert record.relations.get() == hidden


def test_themes_and_groups_are_set(miner, group):
    theme = Theme.objects.filter(parent__isnull=False).first()
    record = save(make_draft(miner), miner, themes=[theme], groups=[group])
    assert (record.themes.get(), record.groups.get()) == (theme, group)


def test_a_practice_is_told(miner):
    record = make_draft(miner, kind="good-practice")
    save(record, miner, practice={"problem_es": "Se perdía oro.", "done_es": "Se cambió la mesa."})
    assert record.practice.is_told
    save(record, miner, practice={"costs_es": "200 soles."})
    assert Record.objects.get().practice.problem_es == "Se perdía oro."


def test_a_record_of_another_kind_has_no_practice(miner):
    record = save(make_draft(miner), miner, practice={"problem_es": "x"})
    assert not hasattr(record, "practice")


def test_a_question_that_does_not_exist_is_a_mistake(miner):
    with pytest.raises(TypeError, match="weather"):
        save(make_draft(miner), miner, practice={"weather": "x"})


def test_a_group_is_forgotten_with_its_audience(miner, group):
    record = save(make_draft(miner), miner, access="group", access_group=group)
    assert save(record, miner, access="public").access_group is None


def test_a_draft_may_wait_for_its_group(miner):
    assert save(make_draft(miner), miner, access="group").access == "group"


def test_what_was_sent_names_its_group(miner, editor):
    with pytest.raises(GuardsUnmet, match="group"):
        save(returned(miner, editor), miner, access="group")


def test_what_waits_for_an_editor_is_not_changed_by_its_contributor(miner):
    with pytest.raises(PermissionDenied):
        save(proposed(miner), miner, title_es="Otro")


def test_an_editor_changes_what_waits(miner, editor):
    assert save(proposed(miner), editor, title_es="Título corregido").title_es == "Título corregido"


def test_what_readers_find_stays_complete(miner, editor):
    record = published(miner, editor)
    with pytest.raises(GuardsUnmet, match="language"):
        save(record, editor, languages=[])
    assert Record.objects.get().languages == ["es"]


@pytest.mark.parametrize("state", [RecordState.DECLINED, RecordState.WITHDRAWN])
def test_what_is_over_may_lack_something(editor, state):
    assert save(make_record(state=state), editor, languages=[]).languages == []


def test_a_translation_stands_beside_its_original(miner):
    record = make_draft(miner)
    make_identifier(record, "url", "https://example.org/")
    save(record, miner, title_en="Gold without mercury", abstract_en="How.")
    assert (Record.objects.get().title_es, Record.objects.get().title_en) == ("Oro sin mercurio", "Gold without mercury")
