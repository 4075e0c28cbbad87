"""The demo's files hold together: all they name exists, and the whole is as varied as promised."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from community.kit import countries, languages

DEMO = Path(__file__).parents[2] / "demo"
STORY_FILES = sorted((DEMO / "stories").glob("*.toml"))
POWERTRAINS = {"petrol", "diesel", "hybrid", "plug_in", "electric", "hydrogen"}


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


MEMBERS = {member["handle"]: member for member in read(DEMO / "members.toml")["members"]}
MODELS = {model["slug"]: model for model in read(DEMO / "models.toml")["models"]}
TOPICS = {topic["slug"]: topic for topic in read(DEMO / "topics.toml")["topics"]}
STORIES = [read(path) for path in STORY_FILES]

each_story = pytest.mark.parametrize("story", STORIES, ids=[path.stem for path in STORY_FILES])


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
    assert any("edit" in story for story in STORIES)
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
        assert member["role"] in {"member", "moderator", "admin"}
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
