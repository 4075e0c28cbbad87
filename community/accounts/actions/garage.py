"""The garage: the vehicles a member's stories are about."""

from community.accounts import queries
from community.accounts.models import Account, Powertrain, Vehicle
from community.kit import clock, db


def park(
    model: str, *, year: int | None, powertrain: Powertrain | None, since_year: int | None, by: Account
) -> Vehicle:
    """Put a vehicle into the member's garage; the same one is not parked twice."""
    for vehicle in queries.vehicles(by.id):
        if (vehicle.model, vehicle.year, vehicle.powertrain, vehicle.since_year) == (
            model,
            year,
            powertrain,
            since_year,
        ):
            return vehicle
    vehicle = Vehicle(
        account_id=by.id,
        model=model,
        year=year,
        powertrain=powertrain,
        since_year=since_year,
        created_at=clock.now(),
    )
    db.session.add(vehicle)
    db.session.flush()
    return vehicle
