"""What the benchmark prints and keeps: the figures of all rounds, put together."""

import os
import platform
import statistics
from collections import Counter
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import psutil

from bench.load import Round, quantile

Figures = dict[str, float]


@dataclass
class Cell:
    """One row on one set: its rounds, each beside the round of hello that came just before it."""

    rounds: list[Round] = field(default_factory=list)
    hellos: list[Round] = field(default_factory=list)

    def figures(self) -> Figures:
        """Times in milliseconds; ``share`` is the median over the rounds of this row's rate by hello's."""
        times = sorted(moment for one in self.rounds for moment in one.times)
        answers = max(1, len(times))
        return {
            "per_second": round(len(times) / sum(one.seconds for one in self.rounds), 1),
            "p50": round(quantile(times, 0.50) * 1000, 2),
            "p99": round(quantile(times, 0.99) * 1000, 2),
            "share": round(
                statistics.median(
                    one.per_second / hello.per_second
                    for one, hello in zip(self.rounds, self.hellos, strict=True)
                    if hello.times
                ),
                4,
            ),
            "kilobytes": round(sum(one.octets for one in self.rounds) / answers / 1000, 1),
            "errors": sum(self.errors().values()),
            "client_core_share": round(
                sum(one.client_cpu for one in self.rounds) / sum(one.seconds for one in self.rounds), 3
            ),
        }

    def errors(self) -> Counter[str]:
        return sum((Counter(one.errors) for one in self.rounds), Counter())


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    model = platform.machine()
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        lines = listing.read_text("utf-8").splitlines()
        model = next(
            (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model
        )
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in ("flask", "granian", "gunicorn", "sqlalchemy")},
        "load_before": round(os.getloadavg()[0], 2),
    }


def described(it: dict[str, object]) -> str:
    packages = it["packages"]
    assert isinstance(packages, dict)  # noqa: S101 - for the type checker; machine() made it
    versions = ", ".join(f"{name} {version}" for name, version in packages.items())
    return (
        f"{it['cores']} cores ({it['processor']}), {it['memory_gb']} GB, Python {it['python']}, {versions}; "
        f"load average before: {it['load_before']}"
    )


def growth(small: Figures, large: Figures) -> float:
    """Median time of a request on the large set by that on the small one."""
    return round(large["p50"] / small["p50"], 2) if small["p50"] else 0.0


def seconds(rows: dict[str, float]) -> list[str]:
    """The lines of a table of their own, and an empty one after them; none for no rows."""
    lines = [f"| {name} | {value:.2f} |" for name, value in rows.items()]
    return ["| row | seconds |", "| --- | ---: |", *lines, ""] if lines else []


def markdown(rows: dict[str, dict[str, Figures]], sets: list[str]) -> str:
    """The table; the columns of a set repeat, and growth stands at the end when there are two."""
    words = ("req/s", "p50 ms", "p99 ms", "of hello", "kB")
    heads = [
        "row",
        *(f"{name} {word}" for name in sets for word in words),
        *(["growth"] if len(sets) > 1 else []),
    ]
    lines = [heads, ["---", *("---:" for _ in heads[1:])]]
    for name, cells in rows.items():
        line = [name]
        for each in sets:
            it = cells[each]
            line += [f"{it['per_second']:,.0f}", f"{it['p50']:.1f}", f"{it['p99']:.1f}", f"{it['share']:.3f}"]
            line.append(f"{it['kilobytes']:.0f}")
        if len(sets) > 1:
            line.append(f"{growth(cells[sets[0]], cells[sets[1]]):.2f}")
        lines.append(line)
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
