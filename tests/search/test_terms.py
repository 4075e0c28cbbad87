"""How words are cut: the same when a story is written and when it is looked for."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.contributions.models import Kind
from community.search.models import first_of, number, place_of
from community.search.processing.terms import LONGEST_QUESTION, question, shown, terms_of
from community.search.queries import Term, Text

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def terms(title: str, body: str = "", language: str = "en") -> set[str]:
    return set(terms_of(Text(1, Kind.STORY, language, NOW, title, f"<p>{body}</p>")).split())


def test_a_word_of_the_title_is_one_of_the_text_too_and_markup_is_none() -> None:
    assert terms("Über den Pass", "Im <em>Regen</em>.") == {
        "len", "tuber", "tden", "tpass", "auber", "aden", "apass", "aim", "aregen",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("天安門", {"a天安", "a安門", "a門"}),
        ("車", {"a車"}),
        ("iPhone手机", {"aiphone", "a手机", "a机"}),
        ("カメラ", {"aカメ", "aメラ", "aラ"}),
        ("รถยนต์", {"aรถ", "aถย", "aยน", "aนต์", "aต์"}),
        ("a" * 100, {"a" + "a" * 64}),
    ],
)
def test_where_no_space_parts_words_two_signs_are_a_term(written: str, found: set[str]) -> None:
    assert {term for term in terms("x", written) if term.startswith("a") and term != "ax"} == found


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ()),
        (" … !? ", ()),
        ("\0", ()),
        ("Road", (Term("road", True),)),
        ("the Road", (Term("the"), Term("road", True))),
        ("to be", (Term("to"), Term("be"))),
        ("road road", (Term("road"), Term("road", True))),
        ("車 road", (Term("車", True), Term("road", True))),
        ("天安門", (Term("天安"), Term("安門", True))),
    ],
)
def test_the_last_word_may_be_a_beginning(typed: str, asked: tuple[Term, ...]) -> None:
    assert question(typed) == asked


@given(st.text(max_size=300))
def test_whatever_is_written_or_typed_no_database_can_cut_it_otherwise(words: str) -> None:
    """A term has nothing in it that FTS5's tokenizer or a tsvector would take for an end, a quote or an operator."""
    written = terms_of(Text(1, Kind.STORY, "en", NOW, words, "")).split(" ")[1:-1]
    asked = question(words)
    for term in [*written, *(one.words for one in asked)]:
        assert re.fullmatch(r"[0-9a-z\u0080-\U0010ffff]+", term), ascii(term)
        assert not re.search(r"\s|[\ud800-\udfff]", term)
        term.encode()


@given(st.text(max_size=60))
def test_a_text_is_found_by_its_own_words(words: str) -> None:
    written = terms("x", "x") | set(terms_of(Text(1, Kind.STORY, "en", NOW, words, "")).split())
    for term in question(words):
        kept = [one for one in written if one.startswith(f"a{term.words}")]
        assert f"a{term.words}" in kept or (term.is_beginning and kept), term


def test_a_question_is_read_as_far_as_it_may_go() -> None:
    assert len(question("x " * 5_000)) == 1
    assert question("a" * LONGEST_QUESTION + " and") == question("a" * LONGEST_QUESTION)
    assert shown("<b>\0\x07 Huế\u202e" + "a" * 500).startswith("<b> Huếa")
    assert len(shown("a" * 500)) == LONGEST_QUESTION


def test_numbers_are_in_the_order_of_publication_and_those_of_a_story_are_neighbours() -> None:
    later = NOW.replace(second=1)
    assert place_of(number(NOW, 5, "en")) == place_of(number(NOW, 5, "vi")) < place_of(number(NOW, 6, "ar"))
    assert number(NOW, 9, "zu") < number(later, 1, "ar")
    assert first_of(place_of(number(later, 1, "aa"))) == number(later, 1, "aa")
    assert number(later, 2**40, "zz") < 2**63
    assert number(datetime(1999, 1, 1, tzinfo=UTC), 1, "en") > 0
