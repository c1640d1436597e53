"""The test-wise guesser: how far one comes in all graded questions of a course by tricks alone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.content import chance
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.guesses import Guess, guess
from app.content.quiz_check import QuizCheck, each_quiz
from app.content.tables import table
from app.content.tricks import TRICKS, Trick
from app.questions import BaseQuestion

NAMED = 10
"""So many questions are named in which a trick works best."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A graded question, and where it stands."""

    question: BaseQuestion
    case: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Played:
    """What a trick came to."""

    trick: Trick
    number: int
    """Of questions about which it says something."""
    mean: float
    expected: float
    """The mean that chance brings."""
    probability: float
    """Of this mean or a greater one by chance."""
    detectable: float
    formats: Mapping[str, tuple[float, float]]
    """type -> (mean, expected)"""
    best: tuple[Asked, ...]
    """Where it scores above chance, most of all first."""


def graded(gathered: Gathered) -> list[Asked]:
    """Of every bank, of what is kept for before and after reading, of the final test with its neutral cases, and of the
    transcripts to mend."""
    return [asked for check in each_quiz(gathered, []) for asked in _graded(check)]


def _graded(check: QuizCheck) -> Iterator[Asked]:
    for number, case in check.vignettes():
        for index, question in enumerate(case.questions):
            if question.graded:
                line = check.document.line((check.cases, number, "questions", index))
                yield Asked(question, case.text, check.document.path, line)


def play(questions: Sequence[Asked]) -> list[Played]:
    """A trick that says nothing about any of them is left out."""
    guesses: dict[str, list[tuple[Asked, Guess]]] = {trick.name: [] for trick in TRICKS}
    for asked in questions:
        for trick in TRICKS:
            if asked.question.type in trick.formats:
                found = guess(asked.question, asked.case, trick.cue)
                if found:
                    guesses[trick.name].append((asked, found))
    playable = [trick for trick in TRICKS if guesses[trick.name]]
    return [_played(trick, guesses[trick.name], len(playable)) for trick in playable]


def _played(trick: Trick, guesses: Sequence[tuple[Asked, Guess]], tricks: int) -> Played:
    parts = [found.chance for _, found in guesses]
    scored = sum((found.score for _, found in guesses), Fraction(0))
    gains = [(found.score - found.expected, asked) for asked, found in guesses]
    gains.sort(key=lambda gain: -gain[0])
    return Played(
        trick=trick,
        number=len(guesses),
        mean=float(scored / len(guesses)),
        expected=float(sum(found.expected for _, found in guesses) / len(parts)),
        probability=chance.at_least(parts, scored),
        detectable=chance.detectable(parts, chance.LEVEL / tricks),
        formats=_by_format(guesses),
        best=tuple(asked for gain, asked in gains if gain > 0),
    )


def _by_format(guesses: Sequence[tuple[Asked, Guess]]) -> dict[str, tuple[float, float]]:
    own: defaultdict[str, list[Guess]] = defaultdict(list)
    for asked, found in guesses:
        own[asked.question.type].append(found)
    return {
        type: (
            float(sum(one.score for one in found) / len(found)),
            float(sum(one.expected for one in found) / len(found)),
        )
        for type, found in sorted(own.items())
    }


def working(played: Sequence[Played]) -> list[Played]:
    """Those that beat chance."""
    proven = chance.proven([one.probability for one in played])
    return [one for one, works in zip(played, proven, strict=True) if works]


def faults(played: Sequence[Played]) -> list[Fault]:
    return [_fault(one) for one in working(played)]


def _fault(one: Played) -> Fault:
    what = (
        f"A guesser who takes “{one.trick.name}” scores {one.mean:.2f} in {one.number} questions, where chance brings "
        f"{one.expected:.2f} (p {_probability(one.probability)})."
    )
    named = ", ".join(f"`{asked.question.id}`" for asked in one.best[:NAMED])
    mend = f"Change keys or wrong options until the trick misleads as often as chance would; it works best in {named}."
    return Fault(one.best[0].path, one.best[0].line, what, mend)


def report(played: Sequence[Played]) -> str:
    """The tricks as a table, most likely to work first."""
    found = {one.trick.name for one in working(played)}
    rows = [
        (
            one.trick.name, one.number, one.mean, one.expected, _probability(one.probability).removeprefix("= "),
            _reachable(one.detectable), _formats(one), "works" if one.trick.name in found else "",
        )
        for one in sorted(played, key=lambda one: one.probability)
    ]  # fmt: skip
    head = ("Trick", "n", "mean", "chance", "p", "found from", "mean (chance) by format", "")
    return table(head, rows)


def _probability(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"= {value:.4f}"


def _reachable(mean: float) -> str:
    """A mean above full marks cannot be found out."""
    return f"{mean:.2f}" if mean <= 1 else "–"


def _formats(one: Played) -> str:
    return ", ".join(f"{type} {mean:.2f} ({expected:.2f})" for type, (mean, expected) in one.formats.items())
