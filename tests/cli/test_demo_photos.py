"""The demo's photos: drawn by their own program, and then members' photos like any other."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from community.cli.demo import fill_if_empty, photos, script
from community.cli.demo.content import Demo
from community.cli.demo.photos import Album
from community.kit import storage
from community.media.models import place_of
from community.media.processing import pictures
from community.media.processing.outcomes import OUTCOME
from tests.conftest import As
from tests.factories.photos import landscape
from tests.helpers.site import Site


def told(name: str) -> script.Story:
    return next(story for story in script.stories() if story.name == name)


def key(name: str, photo: str) -> str:
    story = told(name)
    return photos.key_of(story, next(one for one in story.every_photo if one.name == photo))


@pytest.fixture
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All are one small picture: what is in it is no matter of the database's."""

    def draw(sights: Sequence[photos.Sight], folder: Path) -> None:
        first = folder / "first"
        first.mkdir()
        landscape((96, 64), 1).save(first / "source.jpg")
        (first / OUTCOME).write_text(pictures.prepare(first / "source.jpg", (), first).as_json(), "utf-8")
        for sight in sights:
            (folder / sight["key"]).symlink_to(first)

    monkeypatch.setattr(photos, "_draw", draw)


@pytest.mark.usefixtures("drawn_at_once")
def test_they_are_members_photos_like_any_other(db: Site, as_: As) -> None:
    """One demo for all of it: to tell it takes some seconds."""
    with photos.album(photos.sights(script.stories())) as everything, db.writing():
        Demo("nobody's hash", everything).play()
    assert_each_is_in_its_own_story_alone(db, everything)
    assert_the_public_sees_those_of_live_texts(as_)
    assert_a_change_with_a_new_photo_waits_beside_the_public_one(db)
    assert_a_text_shows_its_photos_in_their_places(db, as_)
    assert_authors_agreed_to_what_the_script_says(db)


def assert_each_is_in_its_own_story_alone(site: Site, everything: Album) -> None:
    rows = site.rows("SELECT key, contribution_id, state FROM photo")
    assert {key for key, _, _ in rows} == set(everything)
    assert {state for _, _, state in rows} == {"ready"}
    assert all(number for _, number, _ in rows)
    covered = key("deo-hai-van", "pass")
    areas, files = everything[covered].areas, everything[covered].facts.files
    assert areas
    with site.app.app_context():
        kept = {file.name for file in storage.listing() if covered in file.name}
    assert kept == {place_of(covered, file.name, len(areas)) for file in files}


def assert_the_public_sees_those_of_live_texts(as_: As) -> None:
    for name, photo, status in (
        ("raml-liwa", "stars", 200),
        ("the-choir-shuttle", "bridge", 200),
        ("the-choir-shuttle", "crickhowell", 404),
        ("bengkel-mbak-tini", "pelabuhan", 404),
    ):
        assert as_(None).get(f"/photos/{key(name, photo)}/96.webp").status == status, (name, photo)


def assert_a_change_with_a_new_photo_waits_beside_the_public_one(site: Site) -> None:
    found = site.rows(
        "SELECT r.state, r.pictures, r.body FROM revision r JOIN contribution c ON c.id = r.contribution_id"
        " WHERE c.form_id = 'demo-the-choir-shuttle' AND r.state IN ('live', 'waiting') ORDER BY r.number"
    )
    (live, before, _), (waiting, after, body) = found
    assert (live, waiting) == ("live", "waiting")
    new = key("the-choir-shuttle", "crickhowell")
    assert new not in before
    assert new in after
    assert f"![](photo:{new})" in body


def assert_a_text_shows_its_photos_in_their_places(site: Site, as_: As) -> None:
    number = site.value("SELECT id FROM contribution WHERE form_id = 'demo-deo-hai-van'")
    page = as_(None).visit(f"/stories/{number}")
    placed = [figure["id"] for figure in page.soup.select(".prose figure")]
    assert placed == [f"photo-{key('deo-hai-van', name)}" for name in ("windscreen", "sea")]
    assert page.has(f'img[src*="{key("deo-hai-van", "pass")}"]')


def assert_authors_agreed_to_what_the_script_says(site: Site) -> None:
    agreed = site.rows(
        "SELECT c.form_id, o.purpose FROM consent o JOIN contribution c ON c.id = o.contribution_id"
        " WHERE o.revoked_at IS NULL"
    )
    for story in script.stories():
        purposes = {purpose for form, purpose in agreed if form == f"demo-{story.name}"}
        assert ("quote" in purposes) == story.may_quote, story.name
        assert ("people" in purposes) == bool(story.every_photo), story.name


@pytest.mark.usefixtures("drawn_at_once")
def test_content_in_bulk_has_one_and_twelve_for_measuring(db: Site, as_: As) -> None:
    words = ["demo", "--stories", "20", "--comments", "220", "--members", "20", "--photos"]
    told = db.app.test_cli_runner().invoke(args=words)
    assert told.exit_code == 0, told.output
    made = json.loads(told.output.splitlines()[-1])
    for label, number in (("photos_1", 1), ("photos_12", 12)):
        page = as_(None).visit(f"/stories/{made[label]}")
        assert len(page.soup.select("main figure .photo-image")) == number
        assert as_(None).get(str(page.soup.select(".photo-image")[-1]["src"])).status == 200


def test_a_demo_whose_photos_cannot_be_drawn_is_told_without_them(
    db: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[Album] = []

    class Told:
        def __init__(self, _password_hash: str, album: Album) -> None:
            told.append(album)

        def play(self) -> None:
            pass

    monkeypatch.setattr("community.cli.demo.Demo", Told)
    monkeypatch.setattr(photos, "PAINTER", "community.cli.painting.nobody")
    with db.app.app_context():
        fill_if_empty()
    assert told == [{}]
    assert "left out" in capsys.readouterr().err


def test_they_are_drawn_and_prepared_by_a_program_of_their_own() -> None:
    story = told("load-shedding-school-run")
    with photos.album(photos.sights([story])) as album:
        ((name, drawn),) = album.items()
        assert name == key(story.name, "dark")
        assert (drawn.facts.width, drawn.facts.height) == photos.SIZES["wide"]
        assert drawn.facts.receipt == {"place": True, "camera": True, "time": True, "areas": 0}
        assert {file.name for file in drawn.facts.files} >= {"320.avif", "800.webp", "master.jpg"}
        assert all((drawn.folder / file.name).stat().st_size == file.bytes for file in drawn.facts.files)
    assert not Path(drawn.folder).exists()
