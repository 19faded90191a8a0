"""Charts of notebook cells as figures of the page, and what builders other than HTML make of the book."""

from __future__ import annotations

import json
import re
from pathlib import Path

import annotated_reading
import pytest
from annotated_reading.figures.chart import Chart, read_chart
from annotated_reading.figures.picture import files_of, key_of
from bs4 import BeautifulSoup, Tag
from sphinx.testing.util import SphinxTestApp

from ..books import Book, Build, words

STATIC = Path(annotated_reading.__file__).parent / "static"

NOTEBOOK = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {name: python3, display_name: Python 3}
---

# Ships

"""

CHART = """\
```{code-cell} python
---
label: fig-ships
tags: [hide-input]
---
import plotly.graph_objects as go

colours = ["#59626e", "#2a5d9f", "#a93a29", "#0b7265", "#8a5a00", "#75489a", "#8a919b", "#123456"]
figure = go.Figure(go.Bar(x=["Athens", "Chios", "Lesbos"], y=[30, 6, 2], marker_color=colours))
figure.update_layout(
    title={"text": "Thirty-eight &lt;ships&gt;", "subtitle": {"text": "Triremes & others sent to Melos"}},
    meta={
        "description": 'A bar chart, "Ships": thirty <i>from</i> Athens, six from Chios, two from Lesbos.',
        "source": "claims.csv",
        "claim": "ath-1-1",
        "columns": {"x": "city"},
    },
    height=280, yaxis={"title": {"text": "ships"}},
)
figure
```

```{code-cell} python
6 * 7
```

```{code-cell} python
:tags: [hide-output]
"an answer to try first"
```

```{code-cell} python
:tags: [hide-input]
unseen = "code alone"
```
"""

UNTOLD = """\
```{code-cell} python
:label: fig-untitled
import plotly.graph_objects as go

bar = go.Figure(go.Bar(y=[1]))
meta = {"description": "One bar.", "source": "claims.csv", "columns": {"x": "x", "y": "y"}}
said = {"title": {"text": "One bar"}, "meta": meta}
bar.update_layout({**said, "title": {}})
```

```{code-cell} python
:label: fig-undescribed
go.Figure(bar).update_layout({**said, "meta": {"source": "claims.csv"}})
```

```{code-cell} python
:label: fig-unsourced
go.Figure(go.Bar(y=[1])).update_layout({**said, "meta": {"description": "One bar."}})
```

```{code-cell} python
:label: fig-wrongly-sourced
go.Figure(go.Bar(y=[1])).update_layout({**said, "meta": {**said["meta"], "source": "nothing.csv"}})
```

```{code-cell} python
go.Figure(go.Bar(y=[1])).update_layout({**said, "title": {"text": "Unlabelled"}})
```

```{code-cell} python
:label: fig-no-number
go.Figure(go.Bar(name="Ships", y=["many"])).update_layout({**said, "title": {"text": "No number"}})
```

```{code-cell} python
:label: fig-unnamed
go.Figure(bar).update_layout({**said, "title": {"text": "Unnamed"}, "meta": {**said["meta"], "columns": {}}})
```

```{code-cell} python
:label: fig-no-kind-of-ours
go.Figure(go.Histogram(x=[1])).update_layout({**said, "title": {"text": "No kind of ours"}})
```

```{code-cell} python
:label: fig-unknown-claim
go.Figure(go.Bar(y=[1])).update_layout({**said, "meta": {**said["meta"], "claim": "ath-9-9"}})
```
"""


def with_chart(folder: Path) -> Book:
    """The tiny book with a chart and its pictures, and a page that refers to it."""
    book = Book(folder)
    book.write("ships", f"{NOTEBOOK}{CHART}\nSee [the chart](#fig-ships), [](#fig-ships) or {{numref}}`fig-ships`.\n")
    conf = book.source / "conf.py"
    settings = '\nnumfig = True\nhtml_baseurl = "https://example.org/melos/"\n'
    conf.write_text(conf.read_text(encoding="utf-8") + settings, encoding="utf-8")
    book.write("fleet", "# Fleet\n\nCompare [](#fig-ships) and [the chart](#fig-ships).\n")
    draw(book)
    return book


def charts(book: Book) -> dict[str, Chart]:
    """The charts of a book, by the labels of their figures, as they are written for the program that draws them."""
    folder = book.build("charts", nb_execution_mode="force").folder
    return {file.stem: read_chart(file.read_text("utf-8")) for file in folder.glob("*.json")}


def draw(book: Book) -> None:
    """Put a picture of each chart of a book where the book keeps them."""
    kept = book.source / "pictures" / "figures"
    kept.mkdir(parents=True, exist_ok=True)
    for label, chart in charts(book).items():
        key = key_of(chart)
        for file in files_of(kept, label).values():
            svg = (
                f'<svg viewBox="0 0 9 9" data-chart="{key}"><a href="#ath-1-1"><path d="M0,0h9" fill="none"/></a></svg>'
            )
            file.write_text(svg, "utf-8")
        (kept / f"{label}.png").write_bytes(b"PNG")


@pytest.fixture(scope="module")
def book_with_chart(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The tiny book with a chart; only to be built."""
    return with_chart(tmp_path_factory.mktemp("chart") / "book")


@pytest.fixture(scope="module")
def drawn(book_with_chart: Book) -> Build:
    """The tiny book with a chart as a site."""
    built = book_with_chart.build(nb_execution_mode="force")
    assert not built.warnings
    return built


@pytest.fixture
def figure(drawn: Build) -> Tag:
    """The figure on its page."""
    return drawn.element("ships", "fig-ships")


@pytest.fixture(scope="module")
def untold(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Build]:
    """The tiny book with charts that do not say what they show, or show what is no figure."""
    book = Book(tmp_path_factory.mktemp("untold") / "book")
    book.write("ships", NOTEBOOK + UNTOLD)
    return book, book.build(nb_execution_mode="force")


def canvas(figure: Tag) -> Tag:
    """Where a figure is drawn."""
    found = figure.select_one(".figure-canvas")
    assert found is not None
    return found


# The figure


def test_a_chart_is_a_figure_with_number_title_and_subtitle(figure: Tag) -> None:
    """The chart would vanish from the page, as jupyter-book drops it, or stand there without a name."""
    assert figure.name == "figure"
    assert words(figure.select_one(".figure-title")) == "Fig. 1 Thirty-eight &lt;ships&gt;"
    assert words(figure.select_one(".figure-subtitle")) == "Triremes & others sent to Melos"


def test_a_picture_for_each_width_is_in_the_page_and_has_a_name(figure: Tag) -> None:
    """Without the script there would be no chart; a screen reader would read out the letters of its axes."""
    pictures = canvas(figure).select("svg")
    assert [picture["class"] for picture in pictures] == [["picture-wide"], ["picture-narrow"]]
    for picture in pictures:
        assert picture["role"] == "group"  # it has links in it
        assert figure.find(id=str(picture["aria-labelledby"])) is figure.select_one(".figure-title")
        assert figure.find(id=str(picture["aria-describedby"])) is figure.select_one("details > p")


def test_a_mark_leads_to_its_claim(figure: Tag) -> None:
    """A reader who sees the one mark that differs could not ask what it is."""
    links = canvas(figure).select("svg a")
    assert {str(link["href"]) for link in links} == {"athens.html#ath-1-1"}
    assert {str(link["tabindex"]) for link in links} == {"-1"}


def test_a_canvas_has_what_plotly_draws(figure: Tag) -> None:
    """The script would have nothing to draw, or draw the title over the page's."""
    drawing = json.loads(str(canvas(figure)["data-figure"]))
    (bars,) = drawing["data"]
    assert (bars["type"], bars["x"], bars["y"]) == ("bar", ["Athens", "Chios", "Lesbos"], [30, 6, 2])
    assert "title" not in drawing["layout"]
    assert "meta" not in drawing["layout"]


def test_the_colours_of_the_palette_follow_the_theme(figure: Tag) -> None:
    """A chart in the colours of the light theme could not be read on the dark one."""
    colours = json.loads(str(canvas(figure)["data-figure"]))["data"][0]["marker"]["color"]
    assert colours == [
        "var(--hue-slate)",
        "var(--hue-blue)",
        "var(--hue-red)",
        "var(--hue-teal)",
        "var(--hue-ochre)",
        "var(--hue-violet)",
        "var(--figure-muted)",
        "#123456",
    ]


def test_a_figure_tells_in_words_what_it_shows_whence_and_of_which_claim(figure: Tag) -> None:
    """Without eyes nothing of the chart would be left, and nobody could check it."""
    description, source = figure.select_one("details:not([open]) > p"), figure.select_one(".figure-source")
    assert description is not None and source is not None
    assert "thirty <i>from</i> Athens, six from Chios, two from Lesbos." in words(description)
    assert words(source).startswith("Source: this book, claims.csv.")
    link = source.find("a")
    assert isinstance(link, Tag)
    assert (words(link), link["href"]) == ("ath-1-1", "athens.html#ath-1-1")


def test_the_data_are_a_table_behind_a_toggle(figure: Tag) -> None:
    """A reader who cannot see the chart, or wants its figures, would have to guess them from the bars."""
    table = figure.select_one("details:not([open]) table")
    assert table is not None
    rows = [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.select("tr")]
    assert rows == [["city", "ships"], ["Athens", "30"], ["Chios", "6"], ["Lesbos", "2"]]
    assert [head["scope"] for head in table.select("th")] == ["col", "col", "row", "row", "row"]
    assert "number" in table.select("td")[0]["class"]
    assert "Thirty-eight" in words(table.find("caption"))


def test_data_and_pictures_can_be_downloaded(drawn: Build, figure: Tag) -> None:
    """An analyst would type the figures off the page, and a teacher take a photograph of it."""
    links = [str(link["href"]) for link in figure.select(".figure-downloads a[download]")]
    assert links == [f"figures/fig-ships.{kind}" for kind in ("csv", "csv-metadata.json", "svg", "png")]
    assert (drawn.folder / links[0]).read_text("utf-8") == "city,ships\nAthens,30\nChios,6\nLesbos,2\n"
    said = json.loads((drawn.folder / links[1]).read_text("utf-8"))
    assert said["url"] == "fig-ships.csv"
    assert said["dc:title"] == "Thirty-eight &lt;ships&gt;"
    assert said["dc:isPartOf"] == "https://example.org/melos/ships.html#fig-ships"
    whole = (drawn.folder / links[2]).read_text("utf-8")
    assert "<title>Thirty-eight &amp;lt;ships&amp;gt;</title>" in whole
    assert "Source: this book, claims.csv" in whole
    assert (drawn.folder / links[3]).read_bytes() == b"PNG"


def test_the_code_of_a_figure_is_in_its_menu(drawn: Build, figure: Tag) -> None:
    """Code would stand in the middle of an argument, or an analyst not find it at the figure that it draws."""
    (code,) = figure.select("details details:not([open])")
    assert words(code.find("summary")) == "Code"
    assert 'go.Bar(x=["Athens", "Chios", "Lesbos"]' in words(code)
    assert not [one for one in drawn.main("ships").select(".cell_input") if "go.Bar" in words(one)][1:]


def test_markup_of_a_figure_is_shown_as_text(figure: Tag) -> None:
    """What a chart says of itself, from a table perhaps, could run a script."""
    assert not figure.find_all(["b", "i", "script"])


def test_another_output_is_left_alone(drawn: Build) -> None:
    """The numbers of a notebook would be taken for charts, or lost."""
    outputs = [words(output) for output in drawn.soup("ships").select(".cell_output")]
    assert outputs[-2] == "42"
    assert len(drawn.soup("ships").find_all("figure")) == 1


def test_what_a_cell_hides_is_folded_under_its_name(drawn: Build) -> None:
    """A result would be read before it is thought about; or a fold be no HTML, and called otherwise than it shows."""
    result, code = drawn.main("ships").select(".cell > details")
    for fold, name, held in ((result, "Result", "an answer to try first"), (code, "Code", "code alone")):
        assert str(fold.find("summary")) == f"<summary>{name}</summary>"
        assert held in words(fold)


# References to it


def test_a_book_without_the_engine_shows_charts_and_frames_as_ever(tmp_path: Path) -> None:
    """myst-nb asks every renderer that is installed: beside the engine, other people's books could not be built."""
    frame = "\n```{code-cell} python\nimport pandas\npandas.DataFrame({'ships': [38]})\n```\n"
    page = f"{NOTEBOOK}{CHART.replace('(fig-ships)=', '')}{frame}"
    (tmp_path / "index.md").write_text(page, "utf-8")
    (tmp_path / "conf.py").write_text('extensions = ["myst_nb"]\nnb_execution_mode = "force"\n', "utf-8")
    app = SphinxTestApp("html", srcdir=tmp_path)
    try:
        app.build()
    finally:
        app.cleanup()
    text = (Path(app.outdir) / "index.html").read_text("utf-8")
    assert "<td>38</td>" in text and ">42\n" in text


def test_a_reference_from_another_page_reads_as_the_title(drawn: Build) -> None:
    """A sentence could not point to the chart by its name."""
    links = drawn.soup("fleet").select('main p a[href="ships.html#fig-ships"]')
    assert [words(link) for link in links] == ["Thirty-eight &lt;ships&gt;", "the chart"]


def test_a_reference_from_its_own_page_keeps_its_words(drawn: Build) -> None:
    """The author's words would be replaced, or lead nowhere."""
    assert words(drawn.soup("ships").select('a[href="#fig-ships"]')[0]) == "the chart"


def test_a_reference_from_its_own_page_reads_as_the_title(drawn: Build) -> None:
    """The sentence beside the chart would read "#fig-ships"."""
    links = drawn.soup("ships").select('p a[href="#fig-ships"]')
    assert [words(link) for link in links[1:]] == ["Thirty-eight &lt;ships&gt;", "Fig. 1"]


# What a figure must say

TOLD = {
    "fig-untitled": "found no layout.title.text",
    "fig-undescribed": "found no layout.meta.description",
    "fig-unsourced": "found no layout.meta.source",
    "fig-wrongly-sourced": "found 'nothing.csv' in layout.meta.source, expected a key of the bibliography or a table",
    '"Unlabelled"': "found the label '', expected one such as fig-ships",
    "fig-unnamed": "found no layout.xaxis.title.text and no layout.meta.columns.x",
    "fig-no-kind-of-ours": "found a trace of the kind 'histogram', expected one of bar, pie, scatter",
    "fig-no-number": "found 'many' among the figures of Ships, expected numbers",
}


@pytest.mark.parametrize(("words_of_cell", "told"), TOLD.items())
def test_a_figure_that_says_too_little_is_told_with_file_and_line(
    untold: tuple[Book, Build], words_of_cell: str, told: str
) -> None:
    """A chart that some readers cannot know, or nobody can check, would be published."""
    book, built = untold
    (warning,) = [warning for warning in built.warnings if told in warning]
    place = re.match(rf"{re.escape(str(book.page('ships')))}:(\d+): WARNING: cell \d+: ", warning)
    assert place is not None
    assert abs(int(place[1]) - book.line("ships", words_of_cell)) <= 2


def test_a_figure_of_an_unknown_claim_is_told_with_file_and_line(untold: tuple[Book, Build]) -> None:
    """A chart would be of a claim that does not exist."""
    book, built = untold
    (warning,) = [warning for warning in built.warnings if "ath-9-9" in warning]
    place = re.match(rf"{re.escape(str(book.page('ships')))}:(\d+): WARNING", warning)
    assert place is not None
    assert abs(int(place[1]) - book.line("ships", "ath-9-9")) <= 3


def test_a_missing_picture_is_told_and_what_draws_it(untold: tuple[Book, Build]) -> None:
    """The page would have an empty place, and the author would not know why."""
    _, built = untold
    (warning,) = [warning for warning in built.warnings if re.search("found no picture of fig-unknown-claim", warning)]
    assert "`make figures` draws it" in warning


def test_a_picture_of_another_chart_is_told(tmp_path: Path) -> None:
    """A figure would show what its words and its table do not say."""
    book = with_chart(tmp_path / "book")
    book.replace("ships", "y=[30, 6, 2]", "y=[30, 6, 3]")
    (warning,) = book.build(nb_execution_mode="force").warnings
    assert "found no picture of fig-ships as it is now" in warning
    draw(book)
    assert not book.build(nb_execution_mode="force").warnings


def test_a_picture_that_was_lost_is_told_though_nothing_else_has_changed(tmp_path: Path) -> None:
    """The next build would be green, and the one after a fresh start would not."""
    book = with_chart(tmp_path / "book")
    book.build(nb_execution_mode="force")
    (book.source / "pictures" / "figures" / "fig-ships.wide.svg").unlink()
    (warning,) = book.build(nb_execution_mode="force").warnings
    assert "found no picture of fig-ships" in warning


def test_a_chart_that_is_no_more_is_no_longer_written(tmp_path: Path) -> None:
    """Its picture would be kept for good."""
    book = with_chart(tmp_path / "book")
    assert set(charts(book)) == {"fig-ships"}
    book.page("ships").unlink()
    book.page("fleet").unlink()
    assert not charts(book)


MARKS = """\
```{code-cell} python
:label: fig-marks
import plotly.graph_objects as go

marks = go.Scatter(x=[0], y=[0], mode="markers", text=["fact"], customdata=ADDRESSES, meta={"links": KIND})
go.Figure(marks).update_layout(
    title={"text": "Marks"},
    meta={"description": "One mark.", "source": "claims.csv", "columns": {"x": "x", "y": "y"}},
)
```
"""


@pytest.mark.parametrize(("kind", "address"), [("claims", "ath-9-9"), ("events", "event-siege")])
def test_a_mark_that_leads_nowhere_is_told_once_with_file_and_line(tmp_path: Path, kind: str, address: str) -> None:
    """A reader would follow the mark to the top of a page, or the build would end in a traceback."""
    book = Book(tmp_path / "book")
    book.write("ships", NOTEBOOK + MARKS.replace("ADDRESSES", f"[{address!r}]").replace("KIND", repr(kind)))
    draw(book)
    for file in (book.source / "pictures" / "figures").glob("*.svg"):
        file.write_text(file.read_text("utf-8").replace("ath-1-1", address), "utf-8")
    built = book.build(nb_execution_mode="force")
    (warning,) = built.warnings
    place = re.match(rf"{re.escape(str(book.page('ships')))}:(\d+): WARNING: .*{address}", warning)
    assert place is not None
    assert abs(int(place[1]) - book.line("ships", "code-cell")) <= 2
    assert not canvas(built.element("ships", "fig-marks")).select("a[href]")


# What the pages load


def test_every_page_loads_style_and_script_from_the_site(drawn: Build) -> None:
    """The previews would stand in the text, and no page would work without another host."""
    for page in ("athens", "ships", "index"):
        soup = drawn.soup(page)
        assert soup.select_one('link[href^="_static/annotated-reading.css"]')
        assert soup.select_one('script[src^="_static/annotated-reading.js"][defer]')
        loaded = [str(script["src"]) for script in soup.select("script[src]")]
        loaded += [str(sheet["href"]) for sheet in soup.select("link[rel=stylesheet]")]
        assert not [address for address in loaded if re.match(r"(\w+:)?//", address)]


@pytest.mark.parametrize("page", ["athens", "melos", "thucydides", "ships", "fleet"])
def test_nothing_that_the_engine_adds_is_an_inline_script(drawn: Build, page: str) -> None:
    """The site could not forbid inline scripts, and with them whatever an attacker writes into a page."""
    main = drawn.main(page)
    assert not main.find_all(["script", "style", "iframe"])
    assert not [name for tag in main.find_all(True) for name in tag.attrs if name.startswith("on") or name == "style"]
    loaded = [str(tag["src"]) for tag in main.select("[src]")]
    assert not loaded
    links = {str(link["href"]).partition("#")[0] for link in main.select('a[href*="//"]')}
    assert links <= {"https://example.org/thucydides/5"}


def test_the_engine_s_own_files_name_no_other_host() -> None:
    """A page would tell another host who reads it."""
    for file in STATIC.glob("annotated-reading*"):
        assert not re.search(r"(https?:)?//[\w-]+\.\w", file.read_text(encoding="utf-8")), file.name


def test_two_builds_make_the_same_bytes(drawn: Build, tmp_path: Path) -> None:
    """Nobody could check that the published book is the one in the repository."""
    again = with_chart(tmp_path / "elsewhere" / "book").build(nb_execution_mode="force")
    expected = drawn.files()
    found = again.files()
    assert sorted(found) == sorted(expected)
    assert [name for name in found if found[name] != expected[name]] == []


# Other builders

SAID = (
    "ath-1-1",
    "The strong take what their strength allows",
    "Justice is argued only between",
    "Melos asks for the rule",
)


def test_a_text_file_has_claims_links_and_figures(book_with_chart: Book) -> None:
    """Whoever reads the book as plain text would not find what it reads."""
    built = book_with_chart.build("text", nb_execution_mode="force")
    assert not built.warnings
    athens = words(BeautifulSoup((built.folder / "athens.txt").read_text(encoding="utf-8"), "html.parser"))
    assert [said for said in (*SAID, "1 Strength instead of justice") if said not in athens] == []
    ships = " ".join((built.folder / "ships.txt").read_text(encoding="utf-8").split())
    assert "Thirty-eight &lt;ships&gt; Triremes & others sent to Melos" in ships
    assert "six from Chios, two from Lesbos." in ships
    assert "Source: this book, claims.csv. On ath-1-1." in ships


@pytest.fixture(scope="module")
def latex(book_with_chart: Book) -> str:
    """The tiny book with a chart as LaTeX."""
    built = book_with_chart.build("latex", nb_execution_mode="force")
    assert not built.warnings
    (file,) = built.folder.glob("*annotated.tex")
    return " ".join(file.read_text(encoding="utf-8").replace("\\sphinxhyphen{}", "-").split())


def test_a_printed_book_has_claims_links_and_figures(latex: str) -> None:
    """The book on paper would be the annotation of nothing."""
    assert [said for said in (*SAID, "1\\quad Strength instead of justice") if said not in latex] == []
    assert "six from Chios, two from Lesbos" in latex


def test_a_reference_in_a_printed_book_leads_to_its_claim(latex: str) -> None:
    """A reference in the PDF could be clicked, and would lead nowhere; LaTeX would warn of each."""
    assert "\\hyperref[\\detokenize{athens:ath-1-1}]" in latex
    assert "\\label{\\detokenize{athens:ath-1-1}}" in latex


def test_an_e_book_has_claims_and_no_previews(book: Book) -> None:
    """An e-book reader, which shows no previews, would print each paraphrase after its reference."""
    built = book.build("epub", version="1", copyright="nobody")
    assert not built.warnings
    text = (built.folder / "athens.xhtml").read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert [said for said in SAID if said not in words(soup)] == []
    assert soup.select_one('a[href="melos.xhtml#mel-1-1"]')
    assert soup.find(id="ath-1-1")
    assert "a rule that protects everyone" not in words(soup)


def test_a_cell_that_is_labelled_a_figure_and_makes_none_is_told(tmp_path: Path) -> None:
    """A chart would vanish while the build stays green."""
    book = with_chart(tmp_path)
    book.write("ships", book.page("ships").read_text(encoding="utf-8").replace("\nfigure\n```", "\nNone\n```", 1))
    warnings = [warning for warning in book.build(nb_execution_mode="force").warnings if "cell fig-ships" in warning]
    assert len(warnings) == 1
    assert "ships.md" in warnings[0]
