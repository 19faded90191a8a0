"""Tables that pandas prints: with caption and headers, and told where they lack them."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import Tag

from ..books import Book, Build, words
from ..figures.test_figures import NOTEBOOK

TABLES = """\
```{code-cell} python
---
label: tab-ships
caption: Ships <sent> to Melos
---
import pandas as pd

pd.DataFrame({"from": ["Athens", "Chios & Lesbos"], "ships": [30, 8], "share": ["79 %", "21 %"]}).set_index("from")
```

```{code-cell} python
:caption: Without a label
pd.DataFrame({"ships": [30]})
```

```{code-cell} python
:label: tab-uncaptioned
pd.DataFrame({"ships": [30]})
```

See [](#tab-ships).
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with tables."""
    book = Book(tmp_path_factory.mktemp("tables") / "book")
    book.write("ships", NOTEBOOK + TABLES)
    return book.build(nb_execution_mode="force")


@pytest.fixture
def table(built: Build) -> Tag:
    """The table on its page."""
    found = built.element("ships", "tab-ships")
    return found if found.name == "table" else found.find("table")  # type: ignore[return-value]


def test_a_table_has_a_caption_and_can_be_referred_to(built: Build, table: Tag) -> None:
    """A reader would not know what the figures are of, and a sentence could not point to them."""
    assert words(table.find("caption")).startswith("Ships <sent> to Melos")
    assert built.main("ships").select_one("p a[href='#tab-ships']") is not None


def test_a_table_has_headers_of_columns_and_of_rows(table: Tag) -> None:
    """A screen reader would read out figures without what they are of."""
    heads = [(words(head), head["scope"]) for head in table.find_all("th")]
    assert heads == [
        ("from", "col"),
        ("ships", "col"),
        ("share", "col"),
        ("Athens", "row"),
        ("Chios & Lesbos", "row"),
    ]


def test_figures_stand_to_the_right(table: Tag) -> None:
    """Nobody could compare 30 and 8 at a glance."""
    assert [cell.get_attribute_list("class") for cell in table.select("td")] == [["number"]] * 4


@pytest.mark.parametrize("told", ["found the label ''", "found the caption ''"])
def test_a_table_that_does_not_say_what_it_is_is_told(built: Build, told: str) -> None:
    """A table without a name would be published."""
    (warning,) = [warning for warning in built.warnings if told in warning]
    assert "ships.md" in warning


def test_what_pandas_prints_is_what_is_read() -> None:
    """A new version of pandas, which prints another shape, would lose cells without a word."""
    html = pd.DataFrame({"a": [1]}).to_html()
    assert 'class="dataframe"' in html and "<table" in html
