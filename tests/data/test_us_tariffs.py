"""The American schedule as we ship it, against the publisher's files."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from hedgerow.data.embedded import read_embedded
from hedgerow.data.readers.us_tariffs import (
    CODES,
    DROPPED,
    EU_NAMES,
    OTHER,
    SECTOR_OF_CHAPTER,
    read_country_by_time,
    read_crude_share,
    read_hs2,
)
from hedgerow.errors import DataError
from hedgerow.scenarios.us_schedule import EU_MEMBERS
from hedgerow.world.actors import alias_table
from tools.build_us_tariffs import FOLDER, RAW_FOLDER, tables


@pytest.fixture(name="folder")
def raw_folder(raw: Path) -> Path:
    """The publisher's files."""
    return raw / RAW_FOLDER


@pytest.mark.raw
def test_the_embedded_tables_are_the_ones_that_the_raw_files_give(raw: Path) -> None:
    built: Mapping[str, bytes] = tables(raw)
    assert {name: read_embedded(f"{FOLDER}/{name}") == content for name, content in built.items()} == dict.fromkeys(
        built, True
    )


@pytest.mark.raw
def test_every_partner_has_every_date_and_its_imports_once(folder: Path) -> None:
    dated = read_country_by_time(folder)
    assert set(dated["partner"]) == set(CODES.values())
    assert (dated.groupby("partner")["date"].nunique() == 23).all()
    assert (dated.groupby("partner")["imports_2024_usd"].nunique() == 1).all()


@pytest.mark.raw
def test_the_row_left_out_is_inside_the_row_of_the_union(folder: Path) -> None:
    """Slovakia has a row of its own and is in the EU's imports as well; counting both would count it twice."""
    path = folder / "us_imports_2024_and_tariff_change_by_country_hs2.csv.gz"
    total = pd.read_csv(path).groupby("CTY_NAME")["2024_imports"].sum()
    assert set(EU_NAMES) >= DROPPED
    assert total[list(EU_NAMES)].sum() == pytest.approx(total["EUROPEAN UNION"], rel=1e-9)


@pytest.mark.raw
def test_imports_by_chapter_add_up_to_those_of_the_dated_table(folder: Path) -> None:
    dated = read_country_by_time(folder).drop_duplicates("partner").set_index("partner")["imports_2024_usd"]
    chapters = read_hs2(folder).groupby("partner")["imports_2024_usd"].sum()
    assert chapters.drop(OTHER).to_dict() == pytest.approx(dated.to_dict(), rel=1e-6)


@pytest.mark.raw
def test_shares_of_crude_are_shares_and_tell_oil_wells_from_refineries(folder: Path) -> None:
    share = read_crude_share(folder)
    assert share.between(0, 1).all()
    assert share["CAN"] > 0.7 > 0.1 > share["KOR"]


@pytest.mark.raw
def test_a_name_nobody_mapped_is_refused(folder: Path, tmp_path: Path) -> None:
    table = pd.read_csv(folder / "country-by-time.csv").replace({"country_name": {"CANADA": "CANADA, DOMINION OF"}})
    table.to_csv(tmp_path / "country-by-time.csv", index=False)
    with pytest.raises(DataError, match="CANADA, DOMINION OF"):
        read_country_by_time(tmp_path)


def test_names_are_mapped_to_states_that_the_alias_table_knows_by_them() -> None:
    """The frozen mapping by hand agrees with the frozen table of spellings wherever that knows the name."""
    names = alias_table()
    for written, code in CODES.items():
        if code != "EU":
            assert names.code(written.removesuffix(", SOUTH").replace("KOREA", "KOR"), field="name") == code
    assert {names.code(written, field="name") for written in EU_NAMES} == EU_MEMBERS


def test_every_chapter_but_the_special_ones_has_one_sector() -> None:
    assert set(SECTOR_OF_CHAPTER) == set(range(1, 98))


def test_sector_rates_are_means_of_what_they_are_made_of() -> None:
    """Mining and fuels together lie between the two, and weigh what they weigh."""
    table = pd.read_csv(BytesIO(read_embedded(f"{FOLDER}/sectors.csv"))).set_index(["partner", "sector"])
    rate, bought = table["added_rate"].unstack(), table["imports_2024_usd"].unstack().fillna(0)
    parts = rate[["mining", "fuels"]].fillna(0) * bought[["mining", "fuels"]]
    both = (parts.sum(axis=1) / bought["mining-fuels"]).dropna()
    assert both.to_dict() == pytest.approx(rate["mining-fuels"].dropna().to_dict(), abs=1e-5)
    assert (bought["mining"] + bought["fuels"] - bought["mining-fuels"]).abs().max() <= 2
