"""Who may open what. Each route stands in one of these tables: a new one without an entry fails here."""

import re
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import access, create_app
from app.accounts import sign_ins
from app.accounts.models import SignIn
from app.content.records import Course
from app.credentials.models import Certificate
from app.enrolment import services as enrolment
from app.extensions import Base, db
from app.institutes import services as institutes
from tests.addresses import Address, addresses
from tests.conftest import START, Browser
from tests.leading import complete
from tests.taking import finish, start

PUBLIC = {
    "static",
    "site.home",
    "site.library",
    "site.download",
    "site.aids",
    "site.aid",
    "site.references",
    "site.glossary",
    "site.theme",
    "site.healthz",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.register",
    "accounts.register_by_link",
    "accounts.first_administrator",
    "accounts.reset",
    "accounts.reset_by_link",
    "accounts.confirm_email",
    "credentials.check",
    "credentials.check_json",
    "institutes.logo",
    "institutes.stylesheet",
    "joining.invitation",
    "joining.join",
}
OWN = {
    "supervision.end_viewing",
    "site.course",
    "site.course_print",
    "site.transcript",
    "site.video_file",
    "accounts.account",
    "accounts.change_name",
    "accounts.change_email",
    "accounts.change_password",
    "learning.module",
    "learning.section",
    "learning.go_on",
    "learning.quiz",
    "learning.final",
    "joining.groups",
    "audit.looks",
    "learning.begin_set",
    "learning.start",
    "learning.start_final",
    "standing.sheet",
    "standing.standing",
    "credentials.certificate",
    "credentials.confirm",
    "site.sessions",
    "mending.exercise",
    "mending.start",
    "scenarios.scenario",
    "scenarios.start",
}
"""For whoever is signed in: each sees their own."""
SOMEBODYS = {
    "accounts.end_sign_in",
    "assessment.go_on",
    "assessment.question",
    "assessment.answer",
    "assessment.rate",
    "assessment.swap",
    "assessment.result",
    "credentials.pdf",
    "disputes.dispute",
    "joining.leave",
    "joining.set_reminders",
    "scenarios.session",
    "scenarios.move",
    "scenarios.go_back",
    "scenarios.run",
    "scenarios.debrief",
    "scenarios.write_reaction",
    "scenarios.hand_in",
}
"""For whoever is signed in, and of those only for the one whose object the address names."""
ADMINISTRATOR = {
    "accounts.invitations",
    "accounts.withdraw_invitation",
    "hosting.institutes",
    "hosting.invite_administrator",
}
ANSWERING = {
    "disputes.all_disputes",
    "disputes.one",
    "disputes.reply",
}
"""For those who run the site and an institute's staff; which disputes come to them, the query decides."""
STAFF = {
    "cohorts.new",
    "cohorts.settings",
    "cohorts.copy",
    "cohorts.put_away",
    "cohorts.bring_back",
    "cohorts.people",
    "cohorts.invite",
    "cohorts.resend",
    "cohorts.withdraw",
    "cohorts.join_link",
    "cohorts.member",
    "cohorts.extend",
    "cohorts.move",
    "cohorts.remove",
    "cohorts.import_people",
    "supervision.cohort",
    "supervision.attention",
    "supervision.write",
    "supervision.send",
    "supervision.as_trainee",
    "trainees.trainee",
    "trainees.attempt",
    "institutes.settings",
    "institutes.look",
    "institutes.save_colour",
    "institutes.save_logo",
    "staff.people",
    "staff.invite",
    "staff.renew",
    "staff.withdraw",
    "staff.change_role",
    "staff.remove",
    "overview.groups",
    "overview.institute",
    "overview.report",
    "letters.index",
    "letters.letter",
    "letters.again",
    "letters.cancel",
    "letters.test",
    "audit.index",
    "audit.export",
    "teaching.agenda",
    "teaching.handout",
    "teaching.questions",
    "teaching.question",
    "teaching.institute_questions",
    "teaching.institute_question",
    "exports.cohort_table",
    "exports.institute_questions",
    "reports.year",
    "reports.year_export",
    "reports.dossier",
}
"""For an institute's staff, and of those only for whom the query finds a seat: tests/test_tenancy.py."""

RULES = {
    **dict.fromkeys(PUBLIC, access.public),
    **dict.fromkeys(OWN | SOMEBODYS, access.signed_in),
    **dict.fromkeys(ADMINISTRATOR, access.administrator),
    **dict.fromkeys(ANSWERING, access.answering),
    **dict.fromkeys(STAFF, access.staff),
}
CHANGING = re.compile(r'(name="csrf_token" value=")[^"]*')


def ask(browser: Browser, address: Address) -> TestResponse:
    return browser.get(address.path) if address.method == "GET" else browser.post(address.path)


def stored() -> dict[str, list[tuple[object, ...]]]:
    db.session.expire_all()
    return {
        table.name: sorted(tuple(map(repr, row)) for row in db.session.execute(select(table)))
        for table in Base.metadata.sorted_tables
    }


def test_every_route_has_the_rule_of_the_table(app: Flask) -> None:
    found = {rule.endpoint: access.rule_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}

    assert found == RULES


def test_the_tables_do_not_overlap() -> None:
    assert len(RULES) == sum(map(len, (PUBLIC, OWN, SOMEBODYS, ADMINISTRATOR, ANSWERING, STAFF)))


def test_an_address_that_names_somebodys_object_stands_in_the_table(app: Flask) -> None:
    """An argument that is neither content, nor a secret, nor for everybody, names somebody's object."""
    content = {
        "module_id",
        "section_id",
        "quiz_id",
        "exercise_id",
        "scenario_id",
        "aid_id",
        "transcript_id",
        "name",
        "kind",
        "format",
        "filename",
        "token",
    }
    naming = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments - content}

    assert naming - PUBLIC - ADMINISTRATOR - ANSWERING - STAFF == SOMEBODYS


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(app: Flask, stranger: Browser) -> None:
    for address in addresses(app):
        if RULES[address.endpoint] is not access.public:
            way_back = address.path if address.method == "GET" else "/"
            answer = ask(stranger, address)
            assert (answer.status_code, answer.location) == (302, f"/login?next={quote(way_back)}"), address


def test_the_way_back_keeps_the_query(app: Flask, stranger: Browser) -> None:
    assert stranger.get("/course?a=1&b=2").location == "/login?next=/course?a%3D1%26b%3D2"


def test_only_administrators_open_their_pages(app: Flask, ada: Browser, bea: Browser) -> None:
    for address in addresses(app):
        if address.endpoint in ADMINISTRATOR:
            assert ask(ada, address).status_code == 403, address
            assert ask(bea, address).status_code != 403, address


def test_an_administrator_opens_nobody_elses_objects(app: Flask, bea: Browser, adas: "Adas") -> None:
    for address in adas.addresses:
        assert ask(bea, address).status_code == 404, address


@dataclass(frozen=True)
class Adas:
    """Addresses of what is Ada's, and of the same things of nobody's."""

    addresses: list[Address]
    nobodys: list[Address]


@pytest.fixture
def adas(app: Flask, course: Course, ada: Browser) -> Adas:
    finish(course, ada.person_id, START)
    ada.post("/certificate", {"name": "Ada"})
    certificate_id = db.session.scalars(select(Certificate.id)).one()
    attempt_id = start(course, ada.person_id, "serving", START)
    sign_ins.start(ada.person_id, "", START)
    db.session.commit()
    other_browser = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    run_id = complete(course, ada.person_id, START)
    linden = institutes.create_institute("Linden", now=START)
    membership_id = enrolment.join(enrolment.create_cohort(linden.id, "Autumn", now=START), ada.person_id, now=START)
    given = {
        "attempt_id": attempt_id,
        "certificate_id": certificate_id,
        "membership_id": membership_id,
        "run_id": run_id,
        "sign_in_id": other_browser,
    }
    return Adas(
        [one for one in addresses(app, given) if one.endpoint in SOMEBODYS],
        [one for one in addresses(app) if one.endpoint in SOMEBODYS],
    )


def test_somebody_elses_object_looks_exactly_like_an_absent_one(adas: Adas, cy: Browser) -> None:
    before = stored()

    for theirs, nobodys in zip(adas.addresses, adas.nobodys, strict=True):
        refused, absent = ask(cy, theirs), ask(cy, nobodys)
        assert (theirs.endpoint, theirs.method) == (nobodys.endpoint, nobodys.method)
        assert refused.status_code == absent.status_code == 404, theirs
        assert told(refused, theirs) == told(absent, nobodys), theirs

    assert stored() == before


def told(answer: TestResponse, address: Address) -> tuple[str, list[tuple[str, str]]]:
    """Body and headers, but for the address that was asked for and the fresh secret against forged forms."""
    body = CHANGING.sub(r"\1", answer.text).replace(f'value="{address.path}"', 'value="HERE"')
    return body, [(name, value) for name, value in answer.headers if name not in {"Content-Length", "Set-Cookie"}]


def test_ada_opens_all_of_these(adas: Adas, ada: Browser) -> None:
    """Else the test above would prove nothing."""
    assert [ask(ada, address).status_code in {200, 302, 303, 422} for address in adas.addresses] == [True] * len(
        adas.addresses
    )


def test_a_route_without_a_rule_is_refused_to_everybody(
    app: Flask, ada: Browser, bea: Browser, stranger: Browser
) -> None:
    other = create_app(app.config["SETTINGS"])
    other.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    other.add_url_rule("/forgotten", "forgotten", lambda: "seen", methods=["GET", "POST"])
    cookies = [browser.client.get_cookie("session") for browser in (ada, bea)]
    visitors = [Browser(other) for _ in range(3)]
    for visitor, cookie in zip(visitors, cookies, strict=False):
        assert cookie is not None
        visitor.client.set_cookie("session", cookie.value)

    answers = [ask(visitor, Address("", method, "/forgotten")) for visitor in visitors for method in ("GET", "POST")]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert [answer for answer in answers if "seen" in answer.text] == []
    assert access.rule_of(other, "forgotten") is None


def test_a_page_whose_rule_lets_strangers_in_must_not_ask_who_is_there(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(LookupError):
        access.current_person()


def test_a_sign_in_that_was_ended_opens_nothing(app: Flask, ada: Browser) -> None:
    assert ada.get("/course").status_code == 200

    sign_ins.end_all(ada.person_id, START)

    assert ada.get("/course").status_code == 302


@pytest.mark.parametrize("secret", ["", "x", "0b6f0e5e-5f0a-4a57-9d1f-6d1b0d1e2f3a", "é" * 50, "\x00"])
def test_a_made_up_sign_in_opens_nothing(app: Flask, secret: str) -> None:
    browser = Browser(app)
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = secret

    assert browser.get("/course").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "course",
        "http://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\b",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "https:/course",
        "/\x00",
    ],
)
def test_a_way_back_that_leads_elsewhere_is_none(target: str | None) -> None:
    assert access.own_path(target) is None


@pytest.mark.parametrize("target", ["/", "/course", "/course?a=1&b=//x", "/modules/brewing/water#note-1", "/é"])
def test_a_way_back_on_this_site_is_kept(target: str) -> None:
    assert access.own_path(target) == target
