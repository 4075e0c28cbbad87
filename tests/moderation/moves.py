"""What the law of the desk says of a move, written a second time: from the rows alone, and from none of its code.

The sequences of ``test_stateful`` ask it beforehand whether a move is lawful, and hold the desk to the answer.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.helpers.site import Site

UNDO, SIX_MONTHS = timedelta(seconds=10), timedelta(days=183)
EDITABLE = {"draft", "waiting", "live"}
NEED_REASONS = {"refuse", "hide", "lock"}
ENDED = {"withdrawn", "erased"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Reasons:
    """What a moderator gives for a decision or a sanction."""

    ground: str | None = "1.2"
    explanation: str = "It sells tyres."
    legal_ground: str = ""

    @property
    def is_complete(self) -> bool:
        """Clause 3.2 is the one that speaks of the law."""
        names_the_law = self.ground != "3.2" or bool(self.legal_ground.strip())
        return self.ground is not None and bool(self.explanation.strip()) and names_the_law


FULL = Reasons()
EVERY = (
    FULL,
    Reasons(ground="3.2", legal_ground="Section 130"),
    Reasons(ground=None),
    Reasons(explanation=" \n"),
    Reasons(ground="3.2"),
)


class Law:
    """Questions about the rows as they are now."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def row(self, words: str, **values: object) -> Row:
        """The one row; empty where there is none."""
        rows = self.rows(words, **values)
        return rows[0] if rows else {}

    def rows(self, words: str, **values: object) -> list[Row]:
        return self._site.named(words, **values)

    def thing(self, number: int) -> Row:
        found = self.row(
            "SELECT c.*, c.author_id AS author, m.on_id, p.closed_at AS above_closed_at FROM contribution c"
            " LEFT JOIN comment m ON m.id = c.id LEFT JOIN contribution p ON p.id = m.on_id WHERE c.id = :n",
            n=number,
        )
        words = "SELECT r.*, v.closed_at AS review_closed_at, v.opened_at, v.claimed_by_id, v.claimed_until"
        words += " FROM revision r LEFT JOIN review v ON v.revision_id = r.id WHERE r.contribution_id = :n"
        texts = {text["state"]: text for text in self.rows(f"{words} ORDER BY r.id DESC", n=number)}
        return {**found, **{state: texts.get(state, {}) for state in ("waiting", "live", "draft")}}

    def is_active(self, person: int | None, now: datetime) -> bool:
        who = self.row("SELECT * FROM account WHERE id = :n", n=person)
        if not who or who["email_confirmed_at"] is None or who["has_unread_warning"]:
            return False
        until = moment(who["suspended_until"])
        is_suspended = who["standing"] == "suspended" and (until is None or now < until)
        return not is_suspended and who["standing"] != "closed"

    def moderates(self, person: int | None, now: datetime, *, admin: bool = False) -> bool:
        who = self.row("SELECT role FROM account WHERE id = :n", n=person)
        roles = {"admin"} if admin else {"moderator", "admin"}
        return bool(who) and who["role"] in roles and self.is_active(person, now)

    def may_restrict(self, person: int | None, language: str, now: datetime) -> bool:
        reads = self.row(
            "SELECT 1 AS yes FROM reading_language WHERE account_id = :n AND language = :l",
            n=person,
            l=language,
        )
        return bool(reads) or self.moderates(person, now, admin=True)

    def may_decide(
        self, person: int | None, it: Row, on: Row, outcome: str, reasons: Reasons, now: datetime
    ) -> bool:
        """On the newest version; whether it names the version is the caller's to know."""
        return (
            self.moderates(person, now)
            and person != it["author"]
            and outcome in outcomes(it, on)
            and not held(on, person, now)
            and is_explained(outcome, reasons)
            and (outcome not in NEED_REASONS or self.may_restrict(person, it["language"], now))
        )

    def may_undo(self, person: int | None, decision: Row, it: Row, now: datetime) -> bool:
        taken_back = self.row("SELECT 1 AS yes FROM decision WHERE undoes_id = :n", n=decision["id"])
        return (
            self.moderates(person, now)
            and decision["by_id"] == person
            and decision["outcome"] != "undo"
            and decision["appeal_id"] is None
            and now < (moment(decision["created_at"]) or now) + UNDO
            and it["version"] == decision["version"] + 1
            and not taken_back
            and not self._was_rewritten(decision, it)
        )

    def _was_rewritten(self, decision: Row, it: Row) -> bool:
        """A return opens a draft; once its author has changed that, the return cannot be taken back."""
        returned = self.row("SELECT * FROM revision WHERE id = :n", n=decision["revision_id"])
        draft = it["draft"]
        if decision["outcome"] != "return" or not draft or draft["created_at"] < returned["decided_at"]:
            return False
        return bool(draft["body"] != returned["body"])

    def may_appeal(self, person: int | None, act: Row, told_at: datetime, now: datetime) -> bool:
        """``act`` is a restriction or a sanction with whom it is about as ``author``."""
        return (
            person == act["author"]
            and not act["appeals"]
            and not act["undone"]
            and now < told_at + SIX_MONTHS
        )

    def may_appeal_answer(self, person: int | None, report: Row, now: datetime) -> bool:
        """By who reported, once the time to undo the decision is over; not where nobody decided."""
        answered = moment(report["answered_at"])
        return (
            answered is not None
            and report["reporter_id"] == person
            and report["decision_id"] is not None
            and report["result"] != "gone"
            and not report["appeals"]
            and answered + UNDO <= now < answered + SIX_MONTHS
        )

    def may_judge(self, person: int | None, appeal: Row, now: datetime) -> bool:
        concerned = (appeal["first_by_id"], appeal["appellant_id"], appeal["author"])
        return self.moderates(person, now) and person not in concerned and appeal["decided_at"] is None

    def may_sanction(self, person: int | None, member: int, measure: str, now: datetime) -> bool:
        role = self.row("SELECT role FROM account WHERE id = :n", n=member)["role"]
        is_admin = self.moderates(person, now, admin=True)
        within_reach = role == "member" or (role == "moderator" and is_admin)
        able = is_admin if measure == "closure" else self.moderates(person, now)
        return able and within_reach and person != member

    def may_impose(
        self, person: int | None, member: int, measure: str, reasons: Reasons, now: datetime
    ) -> bool:
        """Article 23: more than a warning only after one, but where the content was illegal; nothing once closed."""
        before = self.rows("SELECT * FROM sanction WHERE account_id = :n AND lifted_at IS NULL", n=member)
        measures = {one["measure"] for one in before}
        is_warned = measure == "warning" or "warning" in measures or reasons.ground == "3.2"
        return (
            self.may_sanction(person, member, measure, now)
            and reasons.is_complete
            and is_warned
            and "closure" not in measures
        )


def outcomes(it: Row, on: Row) -> set[str]:
    """What may be decided on a revision that waits or is live."""
    if on["state"] == "waiting":
        return {"approve", "return", "refuse"} if it["state"] in ("waiting", "live") else set()
    if it["state"] == "hidden":
        return {"restore"}
    if it["state"] != "live":
        return set()
    kept = {"keep"} if on["opened_at"] is not None and on["review_closed_at"] is None else set()
    return kept | {"hide", "unlock" if it["closed_at"] else "lock"}


def is_explained(outcome: str, reasons: Reasons) -> bool:
    if outcome in NEED_REASONS:
        return reasons.is_complete
    return outcome != "return" or bool(reasons.explanation.strip())


def held(on: Row, person: int | None, now: datetime) -> bool:
    """By somebody else."""
    until = moment(on["claimed_until"])
    is_open = on["opened_at"] is not None and on["review_closed_at"] is None
    return is_open and until is not None and until > now and on["claimed_by_id"] != person


def moment(value: Any) -> datetime | None:
    """As either database gives it."""
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
