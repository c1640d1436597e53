"""The two institutes as they are planned: staff, groups, and how many people each group has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.demo import names
from app.demo.accounts import DemoAccount

Scale = Literal["cast", "small", "full"]
"""The four accounts alone; both institutes with a handful of people, for tests; both institutes, full."""


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """Days count from the present: -60 is sixty days ago."""

    name: str
    size: Mapping[Scale, int]
    supervisors: tuple[int, ...]
    """Numbers of the institute's supervisors."""
    starts: int
    due: int
    in_order: bool = False
    pass_mark: int | None = None
    ended: int | None = None
    link: bool = False
    """Whether its join link is open, by which some come."""
    open: int = 0
    """Invitations that nobody took up."""
    with_ada: bool = False


@dataclass(frozen=True, slots=True)
class InstitutePlan:
    name: str
    slug: str
    time_zone: str
    colour: str
    signatory: str
    certificate_line: str
    privacy: str
    domain: str
    pools: tuple[str, str]
    administrator: DemoAccount
    supervisors: tuple[DemoAccount, ...]
    former: str
    """The name of somebody who was a supervisor here and is none any more."""
    cohorts: tuple[CohortPlan, ...]
    beliefs: int
    """Which of the course's common misconceptions are most common here: the first of three in a row."""

    @property
    def staff(self) -> tuple[DemoAccount, ...]:
        return (self.administrator, *self.supervisors)


LINDEN = InstitutePlan(
    name="Linden Institute",
    slug="linden",
    time_zone="Europe/Berlin",
    colour="#195a4b",
    signatory="Ingrid Falkenhayn, head of training",
    certificate_line="Recognised by the Linden Board of Psychotherapy Training for 8 hours of theory.",
    privacy="Your supervisors see how far you are and what you answered. They talk about it with you, and with nobody "
    "outside the institute.\n\nWe keep it for seven years after your training ends.",
    domain="linden.example.org",
    pools=names.LINDEN,
    administrator=DemoAccount(
        "Ingrid Falkenhayn", "ingrid@linden.example.org", "demo-password-ingrid", "administers Linden Institute"
    ),
    supervisors=(
        DemoAccount(
            "Bertram Seidensticker",
            "bertram@linden.example.org",
            "demo-password-bertram",
            "supervises at Linden Institute: groups of 8 and 150",
        ),
        DemoAccount(
            "Solveig Amundsen",
            "solveig@linden.example.org",
            "demo-password-solveig",
            "supervises at Linden Institute: the group of 150",
        ),
    ),
    former="Traugott Eisenhut",
    cohorts=(
        CohortPlan("Tuesday group", {"full": 8, "small": 6}, (0,), starts=-62, due=5, open=1, with_ada=True),
        CohortPlan("Yearly intake", {"full": 153, "small": 2}, (0, 1), starts=-88, due=38, link=True, open=5),
    ),
    beliefs=0,
)
CEDAR = InstitutePlan(
    name="Cedar College",
    slug="cedar",
    time_zone="America/Toronto",
    colour="#7a3e1d",
    signatory="Marguerite Lachapelle, director",
    certificate_line="Cedar College continuing education, category B.",
    privacy="Cedar College shows your work to your own supervisors only.",
    domain="cedar.example.org",
    pools=names.CEDAR,
    administrator=DemoAccount(
        "Marguerite Lachapelle", "marguerite@cedar.example.org", "demo-password-marguerite", "administers Cedar College"
    ),
    supervisors=(
        DemoAccount(
            "Dougal Strathearn",
            "dougal@cedar.example.org",
            "demo-password-dougal",
            "supervises at Cedar College: a group of 24",
        ),
        DemoAccount(
            "Philomena Okonjo",
            "philomena@cedar.example.org",
            "demo-password-philomena",
            "supervises at Cedar College: a group of 24, and one that is done",
        ),
    ),
    former="Barnaby Thistlewood",
    cohorts=(
        CohortPlan(
            "Winter workshop",
            {"full": 25, "small": 5},
            (0, 1),
            starts=-70,
            due=-3,
            in_order=True,
            pass_mark=75,
            link=True,
            open=2,
        ),
        CohortPlan("Summer workshop", {"full": 6}, (1,), starts=-90, due=-21, ended=-10),
    ),
    beliefs=3,
)
PLANS = (LINDEN, CEDAR)
