from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content import Course, CourseFaults, load_course
from app.content.library import Review
from app.content.records import ContactHours, Harm, Objective
from tests.content.conftest import SAMPLE

NAMES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.*"))
MARKS = [
    "[",
    "]",
    "[@",
    "[[",
    "](",
    "{#",
    "}",
    ":::",
    "- ",
    "<",
    "&",
    "*",
    "_",
    "`",
    "'",
    '"',
    ": ",
    " #",
    "~",
    "no",
    "!!",
    "&a ",
    "*a",
    "---",
    "## ",
    "é",
    "\\",
]
PIECES = st.sampled_from([*MARKS, "|", "\n", "\n\n", "    ", "\t", "\x00", "\x02", "\x03", "\ue000", "\r"])
EDITS = st.tuples(st.floats(0, 1), st.one_of(PIECES, st.text(max_size=5)), st.integers(0, 40))
CONTENTS = st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(SAMPLE)


def test_course_yaml_is_read(course: Course) -> None:
    assert (course.title, course.edition, course.language) == ("Making Tea", "0.9", "en")
    assert (course.pass_mark, course.attempt_vignettes) == (80, 3)
    assert course.certificate.title == "Certificate of tea"


def test_modules_are_numbered_in_the_order_of_the_course(course: Course) -> None:
    assert [(module.number, module.id, module.quiz_id) for module in course.modules] == [
        (0, "welcome", None),
        (1, "brewing", "brewing"),
        (2, "serving", "serving"),
    ]


def test_review_stands_at_its_module(course: Course) -> None:
    assert [module.review for module in course.modules] == [None, Review("A. Taster", date(2026, 5, 4)), None]


def test_sections_are_numbered_and_have_minutes_and_uses(course: Course) -> None:
    water, time, points = course.module("brewing").sections

    assert [part.number for part in (water, time, points)] == [1, 2, 3]
    assert sum(part.minutes for part in (water, time, points)) == 12
    assert water.sources == ("leaf2019", "pot_2021", "tea-board")
    assert water.terms == ("steeping", "warming-the-pot")
    assert time.terms == ("tannin",)
    assert water.url == "/modules/brewing/water"


def test_words_leave_references_and_marks_out(course: Course) -> None:
    assert course.section("serving", "asking").words == 25
    assert course.section("brewing", "key-points").words == 17


def test_objective_names_its_sections(course: Course) -> None:
    found = Objective("brewing.2", "Decide how long to wait: long enough, not longer.", ("time", "key-points"))
    assert course.objective("brewing.2") == found


@pytest.mark.parametrize("id", ["brewing.9", "brewing", "", "none.1"])
def test_unknown_objective_is_a_key_error(course: Course, id: str) -> None:
    with pytest.raises(KeyError):
        course.objective(id)


def test_unknown_parts_are_key_errors(course: Course) -> None:
    for look_up in (lambda: course.module("x"), lambda: course.section("brewing", "x"), lambda: course.quiz("x")):
        with pytest.raises(KeyError):
            look_up()


def test_quiz_holds_its_vignettes(course: Course) -> None:
    quiz = course.quiz("serving")
    hana = quiz.vignette("serving-hana")

    assert (quiz.module_id, quiz.title, len(quiz.bank)) == ("serving", "Serving", 6)
    assert (hana.content_note, hana.neutral) == ("A burnt hand is mentioned.", "serving-gil")
    assert hana.objectives == {"serving.1", "serving.2"}
    assert [question.id for question in hana.questions] == ["serving-hana-ask", "serving-hana-hand"]


def test_misconception_may_bring_questions_for_a_group(root: Path) -> None:
    path = root / "course/misconceptions.yaml"
    words = path.read_text(encoding="utf-8")
    sections = "    sections: [brewing#time]\n"
    path.write_text(words.replace(sections, f"{sections}    discuss: [How long is yours?]\n"), encoding="utf-8")

    found = load_course(root).misconceptions

    assert found["longer-is-stronger"].discuss == ("How long is yours?",)
    assert found["boiling-for-all"].discuss == ()


def test_lists_are_read(course: Course) -> None:
    assert course.harms["scalding"] == Harm("scalding", "Handing over a cup that scalds.", ("serving", "handing-over"))
    assert course.misconceptions["longer-is-stronger"].sections == (("brewing", "time"),)
    assert course.claims["TEA-2"].taught == (("brewing", "time"), ("welcome", "course"))
    assert [id for id, claim in course.claims.items() if not claim.graded] == ["FAQ1-b"]
    assert course.glossary["steeping"].sections == (("brewing", "water"),)


def test_library_entry_takes_title_and_address_from_its_reference(course: Course) -> None:
    reading, elsewhere = course.library

    assert reading.entries[0].reference == course.references["leaf2019"]
    assert reading.entries[0].title == "Water temperature and bitterness"
    assert reading.entries[0].url == "https://doi.org/10.1234/jit.2019.12"
    assert reading.entries[0].adds_html == "What <em>temperature</em> does."
    assert elsewhere.entries[0].reference is None
    assert elsewhere.entries[0].checked == date(2026, 11, 23)


def test_contact_hours_count_one_attempt_at_every_quiz_and_one_form_of_the_final_test(course: Course) -> None:
    words = sum(section.words for module in course.modules for section in module.sections)
    assert course.contact_hours == ContactHours(words=words, questions=16, difficulty=2, minutes=48, hours="0.5")


def test_course_cannot_be_changed(course: Course) -> None:
    with pytest.raises(FrozenInstanceError):
        course.title = "Other"  # type: ignore[misc]


def test_digest_changes_with_any_byte_and_any_name(root: Path) -> None:
    first = load_course(root).digest
    path = root / "modules/welcome.md"
    path.write_text(path.read_text() + "\n")
    second = load_course(root).digest
    path.write_text(path.read_text().removesuffix("\n"))

    assert first != second
    assert load_course(root).digest == first == load_course(SAMPLE).digest


@pytest.mark.slow
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), edit=EDITS)
def test_any_edit_gives_a_course_or_faults(root: Path, name: str, edit: tuple[float, str, int]) -> None:
    """A careless edit never ends in another exception, and every fault has a line of its file."""
    path, (place, piece, cut) = root / name, edit
    before = path.read_text(encoding="utf-8")
    at = int(place * len(before))
    path.write_text(before[:at] + piece + before[at + cut :], encoding="utf-8", errors="surrogatepass")
    try:
        assert load_course(root).title
    except CourseFaults as error:
        for fault in error.faults:
            lines = (root / fault.path).read_bytes().count(b"\n")
            assert 1 <= fault.line <= lines + 1, fault
            assert fault.message and fault.mend
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.mark.slow
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(NAMES), content=CONTENTS)
def test_any_file_gives_a_course_or_faults(root: Path, name: str, content: bytes) -> None:
    path = root / name
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        load_course(root)
    except CourseFaults as error:
        assert error.faults
    finally:
        path.write_bytes(before)
