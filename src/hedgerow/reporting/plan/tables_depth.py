"""The tables of a plan about doubt and about waiting."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hedgerow.planning.portfolio.doubt import ends
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.ranking import TAIL
from hedgerow.planning.portfolio.sureness import main_effects
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.plan.tables import named_bundle
from hedgerow.reporting.plan.tables_option import SHARE

BALL = "min over q with KL(q || p) ≤ η of E_q[u − k·x] − λ CVaR_q(L)"


def depth_tables(found: Plan, command: str) -> tuple[Table, ...]:
    """Robust bundles, the worst prior, what to sign now, and what all that rests on."""
    return (
        robust_table(found, command),
        prior_table(found, command),
        prior_years_table(found, command),
        timing_table(found, command),
        assumptions_table(found, command),
    )


def robust_table(found: Plan, command: str) -> Table:
    """The best bundle under the worst prior, at three doubts and three attitudes."""
    error = ends("doubt", "error")[1]
    return Table(
        id="robust",
        title="The plan where the chances themselves are in doubt",
        reading="Years of data: so many could not tell the worst prior from the assumed chain. Worth: what a bundle "
        "adds over doing nothing, each under its own worst prior.",
        columns=(
            Column(id="attitude", title="Attitude"),
            Column(id="doubt", title="Doubt"),
            Column(id="years", title="Years of data", status=Status.ASSUMED, digits=0),
            Column(id="radius", title="Radius", unit="nats", status=Status.DERIVED, digits=2),
            Column(id="theta_pct", title="ϑ", unit="% of income a nat", status=Status.DERIVED, digits=3),
            Column(id="bundle", title="Robust bundle"),
            Column(id="worth_pct", title="Its worth", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="plan_pct", title="Worth of the plan's bundle", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="same", title="The same bundle", status=Status.MODELLED),
        ),
        rows=tuple(
            (
                one.attitude.id,
                one.doubt,
                one.years,
                one.radius,
                100 * one.theta if np.isfinite(one.theta) else None,
                named_bundle(found, found.ranking.bundles[one.place]),
                100 * one.worth,
                100 * one.kept,
                one.place == found.recommended[one.attitude.id],
            )
            for one in found.doubt.robust
        ),
        formula=f"max_x {BALL}, tail {TAIL:g}, the same prior as of −ϑ ln E exp(−u / ϑ) at this ϑ; "
        f"η = (years − 1) · 2 z² / N with Φ(−z) = {error:g}",
        command=command,
    )


def prior_table(found: Plan, command: str) -> Table:
    """Which regimes get more weight under the worst prior, over all years."""
    assumed, worst = found.doubt.assumed.mean(axis=0), found.doubt.worst.mean(axis=0)
    rows = [
        (regime.id, regime.label, 100 * float(a), 100 * float(w), 100 * float(w - a))
        for regime, a, w in zip(found.outlook.regimes, assumed, worst, strict=True)
    ]
    return Table(
        id="worst-prior",
        title="The worst prior that is plausible: how long each regime rules",
        reading="For the robust bundle of the cautious at central doubt. A regime that does the same as an earlier one "
        "is counted with it.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="regime", title="Regime"),
            Column(id="assumed_pct", title="Assumed", unit="% of years", status=Status.ASSUMED, digits=1),
            Column(id="worst_pct", title="Worst prior", unit="% of years", status=Status.MODELLED, digits=1),
            Column(id="more_points", title="More", unit="points", status=Status.MODELLED, digits=1),
        ),
        rows=tuple(rows),
        formula="q ∝ p exp(−h / ϑ), h = u − λ (η + (L − η)₊ / (1 − a)), ϑ where KL(q || p) is the radius",
        command=command,
    )


def prior_years_table(found: Plan, command: str) -> Table:
    """The same by year."""
    regimes, doubt = found.outlook.regimes, found.doubt
    columns = [
        Column(id=f"{regime.id}_{name}_pct", title=f"{regime.label}, {name}", unit="%", status=status, digits=1)
        for regime in regimes
        for name, status in (("assumed", Status.ASSUMED), ("worst", Status.MODELLED))
    ]
    both = np.stack([doubt.assumed, doubt.worst], axis=-1).reshape(len(doubt.assumed), -1)
    return Table(
        id="worst-prior-years",
        title="The worst prior that is plausible, by year",
        reading="Year 0 is known. Chances of each regime, as assumed and under the worst prior.",
        columns=(Column(id="year", title="Year"), *columns),
        rows=tuple((str(year), *(100 * row).tolist()) for year, row in enumerate(both)),
        formula="sum over courses of q · 1{regime in that year}",
        command=command,
    )


def timing_table(found: Plan, command: str) -> Table:
    """Which options to sign now, and which in which regime."""
    timing = found.timing
    now, doubted, gain = timing.now, timing.now_in_doubt, timing.plain.gain(timing.start)
    later = {regime.label: timing.later(k) for k, regime in enumerate(found.outlook.regimes)}
    rows = []
    for k, option in enumerate(timing.options):
        regimes = "; ".join(label for label, held in later.items() if held[k])
        when = "now" if now[k] else regimes or "never"
        rows.append((option.id, option.label, when, 100 * float(gain[k]), "now" if doubted[k] else "later or never"))
    value, sunk = 100 * float(timing.plain.option_value[timing.start]), 100 * ends("waiting", "sunk")[1]
    return Table(
        id="timing",
        title="Sign now or wait",
        reading="Gain: what signing now is worth beyond leaving the option for later, the rest done as well as can be; "
        "below zero it is better to wait for the regimes named.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="option", title="Option"),
            Column(id="when", title="Sign", status=Status.MODELLED),
            Column(id="gain_pct", title="Gain from signing now", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="doubted", title="In doubt about the chain", status=Status.MODELLED),
        ),
        rows=tuple(rows),
        formula="V(r, x) = max_{x' ⊇ x} {u(r, x') − k(x' − x) + β Σ P(r, r') V(r', x')}; waiting = V − now or never",
        command=command,
        notes=(
            f"Being free to wait is worth {value:.4f} % of income a year where {sunk:.0f} % of every cost is sunk, our "
            "assumption. Where nothing is sunk, waiting is worth nothing.",
            "The mean decides here, not the tail; the horizon has no end; regimes as for buyers who have adapted.",
            *([f"Not timed: {', '.join(o.id for o in timing.left_out)}."] if timing.left_out else []),
        ),
    )


def assumptions_table(found: Plan, command: str) -> Table:
    """What doubt and waiting rest on, and what each assumption decides."""
    doubt, timing = found.doubt, found.timing
    years, error, sunk = ends("doubt", "years"), ends("doubt", "error"), ends("waiting", "sunk")
    costs = "the range of every option"
    robust = {
        "years of data": ", ".join(f"{one:g}" for one in years),
        "chance of error": ", ".join(f"{100 * one:g} %" for one in error),
        "cost": costs,
    }
    waiting = {
        "share of cost that is sunk": ", ".join(f"{100 * one:g} %" for one in sunk),
        "cost": costs,
        "chain": ", ".join(chain.name for chain in found.outlook.chains),
    }
    return Table(
        id="depth-assumptions",
        title="What doubt and waiting rest on",
        reading="Every combination of low, central and high. Advice changes: of the combinations in which this "
        "assumption is not central, those where another bundle is best, or another set is signed now.",
        columns=(
            Column(id="answer", title="Answer"),
            Column(id="assumption", title="Assumption"),
            Column(id="values", title="Values", status=Status.ASSUMED),
            Column(id="variance_pct", title="Owed to it", unit="% of variance", status=Status.DERIVED, digits=0),
            Column(
                id="changes_pct", title="Advice changes", unit="% of combinations", status=Status.MODELLED, digits=0
            ),
        ),
        rows=(
            *_owed("worth of the robust bundle", robust, doubt.values, doubt.changes, (1, 1, 1)),
            *_owed("value of waiting", waiting, timing.values, timing.changes, (1, 1, 0)),
        ),
        formula="Var(E[y | assumption]) / Var(y) over the full factorial design",
        command=command,
        notes=("All are our assumptions; reasons in docs/options.md.",),
    )


def _owed(
    answer: str,
    assumptions: dict[str, str],
    values: npt.NDArray[np.float64],
    changes: npt.NDArray[np.bool_],
    central: tuple[int, ...],
) -> list[tuple[Cell, ...]]:
    """A row for each assumption."""
    shares = main_effects(values)
    rows: list[tuple[Cell, ...]] = []
    for axis, (name, written) in enumerate(assumptions.items()):
        moved = np.delete(changes, central[axis], axis=axis)
        rows.append(
            (
                answer,
                name,
                written,
                100 * float(shares[axis]),
                100 * float(moved.mean()) if moved.size else None,
            )
        )
    return rows
