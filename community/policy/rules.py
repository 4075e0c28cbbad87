"""Every rule of who may do what: small predicates and one table. Nothing else in the house decides it."""

from collections.abc import Callable
from typing import Any

from community.kit.languages import UNTAGGED
from community.policy.people import Appeal, Member, Person, Thing, Vehicle, Visitor
from community.policy.permissions import Permission, Role, Standing

__all__ = ["RULES", "Appeal", "Member", "Person", "Rule", "Thing", "Vehicle", "Visitor", "can"]


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


def is_shut_out(person: Person, member_id: int) -> bool:
    """Whether this member blocked them, so that what that member shows is not there for them.

    Not whoever judges what is said here or answers it for the maker: they could not do their work.
    """
    return member_id in person.blocked_by and person.role is Role.MEMBER


def is_apart(person: Person, member_id: int) -> bool:
    """Whether one of the two blocked the other: neither reaches the other, whatever their roles."""
    return member_id in person.blocked_by or member_id in person.blocks


def may_read(person: Person, thing: Thing | None) -> bool:
    """What is public is for all but those its author blocked; what was submitted also for moderators; the rest for its
    author.
    """
    if thing is None:
        return False
    if thing.is_public and not is_shut_out(person, thing.author_id):
        return True
    return is_author(person, thing) or (is_moderator(person) and thing.has_been_submitted)


def may_edit(person: Person, thing: Thing | None) -> bool:
    return thing is not None and is_author(person, thing) and thing.is_editable


def may_withdraw(person: Person, thing: Thing | None) -> bool:
    return thing is not None and is_author(person, thing) and thing.is_withdrawable


def may_compare(person: Person, thing: Thing | None) -> bool:
    return is_author(person, thing) or (
        is_moderator(person) and thing is not None and thing.has_been_submitted
    )


def may_answer(person: Person, thing: Thing | None) -> bool:
    return (
        thing is not None
        and thing.takes_answers
        and is_active(person)
        and not is_apart(person, thing.author_id)
    )


def may_react(person: Person, thing: Thing | None) -> bool:
    return (
        thing is not None and thing.is_public and is_active(person) and not is_apart(person, thing.author_id)
    )


def may_follow(person: Person, thing: Thing | None) -> bool:
    """Hear of what becomes of it; its author hears of it anyway. Whoever only reads here may, too."""
    if thing is None or not is_signed_in(person) or is_author(person, thing):
        return False
    return thing.is_public and not is_apart(person, thing.author_id)


def may_read_member(person: Person, member: Member | None) -> bool:
    return member is not None and not is_shut_out(person, member.id)


def may_follow_member(person: Person, member: Member | None) -> bool:
    if member is None or not is_signed_in(person) or member.id == person.id:
        return False
    return not is_apart(person, member.id)


def may_block(person: Person, member: Member | None) -> bool:
    """Anybody but oneself. Also somebody of the desk or the maker: what they answer and decide as such stays."""
    return member is not None and is_signed_in(person) and member.id != person.id


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
    is_within_reach = member.role in (Role.MEMBER, Role.CURATOR) or (
        member.role is Role.MODERATOR and is_admin(person)
    )
    return person.id != member.id and is_within_reach


def may_close(person: Person, member: Member | None) -> bool:
    return is_admin(person) and may_sanction(person, member)


def may_read_statement(person: Person, statement: Any) -> bool:
    """A statement of reasons is for the member it was made to, and for moderators."""
    is_own = statement is not None and is_signed_in(person) and statement.account_id == person.id
    return is_own or is_moderator(person)


def may_read_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    """Everybody but those its owner blocked, if its owner says so."""
    if vehicle is None or vehicle.is_removed:
        return False
    is_open = vehicle.is_public and not is_shut_out(person, vehicle.account_id)
    return is_open or may_remove_vehicle(person, vehicle)


def may_edit_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    """Its words may stand in a live story and on a page of its own: whoever changes them needs a voice."""
    return may_remove_vehicle(person, vehicle) and is_active(person)


def may_remove_vehicle(person: Person, vehicle: Vehicle | None) -> bool:
    if vehicle is None or vehicle.is_removed:
        return False
    return is_signed_in(person) and vehicle.account_id == person.id


def is_curator(person: Person, _thing: Any = None) -> bool:
    """Speaks for the maker. The desk does not: who judges what members say is not who answers it (docs/adr/026)."""
    return person.role in (Role.CURATOR, Role.ADMIN) and is_active(person)


def may_support(person: Person, idea: Any) -> bool:
    """Anybody with a voice, but not their own: an idea's author stands behind it already."""
    if idea is None or not idea.takes_support or not is_active(person):
        return False
    return not is_author(person, idea) and not is_apart(person, idea.author_id)


def may_quote(person: Person, thing: Thing | None) -> bool:
    """Begin an idea with a paragraph of what everybody can read; whether it is shown its author says."""
    if thing is None or not is_signed_in(person):
        return False
    return thing.is_public and not is_apart(person, thing.author_id)


def may_translate(person: Person, thing: Thing | None) -> bool:
    """Say again in another language what they can read, unless they and its author keep apart."""
    if thing is None or not is_signed_in(person):
        return False
    return may_read(person, thing) and not is_apart(person, thing.author_id)


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
    Permission.SUPPORT: may_support,
    Permission.CURATE: is_curator,
    Permission.SEE_INSIGHTS: is_curator,
    Permission.QUOTE: may_quote,
    Permission.TRANSLATE: may_translate,
    Permission.CONSENT: is_author,
    Permission.FOLLOW: may_follow,
    Permission.READ_MEMBER: may_read_member,
    Permission.FOLLOW_MEMBER: may_follow_member,
    Permission.BLOCK: may_block,
}
