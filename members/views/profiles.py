"""Pages of people, and one's own profile."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_countries import countries

from members.actions import edit_profile, set_audiences, set_language
from members.enums import Audience, Spoken
from members.forms import LanguageForm, ProfileForm
from members.models import Affiliation, GroupMembership, Organisation, Person, User, told
from members.rules import may_see_field
from members.views.shared import budgeted, seen_or_404, unindexed
from red_mpe.core.http import MemberRequest, Request, attempt, see_other


@require_safe
@login_not_required
@unindexed
@budgeted
def person_detail(request: Request, slug: str) -> HttpResponse:
    """A person as this reader may see them; whoever is not shown does not exist."""
    person = seen_or_404(request, "members.view_person", Person.objects.for_detail().filter(slug=slug).first())
    today = timezone.localdate()
    context = {
        "person": person,
        "told": _told(request.user, person),
        "affiliations": Affiliation.objects.for_list().visible_to(request.user).on(today).filter(person=person),
        "seats": GroupMembership.objects.visible_to(request.user).on(today).filter(person=person).select_related("group"),
        "is_me": person.user_id == request.user.pk,
        "may_write": request.user.has_perm("members.contact_person", person),
    }
    return render(request, "members/person_detail.html", context)


def _told(user: Any, person: Person) -> dict[str, Any]:
    """What the person tells this reader, part by part; what is not for them is left out."""
    parts = {
        "country": lambda: countries.name(person.country),
        "category": lambda: person.category,
        "bio": lambda: told(person, "bio"),
        "themes": lambda: list(person.themes.all()),
        "languages": lambda: ", ".join(Spoken(code).label for code in person.spoken if code in Spoken),
        "exchange": lambda: [told(person, "offers"), told(person, "seeks")],
    }
    return {field: read() for field, read in parts.items() if may_see_field(user, person, field)}


@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: MemberRequest) -> HttpResponse:
    """One's own profile, and who sees each part of it. Somebody without one is led to their application."""
    person = getattr(request.user, "person", None)
    if person is None:
        return see_other(reverse("members:application"))
    if not request.user.has_perm("members.change_person", person):
        raise PermissionDenied
    form = ProfileForm(request.POST or None, person=person)
    if request.method == "POST" and attempt(form, lambda: _save(person, request.user, form)) == 303:
        messages.success(request, _("Your profile is saved."))
        return see_other(reverse("members:my_profile"))
    houses = Organisation.objects.spoken_for_by(request.user)
    context = {"form": form, "person": person, "houses": houses, "is_public": _seen_by(person)}
    return render(request, "members/my_profile.html", context)


def _save(person: Person, actor: User, form: ProfileForm) -> Person:
    """Write facts and audiences together or not at all."""
    with transaction.atomic():
        edit_profile(person=person, actor=actor, **form.facts)
        return set_audiences(person=person, actor=actor, **form.audiences)


def _seen_by(person: Person) -> bool:
    """Tell whether anything of the person is shown to everybody."""
    return any(getattr(person, f"{field}_audience") == Audience.PUBLIC for field in Person.AUDIENCE_FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
def language(request: MemberRequest) -> HttpResponse:
    """Choose the language and the clock of pages and mails."""
    present = {"language": request.user.language, "time_zone": request.user.time_zone}
    form = LanguageForm(request.POST or None, initial=present)
    if request.method == "POST" and form.is_valid():
        user = set_language(user=request.user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("From now on we write to you in this language and by this clock."))
            return see_other(reverse("members:language"))
    return render(request, "members/language.html", {"form": form})
