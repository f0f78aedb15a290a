"""The first part of the report: how nearly each thing the world is made from was kept, in order of priority."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hedgerow.world.balance import imbalances
from hedgerow.world.composite.build import Built
from hedgerow.world.composite.classifications import GOODS, SECTORS
from hedgerow.world.composite.evidence import POWER
from hedgerow.world.composite.exercise import misplaced
from hedgerow.world.composite.report import Reference, ReportRow, measured, row
from hedgerow.world.world import World

Array = npt.NDArray[np.float64]

SECTION = "constraints"
ROUNDING = 0.01
"""MUSD: what rounding to thousands of dollars may do to a total."""


def constraint_rows(made: Built) -> tuple[ReportRow, ...]:
    """Every constraint and its deviation."""
    return (*_hard(made), *_soft(made), *_sector_value_added(made), *_passing_through(made), *_deficits(made.world))


def abroad(world: World) -> Array:
    """[exporter, importer, sector] trade across borders, MUSD."""
    flow = np.array(world["trade_flow"].values)
    flow[np.arange(len(flow)), np.arange(len(flow))] = 0.0
    return flow


def _hard(made: Built) -> list[ReportRow]:
    world, beliefs = made.world, made.evidence.beliefs
    flow, america = abroad(world), made.evidence.labels.of(POWER)
    goods, services = flow[:, :, :GOODS].sum(axis=2), flow[:, :, GOODS:].sum(axis=2)
    gdp = world["value_added"].values.sum(axis=1)
    known = beliefs.mixes.known & (np.arange(len(gdp)) != america)
    column = flow[known, america, :GOODS] / goods[known, america][:, None]
    identities = [
        measured(
            (SECTION, f"identity: {i.identity}", "world"), i.share_of_world_income, "share of world income", most=1e-12
        )
        for i in imbalances(world)
    ]
    return [
        *identities,
        measured((SECTION, "1 goods totals by pair (BACI 2023), largest gap", "pair"),
                 float(np.abs(goods - beliefs.goods).max()), "million dollars", most=ROUNDING),
        measured((SECTION, "2 GDP (World Bank 2023), largest gap", "country"),
                 float(np.abs(gdp / beliefs.gdp - 1.0).max()), "share", most=1e-6),
        measured((SECTION, "3 sector shares of US imports (Census 2024), largest gap", "pair x sector"),
                 float(np.abs(column - beliefs.mixes.shares[known]).max()), "share", most=1e-3),
        measured((SECTION, "3 sector shares of US imports (Census 2024), misplaced", "pair x sector"),
                 misplaced(column * goods[known, america][:, None],
                           beliefs.mixes.shares[known] * goods[known, america][:, None]), "share", most=1e-6),
        measured((SECTION, "4 services totals by pair (2019, brought to 2023), largest gap", "pair"),
                 float(np.abs(services - beliefs.services).max()), "million dollars", most=ROUNDING),
        measured((SECTION, "4 services value of pairs that nobody reports", "world"),
                 float(beliefs.services[~made.evidence.services_reported].sum() / beliefs.services.sum()), "share"),
    ]  # fmt: skip


def _soft(made: Built) -> list[ReportRow]:
    known, recipe = made.evidence.beliefs, made.reconstruction
    tables, tech = recipe.tables, known.technology
    coefficients = tables.input_use / tables.output[:, None, :]
    final = tables.final_use / tables.final_use.sum(axis=1, keepdims=True)
    share, wanted = 1.0 - coefficients.sum(axis=1), 1.0 - tech.coefficients.sum(axis=1)
    prior = recipe.prior.copy()
    n = np.arange(len(prior))
    prior[n, n] = 0.0
    found = abroad(made.world)
    return [
        measured((SECTION, "5 pair x sector cells moved from their prior, goods", "pair x sector"),
                 misplaced(found[:, :, :GOODS], prior[:, :, :GOODS]), "share"),
        measured((SECTION, "5 sector output missed its target", "country x sector"),
                 misplaced(tables.output, recipe.targets.output), "share"),
        measured((SECTION, "5 sector absorption missed its target", "country x sector"),
                 misplaced(made.world["trade_flow"].values.sum(axis=0), recipe.targets.absorption),
                 "share"),
        measured((SECTION, "6 value added over output (ICIO 2020, WIOD), mean change", "country x sector"),
                 float(np.abs(share - wanted).mean()), "share"),
        measured((SECTION, "6 shares of final use (ICIO 2020, WIOD), moved, mean economy", "country"),
                 float(np.abs(final - tech.final_share).sum(axis=1).mean() / 2.0), "share"),
        measured((SECTION, "smallest share of value added in output", "country x sector"), float(share.min()), "share"),
        measured((SECTION, "smallest home share of purchases", "country x sector"),
                 float((recipe.flow[n, n] / recipe.flow.sum(axis=0)).min()), "share"),
    ]  # fmt: skip


def _sector_value_added(made: Built) -> list[ReportRow]:
    """Sector value added against the split of 2018 that the world started from."""
    wanted = made.evidence.beliefs.value_added_split
    added = made.world["value_added"].values
    found = added / added.sum(axis=1, keepdims=True)
    moved = np.abs(found - wanted).sum(axis=1) / 2.0
    place = "value added by sector against OECD 2018"
    rows = [
        measured((place, "moved, mean economy", "country"), float(moved.mean()), "share of GDP", most=0.01),
        measured((place, "moved, all economies by GDP", "world"),
                 float((moved * added.sum(axis=1)).sum() / added.sum()), "share of GDP", most=0.01),
    ]  # fmt: skip
    rows += [measured((place, code, "country"), float(moved[k]), "share of GDP")
             for k, code in enumerate(made.world.codes)]  # fmt: skip
    return rows


def _passing_through(made: Built) -> list[ReportRow]:
    """Re-exports netted, and sectors that export nearly all they make."""
    through, goods = made.reconstruction.re_exported, made.evidence.beliefs.goods
    place = "re-exports"
    rows = [
        measured((place, "netted, share of world goods trade", "world"), float(through.sum() / goods.sum()), "share")
    ]
    for k, code in enumerate(made.world.codes):
        if through[k].sum() > 0.05 * goods[k].sum():
            rows.append(measured((place, f"{code} netted, share of its goods exports", "country"),
                                 float(through[k].sum() / goods[k].sum()), "share"))  # fmt: skip
    sold = abroad(made.world).sum(axis=1) / made.world["gross_output"].values
    rows += [
        measured((place, f"{made.world.codes[k]} {SECTORS[s]} exports over output", "country x sector"),
                 float(sold[k, s]), "share")
        for k, s in zip(*np.nonzero(sold > 0.9), strict=True)
    ]  # fmt: skip
    return rows


def _deficits(world: World) -> list[ReportRow]:
    """Economies whose deficit is implausibly large: what three publishers leave over."""
    flow = abroad(world).sum(axis=2)
    share = (flow.sum(axis=0) - flow.sum(axis=1)) / world["value_added"].values.sum(axis=1)
    nothing = Reference(0.0, "a residual of three publishers; show answers with and without deficits")
    return [
        row(("deficits above 10 % of GDP", code, "country"), float(share[k]), "share of GDP", nothing)
        for k, code in enumerate(world.codes)
        if abs(share[k]) > 0.10
    ]
