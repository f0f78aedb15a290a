"""Balanced accounts of a world table, and the rule that makes a published one balance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hedgerow.data.readers.wiod2013 import WorldTable

Array = npt.NDArray[np.float64]

MOST_INPUTS = 0.95
"""Largest share of inputs in output."""


def rounded(musd: Array) -> Array:
    """Thousands of dollars: the unit in which every identity holds exactly."""
    return np.asarray(np.round(musd, 3), dtype=np.float64)


@dataclass(frozen=True)
class Accounts:
    """A balanced world table in MUSD/yr, rounded to thousands of dollars."""

    trade_flow: Array
    """[exporter, importer, sector]"""
    input_use: Array
    """[actor, input, sector]"""

    @property
    def gross_output(self) -> Array:
        """Output is what is sold. [actor, sector]"""
        return rounded(self.trade_flow.sum(axis=1))

    @property
    def value_added(self) -> Array:
        """Output less inputs. [actor, sector]"""
        return rounded(self.gross_output - self.input_use.sum(axis=1))

    @property
    def final_use(self) -> Array:
        """Purchases less inputs. [actor, sector]"""
        return rounded(self.trade_flow.sum(axis=0) - self.input_use.sum(axis=2))


def balanced_accounts(table: WorldTable) -> Accounts:
    """The table without negative sales.

    Stock building can be negative: sales out of earlier years' production. Following Costinot and
    Rodríguez-Clare (2014, Handbook of International Economics 4, online appendix), a negative cell of final
    demand is set to zero and output is what the Leontief system then requires, ``Y = (I - A)^-1 f``, with the
    published input coefficients ``A``. Inputs scale with output, value added is the rest.

    The publisher's whole-million rounding leaves two sectors without any value added (Luxembourg's water
    transport, 32 MUSD, and Slovenia's refining, 2 MUSD): no sector may use more than :data:`MOST_INPUTS` of its
    output, the inputs of these two are scaled down to it.
    """
    inter = table.intermediate.to_numpy()
    final = table.final.clip(lower=0).to_numpy() + table.inventories.clip(lower=0).to_numpy()
    published = inter.sum(axis=1) + table.final.to_numpy().sum(axis=1) + table.inventories.to_numpy().sum(axis=1)
    produces = published > 0
    coefficients = np.where(produces, inter / np.where(produces, published, 1.0), 0.0)
    coefficients /= np.maximum(coefficients.sum(axis=0) / MOST_INPUTS, 1.0)
    output = np.linalg.solve(np.eye(len(inter)) - coefficients, final.sum(axis=1))
    inter = coefficients * output
    n, s = final.shape[1], len(inter) // final.shape[1]
    cells = inter.reshape(n, s, n, s)  # exporter, input, importer, sector
    flow = cells.sum(axis=3) + final.reshape(n, s, n)
    inputs = cells.sum(axis=0).transpose(1, 0, 2)
    return closed(flow.transpose(0, 2, 1), inputs)


def closed(trade_flow: Array, input_use: Array) -> Accounts:
    """Accounts in thousands of dollars; where rounding makes inputs exceed purchases, the largest input gives way."""
    flow, inputs = rounded(trade_flow), rounded(input_use)
    excess = rounded(inputs.sum(axis=2) - flow.sum(axis=0))
    for actor, good in zip(*np.nonzero(excess > 0), strict=True):
        largest = inputs[actor, good].argmax()
        inputs[actor, good, largest] = rounded(inputs[actor, good, largest] - excess[actor, good])
    return Accounts(flow, inputs)
