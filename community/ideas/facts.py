"""What other rooms may hear about ideas."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IdeaMoved:
    """The maker answered; ``step_id`` says what. Everyone quoted, every supporter and every follower hears it."""

    idea_id: int
    step_id: int


@dataclass(frozen=True)
class IdeasMerged:
    """Since this moment the duplicate's supporters, quotes and followers are the original's as well."""

    merge_id: int
    duplicate_id: int
    original_id: int


@dataclass(frozen=True)
class IdeasParted:
    """A merge was undone: what came with it went back."""

    merge_id: int
    duplicate_id: int
    original_id: int


@dataclass(frozen=True)
class QuoteAsked:
    """An idea that can be read now quotes a story whose author has not said yet that it may."""

    quote_id: int


@dataclass(frozen=True)
class Supported:
    """Somebody stands behind an idea who did not before."""

    idea_id: int
    account_id: int
