"""What people are told of: each listener writes notices, or a job, in the transaction of what happened.

The worker sends mail, and looks again and again whether there are notices to be mailed.
"""

from datetime import timedelta

from community.accounts.facts import Blocked, ConfirmationWanted, PasswordChanged, RecoveryWanted
from community.contributions.facts import Moved
from community.contributions.models import Kind
from community.gatherings.facts import Spotlighted, TakenBack
from community.ideas.facts import IdeaMoved, IdeasMerged, IdeasParted, QuoteAsked, Supported
from community.kit import jobs
from community.kit.errors import Conflict
from community.moderation.actions import undoing
from community.moderation.facts import (
    AppealAnswered,
    AppealDecided,
    Appealed,
    Decided,
    LanguageCorrected,
    ReportAnswered,
    Reported,
    ReportReopened,
    Sanctioned,
    SanctionLifted,
    Undone,
)
from community.notifications import actions
from community.notifications.actions.digesting import SEND
from community.translations.facts import OriginalChanged, TranslationShown

CONFIRM, RECOVER, CHANGED, DECISION = "mail.confirm", "mail.recover", "mail.changed", "mail.decision"
REPORT_RECEIVED, REPORT_ANSWERED = "mail.report_received", "mail.report_answered"
APPEAL_RECEIVED, APPEAL_MESSAGE = "mail.appeal_received", "mail.appeal_message"
APPEAL_DECIDED, LANGUAGE_CORRECTED = "mail.appeal_decided", "mail.language_corrected"
TRANSLATION_SHOWN, ORIGINAL_CHANGED = "mail.translation_shown", "mail.original_changed"
SANCTIONED, SANCTION_LIFTED = "mail.sanctioned", "mail.sanction_lifted"

MAIL_AT_ONCE, MAIL_MORNINGS, CLEAR = "notices.at_once", "notices.mornings", "notices.clear"
NO_NEWS = frozenset({"restore", "undo"})
"""Causes of a move that brings back what readers have been told of, or takes back what they have not."""

jobs.carries(CONFIRM, actions.send_confirmation)
jobs.carries(RECOVER, actions.send_recovery)
jobs.carries(CHANGED, actions.send_password_changed)
jobs.carries(DECISION, actions.send_decision)
jobs.carries(SANCTIONED, actions.send_sanctioned)
jobs.carries(SANCTION_LIFTED, actions.send_sanction_lifted)
jobs.carries(REPORT_RECEIVED, actions.send_report_received)
jobs.carries(REPORT_ANSWERED, actions.send_report_answered)
jobs.carries(APPEAL_RECEIVED, actions.send_appeal_received)
jobs.carries(APPEAL_MESSAGE, actions.send_appeal_message)
jobs.carries(APPEAL_DECIDED, actions.send_appeal_decided)
jobs.carries(LANGUAGE_CORRECTED, actions.send_language_corrected)
jobs.carries(TRANSLATION_SHOWN, actions.send_translation_shown)
jobs.carries(ORIGINAL_CHANGED, actions.send_original_changed)
jobs.carries(SEND, actions.send_digest)
jobs.repeats(MAIL_AT_ONCE, actions.mail_at_once, timedelta(minutes=1))
jobs.repeats(MAIL_MORNINGS, actions.mail_mornings, timedelta(minutes=15))
jobs.repeats(CLEAR, actions.clear, timedelta(days=1))


def moved(fact: Moved) -> None:
    """Something can be read that could not before, or the other way round."""
    if fact.was_on is not None and fact.is_on is None:
        actions.untell(fact)
    if fact.was_on is not None or fact.is_on is None or fact.cause in NO_NEWS:
        return
    if fact.kind == Kind.COMMENT:
        actions.tell_answered(fact)
    elif fact.kind in (Kind.STORY, Kind.IDEA):
        actions.tell_of_new(fact)


def blocked(fact: Blocked) -> None:
    actions.part(fact)


def idea_moved(fact: IdeaMoved) -> None:
    actions.tell_moved(fact)


def ideas_merged(fact: IdeasMerged) -> None:
    actions.tell_merged(fact)


def ideas_parted(fact: IdeasParted) -> None:
    actions.tell_parted(fact)


def quote_asked(fact: QuoteAsked) -> None:
    actions.tell_quoted(fact)


def supported(fact: Supported) -> None:
    actions.tell_supported(fact)


def spotlighted(fact: Spotlighted) -> None:
    actions.tell_spotlighted(fact)


def taken_back(fact: TakenBack) -> None:
    actions.untell_spotlight(fact)


def confirmation_wanted(fact: ConfirmationWanted) -> None:
    jobs.enqueue(CONFIRM, {"account_id": fact.account_id})


def recovery_wanted(fact: RecoveryWanted) -> None:
    jobs.enqueue(RECOVER, {"account_id": fact.account_id})


def password_changed(fact: PasswordChanged) -> None:
    jobs.enqueue(CHANGED, {"account_id": fact.account_id})


def decided(fact: Decided) -> None:
    jobs.enqueue(DECISION, {"decision_id": fact.decision_id}, delay=undoing.WINDOW)


def undone(fact: Undone) -> None:
    """The mail must not have begun to go: an undo that comes too late takes nothing back."""
    if not jobs.cancel(DECISION, "decision_id", fact.decision_id):
        raise Conflict(undoing.TOO_LATE)


def language_corrected(fact: LanguageCorrected) -> None:
    """Two corrections at once are one letter: that of the second."""
    jobs.cancel(LANGUAGE_CORRECTED, "revision_id", fact.revision_id)
    payload = {"revision_id": fact.revision_id, "words": fact.words}
    jobs.enqueue(LANGUAGE_CORRECTED, payload, delay=undoing.WINDOW)


def translation_shown(fact: TranslationShown) -> None:
    """Not before its approval can no longer be undone; approved again meanwhile, it is one letter."""
    _once(TRANSLATION_SHOWN, fact.translation_id, is_own=fact.author_id == fact.translator_id)


def original_changed(fact: OriginalChanged) -> None:
    """As above: of a change that was undone nobody hears."""
    _once(ORIGINAL_CHANGED, fact.translation_id)


def reported(fact: Reported) -> None:
    jobs.enqueue(REPORT_RECEIVED, {"report_id": fact.report_id})


def report_answered(fact: ReportAnswered) -> None:
    """Not before the decision that answered it can no longer be undone."""
    jobs.enqueue(REPORT_ANSWERED, {"report_id": fact.report_id}, delay=undoing.WINDOW)


def report_reopened(fact: ReportReopened) -> None:
    if not jobs.cancel(REPORT_ANSWERED, "report_id", fact.report_id):
        raise Conflict(undoing.TOO_LATE)


def appealed(fact: Appealed) -> None:
    jobs.enqueue(APPEAL_RECEIVED, {"appeal_id": fact.appeal_id})


def appeal_answered(fact: AppealAnswered) -> None:
    jobs.enqueue(APPEAL_MESSAGE, {"message_id": fact.message_id})


def appeal_decided(fact: AppealDecided) -> None:
    jobs.enqueue(APPEAL_DECIDED, {"appeal_id": fact.appeal_id})


def sanctioned(fact: Sanctioned) -> None:
    jobs.enqueue(SANCTIONED, {"sanction_id": fact.sanction_id})


def sanction_lifted(fact: SanctionLifted) -> None:
    jobs.enqueue(SANCTION_LIFTED, {"sanction_id": fact.sanction_id, "explanation": fact.explanation})


def _once(kind: str, translation_id: int, *, is_own: bool = False) -> None:
    jobs.cancel(kind, "translation_id", translation_id)
    if not is_own:
        jobs.enqueue(kind, {"translation_id": translation_id}, delay=undoing.WINDOW)
