"""What the files must say together: nothing unknown, nothing unused, nothing that leads nowhere."""

from app.content.aid_rules import check_aids
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.list_rules import check_lists
from app.content.module_rules import module_uses
from app.content.quiz_rules import check_quiz
from app.content.scenario_rules import check_scenario
from app.content.transcript_rules import check_transcript
from app.content.video_rules import check_video


def check(gathered: Gathered, faults: list[Fault]) -> None:
    references: set[str] = set()
    terms: set[str] = set()
    for uses in module_uses(gathered, faults):
        references |= uses.references
        terms |= set(uses.terms)
    references |= check_lists(gathered, faults)
    references |= check_aids(gathered, faults)
    seen: dict[str, str] = {}
    for id, document in gathered.quizzes.items():
        if document:
            references |= check_quiz(id, document, gathered, seen, faults)
    for id, document in gathered.scenarios.items():
        if document:
            references |= check_scenario(id, document, gathered, faults)
    for id, document in gathered.transcripts.items():
        if document:
            references |= check_transcript(id, document, gathered, faults)
    for id, document in gathered.videos.items():
        if document:
            check_video(id, document, gathered, faults)
    if gathered.whole:
        _unused(gathered, references, terms, faults)


def _unused(gathered: Gathered, references: set[str], terms: set[str], faults: list[Fault]) -> None:
    for id, line in (gathered.known.references or {}).items():
        if id not in references:
            mend = "Cite it, list it in course/library.yaml, or remove it."
            faults.append(Fault("course/references.yaml", line, f"Nothing uses the reference `{id}`.", mend))
    for id, line in (gathered.known.terms or {}).items():
        if id not in terms:
            mend = f"Mark it `[[{id}]]` where a section first uses it, or remove it."
            faults.append(Fault("course/glossary.yaml", line, f"No section uses the term `{id}`.", mend))
