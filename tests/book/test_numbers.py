"""The figures of the book: the polls and the election."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from conftest import ROOT

DATA = ROOT / "data"


def test_the_poll_is_as_the_pollster_printed_it() -> None:
    """A reader who compares with Gallup Korea finds the same shares, those of no opinion included."""
    polls = pd.read_csv(DATA / "polls.csv").query("poll == 'gallup-korea-2018-06-14'")
    shares = polls.set_index(["question", "answer"])["share_percent"]
    assert shares["outcome"].to_dict() == {"went well": 66, "went badly": 11, "no opinion": 22}
    assert shares["trust"].to_dict() == {"will keep to it": 53, "will not keep to it": 23, "no opinion": 25}
    whole = polls[polls["question"].isin(["outcome", "trust"])]
    assert set(whole["sample"]) == {1007}
    assert set(whole["field_start"]) == set(whole["field_end"]) == {"2018-06-14"}


def test_no_question_has_more_than_a_hundred_per_cent() -> None:
    """No answer is there twice: rounded shares of one question are off by at most half a point an answer."""
    polls = pd.read_csv(DATA / "polls.csv")
    polls = polls[~polls["question"].str.endswith("-by-party")]  # whose answers are parts of different groups
    for (poll, question), answers in polls.groupby(["poll", "question"])["share_percent"]:
        assert answers.sum() <= 100 + 0.5 * len(answers), f"{poll}, {question}: {answers.sum()}"


def test_shares_with_those_of_no_opinion_make_a_hundred_but_for_rounding() -> None:
    """Where the table has those without an opinion no answer is missing."""
    polls = pd.read_csv(DATA / "polls.csv")
    whole = polls.groupby(["poll", "question"]).filter(lambda rows: rows["answer"].eq("no opinion").any())
    assert whole["poll"].nunique() >= 10
    for (poll, question), answers in whole.groupby(["poll", "question"])["share_percent"]:
        assert answers.sum() == pytest.approx(100, abs=0.5 * len(answers)), f"{poll}, {question}: {answers.sum()}"


def test_one_question_of_a_poll_has_one_wording_and_one_sample() -> None:
    """Answers to different questions would be drawn as if they were one."""
    polls = pd.read_csv(DATA / "polls.csv")
    for column in ("wording", "sample", "field_start", "country"):
        assert polls.groupby(["poll", "question"])[column].nunique().max() == 1, column


def test_a_field_period_ends_before_it_is_published() -> None:
    """A poll could not be dated, and an event be taken for its cause that came after it."""
    for table in ("polls", "approval"):
        days = pd.read_csv(DATA / f"{table}.csv")[["field_start", "field_end", "published"]].dropna()
        assert len(days) > 50
        assert (days["field_start"] <= days["field_end"]).all()
        assert (days["field_end"] <= days["published"]).all()


def test_the_approval_of_the_president_is_one_series() -> None:
    """A line would be drawn through the figures of several pollsters, or over a week that is there twice."""
    approval = pd.read_csv(DATA / "approval.csv")
    assert set(approval["pollster"]) == {"Gallup Korea"}
    assert approval["published"].is_monotonic_increasing
    assert approval["published"].is_unique
    assert (pd.to_datetime(approval["published"]).dt.day_name() == "Friday").all()
    june = approval.set_index("published")["approve_percent"]
    assert (june["2018-05-04"], june["2018-06-15"], june["2018-08-10"]) == (83, 79, 58)


def test_votes_and_shares_of_the_election_agree() -> None:
    """The tables of the National Election Commission, which cuts shares to two places, would be copied wrongly."""
    units = pd.read_csv(DATA / "local_elections.csv")
    assert len(units) == 17
    cut = units["votes"] * 10000 // units["valid_votes"] / 100
    assert cut.tolist() == units["share_percent"].tolist()
    assert (units["votes"] > units["runner_up_votes"]).all()
    won = units["party"] == "Democratic Party of Korea"
    assert (units["dpk_votes"] == units["votes"])[won].all()
    assert (units["dpk_votes"] <= units["runner_up_votes"])[~won].all()


def test_the_column_changed_is_derived() -> None:
    """A unit would be said to have changed hands when only a party's name had changed."""
    heirs = {
        "New Politics Alliance for Democracy": "Democratic Party of Korea",
        "Saenuri Party": "Liberty Korea Party",
    }
    units = pd.read_csv(DATA / "local_elections.csv")
    changed = units["party"] != units["party_2014"].map(heirs)
    assert changed.map({True: "yes", False: "no"}).tolist() == units["changed"].tolist()
    assert changed.sum() == 6


def test_no_two_units_share_a_tile() -> None:
    """One province would hide another on the map."""
    units = pd.read_csv(DATA / "local_elections.csv")
    assert not units.duplicated(["tile_row", "tile_column"]).any()


def test_trade_adds_up() -> None:
    """A flow would be taken for the other, or a figure be ten times too large."""
    trade = (
        pd.read_csv(DATA / "trade.csv").pivot(index=["series", "year"], columns="flow", values="million_usd").dropna()
    )
    assert len(trade) > 20
    flows = trade["exports to North Korea"] + trade["imports from North Korea"]
    assert (flows - trade["total"]).abs().max() < 130  # the flows of 2016 are printed to 100 million


def test_tests_are_counted_by_one_maker_each() -> None:
    """Counts of missiles and of events would be drawn as one series."""
    tests = pd.read_csv(DATA / "weapons_tests.csv")
    assert tests.groupby("what")["series"].nunique().max() == 1
    missiles = tests.pivot(index="year", columns="what", values="count")
    assert (missiles["intercontinental missiles launched"] <= missiles["missiles launched"]).all()
    freeze = missiles.loc[2018:2021]
    assert freeze["intercontinental missiles launched"].sum() == freeze["nuclear tests"].sum() == 0


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
    for table in ("polls", "approval", "local_elections", "trade", "weapons_tests", "weapons_test_dates"):
        for sources in pd.read_csv(DATA / f"{table}.csv")["source"]:
            assert set(sources.split()) <= known


def test_what_the_book_says_of_its_verdicts_is_what_the_table_has() -> None:
    """The page on hindsight counts right: eight claims are not borne out, six of them reported, two by one author."""
    verdicts = pd.read_csv(DATA / "verdicts.csv").sort_values("as_of").groupby("claim", as_index=False).last()
    verdicts = verdicts.merge(pd.read_csv(DATA / "claims.csv"), on="claim")
    wrong = verdicts[verdicts["verdict"] == "not borne out"]
    assert len(wrong) == 8
    assert wrong["voice"].value_counts().to_dict() == {"reported": 6, "own": 2}
    assert set(wrong[wrong["voice"] == "own"]["claim"]) == {"nk-5-6", "nk-5-7"}
    assert "fact" not in set(wrong["kind"])
    named = {"us-8-1", "us-8-2", "us-5-4", "us-2-3", "us-2-4", "sk-6-4", "nk-5-6", "nk-5-7"}
    assert named == set(wrong["claim"])
    page = (ROOT / "chapters" / "across" / "hindsight.md").read_text("utf-8")
    assert "Eight claims are not borne out, and six of the eight are not the authors' own." in page
