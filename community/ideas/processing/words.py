"""What the areas of ideas are called."""

from flask_babel import lazy_gettext as _l

from community.ideas.models import Area

AREAS = {
    Area.LOCALISATION: _l("Localisation"),
    Area.SUSTAINABILITY: _l("Sustainability"),
    Area.TECHNOLOGY: _l("Technology"),
    Area.SERVICE: _l("Service"),
    Area.COMMUNITY: _l("Community"),
    Area.DESIGN: _l("Design"),
}
