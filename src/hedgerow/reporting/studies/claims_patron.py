"""Three articles that disagree about allied hedging, each beside what is found and what else might explain it."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.patron.answer import Patron
from hedgerow.planning.patron.hedging import ALL, SUBSTITUTION
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import in_prose


def claims_table(found: Patron, command: str) -> Table:
    """One row a claim."""
    rows: list[tuple[Cell, ...]] = [_partners(found), _primacy(found), _beside(found), *_own(found)]
    return Table(
        id="claims",
        title="Three articles disagree: claims, findings, rival explanations",
        reading="A finding answers the question as this model puts it, with its assumptions; it proves no article "
        "right or wrong.",
        columns=(
            Column(id="claim", title="Claim"),
            Column(id="finding", title="Finding", status=Status.ASSUMED),
            Column(id="rival", title="What else might explain it, or is left out"),
        ),
        rows=tuple(rows),
        formula="see the tables above",
        command=command,
    )


def _partners(found: Patron) -> tuple[str, str, str]:
    labels = [regime.label for regime in found.outlook.regimes]
    first = found.first[1]
    order = np.argsort(-first, kind="stable")
    top = ", ".join(f"{labels[r]} {100 * first[r]:.0f} %" for r in order if first[r] > 0)
    return (
        "The multi-partner essay: a strategy of many partners gives the power most influence.",
        f"Highest payoff, by share of draws with allies hedging: {top}. A payoff without a price on promises kept and "
        "on common goods favours strategies that give neither.",
        "Influence by attraction, votes, treaties and common goods, which enter no number; strategies that tax look "
        "well while few answer.",
    )


def _primacy(found: Patron) -> tuple[str, str, str]:
    gain = found.lottery.weight @ found.gain(ALL)
    total, trade = 100 * float(np.nansum(gain)), 100 * float(gain[0] + gain[3])
    turns = [flip.factor.label for flip in found.flips if flip.flips]
    where = f"; the sign turns on {' and on '.join(turns)}" if turns else "; no single assumption turns the sign"
    return (
        "The restraint essay: allied hedging serves the power, which can no longer afford primacy.",
        f"At the centre it is worth {written(total, 3)} % of income, of which agreements alone {written(trade, 4)} %; "
        "above zero in "
        f"{100 * float((found.drawn_gain @ found.lottery.weight > 0).mean()):.0f} % of draws{where}.{_ratio(found)}",
        "That hedgers arm is assumed here, not found: allies may hedge by trade alone, or arm for fear of a rival and "
        "not because they hedge. Savings come only if the power cuts what allies replace.",
    )


def _ratio(found: Patron) -> str:
    """What the power has promised beside its means, at the centre and at the far end of all ranges."""
    if found.means is None:
        return ""
    centre, far = (found.means.overextension((), 0.0, threat) for threat in (0.5, 1.0))
    return (
        f" Promises take {written(centre, 2)} of the free means, {written(far, 2)} at the far end of all ranges; above "
        "1 primacy could not be afforded."
    )


def _beside(found: Patron) -> tuple[str, str, str]:
    by = {one.state: one for one in found.vulnerability}
    plus, place, bare = by[ALL], by[SUBSTITUTION], by["none"]
    better = plus.tail < bare.tail
    cheaper = plus.premium < place.premium
    return (
        "The US-plus report: keeping access and building alternatives cuts vulnerability, and costs less than "
        "replacing the power.",
        f"Allies' loss in the worst tenth {'falls' if better else 'does not fall'}: {100 * bare.tail:.3f} % doing "
        f"nothing, {100 * plus.tail:.3f} % beside the power, {100 * place.tail:.3f} % in its place. The premium beside "
        f"it is {'lower' if cheaper else 'not lower'} ({written(100 * plus.premium, 3)} against "
        f"{written(100 * place.premium, 3)} %).",
        "A tariff on the power's goods betters its setter's terms of trade while nobody answers, which flatters "
        "replacement; most of what agreements bring is growth, which needs no storm.",
    )


def _own(found: Patron) -> list[tuple[str, str, str]]:
    own = found.own
    if own is None:
        return []
    power, rival = in_prose(found.question.power.name), in_prose(own.question.power.name)
    worth, cost = 100 * own.at(own.surface.insurance), 100 * own.cost[1]
    return [
        (
            "The restraint essay: the power should hedge too.",
            f"If {rival} added 25 points on goods of {power} with a chance of 25 %, insurance by agreements would be "
            f"worth {worth:.4f} % of income a year and cost {cost:.4f} %: by insurance alone it "
            f"{'pays' if worth > cost else 'does not pay'}; growth in calm would add "
            f"{100 * own.surface.calm_gain:.3f} %.",
            f"A tariff is not what the power fears from {rival}: single suppliers, technology and war are left out.",
        )
    ]
