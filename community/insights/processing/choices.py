"""What the form of insights offers."""

from dataclasses import dataclass

from community.accounts.forms.garage import POWERTRAINS
from community.insights.processing.naming import Names
from community.kit import countries, i18n, languages

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """As addresses write it and as readers say it, in the order readers look for it."""

    countries: Choices
    models: Choices
    powertrains: Choices
    topics: Choices
    languages: Choices


def offered(names: Names) -> Offered:
    spoken = i18n.language()
    return Offered(
        countries.choices(spoken),
        list(names.models.values()),
        [(power.value, str(name)) for power, name in POWERTRAINS.items()],
        list(names.topics.values()),
        languages.labels(spoken),
    )
