"""One rule decides whether the course is finished, since when, and what is missing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.enrolment.requirements import PassQuiz, ReadSection
from app.learning.completion import Completion, Fact, QuizClosed, SectionRead, completion

MONDAY = datetime(2027, 3, 1, 20, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
READ_ONE, READ_TWO, PASS = ReadSection("tea", "water"), ReadSection("tea", "leaves"), PassQuiz("tea", 80)
ALL = (READ_ONE, READ_TWO, PASS)


def test_completion_lists_what_is_missing_in_the_order_of_the_requirements() -> None:
    facts = (SectionRead("tea", "leaves", MONDAY),)

    assert completion(ALL, facts) == Completion((READ_ONE, PASS), None)


def test_completion_dates_from_the_last_requirement_fulfilled_for_the_first_time() -> None:
    facts = (
        QuizClosed("tea", 8, 10, MONDAY),
        SectionRead("tea", "water", TUESDAY),
        SectionRead("tea", "leaves", MONDAY),
        QuizClosed("tea", 10, 10, TUESDAY + timedelta(days=9)),
    )

    assert completion(ALL, facts) == Completion((), TUESDAY)


def test_a_quiz_counts_from_exactly_the_mark_on_without_rounding() -> None:
    just_below = QuizClosed("tea", 799_999, 1_000_000, MONDAY)
    exactly = QuizClosed("tea", 4, 5, MONDAY)

    assert not just_below.reaches(80)
    assert exactly.reaches(80)


def test_the_same_attempt_can_count_for_one_mark_and_not_for_another() -> None:
    facts = (QuizClosed("tea", 17, 20, MONDAY),)

    assert completion((PassQuiz("tea", 80),), facts).completed_at == MONDAY
    assert completion((PassQuiz("tea", 90),), facts).missing == (PassQuiz("tea", 90),)


def test_a_section_of_the_same_name_in_another_module_does_not_count() -> None:
    assert completion((READ_ONE,), (SectionRead("coffee", "water", MONDAY),)).missing == (READ_ONE,)


def test_nothing_required_is_nothing_completed() -> None:
    assert completion((), (SectionRead("tea", "water", MONDAY),)) == Completion((), None)


moments = st.datetimes(min_value=datetime(2027, 1, 1), max_value=datetime(2027, 12, 1), timezones=st.just(UTC))
facts = st.one_of(
    st.builds(SectionRead, st.sampled_from(["tea", "milk"]), st.sampled_from(["water", "leaves"]), moments),
    st.builds(QuizClosed, st.sampled_from(["tea", "milk"]), st.integers(0, 10), st.just(10), moments),
)


@given(st.lists(facts), facts)
def test_another_fact_never_takes_completion_away_nor_moves_its_date(known: list[Fact], another: Fact) -> None:
    before = completion(ALL, known)
    after = completion(ALL, [*known, another])

    assert set(after.missing) <= set(before.missing)
    if before.completed_at is not None:
        assert after.completed_at is not None and after.completed_at <= before.completed_at


@given(st.lists(facts))
def test_the_order_of_facts_makes_no_difference(known: list[Fact]) -> None:
    assert completion(ALL, known) == completion(ALL, reversed(known))
