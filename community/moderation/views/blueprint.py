"""The blueprint all pages of the desk hang on."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("moderation", __name__)
BIGGEST = 9223372036854775807
Page = Response | str | tuple[str, int]
