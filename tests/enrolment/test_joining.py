"""Taking an invitation up, and joining by a link."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.queries import person_id_of
from app.enrolment import joining, queries
from app.enrolment import services as enrolment
from app.enrolment.models import Cohort, Membership
from app.extensions import db, limiter
from app.institutes import invitations
from app.institutes import queries as institutes
from app.institutes.invitations import DeadInvitation
from app.mail.models import Letter
from tests.conftest import START, Browser, Clock
from tests.enrolment.conftest import As, acts, letters, link_in
from tests.groups import Group, member

NEW: dict[str, object] = {"name": "Eve Sund", "password": "nine grey owls in rain", "agree": "y"}


def invited(group: Group, bo: Browser, email: str = "eve@example.org", name: str = "Eve S") -> str:
    """The path of a fresh invitation's link."""
    bo.post(f"/cohorts/{group.cohort_id}/people/invite", {"email": email, "name": name})
    return link_in(letters()[-1])


def seat_offered(group: Group, role: str, email: str = "eve@example.org") -> str:
    made = invitations.invite(group.institute.id, role=role, email=email, invited_by=None, now=START)  # type: ignore[arg-type]
    db.session.commit()
    return f"/invitations/{made.token}"


def trainees(group: Group) -> set[object]:
    db.session.expire_all()
    return {one.person_id for one in queries.members(group.cohort_id)}


def test_somebody_new_registers_and_joins_in_one(linden: Group, bo: Browser, stranger: Browser) -> None:
    link = invited(linden, bo)
    page = stranger.get(link).text
    answer = stranger.post(link, NEW)

    eve = person_id_of("eve@example.org")
    assert 'value="Eve S"' in page and "Linden Autumn" in page
    assert (answer.status_code, answer.location) == (303, "/course")
    assert trainees(linden) == {linden.trainee.person_id, eve}
    assert acts()[-1] == ("join", f"cohort {linden.cohort_id}", eve, eve)
    course = stranger.get("/course").text
    assert "You are now in Linden Autumn." in course


def test_registration_by_invitation_only_does_not_hinder(
    app: Flask, linden: Group, bo: Browser, stranger: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], registration="invitation"))

    stranger.post(invited(linden, bo), NEW)

    assert person_id_of("eve@example.org") in trainees(linden)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agree": ""}, "Tick that you agree."),
        ({"password": "short"}, "This password is too short."),
        ({"name": " "}, "Give your name"),
    ],
)
def test_nobody_joins_without_agreeing_or_with_faults(
    linden: Group, bo: Browser, stranger: Browser, typed: dict[str, str], said: str
) -> None:
    link = invited(linden, bo)
    form = {name: value for name, value in {**NEW, **typed}.items() if value}
    answer = stranger.post(link, form)

    assert (answer.status_code, said in answer.text) == (422, True)
    assert person_id_of("eve@example.org") is None
    assert stranger.get(link).status_code == 200


def test_nothing_is_ticked_beforehand(linden: Group, bo: Browser, stranger: Browser, browser: As) -> None:
    link = invited(linden, bo)
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    code = db.session.scalars(select(Cohort.join_code)).one()
    dan = browser(member("Dan", START))

    pages = [stranger.get(link).text, dan.get(link).text, dan.get(f"/join/{code}").text]

    assert ["checked" in page for page in pages] == [False] * 3
    assert ['name="agree"' in page for page in pages] == [True] * 3


def test_looking_does_not_use_it_up(linden: Group, bo: Browser, stranger: Browser) -> None:
    link = invited(linden, bo)
    for _ in range(3):
        assert stranger.get(link).status_code == 200

    assert stranger.post(link, NEW).status_code == 303


def test_somebody_with_an_account_signs_in_and_comes_back(
    linden: Group, cedar: Group, bo: Browser, stranger: Browser
) -> None:
    link = invited(linden, bo, "dan@example.org", "Dan")
    page = stranger.get(link).text
    sent = stranger.post(link, NEW)
    signed_in = stranger.post(
        f"/login?next={link}", {"email": "dan@example.org", "password": "four brown boots walking"}
    )
    joined = stranger.post(link, {"agree": "y"})

    assert f'href="/login?next={link}"' in page and 'name="password"' not in page
    assert (sent.status_code, person_id_of("dan@example.org")) == (200, cedar.trainee.person_id)
    assert (signed_in.location, joined.location) == (link, "/course")
    assert trainees(linden) == {linden.trainee.person_id, cedar.trainee.person_id}


def test_an_invitation_is_taken_up_under_another_address_if_the_person_says_so(
    linden: Group, cedar: Group, bo: Browser, browser: As
) -> None:
    link = invited(linden, bo, "dan.at.work@example.org")
    dan = browser(cedar.trainee)
    page = dan.get(link).text
    declined = dan.post(link)
    agreed = dan.post(link, {"agree": "y"})

    assert "You are signed in as Dan, dan@example.org. The invitation went to dan.at.work@example.org." in page
    assert (declined.status_code, agreed.status_code) == (422, 303)
    assert trainees(linden) == {linden.trainee.person_id, cedar.trainee.person_id}
    assert "Invitations" in bo.get(f"/cohorts/{linden.cohort_id}/people?state=accepted").text


def test_who_signed_in_with_the_invited_address_is_not_asked_about_another(
    linden: Group, cedar: Group, bo: Browser, browser: As
) -> None:
    page = browser(cedar.trainee).get(invited(linden, bo, "Dan@example.org")).text

    assert "You are signed in as Dan, dan@example.org.</p>" in page
    assert "The invitation went to" not in page


def test_an_invitation_works_once(linden: Group, cedar: Group, bo: Browser, stranger: Browser, browser: As) -> None:
    link = invited(linden, bo)
    stranger.post(link, NEW)

    again = browser(cedar.trainee).post(link, {"agree": "y"})

    assert (again.status_code, "This invitation has been taken up" in again.text) == (410, True)
    assert cedar.trainee.person_id not in trainees(linden)


def test_of_two_at_the_same_moment_one_joins(linden: Group, cedar: Group, bo: Browser) -> None:
    token = invited(linden, bo).rpartition("/")[2]
    joining.accept(token, cedar.trainee.person_id, START)

    with pytest.raises(DeadInvitation) as fault:
        joining.accept(token, cedar.supervisor.person_id, START)

    assert fault.value.state == "accepted"
    assert cedar.supervisor.person_id not in trainees(linden)


def test_joining_twice_makes_one_membership(linden: Group, cedar: Group) -> None:
    first, again = (
        enrolment.join(linden.cohort_id, cedar.trainee.person_id, now=START + timedelta(days=day)) for day in (0, 1)
    )

    assert first == again
    here = select(Membership).where(
        Membership.person_id == cedar.trainee.person_id, Membership.cohort_id == linden.cohort_id
    )
    assert [one.joined_at for one in db.session.scalars(here)] == [START]


def test_of_two_tabs_that_join_at_once_the_second_finds_the_first(
    linden: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has looked before the first was there: the database keeps it from making another."""
    monkeypatch.setattr(db.session, "scalar", lambda *_: None)

    second = enrolment.join(linden.cohort_id, linden.trainee.person_id, now=START + timedelta(seconds=1))

    assert second == linden.membership_id
    assert [one.joined_at for one in queries.members(linden.cohort_id)] == [START]


def test_a_dead_link_says_so_and_no_more(linden: Group, bo: Browser, stranger: Browser, time: Clock) -> None:
    unknown = stranger.get("/invitations/no-such-token")
    link = invited(linden, bo)
    bo.post(f"/cohorts/{linden.cohort_id}/put-away")
    ended = stranger.get(link)
    bo.post(f"/cohorts/{linden.cohort_id}/bring-back")
    time.pass_time(days=60)
    expired = stranger.get(link)
    refused = stranger.post(link, NEW)

    assert (unknown.status_code, "This invitation does not work" in unknown.text) == (404, True)
    assert (ended.status_code, "This group is over" in ended.text) == (410, True)
    assert (expired.status_code, "This invitation has run out" in expired.text) == (410, True)
    assert refused.status_code == 410
    assert ["Linden" in page.text for page in (unknown, ended, expired)] == [False] * 3


@pytest.mark.parametrize("role", ["administrator", "supervisor"])
def test_an_invitation_to_the_staff_says_what_the_role_may_and_gives_the_seat(
    linden: Group, cedar: Group, browser: As, role: str
) -> None:
    link = seat_offered(linden, role)
    dan = browser(cedar.trainee)
    page = dan.get(link).text
    answer = dan.post(link)

    said = {"administrator": "You are asked to be an administrator", "supervisor": "You are asked to supervise"}
    assert said[role] in page and 'name="agree"' not in page
    assert (answer.status_code, answer.location) == (303, "/groups")
    assert {one.person_id: one.role for one in institutes.staff(linden.institute.id)}[dan.person_id] == role
    assert acts()[-1] == ("take-seat", f"institute {linden.institute.id}", dan.person_id, dan.person_id)


def test_somebody_new_registers_and_takes_a_seat(linden: Group, stranger: Browser) -> None:
    answer = stranger.post(seat_offered(linden, "supervisor"), {name: NEW[name] for name in ("name", "password")})

    eve = person_id_of("eve@example.org")
    assert answer.status_code == 303
    assert {one.person_id: one.role for one in institutes.staff(linden.institute.id)}[eve] == "supervisor"  # type: ignore[index]
    assert eve not in trainees(linden)


def test_an_administrator_does_not_become_less_by_an_invitation(linden: Group, bo: Browser) -> None:
    bo.post(seat_offered(linden, "supervisor", "bo@example.org"))

    roles = {one.person_id: one.role for one in institutes.staff(linden.institute.id)}
    assert roles[bo.person_id] == "administrator"


def test_a_link_to_join_shows_the_group_and_names_nobody_to_strangers(
    linden: Group, bo: Browser, stranger: Browser, browser: As
) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    code = db.session.scalars(select(Cohort.join_code)).one()
    assert f"http://course.test/join/{code}" in bo.get(f"/cohorts/{linden.cohort_id}/people").text

    seen = stranger.get(f"/join/{code}").text
    known = browser(member("Dan", START)).get(f"/join/{code}").text

    for word in ("Linden", "Linden Autumn", "your name and your e-mail address", f"/login?next=/join/{code}"):
        assert word in seen, word
    assert ["Bea" in page for page in (seen, known)] == [False, True]
    assert ["ada@example.org" in page for page in (seen, known)] == [False, False]


def test_whoever_is_signed_in_joins_by_the_link_and_nobody_else(
    linden: Group, bo: Browser, stranger: Browser, browser: As
) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    path = f"/join/{db.session.scalars(select(Cohort.join_code)).one()}"
    dan = browser(member("Dan", START))

    sent = stranger.post(path, {"agree": "y"})
    answers = [dan.post(path), dan.post(path, {"agree": "y"}), dan.post(path, {"agree": "y"})]

    assert (sent.status_code, sent.location) == (303, f"/login?next={path}")
    assert [answer.status_code for answer in answers] == [422, 303, 303]
    assert trainees(linden) == {linden.trainee.person_id, dan.person_id}
    assert [act for act, *_ in acts()] == ["open-join-link", "join"]
    assert "You are in this group already." in dan.get(path).text


def test_a_closed_link_looks_like_one_that_never_was(linden: Group, bo: Browser, stranger: Browser) -> None:
    turn = f"/cohorts/{linden.cohort_id}/join-link/"
    bo.post(f"{turn}open")
    first = db.session.scalars(select(Cohort.join_code)).one()
    bo.post(f"{turn}close")
    closed = stranger.get(f"/join/{first}")
    bo.post(f"{turn}open")
    reopened = stranger.get(f"/join/{first}")
    bo.post(f"{turn}renew")
    renewed = stranger.get(f"/join/{first}")
    never = stranger.get("/join/never-was-such-a-code-1")

    assert [one.status_code for one in (closed, reopened, renewed, never)] == [404, 200, 404, 404]
    assert first is not None
    assert closed.text.replace(first, "x") == never.text.replace("never-was-such-a-code-1", "x")
    assert "Linden" not in closed.text


def test_who_registers_by_letter_comes_back_to_the_link(linden: Group, bo: Browser, stranger: Browser) -> None:
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    path = f"/join/{db.session.scalars(select(Cohort.join_code)).one()}"

    stranger.post(f"/register?next={path}", {"email": "eve@example.org"})
    stranger.post("/register?next=/join/buy-tea-at-tea.example/now", {"email": "fay@example.org"})
    stranger.post(f"/register?next={path}", {"email": "ada@example.org"})
    bodies = {one.recipient: one.body for one in db.session.scalars(select(Letter))}
    link = next(word for word in bodies["eve@example.org"].split() if "/register/" in word)
    answer = stranger.post(link.removeprefix("http://course.test"), {name: NEW[name] for name in ("name", "password")})

    assert link.endswith(f"?next={path}")
    assert answer.location == path
    assert "next=" not in bodies["fay@example.org"]
    assert f"http://course.test/login?next={path}" in bodies["ada@example.org"]


@pytest.mark.parametrize("path", ["/join/no-such-code", "/invitations/no-such-token"])
def test_guessing_links_is_slowed_down(stranger: Browser, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(limiter, "enabled", True)
    limiter.reset()

    codes = [stranger.post(path).status_code for _ in range(61)]
    limiter.reset()

    assert codes == [404] * 60 + [429]
