"""Drawings made by the page itself: the oval plate, the bell and the drawn cover.

Owns three small inline SVGs. It knows no community: which sign belongs to which country, and which number
stands for which story, is for the callers to say. Colours come from classes (static/css/components/oval.css
and cover.css), so that both follow the reader's colour scheme without inline styles.
"""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

from markupsafe import Markup

# The sheet every cover is drawn on, in units of its viewBox.
WIDTH = 160
PALETTES = 5
# Letters must fill the plate at any count; heights are for a viewBox of 30 by 20.
SIGN_SIZES = {0: 12, 1: 13, 2: 11.5, 3: 9}


_OVAL = Markup(
    '<svg class="oval" viewBox="0 0 30 20" role="img" aria-label="{label}"><title>{label}</title>'
    '<ellipse cx="15" cy="10" rx="15" ry="10" fill="#fff"/>'
    '<ellipse cx="15" cy="10" rx="13.5" ry="8.5" fill="none" stroke="#000" stroke-width="1.4"/>'
    '<text x="15" y="{base:.1f}" font-size="{size}" text-anchor="middle">{sign}</text></svg>'
)
_BELL = Markup(
    '<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8">'
    '<path d="M4 18h16l-2-3v-5a6 6 0 0 0-12 0v5zM10 21h4M12 2v2"/></svg>'
    '{number}<span class="visually-hidden">{words}</span>'
)
_NUMBER = Markup('<span class="bell-number" aria-hidden="true">{number}</span>')
_COVER = (
    '<svg class="{name}" viewBox="0 0 160 90" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
    "{drawing}</svg>"
)


@lru_cache(maxsize=1024)
def oval(sign: str, label: str) -> Markup:
    """A white oval with a distinguishing sign of one to three letters; `label` is its accessible name."""
    size = SIGN_SIZES[min(len(sign), 3)]
    return _OVAL.format(label=label, base=10 + size * 0.36, size=size, sign=sign)


def bell(number: str, words: str) -> Markup:
    """A bell, with a number beside it where there is one; ``words`` say the same to those who do not see it."""
    return _BELL.format(number=_NUMBER.format(number=number) if number else "", words=words)


@lru_cache(maxsize=4096)
def cover(number: int) -> Markup:
    """A landscape or a sheet of a map, always the same for the same number; at most 900 bytes."""
    dice = _dice(number)
    palette = next(dice) % PALETTES
    scene = _SCENES[next(dice) % len(_SCENES)]
    name = "cover cover-map" if scene is _map else f"cover cover-{palette}"
    return Markup(_COVER.format(name=name, drawing=scene(dice)))  # noqa: S704 (made of our own numbers only)


def _dice(number: int) -> Iterator[int]:
    """Bytes that look random and never change; a hash, because `random` promises less between versions."""
    block = 0
    while True:
        yield from blake2b(f"{number}:{block}".encode(), digest_size=32).digest()
        block += 1


def _roll(dice: Iterator[int], low: int, high: int) -> int:
    return low + next(dice) % (high - low + 1)


def _hills(dice: Iterator[int], name: str, top: int, swing: int) -> str:
    """Rolling ground: T mirrors the control point before it, so the line never breaks."""
    step = _roll(dice, 34, 62)
    bend = _roll(dice, -swing, swing) or swing
    path = f"M-9 {top}Q{step // 2 - 9} {top + bend} {step - 9} {top + _roll(dice, -3, 3)}"
    for x in range(2 * step - 9, WIDTH + 2 * step, step):
        path += f"T{x} {top + _roll(dice, -3, 3)}"
    return f'<path class="{name}" d="{path}V99H-9Z"/>'


def _peaks(dice: Iterator[int], top: int) -> str:
    path, x = f"M-9 {top + 20}", -9
    while x < WIDTH:
        x += _roll(dice, 13, 24)
        path += f"L{x} {top - _roll(dice, 2, 16)}"
        x += _roll(dice, 12, 20)
        path += f"L{x} {top + _roll(dice, 2, 12)}"
    return f'<path class="f" d="{path}V99H-9Z"/>'


def _sun(dice: Iterator[int]) -> str:
    x, y, r = _roll(dice, 22, 138), _roll(dice, 14, 36), _roll(dice, 6, 13)
    return f'<circle class="s" cx="{x}" cy="{y}" r="{r}"/>'


def _road(dice: Iterator[int], end: int) -> str:
    """One road from the reader's feet to a point far away, with its dashes."""
    near, far = _roll(dice, 45, 115), _roll(dice, 50, 110)
    sway = _roll(dice, 26, 56) * (1 if next(dice) % 2 else -1)
    low, high, bend = near - sway, far + sway // 2, end + 9
    asphalt = (
        f"M{near - 15} 92C{low - 7} 74 {high - 2} {bend} {far} {end}"
        f"h1C{high + 4} {bend} {low + 9} 76 {near + 15} 92Z"
    )
    middle = f"M{near} 92C{low} 75 {high} {bend} {far} {end}"
    return f'<path class="k" d="{asphalt}"/><path class="d" d="{middle}" pathLength="99" stroke-width=".8"/>'


def _houses(dice: Iterator[int], ground: int) -> str:
    walls = roofs = ""
    x = _roll(dice, 12, 96)
    for _ in range(_roll(dice, 4, 6)):
        width, height = _roll(dice, 6, 10), _roll(dice, 6, 15)
        top = ground - height
        walls += f"M{x} {ground}V{top}h{width}V{ground}Z"
        roofs += f"M{x - 1} {top}l{width / 2 + 1:g}-5 {width / 2 + 1:g} 5Z"
        x += width + _roll(dice, 0, 2)
    return f'<path class="t" d="{walls}"/><path class="q" d="{roofs}"/>'


def _rolling(dice: Iterator[int]) -> str:
    end = _roll(dice, 55, 60)
    return (
        _sun(dice)
        + _hills(dice, "f", end - 14, 11)
        + _hills(dice, "m", end - 2, 9)
        + _hills(dice, "n", end + 14, 7)
        + _road(dice, end)
    )


def _mountains(dice: Iterator[int]) -> str:
    ground = _hills(dice, "m", 54, 7) + _hills(dice, "n", 68, 6)
    return _sun(dice) + _peaks(dice, 36) + ground + _road(dice, 55)


def _coast(dice: Iterator[int]) -> str:
    sea = f'<path class="w" d="M0 {_roll(dice, 42, 47)}h{WIDTH}v50H0Z"/>'
    return _sun(dice) + _hills(dice, "f", 43, 8) + sea + _hills(dice, "m", 63, 8) + _road(dice, 61)


def _town(dice: Iterator[int]) -> str:
    return (
        _sun(dice)
        + _hills(dice, "f", 43, 9)
        + _houses(dice, 60)
        + _hills(dice, "m", 60, 3)
        + _hills(dice, "n", 74, 5)
        + _road(dice, 62)
    )


def _line(dice: Iterator[int], low: int, high: int) -> str:
    """A way across the whole sheet, from its left edge to its right."""
    return (
        f"M-5 {_roll(dice, low, high)}C{_roll(dice, 25, 60)} {_roll(dice, -5, 95)} "
        f"{_roll(dice, 90, 130)} {_roll(dice, -5, 95)} 165 {_roll(dice, low, high)}"
    )


def _map(dice: Iterator[int]) -> str:
    minor, major = _line(dice, 5, 85), _line(dice, 20, 70)
    return (
        f'<ellipse class="f" cx="{_roll(dice, 0, 160)}" cy="{_roll(dice, 0, 90)}" rx="34" ry="21"/>'
        + _contours(dice)
        + (_water(dice) if next(dice) % 2 else "")
        + f'<path class="y" d="{minor}" stroke-width="1.6"/>'
        + f'<path class="r" d="{major}" stroke-width="6"/><path class="d" d="{major}" stroke-width="3.6"/>'
        + "".join(_place(dice, size) for size in (3, 2, 2))
    )


def _contours(dice: Iterator[int]) -> str:
    x, y, r = _roll(dice, 15, 145), _roll(dice, 10, 80), _roll(dice, 14, 24)
    sizes = [(r * n, r * n * 0.7) for n in (2, 1.4, 0.7)]
    return "".join(f'<ellipse class="c" cx="{x}" cy="{y}" rx="{w:g}" ry="{h:g}"/>' for w, h in sizes)


def _water(dice: Iterator[int]) -> str:
    shore = f"H{_roll(dice, 25, 60)}Q{_roll(dice, 10, 75)} 40 {_roll(dice, 2, 30)} 95H-5Z"
    return f'<path class="w" d="M-5 -5{shore}"/>'


def _place(dice: Iterator[int], size: int) -> str:
    return f'<circle class="k" cx="{_roll(dice, 30, 150)}" cy="{_roll(dice, 10, 80)}" r="{size}"/>'


_SCENES = (_rolling, _mountains, _coast, _town, _map)
