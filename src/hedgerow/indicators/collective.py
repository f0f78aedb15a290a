"""Power with others: what an actor's partners add to its means, and how often its means decide."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.indicators.declare import Assumption, Indicator, Lineage, Per
from hedgerow.indicators.evidence import CLUBS, GDP, MILITARY, Evidence, Table, by_actor
from hedgerow.indicators.frames import Array, Estimate, Label, Rows, joined, rows
from hedgerow.indicators.ties import total
from hedgerow.provenance import Status

REACH = Assumption(
    "reach",
    0.5,
    0.25,
    0.75,
    "part of 1 / λ_max",
    "How far the help of partners, and of their partners, carries; no source measures it. At 0 only own means count.",
)
QUOTA = 0.5
"""Part of all means that a coalition must exceed to decide."""
DRAWS = 10_000
"""Orders of joining that are drawn."""
SEED = 20
_NORMAL = 1.96


def collective_power(means: Array, ties: Array, reach: float) -> Array:
    """``c = (I − ρA)⁻¹ M`` (43) with ``ρ = reach / λ_max(A)``: own means, partners', their partners' and so on.

    Source: L. Katz (1953) and P. Bonacich (1987); with means in place of ones it is our adaptation.

    Args:
        means: of each actor. [actor]
        ties: symmetric, none negative, 0 with oneself. [actor, actor]
        reach: below 1; at 0 everybody has its own means and no more.

    Returns:
        [actor], in the unit of ``means``.
    """
    largest = float(np.linalg.eigvalsh(ties)[-1])
    if largest <= 0:
        return means
    return np.asarray(np.linalg.solve(np.eye(len(means)) - reach / largest * ties, means), dtype=np.float64)


def pivotality(means: Array, order: npt.NDArray[np.intp]) -> tuple[Array, Array, Array]:
    """Shapley–Shubik share (44): how often an actor's joining lifts a growing coalition over half of all means.

    Source: L. S. Shapley and M. Shubik (1954); orders of joining are drawn (I. Mann and L. S. Shapley 1960).

    Args:
        means: of each actor, none negative. [actor]
        order: orders of joining. [draw, actor], positions of actors

    Returns:
        Share, with the interval of 95 % (E. B. Wilson 1927) that drawing leaves, each [actor]; NaN without means.
    """
    if not means.sum() > 0:
        return (nothing := np.full(len(means), np.nan)), nothing, nothing
    draws = len(order)
    joined_means = np.cumsum((means / means.sum())[order], axis=1)
    decisive = order[np.arange(draws), np.argmax(joined_means > QUOTA + 1e-12, axis=1)]
    share = np.bincount(decisive, minlength=len(means)) / draws
    middle = (share + _NORMAL**2 / (2 * draws)) / (1 + _NORMAL**2 / draws)
    wide = _NORMAL * np.sqrt(share * (1 - share) / draws + (_NORMAL / (2 * draws)) ** 2) / (1 + _NORMAL**2 / draws)
    return share, np.clip(middle - wide, 0.0, share), np.clip(middle + wide, share, 1.0)


def shared_clubs(clubs: Table, actors: tuple[str, ...], year: int) -> Array:
    """How many organisations two actors are both in. [actor, actor], 0 with oneself"""
    held = clubs.frame[(clubs.frame["year"] == year) & clubs.frame["actor"].isin(actors)]
    names = sorted(held["organisation"].unique())
    member = np.zeros((len(actors), len(names)))
    at = [pd.Index(labels).get_indexer(pd.Index(held[c])) for labels, c in ((actors, "actor"), (names, "organisation"))]
    member[at[0], at[1]] = 1.0
    shared: Array = member @ member.T
    np.fill_diagonal(shared, 0.0)
    return shared


def _known(table: Table, column: str) -> pd.DataFrame:
    return table.frame.dropna(subset=[column]).sort_values(["year", "actor"])


def _collective(evidence: Evidence) -> pd.DataFrame:
    gdp, clubs = evidence.table(GDP), evidence.table(CLUBS)

    def block(year: int, actors: tuple[str, ...]) -> Rows:
        means, ties = by_actor(gdp, actors, year), shared_clubs(clubs, actors, year)
        reached = [collective_power(means, ties, reach) for reach in (REACH.value, REACH.low, REACH.high)]
        part = np.stack([each / total(each) for each in reached])
        label = Label(clubs.id, year, (gdp.origin, clubs.origin))
        return rows(actors, Estimate(part[0], part.min(axis=0), part.max(axis=0)), label, least=Status.ASSUMED)

    known = set(clubs.frame["year"])
    years = _known(gdp, "value").groupby("year")["actor"]
    return joined(block(int(str(year)), tuple(held)) for year, held in years if year in known)


def _pivotal(evidence: Evidence, base: str, column: str) -> pd.DataFrame:
    table = evidence.table(base)
    held = _known(table, column)
    if held.empty:
        return joined(())
    actors = tuple(sorted(held["actor"].unique()))
    order = np.argsort(np.random.default_rng(SEED).random((DRAWS, len(actors))), axis=1)

    def block(year: int) -> Rows:
        means = by_actor(table, actors, year, column)
        known = np.isfinite(means)
        found = [np.where(known, ends, np.nan) for ends in pivotality(np.where(known, means, 0.0), order)]
        return rows(actors, Estimate(*found), Label(table.id, year, (table.origin,)))

    return joined(block(int(year)) for year in sorted(held["year"].unique()))


def _pivot(name: str, title: str, base: str, column: str, missing: str) -> Indicator:
    return Indicator(
        id=f"{name}-pivotality",
        title=f"{title}: pivotality",
        family="collective power",
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula=f"Shapley–Shubik share of a game won by more than half of the world's {title.lower()}",
        reading="How often an actor's joining decides, when all join in an order drawn at random.",
        lineage=Lineage.PUBLISHED,
        reference="Shapley and Shubik (1954), American Political Science Review 48(3); on means of states, ours.",
        inputs=(base,),
        uncertainty=f"Low and high: interval of 95 per cent that {DRAWS:,} drawn orders leave.",
        compute=partial(_pivotal, base=base, column=column),
        caution=f"Any order is as likely as any other: rivals join hands as easily as allies. {missing}",
    )


COLLECTIVE: tuple[Indicator, ...] = (
    Indicator(
        id="collective-power",
        title="Collective-action power",
        family="collective power",
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="share of n in c = (I − ρA)⁻¹ M, ρ = reach / λ_max; M: GDP, A: organisations shared",
        reading="The part of the world's means that an actor can move if the members of its organisations join in.",
        lineage=Lineage.ADAPTED,
        reference="Katz (1953), Psychometrika 18(1); Bonacich (1987), American Journal of Sociology 92(5).",
        inputs=(GDP, CLUBS),
        uncertainty="Low and high: the same with reach at either end of what is assumed.",
        compute=_collective,
        caution="Members of one organisation need not act together, and a forum counts as much as an alliance.",
        assumptions=(REACH,),
    ),
    _pivot(
        "gdp", "GDP", GDP, "value", "Taiwan, North Korea and, for much of the Cold War, the Soviet Union are missing."
    ),
    _pivot(
        "military",
        "Military spending",
        MILITARY,
        "musd",
        "States without a figure are left out: Taiwan, North Korea, the Emirates from 2015, Viet Nam from 2019.",
    ),
)
"""Indicators of this family."""
