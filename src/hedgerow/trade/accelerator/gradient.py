"""Gradients of an equilibrium: the implicit function theorem, with JAX's derivatives of the equations themselves.

At an equilibrium F(u, x) = 0, so that d f / d x = f_x - a F_x where the adjoint a solves a F_u = f_u. One linear
system, whatever the number of tariffs; it is solved like the model, by mixing with the transposed preconditioner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.trade.accelerator.kernels import Model, model_on_device, without_home
from hedgerow.trade.accelerator.library import double_precision, jax, jnp
from hedgerow.trade.accelerator.mixing import mix
from hedgerow.trade.cascade import flat, split
from hedgerow.trade.chunk import point_of
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.equations import Kernel, Outcome, Residual, State, Technology, residual
from hedgerow.trade.fixedpoint import Mixing
from hedgerow.trade.policy import positions
from hedgerow.trade.preconditioner import precondition
from hedgerow.trade.result import Equilibrium

__all__ = ["Gradient", "Objective", "gradient"]

Objective = Callable[[State, Outcome], Any]
"""A number that an equilibrium [N], [J, N] implies, in ``jax.numpy``; without the scenario axis."""

ADJOINT = Mixing(tolerance=1e-12, limit=200, depth=10, longest=np.inf)
"""On the largest error of the adjoint equation over its right-hand side."""


@dataclass(frozen=True, eq=False)
class Gradient:
    """How a number moves with everything that a policy or the model's parameters may change. Sector first.

    For home flows, which no policy reaches, the derivatives are those to home barriers that the equations imply.
    """

    economy: Economy
    value: float
    """The number itself."""
    tariff: Array
    """[J, importer, exporter] per unit of ln(1 + tariff)."""
    export_tax: Array
    """[J, importer, exporter] per unit of ln(1 + export tax)."""
    iceberg: Array
    """[J, importer, exporter] per unit of ln(iceberg cost)."""
    productivity: Array
    """[J, N] per unit of ln(productivity)."""
    trade_elasticity: Array
    """[J] per unit of theta, at unchanged data of the base; zero where the policy changes nothing."""


class _Slopes(NamedTuple):
    """The arrays of a :class:`Gradient`, on the device."""

    tariff: Any
    export_tax: Any
    iceberg: Any
    productivity: Any
    trade_elasticity: Any


class _Place(NamedTuple):
    """Where the gradient is taken, on the device; [J, n, i] where not said otherwise."""

    purchases: Any
    """pi * kappa_hat^-theta"""
    tariff: Any
    export_tax: Any
    """None where there is none, like the next."""
    iceberg: Any
    transfers: Kernel
    """Deficits and productivity [1, ...] as the policy left them, the cubes left out."""
    point: Any
    """[1, N + 2 J N]"""


def gradient(equilibrium: Equilibrium, *, of: str | Objective) -> Gradient:
    """Derivatives of one number to every tariff, export tax, iceberg cost, productivity and elasticity.

    Args:
        equilibrium: where; its residual bounds the accuracy, so solve to 1e-12 where ten digits matter.
        of: an actor, for the log of its real income over the base (``welfare_hat``); or a function, which is compiled
            once for every function object, so define it outside of loops.

    Raises:
        RequestError: an equilibrium under quotas, whose wedges would move too.
        UnknownNameError: an actor that the economy does not have.
        DidNotConverge: the adjoint equation was not solved to 1e-12.
    """
    economy = equilibrium.economy
    if equilibrium.quotas:
        raise RequestError("gradient: the policy has quotas, whose wedges move too; use differences of two solves")
    weights = np.zeros(len(economy.actors))
    if isinstance(of, str):
        weights[positions("actor", (of,), economy.actors)] = 1.0
    with double_precision():
        model = model_on_device(economy)
        found = _differentiate(model, _place(equilibrium), weights, None if isinstance(of, str) else of)
        value, changes, error = jax.device_get(found)
    if not error < ADJOINT.tolerance:
        raise DidNotConverge(
            f"gradient: the adjoint equation was solved to {error:.1e} only; solve the equilibrium to a tolerance of "
            "1e-12 first"
        )
    offset = float(np.log(economy.income) @ weights)
    return Gradient(economy, float(value) - offset, **changes._asdict())


def _place(equilibrium: Equilibrium) -> _Place:
    applied = equilibrium.applied
    small = applied.kernel._replace(purchases=None, imports=None, home=None, sold=None)
    place = _Place(
        purchases=applied.kernel.purchases,
        tariff=applied.tariff,
        export_tax=applied.export_tax,
        iceberg=applied.iceberg,
        transfers=Kernel(*(None if array is None else array[None] for array in small)),
        point=point_of(equilibrium)[None],
    )
    moved: _Place = jax.tree.map(jnp.asarray, place)
    return moved


@partial(jax.jit, static_argnames=("of",))
def _differentiate(model: Model, place: _Place, weights: Any, of: Objective | None) -> tuple[Any, _Slopes, Any]:
    """The number, its gradient and the error of the adjoint equation."""
    shape = model.technology.value_added_share.shape

    def conditions(point: Any, kernel: Kernel, technology: Technology) -> tuple[Any, Any]:
        state = split(point, shape)
        rest, outcome = residual(state, kernel, technology, jnp)
        if of is None:
            return flat(rest, jnp), weights @ _log_real_income(outcome, technology)
        return flat(rest, jnp), of(*jax.tree.map(lambda array: array[0], (state, outcome)))

    kernel, technology = _kernel(place), model.technology
    # without export taxes sellers keep all: the same equations, with one product less in every iteration
    thrifty = kernel._replace(sold=None) if place.export_tax is None else kernel
    (left, value), by_point = jax.vjp(lambda point: conditions(point, thrifty, technology), place.point)
    (wanted,) = by_point((jnp.zeros_like(left), jnp.ones_like(value)))
    adjoint, error = _adjoint(lambda a: by_point((a, jnp.zeros_like(value)))[0], wanted, model, place)
    _, by_kernel = jax.vjp(partial(conditions, place.point), kernel, technology)
    return value, _slopes(model, place, kernel, *by_kernel((-adjoint, jnp.ones_like(value)))), error


def _adjoint(transposed: Callable[[Any], Any], wanted: Any, model: Model, place: _Place) -> tuple[Any, Any]:
    """Solve a F_u = f_u [1, n]; returns a and the largest error over the largest entry of f_u."""
    technology, shape = model.technology, model.technology.value_added_share.shape
    spent = jnp.exp(split(place.point, shape).expenditure) * technology.bought

    def newton_step(rest: Any) -> Any:
        return flat(precondition(spent, Residual(*split(rest, shape)), technology, model.preconditioner, jnp), jnp)

    _, back = jax.vjp(newton_step, jnp.zeros_like(wanted))
    size = jnp.maximum(jnp.abs(wanted).max(), 1e-300)

    def correction(adjoint: Any) -> tuple[Any, Any]:
        gap = wanted - transposed(adjoint)
        (step,) = back(-gap)
        return step, jnp.abs(gap).max(axis=1) / size

    found = mix(correction, jnp.zeros_like(wanted), ADJOINT)
    return found.points, found.errors[0]


def _kernel(place: _Place) -> Kernel:
    """[1, ...] with nothing left out, so that there is a derivative to everything."""
    border = (place.purchases / (1 + place.tariff))[None]
    imports, productivity = without_home(border), place.transfers.productivity
    return place.transfers._replace(
        purchases=place.purchases[None],
        imports=imports,
        home=jnp.diagonal(border, axis1=-2, axis2=-1),
        sold=imports if place.export_tax is None else imports / (1 + place.export_tax),
        productivity=jnp.zeros_like(border[..., 0]) if productivity is None else productivity,
    )


def _slopes(model: Model, place: _Place, kernel: Any, by: Any, by_technology: Technology) -> _Slopes:
    """From derivatives to the kernel to those to what made it.

    All three cubes move by -theta with the log of any barrier, CP (11); imports also lose the tariff, and what sellers
    keep both the tariff and the export tax.
    """
    home = jnp.eye(place.tariff.shape[-1]) * (kernel.home * by.home)[0, :, :, None]
    crossing = (kernel.imports * by.imports)[0] + home
    kept = (kernel.sold * by.sold)[0]
    moved = (kernel.purchases * by.purchases)[0] + crossing + kept
    iceberg = -model.technology.trade_elasticity[:, :, None] * moved
    by_theta = by_technology.trade_elasticity[:, 0] - (moved * jnp.log(_cost_hat(model, place))).sum((-2, -1))
    return _Slopes(iceberg - crossing - kept, iceberg - kept, iceberg, by.productivity[0], by_theta)


def _cost_hat(model: Model, place: _Place) -> Any:
    """[J, n, i] kappa_hat of all barriers; 1 under an embargo, where nothing moves."""
    ratio = (1 + place.tariff) / (1 + model.tariff)
    for factor in (None if place.export_tax is None else 1 + place.export_tax, place.iceberg):
        ratio = ratio if factor is None else ratio * factor
    return jnp.where(place.purchases > 0, ratio, 1)


def _log_real_income(outcome: Outcome, technology: Technology) -> Any:
    """[N] ln I' - sum alpha ln P_hat: the log of real income, up to base income."""
    return (jnp.log(outcome.income) - (technology.final_share * outcome.price).sum(-2))[0]
