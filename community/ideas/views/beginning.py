"""What an idea begins with: a paragraph of a story, chosen, kept with it, and shown above its form."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import render_template
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from community.accounts import access as accounts
from community.accounts.models import Account
from community.contributions.models import State
from community.ideas import access, actions, queries
from community.ideas.access import Beginning
from community.ideas.forms.writing import CHANGED, NOT_KEPT, IdeaForm
from community.ideas.models import Idea
from community.ideas.views.blueprint import Page
from community.kit.errors import Invalid, NotFound
from community.kit.numbers import is_id

GONE = _l("Readers cannot see this story any more. You can go on with your idea without quoting it.")


class Begun(NamedTuple):
    """A paragraph as it stands above the form; ``number`` names it to take it out, where that can be done still."""

    html: Markup
    language: str
    title: str
    author: str
    is_own: bool
    is_agreed: bool
    is_refused: bool
    number: str = ""


def choose(begun: Beginning, *, was_changed: bool) -> Page:
    """The paragraphs of a story, to begin with one of them."""
    return render_template("ideas/begin.html", begun=begun, changed=CHANGED if was_changed else None)


def of(form: IdeaForm, account: Account) -> Beginning | None:
    """What the form names and its idea does not quote yet. Raises Invalid where it is not there any more."""
    story, part = form.story.data or "", form.part.data or ""
    if not (story and part) or form.without.data or _is_quoted(form, account):
        return None
    begun = open_to(form)
    if begun is None:
        form.story.data = form.part.data = ""
        raise Invalid({"part": [GONE]})
    if begun.chosen is None:
        raise Invalid({"part": [CHANGED]})
    return begun


def open_to(form: IdeaForm) -> Beginning | None:
    """The story the form names, if readers can see it."""
    try:
        return access.load_beginning(form.story.data or "", form.part.data or "")
    except NotFound:
        return None


def quote(idea: Idea, begun: Beginning | None) -> None:
    if begun and begun.chosen:
        actions.begin_with(idea, begun.story, begun.text, begun.chosen)


def take_out(idea: Idea, form: IdeaForm) -> None:
    """The paragraph whose button was pressed."""
    number, story = form.without.data or "", form.story.data or ""
    if number == NOT_KEPT and is_id(story):
        # Kept by itself since the page was drawn, perhaps.
        actions.take_out(idea, story_id=int(story), key=form.part.data or "")
    elif is_id(number):
        actions.take_out(idea, quote_id=int(number))


def shown(idea: Idea | None, begun: Beginning | None) -> Sequence[Begun]:
    """What the idea quotes already, and what it begins with now."""
    reader = accounts.me().id
    kept = [
        Begun(
            Markup(one.html),  # noqa: S704 - of ``kit/markup``
            one.language,
            one.title or "",
            one.display_name,
            one.account_id == reader,
            one.is_agreed,
            one.refused_at is not None,
            str(one.id) if idea and idea.state is State.DRAFT else "",
        )
        for one in (queries.quotes(idea.id) if idea else ())
    ]
    return kept or ([_now(begun)] if begun and begun.chosen else [])


def _now(begun: Beginning) -> Begun:
    return Begun(
        Markup(begun.chosen.html if begun.chosen else ""),  # noqa: S704 - of ``kit/markup``
        begun.text.language,
        begun.text.title,
        begun.story.author.display_name,
        begun.is_own,
        begun.is_agreed,
        is_refused=False,
        number=NOT_KEPT,
    )


def _is_quoted(form: IdeaForm, account: Account) -> bool:
    """The paragraph was kept with a save before this one: what it said then stands."""
    earlier, story = queries.by_form(account.id, form.number), form.story.data or ""
    if earlier is None or not is_id(story):
        return False
    return queries.has_quote(earlier.id, int(story), form.part.data or "")
