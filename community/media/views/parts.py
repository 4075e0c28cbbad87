"""What templates of every room may ask about photos."""

from collections.abc import Iterable, Mapping

from community.media import queries
from community.media.processing import placeholders
from community.media.queries import Ready
from community.media.views.blueprint import blueprint

blueprint.add_app_template_global(placeholders.colour, "photo_colour")


@blueprint.app_template_global("photos_of")
def ready(keys: Iterable[str]) -> Mapping[str, Ready]:
    """For pages of rooms that know photos by their keys alone: one question for all of them."""
    return queries.ready(key for key in keys if key)
