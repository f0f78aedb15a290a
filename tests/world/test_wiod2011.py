"""The world of 2011: the publishers' numbers, and the rules that were applied to them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.data.readers.elasticities import read_fgo2022
from hedgerow.data.readers.gtd2017 import GOODS_SECTORS, read_gtd2017
from hedgerow.data.readers.wdi import read_population
from hedgerow.data.readers.wiod2013 import WorldTable, read_wiod2013
from hedgerow.world.accounts import MOST_INPUTS, Accounts, balanced_accounts
from hedgerow.world.builders import build
from hedgerow.world.concordances import GTAP_IN_WIOD, GTD_OF_WIOD, SERVICES_ELASTICITY, WIOD_SECTORS
from hedgerow.world.elasticities import elasticities
from hedgerow.world.io import embedded_path
from hedgerow.world.wiod2011 import tariffs
from hedgerow.world.world import World
from tests.world.facts import ECONOMIES_OF_2011, UNION_OF_2017

LAWS = settings(max_examples=40, deadline=None, derandomize=True)
THOUSAND = 1e-3
"""Of dollars, in MUSD: what accounts are rounded to."""

WITHOUT_TARIFFS = {"CYP", "LUX", "LVA", "MLT", "IDN"}
GOODS = [f"c{k}" for k in range(1, 17)]
TRN = 1e6
"""A trillion dollars in MUSD."""


@pytest.fixture(scope="module")
def table(raw: Path) -> WorldTable:
    """The table as published."""
    return read_wiod2013(raw / "economy" / "wiod-2013-release", year=2011)


def sales(table: WorldTable) -> pd.Series:
    total: pd.Series = table.intermediate.sum(axis=1) + table.final.sum(axis=1) + table.inventories.sum(axis=1)
    return total


# ---------------------------------------------------------------- what was published


@pytest.mark.raw
def test_anyone_with_the_raw_files_gets_the_embedded_bytes(raw: Path, tmp_path: Path) -> None:
    built = build("wiod-2011", raw=raw, out=tmp_path)
    shipped = embedded_path() / "wiod-2011"
    assert sorted(p.name for p in built.iterdir()) == sorted(p.name for p in shipped.iterdir())
    differing = [p.name for p in built.iterdir() if p.read_bytes() != (shipped / p.name).read_bytes()]
    assert not differing


@pytest.mark.raw
def test_the_published_table_has_the_published_totals(table: WorldTable) -> None:
    """PROVENANCE of the release; its world output of 141.8 tn is known to within the rounding of its files."""
    output = sales(table)
    assert output.sum() == pytest.approx(141.8 * TRN, rel=0.005)
    added = (output - table.intermediate.sum(axis=0)).groupby(level=0).sum() / TRN
    assert (round(added["USA"], 2), round(added["CHN"], 2)) == (15.16, 7.39)
    used = table.intermediate.T.groupby(level=0).sum().T + table.final + table.inventories
    assert used["USA"].drop("USA", level=0).sum() / TRN == pytest.approx(2.40, abs=0.005)


def test_the_world_we_ship_keeps_the_published_totals(world_2011: World) -> None:
    """Setting negative stock building to zero moves each by less than half a per cent."""
    assert float(world_2011["gross_output"].sum()) == pytest.approx(141.8 * TRN, rel=0.005)
    added = world_2011["value_added"].sum("sector")
    assert float(added.sel(actor="USA")) == pytest.approx(15.16 * TRN, rel=0.005)
    assert float(added.sel(actor="CHN")) == pytest.approx(7.39 * TRN, rel=0.005)
    bought = world_2011["trade_flow"].sel(importer="USA").sum("sector")
    assert float(bought.sum() - bought.sel(exporter="USA")) == pytest.approx(2.40 * TRN, rel=0.005)


def test_it_has_the_economies_of_the_release(world_2011: World) -> None:
    assert len(world_2011.actors) == 41
    assert set(world_2011.codes) == ECONOMIES_OF_2011


@pytest.mark.raw
def test_no_sector_of_any_economy_shrinks_and_most_hardly_grow(fine: World, table: WorldTable) -> None:
    growth = fine["gross_output"].values.ravel() - sales(table).to_numpy()
    assert growth.min() >= -THOUSAND
    by_economy = growth.reshape(41, 35).sum(axis=1) / sales(table).to_numpy().reshape(41, 35).sum(axis=1)
    assert np.median(by_economy) < 0.002


# ---------------------------------------------------------------- tariffs


def test_chinese_textiles_pay_8_8_per_cent_in_the_united_states(fine: World) -> None:
    """PROVENANCE of the tariffs."""
    assert float(fine["tariff"].sel(exporter="CHN", importer="USA", sector="c4")) == pytest.approx(0.088, abs=0.0005)


def test_trade_inside_the_union_of_2017_is_free(world_2011: World) -> None:
    inside = world_2011["tariff"].sel(exporter=sorted(UNION_OF_2017), importer=sorted(UNION_OF_2017))
    assert not inside.any()


def test_a_tariff_is_imputed_where_one_side_is_missing_and_nowhere_else(fine: World) -> None:
    for name in WITHOUT_TARIFFS:
        assert name in fine.codes
    for e in fine.codes:
        for m in fine.codes:
            expected = e != m and not {e, m} <= UNION_OF_2017 and bool({e, m} & WITHOUT_TARIFFS)
            flags = fine["tariff_imputed"].sel(exporter=e, importer=m)
            assert bool(flags.sel(sector=GOODS).all()) == bool(flags.any()) == expected
            assert not flags.drop_sel(sector=GOODS).any()


@pytest.mark.raw
def test_five_economies_are_missing_from_the_tariff_database(fine: World, raw: Path) -> None:
    rates = read_gtd2017(raw / "economy" / "gtd-bilateral-tariffs-2017")
    for side in ("Importer", "Exporter"):
        assert set(fine.codes) - set(rates.index.get_level_values(side)) == WITHOUT_TARIFFS


@pytest.mark.raw
def test_every_other_tariff_is_the_published_one(fine: World, raw: Path) -> None:
    published = read_gtd2017(raw / "economy" / "gtd-bilateral-tariffs-2017").to_dict()
    for e, m in (("CHN", "USA"), ("USA", "CHN"), ("CAN", "DEU"), ("GBR", "IND"), ("ROW", "JPN"), ("MEX", "ROW")):
        for sector in GOODS:
            found = float(fine["tariff"].sel(exporter=e, importer=m, sector=sector))
            assert found == pytest.approx(published[m, e, GTD_OF_WIOD[sector]], abs=5e-7)  # six digits are kept


def test_members_the_database_lacks_have_germany_s_external_tariff(fine: World) -> None:
    outside = [code for code in fine.codes if code not in UNION_OF_2017]
    for member in sorted(WITHOUT_TARIFFS & UNION_OF_2017):
        for side, other in (("importer", "exporter"), ("exporter", "importer")):
            own, germany = (fine["tariff"].sel({side: code, other: outside}).values for code in (member, "DEU"))
            np.testing.assert_array_equal(own, germany)


KNOWN = ("DEU", "FRA", "ROW", "USA")


def invented_rates() -> pd.Series:
    """A different tariff for every importer, exporter and product group."""
    index = pd.MultiIndex.from_product([KNOWN, KNOWN, GOODS_SECTORS], names=["Importer", "Exporter", "Sector"])
    return pd.Series(np.arange(len(index)) / 1000, index=index)


@pytest.mark.parametrize(
    ("exporter", "importer", "like"),
    [
        ("USA", "FRA", ("USA", "FRA")),
        ("FRA", "USA", ("FRA", "USA")),
        ("USA", "LVA", ("USA", "DEU")),  # a member takes Germany's
        ("LVA", "USA", ("DEU", "USA")),
        ("USA", "IDN", ("USA", "ROW")),  # anyone else the rest of the world's
        ("IDN", "LVA", ("ROW", "DEU")),
        ("IDN", "ROW", ("ROW", "ROW")),
    ],
)
def test_who_stands_in_for_whom(exporter: str, importer: str, like: tuple[str, str]) -> None:
    codes = ("DEU", "FRA", "IDN", "LVA", "ROW", "USA")
    rates = invented_rates()
    rate, imputed = tariffs(rates, codes, frozenset({"DEU", "FRA", "LVA"}))
    cell = (codes.index(exporter), codes.index(importer))
    seller, buyer = like
    assert rate[cell][:16].tolist() == pytest.approx([rates[buyer, seller, GTD_OF_WIOD[sector]] for sector in GOODS])
    assert imputed[cell][:16].tolist() == [like != (exporter, importer)] * 16
    assert not rate[cell][16:].any()
    assert not imputed[cell][16:].any()


def test_home_and_the_union_are_free_whatever_the_database_says() -> None:
    codes = ("DEU", "FRA", "LVA", "USA")
    rate, imputed = tariffs(invented_rates() + 1, codes, frozenset({"DEU", "FRA", "LVA"}))
    assert not rate[:3, :3].any()
    assert not imputed[:3, :3].any()
    assert not rate[3, 3].any()
    assert (rate[3, :3, :16] > 0).all()


# ---------------------------------------------------------------- elasticities


def test_services_are_assumed_and_goods_are_not(fine: World) -> None:
    for sector in fine.sectors:
        cell = {"sector": sector.id}
        assert bool(fine["trade_elasticity_assumed"].sel(cell)) is not sector.goods
        if not sector.goods:
            assert float(fine["trade_elasticity"].sel(cell)) == SERVICES_ELASTICITY == 4


@pytest.mark.raw
def test_theta_is_the_published_elasticity_less_one(fine: World, raw: Path) -> None:
    """Sectors of one product need no weights; those of several lie between their products."""
    published = read_fgo2022(raw / "economy" / "elasticities").abs() - 1
    for sector, products in GTAP_IN_WIOD.items():
        own = [published[product] for product in products if product in published]
        theta = float(fine["trade_elasticity"].sel(sector=sector))
        assert min(own) - 5e-5 <= theta <= max(own) + 5e-5  # four digits are kept
    assert len(GTAP_IN_WIOD["c6"]) == 1
    assert float(fine["trade_elasticity"].sel(sector="c6")) == pytest.approx(published["lum"], abs=5e-5)


def test_products_count_by_what_is_imported_and_those_without_estimate_not_at_all() -> None:
    products = [product for group in GTAP_IN_WIOD.values() for product in group]
    epsilon = pd.Series({product: -5.0 for product in products if product != "bph"}) + pd.Series({"tex": -2.0}).reindex(
        [product for product in products if product != "bph"], fill_value=0.0
    )
    weights = pd.Series(1.0, index=products)
    weights["tex"], weights["wap"], weights["bph"] = 3.0, 1.0, 1e9
    inside = [GTAP_IN_WIOD.get(sector.id, ()) for sector in WIOD_SECTORS]
    theta, assumed = elasticities(epsilon, weights, inside)
    by_sector = dict(zip((sector.id for sector in WIOD_SECTORS), theta, strict=True))
    assert by_sector["c4"] == pytest.approx((3 * 6 + 1 * 4) / 4)
    assert by_sector["c9"] == pytest.approx(4)
    assert assumed.tolist() == [not sector.goods for sector in WIOD_SECTORS]
    np.testing.assert_allclose(elasticities(epsilon, weights * 1e-6, inside)[0], theta)


# ---------------------------------------------------------------- people


def test_nobody_is_counted_twice(world_2011: World) -> None:
    """World Bank, 2011: 7.0 bn people; China and India have more than a billion each."""
    people = world_2011["population"]
    assert 6.9e9 < float(people.sum()) < 7.2e9
    assert {code for code in world_2011.codes if people.sel(actor=code) > 1e9} == {"CHN", "IND", "ROW"}


@pytest.mark.raw
def test_the_rest_of_the_world_is_the_world_less_those_named(fine: World, raw: Path) -> None:
    persons = read_population(raw / "economy" / "country-metadata", year=2011)
    assert "TWN" not in persons.index, "no row of its own, but inside the world total"
    assert float(fine["population"].sum()) == pytest.approx(persons["WLD"], rel=1e-12)
    assert float(fine["population"].sel(actor="CAN")) == persons["CAN"]


# ---------------------------------------------------------------- negative stock building


def world_table(coefficients: np.ndarray, final: np.ndarray, stocks: np.ndarray) -> WorldTable:
    """A table of two economies and two sectors that balances: output is what the Leontief system requires."""
    cells = pd.MultiIndex.from_product([["AAA", "BBB"], ["c1", "c2"]])
    output = np.linalg.solve(np.eye(4) - coefficients, (final + stocks).sum(axis=1))
    return WorldTable(
        intermediate=pd.DataFrame(coefficients * output, cells, cells),
        final=pd.DataFrame(final, cells, ["AAA", "BBB"]),
        inventories=pd.DataFrame(stocks, cells, ["AAA", "BBB"]),
    )


TECHNOLOGY = arrays(np.float64, (4, 4), elements=st.floats(0, 0.23))  # inputs are at most 92 % of output
FINAL = arrays(np.float64, (4, 2), elements=st.integers(0, 10**5).map(lambda cents: cents / 7)).map(lambda f: f + 500)
STOCKS = arrays(np.float64, (4, 2), elements=st.floats(0, 100))


def flat(accounts: Accounts) -> np.ndarray:
    return accounts.gross_output.ravel()


@LAWS
@given(TECHNOLOGY, FINAL, STOCKS)
def test_a_table_without_negative_cells_comes_back_unchanged(
    a: np.ndarray, final: np.ndarray, stocks: np.ndarray
) -> None:
    table = world_table(a, final, stocks)
    accounts = balanced_accounts(table)
    np.testing.assert_allclose(flat(accounts), sales(table), atol=2 * THOUSAND)
    inter = table.intermediate.to_numpy().reshape(2, 2, 2, 2)  # exporter, input, importer, sector
    np.testing.assert_allclose(accounts.input_use, inter.sum(axis=0).transpose(1, 0, 2), atol=THOUSAND)
    used = inter.sum(axis=3) + (final + stocks).reshape(2, 2, 2)
    np.testing.assert_allclose(accounts.trade_flow, used.transpose(0, 2, 1), atol=THOUSAND)


@LAWS
@given(TECHNOLOGY, FINAL, STOCKS, st.tuples(st.integers(0, 3), st.integers(0, 1)), st.floats(1, 400))
def test_a_negative_cell_set_to_zero_is_produced_and_with_it_all_inputs_it_takes(
    a: np.ndarray, final: np.ndarray, stocks: np.ndarray, cell: tuple[int, int], fall: float
) -> None:
    """Output rises by the Leontief inverse times the cell: never less than the cell itself, nowhere below zero."""
    seller, _ = cell
    stocks[cell] = -fall
    table = world_table(a, final, stocks)
    rise = flat(balanced_accounts(table)) - sales(table).to_numpy()
    assert rise.min() >= -2 * THOUSAND
    assert rise[seller] >= fall - 2 * THOUSAND
    np.testing.assert_allclose(rise, np.linalg.inv(np.eye(4) - a)[:, seller] * fall, atol=2 * THOUSAND)


@LAWS
@given(TECHNOLOGY, FINAL, STOCKS, st.integers(0, 3), st.floats(1, 400))
def test_technology_stays_what_was_published(
    a: np.ndarray, final: np.ndarray, stocks: np.ndarray, seller: int, fall: float
) -> None:
    stocks[seller, 0] = -fall
    accounts = balanced_accounts(world_table(a, final, stocks))
    share = accounts.input_use / accounts.gross_output[:, None, :]  # actor, input, sector
    published = a.reshape(2, 2, 2, 2).sum(axis=0).transpose(1, 0, 2)
    np.testing.assert_allclose(share, published, atol=1e-5)  # a thousandth on output of 500 and more


@LAWS
@given(
    TECHNOLOGY,
    arrays(np.float64, (4, 2), elements=st.sampled_from([0.0, 0.0, 1 / 3, 2 / 3, 10.0])).filter(lambda f: f.any()),
)
def test_rounding_never_leaves_anything_negative(a: np.ndarray, final: np.ndarray) -> None:
    """Goods that are bought as inputs alone: rounded inputs could exceed rounded purchases by a thousandth."""
    accounts = balanced_accounts(world_table(a, final, np.zeros((4, 2))))
    for values in (accounts.trade_flow, accounts.input_use, accounts.final_use):
        assert values.min() >= 0
        np.testing.assert_array_equal(values, np.round(values, 3))
    output, inputs, bought = accounts.gross_output, accounts.input_use, accounts.trade_flow.sum(axis=0)
    np.testing.assert_allclose(accounts.value_added + inputs.sum(axis=1), output, atol=1e-9)
    np.testing.assert_allclose(accounts.final_use + inputs.sum(axis=2), bought, atol=1e-9)
    np.testing.assert_allclose(accounts.trade_flow.sum(axis=1), output, atol=1e-9)


@pytest.mark.parametrize("share", [0.96, 1.0, 1.02])
def test_a_sector_that_spends_all_on_inputs_is_held_to_the_limit_and_the_others_are_not(share: float) -> None:
    a = np.full((4, 4), 0.1)
    a[:, 2] = share / 4
    final = np.full((4, 2), 1000.0)
    accounts = balanced_accounts(world_table(a, final, np.zeros((4, 2))))
    inputs = (accounts.input_use.sum(axis=1) / accounts.gross_output).ravel()
    assert inputs[2] == pytest.approx(MOST_INPUTS, abs=1e-6)
    np.testing.assert_allclose(np.delete(inputs, 2), 0.4, atol=1e-6)


def test_every_sector_that_produces_keeps_a_twentieth_as_value_added(fine: World) -> None:
    produces = fine["gross_output"] > 0
    most = (fine["input_use"].sum("input") / fine["gross_output"].where(produces)).where(produces, 0.0)
    assert float(most.max()) <= MOST_INPUTS + 1e-4  # a few sectors sell only some ten MUSD
    assert int((~produces).sum()) == int((fine["value_added"] == 0).sum())
