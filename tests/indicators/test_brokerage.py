"""Places in networks: small ones by hand, slow and obvious twins, and the world that ships."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hedgerow.indicators.brokerage import betweenness, constraint, liaisons, weights
from hedgerow.indicators.communities import modularity
from tests.indicators.conftest import Values

Array = npt.NDArray[np.float64]
FLOWS = arrays(np.float64, (7, 7), elements=st.integers(0, 12).map(float))
LAWS = settings(max_examples=40, deadline=None, derandomize=True)


def path(*pairs: tuple[int, int]) -> Array:
    """Ties of strength one."""
    weight = np.zeros((1 + max(max(pair) for pair in pairs),) * 2)
    for i, j in pairs:
        weight[i, j] = weight[j, i] = 1.0
    return weight


def graph(weight: Array) -> nx.Graph:
    """The same network as a library sees it."""
    found = nx.Graph()
    found.add_nodes_from(range(len(weight)))
    found.add_edges_from(
        (int(i), int(j), {"weight": weight[i, j], "length": 1 / weight[i, j]})
        for i, j in np.argwhere(np.triu(weight, 1))
    )
    return found


def test_weights_are_trade_both_ways_and_nothing_at_home() -> None:
    flow = np.array([[9.0, 2.0, np.nan], [3.0, 9.0, np.nan], [1.0, 0.0, 9.0]])
    assert weights(flow) == pytest.approx(np.array([[0.0, 5, 1], [5, 0, 0], [1, 0, 0]]))


def test_the_middle_of_a_star_lies_between_all_others() -> None:
    star = path((0, 1), (0, 2), (0, 3), (0, 4))
    assert betweenness(star) == pytest.approx([1, 0, 0, 0, 0])
    assert constraint(star) == pytest.approx([1 / 4, 1, 1, 1, 1])


def test_a_strong_detour_is_shorter_than_a_weak_tie() -> None:
    """1/10 + 1/10 is shorter than 1/4: the first two meet through the third."""
    weight = np.array([[0.0, 4, 10], [4, 0, 10], [10, 10, 0]])
    assert betweenness(weight) == pytest.approx([0, 0, 1])


def test_three_who_trade_evenly_hem_each_other_in() -> None:
    """Burt (1992): each (1/2 + 1/2 · 1/2)² twice, 9/8."""
    assert constraint(path((0, 1), (0, 2), (1, 2))) == pytest.approx([9 / 8] * 3)


@LAWS
@given(FLOWS, st.permutations(range(7)))
def test_as_the_library_counts_on_the_whole_network(flow: Array, order: list[int]) -> None:
    """Leaving out ties that lie on no shortest path changes nothing; lengths that tie exactly do not occur here."""
    weight = weights(flow + np.triu(np.arange(49.0).reshape(7, 7), 1) * (flow > 0) / 97)
    slow = nx.betweenness_centrality(graph(weight), weight="length")
    assert betweenness(weight) == pytest.approx([slow[n] for n in range(7)])
    theirs = nx.constraint(graph(weight), weight="weight")
    assert constraint(weight) == pytest.approx([theirs[n] for n in range(7)], nan_ok=True)
    moved = weight[order][:, order]
    assert betweenness(moved) == pytest.approx(betweenness(weight)[order])


@LAWS
@given(FLOWS)
def test_constraint_is_at_most_two_and_an_actor_without_ties_has_none(flow: Array) -> None:
    weight = weights(flow)
    weight[0] = weight[:, 0] = 0.0
    found = constraint(weight)
    assert np.isnan(found[0])
    assert not (found > 2).any()


@LAWS
@given(arrays(np.bool_, (7, 7)), arrays(np.int_, 7, elements=st.integers(0, 3)))
def test_liaisons_counted_one_pair_of_blocs_after_the_other(
    half: npt.NDArray[np.bool_], drawn: npt.NDArray[np.int_]
) -> None:
    tied = np.triu(half, 1) | np.triu(half, 1).T
    group = np.unique(drawn, return_inverse=True)[1]

    def reaches(n: int, bloc: int) -> bool:
        return bool(tied[n][group == bloc].any())

    expected = [
        sum(
            reaches(n, g) and reaches(n, h) and not tied[np.ix_(group == g, group == h)].any()
            for g, h in combinations(sorted(set(group) - {group[n]}), 2)
        )
        for n in range(7)
    ]
    assert liaisons(tied, group) == pytest.approx(expected)


def test_two_groups_with_one_bridge() -> None:
    """Two triangles and a bridge: 7 ties, 3 in each, degrees 7 and 7 of 14: Q = 2 (3/7 − 1/4) = 5/14."""
    assert modularity(path((0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3))) == pytest.approx(5 / 14)


@LAWS
@given(FLOWS)
def test_modularity_is_no_less_than_that_of_everybody_together_or_of_any_half(flow: Array) -> None:
    """Everybody together has 0. Of a few actors all halves can be tried; the search may lose little to the best."""
    weight = weights(flow)
    found = modularity(weight)
    if not weight.any():
        assert np.isnan(found)
        return
    assert -1e-6 <= found < 1
    halves = [{0, *rest} for size in range(6) for rest in combinations(range(1, 7), size)]
    best = max(nx.community.modularity(graph(weight), [half, set(range(7)) - half]) for half in halves)
    assert found >= best - 0.05


def test_china_lies_between_and_its_neighbours_of_one_partner_are_hemmed_in(values_of: Values) -> None:
    between = values_of("trade-betweenness").query("series == 'baci-2023'").set_index("actor")["value"].astype(float)
    assert set(between.nlargest(3).index) == {"CHN", "DEU", "USA"}
    hemmed = values_of("trade-constraint").query("series == 'baci-2023'").set_index("actor")["value"].astype(float)
    assert hemmed[["CAN", "MEX"]].min() > hemmed[["DEU", "IND", "JPN", "BRA", "TUR"]].max()
    assert hemmed["MNG"] > 0.7, "two neighbours that trade with each other"


def test_trade_between_forty_economies_fell_less_into_groups_after_the_crisis(values_of: Values) -> None:
    """The one series with the same actors every year."""
    frame = values_of("trade-modularity").query("series == 'wiod-1995-2011'").set_index("year")["value"].astype(float)
    assert len(frame) == 17
    assert frame[[2010, 2011]].max() < frame[[1995, 2000, 2005]].min()
