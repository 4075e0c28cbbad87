"""The blueprint the search hangs on; what machines read hangs on ``feeds.blueprint``."""

from flask import Blueprint
from werkzeug.wrappers import Response

blueprint = Blueprint("search", __name__)

Page = Response | str
