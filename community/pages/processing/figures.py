"""What /metrics tells: aggregates read from the database, so that every worker gives the same answer."""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from community.kit import clock, jobs
from community.moderation import queries as desk

CONTENT_TYPE = CONTENT_TYPE_LATEST


def metrics() -> bytes:
    """In the exposition format of Prometheus."""
    registry = CollectorRegistry()
    waiting, oldest = desk.backlog()
    due, failed = jobs.backlog()
    age = (clock.now() - oldest).total_seconds() if oldest else 0.0
    for name, words, value in (
        ("community_waiting_revisions", "Revisions that wait for a moderator", waiting),
        ("community_oldest_waiting_seconds", "Age of the oldest waiting revision", age),
        ("community_jobs_due", "Jobs that are due or under way", due),
        ("community_jobs_failed", "Jobs that were given up", failed),
    ):
        Gauge(name, words, registry=registry).set(value)
    return generate_latest(registry)
