"""The self-checks cannot be passed without reading: nothing but the claim and the article gives an answer away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from annotated_reading.ledger.ledger import Ledger
from annotated_reading.ledger.questions import NO_HEDGE, answer, label
from annotated_reading.ledger.rows import Question

ASKS = ("holder", "kind", "section", "voice", "hedge")
WORD = re.compile(r"[a-z]+")
FUNCTION_WORDS = frozenset(
    WORD.findall(
        "a an and as at be been by for from had has have in is it its of on or out s than that the to was were"
    )
)
ALLOWED = 0.15
"""By how much of all questions a guesser may do better than chance."""


def right(question: Question, ledger: Ledger) -> str:
    """The right answer."""
    return answer(question.asks, ledger.claims[question.claim])


def asked(ledger: Ledger, asks: str) -> list[Question]:
    """The questions that ask this."""
    return [question for question in ledger.questions if question.asks == asks]


def words(text: str) -> set[str]:
    """The words of a text that say something."""
    return set(WORD.findall(text.lower())) - FUNCTION_WORDS


def printed(question: Question, ledger: Ledger) -> dict[str, str]:
    """Each option and how it reads on the page."""
    claim = ledger.claims[question.claim]
    return {option: label(option, question.asks, claim, ledger) for option in question.options}


def longest(question: Question, ledger: Ledger) -> list[str]:
    """What somebody picks who takes the longest answer for the true one."""
    read = printed(question, ledger)
    return [option for option in read if len(read[option]) == max(map(len, read.values()))]


def alphabetical(question: Question, ledger: Ledger) -> list[str]:
    """What somebody picks who takes the first answer in the order of the alphabet."""
    read = printed(question, ledger)
    return [min(read, key=lambda option: read[option].lower().strip("“"))]


def first(question: Question, _: Ledger) -> list[str]:
    """What somebody picks who always takes the first answer."""
    return [question.options[0]]


def echo(question: Question, ledger: Ledger) -> list[str]:
    """What somebody picks who looks for the words of the claim among the answers, and at random where none has more."""
    claim = ledger.claims[question.claim]
    read = {option: words("" if option == NO_HEDGE else text) for option, text in printed(question, ledger).items()}
    read = read | {"own": set(), "reported": set()} if question.asks == "voice" else read
    shared = {option: len(read[option] & words(claim.text)) for option in question.options}
    return [option for option in shared if shared[option] == max(shared.values())]


def home(question: Question, ledger: Ledger) -> list[str]:
    """What somebody picks who always takes the chapter's own section, or its author."""
    own = ledger.sections[question.section]
    return [option for option in question.options if option in (question.section, own.contributor)] or list(
        question.options
    )


GUESSERS: tuple[Callable[[Question, Ledger], Sequence[str]], ...] = (longest, alphabetical, first, echo, home)


def gain(guess: Callable[[Question, Ledger], Sequence[str]], questions: Sequence[Question], ledger: Ledger) -> float:
    """By what share of the questions a guesser does better than chance."""
    picks = [guess(question, ledger) for question in questions]
    hits = sum((right(q, ledger) in pick) / len(pick) for q, pick in zip(questions, picks, strict=True))
    return (hits - sum(1 / len(question.options) for question in questions)) / len(questions)


@pytest.mark.parametrize("guess", GUESSERS, ids=lambda guess: guess.__name__)
@pytest.mark.parametrize("asks", [*ASKS, "all"])
def test_nobody_passes_by_a_rule_of_thumb(
    guess: Callable[[Question, Ledger], Sequence[str]], asks: str, ledger: Ledger
) -> None:
    """A student would be told that all is well who has read nothing, and a teacher would believe it."""
    questions = ledger.questions if asks == "all" else asked(ledger, asks)
    assert gain(guess, list(questions), ledger) <= ALLOWED, (guess.__name__, asks)


def test_no_section_is_the_answer_more_often_than_others(ledger: Ledger) -> None:
    """A student would learn that the answer is mostly Washington, and stop looking where a sentence stands."""
    sections = Counter(right(question, ledger) for question in asked(ledger, "section"))
    assert set(sections) == set(ledger.sections)
    assert max(sections.values()) <= 0.3 * sections.total(), sections


@pytest.mark.parametrize("asks", ["holder", "kind", "voice", "hedge"])
def test_no_answer_is_right_most_of_the_time(asks: str, ledger: Ledger) -> None:
    """A student would do well by naming the author, a fact or no hedge each time, and not learn the difference."""
    questions = asked(ledger, asks)
    answers = Counter(right(question, ledger) for question in questions)
    chance = sum(1 / len(question.options) for question in questions) / len(questions)
    assert max(answers.values()) / len(questions) <= chance + ALLOWED, answers
    if asks in ("kind", "voice"):
        assert set(answers) == {option for question in questions for option in question.options}


def test_the_words_beside_a_question_do_not_tell_the_hedge(ledger: Ledger) -> None:
    """A student could copy the hedge from the paraphrase beside the question, and not open the article."""
    for question in asked(ledger, "hedge"):
        text = words(ledger.claims[question.claim].text)
        shown = {option for option in question.options if option != NO_HEDGE and words(option) & text}
        assert right(question, ledger) not in shown or len(shown) > 1, question.question


def test_the_claim_that_is_asked_about_does_not_name_whose_it_is(ledger: Ledger) -> None:
    """A student could read off the question itself that it is the author's own, or somebody else's."""
    for question in (*asked(ledger, "voice"), *asked(ledger, "holder")):
        claim = ledger.claims[question.claim]
        if claim.voice == "own":
            surname = ledger.people[ledger.sections[claim.section].contributor].name.split()[-1]
            assert surname not in claim.text, question.question


def test_every_hedge_to_choose_from_is_a_hedge_of_the_article(ledger: Ledger) -> None:
    """A wrong hedge would be a word that the article never uses so, and be seen to be wrong by that."""
    hedges = {claim.hedge for claim in ledger.claims.values()} | {NO_HEDGE}
    for question in asked(ledger, "hedge"):
        assert set(question.options) <= hedges, question.question


def test_the_options_differ_in_nothing_but_what_is_asked(ledger: Ledger) -> None:
    """An answer would stand out by the number of answers beside it, by its place, or by its mere presence."""
    for question in ledger.questions:
        options = [option for option in question.options if option != NO_HEDGE]
        assert len(question.options) == (2 if question.asks == "voice" else 4), question.question
        assert options == sorted(options), question.question
        assert NO_HEDGE not in question.options[:-1], question.question
    assert all(question.options[-1] == NO_HEDGE for question in asked(ledger, "hedge"))
    assert len({question.options for question in asked(ledger, "kind")}) == 1
    for section in ledger.sections:
        offered = sum(section in question.options for question in asked(ledger, "section"))
        assert 0.4 <= offered / len(asked(ledger, "section")) <= 0.75, (section, offered)
