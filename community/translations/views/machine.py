"""The editor's button for a machine's proposals. It is there where the settings name a machine."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from community.accounts import access as accounts
from community.kit import limits, unit_of_work
from community.kit.errors import Conflict
from community.kit.machine import Unanswered
from community.translations import access, actions
from community.translations.processing import checking
from community.translations.views.blueprint import Page, blueprint

ACTION = "draft"
"""The value of the editor's button."""

blueprint.add_app_template_test(checking.is_as_proposed, "as_proposed")


def fill_in(translation_id: int) -> Page:
    """Back to the editor, where a machine has said what was empty, or with the reason why not. Raises TooMany."""
    try:
        _flash_number(_fill_in(translation_id))
    except (Conflict, Unanswered) as error:
        flash(str(error.message), "error")
    return redirect(url_for("translations.edit", translation_id=translation_id))


def _fill_in(translation_id: int) -> int:
    """What was typed is kept first, so that no transaction is open, and nobody waits, while the machine is asked."""
    work, by = access.load_work(translation_id), str(accounts.me().id)
    reason = access.obstacle(work.thing)
    if reason:
        raise Conflict(reason)
    question = actions.question(work.translation, work.thing)
    unit_of_work.keep_so_far()
    if question.parts:
        limits.spend(actions.PROPOSALS, by)
    proposed = actions.proposals(question)
    work = access.load_work(translation_id)
    return actions.prefill(work.translation, work.thing, proposed)


def _flash_number(number: int) -> None:
    if number:
        words = ngettext(
            "A machine proposed %(num)s part. Read it against the original and say it in your own words.",
            "A machine proposed %(num)s parts. Read each against the original and say it in your own words.",
            number,
        )
        flash(words)
    else:
        flash(_("The machine proposed nothing that fits the parts that are empty."))
