"""Lines that somebody composes: kept, shown to their author alone, rated once, never lost."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.assessment import queries, self_ratings, services
from app.assessment.models import Response, SelfRating
from app.assessment.records import ComposedLine, RatingRecord
from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import Base, db
from app.questions import AnswerError
from tests.assessment.conftest import Draw
from tests.conftest import START, Browser, Clock
from tests.statements import statements
from tests.taking import answer_all, right, start

LINE = "Is there anything you cannot eat?\n\nTake your time."
CRITERIA = ("It asks about *allergies*.", "It leaves Jo time to answer.", "It offers something else.")
PLACE = 3
"""Of the question in the attempt."""


@pytest.fixture
def attempt_id(course: Course, ada: Browser, drawn: Draw) -> UUID:
    """Ada's attempt; its first case asks for a line as its third question, and the two before are answered."""
    drawn("serving-jo", "serving-gil", "serving-kim")
    attempt_id = start(course, ada.person_id, "serving", START)
    for item in queries.attempt(attempt_id, ada.person_id).items[: PLACE - 1]:
        services.answer(attempt_id, ada.person_id, item.position, right(item), now=START)
    db.session.commit()
    return attempt_id


@pytest.fixture
def written(ada: Browser, attempt_id: UUID) -> UUID:
    """The same, with the line written."""
    services.answer(attempt_id, ada.person_id, PLACE, {"line": [LINE]}, now=START)
    db.session.commit()
    return attempt_id


def count(table: type[Base]) -> int:
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def compose(browser: Browser, attempt_id: UUID, line: str, question: str = "serving-jo-say") -> TestResponse:
    data: dict[str, object] = {"line": line, "question": question, "composed": "yes"}
    return browser.post(f"/attempts/{attempt_id}/{PLACE}", data)


class TestRate:
    def rate(self, browser: Browser, attempt_id: UUID, *criteria: str, position: int = PLACE) -> bool:
        return self_ratings.rate(attempt_id, browser.person_id, position, criteria, now=START + timedelta(hours=1))

    @pytest.mark.parametrize("criteria", [(), ("waits",), ("offers", "asks"), ("asks", "asks")])
    def test_what_is_met_is_kept_in_the_order_of_the_file(
        self, ada: Browser, written: UUID, criteria: tuple[str, ...]
    ) -> None:
        assert self.rate(ada, written, *criteria) is True

        met = tuple(id for id in ("asks", "waits", "offers") if id in criteria)
        assert self_ratings.rating(written, PLACE) == RatingRecord(met, START + timedelta(hours=1))

    def test_the_first_rating_stands(self, ada: Browser, written: UUID) -> None:
        self.rate(ada, written, "waits")
        before = self_ratings.rating(written, PLACE)

        assert [self.rate(ada, written, *criteria) for criteria in (("waits",), ("asks",), ())] == [False] * 3
        assert (self_ratings.rating(written, PLACE), count(SelfRating)) == (before, 1)

    def test_another_persons_line_is_as_good_as_absent(self, cy: Browser, written: UUID) -> None:
        for attempt_id in (written, uuid4()):
            with pytest.raises(NotFound):
                self.rate(cy, attempt_id, "asks")

        assert count(SelfRating) == 0

    @pytest.mark.parametrize("position", [0, 8, -1, 10**12])
    def test_a_position_outside_the_attempt_is_not_found(self, ada: Browser, written: UUID, position: int) -> None:
        with pytest.raises(NotFound):
            self.rate(ada, written, "asks", position=position)

    @pytest.mark.parametrize("position", [1, 4])
    def test_there_is_nothing_to_rate_in_another_format(self, ada: Browser, written: UUID, position: int) -> None:
        with pytest.raises(Conflict):
            self.rate(ada, written, "asks", position=position)

    def test_a_line_is_written_before_it_is_rated(self, ada: Browser, attempt_id: UUID) -> None:
        with pytest.raises(Conflict):
            self.rate(ada, attempt_id, "asks")

        assert count(SelfRating) == 0

    @pytest.mark.parametrize("criteria", [("warm",), ("asks", "warm"), ("",), ("ASKS",)])
    def test_a_criterion_that_the_question_has_not_is_refused(
        self, ada: Browser, written: UUID, criteria: tuple[str, ...]
    ) -> None:
        with pytest.raises(AnswerError):
            self.rate(ada, written, *criteria)

        assert count(SelfRating) == 0


class TestGrade:
    def test_a_line_counts_for_nothing(self, ada: Browser, written: UUID) -> None:
        row = db.session.get_one(Response, (written, PLACE))
        assert (row.earned, row.possible, row.answer) == (0, 0, {"text": LINE})

        closed = answer_all(written, ada.person_id, START, wrongly=[4])

        (summary,) = queries.summaries(ada.person_id)
        assert (closed.earned, closed.possible) == (5, 6)
        assert (summary.percent, summary.asked, summary.answered) == (83, 7, 7)

    def test_the_result_lists_it_without_a_mark(self, ada: Browser, written: UUID) -> None:
        answer_all(written, ada.person_id, START)

        page = ada.get(f"/attempts/{written}/result").text
        assert "Passed: 6 of 6" in page
        assert (page.count("not graded"), page.count('class="is-right"')) == (1, 6)

    def test_the_quiz_announces_what_counts(self, ada: Browser) -> None:
        page = ada.get("/quizzes/serving").text

        assert "6 questions, about 9 minutes; some cases ask one more, without a mark" in page
        assert "without a mark" not in ada.get("/quizzes/brewing").text


class TestPages:
    def test_an_open_question_shows_neither_examples_nor_criteria(self, ada: Browser, attempt_id: UUID) -> None:
        page = ada.get(f"/attempts/{attempt_id}/{PLACE}").text

        assert [
            words for words in ("anything you cannot eat", "It leaves Jo time", "Two questions") if words in page
        ] == []
        assert "It is private and never graded: only you can see it and take it with you." in page
        assert 'name="confidence"' not in page

    def test_a_line_comes_back_beside_the_examples(self, ada: Browser, attempt_id: UUID) -> None:
        response = compose(ada, attempt_id, "<b>May</b> I ask?\r\nTake your time.")

        assert (response.status_code, response.location) == (303, f"/attempts/{attempt_id}/{PLACE}#verdict")
        page = ada.get(f"/attempts/{attempt_id}/{PLACE}").text
        shown = (
            "Saved. There is no right or wrong here.",
            "&lt;b&gt;May&lt;/b&gt; I ask?\nTake your time.",
            "Is there anything you cannot eat?",
            "It asks <em>first</em>.",
            "Keep my rating",
        )
        assert [words for words in shown if words not in page] == []
        assert "The best move" not in page

    def test_a_rating_stands_beside_its_criteria(self, ada: Browser, written: UUID, time: Clock) -> None:
        response = ada.post(f"/attempts/{written}/{PLACE}/rating", {"met": ["asks", "offers"]})

        assert (response.status_code, response.location) == (303, f"/attempts/{written}/{PLACE}#rating")
        page = ada.get(f"/attempts/{written}/{PLACE}").text
        rating = page[page.index('id="rating"') :]
        assert ("Keep my rating" in page, "Rated by you on 1 March 2027." in page) == (False, True)
        assert (rating.count("does so"), rating.count("not yet")) == (2, 1)

    def test_a_second_rating_is_told_that_the_first_stands(self, ada: Browser, written: UUID) -> None:
        for met in ("asks", "waits"):
            ada.post(f"/attempts/{written}/{PLACE}/rating", {"met": met})

        assert "Your first rating stands." in ada.get(f"/attempts/{written}/{PLACE}").text
        assert self_ratings.rating(written, PLACE) == RatingRecord(("asks",), START)

    def test_a_rating_with_another_criterion_says_what_is_wrong(self, ada: Browser, written: UUID) -> None:
        response = ada.post(f"/attempts/{written}/{PLACE}/rating", {"met": "warm"})

        assert (response.status_code, "Choose from the points on this page." in response.text) == (422, True)

    @pytest.mark.parametrize("position", [1, PLACE])
    def test_a_rating_of_nothing_leads_on(self, ada: Browser, attempt_id: UUID, position: int) -> None:
        response = ada.post(f"/attempts/{attempt_id}/{position}/rating", {"met": "asks"})

        assert (response.status_code, response.location) == (303, f"/attempts/{attempt_id}")

    def test_the_rating_costs_one_statement_more(self, ada: Browser, written: UUID) -> None:
        said: list[list[str]] = []
        for position in (2, PLACE):
            with statements(db.engine) as one:
                ada.get(f"/attempts/{written}/{position}")
            said.append(one)

        assert len(said[1]) == len(said[0]) + 1

    def test_nobody_else_sees_or_rates_it(self, ada: Browser, bea: Browser, cy: Browser, written: UUID) -> None:
        for browser in (bea, cy):
            assert browser.get(f"/attempts/{written}/{PLACE}").status_code == 404
            assert browser.post(f"/attempts/{written}/{PLACE}/rating", {"met": "asks"}).status_code == 404
            assert self_ratings.composed_lines(browser.person_id) == ()


class TestNothingIsLost:
    OTHER = "May I ask something?\n<i>First.</i>"
    ESCAPED = "May I ask something?\n&lt;i&gt;First.&lt;/i&gt;"

    @pytest.mark.parametrize("line", ["x" * 2001, "\u200b"])
    def test_a_line_at_fault_stays_in_its_field(self, ada: Browser, attempt_id: UUID, line: str) -> None:
        response = compose(ada, attempt_id, line)

        assert response.status_code == 422
        assert f">{line}</textarea>" in response.text
        assert 'id="unsaved"' not in response.text

    def test_a_line_for_a_question_answered_elsewhere_is_shown_to_be_kept(self, ada: Browser, written: UUID) -> None:
        response = compose(ada, written, self.OTHER)

        assert response.status_code == 200
        assert ("Your first answer stands." in response.text, 'id="unsaved"' in response.text) == (True, True)
        assert self.ESCAPED in response.text
        assert db.session.get_one(Response, (written, PLACE)).answer == {"text": LINE}

    def test_the_same_line_sent_twice_is_nothing_to_tell(self, ada: Browser, written: UUID) -> None:
        response = compose(ada, written, LINE)

        assert (response.status_code, response.location) == (303, f"/attempts/{written}/{PLACE}#verdict")

    def test_a_line_for_a_case_that_was_exchanged_is_shown_to_be_kept(self, ada: Browser, attempt_id: UUID) -> None:
        response = compose(ada, attempt_id, self.OTHER, question="serving-other-say")

        assert response.status_code == 422
        assert self.ESCAPED in response.text
        assert "></textarea>" in response.text

    def test_a_line_for_a_question_that_comes_later_is_shown_to_be_kept(
        self, course: Course, ada: Browser, drawn: Draw
    ) -> None:
        drawn("serving-jo", "serving-gil", "serving-kim")
        attempt_id = start(course, ada.person_id, "serving", START)

        response = compose(ada, attempt_id, self.OTHER)

        assert (response.status_code, self.ESCAPED in response.text) == (200, True)
        assert "That question comes later." in response.text
        assert count(Response) == 0

    def test_an_id_of_a_transcript_is_no_composed_line(self, ada: Browser, written: UUID) -> None:
        response = ada.post(f"/attempts/{written}/2", {"line": "l1", "question": "serving-jo-hand"})

        assert response.status_code == 303
        assert 'id="unsaved"' not in ada.get(f"/attempts/{written}/2").text


class TestComposedLines:
    def test_they_are_newest_first_with_case_question_and_rating(
        self, course: Course, ada: Browser, written: UUID
    ) -> None:
        answer_all(written, ada.person_id, START)
        later = START + timedelta(days=1)
        again = start(course, ada.person_id, "serving", later)
        for item in queries.attempt(again, ada.person_id).items[: PLACE - 1]:
            services.answer(again, ada.person_id, item.position, right(item), now=later)
        services.answer(again, ada.person_id, PLACE, {"line": ["An apple?"]}, now=later)
        self_ratings.rate(written, ada.person_id, PLACE, ["asks", "waits"], now=later)

        none_met = tuple((text, False) for text in CRITERIA)
        some_met = ((CRITERIA[0], True), (CRITERIA[1], True), (CRITERIA[2], False))
        stem = "What do you *say* before the cake?"
        assert self_ratings.composed_lines(ada.person_id) == (
            ComposedLine(again, PLACE, "serving", "Jo, 34", stem, "An apple?", none_met, later, None),
            ComposedLine(written, PLACE, "serving", "Jo, 34", stem, LINE, some_met, START, later),
        )

    def test_they_cost_one_statement(self, ada: Browser, written: UUID) -> None:
        with statements(db.engine) as said:
            self_ratings.composed_lines(ada.person_id)

        assert len(said) == 1
