"""The records that the search of a site looks up, and the page that does."""

from __future__ import annotations

import json

from ..books import Book, Build
from ..pages.test_claims import CLAIMS
from ..pages.test_events import FIRST as EVENT
from ..pages.test_verdicts import FIRST as VERDICT

Records = dict[str, dict[str, str]]


def records(built: Build, kind: str, name: str = "records") -> Records:
    """The records of a kind, in one of the scripts, by their addresses."""
    script = (built.folder / "_static" / f"search-{name}.js").read_text("utf-8")
    found = json.loads(script.removeprefix("searchRecords(").removesuffix(");\n"))
    return {record["address"]: record for record in found if record["kind"] == kind}


def test_a_claim_is_found_by_its_words_by_who_says_it_and_how_and_by_the_text(built: Build) -> None:
    """Whoever remembers one of these would not come to the claim."""
    claims = records(built, "claim")
    assert list(claims) == list(CLAIMS)
    assert claims["ath-2-1"] == {
        "kind": "claim",
        "address": "ath-2-1",
        "place": "athens.html#ath-2-1",
        "text": "Gods and men alike rule wherever they are able to.",
        "about": "Athens · assessment, The Athenian envoys · “we believe”",
        "more": "wherever they can rule they will Right and strength",
        "hue": "blue",
    }


def test_the_record_answers_apart_from_the_words(book: Book) -> None:
    """A class that is to judge by itself would read the verdict among the words, or a reader miss it."""
    book.save("verdicts", [VERDICT])
    claim = records(book.build(), "claim")["ath-1-2"]
    assert claim["answers"] == "so at the time: in part, for a time"
    assert "in part" not in claim["text"] + claim["about"] + claim["more"]


def test_events_and_people_are_found_at_their_places(book: Book) -> None:
    """A search would lead to the top of a long page, or to no page at all."""
    book.save("events", [{**EVENT, "date": "1881-05"}])
    book.write("lists", "# Lists\n\n```{events}\n```\n\n```{people} person\n```\n")
    built = book.build()
    event = records(built, "event")["event-the-landing"]
    assert (event["place"], event["about"], event["more"]) == (
        "lists.html#event-the-landing",
        "1881-05 · Athens",
        "May",
    )
    for address, person in records(built, "person").items():
        assert person["place"] == f"lists.html#{address}"
        assert built.element("lists", address).get_text().startswith(person["title"].split(" ")[0])
    assert records(built, "person")
    assert not records(built, "group")


def test_other_words_lead_to_a_claim_and_to_whatever_has_the_words(book: Book) -> None:
    """A reader who has not read the text would have to guess its words."""
    book.table("synonyms").write_text("term,words\nath-2-1,nature\ngods,heaven\n", "utf-8")
    fields = [{"name": name, "type": "string", "title": name, "description": name} for name in ("term", "words")]
    about = {"title": "Words", "description": "Other words.", "encoding": "utf-8", "schema": {"fields": fields}}
    package = {"name": "melos", "resources": [{"name": "synonyms", "path": "synonyms.csv", **about}]}
    (book.data / "datapackage.json").write_text(json.dumps(package), "utf-8")
    claims = records(book.build(), "claim")
    assert claims["ath-2-1"]["more"].endswith(" nature heaven")
    assert [address for address, claim in claims.items() if "heaven" in claim["more"]] == ["ath-2-1"]


def test_prose_is_what_an_author_wrote_by_section(book: Book) -> None:
    """Results would be lists, previews and code; or lead to a page of fifty screens and not to a place of it."""
    book.append("athens", ":::{hindsight} ath-2\nThe island fell.\n:::\n\n```python\nprint('ships')\n```")
    built = book.build()
    prose = records(built, "prose", "prose")
    assert prose["ath-1"]["place"] == "athens.html#ath-1"
    assert prose["ath-1"]["title"] == "Strength instead of justice"
    assert prose["ath-1"]["text"] == "Everything here rests on ath-1-1. The Melians answer with the common good."
    assert records(built, "hindsight", "prose")["ath-2"]["text"] == "The island fell."
    everything = json.dumps(prose)
    assert not [word for word in ("ships", "Read the original", "Gods and men", "The island") if word in everything]


def test_prose_stays_found_when_another_page_changes(book: Book) -> None:
    """After a small change a search would know the changed page alone."""
    before = records(book.build(), "prose", "prose")
    book.append("melos", "The envoys waited.")
    after = records(book.build(), "prose", "prose")
    assert after.keys() == before.keys()
    assert [address for address in after if after[address] != before[address]] == ["mel-2"]


def test_the_page_that_searches_leads_to_everything_without_a_script(book: Book) -> None:
    """A reader whose browser runs no script would have a field that does nothing, and no way on."""
    book.write("claims", "# Claims\n\n```{register}\n```\n")
    page = book.build().soup("search")
    assert page.select_one("form[data-search] input[name=q]")
    assert [link["href"] for link in page.select("section p a")] == ["claims.html", "index.html"]
    assert not page.select("[src*=searchindex]")
