from pathlib import Path

import pytest

from community.kit import limits
from community.kit.errors import TooMany
from community.kit.limits import FileCounter, Limit, network
from tests.helpers.clock import StillClock

THREE = Limit("test", times=3, seconds=60)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    limits.set_up(redis_url="", instance=tmp_path)
    return tmp_path / "limits.sqlite3"


def test_so_many_in_a_window_and_no_more(file: Path, clock: StillClock) -> None:
    for _ in range(3):
        limits.spend(THREE, "a")
    with pytest.raises(TooMany) as refusal:
        limits.spend(THREE, "a")
    assert refusal.value.retry_after == 60
    limits.spend(THREE, "b")


def test_the_window_moves_with_each_act(file: Path, clock: StillClock) -> None:
    for _ in range(3):
        limits.spend(THREE, "a")
        clock.advance(seconds=20)
    limits.spend(THREE, "a")
    with pytest.raises(TooMany) as refusal:
        limits.check(THREE, "a")
    assert refusal.value.retry_after == 20


def test_asking_counts_nothing(file: Path, clock: StillClock) -> None:
    for _ in range(20):
        limits.check(THREE, "a", "b")


def test_the_fullest_key_decides(file: Path, clock: StillClock) -> None:
    limits.count(THREE, "a", "a", "a")
    with pytest.raises(TooMany):
        limits.check(THREE, "b", "a")


def test_limits_do_not_mix(file: Path, clock: StillClock) -> None:
    limits.count(THREE, "a", "a", "a")
    limits.spend(Limit("another", times=1, seconds=60), "a")


def test_all_workers_count_together(file: Path, clock: StillClock) -> None:
    """Each process has a counter of its own on the one file."""
    for _ in range(3):
        FileCounter(file).add(THREE, "a")
    assert FileCounter(file).seconds_to_wait(THREE, "a") == 60


def test_what_is_over_is_forgotten(file: Path, clock: StillClock) -> None:
    counter = FileCounter(file)
    for _ in range(5):
        counter.add(THREE, "a")
        clock.advance(seconds=61)
    counter.add(THREE, "a")
    with counter._open() as connection:
        assert connection.execute("SELECT count(*) FROM hit").fetchone() == (1,)


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::1", "::/64"),
        ("nonsense", "nonsense"),
        ("", ""),
        ("x" * 500, "x" * 64),
    ],
)
def test_the_client_as_it_is_counted(address: str, counted: str) -> None:
    assert network(address) == counted
