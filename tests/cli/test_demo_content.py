"""The demo's files hold together: all they name exists, and the whole is as varied as promised."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from community.cli.demo.photos import PAINTS, PLACE, SIZES
from community.cli.painting.country import COUNTRIES
from community.cli.painting.light import LIGHTS
from community.cli.painting.scenes import TOWNS
from community.contributions.models.picture import LONGEST_ALT, LONGEST_CAPTION
from community.kit import countries, languages, markup

DEMO = Path(__file__).parents[2] / "demo"
STORY_FILES = sorted((DEMO / "stories").glob("*.toml"))
POWERTRAINS = {"petrol", "diesel", "hybrid", "plug_in", "electric", "hydrogen"}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


MEMBERS = {member["handle"]: member for member in read(DEMO / "members.toml")["members"]}
GARAGES = read(DEMO / "garage.toml")["vehicles"]
MODELS = {model["slug"]: model for model in read(DEMO / "models.toml")["models"]}
TOPICS = {topic["slug"]: topic for topic in read(DEMO / "topics.toml")["topics"]}
STORIES = [read(path) for path in STORY_FILES]
TRANSLATION_FILES = sorted((DEMO / "translations").glob("*.toml"))

each_story = pytest.mark.parametrize("story", STORIES, ids=[path.stem for path in STORY_FILES])
each_translation = pytest.mark.parametrize(
    "path", TRANSLATION_FILES, ids=[path.stem for path in TRANSLATION_FILES]
)


def translated(path: Path) -> tuple[dict[str, Any], str]:
    """The story or idea a translation is of, an idea's two halves as its body; and the language it is in."""
    name, language = path.stem.rsplit(".", 1)
    idea = DEMO / "ideas" / f"{name}.toml"
    if not idea.exists():
        return read(DEMO / "stories" / f"{name}.toml"), language
    told = read(idea)
    return {**told, "body": f"{told['missing']}\n\n{told['better']}"}, language


def comments_of(story: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {comment["id"]: comment for comment in story.get("comments", [])}


def depth(comment: dict[str, Any], comments: dict[str, dict[str, Any]]) -> int:
    return 1 + depth(comments[comment["reply_to"]], comments) if "reply_to" in comment else 1


@each_story
def test_a_story_names_only_what_exists(story: dict[str, Any]) -> None:
    assert MEMBERS[story["author"]]["country"] == story["country"]
    assert story["topic"] in TOPICS
    assert countries.is_country(story["country"])
    assert languages.is_language(story["language"])
    assert story.get("state", "live") in {"live", "waiting", "returned", "refused"}


@each_story
def test_a_story_is_neither_empty_nor_too_long(story: dict[str, Any]) -> None:
    for text in [story, story.get("edit", story)]:
        assert 20 <= len(text["body"]) <= 20_000
        assert 3 <= len(text["title"]) <= 120


@each_story
def test_its_vehicle_was_really_built(story: dict[str, Any]) -> None:
    vehicle = story["vehicle"]
    model = MODELS[vehicle["model"]]
    assert vehicle["powertrain"] in model["powertrains"]
    assert model["from_year"] <= vehicle["year"] <= vehicle["since"]


def test_the_garages_are_of_all_kinds() -> None:
    """Named and nameless, sold and kept, shown and private, in kilometres and miles, listed and not."""
    told = [story["vehicle"] for story in STORIES]
    cars = [*told, *GARAGES]
    assert all(car["owner"] in MEMBERS for car in GARAGES)
    assert all(0 < car["odometer"] < 500_000 and len(car.get("nickname", "")) <= 40 for car in cars)
    assert {car.get("unit", "km") for car in cars} == {"km", "mi"}
    assert {car.get("is_public", True) for car in cars} == {True, False}
    assert {"until" in car for car in GARAGES} == {True, False}
    assert len({car["nickname"] for car in told if car.get("nickname")}) >= 20
    assert {car.get("maker") for car in GARAGES} - {"Meridian"}
    for story in STORIES:
        is_in_miles = story["country"] in ("GB", "US")
        assert story["vehicle"].get("unit", "km") == ("mi" if is_in_miles else "km"), story["title"]


def photos_of(story: dict[str, Any]) -> list[dict[str, Any]]:
    return [*story.get("photos", []), *story.get("edit", {}).get("photos", [])]


@each_story
def test_its_photos_can_be_drawn_and_are_described(story: dict[str, Any]) -> None:
    photos = photos_of(story)
    assert len(photos) <= 6
    assert len({photo["name"] for photo in photos}) == len(photos)
    assert story["vehicle"].get("paint", "white") in PAINTS
    for photo in photos:
        assert photo["scene"] in {*COUNTRIES, *TOWNS}
        assert photo["light"] in LIGHTS
        assert photo.get("shape", "wide") in SIZES
        assert 15 <= len(photo["alt"]) <= LONGEST_ALT or story["language"] in ("zh", "ja")
        assert len(photo.get("caption", "")) <= LONGEST_CAPTION


@each_story
def test_each_place_in_a_text_is_one_of_its_photos(story: dict[str, Any]) -> None:
    names = [photo["name"] for photo in photos_of(story)]
    for text in [story, story.get("edit", story)]:
        placed = PLACE.findall(text["body"])
        assert len(set(placed)) == len(placed)
        assert set(placed) <= set(names)
        assert text["body"].count("photo:") == len(placed)


def test_about_two_thirds_have_photos_no_two_of_them_alike() -> None:
    photos = [photo for story in STORIES for photo in photos_of(story)]
    looks = [(photo["scene"], photo["light"], photo["seed"], photo.get("shape")) for photo in photos]
    assert len(set(looks)) == len(looks) > 40
    assert 0.6 < len([story for story in STORIES if photos_of(story)]) / len(STORIES) < 0.8
    assert {story["language"] for story in STORIES if photos_of(story)} == {s["language"] for s in STORIES}
    assert len([story for story in STORIES if len(photos_of(story)) > 2]) > 2
    assert any(PLACE.search(story["body"]) for story in STORIES)


def test_photos_wait_for_the_desk_too() -> None:
    assert any(story.get("photos") for story in STORIES if story.get("state") == "waiting")
    assert any(story.get("edit", {}).get("photos") for story in STORIES)


def test_some_may_be_quoted() -> None:
    assert {story.get("may_quote", False) for story in STORIES} == {True, False}


@each_story
def test_its_comments_stand_under_what_they_answer(story: dict[str, Any]) -> None:
    comments = comments_of(story)
    assert len(comments) == len(story.get("comments", []))
    for comment in comments.values():
        assert languages.is_language(comment["language"])
        assert comment["author"] in MEMBERS
        assert 2 <= len(comment["body"]) <= 5_000
        assert depth(comment, comments) <= 4
        if "reply_to" in comment:
            assert comments[comment["reply_to"]]["hours_after"] < comment["hours_after"]


@each_story
def test_nobody_writes_before_joining_or_in_the_future(story: dict[str, Any]) -> None:
    assert story["days_ago"] < MEMBERS[story["author"]]["joined_days_ago"]
    for comment in story.get("comments", []):
        days_ago = story["days_ago"] - comment["hours_after"] / 24
        assert 0 < days_ago < MEMBERS[comment["author"]]["joined_days_ago"]


@each_story
def test_no_more_reactions_than_members(story: dict[str, Any]) -> None:
    assert 0 <= story["reactions"] < len(MEMBERS) - 1


@each_translation
def test_a_translation_says_every_part_of_what_is_live(path: Path) -> None:
    said, (story, language) = read(path), translated(path)
    assert story.get("state", "live") == "live"
    assert language != story["language"]
    assert len(said["title"]) <= 120
    assert len(markup.blocks(said["body"].strip())) == len(
        markup.blocks(PLACE.sub("", story["body"]).strip())
    )
    photos = said.get("photos", {})
    assert {name: set(words) for name, words in photos.items()} == {
        photo["name"]: {"alt", "caption"} & set(photo) for photo in photos_of(story)
    }
    assert all(len(words["alt"]) <= LONGEST_ALT for words in photos.values())
    assert all(len(words.get("caption", "")) <= LONGEST_CAPTION for words in photos.values())


@each_translation
def test_whoever_translates_reads_both_languages(path: Path) -> None:
    said, (story, language) = read(path), translated(path)
    translator = MEMBERS[said["by"]]
    assert {language, story["language"]} <= set(translator["languages"])
    # A story is live some hours after its day at the latest.
    assert 0 < said["days_ago"] < min(story["days_ago"], translator["joined_days_ago"])
    assert any(
        language in member["languages"] and member["role"] == "moderator" and handle != said["by"]
        for handle, member in MEMBERS.items()
    )


def test_the_demo_is_translated_and_something_of_it_waits() -> None:
    assert len({path.stem.rsplit(".", 1)[1] for path in TRANSLATION_FILES}) >= 7
    waiting = [path for path in TRANSLATION_FILES if read(path).get("state") == "waiting"]
    assert {translated(path)[1] for path in waiting} & set(MEMBERS["mod-thandi"]["languages"])


def test_the_demo_speaks_many_languages_from_many_countries() -> None:
    live = [story for story in STORIES if story.get("state", "live") == "live"]
    assert len(live) >= 36
    assert len({story["language"] for story in live}) >= 12
    assert len({story["country"] for story in live}) >= 20
    assert {story["topic"] for story in live} == set(TOPICS)


def test_every_live_story_is_answered() -> None:
    for story in STORIES:
        if story.get("state", "live") == "live":
            assert len([c for c in story["comments"] if c["author"] != story["author"]]) >= 2


def test_the_desk_has_work() -> None:
    waiting = [story for story in STORIES if story.get("state") == "waiting"]
    returned = [story for story in STORIES if story.get("state") == "returned"]
    comments = [comment for story in STORIES for comment in story.get("comments", [])]
    assert len(waiting) >= 6
    assert len({story["language"] for story in waiting}) >= 3
    assert returned
    assert all(story["notes"] and MEMBERS[story["decided_by"]]["role"] == "moderator" for story in returned)
    assert any("edit" in story and "state" not in story["edit"] for story in STORIES)
    assert len([comment for comment in comments if comment.get("state") == "waiting"]) >= 4


def test_members_are_who_the_sign_ins_promise() -> None:
    assert MEMBERS["lan"]["email"] == "lan@example.test"
    assert MEMBERS["mod-thandi"]["email"] == "moderator@example.test"
    assert MEMBERS["mod-thandi"]["role"] == "moderator"
    assert MEMBERS["admin"]["role"] == "admin"
    assert len({member["email"] for member in MEMBERS.values()}) == len(MEMBERS) >= 40


def test_members_have_known_countries_and_languages() -> None:
    for member in MEMBERS.values():
        assert countries.is_country(member["country"])
        assert member["ui_language"] in languages.INTERFACE
        assert all(languages.is_language(code) for code in member["languages"])
        assert member["role"] in {"member", "curator", "moderator", "admin"}
        assert member["standing"] in {"good", "warned", "suspended"}
        assert all(countries.is_country(code) for code in member.get("moderates", []))


def test_every_live_language_has_a_moderator() -> None:
    read_by = {
        code for member in MEMBERS.values() if member["role"] == "moderator" for code in member["languages"]
    }
    assert {story["language"] for story in STORIES} <= read_by


def test_models_and_topics_are_complete() -> None:
    assert all(set(model["powertrains"]) <= POWERTRAINS for model in MODELS.values())
    assert all(set(topic["names"]) == set(languages.INTERFACE) for topic in TOPICS.values())
