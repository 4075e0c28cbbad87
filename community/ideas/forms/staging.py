"""The table of stages as admins fill it in: names in each language of the interface, an order, which are used."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Regexp

from community.ideas.actions.staging import Column, as_kept, print_of
from community.ideas.models import Meaning, Stage
from community.ideas.models.stage import LONGEST_STAGE_NAME, LONGEST_STAGE_SLUG
from community.ideas.processing.board import MEANINGS
from community.kit.forms import Form, TextLine, at_most, required
from community.kit.languages import INTERFACE, own_name

LAST_POSITION = 99
MOST_STAGES = 100
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class NamesForm(Form):
    """``name_<language>`` for each language of the interface."""

    def names(self) -> dict[str, str]:
        return {code: self[f"name_{code}"].data or "" for code in INTERFACE}


class StageForm(NamesForm):
    """A line of the table."""

    class Meta(Form.Meta):
        csrf = False  # the table's own form has the token

    slug = HiddenField(validators=[required(_l("Choose a stage.")), at_most(LONGEST_STAGE_SLUG)])
    position = IntegerField(
        _l("Place on the board"),
        [
            InputRequired(_l("Give a number from 1 to 99.")),
            NumberRange(1, LAST_POSITION, _l("Give a number from 1 to 99.")),
        ],
    )
    is_used = BooleanField(_l("It takes ideas"))


class StagesForm(Form):
    """``on`` is the print of the table it was drawn from."""

    on = HiddenField()
    stages = FieldList(FormField(StageForm), max_entries=MOST_STAGES)

    @classmethod
    def of(cls, stages: Sequence[Stage], names: Mapping[int, Mapping[str, str]]) -> "StagesForm":
        """Filled in with the stages as they are."""
        lines = [
            {
                "slug": one.slug,
                "position": one.position,
                "is_used": one.is_used,
                **{f"name_{code}": name for code, name in names.get(one.id, {}).items()},
            }
            for one in stages
        ]
        on = print_of(as_kept(stages, names))
        return cls(formdata=None, data={"on": on, "stages": lines})

    def stand_on(self, columns: Sequence[Column]) -> list[Column]:
        """Keep what was typed, and be sent again on top of this table; what of it was typed otherwise."""
        self.on.data = print_of(columns)
        typed = {one.slug: one for one in self.columns()}
        return [
            _differing(one, typed[one.slug])
            for one in columns
            if one.slug in typed and print_of([one]) != print_of([typed[one.slug]])
        ]

    def columns(self) -> list[Column]:
        return [
            Column(line.slug.data or "", line.position.data, bool(line.is_used.data), line.names())
            for line in (entry.form for entry in self.stages)
        ]


class AddForm(NamesForm):
    slug = TextLine(
        _l("Word for its address"),
        [
            required(_l("Give a word for its address.")),
            at_most(LONGEST_STAGE_SLUG),
            Regexp(SLUG, message=_l("Use small letters from a to z, digits and single hyphens.")),
        ],
    )
    meaning = SelectField(_l("What it means"))

    def offer(self) -> "AddForm":
        self.meaning.choices = [(one.value, str(words)) for one, words in MEANINGS.items()]
        return self

    @property
    def meant(self) -> Meaning:
        return Meaning(self.meaning.data)


def _differing(now: Column, typed: Column) -> Column:
    """Its English name, and the others that differ."""
    names = {
        code: name for code, name in now.names.items() if code == "en" or name != typed.names.get(code, "")
    }
    return replace(now, names=names)


for _code in INTERFACE:
    setattr(
        NamesForm,
        f"name_{_code}",
        TextLine(_l("Name (%(language)s)", language=own_name(_code)), [at_most(LONGEST_STAGE_NAME)]),
    )
