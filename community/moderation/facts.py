"""What other rooms may hear about moderation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decided:
    """A moderator decided; the author is to be told once the time to undo it is over."""

    decision_id: int


@dataclass(frozen=True)
class Undone:
    """A decision was taken back within its seconds; nobody is to be told of it."""

    decision_id: int


@dataclass(frozen=True)
class LanguageCorrected:
    """A moderator said what language a text is in; ``words`` is what they say to its author about it, if anything."""

    revision_id: int
    words: str = ""


@dataclass(frozen=True)
class Reported:
    """Somebody reported a contribution and is to have a receipt."""

    report_id: int


@dataclass(frozen=True)
class ReportAnswered:
    """What came of a report; its reporter is to be told, with what they can do about it."""

    report_id: int


@dataclass(frozen=True)
class ReportReopened:
    """The answer to a report was taken back with its decision; its reporter is not to be told of it."""

    report_id: int


@dataclass(frozen=True)
class Appealed:
    """Somebody appealed; they are to have a receipt."""

    appeal_id: int


@dataclass(frozen=True)
class AppealAnswered:
    """The desk wrote in the dialogue of an appeal."""

    message_id: int


@dataclass(frozen=True)
class AppealDecided:
    """Another person looked again; the appellant is to be told, and whom the outcome concerns."""

    appeal_id: int


@dataclass(frozen=True)
class Sanctioned:
    """A member was warned, suspended, or their account closed."""

    sanction_id: int


@dataclass(frozen=True)
class SanctionLifted:
    """A sanction ended before its time; ``explanation`` is what the desk says to the member about it, if anything."""

    sanction_id: int
    explanation: str = ""
