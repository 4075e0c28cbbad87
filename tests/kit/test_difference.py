import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.kit import difference
from community.kit.difference import Change, Piece
from tests.helpers import effort

MOST_CALLS = 2_000_000

paragraph = st.text(st.sampled_from("ab ,車人กี é\u0301\n"), min_size=1, max_size=30)
story = st.lists(paragraph, max_size=8).map("\n\n".join) | st.text(max_size=60)


def old_side(changes: list[Change]) -> list[str]:
    return [change.old for change in changes if change.old]


def new_side(changes: list[Change]) -> list[str]:
    return [change.new for change in changes if change.new]


def check(old: str, new: str) -> list[Change]:
    changes = difference.paragraphs(old, new)
    assert old_side(changes) == difference.split(old)
    assert new_side(changes) == difference.split(new)
    for change in changes:
        check_pieces(change)
    return changes


def check_pieces(change: Change) -> None:
    assert bool(change.pieces) == (change.kind == "changed")
    assert (change.kind == "same") == (change.old == change.new)
    if change.pieces:
        assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == change.old
        assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == change.new
        assert all(piece.text for piece in change.pieces)


@given(story, story)
def test_both_texts_can_be_read_back_from_the_changes(old: str, new: str) -> None:
    check(old, new)


@given(story)
def test_equal_texts_have_only_same_paragraphs(text: str) -> None:
    assert all(change.kind == "same" for change in check(text, text))


def test_nothing_against_nothing() -> None:
    assert difference.paragraphs("", "\n\n") == []


def test_paragraphs_are_added_and_removed() -> None:
    changes = check("one\n\ntwo\n\nthree", "one\n\nthree\n\nfour")
    assert [(change.kind, change.old or change.new) for change in changes] == [
        ("same", "one"),
        ("removed", "two"),
        ("same", "three"),
        ("added", "four"),
    ]


def test_a_changed_word_is_shown_inside_its_paragraph() -> None:
    (change,) = check("We drove to the lake, slowly.", "We drove to the sea, slowly.")
    assert change.pieces == (
        Piece("same", "We drove to the "),
        Piece("removed", "lake"),
        Piece("added", "sea"),
        Piece("same", ", slowly."),
    )


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("我喜欢开车", "我喜欢坐车", "开", "坐"),
        ("ฉันขับรถเก่า", "ฉันขับรถใหม่", "เก่า", "ใหม่"),
        ("पुरानी कार है", "पुरानी गाड़ी है", "कार ", "गाड़ी "),
    ],
)
def test_scripts_without_spaces_are_compared_by_character(
    old: str, new: str, removed: str, added: str
) -> None:
    (change,) = check(old, new)
    assert [piece.text for piece in change.pieces if piece.kind != "same"] == [removed, added]


def test_marks_stay_with_their_letter() -> None:
    (change,) = check("รถที่ดี", "รถที่ดี่")
    assert Piece("added", "ดี่") in change.pieces


def test_an_edited_paragraph_is_found_among_new_ones() -> None:
    old = "It was raining when we left home.\n\nEnd."
    new = "A new opening.\n\nAnother new one.\n\nIt was snowing when we left home.\n\nEnd."
    assert [change.kind for change in check(old, new)] == ["added", "added", "changed", "same"]


def test_unlike_paragraphs_are_not_paired() -> None:
    assert [change.kind for change in check("Cats sleep all day.", "Engines need oil!")] == [
        "removed",
        "added",
    ]


def test_one_edit_in_a_very_long_paragraph_is_found_exactly() -> None:
    long = "车" * 20_000
    (change,) = check(long + "开" + long, long + "坐" + long)
    assert change.pieces[1:3] == (Piece("removed", "开"), Piece("added", "坐"))


def worst_cases() -> dict[str, tuple[str, str]]:
    chance = random.Random(1)

    def paragraphs(count: int, words: int, alphabet: str) -> str:
        return "\n\n".join(" ".join(chance.choices(alphabet, k=words)) for _ in range(count))[:40_000]

    return {
        "tiny paragraphs": (paragraphs(13_000, 1, "abc"), paragraphs(13_000, 1, "abc")),
        "every second one": (
            "\n\n".join(str(i) for i in range(7000)),
            "\n\n".join(str(i) if i % 2 else f"x{i}" for i in range(7000)),
        ),
        "two words, one paragraph": (paragraphs(1, 20_000, "ab"), paragraphs(1, 20_000, "ab")),
        "two words, medium": (paragraphs(50, 400, "ab"), paragraphs(50, 400, "ab")),
        "two words, many": (paragraphs(95, 200, "ab"), paragraphs(95, 200, "ab")),
        "alternating": ("ab" * 20_000, "ba" * 20_000),
        "one long Chinese paragraph": (
            "".join(chance.choices("车人我你他开坐去来山", k=40_000)),
            "车人" * 20_000,
        ),
        "marks": ("e\u0301" * 20_000, "\u0301e" * 20_000),
        "blank lines": ("\n \n\t" * 10_000, " \n" * 20_000),
    }


@pytest.mark.parametrize("name", list(worst_cases()))
def test_the_work_is_bounded(name: str) -> None:
    old, new = worst_cases()[name]
    check(old, new)
    assert effort.calls(lambda: difference.paragraphs(old, new)) < MOST_CALLS
