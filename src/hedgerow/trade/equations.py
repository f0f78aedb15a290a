"""The trade model: one function per numbered equation, bare arrays, no labels.

Caliendo, L. and Parro, F. (2015), "Estimates of the Trade and Welfare Effects of NAFTA", Review of Economic
Studies 82(1), in exact hats (Dekle, Eaton and Kortum 2008). The system is CP's equations 10 to 14:

1. ln c_hat = beta ln w_hat + sum_k gamma_k ln P_hat_k - ln a_hat           CP (10)
2. P_hat^-theta = sum_i pi (kappa_hat c_hat)^-theta                         CP (11)
3. pi' = pi (kappa_hat c_hat / P_hat)^-theta                                CP (12)
4. Y' = sum_n q', q' = pi' X' / ((1 + t') (1 + e'))                         inside CP (13)
5. I' = w_hat V + sum t' pi' X' / (1 + t') + sum e' q' + D'                 inside CP (13)
6. X' = sum_k gamma Y' + alpha I'                                           CP (13)
7. exports' + D' = imports', at border value                                CP (14)

kappa_hat is the ratio of (1 + import tariff) (1 + export tax) iceberg cost to its base, a_hat productivity. Border
value is before the importer's tariff and after the exporter's tax. Export taxes, productivity and D' are our
additions: CP have e' = 0, a_hat = 1 and D' = D.

Letters: b scenario, j and k sectors (J), n importer, i exporter (N). Money is in shares of world value added.
Every function takes the array library as ``xp``. A hat is a ratio to the base; unknowns are logs of hats, but
expenditure is the log of its level.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

Array = Any
"""An array of whichever library ``xp`` is."""

TRACE = 1e-13
"""Trade added to both sides of a balance, in shares of own value added, so that a closed country has 0 = 0."""


class Technology(NamedTuple):
    """What stays the same in every scenario."""

    trade_elasticity: Array
    """[J, 1] theta."""
    final_share: Array
    """[J, N] alpha."""
    value_added_share: Array
    """[J, N] beta."""
    input_share: Array
    """[N, input k, sector j] gamma."""
    input_share_by_sector: Array
    """[N, sector j, input k], the transpose."""
    value_added: Array
    """[N] V, sums to 1."""
    deficit: Array
    """[N] D, sums to 0."""
    borrowed: Array
    """[N] max(D, 0)."""
    lent: Array
    """[N] max(-D, 0)."""
    bought: Array
    """[J, N] 1.0 where there is expenditure, else 0.0."""
    dead: Array
    """[J, N] 1 - bought."""
    anchor: float
    """1 + mean theta: how hard the numeraire pulls on wages."""


class Kernel(NamedTuple):
    """What a policy changes, constant within a scenario."""

    purchases: Array
    """[b, J, n, i] pi * kappa_hat^-theta; 0 under an embargo."""
    imports: Array
    """[b, J, n, i] purchases / (1 + t'), with an empty diagonal."""
    home: Array
    """[b, J, N] that diagonal."""
    deficit: Array | None = None
    """[b, N] D', sums to 0; None where it stays D."""
    own_share: Array | None = None
    """[b, N] delta: what the actor borrows on top of D' per unit of its own value added; None where nothing."""
    sold: Array | None = None
    """[b, J, n, i] imports / (1 + e'), what the seller keeps; None without export taxes."""
    productivity: Array | None = None
    """[b, J, N] log of its ratio to the base; None where it stays."""


class State(NamedTuple):
    """The unknowns."""

    wage: Array
    """[b, N] log of wage_hat."""
    cost: Array
    """[b, J, N] log of cost_hat."""
    expenditure: Array
    """[b, J, N] log of the level."""


class Residual(NamedTuple):
    """What is left of the three conditions; zero in equilibrium."""

    balance: Array
    """[b, N] log of exports plus transfers over imports."""
    cost: Array
    """[b, J, N]"""
    expenditure: Array
    """[b, J, N] as a share of expenditure."""


class Outcome(NamedTuple):
    """By-products of the residual."""

    price: Array
    """[b, J, N] log of price_hat."""
    income: Array
    """[b, N] level."""
    deficit: Array
    """[b, N] D', level."""
    imbalance: Array
    """[b, N] trade balance less transfer, as a share of own value added."""
    drift: Array
    """[b] log of world value added, which is the numeraire and must stay 0."""
    spent: Array
    """[b, J, N] expenditure, level."""
    walras: Array
    """[b] what the world wants less what it spends; equals wages paid less value added produced."""


def matvec(matrix: Array, vector: Array) -> Array:
    """[..., n, i] and [..., i] to [..., n]."""
    return (matrix @ vector[..., None])[..., 0]


def vecmat(vector: Array, matrix: Array) -> Array:
    """[..., n] and [..., n, i] to [..., i]."""
    return (vector[..., None, :] @ matrix)[..., 0, :]


def per_country(matrix: Array, vector: Array) -> Array:
    """[N, k, j] and [b, j, N] to [b, k, N]: one matrix product per country for all scenarios."""
    return (matrix @ vector.transpose(2, 1, 0)).transpose(2, 1, 0)


def trade_cost_factor(cost_hat: Array, theta: Array) -> Array:
    """kappa_hat^-theta, the part of (2) that a policy fixes, CP (11); any shape that broadcasts."""
    return cost_hat**-theta


def unit_cost(wage: Array, price: Array, tech: Technology) -> Array:
    """(1), CP (10): ln c_hat + ln a_hat = beta ln w_hat + sum_k gamma_k ln P_hat_k. [b, J, N], logs in and out."""
    return tech.value_added_share * wage[..., None, :] + per_country(tech.input_share_by_sector, price)


def competitiveness(cost: Array, tech: Technology, xp: Any = np) -> Array:
    """c_hat^-theta of every exporter, the part of (2) that moves, CP (11). [b, J, N]."""
    return xp.exp(-tech.trade_elasticity * cost)


def purchase_sum(kernel: Kernel, competing: Array, tech: Technology) -> Array:
    """The sum in (2), CP (11): Phi_n = sum_i pi_ni (kappa_hat_ni c_hat_i)^-theta. [b, J, N]; 1 in dead cells."""
    return matvec(kernel.purchases, competing) + tech.dead


def price(phi: Array, tech: Technology, xp: Any = np) -> Array:
    """(2), CP (11): ln P_hat = -ln(Phi) / theta. [b, J, N]."""
    return -xp.log(phi) / tech.trade_elasticity


def trade_share(kernel: Kernel, competing: Array, phi: Array) -> Array:
    """(3), CP (12): pi' = pi (kappa_hat c_hat / P_hat)^-theta. [b, J, n, i]; not needed inside the iteration."""
    return kernel.purchases * competing[..., None, :] / phi[..., :, None]


def sales(kernel: Kernel, competing: Array, per_phi: Array) -> tuple[Array, Array, Array]:
    """(4), inside CP (13): exports by exporter, imports by importer, sales at home, at border value. [b, J, N] each.

    ``per_phi`` is X'/Phi: pi' X' factors into it and ``competing``, so no trade share is ever formed.
    """
    exports = competing * vecmat(per_phi, kernel.imports)
    imports = per_phi * matvec(kernel.imports, competing)
    return exports, imports, kernel.home * competing * per_phi


def kept_by_sellers(kernel: Kernel, competing: Array, per_phi: Array, exports: Array) -> Array:
    """(4): exports less the exporter's own taxes on them. [b, J, N]."""
    return exports if kernel.sold is None else competing * vecmat(per_phi, kernel.sold)


def transfer(wage_bill: Array, kernel: Kernel, tech: Technology) -> Array:
    """D' in (5) and (7), [b, N]: a level, and under the own-share rule delta w V less its world sum shared by w V."""
    level = tech.deficit if kernel.deficit is None else kernel.deficit
    if kernel.own_share is None:
        return level
    borrowed = kernel.own_share * wage_bill
    return level + borrowed - borrowed.sum(-1, keepdims=True) * wage_bill / wage_bill.sum(-1, keepdims=True)


def income(wage_bill: Array, deficit: Array, revenue: Array) -> Array:
    """(5), inside CP (13): I' = w V + D' + R. [b, N].

    Revenue R is what buyers spent less what arrived at the border, and what left there less what sellers kept.
    """
    return wage_bill + deficit + revenue


def spending(income_: Array, output: Array, tech: Technology) -> Array:
    """(6), CP (13): X' = alpha I' + sum_k gamma Y'. [b, J, N]."""
    return tech.final_share * income_[..., None, :] + per_country(tech.input_share, output)


def balance(exports: Array, imports: Array, deficit: Array, tech: Technology, xp: Any = np) -> Array:
    """(7), CP (14), in logs: ln (exports + D'+) - ln (imports + D'-). [b, N]; free of the country's size."""
    trace = TRACE * tech.value_added
    earned, paid = exports + xp.maximum(deficit, 0), imports + xp.maximum(-deficit, 0)
    return xp.log((earned + trace) / (paid + trace))


def residual(state: State, kernel: Kernel, tech: Technology, xp: Any = np) -> tuple[Residual, Outcome]:
    """All conditions at once. One trade balance is redundant (Walras); the numeraire rides along in its place."""
    competing = competitiveness(state.cost, tech, xp)
    phi = purchase_sum(kernel, competing, tech)
    prices = price(phi, tech, xp)
    spent = xp.exp(state.expenditure) * tech.bought
    per_phi = spent / phi
    exports, imports, home = sales(kernel, competing, per_phi)
    kept = kept_by_sellers(kernel, competing, per_phi, exports)
    wage_bill = xp.exp(state.wage) * tech.value_added
    drift = xp.log(wage_bill.sum(-1))
    deficit = transfer(wage_bill, kernel, tech)
    exported, imported = exports.sum(-2), imports.sum(-2)
    revenue = (spent - home).sum(-2) - imported
    if kernel.sold is not None:
        revenue = revenue + (exported - kept.sum(-2))
    earned = income(wage_bill, deficit, revenue)
    wanted = spending(earned, kept + home, tech)
    cost = unit_cost(state.wage, prices, tech)
    if kernel.productivity is not None:
        cost = cost - kernel.productivity
    gap = wanted - spent
    return (
        Residual(
            balance=balance(exported, imported, deficit, tech, xp) - tech.anchor * drift[..., None],
            cost=cost - state.cost,
            expenditure=gap / (spent + tech.dead) * tech.bought,
        ),
        Outcome(
            price=prices,
            income=earned,
            deficit=deficit,
            imbalance=(exported + deficit - imported) / wage_bill,
            drift=drift,
            spent=spent,
            walras=gap.sum((-2, -1)),
        ),
    )
