"""A small tree in drafting, and people who write in it, through the same actions as on the site."""

import uuid
from datetime import date

from members.models import Group, GroupMembership
from standards.actions.drafting import add_clause
from standards.models import ClauseLineage, ClauseText, Framework
from tests.conftest import make_person
from tests.factories.standards import fresh
from tests.support.frameworks import make_framework, make_version


def seat(framework, slug, role="member"):
    """A person who sits in the committee that writes `framework`, as a request would read the account."""
    group, _new = Group.objects.get_or_create(slug="comite", defaults={"name": "Comité", "name_es": "Comité", "kind": "committee"})
    Framework.objects.filter(pk=framework.pk).update(committee=group)
    framework.committee = group
    person = make_person(slug)
    GroupMembership.objects.create(group=group, person=person, role=role, starts_on=date(2020, 1, 1))
    return fresh(person.user)


def grow(version, actor, label="", parent=None, **facts):
    """Add a clause as the workspace does."""
    parent = parent and ClauseText.objects.get(version=version, label=parent)
    facts.setdefault("title_es", f"Cláusula {label}")
    facts.setdefault("level", "requirement")
    return add_clause(actor=actor, version=version, once=uuid.uuid4(), label=label, parent=parent, **facts)


def small_tree(actor, slug="rio"):
    """1 with 1.1 (with 1.1.1) and 1.2; then 2. Returns the version."""
    version = make_version(make_framework(slug, stage="drafting"))
    for label, parent in (("1", None), ("1.1", "1"), ("1.1.1", "1.1"), ("1.2", "1"), ("2", None)):
        grow(version, actor, label, parent, text_es=f"La operación debe cuidar el agua {label}.")
    return version


def at(version, label):
    """The clause text with that label, as it is now."""
    return ClauseText.objects.select_related("version__framework", "clause", "parent").get(version=version, label=label)


def shape(version):
    """Labels with depth, in order of reading: `1 -1.1 --1.1.1 -1.2 2`."""
    return " ".join("-" * depth + label for label, depth in version.texts.order_by("position").values_list("label", "depth"))


def lineage(version):
    """What was written into the lineage: kind, number before, number after."""
    return list(ClauseLineage.objects.filter(version=version).values_list("kind", "old_label", "new_label"))
