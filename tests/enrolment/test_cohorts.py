"""Setting cohorts up, copying them, putting them away."""

from datetime import date, timedelta

import pytest

from app.enrolment import queries
from app.enrolment.arranging import fresh_code
from app.enrolment.records import CohortRecord
from app.extensions import db
from tests.conftest import START, Browser
from tests.enrolment.conftest import As, acts
from tests.groups import Group, seated

FILLED: dict[str, object] = {
    "name": "Spring",
    "starts_on": "2027-04-01",
    "due_on": "2027-06-30",
    "in_order": "y",
    "pass_mark": "85",
}


def cohort(group: Group, cohort_id: int) -> CohortRecord:
    db.session.expire_all()
    return queries.cohort_seat(group.administrator.person_id, cohort_id).cohort


def newest(group: Group) -> CohortRecord:
    return max((one.cohort for one in queries.cohort_seats(group.administrator.person_id)), key=lambda one: one.id)


def test_an_administrator_sets_a_cohort_up(linden: Group, bo: Browser) -> None:
    form = {**FILLED, "supervisors": [str(linden.supervisor.person_id)]}
    answer = bo.post("/institutes/linden/cohorts/new", form)

    made = newest(linden)
    assert (answer.status_code, answer.location) == (303, f"/cohorts/{made.id}/people")
    assert (made.name, made.starts_on, made.due_on) == ("Spring", date(2027, 4, 1), date(2027, 6, 30))
    assert (made.in_order, made.pass_mark, made.join_open, made.created_at) == (True, 85, False, START)
    assert queries.supervisors(made.id) == (linden.supervisor.person_id,)
    assert acts() == [("create-cohort", f"cohort {made.id}", linden.administrator.person_id, None)]


def test_only_the_name_is_needed(linden: Group, bo: Browser) -> None:
    bo.post("/institutes/linden/cohorts/new", {"name": "Spring"})

    made = newest(linden)
    assert (made.name, made.starts_on, made.due_on, made.in_order, made.pass_mark) == (
        "Spring",
        None,
        None,
        False,
        None,
    )
    assert queries.supervisors(made.id) == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Give the group a name."),
        ({"name": "x" * 201}, "Use at most 200 characters."),
        ({"due_on": "2027-03-31"}, "The last day lies before the first."),
        ({"due_on": "tomorrow"}, "Give a day as year-month-day"),
        ({"due_on": "0001-01-01"}, "Give a day as year-month-day"),
        ({"pass_mark": "101"}, "Give a whole number from 1 to 100."),
        ({"pass_mark": "80,5"}, "Give a whole number from 1 to 100."),
    ],
)
def test_a_fault_is_said_and_nothing_is_lost(linden: Group, bo: Browser, typed: dict[str, str], said: str) -> None:
    before = newest(linden)
    answer = bo.post("/institutes/linden/cohorts/new", {**FILLED, **typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="2027-04-01"' in answer.text
    assert newest(linden) == before


def test_somebody_elses_staff_cannot_be_named(linden: Group, cedar: Group, bo: Browser) -> None:
    answer = bo.post(
        "/institutes/linden/cohorts/new", {"name": "Spring", "supervisors": [str(cedar.supervisor.person_id)]}
    )

    assert answer.status_code == 422
    assert newest(linden).id == linden.cohort_id


def test_settings_are_changed_and_the_record_says_which(linden: Group, bo: Browser) -> None:
    wilma = seated(linden.institute, "Wilma", "supervisor", START)
    form = {**FILLED, "name": "Linden Autumn", "supervisors": [str(wilma.person_id)]}
    answer = bo.post(f"/cohorts/{linden.cohort_id}/settings", form)

    changed = cohort(linden, linden.cohort_id)
    assert answer.status_code == 303
    assert (changed.due_on, changed.in_order, changed.pass_mark) == (date(2027, 6, 30), True, 85)
    assert queries.supervisors(linden.cohort_id) == (wilma.person_id,)
    assert acts() == [("change-cohort", f"cohort {linden.cohort_id}", bo.person_id, None)]


def test_the_form_shows_what_holds_and_saving_it_unchanged_is_no_act(linden: Group, bo: Browser) -> None:
    page = bo.get(f"/cohorts/{linden.cohort_id}/settings").text
    supervisor = str(linden.supervisor.person_id)

    assert 'value="Linden Autumn"' in page
    assert f'value="{supervisor}" checked' in page
    assert f'value="{bo.person_id}" checked' not in page

    bo.post(f"/cohorts/{linden.cohort_id}/settings", {"name": "Linden Autumn", "supervisors": [supervisor]})
    assert acts() == []


def test_a_copy_has_settings_and_supervisors_later_dates_and_nobody_in_it(linden: Group, bo: Browser) -> None:
    settings = {**FILLED, "supervisors": [str(linden.supervisor.person_id)]}
    bo.post(f"/cohorts/{linden.cohort_id}/settings", settings)
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")

    answer = bo.post(f"/cohorts/{linden.cohort_id}/copy", {"name": "Spring after", "days": "364"})

    made = newest(linden)
    assert answer.location == f"/cohorts/{made.id}/settings"
    assert (made.name, made.in_order, made.pass_mark) == ("Spring after", True, 85)
    assert made.starts_on == date(2027, 4, 1) + timedelta(days=364)
    assert made.due_on == date(2027, 6, 30) + timedelta(days=364)
    assert (made.join_code, made.join_open) == (None, False)
    assert queries.supervisors(made.id) == (linden.supervisor.person_id,)
    assert queries.members(made.id) == ()


def test_a_copy_of_a_cohort_without_dates_has_none(linden: Group, bo: Browser) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/copy", {"name": "Again", "days": "0"})

    assert (newest(linden).starts_on, newest(linden).due_on) == (None, None)


def test_a_cohort_is_put_away_and_brought_back(linden: Group, bo: Browser) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")

    bo.post(f"/cohorts/{linden.cohort_id}/put-away")
    away = cohort(linden, linden.cohort_id)
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    still = cohort(linden, linden.cohort_id)
    bo.post(f"/cohorts/{linden.cohort_id}/bring-back")
    back = cohort(linden, linden.cohort_id)

    assert (away.ended_at, away.join_open) == (START, False)
    assert still == away
    assert (back.ended_at, back.join_open) == (None, False)
    assert [one.person_id for one in queries.members(linden.cohort_id)] == [linden.trainee.person_id]


def test_codes_are_long_random_and_fit_into_an_address() -> None:
    codes = {fresh_code() for _ in range(50)}

    assert len(codes) == 50
    assert {len(code) for code in codes} == {24}
    assert all(code.replace("-", "").replace("_", "").isalnum() for code in codes)


PAGES = (
    ("GET", "/institutes/linden/cohorts/new"),
    ("POST", "/institutes/linden/cohorts/new"),
    ("GET", "/cohorts/{cohort}/settings"),
    ("POST", "/cohorts/{cohort}/settings"),
    ("GET", "/cohorts/{cohort}/copy"),
    ("POST", "/cohorts/{cohort}/copy"),
    ("POST", "/cohorts/{cohort}/put-away"),
    ("POST", "/cohorts/{cohort}/bring-back"),
    ("POST", "/cohorts/{cohort}/people/invite"),
    ("GET", "/cohorts/{cohort}/people/import"),
    ("POST", "/cohorts/{cohort}/people/import"),
    ("POST", "/cohorts/{cohort}/join-link/open"),
    ("POST", "/cohorts/{cohort}/join-link/close"),
    ("POST", "/cohorts/{cohort}/join-link/renew"),
    ("GET", "/cohorts/{cohort}/people/{member}"),
    ("POST", "/cohorts/{cohort}/people/{member}/extend"),
    ("POST", "/cohorts/{cohort}/people/{member}/move"),
    ("POST", "/cohorts/{cohort}/people/{member}/remove"),
    ("POST", "/cohorts/{cohort}/invitations/1/resend"),
    ("POST", "/cohorts/{cohort}/invitations/1/withdraw"),
)
"""What only an institute's administrators may."""


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_nobody_but_its_administrators_changes_an_institutes_cohorts(
    linden: Group, cedar: Group, browser: As, method: str, path: str
) -> None:
    address = path.format(cohort=linden.cohort_id, member=linden.membership_id)
    filled = {**FILLED, "email": "new@example.org", "days": "1", "cohort": "1", "pasted": "new@example.org"}
    outsiders = (cedar.administrator, cedar.supervisor, linden.supervisor)
    people = (*outsiders, linden.trainee, cedar.trainee)

    answers = [browser(one).get(address) if method == "GET" else browser(one).post(address, filled) for one in people]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 403, 403]
    assert acts() == []


def test_people_are_read_by_administrators_and_supervisors_of_the_cohort_alone(
    linden: Group, cedar: Group, browser: As
) -> None:
    other = seated(linden.institute, "Wilma", "supervisor", START)
    people = (linden.administrator, linden.supervisor, other, cedar.administrator, cedar.supervisor, linden.trainee)

    found = [browser(one).get(f"/cohorts/{linden.cohort_id}/people").status_code for one in people]

    assert found == [200, 200, 404, 404, 404, 403]
