"""One group of the demo: who comes into it, and what each of them did until the present."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app.accounts import queries as people
from app.content.records import Course
from app.credentials import services as certificates
from app.demo.habits import FEW, KINDS, Kind, begin, brisk, finishing, never
from app.demo.joining import Host, Newcomer, invite, join, misspell
from app.demo.minds import Mind, common_beliefs
from app.demo.plans import CohortPlan, InstitutePlan, Scale
from app.demo.story import Story, TimeIsUp
from app.demo.tales import REVIEW
from app.enrolment import arranging, joining
from app.enrolment.queries import cohort_seat
from app.enrolment.terms import strictest, terms_for
from app.errors import Conflict
from app.extensions import db
from app.institutes.records import InstituteRecord

HELD = (0.5, 0.4, 0.3)
"""How many hold each of an institute's three most common misconceptions."""
HELD_ELSE = 0.06
INVITED, LATE, CERTIFIED = 0.85, 0.06, 0.9
"""How many come by invitation; begin late; take the certificate once they have earned it."""
LATE_BEGIN = 9
"""So many days ago."""
PUT_OFF = 2.2
"""Nobody lets more than this part of the time go by before they begin."""
EVERY = 25
"""People between two lines that say how it goes on."""
ADA = "ada@example.org"


@dataclass(frozen=True, slots=True)
class Site:
    """An institute under way."""

    plan: InstitutePlan
    institute: InstituteRecord
    course: Course
    now: datetime
    administrator: UUID
    supervisors: Sequence[UUID]
    newcomers: Iterator[tuple[str, str]]
    """Names and addresses, one after the other."""

    def day(self, days: int) -> date:
        """So many days from the present, by the institute's clock."""
        return (self.now.astimezone(self.institute.zone) + timedelta(days=days)).date()

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """An hour of that day."""
        return datetime.combine(self.day(days), time(hour, minute), self.institute.zone)


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody in a group, with the way they have gone."""

    kind: Kind
    person_id: UUID
    membership_id: int
    joined_at: datetime
    story: Story


@dataclass(frozen=True, slots=True)
class Filled:
    """A group with its people."""

    plan: CohortPlan
    host: Host
    trainees: Sequence[Trainee]


def fill_group(site: Site, plan: CohortPlan, scale: Scale, say: Callable[[str], None]) -> Filled:
    """The group, with everybody who came into it."""
    host = Host(cohort_seat(site.administrator, _create(site, plan)), site.administrator)
    size = plan.size[scale]
    if plan.with_ada:
        ada = people.person_id_of(ADA)
        if ada is not None:
            joining.join(host.seat.cohort.id, site.institute.id, ada, site.now - timedelta(days=20))
            size -= 1
    say(f"  {site.plan.name}, {plan.name}: {plan.size[scale]} people")
    newcomers = _newcomers(site, plan, host, size)
    trainees = []
    for number, (newcomer, kind) in enumerate(zip(newcomers, _kinds(plan, size), strict=True), 1):
        trainees.append(_live(site, plan, host, newcomer, kind))
        db.session.expunge_all()
        if number % EVERY == 0 and number < size:
            say(f"    {number} of {size}")
    return Filled(plan, host, trainees)


def _create(site: Site, plan: CohortPlan) -> int:
    settings = arranging.CohortSettings(
        name=plan.name,
        starts_on=site.day(plan.starts),
        due_on=site.day(plan.due),
        in_order=plan.in_order,
        pass_mark=plan.pass_mark,
        supervisors=frozenset(site.supervisors[number] for number in plan.supervisors),
    )
    cohort_id = arranging.create(site.institute.id, settings, now=site.at(plan.starts - 7, 9))
    if plan.link:
        arranging.open_link(cohort_id)
    return cohort_id


def _newcomers(site: Site, plan: CohortPlan, host: Host, size: int) -> list[Newcomer]:
    """Those who come, most of them invited; and beside them invitations that nobody took up."""
    chance = random.Random(f"newcomers {plan.name}")
    listed = [next(site.newcomers) for _ in range(size)]
    late = {one for one in listed if size > len(FEW) and chance.random() < LATE and plan.ended is None}
    asked = [one for one in listed if one not in late and (chance.random() < INVITED or not plan.link)]
    absent = [next(site.newcomers) for _ in range(plan.open)]
    came = list(invite(host, [*asked, *absent[1:]], site.at(plan.starts - 3, 10, 20)))
    for one in sorted(late):
        came += invite(host, [one], site.at(-LATE_BEGIN - 2, 14, 5))
    if absent:
        misspell(host, *absent[0], site.at(-6, 11, 40))
    invited = {one.email: one for one in came}
    return [replace(invited.get(one[1], Newcomer(*one)), late=one in late) for one in listed]


def _kinds(plan: CohortPlan, size: int) -> list[Kind]:
    """Whom a group consists of: every habit by its weight; in a small one, one of each; a group that is done has
    finished, but for one."""
    chance = random.Random(plan.name)
    by_habit = {kind.habit: kind for kind in KINDS}
    if plan.ended is not None:
        return [by_habit[never], *(by_habit[chance.choice((brisk, finishing))] for _ in range(size - 1))]
    if size <= len(FEW):
        return [by_habit[habit] for habit in FEW[:size]]
    total = sum(kind.weight for kind in KINDS)
    each = [kind for kind in KINDS for _ in range(max(1, round(size * kind.weight / total)))][:size]
    more = chance.choices(KINDS, [kind.weight for kind in KINDS], k=size - len(each))
    return chance.sample(each + more, size)


def _live(site: Site, plan: CohortPlan, host: Host, newcomer: Newcomer, kind: Kind) -> Trainee:
    """An account, a membership, and all they did until the present or until the group was put away."""
    chance = random.Random(newcomer.name)
    days = LATE_BEGIN if newcomer.late else -plan.starts - 8 * chance.random()
    begins = site.now - timedelta(days=days, hours=6 * chance.random())
    person_id, membership_id = join(host, newcomer, begins)
    until = site.now + timedelta(days=plan.ended or 0)
    mark = strictest(terms_for(site.course, person_id, begins)).pass_mark
    story = Story(site.course, person_id, newcomer.name, begins, until, _mind(site, kind, chance), mark)
    with suppress(TimeIsUp, Conflict):
        begin(story, days / PUT_OFF)
        kind.habit(story)
    if chance.random() < CERTIFIED:
        _certify(site, story)
    return Trainee(kind, person_id, membership_id, begins, story)


def _mind(site: Site, kind: Kind, chance: random.Random) -> Mind:
    common, first = common_beliefs(site.course), site.plan.beliefs
    shares = dict(zip(common[first : first + 3], HELD, strict=False))
    beliefs = {id for id in common if chance.random() < shares.get(id, HELD_ELSE)}
    return Mind(chance, chance.gauss(kind.ability, 0.7), kind.sure, kind.learns, beliefs)


def _certify(site: Site, story: Story) -> None:
    """Whoever has finished takes their institute's certificate."""
    for terms in terms_for(site.course, story.person_id, story.now):
        if terms.institute_id == site.institute.id:
            with suppress(Conflict):
                certificates.issue(
                    site.course, story.person_id, story.name, terms, public_url=None, review=REVIEW, now=story.now
                )
