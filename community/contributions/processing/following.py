"""The button "Follow", drawn by itself: on a page that is drawn for many it is each reader's own."""

from flask import render_template
from markupsafe import Markup

from community.contributions.models import Contribution


def button(thing: Contribution, *, is_followed: bool) -> Markup:
    """Nothing for who may not follow it."""
    drawn = render_template("contributions/_follow_button.html", thing=thing, is_followed=is_followed)
    return Markup(drawn.strip())  # noqa: S704 - a template's own output
