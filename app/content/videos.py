"""A video that an institute shows in a section: a file of its own, or a player elsewhere, asked for by a click."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.content.library import SectionKey
from app.content.session_schemas import VideoFile
from app.questions.text import render

FOLDER = "course/videos"
TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}


@dataclass(frozen=True, slots=True)
class Video:
    id: str
    title: str
    by: str
    minutes: int
    content_note: str | None
    file: str | None
    """Its name in the folder; or None, and there is an `embed`."""
    embed: str | None
    """The address of a player elsewhere."""
    captions: tuple[tuple[str, str | None], ...]
    """(language, name of the file; None: the player has them)"""
    consent: str
    licence: str
    transcript_html: str
    sections: tuple[SectionKey, ...]
    """Those that show it."""

    @property
    def type(self) -> str | None:
        return TYPES.get(Path(self.file).suffix) if self.file else None

    @property
    def host(self) -> str | None:
        """Who learns of it when the player is asked for."""
        return urlsplit(self.embed).hostname if self.embed else None

    @property
    def files(self) -> tuple[str, ...]:
        """Everything of it that this site serves."""
        return tuple(name for name in (self.file, *(name for _, name in self.captions)) if name)


def build(file: VideoFile) -> Video:
    sections = (section.partition("#") for section in file.sections)
    return Video(
        id=file.video,
        title=file.title,
        by=file.by,
        minutes=file.minutes,
        content_note=file.content_note,
        file=file.file,
        embed=file.embed,
        captions=tuple((one.language, one.file) for one in file.captions),
        consent=f"{file.consent.by}, {file.consent.on.isoformat()}",
        licence=file.licence,
        transcript_html=render(file.transcript),
        sections=tuple((module, id) for module, _, id in sections),
    )
