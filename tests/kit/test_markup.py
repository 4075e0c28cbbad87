import html
from html.parser import HTMLParser

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from community.kit import markup
from tests.helpers import effort

VOID = {"br", "hr"}
RTL_STORY = "سيارتي"

# Pieces that Markdown and HTML care about, so that random text meets the parser's corners.
SYNTAX = (
    *"[]()<>!*_~`#\\\"'&;:/-+.=|\n\t \x00\ufffdabبé",
    *("\n\n", "    ", "> ", "1. ", "```", "~~~", "](", "![", "[x]: ", "<a href=", "<script>", "onerror="),
    *("javascript:", "//evil.example", "http://", "mailto:", "&#x6a;", "&colon;"),
)
syntax = st.lists(st.sampled_from(SYNTAX), max_size=40).map("".join)


class Reader(HTMLParser):
    """Reads tags as they stand, closing nothing by itself, so that what is not well-formed shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in markup.ALLOWED_TAGS
        for name, value in attrs:
            self.check_attribute(tag, name, value or "")
        if tag not in VOID:
            self.open.append(tag)

    def check_attribute(self, tag: str, name: str, value: str) -> None:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("ol", "start")} or name == "dir"
        if name == "dir":
            assert value in {"auto", "ltr", "rtl"}
        if name == "href":
            assert value.startswith(("http://", "https://", "mailto:", "/"))
            assert not value.startswith(("//", "/\\"))
        if name == "rel":
            assert value == "nofollow ugc noopener"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


@given(st.text() | syntax)
@example("> " * 40 + "a")
@example("- " * 40 + "a")
def test_nothing_outside_the_allow_list_comes_out(source: str) -> None:
    rendered = markup.render(source)
    Reader(rendered)
    assert all(link.has_attr("href") for link in BeautifulSoup(rendered, "html.parser").find_all("a"))


@given(syntax)
def test_plain_text_holds_what_the_reader_sees(source: str) -> None:
    rendered = markup.render(source)
    seen = BeautifulSoup(rendered, "html.parser").get_text()
    assert "".join(markup.plain(rendered).split()) == "".join(seen.split())


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<body onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<details open ontoggle=alert(1)>",
        "<style>@import 'http://evil.example/x.css'</style>",
        "<base href='//evil.example/'>",
        "<form action='//evil.example'><button>x</button></form>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[><img src=x onerror=alert(1)>]]>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<<script>alert(1);//<</script>",
        "<template><script>alert(1)</script></template>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](<java\\\nscript:alert(1)>)",
        "[x](\x01javascript:alert(1))",
        "[x](vbscript:msgbox(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "[x](/%09/evil.example)",
        "[x](https:evil.example)",
        "[x](https://good.example@evil.example)",
        "[x](http://[::1)",
        "![x](javascript:alert(1))",
        '![x" onerror="alert(1)](y)',
        '![x](y "z\\" onerror=\\"alert(1)")',
        "<javascript:alert(1)>",
        "<data:text/html,x>",
        '[x](https://a.example "><script>alert(1)</script>")',
        '[x](https://a.example/"onmouseover="alert(1))',
        "[x]\n\n[x]: javascript:alert(1)",
        '```"><script>alert(1)</script>\ncode\n```',
        "``` js onload=alert(1)\n</code></pre><script>alert(1)</script>\n```",
        "`<script>alert(1)</script>`",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#x202e;gpj.exe",
        "# <img src=x onerror=alert(1)>",
        "> <script>alert(1)</script>",
        "*<b onclick=alert(1)>*",
        "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    ],
)
def test_attacks_come_out_as_text(vector: str) -> None:
    rendered = markup.render(vector)
    Reader(rendered)
    soup = BeautifulSoup(rendered, "html.parser")
    assert not soup.find_all(["script", "img", "svg", "style", "iframe", "form"])
    for link in soup.find_all("a"):
        address = html.unescape(str(link["href"])).lower()
        assert "script:" not in address
        assert "//evil" not in address
    assert "\u202e" not in rendered


@pytest.mark.parametrize(
    "unit",
    [
        ">", "[", "![", "*", "*a ", "*a _b ", "~~a ", "<", "[a](", "[a](<b", "- ", "> - ", "1. ", "]", "[]", "\\",
        "<a ", "<http:", "**_", "a**b", "#\n", "a\n=\n", "[a]", "[a]: b\n", "\n", "```\n", '[a](/b "', "\t",
        "*~~_`[", "&", "[x\n",
    ],
)  # fmt: skip
def test_pathological_text_takes_work_in_proportion(unit: str) -> None:
    short, long = ((unit * size)[:size] for size in (5_000, 20_000))
    Reader(markup.render(long))
    assert effort.calls(lambda: markup.render(long)) < 5 * effort.calls(lambda: markup.render(short)) + 1_000


@pytest.mark.parametrize("unit", [">", "["])
def test_the_deepest_nesting_takes_little_work(unit: str) -> None:
    assert effort.calls(lambda: markup.render(unit * 50_000)) < 10_000_000


@pytest.mark.parametrize(
    ("source", "tag"), [("# A", "h2"), ("## A", "h3"), ("##### A", "h6"), ("###### A", "h6"), ("A\n=", "h2")]
)
def test_headings_begin_below_the_title_of_the_page(source: str, tag: str) -> None:
    assert markup.render(source) == f'<{tag} dir="auto">A</{tag}>\n'


def test_paragraphs_and_line_ends_are_kept() -> None:
    assert markup.render("a *b*\n**c** ~~d~~") == (
        '<p dir="auto">a <em>b</em><br>\n<strong>c</strong> <s>d</s></p>\n'
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x?y=1&z=2",
        "http://a.example",
        "mailto:me@a.example",
        "/stories/12#top",
        "https://münchen.example/ü",
    ],
)
def test_lawful_links_are_kept_and_marked(url: str) -> None:
    link = BeautifulSoup(markup.render(f'[here]({url} "title")'), "html.parser").a
    assert link is not None
    assert set(link.attrs) == {"href", "rel"}
    assert link["rel"] == ["nofollow", "ugc", "noopener"]


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "story.html", "#top", "?x=1", "", "javascript:1", "//a.example", "tel:1"]
)
def test_an_unlawful_link_becomes_its_label(url: str) -> None:
    assert (
        markup.render(f"see [the *place*](<{url}>) there")
        == '<p dir="auto">see the <em>place</em> there</p>\n'
    )


def test_an_unlawful_link_does_not_unmake_the_next() -> None:
    rendered = markup.render("[a](x) [b](/y) [c](z)")
    assert '<a href="/y" rel="nofollow ugc noopener">b</a> c</p>' in rendered
    Reader(rendered)


def test_an_image_becomes_its_alternative_text() -> None:
    assert markup.render("![my *old* <car>](a.jpg)") == '<p dir="auto">my old &lt;car&gt;</p>\n'


def test_an_image_inside_a_link_leaves_the_link() -> None:
    assert ">car</a>" in markup.render("[![car](a.jpg)](https://a.example)")


def test_addresses_in_plain_text_are_not_linked() -> None:
    assert "<a" not in markup.render("https://a.example and www.a.example")


def test_entities_are_shown_as_they_were_typed() -> None:
    assert markup.plain(markup.render("&#x202e; &amp; &copy;")) == "&#x202e; &amp; &copy;"


def test_code_keeps_its_lines() -> None:
    assert (
        markup.render("```python\na < b\n\n  c\n```")
        == '<pre dir="auto"><code>a &lt; b\n\n  c\n</code></pre>\n'
    )


def test_every_block_has_a_direction() -> None:
    rendered = markup.render("# a\n\nb\n\n> c\n\n- d\n\n1. e\n\n```\nf\n```")
    blocks = BeautifulSoup(rendered, "html.parser").find_all(
        ["p", "h2", "blockquote", "ul", "ol", "li", "pre"]
    )
    assert len(blocks) == 9
    assert all(block.has_attr("dir") for block in blocks)


@pytest.mark.parametrize(
    ("source", "directions"),
    [
        (f"> {RTL_STORY}", ["rtl"]),
        (f"> - {RTL_STORY}\n>\n> - car", ["rtl", "rtl", "rtl", "ltr"]),
        (f"- car\n- {RTL_STORY}", ["ltr", "ltr", "rtl"]),
        (f"1. 1998\n2. {RTL_STORY}", ["rtl", "auto", "rtl"]),
        (f"> ```\n> x\n> ```\n> {RTL_STORY}", ["ltr"]),
        (f"> **{RTL_STORY}** car", ["rtl"]),
        ("> 1998", ["auto"]),
        (f"> 1998\n\n{RTL_STORY}", ["auto"]),
    ],
)
def test_a_container_takes_the_direction_of_its_first_letter(source: str, directions: list[str]) -> None:
    containers = BeautifulSoup(markup.render(source), "html.parser").find_all(
        ["blockquote", "ul", "ol", "li"]
    )
    assert [container["dir"] for container in containers] == directions


def test_plain_text_has_a_line_for_each_block() -> None:
    rendered = markup.render("# Title\n\nOne\ntwo &\n\n- a\n- b\n\n---\n\n> c")
    assert markup.plain(rendered) == "Title\nOne\ntwo &\na\nb\nc"
