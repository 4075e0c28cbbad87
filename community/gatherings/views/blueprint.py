"""The blueprint all pages of this room hang on."""

from flask import Blueprint
from werkzeug.wrappers import Response

from community.contributions import queries as contributions
from community.kit import i18n
from community.kit.languages import INTERFACE, interface_name

Page = Response | str | tuple[str, int]

blueprint = Blueprint("gatherings", __name__)


def topics() -> dict[int, tuple[str, str]]:
    """What cards need to name a story's topic."""
    return {number: (slug, name) for number, slug, name in contributions.topics(i18n.language())}


@blueprint.app_template_global("interface_languages")
def interface_languages(besides: str) -> list[tuple[str, str]]:
    """(code, own name) of the languages something can be said in, but for the one it was first said in."""
    return [(code, interface_name(code)) for code in INTERFACE if code != besides]
