"""The form to stand behind an idea as its page has it: drawn once for all members who would see the same."""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from flask import render_template
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from community.accounts import access as accounts
from community.ideas.forms.supporting import SupportForm
from community.ideas.processing.showing import Reading
from community.ideas.queries import Place
from community.kit import i18n
from community.kit.forms import new_form_id
from community.kit.stencil import Stencil, gap

KEPT_FORMS = 400
"""Of about 15 kB: the languages are many."""


class Look(NamedTuple):
    """All that such a form depends on, but for whose it is and which idea's."""

    ui_language: str
    takes_answers: bool
    models: tuple[tuple[int, str], ...]
    read: tuple[str, ...]
    spoken: str
    has_voted: bool
    has_said: bool
    model_id: int | None


def offered(reading: Reading, place: Place) -> SupportForm:
    """An empty one, with what this member may choose from."""
    return _offer(SupportForm(formdata=None), _look(reading, place))


def drawn(reading: Reading, place: Place) -> Markup:
    """The form for the signed-in member, who may support it."""
    form = _drawn(_look(reading, place)).fill(
        token=generate_csrf(), form=new_form_id(), idea=str(reading.idea.id), said=str(place.comment_id or "")
    )
    return Markup(form)  # noqa: S704 - drawn by a template


def _look(reading: Reading, place: Place) -> Look:
    idea = reading.idea
    about = [(int(model.number), model.name) for model in reading.sums.about_models]
    return Look(
        i18n.language(),
        idea.takes_answers,
        (*about, *place.cars),
        tuple(accounts.me().languages),
        idea.language,
        place.has_voted,
        place.comment_id is not None,
        place.model_id,
    )


def _offer(form: SupportForm, look: Look) -> SupportForm:
    return form.offer(look.models, list(look.read), spoken=look.spoken, chosen=look.model_id)


@lru_cache(maxsize=KEPT_FORMS)
def _drawn(look: Look) -> Stencil:
    form = _offer(SupportForm(formdata=None, meta={"csrf": False}), look)
    form.form_id.data = gap("form")
    nobodys: dict[str, Any] = {
        "idea": SimpleNamespace(id=gap("idea"), takes_answers=look.takes_answers),
        "place": SimpleNamespace(has_voted=look.has_voted, comment_id=gap("said") if look.has_said else None),
        "support": form,
        "csrf_token": lambda: gap("token"),
    }
    return Stencil(render_template("ideas/_support_form.html", **nobodys))
