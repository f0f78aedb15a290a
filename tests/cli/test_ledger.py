"""``hedgerow ledger``: prints, writes, refuses in lines that help, and answers with its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Command
from tests.cli.test_refusals import require_one_line
from tests.ledger.cases import CASE, changed
from tools.build_schema import CONTRACTS, schema_text

VERDICT = (
    "water",
    "access-2023",
    "--level",
    "independent",
    "--by",
    "University",
    "--evidence",
    "https://example.org/u",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the case in it and the index beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="own")
def entered(hedgerow: Command) -> Command:
    """The command line, with a ledger that holds the case."""
    assert hedgerow("ledger", "add", "case.toml", "--ledger", "own").code == 0
    return hedgerow


@pytest.mark.parametrize("words", [("list",), ("show", "water"), ("status",), ("status", "water"), ("score",)], ids=str)
def test_json_fits_the_schema_and_its_command_makes_it_again(words: tuple[str, ...], own: Command) -> None:
    found = own("ledger", *words, "--ledger", "own", "--json")
    assert (found.code, found.err) == (0, "")
    report = json.loads(found.out)
    jsonschema.validate(report, json.loads(schema_text(CONTRACTS["ledger"])))
    assert report == json.loads(own(*report["command"].split()[1:], "--json").out)


@pytest.mark.parametrize(
    ("contract", "words"),
    [
        ("ledger-check", ("check", "--ledger", "own")),
        ("ledger-added", ("add", "case.toml", "--ledger", "new")),
        ("ledger-added", ("verify", *VERDICT, "--ledger", "own")),
        ("ledger-added", ("import", "all.json", "--ledger", "new")),
    ],
    ids=str,
)
def test_json_of_what_writes_and_checks(contract: str, words: tuple[str, ...], own: Command, folder: Path) -> None:
    assert own("ledger", "export", "all.json", "--ledger", "own").code == 0
    export = json.loads((folder / "all.json").read_text(encoding="utf-8"))
    jsonschema.validate(export, json.loads(schema_text(CONTRACTS["ledger-export"])))
    found = own("ledger", *words, "--json")
    assert (found.code, found.err) == (0, "")
    jsonschema.validate(json.loads(found.out), json.loads(schema_text(CONTRACTS[contract])))


def test_every_entry_fits_its_schema(own: Command, folder: Path) -> None:
    paths = list((folder / "own").rglob("*.json"))
    assert len(paths) == 6
    for path in paths:
        jsonschema.validate(json.loads(path.read_text("utf-8")), json.loads(schema_text(CONTRACTS["ledger-entry"])))


def test_a_verdict_lifts_the_evidence_and_a_no_sinks_it(own: Command) -> None:
    def evidence() -> str:
        report = json.loads(own("ledger", "status", "--ledger", "own", "--json").out)
        (table,) = report["tables"]
        place = [column["id"] for column in table["columns"]].index("evidence")
        return str(table["rows"][0][place])

    assert evidence() == "audited"
    assert own("ledger", "verify", *VERDICT, "--ledger", "own").code == 0
    assert evidence() == "independent"
    assert own("ledger", "verify", *VERDICT, "--refute", "--id", "no", "--ledger", "own").code == 0
    assert evidence() == "claimed, disputed"


def test_the_hash_of_the_evidence_is_recorded(own: Command, folder: Path) -> None:
    (folder / "audit.pdf").write_bytes(b"abc")
    added = json.loads(own("ledger", "verify", *VERDICT, "--file", "audit.pdf", "--ledger", "own", "--json").out)
    entry = json.loads((folder / "own" / added["entries"][0]["file"]).read_text(encoding="utf-8"))
    assert entry["record"]["sha256"] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "FIPS 180-2"


def test_a_damaged_ledger_fails_its_check(own: Command, folder: Path) -> None:
    assert own("ledger", "check", "--ledger", "own").code == 0
    path = next((folder / "own" / "water").glob("000004-*"))
    path.write_bytes(path.read_bytes().replace(b"61.0", b"71.0"))
    found = own("ledger", "check", "--ledger", "own")
    assert found.code == 1
    assert f"water/{path.name}:1: its bytes have changed" in found.out
    refused = own("ledger", "status", "--ledger", "own")
    assert (refused.code, refused.out) == (2, "")


def test_the_page_is_a_folder(own: Command, folder: Path) -> None:
    found = own("ledger", "show", "water", "--ledger", "own", "--out", "page")
    assert found.code == 0
    page = (folder / "page" / "ledger.html").read_text(encoding="utf-8")
    for words in (
        "Water Compact",
        "Pump Works",
        "https://example.org/audit",
        "Audit House",
        "<svg",
        "find nothing wrong",
    ):
        assert words in page
    assert {path.name for path in (folder / "page" / "tables").iterdir()} >= {
        "progress.csv",
        "members.csv",
        "journal.csv",
    }
    assert own("ledger", "show", "water", "--ledger", "own", "--out", "page").code == 0, "an earlier page is replaced"


def test_every_mistake_of_a_file_is_told_and_nothing_written(hedgerow: Command, folder: Path) -> None:
    text = changed(changed(CASE, 'unit = "per cent"\n', ""), 'by = "pumps"', 'by = "nobody"')
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    found = hedgerow("ledger", "add", "wrong.toml", "--ledger", "own")
    assert (found.code, found.out) == (2, "")
    assert len(found.err.splitlines()) == 2
    assert all(line.startswith("hedgerow: wrong.toml:") for line in found.err.splitlines())
    assert not (folder / "own").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "case.toml"), ("--ledger", "read-only", "a folder of your own")),
        (("verify", *VERDICT), ("--ledger", "read-only")),
        (("import", "all.json"), ("--ledger", "read-only")),
        (("add", "nowhere.toml", "--ledger", "own"), ("FILE", "nowhere.toml")),
        (("show", "watr", "--ledger", "own"), ("PARTNERSHIP", "did you mean 'water'?")),
        (("status", "--ledger", "nowhere"), ("--ledger", "nowhere", "makes one")),
        (("status", "--as-of", "May"), ("--as-of", "2026-01-31")),
        (
            ("verify", "water", "acces-2023", *VERDICT[2:], "--ledger", "own"),
            ("outcome", "did you mean 'access-2023'?"),
        ),
        (("verify", *VERDICT[:-1], "the file", "--ledger", "own"), ("evidence", "is no link")),
        (("verify", *VERDICT, "--on", "2023-01-01", "--ledger", "own"), ("date", "before the outcome's own day")),
        (("verify", *VERDICT, "--file", "nowhere", "--ledger", "own"), ("--file", "nowhere")),
        (("export", "all.xlsx", "--ledger", "own"), ("FILE", ".csv, .json, .parquet")),
        (("export", "nowhere/all.csv", "--ledger", "own"), ("FILE", "cannot write")),
        (("import", "case.toml", "--ledger", "new"), ("FILE", ".json or .csv")),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_one_line(
    words: tuple[str, ...], said: tuple[str, ...], own: Command
) -> None:
    require_one_line(own("ledger", *words), *said)
