"""Beginning an attempt: what is drawn, copied and opened."""

import random
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import select, text

from app.assessment import drawing, queries, services
from app.assessment.models import Attempt, AttemptItem, QuestionVersion
from app.content.blueprint import Blueprint
from app.content.pinning import pin
from app.content.records import Course, Quiz, Vignette
from app.errors import NotFound
from app.extensions import db
from tests.assessment.conftest import Draw
from tests.assessment.stored import cases, count, rows
from tests.conftest import SAMPLE_COURSE, START, Browser
from tests.taking import answer_all, edited, question_of, start


def listen(told: list[drawing.History], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note what the next draws are told."""
    draw = drawing.draw

    def noting(quiz: Quiz, blueprint: Blueprint, history: drawing.History, rng: random.Random) -> tuple[Vignette, ...]:
        told.append(history)
        return draw(quiz, blueprint, history, rng)

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
            drawing.History(dict.fromkeys((one.id for one in course.quizzes["serving"].bank), 1), set(), set())
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
