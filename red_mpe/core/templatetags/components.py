"""The one tag through which pages use our components; what it does not know it refuses."""

from typing import Any, Final

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.translation import pgettext_lazy

from red_mpe.core.locale import short_day

register = template.Library()

REQUIRED: Final = object()

# Each component with all its attributes: REQUIRED, or the value it has when a page does not give one.
COMPONENTS: Final[dict[str, dict[str, Any]]] = {
    "bars": {"rows": REQUIRED, "caption": REQUIRED, "unit": "%", "whole": 100, "note": "", "heading": ""},
    "card": {"title": "", "url": "", "tag": "", "kind": "", "meta": "", "lang": "", "level": 3},
    "count": {"value": REQUIRED, "label": REQUIRED, "cap": 1000},
    "date": {"at": REQUIRED, "time": True, "zone": True, "weekday": True},
    "empty": {"title": REQUIRED, "text": "", "url": "", "action": ""},
    "facet": {"legend": REQUIRED, "name": REQUIRED, "options": REQUIRED, "open": True},
    "field": {"field": REQUIRED, "hint": ""},
    "form": {
        "form": None,
        "submit": REQUIRED,
        "action": "",
        "method": "post",
        "key": "",
        "draft": "",
        "cancel": "",
        "kind": "",
        "id": "",
    },
    "lang_text": {"lang": REQUIRED, "text": "", "name": "", "block": True},
    "menu": {"label": REQUIRED, "items": REQUIRED},
    "notice": {"kind": "info", "title": "", "text": ""},
    "page_head": {"title": REQUIRED, "lede": "", "meta": "", "kicker": "", "up": "", "up_url": "", "lang": ""},
    "pager": {"page": REQUIRED, "query": REQUIRED, "name": "page"},
    "person_line": {
        "name": REQUIRED,
        "url": "",
        "role": "",
        "organisation": "",
        "chamber": "",
        "chamber_code": "",
        "country": "",
        "meta": "",
    },
    "qr": {"text": REQUIRED, "label": REQUIRED},
    "redline": {"label": "", "lang": ""},
    "steps": {"steps": REQUIRED, "label": REQUIRED},
    "strata": {},
    "tabs": {"tabs": REQUIRED, "label": REQUIRED},
    "tag": {"text": "", "kind": "", "title": ""},
}


# What a browser says of itself, most telling first: nearly all of them also claim to be Chrome, Safari and Mozilla.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)


class ComponentNode(template.Node):
    """Renders one component from its own attributes and its content, and from nothing else of the page."""

    def __init__(self, name: str, given: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.given = given
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Return the component as HTML; everything a page hands in is escaped as in any template."""
        values = COMPONENTS[self.name] | {key: value.resolve(context) for key, value in self.given.items()}
        values |= {"content": self.nodelist.render(context), "csrf_token": context.get("csrf_token")}
        engine = context.template.engine  # type: ignore[union-attr]
        return engine.get_template(f"components/{self.name}.html").render(context.new(values)).strip()


@register.tag
def component(parser: Parser, token: Token) -> ComponentNode:
    """Make `{% component "name" key=value %}…{% endcomponent %}`; the component places what stands between as `content`."""
    name, given = _declared(parser, token)
    nodelist = parser.parse(("endcomponent",))
    parser.delete_first_token()
    return ComponentNode(name, given, nodelist)


@register.tag
def show(parser: Parser, token: Token) -> ComponentNode:
    """Make `{% show "name" key=value %}`: a component without content."""
    name, given = _declared(parser, token)
    return ComponentNode(name, given, NodeList())


def _declared(parser: Parser, token: Token) -> tuple[str, dict[str, FilterExpression]]:
    """Return a component's name and attributes. Refused while parsing: unknown names, unknown and missing attributes, loose words."""
    tag, *words = token.split_contents()
    name = words.pop(0).strip("\"'") if words else ""
    given = token_kwargs(words, parser)
    declared = COMPONENTS.get(name)
    if declared is None:
        raise template.TemplateSyntaxError(f"{tag}: there is no component “{name}”.")
    missing = {key for key, value in declared.items() if value is REQUIRED} - set(given)
    for reason, wrong in (("unknown", set(given) - set(declared)), ("missing", missing), ("loose", set(words))):
        if wrong:
            raise template.TemplateSyntaxError(f"{tag} “{name}”: {reason} {', '.join(sorted(wrong))}.")
    return name, given


# Places of time zones whose name is spelled otherwise, or differs between our languages.
PLACES: Final = {
    "Asuncion": pgettext_lazy("place", "Asunción"),
    "Bogota": pgettext_lazy("place", "Bogotá"),
    "Brussels": pgettext_lazy("place", "Brussels"),
    "Cordoba": pgettext_lazy("place", "Córdoba"),
    "Havana": pgettext_lazy("place", "Havana"),
    "Johannesburg": pgettext_lazy("place", "Johannesburg"),
    "Lisbon": pgettext_lazy("place", "Lisbon"),
    "London": pgettext_lazy("place", "London"),
    "Mexico City": pgettext_lazy("place", "Mexico City"),
    "New York": pgettext_lazy("place", "New York"),
    "Panama": pgettext_lazy("place", "Panama"),
    "Paris": pgettext_lazy("place", "Paris"),
    "Port-au-Prince": pgettext_lazy("place", "Port-au-Prince"),
    "Sao Paulo": pgettext_lazy("place", "São Paulo"),
    "Zurich": pgettext_lazy("place", "Zurich"),
}


register.filter("short_day", short_day, expects_localtime=True)


@register.filter
def zone_name(zone: object) -> str:
    """Return the place a time zone is named after, as people say it: “São Paulo” for America/Sao_Paulo."""
    place = str(zone).rpartition("/")[2].replace("_", " ")
    return str(PLACES.get(place, place))


@register.filter
def device_name(user_agent: str) -> str:
    """Return browser and system as people call them, “Firefox, Android”; what is not recognised is left out, all unknown is “?”."""
    found = (next((name for sign, name in signs if sign in str(user_agent)), "") for signs in (_BROWSERS, _SYSTEMS))
    return ", ".join(name for name in found if name) or "?"


@register.filter
def as_part(value: float, whole: float = 100) -> int:
    """Return `value` as a whole part of 100, between 0 and 100, for the width of a bar."""
    return round(max(0.0, min(100.0, 100 * float(value) / float(whole)))) if whole else 0


@register.filter
def qr_path(text: str) -> str:
    """Return the dark squares of a QR code of `text` as the data of one SVG path, one unit a square, quiet zone included."""
    import segno  # six megabytes, for the one page that shows a code

    return " ".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(segno.make(text, micro=False).matrix_iter(border=4))
        for x, dark in enumerate(row)
        if dark
    )


@register.filter
def qr_side(text: str) -> int:
    """Return how many squares wide the QR code of `text` is, quiet zone included."""
    import segno

    return int(segno.make(text, micro=False).symbol_size(border=4)[0])
