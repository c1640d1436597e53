"""Questions before and after reading: outside every score, silent until both are done."""

import random
from dataclasses import replace

import pytest

from app.assessment import queries, services, starting
from app.assessment.records import AttemptRecord
from app.content.records import Course
from app.errors import Conflict, NotFound
from app.extensions import db
from app.learning.services import mark_read
from tests.conftest import START, Browser
from tests.taking import answer_all, read_all, right, start, start_set

OFFER, RESULT = 'action="/quizzes/serving/{kind}"', "/attempts/{id}/result"


@pytest.fixture
def before(course: Course, ada: Browser) -> AttemptRecord:
    """Three answers before reading, the first of them wrong."""
    return answer_all(start_set(course, ada.person_id, "before", START), ada.person_id, START, wrongly=[1])


def asked(attempt: AttemptRecord) -> list[str]:
    return [item.question_id for item in attempt.items]


class TestStart:
    def test_one_of_the_two_sets_comes_before_reading(self, course: Course, before: AttemptRecord) -> None:
        assert (before.kind, before.quiz_id) == ("before", "serving")
        assert before.form is not None
        assert asked(before) == list(course.quizzes["serving"].before[before.form])

    def test_the_other_set_comes_after_it(self, course: Course, ada: Browser, before: AttemptRecord) -> None:
        after = queries.attempt(start_set(course, ada.person_id, "after", START), ada.person_id)

        assert {before.form, after.form} == {"A", "B"}
        assert set(asked(before)) & set(asked(after)) == set()

    def test_chance_brings_either_set_first(self, course: Course, ada: Browser) -> None:
        forms = set()
        for seed in range(12):
            attempt_id = starting.start_set(
                course, ada.person_id, "serving", "before", mark=80, now=START, rng=random.Random(seed)
            )
            forms.add(queries.attempt(attempt_id, ada.person_id).form)
            db.session.rollback()

        assert forms == {"A", "B"}

    def test_each_comes_once(self, course: Course, ada: Browser, before: AttemptRecord) -> None:
        with pytest.raises(Conflict):
            start_set(course, ada.person_id, "before", START)

    def test_without_answers_before_there_are_none_after(self, course: Course, ada: Browser) -> None:
        start_set(course, ada.person_id, "before", START)

        with pytest.raises(Conflict):
            start_set(course, ada.person_id, "after", START)

    def test_a_quiz_without_sets_has_none(self, course: Course, ada: Browser) -> None:
        quiz = replace(course.quizzes["serving"], before={})
        without = replace(course, quizzes={"serving": quiz})

        with pytest.raises(NotFound):
            start_set(without, ada.person_id, "before", START)

    def test_it_stands_open_beside_an_attempt_at_the_quiz(self, course: Course, ada: Browser) -> None:
        before, practice = (
            start_set(course, ada.person_id, "before", START),
            start(course, ada.person_id, "serving", START),
        )

        assert queries.open_attempt_id(ada.person_id, "serving", "before") == before
        assert queries.open_attempt_id(ada.person_id, "serving") == practice

    def test_it_is_no_attempt_at_the_quiz(self, course: Course, ada: Browser, before: AttemptRecord) -> None:
        assert queries.summaries(ada.person_id) == ()
        assert queries.last_closed_attempt(ada.person_id, "serving") is None
        assert set(queries.times_seen(ada.person_id, "serving").values()) == {1}

    def test_the_quiz_never_draws_its_cases(self, course: Course, ada: Browser, before: AttemptRecord) -> None:
        kept = {item.vignette_id for item in before.items}

        drawn = [
            answer_all(start(course, ada.person_id, "serving", START, seed=seed), ada.person_id, START)
            for seed in range(3)
        ]

        assert kept & {item.vignette_id for one in drawn for item in one.items} == set()


class TestPages:
    def offers(self, browser: Browser) -> list[str]:
        page = browser.get("/modules/serving").text
        return [kind for kind in ("before", "after") if OFFER.format(kind=kind) in page]

    def test_they_are_offered_before_reading_and_after_and_never_between(self, course: Course, ada: Browser) -> None:
        offered = [self.offers(ada)]
        answer_all(start_set(course, ada.person_id, "before", START), ada.person_id, START)
        offered.append(self.offers(ada))
        mark_read(course, ada.person_id, "serving", "asking", now=START)
        offered.append(self.offers(ada))
        read_all(course, ada.person_id, START)
        offered.append(self.offers(ada))
        after = answer_all(start_set(course, ada.person_id, "after", START), ada.person_id, START)
        offered.append(self.offers(ada))

        assert offered == [["before"], [], [], ["after"], []]
        assert RESULT.format(id=after.id) in ada.get("/modules/serving").text

    def test_who_has_begun_to_read_is_not_asked_before_reading(self, course: Course, ada: Browser) -> None:
        mark_read(course, ada.person_id, "serving", "asking", now=START)
        db.session.commit()

        response = ada.post("/quizzes/serving/before")

        assert self.offers(ada) == []
        assert (response.status_code, response.location) == (303, "/modules/serving")
        assert queries.summaries(ada.person_id, kinds=("before",)) == ()

    def test_who_skips_them_is_not_asked_afterwards(self, course: Course, ada: Browser) -> None:
        read_all(course, ada.person_id, START)

        assert self.offers(ada) == []
        assert ada.post("/quizzes/serving/after").location == "/modules/serving"

    @pytest.mark.parametrize("path", ["/quizzes/coffee/before", "/quizzes/serving/meanwhile"])
    def test_other_sets_are_not_found(self, ada: Browser, path: str) -> None:
        assert ada.post(path).status_code == 404

    def test_a_module_without_sets_offers_none(self, ada: Browser) -> None:
        assert "/quizzes/brewing/before" not in ada.get("/modules/brewing").text
        assert ada.post("/quizzes/brewing/before").location == "/modules/brewing"

    def test_beginning_leads_to_the_first_question(self, ada: Browser) -> None:
        response = ada.post("/quizzes/serving/before")

        (summary,) = queries.summaries(ada.person_id, "serving", kinds=("before",))
        assert (response.status_code, response.location) == (303, f"/attempts/{summary.id}")
        assert ada.post("/quizzes/serving/before").location == response.location

    def test_an_answer_is_saved_and_nothing_more_is_said(self, course: Course, ada: Browser) -> None:
        attempt_id = start_set(course, ada.person_id, "before", START)

        ada.post(f"/attempts/{attempt_id}/1", {"option": "serve"})

        page = ada.get(f"/attempts/{attempt_id}/1").text
        assert "Saved. You will see the reasons after the module." in page
        assert "Serve the nut cake." in page
        said = ("Nuts can hurt.", "harm", "best move", "Noted for later", "Dispute", "Nobody knows")
        assert [words for words in said if words in page] == []

    def test_the_end_before_reading_tells_no_score(self, ada: Browser, before: AttemptRecord) -> None:
        page = ada.get(RESULT.format(id=before.id)).text

        assert "Saved: your answers before reading" in page
        assert [words for words in ("passed", "of 3", "%", "is-wrong", "is-right") if words in _main(page)] == []

    def test_when_both_are_done_both_are_shown_with_reasons_and_no_gain(
        self, course: Course, ada: Browser, before: AttemptRecord
    ) -> None:
        after = answer_all(start_set(course, ada.person_id, "after", START), ada.person_id, START)

        pages = [ada.get(RESULT.format(id=one.id)).text for one in (before, after)]

        for page in pages:
            linked = [f"/attempts/{one.id}/{position}" for one in (before, after) for position in (1, 2, 3)]
            assert [path for path in linked if f'href="{path}"' not in page] == []
            assert [words for words in ("passed", "of 3", "%", "is-wrong") if words in _main(page)] == []
        assert "Not the best move" in ada.get(f"/attempts/{before.id}/1").text
        assert "The best move" in ada.get(f"/attempts/{after.id}/1").text

    def test_while_those_after_reading_are_open_nothing_is_said_of_either(
        self, course: Course, ada: Browser, before: AttemptRecord
    ) -> None:
        after = start_set(course, ada.person_id, "after", START)
        (item, *_) = queries.attempt(after, ada.person_id).items
        services.answer(after, ada.person_id, 1, right(item), now=START)
        db.session.commit()

        for attempt_id in (before.id, after):
            assert "You will see the reasons" in ada.get(f"/attempts/{attempt_id}/1").text

    def test_the_quiz_page_offers_those_after_reading_and_lists_none(
        self, course: Course, ada: Browser, before: AttemptRecord
    ) -> None:
        read_all(course, ada.person_id, START)

        page = ada.get("/quizzes/serving").text

        assert OFFER.format(kind="after") in page
        assert "Your attempts" not in page

    def test_another_persons_answers_are_as_good_as_absent(self, cy: Browser, before: AttemptRecord) -> None:
        assert cy.get(RESULT.format(id=before.id)).status_code == 404
        assert cy.get(f"/attempts/{before.id}/1").status_code == 404


def _main(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0]
