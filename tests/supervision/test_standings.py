"""How a cohort stands."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from app.assessment.group_records import AttemptLine
from app.content.records import Course
from app.learning.group_records import ModuleReads
from app.supervision.standings import Part, Standing, parts_of, standings
from tests.supervision.rows import NOW, attempt, days, member, person

PARTS = (
    Part("welcome", 0, "Welcome", 2, None),
    Part("brewing", 1, "Brewing", 4, "brewing"),
    Part("final", 2, "", 0, "final"),
)


def read(who: int, module_id: str, sections: int, *, at: timedelta = timedelta(0)) -> ModuleReads:
    return ModuleReads(person(who), module_id, sections, NOW, NOW + at)


def row(*facts: ModuleReads, attempts: Sequence[AttemptLine] = (), mark: int = 80) -> Standing:
    (found,) = standings(PARTS, [member(1)], facts, attempts, mark)
    return found


def test_parts_are_the_modules_and_the_final_test(course: Course) -> None:
    parts = parts_of(course)

    assert [(part.id, part.quiz_id) for part in parts] == [
        *((module.id, module.quiz_id) for module in course.modules),
        ("final", "final"),
    ]
    assert [part.number for part in parts] == list(range(len(course.modules) + 1))


def test_nothing_done_is_untouched() -> None:
    found = row()

    assert [cell.state for cell in found.cells] == ["untouched", "untouched", "untouched"]
    assert (found.done, found.total, found.share, found.last_active) == (0, 8, Fraction(0), None)


def test_reading_says_how_much_of_how_much() -> None:
    cell = row(read(1, "brewing", 3)).cells[1]

    assert (cell.state, cell.read, cell.sections, cell.attempts, cell.done) == ("reading", 3, 4, 0, 3)


def test_attempts_say_how_many_and_the_best() -> None:
    tried = [attempt(1, earned=5), attempt(1, earned=7, at=NOW + days(1)), attempt(1, at=NOW + days(2))]

    cell = row(read(1, "brewing", 4), attempts=tried).cells[1]

    assert (cell.state, cell.attempts, cell.best, cell.passed_at, cell.complete) == ("attempted", 3, 70, None, False)


def test_open_attempt_alone_has_no_best() -> None:
    cell = row(attempts=[attempt(1)]).cells[1]

    assert (cell.state, cell.attempts, cell.best) == ("attempted", 1, None)


def test_passed_says_when_it_was_first_passed() -> None:
    tried = [attempt(1, earned=10, at=NOW + days(3)), attempt(1, earned=8, at=NOW + days(1)), attempt(1, earned=7)]

    cell = row(read(1, "brewing", 2), attempts=tried).cells[1]

    assert (cell.state, cell.passed_at, cell.best, cell.complete) == ("passed", NOW + days(1), 100, False)


def test_pass_goes_by_exact_fractions_and_the_mark_asked_for() -> None:
    tried = [attempt(1, earned=799, possible=1000)]

    assert row(attempts=tried, mark=80).cells[1].state == "attempted"
    assert row(attempts=tried, mark=79).cells[1].state == "passed"


def test_module_without_quiz_is_passed_when_it_is_read() -> None:
    cell = row(read(1, "welcome", 2, at=days(2))).cells[0]

    assert (cell.state, cell.passed_at, cell.complete) == ("passed", NOW + days(2), True)


def test_everything_done_is_finished_when_the_last_of_it_was() -> None:
    found = row(
        read(1, "welcome", 2),
        read(1, "brewing", 4, at=days(5)),
        attempts=[
            attempt(1, earned=9, at=NOW + days(1)),
            attempt(1, "final", earned=9, at=NOW + days(3), kind="final"),
        ],
    )

    assert (found.done, found.share, found.finished_at) == (8, Fraction(1), NOW + days(5))


def test_one_section_missing_is_not_finished() -> None:
    found = row(
        read(1, "welcome", 2),
        read(1, "brewing", 3),
        attempts=[attempt(1, earned=9), attempt(1, "final", earned=9, kind="final")],
    )

    assert (found.done, found.finished_at) == (7, None)


def test_last_active_is_the_latest_of_reading_answering_and_anything_else() -> None:
    facts = [read(1, "welcome", 1, at=days(1)), read(2, "welcome", 1, at=days(9)), read(3, "welcome", 1)]
    tried = [attempt(1, at=NOW + days(4))]

    rows = standings(PARTS, [member(1), member(2), member(3)], facts, tried, 80, {person(3): NOW + days(6)})

    assert [one.last_active for one in rows] == [NOW + days(4), NOW + days(9), NOW + days(6)]


def test_questions_around_the_reading_are_no_attempts() -> None:
    assert row(attempts=[attempt(1, earned=10, kind="before")]).cells[1].state == "untouched"


def test_rows_keep_the_order_of_the_members_and_leave_others_out() -> None:
    rows = standings(PARTS, [member(3), member(1)], [read(1, "welcome", 1), read(7, "welcome", 2)], [], 80)

    assert [(one.person_id, one.done) for one in rows] == [(person(3), 0), (person(1), 1)]
