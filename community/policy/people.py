"""Who asks, and what they ask about, as the rules see it: rooms bring their own classes."""

from typing import Protocol

from community.policy.permissions import Role, Standing


class Person(Protocol):
    """Whoever asks; a visitor who is not signed in has no id."""

    @property
    def id(self) -> int | None: ...
    @property
    def role(self) -> Role | None: ...
    @property
    def standing(self) -> Standing: ...
    @property
    def is_confirmed(self) -> bool: ...
    @property
    def has_unread_warning(self) -> bool: ...
    @property
    def languages(self) -> list[str]: ...
    @property
    def blocks(self) -> frozenset[int]: ...
    @property
    def blocked_by(self) -> frozenset[int]: ...


class Thing(Protocol):
    """A contribution as the rules see it."""

    @property
    def author_id(self) -> int: ...
    @property
    def language(self) -> str: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def takes_answers(self) -> bool: ...
    @property
    def is_editable(self) -> bool: ...
    @property
    def is_withdrawable(self) -> bool: ...
    @property
    def is_decidable(self) -> bool: ...
    @property
    def has_been_submitted(self) -> bool: ...
    @property
    def needs_reader(self) -> bool: ...


class Appeal(Protocol):
    """An appeal as the rules see it; ``author_id`` is whom the decision it questions restricts, or left alone."""

    @property
    def author_id(self) -> int: ...
    @property
    def appellant_id(self) -> int | None: ...
    @property
    def first_by_id(self) -> int: ...


class Member(Protocol):
    """Somebody a sanction may be about, as the rules see them."""

    @property
    def id(self) -> int: ...
    @property
    def role(self) -> Role: ...


class Vehicle(Protocol):
    """A vehicle as the rules see it; a removed one stands in no garage any more."""

    @property
    def account_id(self) -> int: ...
    @property
    def is_public(self) -> bool: ...
    @property
    def is_removed(self) -> bool: ...


class Visitor:
    """Somebody who is not signed in."""

    id: None = None
    role: None = None
    standing = Standing.GOOD
    is_confirmed = False
    has_unread_warning = False
    languages: list[str] = []  # noqa: RUF012 - nobody adds to it
    blocks: frozenset[int] = frozenset()
    blocked_by: frozenset[int] = frozenset()
