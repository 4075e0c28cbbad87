"""The forms of a single photo."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.validators import Length, NumberRange, Optional, Regexp

from community.kit.errors import Invalid
from community.kit.forms import Form
from community.media.actions.covering import TOO_MANY
from community.media.processing import covering
from community.media.processing.areas import WHOLE, Area

NOTHING = _l("Nothing is covered yet: say where first.")
PERCENT = NumberRange(0, 100, _l("Give a number from 0 to 100."))
Place = tuple[int, int]


class AreasForm(Form):
    """``areas`` as ``covering.read`` takes them; or one area: by two ``corner``s pressed, or by numbers in percent."""

    areas = HiddenField(validators=[Length(max=covering.LONGEST_TEXT)])
    corner = HiddenField(validators=[Optional(), Regexp(r"[0-9]{1,5},[0-9]{1,5}\Z")])
    left = IntegerField(_l("From the left"), [Optional(), PERCENT])
    top = IntegerField(_l("From the top"), [Optional(), PERCENT])
    width = IntegerField(_l("Width"), [Optional(), PERCENT])
    height = IntegerField(_l("Height"), [Optional(), PERCENT])

    def chosen(self, pressed: Place | None = None) -> list[Area]:
        """``pressed`` is the opposite of ``corner``. Raises Invalid, for no area too."""
        try:
            drawn = covering.read(self.areas.data or "")
        except ValueError:
            raise Invalid({"areas": [TOO_MANY]}) from None
        found = [*drawn, *self._between(pressed), *self._typed()]
        if not found:
            raise Invalid({"areas": [NOTHING]})
        return found

    def _between(self, pressed: Place | None) -> list[Area]:
        if pressed is None or not self.corner.data:
            return []
        x, _, y = self.corner.data.partition(",")
        return covering.between((int(x), int(y)), pressed)

    def _typed(self) -> list[Area]:
        x, y, width, height = (
            (field.data or 0) * WHOLE // 100 for field in (self.left, self.top, self.width, self.height)
        )
        return covering.between((x, y), (x + width, y + height))
