import base64
import io
import random

import pytest
from PIL import Image
from PIL.Image import Resampling

from community.media.processing import placeholders, thumbhash
from tests.media.corpus import RED, picture

HASHED = "df18063d8e23a789d08469528579789a90fbe9977f"
"""Of ``picture((96, 72))``, by the crate of the format's author, which reads FIRST out of it, at 32 pixels across."""
FIRST = [(194, 45, 30), (192, 44, 29), (188, 43, 28)]
SIZES = [(48, 32), (32, 48), (48, 48), (48, 7), (1, 48), (100, 99)]


def hashed(image: Image.Image) -> str:
    return base64.b64encode(thumbhash.encode(image.width, image.height, image.tobytes())).decode()


def drawn(address: str) -> Image.Image:
    kind, _, content = address.partition(",")
    assert kind == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(content))).convert("RGB")


@pytest.mark.parametrize("size", SIZES)
def test_a_placeholder_looks_like_its_photo_from_afar(size: tuple[int, int]) -> None:
    photo = picture().resize(size, Resampling.BICUBIC)
    image = drawn(placeholders.uri(hashed(photo)))
    assert max(image.size) == 16
    small = photo.resize(image.size, Resampling.BOX)
    pairs = zip(image.tobytes(), small.tobytes(), strict=True)
    differences = [abs(one - other) for one, other in pairs]
    assert sum(differences) / len(differences) < 30


@pytest.mark.parametrize("size", SIZES)
def test_a_placeholder_is_small_enough_to_stand_in_the_page(size: tuple[int, int]) -> None:
    noise = Image.frombytes("RGB", size, random.Random(7).randbytes(3 * size[0] * size[1]))
    told = hashed(noise)
    assert len(told) <= 36
    assert len(placeholders.uri(told)) <= 1_500


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), RED, (12, 200, 190)])
def test_the_colour_is_the_average(colour: tuple[int, int, int]) -> None:
    told = placeholders.colour(hashed(Image.new("RGB", (40, 30), colour)))
    found = [int(told[at : at + 2], 16) for at in (1, 3, 5)]
    assert all(abs(one - other) <= 8 for one, other in zip(found, colour, strict=True))


def test_the_hash_is_that_of_the_formats_own_implementation() -> None:
    photo = picture((96, 72))
    ours, theirs = thumbhash.encode(*photo.size, photo.tobytes()), bytes.fromhex(HASHED)
    assert ours[: thumbhash.HEAD] == theirs[: thumbhash.HEAD]
    for one, other in zip(ours, theirs, strict=True):
        # Half a step is rounded to either side.
        assert abs((one & 15) - (other & 15)) <= 1
        assert abs((one >> 4) - (other >> 4)) <= 1
    width, height, pixels = thumbhash.decode(theirs, 32)
    assert (width, height) == (32, 23)
    for found, expected in zip(pixels, FIRST, strict=False):
        assert all(abs(one - other) <= 1 for one, other in zip(found, expected, strict=True))


@pytest.mark.parametrize("told", ["", "AAAA", "not base64!", "é", base64.b64encode(bytes(5)).decode()])
def test_what_is_no_hash_has_no_placeholder(told: str) -> None:
    assert placeholders.uri(told) == ""


@pytest.mark.parametrize("told", ["", "AAAA", "not base64!", base64.b64encode(b"\0\0\x80\0\0").decode()])
def test_what_is_no_hash_has_no_colour(told: str) -> None:
    assert placeholders.colour(told) == ""
