"""``hedgerow world``."""

from __future__ import annotations

import json as json_text
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

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
        A world of `hedgerow world list`.
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
        A world of `hedgerow world list`.
    """
    from hedgerow.world.checks import check
    from hedgerow.world.io import load

    findings = check(load(name))
    rows = [{"check": f.check, "passed": f.passed, "found": f.found} for f in findings]
    if json:
        _print_json(rows)
    else:
        _print_table(rows)
    if not all(f.passed for f in findings):
        sys.exit(1)


def build_world(name: str, /, *, raw: Path, out: Path | None = None) -> None:
    """Make an embedded world again from the publishers' raw files.

    Parameters
    ----------
    name
        The world to build.
    raw
        The folder that holds the raw files.
    out
        Where to write the data package; the embedded folder of this installation by default.
    """
    from hedgerow.world.builders import build

    folder = build(name, raw=raw, out=out)
    sys.stdout.write(f"{name} written to {folder}\n")


def _print_json(content: object) -> None:
    sys.stdout.write(json_text.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _print_table(rows: list[dict[str, object]]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 1), pad_edge=False)
    for column in rows[0]:
        table.add_column(column)
    for row in rows:
        table.add_row(*({True: "yes", False: "no"}[v] if isinstance(v, bool) else str(v) for v in row.values()))
    console = Console()
    if not console.is_terminal:
        console = Console(width=150)
    console.print(table, highlight=False)
    console.print()
