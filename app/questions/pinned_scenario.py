"""A simulated session as it was begun, whole: it is played and debriefed without the course it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from app.questions import Unreadable
from app.questions.fields import ObjectiveId, Record
from app.questions.pinned import Named
from app.questions.scenario import SCHEMA_VERSION, TYPE, Scenario


class ObjectiveLabel(Record):
    id: ObjectiveId
    text: str
    sections: tuple[tuple[str, str], ...] = ()
    """(address, title) of the sections that teach it."""


class ScenarioLabels(Named):
    objectives: tuple[ObjectiveLabel, ...]


@dataclass(frozen=True, slots=True)
class PinnedScenario:
    scenario: Scenario
    labels: ScenarioLabels


class _Data(Record):
    scenario: Scenario
    labels: ScenarioLabels


def load_scenario(schema_version: int, data: Mapping[str, object]) -> PinnedScenario:
    """A pinned copy as the session it was. Raises Unreadable."""
    if schema_version != SCHEMA_VERSION:
        raise Unreadable(f"{TYPE} has no schema version {schema_version!r}")
    try:
        read = _Data.model_validate(data)
    except ValidationError as error:
        raise Unreadable(f"this is no {TYPE} of version {schema_version}: {error}") from error
    return PinnedScenario(read.scenario, read.labels)
