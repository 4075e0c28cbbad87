"""Carrying out the mail jobs: the letter is composed when it is sent, from what is true then."""

from typing import Any

from community.accounts import actions as accounts
from community.accounts import queries as account_queries
from community.accounts.models import Account, Purpose
from community.contributions import queries as contribution_queries
from community.contributions.models import Contribution
from community.kit import unit_of_work
from community.moderation import queries as desk
from community.moderation.access import appeals as appeal_access
from community.moderation.access import reports as report_access
from community.moderation.models import RESTRICTIONS, WINDOW, Outcome, Report
from community.moderation.processing import worded
from community.moderation.processing.reasons import reasons
from community.moderation.queries import appeals
from community.notifications import processing
from community.policy.permissions import Standing
from community.translations import queries as translations
from community.translations.models import Translation


def send_confirmation(number: int, payload: dict[str, Any]) -> None:
    """The token is made here, so that no table ever holds one in the clear."""
    account = account_queries.account(payload["account_id"])
    if account is None or account.is_confirmed:
        return
    processing.send(number, account, "accounts/confirm", token=_token(account, Purpose.CONFIRM))


def send_recovery(number: int, payload: dict[str, Any]) -> None:
    account = account_queries.account(payload["account_id"])
    if account is not None and account.standing is not Standing.CLOSED:
        processing.send(number, account, "accounts/recover", token=_token(account, Purpose.RECOVER))


def send_password_changed(number: int, payload: dict[str, Any]) -> None:
    account = account_queries.account(payload["account_id"])
    if account is not None:
        processing.send(number, account, "accounts/changed")


def send_decision(number: int, payload: dict[str, Any]) -> None:
    """In the author's language; the moderator is not named."""
    decision = desk.decision(payload["decision_id"])
    if decision is None or decision.outcome is Outcome.KEEP or desk.is_undone(decision.id):
        return  # that somebody looked and left it alone is no news to its author
    author = account_queries.account(decision.author_id)
    revision = desk.revision(decision.revision_id)
    contribution = contribution_queries.contribution(decision.contribution_id)
    if author is None or revision is None or contribution is None:
        return
    ground = desk.clause(decision.clause_id) if decision.clause_id else None
    stated = desk.statement_of(decision.id)
    processing.send(
        number,
        author,
        "moderation/decision",
        decision=decision,
        title=revision.title or revision.excerpt,
        clause=worded(ground, author.ui_language) if ground else None,
        contribution=contribution,
        reasons=reasons(stated, author.ui_language) if stated else None,
        appeal=appeal_access.token_for_decision(decision) if decision.outcome in RESTRICTIONS else None,
    )


def send_language_corrected(number: int, payload: dict[str, Any]) -> None:
    """In a line, with what the moderator had to say about it."""
    revision = desk.revision(payload["revision_id"])
    contribution = contribution_queries.contribution(revision.contribution_id) if revision else None
    author = account_queries.account(contribution.author_id) if contribution else None
    if revision is None or author is None:
        return
    title = revision.title or revision.excerpt
    processing.send(
        number, author, "moderation/language", revision=revision, title=title, words=payload["words"]
    )


def send_translation_shown(number: int, payload: dict[str, Any]) -> None:
    """To the author of the original, unless readers are not shown the translation any more, or it is their own."""
    pair = _pair(payload["translation_id"])
    if pair is None:
        return
    translation, original = pair
    edition = translations.edition(original.id, translation.language)
    if edition is not None and edition.translation_id == translation.id:
        words = {"translation": translation, "kind": original.kind, "title": edition.title}
        _send_on_translation(number, original.author_id, "translations/shown", **words)


def send_original_changed(number: int, payload: dict[str, Any]) -> None:
    """To the translator, with what is true when it goes: nothing is said of what was put right meanwhile."""
    pair = _pair(payload["translation_id"])
    if pair is None:
        return
    translation, original = pair
    edition = translations.edition(original.id, translation.language)
    is_shown = edition is not None and edition.translation_id == translation.id
    stale = edition.stale if edition and is_shown else None
    if stale == 0 or (edition is not None and not is_shown):
        return
    title = translation.live_revision.title if translation.live_revision else ""
    _send_on_translation(
        number,
        translation.author_id,
        "translations/changed",
        translation=translation,
        kind=original.kind,
        title=title,
        stale=stale,
    )


def send_report_received(number: int, payload: dict[str, Any]) -> None:
    _send_on_report(number, desk.report(payload["report_id"]), "moderation/report_received")


def send_report_answered(number: int, payload: dict[str, Any]) -> None:
    """What came of it, and what can be done about it; an answer taken back meanwhile is not told."""
    report = desk.report(payload["report_id"])
    if report is None or report.result is None:
        return
    decision = desk.decision(report.decision_id) if report.decision_id else None
    _send_on_report(
        number,
        report,
        "moderation/report_answered",
        outcome=decision.outcome if decision else None,
        last_day=report_access.last_day(report),
        appeal=appeal_access.token_for_report(report),
    )


def send_appeal_received(number: int, payload: dict[str, Any]) -> None:
    _send_on_appeal(number, payload["appeal_id"], "moderation/appeal_received")


def send_appeal_message(number: int, payload: dict[str, Any]) -> None:
    """What the desk wrote in the dialogue."""
    message = appeals.message(payload["message_id"])
    if message is not None:
        _send_on_appeal(number, message.appeal_id, "moderation/appeal_message", message=message)


def send_appeal_decided(number: int, payload: dict[str, Any]) -> None:
    """The verdict with its reasons, and the ways that stay open (Article 20(5) of the DSA)."""
    change = appeals.change_by(payload["appeal_id"])
    _send_on_appeal(number, payload["appeal_id"], "moderation/appeal_decided", change=change)


def _send_on_appeal(number: int, appeal_id: int, template: str, **words: object) -> None:
    """To whoever appealed; to nobody where a report was made without an address."""
    appeal = appeals.appeal(appeal_id)
    if appeal is None:
        return
    account = account_queries.account(appeal.appellant_id) if appeal.appellant_id else None
    report = appeal.report
    to = account or (processing.Addressee(report.email, report.language) if report else None)
    if to is not None and to.email:
        token = appeal_access.token_for_appeal(appeal)
        processing.send(number, to, template, appeal=appeal, token=token, **words)


def _send_on_report(number: int, report: Report | None, template: str, **words: object) -> None:
    """To whoever made it; to nobody where no address was given, as child safety allows."""
    if report is None:
        return
    account = account_queries.account(report.reporter_id) if report.reporter_id else None
    # Anybody can type anybody's address and name: a letter to it repeats nothing that was typed.
    to = account or processing.Addressee(report.email, report.language)
    if to.email:
        processing.send(number, to, template, report=report, token=report_access.token_of(report), **words)


def send_sanctioned(number: int, payload: dict[str, Any]) -> None:
    """With the clause in the version it rests on, everything said about it, and the ways against it."""
    _send_on_sanction(number, payload["sanction_id"], "moderation/sanctioned")


def send_sanction_lifted(number: int, payload: dict[str, Any]) -> None:
    """With what the desk says about it, and what still holds."""
    _send_on_sanction(
        number, payload["sanction_id"], "moderation/sanction_lifted", explanation=payload["explanation"]
    )


def _send_on_sanction(number: int, sanction_id: int, template: str, **words: object) -> None:
    sanction = desk.members.sanction(sanction_id)
    clause = desk.clause(sanction.clause_id) if sanction else None
    member = account_queries.account(sanction.account_id) if sanction else None
    if sanction is None or clause is None or member is None:
        return
    stated = desk.statements.statement(sanction.statement_puid) if sanction.statement_puid else None
    processing.send(
        number,
        member,
        template,
        sanction=sanction,
        clause=worded(clause, member.ui_language),
        reasons=reasons(stated, member.ui_language) if stated else None,
        appeal=appeal_access.token_for_sanction(sanction),
        until=sanction.created_at + WINDOW,
        **words,
    )


def _pair(translation_id: int) -> tuple[Translation, Contribution] | None:
    """A live translation by somebody else than the author, and its original, where readers may see the two."""
    translation = translations.translation(translation_id)
    original = contribution_queries.contribution(translation.of_id) if translation else None
    if translation is None or original is None or translation.author_id == original.author_id:
        return None
    is_another_language = translation.language != original.language
    return (translation, original) if translation.is_public and is_another_language else None


def _send_on_translation(number: int, account_id: int, template: str, **words: object) -> None:
    account = account_queries.account(account_id)
    if account is not None and account.standing is not Standing.CLOSED:
        processing.send(number, account, template, **words)


def _token(account: Account, purpose: Purpose) -> str:
    """Committed before the mail goes, or its link could arrive before it works."""
    with unit_of_work.transaction():
        return accounts.issue(account, purpose)
