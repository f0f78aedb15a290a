"""Which agreements make up each party's bundle, chosen by exact solves; the same for every country of a bloc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hedgerow.compute import Work
from hedgerow.planning.effects import SolverRecord
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import Link, link, policy_of
from hedgerow.planning.portfolio.bundles import log_income_of
from hedgerow.planning.portfolio.sanctions import sanctions_among
from hedgerow.trade.batch import Batch
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.world.parties import Party, trade_parties
from hedgerow.world.world import World

__all__ = ["Bundle", "bundles", "income_of", "pairs_of"]

MOST = 8
"""Agreements of a bundle."""


@dataclass(frozen=True)
class Bundle:
    """Agreements of one signatory: those with the highest calm gain, net of cost, that both sides gain from."""

    signatory: Party
    links: tuple[Link, ...]


def pairs_of(world: World, power: Party, signatories: Sequence[Party]) -> tuple[Link, ...]:
    """Every agreement that one of the signatories could make with anybody but the power, sanctions on neither side."""
    partners = [one for one in trade_parties(world) if one != power]
    found: dict[frozenset[Party], Link] = {}
    for one in signatories:
        for other in partners:
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in found and sanctions_among(one.members, other.members) is None:
                found[pair] = link(world, one, other)
    return tuple(found.values())


def bundles(
    world: World, links: Sequence[Link], signatories: Sequence[Party], work: Work
) -> tuple[tuple[Bundle, ...], SolverRecord]:
    """The bundle of each signatory; every agreement is solved once by itself, in calm weather.

    Calm decides because a bundle must not hang on the severity that the atlas varies.

    Args:
        world: where they are.
        links: agreements to choose from, see :func:`pairs_of`.
        signatories: who sign.
        work: processes, a folder to resume from, progress.
    """
    economy = central(world).economy
    answers = _solved(economy, links, work)
    found = []
    for one in signatories:
        worth = {}
        for kept, answer in zip(links, answers, strict=True):
            if not kept.ends(one):
                continue
            own, partner = (income_of(answer, who) - kept.cost(who) for who in (one, kept.partner(one)))
            if own > 0 and partner >= 0:
                worth[kept] = own
        best = sorted(worth, key=lambda kept: -worth[kept])[:MOST]
        found.append(Bundle(one, tuple(best)))
    record = SolverRecord(len(answers), max(a.residual for a in answers), max(a.iterations for a in answers))
    return tuple(found), record


def _solved(economy: Economy, links: Sequence[Link], work: Work) -> list[Equilibrium]:
    """Every agreement by itself."""
    policies = [policy_of(economy, (one,)) for one in links]
    done = 0

    def report(so_far: int) -> None:
        nonlocal done
        if work.progress is not None:
            work.progress(so_far - done)
        done = so_far

    batch = Batch(processes=work.processes, cache=work.cache)
    return solve_many(economy, policies, batch=batch, progress=report)


def income_of(answer: Equilibrium, party: Party) -> float:
    """Log real income of an economy or a bloc."""
    economy = answer.economy
    at = [economy.actors.index(code) for code in party.members]
    log: Array = np.log(answer.welfare_hat[at])
    return float(log_income_of(log, economy.income[at]))
