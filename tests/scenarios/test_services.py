"""Beginning, moving, talking over, going back: what is stored, what is refused, what never changes."""

from datetime import timedelta
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import Base, db
from app.questions import AnswerError
from app.scenarios import queries, services
from app.scenarios.models import Branch, Debrief, MoveRow, Run
from app.scenarios.records import CompletedSession, RunRecord
from app.versions.models import QuestionVersion
from tests.conftest import SAMPLE_COURSE, START, Browser
from tests.leading import EARLY, REPAIRED, SESSION, WARM, begin, complete, lead, make, talk_over
from tests.taking import edited

LATER = START + timedelta(hours=1)


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything stored about sessions, to show that nothing changed."""
    db.session.expire_all()
    tables = (QuestionVersion, Run, Branch, MoveRow, Debrief)
    return {
        table.__tablename__: [tuple(row) for row in db.session.execute(select(table.__table__))] for table in tables
    }


def first_rows() -> list[tuple[object, ...]]:
    """The run, and its first way as it is stored."""
    db.session.expire_all()
    moves = select(MoveRow.__table__).where(MoveRow.branch == 0).order_by(MoveRow.sequence)
    return [tuple(row) for query in (select(Run.__table__), moves) for row in db.session.execute(query)]


def moves_of(run: RunRecord, number: int = 0) -> list[str]:
    return [step.move for step in run.branches[number].made]


class TestStart:
    def test_it_opens_one_run_with_its_first_way_on_a_copy(self, course: Course, ada: Browser) -> None:
        run_id = begin(course, ada.person_id, START)

        run = queries.run(run_id, ada.person_id)
        (copy,) = db.session.scalars(select(QuestionVersion))
        assert (run.scenario_id, run.edition, run.started_at, run.finished_at) == (SESSION, "0.9", START, None)
        assert [(way.number, way.from_branch, way.made) for way in run.branches] == [(0, None, ())]
        assert run.scenario == course.scenario(SESSION)
        assert (copy.type, copy.quiz_id, copy.question_id) == ("scenario", "scenarios", SESSION)

    def test_starting_again_returns_the_open_run_and_changes_nothing(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START, WARM[:3])
        before = rows()

        assert begin(course, ada.person_id, LATER) == run_id
        assert rows() == before

    def test_after_an_ending_a_start_leads_to_the_debrief_that_waits(self, course: Course, ada: Browser) -> None:
        first = lead(course, ada.person_id, START)

        assert begin(course, ada.person_id, LATER) == first
        assert count(Run) == 1

    def test_after_the_debrief_a_start_opens_another_and_keeps_the_first(self, course: Course, ada: Browser) -> None:
        first = complete(course, ada.person_id, START)
        before = queries.run(first, ada.person_id)

        second = begin(course, ada.person_id, LATER)

        assert second != first
        assert queries.run(first, ada.person_id) == before
        assert count(QuestionVersion) == 1

    def test_two_people_lead_side_by_side(self, course: Course, ada: Browser, cy: Browser) -> None:
        assert begin(course, ada.person_id, START) != begin(course, cy.person_id, START)
        assert count(QuestionVersion) == 1

    def test_an_unknown_session_is_not_found(self, course: Course, ada: Browser) -> None:
        with pytest.raises(NotFound):
            services.start(course, ada.person_id, "attic", now=START)

        assert count(Run) == 0

    def test_the_database_allows_one_open_run(self, course: Course, ada: Browser) -> None:
        run_id = begin(course, ada.person_id, START)
        row = db.session.get_one(Run, run_id)
        values = {"person_id": row.person_id, "scenario_id": SESSION, "digest": row.digest, "edition": "0.9"}
        db.session.add(Run(id=uuid4(), started_at=LATER, **values))

        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


class TestMove:
    def test_a_move_is_kept_with_its_place_and_reading(self, course: Course, ada: Browser) -> None:
        run_id = begin(course, ada.person_id, START)

        assert services.move(run_id, ada.person_id, 0, 1, "ask", reading="away", now=LATER)

        (row,) = db.session.scalars(select(MoveRow))
        assert (row.sequence, row.node, row.move, row.reading, row.made_at) == (1, "begin", "ask", "away", LATER)

    @pytest.mark.parametrize("reading", [None, "", "calm"])
    def test_a_reading_may_be_left_out(self, course: Course, ada: Browser, reading: str | None) -> None:
        run_id = begin(course, ada.person_id, START)

        services.move(run_id, ada.person_id, 0, 1, "ask", reading=reading, now=START)

        assert db.session.scalars(select(MoveRow.reading)).all() == [None]

    def test_a_decision_made_before_stands(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START, WARM[:2])
        before = rows()

        assert not services.move(run_id, ada.person_id, 0, 1, "cake", reading=None, now=LATER)
        assert not services.move(run_id, ada.person_id, 0, 2, "eyes", reading=None, now=LATER)
        assert rows() == before

    @pytest.mark.parametrize("sequence", [-1, 0, 4, 10**30])
    def test_a_decision_that_is_not_there_yet_is_refused(self, course: Course, ada: Browser, sequence: int) -> None:
        run_id = lead(course, ada.person_id, START, WARM[:2])

        with pytest.raises(Conflict, match="not-this-decision"):
            services.move(run_id, ada.person_id, 0, sequence, "spill", reading=None, now=LATER)

    @pytest.mark.parametrize(
        ("moves", "move", "code", "said"),
        [
            ((), None, "nothing-chosen", "Choose a move first."),
            ((), "", "nothing-chosen", "Choose a move first."),
            ((), "nonesuch", "not-open", "This move is not open at this point. Choose one of those below."),
            (("cake", "sorry", "rush"), "spill", "not-open", None),
        ],
    )
    def test_a_move_that_is_not_open_is_refused_with_a_sentence(
        self, course: Course, ada: Browser, moves: tuple[str, ...], move: str | None, code: str, said: str | None
    ) -> None:
        """The last one is there for calmer clients: state closes it here."""
        run_id = lead(course, ada.person_id, START, moves)
        before = rows()

        with pytest.raises(AnswerError) as fault:
            services.move(run_id, ada.person_id, 0, len(moves) + 1, move, reading=None, now=LATER)

        assert fault.value.code == code
        assert said in (None, str(fault.value))
        assert rows() == before

    @pytest.mark.parametrize(("moves", "ending"), [(WARM, "warm"), (REPAIRED, "warm"), (EARLY, "unchanged")])
    def test_an_ending_of_the_first_way_finishes_the_run(
        self, course: Course, ada: Browser, moves: tuple[str, ...], ending: str
    ) -> None:
        run_id = lead(course, ada.person_id, START, moves)

        row = db.session.get_one(Run, run_id)
        assert (row.finished_at, row.ending, row.debriefed_at) == (START, ending, None)

    def test_after_the_ending_no_move_is_taken(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START)
        before = rows()

        assert not services.move(run_id, ada.person_id, 0, len(WARM), "tonight", reading=None, now=LATER)
        with pytest.raises(Conflict):
            services.move(run_id, ada.person_id, 0, len(WARM) + 1, "how", reading=None, now=LATER)
        assert rows() == before

    def test_somebody_elses_run_is_not_found(self, course: Course, ada: Browser, cy: Browser) -> None:
        run_id = complete(course, ada.person_id, START)
        before = rows()

        for act in (
            lambda: queries.run(run_id, cy.person_id),
            lambda: services.move(run_id, cy.person_id, 0, 1, "ask", reading=None, now=LATER),
            lambda: services.write_reaction(run_id, cy.person_id, "r", "i", now=LATER),
            lambda: services.hand_in(run_id, cy.person_id, "q", now=LATER),
            lambda: services.go_back(run_id, cy.person_id, 0, 1, now=LATER),
        ):
            with pytest.raises(NotFound):
                act()
        assert rows() == before

    def test_a_way_that_does_not_exist_is_not_found(self, course: Course, ada: Browser) -> None:
        run_id = begin(course, ada.person_id, START)

        for number in (-1, 1, 10**30):
            with pytest.raises(NotFound):
                services.move(run_id, ada.person_id, number, 1, "ask", reading=None, now=START)


class TestDebrief:
    @pytest.fixture
    def run_id(self, course: Course, ada: Browser) -> UUID:
        return lead(course, ada.person_id, START)

    def test_it_is_written_in_two_steps_and_then_handed_in(self, ada: Browser, run_id: UUID) -> None:
        assert services.write_reaction(run_id, ada.person_id, "Warm.", "To ask.", now=START)
        begun = queries.run(run_id, ada.person_id)
        assert services.hand_in(run_id, ada.person_id, "Was I too quick?", now=LATER)

        run = queries.run(run_id, ada.person_id)
        assert begun.debrief is not None and run.debrief is not None
        assert (begun.debrief.question, begun.debriefed_at) == (None, None)
        assert (run.debrief.reaction, run.debrief.intended, run.debrief.written_at) == ("Warm.", "To ask.", START)
        assert (run.debrief.question, run.debriefed_at) == ("Was I too quick?", LATER)

    def test_left_blank_the_question_is_the_endings_own(self, course: Course, ada: Browser, run_id: UUID) -> None:
        talk_over(run_id, ada.person_id, START)

        debrief = queries.run(run_id, ada.person_id).debrief
        offered = {ending.id: ending.supervision for ending in course.scenario(SESSION).endings}
        assert debrief is not None and debrief.question == offered["warm"]

    def test_it_is_written_once(self, ada: Browser, run_id: UUID) -> None:
        talk_over(run_id, ada.person_id, START)
        before = rows()

        assert not services.write_reaction(run_id, ada.person_id, "Other.", "Other.", now=LATER)
        assert not services.hand_in(run_id, ada.person_id, "Other?", now=LATER)
        assert rows() == before

    def test_it_waits_for_the_ending_and_for_its_first_half(
        self, course: Course, ada: Browser, cy: Browser, run_id: UUID
    ) -> None:
        with pytest.raises(Conflict, match="reaction-first"):
            services.hand_in(run_id, ada.person_id, "Too soon?", now=START)
        other = begin(course, cy.person_id, LATER)
        with pytest.raises(Conflict, match="not-ended"):
            services.write_reaction(other, cy.person_id, "r", "i", now=LATER)


class TestGoingBack:
    @pytest.fixture
    def run_id(self, course: Course, ada: Browser) -> UUID:
        return complete(course, ada.person_id, START)

    def test_it_opens_a_further_way_with_the_earlier_moves(self, ada: Browser, run_id: UUID) -> None:
        number = services.go_back(run_id, ada.person_id, 0, 4, now=LATER)

        way = queries.run(run_id, ada.person_id).branches[number]
        assert (way.number, way.from_branch, way.from_sequence) == (1, 0, 4)
        assert [step.move for step in way.made] == list(WARM[:3])
        assert {step.reading for step in way.made} == {"within"}

    def test_another_ending_never_changes_the_first_result(self, ada: Browser, run_id: UUID) -> None:
        before = first_rows()

        number = services.go_back(run_id, ada.person_id, 0, 3, now=LATER)
        make(run_id, ada.person_id, EARLY[2:], LATER, number=number)

        run = queries.run(run_id, ada.person_id)
        endings = [run.situation(way.number).ending for way in run.branches]
        assert [ending.id for ending in endings if ending] == ["warm", "unchanged"]
        assert first_rows() == before

    def test_a_further_way_can_be_left_again(self, ada: Browser, run_id: UUID) -> None:
        one = services.go_back(run_id, ada.person_id, 0, 3, now=LATER)
        make(run_id, ada.person_id, EARLY[2:], LATER, number=one)

        other = services.go_back(run_id, ada.person_id, one, 5, now=LATER)

        way = queries.run(run_id, ada.person_id).branches[other]
        assert (other, way.from_branch, moves_of(queries.run(run_id, ada.person_id), other)) == (2, 1, list(EARLY[:4]))

    def test_an_untouched_way_is_given_again(self, ada: Browser, run_id: UUID) -> None:
        one = services.go_back(run_id, ada.person_id, 0, 3, now=LATER)
        before = rows()

        assert services.go_back(run_id, ada.person_id, 0, 3, now=LATER) == one
        assert rows() == before
        make(run_id, ada.person_id, ["leave"], LATER, number=one)
        assert services.go_back(run_id, ada.person_id, 0, 3, now=LATER) == one + 1

    @pytest.mark.parametrize(("number", "sequence"), [(0, 0), (0, 11), (1, 1), (-1, 1), (10**30, 10**30)])
    def test_a_decision_that_was_not_made_is_not_found(
        self, ada: Browser, run_id: UUID, number: int, sequence: int
    ) -> None:
        with pytest.raises(NotFound):
            services.go_back(run_id, ada.person_id, number, sequence, now=LATER)

    def test_before_the_debrief_it_is_refused(self, course: Course, cy: Browser) -> None:
        run_id = lead(course, cy.person_id, START)

        with pytest.raises(Conflict, match="debrief-first"):
            services.go_back(run_id, cy.person_id, 0, 1, now=LATER)

    def test_ways_are_many_but_not_without_end(self, ada: Browser, run_id: UUID) -> None:
        for _ in range(services.MOST_WAYS - 1):
            number = services.go_back(run_id, ada.person_id, 0, 1, now=LATER)
            services.move(run_id, ada.person_id, number, 1, "cake", reading=None, now=LATER)

        with pytest.raises(Conflict, match="enough-ways"):
            services.go_back(run_id, ada.person_id, 0, 1, now=LATER)


class TestCompleted:
    def test_a_session_counts_when_led_to_any_ending_and_debriefed(self, course: Course, ada: Browser) -> None:
        run_id = lead(course, ada.person_id, START, EARLY)
        before = queries.completed(ada.person_id)

        talk_over(run_id, ada.person_id, LATER)

        assert before == frozenset()
        assert queries.completed(ada.person_id) == {CompletedSession(SESSION, LATER)}

    def test_the_first_time_counts_and_only_ones_own(self, course: Course, ada: Browser, cy: Browser) -> None:
        complete(course, ada.person_id, START)
        complete(course, ada.person_id, LATER)

        assert queries.completed(ada.person_id) == {CompletedSession(SESSION, START)}
        assert queries.completed(cy.person_id) == frozenset()

    def test_summaries_tell_each_run(self, course: Course, ada: Browser) -> None:
        first = complete(course, ada.person_id, START)
        services.go_back(first, ada.person_id, 0, 2, now=START)
        lead(course, ada.person_id, LATER, WARM[:4])

        told = [(run.ending, run.decisions, run.further) for run in queries.summaries(ada.person_id)]
        assert told == [(None, 4, 0), ("warm", 10, 1)]


def test_an_open_session_stays_as_it_began_when_its_file_changes(course: Course, ada: Browser, tmp_path: Path) -> None:
    run_id = lead(course, ada.person_id, START, WARM[:3])
    before = queries.run(run_id, ada.person_id)
    folder = Path(copytree(SAMPLE_COURSE, tmp_path / "course"))
    changes = {"Feel the chair under you.": "Feel the stool under you.", "window: [3, 6]": "window: [2, 6]"}
    changed = edited(folder, f"quizzes/scenarios/{SESSION}.yaml", changes)

    assert begin(changed, ada.person_id, LATER) == run_id
    assert queries.run(run_id, ada.person_id) == before
    make(run_id, ada.person_id, WARM[3:], LATER)
    talk_over(run_id, ada.person_id, LATER)
    fresh = begin(changed, ada.person_id, LATER)
    assert queries.run(fresh, ada.person_id).scenario.window == (2, 6)
    assert count(QuestionVersion) == 2
