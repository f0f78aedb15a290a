"""The two numbers that a brief is about, at many draws: the headline and what all agreements together would save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from hedgerow.errors import SolveError
from hedgerow.planning.candidates import candidates
from hedgerow.planning.hypotheses import Hypothesis
from hedgerow.planning.question import Question
from hedgerow.planning.swings import headline
from hedgerow.planning.uncertainty.draws import SINGLE, Case, chosen, drawn, drawn_effect
from hedgerow.planning.uncertainty.numbers import TOLERANCE
from hedgerow.planning.uncertainty.parameters import Group
from hedgerow.scenarios.agreements import TradeEffect, nontariff_factor
from hedgerow.trade.changes import ArrayChange
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import solve_many
from hedgerow.trade.policy import Policy

OUTPUTS = ("headline", "insurance")
"""Change of the actor's income under the headline swing, and the loss that all agreements avoid: % of income."""


def outputs_at(cases: tuple[Case, ...], point: Array) -> Array:
    """[output] both numbers at one point, in the world that the point chooses; NaN where there is no answer."""
    case = chosen(cases, float(point[SINGLE.index(Group.WORLD)]))
    hypothesis = drawn(case, point[: case.coordinates])
    question = case.question
    storm = headline(question).policy
    deals = all_agreements(question, hypothesis.economy, partial(drawn_effect, case, point))
    try:
        return _outputs(hypothesis, question, [storm, deals, deals + storm])
    except SolveError:
        return np.full(len(OUTPUTS), np.nan)  # counted by the caller


def all_agreements(question: Question, economy: Economy, effect: Callable[[TradeEffect], float]) -> Policy:
    """The agreement with every candidate at once, as two arrays instead of a thousand small changes.

    Equals the joined parts of ``partnerships.policies``; the effect of each candidate is read off its range.
    """
    side, goods = question.signatory.members, np.flatnonzero(economy.goods)
    tariff, iceberg = economy.tariff.copy(), np.ones_like(economy.tariff)
    for candidate in candidates(question):
        reached = effect(candidate.trade_effect)
        for exporters, importers in ((side, candidate.party.members), (candidate.party.members, side)):
            sellers, buyers = (
                np.array([economy.actors.index(code) for code in codes]) for codes in (exporters, importers)
            )
            block = np.ix_(goods, buyers, sellers)
            factor = nontariff_factor(economy, exporters, importers, effect=reached)
            tariff[block], iceberg[block] = 0.0, factor[goods, None, None]
    return Policy((ArrayChange(tariff=tariff, iceberg=iceberg),))


def _outputs(hypothesis: Hypothesis, question: Question, policies: list[Policy]) -> Array:
    economy = hypothesis.economy
    found = solve_many(economy, [hypothesis.under(policy) for policy in policies], tolerance=TOLERANCE)
    at = [economy.actors.index(code) for code in question.actor.members]
    income = found[0].economy.income[at]
    storm, calm, both = (100 * float(((one.welfare_hat[at] - 1) * income).sum() / income.sum()) for one in found)
    return np.array([storm, both - storm - calm])
