"""The reader of SIPRI's trade register, on made-up files in the publisher's format."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.data.readers.sipri import read_trade_register
from hedgerow.errors import DataError
from tests.data.registers import HEADER, write_register

DEALS: list[tuple[str, str, object, str]] = [
    ("France", "Qatar", 2019, "12.5"),
    ("France", "Qatar", 2019, "7.5"),
    ("Italy", "Qatar", 2020, "3"),
]


def test_deals_of_a_pair_and_year_are_added_up(tmp_path: Path) -> None:
    found = read_trade_register(write_register(tmp_path / "trade-register.csv", DEALS))
    assert found.to_numpy().tolist() == [["France", "Qatar", 2019, 20.0], ["Italy", "Qatar", 2020, 3.0]]
    assert list(found.columns) == ["supplier", "recipient", "year", "value"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_the_encoding_does_not_matter(tmp_path: Path, encoding: str) -> None:
    deals = [*DEALS, ("Türkiye", "Qatar", 2020, "1")]
    found = read_trade_register(write_register(tmp_path / "trade-register.csv", deals, encoding=encoding))
    assert "Türkiye" in set(found["supplier"])


def test_a_delivery_without_a_value_is_left_out_and_a_zero_stays(tmp_path: Path) -> None:
    """The publisher writes 0 for less than half a million, and nothing where it found no delivery."""
    deals = [*DEALS, ("Spain", "Qatar", 2020, ""), ("Norway", "Qatar", 2020, "0")]
    found = read_trade_register(write_register(tmp_path / "trade-register.csv", deals))
    assert "Spain" not in set(found["supplier"])
    assert found.loc[found["supplier"] == "Norway", "value"].tolist() == [0.0]


BAD: dict[str, tuple[list[tuple[str, str, object, str]], list[str], str]] = {
    "number": ([*DEALS, ("France", "Qatar", 2020, "many")], HEADER, "line 8, column TIV delivery values: 'many'"),
    "negative": ([*DEALS, ("France", "Qatar", 2020, "-1")], HEADER, "line 8, .*not a number from 0 up"),
    "year": ([*DEALS, ("France", "Qatar", "soon", "1")], HEADER, "line 8, column Delivery year: 'soon' is no year"),
    "name": ([*DEALS, ("", "Qatar", 2020, "1")], HEADER, "line 8, column Supplier: an empty cell"),
    "column": (DEALS, [name for name in HEADER if name != "Recipient"], "column Recipient is missing"),
    "older": (DEALS, ["Recipient", *HEADER[1:]], "one row a year of delivery"),
    "empty": ([], HEADER, "no delivery with a value"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_line_and_what_to_do(tmp_path: Path, case: str) -> None:
    deals, header, said = BAD[case]
    path = write_register(tmp_path / "trade-register.csv", deals, header=header)
    with pytest.raises(DataError, match=said):
        read_trade_register(path)


def test_a_short_row_and_an_absent_file_are_refused(tmp_path: Path) -> None:
    path = write_register(tmp_path / "trade-register.csv", DEALS)
    path.write_text(path.read_text(encoding="utf-8") + "9,France,Qatar\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 8: 3 cells"):
        read_trade_register(path)
    with pytest.raises(DataError, match="no such file"):
        read_trade_register(tmp_path / "absent.csv")
