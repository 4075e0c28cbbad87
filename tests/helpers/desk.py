"""What always holds at the desk, asked of the rows themselves: for demo content, races and sequences of every kind."""

from dataclasses import dataclass

from sqlalchemy import select, text

from community.kit import db
from community.moderation.actions import log
from community.moderation.models import LogEntry
from tests.helpers.site import Site

# Each counts what must not be.
WRONG = {
    "a restriction without its statement": """
        SELECT count(*) FROM decision d WHERE outcome IN ('refuse', 'hide', 'lock') AND NOT EXISTS (
            SELECT 1 FROM statement s WHERE s.puid = d.statement_puid AND s.decision_id = d.id
            AND s.contribution_id = d.contribution_id AND s.account_id = d.author_id AND s.clause_id = d.clause_id
            AND s.application_date >= d.created_at)""",
    "a sanction without its statement": """
        SELECT count(*) FROM sanction n WHERE measure <> 'warning' AND NOT EXISTS (
            SELECT 1 FROM statement s WHERE s.puid = n.statement_puid AND s.sanction_id = n.id
            AND s.account_id = n.account_id AND s.clause_id = n.clause_id)""",
    "a statement of nothing": """
        SELECT count(*) FROM statement s
        WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.statement_puid = s.puid AND d.id = s.decision_id)
        AND NOT EXISTS (SELECT 1 FROM sanction n WHERE n.statement_puid = s.puid AND n.id = s.sanction_id)""",
    "refused or hidden without saying why": """
        SELECT count(*) FROM contribution c WHERE state IN ('refused', 'hidden') AND NOT EXISTS (
            SELECT 1 FROM statement s WHERE s.puid = c.statement_puid AND s.contribution_id = c.id)""",
    "a refused text without saying why": """
        SELECT count(*) FROM revision r WHERE state = 'refused' AND NOT EXISTS (
            SELECT 1 FROM decision d JOIN statement s ON s.decision_id = d.id
            WHERE d.revision_id = r.id AND s.puid = r.statement_puid)""",
    "a decision without its line": """
        SELECT count(*) FROM decision d WHERE NOT EXISTS (
            SELECT 1 FROM log_entry l WHERE l.number = d.log_number AND l.created_at = d.created_at
            AND l.language = d.language AND l.country = d.country
            AND (l.act = d.outcome OR (l.act = 'reverse' AND d.appeal_id IS NOT NULL))
            AND (d.ground IS NULL OR l.ground = d.ground))""",
    "a line of two decisions": """
        SELECT count(*) FROM (SELECT log_number FROM decision GROUP BY log_number HAVING count(*) > 1) AS twice""",
    "a sanction without its line": """
        SELECT count(*) FROM sanction n WHERE NOT EXISTS (SELECT 1 FROM log_entry l WHERE l.number = n.log_number)""",
    "two decisions on one version": """
        SELECT count(*) FROM (
            SELECT contribution_id FROM decision WHERE outcome <> 'undo'
            GROUP BY contribution_id, version HAVING count(*) > 1) AS twice""",
    "a version that is not one more than moves": """
        SELECT count(*) FROM contribution c
        WHERE version <> 1 + (SELECT count(*) FROM move m WHERE m.contribution_id = c.id)""",
    "a decision by its author": "SELECT count(*) FROM decision WHERE by_id = author_id",
    "a sanction of oneself": "SELECT count(*) FROM sanction WHERE by_id = account_id",
    "an appeal decided by who decided first, or appealed": """
        SELECT count(*) FROM appeal WHERE decided_by_id = first_by_id OR decided_by_id = appellant_id""",
    "an appeal decided by whom it concerns": """
        SELECT count(*) FROM appeal a LEFT JOIN decision d ON d.id = a.decision_id
        LEFT JOIN sanction n ON n.id = a.sanction_id WHERE a.decided_by_id IN (d.author_id, n.account_id)""",
    "public without a text": """
        SELECT count(*) FROM contribution c WHERE state = 'live' AND NOT EXISTS (
            SELECT 1 FROM revision r WHERE r.id = c.live_revision_id AND r.contribution_id = c.id
            AND r.state = 'live')""",
    "a public text nobody approved": """
        SELECT count(*) FROM revision r WHERE state = 'live' AND NOT EXISTS (
            SELECT 1 FROM move m WHERE m.revision_id = r.id AND m.cause IN ('approve', 'trusted', 'reverse'))""",
    "a waiting text nobody has to look at": """
        SELECT count(*) FROM revision r JOIN contribution c ON c.id = r.contribution_id
        WHERE r.state = 'waiting' AND c.state IN ('waiting', 'live') AND NOT EXISTS (
            SELECT 1 FROM review v WHERE v.revision_id = r.id AND v.closed_at IS NULL)""",
    "a report nobody has to look at": """
        SELECT count(*) FROM report p WHERE answered_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM review v WHERE v.revision_id = p.revision_id AND v.closed_at IS NULL AND v.rank = 0)""",
    "a review of nothing": """
        SELECT count(*) FROM review v JOIN revision r ON r.id = v.revision_id
        JOIN contribution c ON c.id = v.contribution_id WHERE v.closed_at IS NULL AND NOT (
            (r.state = 'waiting' AND c.state IN ('waiting', 'live'))
            OR (c.state = 'live' AND v.rank = 2)
            OR (c.state = 'live' AND EXISTS (
                SELECT 1 FROM report p WHERE p.revision_id = r.id AND p.answered_at IS NULL)))""",
    "a review that says something else than its text": """
        SELECT count(*) FROM review v JOIN revision r ON r.id = v.revision_id
        JOIN contribution c ON c.id = r.contribution_id WHERE v.contribution_id <> c.id
        OR v.author_id <> c.author_id OR v.country <> c.country OR v.kind <> c.kind OR v.language <> r.language""",
    "a review with another number of reports": """
        SELECT count(*) FROM review v WHERE closed_at IS NULL AND report_count <> (
            SELECT count(*) FROM report p WHERE p.revision_id = v.revision_id AND p.answered_at IS NULL)""",
    "a claim of what is closed": """
        SELECT count(*) FROM review WHERE closed_at IS NOT NULL AND claimed_by_id IS NOT NULL""",
}  # fmt: skip
OPEN = "SELECT language, country, count(*) FROM review WHERE closed_at IS NULL GROUP BY 1, 2 ORDER BY 1, 2"
KEPT = "SELECT language, country, waiting FROM backlog WHERE waiting > 0 ORDER BY 1, 2"
RESTRICTIONS = (
    "SELECT (SELECT count(*) FROM decision WHERE outcome IN ('refuse', 'hide', 'lock'))"
    " + (SELECT count(*) FROM sanction WHERE measure <> 'warning'), (SELECT count(*) FROM statement)"
)
COUNTS = "SELECT " + ", ".join(f"({words})" for words in WRONG.values())


@dataclass
class Chain:
    """The log as far as it was read; a later reading goes on from there."""

    number: int = 0
    hash: str = ""


def assert_all_holds(site: Site, chain: Chain | None = None) -> Chain:
    """Every rule above, the backlog, the sums, and the log from where ``chain`` ended; where it ends now."""
    chain = chain or Chain()
    with site.reading():
        counts = db.session.execute(text(COUNTS)).one()
        wrong = {what: count for what, count in zip(WRONG, counts, strict=True) if count}
        assert not wrong, wrong
        counted, kept = (db.session.execute(text(words)).all() for words in (OPEN, KEPT))
        assert list(kept) == list(counted)
        restrictions, statements = db.session.execute(text(RESTRICTIONS)).one()
        assert restrictions == statements
        lines = select(LogEntry).where(LogEntry.number > chain.number).order_by(LogEntry.number)
        for line in db.session.scalars(lines):
            assert line.number == chain.number + 1
            assert line.hash == log.digest(chain.hash, line), line.number
            chain = Chain(line.number, line.hash)
    return chain
