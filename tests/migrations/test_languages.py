"""A site that spoke three languages: the new ones add words, and touch none that an admin has put otherwise."""

import pytest

from community.kit import languages, migrating
from community.kit.languages import INTERFACE
from tests.conftest import MakeDatabase
from tests.migrations.test_desk import rows
from tests.migrations.test_photos import write

OLD, NEW = "e1d80a3c5b47", "a1f09c3d7e21"
BEFORE = {"en", "ar", "id"}
ADDED = set(INTERFACE) - BEFORE
TABLES = {
    "clause_text": "SELECT clause_id, language, title, text FROM clause_text ORDER BY clause_id, language",
    "reason_template": "SELECT number, language, text FROM reason_template ORDER BY number, language",
    "topic_name": "SELECT topic_id, language, name FROM topic_name ORDER BY topic_id, language",
}
MOMENT = "'2026-03-02 09:00:00.000000'"
# What an admin may have done: 1.2 changed, 1.3 retired, 2.1's template put otherwise and 2.2's taken away, 1.4 added.
ADD_CLAUSE = (
    "INSERT INTO clause (id, chapter, number, version, category, is_illegal, in_force_at)"
    f" SELECT {{}}, chapter, {{}}, {{}}, category, is_illegal, {MOMENT} FROM clause WHERE number = {{}}"
)
ADD_WORDS = "INSERT INTO clause_text (clause_id, language, title, text) VALUES ({}, 'en', '{}', '{}')"
# What an admin may have done: 1.2 changed, 1.3 retired, 1.4 added, 2.1's template put otherwise, 2.2's taken away.
CHANGES = (
    f"UPDATE clause SET ended_at = {MOMENT} WHERE number IN ('1.2', '1.3')",
    ADD_CLAUSE.format(101, "number", 2, "'1.2'"),
    ADD_WORDS.format(101, "No adverts", "None."),
    ADD_CLAUSE.format(102, "'1.4'", 1, "'1.1'"),
    ADD_WORDS.format(102, "Short", "Be short."),
    "UPDATE reason_template SET text = 'Other words' WHERE number = '2.1' AND language = 'en'",
    "DELETE FROM reason_template WHERE number = '2.2'",
    "UPDATE topic_name SET name = 'Travels' WHERE language = 'en' AND name = 'Journeys'",
)


@pytest.fixture
def old(empty_database: MakeDatabase) -> str:
    url = empty_database()
    migrating.upgrade(url, OLD)
    return url


def kept(url: str) -> dict[str, list[tuple[object, ...]]]:
    return {table: rows(url, question) for table, question in TABLES.items()}


def spoken(url: str, question: str) -> set[str]:
    return {str(language) for (language,) in rows(url, question)}


def test_every_clause_template_and_topic_is_said_in_every_language(old: str) -> None:
    before = kept(old)
    migrating.upgrade(old, NEW)
    after = kept(old)
    for table in TABLES:
        assert set(before[table]) < set(after[table])
        things = {row[0] for row in before[table]}
        assert {(row[0], row[1]) for row in after[table]} == {
            (one, code) for one in things for code in INTERFACE
        }
        words = [row[2:] for row in after[table] if row[1] in ADDED]
        assert len(set(words)) > 0.95 * len(words), "each says it in its own words"
    assert ADDED <= languages.CODES


def test_where_an_admin_has_put_it_otherwise_nothing_is_added(old: str) -> None:
    write(old, *CHANGES)
    before = kept(old)
    migrating.upgrade(old, NEW)
    assert all(set(before[table]) <= set(rows(old, question)) for table, question in TABLES.items())
    text = "SELECT w.language FROM clause_text w JOIN clause c ON c.id = w.clause_id WHERE c.number = '{}'"
    template = "SELECT language FROM reason_template WHERE number = '{}'"
    assert spoken(old, text.format("1.1")) == spoken(old, template.format("1.1")) == set(INTERFACE)
    for number in ("1.2", "1.3"):
        assert spoken(old, text.format(number)) == spoken(old, template.format(number)) == BEFORE
    assert spoken(old, text.format("1.4")) == {"en"}
    assert spoken(old, text.format("2.1")) == set(INTERFACE)
    assert spoken(old, template.format("2.1")) == BEFORE
    assert spoken(old, template.format("2.2")) == set()
    travels = "(SELECT topic_id FROM topic_name WHERE name = 'Travels')"
    assert spoken(old, f"SELECT language FROM topic_name WHERE topic_id = {travels}") == BEFORE


@pytest.mark.parametrize("changes", [(), CHANGES], ids=["as it came", "changed"])
def test_down_again_goes_exactly_what_was_added(old: str, changes: tuple[str, ...]) -> None:
    write(old, *changes)
    before = kept(old)
    migrating.upgrade(old, NEW)
    after = kept(old)
    migrating.downgrade(old, OLD)
    assert kept(old) == before
    migrating.upgrade(old, NEW)
    assert kept(old) == after


def test_down_again_an_admins_new_words_stay(old: str) -> None:
    migrating.upgrade(old, NEW)
    write(
        old,
        "UPDATE reason_template SET text = 'Eigene Worte' WHERE number = '1.1' AND language = 'de'",
        "UPDATE reason_template SET text = 'Other words' WHERE number = '1.1' AND language = 'en'",
    )
    migrating.downgrade(old, OLD)
    found = rows(old, "SELECT language, text FROM reason_template WHERE number = '1.1'")
    assert {language for language, _ in found} == {*BEFORE, "de"}
    assert ("de", "Eigene Worte") in found
