"""Exact solves of every node: regimes before and now, years since the change, with no, one or two options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.compute import Work, content_hash, mapped
from hedgerow.planning.effects import SolverRecord
from hedgerow.planning.portfolio.courses import AT_FIRST
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.dynamics_spell import Additions, Spell, SpellAnswer, play
from hedgerow.trade.policy import Policy

__all__ = ["AGES", "Named", "Nodes", "Settings", "additions_of", "solve_nodes"]

Array = npt.NDArray[np.float64]

AGES = 11
"""Years since a change of regime that are told apart; after ten, buyers have closed 96 % of the gap."""
VERSION = 3
"""Raised whenever the same question gets other digits than before."""


class Named(NamedTuple):
    """A policy and how messages name it."""

    name: str
    policy: Policy


@dataclass(frozen=True, eq=False)
class Settings:
    """Everything that decides the value of nodes."""

    buyers: Buyers
    regimes: tuple[Named, ...]
    additions: Additions
    ages: int = AGES


@dataclass(frozen=True, eq=False)
class Nodes:
    """Values of nodes, in the order of the spells asked for."""

    log_income: Array
    """[spell, B, age, N] log of real income against the base, with each addition."""
    unadapted: Array
    """[spell, age, N] log points that final use costs more, without any, because buyers have not adapted yet."""
    residual: float
    """The worst of any solve."""
    solves: int
    most_iterations: int
    spells: tuple[tuple[int, int], ...] = ()
    """(regime before, regime now) of each."""

    @property
    def record(self) -> SolverRecord:
        """How well they were solved."""
        return SolverRecord(self.solves, self.residual, self.most_iterations)


def additions_of(
    options: Sequence[Policy], answer: Policy | None = None, paired: Sequence[int] | None = None
) -> Additions:
    """No option, every single one, every pair; the power's answer to them comes last, by itself.

    Args:
        options: what each changes.
        answer: of the power.
        paired: options whose pairs are wanted, in their order; None for all.
    """
    count = range(len(options))
    members = ((), *((k,) for k in count), *combinations(count if paired is None else paired, 2))
    policies = tuple(sum((options[k] for k in held), Policy()) for held in members)
    if answer is None:
        return Additions(members, policies)
    return Additions((*members, (len(options),)), (*policies, answer))


def solve_nodes(settings: Settings, spells: Sequence[tuple[int, int]], work: Work) -> Nodes:
    """Solve the spells, each once.

    Args:
        settings: buyers, regimes and options.
        spells: (regime before, regime now); ``AT_FIRST`` before stands for the base.
        work: processes, a folder to resume from, progress.

    Raises:
        NoSupplierError, DidNotConverge: names the regimes, the year and the options.
    """
    shared = content_hash(VERSION, settings.buyers, settings.additions, settings.ages)

    def key(spell: tuple[int, int]) -> str:
        before, now = spell
        policies = (None if before == AT_FIRST else settings.regimes[before].policy, settings.regimes[now].policy)
        return content_hash(shared, policies)

    answers: list[SpellAnswer] = []
    for answer in mapped(_play, settings, spells, processes=work.processes, cache=work.cache, key=key):
        answers.append(answer)
        if work.progress is not None:
            work.progress(answer.solves)
    return Nodes(
        np.stack([answer.log_income for answer in answers]),
        np.stack([answer.unadapted for answer in answers]),
        max(answer.residual for answer in answers),
        sum(answer.solves for answer in answers),
        max(answer.most_iterations for answer in answers),
        tuple(spells),
    )


def _play(settings: Settings, task: tuple[int, int]) -> SpellAnswer:
    before, now = task
    name, policy = settings.regimes[now]
    spell = Spell(
        None if before == AT_FIRST else settings.regimes[before].policy,
        policy,
        name if before == AT_FIRST else f"{settings.regimes[before].name}, then {name}",
    )
    return play(settings.buyers, spell, settings.additions, ages=settings.ages)
