"""Make Vega's SVG fit to stand inside a page: a title, a description, own ids, hatching, and no style attributes.

The page forbids inline styles, and a picture announced as one image has no use for Vega's roles inside it.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from hedgerow.reporting.charts import ASSUMED, NO_DATA

SVG = "http://www.w3.org/2000/svg"

HATCHING = {NO_DATA: ("#f7f7f7", "#b4b6b9"), ASSUMED: ("#c8ebc0", "#2c7a39")}
"""Colour in the chart -> ground and stripes in the picture."""

FONTS = "Arial, Helvetica, 'Liberation Sans', sans-serif"
"""Vega measures in Liberation Sans; fonts of the same widths come first, then whatever the reader has."""

_NUMBER = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")


def finished(svg: str, *, name: str, title: str, description: str) -> str:
    """The SVG with a title and a description; every id starts with ``name``."""
    Xml.register_namespace("", SVG)
    root = Xml.fromstring(svg)  # noqa: S314  our own text, no entities
    for element in root.iter():
        _clean(element, name)
        _centre(element)
    root.set("role", "img")
    root.set("font-family", FONTS)
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    head = [_element("title", title, id=f"{name}-title"), _element("desc", description, id=f"{name}-desc")]
    head.append(_element("defs"))
    head[-1].extend(_hatching(colour, name) for colour in HATCHING)
    for at, element in enumerate(head):
        root.insert(at, element)
    return Xml.tostring(root, encoding="unicode")


def _element(tag: str, text: str | None = None, **attributes: str) -> Xml.Element:
    """An SVG element with its namespace."""
    element = Xml.Element(f"{{{SVG}}}{tag}", attributes)
    element.text = text
    return element


def _hatching(colour: str, name: str) -> Xml.Element:
    """Diagonal stripes, which survive a black-and-white printer."""
    ground, stripe = HATCHING[colour]
    pattern = _element("pattern", id=f"{name}-{colour[1:]}", width="5", height="5",
                       patternUnits="userSpaceOnUse", patternTransform="rotate(45)")  # fmt: skip
    pattern.append(_element("rect", width="5", height="5", fill=ground))
    pattern.append(_element("rect", width="1.3", height="5", fill=stripe))
    return pattern


def _centre(element: Xml.Element) -> None:
    """Several lines stand around their anchor; Vega hangs them below it."""
    lines = element.findall(f"{{{SVG}}}tspan")
    if len(lines) > 1:
        lines[0].set("dy", str(-(len(lines) - 1) * float(lines[1].get("dy", "0")) / 2))


def _clean(element: Xml.Element, name: str) -> None:
    """Drop roles, classes and styles; shorten paths; rename ids; turn two colours into hatching."""
    for key in [k for k in element.attrib if k in {"class", "style", "role", "font-family"} or k.startswith("aria-")]:
        del element.attrib[key]
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, f"{name}-{value}")
        elif key == "d":
            element.set(key, _NUMBER.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), value))
        elif key == "fill" and value in HATCHING:
            element.set(key, f"url(#{name}-{value[1:]})")
        elif "url(#" in value:
            element.set(key, _REFERENCE.sub(rf"url(#{name}-\1)", value))
