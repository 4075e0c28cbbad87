"""The button "Follow", drawn by itself: on a page that is drawn for many it is each reader's own."""

from functools import lru_cache

from flask import render_template, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from community.accounts import access as accounts
from community.contributions.models import Contribution
from community.kit import i18n
from community.kit.stencil import Stencil, gap
from community.policy import rules
from community.policy.permissions import Permission


def button(thing: Contribution, *, is_followed: bool) -> Markup:
    """Nothing for who may not follow it."""
    here = request.full_path.rstrip("?")
    if not accounts.is_signed_in():
        return _draw(thing.id, here, is_followed=False)
    if not rules.can(accounts.person(), Permission.FOLLOW, thing):
        return Markup()
    drawn = _alike(i18n.language(), is_followed=is_followed)
    return Markup(drawn.fill(token=generate_csrf(), target=str(thing.id), here=here))  # noqa: S704 - of a template


@lru_cache
def _alike(_spoken: str, *, is_followed: bool) -> Stencil:
    """For everybody who may."""
    return Stencil(
        _draw(gap("target"), gap("here"), is_followed=is_followed, csrf_token=lambda: gap("token"))
    )


def _draw(target: int | Markup, here: str, **more: object) -> Markup:
    drawn = render_template("contributions/_follow_button.html", target=target, here=here, **more)
    return Markup(drawn.strip())  # noqa: S704 - a template's own output
