"""The figures of the book: the polls and the election."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from conftest import ROOT

DATA = ROOT / "data"


def test_the_poll_is_as_the_pollster_printed_it() -> None:
    """A reader who compares with Gallup Korea finds the same shares, those of no opinion included."""
    polls = pd.read_csv(DATA / "polls.csv")
    shares = polls.set_index(["question", "answer"])["share_percent"]
    assert shares["outcome"].to_dict() == {"went well": 66, "went badly": 11, "no opinion": 22}
    assert shares["trust"].to_dict() == {"will keep to it": 53, "will not keep to it": 23, "no opinion": 25}
    assert set(polls["sample"]) == {1007}
    assert set(polls["field_start"]) == set(polls["field_end"]) == {"2018-06-14"}


@pytest.mark.parametrize("question", ["outcome", "trust"])
def test_shares_make_a_hundred_but_for_rounding(question: str) -> None:
    """No answer is missing, and none is there twice: three rounded shares are off by at most 1.5."""
    polls = pd.read_csv(DATA / "polls.csv")
    assert polls.query("question == @question")["share_percent"].sum() == pytest.approx(100, abs=1.5)


def test_fourteen_of_seventeen() -> None:
    """The article's 14 of 17 is what the table adds up to, half of them mayors and half governors."""
    units = pd.read_csv(DATA / "local_elections.csv")
    parties = units["party"].value_counts().to_dict()
    assert parties == {"Democratic Party of Korea": 14, "Liberty Korea Party": 2, "independent": 1}
    won = units[units["party"] == "Democratic Party of Korea"]
    assert won["kind"].str.contains("city").sum() == 7
    assert units["kind"].str.contains("city").sum() == 8
    assert units["kind"].str.contains("province").sum() == 9


def test_every_figure_has_a_source_that_the_book_lists() -> None:
    """A scholar can look up where each figure was read."""
    known = set(re.findall(r"^@\w+\{([^,]+),", (DATA / "references.bib").read_text("utf-8"), re.MULTILINE))
    for table in ("polls", "local_elections"):
        assert set(pd.read_csv(DATA / f"{table}.csv")["source"]) <= known


def test_what_the_book_says_of_its_verdicts_is_what_the_table_has() -> None:
    """The page on hindsight counts right: nine claims are not borne out, seven of them reported, two by one author."""
    verdicts = pd.read_csv(DATA / "verdicts.csv").merge(pd.read_csv(DATA / "claims.csv"), on="claim")
    wrong = verdicts[verdicts["verdict"] == "not borne out"]
    assert len(wrong) == 9
    assert wrong["voice"].value_counts().to_dict() == {"reported": 7, "own": 2}
    assert set(wrong[wrong["voice"] == "own"]["claim"]) == {"nk-5-6", "nk-5-7"}
    assert "fact" not in set(wrong["kind"])
    named = ("us-8-1", "us-8-2", "us-2-4", "cn-2-6", "sk-6-4", "nk-5-6", "nk-5-7")
    assert set(named) <= set(wrong["claim"])
    page = (ROOT / "chapters" / "across" / "hindsight.md").read_text("utf-8")
    assert "Nine claims are not borne out, and seven of the nine are not the authors' own." in page
