"""Synthetic economies whose accounts balance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hedgerow.trade.economy import Accounts, Array, Economy

GOODS_PART = 0.55
"""Share of sectors that are goods; the others trade little and bear no tariff."""


class _Technology(NamedTuple):
    trade_share: Array
    tariff: Array
    input_share: Array
    value_added_share: Array
    final_share: Array


def synthetic(actors: int, sectors: int, *, seed: int = 0, theta: float | None = None) -> Economy:
    """A world with a giant, small actors, distance, zero flows, tariffs and deficits of about 5 % of value added.

    With one sector there are no inputs. ``theta`` replaces the drawn elasticities (2 to 10, services 5).
    """
    rng = np.random.default_rng(seed)
    goods = np.arange(sectors) < max(1, round(GOODS_PART * sectors))
    technology = _draw(rng, actors, goods)
    elasticity = np.where(goods, rng.uniform(2, 10, sectors), 5.0) if theta is None else np.full(sectors, theta)
    size = np.sort(np.exp(rng.normal(0, 1.9, actors)))[::-1]
    return balanced(
        technology, goods=goods, spending=_bounded_deficits(technology, size / size.sum()), theta=elasticity
    )


def adversarial(rng: np.random.Generator) -> Economy:
    """A small nasty world: theta 0.5 to 65, zero flows, one-dollar flows, tiny countries, tariffs, deficits to 5 %.

    Fixed deficits near 30 % often leave no equilibrium at all once trade is cut: nobody can ship that much.
    """
    actors, sectors = int(rng.integers(2, 13)), int(rng.integers(1, 8))
    goods = np.ones(sectors, dtype=bool)
    technology = _draw(rng, actors, goods)
    technology = technology._replace(
        tariff=technology.tariff * rng.uniform(0, 5), trade_share=_with_dollars(technology.trade_share, rng)
    )
    spending = np.exp(rng.normal(0, float(rng.choice([1.5, 4.0])), actors))
    spending = _bounded_deficits(technology, spending, largest=float(rng.choice([0.0, 0.05])))
    elasticity = np.exp(rng.uniform(np.log(0.5), np.log(65), sectors))
    return balanced(technology, goods=goods, spending=spending, theta=elasticity)


def balanced(technology: _Technology, *, goods: np.ndarray, spending: Array, theta: Array) -> Economy:
    """The economy in which actors spend ``spending`` [N] on final use."""
    flow, _ = _flows(technology, spending)
    output = flow.sum(axis=1)
    accounts = Accounts(
        actors=tuple(f"A{n:02d}" for n in range(len(spending))),
        sectors=tuple(f"S{j:02d}" for j in range(len(goods))),
        goods=goods,
        trade_flow=flow,
        tariff=technology.tariff,
        input_use=technology.input_share * output.T[:, None, :],
        final_use=technology.final_share * spending,
        value_added=technology.value_added_share * output,
    )
    return Economy.from_accounts(accounts, trade_elasticity=theta)


def _draw(rng: np.random.Generator, actors: int, goods: np.ndarray) -> _Technology:
    sectors = len(goods)
    place = rng.uniform(0, 1, (actors, 2))
    distance = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) + 0.05
    advantage = np.exp(rng.normal(0, 0.8, (sectors, actors)))
    weight = advantage[:, None, :] / distance * np.exp(rng.normal(0, 0.7, (sectors, actors, actors)))
    weight *= np.where(goods, 1.0, 0.06)[:, None, None]
    weight[rng.uniform(size=weight.shape) < 0.15] = 0
    diagonal = np.arange(actors)
    weight[:, diagonal, diagonal] = 0
    openness = rng.uniform(0.1, 0.5, (sectors, actors)) * np.where(goods, 1.0, 0.2)[:, None]
    abroad = weight.sum(axis=2)
    openness = np.where(abroad > 0, openness, 0)
    share = openness[:, :, None] * weight / np.where(abroad > 0, abroad, 1)[:, :, None]
    share[:, diagonal, diagonal] = 1 - openness
    tariff = rng.gamma(1.2, 0.04, share.shape) * (rng.uniform(size=share.shape) < 0.7) * goods[:, None, None]
    tariff[:, diagonal, diagonal] = 0
    if sectors == 1:
        no_inputs = np.zeros((actors, 1, 1))
        return _Technology(share, tariff, no_inputs, np.ones((1, actors)), np.ones((1, actors)))
    value_added_share = np.clip(rng.beta(6, 6, (sectors, 1)) + rng.normal(0, 0.05, (sectors, actors)), 0.2, 0.9)
    recipe = rng.gamma(0.35, 1.0, (sectors, sectors)) + 1.5 * np.eye(sectors)
    recipe = recipe * rng.gamma(3.0, 1 / 3, (actors, sectors, sectors))
    recipe *= ((1 - value_added_share) / recipe.sum(axis=1).T).T[:, None, :]
    final = rng.gamma(1.0, 1.0, (sectors, 1)) * rng.gamma(4.0, 0.25, (sectors, actors))
    return _Technology(share, tariff, recipe, value_added_share, final / final.sum(axis=0))


def _with_dollars(share: Array, rng: np.random.Generator) -> Array:
    """One flow in ten shrinks to a few dollars in a world of trillions; what is left is bought at home."""
    shrunk = np.where(rng.uniform(size=share.shape) < 0.1, 1e-12, 1.0) * share
    home = np.einsum("jnn->jn", shrunk)
    home[:] += 1 - shrunk.sum(axis=2)
    return shrunk


def _flows(technology: _Technology, spending: Array) -> tuple[Array, Array]:
    """Flows [J, importer, exporter] at border value and expenditure [J, N]; converges as every sector adds value."""
    border = technology.trade_share / (1 + technology.tariff)
    expenditure = technology.final_share * spending
    for _ in range(400):
        output = np.einsum("jni,jn->ji", border, expenditure)
        expenditure = technology.final_share * spending + np.einsum("nkj,jn->kn", technology.input_share, output)
    return border * expenditure[:, :, None], expenditure


def _bounded_deficits(technology: _Technology, spending: Array, largest: float = 0.05) -> Array:
    """Move spending towards earnings until no deficit exceeds the ``largest`` share of value added."""
    for _ in range(80):
        flow, expenditure = _flows(technology, spending)
        earned = (technology.value_added_share * flow.sum(axis=1)).sum(axis=0)
        revenue = (expenditure - flow.sum(axis=2)).sum(axis=0)
        deficit = np.clip(spending - earned - revenue, -largest * earned, largest * earned)
        spending = 0.5 * spending + 0.5 * (earned + revenue + deficit)
    return spending
