"""The numbers of rows, as addresses, forms and cursors name them."""

BIGGEST = 2**63 - 1
"""A database counts no further, and its driver refuses to be asked for more."""
LONGEST_ID = 18
"""Digits, of which no number is too big."""


def is_id(typed: str) -> bool:
    """Whether it can be the number of anything."""
    return typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_ID
