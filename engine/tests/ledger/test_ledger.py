"""The ledger: what a good one says, and what is told of rows that contradict each other."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import annotated_reading.ledger
import pytest
from annotated_reading.ledger.ledger import Ledger, text_fragment
from annotated_reading.ledger.read import kept_ledger, read_ledger
from annotated_reading.ledger.rows import TABLES
from annotated_reading.ledger.table import TableError

from ..books import MELOS, Book, Row
from ..ledgers import PRECIS, VERDICT, assert_told, complete

ROOM = Path(annotated_reading.ledger.__file__).parent


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The ledger of the tiny book."""
    return read_ledger(MELOS / "data")


# A good ledger


def test_a_ledger_that_was_kept_says_what_its_tables_say_now(book: Book, tmp_path: Path) -> None:
    """What was corrected would stay on the pages, or a file be read that no longer says it."""
    kept = tmp_path / "ledger.pickle"
    assert kept_ledger(book.data, kept) == kept_ledger(book.data, kept)
    (book.data / ".checkpoints").mkdir()
    book.change("claims", "mel-1-1", text="The Melians say something else.")
    assert kept_ledger(book.data, kept).claims == read_ledger(book.data).claims
    book.table("issues").unlink()
    assert_told(book.data, book.table("issues"), "this file to exist")
    with pytest.raises(TableError):
        kept_ledger(book.data, kept)


def test_a_ledger_is_kept_while_nothing_changes(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each build would read and check all tables twice."""
    kept = tmp_path / "ledger.pickle"
    before = kept_ledger(book.data, kept)
    monkeypatch.delattr("annotated_reading.ledger.read.read_ledger")
    assert kept_ledger(book.data, kept) == before


def test_every_row_is_read(ledger: Ledger) -> None:
    """A row that is skipped would be missing from the book without a word."""
    assert list(ledger.sections) == ["ath", "mel", "thu"]
    assert list(ledger.issues) == ["right-and-strength", "help"]
    assert list(ledger.people) == ["envoys", "commissioners", "thucydides", "sparta", "philocrates"]
    assert [claim.claim for claim in ledger.claims.values()] == list(ledger.claims)
    assert len(ledger.claims) == 9
    assert len(ledger.links) == 4


def test_every_cell_is_read(ledger: Ledger) -> None:
    """A cell that ends up in another field would be printed as something else."""
    claim = ledger.claims["mel-1-2"]
    assert (claim.claim, claim.paragraph, claim.section, claim.number) == ("mel-1-2", "mel-1", "mel", 2)
    assert claim.text == "Heaven will stand by the just side as much as by the strong one."
    assert (claim.kind, claim.holder, claim.voice) == ("prediction", "commissioners", "own")
    assert (claim.hedge, claim.issue) == ("we hope", "help")
    assert (claim.cue, claim.status) == ("because we are righteous, and you", "current")
    assert claim.row == 6
    section = ledger.sections["mel"]
    assert (section.name, section.location, section.contributor) == ("Melos", "Melos", "commissioners")
    assert (section.hue, section.paragraphs) == ("red", 2)
    envoys = ledger.people["envoys"]
    assert (envoys.kind, envoys.paragraphs) == ("group", ("ath-1", "ath-2"))
    assert ledger.people["philocrates"].paragraphs == ()
    assert ledger.issues["help"].about == "Who would come to the aid of Melos"
    link = ledger.links[2]
    assert (link.source, link.target, link.relation) == ("mel-2-1", "thu-1-1", "same-event")
    assert link.why == "The help is expected here and missing there."


def test_claims_are_found_by_paragraph(ledger: Ledger) -> None:
    """A paragraph would print the claims of another, or in another order."""
    found = {paragraph: [claim.claim for claim in claims] for paragraph, claims in ledger.paragraphs.items()}
    assert found == {
        "ath-1": ["ath-1-1", "ath-1-2"],
        "ath-2": ["ath-2-1"],
        "mel-1": ["mel-1-1", "mel-1-2"],
        "mel-2": ["mel-2-1"],
        "thu-1": ["thu-1-1", "thu-1-2", "thu-1-3"],
    }


def test_a_paragraph_may_have_no_claims(book: Book) -> None:
    """A text with a paragraph that claims nothing could not be read at all."""
    book.change("sections", "mel", paragraphs="3")
    assert read_ledger(book.data).paragraphs["mel-3"] == ()


def test_links_are_found_from_both_ends(ledger: Ledger) -> None:
    """A reader would learn of a relation in one of its two sections only."""
    for here, there in (("ath-2-1", "mel-1-2"), ("mel-1-2", "ath-2-1")):
        ((link, other),) = ledger.links_of(here)
        assert (link.relation, other.claim) == ("answers", there)
    assert ledger.links_of("thu-1-3") == ()


def test_links_come_in_the_order_of_the_text(book: Book) -> None:
    """The claims that one is linked with would be listed as someone happened to type them."""
    book.link("thu-1-1", "ath-2-1")
    book.link("ath-1-2", "thu-1-1")
    ledger = read_ledger(book.data)
    assert [other.claim for _, other in ledger.links_of("thu-1-1")] == ["ath-1-2", "ath-2-1", "mel-2-1"]


def test_elsewhere_goes_by_section(book: Book) -> None:
    """What other sections say would be mixed, or told of the wrong claim of the paragraph."""
    book.save("links", [*reversed(book.rows("links"))])
    book.link("mel-2-1", "ath-1-2")
    found = read_ledger(book.data).elsewhere("ath-1")
    assert list(found) == ["mel", "thu"]
    assert [(here.claim, there.claim) for _, here, there in found["mel"]] == [
        ("ath-1-1", "mel-1-1"),
        ("ath-1-2", "mel-2-1"),
    ]
    assert [(here.claim, there.claim) for _, here, there in found["thu"]] == [("ath-1-2", "thu-1-2")]


def test_an_attribution_keeps_reports_apart(ledger: Ledger) -> None:
    """What the author only reports would be put into his mouth."""
    assert ledger.attribution(ledger.claims["thu-1-1"]) == "fact, Thucydides"
    assert ledger.attribution(ledger.claims["thu-1-2"]) == "recommendation, reported of The Melian commissioners"


@pytest.mark.parametrize("module", sorted(ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_the_ledger_needs_no_sphinx(module: Path) -> None:
    """A script that only reads the tables would have to install what builds pages."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    outside = {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names}
    ours = {f"annotated_reading.ledger.{path.stem}" for path in ROOM.glob("*.py")} | {"annotated_reading.language"}
    libraries = {name.partition(".")[0] for name in outside - ours}
    assert libraries <= {"jsonschema", "pybtex", "simpleeval", "yaml"}


def test_checking_tables_loads_nothing_that_makes_pages() -> None:
    """A check of a second would take two."""
    told = "import sys, annotated_reading.__main__; print(sorted({'sphinx', 'docutils', 'pandas'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("cue", "escaped"),
    [
        ("seven hundred years", "seven%20hundred%20years"),
        ("well-known to us", "well%2Dknown%20to%20us"),
        ("righteous, and you", "righteous%2C%20and%20you"),
        ("Cleomedes & Tisias", "Cleomedes%20%26%20Tisias"),
        ('the "good" men', "the%20%22good%22%20men"),
        ("the “good” men’s", "the%20%E2%80%9Cgood%E2%80%9D%20men%E2%80%99s"),
        ("Μῆλος the island", "%CE%9C%E1%BF%86%CE%BB%CE%BF%CF%82%20the%20island"),
        ("50% a/b #c", "50%25%20a%2Fb%20%23c"),
    ],
)
def test_a_text_fragment_escapes_what_has_a_meaning_there(cue: str, escaped: str) -> None:
    """The original would open at its top, or at other words, instead of at the claim."""
    address = text_fragment("https://example.org/5", cue)
    assert address == f"https://example.org/5#:~:text={escaped}"
    assert unquote(address).endswith(f"text={cue}")


# Limits that are still good


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("text", " ".join(["word"] * 35)),
        ("text", "one"),
        ("cue", "three words do"),
        ("cue", "seven words are still a good cue"),
    ],
)
def test_a_cell_at_its_limit_is_good(book: Book, column: str, value: str) -> None:
    """A limit that bites one word too early would refuse what the book's rules allow."""
    book.change("claims", "ath-1-1", **{column: value})
    assert getattr(read_ledger(book.data).claims["ath-1-1"], column) == value


# Bad cells

BAD_CELLS = [
    ("sections", "ath", "section", "Ath", None),
    ("sections", "ath", "section", "ath1", None),
    ("sections", "mel", "contributor", "cleomedes", "a key of people.csv"),
    ("sections", "mel", "hue", "pink", None),
    ("sections", "thu", "paragraphs", "0", None),
    ("sections", "thu", "paragraphs", "one", None),
    ("sections", "thu", "paragraphs", "1.5", None),
    ("issues", "help", "issue", "Help", None),
    ("issues", "help", "issue", "help--me", None),
    ("people", "sparta", "person", "the Spartans", None),
    ("people", "sparta", "kind", "city", None),
    ("people", "sparta", "native", "Σπάρτη", "a name where its language is given, and only there"),
    ("people", "sparta", "language", "Greek", None),
    ("people", "sparta", "paragraphs", "mel", None),
    ("people", "sparta", "paragraphs", "mel-1, mel-2", None),
    ("people", "sparta", "paragraphs", "mel-1 mel-3", "mel-3 is not one"),
    ("people", "sparta", "paragraphs", "spa-1", "spa-1 is not one"),
    ("claims", "mel-1-2", "claim", "mel-1", None),
    ("claims", "mel-1-2", "claim", "Mel-1-2", None),
    ("claims", "mel-1-2", "claim", "mel-1-02", None),
    ("claims", "mel-1-2", "claim", "mel-1-0", None),
    ("claims", "mel-1-2", "claim", "mel-1-2 ", None),
    ("claims", "mel-1-2", "claim", "mel-2-2", "an address in the row's own paragraph, mel-1"),
    ("claims", "mel-1-2", "claim", "mel-1-3", "mel-1-2, the next address of its paragraph"),
    ("claims", "ath-1-1", "claim", "ath-1-3", "ath-1-1, the next address of its paragraph"),
    ("claims", "mel-2-1", "paragraph", "mel", None),
    ("claims", "mel-2-1", "paragraph", "mel-0", None),
    ("claims", "mel-2-1", "paragraph", "mel-3", "a paragraph that sections.csv counts"),
    ("claims", "mel-2-1", "paragraph", "spa-1", "a paragraph that sections.csv counts"),
    ("claims", "mel-1-2", "text", " ".join(["word"] * 36), None),
    ("claims", "mel-1-2", "kind", "hope", None),
    ("claims", "mel-1-2", "holder", "cleomedes", "a key of people.csv"),
    ("claims", "mel-1-2", "voice", "quoted", None),
    ("claims", "mel-1-2", "issue", "heaven", "a key of issues.csv"),
    ("claims", "mel-1-2", "cue", "two words", None),
    ("claims", "mel-1-2", "cue", "a cue of eight words is too long", None),
    ("claims", "mel-1-2", "status", "deleted", None),
    ("links", "mel-2-1", "source", "mel-9-1", "the address of a current claim of claims.csv"),
    ("links", "mel-2-1", "source", "thu-1-3", "the address of a current claim of claims.csv"),
    ("links", "mel-2-1", "target", "nowhere", "the address of a current claim of claims.csv"),
    ("links", "mel-2-1", "target", "thu-1-3", "the address of a current claim of claims.csv"),
    ("links", "mel-2-1", "target", "mel-1-2", "a claim of another section than mel-2-1"),
    ("links", "mel-2-1", "target", "mel-2-1", "a claim of another section than mel-2-1"),
    ("links", "mel-2-1", "relation", "resembles", None),
]


@pytest.mark.parametrize(("table", "key", "column", "value", "expected"), BAD_CELLS)
def test_a_bad_cell_is_told(book: Book, table: str, key: str, column: str, value: str, expected: str | None) -> None:
    """A wrong value would be printed as if it were right, or fail later where nobody can find the row."""
    row = 2 + [next(iter(cells.values())) for cells in book.rows(table)].index(key)
    book.change(table, key, **{column: value})
    wanted = expected or TABLES[table].columns()[column].expected
    assert_told(book.data, book.table(table), wanted, row=row, column=column, value=value)


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("ath-1-1", "mel-1-1", "a value that row 2 does not have already"),
        ("mel-1-1", "ath-1-1", "a claim that is not yet linked with mel-1-1"),
    ],
    ids=["same direction", "other direction"],
)
def test_a_pair_that_is_linked_twice_is_told(book: Book, source: str, target: str, expected: str) -> None:
    """Each of the two claims would be listed twice with the other."""
    book.link(source, target, relation="elaborates")
    assert_told(book.data, book.table("links"), expected, row=6, column="target", value=target)


def test_a_paragraph_out_of_order_is_told(book: Book) -> None:
    """The register and the overview would list the claims in an order that is not the text's."""
    rows = book.rows("claims")
    book.save("claims", [*rows[3:6], *rows[:3], *rows[6:]])
    assert_told(
        book.data, book.table("claims"), "the claims in the order of the text", row=5, column="claim", value="ath-1-1"
    )


def test_claims_out_of_order_are_told(book: Book) -> None:
    """A paragraph would print its second claim before its first."""
    rows = book.rows("claims")
    book.save("claims", [rows[1], rows[0], *rows[2:]])
    assert_told(book.data, book.table("claims"), "ath-1-1", row=2, column="claim", value="ath-1-2")


def test_a_removed_claim_is_told(book: Book) -> None:
    """An address that was published could be given to another claim: withdrawn claims keep their row."""
    book.save("claims", [row for row in book.rows("claims") if row["claim"] != "thu-1-2"])
    assert_told(book.data, book.table("claims"), "thu-1-2", row=9, column="claim", value="thu-1-3")


def test_words_are_not_put_into_another_mouth(book: Book) -> None:
    """What a section's author says would be another's, or what they report their own."""
    book.change("claims", "mel-1-1", holder="envoys")
    with pytest.raises(TableError, match=r"row 5, column holder: found 'envoys', expected commissioners, who wrote"):
        read_ledger(book.data)
    book.change("claims", "mel-1-1", holder="commissioners", voice="reported")
    told = "somebody else than commissioners, who reports it"
    assert_told(book.data, book.table("claims"), told, row=5, column="holder", value="commissioners")


def test_a_holder_who_is_not_named_in_the_paragraph_is_told(book: Book) -> None:
    """The list of people would not say where they are heard."""
    book.change("people", "commissioners", paragraphs="mel-1 mel-2")
    told = "somebody whom people.csv has in thu-1; its column paragraphs does not name it"
    assert_told(book.data, book.table("claims"), told, row=9, column="holder", value="commissioners")


def test_a_precis_is_found_by_its_paragraph_and_none_is_missing(book: Book) -> None:
    """Some paragraphs would be told in short, and others not."""
    assert read_ledger(book.data).precis == {}
    complete(book)
    assert read_ledger(book.data).precis["mel-2"] == PRECIS
    book.save("paragraphs", [row for row in book.rows("paragraphs") if row["paragraph"] != "mel-2"])
    assert_told(book.data, book.table("paragraphs"), "a row for mel-2, which sections.csv counts")


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        (
            {"as_of": "1881-05-31", "sources": "thucydides431"},
            "as_of",
            "a day not before 1881-06-01, when thucydides431",
        ),
        ({"as_of": "2126-01-01"}, "as_of", "a day not after 2"),
        ({"claim": "thu-1-1"}, "claim", "a claim that says something; this one asks"),
    ],
)
def test_a_verdict_is_no_older_than_its_sources_and_not_on_a_question(
    book: Book, cells: Row, column: str, told: str
) -> None:
    """A verdict would rest on what was not yet read, hide all later ones, or judge what says nothing."""
    complete(book)
    book.change("claims", "thu-1-1", kind="question")
    book.save("verdicts", [{**VERDICT, **cells}])
    assert_told(book.data, book.table("verdicts"), told, row=2, column=column, value={**VERDICT, **cells}[column])
