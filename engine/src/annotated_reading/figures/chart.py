"""What a plotly chart says: its name, description and sources, and its data as a table.

A chart travels as plotly's own JSON. What it says of itself is in its layout: `title.text`, `title.subtitle.text`,
and `meta` with its `description`, its `source` (keys of the bibliography and names of the book's own tables, separated
by spaces), if it is about one, the `claim`, and in `columns` what the data are where no axis says it.
"""

import base64
import json
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, NamedTuple

from annotated_reading.language import _

Cell = str | int | float | None

#: The names of the columns, and the rows.
Table = tuple[list[str], list[list[Cell]]]

#: The kinds of traces that the site's own copy of plotly.js draws.
KINDS = ("bar", "pie", "scatter")

#: The types of array.array for plotly's names of the types of its encoded arrays.
_TYPES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "f4": "f", "f8": "d"}


class Point(NamedTuple):
    """A point of a trace: its category, or where it stands; its figure; and its words, where they say more."""

    key: Cell
    value: Cell
    words: str


class ChartError(ValueError):
    """A chart that does not say what it must, or does not hold what it should."""


@dataclass(frozen=True)
class Chart:
    """A chart: what it says of itself, its traces and its layout, as plotly has them."""

    title: str
    subtitle: str
    description: str
    sources: tuple[str, ...]
    claim: str
    columns: Mapping[str, str]
    """What the data are where no axis says it, by `x`, `y`, `series` and `text`."""
    narrow: Mapping[str, Any]
    """What a narrow picture has otherwise: paths of the layout, as `margin.l`, and of all traces, as `trace.y`."""
    traces: Sequence[Mapping[str, Any]]
    layout: Mapping[str, Any]

    @property
    def works(self) -> tuple[str, ...]:
        """The sources that are works of the bibliography."""
        return tuple(source for source in self.sources if not source.endswith(".csv"))

    @property
    def drawing(self) -> dict[str, Any]:
        """What is drawn: the chart without what a page says in words."""
        layout = {key: value for key, value in self.layout.items() if key not in ("title", "meta")}
        return {"data": list(self.traces), "layout": layout}

    @property
    def narrowing(self) -> dict[str, dict[str, Any]]:
        """What `narrow` says as plotly's `update` takes it: changes of the `traces` and of the `layout`."""
        of_traces = {path: value for path, value in self.narrow.items() if path.startswith("trace.")}
        return {
            "traces": {path.removeprefix("trace."): value for path, value in of_traces.items()},
            "layout": {path: value for path, value in self.narrow.items() if path not in of_traces},
        }

    def table(self) -> Table:
        """The data: the names of the columns, and the rows.

        Where all traces have the same categories, each trace is a column; else each point is a row, with its text
        where that says more than its figure. Where marks stand for claims, each claim is a row.

        Raises ChartError for a figure that is no number.
        """
        if self.is_of_claims:
            return self._claims()
        series = [_points(trace, number) for number, trace in enumerate(self.traces, start=1)]
        first = [point.key for point in series[0]]
        shared = all([point.key for point in points] == first for points in series)
        is_wide = len(series) > 1 and shared and len(set(first)) == len(first)
        return self._wide(series) if is_wide else self._long(series)

    @property
    def is_of_claims(self) -> bool:
        """Whether marks stand for claims."""
        return any(map(_links, self.traces))

    @property
    def _axes(self) -> tuple[str, str]:
        """The axis of the categories, and that of the figures."""
        horizontal = any(trace.get("orientation") == "h" for trace in self.traces)
        return ("yaxis", "xaxis") if horizontal else ("xaxis", "yaxis")

    def _wide(self, series: Sequence[Sequence[Point]]) -> Table:
        """A row for each category, a column for each trace."""
        across, along = map(self._name, self._axes)
        names = [str(trace.get("name", along)) for trace in self.traces]
        return [across, *names], [[row[0].key, *(point.value for point in row)] for row in zip(*series, strict=True)]

    def _long(self, series: Sequence[Sequence[Point]]) -> Table:
        """A row for each point, without the columns that say nothing."""
        keyed, other = self._axes
        names = [self.columns.get("series", _("series")), self._name(keyed), self._name(other)]
        names.append(self.columns.get("text", _("text")))
        rows = [
            [trace.get("name", ""), self._label(keyed, point.key), self._label(other, point.value), point.words]
            for trace, points in zip(self.traces, series, strict=True)
            for point in points
        ]
        columns = zip(names, zip(*rows, strict=True), strict=True) if rows else ()
        used = [(name, cells) for name, cells in columns if any(cell not in ("", None) for cell in cells)]
        return [name for name, _ in used], [list(row) for row in zip(*(cells for _, cells in used), strict=True)]

    def _claims(self) -> Table:
        """The claims that the marks stand for, each with its series, and its category, which is its text."""
        rows = [
            [claim, category, str(trace.get("name", ""))]
            for trace in filter(_links, self.traces)
            for claim, category in zip(_values(trace["customdata"]), _values(trace["text"]), strict=True)
        ]
        return [_("claim"), self._name("yaxis"), self.columns.get("series", _("series"))], rows

    def _label(self, axis: str, value: Cell) -> Cell:
        """What stands at the axis for a value, where the axis has words of its own."""
        labels, ticks = (_values(self.layout.get(axis, {}).get(key, ())) for key in ("ticktext", "tickvals"))
        if not labels or not isinstance(value, int | float):
            return value
        nearest = min(zip(ticks, labels, strict=True), key=lambda pair: abs(float(pair[0] or 0) - value))
        return _plain(nearest[1])

    def _name(self, axis: str) -> str:
        """What the data on an axis are: its title, or what `meta.columns` says."""
        title = self.layout.get(axis, {}).get("title", {})
        text = title.get("text", "") if isinstance(title, dict) else title
        name = _plain(text or self.columns.get(axis[0], ""))
        if not name:
            raise ChartError(f"found no layout.{axis}.title.text and no layout.meta.columns.{axis[0]}, expected a name")
        return name


def read_chart(content: Mapping[str, Any] | str) -> Chart:
    """A chart from plotly's JSON.

    Raises ChartError, which says what is missing, for one without title, description or source.
    """
    found: Mapping[str, Any] = json.loads(content) if isinstance(content, str) else content
    layout = found.get("layout", {})
    title = layout.get("title", {})
    meta = layout.get("meta") or {}
    chart = Chart(
        title=_plain(title.get("text", "")),
        subtitle=_plain(title.get("subtitle", {}).get("text", "")),
        description=str(meta.get("description", "")),
        sources=tuple(str(meta.get("source", "")).split()),
        claim=str(meta.get("claim", "")),
        columns=meta.get("columns", {}),
        narrow=meta.get("narrow", {}),
        traces=found.get("data", []),
        layout=layout,
    )
    for what, value in (
        ("layout.title.text", chart.title),
        ("layout.meta.description", chart.description),
        ("layout.meta.source", chart.sources),
    ):
        if not value:
            raise ChartError(f"found no {what}, expected what the figure says of itself")
    for trace in chart.traces:
        if trace["type"] not in KINDS:
            raise ChartError(f"found a trace of the kind {trace['type']!r}, expected one of {', '.join(KINDS)}")
    return chart


def _points(trace: Mapping[str, Any], number: int) -> list[Point]:
    """The points of a trace, which is called by its number where it has no name."""
    first, second = ("y", "x") if trace.get("orientation") == "h" else ("x", "y")
    if trace["type"] == "pie":
        first, second = "labels", "values"
    name = trace.get("name", f"trace {number}")
    figures = _values(trace.get(second, ()))
    keys = _places(trace.get(first, ())) or list(range(1, len(figures) + 1))
    if trace["type"] != "scatter" or "lines" in str(trace.get("mode", "")):
        for value in figures:
            if isinstance(value, str):
                raise ChartError(f"found {value!r} among the figures of {name}, expected numbers")
    texts = trace.get("hovertext") or trace.get("text") or ""
    texts = [texts] * len(keys) if isinstance(texts, str) else _values(texts)
    counts = {first: len(keys), second: len(figures), "text": len(texts)}
    if len(set(counts.values())) > 1:
        found = ", ".join(f"{count} of {what}" for what, count in counts.items())
        raise ChartError(f"found {found} in {name}, expected as many of each")
    return [Point(key, value, _words(text)) for key, value, text in zip(keys, figures, texts, strict=True)]


def _places(values: Any) -> list[Cell]:
    """The places of points on an axis; on one of several levels each place is its words on all of them."""
    if isinstance(values, list) and values and all(isinstance(level, list | Mapping) for level in values):
        return [", ".join(map(str, place)) for place in zip(*map(_values, values), strict=False)]
    return _values(values)


def _words(text: Cell) -> str:
    """The words at a point, without those that are only a figure."""
    plain = _plain(text or "")
    return "" if re.fullmatch(r"[-+−]?[\d.,]*( ?(%|per cent))?|nan", plain) else plain


def _values(values: Any) -> list[Cell]:
    """The values of an array, which plotly may have encoded (https://github.com/plotly/plotly.js/pull/5230)."""
    if isinstance(values, Mapping):
        values = array(_TYPES[values["dtype"]], base64.b64decode(values["bdata"])).tolist()
    return [_value(value) for value in values]


def _value(value: Any) -> Cell:
    """A value as a table has it: nothing for what is no number, whole numbers as such, days without a midnight."""
    if isinstance(value, float):
        return None if isnan(value) else int(value) if value.is_integer() else value
    return re.sub("T00:00:00(.0+)?$", "", value) if isinstance(value, str) else value


def _links(trace: Mapping[str, Any]) -> bool:
    """Whether the marks of a trace stand for claims, whose addresses are its `customdata`."""
    return bool((trace.get("meta") or {}).get("links") == "claims")


def _plain(text: object) -> str:
    """Words without the few tags that plotly knows."""
    return re.sub(r"\s+", " ", re.sub(r"</?(b|i|br|sub|sup|span|a)\b[^>]*>", " ", str(text))).strip()
