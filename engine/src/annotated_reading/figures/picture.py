"""Pictures of charts: static SVG in the colours of whatever theme shows it.

A book keeps its pictures by the names of their figures, each with the hash of its chart in it, so that a build needs no
browser; `draw` makes them.
"""

import hashlib
import json
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from annotated_reading.colours import light
from annotated_reading.figures.chart import Chart
from annotated_reading.language import _
from annotated_reading.ledger.bibliography import Source
from annotated_reading.ledger.rows import HUES
from annotated_reading.published import render

#: Widths of the pictures in pixels: beside a margin on a screen, and on a phone.
WIDTHS = {"wide": 720, "narrow": 350}

#: Raised when pictures of the same charts come out otherwise than before.
VERSION = 1

_LIGHT = light()
_INK, _PAPER = "--ink", "--figure-paper"

#: The colours of the light theme, which a chart may use, and the names under which the style sheet has them for
#: every theme.
PALETTE = {
    _LIGHT[name]: name for name in (*(f"--hue-{hue}" for hue in HUES), "--figure-muted", "--figure-grid", _INK, _PAPER)
}

_SVG = "http://www.w3.org/2000/svg"
#: Of plotly's styles, those that are attributes of SVG too. The rest says nothing in a picture.
_ATTRIBUTES = {
    "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linejoin",
    "stroke-miterlimit", "opacity", "font-size", "font-weight", "font-style",
}  # fmt: skip
_DEFAULTS = {("fill-opacity", "1"), ("stroke-opacity", "1"), ("opacity", "1"), ("stroke-dasharray", "none")}


def key_of(chart: Chart) -> str:
    """What a chart's pictures are known by: a hash of what is drawn, of what is written on them, and of how."""
    said = [chart.drawing, chart.narrow, chart.title, chart.subtitle, chart.layout["meta"], VERSION]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def files_of(folder: Path, label: str) -> dict[str, Path]:
    """Where a folder keeps the pictures of a figure, wide and narrow."""
    return {name: folder / f"{label}.{name}.svg" for name in WIDTHS}


def read_pictures(folder: Path, label: str, key: str) -> dict[str, str] | None:
    """The SVG of a figure's pictures, wide and narrow, or None where one is missing or is of another chart."""
    pictures = {name: read_picture(file) for name, file in files_of(folder, label).items()}
    return pictures if all(f'data-chart="{key}"' in picture for picture in pictures.values()) else None


def read_picture(file: Path) -> str:
    """The SVG of a picture; nothing where there is none."""
    return file.read_text("utf-8").rstrip() if file.is_file() else ""


def clean(svg: str, key: str, name: str) -> str:
    """Plotly's SVG as a picture for a page: in the colours of the page's theme, without styles, with ids of its own."""
    ET.register_namespace("", _SVG)
    root = ET.fromstring(svg)
    _prune(root)
    ids = {one: f"p{key[:8]}{name[0]}{place}" for place, one in enumerate(_references(root))}
    for element in root.iter():
        _tidy(element, ids)
    width, height = root.get("width", ""), root.get("height", "")
    root.attrib.clear()
    root.attrib.update({"viewBox": f"0 0 {width} {height}", "data-chart": key, "font-size": "14"})
    text = ET.tostring(root, encoding="unicode")
    return re.sub(r"rgb\((\d+), (\d+), (\d+)\)", _themed, text)


def _themed(match: re.Match[str]) -> str:
    colour = "#" + "".join(f"{int(part):02x}" for part in match.groups())
    return f"var({PALETTE[colour]}, {colour})" if colour in PALETTE else colour


def _references(root: ET.Element) -> list[str]:
    """The ids that something in a picture refers to."""
    found = re.findall(r"url\(['\"]?#([^)'\"]+)", ET.tostring(root, encoding="unicode"))
    return list(dict.fromkeys(found))


def _prune(element: ET.Element) -> None:
    """Leave out groups that hold nothing, and shapes that show nothing."""
    for child in list(element):
        _prune(child)
        kind = child.tag.rpartition("}")[2]
        style = child.get("style", "")
        empty = kind in ("g", "defs") and not len(child)
        hidden = kind in ("rect", "path") and (
            ("fill-opacity: 0;" in style and ("stroke-width: 0" in style or "stroke" not in style))
            or child.get("width") == "0"
            or (kind == "path" and child.get("d", "M0,0") == "M0,0")
            or child.get("class") == "legendtoggle"
        )  # fmt: skip
        if empty or hidden:
            element.remove(child)


def _tidy(element: ET.Element, ids: Mapping[str, str]) -> None:
    """Make attributes of an element's styles, number what is referred to, round its figures, and drop the rest."""
    attributes = {**_kept_attributes(element, ids), **_styles(element)}
    for name, value in attributes.items():
        value = re.sub(r"url\(['\"]?#([^)'\"]+)['\"]?\)", lambda match: f"url(#{ids[match[1]]})", value)
        attributes[name] = re.sub(r"-?\d+\.\d{3,}", _rounded, value)
    element.attrib.clear()
    element.attrib.update(attributes)


def _rounded(figure: re.Match[str]) -> str:
    return f"{float(figure[0]):.2f}".rstrip("0").rstrip(".")


def _kept_attributes(element: ET.Element, ids: Mapping[str, str]) -> dict[str, str]:
    attributes = {}
    for name, value in element.attrib.items():
        if name == "id":
            if value in ids:
                attributes["id"] = ids[value]
        elif name == "clip-path" and "#legend" in value:
            continue  # another font than the one it was drawn with may need more room
        elif name not in ("style", "class", "pointer-events", "xml:space") and not name.startswith("data-"):
            attributes[name] = value
    return attributes


def _styles(element: ET.Element) -> dict[str, str]:
    """What an element's style says that an attribute may say too."""
    attributes = {}
    for declaration in element.get("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in _ATTRIBUTES and (name, value) not in _DEFAULTS:
            attributes[name] = value.removesuffix("px") if name in ("font-size", "stroke-width") else value
    return attributes


def plain(svg: str) -> str:
    """A picture in the colours of the light theme, without links, for where there are neither themes nor pages."""
    coloured = re.sub(
        r"var\(--[\w-]+, (#\w+)\)", r"\1", svg.replace("<svg ", '<svg font-family="system-ui, sans-serif" ', 1)
    )
    return re.sub(r"</?a\b[^>]*>", "", coloured)


def standalone(chart: Chart, svg: str, sources: Mapping[str, Source]) -> str:
    """A wide picture with title, subtitle and sources on it, in the colours of the light theme, to be downloaded."""
    width, height = (int(float(part)) for part in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)[0])
    title, subtitle = textwrap.wrap(chart.title, 60), textwrap.wrap(chart.subtitle, 100)
    picture = render(
        "figure.svg",
        chart=chart,
        title=title,
        subtitle=subtitle,
        source=textwrap.wrap(credit(chart, sources), 110),
        top=26 * len(title) + 19 * len(subtitle) + 18,
        width=width,
        height=height,
        ink=_LIGHT[_INK],
        paper=_LIGHT[_PAPER],
        picture=Markup(plain(svg).removeprefix("<svg ")),
    )
    return f"{picture}\n"


def credit(chart: Chart, sources: Mapping[str, Source]) -> str:
    """Whom a chart's data are from, as the line below it says."""
    works = [sources[key].credit if key in sources else key for key in chart.works]
    tables = [_("this book, {table}").format(table=source) for source in chart.sources if source not in chart.works]
    return _("Source: {sources}").format(sources="; ".join(dict.fromkeys([*works, *tables])))
