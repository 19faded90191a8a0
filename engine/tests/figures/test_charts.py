"""Charts: what they say of themselves, and their data as a table."""

from __future__ import annotations

import json

import pandas as pd
import plotly.graph_objects as go
import pytest
from annotated_reading.figures.chart import Chart, ChartError, read_chart

SAID = {
    "title": {"text": "A <b>finding</b><br>in two lines", "subtitle": {"text": "Ships by year"}},
    "meta": {
        "description": "Bars.",
        "source": "jowett1881 fleet.csv",
        "columns": {"x": "year", "y": "ships", "text": "which"},
    },
}


def chart(*traces: object, **layout: object) -> Chart:
    """A chart of traces, which says what it must."""
    return read_chart(json.loads(go.Figure(list(traces)).update_layout({**SAID, **layout}).to_json()))


def test_what_a_chart_says_is_plain_text() -> None:
    """Tags of plotly would be read out, and printed in a heading."""
    made = chart(go.Bar(x=[1], y=[2]))
    assert (made.title, made.subtitle) == ("A finding in two lines", "Ships by year")
    assert made.sources == ("jowett1881", "fleet.csv")
    assert made.works == ("jowett1881",)


def test_what_is_drawn_has_no_words_of_the_page() -> None:
    """The title would stand over the chart twice."""
    assert not {"title", "meta"} & set(chart(go.Bar(x=[1], y=[2])).drawing["layout"])


def test_traces_with_the_same_categories_are_columns() -> None:
    """A reader would have to put the table together from pieces."""
    made = chart(
        go.Bar(name="Athens", x=["431", "416"], y=[30, 38]), go.Bar(name="Melos", x=["431", "416"], y=[1.5, None])
    )
    assert made.table() == (["year", "Athens", "Melos"], [["431", 30, 1.5], ["416", 38, None]])


def test_other_traces_are_rows_with_their_names() -> None:
    """Two series of different years would be set beside each other as if they were of the same."""
    made = chart(go.Bar(name="Athens", x=[431], y=[30]), go.Scatter(name="Melos", x=[416], y=[1], text=["the last"]))
    assert made.table() == (
        ["series", "year", "ships", "which"],
        [["Athens", 431, 30, ""], ["Melos", 416, 1, "the last"]],
    )


def test_a_horizontal_bar_is_read_along_its_length() -> None:
    """Categories would be taken for figures."""
    made = chart(go.Bar(x=[30, 6], y=["Athens", "Chios"], orientation="h"))
    assert made.table() == (["ships", "year"], [["Athens", 30], ["Chios", 6]])


def test_encoded_arrays_and_days_are_read() -> None:
    """Figures of pandas, which plotly encodes, would be missing from the table, and days carry a midnight."""
    days = pd.to_datetime(["2018-06-12", "2018-06-13"])
    made = chart(go.Scatter(x=days, y=pd.Series([1.5, float("nan")]), mode="lines"))
    assert made.table()[1] == [["2018-06-12", 1.5], ["2018-06-13", None]]


def test_words_that_are_only_a_figure_are_no_column() -> None:
    """The labels on the bars would be a second column of the same figures."""
    assert chart(go.Bar(x=[1, 2], y=[2501.3, 4], text=["2,501", "4"])).table()[0] == ["year", "ships"]


def test_a_place_on_an_axis_has_the_words_that_stand_there() -> None:
    """A table would have 0 and 1 where the chart has names."""
    made = chart(
        go.Scatter(x=[5, 6], y=[0, 0.9], mode="markers"), yaxis={"tickvals": [0, 1], "ticktext": ["war", "peace"]}
    )
    assert made.table()[1] == [[5, "war"], [6, "peace"]]


def test_marks_of_claims_are_a_table_of_claims() -> None:
    """A reader by keyboard, whom the marks do not reach, could not follow them."""
    marks = go.Scatter(
        name="kept", x=[0], y=[0], text=["fact"], customdata=["ath-1-1"], mode="markers", meta={"links": "claims"}
    )
    assert chart(marks).table() == (["claim", "ships", "series"], [["ath-1-1", "fact", "kept"]])


@pytest.mark.parametrize("trace", [go.Bar(x=[1], y=["many"]), go.Scatter(x=[1, 2], y=["1", "few"], mode="lines")])
def test_a_figure_that_is_no_number_is_told(trace: object) -> None:
    """Plotly would make a category of it, and the bar be as long as its place in the table."""
    with pytest.raises(ChartError, match="expected numbers"):
        chart(trace).table()


@pytest.mark.parametrize("kind", ["heatmap", "histogram", "box", "scattergl"])
def test_a_kind_that_the_site_cannot_draw_is_told(kind: str) -> None:
    """A reader would press the switch and see an empty frame, or read a table of something else."""
    trace: dict[str, object] = {"z": [[1, 2]]} if kind == "heatmap" else {"y": [1, 2]}
    with pytest.raises(ChartError, match=f"found a trace of the kind '{kind}', expected one of bar, pie, scatter"):
        chart({"type": kind, **trace})


def test_a_pie_has_a_table_of_its_parts() -> None:
    """Whoever cannot see the pie would have nothing of it."""
    made = chart(go.Pie(labels=["Athens", "Chios"], values=[30, 6], text=["most", ""]))
    assert made.table() == (["year", "ships", "which"], [["Athens", 30, "most"], ["Chios", 6, ""]])


def test_a_pie_that_leaves_counting_to_plotly_is_told() -> None:
    """The table would be empty, or the build end with a word of Python's."""
    with pytest.raises(
        ChartError, match="found 2 of labels, 0 of values, 2 of text in trace 1, expected as many of each"
    ):
        chart(go.Pie(labels=["Athens", "Athens"])).table()


def test_a_place_on_an_axis_of_two_levels_has_both_its_words() -> None:
    """A row would be headed by a city without its year, or by a list of all of them."""
    made = chart(go.Bar(x=[["431", "431", "416"], ["Athens", "Melos", "Athens"]], y=[30, 1, 38]))
    assert made.table() == (["year", "ships"], [["431, Athens", 30], ["431, Melos", 1], ["416, Athens", 38]])
