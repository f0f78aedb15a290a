"""The panel: computed once, kept whole, never trusted when damaged; the user's own years beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from hedgerow.data.parquet import parquet_bytes
from hedgerow.errors import DataError, RequestError
from hedgerow.indicators import cache, panel
from hedgerow.indicators.catalogue import INDICATORS, indicator
from hedgerow.indicators.evidence import OWN_ONLY, POWERS, Evidence, embedded_evidence
from hedgerow.indicators.own_years import SERIES, own_files, own_years
from hedgerow.indicators.panel import PANEL_COLUMNS, Wanted, measured, values
from tests.indicators.conftest import Values

CODES = "country_code,country_name,country_iso2,country_iso3\n124,Canada,CA,CAN\n842,USA,US,USA\n392,Japan,JP,JPN\n"


@pytest.fixture(autouse=True)
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for every test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "hedgerow"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A catalogue of two, and how many indicators were computed since."""
    done: list[int] = []
    monkeypatch.setattr(panel, "INDICATORS", (indicator("exports-concentration"), indicator("trade-power-share")))
    return done


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """The same rows, whatever the types behind them."""
    return one.astype(object).fillna("").equals(other.astype(object).fillna(""))


def test_a_panel_is_computed_once_and_read_back_the_same(few: list[int], cached: Path) -> None:
    first = panel.panel(progress=few.append)
    assert sum(few) == 2
    again = panel.panel(progress=few.append)
    assert sum(few) == 2, "nothing was computed again"
    assert tuple(first.columns) == PANEL_COLUMNS
    assert same(first, again)
    assert (first.dtypes == again.dtypes).all()
    assert [path.suffix for path in cached.iterdir()] == [".parquet"]


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"\0" * 5000])
def test_a_damaged_cache_is_rebuilt_in_silence(
    damage: bytes, few: list[int], cached: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = panel.panel()
    (kept,) = cached.iterdir()
    kept.write_bytes(damage)
    assert same(first, panel.panel(progress=few.append))
    assert sum(few) == 2
    assert same(first, panel.panel(progress=few.append))
    assert sum(few) == 2
    assert capfd.readouterr() == ("", "")


def test_a_sound_parquet_file_with_other_numbers_is_not_trusted(few: list[int], cached: Path) -> None:
    first = panel.panel()
    (kept,) = cached.iterdir()
    kept.write_bytes(parquet_bytes(first.assign(value=0.0)))
    assert same(first, panel.panel())


def test_a_cache_that_cannot_be_written_is_no_error(
    few: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(panel.panel())


def test_few_panels_are_kept(few: list[int], cached: Path) -> None:
    frame = panel.panel()
    for k in range(cache.KEPT + 3):
        cache.write(f"{k:032d}", frame.head(3))
    assert len(list(cached.iterdir())) == cache.KEPT


def test_a_cached_panel_and_a_fresh_computation_say_the_same(few: list[int]) -> None:
    one = indicator("exports-concentration")
    fresh = values(one)
    panel.panel()
    assert same(fresh, values(one))


def test_two_builds_give_the_same_bytes(few: list[int]) -> None:
    digests = {hashlib.sha256(parquet_bytes(panel.built(embedded_evidence()))).hexdigest() for _ in range(2)}
    assert len(digests) == 1


def test_the_whole_panel_covers_the_catalogue(shipped: Evidence, values_of: Values) -> None:
    """Every indicator whose evidence ships has values, and only the user's own do not ship; no value is missing."""
    for one in INDICATORS:
        assert set(one.inputs) - OWN_ONLY <= set(shipped.makers), one.id
        frame = values_of(one.id)
        assert len(frame) or OWN_ONLY & set(one.inputs), one.id
        assert frame["value"].notna().all(), one.id


def baci(folder: Path, year: int, trade: dict[tuple[int, int], float]) -> None:
    """A made-up year of BACI in thousands of dollars, with one product."""
    folder.mkdir(exist_ok=True)
    (folder / "country_codes_V202501.csv").write_text(CODES, encoding="utf-8")
    lines = [f"{year},{i},{j},10121,{value},1.0" for (i, j), value in trade.items()]
    text = "t,i,j,k,v,q\n" + "\n".join(lines) + "\n"
    (folder / f"BACI_HS22_Y{year}_V202501.csv").write_text(text, encoding="utf-8")


def test_own_years_join_as_a_series_of_their_own(tmp_path: Path) -> None:
    """Canada sells 80 to the United States and 20 to Japan, five years later 60 and 40: turnover is a fifth."""
    folder = tmp_path / "mine"
    baci(folder, 2018, {(124, 842): 80e3, (124, 392): 20e3, (842, 124): 50e3})
    baci(folder, 2023, {(124, 842): 60e3, (124, 392): 40e3, (842, 124): 50e3})
    evidence = Wanted(POWERS, folder).evidence()
    frame = measured(indicator("exports-turnover"), evidence)
    row = frame[(frame["series"] == SERIES) & (frame["actor"] == "CAN")]
    assert row[["year", "since", "source"]].to_numpy().tolist() == [[2023, 2018, "baci"]]
    assert row["value"].tolist() == pytest.approx([0.2])
    shares = measured(indicator("exports-power-share"), evidence)
    kept = shares[(shares["series"] == SERIES) & (shares["actor"] == "CAN") & (shares["power"] == "USA")]
    assert kept["value"].tolist() == pytest.approx([0.8, 0.6])


def test_a_changed_own_file_is_another_panel(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    baci(folder, 2023, {(124, 842): 80e3})
    before = Wanted(POWERS, folder).key()
    assert before == Wanted(POWERS, folder).key() != Wanted().key() != Wanted(("USA",)).key()
    baci(folder, 2023, {(124, 842): 81e3})
    assert Wanted(POWERS, folder).key() != before


def test_own_folders_without_years_or_with_a_year_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="--own"):
        own_files(tmp_path)
    folder = tmp_path / "mine"
    baci(folder, 2023, {(124, 842): 80e3})
    (folder / "BACI_HS22_Y2023_V202601.csv").write_bytes((folder / "BACI_HS22_Y2023_V202501.csv").read_bytes())
    with pytest.raises(RequestError, match="both of 2023"):
        own_years(own_files(folder))
    (folder / "BACI_HS22_Y2023_V202601.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match="column t"):
        own_years(own_files(folder))
