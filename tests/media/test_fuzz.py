"""Ten thousand mutated files: each ends as facts or as a refusal, and nothing else."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from community.config import ROOT
from community.media.processing import sandbox
from community.media.processing.outcomes import Refusal, Refused
from tests.media import corpus

pytestmark = pytest.mark.fault
BATCHES, IN_A_BATCH = 4, 2_500
ALONE, AT_ONCE = 300, 30
VERDICTS = {"whole", *Refusal}
MOST_CRASHES = 3
"""In a batch. The decoders are other people's, and the sandbox is there for their faults; many would be a new one."""


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bases")
    for number, data in enumerate(corpus.seeds()):
        (folder / f"base-{number:02d}").write_bytes(data)
    return folder


def read(bases: Path, seed: int) -> Iterator[tuple[int, str]]:
    """(number, verdict) of each file; after one that ended its reader, another reader goes on with the next."""
    number, words = 0, [sys.executable, "-m", "tests.media.batch", str(bases), str(seed)]
    while number < IN_A_BATCH:
        done = subprocess.run(
            [*words, str(number), str(IN_A_BATCH)],
            cwd=ROOT,
            env={"MALLOC_ARENA_MAX": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        for line in done.stdout.splitlines():
            said, _, verdict = line.partition(" ")
            assert int(said) == number
            yield number, verdict
            number += 1
        if number < IN_A_BATCH:
            assert done.returncode < 0, done.returncode
            yield number, "crash"
            number += 1


def nth(number: int, seed: int) -> bytes:
    return list(corpus.mutations(corpus.seeds(), seed, number + 1))[number]


@pytest.mark.parametrize("seed", range(BATCHES))
def test_every_mutated_file_is_read_or_refused(seed: int, bases: Path, tmp_path: Path) -> None:
    found = dict(read(bases, seed))
    counted = Counter(found.values())
    assert len(found) == IN_A_BATCH
    assert {verdict for verdict in counted if verdict not in VERDICTS} <= {"crash"}
    assert counted["crash"] <= MOST_CRASHES
    # Of both enough, or the mutations are of no use.
    assert counted["whole"] > IN_A_BATCH // 20
    assert counted["broken"] > IN_A_BATCH // 20
    for number in (number for number, verdict in found.items() if verdict == "crash"):
        source, made = tmp_path / f"{number}", tmp_path / f"made-{number}"
        source.write_bytes(nth(number, seed))
        made.mkdir()
        with pytest.raises(Refused):
            sandbox.work(source, [], made)


@pytest.mark.parametrize("first", range(0, ALONE, AT_ONCE))
def test_a_mutated_file_alone_leaves_facts_or_a_refusal(first: int, tmp_path: Path) -> None:
    source, ended = tmp_path / "source", 0
    for number, data in enumerate(corpus.mutations(corpus.seeds(), 1_000 + first, AT_ONCE)):
        made = tmp_path / f"made-{number}"
        made.mkdir()
        source.write_bytes(data)
        try:
            facts = sandbox.work(source, [], made)
        except Refused as refusal:
            ended += refusal.reason in Refusal
        else:
            ended += all((made / file.name).stat().st_size == file.bytes for file in facts.files)
    assert ended == AT_ONCE
