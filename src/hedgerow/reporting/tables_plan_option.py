"""The arithmetic of single options: income under every regime that never ends, with and without each."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.portfolio.findings import place_of
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Column, Table

SHARE = "% of income"


def by_regime_table(found: Plan, command: str) -> Table:
    """One row for each option and regime; the difference is what the option adds while that regime lasts."""
    lasting, rows = found.lasting, []
    calm = found.outlook.chains[0].calm
    for k, option in enumerate(found.options):
        place = place_of(lasting, np.arange(len(found.options)) == k)
        added = lasting.utility[:, place] - lasting.utility[:, 0]
        usual = float(added[[regime.id for regime in found.outlook.regimes].index(calm)])
        for regime, bare, more in zip(found.outlook.regimes, lasting.utility[:, 0], added, strict=True):
            rows.append(
                (
                    option.id,
                    regime.label,
                    100 * float(bare),
                    100 * float(bare + more),
                    100 * float(more),
                    100 * (float(more) - usual),
                )
            )
    return Table(
        id="by-regime",
        title="Where the worth of an option comes from: every regime, if it never ended",
        reading="What an option adds in calm is growth; only what it adds beyond that in another regime is insurance.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="regime", title="Regime"),
            Column(id="nothing_pct", title="Income, doing nothing", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="option_pct", title="Income with the option", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="added_pct", title="Added", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="insured_pct", title="Added beyond calm", unit=SHARE, status=Status.DERIVED, digits=4),
        ),
        rows=tuple(rows),
        formula="added = u(regime, option) − u(regime, nothing), phased in, less the expected answer of the power; "
        "beyond calm = added − added in calm",
        command=command,
    )
