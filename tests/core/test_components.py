"""The component tag refuses what it does not know; every component renders, escapes and keeps to itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from red_mpe.core.templatetags import components

FOLDER = Path(settings.BASE_DIR, "templates", "components")
NASTY = "<script>alert(1)</script>"
MOMENT = datetime(2026, 12, 18, 20, 30, tzinfo=UTC)


class Comment(forms.Form):
    kind = forms.ChoiceField(choices=[("t", "Technical")], widget=forms.RadioSelect)
    why = forms.CharField(help_text="What you see.")
    source = forms.CharField(required=False)
    agree = forms.BooleanField()
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


ROWS = [{"label": NASTY, "code": "PRO", "value": 24.5, "target": 30}, {"label": "Women", "code": "", "value": 43, "target": None}]
LINKS = [
    {"label": NASTY, "url": "/a", "current": True, "count": 3, "lang": "es"},
    {"label": "B", "url": "/b", "current": False, "count": None},
]
SAMPLES = {
    "bars": {"rows": ROWS, "caption": NASTY},
    "card": {"title": NASTY, "url": "/a", "tag": "Note", "kind": "ok", "meta": "2026"},
    "count": {"value": 3, "label": NASTY},
    "date": {"at": MOMENT},
    "empty": {"title": NASTY, "text": "Here.", "url": "/a", "action": "Begin"},
    "facet": {"legend": NASTY, "name": "country", "options": [{"value": "PE", "label": "Peru", "count": 3, "selected": True}]},
    "field": {"field": Comment()["why"], "hint": NASTY},
    "form": {"form": Comment(), "submit": NASTY},
    "lang_text": {"lang": "pt-br", "text": NASTY, "name": "Português"},
    "menu": {"label": NASTY, "items": LINKS},
    "notice": {"kind": "error", "title": NASTY, "text": "What."},
    "page_head": {"title": NASTY, "lede": "Lede", "meta": "Meta", "kicker": "Kicker", "up": "Up", "up_url": "/"},
    "pager": {"page": Paginator(range(30), 10).page(2), "query": QueryDict("q=<b>")},
    "person_line": {"name": NASTY, "role": "President", "organisation": "Co-op", "chamber": "producers", "chamber_code": "PRO"},
    "qr": {"text": "otpauth://totp/x?secret=ABC", "label": NASTY},
    "redline": {"label": NASTY},
    "steps": {"steps": [{"label": NASTY, "state": "done"}, {"label": "B", "state": "now", "url": "/b"}, {"label": "C"}], "label": "Stages"},
    "strata": {},
    "tabs": {"tabs": LINKS, "label": "Language"},
    "tag": {"text": NASTY, "kind": "ok", "title": "Why"},
}


def render(source, **values):
    return Template(source).render(Context(values))


def show(name, content="", /, **values):
    given = " ".join(f"{key}={key}" for key in values)
    return render(f'{{% component "{name}" {given} %}}{content}{{% endcomponent %}}', **values)


def test_every_component_is_declared_has_a_template_and_a_sample():
    templates = {path.stem for path in FOLDER.glob("*.html") if not path.name.startswith("_")}
    assert templates == set(components.COMPONENTS) == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_component_renders_and_escapes(name):
    html = show(name, **SAMPLES[name])
    assert "<" in html
    assert NASTY not in html
    assert "style=" not in html


@pytest.mark.parametrize("name", SAMPLES)
def test_component_documents_itself(name):
    guide = Path(settings.BASE_DIR, "docs", "architecture", "look.md").read_text()
    assert f"`{name}`" in guide


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('{% show "carousel" %}', "no component"),
        ("{% show %}", "no component"),
        ('{% show "tag" colour="red" %}', "unknown colour"),
        ('{% show "page_head" lede="x" %}', "missing title"),
        ('{% show "tag" text="a" b %}', "loose b"),
        ('{% component "tag" size="3" %}{% endcomponent %}', "unknown size"),
    ],
)
def test_component_tag_refuses_while_parsing(source, reason):
    with pytest.raises(TemplateSyntaxError, match=reason):
        Template(source)


def test_component_sees_nothing_else_of_the_page():
    assert "secret" not in render('{% show "card" title="A" %}', meta="secret", url="secret")


def test_component_places_markup_of_the_page_as_it_is():
    assert "<b>word</b> &lt;i&gt;" in render('{% component "notice" %}<b>word</b> {{ x }}{% endcomponent %}', x="<i>")


def test_form_carries_token_key_draft_and_button():
    html = render('{% show "form" form=form submit="Send" key="k-1" draft="d:1" cancel="/" %}', form=Comment(), csrf_token="token-1")
    for part in (
        'value="token-1"',
        'name="idempotency_key" value="k-1"',
        'data-draft="d:1"',
        ">Send</button>",
        'href="/"',
        'name="hidden"',
    ):
        assert part in html
    assert "data-draft-bound" not in html


def test_form_with_get_carries_no_token():
    assert "csrf" not in render('{% show "form" submit="Show" method="get" %}', csrf_token="token-1")


def test_form_with_errors_lists_them_on_top_with_links_to_the_fields():
    html = show("form", form=Comment({"source": "kept"}), submit="Send", draft="d")
    summary = html[: html.index("</ul>")]
    assert 'role="alert"' in summary
    assert 'href="#id_why"' in summary
    assert 'href="#id_agree"' in summary
    assert 'value="kept"' in html
    assert "data-draft-bound" in html


def test_form_content_replaces_its_fields():
    html = show("form", "<i>mine</i>", form=Comment(), submit="Send")
    assert "<i>mine</i>" in html
    assert 'name="why"' not in html


def test_field_ties_label_help_and_error_to_the_control():
    html = show("field", field=Comment({})["why"])
    assert '<label for="id_why">' in html
    assert 'id="id_why_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_why_helptext' in html


def test_field_marks_only_the_optional():
    with translation.override("en"):
        assert "optional" in show("field", field=Comment()["source"])
        assert "optional" not in show("field", field=Comment()["why"])


def test_field_groups_choices_under_a_legend():
    html = show("field", field=Comment()["kind"])
    assert "<fieldset" in html
    assert "<legend>" in html


def test_bars_speak_one_number_and_never_leave_the_frame():
    with translation.override("es"):
        html = show("bars", rows=[{"label": "A", "code": "COM", "value": 140, "target": 12.5}], caption="C")
    assert '<rect class="fill" width="100"' in html
    assert 'x="12"' in html
    assert 'class="chamber com"' in html


def test_lang_text_marks_only_a_foreign_language():
    with translation.override("es"):
        assert "Português" in show("lang_text", lang="pt-br", text="Oi", name="Português")
        assert "tag" not in show("lang_text", lang="es", text="Hola", name="Español")


def test_date_says_weekday_and_zone():
    with translation.override("en"), timezone.override("America/Lima"):
        html = show("date", at=MOMENT)
    assert "Friday 18 December 2026, 15:30" in html
    assert "Lima" in html
    assert 'datetime="2026-12-18T15:30:00-05:00"' in html


def test_count_is_capped():
    assert "1000+" in show("count", value=4000, label="comments")


def test_pager_keeps_the_other_parameters():
    html = show("pager", page=Paginator(range(30), 10).page(2), query=QueryDict("q=agua&page=2"))
    assert 'href="?q=agua&amp;page=1"' in html
    assert 'rel="next"' in html


def test_pager_of_one_page_is_silent():
    assert show("pager", page=Paginator([1], 10).page(1), query=QueryDict("")).strip() == ""


def test_qr_code_holds_its_finder_and_quiet_zone():
    path = components.qr_path("otpauth://totp/x")
    assert path.startswith("M4 4h1v1h-1z")
    assert components.qr_side("otpauth://totp/x") == 29


@pytest.mark.parametrize(("value", "whole", "part"), [(24, 100, 24), (-3, 100, 0), (300, 100, 100), (1, 3, 33), (5, 0, 0)])
def test_as_part_stays_between_nothing_and_all(value, whole, part):
    assert components.as_part(value, whole) == part


def test_zone_name_is_the_place():
    assert components.zone_name("America/Sao_Paulo") == "São Paulo"
    assert components.zone_name("America/La_Paz") == "La Paz"


def test_zone_name_speaks_the_language_of_the_reader():
    with translation.override("es"):
        assert components.zone_name("America/New_York") == "Nueva York"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/96 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Edge, Windows"),
        ("curl/8", "?"),
        (None, "?"),
    ],
)
def test_device_name_is_what_people_call_it(agent, name):
    assert components.device_name(agent) == name
