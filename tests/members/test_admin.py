"""The secretariat works in the admin without being superusers; everything that moves goes through actions."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group as Role
from django.urls import reverse

from members.models import Affiliation, Group, GroupMembership, Organisation, User
from red_mpe.core.models import AuditEntry, Theme
from tests.conftest import make_user

LISTS = ["core_chamber", "core_stakeholdercategory", "core_theme", "auth_group", "members_user", "members_person", "members_organisation"]
LISTS += ["members_group", "members_application", "account_emailaddress", "mfa_authenticator", "usersessions_usersession"]


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


@pytest.fixture
def root(client, db):
    user = User.objects.create_superuser("root@example.org", "una-clave-larga-9")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "of no use"})
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.force_login(user)
    return client


def change(name, thing):
    return reverse(f"admin:members_{name}_change", args=[thing.pk])


def fields_of(response):
    """What a browser would send back of the change page, inlines included."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, list | tuple):
                value = [getattr(one, "pk", one) for one in value]
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


@pytest.mark.parametrize("name", LISTS)
def test_secretariat_reads_every_list(desk, name, application, miner):
    assert desk.get(reverse(f"admin:{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_other_staff_read_none(client, officer, name):
    client.force_login(officer)
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_index_shows_the_secretariat_its_rooms(desk):
    page = desk.get(reverse("admin:index")).content.decode()
    assert reverse("admin:members_application_changelist") in page


def test_application_shows_its_buttons_only_while_it_waits(desk, application):
    page = desk.get(change("application", application)).content.decode()
    assert {name for name in ("accept", "decline") if f"/{application.pk}/{name}" in page} == {"accept", "decline"}
    application.state = "withdrawn"
    application.save()
    page = desk.get(change("application", application)).content.decode()
    assert f"/{application.pk}/accept" not in page


def button(name, thing, act):
    return reverse(f"admin:members_{name}_{act}", args=[thing.pk])


def test_accepting_asks_first_and_then_does_it(desk, application, visitor):
    assert desk.get(button("application", application, "accept")).status_code == 200
    assert not hasattr(User.objects.get(pk=visitor.pk), "person")
    assert desk.post(button("application", application, "accept")).status_code == 303
    assert User.objects.get(pk=visitor.pk).person.name == "Delfina Arroyo"


def test_declining_needs_a_reason(desk, application):
    assert desk.post(button("application", application, "decline"), {"reason": " "}).status_code == 200
    desk.post(button("application", application, "decline"), {"reason": "Falta el aval."})
    application.refresh_from_db()
    assert (application.state, application.reason) == ("declined", "Falta el aval.")


def test_second_to_decide_reads_that_somebody_was_faster(desk, application):
    desk.post(button("application", application, "accept"))
    page = desk.post(button("application", application, "decline"), {"reason": "No."}, follow=True)
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"
    application.refresh_from_db()
    assert application.state == "accepted"


def test_application_cannot_be_changed_added_or_deleted_by_hand(desk, application):
    assert desk.post(change("application", application), {"name": "Otra"}).status_code == 403
    assert desk.get(reverse("admin:members_application_add")).status_code == 403
    assert desk.get(reverse("admin:members_application_delete", args=[application.pk])).status_code == 403


def test_decision_page_of_nothing_is_404(desk, application):
    assert desk.get(reverse("admin:members_application_accept", args=[99_999])).status_code == 404


def test_person_is_changed_through_actions(desk, miner):
    data = fields_of(desk.get(change("person", miner)))
    response = desk.post(change("person", miner), {**data, "bio_es": "Minera.", "bio_audience": "public", "name": "Rosa Q."})
    assert response.status_code == 302
    miner.refresh_from_db()
    assert (miner.bio_es, miner.bio_audience, miner.slug[:7]) == ("Minera.", "public", "rosa-q-")
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"members.profile_edited", "members.audiences_set"}


def test_person_is_suspended_and_restored_by_buttons(desk, miner):
    desk.post(button("person", miner, "suspend"))
    page = desk.get(change("person", miner)).content.decode()
    assert {name for name in ("suspend", "restore") if f"/{miner.pk}/{name}" in page} == {"restore"}
    desk.post(button("person", miner, "restore"))
    miner.refresh_from_db()
    assert miner.state == "member"


def test_organisation_is_added_with_an_address_and_people(desk, scholar):
    data = fields_of(desk.get(reverse("admin:members_organisation_add")))
    data |= {"name": "Río Nuevo", "country": "PE", "category": scholar.category_id, "description_es": "Cooperativa."}
    data |= {"themes": [Theme.objects.get(code="water").pk], "affiliations-TOTAL_FORMS": "1", "affiliations-0-person": scholar.pk}
    data |= {"affiliations-0-starts_on": "2024-01-01", "affiliations-0-speaks": "on", "affiliations-0-confirmed": "on"}
    response = desk.post(reverse("admin:members_organisation_add"), data)
    assert response.status_code == 302
    organisation = Organisation.objects.get(slug="rio-nuevo")
    assert (organisation.description_es, organisation.themes.count()) == ("Cooperativa.", 1)
    assert organisation.affiliations.get().speaks is True


def test_affiliation_is_changed_on_the_organisations_page(desk, miner, cooperative):
    data = fields_of(desk.get(change("organisation", cooperative)))
    data |= {"affiliations-0-role": "Tesorera", "acronym": "COC"}
    assert desk.post(change("organisation", cooperative), data).status_code == 302
    assert Affiliation.objects.get().role == "Tesorera"
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "members.organisation_edited",
        "members.affiliation_changed",
    ]


def test_group_is_opened_and_seated(desk, miner, cooperative):
    data = fields_of(desk.get(reverse("admin:members_group_add")))
    data |= {"name_es": "Comité", "slug": "comite", "kind": "committee", "memberships-TOTAL_FORMS": "1"}
    data |= {"memberships-0-person": miner.pk, "memberships-0-role": "chair", "memberships-0-starts_on": "2024-01-01"}
    assert desk.post(reverse("admin:members_group_add"), data).status_code == 302
    group = Group.objects.get(slug="comite")
    data = fields_of(desk.get(change("group", group))) | {"memberships-0-role": "observer", "cadence": "monthly"}
    desk.post(change("group", group), data)
    assert (GroupMembership.objects.get().role, Group.objects.get().cadence) == ("observer", "monthly")


def test_account_is_closed_and_opened_by_the_secretariat(desk, miner, secretary):
    assert f"/{miner.user_id}/close" in desk.get(change("user", miner.user)).content.decode()
    desk.post(button("user", miner.user, "close"))
    assert User.objects.get(pk=miner.user_id).is_active is False
    desk.post(button("user", miner.user, "reopen"))
    assert User.objects.get(pk=miner.user_id).is_active is True
    assert f"/{secretary.pk}/close" not in desk.get(change("user", secretary)).content.decode()


def test_secretariat_gives_no_roles(desk, miner):
    desk.post(change("user", miner.user), {"is_staff": "on", "is_superuser": "on"})
    assert User.objects.get(pk=miner.user_id).is_staff is False


def test_superuser_signs_in_again_before_giving_roles(root, miner):
    role = Role.objects.get(name="secretariat")
    data = {"is_staff": "on", "groups": [role.pk]}
    response = root.post(change("user", miner.user), data)
    assert "reauthenticate" in response.url or "autentic" in response.url
    assert User.objects.get(pk=miner.user_id).is_staff is False


def test_superuser_gives_roles_through_the_action(root, miner):
    root.post(reverse("account_reauthenticate"), {"password": "una-clave-larga-9"})
    root.post(change("user", miner.user), {"is_staff": "on", "groups": [Role.objects.get(name="secretariat").pk]})
    assert User.objects.get(pk=miner.user_id).in_group("secretariat")
    assert AuditEntry.objects.get().verb == "members.roles_set"


def test_secrets_are_never_shown(desk):
    key = Authenticator.objects.create(user=make_user("x@example.org"), type=Authenticator.Type.TOTP, data={"secret": "canary-secret"})
    page = desk.get(reverse("admin:mfa_authenticator_change", args=[key.pk])).content.decode()
    assert "canary-secret" not in page
    assert desk.post(reverse("admin:mfa_authenticator_delete", args=[key.pk]), {"post": "yes"}).status_code == 403


def test_superuser_takes_away_a_lost_key(root):
    key = Authenticator.objects.create(user=make_user("x@example.org"), type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert root.post(reverse("admin:mfa_authenticator_delete", args=[key.pk]), {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_taxonomy_is_edited_in_three_languages(desk):
    theme = Theme.objects.get(code="water")
    address = reverse("admin:core_theme_change", args=[theme.pk])
    data = fields_of(desk.get(address)) | {"name_pt": "Água doce"}
    assert desk.post(address, data).status_code == 302
    theme.refresh_from_db()
    assert theme.name_pt == "Água doce"
