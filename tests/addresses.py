"""Every route of the application, with an address that leads to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Flask

NOBODYS = UUID(int=0)

ARGUMENTS: Mapping[str, object] = {
    "aid_id": "tea-sheet",
    "attempt_id": NOBODYS,
    "branch": 0,
    "certificate_id": NOBODYS,
    "cohort_id": 2_000_000_000,
    "dispute_id": 2_000_000_000,
    "extension": "csv",
    "exercise_id": "mend-kit",
    "filename": "css/app.css",
    "format": "bib",
    "invitation_id": 2_000_000_000,
    "kind": "before",
    "letter_id": 2_000_000_000,
    "module_id": "brewing",
    "name": "no-such-video.mp4",
    "position": 1,
    "quiz_id": "brewing",
    "run_id": NOBODYS,
    "scoring_digest": "0" * 64,
    "scenario_id": "cold-hall",
    "section_id": "water",
    "sequence": 1,
    "sign_in_id": 2_000_000_000,
    "token": "no-such-token",
    "transcript_id": "one-pot",
    "slug": "no-such-institute",
    "version": 1,
    "what": "agenda",
    "year": 2027,
    "institute_id": 2_000_000_000,
    "person_id": NOBODYS,
    "code": "no-such-code",
    "membership_id": 2_000_000_000,
    "turn": "open",
}
"""Something for each variable part of an address: content that exists, objects that do not."""


@dataclass(frozen=True)
class Address:
    endpoint: str
    method: str
    path: str


def addresses(app: Flask, given: Mapping[str, object] | None = None) -> Iterator[Address]:
    """Each method of each route; `given` names objects that exist."""
    build = app.url_map.bind("localhost").build
    values = {**ARGUMENTS, **(given or {})}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            path = build(rule.endpoint, {name: values[name] for name in rule.arguments}, method)
            yield Address(rule.endpoint, method, path)
