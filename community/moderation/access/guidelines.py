"""How a view gets a clause, and whether the guidelines changed since the signed-in member read them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request

from community.accounts import access as accounts
from community.kit import keeping
from community.kit.errors import NotFound
from community.kit.page_cache import READING
from community.moderation import queries
from community.moderation.models import Clause
from community.policy.permissions import Permission

NUMBER = re.compile(r"[0-9]{1,3}\.[0-9]{1,4}")


@dataclass(frozen=True)
class Changed:
    """When the guidelines last changed; kept while the pulse stands still, None too."""

    at: datetime | None


def load_versions(number: str) -> Sequence[Clause]:
    """Every version of a clause, the newest first: for everybody. Raises NotFound."""
    versions = queries.guidelines.versions(number) if NUMBER.fullmatch(number) else []
    if not versions:
        raise NotFound
    return versions


def load_version(number: str, version: int) -> Clause:
    """One version: for everybody. Raises NotFound."""
    found = next((clause for clause in load_versions(number) if clause.version == version), None)
    if found is None:
        raise NotFound
    return found


def load_rule(number: str, version: int | None = None) -> Clause:
    """To change it: the version a form was drawn from, or the one in force. Raises SignInNeeded, NotFound."""
    accounts.require(Permission.SET_RULES)
    if version is not None:
        return load_version(number, version)
    newest = load_versions(number)[0]
    if newest.ended_at is not None:
        raise NotFound
    return newest


def unread_change() -> datetime | None:
    """When the guidelines last changed, for a member who was here before and has not said they read it.

    Article 14(2) of Regulation (EU) 2022/2065. Costs one question for each beat of the pulse, whoever asks.
    """
    member = accounts.member()
    if member is None or READING not in request.environ:
        return None
    changed = keeping.kept(
        "guidelines", "changed", lambda: Changed(queries.guidelines.changed_at()), most=1
    ).at
    known = max(member.account.created_at, member.account.guidelines_read_at or member.account.created_at)
    return changed if changed is not None and changed > known else None
