from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.kit.addresses import LONGEST, same_site

HERE = "http://localhost/account/login"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/stories",
        "/stories?sort=new&after=abc",
        "/stories/1/qué-tal#comment-2",
        "/a:b",
        "/x?next=//evil",
    ],
)
def test_paths_of_this_site_are_followed(path: str) -> None:
    assert same_site(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "stories",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " /stories",
        "/stories ",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/a\\b",
        "/a\0b",
        "/\u2028/evil",
        "/" + "a" * LONGEST,
    ],
)
def test_everything_else_is_not(path: str | None) -> None:
    assert same_site(path) is None


@given(st.text(st.sampled_from("/\\:.?#@a \t\n\r\0e%2fevil[]"), max_size=12))
@example("/%2f/evil")
@example("/[")
def test_whatever_is_followed_stays_here(path: str) -> None:
    found = same_site(path)
    if found is not None:
        assert urlsplit(urljoin(HERE, found)).netloc == "localhost"
        assert not found.startswith(("//", "/\\"))
