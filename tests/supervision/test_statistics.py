"""Our own estimates against an independent implementation, and against data of which the truth is known."""

from random import Random
from typing import Any

import numpy as np
import pytest
from scipy import stats

from app.supervision import gain, questions
from app.supervision.questions import question_lines, quiz_lines
from app.supervision.resampling import Resamples, interval, quantile
from app.supervision.statistics import Estimate, correlation, mean, reliability, wilson
from tests.supervision.rows import Sheet, choice, shuffled

MANY = 9999


def bootstrapped(values: Any, statistic: Any, **options: Any) -> tuple[float, float]:
    found = stats.bootstrap(values, statistic, method="percentile", n_resamples=MANY, rng=1, **options)
    return found.confidence_interval.low, found.confidence_interval.high


@pytest.mark.parametrize("n", [1, 2, 10, 29, 60, 263, 1000])
def test_wilson_is_what_scipy_gives(n: int) -> None:
    for successes in sorted({0, 1, n // 3, n // 2, n - 1, n}):
        found = wilson(successes, n)

        expected = stats.binomtest(successes, n).proportion_ci(confidence_level=0.95, method="wilson")
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)
        assert found.value == successes / n


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_is_what_was_published(successes: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Stat Med 17, 857-872, table I, method 3."""
    found = wilson(successes, n)

    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (low, high)


def test_quantiles_lie_between_neighbours() -> None:
    values = sorted(Random(5).random() for _ in range(37))

    assert [quantile(values, share) for share in (0, 0.025, 0.5, 0.975, 1)] == pytest.approx(
        list(np.percentile(values, [0, 2.5, 50, 97.5, 100]))
    )


def test_resamples_draw_everybody_equally_often() -> None:
    drawn = Resamples(40, count=500)

    times = drawn.of(range(40)).times
    alone = [sum(drawn.of([one]).times) for one in range(40)]

    assert times == (40,) * 500
    assert sum(alone) == 40 * 500
    assert stats.chisquare(alone).pvalue > 0.001


def test_resamples_add_up_what_was_drawn() -> None:
    """Slowly, learner by learner and draw by draw, it comes to the same."""
    drawn = Resamples(30, count=200)
    who, rng = [2, 3, 5, 7, 11, 29], Random(1)
    values = [rng.uniform(-3, 5) for _ in who]

    times = [drawn.of([one]).times for one in who]
    slowly = [sum(value * one[draw] for one, value in zip(times, values, strict=True)) for draw in range(200)]

    assert drawn.of(who).sums(values) == pytest.approx(slowly, abs=1e-6)


def test_resamples_are_the_same_every_time() -> None:
    assert Resamples(50).of(range(7)).times == Resamples(50).of(range(7)).times


def test_mean_has_the_bootstrap_interval_that_scipy_gives() -> None:
    rng = Random(11)
    scores = [rng.choice([0, 0.25, 0.5, 1, 1]) for _ in range(80)]

    found = mean(scores, Resamples(80, count=4000).of(range(80)))

    assert found.value == pytest.approx(sum(scores) / 80)
    assert (found.low, found.high) == pytest.approx(bootstrapped((scores,), np.mean), abs=0.012)


def test_correlation_is_what_scipy_gives() -> None:
    rng = Random(12)
    first = [rng.choice([0, 0.5, 1]) for _ in range(120)]
    second = [0.4 * score + rng.gauss(100, 0.5) for score in first]

    found = correlation(first, second, Resamples(120, count=4000).of(range(120)))

    assert found is not None
    assert found.value == pytest.approx(stats.pearsonr(first, second).statistic)
    expected = bootstrapped((first, second), _pearson, paired=True, vectorized=True)
    assert (found.low, found.high) == pytest.approx(expected, abs=0.02)


def _pearson(first: Any, second: Any, axis: int = -1) -> Any:
    a = first - first.mean(axis=axis, keepdims=True)
    b = second - second.mean(axis=axis, keepdims=True)
    return (a * b).sum(axis=axis) / np.sqrt((a**2).sum(axis=axis) * (b**2).sum(axis=axis))


def test_correlation_says_nothing_of_what_does_not_vary() -> None:
    drawn = Resamples(60).of(range(60))

    assert correlation([1.0] * 60, [float(one) for one in range(60)], drawn) is None


def test_correlation_passes_over_draws_in_which_nothing_varies() -> None:
    """One of sixty failed: in more than a third of the draws nobody did, and those draws say nothing."""
    rng = Random(3)
    second = [rng.random() for _ in range(60)]
    second[0] = 0.0

    found = correlation([0.0] + [1.0] * 59, second, Resamples(60).of(range(60)))

    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < found.value < found.high < 1


def test_interval_needs_half_of_the_draws() -> None:
    assert interval([1.0, 2.0, float("nan"), float("nan"), float("nan")]) is None


SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def test_reliability_is_what_was_published() -> None:
    """Shrout and Fleiss 1979, Psychol Bull 86, 420-428, tables 2 to 4: BMS 11.24, WMS 6.26, ICC(1,4) .44."""
    found = reliability([[float(one) for one in row] for row in SHROUT_FLEISS], Resamples(6))

    assert found is not None
    assert (round(found.ms_between, 2), round(found.ms_within, 2)) == (11.24, 6.26)
    assert round(found.icc.value, 2) == 0.44
    assert found.cases == 4


def _learners(rng: Random, count: int, spread: float) -> list[list[float]]:
    """Each with two to seven cases."""
    middles = [rng.gauss(0.6, spread) for _ in range(count)]
    return [[middle + rng.gauss(0, 0.3) for _ in range(rng.randint(2, 7))] for middle in middles]


def test_reliability_of_unequal_numbers_rests_on_the_mean_squares_that_scipy_has() -> None:
    cases = _learners(Random(21), 40, 0.2)

    found = reliability(cases, Resamples(40))

    assert found is not None
    assert found.ms_between / found.ms_within == pytest.approx(stats.f_oneway(*cases).statistic)
    within = sum(np.var(one, ddof=1) * (len(one) - 1) for one in cases) / sum(len(one) - 1 for one in cases)
    assert found.ms_within == pytest.approx(within)
    assert found.sem == pytest.approx((within / found.cases) ** 0.5)
    assert np.mean([len(one) for one in cases]) - 1 < found.cases < np.mean([len(one) for one in cases])


def test_reliability_has_the_bootstrap_interval_that_scipy_gives() -> None:
    cases = _learners(Random(22), 60, 0.25)

    found = reliability(cases, Resamples(60, count=4000))

    counts, sums, squares = (np.array([f(one) for one in cases]) for f in (len, sum, lambda x: sum(y * y for y in x)))

    def icc(places: Any, axis: int = -1) -> Any:
        """From the learners in these places; the mean squares themselves are held against scipy's above."""
        n, total, square = counts[places], sums[places], squares[places]
        means = (total**2 / n).sum(axis)
        between = (means - total.sum(axis) ** 2 / n.sum(axis)) / 59
        return 1 - (square.sum(axis) - means) / (n.sum(axis) - 60) / between

    expected = bootstrapped((np.arange(60),), icc)
    assert found is not None
    assert (found.icc.low, found.icc.high) == pytest.approx(expected, abs=0.03)


def test_reliability_approaches_the_truth() -> None:
    """Learners spread by 0.2, cases by 0.3: of 500 learners' means of about 4.5 cases as much as this is true."""
    cases = _learners(Random(23), 500, 0.2)

    found = reliability(cases, Resamples(500))

    assert found is not None
    truth = 0.2**2 / (0.2**2 + 0.3**2 / found.cases)
    assert found.icc.low is not None
    assert found.icc.high is not None
    assert found.icc.low < truth < found.icc.high
    assert found.icc.value == pytest.approx(truth, abs=0.05)


def test_reliability_is_nothing_where_nobody_has_two_cases() -> None:
    assert reliability([[1.0], [0.0], [0.5]], Resamples(3)) is None


# Each learner sees a draw


CASES = [choice(f"q{number}", case=f"case-{number}") for number in range(10)]
HARD = [0.15, 0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, 0.85, 0.95]


def population(rng: Random, learners: int, seen: int, *, partial: bool = False) -> tuple[Sheet, list[list[float]]]:
    """Everybody's score on all ten cases, and the sheet of the five that each of them saw."""
    whole: list[list[float]] = []
    sheet = Sheet()
    for who in range(learners):
        able = rng.gauss(0, 0.12)
        scores = [_score(rng, min(max(hard + able, 0), 1), partial) for hard in HARD]
        whole.append(scores)
        for case in shuffled(range(10), rng, seen):
            sheet.add(who, CASES[case], earned=round(2 * scores[case]), possible=2)
    return sheet, whole


def _score(rng: Random, chance: float, partial: bool) -> float:
    if partial:
        return ((rng.random() < chance) + (rng.random() < chance)) / 2
    return float(rng.random() < chance)


GROUPS = 60
LEARNERS = 80


@pytest.fixture
def few_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough where hundreds of intervals are asked for."""
    monkeypatch.setattr(questions, "resamples_of", lambda learners: Resamples(learners, count=300))


@pytest.mark.parametrize("partial", [False, True])
def test_facility_of_a_draw_is_that_of_complete_data(partial: bool, few_resamples: None) -> None:
    """Sixty groups of eighty learners who saw five of ten cases: on average it comes to what everybody would have
    scored in all ten. With zeros for what they did not see it would be half of that."""
    off, off_with_zeros = [], []
    for seed in range(GROUPS):
        sheet, whole = population(Random(seed), LEARNERS, 5, partial=partial)
        complete = np.mean(whole, axis=0)
        lines = question_lines(sheet.answers, sheet.copies)
        estimates = np.array([line.facility.value if line.facility else np.nan for line in lines])
        shown = np.array([line.n for line in lines])
        off.append(estimates - complete)
        off_with_zeros.append(estimates * shown / LEARNERS - complete)

    assert np.abs(np.mean(off, axis=0)).max() < 0.025
    assert abs(np.mean(off)) < 0.008
    assert abs(np.mean(off_with_zeros)) > 0.25


def test_facility_does_not_need_learners_who_saw_everything() -> None:
    """Nobody did: whoever dropped them would be left with nothing."""
    sheet, _ = population(Random(32), 60, 5)

    lines = question_lines(sheet.answers, sheet.copies)

    assert sum(line.n for line in lines) == 300
    assert [line.facility is not None for line in lines] == [True] * 10


@pytest.mark.parametrize("partial", [False, True])
def test_intervals_of_a_draw_hold_the_truth_as_often_as_they_say(partial: bool, few_resamples: None) -> None:
    """Of 600 intervals about 95 in 100 hold what is true of all learners."""
    truth, held = _truth(), []
    for seed in range(GROUPS):
        sheet, _ = population(Random(1000 + seed), LEARNERS, 5, partial=partial)
        for line, true in zip(question_lines(sheet.answers, sheet.copies), truth, strict=True):
            assert line.facility is not None
            held.append(_holds(line.facility, true))

    assert len(held) == 600
    assert 0.92 < sum(held) / len(held) < 0.98


def test_intervals_with_zeros_for_what_was_not_shown_would_not_hold_it() -> None:
    truth, held = _truth(), []
    for seed in range(GROUPS):
        sheet, _ = population(Random(1000 + seed), LEARNERS, 5)
        for line, true in zip(question_lines(sheet.answers, sheet.copies), truth, strict=True):
            held.append(_holds(wilson(line.right, LEARNERS), true))

    assert sum(held) / len(held) < 0.3


def _holds(found: Estimate, true: float) -> bool:
    assert found.low is not None
    assert found.high is not None
    return found.low <= true <= found.high


def _truth() -> list[float]:
    """What a learner drawn at random would earn in each case, whether whole or in halves: the same on average."""
    rng = np.random.default_rng(7)
    able = rng.normal(0, 0.12, 400_000)
    return [float(np.clip(hard + able, 0, 1).mean()) for hard in HARD]


# Questions


def test_question_below_ten_answers_has_counts_only() -> None:
    sheet = Sheet()
    for who in range(9):
        sheet.add(who, CASES[0], "yes" if who % 3 else "no")

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert (line.n, line.right, line.facility, line.mastered, line.discrimination) == (9, 6, None, False, None)
    assert [(one.part.key, one.times) for one in line.said] == [("yes", 6), ("no", 3), ("other", 0)]


def test_question_with_ten_answers_has_a_wilson_interval() -> None:
    sheet = Sheet()
    for who in range(10):
        sheet.add(who, CASES[0], "yes" if who else "no")

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert line.facility == wilson(9, 10)


def test_question_answered_again_counts_the_first_time_only() -> None:
    sheet = Sheet()
    for who in range(10):
        sheet.add(who, CASES[0], "no")
        sheet.add(who, CASES[0], "yes", exposure=2)

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert (line.n, line.facility) == (10, wilson(0, 10))


@pytest.mark.parametrize(("right", "mastered"), [(21, False), (22, True)])
def test_question_is_mastered_by_its_lower_limit(right: int, mastered: bool) -> None:
    """Of 21 right answers out of 21 the lower limit is .845, of 22 out of 22 .851."""
    sheet = Sheet()
    for who in range(right):
        sheet.add(who, CASES[0])

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert line.mastered is mastered


def able_group(rng: Random, learners: int, *, turned: bool) -> Sheet:
    """Learners of very different ability with ten cases; case 0 is answered rightly by the able, or by the others."""
    sheet = Sheet()
    for who in range(learners):
        able = rng.random()
        for number, copy in enumerate(CASES):
            chance = 1 - able if turned and number == 0 else able
            sheet.add(who, copy, "yes" if rng.random() < chance else "no")
    return sheet


def test_discrimination_is_the_correlation_with_the_other_cases() -> None:
    sheet = able_group(Random(41), 80, turned=False)

    line = question_lines(sheet.answers, sheet.copies)[0]

    score = np.array([[one.earned for one in sheet.answers if one.question_id == f"q{q}"] for q in range(10)])
    rest = (score - score.mean(axis=1, keepdims=True))[1:].mean(axis=0)
    assert line.discrimination is not None
    assert line.discrimination.estimate.value == pytest.approx(stats.pearsonr(score[0], rest).statistic)
    assert (line.discrimination.provisional, line.discrimination.check_key) == (True, False)


def test_discrimination_leaves_out_the_questions_of_its_own_case() -> None:
    """Two questions of one case that are always answered alike: with a second case that says nothing of either, there
    is no correlation, though the two go together without exception."""
    rng, sheet = Random(42), Sheet()
    twins = choice("a", case="twin"), choice("b", case="twin")
    for who in range(200):
        both = rng.choice(["yes", "no"])
        for copy in twins:
            sheet.add(who, copy, both)
        sheet.add(who, choice("c", case="alone"), rng.choice(["yes", "no"]))

    lines = {line.question_id: line for line in question_lines(sheet.answers, sheet.copies)}

    found = lines["a"].discrimination
    assert found is not None
    assert abs(found.estimate.value) < 0.15


@pytest.mark.parametrize(
    ("learners", "shown", "provisional"), [(49, False, None), (50, True, True), (199, True, True), (200, True, False)]
)
def test_discrimination_is_hidden_then_provisional_then_firm(
    learners: int, shown: bool, provisional: bool | None
) -> None:
    sheet = able_group(Random(43), learners, turned=False)

    found = question_lines(sheet.answers, sheet.copies)[0].discrimination

    assert (found is not None) is shown
    assert (found.provisional if found else None) is provisional


def test_discrimination_asks_to_check_the_key_when_even_the_upper_limit_is_below_zero() -> None:
    sheet = able_group(Random(44), 120, turned=True)

    lines = question_lines(sheet.answers, sheet.copies)

    assert [line.discrimination.check_key for line in lines if line.discrimination] == [True] + [False] * 9


def test_discrimination_below_zero_by_chance_seldom_asks_anything() -> None:
    """Answers by the coin: half of the questions lie below zero, and of a hundred some two or three are asked about."""
    found = []
    for seed in range(12):
        rng, sheet = Random(seed), Sheet()
        for who in range(60):
            for copy in CASES:
                sheet.add(who, copy, rng.choice(["yes", "no"]))
        found += [one.discrimination for one in question_lines(sheet.answers, sheet.copies) if one.discrimination]

    assert len(found) == 120
    assert 40 < sum(one.estimate.value < 0 for one in found) < 80
    assert sum(one.check_key for one in found) <= 6


@pytest.mark.parametrize(("learners", "dead"), [(59, ()), (60, ("Other",))])
def test_distractor_that_nobody_of_sixty_chose_is_dead(learners: int, dead: tuple[str, ...]) -> None:
    sheet = Sheet()
    for who in range(learners):
        sheet.add(who, CASES[0], "yes" if who else "no")

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert line.dead == dead


def test_question_counts_who_was_sure_and_wrong() -> None:
    sheet = Sheet()
    sheet.add(1, CASES[0], "no", confidence="sure")
    sheet.add(2, CASES[0], "yes", confidence="sure")
    sheet.add(3, CASES[0], "no", confidence="guessing")

    (line,) = question_lines(sheet.answers, sheet.copies)

    assert (line.sure, line.sure_and_wrong) == (2, 1)


# Quizzes and gain


def test_quiz_nests_cases_in_learners() -> None:
    sheet = able_group(Random(51), 30, turned=False)

    (line,) = quiz_lines(sheet.answers)

    scores = [[float(one.earned) for one in sheet.answers if one.person_id == who] for who in _everybody(sheet)]
    assert (line.quiz_id, line.learners) == ("brewing", 30)
    assert line.reliability is not None
    assert line.reliability.icc.value == pytest.approx(1 - 1 / stats.f_oneway(*scores).statistic)


def _everybody(sheet: Sheet) -> set[Any]:
    return {one.person_id for one in sheet.answers}


def test_quiz_takes_the_mean_of_a_case_with_two_questions() -> None:
    """Two questions always answered alike are one observation, not two that agree."""
    rng, one, two = Random(52), Sheet(), Sheet()
    for who in range(30):
        for case in range(4):
            said = rng.choice(["yes", "no"])
            one.add(who, choice(f"a{case}", case=f"case-{case}"), said)
            two.add(who, choice(f"a{case}", case=f"case-{case}"), said)
            two.add(who, choice(f"b{case}", case=f"case-{case}"), said)

    assert quiz_lines(two.answers)[0].reliability == quiz_lines(one.answers)[0].reliability


def test_quiz_below_ten_learners_has_counts_only() -> None:
    sheet = able_group(Random(53), 9, turned=False)

    assert [(line.learners, line.reliability) for line in quiz_lines(sheet.answers)] == [(9, None)]


def test_constants_are_those_of_the_plan() -> None:
    assert (questions.FEWEST, questions.DISCRIMINATION_FROM, questions.FIRM_FROM, questions.DEAD_FROM) == (
        10,
        50,
        200,
        60,
    )
    assert (questions.MASTERED, gain.FEWEST) == (0.85, 10)
