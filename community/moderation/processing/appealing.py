"""What an appeal rests on, put together for those who read it, and whose it is to decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community.accounts import queries as account_queries
from community.accounts.models import Account
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution, Revision
from community.kit import paging
from community.media.processing import showing
from community.media.processing.showing import Arranged, For
from community.moderation import queries
from community.moderation.models import Appeal, AppealMessage, Decision, Statement
from community.moderation.processing.guidelines import Worded, worded
from community.moderation.queries import appeals, members, reports
from community.moderation.queries.appeals import Matter
from community.policy import rules
from community.policy.permissions import Permission, Role

EVENTS = 10


@dataclass(frozen=True)
class Hands:
    """Whose an appeal is: the viewer's; only an admin's, where every moderator is left out; or nobody's at all."""

    is_mine: bool
    is_for_admin: bool
    is_nobodys: bool


@dataclass(frozen=True)
class Evidence:
    """Everything the second person needs; about a sanction there is no text. ``member`` is whom the act concerns.

    ``change`` is what a reversal did; None while open, and where only the record was corrected.
    """

    contribution: Contribution | None
    revision: Revision | None
    clause: Worded | None
    statement: Statement | None
    reports: Sequence[reports.Filed]
    messages: Sequence[AppealMessage]
    change: Decision | None
    is_undone: bool
    arranged: Arranged | None
    member: Account | None
    timeline: paging.Page[members.Event]


@dataclass(frozen=True)
class Seen:
    """What the appellant sees beside the dialogue; ``change`` as in Evidence.

    ``arranged`` is the text, for its author; with its photos where they are signed in: these need more than a token.
    """

    revision: Revision | None
    arranged: Arranged | None
    clause: Worded | None
    messages: Sequence[AppealMessage]
    change: Decision | None


def hands(appeal: Appeal, team: Iterable[Account], viewer: rules.Person) -> Hands:
    """``team`` are all with a role at the desk, whatever their standing."""
    roles = {person.role for person in team if rules.can(person, Permission.DECIDE_APPEAL, appeal)}
    return Hands(
        is_mine=rules.can(viewer, Permission.DECIDE_APPEAL, appeal),
        is_for_admin=roles == {Role.ADMIN},
        is_nobodys=not roles,
    )


def evidence(appeal: Appeal) -> Evidence:
    decision = appeal.decision
    contribution = contribution_queries.contribution(decision.contribution_id) if decision else None
    revision = queries.revision(decision.revision_id) if decision else None
    return Evidence(
        contribution=contribution,
        revision=revision,
        clause=clause_of(appeal),
        statement=appeals.statement_for(appeal),
        reports=reports.reports_on(contribution.id) if contribution else (),
        messages=appeals.messages(appeal.id),
        change=appeals.change_by(appeal.id),
        is_undone=decision is not None and queries.is_undone(decision.id),
        arranged=showing.of_revision(revision, For.DESK) if revision else None,
        member=account_queries.account(appeal.author_id),
        timeline=members.timeline(appeal.author_id, limit=EVENTS),
    )


def seen(matter: Matter, *, is_signed_in: bool) -> Seen:
    """``is_signed_in``: whether whoever looks is the appellant by their account, too."""
    decision, appeal = matter.decision, matter.appeal
    revision = queries.revision(decision.revision_id) if decision else None
    show = showing.of_revision if is_signed_in else showing.without_photos
    return Seen(
        revision=revision,
        arranged=show(revision) if revision and matter.report is None else None,
        clause=clause_of(matter),
        messages=appeals.messages(appeal.id) if appeal else (),
        change=appeals.change_by(appeal.id) if appeal else None,
    )


def clause_of(about: Appeal | Matter) -> Worded | None:
    """What the act rests on, as it stood then, in the page's language."""
    act = about.decision or about.sanction
    found = queries.clause(act.clause_id) if act and act.clause_id else None
    return worded(found) if found else None
