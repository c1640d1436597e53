"""A video that an institute shows in a section: a file of its own, or a player elsewhere, asked for by a click."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.content.library import SectionKey, section_key
from app.content.session_schemas import VideoFile
from app.questions.text import render

FOLDER = "course/videos"
TYPES = {".mp4": "video/mp4", ".webm": "video/webm"}
CAPTIONS = ".vtt"
SERVED_AS = {**TYPES, CAPTIONS: "text/vtt"}
"""What is sent with a file, whatever the machine knows of such files."""

_NAME = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_PLAYER = re.compile(rf"https://({_NAME}(?:\.{_NAME})*(?::[1-9][0-9]{{0,4}})?)(?:[/?#].*)?", re.IGNORECASE | re.ASCII)


def host_of(address: str) -> str | None:
    """Where a player is, with its port if it names one. It goes into a header: None for all that is not plainly the
    name of a host, such as a star, a name and a password before it, or signs that end a rule of the policy."""
    found = _PLAYER.fullmatch(address)
    return found[1].lower() if found else None


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
        return host_of(self.embed) if self.embed else None

    @property
    def files(self) -> tuple[str, ...]:
        """Everything of it that this site serves."""
        return tuple(name for name in (self.file, *(name for _, name in self.captions)) if name)


def build(file: VideoFile) -> Video:
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
        sections=tuple(section_key(section) for section in file.sections),
    )
