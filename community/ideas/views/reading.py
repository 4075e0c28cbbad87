"""An idea as everybody reads it, with its conversation."""

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup

from community.accounts import access as accounts
from community.comments import processing as threads
from community.comments.forms import CommentForm, languages_for
from community.contributions.models import State
from community.contributions.processing import following as follows
from community.ideas import access, queries
from community.ideas.forms.supporting import SupportForm
from community.ideas.models import Idea
from community.ideas.processing.showing import Reading
from community.ideas.views import standing
from community.ideas.views.blueprint import Page, blueprint
from community.kit import frame, i18n, languages, text
from community.kit.errors import NotFound
from community.kit.forms import new_form_id
from community.kit.numbers import BIGGEST
from community.kit.stencil import Stencil, gap
from community.policy import rules
from community.policy.permissions import Permission


@blueprint.get(f"/ideas/<int(max={BIGGEST}):contribution_id>")
def permalink(contribution_id: int) -> Page:
    idea = access.load(contribution_id, Permission.READ)
    return redirect(address(idea), 301 if idea.is_public else 302)


@blueprint.get(f"/ideas/<int(max={BIGGEST}):idea_id>/<slug>")
def show(idea_id: int, slug: str) -> Page:
    """``?lang=vi`` in that language; an unknown one is passed over."""
    reading = access.load_reading(idea_id, after=request.args.get("after"), asked=_asked())
    if reading is None:
        return redirect(address(access.load(idea_id, Permission.READ)))
    if slug != _slug(reading.idea):
        return redirect(address(reading.idea), 301)
    is_alike = (
        reading.is_alike and frame.is_plain(accounts.me()) and set(request.args) <= {"after", "lang", "ui"}
    )
    return _filled(reading) if is_alike else _page(reading)


def refused(idea: Idea, form: SupportForm) -> Page:
    """The page of an idea, with what was typed into a form that was refused."""
    reading = access.load_reading(idea.id, after=None)
    return (_page(reading, form), form.status) if reading else redirect(address(idea))


def _page(reading: Reading, refused: SupportForm | None = None) -> str:
    viewer = accounts.person()
    place = queries.place(reading.idea.id, viewer.id) if viewer.id else None
    form = CommentForm(formdata=None) if place else None
    may_support = rules.can(viewer, Permission.SUPPORT, reading.idea)
    return _drawn(
        reading,
        place=place,
        support=refused or (standing.offered(reading, place) if place and may_support else None),
        form=form and form.offer(accounts.me().languages, spoken=reading.idea.language),
        follow=follows.button(reading.idea, is_followed=reading.is_followed),
    )


def _filled(reading: Reading) -> str:
    """The page as all members without a part in it see it, with what is this one's own in its gaps."""
    account, idea = accounts.me(), reading.idea
    key = (request.full_path, i18n.language(), reading.telling.language)
    alike = replace(reading, reacted=frozenset())
    filled = access.load_page(key, lambda: _with_gaps(alike)).fill(
        **frame.words(account, accounts.unread()),
        form=new_form_id(),
        follow=follows.button(idea, is_followed=reading.is_followed),
        languages=languages_for(account.languages, spoken=idea.language),
        support=standing.drawn(reading, queries.place(idea.id, account.id)) if idea.takes_support else "",
    )
    return str(threads.mark(Markup(filled), reading.reacted))  # noqa: S704 - made of templates' output


def _with_gaps(reading: Reading) -> Stencil:
    return Stencil(
        _drawn(
            reading,
            form=CommentForm.with_gaps(token=gap("token"), form=gap("form"), own=gap("languages")),
            follow=gap("follow"),
            standing=gap("support"),
            **frame.gaps(),
        )
    )


def _drawn(reading: Reading, **more: object) -> str:
    idea = reading.idea
    following = url_for("ideas.show", idea_id=idea.id, slug=_slug(idea), after=reading.next, lang=_asked())
    return render_template(
        "ideas/show.html",
        idea=idea,
        it=reading,
        telling=reading.telling,
        text=reading.text,
        rows=threads.mark(reading.rows, reading.reacted),
        reacted=reading.reacted,
        next_url=following if reading.next else None,
        **more,
    )


def _asked() -> str | None:
    """The language asked for; an unknown one is passed over."""
    code = request.args.get("lang")
    return code if code and languages.is_language(code) else None


def _slug(idea: Idea) -> str:
    return text.slug(idea.live_revision.title) if idea.live_revision else ""


def address(idea: Idea) -> str:
    """Where an idea is read; one that is not public is followed on its author's own page."""
    if idea.is_public and idea.live_revision:
        spoken: dict[str, Any] = {"lang": _asked(), "ui": request.args.get("ui")}
        return url_for("ideas.show", idea_id=idea.id, slug=_slug(idea), **spoken)
    if accounts.person().id != idea.author_id:
        raise NotFound
    if idea.state is State.DRAFT:
        return url_for("ideas.edit", idea_id=idea.id)
    return url_for("moderation.status", contribution_id=idea.id)
