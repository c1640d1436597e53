"""A guesser who knows nothing but tricks."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from app.content.gathering import gather
from app.content.guesser import Asked, faults, graded, play, report, working
from app.content.tricks import TRICKS, Piece, Scene, telling
from app.questions import choice, compose
from tests.conftest import SAMPLE_COURSE

WHY: Mapping[str, Any] = {"reason": "R.", "basis": "convention"}
WORDS = ("bread", "milk", "cheese", "salt", "butter", "honey", "pepper", "flour", "sugar", "yeast", "cream", "apple")
HEDGES = ["often", "could", "might"]


def asked(number: int, texts: list[str], key: int) -> Asked:
    options = [{"id": f"o{n}", "text": text, "correct": n == key, **WHY} for n, text in enumerate(texts)]
    question = choice.Question.model_validate(
        {"id": f"q{number:02}", "type": "choice", "objective": "m.1", "decision": "d", "stem": "S?", "options": options}
    )
    return Asked(question, "", "quizzes/m.yaml", number)


def bank(rng: Random, *, biased: bool) -> Iterator[Asked]:
    """Forty questions; `biased`: one option in each is hedged, and three times in four it is the key."""
    for number in range(40):
        texts = [" ".join(rng.sample(WORDS, 4)) for _ in range(4)]
        key = rng.randrange(4)
        hedged = key if biased and number % 4 else rng.randrange(4)
        texts[hedged] = " ".join([rng.choice(HEDGES), *rng.sample(WORDS, 3)])
        yield asked(number, texts, key)


def test_trick_that_works_is_a_fault_with_its_means_and_best_questions() -> None:
    found = faults(play(list(bank(Random(1), biased=True))))

    assert [fault.message.partition(" scores")[0] for fault in found] == ["A guesser who takes “the most hedged”"]
    assert found[0].message.endswith(" in 40 questions, where chance brings 0.25 (p < 0.0001).")
    assert found[0].mend.count("`q") == 10
    assert (found[0].path, found[0].line) == ("quizzes/m.yaml", 1)


@pytest.mark.slow
def test_fair_bank_is_seldom_accused() -> None:
    """Holm keeps the chance that any trick of a fair bank is accused to one in twenty."""
    accused = sum(bool(working(play(list(bank(Random(seed), biased=False))))) for seed in range(60))

    assert accused <= 6


def test_report_names_every_trick_that_was_played_the_likeliest_first() -> None:
    played = play(list(bank(Random(1), biased=True)))
    lines = report(played).splitlines()

    assert len(lines) == 2 + len(played)
    assert [cell.strip() for cell in lines[0].strip("|").split("|")] == [
        "Trick", "n", "mean", "chance", "p", "found from", "mean (chance) by format", "",
    ]  # fmt: skip
    assert lines[2].startswith("| the most hedged")
    assert lines[2].endswith("works |")


def test_trick_that_cannot_tell_answers_apart_is_left_out() -> None:
    names = {one.trick.name for one in play(list(bank(Random(1), biased=True)))}

    assert names.isdisjoint({"the one with a question mark", "the middle line", "as long as the prompt"})


def test_graded_questions_are_those_of_banks_kept_sets_and_both_forms() -> None:
    found = graded(gather(SAMPLE_COURSE, []))
    ids = {one.question.id for one in found}

    assert ids >= {"brewing-ada-a", "serving-vera-ask", "final-mo-ask", "final-quin-steps"}
    assert not [one for one in found if isinstance(one.question, compose.Question)]


@pytest.mark.parametrize(
    ("name", "first", "other"),
    [
        ("the longest", "A long line of words.", "Short."),
        ("the shortest", "Short.", "A long line of words."),
        ("the most detailed", "Ask, wait, and then go on.", "Ask and wait."),
        ("the most hedged", "She may perhaps agree.", "She agrees."),
        ("the fewest absolute words", "Ask her.", "Always ask her."),
        ("the warmest words", "Gently and warmly you sit near.", "You sit."),
        ("the one that asks or offers", "You ask whether she agrees.", "You go in."),
        ("the one with a question mark", "May I come in?", "I come in."),
        ("the one with speech", "You say, “Stop.”", "You stop him."),
        ("the one with a stage direction", "*Nods.* Yes.", "Yes."),
        ("the longest stage direction", "*Nods at once.* Yes.", "*Nods.* Yes."),
        ("most words of the stem or prompt", "The hallway with its tiles.", "The kitchen and its radio."),
        ("most words of the case", "The bicycles stand there.", "The kitchen and its radio."),
        ("as long as the prompt", "Where is the hall now?", "Where?"),
    ],
)
def test_trick_takes_the_one_that_its_name_says(name: str, first: str, other: str) -> None:
    cue = next(trick.cue for trick in TRICKS if trick.name == name)
    scene = Scene("What about the hallway?", "A bicycle leans at the wall.")

    ahead, behind = cue([Piece("a", first), Piece("b", other)], scene)

    assert ahead > behind


def test_opposite_of_a_trick_takes_the_other() -> None:
    cues = {trick.name: trick.cue for trick in TRICKS}
    pieces = [Piece("a", "*Nods.* Yes?"), Piece("b", "Yes.")]

    for name in ("the one without a stage direction", "the one without a question mark", "the shortest"):
        assert cues[name](pieces, Scene("", ""))[0] < cues[name](pieces, Scene("", ""))[1]


def test_option_that_resembles_the_others_is_taken() -> None:
    cue = next(trick.cue for trick in TRICKS if trick.name == "most words of the other options")
    texts = ["Boil water slowly", "Boil milk slowly", "Wash hands"]

    assert cue([Piece(text, text) for text in texts], Scene("", "")) == [2, 2, 0]


def test_lines_are_found_by_their_place_and_ids_by_the_alphabet() -> None:
    cues = {trick.name: trick.cue for trick in TRICKS}
    lines = [Piece(f"l{n}", "", Fraction(n, 6)) for n in range(7)]
    ids = [Piece(id, "") for id in ("s10", "s9", "a")]
    scene = Scene("", "")

    assert max(lines, key=lambda line: cues["the middle line"]([line], scene)[0]).id == "l3"
    assert max(lines, key=lambda line: cues["the line two thirds down"]([line], scene)[0]).id == "l4"
    assert cues["the first id in the alphabet"](ids, scene) == [0, 1, 2]


def test_telling_words_leave_out_small_ones_and_endings() -> None:
    assert telling("The teachers would teach them after a lesson") == {"teach", "lesso"}
