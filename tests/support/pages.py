"""Asking for pages by name and language, and reading what they say."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse
from django.utils import translation


def url(name, *args, language="es"):
    """Return the address of a named page in one language."""
    with translation.override(language):
        return reverse(name, args=args)


def text_of(response):
    """Return the words of a page on one line, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


class _Fields(HTMLParser):
    """What a browser would send of the forms of a page whose class names `kind`."""

    def __init__(self, kind):
        super().__init__()
        self.kind, self.inside, self.found = kind, False, {}
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.kind in at.get("class", "").split()
        if not self.inside:
            return
        if tag == "input" and at.get("name"):
            ticked = at.get("type") not in ("checkbox", "radio") or "checked" in at
            if ticked:
                self.found.setdefault(at["name"], []).append(at.get("value", ""))
        elif tag == "select":
            self.select = at["name"]
        elif tag == "option" and self.select and "selected" in at:
            self.found.setdefault(self.select, []).append(at["value"])
        elif tag == "textarea":
            self.area = at["name"]
            self.found[self.area] = [""]

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"
        if tag == "select":
            self.select = None
        if tag == "textarea" and self.area:
            self.found[self.area] = [self.found[self.area][0].removeprefix("\n")]
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.found[self.area][0] += data


def form_data(response, kind="form"):
    """Return what a browser would send of the form of that class, untouched: what the page shows is what is sent."""
    reader = _Fields(kind)
    reader.feed(response.content.decode())
    return {name: values if len(values) > 1 else values[0] for name, values in reader.found.items()}
