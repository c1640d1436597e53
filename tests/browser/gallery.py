"""Every page in every state, on the shipped course with people in it: what is checked for faults, and looked at."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Page

from app import clock, demo
from app.accounts import links, queries
from app.assessment import dispute_queries, disputes
from app.assessment import queries as attempts
from app.assessment import services as quizzes
from app.assessment.records import AttemptRecord, ItemRecord
from app.credentials import queries as certificates
from tests.browser import format_states, levels, mending, sessions
from tests.browser.hands import expect_answer
from tests.browser.instance import ROOT, SAMPLE_COURSE, Instance, running

Act = Callable[[Page], None]
QUIZ = "hotspots"


@dataclass(frozen=True)
class State:
    """A page as somebody (`who`, None: a stranger) has it after `act`. `path` may name an address in braces."""

    name: str
    path: str
    who: str | None = None
    act: Act | None = None
    status: int = 200
    on: str = "open"
    """Which of the gallery's instances shows it."""


def push(button: str) -> Act:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    return act


def fill_and_push(button: str, fields: Mapping[str, str]) -> Act:
    def act(page: Page) -> None:
        for label, text in fields.items():
            page.get_by_label(label, exact=True).fill(text)
        push(button)(page)

    return act


def answer(page: Page) -> None:
    """As it stands; what comes back takes the place of what is there."""
    with expect_answer(page):
        page.get_by_role("main").get_by_role("button", name="Answer", exact=True).click()


def answer_without_a_line(page: Page) -> None:
    """What test_answering.py sees come, without the browser's own complaint about it."""
    page.locator("label.option").nth(1).click()
    page.get_by_label("Fairly sure").check()
    page.locator("[data-told]").evaluate_all(
        "(all) => all.forEach((p) => { p.hidden = p.dataset.told !== 'unreached' })"
    )


def open_dispute(page: Page) -> None:
    page.get_by_text("Something wrong with this question?").click()


def send_empty_dispute(page: Page) -> None:
    open_dispute(page)
    page.locator(".dispute textarea").evaluate("(field) => { field.required = false; }")
    push("Send")(page)


def send_from_an_old_page(page: Page) -> None:
    page.context.clear_cookies()
    push("Sign in")(page)


def read_with_own_lines(page: Page) -> None:
    page.get_by_label("My line first").check(force=True)
    page.locator(".guess textarea").first.fill("Would you like to stay with that for a moment?")
    page.locator(".guess .look").first.click()


def fill_aid(page: Page) -> None:
    """A word on each line, a tick in each box."""
    for line in page.locator(".aid textarea").all():
        line.fill("Some words")
    for box in page.locator(".aid input").all():
        box.check()


STATES = (
    State("landing", "/"),
    State("register", "/register"),
    State("register-faults", "/register", status=422, act=fill_and_push("Register", {"E-mail address": "ada"})),
    State("register-by-invitation-only", "/register", on="invitation"),
    State("register-by-letter", "/register", on="letters"),
    State(
        "register-letter-sent",
        "/register",
        act=fill_and_push("Send me the letter", {"E-mail address": "new@example.org"}),
        on="letters",
    ),
    State("register-by-link", "/register/{invitation}"),
    State("register-by-link-faults", "/register/{invitation}", act=push("Register"), status=422),
    State("first-administrator", "/first-administrator/{first_administrator}", on="letters"),
    State("sign-in", "/login"),
    State("sign-in-faults", "/login", status=422, act=fill_and_push("Sign in", {"E-mail address": "x@y.org"})),
    State("reset", "/reset"),
    State("reset-letter-sent", "/reset", act=fill_and_push("Send me the letter", {"E-mail address": "x@y.org"})),
    State("reset-by-link", "/reset/{reset}"),
    State("dead-link", "/reset/nothing", status=404),
    State("confirm-email", "/email/{email}", who="dana"),
    State("library", "/library"),
    State("library-by-design", "/library?by=design&words=trauma"),
    State("library-empty", "/library?words=no+such+words"),
    State("aids", "/aids"),
    State("aid-checklist", "/aids/session-checklist"),
    State("aid-table", "/aids/needs-and-rescripts"),
    State("aid-filled", "/aids/my-first-case", act=fill_aid),
    State("transcript", "/transcripts/third-stair", who="ada"),
    State("transcript-own-line-first", "/transcripts/kitchen-light", who="ada", act=read_with_own_lines),
    State("references", "/references"),
    State("glossary", "/glossary"),
    State("error-no-such-page", "/nothing", status=404),
    State("error-form-refused", "/login", act=send_from_an_old_page, status=400),
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
    State("question-one", "{question-one}", who="fay"),
    State("question-several", "{question-several}", who="gil"),
    State("question-fault", "{question-several}", who="gil", act=answer, status=422),
    State("question-unsent", "{question-one}", who="fay", act=answer_without_a_line),
    State("question-content-note", "{question-noted}", who="hana"),
    State("answered-right", "{answered-right}", who="ivo"),
    State("answered-wrong", "{answered-wrong}", who="ivo"),
    State("answered-partly", "{answered-partly}", who="ivo"),
    State("dispute-form", "{answered-wrong}", who="ivo", act=open_dispute),
    State("dispute-faults", "{answered-wrong}", who="ivo", act=send_empty_dispute, status=422),
    State("disputed", "{disputed}", who="jo"),
    State("dispute-replied", "{dispute-replied}", who="jo"),
    State("course-with-reply", "/course", who="jo"),
    State("disputes", "/disputes", who="bea"),
    State("disputes-none", "/disputes", who="kim", on="invitation"),
    State("dispute-to-reply", "{dispute-to-reply}", who="bea"),
    State("dispute-to-reply-faults", "{dispute-to-reply}", who="bea", act=push("Send the reply"), status=422),
    State("dispute-settled", "{dispute-settled}", who="bea"),
    State("result-failed", "{result-failed}", who="ada"),
    State("result-passed", "{result-passed}", who="cy"),
    State("certificate-missing", "/certificate", who="ada"),
    State("certificate-confirm", "/certificate", who="eli"),
    State(
        "certificate-confirm-faults",
        "/certificate",
        who="eli",
        act=fill_and_push("Issue my certificate", {"Name as it should be printed": "李 小龍"}),
        status=422,
    ),
    State("certificate", "/certificate", who="cy"),
    State("certificate-check", "{check}"),
    State("account", "/account", who="bea"),
    State("account-name", "/account/name", who="dana"),
    State("account-email-faults", "/account/email", who="dana", act=push("Send the letter"), status=422),
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
        act=push("Keep this, and see the path"),
        status=422,
        on="invitation",
    ),
    State("session-content-note", "{session-content-note}", who="dana"),
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
        accounts = demo.fill(clock.now())
        people = {account.name.split()[0].lower(): queries.person_id_of(account.email) for account in accounts}
    gallery = Gallery(instances, {name: id for name, id in people.items() if id is not None})
    noted = [scenario.id for scenario in course.scenarios.values() if scenario.content_note]
    gallery.addresses["session-content-note"] = f"/scenarios/{noted[0]}"
    for name in ("Eli Brandt", "Fay Osei", "Gil Amado", "Hana Kovář", "Ivo Marin", "Jo Lund"):
        gallery.people[name.split()[0].lower()] = instance.join(name).person_id
    gallery.people["kim"] = instances["invitation"].join("Kim Adler", administrator=True).person_id
    levels.fill(instances["invitation"], gallery.people, gallery.addresses)
    sessions.fill(instances["invitation"], gallery.people, gallery.addresses)
    format_states.fill(instance, gallery.people, gallery.addresses)
    mending.fill(instance, gallery.people, gallery.addresses)
    _add_questions(gallery)
    _add_disputes(gallery)
    _add_ends(gallery)
    _add_links(gallery)
    return gallery


def _add_questions(gallery: Gallery) -> None:
    instance, people = gallery.instances["open"], gallery.people
    single = instance.begin_quiz(people["fay"], QUIZ, lambda attempt: _first(attempt, several=False, note=False))
    several = instance.begin_quiz(people["gil"], QUIZ, lambda attempt: _first(attempt, several=True, note=False))
    noted = instance.begin_quiz(people["hana"], QUIZ, lambda attempt: _first(attempt, several=None, note=True))
    for name, attempt in (("question-one", single), ("question-several", several), ("question-noted", noted)):
        gallery.addresses[name] = f"/attempts/{attempt.id}/1"
    _answer_in_every_way(gallery, instance, people["ivo"])


def _answer_in_every_way(gallery: Gallery, instance: Instance, person_id: UUID) -> None:
    attempt = instance.begin_quiz(
        person_id, QUIZ, lambda attempt: any(_half_right(quizzes.load(item)) for item in attempt.items)
    )
    with instance.committing():
        for item in attempt.items:
            pinned, right = quizzes.load(item), "answered-right" not in gallery.addresses
            name, form = f"answered-{'right' if right else 'wrong'}", demo.answer_to(pinned, right=right)
            if half := _half_right(pinned):
                name, form = "answered-partly", half
            quizzes.answer(attempt.id, person_id, item.position, form, now=clock.now())
            gallery.addresses.setdefault(name, f"/attempts/{attempt.id}/{item.position}")


def _half_right(pinned: Any) -> dict[str, list[str]] | None:
    """The best answer with one of its options put out for a wrong but harmless one; None where there is no such."""
    if pinned.type != "choice":
        return None
    ((name, best),) = demo.answer_to(pinned, right=True).items()
    harmless = [option.id for option in pinned.question.options if not (option.correct or option.harmful)]
    return {name: [*best[1:], harmless[0]]} if len(best) > 1 and harmless else None


def _has_several(item: ItemRecord) -> bool:
    (best,) = demo.answer_to(quizzes.load(item), right=True).values()
    return len(best) > 1


def _first(attempt: AttemptRecord, *, several: bool | None, note: bool) -> bool:
    item = attempt.items[0]
    pinned = quizzes.load(item)
    has_note = pinned.vignette.content_note is not None
    return pinned.type == "choice" and has_note == note and (several is None or _has_several(item) == several)


def _add_disputes(gallery: Gallery) -> None:
    instance, jo, now = gallery.instances["open"], gallery.people["jo"], clock.now()
    attempt = instance.begin_quiz(jo, QUIZ)
    texts = (
        "The first two say almost the same; I would have called both right.\n\nThe section on hotspots does, too.",
        "There is a word missing in the second line.",
    )
    with instance.committing():
        for item, text in zip(attempt.items, texts, strict=False):
            form = demo.answer_to(quizzes.load(item), right=False)
            quizzes.answer(attempt.id, jo, item.position, form, confidence="sure", now=now)
            disputes.dispute(attempt.id, jo, item.position, text, now=now)
        waiting, settled = (one.id for one in dispute_queries.waiting())
        disputes.reply(settled, gallery.people["bea"], "Thank you, it is there now.", now=now)
    gallery.addresses["disputed"] = f"/attempts/{attempt.id}/1"
    gallery.addresses["dispute-replied"] = f"/attempts/{attempt.id}/2"
    gallery.addresses["dispute-to-reply"] = f"/disputes/{waiting}"
    gallery.addresses["dispute-settled"] = f"/disputes/{settled}"


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
