"""Modularity of world trade: how far it falls into groups that trade among themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hedgerow.indicators.brokerage import weights
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.ties import TradeSeries

STARTS = (0, 1, 2)
"""Seeds of the search for groups; the best division found counts."""
STEPS = 2**30
"""Weights are whole multiples of the total over this: a search decides the same in every unit of money."""


def modularity(weight: Array) -> float:
    """``Q = Σ_ij (w_ij / 2m − k_i k_j / (2m)²) δ_ij`` (42) at the best division into groups that was found.

    Source: M. E. J. Newman (2004), for weights; the search is that of V. D. Blondel et al. (2008). 0: no groups beyond
    what the sizes of the actors explain.

    Args:
        weight: symmetric, none negative, 0 with oneself. [actor, actor]

    Returns:
        NaN where there is no tie.
    """
    import networkx as nx  # slow to load, and a brief needs none of it

    whole = np.round(weight / weight.sum() * STEPS) if weight.sum() > 0 else weight
    if not whole.any():
        return float("nan")
    graph = nx.Graph()
    graph.add_nodes_from(range(len(whole)))
    graph.add_weighted_edges_from((int(i), int(j), int(whole[i, j])) for i, j in np.argwhere(np.triu(whole, 1) > 0))
    groups = (nx.community.louvain_communities(graph, seed=seed) for seed in STARTS)
    return float(max(nx.community.modularity(graph, found) for found in groups))


def _modularity(evidence: Evidence) -> pd.DataFrame:
    def found(series: TradeSeries, at: int) -> Estimate:
        order = [k for k in np.argsort(np.array(series.actors)) if series.named[k]]  # a search depends on the order
        return Estimate(np.array([modularity(weights(series.flow[at][order][:, order]))]))

    return joined(
        rows([""], found(series, at), series.label(at)) for series in evidence.trade for at in range(len(series.years))
    )


COMMUNITIES: tuple[Indicator, ...] = (
    Indicator(
        id="trade-modularity",
        title="Modularity of world trade",
        family="network",
        per=Per.SYSTEM,
        unit="index",
        low=-0.5,
        high=1.0,
        formula="Q = max over divisions of Σ_ij (w_ij / 2m − k_i k_j / (2m)²) δ_ij",
        reading="Higher: trade falls more into groups that trade among themselves.",
        lineage=Lineage.PUBLISHED,
        reference="Newman (2004), Physical Review E 70; search: Blondel et al. (2008), J. Stat. Mech. P10008.",
        inputs=(TRADE,),
        uncertainty="None given: the best of three searches is a lower bound of the greatest modularity there is.",
        compute=_modularity,
        caution=(
            "Regions trade among themselves because they are near; a rise is not yet a split into political camps. "
            "Only wiod-1995-2011 has the same actors every year: others move with who reports."
        ),
    ),
)
"""Groups in the system."""
