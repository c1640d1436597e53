"""Fixed order: for those whose group asks for it, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.assessment import queries
from app.assessment.models import Attempt
from app.content.records import Course
from app.enrolment import services as enrolment
from app.enrolment.queries import members
from app.extensions import db
from app.institutes import services as institutes
from app.learning.order import locked_parts, undone_before
from app.learning.places import modules_at
from app.learning.queries import section_reads
from app.learning.services import mark_read
from tests.conftest import START, Browser
from tests.taking import answer_all, finish_modules, read_all, start, start_final, start_set

SERVING = ("/modules/serving", "/modules/serving/asking", "/quizzes/serving")
LATER = (*SERVING, "/quizzes/final")
LOCKED = "This part opens a little later"

Join = Callable[..., int]


@pytest.fixture
def in_order(ada: Browser) -> Join:
    def join(mark: int | None = None, *, ordered: bool = True, name: str = "Linden") -> int:
        """Ada joins a cohort of a new institute."""
        institute = institutes.create_institute(name, now=START)
        cohort_id = enrolment.create_cohort(institute.id, "Autumn", now=START, in_order=ordered, pass_mark=mark)
        enrolment.join(cohort_id, ada.person_id, now=START)
        db.session.commit()
        return cohort_id

    return join


def read(course: Course, person: Browser, *module_ids: str) -> None:
    for module_id in module_ids:
        for section in course.module(module_id).sections:
            mark_read(course, person.person_id, module_id, section.id, now=START)
    db.session.commit()


def opened(person: Browser, paths: tuple[str, ...] = LATER) -> list[bool]:
    answers = [person.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return [LOCKED not in answer.text for answer in answers]


def test_what_comes_later_is_locked_and_says_what_is_missing(course: Course, ada: Browser, in_order: Join) -> None:
    in_order(90)
    read(course, ada, "welcome")
    mark_read(course, ada.person_id, "brewing", "water", now=START)
    page = ada.get("/modules/serving/asking").text

    assert (
        opened(ada, ("/modules/welcome", "/modules/brewing", "/modules/brewing/time", "/quizzes/brewing")) == [True] * 4
    )
    assert opened(ada) == [False] * 4
    assert "2 sections to read, quiz to pass at 90%" in page
    assert 'href="/modules/brewing"' in page
    assert "Asking" not in page[page.index("<main") : page.index("</main>")]


def test_nothing_can_be_sent_to_what_is_locked(course: Course, ada: Browser, in_order: Join) -> None:
    in_order()
    sent = ("/modules/serving/asking", "/quizzes/serving/start", "/quizzes/serving/before", "/quizzes/final/start")

    assert [ada.post(path).status_code for path in sent] == [409] * 4
    assert queries.summaries(ada.person_id, kinds=("module", "final", "before")) == ()
    assert section_reads(ada.person_id) == ()


def test_a_module_opens_the_next_when_it_is_read_and_its_quiz_passed(
    course: Course, ada: Browser, in_order: Join
) -> None:
    in_order()
    read(course, ada, "welcome", "brewing")
    assert opened(ada, SERVING) == [False] * 3

    answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START)

    assert opened(ada) == [True, True, True, False]
    assert ada.post("/quizzes/serving/start").status_code == 303
    assert ada.post("/modules/serving/asking").status_code == 303


def test_the_final_test_opens_when_every_module_is_done(course: Course, ada: Browser, in_order: Join) -> None:
    in_order()
    finish_modules(course, ada.person_id, START)

    assert opened(ada) == [True] * 4
    assert ada.post("/quizzes/final/start").status_code == 303


def test_the_order_goes_by_the_mark_of_the_group_that_asks_for_it(course: Course, ada: Browser, in_order: Join) -> None:
    in_order(50)
    in_order(100, ordered=False, name="Cedar")
    read(course, ada, "welcome", "brewing")
    attempt = answer_all(start(course, ada.person_id, "brewing", START), ada.person_id, START, wrongly=[1])
    percent = next(one.percent for one in queries.summaries(ada.person_id) if one.id == attempt.id)

    assert percent is not None and 50 <= percent < 100
    assert opened(ada, SERVING) == [True] * 3


def test_what_is_done_already_stays_open_to_read_again(course: Course, ada: Browser, in_order: Join) -> None:
    read(course, ada, "serving")
    answer_all(start(course, ada.person_id, "serving", START), ada.person_id, START)
    in_order()

    assert opened(ada) == [True, True, True, False]


def test_an_attempt_begun_before_goes_on(course: Course, ada: Browser, in_order: Join) -> None:
    attempt_id = start(course, ada.person_id, "serving", START)
    in_order()

    assert ada.get(f"/attempts/{attempt_id}/1").status_code == 200
    answer_all(attempt_id, ada.person_id, START)
    assert ada.get(f"/attempts/{attempt_id}/result").status_code == 200


def test_questions_before_reading_count_for_no_order(course: Course, ada: Browser, in_order: Join) -> None:
    answer_all(start_set(course, ada.person_id, "before", START), ada.person_id, START)
    in_order()

    assert opened(ada, SERVING) == [False] * 3


def test_nobody_else_is_affected(course: Course, ada: Browser, cy: Browser, in_order: Join) -> None:
    in_order()
    in_order(ordered=False, name="Cedar")

    assert opened(cy) == [True] * 4
    assert cy.post("/quizzes/serving/start").status_code == 303


def test_leaving_opens_everything(course: Course, ada: Browser, in_order: Join) -> None:
    (mine,) = members(in_order())
    assert opened(ada) == [False] * 4

    enrolment.leave(mine.membership_id, ada.person_id, now=START + timedelta(days=1))

    assert opened(ada) == [True] * 4


def test_library_glossary_and_sessions_stay_open(course: Course, ada: Browser, in_order: Join) -> None:
    in_order()
    free = (
        "/library",
        "/glossary",
        "/references",
        "/scenarios",
        "/scenarios/cold-hall",
        "/mend/mend-kit",
        "/aids/tea-sheet",
    )

    assert opened(ada, free) == [True] * 7
    assert ada.post("/mend/mend-kit").status_code == 303
    assert ada.post("/scenarios/cold-hall/start").status_code == 303


def test_the_course_page_says_what_opens_when_and_leads_to_what_is_open(
    course: Course, ada: Browser, in_order: Join
) -> None:
    read(course, ada, "serving")
    in_order()
    read(course, ada, "welcome")
    page = ada.get("/course").text

    assert page.count("opens after module 1") == 1
    assert page.count("opens after the modules") == 1
    assert page[page.index('class="resume"') :].index("/modules/brewing") < page[page.index('class="resume"') :].index(
        "</section>"
    )


def test_the_course_page_goes_by_the_strictest_mark_and_says_what_another_gives(
    course: Course, ada: Browser, in_order: Join
) -> None:
    in_order(50, ordered=False)
    read_all(course, ada.person_id, START)
    for quiz_id in course.quizzes:
        answer_all(start(course, ada.person_id, quiz_id, START), ada.person_id, START, wrongly=[1, 2])
    answer_all(start_final(course, ada.person_id, START), ada.person_id, START)
    page = ada.get("/course").text

    assert "quiz to pass at 80%" in page
    assert "By another one, everything is done." in page


def test_a_stricter_mark_than_the_courses_is_what_pages_ask_for(course: Course, ada: Browser, in_order: Join) -> None:
    in_order(100, ordered=False)
    pages = [ada.get(path).text for path in ("/quizzes/brewing", "/quizzes/final", "/course")]
    ada.post("/quizzes/brewing/start")

    assert ["100%" in page for page in pages] == [True] * 3
    assert db.session.scalars(select(Attempt.pass_mark)).all() == [100]


def test_pure_order(course: Course) -> None:
    nothing = modules_at(course, (), (), 80)

    assert locked_parts(nothing) == {"brewing", "serving", "final"}
    waited = [undone_before(nothing, part) for part in ("welcome", "serving", "final")]
    assert [[line.module.id for line in lines] for lines in waited] == [
        [],
        ["welcome", "brewing"],
        ["welcome", "brewing", "serving"],
    ]
