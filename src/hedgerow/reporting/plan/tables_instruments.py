"""Instruments besides trade agreements: what each assumes, what that decides, and partnerships that have no price."""

from __future__ import annotations

from hedgerow.planning.instruments.parameters import candidates
from hedgerow.planning.portfolio.instrument_worth import INSTRUMENTS, worth_of
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.plan.tables_option import SHARE


def instrument_tables(found: Plan, command: str) -> tuple[Table, ...]:
    """Both tables where a plan holds an instrument; none otherwise."""
    if not any(option.kind in INSTRUMENTS for option in found.options):
        return ()
    return parameters_table(found, command), candidates_table(command)


def parameters_table(found: Plan, command: str) -> Table:
    """One row a parameter of every instrument in the plan."""
    rows: list[tuple[Cell, ...]] = []
    for option in (one for one in found.options if one.kind in INSTRUMENTS):
        worth = worth_of(found, option)
        shares = worth.shares
        for axis, one in enumerate(worth.parameters):
            at = (one.range.low, one.range.central, one.range.high)
            others = tuple(k for k in range(worth.values.ndim) if k != axis)
            low, _, high = (float(value) for value in 100 * worth.values.mean(axis=others))
            share = 100 * float(shares[axis])
            rows.append((option.id, one.id, *at, one.unit, low, 100 * worth.central, high, share, one.why))
        rows.append((option.id, "chain", None, None, None, "", None, 100 * worth.central, None, 100 * float(shares[-1]),
                     "how the power moves between regimes"))  # fmt: skip
        left = 100 * float(1 - shares.sum()) if shares.any() else 0.0
        rows.append((option.id, "together", None, None, None, "", None, 100 * worth.central, None, left,
                     "what none explains alone"))  # fmt: skip
    return Table(
        id="instruments",
        title="Instruments besides trade agreements: what each assumes and what that decides",
        reading="Net worth of the instrument by itself, in full and in every weather, less its cost. Low and high: "
        "with this assumption at that end, mean over all values of the others. Share: of the variance of net worth.",
        columns=(
            Column(id="code", title="Instrument"),
            Column(id="parameter", title="Assumption"),
            Column(id="low", title="Low", unit="value", status=Status.ASSUMED, digits=4),
            Column(id="central", title="Central", unit="value", status=Status.ASSUMED, digits=4),
            Column(id="high", title="High", unit="value", status=Status.ASSUMED, digits=4),
            Column(id="unit", title="In"),
            Column(id="net_low_pct", title="Net worth, low", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="net_pct", title="Net worth", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="net_high_pct", title="Net worth, high", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="share_pct", title="Share of the variance", unit="%", status=Status.DERIVED, digits=1),
            Column(id="why", title="Why this range"),
        ),
        rows=tuple(rows),
        formula="blunting (1 − r) π (−ln(1 − H)); binding s r [ln W_calm − ln W]₊; boosting q [ln W_calm − ln W]₊; "
        "less cost",
        command=command,
        notes=(
            "All are our assumptions. Nothing of this is solved: the three act on top of trade and leave it as it is.",
        ),
    )


def candidates_table(command: str) -> Table:
    """One row a partnership."""
    return Table(
        id="partnerships",
        title="Security and investment partnerships: priced or not",
        reading="What has no price is not worth nothing; the data at hand do not say what it is worth.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="partnership", title="Partnership"),
            Column(id="members", title="Members"),
            Column(id="instrument", title="Instrument"),
            Column(id="priced", title="Priced"),
            Column(id="why", title="How, or why not"),
            Column(id="source", title="Source"),
        ),
        rows=tuple(
            (one.id, one.title, " ".join(one.members), one.instrument, one.priced, one.why, one.source)
            for one in candidates()
        ),
        formula="none",
        command=command,
    )
