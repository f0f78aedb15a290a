"""Totals of services trade by pair: the reports of 2017-2019, their gaps filled by gravity, brought to 2023."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.capitals import read_capitals
from hedgerow.data.readers.services import read_services
from hedgerow.errors import UnknownNameError
from hedgerow.world.actors import alias_table
from hedgerow.world.composite.labels import Labels

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

YEARS: Final = (2017, 2019)
FASTER_THAN_GDP: Final = 1.05
"""World services trade grew by about 5 % more than world GDP between 2019 and 2023 (assumed)."""
LEAST_REPORT: Final = 5.0
"""MUSD a year below which a report does not enter the regression."""
LEAST_DISTANCE: Final = 150.0
"""Kilometres."""
EARTH_RADIUS: Final = 6371.0
LEAN_LIMIT: Final = 1.5
"""How far the totals of an economy that does not report may be scaled."""
LEAN_STEPS: Final = 200


@dataclass(frozen=True)
class ServicesReports:
    """What was reported, [exporter, importer] MUSD; NaN where nobody reports."""

    value: Array
    reporters: Flags
    """[actor]"""


def reported_services(folder: Path, labels: Labels) -> ServicesReports:
    """The mean of the exporter's and the importer's last report of 2017-2019.

    Hong Kong's own reports are left out: they are a part of China's, whose mainland does not report.
    """
    sides = []
    known = set(alias_table().names)
    for side in ("exports", "imports"):
        rows = read_services(folder, side=side, years=YEARS)
        reporter, partner = rows.index.get_level_values(0), rows.index.get_level_values(1)
        rows = rows[reporter.isin(labels.codes) & partner.isin(known) & (reporter != partner)].clip(lower=0.0)
        sides.append(_by_reporter(rows, labels, transposed=side == "imports"))
    both = np.stack(sides)
    count = np.isfinite(both).sum(axis=0)
    total = np.nansum(both, axis=0)
    value = np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)
    np.fill_diagonal(value, np.nan)
    return ServicesReports(value, np.asarray(np.isfinite(sides[0]).any(axis=1)))


def _by_reporter(rows: pd.Series, labels: Labels, *, transposed: bool) -> Array:
    """[exporter, importer] of one side's reports; NaN where there is none."""
    at = pd.DataFrame(
        {
            "reporter": [labels.of(c) for c in rows.index.get_level_values(0)],
            "partner": [labels.of(c) for c in rows.index.get_level_values(1)],
            "value": rows.to_numpy(dtype=float),
        }
    )
    summed = at.groupby(["reporter", "partner"])["value"].sum()
    table = np.full((len(labels), len(labels)), np.nan)
    table[summed.index.get_level_values(0), summed.index.get_level_values(1)] = summed.to_numpy()
    return table.T if transposed else table


def services_totals(reports: ServicesReports, gdp: Array, growth: Array, distance: Array) -> Array:
    """[exporter, importer] MUSD of 2023, zero diagonal.

    Pairs without a report get what a gravity equation in both GDPs and distance, fitted to the reports, predicts.
    Values of 2019 grow with the root of both economies' GDP growth, and a little faster.

    Args:
        reports: reports of 2017-2019.
        gdp: [actor] MUSD of 2023.
        growth: [actor] GDP of 2023 over 2019.
        distance: [actor, actor] kilometres.
    """
    size = np.log(gdp / growth)
    ones = np.ones_like(distance)
    terms = np.stack([ones, size[:, None] * ones, size[None, :] * ones, np.log(distance)], axis=-1)
    used = np.isfinite(reports.value) & (np.nan_to_num(reports.value) > LEAST_REPORT)
    slopes = np.linalg.lstsq(terms[used], np.log(reports.value[used]), rcond=None)[0]
    filled = np.where(np.isfinite(reports.value), reports.value, np.exp(terms @ slopes))
    np.fill_diagonal(filled, 0.0)
    return np.asarray(filled * np.sqrt(np.outer(growth, growth)) * FASTER_THAN_GDP)


def leaning(services: Array, goods: Array, wanted_deficit: Array, free: Flags) -> Array:
    """Services of economies that do not report, leant towards a known total deficit.

    Their exports are scaled by a factor and their imports by its inverse, within :data:`LEAN_LIMIT`; without it
    Singapore, known only through its partners, would run a deficit.

    Args:
        services: [exporter, importer] MUSD.
        goods: [exporter, importer] MUSD.
        wanted_deficit: [actor] imports less exports of goods and services, MUSD.
        free: [actor] True where the totals may be scaled.
    """
    factor = np.ones(len(services))
    goods_deficit = goods.sum(axis=0) - goods.sum(axis=1)
    for _ in range(LEAN_STEPS):
        scaled = services * factor[:, None] / factor[None, :]
        exports, imports = scaled.sum(axis=1), scaled.sum(axis=0)
        gap = goods_deficit - wanted_deficit
        root = (gap + np.sqrt(gap**2 + 4.0 * exports * imports)) / (2.0 * exports)
        factor = np.where(free, np.clip(factor * np.sqrt(root), 1.0 / LEAN_LIMIT, LEAN_LIMIT), 1.0)
    return np.asarray(services * factor[:, None] / factor[None, :])


def distances(folder: Path, labels: Labels) -> Array:
    """[actor, actor] kilometres between capitals; the rest of the world is at its partners' mean distance."""
    places = {}
    for name, row in read_capitals(folder).iterrows():
        try:
            places[alias_table().code(str(name), field="state")] = (row["lat"], row["lng"])
        except UnknownNameError:
            continue  # states that no longer exist
    lat, lon = np.radians([places.get(c, (0.0, 0.0)) for c in labels.codes]).T
    along = np.sin(lat)[:, None] * np.sin(lat) + np.cos(lat)[:, None] * np.cos(lat) * np.cos(lon[:, None] - lon)
    km = np.maximum(EARTH_RADIUS * np.arccos(np.clip(along, -1.0, 1.0)), LEAST_DISTANCE)
    named = np.array([c in places for c in labels.codes])
    off = named[:, None] & named[None, :] & ~np.eye(len(km), dtype=bool)
    mean = np.exp(np.where(off, np.log(km), 0.0).sum(axis=1) / np.maximum(off.sum(axis=1), 1))
    km = np.where(named[None, :], km, mean[:, None])
    return np.asarray(np.where(named[:, None], km, km.T))
