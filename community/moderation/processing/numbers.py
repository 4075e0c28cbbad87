"""The team's numbers: what waits in each language, and how the last twelve weeks went, with their charts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_skeleton
from flask_babel import gettext as _
from markupsafe import Markup

from community.kit import charts, clock, i18n, languages, presentation
from community.kit.charts import Chart, Series
from community.moderation import queries
from community.moderation.models import Act
from community.moderation.processing.report import DECISIONS, RESTRICTING, VERDICTS, Value, hours, share
from community.moderation.processing.report_words import NAMES, Words, described, parts
from community.moderation.queries import InLanguage, Scope, counting
from community.moderation.queries import numbers as weekly

EVERY_LANGUAGE = Scope((), ())
MOST_BARS = 12


@dataclass(frozen=True)
class Week:
    """``cells``: decisions, restrictions, median_hours, upheld, reversed, reversed_share."""

    begins: datetime
    label: str
    cells: dict[str, Value]


@dataclass(frozen=True)
class Numbers:
    """``language`` is the one asked for, or empty; a chart is None where there is nothing to draw."""

    language: str
    waiting: list[InLanguage]
    languages: list[tuple[str, str]]
    weeks: list[Week]
    charts: dict[str, Markup | None]

    @property
    def columns(self) -> dict[str, Words]:
        return {column: NAMES[column] for column in self.weeks[0].cells}

    @property
    def all_waiting(self) -> int:
        return sum(row.waiting for row in self.waiting)

    @property
    def oldest_at(self) -> datetime | None:
        return min((row.oldest_at for row in self.waiting if row.oldest_at), default=None)


def numbers(language: str = "") -> Numbers:
    """Of one language, or of all. Five questions to the database, whatever their answers."""
    found = queries.in_languages(EVERY_LANGUAGE, viewer_id=0)
    waiting = [row for row in found if language in ("", row.language)]
    weeks = _weeks(language)
    drawn = {
        "waiting": _bars(waiting) if len(waiting) > 1 else None,
        "decisions": _columns(weeks),
        "hours": _lines(weeks, "median_hours", _("Median hours to a decision")),
        "reversed": _lines(weeks, "reversed_share", _("Reversed on appeal, in percent")),
    }
    spoken = {language, *(row.language for row in found), *queries.places_of_work()[0]}
    known = [pair for pair in languages.labels(i18n.language()) if pair[0] in spoken]
    return Numbers(language, waiting, known, weeks, drawn)


def _weeks(language: str) -> list[Week]:
    moments, up_to = weekly.weeks(clock.now()), queries.last_line().number
    done = weekly.by_week(moments, (*DECISIONS, *VERDICTS), up_to=up_to, language=language)
    lines: Counter[int] = Counter()
    for row in done:
        lines[row.week] += row.waits if row.act in DECISIONS else 0
    waited = counting.waits(moments, DECISIONS, up_to=up_to, language=language)
    medians = counting.medians((((line.period,), line.seconds) for line in waited), lines)
    counted = [{row.act: row.lines for row in done if row.week == place} for place in range(weekly.WEEKS)]
    return [
        Week(
            begins, format_skeleton("MMMd", begins, locale=i18n.language()), _cells(acts, medians.get(place))
        )
        for place, (begins, acts) in enumerate(zip(moments[:-1], counted, strict=True))
    ]


def _cells(acts: dict[Act, int], seconds: float | None) -> dict[str, Value]:
    upheld, reversed_ = acts.get(Act.UPHOLD, 0), acts.get(Act.REVERSE, 0)
    return {
        "decisions": sum(acts.get(act, 0) for act in DECISIONS),
        "restrictions": sum(acts.get(act, 0) for act in RESTRICTING),
        "median_hours": hours(seconds),
        "upheld": upheld,
        "reversed": reversed_,
        "reversed_share": share(reversed_, upheld),
    }


def _bars(waiting: Sequence[InLanguage]) -> Markup | None:
    shown, spoken = waiting[:MOST_BARS], i18n.language()
    labels = [languages.name(row.language, spoken) for row in shown]
    series = [Series("", [row.waiting for row in shown])]
    return _drawn("waiting", _("Waiting by language"), labels, series)


def _columns(weeks: Sequence[Week]) -> Markup | None:
    labels, series = [week.label for week in weeks], parts([week.cells for week in weeks])
    return _drawn("decisions", _("Decisions by week"), labels, series)


def _lines(weeks: Sequence[Week], column: str, title: str) -> Markup | None:
    series = [Series("", [week.cells[column] for week in weeks])]
    return _drawn(column.replace("_", "-"), title, [week.label for week in weeks], series)


def _drawn(key: str, title: str, labels: Sequence[str], series: Sequence[Series]) -> Markup | None:
    chart = Chart(
        key=f"chart-{key}",
        title=title,
        description=described(labels, series),
        labels=labels,
        series=series,
        say=lambda value: presentation.number(value, "#,##0.#"),
        is_mirrored=languages.direction(i18n.language()) == "rtl",
    )
    draw = {"waiting": charts.bars, "decisions": charts.columns}.get(key, charts.lines)
    return None if chart.is_empty else draw(chart)
