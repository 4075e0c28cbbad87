"""The public log and the half-year reports: pages, feed, CSV and JSON, open to everybody."""

import csv
from io import StringIO
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from community.kit import clock, i18n
from community.kit.numbers import BIGGEST
from community.moderation import queries
from community.moderation.access.transparency import load_half_year, load_line
from community.moderation.processing import download, lines, report, report_words
from community.moderation.processing.lines import Guide
from community.moderation.processing.report import Figures
from community.moderation.queries import LogFilter, counting
from community.moderation.views.blueprint import Page

blueprint = Blueprint("transparency", __name__)
A_HALF_YEAR = "/transparency/reports/<string(length=7):name>"


@blueprint.get("/transparency")
def log() -> Page:
    """Newest first, narrowed by ``act``, ``kind``, ``clause``, ``language``, ``country``, ``from`` and ``to``."""
    guide, wanted = _asked()
    page = queries.public_log(wanted, after=request.args.get("after"))
    query = lines.as_query(wanted)
    return render_template(
        "moderation/transparency.html",
        page=page,
        guide=guide,
        query=query,
        places=lines.Places.of(*queries.places_of_work()),
        next_url=_address({**query, "after": page.next}) if page.next else None,
    )


@blueprint.get("/transparency.atom")
def feed() -> Page:
    """The newest lines as Atom (RFC 4287), in the reader's language, narrowed as the page can be."""
    guide, wanted = _asked()
    page = queries.public_log(wanted)
    words = render_template(
        "moderation/transparency_feed.xml",
        lines=page.rows,
        guide=guide,
        base=current_app.extensions["settings"].base_url,
        query=lines.as_query(wanted),
        updated=page.rows[0].created_at if page.rows else clock.now(),
        language=i18n.language(),
    )
    return Response(words, content_type="application/atom+xml; charset=utf-8")


@blueprint.get("/transparency.csv")
def log_csv() -> Page:
    """All columns, oldest first, sent as it is read; narrowed as the page can be."""
    _guide, wanted = _asked()
    answer = Response(stream_with_context(download.in_parts(wanted)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=log.csv"
    # Kept by nobody: it may be as long as the log, and would be whole in memory.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get(f"/transparency/lines/<int(max={BIGGEST}):number>")
def line(number: int) -> Page:
    """One line with all it holds, what it is about and what followed."""
    entry = load_line(number)
    return render_template(
        "moderation/transparency_line.html",
        line=entry,
        columns=download.COLUMNS,
        plain=download.plain(entry),
        following=queries.lines_about(number),
        guide=_guide(),
    )


@blueprint.get("/transparency/checking")
def checking() -> Page:
    """What the columns mean, and how anybody can check the chain."""
    return render_template(
        "moderation/transparency_checking.html",
        columns=download.COLUMNS,
        script=download.SCRIPT,
        last=queries.last_line(),
    )


@blueprint.get("/transparency/reports")
def reports() -> Page:
    """The half-years of which there is anything to report."""
    found = [(str(half_year), report_words.named(half_year)) for half_year in counting.half_years()]
    return render_template("moderation/transparency_reports.html", half_years=found)


@blueprint.get(A_HALF_YEAR)
def half_year(name: str) -> Page:
    figures = report.figures(load_half_year(name))
    page = render_template(
        "moderation/transparency_report.html",
        report=figures,
        title=report_words.named(figures.half_year),
        sums=report_words.sums(figures),
        tables=report_words.tables(figures, _guide()),
    )
    return _of(figures, Response(page))


@blueprint.get(f"{A_HALF_YEAR}.json")
def half_year_json(name: str) -> Page:
    figures = report.figures(load_half_year(name))
    return _of(figures, jsonify(report.as_plain(figures)))


@blueprint.get(f"{A_HALF_YEAR}.csv")
def half_year_csv(name: str) -> Page:
    paper = StringIO()
    figures = report.figures(load_half_year(name))
    csv.writer(paper, lineterminator="\n").writerows(report.as_rows(figures))
    return _of(figures, Response(paper.getvalue(), content_type="text/csv; charset=utf-8"))


def _of(figures: Figures, answer: Response) -> Response:
    """One that is not final becomes so by time alone, which ends no kept page: it is drawn each time."""
    if not figures.is_final:
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _address(query: dict[str, Any]) -> str:
    return url_for("transparency.log", **query)


def _asked() -> tuple[Guide, LogFilter]:
    guide = _guide()
    return guide, lines.wanted(request.args, list(guide.newest))


def _guide() -> Guide:
    return Guide.of(queries.guidelines.all_clauses())
