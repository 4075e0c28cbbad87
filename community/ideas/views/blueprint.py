"""The blueprint all pages of this room hang on."""

from flask import Blueprint
from werkzeug.wrappers import Response

Page = Response | str | tuple[str, int]

blueprint = Blueprint("ideas", __name__)
