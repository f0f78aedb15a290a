"""Each reader takes its publisher's format, and says which file is missing or strange."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from hedgerow.data.readers.agreements import read_later_agreements, read_wto_rta2021
from hedgerow.data.readers.elasticities import read_fgo2022, read_us_imports_by_gtap
from hedgerow.data.readers.gtd2017 import GOODS_SECTORS, read_gtd2017
from hedgerow.data.readers.wdi import read_population
from hedgerow.data.readers.wiod2013 import read_wiod2013
from hedgerow.errors import DataError

READERS: list[tuple[Callable[[Path], object], str]] = [
    (partial(read_wiod2013, year=2011), "wiod13_full_matrix_2011.parquet"),
    (read_gtd2017, "bilateral_sector_tariffs_2017.csv.gz"),
    (read_fgo2022, "fontagne_guimbard_orefice_2020_gtap.csv"),
    (read_us_imports_by_gtap, "us_imports_hs10_2024_top_partners.parquet"),
    (partial(read_population, year=2011), "worldbank_population.csv"),
    (read_wto_rta2021, "wto_rta_in_force_members_iso2_2021-03.json"),
]


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("cells", table)
        connection.execute("COPY (SELECT * FROM cells) TO ? (FORMAT parquet)", [path.as_posix()])


@pytest.mark.parametrize(("read", "name"), READERS, ids=[name for _, name in READERS])
def test_an_absent_file_is_named_with_the_way_out(read: Callable[[Path], object], name: str, tmp_path: Path) -> None:
    folder = tmp_path / "publisher"
    with pytest.raises(DataError) as caught:
        read(folder)
    assert name in str(caught.value)
    assert "--raw" in str(caught.value)
    assert "economy/publisher" in str(caught.value)


def test_the_second_file_of_a_reader_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "wto_rta_in_force_members_iso2_2021-03.json").write_text("[]", encoding="utf-8")
    with pytest.raises(DataError, match=r"wto_rta_database_2021-03\.csv\.gz is absent"):
        read_wto_rta2021(tmp_path)


# ---------------------------------------------------------------- the world table

CELLS = pd.DataFrame(
    [
        ("AAA", "c1", "BBB", "c2", 7.0),
        ("AAA", "c1", "BBB", "households_c37", 3.0),
        ("AAA", "c1", "BBB", "gfcf_c41", 2.0),
        ("BBB", "c2", "AAA", "government_c39", 4.0),
        ("BBB", "c2", "AAA", "npish_c38", 1.0),
        ("BBB", "c2", "AAA", "inventories_c42", -0.5),
    ],
    columns=["row_country", "row_sector", "col_country", "col_use", "value_musd"],
)


def test_rows_sell_columns_buy_and_stocks_stand_apart(tmp_path: Path) -> None:
    write_parquet(CELLS, tmp_path / "wiod13_full_matrix_1999.parquet")
    table = read_wiod2013(tmp_path, year=1999)
    assert table.intermediate.shape == (70, 70)
    assert table.final.shape == table.inventories.shape == (70, 2)
    assert table.intermediate.loc[("AAA", "c1"), ("BBB", "c2")] == 7.0
    assert table.intermediate.to_numpy().sum() == 7.0
    assert table.final.loc[("AAA", "c1"), "BBB"] == 3.0 + 2.0
    assert table.final.loc[("BBB", "c2"), "AAA"] == 4.0 + 1.0
    assert table.final.to_numpy().sum() == 10.0
    assert table.inventories.loc[("BBB", "c2"), "AAA"] == -0.5
    assert table.inventories.to_numpy().sum() == -0.5
    assert list(table.intermediate.index) == list(table.intermediate.columns) == list(table.final.index)


def test_a_table_with_other_columns_is_refused_by_name(tmp_path: Path) -> None:
    write_parquet(CELLS.rename(columns={"value_musd": "value"}), tmp_path / "wiod13_full_matrix_1999.parquet")
    with pytest.raises(DataError, match=r"wiod13_full_matrix_1999\.parquet has columns .*'value'.*expected"):
        read_wiod2013(tmp_path, year=1999)


@pytest.mark.raw
def test_the_full_matrix_agrees_with_the_publisher_s_own_totals(raw: Path) -> None:
    """Another file of the release holds output and inputs by sector; its PROVENANCE allows 113 MUSD of rounding."""
    folder = raw / "economy" / "wiod-2013-release"
    table = read_wiod2013(folder, year=2011)
    totals = pd.read_csv(folder / "wiod13_output_va_1995_2011.csv.gz").query("year == 2011")
    totals = totals.set_index(["country", "sector"]).reindex(table.intermediate.index)
    sold = table.intermediate.sum(axis=1) + table.final.sum(axis=1) + table.inventories.sum(axis=1)
    assert float((sold - totals["output_musd"]).abs().max()) <= 113
    bought = table.intermediate.sum(axis=0)
    assert float((bought.to_numpy() - totals["intermediate_inputs_musd"]).abs().max()) <= 113
    assert not (table.final.to_numpy() < 0).any()
    assert (table.inventories.to_numpy() < 0).any()


# ---------------------------------------------------------------- tariffs, elasticities, people


def tariff_rows() -> pd.DataFrame:
    rows = [("USA", "CHN", sector, 999.0, 999.0, 8.8, 9.9) for sector in (*GOODS_SECTORS, "Construction", "Fishing")]
    return pd.DataFrame(rows, columns=["Importer", "Exporter", "Sector", "tariff", "mfn", "tariff95", "mfn95"])


def test_per_cents_become_fractions_and_outliers_are_never_read(tmp_path: Path) -> None:
    tariff_rows().to_csv(tmp_path / "bilateral_sector_tariffs_2017.csv.gz", index=False)
    rates = read_gtd2017(tmp_path)
    assert rates.index.names == ["Importer", "Exporter", "Sector"]
    assert set(rates.index.get_level_values("Sector")) == set(GOODS_SECTORS)
    assert rates.unique().tolist() == pytest.approx([0.088])


def test_a_tariff_database_without_a_goods_sector_is_refused(tmp_path: Path) -> None:
    rows = tariff_rows()
    rows[rows["Sector"] != "Metal Products"].to_csv(tmp_path / "bilateral_sector_tariffs_2017.csv.gz", index=False)
    with pytest.raises(DataError, match=r"bilateral_sector_tariffs_2017\.csv\.gz lacks the sector 'Metal Products'"):
        read_gtd2017(tmp_path)


@pytest.mark.raw
def test_tariffs_of_2017_are_those_before_the_trade_war(raw: Path) -> None:
    """PROVENANCE: the United States on Chinese textiles 8.8 %, machinery 1.4 %, transport 2.9 %."""
    rates = read_gtd2017(raw / "economy" / "gtd-bilateral-tariffs-2017").to_dict()
    published = {"Textiles and Wearing Apparel": 0.088, "Electrical and Machinery": 0.014, "Transport Equipment": 0.029}
    assert {sector: round(rates["USA", "CHN", sector], 3) for sector in published} == published


def test_products_without_an_estimate_are_absent_and_not_zero(tmp_path: Path) -> None:
    text = "gtap_sector,tariff_elasticity_epsilon,distance_elasticity\nlum,-8.5,-1\ngas,,-1\nsgr,-3.25,\n"
    (tmp_path / "fontagne_guimbard_orefice_2020_gtap.csv").write_text(text, encoding="utf-8")
    assert read_fgo2022(tmp_path).to_dict() == {"lum": -8.5, "sgr": -3.25}


@pytest.mark.raw
def test_42_products_have_an_estimate_and_the_median_is_five(raw: Path) -> None:
    """PROVENANCE: 42 of 46 filled, median -5.0."""
    estimates = read_fgo2022(raw / "economy" / "elasticities")
    assert len(estimates) == 42
    assert round(float(estimates.median()), 1) == -5.0
    assert (estimates < 0).all()


def test_imports_are_added_up_over_partners_and_products(tmp_path: Path) -> None:
    imports = pd.DataFrame({"HS10": ["01", "01", "02", "03", "04"], "imports": [1, 2, 4, 8, 16]})
    write_parquet(imports, tmp_path / "us_imports_hs10_2024_top_partners.parquet")
    (tmp_path / "yale-budget-lab").mkdir()
    crosswalk = pd.DataFrame({"hs10": ["01", "02", "03"], "gtap_code": ["LUM", "lum", None]})
    crosswalk.to_csv(tmp_path / "yale-budget-lab" / "hs10_gtap_crosswalk.csv.gz", index=False)
    assert read_us_imports_by_gtap(tmp_path).to_dict() == {"lum": 1 + 2 + 4}


def test_people_are_counted_in_the_year_asked_for(tmp_path: Path) -> None:
    text = "Country Name,Country Code,Year,Value\nCanada,CAN,2010,1\nCanada,CAN,2011,2\nWorld,WLD,2011,9\n"
    (tmp_path / "worldbank_population.csv").write_text(text, encoding="utf-8")
    assert list(read_population(tmp_path, year=2011).items()) == [("CAN", 2.0), ("WLD", 9.0)]


# ---------------------------------------------------------------- agreements


def test_agreements_that_free_too_little_or_have_no_date_are_left_out(tmp_path: Path) -> None:
    rows = [
        ("Broad", "FTA & EIA", ["CA", "JP"]),
        ("Union", "CU", ["AR", "BR"]),
        ("Partial", "PSA", ["IN", "CN"]),
        ("Partial too", "PSA & EIA", ["IN", "CN"]),
        ("Services", "EIA", ["IN", "CN"]),
        ("Undated", "FTA", ["IN", "CN"]),
    ]
    listed = [{"rta": title, "type": kind, "countries": members} for title, kind, members in rows]
    (tmp_path / "wto_rta_in_force_members_iso2_2021-03.json").write_text(json.dumps(listed), encoding="utf-8")
    register = pd.DataFrame(
        {
            "RTA Name": [title for title, *_ in rows],
            **{f"other {k}": None for k in range(1, 9)},
            "entered": [*["2018-12-30"] * 5, None],
            **{f"other {k}": None for k in range(10, 30)},
        }
    )
    register.to_csv(tmp_path / "wto_rta_database_2021-03.csv.gz", index=False)
    day = date(2018, 12, 30)
    assert [(a.title, a.kind, a.members, a.since) for a in read_wto_rta2021(tmp_path)] == [
        ("Broad", "FTA", ("CA", "JP"), day),
        ("Union", "CU", ("AR", "BR"), day),
    ]


def test_our_own_list_names_its_evidence_row_by_row() -> None:
    later = read_later_agreements()
    assert all(agreement.evidence and agreement.members for agreement in later)
    assert len({agreement.id for agreement in later}) == len(later)
    assert {a.id: a.since for a in later}["rcep"] == date(2022, 1, 1)
