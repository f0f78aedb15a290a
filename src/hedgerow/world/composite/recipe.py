"""The recipe: from beliefs about a year to balanced accounts. The same code builds the world and its exercise.

Knows no files. Priority, highest first: pair totals of goods; GDP; sector shares of the US import column; pair totals
of services; then, as targets and priors, sector value added, the splits of older tables, exporters' composition and
input-output coefficients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.country_tables import CountryTables, Margins, fit_tables
from hedgerow.world.composite.flows_fit import Block, Knowledge, fit_flows
from hedgerow.world.composite.prior import Mixes, prior_flows
from hedgerow.world.composite.wiod import Technology, WorldYear

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Choices:
    """What the recipe leaves to judgement; the exercise says what each choice costs (``docs/worlds``)."""

    weight: float = 10.0
    """A dollar of a sector total against a dollar of a cell, see :mod:`flows_fit`."""
    keep_home: float = 0.5
    """A home share is at least this part of the older table's."""
    least_home: float = 0.03
    """And at least this, whatever the older table says."""
    most_exported: float = 0.90
    """Exports beyond this share of a sector's own output are re-exports, see :func:`re_exports`."""
    tilt: float = 0.5
    """Power with which the change of a member's US-bound mix since the older table moves its mix elsewhere."""
    trust_in_value_added: int = 3
    """How many times as much a dollar of value added counts as a dollar of an input, see :mod:`country_tables`."""
    sweeps: int = 400
    """Most rounds of the fit of flows; it stops earlier, when nothing moves."""
    tolerance: float = 1e-9
    """Relative move of a factor at which nothing moves."""


RECOMMENDED: Final = Choices()
"""What the composite world is built with."""


@dataclass(frozen=True)
class Beliefs:
    """All that enters the recipe, on one set of labels; money in MUSD."""

    goods: Array
    """[exporter, importer] totals of goods, zero diagonal."""
    services: Array
    """[exporter, importer] totals of services, zero diagonal."""
    gdp: Array
    """[actor]"""
    value_added_split: Array
    """[actor, sector] shares of GDP; sum to 1."""
    technology: Technology
    older: WorldYear
    """The last complete table: splits of pairs and home shares."""
    mixes: Mixes
    """What US customs says about exporters' composition."""


@dataclass(frozen=True)
class Targets:
    """What sector totals would be if value added and coefficients were exact; trade passing through is inside."""

    output: Array
    """[actor, sector]"""
    absorption: Array
    """[actor, sector]"""


@dataclass(frozen=True)
class Reconstruction:
    """Balanced accounts in MUSD and how far the targets were missed."""

    flow: Array
    """[exporter, importer, sector]"""
    tables: CountryTables
    fixed: Flags
    """[exporter, importer, sector] cells taken from customs and never moved."""
    re_exported: Array
    """[actor, sector] trade passing through, inside both output and inputs."""
    targets: Targets
    prior: Array
    """[exporter, importer, sector] where the fit started."""


def reconstruct(beliefs: Beliefs, choices: Choices) -> Reconstruction:
    """Balanced accounts of one year, in three steps.

    Flows are fitted to the output and absorption that value added and coefficients imply; what that fit exports beyond
    a sector's output is a re-export, and flows are fitted again with it; country tables are fitted to what the flows
    sell and buy. The last word is the tables', so every identity holds. Going round again, with the coefficients
    found, makes the exercise worse: errors of flows then wander into coefficients and back.
    """
    tech, added = beliefs.technology, beliefs.gdp[:, None] * beliefs.value_added_split
    traded = beliefs.goods + beliefs.services
    targets = _targets(tech, added, beliefs.gdp + traded.sum(axis=0) - traded.sum(axis=1))
    totals = (beliefs.goods, beliefs.services)
    prior = prior_flows(beliefs.older, beliefs.mixes, targets.output, targets.absorption, totals, choices.tilt)
    prior, fixed = customs_column(prior, beliefs)
    known = Knowledge(
        prior=prior,
        fixed=fixed,
        blocks=(Block(slice(0, GOODS), beliefs.goods), Block(slice(GOODS, None), beliefs.services)),
        least_home=least_home_share(beliefs.older, choices),
        weight=choices.weight,
    )
    first = fit_flows(known, targets.output, targets.absorption, sweeps=choices.sweeps, tolerance=choices.tolerance)
    through = re_exports(first, targets.output, choices.most_exported)
    output, absorption = targets.output + through, targets.absorption + through
    flow = fit_flows(known, output, absorption, sweeps=choices.sweeps, tolerance=choices.tolerance)
    tables = _tables(tech, added, flow, through, choices.trust_in_value_added)
    return Reconstruction(flow, tables, fixed, through, Targets(output, absorption), prior)


def customs_column(prior: Array, beliefs: Beliefs) -> tuple[Array, Flags]:
    """The prior with the US import column set to customs shares of each pair's total, and where it was set."""
    fixed = np.zeros(prior.shape, dtype=bool)
    mixes = beliefs.mixes
    if mixes.importer is None:
        return prior, fixed
    column = prior.copy()
    column[:, mixes.importer, :GOODS] = np.where(
        mixes.known[:, None], mixes.shares * beliefs.goods[:, mixes.importer, None], prior[:, mixes.importer, :GOODS]
    )
    fixed[:, mixes.importer, :GOODS] = mixes.known[:, None]
    fixed[mixes.importer, mixes.importer] = False
    column[mixes.importer, mixes.importer] = prior[mixes.importer, mixes.importer]
    return column, fixed


def least_home_share(older: WorldYear, choices: Choices) -> Array:
    """[actor, sector] floor under the home share of purchases."""
    own = np.where(older.member[:, None], choices.keep_home * older.home_share, 0.0)
    return np.asarray(np.maximum(own, choices.least_home), dtype=np.float64)


def re_exports(flow: Array, output: Array, most_exported: float) -> Array:
    """[actor, sector] exports that a sector cannot have made, MUSD.

    Customs records goods that pass through a hub as its imports and again as its exports. Where exports of a goods
    sector exceed ``most_exported`` of the output its value added allows, the excess was bought abroad: it is added to
    the output and to the inputs of the same sector, so value added and pair totals stay and home sales do not vanish.
    In WIOD 2011, which leaves re-exports out, 95 % of sectors with 98 % of exports are below 0.90.
    """
    exports = flow.sum(axis=1) - np.einsum("nns->ns", flow)
    excess = np.maximum(exports - most_exported * output, 0.0)
    excess[:, GOODS:] = 0.0
    return np.asarray(excess)


def _targets(tech: Technology, added: Array, spending: Array) -> Targets:
    share = np.clip(1.0 - tech.coefficients.sum(axis=1), 0.02, 0.98)
    output = added / share
    inputs = np.einsum("nks,ns->nk", tech.coefficients, output)
    return Targets(output, inputs + tech.final_share * spending[:, None])


def _tables(tech: Technology, added: Array, flow: Array, through: Array, trust: int) -> CountryTables:
    """Country tables that fit the flows, from coefficients, value added and trade passing through."""
    output, purchases = flow.sum(axis=1), flow.sum(axis=0)
    deficit = (purchases - output).sum(axis=1)
    inputs = tech.coefficients * np.maximum(output - through, 0.0)[:, None, :]
    sector = np.arange(output.shape[1])
    inputs[:, sector, sector] += through
    spending = added.sum(axis=1) + deficit
    prior = CountryTables(inputs, tech.final_share * spending[:, None], added)
    return fit_tables(prior, Margins(purchases, output, deficit), trust_in_value_added=trust)
