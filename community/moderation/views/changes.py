"""What changed under an open desk: asked every few seconds by a page that is looked at."""

from flask import Response, jsonify, request, url_for
from flask_babel import ngettext

from community.accounts import access as accounts
from community.kit import paging
from community.moderation import queries
from community.moderation.processing import desk
from community.moderation.views import scope as scopes
from community.moderation.views.blueprint import blueprint
from community.moderation.views.scope import Choice
from community.policy.permissions import Permission


@blueprint.get("/moderation/changes")
def changes() -> Response:
    """``?ids=`` of at most 50 revisions, ``?since=`` a moment, and the choice the page was drawn for."""
    choice = scopes.chosen(accounts.require(Permission.REVIEW))
    ids = desk.numbers(request.args.get("ids", ""), queries.MOST_IDS)
    rows = {row.revision_id: desk.became(row, choice.viewer_id) for row in queries.changes(ids)}
    response = jsonify(items=rows, new=_new(choice))
    response.headers["Cache-Control"] = "no-store"
    return response


def _new(choice: Choice) -> dict[str, object]:
    """How many came in since; none where the moment cannot be read."""
    since = request.args.get("since", "")
    number = (
        queries.arrived(choice.scope, paging.to_moment(since), viewer_id=choice.viewer_id) if since else 0
    )
    words = ngettext("%(num)s new text", "%(num)s new texts", number)
    return {"number": number, "words": words, "url": url_for("moderation.queue") + choice.with_()}
