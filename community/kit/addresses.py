"""Addresses given by others: only paths on this site are followed."""

from urllib.parse import urlsplit

LONGEST = 500


def same_site(path: str | None) -> str | None:
    """The path, if following it stays here; None for anything a browser might take elsewhere."""
    if not path or len(path) > LONGEST or not path.startswith("/") or path.startswith(("//", "/\\")):
        return None
    if "\\" in path or any(not character.isprintable() or character.isspace() for character in path):
        return None
    try:
        parts = urlsplit(path)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else path
