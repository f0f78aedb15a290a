"""Everything the composite world is made from, read once and put on its labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.icio2020params import IcioShares, read_icio2020
from hedgerow.world.composite import goods, production, services, wiod
from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.customs import UsImports, us_imports
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.prior import Mixes
from hedgerow.world.composite.recipe import Beliefs

Array = npt.NDArray[np.float64]

POWER = "USA"
OLDER_YEAR = 2011
"""The last WIOD table of this release."""


@dataclass(frozen=True)
class Evidence:
    """The beliefs that the recipe starts from, and what the report needs beside them."""

    labels: Labels
    beliefs: Beliefs
    us: UsImports
    services_reported: npt.NDArray[np.bool_]
    """[exporter, importer] True where somebody reports the pair's services."""


def evidence(raw: Path) -> Evidence:
    """All sources on composite labels.

    Args:
        raw: the folder that holds ``economy/`` and ``politics/``.
    """
    economy = raw / "economy"
    icio = read_icio2020(economy / "oecd-icio2023-params-2020")
    labels = Labels.composite(icio.codes)
    us = us_imports(economy / "us-tariffs-2024-2026", labels)
    output = goods.gdp(economy / "baci-2023-liberation-day", labels)
    traded = goods.goods_totals(economy / "baci-2023-liberation-day", economy / "trade-agreements", labels)
    reports = services.reported_services(economy / "oecd-bilateral-services-2000-2019", labels)
    older = wiod.world_year(economy / "wiod-2013-release", labels, OLDER_YEAR)
    recent, split = production.production(icio, economy / "oecd-iots2021-value-added-2018", labels)
    older_technology = wiod.technology(economy / "wiod-2013-release", labels, OLDER_YEAR)
    beliefs = Beliefs(
        goods=traded,
        services=_services(raw, reports, traded, output, icio),
        gdp=output.gdp,
        value_added_split=split,
        technology=production.blended(recent, older_technology, older.member),
        older=older,
        mixes=Mixes(us.shares, us.known, us_bound(older, labels), labels.of(POWER)),
    )
    return Evidence(labels, beliefs, us, np.isfinite(reports.value))


def us_bound(older: wiod.WorldYear, labels: Labels) -> Array:
    """[exporter, goods] composition of what each exporter sold to the United States in the older table."""
    sold = older.abroad[:, labels.of(POWER), :GOODS] + 1e-3
    return np.asarray(sold / sold.sum(axis=1, keepdims=True))


def _services(
    raw: Path, reports: services.ServicesReports, traded: Array, output: goods.Output, icio: IcioShares
) -> Array:
    """[exporter, importer] services of 2023; economies that do not report lean towards the deficit ICIO gives them."""
    labels = output.labels
    distance = services.distances(raw / "politics" / "states-distance-democracy", labels)
    totals = services.services_totals(reports, output.gdp, output.growth_since(2019), distance)
    deficit = np.array([icio.deficit[icio.codes.index(c)] for c in labels.codes]) * output.growth_since(2020)
    free = ~reports.reporters
    free[labels.rest] = False
    return services.leaning(totals, traded, deficit, free)
