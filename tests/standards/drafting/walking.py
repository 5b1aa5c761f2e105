"""Asking for pages of the drafting workspace as somebody, and sending their forms back."""

from tests.factories.drafting import at
from tests.support.pages import url


def path(name, version, *args, language="es"):
    """The address of a page of the workspace of a version's framework."""
    return url(f"standards:{name}", version.framework.slug, *args, language=language)


def clause_path(name, version, label, language="es"):
    """The address of one of the pages of a clause."""
    return path(name, version, at(version, label).clause.uuid, language=language)


def filled(response, **changes):
    """What a browser would send back from the form of a page, with `changes`."""
    form = response.context["form"]
    data = {field.html_name: value for field in form if (value := field.value()) not in (None, "", [])}
    return data | {"owner": response.context["owner"]} | changes


def write(client, address, **changes):
    """Open a form and send it with changes."""
    return client.post(address, filled(client.get(address), **changes))
