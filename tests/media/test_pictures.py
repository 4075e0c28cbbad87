from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from community.media.processing import sandbox
from community.media.processing.areas import Area
from community.media.processing.outcomes import OUTCOME, Facts, Refused
from tests.media import corpus, marks, profiles
from tests.media.corpus import BLUE, GREEN, MIDDLE, RED, SIZE, YELLOW
from tests.media.profiles import Colours

Work = Callable[..., Facts]
Colour = tuple[int, ...]
CORNERS = {
    (0.15, 0.15): RED,
    (0.85, 0.15): GREEN,
    (0.15, 0.85): BLUE,
    (0.85, 0.85): YELLOW,
    (0.5, 0.5): MIDDLE,
}
HELD = [f"held-{n}.jpg" for n in range(1, 9)]
SRGB_OF_XYZ = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))
"""From CIE XYZ under D50 (IEC 61966-2-1, adapted by Bradford)."""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    folder.mkdir()
    return folder


@pytest.fixture
def work(tmp_path: Path, made: Path) -> Work:
    def worked(data: bytes, *areas: Area) -> Facts:
        (tmp_path / "source").write_bytes(data)
        return sandbox.work(tmp_path / "source", areas, made)

    return worked


def seen(path: Path, place: tuple[float, float]) -> Colour:
    """The colour there, in parts of width and height."""
    with Image.open(path) as image:
        rgb = image.convert("RGB")
        colour = rgb.getpixel((int(place[0] * rgb.width), int(place[1] * rgb.height)))
    assert isinstance(colour, tuple)
    return colour


def extremes(path: Path) -> list[tuple[int, int]]:
    """The lowest and the highest of red, green and blue."""
    with Image.open(path) as image:
        return ImageStat.Stat(image.convert("RGB")).extrema


def near(one: Colour, other: Colour, most: int = 14) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


def srgb(colour: Colour, colours: Colours) -> Colour:
    """What a colour of another space is in sRGB, by its definition and not by a library."""
    parts = [(value / 255) ** colours.gamma for value in colour]
    rows = zip(colours.red, colours.green, colours.blue, strict=True)
    xyz = [sum(a * b for a, b in zip(row, parts, strict=True)) for row in rows]
    linear = [sum(a * b for a, b in zip(row, xyz, strict=True)) for row in SRGB_OF_XYZ]
    bound = [min(1.0, max(0.0, one)) for one in linear]
    return tuple(
        round(255 * (12.92 * one if one <= 0.0031308 else 1.055 * one ** (1 / 2.4) - 0.055)) for one in bound
    )


@pytest.mark.parametrize("name", corpus.GOOD)
def test_a_good_file_is_kept_as_pixels_and_nothing_else(name: str, work: Work, made: Path) -> None:
    data = corpus.sample(name)
    facts = work(data)
    assert {file.name for file in facts.files} | {OUTCOME} == {path.name for path in made.iterdir()}
    assert [file.name for file in facts.files] == ["master.jpg", *_names(facts.width)]
    for file in facts.files:
        path = made / file.name
        with Image.open(path) as image:
            image.load()
            assert image.size == (file.width, file.height) == (facts.width, facts.height)
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop", "dpi"} & set(image.info)
            assert not image.getexif()
        assert not any(mark in path.read_bytes() for mark in (*marks.MARKS, b"<script", b"Exif", b"ICC_P"))
    assert not any(mark in (made / OUTCOME).read_bytes() for mark in marks.MARKS)


def _names(width: int) -> list[str]:
    return [f"{width}.avif", f"{width}.webp"]


@pytest.mark.parametrize("name", corpus.BAD)
def test_a_bad_file_is_refused_and_the_reason_is_told(name: str, work: Work, made: Path) -> None:
    data = corpus.sample(name)
    with pytest.raises(Refused) as refused:
        work(data)
    assert refused.value.reason is corpus.verdict(name)
    assert [path.name for path in made.iterdir()] == [OUTCOME]


def test_the_bomb_is_as_small_as_it_is_large() -> None:
    assert len(corpus.sample("bomb.png")) < 15_000


def test_each_mark_is_planted_somewhere() -> None:
    assert len(set(marks.MARKS)) == 40
    planted = {name: corpus.sample(name) for name in corpus.GOOD if name.startswith("marked")}
    assert not [mark for mark in marks.MARKS if mark not in planted["marked.jpg"]]
    for name, data in planted.items():
        assert sum(mark in data for mark in marks.MARKS) >= 26, name


@pytest.mark.parametrize("name", ["marked.jpg", "marked.png", "marked.webp", "marked.avif", "marked.heic"])
def test_the_receipt_says_what_was_there(name: str, work: Work) -> None:
    receipt = work(corpus.sample(name), Area(0, 0, 500, 500)).receipt
    assert receipt == {"place": True, "camera": True, "time": True, "areas": 1}


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ({}, set()),
        ({"exif": marks.exif(6, marked=False)}, set()),
        ({"xmp": b'<x xmlns:exif="e" exif:GPSLatitude="48,8N"/>'}, {"place"}),
        ({"xmp": b'<x xmlns:tiff="t" tiff:Make="Somebody"/>'}, {"camera"}),
        ({"xmp": b'<x xmlns:xmp="x" xmp:CreateDate="2026-01-01"/>'}, {"time"}),
    ],
)
def test_the_receipt_says_no_more_than_was_there(told: dict[str, bytes], there: set[str], work: Work) -> None:
    receipt = work(corpus.saved(corpus.picture(), "JPEG", **told)).receipt
    assert {name for name, was in receipt.items() if was} == there


@pytest.mark.parametrize("name", HELD)
def test_a_photo_stands_upright_however_the_camera_was_held(name: str, work: Work, made: Path) -> None:
    facts = work(corpus.sample(name))
    assert (facts.width, facts.height) == SIZE[::-1]
    for file in facts.files:
        for place, colour in CORNERS.items():
            assert near(seen(made / file.name, place), colour), (file.name, place)


@pytest.mark.parametrize("name", HELD)
def test_an_area_covers_what_its_owner_saw_under_it(name: str, work: Work, made: Path) -> None:
    facts = work(corpus.sample(name), Area(0, 0, 3_333, 3_333))
    for file in facts.files:
        for place, colour in CORNERS.items():
            is_covered = colour == RED
            assert near(seen(made / file.name, place), MIDDLE if is_covered else colour), (file.name, place)


def test_nothing_of_what_was_covered_is_in_any_size(work: Work, made: Path) -> None:
    """A plate of loud stripes on a quiet photo; its every pixel would be seen a mile off."""
    photo = Image.new("RGB", (1_700, 1_000), MIDDLE)
    for x in range(600, 900):
        photo.paste((255, 0, 255) if x % 7 < 3 else (0, 255, 0), (x, 400, x + 1, 500))
    facts = work(corpus.saved(photo, "JPEG", quality=97, subsampling=0), Area(3_500, 3_900, 1_850, 1_200))
    assert len(facts.files) == 7
    for file in facts.files:
        for (low, high), middle in zip(extremes(made / file.name), MIDDLE, strict=True):
            assert middle - 4 <= low <= high <= middle + 4, file.name


@pytest.mark.parametrize(
    "name", ["palette.png", "grey-16.png", "cmyk.jpg", "alpha.png", "photo.heic", "p3.jpg"]
)
def test_areas_are_covered_whatever_the_mode(name: str, work: Work, made: Path) -> None:
    everything = Area(0, 0, 10_000, 10_000)
    facts = work(corpus.sample(name), everything, Area(-50, 9_990, 20_000, 500), Area(5, 5, 0, 0))
    assert facts.receipt["areas"] == 3
    assert all(low == high for low, high in extremes(made / "master.jpg"))


@pytest.mark.parametrize(
    "name",
    [
        *(f"photo.{ending}" for ending in ("jpg", "png", "webp", "avif", "heic")),
        *("progressive.jpg", "lossless.webp", "burst.heic", "opaque-palette.png", "profile-cut-off.png"),
    ],
)
def test_colours_are_kept(name: str, work: Work, made: Path) -> None:
    for file in work(corpus.sample(name)).files:
        for place, colour in CORNERS.items():
            assert near(seen(made / file.name, place), colour), (file.name, place)


@pytest.mark.parametrize(
    ("name", "colours"), [("p3.jpg", profiles.DISPLAY_P3), ("adobe.png", profiles.ADOBE_RGB)]
)
def test_colours_of_a_wider_space_are_those_it_means(
    name: str, colours: Colours, work: Work, made: Path
) -> None:
    for file in work(corpus.sample(name)).files:
        for place, colour in CORNERS.items():
            assert near(seen(made / file.name, place), srgb(colour, colours)), (file.name, place)
    assert not near(srgb(GREEN, colours), GREEN)


def test_inks_and_greys_become_what_they_look_like(work: Work, made: Path) -> None:
    work(corpus.sample("cmyk.jpg"))
    assert near(seen(made / "master.jpg", (0.15, 0.15)), RED)
    work(corpus.sample("grey.jpg"))
    grey = corpus.picture().convert("L").convert("RGB").getpixel((2, 2))
    assert isinstance(grey, tuple)
    assert near(seen(made / "master.jpg", (0.15, 0.15)), grey)
    work(corpus.sample("grey-16.png"))
    for part in (0.02, 0.3, 0.5, 0.98):
        assert near(seen(made / "master.jpg", (part, 0.5)), (round(255 * part),) * 3)


@pytest.mark.parametrize("name", ["alpha.png", "alpha.webp", "alpha.avif", "grey-alpha.png", "palette.png"])
def test_what_is_transparent_is_white_and_not_what_lay_under_it(name: str, work: Work, made: Path) -> None:
    for file in work(corpus.sample(name)).files:
        assert near(seen(made / file.name, (0.15, 0.15)), (255, 255, 255)), file.name
        assert not near(seen(made / file.name, (0.5, 0.5)), (255, 255, 255)), file.name


@pytest.mark.parametrize(
    ("size", "master", "widths"),
    [
        ((3_300, 1_100), (3_000, 1_000), [1_600, 800, 320]),
        ((1_000, 500), (1_000, 500), [1_000, 800, 320]),
        ((800, 32), (800, 32), [800, 320]),
        ((320, 400), (320, 400), [320]),
        ((32, 32), (32, 32), [32]),
        ((6_100, 64), (3_000, 31), [1_600, 800, 320]),
        ((40, 20_000), (6, 3_000), [6]),
    ],
)
def test_it_is_made_in_the_sizes_that_are_not_larger(
    size: tuple[int, int], master: tuple[int, int], widths: list[int], work: Work
) -> None:
    facts = work(corpus.saved(corpus.picture(size), "JPEG"))
    assert (facts.width, facts.height) == size
    first, *others = facts.files
    assert (first.name, first.width, first.height) == ("master.jpg", *master)
    assert [file.name for file in others] == [
        f"{width}.{kind}" for width in widths for kind in ("avif", "webp")
    ]
    for file in others:
        assert abs(file.height - file.width * master[1] / master[0]) <= 1
