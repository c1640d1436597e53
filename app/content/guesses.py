"""How a trick answers a question of each format, and how well chance would have answered in its place. Pure.

Where a trick cannot decide between answers its score is their mean. Chance is the same trick after the texts were dealt
out anew among the question's options, steps, answers or lines, every way being as likely as any other: so it ties as
often as the trick does, and the comparison is exact.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations, groupby, permutations
from math import factorial, lcm, prod

from app.content.chance import Distribution, drawn, even, mean
from app.content.tricks import Cue, Piece, Scene
from app.questions import BaseQuestion, choice, hottext, match, order

Values = Sequence[int | Fraction]
Levels = tuple[frozenset[int], ...]
"""Places, the ones with the greatest value first, those with the same value together."""


@dataclass(frozen=True)
class Guess:
    score: Fraction
    chance: Distribution

    @cached_property
    def expected(self) -> Fraction:
        return mean(self.chance)


def guess(question: BaseQuestion, case: str, cue: Cue) -> Guess | None:
    """None if the trick says nothing about this question, all its answers being alike."""
    scene = Scene(question.stem, case)
    if isinstance(question, choice.Question):
        return _choice(question, cue([Piece(one.id, one.text) for one in question.options], scene))
    if isinstance(question, order.Question):
        return _order(question, cue([Piece(one.id, one.text) for one in question.steps], scene))
    if isinstance(question, match.Question):
        return _match(question, cue, case)
    if isinstance(question, hottext.Question):
        return _hottext(question, cue, scene)
    raise TypeError(f"no trick can answer a {question.type} question")


def _levels(values: Values) -> Levels:
    places = sorted(range(len(values)), key=lambda place: -values[place])
    return tuple(frozenset(tied) for _, tied in groupby(places, key=lambda place: values[place]))


def _choice(question: choice.Question, values: Values) -> Guess | None:
    sure, tied = _leading(_levels(values), question.marks)
    if len(tied) == len(values):
        return None
    ids = [option.id for option in question.options]

    def score(sure: Collection[int], tied: Collection[int]) -> Fraction:
        picks = list(combinations(sorted(tied), question.marks - len(sure)))
        answers = (choice.Answer(tuple(ids[place] for place in sorted((*sure, *pick)))) for pick in picks)
        return sum((choice.grade(question, answer).earned for answer in answers), Fraction(0)) / len(picks)

    places = range(len(ids))
    ways = (
        score(one, other)
        for one in combinations(places, len(sure))
        for other in combinations([place for place in places if place not in one], len(tied))
    )
    return Guess(score(sure, tied), even(ways))


def _leading(levels: Levels, number: int) -> tuple[frozenset[int], frozenset[int]]:
    """The places that are taken whatever happens, and those of which some are taken to make up the number."""
    sure: frozenset[int] = frozenset()
    for level in levels:
        if len(sure) + len(level) > number:
            return sure, level
        sure |= level
    return sure, frozenset()


def _order(question: order.Question, values: Values) -> Guess | None:
    levels = _levels(values)
    if len(levels) == 1:
        return None
    kept, chance = _kept(question, tuple(map(len, levels)))
    return Guess(kept[levels], chance)


@lru_cache(maxsize=32)
def _kept(question: order.Question, sizes: tuple[int, ...]) -> tuple[Mapping[Levels, Fraction], Distribution]:
    """What the steps earn on average after every way to part them into levels of these sizes."""
    pairs: defaultdict[Levels, int] = defaultdict(int)
    for places, credited in _orders(question).items():
        pairs[tuple(_cut(places, sizes))] += credited
    full = prod(map(factorial, sizes)) * len(question.before)
    shares = {credited: Fraction(credited, full) for credited in set(pairs.values())}
    return {levels: shares[credited] for levels, credited in pairs.items()}, _frequent(pairs.values(), full)


def _frequent(credited: Iterable[int], full: int) -> Distribution:
    """Each as its share of `full`, as likely as it is frequent."""
    found = Counter(credited)
    return {Fraction(one, full): Fraction(number, found.total()) for one, number in found.items()}


def _cut(places: tuple[int, ...], sizes: Iterable[int]) -> Iterator[frozenset[int]]:
    start = 0
    for size in sizes:
        yield _set(places[start : start + size])
        start += size


_set = lru_cache(maxsize=1024)(frozenset[int])


@lru_cache(maxsize=1)
def _orders(question: order.Question) -> Mapping[tuple[int, ...], int]:
    """How many pairs each order of the steps, by their places in the file, is credited with. As `order.grade`, which
    would take too long for forty thousand orders of eight steps."""
    place = {step.id: number for number, step in enumerate(question.steps)}
    rules = [(place[rule.pair[0]], place[rule.pair[1]], rule.safety) for rule in question.before]
    credited = {}
    for places in permutations(range(len(place))):
        broken = [safety for first, then, safety in rules if places.index(first) > places.index(then)]
        credited[places] = 0 if any(broken) else len(rules) - len(broken)
    return credited


def _match(question: match.Question, cue: Cue, case: str) -> Guess | None:
    answers = [Piece(one.id, one.text) for one in question.answers]
    wishes = [cue(answers, Scene(prompt.text, case)) for prompt in question.prompts]
    shares = _shares_reused(wishes) if question.reuse else _shares(wishes)
    if len({share for row in shares for share in row}) == 1:
        return None
    worth = [
        [
            sum(
                (row[put] for row, prompt in zip(shares, question.prompts, strict=True) if there.id in prompt.accept),
                Fraction(0),
            )
            / len(question.prompts)
            for there in answers
        ]
        for put in range(len(answers))
    ]
    return Guess(sum((worth[place][place] for place in range(len(answers))), Fraction(0)), _dealt(worth))


Shares = Sequence[Sequence[Fraction]]
"""For every prompt how often each answer is put there."""


def _shares_reused(wishes: Sequence[Values]) -> Shares:
    best = [_levels(values)[0] for values in wishes]
    return [
        [Fraction(place in places, len(places)) for place in range(len(values))]
        for values, places in zip(wishes, best, strict=True)
    ]


def _shares(wishes: Sequence[Values]) -> Shares:
    """Of the ways to pair, each answer serving once, those with the greatest sum of values."""
    prompts, answers = len(wishes), len(wishes[0])
    if all(values == wishes[0] for values in wishes):
        sure, tied = _leading(_levels(wishes[0]), prompts)
        used = [
            Fraction(place in sure) or Fraction((prompts - len(sure)) * (place in tied), len(tied) or 1)
            for place in range(answers)
        ]
        return [[one / prompts for one in used]] * prompts
    best, most = list[tuple[int, ...]](), None
    for way in permutations(range(answers), prompts):
        reached = sum(values[place] for values, place in zip(wishes, way, strict=True))
        if most is None or reached >= most:
            best = [*best, way] if reached == most else [way]
            most = reached
    return [
        [Fraction(sum(way[prompt] == place for way in best), len(best)) for place in range(answers)]
        for prompt in range(prompts)
    ]


def _dealt(worth: Shares) -> Distribution:
    """`worth`: what each text earns in the place of each answer. Texts and places are paired at random."""
    scale = lcm(*(earned.denominator for row in worth for earned in row))
    ways: dict[tuple[int, int], int] = {(0, 0): 1}  # (places taken, as bits; earned × scale) -> number
    for row in worth:
        steps = [(1 << place, int(earned * scale)) for place, earned in enumerate(row)]
        grown: defaultdict[tuple[int, int], int] = defaultdict(int)
        for (taken, total), count in ways.items():
            for bit, earned in steps:
                if not taken & bit:
                    grown[taken | bit, total + earned] += count
        ways = grown
    return {Fraction(total, scale): Fraction(count, factorial(len(worth))) for (_, total), count in ways.items()}


def _hottext(question: hottext.Question, cue: Cue, scene: Scene) -> Guess | None:
    """Among the lines of whoever speaks in the key: the stem says whose line is sought."""
    speakers = {line.who for line in question.lines if question.earns(line.id) == 1}
    last = len(question.lines) - 1
    lines = [
        Piece(line.id, line.text, Fraction(number, last))
        for number, line in enumerate(question.lines)
        if line.who in speakers
    ]
    leading = _levels(cue(lines, scene))[0]
    if len(leading) == len(lines):
        return None
    earned = [question.earns(line.id) for line in lines]
    score = sum((earned[place] for place in leading), Fraction(0)) / len(leading)
    return Guess(score, drawn(earned, len(leading)))
