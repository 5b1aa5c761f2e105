"""Walking the secretariat's admin as somebody."""

import re
from uuid import uuid4

from django.urls import reverse
from django.utils import translation

from standards.actions.comments import Draft, send_comment
from standards.models import Consultation

FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//(?!localhost)""")


def at(name, *args, **query):
    """Return the English address of an admin page of `standards`, such as `framework_changelist`."""
    with translation.override("en"):
        path = reverse(f"admin:standards_{name}", args=args)
    return path + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def enter(client, user):
    """Sign `user` in."""
    client.force_login(user)
    return client


def enter_again(client, user):
    """Sign `user` in and ask for the password once more, as for the most delicate acts."""
    answer = enter(client, user).post(reverse("account_reauthenticate"), {"password": "una-clave-larga-9"})
    assert answer.status_code == 302, answer.content
    return client


def filled(response, **changes):
    """Return what a browser would send back from the form of an admin page, with `changes`."""
    forms = [response.context["adminform"].form, *(line.formset for line in response.context["inline_admin_formsets"])]
    data = {}
    for form in forms:
        for one in [form.management_form, *form.forms] if hasattr(form, "management_form") else [form]:
            data |= {field.html_name: value for field in one if (value := field.value()) or (value == 0 and value is not False)}
    return data | changes


def errors(response):
    """Return everything an admin form complains of."""
    return str(response.context["errors"]) + str(response.context["adminform"].form.errors)


def say(person, consultation, text=None, **draft):
    """Send a comment as a member does."""
    words = {"body": "Hace falta un plazo más largo.", "language": "es", "kind": "ge", "shown_as": "organisation", **draft}
    fresh = Consultation.objects.get(pk=consultation.pk)
    return send_comment(actor=person.user, consultation=fresh, clause_text=text, draft=Draft(once=uuid4(), **words))
