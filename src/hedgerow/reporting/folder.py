"""A brief as a folder: one page, tidy tables and a manifest, written whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from hedgerow.errors import OutputError
from hedgerow.reporting.brief import Brief, Cell, Table
from hedgerow.reporting.html import render_html
from hedgerow.reporting.ledger.report import LedgerReport
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.studies.study import Study
from hedgerow.reporting.told import Told

MANIFEST = "manifest.json"
_PACKAGES = ("numpy", "pandas", "xarray", "altair", "vl-convert-python")


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """An empty folder near ``out`` that takes its place when the block ends well, and vanishes when it does not.

    Entered before long work starts, so that a place that cannot be written to is found out first. An earlier brief
    there is set aside until the new one is in place.

    Raises:
        OutputError: ``out`` cannot be written to, or is something other than an earlier brief.
    """
    try:
        target = out.resolve()
        _require_free(target, out)
        anchor = next(folder for folder in target.parents if folder.exists())
        partial = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=anchor))
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        yield partial
        partial.chmod(0o755)
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, partial)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _require_free(target: Path, out: Path) -> None:
    """Raise unless nothing would be lost by putting a brief at ``target``."""
    if target == Path.cwd():
        raise OutputError(f"--out: {out} is the current folder; name another one")
    if target.exists() and not (target.is_dir() and _is_brief(target)):
        raise OutputError(f"--out: {out} exists and is no earlier brief; name another folder")


def _is_brief(folder: Path) -> bool:
    """Whether a folder is empty, or holds a manifest of ours and no file that the manifest does not list."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    if not found:
        return True
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return "hedgerow" in manifest and found <= {MANIFEST, *manifest["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _replace(target: Path, partial: Path) -> None:
    """Put ``partial`` where ``target`` is; the old folder comes back if that fails."""
    if not target.exists():
        partial.rename(target)
        return
    aside = partial.with_name(f"{partial.name}.old")
    target.rename(aside)
    try:
        partial.rename(target)
    except OSError:
        aside.rename(target)
        raise
    shutil.rmtree(aside)


def _unwritable(out: Path, error: OSError) -> OutputError:
    return OutputError(f"--out: cannot write {out}: {error.strerror}; name a folder you may write to")


def write_brief(brief: Brief | PlanReport | Study, folder: Path) -> None:
    """Write the page and the JSON under the verb's name, ``tables/*.csv`` with a codebook, ``manifest.json``."""
    name = brief.verb.value if isinstance(brief, Study) else "brief" if isinstance(brief, Brief) else "plan"
    files = {f"{name}.html": render_html(brief), f"{name}.json": brief.model_dump_json(indent=1) + "\n"}
    files |= _tables(brief.tables)
    write_files(brief, {name: text.encode() for name, text in files.items()}, folder)


def write_ledger_page(report: LedgerReport, folder: Path) -> None:
    """Write ``ledger.html``, ``ledger.json``, ``tables/*.csv`` with a codebook, and ``manifest.json``."""
    files = {"ledger.html": render_html(report), "ledger.json": report.model_dump_json(indent=1) + "\n"}
    files |= _tables(report.tables)
    write_files(report, {name: text.encode() for name, text in files.items()}, folder, heads=report.heads)


def _tables(tables: tuple[Table, ...]) -> dict[str, str]:
    """Every table as CSV, and the codebook of all of them."""
    files = {f"tables/{table.id}.csv": csv_text([c.id for c in table.columns], table.rows) for table in tables}
    return {**files, "tables/columns.csv": _codebook(tables)}


def write_files(told: Told | LedgerReport, files: Mapping[str, bytes], folder: Path, **more: object) -> None:
    """Write files and the ``manifest.json`` that lists them; ``more`` goes into the manifest."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    manifest = {**_manifest(told, files), **more}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def csv_text(header: list[str], rows: tuple[tuple[Cell, ...], ...]) -> str:
    """Comma-separated text; what is missing is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()


def _codebook(tables: tuple[Table, ...]) -> str:
    """Unit, status and title of every column of every table."""
    rows = tuple(
        (table.id, column.id, column.title, column.unit, column.status.value if column.status else "")
        for table in tables
        for column in table.columns
    )
    return csv_text(["table", "column", "title", "unit", "status"], rows)


def _manifest(told: Told | LedgerReport, files: Mapping[str, bytes]) -> dict[str, object]:
    """What was run, on what, with what result: enough to run it again and compare."""
    return {
        "command": told.command,
        "hedgerow": told.version,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
        **({} if isinstance(told, LedgerReport) else _solved(told)),
        "sources": [source.model_dump() for source in told.sources],
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }


def _solved(told: Told) -> dict[str, object]:
    return {"world": told.world.model_dump(), "solver": told.solver.model_dump()}
