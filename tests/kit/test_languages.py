"""Languages: names, directions, and a guess that is right on real texts, silent when unsure, and light."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from community.kit import languages

STORIES = sorted((Path(__file__).parents[2] / "demo" / "stories").glob("*.toml"))
WORKER_MAY_GROW_BY = 30_000  # kB of resident memory, numpy included


def story(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_interface_languages_are_content_languages() -> None:
    assert set(languages.INTERFACE) <= languages.CODES
    assert all(languages.is_language(code) for code in languages.CODES)
    assert not languages.is_language("tlh")


def test_a_text_may_be_in_another_language_or_in_none_and_nobody_reads_that() -> None:
    assert languages.may_carry(languages.UNTAGGED)
    assert all(languages.may_carry(code) for code in languages.CODES)
    assert not languages.may_carry("tlh")
    assert not languages.is_language(languages.UNTAGGED)
    assert languages.name(languages.UNTAGGED, "en") == "Another language"
    assert languages.labels("en") == [*languages.choices("en"), ("und", "Another language")]


def test_direction_agrees_with_cldr() -> None:
    for code in languages.CODES:
        locale = Locale.parse(code if code != "tl" else "fil")
        assert languages.direction(code) == locale.text_direction


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_every_language_has_a_name_in_every_interface_language(language: str) -> None:
    names = dict(languages.choices(language))
    assert set(names) == languages.CODES
    assert all(languages.name(code, language) == name for code, name in names.items())
    assert names[language].casefold() in languages.own_name(language).casefold()


def test_an_unknown_code_has_no_name() -> None:
    with pytest.raises(KeyError):
        languages.name("xx", "en")
    with pytest.raises(KeyError):
        languages.own_name("xx")


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_it_recognises_a_story(path: Path) -> None:
    assert languages.guess(story(path)["body"]) == story(path)["language"]


def test_a_wrong_preset_is_rarer_than_one_short_text_in_fifty() -> None:
    texts = [(c["body"], c["language"]) for path in STORIES for c in story(path).get("comments", [])]
    guesses = [(languages.guess(text), language) for text, language in texts]
    wrong = [pair for pair in guesses if pair[0] not in (None, pair[1])]
    silent = [pair for pair in guesses if pair[0] is None]
    assert len(wrong) <= len(texts) / 50
    assert len(silent) <= len(texts) / 8


@pytest.mark.parametrize(
    "text", ["", "   \n ", "Merci !", "x" * 19, "19 2024 3.14 --- 777 12:30 0000", "🚗🚙🛻" * 10]
)
def test_it_says_nothing_when_it_cannot_know(text: str) -> None:
    assert languages.guess(text) is None


@pytest.mark.parametrize("text", ["\ud800" * 40, "\x00" * 40, "\u202e" * 40, "a" * 1_000_000])
def test_strange_text_does_not_break_it(text: str) -> None:
    guess = languages.guess(text)
    assert guess is None or guess in languages.CODES


def test_a_full_disk_only_silences_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room() -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(languages, "_model", no_room)
    assert languages.guess("Every morning I drive across the bridge to work") is None


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads resident memory from /proc")
def test_a_worker_that_has_guessed_in_every_language_stays_small() -> None:
    script = """
import sys, tomllib, pathlib
from community.kit import languages
resident = lambda: int(pathlib.Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0])
texts = [tomllib.loads(p.read_text("utf-8"))["body"] for p in pathlib.Path("demo/stories").glob("*.toml")]
before = resident()
assert "numpy" not in sys.modules
[languages.guess(text) for text in texts]
print(resident() - before)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < WORKER_MAY_GROW_BY
