"""The folder of a brief: whole or not at all, and never at the cost of what was there."""

from __future__ import annotations

import csv
import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import jsonschema
import pytest

from hedgerow.reporting.brief import Brief, Cell
from hedgerow.reporting.folder import MANIFEST
from tests.cli.conftest import Command, Runs, contents

USA = ("--power", "USA")
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "brief.schema.json"
LARGEST_PAGE = 1_500_000
"""Bytes that still go by e-mail."""


def made(runs: Runs) -> Brief:
    return Brief.model_validate_json((runs.first / "brief.json").read_bytes())


def text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def test_a_run_ends_well_and_says_nothing_on_the_way_into_a_pipe(runs: Runs) -> None:
    for outcome in (runs.text, runs.json):
        assert outcome.code == 0, outcome.err
        assert outcome.err == "", "no progress, no warning"
    assert "first/brief.html" in runs.text.out.replace("\\", "/")
    for sentence in made(runs).bottom_line:
        assert " ".join(sentence.split()) in " ".join(runs.text.out.split())


def test_two_runs_give_the_same_bytes(runs: Runs) -> None:
    first, second = contents(runs.first), contents(runs.second)
    assert first.keys() == second.keys()
    for name in first.keys() - {MANIFEST}:
        assert first[name] == second[name], name


def test_json_goes_to_stdout_alone_and_fits_the_published_schema(runs: Runs) -> None:
    assert runs.json.out.encode() == (runs.second / "brief.json").read_bytes()
    jsonschema.validate(json.loads(runs.json.out), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_folder_holds_the_page_the_tables_their_codebook_and_a_manifest(runs: Runs) -> None:
    tables = {f"tables/{table.id}.csv" for table in made(runs).tables}
    expected = {"brief.html", "brief.json", MANIFEST, "tables", "tables/columns.csv"} | tables
    assert set(contents(runs.first)) == expected
    page = (runs.first / "brief.html").read_text(encoding="utf-8")
    assert 10_000 < len(page.encode()) < LARGEST_PAGE
    assert page.rstrip().endswith("</html>")
    assert [p.name for p in runs.first.parent.iterdir() if p.name.startswith(".")] == [], "no partial folder is left"
    assert runs.first.stat().st_mode & 0o777 == 0o755


def test_the_manifest_lists_every_file_with_its_checksum(runs: Runs) -> None:
    manifest = json.loads((runs.first / MANIFEST).read_text(encoding="utf-8"))
    held = {name: content for name, content in contents(runs.first).items() if content is not None}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in held.items() if name != MANIFEST}
    assert manifest["files"] == digests
    assert manifest["command"] == made(runs).command
    assert manifest["world"]["sha256"] == made(runs).world.sha256


def test_files_hold_the_rows_of_the_brief_with_every_digit(runs: Runs) -> None:
    for table in made(runs).tables:
        with (runs.first / "tables" / f"{table.id}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert header == [column.id for column in table.columns]
        assert rows == [[text(cell) for cell in row] for row in table.rows], table.id
        for row, cells in zip(rows, table.rows, strict=True):
            for written, cell in zip(row, cells, strict=True):
                assert not isinstance(cell, float) or float(written) == cell


def test_the_codebook_covers_every_column_once(runs: Runs) -> None:
    with (runs.first / "tables" / "columns.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["table"], row["column"]): row for row in csv.DictReader(file)}
    columns = [(table, column) for table in made(runs).tables for column in table.columns]
    assert set(rows) == {(table.id, column.id) for table, column in columns}
    assert len(rows) == len(columns)
    for table, column in columns:
        row = rows[table.id, column.id]
        assert (row["title"], row["unit"], row["status"]) == (column.title, column.unit, column.status or "")


@pytest.mark.usefixtures("solved")
def test_a_second_run_replaces_an_earlier_brief(hedgerow: Command, tmp_path: Path) -> None:
    assert hedgerow("brief", "CAN", *USA).code == 0
    (folder,) = tmp_path.iterdir()
    assert folder.name == "brief-CAN-USA"
    fresh = contents(folder)
    (folder / "brief.html").write_text("stale", encoding="utf-8")
    assert hedgerow("brief", "CAN", *USA).code == 0
    assert list(tmp_path.iterdir()) == [folder]
    again = contents(folder)
    assert again.keys() == fresh.keys()
    assert all(again[name] == fresh[name] for name in fresh.keys() - {MANIFEST})


@pytest.mark.usefixtures("solved")
def test_json_writes_no_folder_and_an_empty_folder_is_taken(hedgerow: Command, tmp_path: Path) -> None:
    printed = hedgerow("brief", "CAN", *USA, "--json")
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out)["actor"]["code"] == "CAN"
    assert contents(tmp_path) == {}
    (tmp_path / "empty").mkdir()
    assert hedgerow("brief", "CAN", *USA, "--out", "empty").code == 0
    assert (tmp_path / "empty" / "brief.html").is_file()


def stop(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


def crash(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("the page would not render")


def full(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("half", ["exposure.exposure", "partnerships.partnerships"])
def test_an_interrupt_while_solving_leaves_no_folder(
    half: str, hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"hedgerow.planning.{half}", stop)
    stopped = hedgerow("brief", "CAN", *USA)
    assert (stopped.code, stopped.out) == (130, "")
    assert "Traceback" not in stopped.err
    assert contents(tmp_path) == {}


def test_an_interrupt_is_said_in_one_line(hedgerow: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hedgerow.planning.exposure.exposure", stop)
    assert len(hedgerow("brief", "CAN", *USA).err.splitlines()) == 1


def test_a_real_interrupt_of_a_process_leaves_no_folder(tmp_path: Path) -> None:
    """The signal is sent as soon as the partial folder shows that the work has begun."""
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from hedgerow.cli.main import main; main(['brief', 'CAN', '--power', 'USA'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    patience = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < patience and process.poll() is None:
        time.sleep(0.01)
    assert [p.name.startswith(".brief-CAN-USA.") for p in tmp_path.iterdir()] == [True]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert contents(tmp_path) == {}


@pytest.mark.usefixtures("solved")
@pytest.mark.parametrize("failure", [stop, crash, full])
def test_a_failure_while_writing_leaves_an_earlier_brief_intact(
    failure: object, hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = tmp_path / "brief-CAN-USA"
    earlier.mkdir()
    (earlier / MANIFEST).write_text(json.dumps({"hedgerow": "0", "files": {"brief.html": ""}}), encoding="utf-8")
    (earlier / "brief.html").write_text("earlier", encoding="utf-8")
    before = contents(tmp_path)
    monkeypatch.setattr("hedgerow.reporting.folder.render_html", failure)
    if failure is crash:
        with pytest.raises(RuntimeError):
            hedgerow("brief", "CAN", *USA)
    else:
        ended = hedgerow("brief", "CAN", *USA)
        assert ended.code == (130 if failure is stop else 2)
        assert len(ended.err.splitlines()) <= 1
    assert contents(tmp_path) == before


@pytest.mark.usefixtures("solved")
def test_a_folder_with_somebody_elses_manifest_is_left_alone(hedgerow: Command, tmp_path: Path) -> None:
    other = tmp_path / "site"
    other.mkdir()
    (other / MANIFEST).write_text('{"name": "a web application"}', encoding="utf-8")
    (other / "precious.txt").write_text("not ours", encoding="utf-8")
    before = contents(tmp_path)
    assert hedgerow("brief", "CAN", *USA, "--out", "site").code == 2
    assert contents(tmp_path) == before


@pytest.mark.usefixtures("solved")
def test_a_brief_of_the_folder_one_stands_in_is_replaced_or_left_alone(
    hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hedgerow("brief", "CAN", *USA).code == 0
    before = contents(tmp_path)
    monkeypatch.chdir(tmp_path / "brief-CAN-USA")
    hedgerow("brief", "CAN", *USA, "--out", ".")
    assert contents(tmp_path).keys() == before.keys()


@pytest.mark.usefixtures("solved")
def test_a_failure_of_the_last_step_leaves_an_earlier_brief_intact(
    hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hedgerow("brief", "CAN", *USA).code == 0
    before = contents(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", full)
        patch.setattr(Path, "replace", full)
        patch.setattr("os.rename", full)
        patch.setattr("os.replace", full)
        assert hedgerow("brief", "CAN", *USA).code == 2
    assert contents(tmp_path) == before


@pytest.mark.usefixtures("solved")
def test_a_link_to_an_earlier_brief_is_followed_or_refused_for_a_reason(hedgerow: Command, tmp_path: Path) -> None:
    assert hedgerow("brief", "CAN", *USA).code == 0
    (tmp_path / "link").symlink_to("brief-CAN-USA")
    ended = hedgerow("brief", "CAN", *USA, "--out", "link")
    assert "None" not in ended.err
    assert ended.code in (0, 2)


@pytest.mark.usefixtures("solved")
def test_a_name_too_long_for_the_disk_is_refused_in_one_line(hedgerow: Command) -> None:
    ended = hedgerow("brief", "CAN", *USA, "--out", "a" * 300)
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 1
