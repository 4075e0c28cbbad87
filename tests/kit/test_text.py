import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.kit import text

# Everything a socket can deliver once decoded, lone surrogates included.
anything = st.text(st.characters(exclude_categories=()))
scripts = st.text(
    st.sampled_from("aé e\u0301\n\t ไทยกิน่ กี ครั นำหนใจ हिन्दी 車が好き 👩‍👩‍👧🇿🇦🇻🇳🏽 \u200b\u200c\u202e-'’İßﷺ")
)


@pytest.mark.parametrize("multiline", [True, False])
@given(anything | scripts)
@example("e\u202e\u0301")
@example("\u0344" * 8)
@example("a \u0301 \ufeff \n ")
def test_normalising_twice_changes_nothing(multiline: bool, typed: str) -> None:
    try:
        once = text.normalise(typed, multiline=multiline)
    except text.UnfitText:
        return
    assert text.normalise(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a\x00b", "control"),
        ("a\x0bb", "control"),
        ("a\x1b[31m", "control"),
        ("a\x7f", "control"),
        ("a\x85b", "control"),
        ("a\ud83d", "surrogate"),
        ("a\uffff", "noncharacter"),
        ("a\ufdd0", "noncharacter"),
        ("a\U0010fffe", "noncharacter"),
        ("Z" + "\u0301" * 9, "marks"),
        ("Z" + "\u0301\u200d" * 9, "marks"),
        ("Z" + "\u0344" * 5, "marks"),
    ],
)
def test_unfit_text_is_refused_with_a_code(typed: str, code: str) -> None:
    with pytest.raises(text.UnfitText) as refusal:
        text.normalise(typed, multiline=True)
    assert refusal.value.code == code


def test_reordering_controls_go_and_direction_marks_stay() -> None:
    typed = "a\u202eb\u2066c\u2069\ufeff \u200ed\u200f\u061c"
    assert text.normalise(typed, multiline=False) == "abc \u200ed\u200f\u061c"


@pytest.mark.parametrize("kept", ["می\u200cروم", "👩\u200d👩\u200d👧", "ห้องน้ำ", "ཧྐྵྨླྺྼྻྂ", "क्\u200dष", "שָׁ֛לוֹם"])
def test_real_spelling_stays(kept: str) -> None:
    assert text.normalise(kept, multiline=False) == unicodedata.normalize("NFC", kept)


def test_lines_keep_their_indent_and_lose_their_trailing_space() -> None:
    typed = "\r\n    code \t\r\n\rend\u3000\u2028x\r\n\r\n"
    assert text.normalise(typed, multiline=True) == "    code\n\nend\nx"


def test_a_single_line_has_single_spaces() -> None:
    assert text.normalise("  My\tfirst \u00a0 \r\n car\u3000 ", multiline=False) == "My first car"


def test_decomposed_letters_are_composed() -> None:
    assert text.normalise("Vie\u0323\u0302t", multiline=False) == "Việt"


def test_a_long_run_of_marks_is_refused_quickly() -> None:
    with pytest.raises(text.UnfitText):
        text.normalise("a" + "\u0301\u0323" * 50_000, multiline=True)


@pytest.mark.parametrize(
    "nothing", ["", " \t\n", "\u200b\u200d\u2060", "\u3164\u2800\u115f", "\ufeff\u00ad\ufe0f"]
)
def test_what_cannot_be_seen_is_blank(nothing: str) -> None:
    assert text.is_blank(nothing)


@pytest.mark.parametrize("something", ["a", ".", "\u200b👋", "क"])
def test_what_can_be_seen_is_not_blank(something: str) -> None:
    assert not text.is_blank(something)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Don't stop — the Road to Đà Lạt!", "dont-stop-the-road-to-đà-lạt"),
        ("ＦＵＬＬ width", "full-width"),
        ("我们的车", "我们的车"),
        ("हिन्दी में कहानी", "हिन्दी-में-कहानी"),
        ("سيارتي الأولى", "سيارتي-الأولى"),
        ("Straße ../../etc?x=1#y%2e", "strasse-etc-x-1-y-2e"),
        ("🚗🚗", "story"),
        ("", "story"),
        ("\ud800", "story"),
    ],
)
def test_slugs_keep_letters_of_every_script(title: str, expected: str) -> None:
    assert text.slug(title) == expected


def test_a_long_slug_ends_after_a_word_where_it_can() -> None:
    assert text.slug("one two three four", limit=10) == "one-two"
    assert text.slug("one two three", limit=7) == "one-two"
    assert text.slug("ก" + "ี" + "ก" + "ี", limit=3) == "กี"


@given(anything | scripts, st.integers(1, 70))
def test_slugs_are_safe_in_a_path(title: str, limit: int) -> None:
    slug = text.slug(title, limit=limit, empty="s")
    assert 1 <= len(slug) <= limit
    assert all(character == "-" or unicodedata.category(character)[0] in "LMN" for character in slug)
    assert not slug.startswith("-")
    assert not slug.endswith("-")
    assert "--" not in slug
    slug.encode()


def test_a_short_text_is_its_own_excerpt() -> None:
    assert text.excerpt("Short\n\nand  sweet") == "Short and sweet"


def test_an_excerpt_ends_after_a_word() -> None:
    assert text.excerpt("The quick brown fox jumps", limit=17) == "The quick brown…"
    assert text.excerpt("The quick brown fox jumps", limit=16) == "The quick brown…"


@pytest.mark.parametrize(
    ("plain", "limit", "expected"),
    [
        ("abcde\u0301f", 6, "abcd…"),
        ("ab👩\u200d👩\u200d👧cd", 5, "ab…"),
        ("ab🇿🇦🇻🇳cd", 6, "ab🇿🇦…"),
        ("ab👍🏽cde", 4, "ab…"),
        ("น้ำน้ำ", 5, "น้ำ…"),
        ("क्षत्रिय", 4, "क्ष…"),
    ],
)
def test_an_excerpt_never_splits_what_is_read_as_one(plain: str, limit: int, expected: str) -> None:
    assert text.excerpt(plain, limit=limit) == expected


@given(anything | scripts, st.integers(2, 60))
def test_an_excerpt_is_a_beginning_within_its_limit(plain: str, limit: int) -> None:
    line = " ".join(plain.split())
    short = text.excerpt(plain, limit=limit)
    assert len(short) <= limit
    assert short == line or line.startswith(short.removesuffix("…"))


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ("", 0),
        ("My first car — a 1998 Corolla.", 6),
        ("don't co-create", 2),
        ("हिन्दी में", 2),
        ("我喜欢开车。", 5),
        ("車が好き", 4),
        ("한국어 이야기", 2),
        ("รถยนต์", 2),
        ("ሰላም፡ለዓለም", 2),
    ],
)
def test_words_are_counted_in_every_script(plain: str, words: int) -> None:
    assert text.word_count(plain) == words


@pytest.mark.parametrize(
    ("plain", "minutes"),
    [("", 1), ("word " * 50, 1), ("word " * 1190, 5), ("车" * 510, 2), ("車が" * 357, 2), ("รถคน" * 476, 2)],
)
def test_reading_time_is_in_whole_minutes(plain: str, minutes: int) -> None:
    assert text.reading_minutes(plain) == minutes
