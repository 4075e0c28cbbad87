"""The blueprint of the room."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("media", __name__)
Page = Response | str | tuple[str, int]
