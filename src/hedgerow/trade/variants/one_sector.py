"""One sector: the models of Eaton and Kortum (2002) and Armington (1969) as a special case of the trade model.

Eaton, J. and Kortum, S. (2002), "Technology, Geography, and Trade", Econometrica 70(5); in exact hats Dekle, R.,
Eaton, J. and Kortum, S. (2008), "Global Rebalancing with Gravity", IMF Staff Papers 55(3). With J = 1 and beta = 1
the equations of :mod:`hedgerow.trade.equations` become

1. c_hat = w_hat                                                DEK (2008), section II
2. P_hat^-theta = sum_i pi (kappa_hat w_hat)^-theta
3. pi' = pi (kappa_hat w_hat / P_hat)^-theta
4. w_hat V = sum_n pi' X' / (1 + t'),  X' = I' = w_hat V + R' + D'

so the same solver, policies and results serve. Armington with elasticity of substitution sigma is theta = sigma - 1.
With roundabout inputs, beta < 1, (1) is c_hat = w_hat^beta P_hat^(1 - beta), as in Eaton and Kortum (2002), section 3.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError
from hedgerow.trade.economy import Accounts, Array, Economy

__all__ = ["SECTOR_NAME", "armington", "from_flows", "one_sector"]

SECTOR_NAME = "all"
"""Label of the one sector."""


def armington(sigma: float) -> float:
    """The trade elasticity theta = sigma - 1 of an elasticity of substitution between origins.

    Raises:
        RequestError: sigma is not above 1.
    """
    if not sigma > 1:
        raise RequestError(f"sigma: {sigma} is not above 1; origins must be substitutes, 5.0 is theta = 4")
    return sigma - 1


def from_flows(
    flow: npt.ArrayLike, *, tariff: npt.ArrayLike | None = None, trade_elasticity: float, actors: Sequence[str]
) -> Economy:
    """An Eaton-Kortum or Armington world from one matrix of trade; no inputs, beta = 1.

    Args:
        flow: [exporter, importer] at the seller's price, the diagonal what is sold at home; any one unit of money.
        tariff: [exporter, importer] rates, fractions; none when omitted.
        trade_elasticity: theta > 0.
        actors: labels.

    Raises:
        RequestError: a wrong shape, a negative flow, nothing sold at home, or a tariff that is not above -100 %.
    """
    wanted = (len(actors), len(actors))
    sold = np.asarray(flow, dtype=float)
    rate = np.zeros(wanted) if tariff is None else np.asarray(tariff, dtype=float)
    for name, values in (("flow", sold), ("tariff", rate)):
        if values.shape != wanted:
            raise RequestError(f"{name}: has shape {values.shape}, {len(actors)} actors need {wanted}")
    home = np.eye(len(actors), dtype=bool)
    _refuse(~np.isfinite(sold) | (sold < 0) | (home & ~(sold > 0)), sold, "flow", actors, "flows are >= 0, at home > 0")
    _refuse(~(rate > -1) | ~np.isfinite(rate) | (home & (rate != 0)), rate, "tariff", actors, "rates > -1, at home 0")
    return _economy(sold.T, rate.T, np.ones(len(actors)), tuple(actors), trade_elasticity)


def one_sector(economy: Economy, *, trade_elasticity: float, roundabout: bool = True) -> Economy:
    """All sectors of an economy added up to one.

    Flows at the seller's price are summed over sectors, and tariffs are weighted with them, so that every actor's
    tariff revenue, deficit and income are kept. What becomes of inputs is a choice:

    - ``roundabout``: output is made from value added and output of all origins; beta is value added over output.
    - otherwise inputs are netted: beta = 1, output is value added, and what is sold at home is value added less
      exports. Exports keep their gross value, so that an actor looks more open than under roundabout inputs.

    Args:
        economy: the base; one that balances, see :func:`hedgerow.trade.equilibrium.rebased`.
        trade_elasticity: theta > 0 of the one sector; :func:`armington` turns a sigma into it.
        roundabout: see above.

    Raises:
        RequestError: netted inputs, and an actor that exports more than it adds in value.
    """
    flows = economy.border_share * economy.expenditure[:, :, None]
    flow = flows.sum(axis=0)
    tariff = (flows * economy.tariff).sum(axis=0) / np.where(flow > 0, flow, 1)
    output = flow.sum(axis=0)
    if roundabout:
        beta = economy.value_added / output
    else:
        beta = np.ones(len(economy.actors))
        home = economy.value_added - (output - np.diagonal(flow))
        if not (home > 0).all():
            actor = economy.actors[int(home.argmin())]
            raise RequestError(f"roundabout: {actor} exports more than it adds in value; keep inputs, roundabout=True")
        np.fill_diagonal(flow, home)
    money = economy.world_value_added
    return _economy(flow * money, tariff, beta, economy.actors, trade_elasticity)


def _economy(flow: Array, tariff: Array, beta: Array, actors: tuple[str, ...], theta: float) -> Economy:
    """From flows and tariffs [importer, exporter] and value added over output [N]."""
    output, spent = flow.sum(axis=0), (flow * (1 + tariff)).sum(axis=1)
    inputs = (1 - beta) * output
    accounts = Accounts(
        actors=actors,
        sectors=(SECTOR_NAME,),
        goods=np.array([True]),
        trade_flow=flow[None],
        tariff=tariff[None],
        input_use=inputs[:, None, None],
        final_use=(spent - inputs)[None],
        value_added=(output - inputs)[None],
    )
    return Economy.from_accounts(accounts, trade_elasticity=np.array([theta]))


def _refuse(wrong: npt.NDArray[np.bool_], values: Array, name: str, actors: Sequence[str], remedy: str) -> None:
    if wrong.any():
        i, n = np.argwhere(wrong)[0]
        raise RequestError(f"{name}: {values[i, n]:g} from {actors[i]} to {actors[n]} is impossible; {remedy}")
