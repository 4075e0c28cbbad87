"""A paragraph in somebody's idea, before the author of its story: their yes, or their no."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from community.accounts import access as accounts
from community.contributions import queries as contributions
from community.contributions.models import Purpose
from community.ideas import access, actions
from community.ideas.forms.writing import AnswerForm
from community.ideas.processing import halves
from community.ideas.views.blueprint import Page, blueprint
from community.kit.numbers import BIGGEST
from community.policy import rules
from community.policy.permissions import Permission


@blueprint.get(f"/quotes/<int(max={BIGGEST}):quote_id>")
def quote(quote_id: int) -> Page:
    quoted, story = access.load_quote(quote_id)
    idea = access.load_quoting(quoted)
    drawn = halves.split_html(idea.live_revision.html if idea.live_revision else "")
    return render_template(
        "ideas/quote.html",
        quote=quoted,
        paragraph=Markup(quoted.html),  # noqa: S704 - of ``kit/markup``
        story=story,
        idea=idea,
        drawn=[Markup(half) for half in drawn],  # noqa: S704 - of ``kit/markup``
        is_agreed=Purpose.QUOTE in contributions.agreed(story.id),
        form=AnswerForm(formdata=None),
    )


@blueprint.post(f"/quotes/<int(max={BIGGEST}):quote_id>")
def answer(quote_id: int) -> Page:
    quoted, _story = access.load_quote(quote_id)
    idea = access.load_quoting(quoted)
    if AnswerForm().agree.data == "1":
        actions.agree_to(quoted)
        flash(_("Thank you. Your paragraph stands in the idea now, with your name."))
    else:
        actions.refuse(quoted)
        flash(_("Your paragraph is not shown in this idea."))
    can_read = rules.can(accounts.person(), Permission.READ, idea)
    return redirect(
        url_for("contributions.show", contribution_id=idea.id) if can_read else url_for("ideas.mine")
    )
