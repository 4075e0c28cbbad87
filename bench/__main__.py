"""``python -m bench``: fills or reuses the sets, runs the rounds, prints the table and keeps the figures as JSON."""

import argparse
import json
import statistics
import sys
from contextlib import ExitStack
from pathlib import Path

from bench import pictures, servers, sets, table
from bench.load import Load, Round, quantile
from bench.rows import ROWS, Desk
from bench.visitor import Unexpected, Visitor

README = Path(__file__).with_name("README.md")
MARKER = "<!-- table -->"
JPEG = "12-megapixel JPEG to all sizes, one core"
Cells = dict[str, dict[str, table.Cell]]


def main() -> int:
    chosen = _arguments()
    sizes = [sets.SMALL] if chosen.small_only else [sets.SMALL, sets.LARGE]
    engine: sets.Engine = sets.Postgres() if chosen.postgres else sets.Sqlite()
    machine = table.machine()
    try:
        seconds = _worked(chosen)  # while no server is beside it
        databases = {size.name: _filled(engine, size, fresh=chosen.fresh) for size in sizes}
        measured = _measure(databases, chosen)
    except (servers.NotStarted, Unexpected) as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 1
    result = {"machine": machine, "arguments": vars(chosen), "database": engine.name, **measured}
    result["seconds"] = seconds
    result["sets"] = {
        name: {"fill_seconds": one.seconds, "megabytes": one.megabytes} for name, one in databases.items()
    }
    text = _text(result)
    print(text)
    _keep(result, text, record=chosen.record)
    return 1 if result["errors"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    add = parser.add_argument
    add("--small-only", action="store_true", help="leave the large set out (its filling takes minutes)")
    add("--seconds", type=float, default=3.0, help="length of one round (3)")
    add("--rounds", type=int, default=3, help="rounds of each row (3)")
    add("--workers", type=int, default=2, help="workers of each server (2)")
    add("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    add("--fresh", action="store_true", help="fill the sets anew")
    add("--only", default="", help="only rows whose name holds this")
    add("--record", action="store_true", help="put the table into bench/README.md")
    return parser.parse_args()


def _filled(engine: sets.Engine, size: sets.Size, *, fresh: bool) -> sets.Filled:
    _progress(f"{size.name} set: {size.stories:,} stories, {size.comments:,} comments")
    return sets.filled(engine, size, fresh=fresh)


def _worked(chosen: argparse.Namespace) -> dict[str, float]:
    """Rows that ask no server: seconds of one core."""
    if chosen.only not in JPEG:
        return {}
    _progress(JPEG)
    return {JPEG: round(pictures.row(chosen.rounds), 2)}


def _measure(databases: dict[str, sets.Filled], chosen: argparse.Namespace) -> dict[str, object]:
    """All servers stand side by side, idle but for the one under load, so that each ratio is of neighbours in time."""
    with ExitStack() as stack:
        hello = stack.enter_context(servers.hello(chosen.workers))
        products = {
            name: stack.enter_context(servers.product(name, one.url, chosen.workers))
            for name, one in databases.items()
        }
        asked = Visitor(hello.address).request("GET", "/")
        yardstick = Load(hello.address, lambda: asked)
        yardstick.run(2.0)  # until its second worker has come up
        desks = {name: Desk(server.address, databases[name].report) for name, server in products.items()}
        cells = _rounds(yardstick, desks, chosen)
        hellos = [one for row in cells.values() for cell in row.values() for one in cell.hellos]
        hellos = hellos or [yardstick.run(chosen.seconds)]
        memory = {server.name: server.memory() for server in (hello, *products.values())}
    return {
        "hello": _hello_figures(hellos),
        "rows": {name: {each: cell.figures() for each, cell in row.items()} for name, row in cells.items()},
        "errors": {
            f"{name}, {each}": dict(cell.errors())
            for name, row in cells.items()
            for each, cell in row.items()
            if cell.errors()
        },
        "memory_mb": memory,
        "notes": {name: desk.notes for name, desk in desks.items()},
    }


def _rounds(yardstick: Load, desks: dict[str, Desk], chosen: argparse.Namespace) -> Cells:
    cells: Cells = {}
    for row in (row for row in ROWS if chosen.only in row.name):
        loads = {name: row.load(desk) for name, desk in desks.items()}
        cells[row.name] = {name: table.Cell() for name in loads}
        for number in range(chosen.rounds):
            _progress(f"{row.name}, round {number + 1} of {chosen.rounds}")
            before = yardstick.run(chosen.seconds)
            # Whoever comes second would else always be the farther from its hello.
            for name in list(loads)[:: -1 if number % 2 else 1]:
                cells[row.name][name].hellos.append(before)
                cells[row.name][name].rounds.append(loads[name].run(chosen.seconds))
    return cells


def _hello_figures(rounds: list[Round]) -> dict[str, float]:
    rates = [one.per_second for one in rounds]
    times = sorted(moment for one in rounds for moment in one.times)
    return {
        "per_second": round(statistics.median(rates), 1),
        "lowest": round(min(rates), 1),
        "highest": round(max(rates), 1),
        "p50": round(quantile(times, 0.50) * 1000, 2),
        "p99": round(quantile(times, 0.99) * 1000, 2),
        "client_ceiling": round(statistics.median(one.ceiling for one in rounds)),
        "client_core_share": round(
            sum(one.client_cpu for one in rounds) / sum(one.seconds for one in rounds), 3
        ),
    }


def _text(result: dict[str, object]) -> str:
    rows, hello, memory, filled = (result[name] for name in ("rows", "hello", "memory_mb", "sets"))
    assert isinstance(rows, dict) and isinstance(hello, dict)  # noqa: S101, PT018 - for the type checker
    assert isinstance(memory, dict) and isinstance(filled, dict)  # noqa: S101, PT018
    machine = result["machine"]
    assert isinstance(machine, dict)  # noqa: S101
    lines = [f"Measured on {table.described(machine)}; database: {result['database']}.", ""]
    lines.append(
        f"Hello under gunicorn gthread: {hello['per_second']:,.0f} req/s "
        f"({hello['lowest']:,.0f} to {hello['highest']:,.0f}), p50 {hello['p50']} ms, p99 {hello['p99']} ms; "
        f"the load alone would reach {hello['client_ceiling']:,.0f}."
    )
    lines += ["", table.markdown(rows, list(filled)), ""] if rows else [""]
    lines += table.seconds(dict(result["seconds"]))  # type: ignore[call-overload]
    for name, one in filled.items():
        lines.append(f"- {name}: filled in {one['fill_seconds']:,.0f} s, {one['megabytes']:,.0f} MB")
    for name, it in memory.items():
        lines.append(
            f"- {name}: workers {it['workers_rss']} MB resident ({it['workers_uss']} their own), "
            f"with the parent {it['all_rss']} MB ({it['all_uss']})"
        )
    lines += [f"- ERRORS {where}: {what}" for where, what in dict(result["errors"]).items()]  # type: ignore[call-overload]
    return "\n".join(lines)


def _keep(result: dict[str, object], text: str, *, record: bool) -> None:
    (servers.WORK / "result.json").write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    if record:
        before, _, after = README.read_text("utf-8").split(MARKER)
        README.write_text(f"{before}{MARKER}\n{text}\n{MARKER}{after}", "utf-8")


def _progress(words: str) -> None:
    print(f"· {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
