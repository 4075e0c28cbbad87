"""What a worker makes once because it comes out the same for every test: each has an application of its own, and most
of the time of a small test went into making that.

Nothing here keeps what a test could have changed.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect, Engine
from werkzeug.routing import Rule

from community.kit import assets, i18n, passwords

STATEMENTS = 4000
"""How many statements stay compiled for one kind of database; the whole suite knows about half as many."""


@contextmanager
def addresses_once() -> Iterator[None]:
    """Each application reads the same 230 rules of the URL map; what comes of one is a matter of the rule alone."""
    known: dict[tuple[str, str | None, bool | None], Rule] = {}
    read = Rule.compile

    def compiled(rule: Rule) -> None:
        key = rule.rule, rule.subdomain, rule.merge_slashes
        if rule.defaults or rule.host:
            read(rule)
        elif key in known:
            for name in ("arguments", "_parts", "_trace", "_converters"):
                setattr(rule, name, getattr(known[key], name))
            for name in ("_build", "_build_unknown"):
                setattr(rule, name, getattr(known[key], name).__func__.__get__(rule))
        else:
            read(rule)
            known[key] = rule

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compiled)
        yield


class Engines:
    """What is learnt of a database once a worker.

    PostgreSQL's is the same one in every test, so its connections stay open for the next. Each SQLite file is new, and
    what SQLAlchemy keeps of statements it keeps by dialect; so they share the dialect, and the statements with it.
    """

    def __init__(self) -> None:
        self._spoken: dict[str, tuple[Dialect, Any]] = {}
        self._kept: dict[str, Engine] = {}

    def take(self, engines: dict[str | None, Engine]) -> None:
        """For a new application: another engine in place of its own, or its own with what others learnt."""
        made = engines[None]
        url = made.url.render_as_string(hide_password=False)
        if made.dialect.name != "sqlite" and url in self._kept:
            engines[None] = self._kept.pop(url)
            return
        if made.dialect.name not in self._spoken:
            made._compiled_cache.capacity = STATEMENTS  # type: ignore[union-attr]
            self._spoken[made.dialect.name] = made.dialect, made._compiled_cache
        made.dialect, made._compiled_cache = self._spoken[made.dialect.name]

    def give_back(self, engine: Engine) -> None:
        """One that nobody uses any more; who still holds a connection of it keeps it to the end."""
        url = engine.url.render_as_string(hide_password=False)
        if engine.dialect.name == "sqlite" or url in self._kept or engine.pool.checkedout():  # type: ignore[attr-defined]
            engine.dispose()
        else:
            self._kept[url] = engine

    def close(self) -> None:
        while self._kept:
            self._kept.popitem()[1].dispose()


@contextmanager
def made_once(folder: Path) -> Iterator[None]:
    """Catalogues and style sheets under ``folder``. Instances that link there find them made, and read them once."""
    catalogues, static = folder / "locales", folder / "static"
    compiled, version = i18n.compile_catalogues(catalogues), assets.publish(static)
    compile_catalogues, publish = i18n.compile_catalogues, assets.publish
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            i18n,
            "compile_catalogues",
            lambda asked: compiled if asked.resolve() == catalogues else compile_catalogues(asked),
        )
        patch.setattr(
            assets, "publish", lambda asked: version if asked.resolve() == static else publish(asked)
        )
        yield


@contextmanager
def known_password(password: str) -> Iterator[None]:
    """The cast has one password; judging and hashing it again for each of them would take longer than most tests."""
    hashed: dict[tuple[int, int], str] = {}
    hash_password = passwords.Hasher.hash_password

    def kept(hasher: passwords.Hasher, given: str) -> str:
        if given != password:
            return hash_password(hasher, given)
        costs = hasher._argon2.time_cost, hasher._argon2.memory_cost
        if costs not in hashed:
            hashed[costs] = hash_password(hasher, given)
        return hashed[costs]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_score", lru_cache(passwords._score))
        patch.setattr(passwords.Hasher, "hash_password", kept)
        yield


def collect_less_often() -> None:
    """Modules and collected tests live as long as the worker, so the collector need not look at them; and what one
    test leaves is worth a look after some more of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)
