"""The blueprint all pages of this room hang on."""

from flask import Blueprint

blueprint = Blueprint("stories", __name__)
