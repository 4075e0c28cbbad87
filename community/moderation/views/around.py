"""What stands around a text under review: how it will appear, the desk's own row about it, the records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from community.accounts import access as accounts
from community.accounts import queries as account_queries
from community.accounts.models import Vehicle
from community.calls import processing as calls
from community.calls.processing import Answered
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution, Kind, Revision
from community.contributions.processing import comparing
from community.contributions.processing.comparing import PhotoChange
from community.kit import clock, difference, i18n, languages, paging
from community.media.processing import showing
from community.media.processing.showing import Arranged, For
from community.moderation import actions, forms, queries
from community.moderation.models import Clause, Decision, Note, Outcome, Review
from community.moderation.processing import concerned, translated
from community.moderation.processing.concerned import Begun
from community.moderation.processing.translated import Beside
from community.moderation.queries import Change, Filed, Waiting, members
from community.moderation.queries.members import Event
from community.moderation.views import scope as scopes
from community.moderation.views import undo
from community.moderation.views.blueprint import blueprint
from community.policy.permissions import Permission

MOST_EVENTS = 6


@dataclass(frozen=True)
class Text:
    """A revision as it will appear; ``changes`` against the live one, where it is an edit of it.

    A translation stands ``beside`` its original; ``idea`` is what an idea says beside its words; ``answered`` is the
    call a story answers. ``language`` is the form that corrects what language it says.
    """

    topic: str
    vehicle: Vehicle | None
    arranged: Arranged
    changes: Sequence[difference.Change] | None
    photo_changes: Sequence[PhotoChange]
    answers: Contribution | None
    beside: Beside | None
    idea: Begun | None
    answered: Answered | None
    language: forms.LanguageForm


@dataclass(frozen=True)
class Desk:
    """The row about it, what else waits in the moderator's choice, and what led here.

    ``holder`` is the name of somebody else who is reading it, ``until`` when it is theirs, or one's own, no more.
    """

    choice: scopes.Choice
    item: Review | None
    change: Change | None
    waiting: Sequence[Waiting]
    decided: undo.Undoable | None

    @property
    def until(self) -> datetime | None:
        until = self.change.claimed_until if self.change and self.is_open else None
        return until if until and until > clock.now() else None

    @property
    def is_open(self) -> bool:
        return self.item is not None and self.item.closed_at is None

    @property
    def is_mine(self) -> bool:
        is_claimed = self.change is not None and self.change.claimed_by_id == self.choice.viewer_id
        return self.until is not None and is_claimed

    @property
    def holder(self) -> str:
        return self.change.claimed_by or "" if self.change and self.until and not self.is_mine else ""

    @property
    def seconds(self) -> int:
        return int((self.until - clock.now()).total_seconds()) if self.until else 0


@dataclass(frozen=True)
class Grounds:
    """What can be decided now, the clauses in force, and words to begin with in the author's language."""

    outcomes: list[Outcome]
    clauses: Sequence[Clause]
    templates: dict[str, str]


@dataclass(frozen=True)
class Records:
    decisions: Sequence[Decision]
    reports: Sequence[Filed]
    timeline: paging.Page[Event]
    notes: Sequence[Note]


def text(contribution: Contribution, revision: Revision, language: forms.LanguageForm | None = None) -> Text:
    live = contribution.live_revision
    is_edit = live is not None and live.id != revision.id
    topics = contribution_queries.topics(i18n.language()) if revision.topic_id else ()
    answers_id, read = contribution.answers_id, accounts.me().languages
    return Text(
        topic=next((name for number, _slug, name in topics if number == revision.topic_id), ""),
        vehicle=_vehicle(contribution.author_id, revision.vehicle_id),
        arranged=showing.of_revision(revision, For.DESK),
        changes=comparing.paragraphs(live, revision) if live and is_edit else None,
        photo_changes=comparing.photos(live, revision) if live and is_edit else (),
        answers=contribution_queries.contribution(answers_id) if answers_id else None,
        beside=translated.beside(revision) if contribution.kind is Kind.TRANSLATION else None,
        idea=concerned.begun(revision, live) if contribution.kind is Kind.IDEA else None,
        answered=calls.answered(revision),
        language=language or forms.LanguageForm.about(revision, contribution.version, read),
    )


def desk(revision: Revision) -> Desk:
    choice = scopes.chosen(accounts.require(Permission.REVIEW))
    return Desk(
        choice=choice,
        item=queries.review(revision.id),
        change=next(iter(queries.changes([revision.id])), None),
        waiting=queries.waiting(choice.scope, viewer_id=choice.viewer_id, after=choice.after).rows,
        decided=undo.just_decided(),
    )


def grounds(contribution: Contribution, revision: Revision, item: Review | None) -> Grounds:
    outcomes = actions.lawful_outcomes(contribution, revision, item)
    return Grounds(outcomes, queries.clauses_in_force(), queries.templates(contribution.author.ui_language))


def records(contribution: Contribution) -> Records:
    return Records(
        decisions=queries.decisions_on(contribution.id),
        reports=queries.reports_on(contribution.id),
        timeline=members.timeline(contribution.author_id, MOST_EVENTS),
        notes=members.notes_on(contribution.author_id, contribution.id),
    )


@blueprint.app_template_global("reads")
def reads(language: str) -> bool:
    """Whether the signed-in member reads it; untagged texts are everybody's."""
    return language == languages.UNTAGGED or language in accounts.me().languages


def _vehicle(author_id: int, vehicle_id: int | None) -> Vehicle | None:
    return account_queries.vehicle(author_id, vehicle_id) if vehicle_id else None
