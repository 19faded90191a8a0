"""The figures of the book: the polls and the election."""

from __future__ import annotations

import pandas as pd
from conftest import ROOT

DATA = ROOT / "data"


def test_the_poll_is_as_the_pollster_printed_it() -> None:
    """A reader who compares with Gallup Korea would find other shares, or those of no opinion left out."""
    polls = pd.read_csv(DATA / "polls.csv").query("poll == 'gallup-korea-2018-06-14'")
    shares = polls.set_index(["question", "answer"])["share_percent"]
    assert shares["outcome"].to_dict() == {"went well": 66, "went badly": 11, "no opinion": 22}
    assert shares["trust"].to_dict() == {"will keep to it": 53, "will not keep to it": 23, "no opinion": 25}
    whole = polls[polls["question"].isin(["outcome", "trust"])]
    assert set(whole["sample"]) == {1007}
    assert set(whole["field_start"]) == set(whole["field_end"]) == {"2018-06-14"}


def test_ten_polls_have_those_without_an_opinion() -> None:
    """The rule that their shares make a hundred would hold of nothing."""
    polls = pd.read_csv(DATA / "polls.csv").query("answer == 'no opinion'")
    assert polls["poll"].nunique() >= 10


def test_the_approval_of_the_president_is_one_series() -> None:
    """A line would be drawn through the figures of several pollsters, or over a week that is there twice."""
    approval = pd.read_csv(DATA / "approval.csv")
    assert set(approval["pollster"]) == {"Gallup Korea"}
    june = approval.set_index("published")["approve_percent"]
    assert (june["2018-05-04"], june["2018-06-15"], june["2018-08-10"]) == (83, 79, 58)


def test_six_units_changed_hands() -> None:
    """The count that the page names would not be the table's."""
    units = pd.read_csv(DATA / "local_elections.csv")
    assert (units["changed"] == "yes").sum() == 6


def test_flows_and_totals_of_trade_are_there_to_compare() -> None:
    """The rule that they add up would hold of nothing."""
    trade = pd.read_csv(DATA / "trade.csv").pivot(index=["series", "year"], columns="flow", values="million_usd")
    assert len(trade.dropna()) > 20


def test_nothing_nuclear_and_no_intercontinental_missile_from_2018_to_2021() -> None:
    """The freeze that the page tells of would not be in its table."""
    tests = pd.read_csv(DATA / "weapons_tests.csv")
    freeze = tests.pivot(index="year", columns="what", values="count").loc[2018:2021]
    assert freeze["intercontinental missiles launched"].sum() == freeze["nuclear tests"].sum() == 0


def test_fourteen_of_seventeen() -> None:
    """The article's 14 of 17 would not be what the table adds up to, half of them mayors and half governors."""
    units = pd.read_csv(DATA / "local_elections.csv")
    parties = units["party"].value_counts().to_dict()
    assert parties == {"Democratic Party of Korea": 14, "Liberty Korea Party": 2, "independent": 1}
    won = units[units["party"] == "Democratic Party of Korea"]
    assert won["kind"].str.contains("city").sum() == 7
    assert units["kind"].str.contains("city").sum() == 8
    assert units["kind"].str.contains("province").sum() == 9


def test_what_the_book_says_of_its_verdicts_is_what_the_table_has() -> None:
    """The page on hindsight would name other noes, or count other claims with two answers, than the table has."""
    asked = ["said", "so", "came-true", "kept", "justified", "followed"]
    verdicts = pd.read_csv(DATA / "verdicts.csv").sort_values("as_of").drop_duplicates(["claim", "asks"], keep="last")
    verdicts = verdicts.sort_values("asks", key=lambda asks: asks.map(asked.index), kind="stable")
    outcome = verdicts.drop_duplicates("claim", keep="last").merge(pd.read_csv(DATA / "claims.csv"), on="claim")
    wrong = outcome[outcome["answer"] == "no"].set_index("claim")
    advice = wrong["asks"] == "followed"
    assert set(wrong.index[advice]) == {"frame-4-4", "frame-5-1", "frame-5-5", "frame-5-6", "cn-5-3"}
    assert wrong["voice"][~advice].to_dict() == {
        **dict.fromkeys(("us-7-6", "us-8-1", "us-8-2", "sk-6-4"), "reported"),
        "nk-5-6": "own",
    }

    said = verdicts[verdicts["asks"] == "said"].set_index("claim")["answer"]
    second = outcome.set_index("claim")["answer"].loc[outcome.set_index("claim")["asks"] != "said"]
    both = pd.concat({"said": said, "second": second}, axis="columns", join="inner")
    assert (len(said), len(both), (both["said"] != both["second"]).sum()) == (15, 13, 10)
    assert "no" not in set(said)
    assert len(verdicts) - len(outcome) == len(both) + 3

    sections = pd.crosstab(outcome["claim"].str.split("-").str[0], outcome["answer"])
    more = sections["in part"] - sections["yes"]
    assert (set(more.index[more > 0]), set(more.index[more == 0])) == ({"nk", "sk"}, {"cn"})

    decided = outcome[outcome["answer"].isin(["yes", "in part", "no"])]
    counted = {kind: (int((rows == "yes").sum()), len(rows)) for kind, rows in decided.groupby("kind")["answer"]}
    page = (ROOT / "chapters" / "across" / "hindsight.md").read_text("utf-8")
    assert (
        "{} of {} predictions have the answer yes, {} of {} facts and {} of {} assessments".format(
            *counted["prediction"], *counted["fact"], *counted["assessment"]
        )
        in page
    )
