"""The frame of a signed-in page, drawn once for many: its reader's name, address, plate and token are gaps.

A page drawn so names nobody and may be kept; whatever else differs between its readers has to be a gap of its own, or
part of the key it is kept under.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Protocol, cast
from urllib.parse import quote

from flask import current_app, session
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from community.kit import presentation
from community.kit.stencil import gap


class Reader(Protocol):
    @property
    def display_name(self) -> str: ...
    @property
    def handle(self) -> str: ...
    @property
    def country(self) -> str: ...


def gaps() -> dict[str, object]:
    """What stands in place of what the templates would take from the reader, for ``render_template``."""
    nobody = SimpleNamespace(
        is_authenticated=True,
        has_unread_warning=False,
        id=None,
        display_name=gap("name"),
        handle=gap("handle"),
        country="",
        unread=0,
    )
    return {
        "current_user": nobody,
        "csrf_token": lambda: gap("token"),
        "bell": lambda _unread: gap("bell"),
        "oval": lambda code, *spoken: presentation.oval(code, *spoken) if code else gap("plate"),
    }


def words(reader: Reader, unread: int) -> dict[str, str | Markup]:
    """What fills them; ``unread`` is the number of notices their bell tells of."""
    return {
        "name": reader.display_name,
        "handle": quote(reader.handle),
        "plate": presentation.oval(reader.country),
        "bell": presentation.bell(unread),
        "token": generate_csrf(),
    }


def is_plain(reader: object) -> bool:
    """Whether the frame tells this reader nothing that others are not told."""
    unread = cast("Callable[[], object]", current_app.jinja_env.globals["unread_guidelines"])
    return not ("_flashes" in session or getattr(reader, "has_unread_warning", False) or unread())
