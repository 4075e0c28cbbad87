"""What was taken out of a photo, in words for its owner."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from community.kit import i18n

GONE = {
    "place": _l("where it was taken"),
    "camera": _l("which device took it"),
    "time": _l("when it was taken"),
}


def words(receipt: Mapping[str, Any], areas: int) -> str:
    """One or two sentences; what a photo did not hold is not spoken of."""
    gone = [str(said) for name, said in GONE.items() if receipt.get(name)]
    told = (
        [_("Taken out of it: %(what)s.", what=i18n.listed(gone))]
        if gone
        else [_("It held nothing about you.")]
    )
    if areas:
        told.append(ngettext("%(num)s area is covered.", "%(num)s areas are covered.", areas))
    return " ".join(told)
