"""Statements of reasons: one, for the member it was made to; all of them, without people, for the EU's database."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from flask import Response, current_app, redirect, render_template, request, stream_with_context, url_for

from community.accounts import access as accounts
from community.moderation import queries
from community.moderation.access import statements as access
from community.moderation.forms.exporting import PeriodForm
from community.moderation.processing import statements as export
from community.moderation.processing.reasons import reasons
from community.moderation.queries.statements import Month
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/statements/<string(maxlength=36):puid>")
def statement(puid: str) -> Page:
    """To the member it was made to, and to the desk; the appeal's link to the member alone."""
    found = access.load_statement(puid)
    stated = reasons(found)
    is_own = accounts.me().id == found.account_id
    token = access.appeal_token(stated) if is_own else None
    return render_template("moderation/statement.html", reasons=stated, token=token, is_own=is_own)


@blueprint.get("/moderation/statements")
def statements() -> Page:
    """How many there are, month by month, and where to take them from."""
    accounts.require(Permission.EXPORT)
    form = PeriodForm(request.args)
    is_good = form.validate()
    months = [(export.month_name(m), m.number) for m in _months(form)] if is_good else []
    return render_template("moderation/statements.html", form=form, months=months), 200 if is_good else 422


@blueprint.get("/moderation/statements.csv")
def statements_csv() -> Page:
    return _export("csv", "text/csv")


@blueprint.get("/moderation/statements.json")
def statements_json() -> Page:
    return _export("json", "application/json")


def _export(kind: str, mimetype: str) -> Page:
    """Sent while it is read, batch by batch; a period that is none leads to the page that says so."""
    accounts.require(Permission.EXPORT)
    form = PeriodForm(request.args)
    if not form.validate():
        return redirect(f"{url_for('moderation.statements')}?{request.query_string.decode()}")
    written = export.as_csv if kind == "csv" else export.as_json
    response = Response(stream_with_context(written(_rows(*form.period()))), mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="statements.{kind}"'
    return response


def _months(form: PeriodForm) -> Sequence[Month]:
    return queries.statements.by_month(*form.period())


def _rows(since: datetime | None, until: datetime | None) -> Iterator[list[dict[str, object]]]:
    project = partial(export.exported, base_url=current_app.extensions["settings"].base_url.rstrip("/"))
    for batch in queries.statements.standing(since, until):
        yield [project(row) for row in batch]
