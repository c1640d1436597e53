"""What a simulated session must keep to beyond its schema."""

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
    _check_objectives(check, session)
    _check_named(check, session)
    _check_neutral(check, session)
    for place, message, mend in scenario_faults(session):
        check.fault(place, message, mend)
    return {source for _, source in sessions.sources(session)}


def _check_objectives(check: _Check, session: Scenario) -> None:
    for number, id in enumerate(session.objectives):
        module = id.rpartition(".")[0]
        if module not in check.gathered.known.sections:
            mend = f"The modules are {listed(check.gathered.known.sections)}."
            check.fault(("objectives", number), f"There is no module `{module}` for the objective `{id}`.", mend)
            continue
        known = _objectives(check.gathered, module)
        if lacks(known, id):
            mend = f"The objectives of this module are {listed(known or ())}."
            check.fault(("objectives", number), f"There is no objective `{id}` in `{module}`.", mend)


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
    for pairs, ids, what, file in listings:
        for place, id in pairs:
            if ids is not None and id not in ids:
                check.fault(place, f"There is no {what} `{id}`.", f"{prose.closest(id, ids)} Or add it to {file}.")


def _check_neutral(check: _Check, session: Scenario) -> None:
    """The session to lead instead is there, and asks for no warning itself."""
    if session.neutral is None:
        return
    if session.neutral == session.id:
        check.fault(("neutral",), "The session is its own neutral one.", "Name another, without content note.")
        return
    if session.neutral not in check.gathered.known.scenarios:
        mend = prose.closest(session.neutral, check.gathered.known.scenarios)
        check.fault(("neutral",), f"There is no session `{session.neutral}`.", mend)
        return
    twin = check.gathered.scenarios[session.neutral]
    if twin and validation.value_at(twin, ("content_note",)):
        what = f"The neutral session `{session.neutral}` has a content note itself."
        check.fault(("neutral",), what, "Name one without.")
