"""Every rule of who may do what: small predicates and one table. Nothing else in the house decides it."""

from collections.abc import Callable
from typing import Any, Protocol

from community.kit.languages import UNTAGGED
from community.policy.permissions import Permission, Role, Standing


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


def can(person: Person, act: Permission, thing: Any = None) -> bool:
    """Whether ``person`` may do ``act`` (to ``thing``, where the act is done to something)."""
    return RULES[act](person, thing)


Rule = Callable[[Person, Any], bool]


def is_signed_in(person: Person, _thing: Thing | None = None) -> bool:
    return person.id is not None


def is_active(person: Person, _thing: Thing | None = None) -> bool:
    """Confirmed, in good enough standing, every warning read: may put words before others."""
    is_barred = person.standing in (Standing.SUSPENDED, Standing.CLOSED) or person.has_unread_warning
    return is_signed_in(person) and person.is_confirmed and not is_barred


def is_moderator(person: Person, _thing: Thing | None = None) -> bool:
    return person.role in (Role.MODERATOR, Role.ADMIN) and is_active(person)


def is_author(person: Person, thing: Thing | None) -> bool:
    return thing is not None and is_signed_in(person) and thing.author_id == person.id


def may_read(person: Person, thing: Thing | None) -> bool:
    """What is public is for all; what was submitted also for moderators; the rest for its author."""
    if thing is None:
        return False
    return thing.is_public or is_author(person, thing) or (is_moderator(person) and thing.has_been_submitted)


def may_edit(person: Person, thing: Thing | None) -> bool:
    return thing is not None and is_author(person, thing) and thing.is_editable


def may_withdraw(person: Person, thing: Thing | None) -> bool:
    return thing is not None and is_author(person, thing) and thing.is_withdrawable


def may_compare(person: Person, thing: Thing | None) -> bool:
    return is_author(person, thing) or (
        is_moderator(person) and thing is not None and thing.has_been_submitted
    )


def may_answer(person: Person, thing: Thing | None) -> bool:
    return thing is not None and thing.takes_answers and is_active(person)


def may_react(person: Person, thing: Thing | None) -> bool:
    return thing is not None and thing.is_public and is_active(person)


def may_report(person: Person, thing: Thing | None) -> bool:
    """Anybody, signed in or not, may report what is public, but not their own (Article 16 of the DSA)."""
    return thing is not None and thing.is_public and not is_author(person, thing)


def may_read_reports(person: Person, thing: Thing | None) -> bool:
    """The desk, but never the author, moderator or not: a report names who made it."""
    return thing is not None and is_moderator(person) and not is_author(person, thing)


def may_review(person: Person, thing: Thing | None) -> bool:
    return is_moderator(person) and (thing is None or thing.has_been_submitted)


def may_decide(person: Person, thing: Thing | None) -> bool:
    """Nobody decides on their own contribution; the database holds this too (ck_decision_not_own).

    Whether a translation is right only somebody can say who reads its language.
    """
    return (
        may_hand_on(person, thing) and thing is not None and (not thing.needs_reader or _reads(person, thing))
    )


def may_hand_on(person: Person, thing: Thing | None) -> bool:
    """Say who else should look at it, or what language it is in: for that nobody has to read it."""
    return thing is not None and is_moderator(person) and not is_author(person, thing) and thing.is_decidable


def may_restrict(person: Person, thing: Thing | None) -> bool:
    """Only who reads the language may refuse or hide; where nobody does, it comes to an admin."""
    return thing is not None and _reads(person, thing) and may_decide(person, thing)


def _reads(person: Person, thing: Thing) -> bool:
    """What is in no language we have a name for, anybody of the desk may say they can read."""
    is_readable = thing.language == UNTAGGED or thing.language in person.languages
    return is_readable or is_admin(person)


def may_decide_appeal(person: Person, appeal: Appeal | None) -> bool:
    """Another person than the first, and nobody it concerns; the database holds both (ck_appeal_another_person)."""
    if appeal is None:
        return is_moderator(person)
    return is_moderator(person) and person.id not in (
        appeal.first_by_id,
        appeal.appellant_id,
        appeal.author_id,
    )


def may_sanction(person: Person, member: Member | None) -> bool:
    """Never oneself (ck_sanction_not_own); somebody of the desk only by an admin, an admin by nobody."""
    if member is None or not is_moderator(person):
        return is_moderator(person)
    is_within_reach = member.role is Role.MEMBER or (member.role is Role.MODERATOR and is_admin(person))
    return person.id != member.id and is_within_reach


def may_close(person: Person, member: Member | None) -> bool:
    return is_admin(person) and may_sanction(person, member)


def may_read_statement(person: Person, statement: Any) -> bool:
    """A statement of reasons is for the member it was made to, and for moderators."""
    is_own = statement is not None and is_signed_in(person) and statement.account_id == person.id
    return is_own or is_moderator(person)


def may_read_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    """Everybody, if its owner says so."""
    if vehicle is None or vehicle.is_removed:
        return False
    return vehicle.is_public or may_remove_vehicle(person, vehicle)


def may_edit_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    """Its words may stand in a live story and on a page of its own: whoever changes them needs a voice."""
    return may_remove_vehicle(person, vehicle) and is_active(person)


def may_remove_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    if vehicle is None or vehicle.is_removed:
        return False
    return is_signed_in(person) and vehicle.account_id == person.id


def is_admin(person: Person, _thing: Thing | None = None) -> bool:
    return person.role is Role.ADMIN and is_active(person)


RULES: dict[Permission, Rule] = {
    Permission.READ: may_read,
    Permission.WRITE: is_signed_in,
    Permission.SUBMIT: is_active,
    Permission.EDIT: may_edit,
    Permission.WITHDRAW: may_withdraw,
    Permission.COMPARE: may_compare,
    Permission.FOLLOW_STATUS: is_author,
    Permission.COMMENT: may_answer,
    Permission.REACT: may_react,
    Permission.REVIEW: may_review,
    Permission.DECIDE: may_decide,
    Permission.RESTRICT: may_restrict,
    Permission.HAND_ON: may_hand_on,
    Permission.TAKE_ESCALATED: is_admin,
    Permission.REPORT: may_report,
    Permission.READ_REPORTS: may_read_reports,
    Permission.DECIDE_APPEAL: may_decide_appeal,
    Permission.SANCTION: may_sanction,
    Permission.CLOSE_ACCOUNT: may_close,
    Permission.SET_RULES: is_admin,
    Permission.EXPORT: is_moderator,
    Permission.READ_STATEMENT: may_read_statement,
    Permission.READ_VEHICLE: may_read_vehicle,
    Permission.EDIT_VEHICLE: may_edit_vehicle,
    Permission.REMOVE_VEHICLE: may_remove_vehicle,
    Permission.USE_ACCOUNT: is_signed_in,
}
