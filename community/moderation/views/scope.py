"""Which part of the queue a moderator works on: carried in the address from page to page; what comes next in it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from community.accounts.models import Account
from community.contributions.models import Kind
from community.kit import clock, countries, languages, paging
from community.moderation import queries
from community.moderation.models import Review
from community.moderation.queries import Scope, Show

ALL = "all"
LOOKED_AT = 10  # the next few, should the very next ones be in somebody's hands


@dataclass(frozen=True)
class Choice:
    """``own`` is what the desk opens on. ``asked`` are the names of the address that were understood."""

    viewer_id: int
    own: Scope
    scope: Scope
    asked: dict[str, str]
    after: str | None

    @property
    def query(self) -> str:
        """For links that keep to this choice: empty, or from the question mark on."""
        return self.with_(after=self.after or "")

    @property
    def is_own(self) -> bool:
        return not self.asked

    def with_(self, **changes: str) -> str:
        """``query`` with something changed; an empty value leaves the name out."""
        pairs = [(name, value) for name, value in {**self.asked, **changes}.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""


def chosen(account: Account) -> Choice:
    """``?language=vi`` or ``all``, ``?country=VN`` or ``all``, ``?kind=``, ``?show=``; the unknown is passed over.

    What is in no language with a name comes to everybody: nobody's own language would bring it.
    """
    own = Scope((*account.languages, languages.UNTAGGED), queries.desk_countries(account.id))
    asked = {name: value for name in ("language", "country", "kind", "show") if (value := _understood(name))}
    language, country = asked.get("language", ""), asked.get("country", "")
    scope = Scope(
        own.languages if not language else () if language == ALL else (language,),
        own.countries if not country else () if country == ALL else (country,),
        Kind(asked["kind"]) if "kind" in asked else None,
        Show(asked["show"]) if "show" in asked else None,
    )
    return Choice(account.id, own, scope, asked, request.args.get("after"))


def page_after(choice: Choice, review: Review | None, decided_id: int | None = None) -> str:
    """The address of what comes next: after this review, else from the beginning, else the queue.

    What somebody else is reading is passed over. ``decided_id`` lets the next page offer the undo.
    """
    after = paging.encode(queries.place_of(review)) if review else None
    number = (
        _first(choice, after, review) or _first(choice, choice.after, review) or _first(choice, None, review)
    )
    query = choice.with_(after=choice.after or "", decided=str(decided_id or ""))
    if number is None:
        return url_for("moderation.queue") + choice.with_(decided=str(decided_id or ""))
    return url_for("moderation.review", revision_id=number) + query


def _first(choice: Choice, after: str | None, but: Review | None) -> int | None:
    found = queries.waiting(choice.scope, viewer_id=choice.viewer_id, after=after, limit=LOOKED_AT)
    for row in found.rows:
        is_held = (
            row.claimed_until and row.claimed_until > clock.now() and row.claimed_by_id != choice.viewer_id
        )
        if not is_held and (but is None or row.revision_id != but.revision_id):
            return row.revision_id
    return None


def _understood(name: str) -> str:
    value = request.args.get(name, "")
    is_known = {
        "language": lambda: value == ALL or languages.may_carry(value),
        "country": lambda: value == ALL or countries.is_country(value),
        "kind": lambda: value in set(Kind),
        "show": lambda: value in set(Show),
    }
    return value if is_known[name]() else ""
