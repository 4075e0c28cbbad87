"""No passage is ever shown beside an original it was not written for, whatever is edited."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from community.contributions.models import Passage, Picture, Revision
from community.kit import markup
from community.translations.processing import aligning, checking
from community.translations.processing.checking import Fault
from community.translations.processing.parts import Role, parts_of, to_translate

# Few blocks, so that equal ones meet; among them all that Markdown has at the top of a text.
BLOCKS = st.lists(
    st.sampled_from(
        [
            "We left at dawn.",
            "The rain began.",
            "# A pass",
            "- bread\n- water",
            "> she said no",
            "```\ncode\n\nmore\n```",
            "---",
            "![](photo:0123456789abcdef)",
            "Line one\nline two",
            "see [the map][m]",
        ]
    ),
    max_size=8,
)


def original(blocks: list[str], title: str = "Over the pass", alt: str = "A van") -> Revision:
    return Revision(
        title=title,
        body="\n\n".join(blocks),
        language="vi",
        pictures=(Picture("0123456789abcdef", alt, ""),),
    )


def answered(text: Revision) -> tuple[Passage, ...]:
    """Each passage says which words it was written for."""
    return tuple(Passage(part.key, f"«{part.source}»") for part in to_translate(text))


@given(BLOCKS, BLOCKS, st.sampled_from(["Over the pass", "Another title"]))
def test_a_passage_stands_only_beside_the_words_it_was_written_for(
    before: list[str], after: list[str], title: str
) -> None:
    passages = answered(original(before))
    for pair in aligning.align(original(after, title), passages):
        assert pair.said in (None, pair.part.source, f"«{pair.part.source}»")
        if pair.part.key:
            assert pair.said != pair.part.source


@given(BLOCKS)
def test_a_translation_of_the_text_as_it_is_lacks_nothing(blocks: list[str]) -> None:
    text = original(blocks)
    pairs = aligning.align(text, answered(text))
    assert aligning.stale(pairs) == 0
    assert [pair.part.source for pair in pairs if pair.part.role is Role.TEXT] == markup.blocks(text.body)


@given(BLOCKS, BLOCKS)
def test_what_is_stale_and_what_is_said_is_all_there_is(before: list[str], after: list[str]) -> None:
    drawn = aligning.draw(original(after), answered(original(before)))
    assert drawn.html.count('class="stale"') <= drawn.stale
    assert drawn.html.count("«") <= len(to_translate(original(after)))


@given(st.text(alphabet="ab#->*` \n", max_size=200))
def test_blocks_lose_nothing_but_blank_lines(text: str) -> None:
    kept = "".join(line for line in text.split("\n") if line.strip())
    assert "".join("".join(markup.blocks(text)).split()) == "".join(kept.split())


def test_a_moved_paragraph_takes_its_translation_along() -> None:
    before = original(["We left at dawn.", "The rain began."])
    drawn = aligning.draw(original(["The rain began.", "We left at dawn."]), answered(before))
    assert drawn.stale == 0
    assert drawn.html.index("«The rain began.»") < drawn.html.index("«We left at dawn.»")


def test_equal_paragraphs_keep_each_their_own() -> None:
    text = original(["Again.", "Again."])
    first, second = [part for part in to_translate(text) if part.role is Role.TEXT]
    drawn = aligning.draw(text, (Passage(first.key, "Lagi."), Passage(second.key, "Sekali lagi.")))
    assert drawn.html.index("Lagi.") < drawn.html.index("Sekali lagi.")


def test_what_changed_is_shown_in_the_original_and_marked() -> None:
    before = original(["We left at dawn.", "The rain began."])
    drawn = aligning.draw(original(["We left at noon.", "The rain began."]), answered(before))
    assert drawn.stale == 1
    assert 'class="stale" lang="vi"' in drawn.html
    assert "We left at noon." in drawn.html
    assert "«We left at dawn.»" not in drawn.html
    noted = markup.put_notes(Markup(drawn.html), "Being <updated>", "ar")
    assert '<p class="stale-note" lang="ar" dir="rtl">Being &lt;updated&gt;</p>' in noted


def test_links_find_their_address_in_another_block() -> None:
    drawn = aligning.draw(original(["see [the map][m]", "> far\n\n[m]: https://maps.example"]), ())
    assert 'href="https://maps.example"' in drawn.html


def test_alternative_texts_are_said_too() -> None:
    text = original(["We left at dawn."])
    assert aligning.draw(text, answered(text)).pictures == (Picture("0123456789abcdef", "«A van»", ""),)


def test_a_part_lost_or_added_is_found_with_its_place() -> None:
    text = original(["We left at dawn.", "The rain began."])
    title, first, second, alt = to_translate(text)
    passages = (
        Passage(title.key, "Judul"),
        Passage(first.key, "Satu.\n\nDua."),
        Passage(second.key, " \u200b "),
        Passage(alt.key, "x" * 600),
    )
    assert checking.faults(text, passages) == [
        (Fault.ADDED, 2, first.key),
        (Fault.LOST, 3, second.key),
        (Fault.TOO_LONG, 4, alt.key),
    ]
    assert checking.faults(text, answered(text)) == []


def test_a_machines_words_count_until_somebody_changes_them() -> None:
    said = "Kami berangkat saat fajar dan hujan mulai turun di jalan."
    machine = checking.fingerprint(said)
    assert checking.unchanged_share((Passage("a", f" {said}\n", machine),)) == 1.0
    assert checking.unchanged_share((Passage("a", said + " Deras.", machine),)) == 0.0
    assert checking.unchanged_share((Passage("a", said, ""),)) == 0.0
    assert checking.most_unchanged("id", "ms") > checking.most_unchanged("vi", "id")


def test_every_part_has_a_key_of_its_own() -> None:
    keys = [part.key for part in parts_of(original(["A b.", "A b.", "---", "# A b."])) if part.key]
    assert len(keys) == len(set(keys)) == 5
