"""The country scenes by their names: their land, what grows there, and how far ahead the car is."""

from dataclasses import dataclass

from community.cli.painting.place import Road, Scene
from community.cli.painting.standing import Stand

GREEN = ("59633a", "80784a", "79716a")
DRY = ("8d6d45", "a98a5c", "80604a")
SAND = ("c98a4e", "d39a60", "a8703c")
GRAVEL, SNOW, TRACK = Road("gravel", 3.2), Road("snow"), Road("track", 1, (20, 60))

SPRUCES = Stand("spruce", 40, 14, "3c4d2c", near=40, far=260, keep=12)
WHITE_SPRUCES = Stand("spruce", 40, 13, "33423a", near=36, far=280, keep=9)
BROADLEAVES = Stand("broadleaf", 40, 10, "4a6130", near=34, far=260, keep=10)
LONE_TREES = Stand("broadleaf", 14, 9, "4c5a2e", near=60, far=400, keep=12)
POPLARS = Stand("poplar", 20, 15, "55663a", near=22, every=17, keep=7.5)
PALMS = Stand("palm", 16, 12, "44552c", near=32, far=220)
BANANAS = Stand("banana", 16, 5, "56703a", near=16, far=90, keep=7)
PLANTATION = Stand("banana", 46, 5, "56703a", near=12, far=160, keep=6)
ACACIAS = Stand("acacia", 16, 8, "5f663c", near=45, far=420, keep=14)
BAOBABS = Stand("baobab", 11, 15, "6f6a48", near=50, keep=15)
CACTI = Stand("cactus", 34, 5, "5a6b3e", near=22, far=220, keep=8)
BUSHES = Stand("bush", 60, 1.5, "5a6038", near=14, far=200, keep=6)
SCRUB = Stand("bush", 160, 0.7, "6f6a48", near=9, far=220, keep=6)
SHEEP = Stand("sheep", 46, 1.1, "e8e2d2", near=16, far=130, keep=8, wide=70)
FLOCK = Stand("sheep", 90, 1.0, "e8e2d2", near=13, far=70, keep=0, wide=5.5)
WINDPUMP = Stand("windpump", 1, 9, "777069", near=66, far=68, keep=20, side=-1, wide=2)
POLES = Stand("pole", 14, 8, "6b5a48", near=22, far=600, every=46, keep=13, side=1)
POSTS = Stand("post", 20, 1, "d8d4c8", near=16, far=200, every=14, keep=4.3, side=1)
FENCE = Stand("post", 60, 1.1, "8b8378", near=10, far=300, every=5, keep=5)


@dataclass(frozen=True)
class Country:
    """``car`` is how far ahead it drives; ``windows`` are those lit far away, after dark."""

    scene: Scene
    stands: tuple[Stand, ...] = ()
    car: float = 32
    windows: int = 0


COUNTRIES = {
    "pass": Country(Scene("slope", GREEN, eye=5, horizon=0.4, forest=0.7), (SPRUCES, POSTS), 26),
    "green-pass": Country(
        Scene("slope", ("4f6238", "6f7a45", "6d6a60"), eye=5, horizon=0.4, forest=0.8, woods="3b5226"),
        (BROADLEAVES, BANANAS, POSTS), 26,
    ),
    "valley": Country(Scene("mountains", GREEN, horizon=0.45, forest=0.45), (SPRUCES, BUSHES), 30),
    "flock": Country(Scene("mountains", GREEN, eye=3.2, horizon=0.45, forest=0.35), (BUSHES, FLOCK)),
    "winter-valley": Country(
        Scene("mountains", GREEN, tall=0.75, forest=0.55, woods="2c3a33", snow=1.4, road=SNOW),
        (WHITE_SPRUCES,), 36, windows=26,
    ),
    "winter-plain": Country(
        Scene("plain", GREEN, eye=3.5, forest=0.5, woods="39433f", snow=1.5, road=Road("snow", 3.4, (5, 60))),
        (WHITE_SPRUCES, POLES), 34, windows=14,
    ),
    "high-snow": Country(
        Scene("mountains", ("8a6d50", "a28560", "80665a"), tall=0.9, horizon=0.44, snow=1.1, road=SNOW),
        (POSTS,), 22,
    ),
    "cactus-mountains": Country(
        Scene("mountains", ("8c7048", "a58a58", "86695a"), tall=0.7, horizon=0.45, road=GRAVEL), (CACTI, BUSHES)
    ),
    "dunes": Country(Scene("sands", SAND, eye=9, horizon=0.36, road=TRACK), car=46),
    "low-dunes": Country(Scene("sands", SAND, eye=9, horizon=0.7, tall=0.7, road=TRACK), car=46),
    "coast": Country(
        Scene("coast", ("5c6b3c", "767044", "6b625a"), eye=14, horizon=0.36, forest=0.2), (BUSHES,), 42
    ),
    "pasture": Country(
        Scene("hills", ("56683a", "747c42", "8b8378"), eye=5, forest=0.25), (LONE_TREES, SHEEP), 30
    ),
    "fields": Country(
        Scene("hills", ("5a6a38", "7c8044", "8b8378"), eye=4.5, tall=0.6, forest=0.2, has_fields=True),
        (POPLARS,), 40,
    ),
    "moor": Country(
        Scene("hills", ("6b6440", "82724a", "77706a"), tall=1.1, road=Road("asphalt", 2.6, (10, 60))),
        (SHEEP, FENCE), 34,
    ),
    "volcano": Country(Scene("volcano", ("56663a", "767a44", "6a6058"), forest=0.5), (PALMS, BANANAS), 34),
    "snow-peak": Country(
        Scene("volcano", ("5b6336", "7d7444", "6a6058"), eye=5, tall=0.8, forest=0.35, snow=0.3, road=Road("mud", 3.1)),
        (PLANTATION, ACACIAS), 26,
    ),
    "terraces": Country(
        Scene("terraces", ("5b6a3c", "717d4a", "7a6a4a"), eye=7, forest=0.15, road=Road("gravel", 2.4)),
        (BANANAS, PALMS), 26,
    ),
    "karoo": Country(
        Scene("plain", DRY, eye=3, road=Road("gravel", 4, (4, 60))), (SCRUB, WINDPUMP, POLES), 60
    ),
    "savanna": Country(
        Scene("plain", ("84644a", "9c7a54", "775e50"), eye=3.4, road=Road("red", 3.6, (6, 50))), (ACACIAS, BUSHES), 34
    ),
    "baobabs": Country(
        Scene("plain", ("8f7a48", "a8905a", "80604a"), eye=3.4, road=Road("asphalt", 3.3, (5, 50))),
        (BAOBABS, BUSHES), 40,
    ),
    "sertao": Country(
        Scene("hills", ("86683f", "9c8150", "7d6450"), eye=3.6, tall=0.5, road=Road("red", 3.2, (10, 60))),
        (CACTI, BUSHES), 30,
    ),
    "steppe": Country(
        Scene("plain", ("8a8049", "a3935a", "80704a"), eye=2.6, horizon=0.6, road=Road("asphalt", 3.4, (0, 20))),
        (POLES,), 44,
    ),
}  # fmt: skip
