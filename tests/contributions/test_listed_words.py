from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.contributions.models import LONGEST_FINDING
from community.contributions.processing import words
from community.contributions.processing.words import Entries


def listed(*entries: str) -> Entries:
    return tuple((word, words.listed_form(word)) for word in entries)


def found(text: str, *entries: str) -> str:
    return words.named(text, words.find(text, listed(*entries)))


CAUGHT = [
    # listed, the text, what of it is found
    ("cunt", "You CUNT!", "CUNT"),
    ("cunt", "what a cùnt", "cùnt"),
    ("naïve", "a naive one", "naive"),
    ("fuck", "ＦＵＣＫ this", "ＦＵＣＫ"),
    ("fuck", "f\u200bu\u200dc\u00adk it", "f\u200bu\u200dc\u00adk"),
    ("fuck", "**f**uck", "f**uck"),
    ("mother fucker", "Mother-fucker", "Mother-fucker"),
    ("mother fucker", "mother\n  fucker", "mother fucker"),
    ("idiot", "l'idiot du village", "idiot"),
    ("Scheiße", "SCHEISSE", "SCHEISSE"),
    ("kız", "KIZ kardeşim", "KIZ"),
    ("sik", "SİK", "SİK"),
    ("đồ ngu", "Do ngu!", "Do ngu"),
    ("địt", "ĐỊT dit đit", "ĐỊT, dit, đit"),
    ("кретин", "Ты КРЕТИН.", "КРЕТИН"),
    ("елка", "Ёлка", "Ёлка"),
    ("μαλάκας", "ΜΑΛΑΚΑΣ", "ΜΑΛΑΚΑΣ"),
    ("كلب", "يا كَلْبٌ", "كَلْبٌ"),
    ("كلب", "يا كـــلب", "كـــلب"),
    ("حمارة", "يا حماره", "حماره"),
    ("כלב", "כֶּלֶב", "כֶּלֶב"),
    ("傻逼", "他是傻逼吗？", "傻逼"),
    ("ばか", "このばかめ", "ばか"),
    ("馬鹿", "お前は馬鹿だ", "馬鹿"),
    ("バカ", "「ﾊﾞｶ」と言った", "ﾊﾞｶ"),
    ("ควาย", "ไอ้ควายตัวนี้", "ควาย"),
    ("ขา", "ปวดขามาก", "ขา"),
    ("ឆ្កែ", "អាឆ្កែនេះ", "ឆ្កែ"),
    ("ໝາ", "ມັນແມ່ນໝາ", "ໝາ"),
    ("ခွေး", "မင်းခွေးလား", "ခွေး"),
    ("कुत्ता", "तू कुत्ता है", "कुत्ता"),
    ("바보", "너 바보!", "바보"),
    ("바보*", "너는 바보야", "바보야"),
    ("idiot*", "Idiots, all of you", "Idiots"),
    ("shut up*", "shut upper", "shut upper"),
    ("🖕", "Nice car 🖕🏽", "🖕"),
    ("casino-win.example", "see https://casino-win.example/x", "casino-win.example"),
]
LEFT_ALONE = [
    ("cunt", "I live in Scunthorpe"),
    ("ass", "The pass, a bass and a class"),
    ("mother fucker", "Ask your mother. Fucker is a name in Bavaria."),
    ("cặc", "Các bạn đi đâu?"),
    ("lồn", "một chiếc xe lớn"),
    ("傻逼", "他很傻。逼近山口。"),
    ("シネ", "シネマに行った"),
    ("アホ", "アホウドリを見た"),
    ("ขา", "เขาไปกับเรา"),
    ("มา", "ม้าสองตัว"),
    ("कुत", "तू कुत्ता है"),
    ("바보", "바보야"),
    ("시발", "시발점에서"),
    ("바보*", "바봉"),
    ("خر", "آخر الطريق"),
    ("idiot*", "an idio"),
    ("sik", "musik"),
    ("🖕", "👍"),
]


@pytest.mark.parametrize(("word", "text", "what"), CAUGHT)
def test_a_listed_word_is_found(word: str, text: str, what: str) -> None:
    assert found(text, word) == what


@pytest.mark.parametrize(("word", "text"), LEFT_ALONE)
def test_what_only_looks_like_a_listed_word_is_left_alone(word: str, text: str) -> None:
    assert found(text, word) == ""


ALPHABETS = ("abcdefg", "абвгде", "αβγδε", "אבגד", "ابتثج", "가나다라", "कखगघ", "アイウエ")


@given(st.data())
def test_no_word_is_found_inside_a_longer_one(data: st.DataObject) -> None:
    """In scripts whose words are spaced, and in katakana."""
    letters = data.draw(st.sampled_from(ALPHABETS))
    inner = data.draw(st.text(letters, min_size=1, max_size=6))
    before, after = data.draw(st.text(letters, max_size=3)), data.draw(st.text(letters, max_size=3))
    assume(before or after)
    longer = before + inner + after
    assume(longer != inner)
    assert found(f"{longer} {longer}", inner) == ""
    assert found(f"{longer} {inner}", inner) == inner


@given(
    st.text("傻瓜走开山口", min_size=1, max_size=4),
    st.text("天地人大小", max_size=9),
    st.text("天地人大小", max_size=9),
)
def test_without_spaces_a_word_is_found_wherever_it_stands(word: str, before: str, after: str) -> None:
    assert found(before + word + after, word) == word


def test_a_list_finds_each_of_its_words_and_says_where() -> None:
    entries = listed("bad", "very bad", "坏", "bad*", "worse")
    text = "A very bad 坏 badger."
    matches = words.find(text, entries)
    assert {(m.word, text[m.start : m.end]) for m in matches} == {
        ("very bad", "very bad"),
        ("bad", "bad"),
        ("bad*", "bad"),
        ("坏", "坏"),
        ("bad*", "badger"),
    }
    assert words.marked(text, matches) == [
        ("A ", False),
        ("very bad", True),
        (" ", False),
        ("坏", True),
        (" ", False),
        ("badger", True),
        (".", False),
    ]


def test_a_long_list_and_a_long_text() -> None:
    entries = listed(*("".join(word) for word in product("abcdef", repeat=4)), "坏人")
    text = "abcde " * 3_000 + "坏人" * 5_000 + " fade"
    matches = words.find(text, entries)
    assert len(matches) == 5_001
    assert words.named(text, matches) == "坏人, fade"


def test_what_is_named_fits_a_finding() -> None:
    many = [f"word{number}" for number in range(200)]
    named = found(" ".join(many), *many)
    assert named.startswith("word0, word1, ")
    assert len(named) <= LONGEST_FINDING
    assert set(named.split(", ")) <= set(many)
    long = "y" * 80
    assert len(found(long + " " + "-".join("x" * 300), long)) == 80


@pytest.mark.parametrize("word", ["", "*", "...", "a$$", "$", "\u200b", "-"])
def test_what_cannot_be_compared_has_no_listed_form(word: str) -> None:
    assert words.listed_form(word) == ""


def test_an_empty_list_finds_nothing() -> None:
    assert words.find("anything", ()) == []
