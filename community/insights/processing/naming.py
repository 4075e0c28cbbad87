"""What insights count by, in the reader's words and as addresses write it."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_skeleton
from flask_babel import gettext as _

from community.accounts import queries as accounts
from community.accounts.forms.garage import POWERTRAINS
from community.accounts.models import Powertrain
from community.contributions import queries as contributions
from community.ideas.models import Area
from community.ideas.processing.words import AREAS
from community.insights.queries.counting import Value
from community.kit import countries, i18n, languages, months

NOT_SAID = "none"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Names:
    """Of models and topics by number: what an address calls them, and what readers do."""

    models: Mapping[int, Pair]
    topics: Mapping[int, Pair]

    @classmethod
    def read(cls) -> "Names":
        """Two questions to the database."""
        topics = contributions.topics(i18n.language())
        return cls(
            {model.id: (model.slug, model.whole_name) for model in accounts.models()},
            {number: (slug, name) for number, slug, name in topics},
        )

    def of(self, by: str, value: Value) -> Pair:
        """As it is written in an address or a file, and as readers say it."""
        if value is None:
            return NOT_SAID, _("not said")
        spoken, number, words = i18n.language(), value, str(value)
        if isinstance(number, int):
            if by == "month":
                return months.written(number), month_name(number)
            known = self.models if by == "model_id" else self.topics
            return known.get(number, (str(number), _("not listed any more")))
        if by == "country":
            return words, countries.name(words, spoken)
        if by == "language":
            return words, languages.name(words, spoken)
        return words, str(POWERTRAINS[Powertrain(words)] if by == "powertrain" else AREAS[Area(words)])

    def number_of(self, by: str, slug: str) -> int | None:
        """The number of what an address calls so; None where nothing is."""
        known = self.models if by == "model_id" else self.topics
        return next((number for number, (its, _name) in known.items() if its == slug), None)


def month_name(month: int) -> str:
    """In few letters, with its year."""
    return str(format_skeleton("yMMM", months.begins(month), locale=i18n.language()))
