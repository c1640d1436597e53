"""A simulated session as its author writes it: the client's state, the nodes, the moves and the endings."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints

from app.questions.fields import ClaimId, Flag, Id, ObjectiveId, Paragraphs, Record, Sentence, Whole, Words
from app.questions.reasons import Place, Reasoned, misconception_at, sources_at

TYPE = "scenario"
SCHEMA_VERSION = 1

Gauge: TypeAlias = Literal["arousal", "presence", "need", "belief", "control"]
GAUGES: tuple[Gauge, ...] = ("arousal", "presence", "need", "belief", "control")
LOWEST, HIGHEST = 0, 10
"""Where every gauge begins and ends."""

_NUMBER = r"(?:10|[0-9])"
CONDITION_PATTERN = rf"^(?:[<>]=?{_NUMBER}|{_NUMBER}(?:\.\.{_NUMBER})?)$"
STEP_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$"

Level = Annotated[Whole, Field(ge=LOWEST, le=HIGHEST)]
Change = Annotated[Whole, Field(ge=-5, le=5)]
Condition = Annotated[str, StringConstraints(pattern=CONDITION_PATTERN)]
"""`<4`, `<=4`, `>4`, `>=4`, `4` or `4..7`, both included."""
Step = Annotated[str, StringConstraints(pattern=STEP_PATTERN)]
"""node.move"""
Path = Annotated[tuple[Step, ...], Field(min_length=1, max_length=200)]


class When(Record):
    """What the client's state has to be; nothing named: any."""

    arousal: Condition | None = None
    presence: Condition | None = None
    need: Condition | None = None
    belief: Condition | None = None
    control: Condition | None = None
    unrepaired: Flag | None = None

    @cached_property
    def bounds(self) -> tuple[tuple[Gauge, int, int], ...]:
        """(gauge, lowest, highest), both included, of each gauge that is named."""
        named = ((gauge, getattr(self, gauge)) for gauge in GAUGES)
        return tuple((gauge, *bounds(condition)) for gauge, condition in named if condition)

    @property
    def anything(self) -> bool:
        return not self.bounds and self.unrepaired is None


class Start(Record):
    arousal: Level
    presence: Level
    need: Level
    belief: Level
    control: Level


class Effect(Record):
    """What a move does at once. The need is never met by decree: `meets` says what it offers."""

    arousal: Change = 0
    presence: Change = 0
    belief: Change = 0
    control: Change = 0


class Variant(Record):
    """What the client says and shows, if the state is so."""

    when: When
    text: Paragraphs


class Way(Record):
    """Where a move leads, if the state after it is so."""

    when: When
    to: Id


def _ways(given: object) -> object:
    return given if isinstance(given, (list, tuple)) else [{"when": {}, "to": given}]


class Move(Reasoned):
    """What the therapist may say or do."""

    id: Id
    text: Sentence
    when: When = When()
    """Open only then."""
    effect: Effect = Effect()
    meets: Id | None = None
    """The need it offers to meet, one of the client's or not."""
    unsafe: Id | None = None
    """The harm it risks: the alliance is strained until a repair."""
    repair: Flag = False
    sensory: Flag = False
    """Asks for sensory detail, which raises arousal by one more."""
    to: Annotated[
        tuple[Way, ...],
        Field(min_length=1, max_length=12),
        BeforeValidator(_ways, json_schema_input_type=Id | tuple[Way, ...]),
    ]
    """The first that fits the state after the move; an id alone is the only way."""
    led_to: Paragraphs


class Node(Record):
    id: Id
    checkpoint: Id | None = None
    client: Annotated[tuple[Variant, ...], Field(min_length=1, max_length=12)]
    """The first that fits is shown."""
    moves: Annotated[tuple[Move, ...], Field(min_length=2, max_length=5)]

    def move(self, id: str) -> Move:
        """Raises KeyError."""
        for move in self.moves:
            if move.id == id:
                return move
        raise KeyError(id)


class Ending(Record):
    id: Id
    title: Words
    account: Paragraphs
    """The client's own, afterwards."""
    supervision: Sentence
    """A question to take there."""
    grounding: Sentence
    """A closing line for the therapist."""


class Paths(Record):
    """Whole paths to an ending that the author vouches for."""

    main: Path
    contrast: Annotated[tuple[Path, ...], Field(min_length=2, max_length=10)]
    repaired: Path


class Left(Record):
    """How the session before was left, and what that makes of the client today."""

    endings: Annotated[tuple[Id, ...], Field(min_length=1)]
    opening: Paragraphs
    start: Start


class Follows(Record):
    """The same client a second time."""

    scenario: Id
    """The session before."""
    left: Annotated[tuple[Left, ...], Field(min_length=1, max_length=20)]


class Scenario(Record):
    scenario: Id
    """Its permanent id and the name of its file."""
    title: Words
    client: Words
    summary: Words
    minutes: Annotated[Whole, Field(ge=1, le=600)]
    phase: Words
    condition: Words
    setting: Words
    objectives: Annotated[tuple[ObjectiveId, ...], Field(min_length=1)]
    claims: tuple[ClaimId, ...] = ()
    content_note: Words | None = None
    neutral: Id | None = None
    follows: Follows | None = None
    opening: Paragraphs
    window: tuple[Level, Level]
    """The arousal in which the client can work, both included."""
    start: Start
    needs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """What this image lacks."""
    checkpoints: Annotated[tuple[Id, ...], Field(min_length=1, max_length=20)]
    paths: Paths
    nodes: Annotated[tuple[Node, ...], Field(min_length=1, max_length=200)]
    """The first is where the session begins."""
    endings: Annotated[tuple[Ending, ...], Field(min_length=1, max_length=50)]

    @property
    def id(self) -> str:
        return self.scenario

    def begun(self, left: Left | None = None) -> "Scenario":
        """The session as it begins for somebody who left the one before so; without `left`, who has not led that."""
        changed = {"opening": left.opening, "start": left.start} if left else {}
        return self.model_copy(update={**changed, "follows": None})

    def begun_after(self, ending: str | None) -> "Scenario":
        """As `begun`, by the ending of the session before."""
        found = (one for one in self.follows.left if ending in one.endings) if self.follows else iter(())
        return self.begun(next(found, None))

    @cached_property
    def places(self) -> dict[str, Node | Ending]:
        """Nodes and endings by id: a move leads to either."""
        return {**{ending.id: ending for ending in self.endings}, **{node.id: node for node in self.nodes}}


def bounds(condition: str) -> tuple[int, int]:
    """The lowest and the highest value that a condition allows, both included."""
    if condition.startswith(("<=", ">=")):
        number = int(condition[2:])
        return (LOWEST, number) if condition[0] == "<" else (number, HIGHEST)
    if condition.startswith(("<", ">")):
        number = int(condition[1:])
        return (LOWEST, number - 1) if condition[0] == "<" else (number + 1, HIGHEST)
    low, _, high = condition.partition("..")
    return int(low), int(high or low)


def sources(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Every reference that a reason cites, with its place in the scenario's data."""
    for place, move in placed_moves(scenario):
        yield from sources_at(place, move)


def misconceptions(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for place, move in placed_moves(scenario):
        yield from misconception_at(place, move)


def harms(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    for place, move in placed_moves(scenario):
        if move.unsafe:
            yield (*place, "unsafe"), move.unsafe


def placed_moves(scenario: Scenario) -> Iterator[tuple[Place, Move]]:
    for number, node in enumerate(scenario.nodes):
        for index, move in enumerate(node.moves):
            yield ("nodes", number, "moves", index), move


def playing_data(scenario: Scenario) -> dict[str, object]:
    """What decides how the session plays; a reason, a source or a label is not part of it."""
    said_afterwards = {"reason", "led_to", "basis", "sources", "misconception"}
    return {
        "window": list(scenario.window),
        "start": scenario.start.model_dump(),
        "needs": sorted(scenario.needs),
        "opening": scenario.opening,
        "nodes": [
            {
                "id": node.id,
                "client": [variant.model_dump() for variant in node.client],
                "moves": [move.model_dump(mode="json", exclude=said_afterwards) for move in node.moves],
            }
            for node in scenario.nodes
        ],
        "endings": sorted(ending.id for ending in scenario.endings),
    }
