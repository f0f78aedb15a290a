"""Readers behind the reconstructed world, on small made-up files in each publisher's format."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from hedgerow.data.readers.baci_totals import read_baci_2023
from hedgerow.data.readers.capitals import read_capitals
from hedgerow.data.readers.census_imports import (
    read_gtap_of_hs10,
    read_us_imports_all_products,
    read_us_imports_by_chapter,
    read_us_imports_by_product,
)
from hedgerow.data.readers.comtrade2016 import read_exports_2016
from hedgerow.data.readers.gdp import read_gdp, read_latest_gdp
from hedgerow.data.readers.icio2020params import read_icio2020
from hedgerow.data.readers.iots2018 import read_value_added_2018
from hedgerow.data.readers.services import read_services
from hedgerow.data.readers.wiod_series import (
    read_wiod_accounts,
    read_wiod_final,
    read_wiod_flows,
    read_wiod_inputs,
)
from hedgerow.data.readers.wits2023 import read_wits2023
from hedgerow.errors import DataError

READERS: list[tuple[Callable[[Path], object], str]] = [
    (read_baci_2023, "bilateral_goods_trade_2023.csv.gz"),
    (read_capitals, "cow_capitals.csv"),
    (read_gtap_of_hs10, "yale-budget-lab/hs10_gtap_crosswalk.csv.gz"),
    (read_us_imports_all_products, "us_imports_hs10_2024_top_partners.parquet"),
    (read_us_imports_by_product, "us_imports_hs10_2024_top_partners.parquet"),
    (read_us_imports_by_chapter, "us_imports_2024_and_tariff_change_by_country_hs2.csv.gz"),
    (read_exports_2016, "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz"),
    (read_gdp, "wdi_gdp_current_usd_1960_2023.csv.gz"),
    (read_latest_gdp, "countries_gdp_us_tariff.csv"),
    (read_icio2020, "countries.csv"),
    (read_value_added_2018, "value_added_2018.csv.gz"),
    (partial(read_services, side="exports", years=(2017, 2019)), "services_exports_2000-2019_total_services.csv.gz"),
    (partial(read_wiod_flows, year=2011), "wiod13_bilateral_sector_1995_2011.parquet"),
    (partial(read_wiod_accounts, year=2011), "wiod13_output_va_1995_2011.csv.gz"),
    (partial(read_wiod_inputs, year=2011), "wiod13_input_output_2008_2011.csv.gz"),
    (partial(read_wiod_final, year=2011), "wiod13_final_demand_2008_2011.csv.gz"),
    (read_wits2023, "wits_ahs_weighted_2023_10regions_9sectors.csv"),
]


@pytest.mark.parametrize(("read", "name"), READERS)
def test_an_absent_file_is_named(read: Callable[[Path], object], name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=name.replace(".", r"\.")):
        read(tmp_path / "publisher")


def write(folder: Path, name: str, text: str) -> None:
    """A CSV file, compressed where its name says so."""
    pd.read_csv(StringIO(text), dtype=str, keep_default_na=False).to_csv(folder / name, index=False)


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("cells", table)
        connection.execute("COPY (SELECT * FROM cells) TO ? (FORMAT parquet)", [path.as_posix()])


def test_baci_is_in_millions_and_namibia_is_not_a_gap(tmp_path: Path) -> None:
    write(tmp_path, "bilateral_goods_trade_2023.csv.gz", "exporter,importer,value_kusd\nNAM,CAN,1500\nCAN,NAM,20")
    assert read_baci_2023(tmp_path).to_dict() == {("NAM", "CAN"): 1.5, ("CAN", "NAM"): 0.02}


def test_a_pair_that_stands_twice_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "bilateral_goods_trade_2023.csv.gz", "exporter,importer,value_kusd\nCAN,USA,1\nCAN,USA,2")
    with pytest.raises(DataError, match="twice"):
        read_baci_2023(tmp_path)


def test_the_european_union_row_is_left_out_of_partners_but_not_of_products(tmp_path: Path) -> None:
    products = pd.DataFrame(
        {"CTY_CODE": "x", "CTY_NAME": ["EUROPEAN UNION", "CANADA", "CANADA"], "HS10": ["0101", "0101", "0202"],
         "imports": [100, 10, 1], "duty": [5, 0, 1]}
    )  # fmt: skip
    write_parquet(products, tmp_path / "us_imports_hs10_2024_top_partners.parquet")
    assert read_us_imports_by_product(tmp_path)["imports"].sum() == 11
    assert read_us_imports_all_products(tmp_path)["imports"].to_dict() == {"0101": 110, "0202": 1}
    write(
        tmp_path,
        "us_imports_2024_and_tariff_change_by_country_hs2.csv.gz",
        "HS2,2024_imports,2024_duty,CTY_NAME\n01,100,5,EUROPEAN UNION\n01,60,3,GERMANY\n99,40,2,GERMANY",
    )
    rows = read_us_imports_by_chapter(tmp_path)
    assert rows["partner"].tolist() == ["GERMANY", "GERMANY"]
    assert rows["chapter"].tolist() == [1, 99]


def test_the_last_report_within_the_years_counts(tmp_path: Path) -> None:
    rows = ("AUT,DEU,2016,1", "AUT,DEU,2018,3", "AUT,DEU,2017,2", "AUT,DEU,2019,", "AUT,USA,2016,9")
    text = "\n".join(("reporter,partner,Year,value_musd", *rows))
    write(tmp_path, "services_imports_2000-2019_total_services.csv.gz", text)
    assert read_services(tmp_path, side="imports", years=(2017, 2019)).to_dict() == {("AUT", "DEU"): 3.0}


def test_tariffs_of_wits_are_fractions_under_trimmed_names(tmp_path: Path) -> None:
    text = (
        "Reporter Name,Partner Name,Product,Weighted Average\n"
        "EuropeanUnion --- EuropeanUnion  ,Brazil,Food,3.5\nJapan,Canada,Food,"
    )
    write(tmp_path, "wits_ahs_weighted_2023_10regions_9sectors.csv", text)
    assert read_wits2023(tmp_path).to_dict() == {("EuropeanUnion", "Brazil", "Food"): 0.035}


def test_gdp_is_in_millions(tmp_path: Path) -> None:
    write(
        tmp_path, "wdi_gdp_current_usd_1960_2023.csv.gz", "country,iso3,year,gdp_usd\nCanada,CAN,2023,2e12\nX,XXX,2023,"
    )
    assert read_gdp(tmp_path).loc["CAN", 2023] == 2e6
    write(tmp_path, "countries_gdp_us_tariff.csv", "iso3,gdp_usd_2023_or_latest\nNAM,12e9")
    assert read_latest_gdp(tmp_path).to_dict() == {"NAM": 12e3}


def test_only_2016_is_read_of_the_series_of_exports(tmp_path: Path) -> None:
    name = "penppml_bilateral_exports_and_wb_dta_agreements_1964_2016.csv.gz"
    write(tmp_path, name, "exp,imp,year,export_usd\nTWN,USA,2012,1e6\nTWN,USA,2016,3e6")
    assert read_exports_2016(tmp_path).to_dict() == {("TWN", "USA"): 3.0}


def test_the_latest_capital_of_a_state_counts(tmp_path: Path) -> None:
    text = "statenme,enddate,lat,lng\nNigeria,1991-12-11,6.4,3.4\nNigeria,2024-12-31,9.1,7.5"
    write(tmp_path, "cow_capitals.csv", text)
    assert read_capitals(tmp_path).to_dict("index") == {"Nigeria": {"lat": 9.1, "lng": 7.5}}


def icio(folder: Path, share: float) -> None:
    """One economy and two sectors."""
    write(folder, "countries.csv", "iso3,country\nNAM,Namibia")
    write(folder, "sectors.csv", "old_code_2021ed,sector\nD01,A\nD02,B")
    cells = "NAM,A,A,0.25\nNAM,A,B,0.25\nNAM,B,A,0.5"
    write(folder, "io_coefficients.csv.gz", f"country,using_sector,input_sector,coef\n{cells}")
    write(folder, "value_added_share.csv", f"country,A,B\nNAM,{share},0.5")
    write(folder, "final_demand_share.csv", "country,A,B\nNAM,0.75,0.25")
    write(folder, "trade_deficit.csv", "country,deficit_musd\nNAM,-3")


def test_coefficients_are_by_input_and_user(tmp_path: Path) -> None:
    icio(tmp_path, 0.5)
    found = read_icio2020(tmp_path)
    assert found.codes == ("NAM",)
    assert found.coefficients[0].tolist() == [[0.25, 0.5], [0.25, 0.0]]
    assert found.deficit.tolist() == [-3.0]


def test_shares_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    icio(tmp_path, 0.6)
    with pytest.raises(DataError, match="do not add up"):
        read_icio2020(tmp_path)


def test_sales_are_for_all_uses_and_a_year_that_is_not_there_is_refused(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {"year": [2011, 2010], "exporter": "AAA", "sector": "c1", "importer": "BBB",
         "intermediate_musd": [3.0, 9.0], "final_musd": [-1.0, 9.0]}
    )  # fmt: skip
    write_parquet(rows, tmp_path / "wiod13_bilateral_sector_1995_2011.parquet")
    assert read_wiod_flows(tmp_path, year=2011).to_dict() == {("AAA", "BBB", "c1"): 2.0}
    with pytest.raises(DataError, match="lacks the year 2012"):
        read_wiod_flows(tmp_path, year=2012)
