import pytest
from markupsafe import Markup

from community.kit.stencil import Stencil, gap


def test_gaps_are_filled_with_each_readers_own_words() -> None:
    page = Stencil(f"<b>{gap('name')}</b><a href='/members/{gap('handle')}'>{gap('name')}</a>")
    assert page.fill(name="Lan", handle="lan") == "<b>Lan</b><a href='/members/lan'>Lan</a>"
    assert page.fill(name="Thabo", handle="thabo") == "<b>Thabo</b><a href='/members/thabo'>Thabo</a>"


def test_what_fills_a_gap_is_escaped_unless_it_is_markup() -> None:
    page = Stencil(f"{gap('name')}{gap('plate')}")
    filled = page.fill(name="<i>&", plate=Markup("<svg></svg>"))
    assert filled == "&lt;i&gt;&amp;<svg></svg>"


def test_a_filling_opens_no_gap() -> None:
    page = Stencil(f"{gap('name')}{gap('token')}")
    assert page.fill(name=str(gap("token")), token="secret") == f"{gap('token')}secret"


def test_a_gap_nobody_fills_is_an_error() -> None:
    with pytest.raises(KeyError):
        Stencil(str(gap("name"))).fill(handle="lan")
