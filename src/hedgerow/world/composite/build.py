"""The world ``composite-2023`` from the publishers' raw files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.elasticities import read_fgo2022, read_us_imports_by_gtap
from hedgerow.data.readers.gtd2017 import read_gtd2017
from hedgerow.data.readers.wdi import read_population
from hedgerow.data.readers.wits2023 import read_wits2023
from hedgerow.dims import ACTOR, REST_OF_WORLD, SECTOR
from hedgerow.provenance import Origin, Status
from hedgerow.world.accounts import Accounts, closed, rounded
from hedgerow.world.actors import Actor, actors_named
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.balance import require_balanced
from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.evidence import Evidence, evidence
from hedgerow.world.composite.goods import TAIWAN, YEAR
from hedgerow.world.composite.labels import FOLD, MERGED_BY_SOURCE, NAME_SHOWN, Labels
from hedgerow.world.composite.recipe import RECOMMENDED, Reconstruction, reconstruct
from hedgerow.world.composite.tariffs import Tariffs, tariffs
from hedgerow.world.concordances import COMPOSITE_14, GTAP_IN_WIOD
from hedgerow.world.elasticities import elasticities
from hedgerow.world.layers import layer
from hedgerow.world.world import World

WORLD_ID = "composite-2023"
_TAIWAN_2023 = 23_420_000.0
"""Persons, National Statistics; the World Bank does not list Taiwan."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Built:
    """The world with what its error report is made from."""

    world: World
    evidence: Evidence
    reconstruction: Reconstruction


def build_composite_2023(raw: Path) -> World:
    """The 74 x 14 world of 2023.

    Args:
        raw: the folder that holds ``economy/`` and ``politics/``.

    Raises:
        DataError: a raw file is absent or not in its publisher's format.
        UnbalancedError: the accounts do not add up to 1e-9 of world income.
    """
    return built(raw).world


def built(raw: Path) -> Built:
    """The world, what it was made from and what the fit did; see :func:`build_composite_2023`."""
    known = evidence(raw)
    made = reconstruct(known.beliefs, RECOMMENDED)
    economy, labels = raw / "economy", known.labels
    partnerships = agreements_in_force(economy / "trade-agreements", labels.codes)
    rates = tariffs(
        read_gtd2017(economy / "gtd-bilateral-tariffs-2017"),
        read_wits2023(economy / "wits-ahs-2023-and-usitc-2024-25"),
        known.us,
        partnerships,
        labels,
    )
    theta, assumed = elasticities(
        read_fgo2022(economy / "elasticities"),
        read_us_imports_by_gtap(economy / "us-tariffs-2024-2026"),
        (tuple(p for part in s.parts for p in GTAP_IN_WIOD.get(part, ())) for s in COMPOSITE_14),
    )
    persons = population(read_population(economy / "country-metadata", year=YEAR), labels)
    accounts = rounded_accounts(made, known.beliefs.goods)
    columns = _columns(accounts, rates, (theta, assumed), persons, _accounts_origin(known, made))
    on = {ACTOR: labels.codes, SECTOR: tuple(s.id for s in COMPOSITE_14)}
    world = World(
        id=WORLD_ID,
        title="World of 2023, reconstructed: 73 economies and the rest of the world",
        year=YEAR,
        actors=shown(labels),
        sectors=COMPOSITE_14,
        layers={name: layer(name, values, on, came_from) for name, (values, came_from) in columns.items()},
        partnerships=partnerships,
    )
    return Built(require_balanced(world), known, made)


def shown(labels: Labels) -> tuple[Actor, ...]:
    """Actors with the names shown; one that holds another says so."""
    return tuple(replace(a, name=NAME_SHOWN.get(a.iso3, a.name)) for a in actors_named(labels.codes))


def rounded_accounts(made: Reconstruction, goods: Array) -> Accounts:
    """Accounts in thousands of dollars; the largest cell of a pair takes what rounding does to the pair's goods."""
    flow = rounded(made.flow)
    for exporter, importer in zip(*np.nonzero(goods > 0), strict=True):
        cells = flow[exporter, importer, :GOODS]
        largest = cells.argmax()
        cells[largest] = rounded(cells[largest] + rounded(goods[exporter, importer]) - cells.sum())
    return closed(flow, made.tables.input_use)


def population(persons: pd.Series, labels: Labels) -> Array:
    """[actor] persons; folded economies in the one that holds them, the rest of the world what is left.

    The World Bank's world holds Taiwan, though no row lists it.
    """
    named = {c: _TAIWAN_2023 if c == TAIWAN else float(persons[c]) for c in labels.codes if c != REST_OF_WORLD}
    for folded, into in {**FOLD, **MERGED_BY_SOURCE}.items():
        if into != REST_OF_WORLD:
            named[into] += float(persons[folded])
    rest = float(persons["WLD"]) - sum(named.values())
    return np.array([named.get(c, rest) for c in labels.codes])


def _columns(
    accounts: Accounts, rates: Tariffs, theta: tuple[Array, npt.NDArray[np.bool_]], persons: Array, origin: Origin
) -> dict[str, tuple[npt.ArrayLike, Origin]]:
    imputed = int(rates.imputed.sum())
    tariff_origin = replace(_TARIFFS, method=f"{_TARIFFS.method} {imputed} cells are imputed and flagged.")
    return {
        "trade_flow": (accounts.trade_flow, origin),
        "input_use": (accounts.input_use, origin),
        "final_use": (accounts.final_use, origin),
        "value_added": (accounts.value_added, origin),
        "gross_output": (accounts.gross_output, origin),
        "tariff": (rates.rate, tariff_origin),
        "tariff_imputed": (rates.imputed, tariff_origin),
        "trade_elasticity": (theta[0], _ELASTICITIES),
        "trade_elasticity_assumed": (theta[1], _ELASTICITIES),
        "population": (persons, _POPULATION),
    }


def _accounts_origin(known: Evidence, made: Reconstruction) -> Origin:
    through = made.re_exported.sum() / known.beliefs.goods.sum()
    return Origin(
        Status.MODELLED,
        (
            "baci-2023",
            "comtrade-2016",
            "taiwan-accounts-2023",
            "wdi-gdp",
            "census-imports-2024",
            "oecd-services-2019",
            "cow-capitals",
            "wiod-2013",
            "oecd-iots-2018",
            "oecd-icio-2020",
        ),
        "RECONSTRUCTED. Totals of goods by pair (BACI 2023; Taiwan patched, and the trade between 76 economies that "
        "the extract lacks, from 2016) and GDP of 2023 hold exactly; sector "
        "shares of US imports are those of customs in 2024; services by pair are reports of 2017-2019 and gravity, "
        "brought to 2023. Sector splits of other pairs start from WIOD 2011 and exporters' composition, input-output "
        "from ICIO 2020, with WIOD in fuels, transport and local services, value added by sector from 2018; all "
        "are fitted by minimum cross-entropy. Exports beyond 90 % of a sector's output "
        f"({through:.1%} of goods trade) count as re-exports. Pair by sector cells outside the US column are "
        "indicative; see the error report. GDP is value added: tariffs on inputs are inside it. Rounded to thousands "
        "of dollars.",
    )


_TARIFFS = Origin(
    Status.DERIVED,
    ("gtd-2017", "wits-2023", "census-imports-2024", "wto-rta-2021", "agreements-by-hand"),
    "Applied tariffs of 2017 (tariff95); zero inside agreements in force by 2023 where that table has no rate of the "
    "pair's own or is older than the agreement; applied tariffs of 2023 for the pairs of WITS; US tariffs are duties "
    "over imports of 2024; zero at home, inside the European Union and on services. Members of the Union that the "
    "table lacks take Germany's, other economies the rest of the world's: flagged as imputed, as are agreement zeros.",
)
_ELASTICITIES = Origin(
    Status.DERIVED,
    ("fgo-2022", "census-imports-2024"),
    "theta = |tariff elasticity| - 1 by GTAP product, averaged with US imports of 2024 as weights; services: 4, "
    "assumed.",
)
_POPULATION = Origin(
    Status.PUBLISHED,
    ("wdi-population", "taiwan-population"),
    "Persons in 2023; China includes Hong Kong, the United States Puerto Rico; Taiwan 23.42 million (National "
    "Statistics); the rest of the world is the world less those named.",
)
