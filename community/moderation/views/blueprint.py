"""The blueprint all pages of the desk hang on."""

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

blueprint = Blueprint("moderation", __name__)
Page = Response | str | tuple[str, int]


@blueprint.app_template_test("page")
def is_page(endpoint: str) -> bool:
    """Whether there is such a page."""
    return endpoint in current_app.view_functions
