"""The moderation desk: reviews, reports, appeals, sanctions, statements of reasons, guidelines in versions, the log.

Every earlier decision gets its line in the log and, where it restricts, its statement; what waits becomes a review.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "4115b0a404d2"
down_revision: str | None = "2b326a221a47"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
AT_ONCE = 1000
TERRITORY = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
CATEGORIES = (
    "ANIMAL_WELFARE",
    "CONSUMER_INFORMATION",
    "CYBER_VIOLENCE",
    "CYBER_VIOLENCE_AGAINST_WOMEN",
    "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
    "ILLEGAL_OR_HARMFUL_SPEECH",
    "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
    "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
    "OTHER_VIOLATION_TC",
    "PROTECTION_OF_MINORS",
    "RISK_FOR_PUBLIC_SECURITY",
    "SCAMS_AND_FRAUD",
    "SELF_HARM",
    "UNSAFE_AND_PROHIBITED_PRODUCTS",
    "VIOLENCE",
)

STANDINGS = ("good", "warned", "suspended")
OLD_OUTCOMES = ("approve", "return", "refuse", "hide", "restore")
NEW_OUTCOMES = ("keep", "lock", "unlock", "undo")
OLD_GROUNDS = ("1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "3.3")
OLD_REASONS = "outcome NOT IN ('refuse', 'hide') OR (ground IS NOT NULL AND length(trim(explanation)) > 0)"
NEW_REASONS = (
    "outcome NOT IN ('refuse', 'hide', 'lock') OR "
    "(clause_id IS NOT NULL AND ground IS NOT NULL AND statement_puid IS NOT NULL "
    "AND length(trim(explanation)) > 0)"
)
DECISION_CHECKS = {
    "ck_decision_only_restrictions_state": "outcome IN ('refuse', 'hide', 'lock') OR statement_puid IS NULL",
    "ck_decision_undo_names_decision": "(outcome = 'undo') = (undoes_id IS NOT NULL)",
}
CONTRIBUTION_CHECKS = {
    "ck_contribution_restriction_has_statement": (
        "state NOT IN ('refused', 'hidden') OR statement_puid IS NOT NULL"
    ),
}
REVISION_CHECKS = {
    "ck_revision_refusal_has_statement": "state <> 'refused' OR statement_puid IS NOT NULL",
    "ck_revision_finding_words_length": "length(finding_words) <= 500",
}

# A statement and what it restricts name each other, so one of the two is looked for when the transaction ends.
DEFERRED: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}
STATEMENT = ("statement_puid", "statement", "puid", " DEFERRABLE INITIALLY DEFERRED")
REFERENCES = {
    "fk_contribution_statement_puid": STATEMENT,
    "fk_revision_statement_puid": STATEMENT,
    "fk_sanction_statement_puid": STATEMENT,
    "fk_decision_statement_puid": STATEMENT,
    "fk_decision_clause_id": ("clause_id", "clause", "id", ""),
    "fk_decision_undoes_id": ("undoes_id", "decision", "id", ""),
    "fk_decision_appeal_id": ("appeal_id", "appeal", "id", ""),
    "fk_decision_log_number": ("log_number", "log_entry", "number", ""),
}
OF_DECISION = tuple(name for name in REFERENCES if name.startswith("fk_decision"))

# As SQLite keeps a table's words: columns are put in after the ones named first.
THE_END = "\n)"
ACCOUNT_COLUMNS = "suspended_until DATETIME, has_unread_warning BOOLEAN NOT NULL, guidelines_read_at DATETIME"
CONTRIBUTION_COLUMNS = "closed_at DATETIME, statement_puid VARCHAR(36)"
REVISION_COLUMNS = (
    "fingerprint VARCHAR(32), finding VARCHAR(30), finding_words VARCHAR(500) NOT NULL, told_at DATETIME, "
    "statement_puid VARCHAR(36)"
)
DECISION_COLUMNS = (
    "clause_id INTEGER, statement_puid VARCHAR(36), undoes_id INTEGER, appeal_id INTEGER, log_number INTEGER"
)

LAST_RESTRICTION = (
    "(SELECT decided.puid FROM decided JOIN decision ON decision.id = decided.decision_id "
    "WHERE decision.contribution_id = contribution.id AND decided.puid IS NOT NULL "
    "ORDER BY decided.decision_id DESC LIMIT 1)"
)
REFUSAL = (
    "(SELECT decided.puid FROM decided JOIN decision ON decision.id = decided.decision_id "
    "WHERE decision.contribution_id = revision.contribution_id AND decision.revision_id = revision.id "
    "AND decision.outcome = 'refuse' ORDER BY decided.decision_id DESC LIMIT 1)"
)

UNDONE = "id IN (SELECT undoes_id FROM decision WHERE undoes_id IS NOT NULL)"
IS_NEW_OR_UNDONE = f"outcome IN ({', '.join(map(repr, NEW_OUTCOMES))}) OR {UNDONE}"
OLD_GROUND = (
    f"CASE WHEN ground IS NULL OR ground IN ({', '.join(map(repr, OLD_GROUNDS))}) THEN ground ELSE '3.2' END"
)


class Clause(NamedTuple):
    id: int
    number: str
    category: str
    is_illegal: bool


def upgrade() -> None:
    for create in CREATED:
        create()
    if not _is_sqlite():
        _refer("sanction", "fk_sanction_statement_puid")
    _make_append_only("log_entry")
    _make_append_only("statement")
    clauses = _seed_clauses()
    _write_log_and_statements(clauses)
    _change_account()
    _change_contribution()
    _change_revision()
    _change_decision(clauses)
    op.drop_table("decided")
    op.create_index("ix_account_staff", "account", ["role", "id"], **_where("role <> 'member'"))
    _open_reviews()


def downgrade() -> None:
    _end_suspensions()
    op.drop_index("ix_account_staff", "account")
    if _is_sqlite():
        _change_back_on_sqlite()
    else:
        _change_back_on_postgresql()
    for create in reversed(CREATED):
        op.drop_table(create.__name__.removeprefix("_create_"))
    if not _is_sqlite():
        # Only now does nothing name them any more.
        _while_decisions_may_change(_leave_out_new_decisions)


def _seed_clauses() -> dict[str, Clause]:
    """The guidelines' first version, in force since before it was first cited."""
    connection = op.get_bind()
    earliest = connection.scalar(
        sa.select(sa.func.min(sa.table("decision", _moment("created_at")).c.created_at))
    )
    since = min(_utc(earliest), datetime.now(UTC)) if earliest else datetime.now(UTC)
    given = json.loads((Path(__file__).parent.parent / "guidelines.json").read_text("utf-8"))
    clauses, texts, templates = [], [], []
    for key, one in enumerate(given, 1):
        row = {name: one[name] for name in ("chapter", "number", "category", "is_illegal")}
        clauses.append({"id": key, "version": 1, "in_force_at": since, **row})
        for language, said in one["words"].items():
            texts.append(
                {"clause_id": key, "language": language, "title": said["title"], "text": said["text"]}
            )
            templates.append({"number": one["number"], "language": language, "text": said["template"]})
    for table, rows in (("clause", clauses), ("clause_text", texts), ("reason_template", templates)):
        op.bulk_insert(_reflected(table), rows)
    if not _is_sqlite():
        op.execute("SELECT setval(pg_get_serial_sequence('clause', 'id'), (SELECT max(id) FROM clause))")
    return {
        one["number"]: Clause(one["id"], one["number"], one["category"], one["is_illegal"]) for one in clauses
    }


def _write_log_and_statements(clauses: dict[str, Clause]) -> None:
    """Every decision's line, its statement where it restricts, and which is whose in the table ``decided``."""
    connection = op.get_bind()
    op.create_table(
        "decided",
        sa.Column("decision_id", KEY, primary_key=True, autoincrement=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("puid", sa.String(36)),
    )
    into = [_reflected(name) for name in ("log_entry", "statement", "decided")]
    before, number, last = "", 0, 0
    while decisions := connection.execute(_decisions(), {"last": last}).mappings().all():
        rows: tuple[list[dict[str, Any]], ...] = ([], [], [])
        for decision in decisions:
            number += 1
            clause = clauses.get(decision["ground"] or "")
            line = _line(number, decision, clause)
            before = line["hash"] = _digest(before, line)
            puid = str(uuid4()) if decision["outcome"] in ("refuse", "hide") else None
            rows[0].append(line)
            if puid and clause:
                rows[1].append(_statement(puid, decision, clause))
            rows[2].append({"decision_id": decision["id"], "number": number, "puid": puid})
        last = decisions[-1]["id"]
        for table, found in zip(into, rows, strict=True):
            if found:
                connection.execute(sa.insert(table), found)


def _decisions() -> sa.Select[Any]:
    """The next AT_ONCE after ``last``, with whom they are told to and the text's date as its statement gives it."""
    plain = "id contribution_id author_id kind language country outcome ground explanation waited_seconds"
    decision = sa.table("decision", *map(sa.column, plain.split()), _moment("created_at"))
    account = sa.table("account", sa.column("id"), sa.column("ui_language"))
    contribution = sa.table("contribution", sa.column("id"), _moment("created_at"), _moment("published_at"))
    date = sa.func.coalesce(contribution.c.published_at, contribution.c.created_at)
    return (
        sa.select(decision, account.c.ui_language, date.label("content_date"))
        .join(account, account.c.id == decision.c.author_id)
        .join(contribution, contribution.c.id == decision.c.contribution_id)
        .where(decision.c.id > sa.bindparam("last"))
        .order_by(decision.c.id)
        .limit(AT_ONCE)
    )


def _line(number: int, decision: Any, clause: Clause | None) -> dict[str, Any]:
    """In the order in which the log's chain reads a line."""
    return {
        "number": number,
        "created_at": _utc(decision["created_at"]),
        "act": decision["outcome"],
        "kind": decision["kind"],
        "language": decision["language"],
        "country": decision["country"],
        "ground": decision["ground"],
        "clause_version": 1 if clause else None,
        "category": clause.category if clause else None,
        "source": "VOLUNTARY",
        "is_detected_by_machine": False,
        "result": None,
        "waited_seconds": decision["waited_seconds"],
        "of_number": None,
    }


def _digest(before: str, line: dict[str, Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in line.values()]
    text = json.dumps(plain, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _statement(puid: str, decision: Any, clause: Clause) -> dict[str, Any]:
    """What was explained to the author then is the reason and, where a law was cited, what is known of it."""
    ground = "ILLEGAL" if clause.is_illegal else "INCOMPATIBLE"
    return {
        "puid": puid,
        "decision_id": decision["id"],
        "account_id": decision["author_id"],
        "contribution_id": decision["contribution_id"],
        "clause_id": clause.id,
        "language": decision["ui_language"],
        "decision_visibility": "DECISION_VISIBILITY_CONTENT_DISABLED",
        "decision_ground": f"DECISION_GROUND_{ground}_CONTENT",
        "category": clause.category,
        "legal_ground": decision["explanation"].lstrip(" ")[:500] if clause.is_illegal else "",
        "reason": decision["explanation"],
        "decision_facts": decision["explanation"],
        "content_type": "CONTENT_TYPE_TEXT",
        "content_language": decision["language"],
        "content_date": _utc(decision["content_date"]),
        "application_date": _utc(decision["created_at"]),
        "territorial_scope": TERRITORY,
        "source_type": "VOLUNTARY",
        "automated_detection": False,
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "created_at": _utc(decision["created_at"]),
    }


def _change_account() -> None:
    old, new = _in("standing", STANDINGS), _in("standing", (*STANDINGS, "closed"))
    if _is_sqlite():
        created = "created_at DATETIME NOT NULL, "
        _rebuild(
            "account",
            (old, new),
            (created, f"{created}{ACCOUNT_COLUMNS}, "),
            filled={"has_unread_warning": "0"},
        )
        return
    _change_check("account", "ck_account_standing", new)
    op.add_column("account", sa.Column("suspended_until", MOMENT))
    _add_filled("account", sa.Column("has_unread_warning", sa.Boolean, nullable=False, server_default="0"))
    op.add_column("account", sa.Column("guidelines_read_at", MOMENT))


def _change_contribution() -> None:
    restricted = "state IN ('refused', 'hidden')"
    if _is_sqlite():
        edited = "edited_at DATETIME, "
        _rebuild(
            "contribution",
            (edited, f"{edited}{CONTRIBUTION_COLUMNS}, "),
            (THE_END, _ending(["fk_contribution_statement_puid"], CONTRIBUTION_CHECKS)),
            filled={"statement_puid": f"CASE WHEN {restricted} THEN {LAST_RESTRICTION} END"},
        )
        return
    op.add_column("contribution", sa.Column("closed_at", MOMENT))
    op.add_column("contribution", sa.Column("statement_puid", sa.String(36)))
    op.execute(f"UPDATE contribution SET statement_puid = {LAST_RESTRICTION} WHERE {restricted}")
    _refer("contribution", "fk_contribution_statement_puid")
    _add_checks("contribution", CONTRIBUTION_CHECKS)


def _change_revision() -> None:
    if _is_sqlite():
        notes = "notes TEXT NOT NULL, "
        _rebuild(
            "revision",
            (notes, f"{notes}{REVISION_COLUMNS}, "),
            (THE_END, _ending(["fk_revision_statement_puid"], REVISION_CHECKS)),
            filled={
                "finding_words": "''",
                "statement_puid": f"CASE WHEN state = 'refused' THEN {REFUSAL} END",
            },
        )
    else:
        op.add_column("revision", sa.Column("fingerprint", sa.String(32)))
        op.add_column("revision", sa.Column("finding", sa.String(30)))
        _add_filled("revision", sa.Column("finding_words", sa.String(500), nullable=False, server_default=""))
        op.add_column("revision", sa.Column("told_at", MOMENT))
        op.add_column("revision", sa.Column("statement_puid", sa.String(36)))
        op.execute(f"UPDATE revision SET statement_puid = {REFUSAL} WHERE state = 'refused'")
        _refer("revision", "fk_revision_statement_puid")
        _add_checks("revision", REVISION_CHECKS)
    op.create_index("ix_revision_fingerprint", "revision", ["fingerprint"])


def _change_decision(clauses: dict[str, Clause]) -> None:
    """Grounds are clauses of a version now; outcomes are more; restrictions name their statement."""
    keys = " ".join(f"WHEN '{one.number}' THEN {one.id}" for one in clauses.values())
    filled = {
        "clause_id": f"CASE ground {keys} END",
        "statement_puid": "(SELECT puid FROM decided WHERE decision_id = decision.id)",
        "log_number": "(SELECT number FROM decided WHERE decision_id = decision.id)",
    }
    if _is_sqlite():
        explained = "explanation TEXT NOT NULL, "
        _rebuild(
            "decision",
            (OLD_REASONS, NEW_REASONS),
            (_in("outcome", OLD_OUTCOMES), _in("outcome", (*OLD_OUTCOMES, *NEW_OUTCOMES))),
            (_ground_check(), ""),
            (explained, f"{explained}{DECISION_COLUMNS}, "),
            (THE_END, _ending(OF_DECISION, DECISION_CHECKS)),
            filled=filled,
        )
    else:
        _change_decision_on_postgresql(filled)
    op.create_index("uq_decision_undoes_id", "decision", ["undoes_id"], unique=True)
    op.create_index("uq_decision_statement_puid", "decision", ["statement_puid"], unique=True)


def _change_decision_on_postgresql(filled: dict[str, str]) -> None:
    for column in ("clause_id", "undoes_id", "appeal_id", "log_number"):
        op.add_column("decision", sa.Column(column, KEY))
    op.add_column("decision", sa.Column("statement_puid", sa.String(36)))
    values = ", ".join(f"{column} = {value}" for column, value in filled.items())
    _while_decisions_may_change(lambda: op.execute(f"UPDATE decision SET {values}"))
    op.drop_constraint(op.f("ck_decision_ground"), "decision", type_="check")
    _change_check("decision", "ck_decision_outcome", _in("outcome", (*OLD_OUTCOMES, *NEW_OUTCOMES)))
    _change_check("decision", "ck_decision_restriction_has_reasons", NEW_REASONS)
    _add_checks("decision", DECISION_CHECKS)
    for name in OF_DECISION:
        _refer("decision", name)


def _open_reviews() -> None:
    """What waits now is the desk's work."""
    op.execute(
        "INSERT INTO review (revision_id, contribution_id, author_id, kind, language, country, rank, opened_at,"
        " report_count, escalation)"
        " SELECT revision.id, contribution.id, contribution.author_id, contribution.kind, revision.language,"
        " contribution.country, 1, revision.submitted_at, 0, ''"
        " FROM revision JOIN contribution ON contribution.id = revision.contribution_id"
        " WHERE revision.state = 'waiting' AND contribution.state IN ('waiting', 'live')"
        " AND revision.submitted_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO backlog (language, country, waiting)"
        " SELECT language, country, count(*) FROM review GROUP BY language, country"
    )


def _end_suspensions() -> None:
    """The older schema knows no end of a suspension and no closed account."""
    account = sa.table("account", sa.column("standing"), _moment("suspended_until"))
    is_over = (account.c.standing == "suspended") & (account.c.suspended_until <= datetime.now(UTC))
    op.execute(sa.update(account).where(is_over).values(standing="warned"))
    op.execute(sa.update(account).where(account.c.standing == "closed").values(standing="suspended"))


def _change_back_on_sqlite() -> None:
    op.drop_index("ix_revision_fingerprint", "revision")
    op.drop_index("uq_decision_undoes_id", "decision")
    op.drop_index("uq_decision_statement_puid", "decision")
    outcome = _in("outcome", (*OLD_OUTCOMES, *NEW_OUTCOMES)) + ")"
    _rebuild(
        "decision",
        (_ending(OF_DECISION, DECISION_CHECKS), THE_END),
        (f"{DECISION_COLUMNS}, ", ""),
        (outcome, f"{_in('outcome', OLD_OUTCOMES)}){_ground_check()}"),
        (NEW_REASONS, OLD_REASONS),
        filled={"ground": OLD_GROUND},
        only=f"NOT ({IS_NEW_OR_UNDONE})",
    )
    _rebuild(
        "revision",
        (_ending(["fk_revision_statement_puid"], REVISION_CHECKS), THE_END),
        (f"{REVISION_COLUMNS}, ", ""),
    )
    _rebuild(
        "contribution",
        (_ending(["fk_contribution_statement_puid"], CONTRIBUTION_CHECKS), THE_END),
        (f"{CONTRIBUTION_COLUMNS}, ", ""),
    )
    _rebuild(
        "account",
        (f"{ACCOUNT_COLUMNS}, ", ""),
        (_in("standing", (*STANDINGS, "closed")), _in("standing", STANDINGS)),
    )


def _change_back_on_postgresql() -> None:
    """All but the decisions' rows and what they say of them: other tables still name those."""
    op.drop_constraint("fk_sanction_statement_puid", "sanction", type_="foreignkey")
    for name in OF_DECISION:
        op.drop_constraint(name, "decision", type_="foreignkey")
    op.drop_index("ix_revision_fingerprint", "revision")
    for table, checks in (("revision", REVISION_CHECKS), ("contribution", CONTRIBUTION_CHECKS)):
        for check in checks:
            op.drop_constraint(op.f(check), table, type_="check")
    _change_check("account", "ck_account_standing", _in("standing", STANDINGS))
    for table, columns in (
        ("revision", REVISION_COLUMNS),
        ("contribution", CONTRIBUTION_COLUMNS),
        ("account", ACCOUNT_COLUMNS),
    ):
        for column in columns.split(", "):
            op.drop_column(table, column.split(" ")[0])


def _leave_out_new_decisions() -> None:
    """The older schema has no word for them, nor for one that was undone; their texts stay as they are."""
    op.execute(f"DELETE FROM decision WHERE {IS_NEW_OR_UNDONE}")
    op.execute(f"UPDATE decision SET ground = {OLD_GROUND}")
    for check in DECISION_CHECKS:
        op.drop_constraint(op.f(check), "decision", type_="check")
    _change_check("decision", "ck_decision_outcome", _in("outcome", OLD_OUTCOMES))
    _change_check("decision", "ck_decision_restriction_has_reasons", OLD_REASONS)
    op.create_check_constraint(op.f("ck_decision_ground"), "decision", _in("ground", OLD_GROUNDS))
    for column in DECISION_COLUMNS.split(", "):
        op.drop_column("decision", column.split(" ")[0])


def _rebuild(
    table: str, *changes: tuple[str, str], filled: dict[str, str] | None = None, only: str = "1 = 1"
) -> None:
    """SQLite's own way to change a table: a new one with the changed words, the rows, the old one's name.

    Alembic's batch mode would lose the CHECK constraints, which it does not read. ``filled`` are the values of columns
    that are not simply kept. Raises LookupError where the words to change are not there.
    """
    connection = op.get_bind()
    ours = {"name": table}
    named = "FROM sqlite_master WHERE tbl_name = :name AND sql IS NOT NULL AND type"
    words = connection.execute(sa.text(f"SELECT sql {named} = 'table'"), ours).scalar_one()
    others = connection.execute(sa.text(f"SELECT sql {named} <> 'table'"), ours).scalars().all()
    opening, _, rest = words.partition("(")
    for before, after in changes:
        if before not in rest:
            raise LookupError(f"{table}: {before}")
        rest = after.join(rest.rsplit(before, 1))
    connection.exec_driver_sql(f"{opening.replace(table, 'rebuilt')}({rest}")
    old_columns, columns = _columns(table), _columns("rebuilt")
    values = [(filled or {}).get(one, one if one in old_columns else "NULL") for one in columns]
    connection.exec_driver_sql(
        f"INSERT INTO rebuilt ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {only}"
    )
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE rebuilt RENAME TO {table}")
    for other in others:
        connection.exec_driver_sql(other)


def _columns(table: str) -> list[str]:
    return [row[1] for row in op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")]


def _ending(references: Iterable[str], checks: dict[str, str]) -> str:
    """The last words of a table that has these constraints besides."""
    added = [f"CONSTRAINT {name} {_reference(*REFERENCES[name])}" for name in references]
    added += [f"CONSTRAINT {name} CHECK ({words})" for name, words in checks.items()]
    return f", {', '.join(added)}{THE_END}"


def _reference(column: str, other: str, key: str, how: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {other} ({key}){how}"


def _ground_check() -> str:
    return f", \n\tCONSTRAINT ck_decision_ground CHECK ({_in('ground', OLD_GROUNDS)})"


def _in(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def _refer(table: str, name: str) -> None:
    column, other, key, is_deferred = REFERENCES[name]
    op.create_foreign_key(name, table, other, [column], [key], **(DEFERRED if is_deferred else {}))


def _add_checks(table: str, checks: dict[str, str]) -> None:
    for name, words in checks.items():
        op.create_check_constraint(op.f(name), table, words)


def _change_check(table: str, name: str, words: str) -> None:
    op.drop_constraint(op.f(name), table, type_="check")
    op.create_check_constraint(op.f(name), table, words)


def _add_filled(table: str, column: sa.Column[Any]) -> None:
    """The default is for the rows that are there; later ones name their value."""
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _while_decisions_may_change(act: Callable[[], None]) -> None:
    op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
    act()
    op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")


def _make_append_only(table: str) -> None:
    if not _is_sqlite():
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_refuses_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _reflected(table: str) -> sa.Table:
    return sa.Table(table, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def _moment(name: str) -> sa.ColumnClause[datetime]:
    return sa.column(name, MOMENT)


def _utc(moment: datetime) -> datetime:
    """SQLite gives moments without their zone, PostgreSQL in the session's."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _inline(name: str) -> Iterator[sa.ForeignKeyConstraint]:
    """SQLite is given the reference with the table, though the other is not there yet; PostgreSQL afterwards."""
    if _is_sqlite():
        column, other, key, _ = REFERENCES[name]
        yield sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=name, **DEFERRED)


def _enum(name: str, length: int, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=length)


def _category() -> sa.Enum:
    return _enum("category", 80, *(f"STATEMENT_CATEGORY_{one}" for one in CATEGORIES))


def _source() -> sa.Enum:
    return _enum("source", 30, "ARTICLE_16", "TRUSTED_FLAGGER", "TYPE_OTHER_NOTIFICATION", "VOLUNTARY")


def _create_backlog() -> None:
    op.create_table(
        "backlog",
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_backlog_waiting_positive")),
        sa.PrimaryKeyConstraint("language", "country", name=op.f("pk_backlog")),
    )


def _create_log_entry() -> None:
    op.create_table(
        "log_entry",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column(
            "act",
            _enum(
                "act",
                16,
                "approve",
                "return",
                "refuse",
                "hide",
                "restore",
                "keep",
                "lock",
                "unlock",
                "undo",
                "report",
                "answer",
                "reopen",
                "warn",
                "suspend",
                "close",
                "lift",
                "appeal",
                "uphold",
                "reverse",
            ),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("ground", sa.String(length=8), nullable=True),
        sa.Column("clause_version", sa.Integer(), nullable=True),
        sa.Column("category", _category(), nullable=True),
        sa.Column("source", _source(), nullable=True),
        sa.Column("is_detected_by_machine", sa.Boolean(), nullable=False),
        sa.Column(
            "result",
            _enum("result", 16, "acted", "kept", "gone"),
            nullable=True,
        ),
        sa.Column("waited_seconds", sa.Integer(), nullable=True),
        sa.Column("of_number", KEY, nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_log_entry_number_positive")),
        sa.CheckConstraint("waited_seconds >= 0", name=op.f("ck_log_entry_waited_positive")),
        sa.ForeignKeyConstraint(["of_number"], ["log_entry.number"], name=op.f("fk_log_entry_of_number")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_entry")),
    )
    op.create_index("ix_log_entry_created_at", "log_entry", ["created_at", "number"])
    op.create_index("ix_log_entry_of_number", "log_entry", ["of_number"])


def _create_reason_template() -> None:
    op.create_table(
        "reason_template",
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 2000", name=op.f("ck_reason_template_text_length")),
        sa.PrimaryKeyConstraint("number", "language", name=op.f("pk_reason_template")),
    )


def _create_clause() -> None:
    op.create_table(
        "clause",
        sa.Column("id", KEY, nullable=False),
        sa.Column("chapter", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("category", _category(), nullable=False),
        sa.Column("is_illegal", sa.Boolean(), nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("in_force_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("chapter > 0", name=op.f("ck_clause_chapter_positive")),
        sa.CheckConstraint("version > 0", name=op.f("ck_clause_version_positive")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_clause_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("number", "version", name=op.f("uq_clause_number_version")),
    )
    op.create_index("uq_clause_in_force", "clause", ["number"], unique=True, **_where("ended_at IS NULL"))


def _create_listed_word() -> None:
    op.create_table(
        "listed_word",
        sa.Column("id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("folded", sa.String(length=320), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(word) BETWEEN 1 AND 80", name=op.f("ck_listed_word_word_length")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_listed_word_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_word")),
        sa.UniqueConstraint("language", "folded", name=op.f("uq_listed_word_language_folded")),
    )


def _create_sent_mail() -> None:
    op.create_table(
        "sent_mail",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sent_mail_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_mail")),
    )
    op.create_index("ix_sent_mail_account_id", "sent_mail", ["account_id", "id"])


def _create_clause_text() -> None:
    op.create_table(
        "clause_text",
        sa.Column("clause_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 2000", name=op.f("ck_clause_text_text_length")),
        sa.CheckConstraint("length(title) BETWEEN 1 AND 120", name=op.f("ck_clause_text_title_length")),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["clause.id"], name=op.f("fk_clause_text_clause_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("clause_id", "language", name=op.f("pk_clause_text")),
    )


def _create_note() -> None:
    op.create_table(
        "note",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=True),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 2000", name=op.f("ck_note_body_length")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_note_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_note_by_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_note_contribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_account_id", "note", ["account_id", "id"])
    op.create_index("ix_note_contribution_id", "note", ["contribution_id", "id"])


def _create_sanction() -> None:
    op.create_table(
        "sanction",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column(
            "measure",
            _enum("measure", 16, "warning", "suspension", "closure"),
            nullable=False,
        ),
        sa.Column("clause_id", KEY, nullable=False),
        sa.Column("ground", sa.String(length=8), nullable=False),
        sa.Column("is_illegal", sa.Boolean(), nullable=False),
        sa.Column("legal_ground", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column(
            "gravity",
            _enum("gravity", 16, "minor", "serious", "grave"),
            nullable=False,
        ),
        sa.Column(
            "intent",
            _enum("intent", 16, "unknown", "careless", "deliberate"),
            nullable=False,
        ),
        sa.Column("after_id", KEY, nullable=True),
        sa.Column("statement_puid", sa.String(length=36), nullable=True),
        sa.Column("log_number", KEY, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("acknowledged_at", MOMENT, nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by_id", KEY, nullable=True),
        sa.CheckConstraint(
            "(measure = 'suspension') = (ends_at IS NOT NULL)", name=op.f("ck_sanction_suspension_has_end")
        ),
        sa.CheckConstraint(
            "(measure = 'warning') = (statement_puid IS NULL)",
            name=op.f("ck_sanction_restriction_has_statement"),
        ),
        sa.CheckConstraint(
            "measure = 'warning' OR after_id IS NOT NULL OR is_illegal",
            name=op.f("ck_sanction_warned_before"),
        ),
        sa.CheckConstraint("by_id <> account_id", name=op.f("ck_sanction_not_own")),
        sa.CheckConstraint("count >= 0 AND total >= count", name=op.f("ck_sanction_share_possible")),
        sa.CheckConstraint("length(explanation) <= 2000", name=op.f("ck_sanction_explanation_length")),
        sa.CheckConstraint("length(facts) <= 5000", name=op.f("ck_sanction_facts_length")),
        sa.CheckConstraint("length(legal_ground) <= 500", name=op.f("ck_sanction_legal_ground_length")),
        sa.CheckConstraint("length(trim(explanation)) > 0", name=op.f("ck_sanction_has_reasons")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sanction_account_id")),
        sa.ForeignKeyConstraint(["after_id"], ["sanction.id"], name=op.f("fk_sanction_after_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_sanction_by_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_sanction_clause_id")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["account.id"], name=op.f("fk_sanction_lifted_by_id")),
        sa.ForeignKeyConstraint(["log_number"], ["log_entry.number"], name=op.f("fk_sanction_log_number")),
        *_inline("fk_sanction_statement_puid"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    op.create_index("ix_sanction_account_id", "sanction", ["account_id", "id"])
    op.create_index("uq_sanction_statement_puid", "sanction", ["statement_puid"], unique=True)


def _create_review() -> None:
    op.create_table(
        "review",
        sa.Column("revision_id", KEY, autoincrement=False, nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("claimed_by_id", KEY, nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("escalated_at", MOMENT, nullable=True),
        sa.Column("escalated_by_id", KEY, nullable=True),
        sa.Column("escalation", sa.String(length=2000), nullable=False),
        sa.Column("translation_wanted_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(claimed_by_id IS NULL) = (claimed_until IS NULL)", name=op.f("ck_review_claim_has_end")
        ),
        sa.CheckConstraint("length(escalation) <= 2000", name=op.f("ck_review_escalation_length")),
        sa.CheckConstraint("report_count >= 0", name=op.f("ck_review_report_count_positive")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_review_author_id")),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["account.id"], name=op.f("fk_review_claimed_by_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_review_contribution_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["escalated_by_id"], ["account.id"], name=op.f("fk_review_escalated_by_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_review_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", name=op.f("pk_review")),
    )
    op.create_index("ix_review_author_id", "review", ["author_id"], **_where("closed_at IS NULL"))
    op.create_index(
        "ix_review_claimed_by_id",
        "review",
        ["claimed_by_id"],
        **_where("claimed_by_id IS NOT NULL"),
    )
    op.create_index(
        "ix_review_contribution_id",
        "review",
        ["contribution_id"],
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_escalated",
        "review",
        ["rank", "opened_at", "revision_id"],
        **_where("closed_at IS NULL AND escalated_at IS NOT NULL"),
    )
    op.create_index("ix_review_oldest", "review", ["language", "opened_at"], **_where("closed_at IS NULL"))
    op.create_index(
        "ix_review_queue",
        "review",
        ["language", "country", "rank", "opened_at", "revision_id"],
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_queue_all",
        "review",
        ["rank", "opened_at", "revision_id"],
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_queue_language",
        "review",
        ["language", "rank", "opened_at", "revision_id"],
        **_where("closed_at IS NULL"),
    )


def _create_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", KEY, nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("contribution_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column(
            "reason",
            _enum(
                "reason",
                16,
                "child_safety",
                "hate",
                "threats",
                "harassment",
                "privacy",
                "copyright",
                "scam",
                "danger",
                "misleading",
                "advertising",
                "other_illegal",
                "other",
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("reporter_id", KEY, nullable=True),
        sa.Column("reporter_key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column(
            "result",
            _enum("result", 16, "acted", "kept", "gone"),
            nullable=True,
        ),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("log_number", KEY, nullable=True),
        sa.CheckConstraint(
            "reason = 'child_safety' OR reporter_id IS NOT NULL OR (length(name) > 0 AND length(email) > 2)",
            name=op.f("ck_report_reporter_is_named"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (result IS NULL)", name=op.f("ck_report_answer_has_result")
        ),
        sa.CheckConstraint(
            "length(explanation) BETWEEN 1 AND 4000", name=op.f("ck_report_explanation_length")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_report_contribution_id")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_report_decision_id")),
        sa.ForeignKeyConstraint(["log_number"], ["log_entry.number"], name=op.f("fk_report_log_number")),
        sa.ForeignKeyConstraint(["reporter_id"], ["account.id"], name=op.f("fk_report_reporter_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_report_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("reference", name=op.f("uq_report_reference")),
        sa.UniqueConstraint(
            "revision_id", "reporter_key", "reason", name=op.f("uq_report_revision_id_reporter_key_reason")
        ),
    )
    op.create_index("ix_report_decision_id", "report", ["decision_id"])
    op.create_index("ix_report_reporter_id", "report", ["reporter_id", "id"])
    op.create_index("ix_report_revision_id", "report", ["revision_id", "id"])
    op.create_index("ix_report_unanswered", "report", ["contribution_id"], **_where("answered_at IS NULL"))


def _create_appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", KEY, nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("sanction_id", KEY, nullable=True),
        sa.Column("report_id", KEY, nullable=True),
        sa.Column("appellant_id", KEY, nullable=True),
        sa.Column("first_by_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column(
            "verdict",
            _enum("verdict", 16, "upheld", "reversed"),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("log_number", KEY, nullable=True),
        sa.CheckConstraint("(decision_id IS NULL) <> (sanction_id IS NULL)", name=op.f("ck_appeal_one_act")),
        sa.CheckConstraint(
            "decided_at IS NOT NULL OR verdict IS NULL", name=op.f("ck_appeal_verdict_has_date")
        ),
        sa.CheckConstraint(
            "decided_at IS NULL OR (verdict IS NOT NULL AND decided_by_id IS NOT NULL AND length(trim(answer)) > 0)",
            name=op.f("ck_appeal_verdict_has_reasons"),
        ),
        sa.CheckConstraint("decided_by_id <> appellant_id", name=op.f("ck_appeal_not_own")),
        sa.CheckConstraint("decided_by_id <> first_by_id", name=op.f("ck_appeal_another_person")),
        sa.CheckConstraint("length(answer) <= 4000", name=op.f("ck_appeal_answer_length")),
        sa.CheckConstraint(
            "report_id IS NULL OR decision_id IS NOT NULL", name=op.f("ck_appeal_report_was_decided")
        ),
        sa.ForeignKeyConstraint(["appellant_id"], ["account.id"], name=op.f("fk_appeal_appellant_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_appeal_decided_by_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id")),
        sa.ForeignKeyConstraint(["first_by_id"], ["account.id"], name=op.f("fk_appeal_first_by_id")),
        sa.ForeignKeyConstraint(["log_number"], ["log_entry.number"], name=op.f("fk_appeal_log_number")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_appeal_report_id")),
        sa.ForeignKeyConstraint(["sanction_id"], ["sanction.id"], name=op.f("fk_appeal_sanction_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    op.create_index("ix_appeal_appellant_id", "appeal", ["appellant_id", "id"])
    op.create_index("ix_appeal_open", "appeal", ["opened_at", "id"], **_where("decided_at IS NULL"))
    op.create_index(
        "uq_appeal_decision_id", "appeal", ["decision_id"], unique=True, **_where("report_id IS NULL")
    )
    op.create_index("uq_appeal_report_id", "appeal", ["report_id"], unique=True)
    op.create_index("uq_appeal_sanction_id", "appeal", ["sanction_id"], unique=True)


def _create_appeal_message() -> None:
    op.create_table(
        "appeal_message",
        sa.Column("id", KEY, nullable=False),
        sa.Column("appeal_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("is_from_desk", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 4000", name=op.f("ck_appeal_message_body_length")),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_message_appeal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_appeal_message_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_message")),
    )
    op.create_index("ix_appeal_message_appeal_id", "appeal_message", ["appeal_id", "id"])


def _create_statement() -> None:
    op.create_table(
        "statement",
        sa.Column("puid", sa.String(length=36), nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        sa.Column("sanction_id", KEY, nullable=True),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("contribution_id", KEY, nullable=True),
        sa.Column("clause_id", KEY, nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column(
            "decision_visibility",
            _enum(
                "visibility",
                60,
                "DECISION_VISIBILITY_CONTENT_REMOVED",
                "DECISION_VISIBILITY_CONTENT_DISABLED",
                "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
                "DECISION_VISIBILITY_CONTENT_LABELLED",
            ),
            nullable=True,
        ),
        sa.Column(
            "decision_provision",
            _enum("provision", 60, "DECISION_PROVISION_PARTIAL_SUSPENSION"),
            nullable=True,
        ),
        sa.Column(
            "decision_account",
            _enum("account", 60, "DECISION_ACCOUNT_SUSPENDED", "DECISION_ACCOUNT_TERMINATED"),
            nullable=True,
        ),
        sa.Column(
            "decision_ground",
            _enum("ground", 60, "DECISION_GROUND_ILLEGAL_CONTENT", "DECISION_GROUND_INCOMPATIBLE_CONTENT"),
            nullable=False,
        ),
        sa.Column("category", _category(), nullable=False),
        sa.Column("legal_ground", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_facts", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=60), nullable=True),
        sa.Column("content_language", sa.String(length=12), nullable=True),
        sa.Column("content_date", MOMENT, nullable=True),
        sa.Column("application_date", MOMENT, nullable=False),
        sa.Column("end_date", MOMENT, nullable=True),
        sa.Column("territorial_scope", sa.String(length=200), nullable=False),
        sa.Column("source_type", _source(), nullable=False),
        sa.Column("automated_detection", sa.Boolean(), nullable=False),
        sa.Column(
            "automated_decision",
            _enum(
                "automation",
                60,
                "AUTOMATED_DECISION_NOT_AUTOMATED",
                "AUTOMATED_DECISION_PARTIALLY",
                "AUTOMATED_DECISION_FULLY",
            ),
            nullable=False,
        ),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "decision_ground <> 'DECISION_GROUND_ILLEGAL_CONTENT' OR length(trim(legal_ground)) > 0",
            name=op.f("ck_statement_law_is_named"),
        ),
        sa.CheckConstraint(
            "(decision_id IS NULL) <> (sanction_id IS NULL)", name=op.f("ck_statement_one_restriction")
        ),
        sa.CheckConstraint(
            "decision_visibility IS NOT NULL OR decision_provision IS NOT NULL OR decision_account IS NOT NULL",
            name=op.f("ck_statement_restricts_something"),
        ),
        sa.CheckConstraint("length(decision_facts) <= 5000", name=op.f("ck_statement_facts_length")),
        sa.CheckConstraint("length(legal_ground) <= 500", name=op.f("ck_statement_legal_ground_length")),
        sa.CheckConstraint("length(reason) <= 2000", name=op.f("ck_statement_reason_length")),
        sa.CheckConstraint(
            "length(trim(reason)) > 0 AND length(trim(decision_facts)) > 0",
            name=op.f("ck_statement_has_facts_and_reason"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_statement_account_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_statement_clause_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_statement_contribution_id")
        ),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_statement_decision_id")),
        sa.ForeignKeyConstraint(["sanction_id"], ["sanction.id"], name="fk_statement_sanction_id"),
        sa.PrimaryKeyConstraint("puid", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_account_id", "statement", ["account_id", "created_at"])
    op.create_index("ix_statement_created_at", "statement", ["created_at", "puid"])
    op.create_index("uq_statement_decision_id", "statement", ["decision_id"], unique=True)
    op.create_index("uq_statement_sanction_id", "statement", ["sanction_id"], unique=True)


CREATED = (
    _create_backlog,
    _create_log_entry,
    _create_reason_template,
    _create_clause,
    _create_listed_word,
    _create_sent_mail,
    _create_clause_text,
    _create_note,
    _create_sanction,
    _create_review,
    _create_report,
    _create_appeal,
    _create_appeal_message,
    _create_statement,
)
