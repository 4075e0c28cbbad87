"""Statements of reasons outside the desk: as rows of the EU transparency database, without anything about a person.

Names, values, formats and lengths are those of its API, version 2, in force since 1 July 2025.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from babel.dates import format_skeleton

from community.kit import i18n, text
from community.moderation.models import Source, Statement, StatementGround
from community.moderation.processing.guidelines import worded
from community.moderation.queries.statements import Exported, Month

HIDDEN = "[…]"
FIELDS = (
    "puid",
    "decision_visibility",
    "decision_monetary",
    "decision_provision",
    "decision_account",
    "decision_ground",
    "decision_ground_reference_url",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "category",
    "content_type",
    "content_type_other",
    "content_language",
    "content_date",
    "territorial_scope",
    "application_date",
    "end_date_visibility_restriction",
    "end_date_service_restriction",
    "end_date_account_restriction",
    "decision_facts",
    "source_type",
    "automated_detection",
    "automated_decision",
)
SOURCES = {
    Source.NOTICE: "SOURCE_ARTICLE_16",
    Source.TRUSTED_FLAGGER: "SOURCE_TRUSTED_FLAGGER",
    Source.OTHER_NOTIFICATION: "SOURCE_TYPE_OTHER_NOTIFICATION",
    Source.OWN_INITIATIVE: "SOURCE_VOLUNTARY",
}
LONGEST_CONTRACT_GROUND = 500
SHORTEST_NAME = 3
SHORTEST_PART = 4

# A mail address; an address of the web or of a page here; a car's identification number (ISO 3779); a bank account.
_MARKS = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\bhttps?://\S+|\bwww\.\S+"
    r"|(?<!\w)/(?:stories|comments|contributions|members|statements|appeals)/[^\s,;)]+"
    r"|(?<!\w)@[\w][\w.-]+"
    r"|\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-HJ-NPR-Z0-9]{17}\b"
    r"|\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b"
)
_PHONE = re.compile(r"(?<!\w)\+?\(?\d[\d\s()./\u2011-]{5,22}\d(?!\w)")
# Digits that are no telephone: a date, years from and to, an amount.
_NO_PHONE = re.compile(
    r"(?<![\d+])(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
    r"|(?:19|20)\d\d\s?[-/\u2013]\s?(?:19|20)\d\d"
    r"|\d{1,2}(?:[.\s]\d{3}){2}|\d{1,3}(?:[.\s]\d{3})*[.\s]000)(?!\d)"
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def personal_marks(words: str, names: Iterable[str] = ()) -> list[str]:
    """What in a moderator's words looks like it leads to a person, in its order; empty when nothing does.

    Addresses of mail, web and pages here, telephone numbers, numbers of cars and accounts, and ``names``: a display
    name, a handle, or a part of one of four letters or more written as in the name. It errs on the side of finding.
    """
    return [words[start:end] for start, end in _marks(words, names)]


def without_marks(words: str, names: Iterable[str] = ()) -> str:
    """With each of them replaced."""
    pieces, after = [], 0
    for start, end in _marks(words, names):
        pieces += [words[after:start], HIDDEN]
        after = end
    return "".join([*pieces, words[after:]])


def exported(row: Exported, *, base_url: str) -> dict[str, object]:
    """One statement as the database takes it; what does not apply is left out."""
    stated = row.statement
    fields: dict[str, object] = {
        "puid": stated.puid,
        "decision_visibility": [stated.decision_visibility] if stated.decision_visibility else None,
        "decision_provision": stated.decision_provision,
        "decision_account": stated.decision_account,
        "decision_ground": stated.decision_ground,
        **_ground(row, base_url),
        "category": stated.category,
        **_content(stated),
        "territorial_scope": sorted(stated.territorial_scope.split()),
        "application_date": _day(stated.application_date),
        **_end(stated),
        "decision_facts": without_marks(stated.decision_facts, row.names),
        "source_type": SOURCES[stated.source_type],
        "automated_detection": "Yes" if stated.automated_detection else "No",
        "automated_decision": stated.automated_decision,
    }
    return {name: fields[name] for name in FIELDS if fields.get(name)}


def as_csv(batches: Iterable[Sequence[Mapping[str, object]]]) -> Iterator[str]:
    """Lines with a head; lists are written as JSON, as in the database's own files."""
    yield _lines([FIELDS])
    for rows in batches:
        yield _lines([[_cell(row.get(name)) for name in FIELDS] for row in rows])


def as_json(batches: Iterable[Sequence[Mapping[str, object]]]) -> Iterator[str]:
    """The body the database's API takes for several statements (of which it takes a hundred at a time)."""
    between = '{"statements": [\n'
    is_empty = True
    for rows in batches:
        for row in rows:
            yield between + json.dumps(row, ensure_ascii=False)
            between, is_empty = ",\n", False
    yield f"{between if is_empty else ''}\n]}}\n"


def month_name(month: Month) -> str:
    """``March 2026``, in the page's language."""
    return str(format_skeleton("yMMMM", date(month.year, month.month, 1), locale=i18n.language()))


def _ground(row: Exported, base_url: str) -> dict[str, str]:
    stated = row.statement
    reason = without_marks(stated.reason, row.names)
    if stated.decision_ground is StatementGround.ILLEGAL:
        law = without_marks(stated.legal_ground, row.names)
        return {"illegal_content_legal_ground": law, "illegal_content_explanation": reason}
    clause = worded(row.clause, "en")
    named = f"{clause.number} {clause.title} (version {clause.version}): {clause.text}"
    return {
        "decision_ground_reference_url": f"{base_url}{clause.path}",
        "incompatible_content_ground": text.excerpt(named, LONGEST_CONTRACT_GROUND),
        "incompatible_content_explanation": reason,
    }


def _content(stated: Statement) -> dict[str, object]:
    """An account is no kind of content, and has no date of its own but that of the decision."""
    language = stated.content_language or ""
    return {
        "content_type": stated.content_type.split() if stated.content_type else ["CONTENT_TYPE_OTHER"],
        "content_type_other": None if stated.content_type else "Account",
        "content_language": language.upper() if len(language) == 2 else None,
        "content_date": _day(stated.content_date or stated.application_date),
    }


def _end(stated: Statement) -> dict[str, str]:
    """The end beside what ends; without one it is indefinite."""
    if stated.end_date is None:
        return {}
    measures = {
        "end_date_visibility_restriction": stated.decision_visibility,
        "end_date_service_restriction": stated.decision_provision,
        "end_date_account_restriction": stated.decision_account,
    }
    return {name: _day(stated.end_date) for name, measure in measures.items() if measure}


def _day(moment: datetime) -> str:
    """YYYY-MM-DD in UTC."""
    return f"{moment:%Y-%m-%d}"


def _lines(rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value)
    # A spreadsheet would carry out what begins like a formula.
    return f"'{value}" if str(value)[:1] in ("=", "+", "-", "@", "\t", "\r") else str(value)


def _marks(words: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """From where to where, in order and without overlap."""
    pattern = _pattern(names)
    spans = [found.span() for found in _MARKS.finditer(words)]
    spans += [found.span() for found in pattern.finditer(words)] if pattern else []
    spans += _phones(words)
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return kept


def _phones(words: str) -> Iterator[tuple[int, int]]:
    plain = _NO_PHONE.sub(lambda found: "\0" * len(found.group()), words)
    for found in _PHONE.finditer(plain):
        if 7 <= sum(c.isdecimal() for c in found.group()) <= 15:
            yield found.span()


def _pattern(names: Iterable[str]) -> "re.Pattern[str] | None":
    whole, parts = set(), set()
    for name in (unicodedata.normalize("NFC", name).strip() for name in names):
        if len(name) >= SHORTEST_NAME or _UNSPACED.search(name):
            whole.add(name)
        parts |= {part for part in re.split(r"[\W_]+", name) if len(part) >= SHORTEST_PART}
    said = [f"(?i:{_bounded(name)})" for name in whole] + [_bounded(part) for part in parts]
    return re.compile("|".join(sorted(said, key=len, reverse=True))) if said else None


def _bounded(name: str) -> str:
    """As a word; in scripts without spaces, wherever it stands."""
    spelled = r"\s+".join(re.escape(part) for part in name.split())
    return spelled if _UNSPACED.search(name) else rf"(?<!\w){spelled}(?!\w)"
