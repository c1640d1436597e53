"""What the staff of a demo institute did: looked, wrote, noted, moved somebody, answered disputes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import islice
from uuid import UUID

from app.assessment import dispute_queries, disputes
from app.assessment import queries as attempts
from app.assessment.dispute_queries import Replier
from app.assessment.records import AttemptRecord, ItemRecord
from app.audit.services import record
from app.demo import habits
from app.demo.groups import Filled, Site, Trainee
from app.demo.habits import Habit
from app.demo.post import deliver
from app.enrolment import arranging, joining, letters, moving
from app.enrolment.queries import cohort_seat
from app.supervision import groups, services
from app.supervision import letters as messages
from app.supervision.groups import Group
from app.supervision.write_pages import recipients

DOUBTS = (
    "In my training we were told the opposite, at least for clients who dissociate. Is there newer work on this?",
    "Two of the answers seem equally good to me. The text of the section would allow both.",
    "I think the case leaves open how old the child in the image is. With a small child I would answer differently.",
    "The reason given cites a study with students. Does it carry over to patients?",
)
REPLIES = (
    "Thank you for reading so closely. The section names the conditions; your case meets the second. We talk about it "
    "on the day of the workshop.",
    "You are right that the wording is not sharp. We have told the authors; your answer stays as it was counted.",
)
STAYING = (habits.finishing, habits.brisk, habits.steady, habits.stuck, habits.overconfident)
"""Of these nobody leaves a group."""


def look_after(site: Site, filled: Sequence[Filled]) -> None:
    """All of it, in the order in which it happened."""
    for one in filled:
        _arrange(site, one, filled)
        _dispute(site, one)
        _look(site, one)
        _note(site, one)
        if one.plan.ended is not None:
            at = site.at(one.plan.ended, 12)
            arranging.put_away(one.host.seat.cohort.id, now=at)
            one.host.note("put-away-cohort", at)


def _arrange(site: Site, group: Filled, all_groups: Sequence[Filled]) -> None:
    """Somebody gets more time; in a large group, somebody leaves, is taken out, goes to another group."""
    host, seat, at = group.host, group.host.seat, site.at(-12, 15, 30)
    steady = _by_habit(group, habits.steady, at)
    quiet = _by_habit(group, habits.idle, at)
    if seat.cohort.due_on is not None and group.plan.ended is None:
        for one in islice(steady, 1):
            until = seat.cohort.due_on + timedelta(days=21)
            moving.extend(seat.cohort.id, one.membership_id, until)
            host.note("extend", at, person_id=one.person_id, until=until.isoformat())
    if len(group.trainees) < 5:
        return
    for one in islice(quiet, 1):
        joining.leave(one.membership_id, seat.cohort.id, seat.institute.id, one.person_id, at)
    if len(group.trainees) < 50:
        return
    for one in islice(quiet, 1):
        moving.remove(seat.cohort.id, one.membership_id, now=at)
        host.note("remove", at, person_id=one.person_id)
        letters.write_removed(seat, one.person_id, at)
    for one in islice(_by_habit(group, habits.reading, at), 1):
        there = cohort_seat(site.administrator, all_groups[0].host.seat.cohort.id)
        moving.move(seat.cohort.id, one.membership_id, there.cohort.id, now=at)
        host.note("move", at, person_id=one.person_id, into=there.cohort.id)
        letters.write_moved(seat, there, one.person_id, at)
    for one in islice(steady, 2):
        moving.remind(one.membership_id, one.person_id, wanted=False)
    deliver(at)


def _look(site: Site, group: Filled) -> None:
    """Supervisors open what their trainees did, and save the table of the group."""
    seat = group.host.seat
    for number, one in enumerate(group.trainees[:6]):
        viewer = site.supervisors[group.plan.supervisors[number % len(group.plan.supervisors)]]
        at = site.at(-1 - 2 * number, 9 + number, 12)
        summaries = attempts.summaries(one.person_id)
        for subject in ("trainee", *(f"attempt {done.id}" for done in summaries[:1])):
            record(
                "look",
                subject,
                actor_id=viewer,
                now=at,
                institute_id=seat.institute.id,
                person_id=one.person_id,
                cohort_id=seat.cohort.id,
            )
            at += timedelta(minutes=3)
    supervisor = site.supervisors[group.plan.supervisors[0]]
    record(
        "export",
        f"cohort {seat.cohort.id}",
        actor_id=supervisor,
        now=site.at(-2, 16, 45),
        institute_id=seat.institute.id,
        file=f"cohort-{site.day(-2):%Y-%m-%d}.xlsx",
        rows=len(group.trainees),
    )


def _note(site: Site, group: Filled) -> None:
    """The first in need was written to yesterday; the third rests until next week."""
    seat, at = group.host.seat, site.at(-1, 17, 10)
    if group.plan.ended is not None:
        return
    supervisor = site.supervisors[group.plan.supervisors[0]]
    standing = groups.read_group(site.course, seat, site.now)
    waiting = standing.waiting
    needing = list(dict.fromkeys(reason.person_id for reason in waiting))
    for person_id in needing[:1]:
        _write(site, standing, supervisor, person_id, at)
        keys = [reason.key for reason in waiting if reason.person_id == person_id]
        services.mark_contacted(seat.cohort.id, person_id, keys, by=supervisor, now=at)
    for person_id in needing[2:3]:
        keys = [reason.key for reason in waiting if reason.person_id == person_id]
        until = site.day(6)
        services.snooze(seat.cohort.id, person_id, keys, until, by=supervisor, now=at)


def _write(site: Site, group: Group, supervisor: UUID, person_id: UUID, at: datetime) -> None:
    account = site.plan.supervisors[site.supervisors.index(supervisor)]
    messages.write(
        group.seat,
        recipients(site.course, group, [person_id]),
        "Shall we talk before the workshop?",
        "I saw that one part of the course will not let you through. That happens to good therapists. "
        "Shall we look at it together this week?\n\nTell me when it suits you.",
        writer_id=supervisor,
        name=account.name,
        email=account.email,
        now=at,
    )
    deliver(at)


def _dispute(site: Site, group: Filled) -> None:
    """Some do not agree with a question that they got wrong."""
    disputed = 0
    for one in (trainee for trainee in group.trainees if trainee.kind.habit in STAYING):
        if disputed == min(len(DOUBTS), 1 + len(group.trainees) // 30):
            return
        for summary in attempts.summaries(one.person_id, kinds=("module",))[:1]:
            attempt = attempts.attempt(summary.id, one.person_id)
            for item in _doubtful(attempt)[:1]:
                at = min(one.story.now, site.now - timedelta(days=8))
                disputes.dispute(attempt.id, one.person_id, item.position, DOUBTS[disputed], now=at)
                if disputed < len(REPLIES):
                    _reply(site, REPLIES[disputed], at + timedelta(days=3))
                disputed += 1
                deliver(at)


def _doubtful(attempt: AttemptRecord) -> list[ItemRecord]:
    """Its graded questions, those first that earned least."""
    graded = [(item, item.response) for item in attempt.items if item.response and item.response.possible]
    return [item for item, given in sorted(graded, key=lambda pair: Fraction(pair[1].earned, pair[1].possible))]


def _reply(site: Site, words: str, at: datetime) -> None:
    """To whoever wrote last."""
    owner = Replier(site.supervisors[0], administrator=False)
    latest = max(dispute_queries.disputes(owner, 0, 100), key=lambda one: one.id)
    disputes.reply(latest.id, owner, words, now=at)


def _by_habit(group: Filled, habit: Habit, at: datetime) -> Iterator[Trainee]:
    """Those who had long come by then."""
    return (one for one in group.trainees if one.kind.habit is habit and one.joined_at < at - timedelta(days=1))
