"""Tables of a power's own interest: payoffs by strategy, who hedges, where the sign turns, and three articles."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.patron.answer import Patron
from hedgerow.planning.patron.factors import FACTORS
from hedgerow.planning.patron.hedging import ALL, NONE, SUBSTITUTION, WITH_RIVALS
from hedgerow.planning.patron.payoff import TERMS
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table

SHARE = "% of income"
_PAYOFF = "ln W − commitments − κ r OER + ψ reach, shares of the power's income"
_TITLES = {"income": "Real income", "commitments": "Commitments", "overextension": "Overextension",
           "leverage": "Leverage"}  # fmt: skip
_KINDS = {"income": Status.MODELLED}


def patron_tables(found: Patron, command: str) -> tuple[Table, ...]:
    """All tables that hold numbers; the articles' claims come after."""
    return (
        strategies_table(found, command),
        gain_table(found, command),
        hedgers_table(found, command),
        flips_table(found, command),
        vulnerability_table(found, command),
    )


def cell(value: float) -> Cell:
    """Per cent; None where the term is not priced."""
    return None if np.isnan(value) else 100 * float(value)


def strategies_table(found: Patron, command: str) -> Table:
    """One row a strategy: the power's payoff while nobody hedges, and how often it ranks first."""
    low, high = np.quantile(found.drawn[:, 0], (0.05, 0.95), axis=0)
    rows: list[tuple[Cell, ...]] = []
    for r, regime in enumerate(found.outlook.regimes):
        terms = found.payoff[0, r]
        rows.append(
            (
                regime.label,
                100 * float(np.nansum(terms)),
                100 * float(low[r]),
                100 * float(high[r]),
                *(cell(value) for value in terms),
                *(100 * float(share) for share in found.first[:, r]),
            )
        )
    return Table(
        id="strategies",
        title="The power's payoff by its strategy, nobody hedging",
        reading="Against the world as it is. Strategies that keep fewer promises cost less: what the promises are "
        "worth to the power beyond leverage is not priced, nor are common goods. First: share of draws in which the "
        "strategy has the highest payoff.",
        columns=(
            Column(id="strategy", title="Strategy"),
            Column(id="payoff_pct", title="Payoff", unit=SHARE, status=Status.ASSUMED, digits=3,
                   band=("low_pct", "high_pct")),
            Column(id="low_pct", title="Low, 5 %", unit=SHARE, status=Status.ASSUMED, digits=3),
            Column(id="high_pct", title="High, 95 %", unit=SHARE, status=Status.ASSUMED, digits=3),
            *(_term(name) for name in TERMS),
            Column(id="first_pct", title="First", unit="% of draws", status=Status.ASSUMED, digits=0),
            Column(id="first_hedged_pct", title="First, allies hedging", unit="% of draws", status=Status.ASSUMED,
                   digits=0),
        ),
        rows=tuple(rows),
        formula=_PAYOFF,
        command=command,
        notes=_unpriced(found),
    )  # fmt: skip


def gain_table(found: Patron, command: str) -> Table:
    """One row a strategy: what hedging by all allies changes, term by term, and how often it serves the power."""
    gain, drawn = found.gain(ALL), found.drawn_gain
    with_rivals = found.gain(WITH_RIVALS)
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    rows = tuple(
        (
            regime.label,
            100 * float(np.nansum(gain[r])),
            100 * float(low[r]),
            100 * float(high[r]),
            *(cell(value) for value in gain[r]),
            100 * float(found.positive[r]),
            100 * float(np.nansum(with_rivals[r])),
            100 * float(gain[r, 0] + gain[r, 3]),
        )
        for r, regime in enumerate(found.outlook.regimes)
    )
    return Table(
        id="gain",
        title="What hedging by all allies changes for the power",
        reading="Above zero it serves the power. Income and leverage are what agreements do; commitments and "
        "overextension are what added arms do. Without arms: agreements alone.",
        columns=(
            Column(id="strategy", title="Strategy"),
            Column(id="gain_pct", title="Gain", unit=SHARE, status=Status.ASSUMED, digits=4,
                   band=("low_pct", "high_pct")),
            Column(id="low_pct", title="Low, 5 %", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="high_pct", title="High, 95 %", unit=SHARE, status=Status.ASSUMED, digits=4),
            *(_term(name) for name in TERMS),
            Column(id="serves_pct", title="Serves the power", unit="% of draws", status=Status.ASSUMED, digits=0),
            Column(id="with_rivals_pct", title="Gain, with rivals too", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="without_arms_pct", title="Without arms", unit=SHARE, status=Status.ASSUMED, digits=4),
        ),
        rows=rows,
        formula=f"payoff(all allies hedge) − payoff(nobody hedges); payoff = {_PAYOFF}",
        command=command,
        notes=_unpriced(found),
    )  # fmt: skip


def hedgers_table(found: Patron, command: str) -> Table:
    """One row an ally that hedges by itself: the power's gain, term by term, over its strategies by their chances."""
    weight = found.lottery.weight
    rows = []
    for state in found.trade.states:
        if state.id in (NONE, ALL, WITH_RIVALS, SUBSTITUTION):
            continue
        gain = weight @ found.gain(state.id)
        rows.append((state.label, 100 * float(np.nansum(gain)), *(cell(value) for value in gain), len(state.links)))
    rows.sort(key=lambda row: -float(row[1] or 0.0))
    return Table(
        id="hedgers",
        title="When one ally hedges by itself",
        reading="The ally makes or deepens agreements with everybody but the power and its rivals, and adds arms. "
        "Mean over the power's strategies by their chances.",
        columns=(
            Column(id="ally", title="Ally"),
            Column(id="gain_pct", title="Gain of the power", unit=SHARE, status=Status.ASSUMED, digits=4),
            *(_term(name) for name in TERMS),
            Column(id="agreements", title="Agreements", unit="number", status=Status.ASSUMED, digits=0),
        ),
        rows=tuple(rows),
        formula=f"payoff(the ally hedges) − payoff(nobody hedges); payoff = {_PAYOFF}",
        command=command,
        notes=_unpriced(found),
    )


def flips_table(found: Patron, command: str) -> Table:
    """One row an assumption: its range and reason, the gain at both ends, where the sign turns, its share."""
    rows: list[tuple[Cell, ...]] = [
        (
            flip.factor.label,
            flip.factor.low,
            flip.factor.central,
            flip.factor.high,
            flip.factor.unit,
            100 * flip.low,
            100 * flip.central,
            100 * flip.high,
            flip.turns_at,
            100 * flip.share,
            flip.factor.why,
        )
        for flip in sorted(found.flips, key=lambda one: -one.share)
    ]
    rows.append(("together", None, None, None, "", None, None, None, None, 100 * found.left, "what no assumption "
                 "explains alone"))  # fmt: skip
    return Table(
        id="flips",
        title="Where the sign turns, and on which assumption",
        reading="Gain of the power from hedging by all allies, mean over its strategies by their chances, with one "
        "assumption at the ends of its range and everything else central. Turns at: the value at which the sign "
        "changes, straight between the values solved; none where it keeps its sign.",
        columns=(
            Column(id="assumption", title="Assumption"),
            Column(id="low", title="Low", unit="value", status=Status.ASSUMED, digits=3),
            Column(id="central", title="Central", unit="value", status=Status.ASSUMED, digits=3),
            Column(id="high", title="High", unit="value", status=Status.ASSUMED, digits=3),
            Column(id="unit", title="In"),
            Column(id="gain_low_pct", title="Gain, low", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="gain_pct", title="Gain", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="gain_high_pct", title="Gain, high", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="turns_at", title="Turns at", unit="value", status=Status.DERIVED, digits=4),
            Column(id="share_pct", title="Share of the variance", unit="%", status=Status.DERIVED, digits=1),
            Column(id="why", title="Why this range"),
        ),
        rows=tuple(rows),
        formula="share: squared standardised coefficients of a linear fit to the draws, scaled to its R²",
        command=command,
        notes=(
            f"{len(found.drawn)} draws of a Latin hypercube over {len(FACTORS)} assumptions, seed {found.seed}. All "
            "are our assumptions.",
        ),
    )


def vulnerability_table(found: Patron, command: str) -> Table:
    """All allies together: doing nothing, beside the power, in its place."""
    labels = {state.id: state.label for state in found.trade.states}
    return Table(
        id="vulnerability",
        title="The allies' side: beside the power, or in its place",
        reading="Loss of all allies together in the worst tenth, against calm with the same agreements, and what they "
        "give up in calm weather before the cost of agreements. Below zero they gain even if nothing happens.",
        columns=(
            Column(id="state", title="State"),
            Column(id="tail_pct", title="Loss in the worst tenth", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="premium_pct", title="Premium", unit=SHARE, status=Status.MODELLED, digits=4),
        ),
        rows=tuple((labels[one.state], 100 * one.tail, 100 * one.premium) for one in found.vulnerability),
        formula="CVaR of ln W(calm, x) − ln W(regime, x); premium = ln W(calm, nothing) − ln W(calm, x)",
        command=command,
        notes=(
            "In its place: the same agreements, and 10 points more on all goods of the power (assumed). A tariff also "
            "betters the price of what its setter sells, which lowers its premium.",
        ),
    )


def _term(name: str) -> Column:
    return Column(id=f"{name}_pct", title=_TITLES[name], unit=SHARE, status=_KINDS.get(name, Status.ASSUMED), digits=4)


def _unpriced(found: Patron) -> tuple[str, ...]:
    if found.means is not None:
        return (f"Military spending and GDP of {found.means.year}.",)
    return ("Commitments and overextension are not priced: whom this power has promised to defend is not at hand.",)
