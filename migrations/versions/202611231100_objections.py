"""Objections: an author may say that a translation of their story says something else than the original.

Down again, such a report is kept as one for another reason, and its reporter's key remembers which it was: nobody may
report the same thing for the same reason twice.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "d9e3f4a5b6c7"
down_revision: str | None = "c8d2e3f4a5b6"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REASONS = (
    *("child_safety", "hate", "threats", "harassment", "privacy", "copyright", "scam", "danger"),
    *("misleading", "advertising", "other_illegal", "other"),
)
REMEMBERED = " mistranslation"


def upgrade() -> None:
    _change_reasons(REASONS, (*REASONS, "mistranslation"))
    op.execute(
        "UPDATE report SET reason = 'mistranslation',"
        f" reporter_key = substr(reporter_key, 1, length(reporter_key) - {len(REMEMBERED)})"
        f" WHERE reason = 'other' AND reporter_key LIKE '%{REMEMBERED}'"
    )


def downgrade() -> None:
    op.execute(
        f"UPDATE report SET reason = 'other', reporter_key = reporter_key || '{REMEMBERED}'"
        " WHERE reason = 'mistranslation'"
    )
    _change_reasons((*REASONS, "mistranslation"), REASONS)


def _change_reasons(before: Sequence[str], after: Sequence[str]) -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_report_reason"), "report", type_="check")
        op.create_check_constraint(op.f("ck_report_reason"), "report", _one_of(after))
        return
    connection = op.get_bind()
    named = "FROM sqlite_master WHERE tbl_name = 'report' AND sql IS NOT NULL AND type"
    words = connection.exec_driver_sql(f"SELECT sql {named} = 'table'").scalar_one()
    others = connection.exec_driver_sql(f"SELECT sql {named} <> 'table'").scalars().all()
    if _one_of(before) not in words:
        raise LookupError(f"report: {_one_of(before)}")
    opening, _, rest = words.partition("(")
    made = f"{opening.replace('report', 'rebuilt')}({rest.replace(_one_of(before), _one_of(after))}"
    # Alembic's batch mode would lose the CHECK constraints, which it does not read.
    connection.exec_driver_sql(made)
    connection.exec_driver_sql("INSERT INTO rebuilt SELECT * FROM report")
    connection.exec_driver_sql("DROP TABLE report")
    connection.exec_driver_sql("ALTER TABLE rebuilt RENAME TO report")
    for other in others:
        connection.exec_driver_sql(other)


def _one_of(reasons: Sequence[str]) -> str:
    return f"reason IN ({', '.join(map(repr, reasons))})"
