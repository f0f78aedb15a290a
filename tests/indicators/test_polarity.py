"""Polarity: laws of the two measures, and facts about the system that ships."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.data.politics import states_in
from hedgerow.indicators.polarity import BASES, BLOCS, FIRST, Base, concentration, groups, poles
from tests.indicators.conftest import Values

LAWS = settings(max_examples=60, deadline=None, derandomize=True)
MEANS = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=12).map(np.array)


@pytest.mark.parametrize("number", [2, 5, 150])
def test_equal_states_are_not_concentrated_and_as_many_poles_as_states(number: int) -> None:
    equal = np.full(number, 7.0)
    assert concentration(equal) == pytest.approx(0, abs=1e-7)
    assert poles(equal, np.arange(number)) == pytest.approx(number)


def test_one_state_with_everything_is_one_pole() -> None:
    alone = np.array([0.0, 3.0, 0.0])
    assert concentration(alone) == pytest.approx(1)
    assert poles(alone, np.arange(3)) == pytest.approx(1)


def test_two_states_by_hand() -> None:
    """Shares 0.8 and 0.2: Σ S² = 0.68, CON = √((0.68 − 0.5) / 0.5) = 0.6, N_p = 1 / 0.68."""
    means = np.array([8.0, 2.0])
    assert concentration(means) == pytest.approx(0.6)
    assert poles(means, np.arange(2)) == pytest.approx(1 / 0.68)


def test_nobody_to_compare_with_has_no_concentration() -> None:
    assert np.isnan(concentration(np.array([5.0])))
    assert np.isnan(concentration(np.zeros(3)))


@LAWS
@given(MEANS, st.data())
def test_merging_states_never_raises_the_number_of_poles(means: np.ndarray, data: st.DataObject) -> None:
    fine = data.draw(st.lists(st.integers(0, 6), min_size=len(means), max_size=len(means)).map(np.array))
    into = np.array(data.draw(st.lists(st.integers(0, 3), min_size=7, max_size=7)))
    assert poles(means, into[fine]) <= poles(means, fine) * (1 + 1e-12)
    assert poles(means, fine) <= poles(means, np.arange(len(means))) * (1 + 1e-12)


@LAWS
@given(MEANS, st.floats(1e-3, 1e3), st.integers(0, 10**6))
def test_neither_the_unit_nor_the_order_matters(means: np.ndarray, factor: float, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(means))
    alone = np.arange(len(means))
    assert concentration(factor * means[order]) == pytest.approx(concentration(means), abs=1e-6)
    assert poles(factor * means[order], alone) == pytest.approx(poles(means, alone))


def test_members_of_a_bloc_are_one_pole_and_everybody_else_their_own() -> None:
    found = groups(("CAN", "DEU", "FRA", "USA"), "EU", 2020)
    assert found[1] == found[2]
    assert len(set(found)) == 3
    assert len(set(groups(("DEU", "FRA", "GBR"), "EU", 2019))) == 1
    assert len(set(groups(("DEU", "FRA", "GBR"), "EU", 2020))) == 2


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.id)
def test_the_system_that_ships(base: Base, values_of: Values) -> None:
    """One value a year from the first with today's borders on; a bloc as one never adds a pole."""
    name = base.id
    alone = values_of(f"{name}-poles").set_index("year")["value"].astype(float)
    assert list(alone.index) == list(range(FIRST, int(alone.index.max()) + 1))
    assert alone.index.max() >= 2023
    for bloc in BLOCS:
        merged = values_of(f"{name}-poles-{bloc.lower()}").set_index("year")["value"].astype(float)
        assert (merged < alone).all()


def test_the_bases_differ(values_of: Values) -> None:
    """In 2023 people were spread over more poles than output, and output over more than arms."""
    found = [values_of(f"{base.id}-poles").set_index("year")["value"].astype(float)[2023] for base in BASES]
    gdp, military, people = found
    assert military < gdp < people


def test_successors_are_states_only_since_they_are() -> None:
    assert "UKR" in states_in(FIRST)
    assert "UKR" not in states_in(1990)
