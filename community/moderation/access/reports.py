"""Who reports, and who gets to a report's receipt: whoever holds its signed address, with an account or without."""

import hmac
from datetime import datetime

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from community.kit import clock, limits
from community.kit.errors import NotFound
from community.moderation import queries
from community.moderation.actions import undoing
from community.moderation.models import WINDOW, Report

SALT = "report"


def token_of(report: Report) -> str:
    """Shown and mailed to its reporter alone."""
    return str(_signer().dumps(report.id))


def load_receipt(token: str) -> Report:
    """With the revision it is about. Raises NotFound for what this site did not sign."""
    try:
        found = queries.report(int(_signer().loads(token)))
    except (BadSignature, ValueError, TypeError) as error:
        raise NotFound from error
    if found is None:
        raise NotFound
    return found


def is_told(report: Report) -> bool:
    """Whether its reporter may know the answer: not before its decision can no longer be undone."""
    if report.answered_at is None:
        return False
    return report.decision_id is None or clock.now() >= report.answered_at + undoing.WINDOW


def last_day(report: Report) -> datetime | None:
    """On which its reporter can still appeal: six months from being told (Article 20(1))."""
    return report.answered_at + WINDOW if report.answered_at else None


def may_be_appealed(report: Report) -> bool:
    """While there is a decision to appeal against, and time."""
    until = last_day(report)
    return is_told(report) and report.decision_id is not None and until is not None and clock.now() < until


def network() -> str:
    """Where this request comes from, as it is counted: an address, or the /64 of one."""
    return limits.network(request.remote_addr or "")


def origin() -> str:
    """The same in 64 letters from which nobody without the site's key finds the address again."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.digest(key, network().encode(), "sha256").hex()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
