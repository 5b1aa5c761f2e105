"""A version that follows another, written straight into the tables or through the action."""

from django.contrib.auth.models import Group as Role

from members.models import User
from red_mpe.portal.demo.framework import present_rows
from red_mpe.portal.demo.texts import write_texts
from standards.actions.texts import freeze_version
from standards.actions.versions import begin_next_version
from tests.conftest import make_user
from tests.factories.standards import fresh
from tests.support.frameworks import make_framework, make_version


def scribe():
    """Somebody of the secretariat, made when first asked for."""
    found = User.objects.filter(email="escriba@example.org").first()
    if found is None:
        found = make_user("escriba@example.org", is_staff=True)
        found.groups.add(Role.objects.get(name="secretariat"))
    return fresh(found)


def follow(version, number=None, kind="working", *, public=True):
    """Freeze a version and begin the one that follows it."""
    freeze_version(version=version, actor=None)
    new = begin_next_version(actor=scribe(), framework=version.framework, kind=kind, number=number)
    type(new).objects.filter(pk=new.pk).update(public=public)
    return type(new).objects.select_related("framework__rules", "previous").get(pk=new.pk)


def demo_version():
    """The demonstration framework's own text: ninety clauses in three languages."""
    version = make_version(make_framework("mpe-responsable", code="MPE"))
    write_texts(version, present_rows())
    return version
