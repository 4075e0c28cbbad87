"""The two halves of an idea's text: what is missing today, and what would be better.

They are one Markdown text with a line between them, so that whatever reads, checks, compares and decides on texts has
both: the line is kept out of the halves themselves.
"""

import re

LINE = "---"
_LINES = re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_DRAWN = re.compile(r"<(/?)(hr|blockquote|ul|ol)\b[^>]*>")


def join(missing: str, better: str) -> str:
    """Empty where both are."""
    halves = [_LINES.sub("", half).strip("\n") for half in (missing, better)]
    return f"{halves[0]}\n\n{LINE}\n\n{halves[1]}".strip("\n") if any(halves) else ""


def split(body: str) -> tuple[str, str]:
    """What ``join`` put together."""
    before, line, after = f"\n{body}\n".partition(f"\n{LINE}\n")
    return (before.strip("\n"), after.strip("\n")) if line else ("", body.strip("\n"))


def split_html(html: str) -> tuple[str, str]:
    """The same of what was drawn of it."""
    depth = 0
    for tag in _DRAWN.finditer(html):
        if tag[2] != "hr":
            depth += -1 if tag[1] else 1
        # A line within a quotation or a list parts nothing.
        elif depth == 0:
            return html[: tag.start()], html[tag.end() :]
    return "", html
