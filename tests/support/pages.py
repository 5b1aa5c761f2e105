"""Asking for pages by name and language, and reading what they say."""

import re
from html import unescape

from django.urls import reverse
from django.utils import translation


def url(name, *args, language="es"):
    """Return the address of a named page in one language."""
    with translation.override(language):
        return reverse(name, args=args)


def text_of(response):
    """Return the words of a page on one line, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())
