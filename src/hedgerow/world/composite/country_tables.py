"""Fitting each economy's input-output table to its margins: biproportional, which is minimum cross-entropy.

Knows no files and no labels. One table an economy: rows are inputs and value added, columns are using sectors and final
use. Row totals are purchases by good and GDP, column totals are output by sector and final spending (GDP and the
deficit). The two sums agree by construction, so the fit converges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.errors import UnbalancedError

Array = npt.NDArray[np.float64]

CLOSED = 1e-13
"""Relative gap at which a table counts as balanced."""
MOST_SWEEPS = 20_000
LEAST_CELL = 1e-6
"""Share of a good's purchases that every user is given in the prior, so that no row is empty."""


@dataclass(frozen=True)
class CountryTables:
    """Balanced accounts of all economies, MUSD."""

    input_use: Array
    """[actor, input, sector]"""
    final_use: Array
    """[actor, sector]"""
    value_added: Array
    """[actor, sector]"""

    @property
    def output(self) -> Array:
        """[actor, sector] inputs and value added."""
        return np.asarray(self.input_use.sum(axis=1) + self.value_added)


@dataclass(frozen=True)
class Margins:
    """What the tables must add up to, MUSD."""

    purchases: Array
    """[actor, sector] of each good for all uses."""
    output: Array
    """[actor, sector]"""
    deficit: Array
    """[actor] imports less exports."""


def fit_tables(prior: CountryTables, margins: Margins, *, trust_in_value_added: int = 1) -> CountryTables:
    """The tables nearest to the prior that have these margins.

    Args:
        prior: unbalanced tables; the sums of its value added over sectors are GDP and stay so.
        margins: purchases, output and deficits.
        trust_in_value_added: how many times as much a dollar of value added counts as a dollar of an input. The fit
            is repeated so often, each time from the inputs found and the value added believed: factors of inputs
            add up, those of value added do not.

    Raises:
        UnbalancedError: a table did not converge.
    """
    tables = prior
    for _ in range(trust_in_value_added):
        tables = _fitted(CountryTables(tables.input_use, tables.final_use, prior.value_added), margins)
    return tables


def _fitted(prior: CountryTables, margins: Margins) -> CountryTables:
    purchases, output, deficit = margins.purchases, margins.output, margins.deficit
    n, s = output.shape
    gdp = prior.value_added.sum(axis=1)
    table = np.zeros((n, s + 1, s + 1))
    table[:, :s, :s] = prior.input_use
    table[:, :s, s] = prior.final_use
    table[:, s, :s] = prior.value_added
    table[:, :s] += LEAST_CELL / s * purchases[:, :, None]
    rows = np.concatenate([purchases, gdp[:, None]], axis=1)
    columns = np.concatenate([output, (gdp + deficit)[:, None]], axis=1)
    for _ in range(MOST_SWEEPS):
        table *= (rows / table.sum(axis=2))[:, :, None]
        table *= (columns / table.sum(axis=1))[:, None, :]
        if np.abs(table.sum(axis=2) / rows - 1.0).max() < CLOSED:
            return CountryTables(table[:, :s, :s], table[:, :s, s], table[:, s, :s])
    worst = int(np.nan_to_num(np.abs(table.sum(axis=2) / rows - 1.0), nan=np.inf).max(axis=1).argmax())
    raise UnbalancedError(f"composite: the table of economy {worst} did not close in {MOST_SWEEPS} sweeps")
