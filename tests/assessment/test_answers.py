"""Answering: what is stored, what is refused, what never changes."""

from datetime import timedelta
from fractions import Fraction
from uuid import uuid4

import pytest

from app.assessment import queries, services
from app.assessment.models import Response
from app.assessment.records import AttemptRecord
from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import db
from app.questions import AnswerError
from tests.assessment.conftest import Draw
from tests.assessment.stored import count, rows
from tests.conftest import START, Browser, Clock
from tests.taking import answer_all, right, start


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
