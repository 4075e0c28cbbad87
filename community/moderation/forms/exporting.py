"""From when to when: the days an export covers, both of them included."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField
from wtforms.validators import Optional

from community.kit.forms import Form

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


class PeriodForm(Form):
    """Reads ``?from=YYYY-MM-DD&to=YYYY-MM-DD``, days of UTC; one that is not given leaves that side open."""

    class Meta(Form.Meta):
        csrf = False

    since = DateField(_l("From"), [Optional()], name="from")
    until = DateField(_l("To, that day included"), [Optional()], name="to")

    def __init__(self, args: MultiDict[str, str], **kwargs: Any) -> None:
        super().__init__(formdata=args, **kwargs)

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        for field in (self.since, self.until):
            if field.data and not FIRST <= field.data <= LAST:
                field.errors = [str(_l("This day is too far away."))]
                is_good = False
        if is_good and self.since.data and self.until.data and self.until.data < self.since.data:
            self.until.errors = [str(_l("This is before the first day."))]
            return False
        return is_good

    def period(self) -> tuple[datetime | None, datetime | None]:
        """From this moment on, and before that one."""
        until = self.until.data + timedelta(days=1) if self.until.data else None
        return _midnight(self.since.data), _midnight(until)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
