"""The tables of a plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hedgerow.planning.portfolio.findings import place_of
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.ranking import ATTITUDES, TAIL, Ranking
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.planning.portfolio.sureness import COLUMNS
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.plan.report import NOTHING
from hedgerow.reporting.plan.tables_instruments import instrument_tables
from hedgerow.reporting.plan.tables_option import SHARE, by_regime_table, terms_table

UTILITY = "u = Σ_t β^t ln W_t / Σ_t β^t, W real income against the base; L = u(calm path, x) − u(path, x)"

_TITLES = {
    "calm_gain": "Calm gain",
    "premium": "Premium",
    "expected_loss_avoided": "Loss avoided, expected",
    "tail_loss_avoided": "Loss avoided, worst tenth",
    "hedging_value": "Insurance value",
}


def plan_tables(found: Plan, command: str) -> tuple[Table, ...]:
    """Every table, the recommendation first."""
    tables = [
        recommendation_table(found, command),
        options_table(found, command),
        terms_table(found, command),
        by_regime_table(found, command),
        frontier_table(found, command),
        regimes_table(found, command),
        chains_table(found, command),
        *([] if found.sureness is None else [sureness_table(found, command), membership_table(found, command)]),
        audit_table(found, command),
        *instrument_tables(found, command),
    ]
    return tuple(tables)


def named_bundle(found: Plan, bundle: Mask) -> str:
    """Ids of the options that a bundle holds."""
    held = [option.id for option, chosen in zip(found.options, bundle, strict=True) if chosen]
    return " + ".join(held) or NOTHING


def recommendation_table(found: Plan, command: str) -> Table:
    """The best bundle of each attitude to risk."""
    ranking = found.ranking
    rows, lambdas = [], ", ".join(f"{attitude.aversion:g}" for attitude in ATTITUDES)
    for attitude in ATTITUDES:
        place = found.recommended[attitude.id]
        chance = found.break_even(place)
        same = None if found.sureness is None else 100 * found.sureness.same_bundle[attitude.id]
        rows.append(
            (
                f"{attitude.id}: {attitude.label}",
                named_bundle(found, ranking.bundles[place]),
                *_columns(ranking, place),
                100 * float(ranking.certainty_equivalent[place]),
                None if chance is None else 100 * chance,
                same,
            )
        )
    return Table(
        id="recommendation",
        title="The best bundle at three attitudes to risk",
        reading="Premium: what the bundle costs if the power stays calm; negative where it pays even then. Loss "
        "avoided is measured against the calm path with the same bundle, so growth is no part of it.",
        columns=(
            Column(id="attitude", title="Attitude"),
            Column(id="bundle", title="Bundle"),
            *_measures(),
            Column(id="sure_gain_pct", title="Sure gain, all together", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(
                id="break_even_pct", title="Pays from this chance of the worst regime", unit="%", status=Status.MODELLED
            ),
            Column(id="same_pct", title="Still best", unit="% of combinations", status=Status.MODELLED, digits=0),
        ),
        rows=tuple(rows),
        formula=f"max_x E[u − k·x] − λ CVaR_{TAIL:g}(L), λ = {lambdas}; {UTILITY}",
        command=command,
        notes=(
            "Attitudes are our assumption. Bundles are ranked by a surrogate built on exact solves of single "
            f"options and pairs; solved whole, their mean differs by at most {100 * found.surrogate_error:.4f} % of "
            "income.",
        ),
    )


def options_table(found: Plan, command: str) -> Table:
    """Each option by itself and as a part of all bundles."""
    count, ranking = len(found.options), found.ranking
    marginal = 100 * np.array(ranking.marginal_values()) if ranking.complete else None
    rows = [
        (*_about(found, k), *((None, None) if marginal is None else marginal[:, k].tolist()), *_price(found, k))
        for k in range(count)
    ]
    return Table(
        id="options",
        title="Each option: what it is worth alone, and what it adds to the others",
        reading="Shapley value: what the option adds on average over every order in which bundles could be built, "
        "partners who would lose left out. Break-even cost: from there on the cautious do without it.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="option", title="Option"),
            *_measures(),
            Column(id="shapley_calm_pct", title="Shapley value, calm", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(
                id="shapley_insurance_pct",
                title="Shapley value, insurance",
                unit=SHARE,
                status=Status.MODELLED,
                digits=4,
            ),
            Column(id="break_even_cost_pct", title="Break-even cost", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(
                id="break_even_pct", title="Break-even chance of the worst regime", unit="%", status=Status.MODELLED
            ),
        ),
        rows=tuple(rows),
        formula=f"phi_k = mean over orders of v(S + k) − v(S), v calm gain net of cost or −CVaR_{TAIL:g}(L); {UTILITY}",
        command=command,
    )


def _about(found: Plan, k: int) -> tuple[Cell, ...]:
    """Names of an option, and what it is worth alone."""
    option = found.options[k]
    return option.id, option.label, *_columns(found.ranking, _alone(found, k))


def _price(found: Plan, k: int) -> tuple[Cell, ...]:
    """Where an option breaks even."""
    place, ranking = _alone(found, k), found.ranking
    worth, chance = ranking.objective(ATTITUDES[1]), found.break_even(place)
    return 100 * float(worth[place] - worth[0] + ranking.cost[place]), None if chance is None else 100 * chance


def _alone(found: Plan, k: int) -> int:
    """Where the bundle of one option stands."""
    return place_of(found.ranking, np.arange(len(found.options)) == k)


def frontier_table(found: Plan, command: str) -> Table:
    """Bundles that no other beats, solved whole."""
    whole = found.whole
    order = np.argsort(-whole.mean, kind="stable")
    return Table(
        id="frontier",
        title="Bundles that no other bundle beats, solved whole",
        reading="Less expected income and less risk down the list; numbers are those of the picture.",
        columns=(
            Column(id="number", title="Number"),
            Column(id="mean_pct", title="Expected income, net of cost", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="tail_pct", title="Loss in the worst tenth", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="calm_gain_pct", title="Calm gain", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="premium_pct", title="Premium", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="bundle", title="Bundle"),
        ),
        rows=tuple(
            (
                str(number),
                100 * float(whole.mean[k]),
                100 * float(whole.tail[k]),
                100 * float(whole.calm[k] - whole.calm[0]),
                100 * float(whole.calm[0] - whole.calm[k] + whole.cost[k]),
                named_bundle(found, whole.bundles[k]),
            )
            for number, k in enumerate(order, start=1)
        ),
        formula=f"mean E[u − k·x] against CVaR_{TAIL:g}(L); {UTILITY}",
        command=command,
    )


def regimes_table(found: Plan, command: str) -> Table:
    """What each regime would cost if it never ended."""
    lasting, place = found.lasting, found.recommended["cautious"]
    rows = []
    for k, regime in enumerate(found.outlook.regimes):
        points = (None,) * 3 if regime.policy else (regime.tariff.ally, regime.tariff.rival, regime.tariff.other)
        rows.append(
            (
                regime.id,
                regime.label,
                *(None if one is None else 100 * one for one in points),
                100 * regime.exclusivity,
                100 * float(lasting.utility[k, 0]),
                100 * float(lasting.utility[k, place] - lasting.cost[place]),
            )
        )
    return Table(
        id="regimes",
        title="What each regime of the power would mean if it never ended",
        reading="Points are added to the power's tariffs on goods of its allies, its rivals and all others.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="regime", title="Regime"),
            Column(id="ally_points", title="On allies", unit="points", status=Status.ASSUMED, digits=0),
            Column(id="rival_points", title="On rivals", unit="points", status=Status.ASSUMED, digits=0),
            Column(id="other_points", title="On others", unit="points", status=Status.ASSUMED, digits=0),
            Column(id="exclusivity_pct", title="Demand for exclusivity", unit="%", status=Status.ASSUMED, digits=0),
            Column(id="nothing_pct", title="Income, doing nothing", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="bundle_pct", title="Income, cautious bundle", unit=SHARE, status=Status.MODELLED, digits=3),
        ),
        rows=tuple(rows),
        formula=UTILITY,
        command=command,
        notes=tuple(note for note in (found.outlook.note, *found.outlook.sources) if note),
    )


def chains_table(found: Plan, command: str) -> Table:
    """The same plan under every chain between regimes."""
    rows = []
    for name, ranking in found.rankings.items():
        place = ranking.best(ATTITUDES[1])
        rows.append(
            (
                name,
                100 * float(ranking.expected_loss[0]),
                100 * float(ranking.tail[0]),
                100 * ranking.residual_risk,
                100 * float(ranking.tail[0] - ranking.tail[place]),
                named_bundle(found, ranking.bundles[place]),
            )
        )
    return Table(
        id="chains",
        title="How the power moves between regimes: every chain, and the risk that no bundle removes",
        reading="Residual risk: of the loss in the worst tenth without any option, the part left by the best bundle.",
        columns=(
            Column(id="chain", title="Chain"),
            Column(id="expected_loss_pct", title="Expected loss", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="tail_pct", title="Loss in the worst tenth", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="residual_pct", title="Residual risk", unit="% of that loss", status=Status.MODELLED, digits=1),
            Column(id="avoided_pct", title="Loss avoided, worst tenth", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="bundle", title="Cautious bundle"),
        ),
        rows=tuple(rows),
        formula=f"residual = min_x CVaR_{TAIL:g}(L(x)) / CVaR_{TAIL:g}(L(nothing)), costs left out",
        command=command,
        notes=tuple(f"{chain.name}: {chain.note}" for chain in found.outlook.chains if chain.note),
    )


def sureness_table(found: Plan, command: str) -> Table:
    """Ranges over all combinations of assumptions, and which assumption decides."""
    sure = found.sureness
    assert sure is not None  # noqa: S101 - the caller asks
    place = found.recommended["cautious"]
    central = dict(zip(COLUMNS, _columns(found.ranking, place), strict=True))
    rows = []
    for name in COLUMNS:
        low, high = sure.range(name)
        shares = sure.shares(name)
        rows.append((_TITLES[name], 100 * low, central[name], 100 * high, *(100 * share for share in shares.values())))
    factors = [*sure.factors, "together"]
    return Table(
        id="sureness",
        title="How sure: the cautious bundle under every combination of assumptions",
        reading="Shares of variance say which assumption decides the number; the last column is left to combinations.",
        columns=(
            Column(id="measure", title="Measure"),
            Column(id="low_pct", title="Least", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="central_pct", title="Central", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="high_pct", title="Most", unit=SHARE, status=Status.MODELLED, digits=4),
            *(
                Column(
                    id=f"{factor}_share",
                    title=f"Owed to {factor}",
                    unit="% of variance",
                    status=Status.DERIVED,
                    digits=0,
                )
                for factor in factors
            ),
        ),
        rows=tuple(rows),
        formula="Var(E[y | factor]) / Var(y) over the full factorial design",
        command=command,
        notes=tuple(f"{factor}: {', '.join(levels)}" for factor, levels in zip(sure.factors, sure.levels, strict=True)),
    )


def membership_table(found: Plan, command: str) -> Table:
    """How often each option belongs to the best bundle."""
    sure = found.sureness
    assert sure is not None  # noqa: S101 - the caller asks
    return Table(
        id="membership",
        title="How often each option belongs to the best bundle",
        reading="Of all combinations of world, chain, costs and punishment.",
        columns=(
            Column(id="code", title="Id"),
            Column(id="option", title="Option"),
            *(
                Column(
                    id=f"{a.id}_pct",
                    title=a.id.capitalize(),
                    unit="% of combinations",
                    status=Status.MODELLED,
                    digits=0,
                )
                for a in ATTITUDES
            ),
        ),
        rows=tuple(
            (option.id, option.label, *(100 * float(sure.membership[a.id][k]) for a in ATTITUDES))
            for k, option in enumerate(found.options)
        ),
        formula="share of combinations in which the option is in argmax_x E[u − k·x] − λ CVaR(L)",
        command=command,
    )


def audit_table(found: Plan, command: str) -> Table:
    """Courses solved year by year beside the shortcut."""
    audit = found.audit
    return Table(
        id="audit",
        title="The shortcut audited: courses solved year by year",
        reading="The shortcut takes buyers as adapted to the regime before; the exact course remembers all years. Loss "
        "avoided: by the bundle of the cautious, against the calm course, growth taken out.",
        columns=(
            Column(id="course", title="Course"),
            Column(id="exact_pct", title="Income with the bundle, exact", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="shortcut_pct", title="Shortcut", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="avoided_exact_pct", title="Loss avoided, exact", unit=SHARE, status=Status.MODELLED, digits=4),
            Column(id="avoided_shortcut_pct", title="Shortcut", unit=SHARE, status=Status.MODELLED, digits=4),
        ),
        rows=tuple(
            (str(k + 1), *(100 * float(value) for value in row))
            for k, row in enumerate(np.column_stack([audit.exact[:-1, 1], audit.approximate[:-1, 1], audit.avoided]))
        ),
        formula=UTILITY,
        command=command,
    )


def _measures() -> Sequence[Column]:
    """The columns that every bundle has."""
    return tuple(
        Column(id=f"{name}_pct", title=title, unit=SHARE, status=Status.MODELLED, digits=3 if "loss" not in name else 4)
        for name, title in _TITLES.items()
    )


def _columns(ranking: Ranking, place: int) -> tuple[float, ...]:
    """Their values, per cent."""
    return (
        100 * float(ranking.calm_gain[place]),
        100 * float(ranking.premium[place]),
        100 * float(ranking.expected_loss[0] - ranking.expected_loss[place]),
        100 * float(ranking.tail[0] - ranking.tail[place]),
        100 * float(ranking.hedging_value[place]),
    )
