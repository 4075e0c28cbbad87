import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from community.kit.errors import Conflict, Invalid, NotFound
from community.kit.forms import FORM_ID, Form, FormId, TextBlock, TextLine, at_most, required


class Sample(Form):
    class Meta(Form.Meta):
        csrf = False

    form_id = FormId()
    line = TextLine("Line", [required("needed"), at_most(10)])
    block = TextBlock("Block")
    plain = HiddenField()


@pytest.fixture
def app() -> Flask:
    """Forms need a request, and no database."""
    made = Flask("forms")
    made.config["SECRET_KEY"] = "x"
    Babel(made)
    return made


def filled(**fields: str) -> Sample:
    return Sample(formdata=MultiDict(fields))


def test_text_is_normalised_as_it_comes_in(app: Flask) -> None:
    with app.test_request_context():
        form = filled(line="  cafe\u0301 \t au  lait ", block="a\r\nb  \r\n\r\n")
        assert (form.line.data, form.block.data) == ("café au lait", "a\nb")


@pytest.mark.parametrize("given", ["a\0b", "a\x08b", "a\ufdd0b", "a" + "\u0301" * 20])
def test_what_cannot_be_kept_is_named_and_the_rest_comes_back(app: Flask, given: str) -> None:
    with app.test_request_context():
        form = filled(line=given)
        assert not form.validate()
        assert form.errors["line"]
        assert form.line.data is not None
        assert "a" in form.line.data
        assert "\0" not in form.line.data


def test_what_the_form_does_not_name_is_never_read(app: Flask) -> None:
    with app.test_request_context():
        form = filled(line="x", role="admin")
        assert form.validate()
        assert "role" not in form.data


def test_a_form_has_a_number_of_its_own_and_keeps_it(app: Flask) -> None:
    with app.test_request_context():
        first, second = Sample(formdata=None), Sample(formdata=None)
        assert first.form_id.data != second.form_id.data
        again = filled(line="x", form_id=str(first.form_id.data))
        assert again.validate()
        assert again.form_id.data == first.form_id.data


@pytest.mark.parametrize("number", ["", "x", "a b c d e f g h", "x" * 65, "../../../etc", "ünïcödé-id"])
def test_a_number_not_made_here_is_replaced(app: Flask, number: str) -> None:
    with app.test_request_context():
        form = filled(line="x", form_id=number)
        form.validate()
        assert FORM_ID.fullmatch(str(form.form_id.data))


def test_an_attempt_gives_what_the_action_gives(app: Flask) -> None:
    with app.test_request_context():
        assert filled(line="x").attempt(lambda: "done") == "done"


def test_a_refusal_stands_beside_its_field(app: Flask) -> None:
    def refuse() -> None:
        raise Invalid({"line": ["taken"], "elsewhere": ["and this"]})

    with app.test_request_context():
        form = filled(line="x")
        assert form.attempt(refuse) is None
        assert form.status == 422
        assert list(form.line.errors) == ["taken"]
        assert list(form.form_errors) == ["and this"]


def test_somebody_faster_is_a_conflict(app: Flask) -> None:
    def lose() -> None:
        raise Conflict("too late")

    with app.test_request_context():
        form = filled(line="x")
        assert form.attempt(lose) is None
        assert (form.status, list(form.form_errors)) == (409, ["too late"])


def test_what_does_not_exist_is_no_form_error(app: Flask) -> None:
    def miss() -> None:
        raise NotFound

    with app.test_request_context(), pytest.raises(NotFound):
        filled(line="x").attempt(miss)


def test_an_invalid_form_runs_nothing(app: Flask) -> None:
    ran: list[bool] = []
    with app.test_request_context():
        form = filled(line="x" * 11)
        assert form.attempt(lambda: ran.append(True)) is None
        assert (form.status, ran) == (422, [])
