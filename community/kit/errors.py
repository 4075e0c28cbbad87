"""The errors the rooms raise. ``kit/error_pages.py`` is the one place that turns them into pages."""

from collections.abc import Mapping, Sequence

from flask_babel.speaklater import LazyString

Words = str | LazyString


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
