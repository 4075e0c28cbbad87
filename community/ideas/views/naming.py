"""What an idea is about, in the reader's words, for every template that shows it."""

from community.contributions.models import Concern
from community.contributions.models.concern import AREA, COUNTRY
from community.ideas.models import Area
from community.ideas.processing.words import AREAS
from community.ideas.views.blueprint import blueprint
from community.kit import countries, i18n


@blueprint.app_template_filter("concern")
def named(concern: Concern, model: str) -> str:
    """``model`` is the name where it is one."""
    if concern.kind == AREA:
        return str(AREAS[Area(concern.value)])
    return countries.name(concern.value, i18n.language()) if concern.kind == COUNTRY else model
