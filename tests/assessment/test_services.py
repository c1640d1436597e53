"""Starting, answering, swapping: what is stored, what is refused, what never changes."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from app.assessment import drawing, queries, services
from app.assessment.models import Attempt, AttemptItem, QuestionVersion, Response, Swap
from app.assessment.records import AttemptRecord
from app.content.pinning import pin
from app.content.records import Course, Quiz, Vignette
from app.errors import Conflict, NotFound
from app.extensions import Base, db
from app.questions import AnswerError
from tests.conftest import SAMPLE_COURSE, START, Browser, Clock
from tests.statements import statements
from tests.taking import answer_all, edited, question_of, right, start, wrong

Draw = Callable[..., None]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Let the next draws bring these cases, in this order."""

    def drawn(*ids: str) -> None:
        monkeypatch.setattr(drawing, "draw", lambda quiz, *_: tuple(quiz.vignette(id) for id in ids))

    return drawn


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything stored about attempts, to show that nothing changed."""
    db.session.expire_all()
    tables = (QuestionVersion, Attempt, AttemptItem, Response, Swap)
    return {
        table.__tablename__: [tuple(row) for row in db.session.execute(select(table.__table__))] for table in tables
    }


def cases(attempt: AttemptRecord) -> list[str]:
    return list(dict.fromkeys(item.vignette_id for item in attempt.items))


def listen(told: list[drawing.History], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note what the next draws are told."""
    draw = drawing.draw

    def noting(quiz: Quiz, wanted: int, history: drawing.History, rng: random.Random) -> tuple[Vignette, ...]:
        told.append(history)
        return draw(quiz, wanted, history, rng)

    monkeypatch.setattr(drawing, "draw", noting)


class TestStart:
    def test_it_opens_one_attempt_with_edition_and_mark(self, course: Course, ada: Browser) -> None:
        attempt_id = start(course, ada.person_id, "brewing", START, mark=73)

        (row,) = db.session.scalars(select(Attempt))
        found = queries.attempt(attempt_id, ada.person_id)
        assert (row.id, row.person_id) == (attempt_id, ada.person_id)
        assert (found.quiz_id, found.kind, found.edition, found.pass_mark) == ("brewing", "module", "0.9", 73)
        assert (found.started_at, found.closed_at, found.earned, found.possible) == (START, None, None, None)
        assert [item.position for item in found.items] == [1, 2, 3, 4, 5, 6]
        assert [item.response for item in found.items] == [None] * 6

    def test_a_case_keeps_its_questions_together_and_in_order(self, course: Course, ada: Browser) -> None:
        found = queries.attempt(start(course, ada.person_id, "brewing", START), ada.person_id)

        asked = [(item.vignette_id, item.question_id) for item in found.items]
        assert asked == [
            (case, question.id)
            for case in cases(found)
            for question in course.quizzes["brewing"].vignette(case).questions
        ]

    def test_starting_again_returns_the_open_attempt_and_changes_nothing(self, course: Course, ada: Browser) -> None:
        first = start(course, ada.person_id, "brewing", START)
        before = rows()

        assert start(course, ada.person_id, "brewing", START + timedelta(days=1), seed=1, mark=50) == first
        assert rows() == before

    def test_attempts_at_two_quizzes_or_of_two_people_stand_side_by_side(
        self, course: Course, ada: Browser, cy: Browser
    ) -> None:
        ids = {
            start(course, browser.person_id, quiz_id, START)
            for browser in (ada, cy)
            for quiz_id in ("brewing", "serving")
        }

        assert len(ids) == count(Attempt) == 4

    def test_after_the_last_answer_a_start_opens_another_and_keeps_the_first(
        self, course: Course, ada: Browser
    ) -> None:
        first = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)

        second = start(course, ada.person_id, "brewing", START + timedelta(hours=1))

        assert second != first.id
        assert queries.attempt(first.id, ada.person_id) == first

    def test_an_unknown_quiz_is_not_found(self, course: Course, ada: Browser) -> None:
        with pytest.raises(NotFound):
            start(course, ada.person_id, "coffee", START)

        assert count(Attempt) == 0

    def test_what_is_drawn_is_copied_whole(self, course: Course, ada: Browser) -> None:
        found = queries.attempt(start(course, ada.person_id, "serving", START), ada.person_id)

        quiz = course.quizzes["serving"]
        for item in found.items:
            vignette = quiz.vignette(item.vignette_id)
            (question,) = (one for one in vignette.questions if one.id == item.question_id)
            version, row = pin(course, vignette, question), db.session.get_one(QuestionVersion, item.digest)
            assert (row.digest, row.scoring_digest, row.quiz_id) == (version.digest, version.scoring_digest, "serving")
            assert (row.type, row.schema_version, row.data) == (version.type, version.schema_version, version.data)

    def test_options_are_stored_as_ids_in_a_shuffled_order(self, course: Course, ada: Browser) -> None:
        found = queries.attempt(start(course, ada.person_id, "serving", START), ada.person_id)

        in_file = [tuple(option.id for option in question_of(item).options) for item in found.items]
        stored = [item.stored_order for item in found.items]
        assert [sorted(order) for order in stored] == [sorted(order) for order in in_file]
        assert stored != in_file

    def test_two_people_share_one_copy_of_each_wording(self, course: Course, ada: Browser, cy: Browser) -> None:
        for number, browser in enumerate((ada, cy)):
            for seed in (1, 2):
                now = START + timedelta(days=number)
                answer_all(start(course, browser.person_id, "brewing", now, seed=seed), browser.person_id, now)

        assert count(AttemptItem) == 24
        assert count(QuestionVersion) == 12
        assert set(db.session.scalars(select(QuestionVersion.created_at))) == {START}

    def test_a_retry_brings_unseen_cases_first_and_counts_exposures(self, course: Course, ada: Browser) -> None:
        attempts = [
            answer_all(start(course, ada.person_id, "brewing", START, seed=seed), ada.person_id, START)
            for seed in range(3)
        ]

        exposure = select(AttemptItem.exposure)
        shown = [set(db.session.scalars(exposure.where(AttemptItem.attempt_id == one.id))) for one in attempts]
        assert set(cases(attempts[0])) & set(cases(attempts[1])) == set()
        assert shown == [{1}, {1}, {2}]

    def test_exposures_are_ones_own(self, course: Course, ada: Browser, cy: Browser) -> None:
        answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)

        start(course, cy.person_id, "brewing", START)

        assert set(db.session.scalars(select(AttemptItem.exposure))) == {1}

    def test_the_draw_is_told_what_was_seen_missed_and_harmful(
        self, course: Course, ada: Browser, drawn: Draw, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[drawing.History] = []
        drawn("serving-gil", "serving-ivo")
        attempt_id = start(course, ada.person_id, "serving", START)
        for position, chosen in enumerate((["serve"], ["handle", "wait"], ["ask"], ["wait", "handle"]), start=1):
            services.answer(attempt_id, ada.person_id, position, {"option": chosen}, now=START)
        listen(told, monkeypatch)

        start(course, ada.person_id, "serving", START)

        assert told == [drawing.History({"serving-gil": 1, "serving-ivo": 1}, {"serving.1"}, {"unasked-nuts"})]

    def test_only_the_attempt_closed_last_says_what_was_missed(
        self, course: Course, ada: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START, wrongly=range(1, 7))
        later = START + timedelta(hours=1)
        answer_all(start(course, ada.person_id, "serving", later), ada.person_id, later)
        told: list[drawing.History] = []
        listen(told, monkeypatch)

        start(course, ada.person_id, "serving", later)

        assert told == [
            drawing.History(dict.fromkeys((one.id for one in course.quizzes["serving"].vignettes), 1), set(), set())
        ]


def test_copies_are_stored_in_one_order_whatever_was_drawn_first(course: Course, ada: Browser) -> None:
    """Two people who insert the same copies in different orders would wait for each other for ever."""
    start(course, ada.person_id, "brewing", START)

    stored = db.session.scalars(select(QuestionVersion.digest).order_by(text("rowid"))).all()

    assert stored == sorted(stored)


class TestScoringDigest:
    def test_a_mended_reason_makes_a_new_copy_that_counts_as_the_same_question(
        self, course: Course, ada: Browser, drawn: Draw, tmp_path: Path
    ) -> None:
        drawn("serving-gil")
        answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START)
        folder = Path(copytree(SAMPLE_COURSE, tmp_path / "course"))
        mended = edited(folder, "quizzes/serving.yaml", {"Nobody knows unless asked.": "Nobody can know unless asked."})

        start(mended, ada.person_id, "serving", START)

        versions = db.session.scalars(
            select(QuestionVersion).where(QuestionVersion.question_id == "serving-gil-ask")
        ).all()
        assert len({version.digest for version in versions}) == 2
        assert len({version.scoring_digest for version in versions}) == 1
        assert db.session.scalars(select(AttemptItem.exposure).order_by(AttemptItem.exposure)).all() == [1, 1, 2, 2]

    def test_a_changed_option_is_another_question(
        self, course: Course, ada: Browser, drawn: Draw, tmp_path: Path
    ) -> None:
        drawn("serving-gil")
        answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START)
        folder = Path(copytree(SAMPLE_COURSE, tmp_path / "course"))
        changed = edited(folder, "quizzes/serving.yaml", {"Ask Gil about allergies.": "Ask Gil about nuts."})

        attempt = queries.attempt(start(changed, ada.person_id, "serving", START), ada.person_id)

        exposures = db.session.scalars(
            select(AttemptItem.exposure).where(AttemptItem.attempt_id == attempt.id).order_by(AttemptItem.position)
        ).all()
        assert exposures == [1, 2]


class TestAnswer:
    @pytest.fixture
    def attempt(self, course: Course, ada: Browser, drawn: Draw) -> AttemptRecord:
        """Three cases, six questions; the second of each asks for two options."""
        drawn("serving-gil", "serving-ivo", "serving-kim")
        return queries.attempt(start(course, ada.person_id, "serving", START), ada.person_id)

    def test_another_persons_attempt_is_as_good_as_absent(self, attempt: AttemptRecord, cy: Browser) -> None:
        before = rows()

        for attempt_id in (attempt.id, uuid4()):
            with pytest.raises(NotFound):
                services.answer(attempt_id, cy.person_id, 1, {"option": ["ask"]}, now=START)

        assert rows() == before

    @pytest.mark.parametrize("position", [0, -1, 7, 10**12])
    def test_a_position_outside_the_attempt_is_not_found(
        self, attempt: AttemptRecord, ada: Browser, position: int
    ) -> None:
        with pytest.raises(NotFound):
            services.answer(attempt.id, ada.person_id, position, {"option": ["ask"]}, now=START)

    @pytest.mark.parametrize("position", [2, 6])
    def test_no_question_can_be_skipped(self, attempt: AttemptRecord, ada: Browser, position: int) -> None:
        before = rows()

        with pytest.raises(Conflict):
            services.answer(attempt.id, ada.person_id, position, {"option": ["handle", "wait"]}, now=START)

        assert rows() == before

    @pytest.mark.parametrize(
        "form",
        [
            {},
            {"option": []},
            {"option": ["nonesuch"]},
            {"option": ["ask", "guess"]},
            {"option": ["ask", "nonesuch"]},
            {"other": ["ask"]},
        ],
    )
    def test_a_form_without_an_answer_leaves_no_row(
        self, attempt: AttemptRecord, ada: Browser, form: dict[str, list[str]]
    ) -> None:
        before = rows()

        with pytest.raises(AnswerError):
            services.answer(attempt.id, ada.person_id, 1, form, now=START)

        assert rows() == before

    @pytest.mark.parametrize("chosen", [["handle"], ["handle", "wait", "hum"], ["handle", "handle"]])
    def test_picking_two_takes_exactly_two(self, attempt: AttemptRecord, ada: Browser, chosen: list[str]) -> None:
        services.answer(attempt.id, ada.person_id, 1, {"option": ["ask"]}, now=START)

        with pytest.raises(AnswerError):
            services.answer(attempt.id, ada.person_id, 2, {"option": chosen}, now=START)

        assert count(Response) == 1

    @pytest.mark.parametrize(
        ("chosen", "earned"),
        [
            (["handle", "wait"], Fraction(1)),
            (["wait", "handle"], Fraction(1)),
            (["handle", "hum"], Fraction(1, 2)),
            (["handle", "fill"], Fraction(0)),
            (["fill", "hurry"], Fraction(0)),
        ],
    )
    def test_part_of_the_key_earns_its_part_and_harm_earns_nothing(
        self, attempt: AttemptRecord, ada: Browser, chosen: list[str], earned: Fraction
    ) -> None:
        services.answer(attempt.id, ada.person_id, 1, {"option": ["ask"]}, now=START)

        services.answer(attempt.id, ada.person_id, 2, {"option": chosen}, now=START)

        row = db.session.get_one(Response, (attempt.id, 2))
        assert (row.earned, row.possible) == (earned.numerator, earned.denominator)
        assert sorted(row.answer) == sorted(chosen)

    def test_the_first_answer_stands(self, attempt: AttemptRecord, ada: Browser) -> None:
        assert services.answer(attempt.id, ada.person_id, 1, {"option": ["guess"]}, now=START) is True
        before = rows()

        for form in ({"option": ["ask"]}, {"option": ["guess"]}, {}):
            assert services.answer(attempt.id, ada.person_id, 1, form, now=START + timedelta(minutes=1)) is False

        assert rows() == before

    def test_the_first_answer_stands_after_the_end_too(self, attempt: AttemptRecord, ada: Browser) -> None:
        answer_all(attempt.id, ada.person_id, START, wrongly=[6])
        before = rows()

        for item in attempt.items:
            assert services.answer(attempt.id, ada.person_id, item.position, right(item), now=START) is False

        assert rows() == before

    @pytest.mark.parametrize(
        ("said", "kept"),
        [("sure", "sure"), ("fairly", "fairly"), ("guessing", "guessing"), ("certain", None), (None, None)],
    )
    def test_confidence_is_kept_if_it_is_one_of_three(
        self, attempt: AttemptRecord, ada: Browser, said: str | None, kept: str | None
    ) -> None:
        services.answer(attempt.id, ada.person_id, 1, {"option": ["ask"]}, confidence=said, now=START)

        row = db.session.get_one(Response, (attempt.id, 1))
        assert (row.confidence, row.answered_at) == (kept, START)

    def test_the_last_answer_closes_with_the_exact_sum(self, attempt: AttemptRecord, ada: Browser, time: Clock) -> None:
        chosen = (["ask"], ["handle", "hum"], ["serve"], ["handle", "fill"], ["ask"], ["handle", "wait"])
        for position, options in enumerate(chosen, start=1):
            assert queries.attempt(attempt.id, ada.person_id).closed_at is None
            now = time.pass_time(minutes=1)
            services.answer(attempt.id, ada.person_id, position, {"option": options}, now=now)

        closed = queries.attempt(attempt.id, ada.person_id)
        assert (closed.earned, closed.possible, closed.closed_at) == (7, 12, START + timedelta(minutes=6))
        assert closed.score == Fraction(7, 12)
        assert not closed.passed

    @pytest.mark.parametrize(("mark", "passed"), [(83, True), (84, False)])
    def test_five_of_six_pass_83_and_not_84(self, course: Course, ada: Browser, mark: int, passed: bool) -> None:
        closed = answer_all(
            start(course, ada.person_id, "serving", START, mark=mark), ada.person_id, START, wrongly=[1]
        )

        (summary,) = queries.summaries(ada.person_id)
        assert (closed.passed, summary.passed, summary.percent) == (passed, passed, 83)


class TestSwap:
    def swap(self, course: Course, attempt_id: UUID, person_id: UUID, position: int) -> AttemptRecord:
        services.swap(course, attempt_id, person_id, position, now=START, rng=random.Random(0))
        db.session.commit()
        return queries.attempt(attempt_id, person_id)

    def begin(self, course: Course, ada: Browser, drawn: Draw, *ids: str, answered: int = 0) -> AttemptRecord:
        drawn(*ids)
        attempt = queries.attempt(start(course, ada.person_id, "serving", START), ada.person_id)
        for item in attempt.items[:answered]:
            services.answer(attempt.id, ada.person_id, item.position, right(item), now=START)
        db.session.commit()
        return queries.attempt(attempt.id, ada.person_id)

    @pytest.mark.parametrize("position", [3, 4])
    def test_the_twin_takes_the_cases_place(self, course: Course, ada: Browser, drawn: Draw, position: int) -> None:
        before = self.begin(course, ada, drawn, "serving-kim", "serving-hana", "serving-lu", answered=2)

        after = self.swap(course, before.id, ada.person_id, position)

        assert cases(after) == ["serving-kim", "serving-gil", "serving-lu"]
        assert [item.position for item in after.items] == [1, 2, 3, 4, 5, 6]
        assert (after.items[:2], after.items[4:]) == (before.items[:2], before.items[4:])
        (row,) = db.session.scalars(select(Swap))
        assert (row.vignette_id, row.replaced_by, row.swapped_at) == ("serving-hana", "serving-gil", START)

    def test_with_the_twin_drawn_already_another_neutral_case_stands_in(
        self, course: Course, ada: Browser, drawn: Draw
    ) -> None:
        before = self.begin(course, ada, drawn, "serving-gil", "serving-hana", "serving-ivo")

        after = self.swap(course, before.id, ada.person_id, 3)

        assert cases(after) == ["serving-gil", "serving-kim", "serving-ivo"]

    def only(self, course: Course, *ids: str) -> Course:
        """The course with no more than these cases in the quiz."""
        quiz = course.quizzes["serving"]
        kept = Quiz(quiz.id, quiz.module_id, quiz.title, tuple(quiz.vignette(id) for id in ids))
        return replace(course, quizzes={**course.quizzes, "serving": kept})

    def test_with_no_neutral_case_left_it_is_left_out_and_the_gap_closes(
        self, course: Course, ada: Browser, drawn: Draw
    ) -> None:
        small = self.only(course, "serving-gil", "serving-hana", "serving-ivo")
        before = self.begin(small, ada, drawn, "serving-gil", "serving-hana", "serving-ivo")

        after = self.swap(small, before.id, ada.person_id, 3)

        assert cases(after) == ["serving-gil", "serving-ivo"]
        assert [item.position for item in after.items] == [1, 2, 3, 4]
        assert [item.stored_order for item in after.items[2:]] == [item.stored_order for item in before.items[4:]]
        assert db.session.scalar(select(Swap.replaced_by)) is None
        assert answer_all(after.id, ada.person_id, START).score == 1

    def test_leaving_out_all_that_was_open_closes_the_attempt(self, course: Course, ada: Browser, drawn: Draw) -> None:
        small = self.only(course, "serving-gil", "serving-hana")
        before = self.begin(small, ada, drawn, "serving-gil", "serving-hana", answered=2)

        after = self.swap(small, before.id, ada.person_id, 3)

        assert (after.closed_at, after.earned, after.possible) == (START, 2, 2)
        assert start(small, ada.person_id, "serving", START) != after.id

    def test_the_only_case_cannot_be_left_out(self, course: Course, ada: Browser, drawn: Draw) -> None:
        small = self.only(course, "serving-hana")
        before = self.begin(small, ada, drawn, "serving-hana")
        stored = rows()

        with pytest.raises(Conflict):
            self.swap(small, before.id, ada.person_id, 1)

        db.session.rollback()
        assert rows() == stored

    def test_a_case_without_a_note_stays(self, course: Course, ada: Browser, drawn: Draw) -> None:
        before = self.begin(course, ada, drawn, "serving-gil", "serving-hana")
        stored = rows()

        with pytest.raises(Conflict):
            self.swap(course, before.id, ada.person_id, 1)

        assert rows() == stored

    @pytest.mark.parametrize("position", [1, 2])
    def test_a_case_once_begun_stays(self, course: Course, ada: Browser, drawn: Draw, position: int) -> None:
        before = self.begin(course, ada, drawn, "serving-hana", "serving-gil", answered=1)
        stored = rows()

        with pytest.raises(Conflict):
            self.swap(course, before.id, ada.person_id, position)

        assert rows() == stored

    def test_another_persons_case_and_an_absent_one_are_not_found(
        self, course: Course, ada: Browser, cy: Browser, drawn: Draw
    ) -> None:
        attempt = self.begin(course, ada, drawn, "serving-hana")
        stored = rows()

        for attempt_id, person_id, position in (
            (attempt.id, cy.person_id, 1),
            (uuid4(), ada.person_id, 1),
            (attempt.id, ada.person_id, 0),
            (attempt.id, ada.person_id, 3),
        ):
            with pytest.raises(NotFound):
                self.swap(course, attempt_id, person_id, position)

        assert rows() == stored

    def test_a_case_swapped_away_counts_as_seen(self, course: Course, ada: Browser, drawn: Draw) -> None:
        attempt = self.begin(course, ada, drawn, "serving-hana", "serving-kim")

        self.swap(course, attempt.id, ada.person_id, 1)

        assert queries.times_seen(ada.person_id, "serving") == {"serving-hana": 1, "serving-gil": 1, "serving-kim": 1}

    def test_two_cases_can_be_swapped_in_one_attempt(self, course: Course, ada: Browser, drawn: Draw) -> None:
        attempt = self.begin(course, ada, drawn, "serving-jo", "serving-hana", "serving-kim")

        self.swap(course, attempt.id, ada.person_id, 1)
        after = self.swap(course, attempt.id, ada.person_id, 3)

        assert cases(after) == ["serving-ivo", "serving-gil", "serving-kim"]
        assert answer_all(after.id, ada.person_id, START).score == 1

    def test_after_the_quiz_has_gone_from_the_course_a_case_can_still_be_left_out(
        self, course: Course, ada: Browser, drawn: Draw
    ) -> None:
        attempt = self.begin(course, ada, drawn, "serving-hana", "serving-kim")

        after = self.swap(replace(course, quizzes={}), attempt.id, ada.person_id, 1)

        assert cases(after) == ["serving-kim"]


class TestSummaries:
    def test_they_count_what_was_asked_and_answered_newest_first(
        self, course: Course, ada: Browser, cy: Browser
    ) -> None:
        old = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[2])
        later = START + timedelta(hours=1)
        new = start(course, ada.person_id, "brewing", later)
        (first, *_) = queries.attempt(new, ada.person_id).items
        services.answer(new, ada.person_id, 1, wrong(first), now=later)
        start(course, cy.person_id, "brewing", later)

        found = queries.summaries(ada.person_id, "brewing")

        lines: Sequence[object] = [(one.id, one.answered, one.asked, one.percent, one.passed) for one in found]
        assert lines == [(new, 1, 6, None, False), (old.id, 6, 6, 83, True)]
        assert queries.summaries(ada.person_id, "serving") == ()
        assert queries.summaries(ada.person_id) == found

    def test_they_read_no_rows_of_other_people(self, course: Course, ada: Browser) -> None:
        """A page that everybody opens must not walk through everybody's answers."""
        with statements(db.engine) as said:
            queries.summaries(ada.person_id)
        (statement,) = said
        explained = db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?")
        )
        plans = [row[3] for row in explained]

        assert [plan for plan in plans if plan.startswith("SCAN")] == []
