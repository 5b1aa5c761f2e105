"""Writing XML that is always well-formed, whatever stands in a record."""

import re
from typing import Any

from lxml import etree

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Tags of the columns in XML.
TAGS = {"es": "es", "en": "en", "pt": "pt-BR"}

Element = Any  # of lxml, which has no types


def words(value: object) -> str:
    """Return a value as words without the signs that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", str(value))


def root(namespace: str, name: str, schema: str, **prefixes: str) -> Element:
    """Return a root that says where its schema is."""
    spaces: dict[str | None, str] = {"xsi": XSI}
    spaces.update(prefixes)
    if name == "dc":
        spaces["oai_dc"] = namespace
    else:
        spaces[None] = namespace
    made = etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)
    made.set(f"{{{XSI}}}schemaLocation", f"{namespace} {schema}")
    return made


def add(parent: Element, name: str, value: object = None, lang: str = "", **attributes: str) -> Element:
    """Append a child in the namespace of its parent, or in its own when the name says so; an attribute without value is left out."""
    space = "" if name.startswith("{") else f"{{{etree.QName(parent).namespace}}}"
    child = etree.SubElement(parent, f"{space}{name}")
    if value is not None:
        child.text = words(value)
    for key, word in attributes.items():
        if word:
            child.set(key, words(word))
    if lang:
        child.set(XML_LANG, lang)
    return child


def document(element: Element) -> str:
    """Return a whole document."""
    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data.decode()
