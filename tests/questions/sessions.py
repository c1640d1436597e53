"""Small sessions, made of what a test is about."""

from typing import Any

import yaml

from app.questions.scenario import Scenario
from tests.content.conftest import SAMPLE

SAMPLE_FILE = SAMPLE / "quizzes/scenarios/cold-hall.yaml"
SAMPLE_SESSION = Scenario.model_validate(yaml.safe_load(SAMPLE_FILE.read_text(encoding="utf-8")))

START = {"arousal": 5, "presence": 5, "need": 0, "belief": 5, "control": 5}


def move(id: str, to: object, **values: Any) -> dict[str, Any]:
    return {"id": id, "text": id, "to": to, "reason": "R.", "led_to": "L.", "basis": "convention", **values}


def node(id: str, *moves: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"id": id, "client": [{"when": {}, "text": f"At {id}."}], "moves": moves, **values}


def ending(id: str) -> dict[str, Any]:
    return {"id": id, "title": id, "account": "A.", "supervision": "S?", "grounding": "G."}


def scenario(*nodes: dict[str, Any], endings: tuple[str, ...] = ("end",), **values: Any) -> Scenario:
    """By default its named paths are nonsense: only `faults` looks at them."""
    head = {
        "scenario": "tea",
        "title": "T",
        "client": "C",
        "summary": "S.",
        "minutes": 5,
        "phase": "p",
        "condition": "c",
        "setting": "s",
        "objectives": ["serving.1"],
        "opening": "O.",
        "window": [4, 6],
        "start": START,
        "needs": ["warmth"],
        "checkpoints": ["asked"],
        "paths": {"main": ["a.go"], "contrast": [["a.go"], ["a.go"]], "repaired": ["a.go"]},
    }
    return Scenario.model_validate({**head, "nodes": nodes, "endings": [ending(id) for id in endings], **values})
