"""Markdown to the HTML that is stored and shown, and that HTML back to plain text.

Owns which elements, attributes and addresses members may use, and the direction of each block. Leaves the
fitness of the source (controls, bidi overrides) to `kit/text.py` and its length to the forms. What `render`
returns is the only text of members that a template may mark as safe.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html.parser import HTMLParser
from itertools import pairwise
from unicodedata import bidirectional
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

from community.kit import languages

DEEPEST_NESTING = 20
"""Quotes in quotes and lists in lists; what is deeper is left out, so that no text can exhaust the parser."""

LINK_REL = "nofollow ugc noopener"

_LEAVES = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "pre"})
_CONTAINERS = frozenset({"blockquote", "ul", "ol", "li"})
_INLINE = frozenset({"a", "br", "code", "em", "s", "strong"})
ALLOWED_TAGS = _LEAVES | _CONTAINERS | _INLINE | {"hr", "figure"}
# Without a line for "*", the cleaner would let `lang` and `title` through everywhere.
ALLOWED_ATTRIBUTES = {
    "*": frozenset[str](),
    "a": frozenset({"href"}),
    "ol": frozenset({"start"}),
    "figure": frozenset({"data-photo"}),
}
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})

_DIRECTIONS = {tag: {"dir": {"auto", "ltr", "rtl"}} for tag in _LEAVES | _CONTAINERS}
# White space, controls and backslashes: browsers drop or turn them, so that '/\evil.example' leaves the site.
_TREACHEROUS = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
# The cleaner lets no comment through: no member can write one.
_STALE_NOTE = "<!-- being updated -->"
_BLANK_LINES = re.compile(r"\s*\n\s*")
_PHOTO = re.compile(r"photo:([0-9a-f]{16})")
_PLACE_TYPED = re.compile(r"!\[[^\]\n]*\]\(photo:([0-9a-f]{16})\)")
_PLACE = re.compile(r'<figure data-photo="([0-9a-f]{16})"></figure>')


def render(markdown: str) -> str:
    """Safe HTML for a Markdown text (CommonMark and ~~struck~~, no raw HTML, a line end is a line break).

    Headings begin at h2, because the page's title is its h1. `![](photo:KEY)` alone in a paragraph is a photo's place
    (`put_photos`); other images become their alternative text, and a link that is not lawful becomes its label.
    Entities are not decoded: what the form has checked is, character for character, what is shown.
    """
    return _rendered(_MARKDOWN.parse(markdown))


def blocks(markdown: str) -> list[str]:
    """The source of each block at the top of a text, in order; nothing of the text but blank lines is left out.

    What is no block of its own, such as an address that links refer to, stands with the block before it.
    """
    lines = markdown.split("\n")
    starts = [token.map[0] for token in _MARKDOWN.parse(markdown) if token.level == 0 and token.map]
    cuts = [0, *sorted(set(starts))[1:], len(lines)]
    found = ("\n".join(lines[start:end]).strip("\n") for start, end in pairwise(cuts))
    return [block for block in found if block.strip()]


def render_blocks(sources: Sequence[str]) -> list[str]:
    """`render` of each by itself, but that a link may refer to an address that stands in another of them."""
    known: dict[str, object] = {}
    for source in sources:
        _MARKDOWN.parse(source, known)
    return [
        _rendered(_MARKDOWN.parse(source, {"references": known.get("references", {})})) for source in sources
    ]


def put_photos(html: str, drawn: Mapping[str, str]) -> str:
    """`render`'s output with the photos, drawn by somebody who knows them, in their places; the first of each only."""
    left = dict(drawn)
    return _PLACE.sub(lambda place: left.pop(place[1], ""), html)


def mark_stale(html: str, language: str) -> str:
    """`render`'s output in another language than the text around it, with a place for words that say why."""
    return (
        f'<div class="stale" lang="{language}" dir="{languages.direction(language)}">'
        f"{_STALE_NOTE}{html}</div>\n"
    )


def put_notes(html: str, note: str, language: str) -> str:
    """A text with these words, in the reader's language, in every place `mark_stale` made."""
    said = f'lang="{languages.tag(language)}" dir="{languages.direction(language)}">{escape(note)}'
    # A Markup would escape what it puts in, our own tags with it.
    return str(html).replace(_STALE_NOTE, f'<p class="stale-note" {said}</p>')


def photos_in(markdown: str) -> list[str]:
    """The keys of the photos that have a place in a text, in their order."""
    return places_in(render(markdown))


def places_in(html: str) -> list[str]:
    """The same of `render`'s output."""
    return list(dict.fromkeys(_PLACE.findall(html)))


def put_words(markdown: str, words: Callable[[str], str]) -> str:
    """A Markdown text with words in the places of photos, each by its key, for those who read the text as it is."""
    return _PLACE_TYPED.sub(lambda place: words(place[1]), markdown)


def plain(html: str) -> str:
    """The text of `render`'s output, a line for each block, for excerpts and counting. Escape it when shown."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    return _BLANK_LINES.sub("\n", "".join(reader.parts)).strip()


def is_lawful(url: str) -> bool:
    """Whether members may link there: http, https, mailto, a path on this site; not `//host` or `user@host`."""
    if _TREACHEROUS.search(url):
        return False
    if url.startswith("/"):
        return not url.startswith("//")
    try:
        parts = urlsplit(url)
        if parts.scheme == "mailto":
            return bool(parts.path)
        # A name before the host is shown by nobody's browser and used only to look like another site.
        return parts.scheme in ALLOWED_SCHEMES and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The alternative text: photos have their own form and checks."""
        alternative = Token(
            "text", "", 0, content=self.renderInlineAsText(tokens[idx].children or [], options, env)
        )
        return self.text([alternative], 0, options, env)


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  the parser passes them
        if tag not in _INLINE or tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _rendered(tokens: list[Token]) -> str:
    _shift_headings(tokens)
    _place_photos(tokens)
    _unlink(tokens)
    _give_directions(tokens)
    return _CLEANER.clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _place_photos(tokens: list[Token]) -> None:
    for number, inline in enumerate(tokens):
        children = inline.children or []
        if inline.type != "inline" or len(children) != 1 or children[0].type != "image":
            continue
        asked = _PHOTO.fullmatch(str(children[0].attrGet("src") or ""))
        opening, closing = tokens[number - 1], tokens[number + 1]
        if asked and opening.type == "paragraph_open" and not opening.hidden and opening.level == 0:
            opening.tag = closing.tag = "figure"
            opening.type, closing.type = "figure_open", "figure_close"
            opening.attrSet("data-photo", asked[1])
            inline.children = []


def _shift_headings(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"


def _unlink(tokens: Sequence[Token]) -> None:
    for inline in tokens:
        lawful = True  # links do not nest, so the last one opened is the one that closes
        kept = []
        for token in inline.children or ():
            if token.type == "link_open":
                lawful = is_lawful(str(token.attrGet("href") or ""))
            if lawful or token.type not in ("link_open", "link_close"):
                kept.append(token)
        if inline.children:
            inline.children = kept


def _give_directions(tokens: Sequence[Token]) -> None:
    """Leaves get dir="auto"; containers the direction of their first strong character, in words.

    HTML's dir="auto" does not look into descendants that have a `dir` of their own, so a quote of Arabic
    paragraphs would be laid out from left to right, with its bar and its list markers on the wrong side.
    """
    undecided: list[Token] = []
    for token in tokens:
        if token.tag in _CONTAINERS and token.nesting == 1:
            token.attrSet("dir", "auto")
            undecided.append(token)
        elif token.tag in _LEAVES and token.nesting == 1:
            token.attrSet("dir", "auto")
        elif undecided and (direction := _first_strong(token)):
            for container in undecided:
                container.attrSet("dir", direction)
            undecided.clear()
        elif undecided and token.nesting == -1 and token.level == undecided[-1].level:
            undecided.pop()


def _first_strong(token: Token) -> str | None:
    if token.type not in ("inline", "fence", "code_block"):
        return None
    texts = (child.content for child in token.children) if token.children else (token.content,)
    for text in texts:
        for character in text:
            kind = bidirectional(character)
            if kind == "L":
                return "ltr"
            if kind in ("R", "AL"):
                return "rtl"
    return None


def _lawful_attribute(_tag: str, name: str, value: str) -> str | None:
    return None if name == "href" and not is_lawful(value) else value


def _code(
    renderer: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    """A code block; the built-in ones put attributes on the inner element and name a language for colours."""
    escaped = renderer.text(tokens, idx, options, env)
    return f'<pre dir="auto"><code>{escaped}</code></pre>\n'


def _parser() -> MarkdownIt:
    limits = {"html": False, "linkify": False, "breaks": True, "maxNesting": DEEPEST_NESTING}
    parser = MarkdownIt("commonmark", limits, renderer_cls=_Renderer)
    parser.enable("strikethrough").disable("entity")
    # Judged later: the parser would leave the source of a refused link or image standing in the text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


_MARKDOWN = _parser()
_CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS,
    attributes=ALLOWED_ATTRIBUTES,
    attribute_filter=_lawful_attribute,
    tag_attribute_values=_DIRECTIONS,
    url_schemes=ALLOWED_SCHEMES,
    link_rel=LINK_REL,
)
