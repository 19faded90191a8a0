"""Events: dated, with sources, each a target that any page can refer to."""

from __future__ import annotations

import re

import pytest
from annotated_reading.ledger.read import read_ledger
from annotated_reading.ledger.table import TableError

from ..books import Book, Row, words
from .test_references import previews

FIRST = {
    "event": "the-landing",
    "date": "-",
    "what": "The Athenians landed on Melos.",
    "actors": "Athens",
    "theme": "war",
    "paragraphs": "ath-1 mel-2",
    "sources": "jowett1881",
    "status": "current",
}
EVENTS = [{**FIRST, "date": "1881"}, {**FIRST, "event": "the-siege", "date": "1881-05", "what": "Melos was shut in."}]


def test_events_are_printed_with_sources_and_places(book: Book) -> None:
    """A reader could not tell when a thing happened, who says so, or what it has to do with the text."""
    book.save("events", EVENTS)
    book.write("events", "# Events\n\n```{events}\n```\n")
    built = book.build()
    assert not built.warnings
    item = built.element("events", "event-the-siege")
    assert words(item) == "1881-05 Melos was shut in. (jowett1881) War. Bears on ath-1 mel-2"
    assert item.select_one("a[href='athens.html#ath-1']") is not None


def test_a_withdrawn_event_says_so_at_its_address(book: Book) -> None:
    """Whoever cited it would find nothing, or not learn that it no longer stands."""
    book.save("events", [EVENTS[0], {**EVENTS[1], "status": "withdrawn"}])
    book.write("events", "# Events\n\n```{events}\n```\n")
    item = book.build().element("events", "event-the-siege")
    assert words(item).startswith("1881-05 Melos was shut in. Withdrawn.")


def test_any_page_refers_to_an_event(book: Book) -> None:
    """A chapter would have to tell again what happened, or send its reader to look for it."""
    book.save("events", EVENTS)
    book.write("events", "# Events\n\n```{events}\n```\n")
    book.append("athens", "See [](#event-the-siege) and [the landing](#event-the-landing).")
    built = book.build()
    assert not built.warnings
    links = {str(link["href"]): words(link) for link in built.main("athens").select("a[href^='events.html#']")}
    assert links["events.html#event-the-siege"] == "Melos was shut in (1881-05)"
    assert links["events.html#event-the-landing"] == "the landing"
    assert previews(built)["event-the-siege"] == {"says": "Melos was shut in.", "of": "1881-05"}
    assert built.main("athens").select_one("a[data-preview='event-the-siege'][href$='#event-the-siege']")


def test_an_unknown_event_is_told(book: Book) -> None:
    """A link would lead nowhere."""
    book.save("events", EVENTS)
    book.write("events", "# Events\n\n```{events}\n```\n")
    line = book.append("athens", "See [the flood](#event-the-flood).")
    (warning,) = book.build().warnings
    assert f"athens.md:{line}" in warning
    assert "event-the-flood" in warning


def test_a_changed_event_is_shown_wherever_it_is_referred_to(book: Book) -> None:
    """A preview would tell what the timeline has corrected."""
    book.save("events", EVENTS)
    book.write("events", "# Events\n\n```{events}\n```\n")
    book.append("athens", "See [](#event-the-siege).")
    book.build()
    book.save("events", [EVENTS[0], {**EVENTS[1], "what": "Melos was walled in."}])
    built = book.build()
    assert {"athens", "events"} <= built.written
    assert previews(built)["event-the-siege"]["says"] == "Melos was walled in."


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"event": "The Siege"}, "column event: found 'The Siege', expected a key"),
        ({"date": "1881-13"}, "column date: found '1881-13', expected a day, a month or a year"),
        ({"date": "in spring"}, "column date: found 'in spring'"),
        ({"date": "1880"}, "column date: found '1880', expected the events in the order of their dates, after 1881"),
        ({"what": ""}, "expected 1 to 25 words"),
        ({"theme": ""}, "column theme: found ''"),
        ({"paragraphs": "ath-9"}, "column paragraphs: found 'ath-9', expected paragraphs that sections.csv counts"),
        ({"sources": ""}, "column sources: found ''"),
    ],
)
def test_a_bad_event_is_told_with_its_place(book: Book, cells: Row, told: str) -> None:
    """A wrong date would be published."""
    book.save("events", [EVENTS[0], {**EVENTS[1], **cells}])
    with pytest.raises(TableError, match=re.escape(told)) as caught:
        read_ledger(book.data)
    assert str(caught.value).startswith(f"{book.table('events')}, row 3")
