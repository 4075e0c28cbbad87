"""Where the pages below ``/contributions`` belong."""

from flask import Blueprint

blueprint = Blueprint("contributions", __name__, url_prefix="/contributions")
