"""What a coalition adds to sanctions: each sender alone, all together, the whole world, a full embargo.

Chowdhry, Hinz, Kamin and Wanner (2024), "Brothers in Arms", Economic Policy 39(118). They estimate by gravity what
sanctions add to the cost of trade between a sender and the target; here that is an input. Their *horizontal* potential
is a coalition of everyone, their *vertical* one an embargo by the same senders. What they found for Russia 2014 and
Iran 2012 is in :data:`PUBLISHED`; with other estimates, another year or other sectors ours must differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import xarray as xr

from hedgerow.dims import ACTOR
from hedgerow.errors import RequestError
from hedgerow.trade.changes import ArrayChange
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equilibrium import Equilibrium, solve_many
from hedgerow.trade.policy import DeficitRule, Policy, positions

__all__ = ["PUBLISHED", "Comparison", "Sanctions", "compare", "drawn"]

DRAW = "draw"
"""Dimension: one set of estimated trade costs."""

PUBLISHED: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "IRN": MappingProxyType({"senders_saved": 0.083, "target_added": 0.045, "horizontal": 0.638}),
        "RUS": MappingProxyType({"senders_saved": 0.096, "target_added": 0.093, "horizontal": 0.579}),
    }
)
"""By target, fractions: the working paper's results of 2022, as its authors summarise them for the Berlin School of
Economics. Names are those of :class:`Comparison`."""


@dataclass(frozen=True, eq=False)
class Sanctions:
    """What trade with a target costs once an actor takes part: iceberg cost after over before, infinity for none."""

    target: str
    exports: Array
    """[actor, sector] of what the actor sells to the target."""
    imports: Array
    """[actor, sector] of what it buys there."""

    @classmethod
    def uniform(
        cls, economy: Economy, target: str, *, factor: float, sectors: Sequence[str] | None = None
    ) -> Sanctions:
        """The same factor both ways for every actor, in some sectors or in all; ``np.inf`` is an embargo."""
        if not factor > 0:
            raise RequestError(f"factor: {factor} is not above zero; 1.1 burns a tenth more, infinity stops trade")
        place = positions("sector", economy.sectors if sectors is None else tuple(sectors), economy.sectors)
        cost = np.ones((len(economy.actors), len(economy.sectors)))
        cost[:, place] = factor
        return cls(target, cost, cost)

    def policy(
        self, economy: Economy, senders: Sequence[str], *, deficits: DeficitRule = DeficitRule.FIXED, label: str = ""
    ) -> Policy:
        """The policy in which these senders take part.

        Args:
            economy: gives the order of labels.
            senders: labels; the target is none of them.
            deficits: the rule for them.
            label: how messages name it.

        Raises:
            RequestError: arrays of another shape, costs that are not above zero, the target among the senders,
                or a sender twice.
            UnknownNameError: a label that the economy does not have.
        """
        shape = (len(economy.actors), len(economy.sectors))
        for name, cost in (("exports", self.exports), ("imports", self.imports)):
            if np.shape(cost) != shape or not (np.asarray(cost) > 0).all():
                raise RequestError(f"{name}: needs positive costs of shape {shape}: actor, sector; no change is 1.0")
        if self.target in senders:
            raise RequestError(f"senders: {self.target!r} is the target; leave it out")
        twice = next((name for name in senders if list(senders).count(name) > 1), None)
        if twice is not None:
            raise RequestError(f"senders: {twice!r} is named twice; name each sender once")
        (target,) = positions("target", (self.target,), economy.actors)
        place = positions("sender", tuple(senders), economy.actors)
        iceberg = np.ones_like(economy.tariff)
        iceberg[:, target, place] = np.asarray(self.exports)[place].T
        iceberg[:, place, target] = np.asarray(self.imports)[place].T
        return Policy((ArrayChange(iceberg=iceberg),), deficits=deficits, label=label)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Changes of welfare, fractions, of each sender alone and of wider and deeper action. Losses are positive.

    Ratios are not a number where what they divide by is no loss.
    """

    economy: Economy
    """What the changes compare with: under ``DeficitRule.ZERO`` the world without deficits."""
    target: str
    senders: tuple[str, ...]
    alone: Array
    """[sender, N] welfare_hat when only that sender acts."""
    together: Array
    """[N] when all senders act."""
    world: Array
    """[N] when everyone but the target acts."""
    embargo: Array
    """[N] when the senders stop all trade with the target."""

    @property
    def sender_loss(self) -> tuple[float, float]:
        """Average loss of the senders, weighted by base income: each alone, all together."""
        place = positions("sender", self.senders, self.economy.actors)
        weight = self.economy.income[place] / self.economy.income[place].sum()
        return float(weight @ (1 - np.diagonal(self.alone[:, place]))), float(weight @ (1 - self.together[place]))

    @property
    def target_loss(self) -> tuple[float, float]:
        """Loss of the target: the sum over senders that act alone, all together."""
        place = self._target
        return float((1 - self.alone[:, place]).sum()), float(1 - self.together[place])

    @property
    def senders_saved(self) -> float:
        """Part of the senders' average loss alone that acting together spares them."""
        alone, together = self.sender_loss
        return 1 - _ratio(together, alone)

    @property
    def target_added(self) -> float:
        """What acting together adds to the target's loss, over the sum of its losses from each sender alone."""
        alone, together = self.target_loss
        return _ratio(together, alone) - 1

    @property
    def horizontal(self) -> float:
        """The target's loss over that from a coalition of everyone."""
        return _ratio(self.target_loss[1], float(1 - self.world[self._target]))

    @property
    def vertical(self) -> float:
        """The target's loss over that from an embargo by the same senders."""
        return _ratio(self.target_loss[1], float(1 - self.embargo[self._target]))

    @property
    def welfare(self) -> xr.Dataset:
        """Actor: changes of welfare ``together``, ``world`` and ``embargo``, and of each sender ``alone``."""
        place = positions("sender", self.senders, self.economy.actors)
        alone = np.full(len(self.economy.actors), np.nan)
        alone[place] = np.diagonal(self.alone[:, place])
        hats = {"alone": alone, "together": self.together, "world": self.world, "embargo": self.embargo}
        return xr.Dataset({name: self.economy.by_actor(hat - 1, name, "fraction") for name, hat in hats.items()})

    @property
    def _target(self) -> int:
        return self.economy.actors.index(self.target)


def compare(
    economy: Economy, sanctions: Sanctions, senders: Sequence[str], *, deficits: DeficitRule = DeficitRule.FIXED
) -> Comparison:
    """Solve every sender alone, the coalition, the world-wide coalition and the embargo; no burden is shared.

    Args:
        economy: the base.
        sanctions: costs of every actor, also of those that the world-wide coalition adds.
        senders: the coalition.
        deficits: the rule for them.

    Raises:
        RequestError: no sender, or see :meth:`Sanctions.policy`.
        SolveError: one of the equilibria was not found.
    """
    if not senders:
        raise RequestError("senders: there is none; name one or more actors")
    everyone = [actor for actor in economy.actors if actor != sanctions.target]
    stopped = Sanctions.uniform(economy, sanctions.target, factor=np.inf)
    policies = [
        *(sanctions.policy(economy, (one,), deficits=deficits, label=f"{one} alone") for one in senders),
        sanctions.policy(economy, senders, deficits=deficits, label="together"),
        sanctions.policy(economy, everyone, deficits=deficits, label="world"),
        stopped.policy(economy, senders, deficits=deficits, label="embargo"),
    ]
    found: list[Equilibrium] = solve_many(economy, policies)
    hats = np.array([one.welfare_hat for one in found])
    return Comparison(found[0].economy, sanctions.target, tuple(senders), hats[:-3], hats[-3], hats[-2], hats[-1])


def drawn(
    economy: Economy, draws: Sequence[Sanctions], senders: Sequence[str], *, deficits: DeficitRule = DeficitRule.FIXED
) -> xr.DataArray:
    """Changes of welfare for many sets of trade costs, such as a Bayesian bootstrap of a gravity estimate gives.

    Args:
        economy: the base.
        draws: one set each.
        senders: the coalition.
        deficits: the rule for them.

    Returns:
        [draw, actor] fractions; ``.quantile([0.025, 0.975], "draw")`` is a band.

    Raises:
        RequestError, SolveError: see :func:`compare`.
    """
    policies = [one.policy(economy, senders, deficits=deficits, label=f"draw {k}") for k, one in enumerate(draws)]
    changes = np.array([one.welfare_hat - 1 for one in solve_many(economy, policies)])
    coords = {ACTOR: list(economy.actors)}
    return xr.DataArray(changes, dims=(DRAW, ACTOR), coords=coords, name="welfare", attrs={"units": "fraction"})


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
