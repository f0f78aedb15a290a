"""The reader of NATO's table 8a, on made-up files in the publisher's layout. Every number is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.data.readers.nato import read_equipment_share
from hedgerow.errors import DataError

SHEET = [
    "Table 8a : Distribution of defence expenditure by main category,,,,",
    "(percentage of total defence expenditure),,,,",
    ",,2022,2023,2024e",
    "Equipment (a),,,,",
    ",Albania,10.5,..,30",
    ",Montenegro,..,..,..",
    ",Türkiye*,20,21,22.25",
    "Personnel (b),,,,",
    ",Albania,60,59,58",
    "Notes: Figures for 2024 are estimates.,,,,",
]


def kept(folder: Path, lines: list[str]) -> Path:
    """A file of these lines."""
    path = folder / "nato-table-8a.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_only_equipment_is_read_and_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    found = read_equipment_share(kept(tmp_path, SHEET))
    assert list(map(tuple, found.to_numpy().tolist())) == [
        ("Albania", 2022, 10.5), ("Albania", 2024, 30.0),
        ("Türkiye", 2022, 20.0), ("Türkiye", 2023, 21.0), ("Türkiye", 2024, 22.25),
    ]  # fmt: skip


def test_names_may_stand_in_the_first_column(tmp_path: Path) -> None:
    """Without the column of headings."""
    lines = ["Country,2023,2024e", "EQUIPMENT,,", "Albania,10,11", "Personnel,,", "Albania,70,60"]
    assert read_equipment_share(kept(tmp_path, lines))["value"].tolist() == [10.0, 11.0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["a,b", "1,2"], "no row of years"),
        ([",2023,2024", "Personnel,,", "Albania,60,61"], "no block headed Equipment"),
        ([",2023,2024", "Equipment,,", "Albania,much,20"], "line 3: 'much' is no percentage"),
        ([",2023,2024", "Equipment,,", "Albania,101,20"], "line 3: '101' is no percentage"),
    ],
)
def test_another_table_is_refused_with_its_line(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_equipment_share(kept(tmp_path, lines))
