"""A case with a content note makes way for another."""

import random
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.assessment import queries, services
from app.assessment.models import Swap
from app.assessment.records import AttemptRecord
from app.content.records import Course, Quiz
from app.errors import Conflict, NotFound
from app.extensions import db
from tests.assessment.conftest import Draw
from tests.assessment.stored import cases, rows
from tests.conftest import START, Browser
from tests.taking import answer_all, right, start


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
