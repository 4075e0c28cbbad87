"""The moderation desk: reviews, reports, appeals, sanctions, statements of reasons, guidelines in versions, the log."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "4115b0a404d2"
down_revision: str | None = "2b326a221a47"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
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


def _enum(name: str, length: int, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=length)


def _category() -> sa.Enum:
    return _enum("category", 80, *(f"STATEMENT_CATEGORY_{one}" for one in CATEGORIES))


def _source() -> sa.Enum:
    return _enum("source", 30, "ARTICLE_16", "TRUSTED_FLAGGER", "TYPE_OTHER_NOTIFICATION", "VOLUNTARY")


DEFERRED = " DEFERRABLE INITIALLY DEFERRED"
LAST_CONSTRAINT = "(the end)"
STATEMENT_OF: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}
SANCTION_STATEMENT = "fk_sanction_statement_puid"
NEW_ACTS = ("keep", "lock", "unlock", "undo")
OLD_OUTCOMES = ("approve", "return", "refuse", "hide", "restore")
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
CONTRIBUTION_CHECK = "state NOT IN ('refused', 'hidden') OR statement_puid IS NOT NULL"
REVISION_CHECKS = {
    "ck_revision_refusal_has_statement": "state <> 'refused' OR statement_puid IS NOT NULL",
    "ck_revision_finding_words_length": "length(finding_words) <= 500",
}
STANDINGS = ("good", "warned", "suspended")
TERRITORY = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO"
AT_ONCE = 1000


def upgrade() -> None:
    for create in CREATED:
        create()
    if not _is_sqlite():
        _refer("sanction", SANCTION_STATEMENT, "statement_puid", "statement", "puid", **STATEMENT_OF)
    _make_append_only("log_entry")
    _make_append_only("statement")
    _seed_clauses()
    decided = _write_log_and_statements()
    _change_account()
    _change_contribution()
    _change_revision()
    _change_decision(decided)
    op.drop_table("decided")
    _open_reviews()


def downgrade() -> None:
    _leave_out_new_decisions()
    _change_back()
    if not _is_sqlite():
        op.drop_constraint(SANCTION_STATEMENT, "sanction", type_="foreignkey")
    for create in reversed(CREATED):
        op.drop_table(create.__name__.removeprefix("_create_"))


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _inline(name: str) -> Iterator[sa.ForeignKeyConstraint]:
    """SQLite is given the reference with the table, though the other is not there yet; PostgreSQL afterwards."""
    if _is_sqlite():
        yield sa.ForeignKeyConstraint(["statement_puid"], ["statement.puid"], name=name, **STATEMENT_OF)


def _refer(table: str, name: str, column: str, other: str, key: str, **how: Any) -> None:
    op.create_foreign_key(name, table, other, [column], [key], **how)


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


def _seed_clauses() -> None:
    now = datetime.now(UTC)
    given = json.loads((Path(__file__).parent.parent / "guidelines.json").read_text("utf-8"))
    clause = sa.table(
        "clause",
        *map(sa.column, ("id", "chapter", "number", "version", "category", "is_illegal")),
        sa.column("in_force_at", sa.DateTime(timezone=True)),
    )
    words = sa.table("clause_text", *map(sa.column, ("clause_id", "language", "title", "text")))
    template = sa.table("reason_template", *map(sa.column, ("number", "language", "text")))
    for number, one in enumerate(given, 1):
        row = {name: one[name] for name in ("chapter", "number", "category", "is_illegal")}
        op.bulk_insert(clause, [{"id": number, "version": 1, "in_force_at": now, **row}])
        for language, said in one["words"].items():
            named = {"clause_id": number, "language": language, "title": said["title"], "text": said["text"]}
            op.bulk_insert(words, [named])
            op.bulk_insert(
                template, [{"number": one["number"], "language": language, "text": said["template"]}]
            )
    if not _is_sqlite():
        op.execute("SELECT setval(pg_get_serial_sequence('clause', 'id'), (SELECT max(id) FROM clause))")


def _write_log_and_statements() -> dict[str, tuple[int, str, bool]]:
    """Every earlier decision gets its line in the log and, where it restricts, its statement."""
    connection = op.get_bind()
    clauses = {
        number: (key, category, bool(is_illegal))
        for key, number, category, is_illegal in connection.execute(
            sa.text("SELECT id, number, category, is_illegal FROM clause")
        )
    }
    op.create_table(
        "decided",
        sa.Column("decision_id", KEY, primary_key=True, autoincrement=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("puid", sa.String(36)),
    )
    before, number = "", 0
    last = 0
    while True:
        rows = connection.execute(_decisions(), {"last": last}).mappings().all()
        if not rows:
            return clauses
        lines, statements, decided = [], [], []
        for row in rows:
            number += 1
            clause = clauses.get(row["ground"] or "")
            line = _line(number, row, clause)
            before = line["hash"] = _digest(before, line)
            lines.append(line)
            puid = str(uuid4()) if row["outcome"] in ("refuse", "hide") else None
            decided.append({"decision_id": row["id"], "number": number, "puid": puid})
            if puid and clause:
                statements.append(_statement(puid, row, clause))
        last = rows[-1]["id"]
        meta = sa.MetaData()
        for table, found in (("log_entry", lines), ("statement", statements), ("decided", decided)):
            if found:
                connection.execute(sa.insert(sa.Table(table, meta, autoload_with=connection)), found)


def _decisions() -> sa.Select[Any]:
    decision = sa.table(
        "decision",
        *map(
            sa.column,
            ("id", "contribution_id", "author_id", "kind", "language", "country", "outcome", "ground"),
        ),
        sa.column("explanation"),
        sa.column("waited_seconds"),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    account = sa.table("account", sa.column("id"), sa.column("ui_language"))
    contribution = sa.table(
        "contribution", sa.column("id"), sa.column("created_at", sa.DateTime(timezone=True))
    )
    return (
        sa.select(
            decision,
            account.c.ui_language,
            contribution.c.created_at.label("content_date"),
        )
        .join(account, account.c.id == decision.c.author_id)
        .join(contribution, contribution.c.id == decision.c.contribution_id)
        .where(decision.c.id > sa.bindparam("last"))
        .order_by(decision.c.id)
        .limit(AT_ONCE)
    )


def _line(number: int, row: Any, clause: tuple[int, str, bool] | None) -> dict[str, Any]:
    return {
        "number": number,
        "created_at": _utc(row["created_at"]),
        "act": row["outcome"],
        "kind": row["kind"],
        "language": row["language"],
        "country": row["country"],
        "ground": row["ground"],
        "clause_version": 1 if clause else None,
        "category": clause[1] if clause else None,
        "source": "VOLUNTARY",
        "is_detected_by_machine": False,
        "result": None,
        "waited_seconds": row["waited_seconds"],
        "of_number": None,
    }


def _digest(before: str, line: dict[str, Any]) -> str:
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in line.values()]
    text = json.dumps(plain, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _statement(puid: str, row: Any, clause: tuple[int, str, bool]) -> dict[str, Any]:
    key, category, is_illegal = clause
    ground = "ILLEGAL" if is_illegal else "INCOMPATIBLE"
    return {
        "puid": puid,
        "decision_id": row["id"],
        "sanction_id": None,
        "account_id": row["author_id"],
        "contribution_id": row["contribution_id"],
        "clause_id": key,
        "language": row["ui_language"],
        "decision_visibility": "DECISION_VISIBILITY_CONTENT_DISABLED",
        "decision_provision": None,
        "decision_account": None,
        "decision_ground": f"DECISION_GROUND_{ground}_CONTENT",
        "category": category,
        "legal_ground": row["explanation"][:500] if is_illegal else "",
        "reason": row["explanation"],
        "decision_facts": row["explanation"],
        "content_type": "CONTENT_TYPE_TEXT",
        "content_language": row["language"],
        "content_date": _utc(row["content_date"]),
        "application_date": _utc(row["created_at"]),
        "end_date": None,
        "territorial_scope": TERRITORY,
        "source_type": "VOLUNTARY",
        "automated_detection": False,
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "created_at": _utc(row["created_at"]),
    }


def _change_account() -> None:
    if _is_sqlite():
        _rebuild(
            "account",
            [
                (_in("standing", STANDINGS), _in("standing", (*STANDINGS, "closed"))),
                ("created_at DATETIME NOT NULL, ", f"created_at DATETIME NOT NULL, {ACCOUNT_COLUMNS}, "),
            ],
            {"has_unread_warning": "0"},
        )
        return
    op.drop_constraint("ck_account_standing", "account", type_="check")
    op.create_check_constraint("ck_account_standing", "account", _in("standing", (*STANDINGS, "closed")))
    op.add_column("account", sa.Column("suspended_until", sa.DateTime(timezone=True)))
    op.add_column("account", sa.Column("has_unread_warning", sa.Boolean, nullable=False, server_default="0"))
    op.alter_column("account", "has_unread_warning", server_default=None)
    op.add_column("account", sa.Column("guidelines_read_at", sa.DateTime(timezone=True)))


ACCOUNT_COLUMNS = "suspended_until DATETIME, has_unread_warning BOOLEAN NOT NULL, guidelines_read_at DATETIME"
LAST_STATEMENT = (
    "(SELECT decided.puid FROM decided JOIN decision ON decision.id = decided.decision_id "
    "WHERE decision.contribution_id = contribution.id AND decided.puid IS NOT NULL "
    "ORDER BY decided.decision_id DESC LIMIT 1)"
)
REFUSAL = (
    "(SELECT decided.puid FROM decided JOIN decision ON decision.id = decided.decision_id "
    "WHERE decision.revision_id = revision.id AND decision.outcome = 'refuse' "
    "ORDER BY decided.decision_id DESC LIMIT 1)"
)


def _change_contribution() -> None:
    name, check = "fk_contribution_statement_puid", "ck_contribution_restriction_has_statement"
    if _is_sqlite():
        _rebuild(
            "contribution",
            [
                (
                    "edited_at DATETIME, ",
                    "edited_at DATETIME, closed_at DATETIME, statement_puid VARCHAR(36), ",
                ),
                (LAST_CONSTRAINT, f"{_reference(name)}, CONSTRAINT {check} CHECK ({CONTRIBUTION_CHECK})\n)"),
            ],
            {"statement_puid": f"CASE WHEN state IN ('refused', 'hidden') THEN {LAST_STATEMENT} END"},
        )
        return
    op.add_column("contribution", sa.Column("closed_at", sa.DateTime(timezone=True)))
    op.add_column("contribution", sa.Column("statement_puid", sa.String(36)))
    op.execute(
        f"UPDATE contribution SET statement_puid = {LAST_STATEMENT} WHERE state IN ('refused', 'hidden')"
    )
    _refer("contribution", name, "statement_puid", "statement", "puid", **STATEMENT_OF)
    op.create_check_constraint(check, "contribution", CONTRIBUTION_CHECK)


def _change_revision() -> None:
    name = "fk_revision_statement_puid"
    if _is_sqlite():
        checks = ", ".join(f"CONSTRAINT {one} CHECK ({words})" for one, words in REVISION_CHECKS.items())
        columns = (
            "fingerprint VARCHAR(32), finding VARCHAR(30), finding_words VARCHAR(500) NOT NULL, "
            "told_at DATETIME, statement_puid VARCHAR(36), "
        )
        _rebuild(
            "revision",
            [
                ("notes TEXT NOT NULL, ", f"notes TEXT NOT NULL, {columns}"),
                (LAST_CONSTRAINT, f"{_reference(name)}, {checks}\n)"),
            ],
            {"finding_words": "''", "statement_puid": f"CASE WHEN state = 'refused' THEN {REFUSAL} END"},
        )
        op.create_index("ix_revision_fingerprint", "revision", ["fingerprint"])
        return
    op.add_column("revision", sa.Column("fingerprint", sa.String(32)))
    op.add_column("revision", sa.Column("finding", sa.String(30)))
    op.add_column("revision", sa.Column("finding_words", sa.String(500), nullable=False, server_default=""))
    op.alter_column("revision", "finding_words", server_default=None)
    op.add_column("revision", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.add_column("revision", sa.Column("statement_puid", sa.String(36)))
    op.execute(f"UPDATE revision SET statement_puid = {REFUSAL} WHERE state = 'refused'")
    _refer("revision", name, "statement_puid", "statement", "puid", **STATEMENT_OF)
    for check, words in REVISION_CHECKS.items():
        op.create_check_constraint(check, "revision", words)
    op.create_index("ix_revision_fingerprint", "revision", ["fingerprint"])


def _change_decision(clauses: dict[str, tuple[int, str, bool]]) -> None:
    """Grounds are clauses of a version now; outcomes are more; restrictions name their statement."""
    clause_of = (
        "CASE ground " + " ".join(f"WHEN '{n}' THEN {key}" for n, (key, *_) in clauses.items()) + " END"
    )
    number = "(SELECT number FROM decided WHERE decision_id = decision.id)"
    puid = "(SELECT puid FROM decided WHERE decision_id = decision.id)"
    filled = {"clause_id": clause_of, "statement_puid": puid, "log_number": number}
    if _is_sqlite():
        checks = ", ".join(f"CONSTRAINT {one} CHECK ({words})" for one, words in DECISION_CHECKS.items())
        _rebuild(
            "decision",
            [
                (OLD_REASONS, NEW_REASONS),
                (_in("outcome", OLD_OUTCOMES), _in("outcome", (*OLD_OUTCOMES, *NEW_ACTS))),
                (f", \n\tCONSTRAINT ck_decision_ground CHECK ({_in('ground', OLD_GROUNDS)})", ""),
                ("explanation TEXT NOT NULL, ", f"explanation TEXT NOT NULL, {DECISION_COLUMNS}, "),
                (LAST_CONSTRAINT, f"{DECISION_REFERENCES}, {checks}\n)"),
            ],
            filled,
        )
    else:
        for check in ("ground", "outcome", "restriction_has_reasons"):
            op.drop_constraint(f"ck_decision_{check}", "decision", type_="check")
        for column, kind in (
            *((one, KEY) for one in ("clause_id", "undoes_id", "appeal_id", "log_number")),
            ("statement_puid", sa.String(36)),
        ):
            op.add_column("decision", sa.Column(column, kind))
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
        op.execute("UPDATE decision SET " + ", ".join(f"{k} = {v}" for k, v in filled.items()))
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")
        op.create_check_constraint(
            "ck_decision_outcome", "decision", _in("outcome", (*OLD_OUTCOMES, *NEW_ACTS))
        )
        op.create_check_constraint("ck_decision_restriction_has_reasons", "decision", NEW_REASONS)
        for check, words in DECISION_CHECKS.items():
            op.create_check_constraint(check, "decision", words)
        _refer(
            "decision", "fk_decision_statement_puid", "statement_puid", "statement", "puid", **STATEMENT_OF
        )
        _refer("decision", "fk_decision_clause_id", "clause_id", "clause", "id")
        _refer("decision", "fk_decision_undoes_id", "undoes_id", "decision", "id")
        _refer("decision", "fk_decision_appeal_id", "appeal_id", "appeal", "id")
        _refer("decision", "fk_decision_log_number", "log_number", "log_entry", "number")
    op.create_index("uq_decision_undoes_id", "decision", ["undoes_id"], unique=True)
    op.create_index("uq_decision_statement_puid", "decision", ["statement_puid"], unique=True)


DECISION_COLUMNS = (
    "clause_id INTEGER, statement_puid VARCHAR(36), undoes_id INTEGER, appeal_id INTEGER, log_number INTEGER"
)


def _reference(
    name: str, column: str = "statement_puid", to: str = "statement (puid)", how: str = DEFERRED
) -> str:
    return f"CONSTRAINT {name} FOREIGN KEY({column}) REFERENCES {to}{how}"


DECISION_REFERENCES = ", ".join(
    (
        _reference("fk_decision_statement_puid"),
        _reference("fk_decision_clause_id", "clause_id", "clause (id)", ""),
        _reference("fk_decision_undoes_id", "undoes_id", "decision (id)", ""),
        _reference("fk_decision_appeal_id", "appeal_id", "appeal (id)", ""),
        _reference("fk_decision_log_number", "log_number", "log_entry (number)", ""),
    )
)


def _in(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


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


def _leave_out_new_decisions() -> None:
    """The older schema has no word for them; the texts they were about stay as they are."""
    if not _is_sqlite():
        op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
        op.execute(f"DELETE FROM decision WHERE {_in('outcome', NEW_ACTS)}")
        op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")
    op.execute("UPDATE account SET standing = 'suspended' WHERE standing = 'closed'")


def _change_back() -> None:
    if not _is_sqlite():
        _change_back_on_postgresql()
        return
    op.drop_index("ix_revision_fingerprint", "revision")
    op.drop_index("uq_decision_undoes_id", "decision")
    op.drop_index("uq_decision_statement_puid", "decision")
    checks = ", ".join(f"CONSTRAINT {one} CHECK ({words})" for one, words in DECISION_CHECKS.items())
    _rebuild(
        "decision",
        [
            (f",\n\t{DECISION_REFERENCES}, {checks}\n)", "\n)"),
            (f"{DECISION_COLUMNS}, ", ""),
            (
                _in("outcome", (*OLD_OUTCOMES, *NEW_ACTS)) + ")",
                f"{_in('outcome', OLD_OUTCOMES)}), \n\t"
                f"CONSTRAINT ck_decision_ground CHECK ({_in('ground', OLD_GROUNDS)})",
            ),
            (NEW_REASONS, OLD_REASONS),
        ],
        {"ground": f"CASE WHEN {_in('ground', OLD_GROUNDS)} THEN ground ELSE '3.2' END"},
        only=f"outcome NOT IN ({', '.join(repr(act) for act in NEW_ACTS)})",
    )
    checks = ", ".join(f"CONSTRAINT {one} CHECK ({words})" for one, words in REVISION_CHECKS.items())
    _rebuild(
        "revision",
        [
            (f",\n\t{_reference('fk_revision_statement_puid')}, {checks}\n)", "\n)"),
            (
                "fingerprint VARCHAR(32), finding VARCHAR(30), finding_words VARCHAR(500) NOT NULL, "
                "told_at DATETIME, statement_puid VARCHAR(36), ",
                "",
            ),
        ],
    )
    check = f"CONSTRAINT ck_contribution_restriction_has_statement CHECK ({CONTRIBUTION_CHECK})"
    _rebuild(
        "contribution",
        [
            (f",\n\t{_reference('fk_contribution_statement_puid')}, {check}\n)", "\n)"),
            ("closed_at DATETIME, statement_puid VARCHAR(36), ", ""),
        ],
    )
    _rebuild(
        "account",
        [
            (f"{ACCOUNT_COLUMNS}, ", ""),
            (_in("standing", (*STANDINGS, "closed")), _in("standing", STANDINGS)),
        ],
    )


def _change_back_on_postgresql() -> None:
    for column in ("clause_id", "statement_puid", "undoes_id", "appeal_id", "log_number"):
        if column == "clause_id":
            op.drop_constraint("ck_decision_restriction_has_reasons", "decision", type_="check")
            for check in DECISION_CHECKS:
                op.drop_constraint(check, "decision", type_="check")
            op.drop_constraint("ck_decision_outcome", "decision", type_="check")
        op.drop_column("decision", column)
    op.execute("ALTER TABLE decision DISABLE TRIGGER decision_append_only")
    op.execute(f"UPDATE decision SET ground = '3.2' WHERE NOT {_in('ground', OLD_GROUNDS)}")
    op.execute("ALTER TABLE decision ENABLE TRIGGER decision_append_only")
    op.create_check_constraint("ck_decision_outcome", "decision", _in("outcome", OLD_OUTCOMES))
    op.create_check_constraint("ck_decision_ground", "decision", _in("ground", OLD_GROUNDS))
    op.create_check_constraint("ck_decision_restriction_has_reasons", "decision", OLD_REASONS)
    op.drop_index("ix_revision_fingerprint", "revision")
    for check in REVISION_CHECKS:
        op.drop_constraint(check, "revision", type_="check")
    for column in ("fingerprint", "finding", "finding_words", "told_at", "statement_puid"):
        op.drop_column("revision", column)
    op.drop_constraint("ck_contribution_restriction_has_statement", "contribution", type_="check")
    for column in ("closed_at", "statement_puid"):
        op.drop_column("contribution", column)
    op.drop_constraint("ck_account_standing", "account", type_="check")
    op.create_check_constraint("ck_account_standing", "account", _in("standing", STANDINGS))
    for column in ("suspended_until", "has_unread_warning", "guidelines_read_at"):
        op.drop_column("account", column)


def _rebuild(
    table: str,
    changes: Sequence[tuple[str, str]],
    filled: dict[str, str] | None = None,
    *,
    only: str = "1 = 1",
) -> None:
    """SQLite's own way to change a table: a new one with the changed words, the rows, the old one's name.

    Alembic's batch mode would lose the CHECK constraints, which it does not read. Raises LookupError where the words
    to change are not there.
    """
    connection = op.get_bind()
    words = connection.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": table}
    ).scalar_one()
    extras = connection.execute(
        sa.text(
            "SELECT sql FROM sqlite_master WHERE type <> 'table' AND tbl_name = :name AND sql IS NOT NULL"
        ),
        {"name": table},
    ).scalars()
    kept = list(extras)
    old_columns = _columns(table)
    for before, after in changes:
        if before is LAST_CONSTRAINT:
            words = words.rstrip().removesuffix(")").rstrip() + f",\n\t{after}"
            continue
        if before not in words:
            raise LookupError(f"{table}: {before}")
        words = words.replace(before, after, 1)
    opening, _, rest = words.partition("(")
    connection.exec_driver_sql(f"{opening.replace(table, 'rebuilt')}({rest}")
    columns = _columns("rebuilt")
    values = [(filled or {}).get(one, one if one in old_columns else "NULL") for one in columns]
    connection.exec_driver_sql(
        f"INSERT INTO rebuilt ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} WHERE {only}"
    )
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE rebuilt RENAME TO {table}")
    for extra in kept:
        connection.exec_driver_sql(extra)


def _columns(table: str) -> list[str]:
    rows = op.get_bind().exec_driver_sql(f"PRAGMA table_info({table})")
    return [row[1] for row in rows]


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
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
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
                name="act",
                native_enum=False,
                create_constraint=True,
                length=16,
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
            sa.Enum(
                "acted", "kept", "gone", name="result", native_enum=False, create_constraint=True, length=16
            ),
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
    op.create_index("ix_log_entry_created_at", "log_entry", ["created_at", "number"], unique=False)
    op.create_index("ix_log_entry_of_number", "log_entry", ["of_number"], unique=False)


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
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sent_mail_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_mail")),
    )
    op.create_index("ix_sent_mail_account_id", "sent_mail", ["account_id", "id"], unique=False)


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
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 2000", name=op.f("ck_note_body_length")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_note_account_id")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_note_by_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_note_contribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_account_id", "note", ["account_id", "id"], unique=False)
    op.create_index("ix_note_contribution_id", "note", ["contribution_id", "id"], unique=False)


def _create_sanction() -> None:
    op.create_table(
        "sanction",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "warning",
                "suspension",
                "closure",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
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
            sa.Enum(
                "minor",
                "serious",
                "grave",
                name="gravity",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column(
            "intent",
            sa.Enum(
                "unknown",
                "careless",
                "deliberate",
                name="intent",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("after_id", KEY, nullable=True),
        sa.Column("statement_puid", sa.String(length=36), nullable=True),
        sa.Column("log_number", KEY, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
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
        *_inline(SANCTION_STATEMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    op.create_index("ix_sanction_account_id", "sanction", ["account_id", "id"], unique=False)
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
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("report_count", sa.Integer(), nullable=False),
        sa.Column("claimed_by_id", KEY, nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("escalated_by_id", KEY, nullable=True),
        sa.Column("escalation", sa.String(length=2000), nullable=False),
        sa.Column("translation_wanted_at", sa.DateTime(timezone=True), nullable=True),
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
    op.create_index(
        "ix_review_author_id", "review", ["author_id"], unique=False, **_where("closed_at IS NULL")
    )
    op.create_index(
        "ix_review_claimed_by_id",
        "review",
        ["claimed_by_id"],
        unique=False,
        **_where("claimed_by_id IS NOT NULL"),
    )
    op.create_index(
        "ix_review_contribution_id",
        "review",
        ["contribution_id"],
        unique=False,
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_oldest", "review", ["language", "opened_at"], unique=False, **_where("closed_at IS NULL")
    )
    op.create_index(
        "ix_review_queue",
        "review",
        ["language", "country", "rank", "opened_at", "revision_id"],
        unique=False,
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_queue_all",
        "review",
        ["rank", "opened_at", "revision_id"],
        unique=False,
        **_where("closed_at IS NULL"),
    )
    op.create_index(
        "ix_review_queue_language",
        "review",
        ["language", "rank", "opened_at", "revision_id"],
        unique=False,
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
            sa.Enum(
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
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("reporter_id", KEY, nullable=True),
        sa.Column("reporter_key", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "acted", "kept", "gone", name="result", native_enum=False, create_constraint=True, length=16
            ),
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
    op.create_index("ix_report_decision_id", "report", ["decision_id"], unique=False)
    op.create_index("ix_report_reporter_id", "report", ["reporter_id", "id"], unique=False)
    op.create_index("ix_report_revision_id", "report", ["revision_id", "id"], unique=False)
    op.create_index(
        "ix_report_unanswered", "report", ["contribution_id"], unique=False, **_where("answered_at IS NULL")
    )


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
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "upheld", "reversed", name="verdict", native_enum=False, create_constraint=True, length=16
            ),
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
    op.create_index("ix_appeal_appellant_id", "appeal", ["appellant_id", "id"], unique=False)
    op.create_index(
        "ix_appeal_open", "appeal", ["opened_at", "id"], unique=False, **_where("decided_at IS NULL")
    )
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
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 4000", name=op.f("ck_appeal_message_body_length")),
        sa.ForeignKeyConstraint(
            ["appeal_id"], ["appeal.id"], name=op.f("fk_appeal_message_appeal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_appeal_message_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal_message")),
    )
    op.create_index("ix_appeal_message_appeal_id", "appeal_message", ["appeal_id", "id"], unique=False)


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
            sa.Enum(
                "DECISION_VISIBILITY_CONTENT_REMOVED",
                "DECISION_VISIBILITY_CONTENT_DISABLED",
                "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
                "DECISION_VISIBILITY_CONTENT_LABELLED",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column(
            "decision_provision",
            sa.Enum(
                "DECISION_PROVISION_PARTIAL_SUSPENSION",
                name="provision",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column(
            "decision_account",
            sa.Enum(
                "DECISION_ACCOUNT_SUSPENDED",
                "DECISION_ACCOUNT_TERMINATED",
                name="account",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=True,
        ),
        sa.Column(
            "decision_ground",
            sa.Enum(
                "DECISION_GROUND_ILLEGAL_CONTENT",
                "DECISION_GROUND_INCOMPATIBLE_CONTENT",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("category", _category(), nullable=False),
        sa.Column("legal_ground", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_facts", sa.Text(), nullable=False),
        sa.Column("content_type", sa.String(length=60), nullable=True),
        sa.Column("content_language", sa.String(length=12), nullable=True),
        sa.Column("content_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("application_date", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_date", sa.DateTime(timezone=True), nullable=True),
        sa.Column("territorial_scope", sa.String(length=200), nullable=False),
        sa.Column("source_type", _source(), nullable=False),
        sa.Column("automated_detection", sa.Boolean(), nullable=False),
        sa.Column(
            "automated_decision",
            sa.Enum(
                "AUTOMATED_DECISION_NOT_AUTOMATED",
                "AUTOMATED_DECISION_PARTIALLY",
                "AUTOMATED_DECISION_FULLY",
                name="automation",
                native_enum=False,
                create_constraint=True,
                length=60,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
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
    op.create_index("ix_statement_account_id", "statement", ["account_id", "created_at"], unique=False)
    op.create_index("ix_statement_created_at", "statement", ["created_at", "puid"], unique=False)
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
