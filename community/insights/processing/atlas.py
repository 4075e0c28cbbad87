"""The world map: each country in a shade by how many stories come from it, and the largest with their ovals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from flask_babel import ngettext
from markupsafe import Markup

from community.contributions.models import Kind
from community.insights.models import FEWEST
from community.insights.processing.tables import Row
from community.kit import countries, world

SHADES = 5
MOST_OVALS = 12
"""Of countries that are large enough to be seen without one."""
WIDE, TALL = 36, 24
SIZES = {1: 17, 2: 15, 3: 12}
"""Of a sign's letters, so that up to three of them fill an oval."""
SMALL = 10, 7
"""An oval whose sign would cover another."""


@dataclass(frozen=True)
class Shade:
    """How many stories a country of this shade has: ``most`` or fewer, and more than the shade before."""

    number: int
    least: int
    most: int


@dataclass(frozen=True)
class Atlas:
    """``drawn`` holds links: whoever cannot see it has them in the table."""

    drawn: Markup
    shades: list[Shade]


@dataclass(frozen=True)
class Country:
    row: Row
    stories: int
    place: world.Place

    @property
    def sign(self) -> str:
        return countries.sign(self.row.key)


def atlas(rows: Sequence[Row]) -> Atlas | None:
    """Of the rows of the table by country; None where no country has stories that may be shown."""
    found = [
        Country(row, stories, world.PLACES[row.key])
        for row in rows
        if (stories := row.cells[Kind.STORY]) and row.key in world.PLACES
    ]
    if not found:
        return None
    found.sort(key=lambda one: (-one.stories, one.row.key))
    shades = _shades(found[0].stories)
    parts = [_rest({one.row.key for one in found})]
    parts += [_link(one, shades, _shape(one)) for one in found if one.place.shape]
    parts += [_link(one, shades, drawn) for one, drawn in _ovals(found)]
    return Atlas(_sheet(Markup("").join(parts)), shades)


def _sheet(parts: Markup) -> Markup:
    return Markup('<svg class="atlas" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>').format(
        world.WIDTH, world.HEIGHT, parts
    )


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


def _rest(seen: set[str]) -> Markup:
    """All other land in one piece; countries without a shape are specks, lines of no length with round ends."""
    others = [place for code, place in world.PLACES.items() if code not in seen]
    return Markup('<path d="{}"/><path class="atlas-specks" d="{}"/>').format(
        world.NOBODYS + "".join(place.shape for place in others),
        "".join(f"M{place.x} {place.y}h0" for place in others if not place.shape),
    )


def _link(one: Country, shades: Sequence[Shade], drawn: Markup) -> Markup:
    shade = next(shade.number for shade in shades if one.stories <= shade.most)
    chosen = " is-chosen" if one.row.is_chosen else ""
    return Markup(
        '<a class="atlas-{shade}{chosen}" href="{address}" tabindex="-1"><title>{said}</title>{drawn}</a>'
    ).format(shade=shade, chosen=chosen, address=one.row.address, said=_said(one), drawn=drawn)


def _said(one: Country) -> str:
    return ngettext(
        "%(country)s: %(num)s story",
        "%(country)s: %(num)s stories",
        one.stories,
        country=one.row.label,
    )


def _shape(one: Country) -> Markup:
    return Markup('<path d="{}"/>').format(one.place.shape)


def _ovals(found: Sequence[Country]) -> list[tuple[Country, Markup]]:
    """The largest come first and keep their places; where there is no room beside them only small countries get one."""
    largest = {one.row.key for one in found[:MOST_OVALS]}
    placed: list[world.Place] = []
    drawn: list[tuple[Country, Markup]] = []
    for one in found:
        has_room = all(
            abs(one.place.x - other.x) >= WIDE or abs(one.place.y - other.y) >= TALL for other in placed
        )
        if has_room and (one.row.key in largest or not one.place.shape):
            placed.append(one.place)
            drawn.append((one, _oval(one)))
        elif not one.place.shape:
            drawn.append((one, _ellipse(one.place, *SMALL)))
    return drawn


def _oval(one: Country) -> Markup:
    size = SIZES[len(one.sign)]
    return _ellipse(one.place, WIDE - 2, TALL - 2) + Markup(
        '<text x="{x}" y="{base:.1f}" font-size="{size}" text-anchor="middle">{sign}</text>'
    ).format(x=one.place.x, base=one.place.y + 0.36 * size, size=size, sign=one.sign)


def _ellipse(place: world.Place, width: int, height: int) -> Markup:
    return Markup('<ellipse cx="{}" cy="{}" rx="{}" ry="{}"/>').format(
        place.x, place.y, width / 2, height / 2
    )
