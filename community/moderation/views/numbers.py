"""The team's numbers, for those at the desk."""

from flask import render_template, request

from community.accounts import access as accounts
from community.kit import languages
from community.moderation.processing import numbers as watched
from community.moderation.views.blueprint import Page, blueprint
from community.policy.permissions import Permission


@blueprint.get("/moderation/numbers")
def numbers() -> Page:
    """Of all languages, or of the one asked for; an unknown one is passed over."""
    accounts.require(Permission.REVIEW)
    language = request.args.get("language", "")
    told = watched.numbers(language if languages.may_carry(language) else "")
    return render_template("moderation/numbers.html", numbers=told)
