"""What a trick scores, and what chance would have, against trying everything."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.content.chance import Distribution, mean
from app.content.guesses import guess
from app.content.tricks import Cue, Piece, Scene
from app.questions import BaseQuestion, choice, hottext, match, order

HEAD: Mapping[str, Any] = {"id": "q", "objective": "m.1", "decision": "d", "stem": "S?"}
WHY: Mapping[str, Any] = {"reason": "R.", "basis": "convention"}
Values = Mapping[str, int]


def by(values: Values) -> Cue:
    """A trick that gives each answer the number that stands there for its text."""
    return lambda pieces, scene: [values[piece.text] for piece in pieces]


def told(question: BaseQuestion, values: Values) -> tuple[Fraction, Distribution] | None:
    found = guess(question, "", by(values))
    return (found.score, dict(found.chance)) if found else None


def tried(texts: Sequence[str], values: Values, score: Callable[[Values], Fraction]) -> Distribution:
    """`score` after every way to deal the texts' numbers out anew."""
    scores = [score(dict(zip(texts, dealt, strict=True))) for dealt in permutations([values[text] for text in texts])]
    return {one: Fraction(number, len(scores)) for one, number in Counter(scores).items()}


def averaged(scores: Sequence[Fraction]) -> Fraction:
    return sum(scores, Fraction(0)) / len(scores)


def numbers(count: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 3), min_size=count, max_size=count)


@st.composite
def choices(draw: st.DrawFn) -> tuple[choice.Question, Values]:
    count = draw(st.integers(3, 5))
    marks = draw(st.integers(1, count - 1))
    correct = draw(st.permutations(range(count)))[:marks]
    harmful = draw(st.sets(st.integers(0, count - 1)))
    options = [
        {"id": f"o{n}", "text": f"O{n}", "correct": n in correct, **WHY}
        | ({"harmful": "harm"} if n in harmful and n not in correct else {})
        for n in range(count)
    ]
    pick = {"pick": marks} if marks > 1 else {}
    question = choice.Question.model_validate({**HEAD, **pick, "type": "choice", "options": options})
    return question, dict(zip((f"O{n}" for n in range(count)), draw(numbers(count)), strict=True))


@given(choices())
def test_choice_is_played_as_trying_every_pick_would(drawn: tuple[choice.Question, Values]) -> None:
    question, values = drawn
    texts = [option.text for option in question.options]

    def score(values: Values) -> Fraction:
        picks = list(combinations(question.options, question.marks))
        worth = [sorted((values[option.text] for option in pick), reverse=True) for pick in picks]
        best = [pick for pick, own in zip(picks, worth, strict=True) if own == max(worth)]
        answers = [choice.Answer(tuple(option.id for option in pick)) for pick in best]
        return averaged([choice.grade(question, answer).earned for answer in answers])

    expected = None if len(set(values.values())) == 1 else (score(values), tried(texts, values, score))
    assert told(question, values) == expected


@st.composite
def orders(draw: st.DrawFn) -> tuple[order.Question, Values]:
    count = draw(st.integers(3, 5))
    pairs = draw(st.sets(st.sampled_from(list(combinations(range(count), 2))), min_size=1))
    before = [{"pair": [f"s{a}", f"s{b}"], "safety": draw(st.booleans()), **WHY} for a, b in sorted(pairs)]
    steps = [{"id": f"s{n}", "text": f"S{n}"} for n in range(count)]
    question = order.Question.model_validate({**HEAD, "type": "order", "steps": steps, "before": before})
    return question, dict(zip((f"S{n}" for n in range(count)), draw(numbers(count)), strict=True))


@given(orders())
def test_order_is_played_as_trying_every_order_would(drawn: tuple[order.Question, Values]) -> None:
    question, values = drawn
    texts = [step.text for step in question.steps]

    def score(values: Values) -> Fraction:
        ways = [
            way
            for way in permutations(question.steps)
            if all(values[a.text] >= values[b.text] for a, b in pairwise(way))
        ]
        return averaged([order.grade(question, order.Answer(tuple(step.id for step in way))).earned for way in ways])

    expected = None if len(set(values.values())) == 1 else (score(values), tried(texts, values, score))
    assert told(question, values) == expected


@st.composite
def matches(draw: st.DrawFn) -> tuple[match.Question, Mapping[str, list[int]]]:
    """With a number for each answer and prompt."""
    reuse = draw(st.booleans())
    answers = draw(st.integers(2, 4))
    prompts = draw(st.integers(2, answers))
    ids = [f"a{n}" for n in range(answers)]
    question = match.Question.model_validate(
        {
            **HEAD,
            "type": "match",
            "reuse": reuse,
            "prompts": [
                {
                    "id": f"p{n}",
                    "text": f"P{n}",
                    "accept": sorted(draw(st.sets(st.sampled_from(ids), min_size=1))),
                    **WHY,
                }
                for n in range(prompts)
            ],
            "answers": [{"id": id, "text": id.upper()} for id in ids],
        }
    )
    return question, {id.upper(): draw(numbers(prompts)) for id in ids}


@given(matches())
def test_match_is_played_as_trying_every_pairing_would(drawn: tuple[match.Question, Mapping[str, list[int]]]) -> None:
    question, values = drawn
    texts = [offered.text for offered in question.answers]
    prompts = [prompt.text for prompt in question.prompts]
    ways = product(texts, repeat=len(prompts)) if question.reuse else permutations(texts, len(prompts))
    found = list(ways)
    worth = [sum(values[text][n] for n, text in enumerate(way)) for way in found]
    best = [way for way, own in zip(found, worth, strict=True) if own == max(worth)]

    def score(meaning: Mapping[str, str]) -> Fraction:
        """`meaning`: the id that each text now stands for."""
        earned = [
            sum(meaning[text] in prompt.accept for prompt, text in zip(question.prompts, way, strict=True))
            for way in best
        ]
        return Fraction(sum(earned), len(earned) * len(prompts))

    def cue(pieces: Sequence[Piece], scene: Scene) -> list[int]:
        return [values[piece.text][prompts.index(scene.stem)] for piece in pieces]

    scores = [score(dict(zip(texts, ids, strict=True))) for ids in permutations(text.lower() for text in texts)]
    guessed = guess(question, "", cue)

    if guessed is None:
        uses = Counter((n, text) for way in best for n, text in enumerate(way))
        assert len({uses[n, text] for n in range(len(prompts)) for text in texts}) == 1
    else:
        assert guessed.score == score({text: text.lower() for text in texts})
        assert dict(guessed.chance) == {one: Fraction(n, len(scores)) for one, n in Counter(scores).items()}


@st.composite
def transcripts(draw: st.DrawFn) -> tuple[hottext.Question, list[int]]:
    """With a number for each line of the client, who says every third and has the key."""
    credits = draw(st.permutations(["1", "1/2", "1/3", "0"]))
    lines = [{"id": f"l{n}", "who": "Oskar" if n % 3 == 0 else "Therapist", "text": f"L{n}"} for n in range(14)]
    zones = [{"lines": [f"l{3 * n}"], "credit": credit, "label": "Z", **WHY} for n, credit in enumerate(credits)]
    question = hottext.Question.model_validate(
        {**HEAD, "type": "hottext", "lines": lines, "zones": zones, "elsewhere": "E."}
    )
    return question, draw(numbers(5))


@given(transcripts())
def test_hottext_is_played_among_the_lines_of_who_has_the_key(drawn: tuple[hottext.Question, list[int]]) -> None:
    question, given_ = drawn
    own = [line.text for line in question.lines if line.who == "Oskar"]
    values = dict(zip(own, given_, strict=True))

    def score(values: Values) -> Fraction:
        best = [text for text in own if values[text] == max(values.values())]
        return averaged([question.earns(text.lower()) for text in best])

    expected = None if len(set(given_)) == 1 else (score(values), tried(own, values, score))
    assert told(question, values) == expected


@given(choices())
def test_chance_does_not_depend_on_the_trick(drawn: tuple[choice.Question, Values]) -> None:
    question, values = drawn
    found = guess(question, "", by(values))
    answers = [
        choice.Answer(tuple(option.id for option in pick)) for pick in combinations(question.options, question.marks)
    ]

    if found:
        assert mean(found.chance) == averaged([choice.grade(question, answer).earned for answer in answers])
