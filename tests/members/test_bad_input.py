"""Bad input gets a clear answer, keeps what was written and breaks nothing."""

import uuid

import pytest
from django.urls import reverse

from members.models import Application, Organisation
from red_mpe.core.models import StakeholderCategory

XSS = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def form(db):
    return {
        "once": str(uuid.uuid4()),
        "kind": "person",
        "name": "Delfina",
        "country": "PE",
        "category": StakeholderCategory.objects.get(code="unions").pk,
        "motivation": "Quiero participar.",
    }


@pytest.fixture
def newcomer(client, visitor):
    client.force_login(visitor)
    return client


def send(client, form, **more):
    return client.post(reverse("members:apply"), {**form, **more})


def test_good_form_is_sent_once_however_often(newcomer, form):
    for _ in range(2):
        response = send(newcomer, form)
        assert (response.status_code, response.url) == (303, reverse("members:application"))
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\u202eanilef\u202c D", "anilef D"),
        ("a" + "\u0301" * 10_000, "á" + "\u0301" * 3),
        ("Mari\u0301a\x00\x07", "María"),
        ("  Ana \n  Paz ", "Ana Paz"),
    ],
)
def test_names_are_cleaned(newcomer, form, given, kept):
    send(newcomer, form, name=given)
    assert Application.objects.get().name == kept


@pytest.mark.parametrize("name", ["\u202e\u202c", " ", "x" * 121])
def test_name_that_is_none_is_refused_and_the_rest_is_kept(newcomer, form, name):
    response = send(newcomer, form, name=name)
    assert response.status_code == 200
    assert "Quiero participar." in response.content.decode()
    assert not Application.objects.exists()


def test_organisation_needs_its_name(newcomer, form):
    response = send(newcomer, form, kind="organisation")
    assert "organisation_name" in response.context["form"].errors


def test_what_belongs_to_the_other_kind_is_not_kept(newcomer, form, cooperative):
    send(newcomer, form, organisation_name="Otra", member_organisation=cooperative.pk)
    application = Application.objects.get()
    assert (application.organisation_name, application.member_organisation) == ("", cooperative)


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://example.org", "data:text/html,x", "http://"])
def test_only_web_addresses_are_web_sites(newcomer, form, website):
    response = send(newcomer, form, kind="organisation", organisation_name="Otra", organisation_website=website)
    assert "organisation_website" in response.context["form"].errors


@pytest.mark.parametrize("once", ["", "x", "1; drop table"])
def test_form_without_its_key_says_what_to_do(newcomer, form, once):
    response = send(newcomer, form, once=once)
    assert response.status_code == 200
    assert not Application.objects.exists()


def test_200_kb_are_refused_with_both_lengths(newcomer, form):
    response = send(newcomer, form, motivation="x" * 200_000)
    assert "200000" in str(response.context["form"].errors["motivation"]).replace("\xa0", "").replace(".", "").replace(",", "")


def test_hidden_organisation_is_not_offered(newcomer, form):
    secret = Organisation.objects.create(slug="s", name="Casa Oculta", country="PE", category_id=form["category"], audience="nobody")
    assert "Casa Oculta" not in newcomer.get(reverse("members:apply")).content.decode()
    assert "member_organisation" in send(newcomer, form, member_organisation=secret.pk).context["form"].errors


def test_markup_is_shown_as_it_was_written(client, miner, cooperative, visitor, form):
    words = {"acronym": XSS[:24], "description_es": XSS, "name": XSS}
    Organisation.objects.filter(pk=cooperative.pk).update(**words)
    type(miner).objects.filter(pk=miner.pk).update(name=XSS, bio_es=XSS, offers_es=XSS, seeks_es=XSS)
    client.force_login(miner.user)
    pages = [
        miner.get_absolute_url(),
        cooperative.get_absolute_url(),
        reverse("members:my_profile"),
        reverse("members:people") + "?name=img",
    ]
    pages += [reverse(f"members:{name}", args=[cooperative.slug]) for name in ("my_organisation", "organisation_people")]
    for page in pages:
        html = client.get(page).content.decode()
        assert "<img src=x" not in html, page
        assert "<script>alert" not in html, page


def test_application_page_shows_markup_as_words(newcomer, form):
    send(newcomer, form, name=XSS, motivation=XSS, kind="organisation", organisation_name=XSS)
    html = newcomer.get(reverse("members:application")).content.decode()
    assert "&lt;img src=x" in html
    assert "<img src=x" not in html


def test_withdrawing_needs_a_post_and_an_application(newcomer, form):
    assert newcomer.get(reverse("members:withdraw_application")).status_code == 405
    assert newcomer.post(reverse("members:withdraw_application")).status_code == 404
    send(newcomer, form)
    assert newcomer.post(reverse("members:withdraw_application")).status_code == 303
    assert Application.objects.get().state == "withdrawn"


def test_withdrawing_twice_is_told(newcomer, form):
    send(newcomer, form)
    newcomer.post(reverse("members:withdraw_application"))
    page = newcomer.post(reverse("members:withdraw_application"), follow=True)
    assert [message.level_tag for message in page.context["messages"]][-1] == "error"


def test_too_many_forms_are_stopped(newcomer, form):
    codes = [send(newcomer, form, name="").status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


@pytest.mark.parametrize("zone", ["Mars/Base", "../../etc/passwd", "America/Lima\x00"])
def test_clock_that_does_not_exist_is_refused(newcomer, visitor, zone):
    response = newcomer.post(reverse("members:language"), {"language": "es", "time_zone": zone})
    assert "time_zone" in response.context["form"].errors


def test_language_chosen_is_the_language_of_the_next_page(newcomer, visitor):
    response = newcomer.post(reverse("members:language"), {"language": "pt-br", "time_zone": "America/Belem"})
    assert response.url.startswith("/pt-br/")
    visitor.refresh_from_db()
    assert (visitor.language, visitor.time_zone) == ("pt-br", "America/Belem")


def test_address_of_a_person_that_does_not_exist_looks_like_one_that_hides(client, miner):
    hidden, missing = client.get(miner.get_absolute_url()), client.get(reverse("members:person_detail", args=["nobody"]))
    assert hidden.status_code == missing.status_code == 404
