"""Readers for the user's own files: what they add up, and what they refuse, with the place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hedgerow.data.readers.baci import read_baci
from hedgerow.data.readers.icio_yearly import first_division, is_goods, read_icio
from hedgerow.data.readers.itpds import read_itpds
from hedgerow.data.readers.published import PublishedFlows, PublishedTable, year_of
from hedgerow.data.readers.tidy import read_by_actor, read_inputs, read_tidy
from hedgerow.data.readers.wiod2016 import read_wiod2016
from hedgerow.data.yearly import latest_gdp, population
from hedgerow.errors import DataError, HedgerowError, RequestError, UnbalancedError
from tests.data import own_files as own

ICIO = own.made_up(own.ICIO_SECTORS, len(own.ICIO_FINAL), stocks=True)
WIOD = own.made_up(own.WIOD_SECTORS, len(own.WIOD_FINAL), stocks=True)


def sales(table: PublishedTable) -> pd.Series:
    """Everything each country and sector sells."""
    parts = (table.table.intermediate, table.table.final, table.table.inventories)
    total: pd.Series = sum((part.sum(axis=1) for part in parts), start=pd.Series(0.0, index=parts[0].index))
    return total


def outputs(table: own.MadeUp) -> dict[tuple[str, str], float]:
    return dict(zip([(c, s) for c in table.countries for s in table.sectors], table.output, strict=True))


def tables(folder: Path) -> dict[str, tuple[PublishedTable, own.MadeUp]]:
    """Every form of a world table, read."""
    extended = own.split_mexico(own.icio_lines(ICIO))
    return {
        "icio": (read_icio(own.write(folder / "2018_SML.csv", own.icio_lines(ICIO)), None), ICIO),
        "icio extended": (read_icio(own.write(folder / "2018.csv", extended), None), ICIO),
        "wiod table": (read_wiod2016(own.write(folder / "w.csv", own.wiod_table_lines(WIOD, 2014)), None), WIOD),
        "wiod sheet": (
            read_wiod2016(own.write(folder / "WIOT2014_Nov16_ROW.csv", own.wiod_sheet_lines(WIOD)), None),
            WIOD,
        ),
    }


@pytest.mark.parametrize("form", ["icio", "icio extended", "wiod table", "wiod sheet"])
def test_what_a_sector_sells_is_its_published_output(form: str, tmp_path: Path) -> None:
    read, made = tables(tmp_path)[form]
    assert sales(read).to_dict() == pytest.approx(outputs(made))
    inputs = made.intermediate.sum(axis=0)
    assert read.table.intermediate.sum().to_numpy().sum() == pytest.approx(inputs.sum())
    assert read.year == (2018 if "icio" in form else 2014)
    assert sorted(read.titles) == sorted(made.sectors)


def test_stock_building_stands_apart_and_keeps_its_sign(tmp_path: Path) -> None:
    for read, made in tables(tmp_path).values():
        stocks = made.final[:, np.arange(made.final.shape[1]) % made.uses == 4]
        assert read.table.inventories.to_numpy().sum() == pytest.approx(stocks.sum())
        assert (read.table.inventories.to_numpy() < 0).any()


def test_parts_of_a_country_add_up_to_it(tmp_path: Path) -> None:
    whole, parts = (tables(tmp_path)[form][0].table for form in ("icio", "icio extended"))
    for one, other in ((whole.intermediate, parts.intermediate), (whole.final, parts.final)):
        pd.testing.assert_frame_equal(one, other, check_exact=False, rtol=1e-12)


def test_goods_are_agriculture_mining_and_manufacturing() -> None:
    assert all(is_goods(code) for code in ("A01_02", "01T02", "B05_06", "C10T12", "C31T33", "C302T309", "31T33", "A03"))
    assert not any(is_goods(code) for code in ("D", "35T39", "F", "G45T47", "H49", "K", "T", "R_S", "H51"))
    assert (first_division("01T02"), first_division("K"), first_division("U")) == ("01", "64", "")


def test_industries_of_itpd_are_added_up_to_broad_sectors(tmp_path: Path) -> None:
    read = read_itpds(own.write(tmp_path / "itpd.csv", own.itpd_lines(WIOD, 2016)), 2016)
    assert read.flows["value"].sum() == pytest.approx(WIOD.flow.sum())
    assert list(read.titles) == ["agriculture", "manufacturing", "services"]
    assert read.goods == {"agriculture", "manufacturing"}


def test_products_of_baci_are_added_up_and_thousands_become_millions(tmp_path: Path) -> None:
    read = read_baci(own.write_baci(tmp_path, own.baci_lines(2021), year=2021), None)
    pairs = len(own.BACI_CODES) * (len(own.BACI_CODES) - 1)
    assert len(read.flows) == pairs
    assert read.flows["value"].sum() == pytest.approx(2 * sum(range(1, pairs + 1)))
    assert not read.domestic
    assert "TWN" in set(read.flows["exporter"])
    assert "S19" not in set(read.flows["exporter"])


def test_baci_needs_the_publisher_s_table_of_codes(tmp_path: Path) -> None:
    path = own.write(tmp_path / "BACI_HS22_Y2021_V202501.csv", own.baci_lines(2021))
    with pytest.raises(DataError, match=r"country_codes.*is not beside it"):
        read_baci(path, None)
    own.write_baci(tmp_path, own.changed(own.baci_lines(2021), 3, 1, "999"), year=2021)
    with pytest.raises(DataError, match="column i: code 999"):
        read_baci(path, None)


def test_optional_columns_say_the_same_of_a_sector_in_every_row(tmp_path: Path) -> None:
    lines = own.flow_lines(WIOD, ["exporter", "importer", "sector", "value", "goods"], extra=["no"])
    read = read_tidy(own.write(tmp_path / "sales2019.csv", lines), None)
    assert (read.year, read.goods) == (2019, frozenset())
    with pytest.raises(DataError, match="column goods: sector A01"):
        read_tidy(own.write(tmp_path / "sales2019.csv", own.changed(lines, 4, 4, "yes")), None)
    with pytest.raises(DataError, match="'perhaps' is neither yes nor no"):
        read_tidy(own.write(tmp_path / "sales2019.csv", own.changed(lines, 4, 4, "perhaps")), None)


def test_a_trade_elasticity_is_read_and_must_be_above_zero(tmp_path: Path) -> None:
    lines = own.flow_lines(WIOD, ["exporter", "importer", "sector", "value", "trade_elasticity"], extra=["6.5"])
    read = read_tidy(own.write(tmp_path / "sales2019.csv", lines), None)
    assert set(read.elasticity.values()) == {6.5}
    with pytest.raises(DataError, match="line 5, column trade_elasticity: '0'"):
        read_tidy(own.write(tmp_path / "sales2019.csv", own.changed(lines, 4, 4, "0")), None)


Read = Callable[[Path, int | None], PublishedTable | PublishedFlows]
TIDY, ITPD = own.tidy_lines(WIOD), own.itpd_lines(WIOD, 2016)
SHEET, NUMBERED, YEARLY = own.wiod_sheet_lines(WIOD), own.wiod_table_lines(WIOD, 2014), own.icio_lines(ICIO)
ROW_OF_OUT = len(YEARLY) - 1


def without_column(lines: list[own.Line], name: str) -> list[own.Line]:
    at = lines[0].index(name)
    return [line[:at] + line[at + 1 :] for line in lines]


BAD: dict[str, tuple[Read, list[own.Line], str, type[HedgerowError]]] = {
    "icio text": (read_icio, own.changed(YEARLY, 2, 3, "n/a"), "line 3, column CAN_K: 'n/a'", DataError),
    "icio blank": (read_icio, own.changed(YEARLY, 2, 3, ""), "line 3, column CAN_K: an empty cell", DataError),
    "icio twice": (read_icio, own.changed(YEARLY, 2, 0, "CAN_A01_02"), "row CAN_A01_02 stands twice", DataError),
    "icio column twice": (read_icio, own.changed(YEARLY, 0, 2, "CAN_A01_02"), "column CAN_A01_02 .* twice", DataError),
    "icio strange use": (read_icio, own.changed(YEARLY, 0, 14, "CAN_P33"), "column CAN_P33 is neither", DataError),
    "icio strange row": (read_icio, own.changed(YEARLY, -2, 0, "VAT"), "row VA is missing", DataError),
    "icio no OUT": (read_icio, YEARLY[:-1], "row OUT is missing", DataError),
    "icio no column": (read_icio, without_column(YEARLY, "MEX_K"), "row MEX_K has no column", DataError),
    "icio OUT": (read_icio, own.changed(YEARLY, ROW_OF_OUT, 4, "9"), "of MEX_A01_02 add up to", UnbalancedError),
    "icio VA": (read_icio, own.changed(YEARLY, ROW_OF_OUT - 1, 4, "0"), "costs of MEX_A01_02", UnbalancedError),
    "icio other file": (read_icio, TIDY, "no column is an industry such as", DataError),
    "icio short row": (read_icio, [*YEARLY[:-1], [*YEARLY[-1], "1"]], "cells|fields", DataError),
    "wiod text": (read_wiod2016, own.changed(NUMBERED, 2, 6, "x"), "line 3, column CAN2: 'x'", DataError),
    "wiod sheet text": (read_wiod2016, own.changed(SHEET, 7, 6, "x"), "line 8, column CAN K64: 'x'", DataError),
    "wiod no country": (read_wiod2016, without_column(NUMBERED, "Country"), "column Country is missing", DataError),
    "wiod no GO": (read_wiod2016, NUMBERED[:-1], "row GO is missing", DataError),
    "wiod twice": (read_wiod2016, own.changed(NUMBERED, 2, 0, "A01"), "row CAN A01 stands twice", DataError),
    "wiod year": (read_wiod2016, own.changed(NUMBERED, 2, 4, "then"), "'then' is no year", DataError),
    "wiod GO": (read_wiod2016, own.changed(NUMBERED, -1, 6, "1e6"), "of CAN C29 add up to", UnbalancedError),
    "wiod other file": (read_wiod2016, TIDY, "neither a header with IndustryCode", DataError),
    "itpd column": (read_itpds, without_column(ITPD, "broad_sector"), "column broad_sector is missing", DataError),
    "itpd text": (read_itpds, own.changed(ITPD, 4, 5, "many"), "line 5, column trade: 'many'", DataError),
    "itpd blank": (read_itpds, own.changed(ITPD, 4, 0, ""), "line 5, column exporter_iso3: an empty cell", DataError),
    "itpd twice": (read_itpds, [*ITPD, ITPD[1]], f"line {len(ITPD) + 1}: .* stands twice", DataError),
    "tidy column": (read_tidy, without_column(TIDY, "sector"), "column sector is missing; there are exp", DataError),
    "tidy negative": (read_tidy, own.changed(TIDY, 4, 3, "-1"), "line 5, column value: '-1' is below 0", DataError),
    "tidy infinite": (read_tidy, own.changed(TIDY, 4, 3, "inf"), "line 5, column value: 'inf' is no num", DataError),
    "tidy twice": (read_tidy, [*TIDY, TIDY[3]], "CAN CAN K64 stands twice", DataError),
    "tidy header only": (read_tidy, TIDY[:1], "a header and no rows", DataError),
    "tidy ragged": (read_tidy, [*TIDY, ["CAN"]], "no CSV file with commas", DataError),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_the_place(case: str, tmp_path: Path) -> None:
    read, lines, message, kind = BAD[case]
    with pytest.raises(kind, match=message) as caught:
        read(own.write(tmp_path / "own2014.csv", lines), None)
    assert "\n" not in str(caught.value)
    assert "own2014.csv" in str(caught.value)


@pytest.mark.parametrize("read", [read_icio, read_wiod2016, read_baci, read_itpds, read_tidy])
def test_an_absent_and_an_empty_file_are_refused(read: Read, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.csv: there is no such file"):
        read(tmp_path / "nowhere.csv", 2014)
    (tmp_path / "empty.csv").touch()
    with pytest.raises(DataError, match="the file is empty"):
        read(tmp_path / "empty.csv", 2014)


def test_a_year_that_a_file_does_not_hold_is_refused_with_those_it_does(tmp_path: Path) -> None:
    path = own.write(tmp_path / "itpd.csv", [*ITPD, *own.itpd_lines(WIOD, 2017)[1:]])
    with pytest.raises(RequestError, match="holds 2016, 2017; name one"):
        read_itpds(path, None)
    with pytest.raises(RequestError, match="does not hold 1999; it holds 2016, 2017"):
        read_itpds(path, 1999)
    assert read_itpds(path, 2017).year == 2017
    path = own.write(tmp_path / "wiod.csv", [*NUMBERED, *own.wiod_table_lines(WIOD, 2013)[1:]])
    with pytest.raises(RequestError, match="holds 2013, 2014"):
        read_wiod2016(path, None)
    assert read_wiod2016(path, 2013).year == 2013


def test_the_year_of_a_file_is_the_last_in_its_name() -> None:
    assert year_of(Path("ICIO2023_2018.csv"), None) == 2018
    assert year_of(Path("2020_SML.csv"), None) == 2020
    assert year_of(Path("table.csv"), 2001) == 2001
    with pytest.raises(RequestError, match="--year"):
        year_of(Path("table.csv"), None)


def test_latin_1_and_spaces_in_the_header_are_read(tmp_path: Path) -> None:
    path = tmp_path / "s2019.csv"
    path.write_bytes("Exporter, importer ,sector,value\nC\xf4te d'Ivoire,CIV,x,1\nCIV,USA,x,2\n".encode("latin-1"))
    assert list(read_tidy(path, None).flows["exporter"]) == ["CIV", "Côte d'Ivoire"]


def test_inputs_and_numbers_by_economy_are_checked_alike(tmp_path: Path) -> None:
    path = own.write(tmp_path / "i.csv", [["actor", "input", "sector", "value"], ["CAN", "a", "b", "x"]])
    with pytest.raises(DataError, match="line 2, column value"):
        read_inputs(path, None)
    path = own.write(tmp_path / "p.csv", [["actor", "population"], ["CAN", "1"], ["CAN", "2"]])
    with pytest.raises(DataError, match="CAN stands twice"):
        read_by_actor(path, "population")


def test_population_is_of_the_nearest_year_and_adds_up_to_the_world() -> None:
    assert population(2011)[1] == 2011
    assert population(1950)[1] == 1960
    persons, _ = population(2023)
    assert persons.drop("WLD").sum() == pytest.approx(persons["WLD"], rel=1e-3), "the world counts Taiwan"
    assert 23e6 < persons["TWN"] < 24e6


def test_gdp_is_of_the_year_or_the_latest_before_it() -> None:
    assert latest_gdp(2023)["USA"] > 25e6
    assert latest_gdp(2023)["VEN"] == latest_gdp(2014)["VEN"]
    assert latest_gdp(1950).empty


@pytest.mark.raw
def test_the_embedded_tables_are_the_publisher_s_numbers(raw: Path) -> None:
    from tools.build_economies import gdp
    from tools.build_economies import population as persons

    for year in ("1995", "2023"):
        assert population(int(year))[0].to_dict() == persons(raw)[int(year)].dropna().astype(float).to_dict()
        known = gdp(raw)[int(year)].drop("WLD").dropna()
        assert latest_gdp(int(year))[known.index].to_dict() == pytest.approx(known.to_dict())
