"""Every text field of every form has a limit, and docs/limits.md says which."""

import re
from collections.abc import Iterator

from wtforms import HiddenField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import Length

from community.app import create_app  # its import brings every room's forms along
from community.config import ROOT
from community.kit.forms import Form
from community.kit.languages import INTERFACE

ROW = re.compile(r"^\| `(\w+\*?)` \| .* \| ([\d,]+) \|$", re.MULTILINE)


def forms(above: type[Form] = Form) -> Iterator[type[Form]]:
    for form in above.__subclasses__():
        if form.__module__.startswith("community."):
            yield form
            yield from forms(form)


def text_fields() -> Iterator[tuple[str, str, int | None]]:
    """(form, field, most); hidden fields hold what the page itself put there."""
    for form in forms():
        for name in dir(form):
            field = getattr(form, name)
            if not isinstance(field, UnboundField) or not issubclass(field.field_class, StringField):
                continue
            if issubclass(field.field_class, HiddenField):
                continue
            validators = [
                *(field.args[1] if len(field.args) > 1 else ()),
                *field.kwargs.get("validators", ()),
            ]
            most = [one.max for one in validators if isinstance(one, Length)]
            yield form.__name__, name, most[0] if most else None


def test_every_text_field_has_a_limit_and_it_is_documented() -> None:
    assert create_app.__module__ == "community.app"
    found = set(text_fields())
    assert {(form, name) for form, name, most in found if most is None} == set()
    documented = {
        (name, int(most.replace(",", "")))
        for name, most in ROW.findall((ROOT / "docs" / "limits.md").read_text("utf-8"))
    }
    language = re.compile(rf"_({'|'.join(INTERFACE)})$")
    typed = {(language.sub("_*", name), most) for _form, name, most in found}
    assert typed == documented
