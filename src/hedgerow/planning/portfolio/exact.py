"""How far off the shortcuts are: bundles solved whole at every node, and courses solved year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.compute import Work, content_hash, mapped
from hedgerow.planning.portfolio.bundles import log_income_of
from hedgerow.planning.portfolio.nodes import Nodes, Settings, solve_nodes
from hedgerow.trade.dynamics import path
from hedgerow.trade.dynamics_buyers import Adjustment
from hedgerow.trade.dynamics_spell import Additions
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import ArrayChange, Policy, apply

__all__ = ["Audit", "audit", "phased", "solve_whole"]

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int_]


def solve_whole(
    settings: Settings, bundles: Sequence[tuple[int, ...]], spells: Sequence[tuple[int, int]], work: Work
) -> Nodes:
    """Nodes of bundles of any size, each solved with all its options at once.

    Args:
        settings: as of the surrogate; its additions give the single options.
        bundles: positions of the options of each.
        spells: (regime before, regime now).
        work: as of the surrogate.

    Returns:
        Values without any option first, then of each bundle.
    """
    single = settings.additions.policies[1:]
    together = tuple(sum((single[k] for k in held), Policy()) for held in bundles)
    additions = Additions(((), *((k,) for k in range(len(bundles)))), (Policy(), *together))
    return solve_nodes(replace(settings, additions=additions), spells, work)


class _Shared(NamedTuple):
    economy: Economy
    options: Adjustment
    regimes: tuple[Policy, ...]
    held: tuple[Policy, ...]
    shares: Array
    """[K, years]"""


def phased(economy: Economy, policies: Sequence[Policy], shares: Sequence[float]) -> Policy:
    """Policies part of the way: a tariff moves by a share of its change, an iceberg cost by the power of the share."""
    tariff, iceberg = economy.tariff.copy(), np.ones_like(economy.tariff)
    for policy, share in zip(policies, shares, strict=True):
        full = apply(economy, policy)
        tariff += share * (full.tariff - economy.tariff)
        if full.iceberg is not None:
            iceberg *= full.iceberg**share
    return Policy((ArrayChange(tariff=tariff, iceberg=iceberg),))


@dataclass(frozen=True, eq=False)
class Audit:
    """Courses solved year by year beside their shortcut, with a bundle and with nothing; the calm course comes last."""

    exact: Array
    """[course, 2] discounted mean log income: with nothing, with the bundle."""
    approximate: Array
    """[course, 2]"""
    solves: int
    """Years solved."""

    @property
    def worst(self) -> float:
        """Largest difference of a level, log units."""
        return float(np.abs(self.exact - self.approximate).max())

    @property
    def avoided(self) -> Array:
        """[course, 2] loss that the bundle avoids against the calm course: exact, by the shortcut."""
        return np.stack([_avoided(self.exact), _avoided(self.approximate)], axis=-1)

    @property
    def worst_avoided(self) -> float:
        """Largest difference of a loss avoided, log units: what the shortcut gets wrong about insurance."""
        return float(np.abs(self.avoided[:, 0] - self.avoided[:, 1]).max())


def _avoided(income: Array) -> Array:
    """[course] without the calm one: how much less a course loses with the bundle, growth taken out."""
    loss = income[-1] - income[:-1]
    return np.asarray(loss[:, 0] - loss[:, 1])


def audit(
    settings: Settings, regime: Numbers, held: Sequence[int], *, shares: Array, members: Sequence[int], work: Work
) -> Array:
    """Log income of courses with some options, every year solved from the year before. [course, year]

    Args:
        settings: buyers, regimes and options of the surrogate.
        regime: [course, year] of the courses to audit.
        held: positions of the options held.
        shares: [K, years] how far each of all options has been phased in.
        members: positions of the party's economies.
        work: processes, a folder to resume from.

    Raises:
        NoSupplierError, DidNotConverge: names the year.
    """
    economy = settings.buyers.economy
    single = settings.additions.policies[1:]
    shared = _Shared(
        economy,
        settings.buyers.options,
        tuple(one.policy for one in settings.regimes),
        tuple(single[k] for k in held),
        shares[list(held)],
    )
    everything = content_hash("audit", shared)

    def key(course: Numbers) -> str:
        return content_hash(everything, course)

    walks = mapped(_walk, shared, list(regime), processes=work.processes, cache=work.cache, key=key)
    found = np.array(list(walks))
    at = list(members)
    return log_income_of(found[..., at], economy.income[at])


def _walk(shared: _Shared, regime: Numbers) -> Array:
    """[year, N] log income of one course."""
    steps = [phased(shared.economy, shared.held, part.tolist()) for part in shared.shares.T]
    policies = [step + shared.regimes[now] for step, now in zip(steps, regime, strict=True)]
    found = path(shared.economy, policies, options=shared.options, check=False)
    return np.asarray(np.log1p(found.welfare_change.values))
