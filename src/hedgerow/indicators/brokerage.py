"""Places in a network: who lies between others in trade, who is hemmed in, who links blocs without an agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import PACTS, TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.ties import Mask, TradeSeries, ratio
from hedgerow.world.memberships import members_on, organisations
from hedgerow.world.partnerships import PartnershipKind

STEPS = 2**20
"""Lengths are whole multiples of the shortest tie's over this, so that sums of them do not depend on their order."""
PACTS_YEAR = 2025
"""The list of agreements is that of May 2026: full for no earlier year than the one before."""


def weights(flow: Array) -> Array:
    """Trade of each pair, both ways; 0 where none was observed and with oneself. [actor, actor], symmetric"""
    abroad = np.where(np.isfinite(flow) & ~np.eye(len(flow), dtype=bool), flow, 0.0)
    return abroad + abroad.T


def lengths(weight: Array) -> Array:
    """``l_ij = max w / w_ij``: a strong tie is short; infinite where there is none. [actor, actor]"""
    longest = np.where(weight > 0, weight, np.nan)
    steps = np.round(np.nanmax(longest) / longest * STEPS) if (weight > 0).any() else longest
    return np.where(weight > 0, steps, np.inf)


def betweenness(weight: Array) -> Array:
    """``B_n = Σ_{j<k} σ_jk(n) / σ_jk / ((N−1)(N−2)/2)`` (39): the part of shortest paths between others through n.

    Source: L. C. Freeman (1977); with lengths ``1/w`` M. E. J. Newman (2001) and U. Brandes (2001).

    Args:
        weight: symmetric, none negative. [actor, actor]

    Returns:
        [actor], 0 to 1; NaN for fewer than three actors.
    """
    import networkx as nx  # slow to load, and a brief needs none of it
    from scipy.sparse.csgraph import shortest_path

    if len(weight) < 3:
        return np.full(len(weight), np.nan)
    direct = np.ascontiguousarray(lengths(weight))
    # a tie longer than a detour lies on no shortest path: without such ties few are left, and the result is the same
    kept = np.isfinite(direct) & (direct <= shortest_path(direct, directed=False))
    graph = nx.Graph()
    graph.add_nodes_from(range(len(weight)))
    graph.add_weighted_edges_from((int(i), int(j), int(direct[i, j])) for i, j in np.argwhere(np.triu(kept, 1)))
    found = nx.betweenness_centrality(graph, weight="weight")
    return np.array([found[n] for n in range(len(weight))])


def constraint(weight: Array) -> Array:
    """``c_n = Σ_j (p_nj + Σ_q p_nq p_qj)²`` (40): how far an actor's ties lead back to the same partners.

    Source: R. S. Burt (1992). ``p`` are parts of each actor's ties; the sum over q leaves out n and j.

    Args:
        weight: symmetric, none negative, 0 with oneself. [actor, actor]

    Returns:
        [actor]; NaN for an actor without ties. Near 2 where two partners trade with next to nobody but each other.
    """
    part = np.nan_to_num(ratio(weight, weight.sum(axis=1, keepdims=True) * np.ones(len(weight))))
    reached = part + part @ part
    np.fill_diagonal(reached, 0.0)
    return np.where(weight.sum(axis=1) > 0, np.where(weight > 0, reached**2, 0.0).sum(axis=1), np.nan)


def liaisons(tied: Mask, group: npt.NDArray[np.int_]) -> Array:
    """``L_n = Σ_{g<h} t_ng t_nh (1 − T_gh)`` (41): pairs of other blocs that n is tied to and that have no tie.

    Source: the liaison role of R. V. Gould and R. M. Fernandez (1989), adapted: blocs are counted, not their members.

    Args:
        tied: symmetric. [actor, actor]
        group: the bloc of each actor, from 0; an actor in none is one of its own. [actor]

    Returns:
        Number of pairs. [actor]
    """
    inside = np.eye(int(group.max()) + 1)[group]
    reach = np.where(inside > 0, 0.0, np.minimum(tied.astype(float) @ inside, 1.0))
    between = np.minimum(inside.T @ tied @ inside, 1.0)
    apart = np.where(np.eye(len(between), dtype=bool), 0.0, 1.0 - between)
    found: Array = ((reach @ apart) * reach).sum(axis=1) / 2
    return found


def _trade(evidence: Evidence, measure: Callable[[Array], Array]) -> pd.DataFrame:
    """A measure of the network of trade in every year of every source; the rest of the world is no actor in it."""

    def found(series: TradeSeries, at: int) -> Array:
        named = series.named
        weight = weights(series.flow[at][named][:, named])
        tied = weight.sum(axis=1) > 0
        values = np.full(len(named), np.nan)
        values[np.flatnonzero(named)[tied]] = measure(weight[tied][:, tied])
        return values

    return joined(
        rows(series.actors, Estimate(found(series, at)), series.label(at))
        for series in evidence.trade
        for at in range(len(series.years))
    )


def _pacts(evidence: Evidence) -> pd.DataFrame:
    table = evidence.table(PACTS)
    held = table.frame[table.frame["since"] <= PACTS_YEAR]
    actors = sorted({*held["actor"], *held["partner"]})
    if not actors:
        return joined(())
    pair = [pd.Index(actors).get_indexer(pd.Index(held[side])) for side in ("actor", "partner")]
    tied = np.zeros((len(actors), len(actors)), dtype=bool)
    tied[pair[0], pair[1]] = tied[pair[1], pair[0]] = True
    label = Label(table.id, PACTS_YEAR, (table.origin,))
    return joined([rows(actors, Estimate(liaisons(tied, _groups(actors))), label)])


def _groups(actors: list[str]) -> npt.NDArray[np.int_]:
    """Number of the bloc of each actor at the end of the year of the agreements. [actor]"""
    blocs = [name for name, known in organisations().items() if known.kind is PartnershipKind.BLOC]
    bloc = {member: name for name in blocs for member in members_on(date(PACTS_YEAR, 12, 31), name)}
    return np.unique(np.array([bloc.get(actor, actor) for actor in actors], dtype=object), return_inverse=True)[1]


_NO_RANGE = "None given: the sources publish no error of a recorded flow."
_COVERAGE = (
    "It depends on who reports: compare actors within a year, and years only where a series has the same actors."
)


def _of_trade(
    name: str, title: str, high: float, formula: str, reading: str, reference: str, measure: Callable[[Array], Array]
) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        family="network",
        per=Per.ACTOR,
        unit="index",
        low=0.0,
        high=high,
        formula=formula,
        reading=reading,
        lineage=Lineage.PUBLISHED,
        reference=reference,
        inputs=(TRADE,),
        uncertainty=_NO_RANGE,
        compute=partial(_trade, measure=measure),
        caution=_COVERAGE,
    )


BROKERAGE: tuple[Indicator, ...] = (
    _of_trade(
        "trade-betweenness",
        "Brokerage in trade: betweenness",
        1.0,
        "B_n = Σ_{j<k} σ_jk(n) / σ_jk / ((N−1)(N−2)/2), length of a tie 1 / trade",
        "The part of pairs of others whose shortest chain of large trade runs through the actor.",
        "Freeman (1977), Sociometry 40(1); weighted: Newman (2001), Physical Review E 64; Brandes (2001).",
        betweenness,
    ),
    _of_trade(
        "trade-constraint",
        "Constraint in trade",
        2.0,
        "c_n = Σ_j (p_nj + Σ_q p_nq p_qj)², p parts of trade",
        "High: one partner, or partners that trade mostly with each other; low: room to play them off.",
        "Burt (1992), Structural Holes.",
        constraint,
    ),
    Indicator(
        id="agreement-liaison",
        title="Brokerage in trade agreements: liaisons",
        family="network",
        per=Per.ACTOR,
        unit="pairs of blocs",
        low=0.0,
        high=np.inf,
        formula="L_n = Σ_{g<h} t_ng t_nh (1 − T_gh)",
        reading="How many pairs of other blocs or states have an agreement with the actor and none with each other.",
        lineage=Lineage.ADAPTED,
        reference="Gould and Fernandez (1989), Sociological Methodology 19, who count members, not blocs.",
        inputs=(PACTS,),
        uncertainty="None given: the list of agreements has no error of its own.",
        compute=_pacts,
        caution=f"Agreements that stood in May 2026 and began by {PACTS_YEAR}; earlier years cannot be counted.",
    ),
)
"""Places of actors in networks."""
