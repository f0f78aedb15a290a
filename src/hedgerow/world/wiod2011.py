"""The world ``wiod-2011``: an as-published world table, made balanced by stated rules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.elasticities import read_fgo2022, read_us_imports_by_gtap
from hedgerow.data.readers.gtd2017 import read_gtd2017
from hedgerow.data.readers.wdi import read_population
from hedgerow.data.readers.wiod2013 import WorldTable, read_wiod2013
from hedgerow.dims import ACTOR, REST_OF_WORLD, SECTOR
from hedgerow.provenance import Origin, Status
from hedgerow.world.accounts import Accounts, Array, balanced_accounts
from hedgerow.world.actors import actors_named
from hedgerow.world.agreements import agreements_in_force
from hedgerow.world.balance import require_balanced
from hedgerow.world.concordances import GTAP_IN_WIOD, GTD_OF_WIOD, WIOD_SECTORS
from hedgerow.world.elasticities import elasticities
from hedgerow.world.layers import layer
from hedgerow.world.world import World

YEAR = 2011
_TAIWAN_2011 = 23_224_912.0
"""Persons at the end of 2011, National Statistics; the World Bank does not list Taiwan."""
_EU_STAND_IN = "DEU"
"""The Union has one external tariff: a member the tariff database lacks is given Germany's."""
_WITHOUT_TARIFF_DATA = "ROW"
"""Any other economy the tariff database lacks is given the database's rest-of-world profile."""


def tariffs(rates: pd.Series, codes: tuple[str, ...], union: frozenset[str]) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Bilateral tariffs of 2017 and where they were imputed, [exporter, importer, sector].

    Economies that the database lacks take the profile of a stand-in; trade inside ``union`` and at home is free.
    """
    known = set(rates.index.get_level_values("Importer"))
    stand_in = {c: c if c in known else (_EU_STAND_IN if c in union else _WITHOUT_TARIFF_DATA) for c in codes}
    shape = (len(codes), len(codes), len(WIOD_SECTORS))
    rate, imputed = np.zeros(shape), np.zeros(shape, dtype=bool)
    table = rates.to_dict()
    for e, exporter in enumerate(codes):
        for m, importer in enumerate(codes):
            if exporter == importer or {exporter, importer} <= union:
                continue
            for s, sector in enumerate(WIOD_SECTORS):
                if sector.goods:
                    gtd = GTD_OF_WIOD[sector.id]
                    rate[e, m, s] = round(table[stand_in[importer], stand_in[exporter], gtd], 6)
                    imputed[e, m, s] = not {exporter, importer} <= known
    return rate, imputed


def _population(persons: pd.Series, codes: tuple[str, ...]) -> Array:
    named = {c: _TAIWAN_2011 if c == "TWN" else persons[c] for c in codes if c != REST_OF_WORLD}
    rest = persons["WLD"] - sum(named.values())  # the world total holds Taiwan, though no row lists it
    return np.array([named.get(c, rest) for c in codes])


def _accounts_origin(table: WorldTable, accounts: Accounts, codes: tuple[str, ...]) -> Origin:
    """How the accounts came to be, with the size of the change measured."""
    before = (table.intermediate.sum(axis=1) + table.final.sum(axis=1) + table.inventories.sum(axis=1)).to_numpy()
    after = accounts.gross_output
    growth = after.sum(axis=1) / before.reshape(after.shape).sum(axis=1) - 1.0
    most = int(growth.argmax())
    return Origin(
        Status.DERIVED,
        ("wiod-2013",),
        "World table of 2011 at basic prices, 41 x 35. Negative stock building is set to zero and output recomputed "
        "with the Leontief inverse (Costinot and Rodríguez-Clare 2014): "
        f"world output rises by {after.sum() / before.sum() - 1:.2%}, "
        f"most in {codes[most]} ({growth[most]:.1%}), by {np.median(growth):.2%} in the median economy. "
        "Rounded to thousands of dollars.",
    )


_TARIFFS = Origin(
    Status.DERIVED,
    ("gtd-2017",),
    "Applied tariffs of 2017 (tariff95) on the flows of 2011; a product group's mean for each of its sectors; zero "
    "at home, inside the European Union of 2017 and on services. Cyprus, Luxembourg, Latvia and Malta take "
    "Germany's, Indonesia the rest of the world's: flagged as imputed.",
)
_ELASTICITIES = Origin(
    Status.DERIVED,
    ("fgo-2022", "census-imports-2024"),
    "theta = |tariff elasticity| - 1 by GTAP product, averaged with US imports of 2024 as weights; services: 4, "
    "assumed.",
)
_POPULATION = Origin(
    Status.PUBLISHED, ("wdi-population",), "Persons in 2011; the rest of the world is the world less those named."
)


def build_wiod_2011(raw: Path) -> World:
    """The 41 x 35 world of 2011 from the publishers' raw files.

    Args:
        raw: the folder that holds ``economy/``.

    Raises:
        DataError: a raw file is absent or not in its publisher's format.
        UnbalancedError: the accounts do not add up to 1e-9 of world income.
    """
    economy = raw / "economy"
    table = read_wiod2013(economy / "wiod-2013-release", year=YEAR)
    codes = tuple(str(c) for c in table.final.columns)
    accounts = balanced_accounts(table)
    partnerships = agreements_in_force(economy / "trade-agreements", codes)
    union_2017 = frozenset(next(p for p in partnerships if p.id == "EU").members) | {"GBR"}
    rate, imputed = tariffs(read_gtd2017(economy / "gtd-bilateral-tariffs-2017"), codes, union_2017)
    theta, assumed = elasticities(
        read_fgo2022(economy / "elasticities"),
        read_us_imports_by_gtap(economy / "us-tariffs-2024-2026"),
        (GTAP_IN_WIOD.get(s.id, ()) for s in WIOD_SECTORS),
    )
    persons = _population(read_population(economy / "country-metadata", year=YEAR), codes)
    labels = {ACTOR: codes, SECTOR: tuple(s.id for s in WIOD_SECTORS)}
    origin = _accounts_origin(table, accounts, codes)
    columns: list[tuple[str, npt.ArrayLike, Origin]] = [
        ("trade_flow", accounts.trade_flow, origin),
        ("input_use", accounts.input_use, origin),
        ("final_use", accounts.final_use, origin),
        ("value_added", accounts.value_added, origin),
        ("gross_output", accounts.gross_output, origin),
        ("tariff", rate, _TARIFFS),
        ("tariff_imputed", imputed, _TARIFFS),
        ("trade_elasticity", theta, _ELASTICITIES),
        ("trade_elasticity_assumed", assumed, _ELASTICITIES),
        ("population", persons, _POPULATION),
    ]
    world = World(
        id="wiod-2011",
        title="World table of 2011 (WIOD, Release 2013), 40 economies and the rest of the world",
        year=YEAR,
        actors=actors_named(codes),
        sectors=WIOD_SECTORS,
        layers={name: layer(name, values, labels, came_from) for name, values, came_from in columns},
        partnerships=partnerships,
    )
    return require_balanced(world)
