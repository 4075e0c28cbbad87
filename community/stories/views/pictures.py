"""The photos of the writing page: those that come with the form itself, and whether all can be shown yet."""

from functools import partial

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.accounts.models import Account
from community.contributions.models import MOST_PICTURES
from community.kit import unit_of_work
from community.kit.errors import DomainError, Invalid, Words
from community.media import actions, queries
from community.media.models import PhotoState
from community.stories.forms import StoryForm

NOT_YET = _l(
    "Your story is kept as a draft: a photo in it is still being prepared. Send it again in a few seconds."
)
NOT_USABLE = _l(
    "Your story is kept as a draft: a photo in it cannot be used. Take it out, then send it again."
)
NOT_KEPT = _l(
    "Your story is kept as a draft: a photo that came with it could not be kept. Add it again, or send the story "
    "without it."
)


def receive(form: StoryForm, account: Account) -> None:
    """Files that were chosen without JavaScript become photos of the form; what cannot be kept is told.

    They are kept whatever becomes of the form: a page that is given back names them.
    """
    given = [file for file in form.files.data or () if getattr(file, "filename", "")]
    if request.method != "POST" or not given:
        return
    for file in given:
        if len(form.pictures) >= MOST_PICTURES:
            flash(_("A story can have at most 12 photos. The others were left out."), "error")
            return
        try:
            photo = unit_of_work.separately(
                partial(actions.receive, file.stream, name=file.filename or "", by=account)
            )
        except Invalid as error:
            _tell(form, file.filename, next(iter(error.errors.values()))[0])
        except DomainError as error:
            _tell(form, file.filename, error.message)
        else:
            form.pictures.append_entry({"key": photo.key})


def why_unready(form: StoryForm) -> Words | None:
    """Why a story with these photos cannot be sent to be read yet."""
    if form.files.errors:
        return NOT_KEPT
    states = queries.unready([picture.key for picture in form.chosen_pictures])
    if PhotoState.FAILED in states.values():
        return NOT_USABLE
    return NOT_YET if states else None


def _tell(form: StoryForm, name: str | None, reason: Words) -> None:
    words = _("%(name)s: %(reason)s", name=name or "", reason=str(reason))
    form.files.errors = [*form.files.errors, words]
    flash(words, "error")
