"""A member's own stories, in every state."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from community.accounts import access as accounts
from community.policy.permissions import Permission
from community.stories import queries
from community.stories.views.blueprint import blueprint

Page = Response | str | tuple[str, int]


@blueprint.get("/me/stories")
def mine() -> Page:
    account = accounts.require(Permission.USE_ACCOUNT)
    page = queries.mine(account.id, after=request.args.get("after"))
    return render_template(
        "stories/mine.html",
        stories=page.rows,
        is_confirmed=account.is_confirmed,
        next_url=url_for("stories.mine", after=page.next) if page.next else None,
    )
