"""What a worked transcript must keep to beyond its schema."""

from collections.abc import Iterator

from app.content import prose, validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import ref_fault
from app.content.scenario_rules import objective_faults
from app.content.session_schemas import LineEntry, TranscriptFile
from app.content.strict_yaml import Document
from app.content.transcripts import THERAPIST
from app.questions.reasons import Place, repeated

Found = Iterator[tuple[Place, str, str]]


def check_transcript(id: str, document: Document, gathered: Gathered, faults: list[Fault]) -> set[str]:
    """Returns the references it uses."""
    read = validation.read(document, TranscriptFile, faults)
    if read is None:
        return set()
    validation.check_texts(document, read, (), gathered.known, faults)
    for place, message, mend in _faults(id, read, gathered):
        faults.append(Fault(document.path, document.line(place), message, mend))
    return {source for line in read.lines for source in line.sources}


def _faults(id: str, read: TranscriptFile, gathered: Gathered) -> Found:
    if read.transcript != id:
        mend = f"Write `transcript: {id}`, or rename the file."
        yield ("transcript",), f"The transcript `{read.transcript}` stands in course/transcripts/{id}.yaml.", mend
    yield from objective_faults(read.objectives, gathered)
    yield from _named(read, gathered)
    for number, ref in enumerate(read.sections):
        if broken := ref_fault(ref, gathered.known):
            yield ("sections", number), broken.message, broken.mend
    yield from repeated((line.id for line in read.lines), "lines", "line")
    for number, line in enumerate(read.lines):
        for key, message, mend in _line_faults(line, read.client):
            yield ("lines", number, key), message, mend


def _named(read: TranscriptFile, gathered: Gathered) -> Found:
    cited: list[tuple[Place, str]] = [
        (("lines", number, "sources", index), source)
        for number, line in enumerate(read.lines)
        for index, source in enumerate(line.sources)
    ]
    claims: list[tuple[Place, str]] = [(("claims", number), claim) for number, claim in enumerate(read.claims)]
    known = gathered.known
    return prose.unknown(
        (
            (claims, known.claims, "claim", "course/claims.yaml"),
            (cited, known.references, "reference", "course/references.yaml"),
        )
    )


def _line_faults(line: LineEntry, client: str) -> Iterator[tuple[str, str, str]]:
    if line.who not in (THERAPIST, client):
        yield "who", f"Nobody here is called “{line.who}”.", f"Write `{THERAPIST}` or `{client}`."
    if line.predict and line.who != THERAPIST:
        yield "predict", "The reader cannot know what the client will say.", "Ask before a line of the therapist."
    if line.note and not line.basis:
        yield "note", "The note does not say what it rests on.", "Add `basis`: evidence, convention or debated."
    if line.basis and not line.note:
        yield "basis", "`basis` stands without a note.", "Write `note`, or remove it."
    if line.sources and not line.note:
        yield "sources", "`sources` stands without a note.", "Write `note`, or remove it."
    if line.basis == "evidence" and not line.sources:
        yield "basis", "`basis: evidence` without a source.", "Add `sources: [<reference id>]` or change the basis."
