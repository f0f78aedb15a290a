"""Single options: who signs and on what terms, and their arithmetic under every regime that never ends."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.portfolio.findings import place_of
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Column, Table

SHARE = "% of income"


def terms_table(found: Plan, command: str) -> Table:
    """What the other side of an option gains, and what is assumed of it."""
    partners = {partner.option.id: partner for partner in found.partners}
    rows = []
    for option in found.options:
        partner = partners.get(option.id)
        rows.append(
            (
                option.id,
                option.label,
                None if partner is None else 100 * partner.calm,
                None if partner is None else 100 * partner.expected,
                None if partner is None else partner.agrees,
                100 * partner.signs if partner is not None and partner.asked else None,
                100 * option.cost.low,
                100 * option.cost.high,
                100 * option.punishment.low,
                100 * option.punishment.high,
            )
        )
    return Table(
        id="terms",
        title="Who signs, and on what terms",
        reading="A partner signs where its own income is no lower with the option than without it, the rest of the "
        "bundle given. Its gain is of the option alone. Nobody is asked before an agreement is left.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="option", title="Option"),
            Column(id="partner_calm_pct", title="Partner gains, calm", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="partner_pct", title="Partner gains, expected", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="partner_agrees", title="Signs it alone", status=Status.MODELLED),
            Column(
                id="partner_signs_pct", title="Signs in", unit="% of bundles with it", status=Status.MODELLED, digits=0
            ),
            Column(id="cost_low_pct", title="Cost, low", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="cost_high_pct", title="Cost, high", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="punished_low_pct", title="Chance of punishment, low", unit="%", status=Status.ASSUMED, digits=0),
            Column(
                id="punished_high_pct", title="Chance of punishment, high", unit="%", status=Status.ASSUMED, digits=0
            ),
        ),
        rows=tuple(rows),
        formula="m_k + Σ_l I_kl x_l ≥ 0 in the partner's income, on the calm path and on the mean of all courses",
        command=command,
        notes=tuple(f"{option.id}: {option.note}" for option in found.options if option.note),
    )


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
