"""The world ``baci-2023``: goods trade of 194 economies, domestic sales closed by GDP, one sector."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.baci_totals import read_baci_2023
from hedgerow.data.readers.gdp import read_latest_gdp
from hedgerow.data.readers.wdi import read_population
from hedgerow.dims import ACTOR, SECTOR
from hedgerow.errors import DataError
from hedgerow.provenance import Origin, Status
from hedgerow.world.accounts import Accounts, rounded
from hedgerow.world.actors import actors_named
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.balance import require_balanced
from hedgerow.world.layers import layer
from hedgerow.world.partnerships import Partnership
from hedgerow.world.world import Sector, World

YEAR = 2023
TRADE_ELASTICITY = 4.0
"""Ignatenko et al. 2025 and Simonovska and Waugh 2014."""
LEAST_HOME_SHARE = 0.02
"""Smallest domestic sales, as a share of GDP or of exports, whichever is larger."""
ALL_GOODS = Sector("goods", "All goods", goods=True, parts=("goods",))

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Closure:
    """Flows of one sector with the domestic sales that GDP leaves."""

    trade_flow: Array
    """[exporter, importer]; the diagonal holds domestic sales. MUSD/yr."""
    raised: tuple[int, ...]
    """Positions of the economies whose domestic sales the floor raised: their output exceeds their GDP."""


def closed_by_gdp(trade: Array, gdp: Array) -> Closure:
    """Domestic sales of a one-sector world without inputs: GDP less exports.

    In such a world output is value added is GDP, and what is not exported is sold at home (the closure of the
    one-sector model of Ignatenko, Lashkaripour, Macedoni and Simonovska 2025). Their floor for an economy that exports
    more than its GDP is zero; ours is :data:`LEAST_HOME_SHARE`, so that no economy lives on imports alone. Output
    is then exports plus that floor, more than GDP.

    Args:
        trade: [exporter, importer] MUSD/yr; the diagonal is ignored.
        gdp: [actor] MUSD/yr.
    """
    flow = trade.copy()
    np.fill_diagonal(flow, 0.0)
    exports = flow.sum(axis=1)
    floor = LEAST_HOME_SHARE * np.maximum(gdp, exports)
    np.fill_diagonal(flow, np.maximum(gdp - exports, floor))
    return Closure(flow, tuple(int(k) for k in np.flatnonzero(gdp - exports < floor)))


def without_inputs(trade_flow: Array) -> Accounts:
    """Accounts in which every sector adds all its value itself: no input-output data. [exporter, importer, sector]"""
    actors, _, sectors = trade_flow.shape
    return Accounts(rounded(trade_flow), np.zeros((actors, sectors, sectors)))


def zero_tariffs(actors: int, sectors: tuple[Sector, ...]) -> tuple[Array, npt.NDArray[np.bool_]]:
    """No tariff anywhere, and the cells where that is a stand-in: goods that cross a border."""
    goods = np.array([s.goods for s in sectors])
    imputed = ~np.eye(actors, dtype=bool)[:, :, None] & goods
    return np.zeros(imputed.shape), imputed


_TARIFFS = Origin(
    Status.ASSUMED,
    ("ignatenko-2025",),
    "Zero between all economies before the swing, as in Ignatenko et al. (2025): no tariff table covers all pairs. "
    "Every pair is flagged as imputed.",
)
_ELASTICITY = Origin(
    Status.ASSUMED,
    ("ignatenko-2025", "simonovska-waugh-2014"),
    "4 for all goods together, the value of both sources; not estimated on these flows.",
)
_POPULATION = Origin(Status.PUBLISHED, ("wdi-population",), "Persons in 2023; the World Bank lists all 194 economies.")


def _accounts_origin(closure: Closure, codes: tuple[str, ...], gdp: Array) -> Origin:
    output = closure.trade_flow.sum(axis=1)
    raised = ", ".join(f"{codes[k]} (output {output[k] / gdp[k]:.2f} times GDP)" for k in closure.raised)
    return Origin(
        Status.DERIVED,
        ("baci-2023", "wdi-gdp", "ignatenko-2025"),
        "Goods trade of 2023, free on board (BACI), without Taiwan; GDP of 2023 or the latest year. One sector without "
        "inputs, as in the one-sector model of Ignatenko et al. (2025): output is GDP and domestic sales are GDP less "
        f"exports, but at least {LEAST_HOME_SHARE:.0%} of GDP or exports, the larger; that floor raises {raised}. "
        "Services trade is missing, so deficits are goods deficits. The extract holds no trade among 76 economies, "
        "Korea, Viet Nam, Russia and Poland among them; here it is zero. Rounded to thousands of dollars.",
    )


def _distinct(partnerships: tuple[Partnership, ...]) -> tuple[Partnership, ...]:
    """The same partnerships; an id that stands again, such as that of the two agreements of the CIS, takes the year."""
    seen: set[str] = set()
    found = []
    for p in partnerships:
        found.append(replace(p, id=f"{p.id}-{p.since.year}") if p.id in seen else p)
        seen.add(p.id)
    return tuple(found)


def build_baci_2023(raw: Path) -> World:
    """The 194 x 1 world of 2023 from the publishers' raw files.

    Args:
        raw: the folder that holds ``economy/``.

    Raises:
        DataError: a raw file is absent, or an economy lacks GDP or population.
        UnbalancedError: the accounts do not add up.
    """
    economy = raw / "economy"
    pairs = read_baci_2023(economy / "baci-2023-liberation-day").unstack().fillna(0.0)
    gdp = read_latest_gdp(economy / "baci-2023-liberation-day").sort_index()
    codes = tuple(str(c) for c in gdp.index)
    persons = read_population(economy / "country-metadata", year=YEAR).reindex(codes)
    if persons.isna().any() or gdp.isna().any():
        raise DataError(f"raw files: {persons.index[persons.isna() | gdp.isna()][0]} has no population or no GDP")
    trade = pairs.reindex(index=codes, columns=codes).fillna(0.0).to_numpy()
    closure = closed_by_gdp(trade, gdp.to_numpy())
    accounts = without_inputs(closure.trade_flow[:, :, None])
    rate, imputed = zero_tariffs(len(codes), (ALL_GOODS,))
    origin = _accounts_origin(closure, codes, gdp.to_numpy())
    labels = {ACTOR: codes, SECTOR: (ALL_GOODS.id,)}
    columns: list[tuple[str, npt.ArrayLike, Origin]] = [
        ("trade_flow", accounts.trade_flow, origin),
        ("input_use", accounts.input_use, origin),
        ("final_use", accounts.final_use, origin),
        ("value_added", accounts.value_added, origin),
        ("gross_output", accounts.gross_output, origin),
        ("tariff", rate, _TARIFFS),
        ("tariff_imputed", imputed, _TARIFFS),
        ("trade_elasticity", [TRADE_ELASTICITY], _ELASTICITY),
        ("trade_elasticity_assumed", [True], _ELASTICITY),
        ("population", persons.to_numpy(), _POPULATION),
    ]
    world = World(
        id="baci-2023",
        title="Goods trade of 2023 (BACI), 194 economies, one sector",
        year=YEAR,
        actors=actors_named(codes),
        sectors=(ALL_GOODS,),
        layers={name: layer(name, values, labels, came_from) for name, values, came_from in columns},
        partnerships=_distinct(agreements_in_force(economy / "trade-agreements", codes)),
    )
    return require_balanced(world)
