"""How wrong is the recipe? A year of WIOD rebuilt from its totals and an older table, and compared with itself.

Optimistic: in WIOD trade, output and GDP come from one publisher and agree; in the composite world they do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.wiod_series import INPUT_OUTPUT_YEARS, read_wiod_accounts
from hedgerow.dims import REST_OF_WORLD
from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.country_tables import CountryTables, Margins, fit_tables
from hedgerow.world.composite.evidence import POWER, us_bound
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.prior import LEAST_TRADE, Mixes
from hedgerow.world.composite.recipe import RECOMMENDED, Beliefs, Choices, reconstruct
from hedgerow.world.composite.wiod import Technology, WorldYear, technology, world_year

Array = npt.NDArray[np.float64]

LEAST_HOME: Final = 0.01
"""The truth's home shares are lifted to this, so that the model has a home supplier everywhere."""


@dataclass(frozen=True)
class Vintages:
    """Which year each ingredient comes from; pair totals of goods, GDP and the US column are those of the truth."""

    truth: int
    """The year to rebuild."""

    splits: int
    value_added: int
    coefficients: int
    services: int

    @property
    def name(self) -> str:
        """How the report calls the exercise."""
        return f"{self.splits}-{self.truth}"


RECENT: Final = Vintages(truth=2011, splits=2008, value_added=2008, coefficients=2008, services=2008)
"""Every ingredient three years old."""
AGED: Final = Vintages(truth=2011, splits=2000, value_added=2006, coefficients=2008, services=2007)
"""As old as in the composite world: splits 11 years, value added 5, services 4; coefficients exist from 2008 on."""
UNSEEN: Final = Vintages(truth=2008, splits=1997, value_added=2003, coefficients=2011, services=2004)
"""As old, another truth: no choice of the recipe was made on it. Coefficients are three years newer, not older."""
VINTAGES: Final = (AGED, RECENT, UNSEEN)


@dataclass(frozen=True)
class Table:
    """Balanced accounts of the exercise in MUSD."""

    codes: tuple[str, ...]
    flow: Array
    """[exporter, importer, sector]"""
    tables: CountryTables

    @property
    def abroad(self) -> Array:
        """[exporter, importer, sector] sales across borders."""
        flow = self.flow.copy()
        flow[np.arange(len(flow)), np.arange(len(flow))] = 0.0
        return flow

    @property
    def home_share(self) -> Array:
        """[actor, sector] share of purchases bought at home."""
        bought = self.flow.sum(axis=0)
        return np.asarray(np.einsum("nns->ns", self.flow) / np.where(bought > 0, bought, 1.0))

    @property
    def home_share_of_goods(self) -> Array:
        """[actor] share of goods bought at home."""
        home = np.einsum("nns->ns", self.flow)[:, :GOODS].sum(axis=1)
        return np.asarray(home / self.flow[:, :, :GOODS].sum(axis=(0, 2)))


@dataclass(frozen=True)
class Shock:
    """Tariffs added on all goods of some pairs; what the exercise asks the trade model about."""

    name: str
    added: tuple[tuple[str | None, str, float], ...]
    """Exporter (None for all), importer, added rate."""


SHOCKS: Final = (
    Shock("US +10 % on all", ((None, POWER, 0.10),)),
    Shock("US +25 % on CAN", (("CAN", POWER, 0.25),)),
    Shock("US +60 % on CHN", (("CHN", POWER, 0.60),)),
    Shock("DEU and CHN +25 % on each other", (("CHN", "DEU", 0.25), ("DEU", "CHN", 0.25))),
)

Welfare = Callable[[Table, tuple[Shock, ...]], Array]
"""[shock, actor] change of welfare as a fraction, under zero base tariffs and an elasticity of 4 everywhere.

The trade model stands above the world and is passed in by the caller (``planning.reconstruction``).
"""


@dataclass(frozen=True)
class Exercise:
    """The years of WIOD, read once."""

    labels: Labels
    years: dict[int, WorldYear]
    technologies: dict[int, Technology]


def read_exercise(folder: Path) -> Exercise:
    """WIOD of the years the exercise needs, on its own 40 economies and composite sectors."""
    codes = set(read_wiod_accounts(folder, year=AGED.truth).index.get_level_values(0)) - {REST_OF_WORLD}
    labels = Labels((*sorted(codes), REST_OF_WORLD))
    wanted = {year for v in VINTAGES for year in (v.truth, v.splits, v.value_added, v.services)}
    return Exercise(
        labels,
        {year: world_year(folder, labels, year) for year in sorted(wanted)},
        {year: technology(folder, labels, year) for year in INPUT_OUTPUT_YEARS},
    )


def truth(exercise: Exercise, of: int) -> Table:
    """WIOD of a year, balanced: stock building cut at zero, tables fitted to the flows."""
    year, tech = exercise.years[of], exercise.technologies[of]
    flow = year.flow.copy()
    n = np.arange(len(flow))
    flow[n, n] = np.maximum(flow[n, n], LEAST_HOME * flow.sum(axis=0) + 1e-6)
    output, purchases = flow.sum(axis=1), flow.sum(axis=0)
    deficit = (purchases - output).sum(axis=1)
    gdp = year.value_added.sum(axis=1)
    prior = CountryTables(
        tech.coefficients * output[:, None, :],
        tech.final_share * (gdp + deficit)[:, None],
        np.maximum(year.value_added, 1e-5 * gdp[:, None]),
    )
    return Table(exercise.labels.codes, flow, fit_tables(prior, Margins(purchases, output, deficit)))


def rebuilt(exercise: Exercise, vintages: Vintages, *, us_column: bool = True, choices: Choices = RECOMMENDED) -> Table:
    """A year of WIOD as the recipe makes it from older ingredients.

    Args:
        exercise: the years.
        vintages: how old each ingredient is.
        us_column: whether the composition of that year's US imports is known.
        choices: what the recipe leaves to judgement.
    """
    labels, now, before = exercise.labels, exercise.years[vintages.truth], exercise.years[vintages.splits]
    gdp = now.value_added.sum(axis=1)
    grown = gdp / exercise.years[vintages.services].value_added.sum(axis=1)
    services = exercise.years[vintages.services].abroad[:, :, GOODS:].sum(axis=2) * np.sqrt(np.outer(grown, grown))
    split = exercise.years[vintages.value_added].value_added
    america = labels.of(POWER)
    sold = now.abroad[:, america, :GOODS]
    known = sold.sum(axis=1) > LEAST_TRADE
    shares = np.where(known[:, None], sold / np.where(known, sold.sum(axis=1), 1.0)[:, None], 0.0)
    mixes = Mixes(shares, known, us_bound(before, labels), america if us_column else None, us_column)
    beliefs = Beliefs(
        goods=now.abroad[:, :, :GOODS].sum(axis=2),
        services=services,
        gdp=gdp,
        value_added_split=split / split.sum(axis=1, keepdims=True),
        technology=exercise.technologies[vintages.coefficients],
        older=before,
        mixes=mixes,
    )
    made = reconstruct(beliefs, choices)
    return Table(labels.codes, made.flow, made.tables)


def misplaced(found: Array, true: Array) -> float:
    """Half the absolute differences, as a share of the true total."""
    return float(np.abs(found - true).sum() / 2.0 / true.sum())


def outside_us_column(table: Table) -> Array:
    """[exporter, importer, goods] trade across borders, the US column left out: it is given."""
    others = [k for k, code in enumerate(table.codes) if code != POWER]
    return np.asarray(table.abroad[:, others, :GOODS])


def sold_to_power(table: Table) -> Array:
    """[exporter, goods] share of a sector's output that is sold to the United States; the US itself left out."""
    america = table.codes.index(POWER)
    sold = table.abroad[:, america, :GOODS] / np.maximum(table.flow.sum(axis=1)[:, :GOODS], 1e-9)
    return np.asarray(np.delete(sold, america, axis=0))
