"""What became of each photo from one revision to the next."""

import pytest

from community.contributions.models import Picture, Revision
from community.contributions.processing import comparing
from community.contributions.processing.comparing import PhotoChange

A, B, C, D = (Picture(letter * 16, f"{letter} it shows", "") for letter in "abcd")


def revision(*pictures: Picture, placed: tuple[Picture, ...] = (), body: str = "We drove.") -> Revision:
    places = "".join(f"\n\n![](photo:{one.key})" for one in placed)
    return Revision(body=body + places, pictures=pictures)


def said(change: PhotoChange) -> str:
    """In letters: the photo, and ``+`` new, ``-`` gone, ``~`` moved, ``a`` new alternative text, ``c`` new caption."""
    signs = zip(
        "+-~ac",
        (change.is_new, change.is_gone, change.is_moved, change.has_new_alt, change.has_new_caption),
        strict=True,
    )
    return change.key[0] + "".join(sign for sign, holds in signs if holds)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (revision(), revision(), ""),
        (revision(A, B), revision(A, B), "a b"),
        (revision(A), revision(A, B), "a b+"),
        (revision(A, B), revision(A), "a b-"),
        (revision(A, B, C), revision(C), "c~ a- b-"),
        (revision(A, B, C, D), revision(A, B, D, C), "a b d~ c"),
        (revision(A, B, C, D), revision(A, C, D, B), "a c d b~"),
        (revision(A, B, C), revision(B, A, C), "b~ a~ c"),
        (revision(A, B), revision(A._replace(alt="Other"), B._replace(caption="C")), "aa bc"),
        (revision(A, B), revision(B._replace(alt="Other"), A), "b~a a~"),
        (revision(A, B), revision(A, B, placed=(B,)), "a b~"),
        (revision(A, B, placed=(B,)), revision(A, B), "a b~"),
        (revision(A, B), revision(A, B, placed=(A,)), "a~ b"),
        (revision(A, B, C, placed=(B, C)), revision(A, B, C, placed=(C, B)), "a b c~"),
        (revision(A, B, C, placed=(C,)), revision(A, D, B, C, placed=(C,)), "a d+ b c"),
    ],
    ids=range(15),
)
def test_new_gone_moved_and_said_anew(old: Revision, new: Revision, expected: str) -> None:
    changes = comparing.photos(old, new)
    assert [said(change) for change in changes] == expected.split()
    assert [change.is_same for change in changes] == [len(said(change)) == 1 for change in changes]


def test_in_the_text_a_photo_is_told_in_words() -> None:
    old, new = revision(A, placed=(A,)), revision(A, B, placed=(A, B))
    changes = comparing.paragraphs(old, new)
    assert [(change.kind, change.new) for change in changes] == [
        ("same", "We drove."),
        ("same", "[Photo: a it shows]"),
        ("added", "[Photo: b it shows]"),
    ]


def test_a_photo_nobody_described_or_knows_leaves_a_sign() -> None:
    blank = A._replace(alt="")
    for placed in (blank, D):
        changes = comparing.paragraphs(revision(), revision(blank, placed=(placed,)))
        assert [change.new for change in changes] == ["We drove.", "[Photo: –]"]
