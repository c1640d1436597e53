"""The final test: two forms in turn, waits between them, and sparing feedback until one is passed."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import demo
from app.assessment import queries, services, starting
from app.assessment.feedback import feedback_on_kind
from app.assessment.records import AttemptRecord, AttemptSummary, ItemRecord
from app.assessment.turns import Turn, Waits, next_turn
from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import db
from tests.conftest import START, Browser, Clock
from tests.taking import NO_WAIT, Form, answer_all, question_of, right, start_final, wrong

DAY, WEEK = timedelta(days=1), timedelta(days=7)
WAITS = Waits(DAY, WEEK)


def attempt(form: str, days: float | None, *, earned: int = 0) -> AttemptSummary:
    """A closed attempt so many days after START; None: still open."""
    at = None if days is None else START + timedelta(days=days)
    return AttemptSummary(
        id=uuid4(),
        quiz_id="final",
        started_at=START,
        closed_at=at,
        earned=None if at is None else earned,
        possible=None if at is None else 10,
        pass_mark=80,
        answered=10,
        asked=10,
        kind="final",
        form=form,
    )


class TestTurns:
    def test_the_first_form_is_left_to_chance(self) -> None:
        assert next_turn([], WAITS) == Turn(None, None)

    @pytest.mark.parametrize(("taken", "then"), [("A", "B"), ("B", "A")])
    def test_the_other_form_opens_a_day_after_the_first(self, taken: str, then: str) -> None:
        assert next_turn([attempt(taken, 0)], WAITS) == Turn(then, START + DAY)

    def test_then_the_two_come_in_turn_a_week_apart(self) -> None:
        failed = [attempt("A", 0), attempt("B", 3), attempt("A", 12)]

        assert next_turn(failed[:2], WAITS) == Turn("A", START + timedelta(days=10))
        assert next_turn(failed, WAITS) == Turn("B", START + timedelta(days=19))
        assert next_turn(failed[::-1], WAITS) == next_turn(failed, WAITS)

    @given(st.integers(1, 8))
    def test_no_form_is_ever_asked_twice_running(self, times: int) -> None:
        taken = [attempt("A", 0)]
        for number in range(1, times):
            taken.append(attempt(next_turn(taken, WAITS).form or "", number))

        assert [one.form for one in taken] == list(("AB" * times)[:times])


class TestFeedback:
    def test_practice_tells_all_at_once(self) -> None:
        assert feedback_on_kind("module", []) == "all"

    @pytest.mark.parametrize(("earned", "said"), [(7, "harm"), (8, "all")])
    def test_the_final_test_opens_when_a_form_is_passed(self, earned: int, said: str) -> None:
        assert feedback_on_kind("final", [attempt("A", 0, earned=0), attempt("B", 1, earned=earned)]) == said

    def test_it_closes_again_while_another_form_is_taken(self) -> None:
        """A raised pass mark can ask somebody again who had passed; that attempt tells nothing."""
        assert feedback_on_kind("final", [attempt("A", 0, earned=10), attempt("B", None)]) == "harm"

    @pytest.mark.parametrize("kind", ["before", "after"])
    def test_answers_outside_every_score_open_after_the_last_of_them(self, kind: str) -> None:
        assert feedback_on_kind(kind, []) == "none"


class TestStart:
    def test_a_form_is_asked_whole_with_each_case_together(self, course: Course, ada: Browser) -> None:
        found = queries.attempt(start_final(course, ada.person_id, START), ada.person_id)

        assert (found.kind, found.quiz_id, found.pass_mark) == ("final", "final", 80)
        assert course.final is not None
        assert found.form is not None
        cases = list(dict.fromkeys(item.vignette_id for item in found.items))
        assert sorted(cases) == sorted(case.id for case in course.final.form(found.form))
        by_id = {case.id: case for case in course.final.vignettes}
        assert [item.question_id for item in found.items] == [
            question.id for case in cases for question in by_id[case].questions
        ]

    @pytest.mark.parametrize("form", ["A", "B"])
    def test_chance_brings_either_form_first(self, course: Course, ada: Browser, form: str) -> None:
        assert form_of(course, ada, form).form == form

    def test_starting_again_goes_on_with_the_open_attempt(self, course: Course, ada: Browser) -> None:
        assert start_final(course, ada.person_id, START) == start_final(course, ada.person_id, START, seed=5)

    def test_the_other_form_has_to_wait_a_day_and_then_comes(self, course: Course, ada: Browser) -> None:
        first = answer_all(start_final(course, ada.person_id, START), ada.person_id, START, wrongly=[1])
        with pytest.raises(Conflict):
            start_final(course, ada.person_id, START + DAY - timedelta(seconds=1), waits=WAITS)

        second = queries.attempt(start_final(course, ada.person_id, START + DAY, waits=WAITS), ada.person_id)

        assert {first.form, second.form} == {"A", "B"}

    def test_after_two_it_takes_a_week(self, course: Course, ada: Browser) -> None:
        for now in (START, START + DAY):
            answer_all(start_final(course, ada.person_id, now, waits=WAITS), ada.person_id, now, wrongly=[1])
        with pytest.raises(Conflict):
            start_final(course, ada.person_id, START + WEEK, waits=WAITS)

        start_final(course, ada.person_id, START + DAY + WEEK, waits=WAITS)

        assert len(queries.summaries(ada.person_id, "final")) == 3

    def test_without_waits_it_opens_at_once(self, course: Course, ada: Browser) -> None:
        answer_all(start_final(course, ada.person_id, START), ada.person_id, START, wrongly=[1])

        start_final(course, ada.person_id, START, waits=NO_WAIT)

        assert len(queries.summaries(ada.person_id, "final")) == 2

    def test_once_passed_it_is_not_taken_again(self, course: Course, ada: Browser) -> None:
        answer_all(start_final(course, ada.person_id, START), ada.person_id, START)

        with pytest.raises(Conflict):
            start_final(course, ada.person_id, START + WEEK)

    def test_a_course_without_one_has_none(self, course: Course, ada: Browser) -> None:
        with pytest.raises(NotFound):
            start_final(replace(course, final=None), ada.person_id, START)

    def test_one_persons_attempts_say_nothing_of_anothers(self, course: Course, ada: Browser, cy: Browser) -> None:
        answer_all(start_final(course, ada.person_id, START), ada.person_id, START)

        start_final(course, cy.person_id, START, waits=WAITS)

        assert [one.closed_at for one in queries.summaries(cy.person_id, "final")] == [None]


def form_of(course: Course, browser: Browser, form: str) -> AttemptRecord:
    """An open attempt at this form; chance is asked again until it brings it."""
    for seed in range(100):
        found = queries.attempt(_uncommitted(course, browser.person_id, seed), browser.person_id)
        if found.form == form:
            db.session.commit()
            return found
        db.session.rollback()
    raise LookupError(form)


def _uncommitted(course: Course, person_id: UUID, seed: int) -> UUID:
    return starting.start_final(course, person_id, mark=80, waits=NO_WAIT, now=START, rng=random.Random(seed))


def test_an_exchanged_case_makes_way_for_its_own_twin(course: Course, ada: Browser) -> None:
    found = form_of(course, ada, "A")
    position = next(item.position for item in found.items if item.vignette_id == "final-nia")

    services.swap(course, found.id, ada.person_id, position, now=START, rng=random.Random(0))

    after = queries.attempt(found.id, ada.person_id)
    assert {item.vignette_id for item in after.items} == {"final-mo", "final-quin"}
    assert len(after.items) == len(found.items)


class TestPages:
    @pytest.fixture
    def failed(self, course: Course, ada: Browser) -> AttemptRecord:
        """An attempt in which every answer was the worst."""
        found = queries.attempt(start_final(course, ada.person_id, START), ada.person_id)
        for item in found.items:
            form = {"option": ["serve"]} if item.question_id.endswith("-ask") else wrong(item)
            services.answer(found.id, ada.person_id, item.position, form, now=START)
        db.session.commit()
        return queries.attempt(found.id, ada.person_id)

    @pytest.mark.parametrize("answer", [right, wrong])
    def test_an_answer_is_saved_without_a_verdict_or_a_reason(
        self, course: Course, ada: Browser, answer: Callable[[ItemRecord], Form]
    ) -> None:
        found = queries.attempt(start_final(course, ada.person_id, START), ada.person_id)
        position = next(item.position for item in found.items if not item.question_id.endswith("-steps"))
        answer_all_before(found, position)
        item = found.items[position - 1]

        ada.post(f"/attempts/{found.id}/{position}", dict(answer(item)))

        page = ada.get(f"/attempts/{found.id}/{position}").text
        assert "Saved. You will see the reasons once the test is passed." in page
        assert [word for word in ("best move", "Partly", "Noted for later", "Dispute") if word in page] == []
        assert [text for text in _reasons(question_of(item)) if text in page] == []

    def test_a_harmful_choice_is_told_why(self, ada: Browser, failed: AttemptRecord) -> None:
        position = next(item.position for item in failed.items if item.question_id.endswith("-ask"))

        page = ada.get(f"/attempts/{failed.id}/{position}").text

        assert [words for words in ("This could do harm", "Nuts can hurt.") if words not in page] == []
        assert [words for words in ("Nobody knows unless asked.", "Faces do not tell.") if words in page] == []

    def test_the_result_tells_score_objectives_and_harm_only(self, ada: Browser, failed: AttemptRecord) -> None:
        page = ada.get(f"/attempts/{failed.id}/result").text

        wanted = ("Not passed yet: 0 of 4", "What could have done harm", "Nuts can hurt.", "/modules/brewing/water")
        assert [words for words in wanted if words not in page] == []
        assert [words for words in ("not yet</span>", "Green leaves want it so.", "is-wrong") if words in page] == []

    def test_once_a_form_is_passed_everything_opens(self, course: Course, ada: Browser, failed: AttemptRecord) -> None:
        answer_all(start_final(course, ada.person_id, START), ada.person_id, START)

        position = next(item.position for item in failed.items if item.question_id.endswith("-ask"))
        page = ada.get(f"/attempts/{failed.id}/{position}").text
        result = ada.get(f"/attempts/{failed.id}/result").text

        assert "Nobody knows unless asked." in page
        assert "Not the best move" in page
        assert "not yet</span>" in result

    def test_another_persons_pass_opens_nothing(
        self, course: Course, ada: Browser, cy: Browser, failed: AttemptRecord
    ) -> None:
        answer_all(start_final(course, cy.person_id, START), cy.person_id, START)

        page = ada.get(f"/attempts/{failed.id}/1").text

        assert "Saved. You will see the reasons once the test is passed." in page

    def test_its_page_says_when_the_other_form_opens(self, ada: Browser, failed: AttemptRecord, time: Clock) -> None:
        other = "B" if failed.form == "A" else "A"
        time.pass_time(hours=1)

        page = ada.get("/quizzes/final").text

        assert f"Form {other} opens in 23 hours" in page
        assert "On Tuesday 2 March 2027, 22:00 UTC." in page
        assert 'action="/quizzes/final/start"' not in page

    def test_a_start_that_comes_too_early_leads_back_to_that_page(
        self, ada: Browser, failed: AttemptRecord, time: Clock
    ) -> None:
        early = ada.post("/quizzes/final/start")
        time.pass_time(hours=24)
        late = ada.post("/quizzes/final/start")

        assert (early.status_code, early.location) == (303, "/quizzes/final")
        assert late.location.endswith("/1")
        assert len(queries.summaries(ada.person_id, "final")) == 2

    def test_the_course_home_asks_for_it(self, ada: Browser) -> None:
        page = ada.get("/course").text

        assert 'href="/quizzes/final"' in page
        assert "to pass at 80%" in page


def answer_all_before(attempt: AttemptRecord, position: int) -> None:
    for item in attempt.items[: position - 1]:
        services.answer(attempt.id, attempt.person_id, item.position, right(item), now=START)
    db.session.commit()


def _reasons(question: object) -> list[str]:
    data = question.model_dump()  # type: ignore[attr-defined]
    return [one["reason"] for one in (*data.get("options", ()), *data.get("before", ()))]


def test_the_demo_passes_it_on_the_way_to_a_certificate(course: Course, ada: Browser) -> None:
    demo.finished(demo.Story(course, ada.person_id, "Ada", START))

    assert [one.passed for one in queries.summaries(ada.person_id, "final")] == [True]
