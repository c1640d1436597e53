"""One institute of the demo: founded, staffed, filled group by group, and looked after."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from app.accounts import services as accounts
from app.audit.services import record
from app.content import current_course
from app.demo import names, supervising
from app.demo.accounts import DemoAccount
from app.demo.emblems import emblem
from app.demo.groups import Site, fill_group
from app.demo.plans import InstitutePlan, Scale
from app.demo.post import deliver
from app.institutes import invitations, logos, queries
from app.institutes import services as institutes
from app.institutes.records import InstituteRecord, InstituteSettings, Role
from app.institutes.staff_letters import send_invitation
from app.supervision import reminders

FOUNDED = timedelta(days=100)
REMINDED = 35
"""So many days back reminders are written: day by day, as the letter worker would have."""


def fill_institute(plan: InstitutePlan, now: datetime, scale: Scale, say: Callable[[str], None]) -> None:
    """Everything of one institute, flushed."""
    began = now - FOUNDED
    institute = institutes.create_institute(plan.name, now=began, slug=plan.slug, time_zone=plan.time_zone)
    administrator, *supervisors = _seat_staff(plan, institute, began)
    site = Site(
        plan,
        _furnish(plan, institute, supervisors[0]),
        current_course(),
        now,
        administrator,
        supervisors,
        names.people(plan.pools, plan.domain),
    )
    _ask_a_colleague(site)
    filled = [fill_group(site, group, scale, say) for group in plan.cohorts if group.size.get(scale)]
    supervising.look_after(site, filled)
    for days in range(REMINDED, -1, -1):
        at = min(now, site.at(-days, 9, 2))
        reminders.write_due(site.course, at)
        deliver(at)


def _seat_staff(plan: InstitutePlan, institute: InstituteRecord, began: datetime) -> list[UUID]:
    """The administrator, then the supervisors. One more has a seat and loses it."""
    roles: dict[DemoAccount, Role] = dict.fromkeys(plan.staff, "supervisor")
    roles[plan.administrator] = "administrator"
    seated = []
    for account, role in roles.items():
        person_id = accounts.create_account(
            name=account.name, email=account.email, password=account.password, now=began
        )
        institutes.give_seat(institute.id, person_id, role, now=began)
        seated.append(person_id)
    former = accounts.create_account(name=plan.former, email=f"former@{plan.domain}", password=None, now=began)
    institutes.give_seat(institute.id, former, "supervisor", now=began)
    institutes.take_seat(institute.id, former)
    return seated


def _ask_a_colleague(site: Site) -> None:
    """An invitation to the staff that waits for an answer."""
    email, at = f"colleague@{site.plan.domain}", site.at(-4, 13, 15)
    made = invitations.invite(site.institute.id, role="supervisor", email=email, invited_by=site.administrator, now=at)
    send_invitation(site.institute, email, "supervisor", made.token, at)
    record("invite_staff", "staff", actor_id=site.administrator, now=at, institute_id=site.institute.id)
    deliver(at)


def _furnish(plan: InstitutePlan, institute: InstituteRecord, dispute_owner: UUID) -> InstituteRecord:
    """Its settings, its colour, its logo."""
    settings = InstituteSettings(
        name=plan.name,
        contact=f"office@{plan.domain}",
        time_zone=plan.time_zone,
        privacy=plan.privacy,
        certificate_line=plan.certificate_line,
        signatory=plan.signatory,
        pass_mark=None,
        retention_years=7,
        dispute_owner_id=dispute_owner,
    )
    institutes.change_settings(institute.id, settings)
    institutes.choose_colour(institute.id, plan.colour)
    institutes.choose_logo(institute.id, logos.read(emblem(plan.colour)))
    return queries.institute(institute.id)
