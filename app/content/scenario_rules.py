"""What a simulated session must keep to beyond its schema."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import lacks, listed
from app.content.strict_yaml import Document
from app.questions import scenario as sessions
from app.questions.reasons import Place
from app.questions.scenario import Scenario
from app.questions.scenario_faults import faults as scenario_faults


@dataclass(frozen=True, slots=True)
class _Check:
    id: str
    document: Document
    gathered: Gathered
    faults: list[Fault]

    def fault(self, place: Place, message: str, mend: str) -> None:
        self.faults.append(Fault(self.document.path, self.document.line(place), message, mend))


def check_scenario(id: str, document: Document, gathered: Gathered, faults: list[Fault]) -> set[str]:
    """Returns the references it uses."""
    session = validation.read(document, Scenario, faults)
    if session is None:
        return set()
    check = _Check(id, document, gathered, faults)
    validation.check_texts(document, session, (), gathered.known, faults)
    if session.id != id:
        mend = f"Write `scenario: {id}`, or rename the file."
        check.fault(("scenario",), f"The session `{session.id}` stands in {document.path}.", mend)
    for place, message, mend in objective_faults(session.objectives, gathered):
        check.fault(place, message, mend)
    _check_named(check, session)
    _check_neutral(check, session)
    _check_follows(check, session)
    for place, message, mend in scenario_faults(session):
        check.fault(place, message, mend)
    return {source for _, source in sessions.sources(session)}


def objective_faults(objectives: Sequence[str], gathered: Gathered) -> Iterator[tuple[Place, str, str]]:
    """Of sessions and transcripts, which may serve objectives of any module."""
    for number, id in enumerate(objectives):
        module = id.rpartition(".")[0]
        if module not in gathered.known.sections:
            mend = f"The modules are {listed(gathered.known.sections)}."
            yield ("objectives", number), f"There is no module `{module}` for the objective `{id}`.", mend
            continue
        known = _objectives(gathered, module)
        if lacks(known, id):
            mend = f"The objectives of this module are {listed(known or ())}."
            yield ("objectives", number), f"There is no objective `{id}` in `{module}`.", mend


def _objectives(gathered: Gathered, module_id: str) -> dict[str, int] | None:
    """id -> line; None if the module's front matter cannot be read."""
    module = gathered.modules.get(module_id)
    if module is None or module.front is None:
        return None
    return validation.ids(module.front, ("objectives",), [], "objective")


def _check_named(check: _Check, session: Scenario) -> None:
    known = check.gathered.known
    claims = ((("claims", number), id) for number, id in enumerate(session.claims))
    listings = (
        (claims, known.claims, "claim", "course/claims.yaml"),
        (sessions.sources(session), known.references, "reference", "course/references.yaml"),
        (sessions.misconceptions(session), known.misconceptions, "misconception", "course/misconceptions.yaml"),
        (sessions.harms(session), known.harms, "harm", "course/misconceptions.yaml"),
    )
    for place, message, mend in prose.unknown(listings):
        check.fault(place, message, mend)


def _check_neutral(check: _Check, session: Scenario) -> None:
    """The session to lead instead is there, is mild, and practises some of the same."""
    if session.neutral is None:
        return
    if session.neutral == session.id:
        check.fault(("neutral",), "The session is its own neutral one.", "Name another that is mild.")
        return
    if session.neutral not in check.gathered.known.scenarios:
        mend = prose.closest(session.neutral, check.gathered.known.scenarios)
        check.fault(("neutral",), f"There is no session `{session.neutral}`.", mend)
        return
    twin = check.gathered.scenarios[session.neutral]
    if twin is None:
        return
    if validation.value_at(twin, ("neutral",)):
        what = f"The session `{session.neutral}` names a neutral one itself."
        check.fault(("neutral",), what, "Name one that is mild, so that it needs none.")
    objectives = validation.value_at(twin, ("objectives",))
    if isinstance(objectives, list) and not set(objectives) & set(session.objectives):
        what = f"The session `{session.neutral}` serves none of these objectives."
        check.fault(("neutral",), what, "Name one that shares an objective.")


def _check_follows(check: _Check, session: Scenario) -> None:
    """The session before is there, with this client, and each of its endings leads on in one way."""
    if session.follows is None:
        return
    before, place = session.follows.scenario, ("follows", "scenario")
    if before == session.id or before not in check.gathered.known.scenarios:
        others = set(check.gathered.known.scenarios) - {session.id}
        check.fault(place, f"There is no session `{before}` to follow.", prose.closest(before, others))
        return
    first = check.gathered.scenarios[before]
    if first is None:
        return
    client = validation.value_at(first, ("client",))
    if client != session.client:
        check.fault(place, f"The client of `{before}` is {client}, not {session.client}.", "Name them alike.")
    if validation.value_at(first, ("follows",)):
        check.fault(place, f"`{before}` follows a session itself.", "Let a session follow one that follows none.")
    endings = validation.ids(first, ("endings",), [], "ending")
    seen: set[str] = set()
    for number, left in enumerate(session.follows.left):
        for index, id in enumerate(left.endings):
            at: Place = ("follows", "left", number, "endings", index)
            if id not in endings:
                check.fault(at, f"The session `{before}` has no ending `{id}`.", prose.closest(id, endings))
            elif id in seen:
                check.fault(at, f"The ending `{id}` stands here twice.", "Let each lead on in one way.")
            seen.add(id)
    if missing := sorted(set(endings) - seen):
        mend = f"Say how it begins after {listed(missing)}."
        check.fault(("follows", "left"), f"Not every ending of `{before}` leads on.", mend)
