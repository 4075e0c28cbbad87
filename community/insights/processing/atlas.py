"""The world map: an oval for each country in its place on the grid, in colour by how many stories come from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from community.insights.models import FEWEST
from community.kit import countries, i18n, world

WIDE, TALL = 33, 25
SHADES = 5
SIZES = {1: 12, 2: 11, 3: 9}
"""Of a sign's letters, so that up to three of them fill an oval."""


@dataclass(frozen=True)
class Shade:
    """How many stories a country of this shade has: ``most`` or fewer, and more than the shade before."""

    number: int
    least: int
    most: int


@dataclass(frozen=True)
class Atlas:
    drawn: Markup
    shades: list[Shade]


def atlas(stories: Mapping[str, int]) -> Atlas | None:
    """Of stories by country; None where no country has any that may be shown."""
    if not stories:
        return None
    shades = _shades(max(stories.values()))
    spoken = i18n.language()
    ovals = Markup("").join(
        _oval(code, countries.name(code, spoken), stories.get(code, 0), shades) for code in world.PLACES
    )
    drawn = Markup(
        '<svg class="atlas" viewBox="0 0 {width} {height}" role="img" aria-labelledby="atlas-title atlas-words">'
        '<title id="atlas-title">{title}</title><desc id="atlas-words">{words}</desc>{ovals}</svg>'
    ).format(
        width=world.COLUMNS * WIDE,
        height=world.ROWS * TALL,
        title=_("Stories by country, on a map of the world"),
        words=_("All numbers stand in the table."),
        ovals=ovals,
    )
    return Atlas(drawn, shades)


def _shades(most: int) -> list[Shade]:
    """Each shade spans as many times as much as the one before; those that would be empty are left out.

    They begin with FEWEST: five people have told five stories or more.
    """
    times = most / FEWEST
    ends = sorted({ceil(FEWEST * times ** (step / SHADES)) for step in range(1, SHADES)} | {most})
    starts = [FEWEST, *(end + 1 for end in ends)]
    first = SHADES - len(ends) + 1
    return [
        Shade(first + place, least, end)
        for place, (least, end) in enumerate(zip(starts[:-1], ends, strict=True))
    ]


def _oval(code: str, name: str, stories: int, shades: list[Shade]) -> Markup:
    column, row = world.PLACES[code]
    sign = countries.sign(code)
    shade = next((one.number for one in shades if stories and stories <= one.most), 0)
    x, y = (column + 0.5) * WIDE, (row + 0.5) * TALL
    return Markup(
        '<g class="atlas-{shade}"><title>{said}</title><ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"/>'
        '<text x="{x}" y="{base:.1f}" font-size="{size}" text-anchor="middle">{sign}</text></g>'
    ).format(
        shade=shade,
        said=_said(name, stories),
        x=x,
        y=y,
        rx=WIDE / 2 - 1,
        ry=TALL / 2 - 1.5,
        base=y + 0.36 * SIZES[len(sign)],
        size=SIZES[len(sign)],
        sign=sign,
    )


def _said(name: str, stories: int) -> str:
    if not stories:
        return _("%(country)s: none, or by fewer than five people", country=name)
    return ngettext(
        "%(country)s: %(num)s story",
        "%(country)s: %(num)s stories",
        stories,
        country=name,
    )
