"""The errors the rooms raise. ``kit/error_pages.py`` is the one place that turns them into pages."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Words = str | LazyString
NO_ROOM = _l(
    "There is no room for this photo on our side at present. Your text is safe; try the photo again later."
)
NOT_NOW = _l("The photo could not be kept just now. Your text is safe; try the photo again in a moment.")


class DomainError(Exception):
    """Something a person can be told; ``message`` is translated when shown."""

    status = 400

    def __init__(self, message: Words = "") -> None:
        super().__init__(message)
        self.message = message


class NotFound(DomainError):
    """There is no such thing, or the person is not allowed to know it exists."""

    status = 404


class Forbidden(DomainError):
    """The person knows the thing but may not do this; the message says why."""

    status = 403


class SignInNeeded(DomainError):
    """Nobody is signed in and the act needs somebody."""

    status = 401


class Conflict(DomainError):
    """Somebody was faster; nothing was overwritten."""

    status = 409


class Gone(DomainError):
    """It was good once: a link that has been used, or whose time is over."""

    status = 410


class Invalid(DomainError):
    """What was given cannot be kept; ``errors`` maps a field's name to what is wrong with it."""

    status = 422

    def __init__(self, errors: Mapping[str, Sequence[Words]]) -> None:
        super().__init__("")
        self.errors = errors


class TooMany(DomainError):
    """Too often; ``retry_after`` is in seconds, the message says what else can be done."""

    status = 429

    def __init__(self, retry_after: int, message: Words = "") -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unkept(DomainError):
    """A file could not be kept, or not be read; ``is_full`` where there is no room left. ``reason`` is for the log."""

    def __init__(self, reason: str, *, is_full: bool = False) -> None:
        super().__init__(NO_ROOM if is_full else NOT_NOW)
        self.reason, self.is_full, self.status = reason, is_full, 507 if is_full else 503

    def __str__(self) -> str:
        return self.reason


class Missing(Unkept):
    """There is no such file."""
