"""What a video must come with: captions, a transcript, consent and a licence, and the files it names."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

from app.content import validation
from app.content.faults import Fault
from app.content.gathering import Gathered
from app.content.known import ref_fault
from app.content.session_schemas import VideoFile
from app.content.strict_yaml import Document
from app.content.videos import CAPTIONS, FOLDER, TYPES, host_of
from app.questions.reasons import Place

Found = Iterator[tuple[Place, str, str]]


def check_video(id: str, document: Document, gathered: Gathered, faults: list[Fault]) -> None:
    read = validation.read(document, VideoFile, faults)
    if read is None:
        return
    validation.check_texts(document, read, (), gathered.known, faults)
    for key, message, mend in _faults(id, read, gathered):
        faults.append(Fault(document.path, document.line(key), message, mend))


def _faults(id: str, read: VideoFile, gathered: Gathered) -> Found:
    if read.video != id:
        mend = f"Write `video: {id}`, or rename the file."
        yield ("video",), f"The video `{read.video}` stands in {FOLDER}/{id}.yaml.", mend
    if bool(read.file) == bool(read.embed):
        yield ("video",), "A video has either a `file` or an `embed`.", "Keep one of them."
    for number, ref in enumerate(read.sections):
        if broken := ref_fault(ref, gathered.known):
            yield ("sections", number), broken.message, broken.mend
    if read.file:
        if Path(read.file).suffix not in TYPES:
            yield ("file",), f"`{read.file}` is no kind of video that browsers play.", "Use .mp4 or .webm."
        yield from _missing(gathered.root, ("file",), read.file)
    if read.embed and host_of(read.embed) is None:
        mend = "Write `https://`, the host (of other letters, its form with `xn--`), `/` and the rest."
        yield ("embed",), "The address does not plainly say at which host the player is.", mend
    for number, captions in enumerate(read.captions):
        place = ("captions", number, "file")
        if read.file and not captions.file:
            yield place[:2], "These captions have no file.", "Name a .vtt file beside the video."
        if read.embed and captions.file:
            yield place, "A player elsewhere brings its own captions.", "Name the language only."
        if captions.file and not captions.file.endswith(CAPTIONS):
            yield place, f"`{captions.file}` is not WebVTT.", f"Name a {CAPTIONS} file."
        elif captions.file:
            missing = list(_missing(gathered.root, place, captions.file))
            yield from missing
            if not missing and not _is_webvtt(gathered.root / FOLDER / captions.file):
                yield place, f"`{captions.file}` is not WebVTT.", "Its first line is `WEBVTT`."


def _is_webvtt(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(9).removeprefix(BOM_UTF8).startswith(b"WEBVTT")


def _missing(root: Path, place: Place, name: str) -> Found:
    path = root / FOLDER / name
    if not path.is_file():
        yield place, f"There is no file {FOLDER}/{name}.", "Put it there, or correct the name."
    elif not path.resolve().is_relative_to(root.resolve()):
        yield place, f"{FOLDER}/{name} leads out of the course.", "Put the file itself there: it is served as it is."
