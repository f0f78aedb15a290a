"""What the exercise of a reconstructed world asks of the trade model: welfare effects on bare accounts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hedgerow.trade.economy import Accounts, Economy
from hedgerow.trade.equilibrium import solve_many
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.trade.welfare import welfare_change
from hedgerow.world.composite.classifications import GOODS, SECTORS
from hedgerow.world.composite.exercise import Shock, Table

ELASTICITY = 4.0
"""In every sector: the exercise compares tables, not elasticities."""


def welfare_effects(table: Table, shocks: tuple[Shock, ...]) -> npt.NDArray[np.float64]:
    """[shock, actor] exact changes of real income as fractions, deficits fixed, base tariffs zero."""
    n, sectors = len(table.codes), len(SECTORS)
    accounts = Accounts(
        actors=table.codes,
        sectors=SECTORS,
        goods=np.arange(sectors) < GOODS,
        trade_flow=table.flow.transpose(2, 1, 0),
        tariff=np.zeros((sectors, n, n)),
        input_use=table.tables.input_use,
        final_use=table.tables.final_use.T,
        value_added=table.tables.value_added.T,
    )
    economy = Economy.from_accounts(accounts, trade_elasticity=np.full(sectors, ELASTICITY))
    policies = [_policy(shock) for shock in shocks]
    return np.array([welfare_change(found).values for found in solve_many(economy, policies)])


def _policy(shock: Shock) -> Policy:
    changes = tuple(
        TariffChange(
            exporters=None if exporter is None else (exporter,),
            importers=(importer,),
            sectors=SECTORS[:GOODS],
            add=rate,
        )
        for exporter, importer, rate in shock.added
    )
    return Policy(changes, label=shock.name)
