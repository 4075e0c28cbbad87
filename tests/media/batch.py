"""A long-lived sandboxed process that reads mutated files, one after the other: ``batch FOLDER SEED FIRST LAST``.

It has the limits of the sandbox but for the seconds, which are for all its files. FOLDER holds the bases. For each file
it says a line: its number, and the verdict, ``whole``, or what no file may bring about.
"""

import sys
import warnings
from itertools import islice
from pathlib import Path

from community.media.processing import confinement, pictures
from community.media.processing.outcomes import Refused
from tests.media import corpus

CPU_SECONDS = 120


def main(folder: str, seed: str, first: str, last: str) -> None:
    confinement.confine(CPU_SECONDS)
    warnings.simplefilter("ignore")
    bases = [file.read_bytes() for file in sorted(Path(folder).glob("base-*"))]
    source = Path(folder) / f"mutated-{seed}"
    for number, data in islice(enumerate(corpus.mutations(bases, int(seed), int(last))), int(first), None):
        source.write_bytes(data)
        print(number, _verdict(source), flush=True)


def _verdict(source: Path) -> str:
    try:
        pictures.read(source, [])
    except Refused as refusal:
        return str(refusal.reason)
    except Exception as error:  # noqa: BLE001 - it is what is looked for
        return f"{type(error).__name__}: {error}"
    return "whole"


if __name__ == "__main__":
    main(*sys.argv[1:])
