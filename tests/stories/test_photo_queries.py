"""Photos cost no questions, even on a page of which nothing was kept."""

import pytest

from community.kit import unit_of_work
from tests.cast import Cast, Person
from tests.conftest import As
from tests.factories.contributions import BODY, Factory, wording
from tests.factories.photos import Photos
from tests.helpers.site import Site

# As of any page (tests/journeys/test_promises.py), one look at the pulse, the languages it can be read in, and the
# ideas that came out of it.
MOST = 9


def asked(site: Site, as_: As, person: Person | None, path: str) -> int:
    """How many questions a visit after which nothing was kept asks, those to the pulse among them."""
    browser = as_(person)
    with site.writing():
        unit_of_work.public_change()
    with site.count_queries() as counted:
        assert browser.get(path).status == 200
    return counted.total


def story(make: Factory, photos: Photos, by: Person, number: int, placed: int) -> int:
    """Of ``number`` photos, the last ``placed`` of which stand in its text."""
    pictures = photos.several(by, number)
    places = "".join(f"\n\n![](photo:{picture.key})" for picture in pictures[number - placed :])
    return make.live_story(by, wording(body=BODY + places, pictures=pictures))


@pytest.mark.parametrize("who", [None, "member", "lan", "moderator"])
def test_the_worst_a_page_with_photos_asks_is_the_same_for_one_and_for_twelve(
    site: Site, cast: Cast, make: Factory, photos: Photos, as_: As, who: str | None
) -> None:
    person = getattr(cast, who) if who else None
    numbers = [story(make, photos, cast.lan, *each) for each in ((2, 1), (1, 0), (12, 0), (12, 9))]
    counts = [asked(site, as_, person, f"/stories/{number}/over-the-pass") for number in numbers]
    # The first page of all learns what topics there are.
    assert len(set(counts[1:])) == 1, counts
    assert max(counts) <= MOST + 1
