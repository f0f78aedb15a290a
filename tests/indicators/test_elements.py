"""Indicators of the four elements: the harmonic mean that asks for both sides, arms by hand, and facts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.errors import DataError, RequestError
from hedgerow.indicators.binding import CLOSENESS, PARTS, TIES, closeness, harmonic, level
from hedgerow.indicators.blunting import filled, real_growth
from hedgerow.indicators.boosting import apart
from hedgerow.indicators.broadening import partners_outside, without
from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.declare import Indicator, Lineage
from hedgerow.indicators.element import POWERS, Element, place, standing
from hedgerow.indicators.elements import ELEMENT_INDICATORS, ELEMENTS, SCORED
from hedgerow.indicators.evidence import ARMS, GDP, OWN_ONLY, SEATS, Evidence, Table, embedded_evidence
from hedgerow.indicators.frames import Array
from hedgerow.indicators.geopolitics import distances
from hedgerow.indicators.hedging.gather import gather
from hedgerow.indicators.own_years import own_files, with_own
from hedgerow.indicators.panel import measured
from hedgerow.provenance import Origin, Status
from tests.data.registers import write_register
from tests.indicators.conftest import Values

CLOSE = arrays(np.float64, 5, elements=st.floats(0, 1, width=16))
SHIPPED = [one for one in ELEMENT_INDICATORS if not OWN_ONLY & set(one.inputs)]
MADE_UP = Origin(Status.ASSUMED, ("illustration",), "Made up.")


@given(one=CLOSE, other=CLOSE)
def test_ties_to_one_side_alone_do_not_count(one: Array, other: Array) -> None:
    both = harmonic(one, other)
    np.testing.assert_allclose(both, harmonic(other, one))
    assert np.all(both <= (one + other) / 2 + 1e-12)
    assert np.all(both[(one == 0) | (other == 0)] == 0)
    np.testing.assert_allclose(harmonic(one, one), one)


@given(one=CLOSE, other=CLOSE, more=CLOSE)
def test_a_closer_tie_never_binds_less(one: Array, other: Array, more: Array) -> None:
    assert np.all(harmonic(np.minimum(one + more, 1), other) >= harmonic(one, other) - 1e-12)


def test_the_unknown_stays_unknown() -> None:
    assert np.isnan(harmonic(np.array([np.nan, 0.5]), np.array([0.5, np.nan]))).all()


def test_the_powers_are_left_out() -> None:
    ties = np.ones((3, 3))
    assert np.isnan(without(ties, ("CHN", "USA", "VNM"))).tolist() == [[True, True, False]] * 3


@given(arrays(np.float64, (3, 5), elements=st.floats(1, 100)), st.floats(0, 1000))
def test_what_is_bought_from_the_powers_changes_nothing_outside(ties: Array, more: float) -> None:
    names = ("CHN", "DEU", "FRA", "JPN", "USA")
    again = ties + more * np.isin(names, POWERS)
    found = partners_outside(ties, names)
    np.testing.assert_allclose(partners_outside(again, names), found)
    assert np.all((found >= 1) & (found <= 3 + 1e-12))


@given(arrays(np.float64, (4, 5), elements=st.sampled_from([np.nan, 0.0, 0.25, 1.0])))
def test_closeness_is_the_mean_of_three_parts_or_more(parts: Array) -> None:
    found = closeness(parts)
    for column, near in zip(parts.T, found, strict=True):
        known = column[np.isfinite(column)]
        assert near == pytest.approx(known.mean()) if len(known) >= 3 else np.isnan(near)


def test_a_promise_of_defence_is_more_than_one_of_trade_and_both_no_more_than_one() -> None:
    trade, defence = np.array([0.0, 1.0, 0.0, 1.0]), np.array([0.0, 0.0, 1.0, 1.0])
    assert level(trade, defence).tolist() == [0.0, 0.5, 1.0, 1.0]


def test_levels_as_the_treaties_have_them(values_of: Values) -> None:
    """Manila and Tokyo: a treaty of defence with Washington and one of trade with Beijing; Hanoi: only the latter."""
    found = values_of("binding-agreements").query("year == 2023").set_index("actor")["value"].astype(float)
    assert found["PHL"] == found["JPN"] == found["THA"] == pytest.approx(2 / 3)
    assert found["SGP"] == pytest.approx(0.5), "trade with both"
    assert found[["VNM", "DEU", "IND"]].tolist() == [0, 0, 0], "one side alone, or neither"


def test_forums_as_anyone_can_count_them() -> None:
    """2023, with the powers: Japan G7, G20, APEC, Quad, IPEF and the Council; Viet Nam APEC and IPEF; Laos nothing."""
    evidence = embedded_evidence()
    seats = evidence.table(SEATS).frame.query("year == 2023")
    for power, counts in (("USA", {"JPN": 6, "VNM": 2}), ("CHN", {"JPN": 3, "VNM": 1, "RUS": 6})):
        of_power = set(seats.loc[seats["actor"] == power, "organisation"])
        shared = seats[seats["organisation"].isin(of_power)].groupby("actor").size()
        assert {state: shared[state] for state in counts} == counts
        placed = PARTS["forums"](evidence, power).loc[2023]
        number = shared.reindex(placed.index, fill_value=0)
        np.testing.assert_array_equal(np.argsort(placed, kind="stable"), np.argsort(number, kind="stable"))
        assert placed.nunique() == number.nunique()
        assert placed["LAO"] == placed.min()


def test_an_estimate_speaks_only_where_the_series_has_been_silent_for_five_years() -> None:
    series = pd.DataFrame({"A": [1.0] + [np.nan] * 6, "B": 2.0, "C": np.nan}, index=range(2010, 2017))
    found = filled(series, pd.DataFrame(9.0, index=series.index, columns=series.columns))
    assert found["A"].tolist()[:1] + found["A"].tolist()[5:] == [1.0, 9.0, 9.0]
    assert found["A"][1:5].isna().all(), "its own value stands four years more"
    assert (found["B"] == 2).all()
    assert (found["C"] == 9).all()


def test_growth_at_the_pace_of_prices_is_none() -> None:
    before = np.array([10.0, 10.0, 0.0, np.nan])
    after = np.array([10.0 * 1.02**5, 20.0, 5.0, 5.0])
    found = real_growth(before, after, 5, 0.02)
    assert found[:2] == pytest.approx([0.0, np.log(2) - 5 * np.log(1.02)], abs=1e-12)
    assert np.isnan(found[2:]).all()


@given(arrays(np.float64, 4, elements=st.floats(-3, 3, width=16)), st.floats(-2, 2, width=16))
def test_how_far_apart_votes_are_does_not_hang_on_where_the_scale_begins(position: Array, shift: float) -> None:
    actors = ("CHN", "IND", "USA", "VNM")
    found = apart(distances(position), actors)
    np.testing.assert_allclose(found, apart(distances(-position - shift), actors), atol=1e-12)
    assert np.isnan(found[[0, 2]]).all()
    assert found[1] == min(abs(position[1] - position[0]), abs(position[1] - position[2]))


def test_every_element_has_three_indicators_or_more() -> None:
    assert all(len(names) >= 3 for names in ELEMENTS.values())
    assert {name for names in ELEMENTS.values() for name in names} == {one.id for one in SCORED}


@pytest.mark.parametrize("one", ELEMENT_INDICATORS, ids=lambda one: one.id)
def test_it_says_what_it_stands_in_for_and_what_it_does_not_say(one: Indicator) -> None:
    assert one.caution
    assert "Marston" in one.reference
    if one.lineage is Lineage.PROXY:
        assert "stands in for" in f"{one.reference} {one.caution}".casefold() or "proxy" in one.caution


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_it_has_values_on_the_evidence_that_ships(one: Indicator, values_of: Values) -> None:
    frame = values_of(one.id)
    assert frame["actor"].nunique() > 120
    assert not frame.duplicated(["actor", "year", "power", "series"]).any()


def test_facts_about_ties(values_of: Values) -> None:
    """Known to everybody: who is nearer to whom; allies of one power stand apart from friends of the other."""
    ties = values_of(TIES).query("year == 2023").set_index(["actor", "power"])["value"].astype(float)
    assert set(ties.index.get_level_values("power")) == set(POWERS)
    for actor, nearer, farther in (("CAN", "USA", "CHN"), ("ISR", "USA", "CHN"), ("KHM", "CHN", "USA")):
        assert ties[actor, nearer] > ties[actor, farther], actor
    near, far = ties.xs("USA", level="power"), ties.xs("CHN", level="power")
    alignment = (near - far) / (near + far)
    assert alignment[["JPN", "KOR", "AUS", "POL", "GBR"]].min() > alignment[["VNM", "IND", "PAK", "KHM", "BLR"]].max()


@given(arrays(np.float64, (2, 6), elements=st.sampled_from([np.nan, 0.0, 1.0, 2.0, 5.0])))
def test_a_place_among_states_by_counting(values: Array) -> None:
    found = standing(pd.DataFrame(values)).to_numpy()
    for row, placed in zip(values, found, strict=True):
        others = [row[np.isfinite(row) & (np.arange(6) != k)] for k in range(6)]
        for k, rest in enumerate(others):
            if np.isfinite(row[k]) and len(rest):
                assert placed[k] == pytest.approx(((rest < row[k]).sum() + (rest == row[k]).sum() / 2) / len(rest))
            else:
                assert np.isnan(placed[k])


@given(arrays(np.float64, 6, elements=st.floats(-3, 3, width=16)), st.floats(0.1, 5), st.floats(-2, 2, width=16))
def test_a_place_has_no_scale_and_its_ends_hold_it(values: Array, factor: float, shift: float) -> None:
    found = place(values, values)
    np.testing.assert_allclose(place(factor * values + shift, factor * values + shift).mean(), 0.5)
    np.testing.assert_allclose(place(2 * values + 1, 2 * values + 1), found)
    assert np.all(place(values - 0.5, values) <= found)
    assert np.all(found <= place(values + 0.5, values))


def test_one_power_s_leap_moves_nobody_much(values_of: Values) -> None:
    """China's position fell by 1.0 in 2022; the middle of the states stays in the middle."""
    found = values_of("boosting-position")
    for year in (2021, 2022, 2023):
        assert found.loc[found["year"] == year, "value"].astype(float).median() == pytest.approx(0.5, abs=0.01)


def test_seats_as_anyone_can_count_them(values_of: Values) -> None:
    """2023: France G7, G20, Council; India G20, BRICS, SCO, Quad, IPEF, Bank; Brazil G20, BRICS, Bank, elected."""
    seats = values_of("boosting-seats").query("year == 2023").set_index("actor")["value"].astype(float)
    assert seats[["FRA", "IND", "BRA", "VNM", "LAO"]].tolist() == [3, 6, 4, 2, 0]


def test_organisations_without_the_powers(values_of: Values) -> None:
    """2023: Viet Nam in ASEAN and the CPTPP; Japan in the CPTPP alone; Germany in the Union; Korea in none."""
    found = values_of("broadening-organisations").query("year == 2023").set_index("actor")["value"].astype(float)
    assert found[["VNM", "JPN", "DEU", "KOR"]].tolist() == [2, 1, 1, 0]


def register(folder: Path, lines: list[tuple[str, str, object, str]]) -> Evidence:
    """The evidence that ships with a made-up register of arms."""
    write_register(folder / "trade-register.csv", lines)
    return with_own(embedded_evidence(), own_files(folder))


BOUGHT: list[tuple[str, str, object, str]] = [
    ("United States", "Viet Nam", 2016, "60"),
    ("Russia", "Viet Nam", 2017, "20"),
    ("Israel", "Viet Nam", 2018, "20"),
    ("unknown supplier(s)", "Viet Nam", 2018, "500"),
    ("United States", "Viet Nam", 2020, ""),
    ("China", "Bosnia-Herzegovina", 2020, "5"),
    ("Belarus", "Hezbollah (Lebanon)*", 2020, "7"),
    ("NATO**", "Viet Nam", 2011, "9"),
]


def test_arms_by_hand(tmp_path: Path) -> None:
    """Over 2016 to 2020: 100 delivered, 40 of it from two equal suppliers outside the powers."""
    evidence = register(tmp_path, BOUGHT)
    suppliers = measured(indicator("broadening-suppliers"), evidence).set_index(["actor", "year"])
    assert suppliers["value"][("VNM", 2020)] == pytest.approx(2.0)
    assert suppliers["value"][("BIH", 2020)] == 0, "all from the powers"
    assert ("BIH", 2019) not in suppliers.index, "nothing bought"
    assert set(suppliers.index.get_level_values("year")) <= set(range(2015, 2021))
    arms = measured(indicator("blunting-arms"), evidence).set_index(["actor", "year"])
    gdp = evidence.table(GDP).frame.query("actor == 'VNM' and 2016 <= year <= 2020")["value"].sum()
    assert arms["value"][("VNM", 2020)] == pytest.approx(1000 * 100 / gdp)
    assert set(arms["source"]) == {"sipri-arms wdi-gdp"}


def test_the_unit_of_arms_and_of_money_does_not_matter() -> None:
    register = pd.DataFrame({"exporter": ["FRA"] * 5, "importer": ["VNM"] * 5, "year": range(2016, 2021), "value": 2.0})
    size = pd.DataFrame({"actor": ["VNM"] * 10, "year": range(2011, 2021), "value": 50.0})

    def found(factor: float) -> Array:
        tables = {ARMS: register, GDP: size}
        evidence = Evidence(
            {n: partial(Table, n, held.assign(value=held["value"] * factor), MADE_UP) for n, held in tables.items()}
        )
        return measured(indicator("blunting-arms"), evidence)["value"].to_numpy(dtype=float)

    np.testing.assert_allclose(found(1.0), [40.0])
    np.testing.assert_allclose(found(1000.0), found(1.0))


def test_what_nobody_can_know_without_a_file_is_asked_of_nobody(tmp_path: Path) -> None:
    """Arms count in the elements where the publisher's file is at hand, and only there."""
    shipped = set(gather(embedded_evidence()).measures.indicators)
    assert shipped == {one.id for one in SCORED if not OWN_ONLY & set(one.inputs)}
    own = set(gather(register(tmp_path, BOUGHT)).measures.indicators)
    assert own == {name for element in Element for name in ELEMENTS[element]}


def test_two_registers_are_refused(tmp_path: Path) -> None:
    write_register(tmp_path / "trade-register.csv", BOUGHT)
    write_register(tmp_path / "trade-register-2.csv", BOUGHT)
    with pytest.raises(RequestError, match="keep one of them"):
        with_own(embedded_evidence(), own_files(tmp_path)).table(ARMS)


def test_another_file_under_the_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "trade-register.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match="export the trade register"):
        with_own(embedded_evidence(), own_files(tmp_path)).table(ARMS)


def test_equipment_with_the_table_of_the_publisher(tmp_path: Path) -> None:
    table = ["Table 8a,,,", ",,2023,2024e", "Equipment,,,", ",Poland,52.4,51.1", ",NATO Europe,30,31"]
    (tmp_path / "nato-table-8a.csv").write_text("\n".join(table), encoding="utf-8")
    found = measured(indicator("blunting-equipment"), with_own(embedded_evidence(), own_files(tmp_path)))
    assert found[["actor", "year", "value"]].to_numpy().tolist() == [["POL", 2023, 52.4], ["POL", 2024, 51.1]]


def test_closeness_is_shown_and_not_scored() -> None:
    assert CLOSENESS in ELEMENT_INDICATORS
    assert CLOSENESS not in SCORED
