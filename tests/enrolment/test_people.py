"""Who is in a cohort, and what administrators change about it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import current_app

from app.accounts import services as accounts
from app.enrolment import moving, queries
from app.enrolment import services as enrolment
from app.enrolment.inviting import known
from app.enrolment.models import Membership
from app.enrolment.people_pages import page_of
from app.enrolment.rosters import Known
from app.errors import NotFound
from app.extensions import db
from app.institutes.models import Invitation
from tests.conftest import START, Browser, Clock
from tests.enrolment.conftest import As, acts, letters, link_in
from tests.groups import Group, add_trainee, seated
from tests.statements import statements


def people(group: Group) -> str:
    return f"/cohorts/{group.cohort_id}/people"


def of(group: Group) -> str:
    return f"{people(group)}/{group.membership_id}"


def second(group: Group, **settings: object) -> int:
    """Another cohort of the same institute, which Wilma supervises."""
    cohort_id = enrolment.create_cohort(group.institute.id, "Winter", now=START, **settings)  # type: ignore[arg-type]
    enrolment.name_supervisor(cohort_id, seated(group.institute, "Wilma", "supervisor", START).person_id)
    db.session.commit()
    return cohort_id


def memberships(group: Group) -> list[tuple[int, object, object]]:
    db.session.expire_all()
    rows = db.session.query(Membership).filter_by(person_id=group.trainee.person_id).order_by(Membership.id)
    return [(row.cohort_id, row.joined_at, row.left_at) for row in rows]


def test_the_list_says_who_since_when_until_when_and_whether_reminded(linden: Group, bo: Browser) -> None:
    page = bo.get(people(linden)).text

    for word in ("1 member", "Ada", "ada@example.org", "1 Mar 2027", "wanted", "Invite one person", "Link to join"):
        assert word in page, word


def test_supervisors_read_it_without_any_way_to_change(linden: Group, bo: Browser, browser: As) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "new@example.org"})
    bo.post(f"/cohorts/{linden.cohort_id}/join-link/open")
    page = browser(linden.supervisor).get(people(linden)).text

    assert "ada@example.org" in page and "new@example.org" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main
    assert "/join/" not in main
    assert f"{of(linden)}" not in main


def test_one_person_is_invited_by_a_letter_with_a_link_of_their_own(linden: Group, bo: Browser) -> None:
    answer = bo.post(f"{people(linden)}/invite", {"name": " Eve  Sund ", "email": "eve@example.org"})

    (letter,) = letters()
    assert answer.status_code == 303
    assert (letter.recipient, letter.institute_id, letter.expires_at) == (
        "eve@example.org",
        linden.institute.id,
        START + timedelta(days=60),
    )
    assert "Dear Eve Sund," in letter.body
    assert "Linden Autumn" in letter.body
    assert link_in(letter) in letter.body and link_in(letter) in letter.html
    assert link_in(letter) not in letter.copy and "[link]" in letter.copy
    assert acts() == [("invite", f"cohort {linden.cohort_id}", bo.person_id, None)]


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Give your e-mail address."),
        ("eve", "This is not an e-mail address"),
        ("ADA@example.org", "Somebody with this address is in the group already."),
        ("bea@example.org", "This is one of the institute’s staff"),
        ("asked@example.org", "This address has an invitation that is still open."),
    ],
)
def test_who_needs_no_invitation_gets_none(linden: Group, bo: Browser, email: str, said: str) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "asked@example.org"})

    answer = bo.post(f"{people(linden)}/invite", {"email": email, "name": "Eve"})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Eve"' in answer.text
    assert len(letters()) == 1


def test_while_no_mail_goes_out_the_link_is_shown_once(
    linden: Group, bo: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = replace(current_app.config["SETTINGS"], mail_server=None)
    monkeypatch.setitem(current_app.config, "SETTINGS", changed)

    answer = bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})

    (letter,) = letters()
    assert answer.status_code == 200
    assert f"http://course.test{link_in(letter)}" in answer.text
    assert link_in(letter) not in bo.get(people(linden)).text


def test_an_invitation_is_sent_again_but_not_at_once(
    linden: Group, bo: Browser, time: Clock, stranger: Browser
) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})
    invitation_id = db.session.query(Invitation.id).scalar()
    resend = f"/cohorts/{linden.cohort_id}/invitations/{invitation_id}/resend"

    bo.post(resend)
    assert len(letters()) == 1
    time.pass_time(minutes=10)
    bo.post(resend)

    first, again = letters()
    assert stranger.get(link_in(first)).status_code == 404
    assert stranger.get(link_in(again)).status_code == 200
    assert [act for act, *_ in acts()] == ["invite", "resend-invitation"]


def test_an_invitation_that_ran_out_can_be_sent_again(
    linden: Group, bo: Browser, browser: As, time: Clock, stranger: Browser
) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})
    invitation_id = db.session.query(Invitation.id).scalar()
    time.pass_time(days=61)
    bo = browser(linden.administrator)
    assert "eve@example.org" not in bo.get(people(linden)).text
    assert "eve@example.org" in bo.get(f"{people(linden)}?state=expired").text

    bo.post(f"/cohorts/{linden.cohort_id}/invitations/{invitation_id}/resend")

    assert stranger.get(link_in(letters()[-1])).status_code == 200


def test_nobody_is_invited_into_a_cohort_that_was_put_away(linden: Group, bo: Browser, time: Clock) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})
    invitation_id = db.session.query(Invitation.id).scalar()
    bo.post(f"/cohorts/{linden.cohort_id}/put-away")
    time.pass_time(minutes=20)
    page = bo.get(people(linden)).text

    refused = bo.post(f"{people(linden)}/invite", {"email": "gus@example.org"})
    again = bo.post(f"/cohorts/{linden.cohort_id}/invitations/{invitation_id}/resend")

    assert (refused.status_code, again.status_code, len(letters())) == (409, 303, 1)
    assert f"{people(linden)}/invite" not in page and "/join-link/" not in page


def test_an_invitation_is_withdrawn(linden: Group, bo: Browser, stranger: Browser) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})
    invitation_id = db.session.query(Invitation.id).scalar()

    bo.post(f"/cohorts/{linden.cohort_id}/invitations/{invitation_id}/withdraw")

    answer = stranger.get(link_in(letters()[0]))
    assert (answer.status_code, "This invitation was withdrawn" in answer.text) == (410, True)
    assert bo.post(f"/cohorts/{linden.cohort_id}/invitations/{invitation_id}/resend").status_code == 303
    assert len(letters()) == 1


def test_an_invitation_of_another_cohort_is_not_there(linden: Group, cedar: Group, bo: Browser, browser: As) -> None:
    browser(cedar.administrator).post(f"{people(cedar)}/invite", {"email": "eve@example.org"})
    invitation_id = db.session.query(Invitation.id).scalar()
    answers = [
        bo.post(f"/cohorts/{cohort_id}/invitations/{invitation_id}/{act}").status_code
        for cohort_id in (linden.cohort_id, cedar.cohort_id)
        for act in ("resend", "withdraw")
    ]

    assert answers == [404] * 4


def test_one_persons_last_day_is_extended_and_taken_back(linden: Group, bo: Browser) -> None:
    bo.post(f"{of(linden)}/extend", {"due_on": "2027-08-01"})
    (extended,) = queries.members(linden.cohort_id)
    bo.post(f"{of(linden)}/extend", {"due_on": ""})
    (back,) = queries.members(linden.cohort_id)

    assert (extended.due_on, extended.extended) == (date(2027, 8, 1), True)
    assert (back.due_on, back.extended) == (None, False)
    ada = linden.trainee.person_id
    assert acts() == [("extend", f"cohort {linden.cohort_id}", bo.person_id, ada)] * 2


def test_a_day_that_is_none_is_said(linden: Group, bo: Browser) -> None:
    answer = bo.post(f"{of(linden)}/extend", {"due_on": "soon"})

    assert answer.status_code == 422
    assert "Give a day as year-month-day" in answer.text


def test_somebody_is_moved_without_a_gap_and_told_who_sees_them_now(linden: Group, bo: Browser, time: Clock) -> None:
    winter = second(linden, due_on=date(2027, 12, 4))
    bo.post(f"{of(linden)}/extend", {"due_on": "2027-08-01"})
    moving.remind(linden.membership_id, linden.trainee.person_id, wanted=False)
    db.session.commit()
    moved_at = time.pass_time(days=3)

    bo.post(f"{of(linden)}/move", {"cohort": winter})

    assert memberships(linden) == [(linden.cohort_id, START, moved_at), (winter, moved_at, None)]
    (there,) = queries.members(winter)
    assert (there.due_on, there.extended, there.reminders) == (date(2027, 12, 4), False, False)
    (letter,) = letters("moved")
    assert letter.recipient == "ada@example.org"
    assert "from Linden Autumn into Winter" in letter.body
    assert "Wilma, Bo" in letter.body
    assert "Saturday, 4 December 2027" in letter.body
    assert acts()[-1] == ("move", f"cohort {linden.cohort_id}", bo.person_id, linden.trainee.person_id)


def test_nobody_is_moved_into_another_institute_or_one_put_away(linden: Group, cedar: Group, bo: Browser) -> None:
    winter = second(linden)
    bo.post(f"/cohorts/{winter}/put-away")

    answers = [bo.post(f"{of(linden)}/move", {"cohort": target}).status_code for target in (cedar.cohort_id, winter, 0)]

    assert answers == [422] * 3
    assert memberships(linden) == [(linden.cohort_id, START, None)]
    assert letters("moved") == []


def test_nobody_is_moved_to_where_they_are_already(linden: Group, bo: Browser) -> None:
    winter = second(linden)
    enrolment.join(winter, linden.trainee.person_id, now=START)

    answer = bo.post(f"{of(linden)}/move", {"cohort": winter})

    assert (answer.status_code, "They are in that group already" in answer.text) == (422, True)
    assert memberships(linden) == [(linden.cohort_id, START, None), (winter, START, None)]


def test_somebody_is_taken_out_and_told(linden: Group, bo: Browser, time: Clock) -> None:
    removed_at = time.pass_time(days=1)
    answer = bo.post(f"{of(linden)}/remove")

    assert answer.status_code == 303
    assert memberships(linden) == [(linden.cohort_id, START, removed_at)]
    (letter,) = letters("removed")
    assert (letter.recipient, "taken you out of Linden Autumn" in letter.body) == ("ada@example.org", True)
    assert acts() == [("remove", f"cohort {linden.cohort_id}", bo.person_id, linden.trainee.person_id)]
    assert bo.post(f"{of(linden)}/remove").status_code == 404


def test_a_membership_of_another_cohort_is_not_there(linden: Group, cedar: Group, bo: Browser) -> None:
    there = f"{people(linden)}/{cedar.membership_id}"
    answers = [bo.get(there), *(bo.post(f"{there}/{act}") for act in ("extend", "move", "remove"))]

    assert [answer.status_code for answer in answers] == [404] * 4
    with pytest.raises(NotFound):
        queries.cohort_seat(bo.person_id, cedar.cohort_id)


def test_the_list_finds_by_name_and_address_whatever_the_accents(linden: Group, bo: Browser) -> None:
    for name in ("Dana Novák", "Zoë Müller", *(f"Somebody {number}" for number in range(10))):
        email = f"{name.split()[0].encode('ascii', 'ignore').decode().lower()}{name.split()[1][:2]}@example.org"
        person = accounts.create_account(
            name=name, email=email.encode("ascii", "ignore").decode(), password="four brown boots walking", now=START
        )
        enrolment.join(linden.cohort_id, person, now=START)
    page = bo.get(f"{people(linden)}?q=NOVAK").text

    assert "Dana Novák" in page
    assert "Zoë Müller" not in page
    assert "13 members" in page and "1 found" in page
    assert "Nobody in the group has this" in bo.get(f"{people(linden)}?q=nobody-at-all").text


def test_a_hundred_stand_on_a_page() -> None:
    numbers = list(range(1, 251))

    pages = [page_of(numbers, asked) for asked in (1, 3, 99, 0, -5)]

    assert [(page.items[0], page.items[-1], page.number, page.pages, page.total) for page in pages] == [
        (1, 100, 1, 3, 250),
        (201, 250, 3, 3, 250),
        (201, 250, 3, 3, 250),
        (1, 100, 1, 3, 250),
        (1, 100, 1, 3, 250),
    ]
    assert page_of([], 4).pages == 1


def test_the_page_leads_on_to_the_rest(linden: Group, bo: Browser) -> None:
    for number in range(100):
        add_trainee(linden.cohort_id, f"Trainee {number:03}", START)
    first, last = bo.get(people(linden)).text, bo.get(f"{people(linden)}?page=2").text

    assert ("101 members" in first, "Trainee 098" in first, "Trainee 099" in first) == (True, True, False)
    assert ("Trainee 099" in last, "Trainee 098" in last) == (True, False)
    assert "people?page=2#members" in first


def test_the_page_costs_the_same_for_one_and_for_thirty(linden: Group, bo: Browser) -> None:
    def cost() -> int:
        with statements(db.engine) as said:
            assert bo.get(people(linden)).status_code == 200
        return len(said)

    bo.post(f"{people(linden)}/invite", {"email": "eve@example.org"})
    alone = cost()
    for number in range(30):
        add_trainee(linden.cohort_id, f"Trainee {number}", START)
        bo.post(f"{people(linden)}/invite", {"email": f"e{number}@example.org"})

    assert cost() == alone == 5


def test_who_joined_under_another_address_is_known_by_the_one_invited(
    linden: Group, cedar: Group, bo: Browser, browser: As
) -> None:
    bo.post(f"{people(linden)}/invite", {"email": "dan.at.work@example.org"})
    browser(cedar.trainee).post(link_in(letters()[0]), {"agree": "y"})

    found = known(linden.cohort_id, linden.institute.id, START)

    assert found == Known(
        joined=frozenset({"ada@example.org", "dan@example.org", "dan.at.work@example.org"}),
        invited=frozenset(),
        staff=frozenset({"bo@example.org", "bea@example.org"}),
    )
