"""Every page in every state, on the shipped course with people in it: what is checked for faults, and looked at."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app import clock, demo
from app.accounts import links, queries
from app.assessment import queries as attempts
from app.credentials import queries as certificates
from tests.browser import acts, format_states, group_states, levels, mending, question_states, sessions
from tests.browser.acts import State
from tests.browser.instance import ROOT, SAMPLE_COURSE, Instance, running

STATES = (
    State("landing", "/"),
    State("register", "/register"),
    State("register-faults", "/register", status=422, act=acts.fill_and_push("Register", {"E-mail address": "ada"})),
    State("register-by-invitation-only", "/register", on="invitation"),
    State("register-by-letter", "/register", on="letters"),
    State(
        "register-letter-sent",
        "/register",
        act=acts.fill_and_push("Send me the letter", {"E-mail address": "new@example.org"}),
        on="letters",
    ),
    State("register-by-link", "/register/{invitation}"),
    State("register-by-link-faults", "/register/{invitation}", act=acts.push("Register"), status=422),
    State("first-administrator", "/first-administrator/{first_administrator}", on="letters"),
    State("sign-in", "/login"),
    State("sign-in-faults", "/login", status=422, act=acts.fill_and_push("Sign in", {"E-mail address": "x@y.org"})),
    State("reset", "/reset"),
    State("reset-letter-sent", "/reset", act=acts.fill_and_push("Send me the letter", {"E-mail address": "x@y.org"})),
    State("reset-by-link", "/reset/{reset}"),
    State("dead-link", "/reset/nothing", status=404),
    State("confirm-email", "/email/{email}", who="dana"),
    State("library", "/library"),
    State("library-by-design", "/library?by=design&words=trauma"),
    State("library-empty", "/library?words=no+such+words"),
    State("aids", "/aids"),
    State("aid-checklist", "/aids/session-checklist"),
    State("aid-table", "/aids/needs-and-rescripts"),
    State("aid-filled", "/aids/my-first-case", act=acts.fill_aid),
    State("transcript", "/transcripts/third-stair", who="ada"),
    State("transcript-own-line-first", "/transcripts/kitchen-light", who="ada", act=acts.read_with_own_lines),
    State("references", "/references"),
    State("glossary", "/glossary"),
    State("error-no-such-page", "/nothing", status=404),
    State("error-form-refused", "/login", act=acts.send_from_an_old_page, status=400),
    State("error-not-open", "/admin/invitations", who="dana", status=403),
    State("course-at-the-start", "/course", who="dana"),
    State("course-half-way", "/course", who="ada"),
    State("course-finished", "/course", who="cy"),
    State("course-print", "/course/print", who="ada"),
    State("module", "/modules/hotspots", who="ada"),
    State("module-unread", "/modules/before-you-begin", who="dana"),
    State("section-figure", "/modules/hotspots/enough-feeling", who="ada"),
    State("section-safety", "/modules/before-you-begin/when-to-wait", who="ada"),
    State("section-evidence", "/modules/indications/reading-the-evidence", who="ada"),
    State("section-first-unread", "/modules/before-you-begin/course", who="dana"),
    State("section-key-points", "/modules/hotspots/key-points", who="ada"),
    State("quiz-first-time", "/quizzes/hotspots", who="dana"),
    State("quiz-with-attempts", "/quizzes/mechanisms", who="ada"),
    *question_states.STATES,
    State("disputes-none", "/disputes", who="kim", on="invitation"),
    State("result-failed", "{result-failed}", who="ada"),
    State("result-passed", "{result-passed}", who="cy"),
    State("certificate-missing", "/certificate", who="ada"),
    State("certificate-confirm", "/certificate", who="eli"),
    State(
        "certificate-confirm-faults",
        "/certificate",
        who="eli",
        act=acts.fill_and_push("Issue my certificate", {"Name as it should be printed": "李 小龍"}),
        status=422,
    ),
    State("certificate", "/certificate", who="cy"),
    State("certificate-check", "{check}"),
    State("account", "/account", who="bea"),
    State("account-name", "/account/name", who="dana"),
    State("account-email-faults", "/account/email", who="dana", act=acts.push("Send the letter"), status=422),
    State("account-password", "/account/password", who="dana"),
    State("invitations", "/admin/invitations", who="bea"),
    State("standing", "/course/standing", who="ada"),
    State("standing-empty", "/course/standing", who="dana"),
    State("supervision-sheet", "/course/supervision", who="ada"),
    *(State(name, path, who=who) for name, path, who in (*format_states.PAGES, *mending.PAGES)),
    *(State(name, path, who=who, on="invitation") for name, path, who in (*levels.PAGES, *sessions.PAGES)),
    State("session-judged", "{session-begun}/0", who="quin", act=sessions.judge, on="invitation"),
    State(
        "session-fault", "{session-begun}/0", who="quin", act=sessions.send_without_a_move, status=422, on="invitation"
    ),
    State(
        "session-debrief-faults",
        "{session-ended}/debrief",
        who="rosa",
        act=acts.push("Keep this, and see the path"),
        status=422,
        on="invitation",
    ),
    State("session-content-note", "{session-content-note}", who="dana"),
    *group_states.STATES,
)


@dataclass
class Gallery:
    instances: Mapping[str, Instance]
    people: dict[str, UUID]
    addresses: dict[str, str] = field(default_factory=dict)

    def address(self, state: State) -> str:
        return self.instances[state.on].url + state.path.format(**self.addresses)


@contextmanager
def opened(folder: Path) -> Iterator[Gallery]:
    """The three instances, filled and running: registration open, by invitation, and by letter."""
    with ExitStack() as stack:
        instances = {
            "open": stack.enter_context(running(folder / "open", ROOT)),
            "invitation": stack.enter_context(
                running(folder / "invitation", SAMPLE_COURSE, IMRS_REGISTRATION="invitation", IMRS_WORKERS="1")
            ),
            "letters": stack.enter_context(
                running(
                    folder / "letters",
                    SAMPLE_COURSE,
                    IMRS_MAIL_SERVER="127.0.0.1",
                    IMRS_MAIL_PORT="9",
                    IMRS_MAIL_SECURITY="none",
                    IMRS_MAIL_FROM="course@example.org",
                    IMRS_WORKERS="1",
                )
            ),
        }
        yield _filled(instances)


def _filled(instances: Mapping[str, Instance]) -> Gallery:
    instance = instances["open"]
    with instance.committing() as course:
        accounts = demo.fill(clock.now(), scale="small")
        people = {account.name.split()[0].lower(): queries.person_id_of(account.email) for account in accounts}
    gallery = Gallery(instances, {name: id for name, id in people.items() if id is not None})
    noted = [scenario.id for scenario in course.scenarios.values() if scenario.content_note]
    gallery.addresses["session-content-note"] = f"/scenarios/{noted[0]}"
    gallery.people["eli"] = instance.join("Eli Brandt").person_id
    gallery.people["kim"] = instances["invitation"].join("Kim Adler", administrator=True).person_id
    levels.fill(instances["invitation"], gallery.people, gallery.addresses)
    sessions.fill(instances["invitation"], gallery.people, gallery.addresses)
    format_states.fill(instance, gallery.people, gallery.addresses)
    mending.fill(instance, gallery.people, gallery.addresses)
    question_states.fill(instance, gallery.people, gallery.addresses)
    group_states.fill(instance, gallery.people, gallery.addresses)
    _add_ends(gallery)
    _add_links(gallery)
    return gallery


def _add_ends(gallery: Gallery) -> None:
    instance, people = gallery.instances["open"], gallery.people
    with instance.committing() as course:
        story = demo.Story(course, people["eli"], "Eli Brandt", clock.now() - timedelta(days=1))
        for module in course.modules:
            story.read(module)
            story.take_quiz(module)
        story.take_final()
        failed = next(one for one in attempts.summaries(people["ada"]) if one.closed_at and not one.passed)
        passed = next(one for one in attempts.summaries(people["cy"]) if one.passed)
        certificate = certificates.certificates_of(people["cy"])[0]
    gallery.addresses["result-failed"] = f"/attempts/{failed.id}/result"
    gallery.addresses["result-passed"] = f"/attempts/{passed.id}/result"
    gallery.addresses["check"] = f"/certificates/{certificate.id}"


def _add_links(gallery: Gallery) -> None:
    now, lasts = clock.now(), timedelta(hours=1)
    with gallery.instances["open"].committing():
        dana = gallery.people["dana"]
        gallery.addresses["invitation"] = links.issue("invitation", lasts, now, email="new@example.org")
        gallery.addresses["reset"] = links.issue("reset", lasts, now, person_id=dana)
        gallery.addresses["email"] = links.issue(
            "change_email", lasts, now, person_id=dana, email="dana.novak@example.org"
        )
    with gallery.instances["letters"].committing():
        gallery.addresses["first_administrator"] = links.issue("first_administrator", lasts, now)
