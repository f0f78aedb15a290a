"""A scenario as a folder: one page, every row of every table, the cubes, and a manifest."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hedgerow.data.parquet import parquet_bytes
from hedgerow.reporting.folder import csv_text, write_files
from hedgerow.reporting.html import render_html
from hedgerow.reporting.told import ScenarioReport
from hedgerow.scenarios.results import Results, Tidy, cubes


def write_scenario(report: ScenarioReport, found: Results, folder: Path) -> None:
    """Write ``scenario.html``, ``scenario.json``, ``tables/`` as CSV and Parquet, ``cubes.nc`` and the manifest."""
    files = {
        "scenario.html": render_html(report).encode(),
        "scenario.json": (report.model_dump_json(indent=1) + "\n").encode(),
        "tables/columns.csv": _codebook(found.tables).encode(),
    }
    for tidy in found.tables:
        frame = tidy.frame[[*tidy.labels, *(measure.id for measure in tidy.measures)]]
        files[f"tables/{tidy.id}.csv"] = frame.to_csv(index=False, lineterminator="\n").encode()
        files[f"tables/{tidy.id}.parquet"] = parquet_bytes(frame)
    files["cubes.nc"] = _netcdf(found)
    write_files(report, files, folder, scenario=report.scenario.model_dump(mode="json"))


def _codebook(tables: tuple[Tidy, ...]) -> str:
    """Unit, status, title and formula of every column of every table."""
    rows = tuple(
        (table.id, measure.id, measure.title, measure.unit, measure.status.value, table.formula)
        for table in tables
        for measure in table.measures
    )
    return csv_text(["table", "column", "title", "unit", "status", "formula"], rows)


def _netcdf(found: Results) -> bytes:
    """The labelled arrays in the classic format that every reader knows."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "cubes.nc"
        cubes(found.equilibrium).to_netcdf(path, engine="scipy")
        return path.read_bytes()
