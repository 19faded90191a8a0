"""What a class takes into its own system: self-checks for Moodle, Canvas and Anki, and a workbook of the tables."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from annotated_reading.ledger.questions import asked
from annotated_reading.ledger.read import read_ledger
from annotated_reading.site.classroom import anki, gift, packs, qti
from annotated_reading.site.workbook import workbook
from openpyxl import load_workbook

from ..books import Book
from ..ledgers import QUESTION, complete

#: An answer of each kind that the formats could take for something else.
AWKWARD = "Was {it} = 3 ~ 4: #1, <b>\\so</b>?"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """The tiny book with questions on two sections, one of which has signs that mean something elsewhere."""
    book = complete(Book(tmp_path / "book"))
    mel = {
        **QUESTION,
        "question": "mel-check-1",
        "section": "mel",
        "claim": "mel-1-1",
        "options": "thucydides; commissioners",
    }
    book.save("questions", [*book.rows("questions"), mel])
    return book


def gift_questions(text: str) -> dict[str, tuple[str, list[tuple[bool, str]], str]]:
    """GIFT as Moodle reads it: each question's words, its answers with whether they are right, and its feedback."""
    found = {}
    for block in re.split(r"\n\s*\n", text):
        if block.startswith(("$", "//")) or not block.strip():
            continue
        name, asks, body = re.fullmatch(
            r"::((?:\\.|[^:\\])+)::((?:\\.|[^{}\\])*)\{(.*)\}\s*", block, re.DOTALL
        ).groups()  # type: ignore[union-attr]
        body, _, feedback = body.partition("####")
        answers = re.findall(r"(?<!\\)([=~])((?:\\.|[^=~#\\])*)", body)
        plain = [re.sub(r"\\([~=#{}:\\])", r"\1", part).strip() for part in (asks, feedback, *(a for _, a in answers))]
        found[name] = (plain[0], [(sign == "=", a) for (sign, _), a in zip(answers, plain[2:], strict=True)], plain[1])
    return found


def test_every_system_gets_the_same_questions_with_one_right_answer(book: Book) -> None:
    """A class would be marked by an answer that the book does not give."""
    ledger = read_ledger(book.data)
    made = dict(packs("Melos", ledger))
    assert set(made) == {f"{part}.{kind}" for part in ("all", "ath", "mel") for kind in ("gift.txt", "qti.zip", "apkg")}
    expected = {one.key: one for one in (asked(question, ledger) for question in ledger.questions)}
    in_gift = gift_questions(str(made["all.gift.txt"]))
    in_qti = qti_questions(made["all.qti.zip"])
    in_anki = anki_cards(made["all.apkg"])
    assert set(in_gift) == set(in_qti) == set(expected) and len(in_anki) == len(expected)
    for key, one in expected.items():
        answers = [(option == one.right, option) for option in one.options]
        assert sum(right for right, _ in answers) == 1
        assert in_gift[key] == in_qti[key] == (one.text, answers, f"{one.why} ({one.claim.claim})")
        assert (one.right, one.why, one.claim.claim) in [card[2:] for card in in_anki]
    assert set(gift_questions(str(made["mel.gift.txt"]))) == {"mel-check-1"}


def qti_questions(package: str | bytes) -> dict[str, tuple[str, list[tuple[bool, str]], str]]:
    """A package of QTI 1.2 as its manifest leads to it."""
    assert isinstance(package, bytes)
    found = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        hrefs = [one.attrib["href"] for one in manifest.findall(".//{*}resource[@type='imsqti_xmlv1p2']/{*}file")]
        assert {"imsmanifest.xml", *hrefs} == set(archive.namelist())
        for href in hrefs:
            for item in ElementTree.fromstring(archive.read(href)).findall(".//{*}item"):
                (right,) = item.findall(".//{*}varequal")
                labels = item.findall(".//{*}response_label")
                answers = [(one.get("ident") == right.text, one.findtext(".//{*}mattext", "")) for one in labels]
                asks = item.findtext("./{*}presentation/{*}material/{*}mattext", "")
                found[item.attrib["ident"]] = (asks, answers, item.findtext("./{*}itemfeedback//{*}mattext", ""))
    return found


def anki_cards(package: str | bytes) -> list[tuple[str, ...]]:
    """The fields of each note of a package that Anki opens, which it does where no id is 0."""
    assert isinstance(package, bytes)
    connection = sqlite3.connect(":memory:")
    connection.deserialize(zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2"))
    with connection:
        cards = [tuple(row[0].split("\x1f")) for row in connection.execute("select flds from notes where id > 0")]
        assert connection.execute("select count(*) from cards where id > 0 and nid > 0").fetchone() == (len(cards),)
    connection.close()
    return cards


def test_signs_of_a_format_stay_words(book: Book) -> None:
    """A brace in a claim would end the question, and an angle bracket be taken for HTML."""
    book.change("claims", "thu-1-2", text=AWKWARD)
    ledger = read_ledger(book.data)
    checks = {"Athens": [asked(ledger.questions[0], ledger)]}
    said = f"Who says this? {AWKWARD}"
    assert gift_questions(gift("M", checks))["ath-check-1"][0] == said
    assert qti_questions(qti("M", checks))["ath-check-1"][0] == said
    assert "&lt;b&gt;" in anki_cards(anki("M", checks))[0][0]


def test_the_workbook_has_every_cell_as_its_table_says(book: Book) -> None:
    """A spreadsheet would run a cell as a formula, or take a day for a text and a count for a word."""
    book.table("fleet").write_text(
        "city,ships,day,share\n=1+1,6,1981-05-04,2.5\nhttps://a.example,,1881-05-04,\n", "utf-8"
    )
    fields = [{"name": "city"}, {"name": "ships", "type": "integer"}, {"name": "day", "type": "date"}]
    fields = [{"description": "One.", **field} for field in [*fields, {"name": "share", "type": "number"}]]
    described = {"name": "fleet", "path": "fleet.csv", "title": "Ships", "description": "One row is one city."}
    (book.data / "datapackage.json").write_text(
        json.dumps({"name": "melos", "title": "Melos", "resources": [{**described, "schema": {"fields": fields}}]}),
        "utf-8",
    )
    package = read_ledger(book.data).package
    made = workbook(package)
    assert made == workbook(package)
    read = load_workbook(io.BytesIO(made))
    assert read.sheetnames == ["about", "columns", "fleet"]
    header, first, second = read["fleet"].iter_rows()
    assert [cell.value for cell in header] == ["city", "ships", "day", "share"]
    assert (first[0].value, first[0].data_type, second[0].hyperlink) == ("=1+1", "s", None)
    assert (first[1].value, first[2].value.date(), first[3].value) == (6, date(1981, 5, 4), 2.5)
    assert [cell.value for cell in second[1:]] == [None, "1881-05-04", None]


def test_the_same_tables_make_the_same_files(book: Book) -> None:
    """Each build would publish other files, and nobody could tell whether a question has changed."""
    built = {name: raw for name, raw in book.build().files().items() if name.startswith("classroom/")}
    made = dict(packs("The Melian dialogue, annotated", read_ledger(book.data)))
    raw = {f"classroom/{name}": one if isinstance(one, bytes) else one.encode() for name, one in made.items()}
    assert len(built) == 9 and built == raw
    for name, content in built.items():
        if not name.endswith(".txt"):
            times = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(content)).infolist()}
            assert times == {(1980, 1, 1, 0, 0, 0)}
