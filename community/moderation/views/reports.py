"""Reporting, by anybody; the receipt, for whoever holds its address; and the desk's list of what was reported."""

from flask import current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions import access as contributions
from community.contributions.models import Contribution, Kind
from community.kit import i18n, languages, limits
from community.kit.numbers import BIGGEST
from community.media import queries as media
from community.media.processing import showing
from community.moderation import queries
from community.moderation.access import appeals, reports
from community.moderation.actions import reports as actions
from community.moderation.forms.reporting import ReportForm
from community.moderation.models import Reason, Report
from community.moderation.processing import reporting, translated
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission

REPORTS = limits.Limit("report", times=20, seconds=3600)

blueprint.add_app_template_filter(reporting.reason_title, "reason")
blueprint.add_app_template_filter(reporting.reason_meaning, "reason_meaning")


@blueprint.get(f"/contributions/<int(max={BIGGEST}):contribution_id>/reports")
def ask_report(contribution_id: int) -> Page:
    contribution = contributions.load(contribution_id, Permission.REPORT)
    seen = contribution.live_revision.number if contribution.live_revision else None
    asked = {"revision": seen, "photo": request.args.get("photo", "")}
    if _is_objection(contribution):
        asked["reason"] = Reason.MISTRANSLATION.value
    form = ReportForm(contribution.kind, is_member=accounts.is_signed_in(), data=asked)
    return _ask(contribution, form)


@blueprint.post(f"/contributions/<int(max={BIGGEST}):contribution_id>/reports")
def report(contribution_id: int) -> Page:
    contribution = contributions.load(contribution_id, Permission.REPORT)
    form = ReportForm(contribution.kind, is_member=accounts.is_signed_in())
    kept = form.attempt(lambda: _take_in(contribution, form))
    if kept is None:
        return _ask(contribution, form)
    return redirect(url_for("moderation.receipt", token=reports.token_of(kept)))


@blueprint.get("/reports/<token>")
def receipt(token: str) -> Page:
    report = reports.load_receipt(token)
    decision = queries.decision(report.decision_id) if report.decision_id else None
    return render_template(
        "moderation/receipt.html",
        report=report,
        outcome=decision.outcome if decision else None,
        is_told=reports.is_told(report),
        appeal_url=_appeal_url(report),
        last_day=reports.last_day(report),
    )


@blueprint.get("/moderation/reports", endpoint="reports")
def open_reports() -> Page:
    """What was reported and not answered, the oldest first: ``?language=vi`` or ``all``, else the moderator's own."""
    account = accounts.require(Permission.REVIEW)
    page = queries.reported(_asked(account), viewer_id=account.id, after=request.args.get("after"))
    language, found = (
        request.args.get("language"),
        queries.unanswered_on(row.revision_id for row in page.rows),
    )
    return render_template(
        "moderation/reports.html",
        reviews=page.rows,
        reports=found,
        reported=media.ready(one.photo for reports in found.values() for one in reports),
        counts=queries.reported_by_language(viewer_id=account.id),
        next_url=url_for("moderation.reports", after=page.next, language=language) if page.next else None,
    )


def _ask(contribution: Contribution, form: ReportForm) -> Page:
    photo = showing.one_of(contribution.live_revision, form.photo.data or "")
    page = render_template(
        "moderation/report.html",
        contribution=contribution,
        form=form,
        photo=photo,
        is_objection=_is_objection(contribution),
    )
    return page, form.status


def _is_objection(contribution: Contribution) -> bool:
    """Whether the author of a story or an idea is about to report a translation of it."""
    member = accounts.member()
    if member is None or contribution.kind is not Kind.TRANSLATION:
        return False
    story = translated.original_of(contribution.id)
    return story is not None and story.author_id == member.account.id


def _take_in(contribution: Contribution, form: ReportForm) -> Report:
    """Counted once it is taken in: a slip in the form costs nothing. Raises what the action raises, and TooMany."""
    member = accounts.member()
    counted = [reports.network(), *([f"to:{form.address.lower()}"] if form.address else [])]
    address = current_app.extensions["settings"].mail_from
    limits.check(
        REPORTS,
        *counted,
        otherwise=_(
            "If it cannot wait, write to %(address)s. Say what is wrong and where it stands.", address=address
        ),
    )
    kept = actions.report(
        contribution,
        form.notice(language=i18n.language(), origin=reports.origin()),
        by=member.account if member else None,
    )
    limits.count(REPORTS, *counted)
    return kept


def _appeal_url(report: Report) -> str | None:
    """While there is a decision to appeal against, and time."""
    if not reports.may_be_appealed(report):
        return None
    return url_for("moderation.appeal", token=appeals.token_for_report(report))


def _asked(account: Account) -> list[str]:
    """The languages to show; none means all. What is unknown is passed over."""
    language = request.args.get("language", "")
    if language == "all":
        return []
    return [language] if languages.may_carry(language) else [*account.languages, languages.UNTAGGED]
