"""What is kept of live stories by vehicle and model, held against the stories themselves."""

from tests.helpers.site import Site

LIVE = (
    "SELECT story.id, vehicle.id, vehicle.model_id, contribution.country, contribution.published_at FROM story"
    " JOIN contribution ON contribution.id = story.id"
    " JOIN revision ON revision.id = contribution.live_revision_id"
    " JOIN vehicle ON vehicle.id = revision.vehicle_id WHERE contribution.state = 'live' ORDER BY 1"
)
KEPT = "SELECT story_id, vehicle_id, model_id, country, published_at FROM vehicle_story ORDER BY 1"
TALLIES = "SELECT country, model_id, stories FROM model_tally WHERE stories > 0 ORDER BY 1, 2"
COUNTED = (
    "SELECT country, model_id, count(*) FROM vehicle_story WHERE model_id IS NOT NULL GROUP BY 1, 2"
    " UNION ALL SELECT '', model_id, count(*) FROM vehicle_story WHERE model_id IS NOT NULL GROUP BY 2"
    " ORDER BY 1, 2"
)


def assert_kept(site: Site) -> None:
    """Rows and tallies are what a count would find."""
    assert site.rows(KEPT) == site.rows(LIVE)
    assert sorted(site.rows(TALLIES)) == sorted(site.rows(COUNTED))
