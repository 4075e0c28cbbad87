"""Pictures drawn by program: each scene can be drawn, the same for the same seed and another for another."""

import numpy as np
import pytest
from PIL import Image

from community.cli.painting import noise, scenes
from community.cli.painting.country import COUNTRIES
from community.cli.painting.light import LIGHTS
from community.cli.painting.scenes import TOWNS, Sight

SMALL = (160, 106)


def drawn(scene: str, light: str = "gold", seed: int = 5, **more: object) -> Image.Image:
    return scenes.taken(Sight(scene, light, SMALL, seed, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("scene", [*COUNTRIES, *TOWNS])
def test_every_scene_can_be_drawn_and_shows_something(scene: str) -> None:
    picture = np.asarray(drawn(scene), np.float32)
    assert picture.shape == (SMALL[1], SMALL[0], 3)
    assert picture.std() > 12
    assert 12 < picture.mean() < 235


def test_every_light_is_another() -> None:
    assert len({drawn("coast", light).tobytes() for light in LIGHTS}) == len(LIGHTS)


def test_the_same_seed_draws_the_same_picture() -> None:
    first, again, other = (drawn("pass", seed=seed).tobytes() for seed in (1, 1, 2))
    assert first == again != other


def test_the_car_is_on_the_side_one_drives_on() -> None:
    def reddest(side: int) -> int:
        """The column in which a red car stands out most from the same road without it."""
        there, gone = (
            np.asarray(drawn("steppe", "noon", paint="ff0000", side=side, has_car=has_car), np.int16)
            for has_car in (True, False)
        )
        return int(np.abs(there - gone).sum(axis=(0, 2)).argmax())

    assert reddest(-1) < reddest(1)


def test_the_tiles_have_no_seam() -> None:
    for tile in (noise.cloudy(3, 3.0), noise.ridged(3), noise.dunes(4)):
        inside = np.abs(np.diff(tile, axis=0)).max()
        assert np.abs(tile[0] - tile[-1]).max() <= inside * 1.5
