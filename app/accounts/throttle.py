"""How long to wait after failed sign-ins. Pure.

Counted for the e-mail address typed, whether anybody has it or not, and for the network address. The wait doubles and
stops growing at a quarter of an hour: enough to make guessing hopeless (about a hundred tries a day), short enough
that nobody is locked out of a course by somebody else's malice for longer.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Allowance:
    """`free` failures within `window` cost nothing; each further one doubles the wait."""

    free: int
    window: timedelta
    first_wait: timedelta = timedelta(seconds=30)
    longest_wait: timedelta = timedelta(minutes=15)


PER_EMAIL = Allowance(free=5, window=timedelta(hours=24))
# A whole institute may share one network address.
PER_NETWORK = Allowance(free=60, window=timedelta(hours=1))


def wait(failures: Sequence[datetime], allowance: Allowance, now: datetime) -> timedelta:
    """How much longer to wait before the next attempt; zero when it may be made now."""
    recent = sorted(moment for moment in failures if now - moment < allowance.window)
    if len(recent) < allowance.free:
        return timedelta(0)
    doublings = min(len(recent) - allowance.free, 20)
    growth: int = 2**doublings
    pause = min(allowance.first_wait * growth, allowance.longest_wait)
    return max(recent[-1] + pause - now, timedelta(0))


def network(address: str | None) -> str:
    """The network an address stands for: one IPv6 customer has a whole /64."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
