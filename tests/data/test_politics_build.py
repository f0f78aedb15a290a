"""The political tables are what the publishers' files give."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from hedgerow.data.embedded import read_embedded
from hedgerow.data.politics import political_table, political_tables
from hedgerow.errors import DataError
from tools.build_politics import tables, written
from tools.politics.states import coded, existing, named


@pytest.mark.raw
def test_building_again_gives_the_same_bytes(raw: Path) -> None:
    built = tables(raw)
    assert list(built) == list(political_tables())
    for name, frame in built.items():
        assert written(frame) == gzip.decompress(read_embedded(political_tables()[name].file)), name


@pytest.mark.raw
def test_shared_memberships_are_those_that_others_counted(raw: Path) -> None:
    """S. V. Miller's count of organisations shared with the United States (peacesciencer), 1962 to 1999.

    Before and after, his count has up to two more.
    """
    path = raw / "politics" / "igo-membership" / "cow_igo_shared_counts_dyad_year.parquet"
    rows = duckdb.read_parquet(path.as_posix()).filter("ccode1 = 2 AND year >= 1946")
    published = coded(rows.select("ccode2 AS code, year, dyadigos").df(), "cow")
    both = political_table("organisation-counts").merge(published, on=["actor", "year"])
    same = both[both["year"].between(1962, 1999)]
    assert len(same) > 5000
    assert same["shared_usa"].tolist() == same["dyadigos"].tolist()
    assert (both["dyadigos"] - both["shared_usa"]).between(0, 2).all()


STATES = pd.DataFrame(
    {"actor": ["YUG", "SRB", "CAN"], "entry": [1918, 1992, 1867], "exit": pd.array([1991, None, None], dtype="Int64")}
)


def test_yugoslavia_is_serbia_from_1992() -> None:
    rows = pd.DataFrame({"code": [345, 345, 345, 999], "year": [1991, 1992, 2010, 2010], "value": [1, 2, 3, 4]})
    assert coded(rows, "cow")["actor"].tolist() == ["YUG", "SRB", "SRB"]
    written_wrong = pd.DataFrame({"actor": ["YUG", "SRB", "YUG"], "year": [2000, 1980, 1980]})
    assert existing(written_wrong, STATES)["actor"].tolist() == ["SRB", "YUG", "YUG"]


def test_rows_outside_a_state_s_years_fall_away() -> None:
    rows = pd.DataFrame({"actor": ["CAN", "CAN", "XXX"], "year": [1850, 1990, 1990]})
    assert existing(rows, STATES)["year"].tolist() == [1990]


def test_a_name_nobody_knows_is_refused_not_dropped() -> None:
    rows = pd.DataFrame({"country": ["Canada", "Ruritania"], "year": [1990, 1990]})
    with pytest.raises(DataError, match=r"'Ruritania' is no country known here.*add it to NAMES"):
        named(rows, where="test")
    assert named(rows, where="test", ignore=frozenset({"Ruritania"}))["actor"].tolist() == ["CAN"]
