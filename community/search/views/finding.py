"""The search page."""

from typing import Any

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.contributions import queries as contributions
from community.kit import i18n, languages
from community.search import queries
from community.search.processing import terms
from community.search.queries import Question
from community.search.views.blueprint import Page, blueprint
from community.stories import access as story_access
from community.stories import processing as story_processing


@blueprint.get("/search")
def index() -> Page:
    """In the languages a member reads, or in the one asked for; a visitor's decides only which of several is shown."""
    typed = request.args.get("q", "")
    question = terms.question(typed)
    found = _found(question, _languages()) if question else {}
    is_cut = len(typed) > terms.LONGEST_QUESTION
    return render_template("search/index.html", typed=terms.shown(typed), is_cut=is_cut, **found)


def _found(question: Question, asked: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows once there is something to look for."""
    page = queries.found(question, asked, after=request.args.get("after"), apart=accounts.apart())
    spoken = tuple(dict.fromkeys((*asked, *story_access.spoken())))
    (cards,) = story_processing.dressed((), [terms.best(story, spoken) for story in page.rows])
    return {
        "cards": cards,
        "left_out": queries.left_out(question, asked),
        "most_counted": queries.MOST_COUNTED,
        "topics": {number: (slug, name) for number, slug, name in contributions.topics(i18n.language())},
        "next_url": _again(after=page.next) if page.next else None,
        "all_url": _again(language="all", after=None),
    }


def _again(**changes: str | None) -> str:
    """This search with some of its choices changed."""
    values: dict[str, Any] = {name: request.args.get(name) for name in ("q", "language")} | changes
    return url_for("search.index", **{name: value for name, value in values.items() if value})


def _languages() -> tuple[str, ...]:
    """One asked for, all for ``language=all``, else those a signed-in member's lists are kept to."""
    asked = request.args.get("language", "")
    if languages.may_carry(asked):
        return (asked,)
    if asked or not accounts.is_signed_in():
        return ()
    return story_access.read()
