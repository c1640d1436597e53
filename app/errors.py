"""What can go wrong, in the course's own words. No Flask here: `create_app` turns these into pages."""


class CourseError(Exception):
    """A fault that a person can be told of."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(CourseError):
    """There is no such thing, or it is somebody else's: the two are told apart to nobody."""


class Refused(CourseError):
    """The rules do not allow this to this person."""


class Conflict(CourseError):
    """It cannot be done as things stand; the message says what stands in the way."""


class InvalidSettings(CourseError):
    """Settings with which the course cannot start; the message lists every fault."""
