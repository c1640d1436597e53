"""Transcripts to mend: done any time and as often as one likes, outside every score, kept as they were."""

import random
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from app import demo
from app.assessment import histories, queries, self_ratings, services, starting
from app.assessment.models import AttemptItem
from app.assessment.records import AttemptRecord
from app.content import pinning
from app.content.records import Course, Vignette
from app.errors import Conflict, NotFound
from app.extensions import db
from app.learning import queries as learning
from tests.conftest import START, Browser, Clock
from tests.taking import answer_all, finish, right, start, start_mending

EXERCISE = "mend-kit"
SLIP = "Filled past what was asked"
OWN = "You said not so full: how far?"


@pytest.fixture
def attempt_id(course: Course, ada: Browser) -> UUID:
    return start_mending(course, ada.person_id, START)


def mark(ada: Browser, attempt_id: UUID, line: str) -> None:
    ada.post(f"/attempts/{attempt_id}/1", {"line": line})


def write(ada: Browser, attempt_id: UUID) -> None:
    ada.post(f"/attempts/{attempt_id}/2", {"line": OWN, "composed": "yes"})


def mended(course: Course, ada: Browser, *, wrongly: tuple[int, ...] = ()) -> AttemptRecord:
    return answer_all(start_mending(course, ada.person_id, START), ada.person_id, START, wrongly=wrongly)


def page(ada: Browser, path: str) -> str:
    answer = ada.get(path)
    assert answer.status_code == 200, path
    return answer.text


class TestStart:
    def test_an_attempt_has_the_two_questions_of_its_exercise(
        self, course: Course, ada: Browser, attempt_id: UUID
    ) -> None:
        attempt = queries.attempt(attempt_id, ada.person_id)

        assert (attempt.kind, attempt.quiz_id, attempt.form) == ("mend", EXERCISE, None)
        assert [item.question_id for item in attempt.items] == ["mend-kit-find", "mend-kit-line"]
        assert {item.vignette_id for item in attempt.items} == {EXERCISE}

    def test_an_open_one_is_gone_on_with_and_a_closed_one_begun_anew(
        self, course: Course, ada: Browser, attempt_id: UUID
    ) -> None:
        assert start_mending(course, ada.person_id, START) == attempt_id
        answer_all(attempt_id, ada.person_id, START)

        assert start_mending(course, ada.person_id, START) != attempt_id

    def test_two_exercises_stand_open_beside_each_other(self, course: Course, ada: Browser, attempt_id: UUID) -> None:
        other = start_mending(course, ada.person_id, START, exercise_id="mend-lou")

        assert other != attempt_id
        assert start_mending(course, ada.person_id, START) == attempt_id

    @pytest.mark.parametrize("exercise_id", ["mend-nobody", "brewing", "final", "mending"])
    def test_what_is_no_exercise_has_none(self, course: Course, ada: Browser, exercise_id: str) -> None:
        with pytest.raises(NotFound):
            starting.start_mending(course, ada.person_id, exercise_id, mark=80, now=START, rng=random.Random(0))

        assert ada.get(f"/mend/{exercise_id}").status_code == 404
        assert ada.post(f"/mend/{exercise_id}").status_code == 404

    def test_an_exercise_is_no_quiz(self, course: Course, ada: Browser) -> None:
        for path in (f"/quizzes/{EXERCISE}", "/quizzes/mending"):
            assert ada.get(path).status_code == 404
            assert ada.post(f"{path}/start").status_code == 404

    def test_the_case_is_never_exchanged(self, course: Course, ada: Browser) -> None:
        noted = start_mending(course, ada.person_id, START, exercise_id="mend-lou")

        with pytest.raises(Conflict):
            services.swap(course, noted, ada.person_id, 1, now=START, rng=random.Random(0))

        shown = page(ada, f"/attempts/{noted}/1")
        assert "A burnt hand is mentioned." in shown
        assert f"/attempts/{noted}/1/swap" not in shown

    def test_its_copies_know_the_file_they_come_from(self, course: Course) -> None:
        exercise = course.exercise(EXERCISE)

        assert {pinning.pin(course, exercise, question).quiz_id for question in exercise.questions} == {"mending"}


class TestOutsideEveryScore:
    def test_it_counts_for_nothing(self, course: Course, ada: Browser) -> None:
        mended(course, ada, wrongly=(1,))

        assert queries.summaries(ada.person_id) == ()
        assert histories.graded_answers(ada.person_id) == ()
        assert [one for one in learning.facts(ada.person_id) if getattr(one, "quiz_id", None)] == []

    def test_the_course_home_stands_where_it_stood(self, course: Course, ada: Browser) -> None:
        before = page(ada, "/course")

        mended(course, ada)

        assert page(ada, "/course") == before

    def test_whoever_has_finished_has_finished(self, course: Course, ada: Browser) -> None:
        finish(course, ada.person_id, START)
        before = page(ada, "/certificate")

        mended(course, ada, wrongly=(1,))

        assert cleaned(page(ada, "/certificate")) == cleaned(before)

    def test_no_case_of_a_module_has_been_met(self, course: Course, ada: Browser) -> None:
        mended(course, ada)

        assert queries.times_seen(ada.person_id, "serving") == {}
        drawn = queries.attempt(start(course, ada.person_id, "serving", START), ada.person_id)
        assert exposures(drawn) == {1}

    def test_meeting_it_again_is_counted(self, course: Course, ada: Browser) -> None:
        first, second = (mended(course, ada) for _ in range(2))

        assert (exposures(first), exposures(second)) == ({1}, {2})


class TestPages:
    def test_before_it_stands_its_note_and_nothing_of_the_answer(self, ada: Browser) -> None:
        shown = page(ada, "/mend/mend-lou")

        assert "A burnt hand is mentioned." in shown
        assert shown.index("A burnt hand") < shown.index("goes astray")
        assert "Asked and not waited" not in shown
        assert "in place of line 7" not in shown

    def test_beginning_leads_to_the_first_question_and_back_to_it(self, course: Course, ada: Browser) -> None:
        begun = ada.post(f"/mend/{EXERCISE}")
        assert begun.status_code == 303
        question = ada.get(begun.location)

        assert question.location == f"{begun.location}/1"
        shown = page(ada, question.location)
        assert "To mend: Kit, 38, the second cup" in shown
        assert f'href="/mend/{EXERCISE}"' in shown
        assert SLIP not in shown
        assert "Question 1 of 2" in page(ada, f"/mend/{EXERCISE}")

    def test_the_line_to_mend_shows_only_once_it_was_looked_for(self, ada: Browser, attempt_id: UUID) -> None:
        assert ada.get(f"/attempts/{attempt_id}/2").status_code == 302

        mark(ada, attempt_id, "l9")
        shown = page(ada, f"/attempts/{attempt_id}/2")

        assert SLIP in shown
        assert shown.index("Shall I pour?") < shown.index("Pours to the brim") < shown.index("Kit has said “please”")
        assert "Say when." not in shown

    def test_reasons_come_at_once(self, ada: Browser, attempt_id: UUID) -> None:
        mark(ada, attempt_id, "l8")

        shown = page(ada, f"/attempts/{attempt_id}/1")

        assert "Partly right" in shown
        assert "A chance to mend it goes by." in shown

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("l6", "You found where it goes astray"),
            ("l8", "Close to where it goes astray"),
            ("l9", "It goes astray at another line"),
            ("l1", "It goes astray at another line"),
        ],
    )
    def test_the_end_says_what_was_found_and_shows_the_own_line(
        self, ada: Browser, attempt_id: UUID, line: str, said: str
    ) -> None:
        mark(ada, attempt_id, line)
        write(ada, attempt_id)

        shown = page(ada, f"/attempts/{attempt_id}/result")

        assert f"<h1>{said}</h1>" in shown
        assert SLIP in shown
        assert OWN in shown
        assert ("You marked line" in shown) == (line != "l6")
        assert f'action="/mend/{EXERCISE}"' in shown
        assert 'href="/scenarios#mend"' in shown
        assert "%" not in shown.split("<main")[1].split("</main")[0]

    def test_the_end_shows_how_one_judged_the_own_line(self, ada: Browser, attempt_id: UUID) -> None:
        mark(ada, attempt_id, "l6")
        write(ada, attempt_id)
        assert "does so" not in page(ada, f"/attempts/{attempt_id}/result")

        ada.post(f"/attempts/{attempt_id}/2/rating", {"met": ["asks"]})

        shown = page(ada, f"/attempts/{attempt_id}/result")
        assert (shown.count("does so"), shown.count("not yet")) == (1, 1)

    def test_the_line_comes_along_to_supervision(self, ada: Browser, attempt_id: UUID) -> None:
        mark(ada, attempt_id, "l6")
        write(ada, attempt_id)

        assert [one.line for one in self_ratings.composed_lines(ada.person_id)] == [OWN]
        assert OWN in page(ada, "/course/supervision")

    def test_the_list_says_how_it_stands(self, course: Course, ada: Browser, time: Clock) -> None:
        stood = [standing(ada)]
        attempt_id = start_mending(course, ada.person_id, START)
        stood.append(standing(ada))
        answer_all(attempt_id, ada.person_id, START)
        stood.append(standing(ada))
        start_mending(course, ada.person_id, START)
        stood.append(standing(ada))

        assert stood == [("not yet", False), ("begun", False), ("done", True), ("begun", True)]

    def test_a_dispute_names_the_exercise(self, ada: Browser, bea: Browser, attempt_id: UUID) -> None:
        mark(ada, attempt_id, "l9")

        ada.post(f"/attempts/{attempt_id}/1/dispute", {"text": "Line 9 is where it starts."})

        assert "Kit, 38, the second cup" in page(bea, "/disputes")
        assert "Sessions to mend" in page(bea, "/disputes")
        assert "Line 9 is where it starts." in page(ada, f"/attempts/{attempt_id}/1")


class TestKept:
    def with_only(self, monkeypatch: pytest.MonkeyPatch, course: Course, *mending: Vignette) -> None:
        changed = replace(course, mending=mending)
        for module in ("app.assessment.views", "app.assessment.mending_views", "app.site.views"):
            monkeypatch.setattr(f"{module}.current_course", lambda: changed)

    def test_an_exercise_that_is_gone_is_ended_and_looked_at_as_it_was(
        self, course: Course, ada: Browser, attempt_id: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.with_only(monkeypatch, course)

        mark(ada, attempt_id, "l6")
        assert SLIP in page(ada, f"/attempts/{attempt_id}/2")
        write(ada, attempt_id)

        shown = page(ada, f"/attempts/{attempt_id}/result")
        assert OWN in shown
        assert "Once more" not in shown
        assert f"/attempts/{attempt_id}" in page(ada, "/scenarios")
        assert "No longer part of this edition" in page(ada, "/scenarios")
        assert ada.post(f"/mend/{EXERCISE}").status_code == 404

    def test_an_edited_exercise_changes_nothing_about_what_was_drawn(
        self, course: Course, ada: Browser, attempt_id: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        renamed = replace(course.exercise(EXERCISE), title="Kit, edited", text="Another day.")
        self.with_only(monkeypatch, course, renamed)

        mark(ada, attempt_id, "l6")

        assert "Not so full" in page(ada, f"/attempts/{attempt_id}/1")

    def test_somebody_elses_attempt_does_not_exist(self, course: Course, ada: Browser, cy: Browser) -> None:
        theirs = mended(course, ada)
        start_mending(course, cy.person_id, START)

        for path in ("", "/1", "/2", "/result"):
            assert cy.get(f"/attempts/{theirs.id}{path}").status_code == 404
        assert "done" not in page(cy, "/scenarios").split('id="mend"')[1].split('id="lead"')[0]


def test_a_course_without_exercises_has_no_such_part(
    course: Course, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.site.views.current_course", lambda: replace(course, mending=()))

    assert 'id="mend"' not in page(ada, "/scenarios")


def test_an_answer_is_graded_against_what_was_drawn(course: Course, ada: Browser, attempt_id: UUID) -> None:
    form: Mapping[str, object] = dict(right(queries.attempt(attempt_id, ada.person_id).items[0]))
    ada.post(f"/attempts/{attempt_id}/1", dict(form))
    write(ada, attempt_id)

    closed = queries.attempt(attempt_id, ada.person_id)

    assert closed.closed_at is not None
    assert (closed.earned, closed.possible) == (1, 1)


def test_the_demo_brings_one_to_its_end(course: Course, ada: Browser) -> None:
    demo.Story(course, ada.person_id, "Ada", START).mend(missed=1)
    db.session.commit()

    (one,) = queries.summaries(ada.person_id, EXERCISE, kinds=("mend",))
    assert (one.closed_at is not None, one.earned) == (True, 0)


def standing(ada: Browser) -> tuple[str, bool]:
    """Of the first exercise in the list: the word, and whether it has a date."""
    db.session.expire_all()
    part = page(ada, "/scenarios").split('id="mend"')[1].split("</li>")[0]
    (word,) = (one for one in ("not yet", "begun", "done") if one in part)
    return word, "Mar 2027" in part


def exposures(attempt: AttemptRecord) -> set[int]:
    return set(db.session.scalars(select(AttemptItem.exposure).where(AttemptItem.attempt_id == attempt.id)))


def cleaned(text: str) -> str:
    return "".join(line for line in text.splitlines() if "csrf_token" not in line)
