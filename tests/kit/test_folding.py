import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.kit import folding, text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("STRASSE Straße", "strasse strasse"),
        ("ＦＵＬＬ ｗｉｄｔｈ ﬁne", "full width fine"),
        ("Đường phố", "duong pho"),
        ("İSTANBUL ısı KIZ kız", "istanbul isi kiz kiz"),
        ("Ёлка ὈΔΟΣ ὁδός", "елка οδοσ οδοσ"),
        ("كِتَـــابٌ أحمد إلى مدرسة", "كتاب احمد الي مدرسه"),
        ("שָׁלוֹם", "שלום"),
        ("zero\u200bwidth so\u00adft ze\u200dro", "zerowidth soft zero"),
        ("**bo**ld and `code`", "bold and code"),
        ("don’t stop-now l'idiot", "don t stop now l idiot"),
        ("٣٤ ३४ ３４", "34 34 34"),
        ("Well... done!", "well... done."),
        ("🖕🏽", "🖕"),
        # What stays: vowel signs, Thai tones, voiced kana.
        ("हिन्दी क़िला", "हिन्दी किला"),
        ("ม้า มา", "ม้า มา"),
        ("ﾊﾞｶ ハカ", "ハ\u3099カ ハカ"),
        ("ខ្មែរ", "ខ្មែរ"),
    ],
)
def test_what_does_not_count_is_folded_away(written: str, folded: str) -> None:
    assert folding.fold(written) == folded


@given(st.text(max_size=60))
def test_folding_again_changes_nothing(written: str) -> None:
    once = folding.fold(written)
    assert folding.fold(once) == once


@given(st.text(max_size=60))
def test_both_ways_of_folding_agree_and_know_where_each_letter_came_from(written: str) -> None:
    folded, places = folding.fold_with_places(written)
    assert folded == folding.fold(written)
    assert len(places) == len(folded)
    assert places == sorted(places)
    assert all(0 <= place < len(written) for place in places)


@given(st.text(max_size=60))
def test_the_pieces_are_the_text(written: str) -> None:
    folded = folding.fold(written)
    assert "".join(folding.pieces(folded)) == folded


@example("\u1f80")  # alpha, with an iota under it
@given(st.text(st.characters(categories=["L", "M", "N"]), max_size=30))
def test_how_a_letter_is_composed_does_not_count(written: str) -> None:
    try:
        stored = text.normalise(written, multiline=False)
    except text.UnfitText:
        return
    apart = unicodedata.normalize("NFD", stored)
    assert unicodedata.normalize("NFD", folding.fold(apart)) == unicodedata.normalize(
        "NFD", folding.fold(stored)
    )


@pytest.mark.parametrize(
    ("written", "pieces"),
    [
        ("over the pass", ["over", " ", "the", " ", "pass"]),
        ("傻瓜走开", ["傻", "瓜", "走", "开"]),
        ("シネマを見る", ["シネマ", "を", "見", "る"]),
        ("ばか", ["は\u3099", "か"]),
        ("เขามา", ["เขา", "มา"]),
        ("သွားမယ်", ["သွား", "မယ်"]),
        ("ខ្ញុំស្រី", ["ខ្ញុំ", "ស្រី"]),
        ("car车car", ["car", "车", "car"]),
        ("Tシャツ", ["t", "シャツ"]),
        ("🖕idiot", ["🖕", "idiot"]),
    ],
)
def test_words_begin_and_end_with_a_piece(written: str, pieces: list[str]) -> None:
    found = folding.pieces(folding.fold(written))
    assert found == pieces
