"""What is exported comes back with the same bytes in every entry, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.data.parquet import read_parquet
from hedgerow.errors import LedgerError, RequestError
from hedgerow.ledger.exchange import COLUMNS, exported, import_entries, read_export
from hedgerow.ledger.index import items
from tests.ledger.cases import CASE, changed, entered, more
from tests.ledger.test_journal import contents

WITHDRAWAL = more('[[withdrawal]]\nid = "grants"\nof = "commitment"\nreason = "fell through"\n')


def written(ledger: Path, name: str) -> Path:
    path = ledger.parent / name
    path.write_bytes(exported(items(ledger), path.suffix[1:]))
    return path


@pytest.fixture(name="full")
def made(ledger: Path) -> Path:
    entered(ledger)
    entered(ledger, changed(changed(CASE, 'id = "water"', 'id = "rain"'), '"CAN", {', '"Côte d\'Ivoire", "CAN", {'))
    return ledger


@pytest.mark.parametrize("name", ["all.json", "all.csv"])
def test_there_and_back(name: str, full: Path) -> None:
    copy = full.parent / "copy"
    given = read_export(written(full, name))
    assert len(import_entries(copy, given).entries) == 12
    assert contents(copy) == contents(full)
    assert import_entries(copy, given).unchanged == 12


@pytest.mark.parametrize("name", ["all.json", "all.csv"])
def test_a_chain_goes_on_where_the_copy_ends(name: str, full: Path) -> None:
    copy = full.parent / "copy"
    import_entries(copy, read_export(written(full, name)))
    entered(full, WITHDRAWAL)
    assert len(import_entries(copy, read_export(written(full, name))).entries) == 1
    assert contents(copy) == contents(full)


def test_two_ledgers_that_parted_are_not_mixed(full: Path) -> None:
    copy = full.parent / "copy"
    import_entries(copy, read_export(written(full, "all.json")))
    entered(full, WITHDRAWAL)
    entered(copy, more('[[withdrawal]]\nid = "own"\nof = "attribution"\nreason = "x"\n'))
    before = contents(copy)
    with pytest.raises(LedgerError, match="water ends with entry 7 here, and this one does not follow it"):
        import_entries(copy, read_export(written(full, "all.json")))
    assert contents(copy) == before


@pytest.mark.parametrize("name", ["all.json", "all.csv"])
@pytest.mark.parametrize("word", ["Audit House", "million USD"])
def test_what_was_changed_on_the_way_is_refused_with_its_line(name: str, word: str, full: Path) -> None:
    path = written(full, name)
    text = path.read_text(encoding="utf-8")
    for at in [k for k in range(len(text)) if text.startswith(word, k)]:
        path.write_text(text[:at] + word[:-1] + "x" + text[at + len(word) :], encoding="utf-8")
        with pytest.raises(LedgerError, match=rf"{name}:\d+: entries \d+: was changed after it was exported") as caught:
            read_export(path)
        assert 2 <= int(str(caught.value).split(":")[1]) <= text[:at].count("\n") + 1


def test_the_rows_are_those_of_the_entries(full: Path) -> None:
    frame = read_parquet(written(full, "all.parquet"))
    held = items(full)
    assert list(frame["sha256"]) == [item.sha256 for item in held]
    assert list(frame["id"]) == [item.entry.record.id for item in held]
    reports = frame[frame["type"] == "outcome"]
    assert list(reports["value"]) == [61.0, 61.0]
    assert frame.loc[frame["type"] == "goal", "value"].isna().all(), "what a record does not have is no zero"


@pytest.mark.parametrize("content", ["", "[1]", "a,b\n1,2\n", ",".join(COLUMNS) + "\nwater,1\n"])
@pytest.mark.parametrize("name", ["all.json", "all.csv", "all.txt"])
def test_what_is_no_export_is_refused_in_one_line(content: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises((RequestError, LedgerError)) as caught:
        read_export(path)
    assert "\n" not in str(caught.value)
