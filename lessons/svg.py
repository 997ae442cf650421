"""
Which SVG drawings may be shown: a strict list of what a picture needs. Everything else is refused in words, and nothing is
mended silently: whoever drew it should see that something is left out.

A lesson shows drawings in `<img>`, where nothing runs and nothing is fetched. The list is for whoever opens the file itself.
"""

import re
from xml.etree import ElementTree

from django.utils.translation import gettext as _

_SVG, _XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "switch",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "style",
        "version",
        "viewBox",
        "preserveAspectRatio",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "width",
        "height",
        "d",
        "points",
        "pathLength",
        "transform",
        "rotate",
        "textLength",
        "lengthAdjust",
        "startOffset",
        "method",
        "spacing",
        "side",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "offset",
        "stop-color",
        "stop-opacity",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "markerUnits",
        "markerWidth",
        "markerHeight",
        "orient",
        "refX",
        "refY",
        "marker-start",
        "marker-mid",
        "marker-end",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "vector-effect",
        "paint-order",
        "opacity",
        "color",
        "display",
        "visibility",
        "overflow",
        "clip-path",
        "clip-rule",
        "mask",
        "color-interpolation",
        "shape-rendering",
        "text-rendering",
        "image-rendering",
        "font-family",
        "font-size",
        "font-size-adjust",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-weight",
        "letter-spacing",
        "word-spacing",
        "text-anchor",
        "text-decoration",
        "dominant-baseline",
        "alignment-baseline",
        "baseline-shift",
        "direction",
        "writing-mode",
        "unicode-bidi",
        "role",
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "aria-describedby",
        "focusable",
        "lang",
        "tabindex",
        "href",
    ]
)
_OUTSIDE = re.compile(r"url\s*\(\s*(?!['\"]?#)|@import|expression\s*\(|javascript\s*:|data\s*:|\\", re.IGNORECASE)


def svg_problem(content):
    """Why this SVG file (bytes) may not be shown, as a sentence with the way out; None where it may."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _("The drawing is not written in UTF-8. Save it as “plain SVG”.")
    declared = re.match(r"\s*<\?xml[^>]*encoding\s*=\s*['\"]([^'\"]+)", text)
    if "\x00" in text or (declared and declared[1].lower() not in ("utf-8", "us-ascii")):
        return _("The drawing is not written in UTF-8. Save it as “plain SVG”.")
    if re.search(r"<!DOCTYPE|<!ENTITY|<\?xml-", text, re.IGNORECASE):
        return _("The drawing has a document type or a style sheet of its own. Save it as “plain SVG”.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  no document type, so no entities
    except (ElementTree.ParseError, ValueError):
        return _("The drawing is no valid SVG file. Open it in a drawing programme and save it anew.")
    if root.tag != f"{_SVG}svg":
        return _("The drawing is no valid SVG file. Open it in a drawing programme and save it anew.")
    return next((problem for element in root.iter() for problem in _problems(element)), None)


def _problems(element):
    name = str(element.tag).removeprefix(_SVG)
    if name not in ELEMENTS:
        yield _(
            "The drawing holds “%(name)s”, which pictures of lessons may not have. Remove it, or save as “plain SVG”."
        ) % {"name": name.rpartition("}")[2][:40]}
    for attribute, value in element.attrib.items():
        plain = attribute.removeprefix(_XLINK).removeprefix(_XML)
        if plain == "href" or attribute == f"{_XML}base":
            if not value.strip().startswith("#"):
                yield _("The drawing points to another file (“%(value)s”). Draw everything inside of it.") % {
                    "value": value[:60]
                }
        elif (
            attribute not in (f"{_XML}space", f"{_XML}lang")
            and attribute not in ATTRIBUTES
            and attribute[:5] not in ("data-",)
        ):
            yield _(
                "The drawing holds “%(name)s”, which pictures of lessons may not have. Remove it, or save as “plain SVG”."
            ) % {"name": plain.rpartition("}")[2][:40]}
        if _OUTSIDE.search(value):
            yield _("The drawing points to another file (“%(value)s”). Draw everything inside of it.") % {
                "value": value[:60]
            }
