"""What other rooms may hear about spotlights."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spotlighted:
    """Everybody can read it, with the stories it has now; said again when those change."""

    spotlight_id: int


@dataclass(frozen=True)
class TakenBack:
    """Only curators see it from now on."""

    spotlight_id: int
