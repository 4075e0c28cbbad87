"""Passwords: hashed with argon2id, verified as slowly for unknown accounts as for known, judged when chosen.

Owns the hash and what makes a password too weak. Leaves throttling, tokens and the words of a refusal to
accounts; the costs come from the settings.
"""

import base64
import importlib
import os
import unicodedata
from functools import cache
from itertools import chain

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 128
"""In code points after normalisation, as NIST SP 800-63B (2017), section 5.1.1.2 counts them."""

TIME_COST = 3
MEMORY_COST = 65_536
LANES = 4
"""The second recommended option of RFC 9106, section 4, for servers without 2 GiB to spare for a sign-in."""

LEAST_SCORE = 2
"""On zxcvbn's scale of 0 to 4: below it, a million guesses find the password."""

_JUDGED_AT_ONCE = 24
"""Characters: the time zxcvbn takes grows with the cube of the length, up to 2 s at 72 (0.2 s at 24)."""

_SALT_BYTES = 16
_HASH_BYTES = 32

# Letter rows that zxcvbn does not know; it has QWERTY and Dvorak.
_KEYBOARD_ROWS = (
    "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
    "ضصثقفغعهخحجد", "شسيبلاتنمكط",
    "אסדפגהכלךף", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ",
    "azertyuiop", "qsdfghjklm", "qwertzuiopü",
)  # fmt: skip


class UnfitPassword(ValueError):
    """A password that cannot be encoded at all. `code` is 'surrogate'."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Hasher:
    """Hashes and verifies at one cost. `memory_cost` in KiB; every hash under way holds that much memory."""

    def __init__(
        self, time_cost: int = TIME_COST, memory_cost: int = MEMORY_COST, lanes: int = LANES
    ) -> None:
        self._argon2 = PasswordHasher(time_cost, memory_cost, lanes, _HASH_BYTES, _SALT_BYTES)
        # A random value in place of a computed one: costs nothing to make, and no password can match it.
        salt, nobody = (_unpadded(os.urandom(size)) for size in (_SALT_BYTES, _HASH_BYTES))
        self._nobodys = f"$argon2id$v=19$m={memory_cost},t={time_cost},p={lanes}${salt}${nobody}"

    def hash_password(self, password: str) -> str:
        """The hash with its salt and costs, about 100 ASCII characters. Raises UnfitPassword."""
        return self._argon2.hash(_encoded(password))

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether this is the password. None, for an account that does not exist, takes as long and never is."""
        try:
            return self._argon2.verify(hashed or self._nobodys, _encoded(password))
        except (VerificationError, InvalidHashError, UnfitPassword, UnicodeEncodeError):
            return False

    def needs_rehash(self, hashed: str) -> bool:
        """Whether the costs have changed since; ask after a sign-in, when the password is at hand."""
        return self._argon2.check_needs_rehash(hashed)


def normalise(password: str) -> str:
    """NFKC, so that every keyboard gives the same bytes (NIST SP 800-63B of 2017, section 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def weakness(password: str, *, name: str, email: str) -> str | None:
    """Why a new password is refused, or None.

    'long', 'short', 'surrogate' (cannot be encoded), 'same_as_name', 'same_as_email' (the address or what stands
    before its @), 'common' (in zxcvbn's offline lists, a repetition, a sequence, a keyboard row, or such parts only).
    """
    if len(password) > LONGEST:
        return "long"  # before anything whose time grows with the length
    normal = normalise(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        return "short" if len(normal) < SHORTEST else "long"
    folded = _folded(password)
    if any("\ud800" <= character <= "\udfff" for character in folded):
        return "surrogate"
    if folded == _folded(name):
        return "same_as_name"
    if folded in (_folded(email), _folded(email).partition("@")[0]):
        return "same_as_email"
    return "common" if _is_common(folded) else None


def _is_common(folded: str) -> bool:
    if folded in _listed() or _is_on_keyboard(folded):
        return True
    starts = range(0, len(folded), _JUDGED_AT_ONCE)
    return all(_score(folded[start : start + _JUDGED_AT_ONCE]) < LEAST_SCORE for start in starts)


def _score(part: str) -> int:
    return int(importlib.import_module("zxcvbn").zxcvbn(part)["score"])


@cache
def _listed() -> frozenset[str]:
    # Imported when a password is chosen: the lists take 13 MB, and most workers never need them.
    lists: dict[str, list[str]] = importlib.import_module("zxcvbn.frequency_lists").FREQUENCY_LISTS
    words: chain[str] = chain.from_iterable(lists.values())
    return frozenset(folded for word in words if len(folded := _folded(word)) >= SHORTEST)


def _is_on_keyboard(folded: str) -> bool:
    rows = (_folded(row) for row in _KEYBOARD_ROWS)
    return any(folded in turned * (LONGEST // len(row) + 2) for row in rows for turned in (row, row[::-1]))


def _folded(text: str) -> str:
    return normalise(normalise(text).casefold())


def _encoded(password: str) -> bytes:
    try:
        return normalise(password).encode()
    except UnicodeEncodeError:
        raise UnfitPassword("surrogate") from None


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")


_hasher = Hasher()


def set_costs(*, passes: int, memory_kib: int) -> None:
    """Choose what a hash costs from now on; hashes made before are made anew when their owner signs in."""
    global _hasher  # noqa: PLW0603 - one cost for the process, chosen at start-up
    _hasher = Hasher(passes, memory_kib)


def hasher() -> Hasher:
    return _hasher
