"""What the directives print: each claim with all that the ledger says of it, and of each cell its text alone."""

from __future__ import annotations

import pytest
from bs4 import Tag

from ..books import Book, Build, words

ORIGINAL = "https://example.org/thucydides/5#:~:text="
CLAIMS = ("ath-1-1", "ath-1-2", "ath-2-1", "mel-1-1", "mel-1-2", "mel-2-1", "thu-1-1", "thu-1-2", "thu-1-3")
PAGES = {"ath": "athens", "mel": "melos", "thu": "thucydides"}

#: Every directive that the pages of the tiny book have not.
SUMMARY = """
# Summary

```{overview}
```

```{excerpt} mel-1-1
```

```{register}
```
"""

MARKUP = '<script>alert(1)</script> <b onclick="x()">**bold**</b> {role}`y` [](#ath-1-1) $x$ |z| &amp;'


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with a page of every other directive, and with more links between Melos and Athens."""
    book = Book(tmp_path_factory.mktemp("full") / "book")
    book.write("summary", SUMMARY)
    book.link("thu-1-1", "mel-1-1", why="Why one.")
    book.link("mel-1-1", "ath-2-1", why="Why two.")
    book.link("ath-1-2", "mel-1-2", why="Why three.")
    built = book.build()
    assert not built.warnings
    return built


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book with markup in every cell of free text."""
    book = Book(tmp_path_factory.mktemp("hostile") / "book")
    book.write("summary", SUMMARY)
    book.change("claims", "mel-1-1", text=f"Text {MARKUP}", hedge=f"hedge {MARKUP}")
    book.change("links", "ath-1-1", why=f"Why {MARKUP}")
    book.change("people", "commissioners", name=f"Name {MARKUP}")
    book.change("sections", "mel", name=f"Section {MARKUP}")
    book.change("issues", "right-and-strength", name=f"Issue {MARKUP}")
    built = book.build(smartquotes=False)
    assert not built.warnings
    return built


def claim(build: Build, address: str) -> Tag:
    """A claim as its page prints it."""
    return build.element(PAGES[address.partition("-")[0]], address)


def linked(element: Tag) -> dict[str, str]:
    """The claims that a claim is said to be linked with, each with where the link leads."""
    return {words(link): str(link["href"]) for link in element.select(".claim-links .claim-reference")}


# A paragraph's claims


def test_a_paragraph_prints_its_claims_in_order(built: Build) -> None:
    """A claim would be missing, or stand under a paragraph that does not make it."""
    assert not built.warnings
    for paragraph in ("ath-1", "ath-2", "mel-1", "mel-2", "thu-1"):
        page = built.soup(PAGES[paragraph.partition("-")[0]])
        box = page.select_one(f'[role=group][aria-label="What paragraph {paragraph} claims"]')
        assert box is not None
        assert [item["id"] for item in box.select("li.claim")] == [c for c in CLAIMS if c.startswith(f"{paragraph}-")]


@pytest.mark.parametrize("address", CLAIMS)
def test_a_claim_has_its_address_as_id_and_permalink(built: Build, address: str) -> None:
    """A reader could not cite the claim, or not hear from the link what it leads to."""
    permalink = claim(built, address).select_one("a.claim-address")
    assert permalink is not None
    assert permalink["href"] == f"#{address}"
    assert words(permalink) == address
    assert permalink["aria-label"] == address
    assert permalink["title"] == f"Link to claim {address}"


def test_a_claim_tells_all_that_the_ledger_says(built: Build) -> None:
    """Paraphrase, kind, holder or hedge would be lost."""
    element = claim(built, "mel-1-1")
    first, meta = element.select("p")[:2]
    assert words(first) == "mel-1-1 Athens would serve itself by keeping to a rule that protects everyone."
    assert words(meta) == "recommendation · The Melian commissioners · “in our judgment”"


def test_a_claim_without_a_hedge_has_none(built: Build) -> None:
    """A hedge that the text does not have would weaken the claim."""
    assert words(claim(built, "thu-1-1").select_one(".claim-meta")) == "fact · Thucydides"


def test_a_reported_claim_is_told_as_one(built: Build) -> None:
    """What the author only reports would be his own claim."""
    meta = words(claim(built, "thu-1-2").select_one(".claim-meta"))
    assert meta == "recommendation · The Melian commissioners, as reported"


@pytest.mark.parametrize(
    ("address", "fragment"),
    [
        ("ath-1-1", "the%20powerful%20exact%20what%20they%20can"),
        ("mel-1-2", "because%20we%20are%20righteous%2C%20and%20you"),
        ("thu-1-3", "Philocrates%20the%20son%20of%20Demeas"),
    ],
)
def test_a_claim_opens_the_original_at_its_cue(built: Build, address: str, fragment: str) -> None:
    """A reader would have to search the original for the sentence."""
    link = claim(built, address).select_one("a.original")
    assert link is not None
    assert link["href"] == ORIGINAL + fragment


def test_a_paragraph_opens_the_original_at_its_first_claim(built: Build) -> None:
    """The link at the head of the box would lead to another paragraph."""
    link = built.soup("melos").select(".claims-head a")[0]
    assert link["href"] == f"{ORIGINAL}which%20is%20for%20the%20common%20good"


def test_a_claim_lists_the_claims_it_is_linked_with(full: Build) -> None:
    """A reader of one section would not learn what another says of the same."""
    assert linked(claim(full, "mel-1-1")) == {
        "ath-1-1": "athens.html#ath-1-1",
        "ath-2-1": "athens.html#ath-2-1",
        "thu-1-1": "thucydides.html#thu-1-1",
    }
    assert list(linked(claim(full, "ath-2-1"))) == ["mel-1-1", "mel-1-2"]
    assert linked(claim(full, "thu-1-3")) == {}


def test_a_link_is_a_sentence_with_its_relation_and_its_reason(built: Build) -> None:
    """A reader would have an address, and not what is said there or how the two stand to each other."""
    said = {address: words(claim(built, address).select_one(".claim-links li")) for address in ("ath-1-2", "thu-1-2")}
    assert said == {
        "ath-1-2": "Is elaborated by The historian: What cannot be argued is refused. thu-1-2",
        "thu-1-2": "Elaborates Athens: What cannot be argued is refused. ath-1-2",
    }


def test_a_closed_claim_has_two_stops(built: Build) -> None:
    """Whoever goes through a page by keyboard would press Tab six times a claim."""
    for item in built.main("athens").select("li.claim"):
        for fold in item.select("details:not([open]) > :not(summary)"):
            fold.decompose()
        assert len(item.select("a, button, summary")) == 2


def test_the_annotation_of_a_paragraph_stands_with_its_claims(built: Build) -> None:
    """On a wide page claims would scroll away from what is said of them, or stand beside the next paragraph's."""
    spread = built.element("athens", "ath-1").select_one("[data-spread='ath-1']")
    assert spread is not None
    assert [tag["class"][0] for tag in spread.find_all("div", recursive=False)] == ["claims", "annotation"]
    assert "The Melians answer with the common good." in words(spread.select_one(".annotation"))
    assert "A law for gods" not in words(spread)


def test_a_withdrawn_claim_says_so_and_no_other_does(built: Build) -> None:
    """A claim that the book has taken back would stand as if it held."""
    assert [address for address in CLAIMS if "Withdrawn." in words(claim(built, address))] == ["thu-1-3"]


@pytest.mark.parametrize("place", ["excerpt", "register"])
def test_a_withdrawn_claim_says_so_wherever_it_is_shown(book: Book, place: str) -> None:
    """A reader who meets the claim elsewhere than in its paragraph would take it for one that stands."""
    book.write("summary", "# Summary\n\n```{excerpt} thu-1-3\n```\n\n```{register}\n```\n\nSee [](#thu-1-3).\n")
    page = book.build().soup("summary")
    shown = {
        "excerpt": page.select_one(".excerpt > p"),
        "register": page.select("table.register tr")[-1],
    }
    assert "Philocrates" in words(shown[place])
    assert "withdrawn" in words(shown[place]).lower()


def test_an_unknown_paragraph_has_no_empty_box(book: Book) -> None:
    """A paragraph that claims nothing would print a box of nothing, and the author would not notice."""
    book.change("sections", "mel", paragraphs="3")
    line = book.append("melos", "```{claims} mel-3\n```")
    built = book.build()
    assert any(f"melos.md:{line}: ERROR" in warning and "mel-3" in warning for warning in built.warnings)


# What a cell holds is text


@pytest.mark.parametrize("page", ["athens", "melos", "thucydides", "summary"])
def test_a_cell_cannot_bring_markup_into_a_page(hostile: Build, page: str) -> None:
    """Whoever may edit a table could run a script in the readers' browsers."""
    main = hostile.main(page)
    assert "alert(1)" in main.get_text()
    assert not main.find_all(["script", "b", "em", "math"])
    assert not main.select(".math, [onclick]")
    assert {words(strong) for strong in main.find_all("strong")} <= {"Withdrawn."}


@pytest.mark.parametrize(
    ("page", "selector", "start"),
    [
        ("melos", "#mel-1-1 > p", "mel-1-1 Text "),
        ("melos", "#mel-1-1 .claim-meta", "recommendation · Name "),
        ("melos", "#mel-1-1 .claim-meta", "recommendation · Name {} · “hedge "),
        ("athens", "#ath-1-1 .claim-links li", "Contrasts with Section {}: Why "),
        ("athens", ".elsewhere tbody th", "Section "),
        ("athens", ".elsewhere td", "Why "),
        ("summary", ".excerpt > p", "mel-1-1 Text "),
        ("summary", "table.register tbody tr:nth-of-type(4) td:nth-of-type(2)", "Text "),
        ("summary", "table.register tbody tr:nth-of-type(4) td:nth-of-type(3)", "Section "),
        ("summary", "table.register tbody tr:nth-of-type(4) td:nth-of-type(5)", "Name "),
        ("summary", "table.register tbody tr:nth-of-type(4) td:nth-of-type(7)", "Issue "),
    ],
)
def test_markup_in_a_cell_is_shown_as_text(hostile: Build, page: str, selector: str, start: str) -> None:
    """A title with an ampersand or a formula with a star would be printed as something else."""
    shown = words(hostile.soup(page).select_one(selector))
    assert shown.startswith(start.replace("{}", MARKUP) + MARKUP), shown


@pytest.mark.parametrize("page", ["index", "athens", "melos", "thucydides", "summary"])
def test_ids_are_unique_in_a_page(full: Build, page: str) -> None:
    """A link, or the description of a reference, would lead to the wrong one of two things."""
    ids = [element["id"] for element in full.soup(page).find_all(id=True)]
    assert ids
    assert sorted(ids) == sorted(set(ids))


# Headings


def test_a_heading_is_numbered_as_its_paragraph(built: Build) -> None:
    """A reader could not tell which paragraph of the original a section reads."""
    headings = [words(heading).rstrip("¶") for heading in built.soup("athens").find_all("h2")]
    assert headings == ["1 Strength instead of justice", "2 A law for gods and men"]


def test_a_heading_without_a_paragraph_has_no_number(built: Build) -> None:
    """A section of our own would pass for a paragraph of the text."""
    page = built.soup("thucydides")
    assert [words(h).rstrip("¶") for h in page.find_all("h2")] == ["1 Surrender", "What he leaves open"]
    assert words(page.find("h1")).startswith("The historian")


def test_a_reference_to_a_paragraph_reads_as_its_heading(built: Build) -> None:
    """The number of a heading would stand in the middle of a sentence."""
    link = built.soup("melos").select_one('a[href="athens.html#ath-2"] .std-ref')
    assert words(link) == "A law for gods and men"


# The other directives


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("athens", "Paragraphs ath-1 to ath-2, by The Athenian envoys. 1 minute. Read the original"),
        ("thucydides", "Paragraph thu-1, by Thucydides. 1 minute. Read the original"),
    ],
)
def test_a_byline_tells_who_wrote_which_paragraphs(built: Build, page: str, said: str) -> None:
    """A reader would not know whose section it is, or where it lies in the original."""
    assert words(built.soup(page).select_one(".byline")) == said


def test_a_byline_opens_the_original_where_the_section_begins(built: Build) -> None:
    """The reader would be led to the top of the original."""
    link = built.soup("melos").select_one(".byline a")
    assert link is not None
    assert link["href"] == f"{ORIGINAL}which%20is%20for%20the%20common%20good"


def test_a_byline_tells_how_long_the_page_takes(book: Book) -> None:
    """A page of an hour would say that it takes a minute."""
    book.append("thucydides", "word " * 1000)
    minutes = int(words(book.build().soup("thucydides").select_one(".byline span")).removesuffix(" minutes"))
    assert minutes in (4, 5)


def test_a_byline_needs_no_claim_in_the_first_paragraph(book: Book) -> None:
    """A section that begins with a paragraph without claims could not be read: the build ends in a traceback."""
    book.insert("sections", "thu", section="mod", name="Modern readers")
    book.write("modern", "# Modern readers\n\n```{byline} mod\n```\n")
    assert "Modern" in words(book.build().soup("modern").find("h1"))


def test_elsewhere_goes_by_section_in_the_order_of_the_text(full: Build) -> None:
    """What one section says would be told as another's, or be hard to find."""
    names = full.section("melos", "mel-1").select(".elsewhere tbody th[scope=row] a")
    assert [words(name) for name in names] == [*["Athens"] * 4, "The historian"]
    assert [str(name["href"]) for name in names] == [*["athens.html"] * 4, "thucydides.html"]


def test_elsewhere_gives_reason_and_relation_of_each_link(full: Build) -> None:
    """A link would be one without why, or without the two claims that it joins."""
    (row,) = [row for row in full.soup("thucydides").select(".elsewhere tbody tr") if "missing" in words(row)]
    assert [words(cell) for cell in row.find_all("td")] == [
        "The help is expected here and missing there.",
        "thu-1-1 is of the same event as mel-2-1",
    ]
    assert [str(a["href"]) for a in row.select("td a")] == ["#thu-1-1", "melos.html#mel-2-1"]


def test_elsewhere_is_closed_and_tells_how_much_is_there(full: Build) -> None:
    """A paragraph with many links would bury its own annotation, or hide that there is more."""
    fold = full.section("melos", "mel-1").select_one(".annotation > details:not([open]):has(table.elsewhere)")
    assert fold is not None
    assert words(fold.find("summary")) == "The same matter, seen from elsewhere (5)"


def test_elsewhere_prints_nothing_where_there_is_no_link(book: Book) -> None:
    """A heading would announce what does not follow."""
    book.save("links", [row for row in book.rows("links") if "ath-2-1" not in row.values()])
    built = book.build()
    assert built.section("athens", "ath-1").select_one(".elsewhere") is not None
    assert built.section("athens", "ath-2").select_one(".elsewhere") is None


def test_an_excerpt_quotes_a_claim_but_leaves_its_address_where_it_is(full: Build) -> None:
    """The address would be printed twice, or the quoted claim have no link, no holder and no hedge."""
    excerpt = full.soup("summary").select_one(".excerpt")
    assert excerpt is not None
    assert excerpt.find(id="mel-1-1") is None
    link = excerpt.find("a")
    assert isinstance(link, Tag)
    assert (words(link), link["href"]) == ("mel-1-1", "melos.html#mel-1-1")
    said = [words(paragraph) for paragraph in excerpt.find_all("p")]
    assert said[0].endswith("Athens would serve itself by keeping to a rule that protects everyone.")
    assert said[1] == "recommendation · The Melian commissioners · “in our judgment”"


def test_the_overview_has_one_mark_a_claim_in_the_order_of_the_text(full: Build) -> None:
    """The picture of the text would be wrong, and a claim out of reach from it."""
    overview = full.soup("summary").select_one("details:not([open]) > .overview")
    assert overview is not None
    marks = overview.select("a.claim-mark")
    assert [words(mark) for mark in marks] == list(CLAIMS)
    assert [mark["href"] for mark in marks] == [f"{PAGES[c.partition('-')[0]]}.html#{c}" for c in CLAIMS]
    sections = overview.select("dt a")
    assert [words(section) for section in sections] == ["Athens", "Melos", "The historian"]
    assert [section["href"] for section in sections] == ["athens.html", "melos.html", "thucydides.html"]
    assert [len(marks.select(".claim-mark")) for marks in overview.select("dd")] == [3, 3, 3]


def test_the_register_has_every_claim_in_one_table(full: Build) -> None:
    """Whoever looks for a claim by holder or issue would not find it, or not get from the table to it."""
    table = full.soup("summary").select_one("table.register")
    assert table is not None
    assert [words(head) for head in table.select("th")] == [
        "Address",
        "Claim",
        "Section",
        "Kind",
        "Holder",
        "Hedge",
        "Issue",
    ]
    rows = table.select("tbody tr")
    assert [words(row.find("td")) for row in rows] == list(CLAIMS)
    assert [words(cell) for cell in rows[7].find_all("td")] == [
        "thu-1-2",
        "A city that has been free for seven centuries should not give that up in an hour.",
        "The historian",
        "recommendation",
        "The Melian commissioners",
        "",
        "Right and strength",
    ]
    assert [str(link["href"]) for link in table.select("tbody a")][7:] == [
        "thucydides.html#thu-1-2",
        "thucydides.html#thu-1-3",
    ]


def test_a_name_in_its_own_script_tells_its_language(book: Book) -> None:
    """A screen reader would spell it out in English, and a browser pick the wrong letters."""
    book.change("people", "sparta", native="Σπάρτη", language="grc")
    book.write("people", "# People\n\n```{people} body\n```\n")
    built = book.build()
    assert not built.warnings
    assert words(built.main("people").select_one("td .native[lang=grc]")) == "Σπάρτη"


def test_persons_stand_by_their_family_names(book: Book) -> None:
    """Whoever looks for Lamachus son of Xenophanes would find him among the given names."""
    rows = book.rows("people")
    named = {"zeno": ("Ada Zeno", ""), "kim": ("Kim Zoe", "ko"), "abel": ("Zeno Abel", "")}
    new = [
        {
            **rows[0],
            "person": one,
            "name": name,
            "kind": "person",
            "language": language,
            "native": "x" if language else "",
        }
        for one, (name, language) in named.items()
    ]
    book.save("people", [*({**row, "kind": "group"} for row in rows), *new])
    book.write("people", "# People\n\n```{people} person\n:family-first: ko\n```\n")
    built = book.build()
    assert not built.warnings
    cells = built.main("people").select("td[data-column=name]")
    assert [words(cell.find("strong")) for cell in cells] == ["Abel", "Kim", "Zeno"]


def test_many_claims_of_one_holder_are_folded(book: Book) -> None:
    """A cell of eighty addresses would push everybody else off the page."""
    rows = book.rows("claims")
    book.save("claims", [{**row, "holder": "sparta", "voice": "reported"} for row in rows])
    book.change("people", "sparta", paragraphs=" ".join(dict.fromkeys(row["paragraph"] for row in rows)))
    book.write("people", "# People\n\n```{people} body\n```\n")
    cell = book.build().main("people").select("td[data-column=claims]:has(details)")[0]
    open_, folded = cell.select("div > p > .claim-reference"), cell.select("details:not([open]) .claim-reference")
    assert (len(open_), len(open_) + len(folded)) == (8, len(rows))


def test_people_are_listed_with_their_claims_and_places(book: Book) -> None:
    """A reader who asks what one person holds would have to search the whole book."""
    book.write("people", "# People\n\n```{people} group\n```\n")
    built = book.build()
    assert not built.warnings
    held = [row["claim"] for row in book.rows("claims") if row["holder"] == "commissioners"]
    (row,) = [row for row in built.main("people").select("table.people tbody tr") if "Melian" in words(row.find("td"))]
    assert [words(link) for link in row.find_all("td")[2].select("a")] == held
    assert row.find_all("td")[3].select("a[href^='melos.html#']")
