"""The search page."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from community.accounts import access as accounts
from community.contributions import access
from community.contributions import queries as contributions
from community.ideas import queries as idea_queries
from community.ideas.processing import speaking
from community.kit import i18n, languages
from community.search import queries
from community.search.processing import terms
from community.search.queries import Found, Question
from community.search.views.blueprint import Page, blueprint
from community.stories import access as story_access
from community.stories import processing as story_processing

AT_FIRST = 4
"""So many ideas stand above the stories; the others are one click away."""
IN_IDEAS = {"in": "ideas"}


@blueprint.get("/search")
def index() -> Page:
    """In the languages a member reads, or in the one asked for; a visitor's decides only which of several is shown.

    ``?in=ideas`` is a page of all ideas that were found; else the stories, and the first ideas above them.
    """
    typed = request.args.get("q", "")
    question, asked = terms.question(typed), _languages()
    find = _ideas if request.args.get("in") == "ideas" else _found
    found = find(question, asked) if question else {}
    is_cut = len(typed) > terms.LONGEST_QUESTION
    return render_template("search/index.html", typed=terms.shown(typed), is_cut=is_cut, **found)


def _found(question: Question, asked: tuple[str, ...]) -> dict[str, Any]:
    """What the page shows once there is something to look for."""
    after, apart = request.args.get("after"), accounts.apart()
    page = queries.found(question, asked, after=after, apart=apart)
    spoken = _spoken(asked)
    (cards,) = story_processing.dressed((), [terms.best(story, spoken) for story in page.rows])
    left_out = queries.left_out(question, asked)
    first = None if after else queries.ideas_found(question, asked, apart=apart, most=AT_FIRST)
    return {
        "cards": cards,
        "left_out": {"stories": left_out, "is_counted": left_out < queries.MOST_COUNTED},
        "topics": {number: (slug, name) for number, slug, name in contributions.topics(i18n.language())},
        "next_url": _again(after=page.next) if page.next else None,
        "ideas": _said(first.rows if first else (), asked),
        "links": {
            "all": _again(language="all", after=None),
            "ideas": _again(**IN_IDEAS) if first and first.next else None,
        },
    }


def _ideas(question: Question, asked: tuple[str, ...]) -> dict[str, Any]:
    """A page of the ideas that were found."""
    after = request.args.get("after")
    page = queries.ideas_found(question, asked, after=after, apart=accounts.apart())
    return {
        "ideas": _said(page.rows, asked),
        "next_url": _again(**IN_IDEAS, after=page.next) if page.next else None,
        "links": {"stories": _again()},
    }


def _said(found: Sequence[Found], asked: tuple[str, ...]) -> dict[str, Any]:
    """Each in the best of the languages it was found in."""
    languages = {one.card.id: one.languages for one in found}
    cards = speaking.found([one.card for one in found], languages, _spoken(asked))
    return {
        "cards": cards,
        "stages": idea_queries.stages_by_number(i18n.language()) if cards else {},
    }


def _spoken(asked: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*asked, *access.spoken())))


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
