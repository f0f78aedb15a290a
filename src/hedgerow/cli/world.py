"""``hedgerow world``."""

from __future__ import annotations

import json as json_text
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from hedgerow.cli.console import console

Json = Annotated[bool, Parameter(negative=(), help="Print JSON.")]


def list_worlds(*, json: Json = False) -> None:
    """The worlds at hand."""
    from hedgerow.world.io import DEFAULT_WORLD, WORLDS, load

    rows = [
        {
            "id": known.id,
            "year": load(known.id).year,
            "actors": len(load(known.id).actors),
            "sectors": len(load(known.id).sectors),
            "default": known.id == DEFAULT_WORLD,
            "reading": known.reading,
        }
        for known in WORLDS
    ]
    if json:
        _print_json(rows)
        return
    _print_table(rows)


def show_world(name: str, /, *, json: Json = False) -> None:
    """What a world holds and where it came from.

    Parameters
    ----------
    name
        A world of `hedgerow world list`, or the folder of your own.
    """
    from hedgerow.data.registry import cited
    from hedgerow.world.io import load

    world = load(name)
    described = {
        "id": world.id,
        "title": world.title,
        "year": world.year,
        "sha256": world.checksum,
        "actors": {a.iso3: a.name for a in world.actors},
        "sectors": {s.id: s.title for s in world.sectors},
        "layers": {
            n: {
                "dims": list(layer.variable.dims),
                "unit": layer.variable.unit,
                "meaning": layer.variable.meaning,
                "status": layer.origin.status.value,
                "sources": list(layer.origin.sources),
                "method": layer.origin.method,
            }
            for n, layer in world.layers.items()
        },
        "partnerships": [
            {
                "id": p.id,
                "title": p.title,
                "kind": p.kind.value,
                "since": p.since.isoformat(),
                "members": list(p.members),
            }
            for p in world.partnerships
        ],
        "sources": {s.id: f"{s.citation} {s.licence}." for s in cited(world.source_ids)},
    }
    if json:
        _print_json(described)
        return
    console = Console()
    console.print(f"[bold]{world.title}[/bold]\nworld {world.id}, sha256 {world.checksum}\n", highlight=False)
    console.print(f"Actors ({len(world.actors)}): {', '.join(world.codes)}\n", highlight=False)
    _print_table([{"sector": s.id, "title": s.title, "goods": s.goods} for s in world.sectors])
    _print_table([{"layer": n, "unit": x["unit"], "status": x["status"], "how": x["method"]}
                  for n, x in described["layers"].items()])  # type: ignore[attr-defined]  # fmt: skip
    _print_table([{"agreement": p.title, "since": p.since.isoformat()} for p in world.partnerships])
    for citation in described["sources"].values():  # type: ignore[attr-defined]
        console.print(citation, highlight=False)


def check_world(name: str, /, *, json: Json = False) -> None:
    """Whether a world is intact and adds up; exit code 1 where it does not.

    Parameters
    ----------
    name
        A world of `hedgerow world list`, or the folder of your own.
    """
    from hedgerow.world.checks import check
    from hedgerow.world.io import load

    findings = check(load(name))
    rows = [{"check": f.check, "passed": f.passed, "found": f.found} for f in findings]
    if json:
        _print_json(rows)
    else:
        _print_table([row for row, f in zip(rows, findings, strict=True) if f.promised])
        if measured := sum(not f.promised for f in findings):
            sys.stdout.write(f"{measured} more measurements without a limit: --json prints them\n")
    if not all(f.passed for f in findings):
        sys.exit(1)


@Parameter(name="*")
@dataclass(frozen=True)
class Own:
    """What a world of the user's own is made from."""

    format: Annotated[str | None, Parameter(name="--from")] = None
    """Format of the file: icio, wiod2016, baci, itpds or tidy."""
    year: int | None = None
    """Year to read, where the file does not say it or holds several."""
    inputs: Path | None = None
    """With tidy: CSV of actor, input, sector, value in MUSD."""
    population: Path | None = None
    """CSV of actor, population in persons; goes before the World Bank's."""
    gdp: Path | None = None
    """With baci: CSV of actor, gdp in MUSD; goes before the World Bank's."""


NOT_OWN = Own()


def build_world(name: str, /, *, raw: Path | None = None, own: Own = NOT_OWN, out: Path | None = None) -> None:
    """Make a world: from a file of your own with --from, or an embedded one again from raw files with --raw.

    Parameters
    ----------
    name
        With --from the file to read, else the world to build.
    raw
        The folder that holds the publishers' raw files of an embedded world.
    out
        The folder to write, whose name becomes the world's; for an embedded world that of this installation by default.
    """
    from hedgerow.errors import RequestError
    from hedgerow.planning.reconstruction import welfare_effects
    from hedgerow.world.builders import build, build_from
    from hedgerow.world.own import OwnFiles

    if own.format is None:
        if raw is None:
            raise RequestError("--raw: name the folder of raw files, or --from with the format of your own file")
        if own != NOT_OWN:
            raise RequestError("--from: year, inputs, population and gdp go with a file of your own; name its format")
        folder = build(name, raw=raw, out=out, welfare=welfare_effects)
        sys.stdout.write(f"{name} written to {folder}\n")
        return
    if raw is not None:
        raise RequestError("--raw: a file of your own needs none; it is for the worlds that ship")
    if out is None:
        raise RequestError("--out: name the folder of the new world")
    files = OwnFiles(own.format, Path(name), own.year, own.inputs, own.population, own.gdp)
    folder = build_from(files, out=out)
    sys.stdout.write(f"world written to {folder}; name it with --world {folder}\n")


def _print_json(content: object) -> None:
    sys.stdout.write(json_text.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _print_table(rows: list[dict[str, object]]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 1), pad_edge=False)
    for column in rows[0]:
        table.add_column(column)
    for row in rows:
        table.add_row(*({True: "yes", False: "no"}[v] if isinstance(v, bool) else str(v) for v in row.values()))
    screen = console()
    screen.print(table, highlight=False)
    screen.print()
