"""What an equilibrium means for one party."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import xarray as xr

from hedgerow.dims import ACTOR
from hedgerow.planning.hypotheses import Hypothesis
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.trade.policy import Policy
from hedgerow.trade.welfare import equivalent_variation
from hedgerow.world.parties import Party

Key = TypeVar("Key", bound=Hashable)

NOISE = 1e-8
"""A change of income by a smaller fraction may be what the solver left over."""

Progress = Callable[[int], None]
"""Called with the number of solves done since the last call."""


@dataclass(frozen=True)
class Effect:
    """A change of real income: of one economy, or of a bloc's members together."""

    share: float
    """Of base income, as a fraction; negative is a loss."""
    musd: float
    """Equivalent variation, MUSD/yr at base prices."""
    per_person: float
    """USD/yr."""


def effect(equilibrium: Equilibrium, party: Party, population: xr.DataArray) -> Effect:
    """The change of a party's real income against the equilibrium's own base.

    A bloc's change is the sum of its members' equivalent variations over the sum of their incomes.

    Args:
        equilibrium: the counterfactual.
        party: an economy or a bloc of the same world.
        population: persons by actor.
    """
    economy = equilibrium.economy
    at = [economy.actors.index(code) for code in party.members]
    gain = float(equivalent_variation(equilibrium).values[at].sum())
    income = float(economy.income[at].sum()) * economy.world_value_added
    persons = float(population.sel({ACTOR: list(party.members)}).sum())
    return Effect(gain / income, gain, 1e6 * gain / persons)


@dataclass(frozen=True)
class SolverRecord:
    """How well a set of counterfactuals was solved."""

    solves: int
    worst_residual: float
    most_iterations: int

    def __add__(self, other: SolverRecord) -> SolverRecord:
        return SolverRecord(
            self.solves + other.solves,
            max(self.worst_residual, other.worst_residual),
            max(self.most_iterations, other.most_iterations),
        )


@dataclass(frozen=True)
class Solved(Generic[Key]):
    """Equilibria by key, and how well they were solved."""

    equilibria: Mapping[Key, Equilibrium]
    record: SolverRecord


def solve_all(hypothesis: Hypothesis, policies: Mapping[Key, Policy], progress: Progress | None = None) -> Solved[Key]:
    """Solve keyed policies under one hypothesis, in one batch.

    Raises:
        SolveError: a policy has no answer; no number is returned.
    """
    done = 0

    def report(so_far: int) -> None:
        nonlocal done
        if progress is not None:
            progress(so_far - done)
        done = so_far

    answers = solve_many(
        hypothesis.economy, [hypothesis.under(policy) for policy in policies.values()], progress=report
    )
    record = SolverRecord(
        solves=len(answers),
        worst_residual=max(answer.residual for answer in answers),
        most_iterations=max(answer.iterations for answer in answers),
    )
    return Solved(dict(zip(policies, answers, strict=True)), record)
