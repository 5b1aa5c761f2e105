"""Rules every template keeps: it parses, its routes and files exist, nothing inline, short, and all its words can be translated."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import FilterExpression, Parser
from django.template.defaulttags import URLNode
from django.templatetags.static import StaticNode
from django.urls import URLResolver, get_resolver
from django.utils.safestring import SafeString

from red_mpe.core.templatetags.components import ComponentNode

FOLDER = Path(settings.BASE_DIR, "templates")
ALL = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in {".html", ".txt"})
PAGES = [name for name in ALL if name.endswith(".html")]
MACHINE = {"portal/security.txt", "portal/robots.txt", "robots.txt"}  # read by machines, in English by their standards
FOR_MAIL = ("mail/", "account/email/", "mfa/email/")

NAMES = re.compile("Red MPE|SHA|Excel|CSV")  # said alike in every language
WORDY = {
    "title",
    "text",
    "label",
    "lede",
    "meta",
    "kicker",
    "up",
    "action",
    "submit",
    "caption",
    "heading",
    "note",
    "legend",
    "hint",
    "tag",
}
WORD_ATTRIBUTES = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-label|data-[a-z]*text)="([^"]*)"')
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
SYNTAX = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}", re.S)
NO_WORDS = re.compile(r"<!--.*?-->|<(script|style|code|svg)\b.*?</\1>|<[^>]*>|&[a-z#0-9]+;", re.S)
LETTERS = re.compile(r"[^\W\d_]{2,}")


def source(name):
    return (FOLDER / name).read_text()


def nodes(name, kind):
    return engines["django"].engine.get_template(name).nodelist.get_nodes_by_type(kind)


def routes(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield namespace + pattern.name


def literal(expression):
    """Return the words a page wrote into an attribute itself; those in `_("…")` wait for translation and are no string yet."""
    return expression.var if isinstance(expression.var, SafeString) else ""


def loose_attributes(text):
    bare = SYNTAX.sub("", TRANSLATED.sub("", text))
    return [word for value in WORD_ATTRIBUTES.findall(bare) for word in LETTERS.findall(NAMES.sub("", value))]


def loose_words(text):
    bare = SYNTAX.sub("", TRANSLATED.sub("", text))
    return LETTERS.findall(NAMES.sub("", NO_WORDS.sub(" ", bare)))


def broken(check, names=ALL):
    """Return what `check` found wrong, by template."""
    return {name: wrong for name in names if (wrong := check(name))}


@pytest.mark.parametrize("name", ALL)
def test_template_parses(name):
    assert engines["django"].engine.get_template(name).name == name


def test_templates_name_only_routes_that_exist():
    known = set(routes(get_resolver()))
    assert broken(lambda name: {node.view_name.var for node in nodes(name, URLNode) if isinstance(node.view_name.var, str)} - known) == {}


def test_templates_name_only_static_files_that_exist():
    wanted = {name: {node.path.var for node in nodes(name, StaticNode) if isinstance(node.path.var, str)} for name in ALL}
    assert broken(lambda name: [path for path in wanted[name] if not finders.find(path)]) == {}


def test_templates_have_no_inline_script():
    tags = {name: re.findall(r"<script\b[^>]*>", source(name)) for name in PAGES}
    assert broken(lambda name: [tag for tag in tags[name] if "src=" not in tag and "application/json" not in tag], PAGES) == {}


def test_templates_have_no_handlers():
    assert broken(lambda name: re.findall(r"<[^>]*\s(?:on[a-z]+|hx-on[a-z:-]*)\s*=|javascript:", source(name)), PAGES) == {}


def test_templates_have_no_inline_style_but_in_mails():
    pages = [name for name in PAGES if not name.startswith(FOR_MAIL)]
    assert broken(lambda name: re.findall(r"<style\b|<[^>]*\sstyle\s*=", source(name)), pages) == {}


def test_templates_are_short():
    assert broken(lambda name: len(source(name).splitlines()) > 120) == {}


def test_words_of_templates_can_be_translated():
    assert (
        broken(lambda name: loose_words(source(name)) + loose_attributes(source(name)), [name for name in ALL if name not in MACHINE]) == {}
    )


def test_words_given_to_components_can_be_translated():
    def given(name):
        for node in nodes(name, ComponentNode):
            yield from ((node.name, key, words) for key in WORDY & set(node.given) if LETTERS.search(words := literal(node.given[key])))

    assert broken(lambda name: list(given(name)), PAGES) == {}


@pytest.mark.parametrize("words", ["<p>Loose</p>", '<p title="{{ x }}">a <b>word</b></p>'])
def test_rule_about_words_sees_loose_ones(words):
    assert loose_words(words)


@pytest.mark.parametrize(
    "words", ["{% translate 'Fine' %}", "{% blocktranslate %}Fine {{ n }}{% endblocktranslate %}", "<p>Red MPE · {{ x }}</p>"]
)
def test_rule_about_words_lets_translated_ones_pass(words):
    assert loose_words(words) == []


@pytest.mark.parametrize(("written", "seen"), [('"Loose"', "Loose"), ('_("Fine")', ""), ("variable", "")])
def test_rule_about_components_sees_loose_words(written, seen):
    assert literal(FilterExpression(written, Parser([]))) == seen


@pytest.mark.parametrize("name", [name for name in PAGES if re.fullmatch("notifications/[^/]+/[^/]+", name)])
def test_line_of_the_inbox_has_no_link_inside(name):
    assert "<a " not in source(name)  # the inbox and the digest make the whole line one link; links cannot lie in links
