"""The base of the Liberation Day model: trade of one sector, income from it, and a part of every price that stays home.

Of each dollar that n spends on goods of i, the share nu_n pays for distribution, earned in n; the rest goes to i. Base
tariffs are zero, as in the paper, so that flows have one price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import xarray as xr
from scipy.optimize import root

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import DataError, DidNotConverge, RequestError, UnknownNameError
from hedgerow.world.world import World

__all__ = ["Base", "Elasticities", "base_from_arrays", "base_of"]

Array = npt.NDArray[np.float64]

POWER = "USA"
DISTRIBUTION = (0.12, 0.26)
"""Mean distribution share of what the rest of the world sells, and of what the United States sell: the targets."""


@dataclass(frozen=True)
class Elasticities:
    """Parameters of the model; the defaults are the paper's."""

    trade: float = 4.0
    """epsilon: tariff-inclusive trade moves with cost to the power -epsilon."""
    labour: float = 0.5
    """kappa: employment moves with the real wage after income tax."""
    scale: float = 0.67 / 4
    """psi: unit cost falls with employment."""
    firms: float = 4 / 0.67
    """vartheta: how alike firms are; with nu it sets how strongly trade answers a tariff."""
    pass_through: float = 1.0
    """phi tilde: of a tariff to the firm's price."""

    def __post_init__(self) -> None:
        for name in ("trade", "firms", "pass_through", "labour", "scale"):
            value = getattr(self, name)
            if not (np.isfinite(value) and (value >= 0 if name in ("labour", "scale") else value > 0)):
                raise RequestError(f"{name}: {value} is no elasticity of this model; the paper has {_default(name)}")


def _default(name: str) -> float:
    return round(float(getattr(Elasticities(), name)), 4)


@dataclass(frozen=True, eq=False, repr=False)
class Base:
    """One sector of many economies, before any tariff. Money in any one unit, MUSD/yr for the paper's data."""

    actors: tuple[str, ...]
    trade_flow: Array
    """[importer, exporter] X; the diagonal is domestic sales."""
    distribution_share: Array
    """[N] nu, of an importer's price."""
    elasticities: Elasticities = field(default_factory=Elasticities)

    def __post_init__(self) -> None:
        size = len(self.actors)
        for name, shape in (("trade_flow", (size, size)), ("distribution_share", (size,))):
            values = np.array(getattr(self, name), dtype=float)
            if values.shape != shape or not (np.isfinite(values) & (values >= 0)).all():
                raise RequestError(f"{name}: needs numbers, zero or more, in the shape {shape}; it has {values.shape}")
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        if (self.distribution_share >= 1).any():
            raise RequestError(f"distribution_share: {self.distribution_share.max():g} leaves nothing; it is below 1")
        idle = (self.expenditure <= 0) | (self.income <= 0)
        if idle.any():
            raise DataError(f"trade_flow: {self.actors[int(idle.argmax())]} buys or earns nothing; leave it out")

    def __repr__(self) -> str:
        return f"<Base of the Liberation Day model: {len(self.actors)} actors>"

    @cached_property
    def expenditure(self) -> Array:
        """[N] E, what an actor spends."""
        return np.asarray(self.trade_flow.sum(axis=1))

    @cached_property
    def trade_share(self) -> Array:
        """[importer, exporter] lambda; rows sum to 1."""
        return self.trade_flow / self.expenditure[:, None]

    @cached_property
    def income(self) -> Array:
        """[N] Y: sales less the buyers' distribution, and the distribution of what is bought."""
        share = self.distribution_share
        return np.asarray((1 - share) @ self.trade_flow + share * self.expenditure)

    @cached_property
    def transfer(self) -> Array:
        """[N] T = E - Y; sums to 0."""
        return self.expenditure - self.income

    @cached_property
    def tariff_response(self) -> Array:
        """[N] phi, how much more strongly trade answers a tariff than a cost, by importer.

        phi = phi~ + (1 + vartheta) / ((1 - nu) vartheta) - 1 / vartheta - 1; it is phi~ where nothing is distributed.
        """
        alike = self.elasticities.firms
        dispersion = (1 + alike) / ((1 - self.distribution_share) * alike) - 1 / alike - 1
        return np.asarray(self.elasticities.pass_through + dispersion)

    def position(self, actor: str) -> int:
        """Where an actor stands.

        Raises:
            UnknownNameError: it is not in this base.
        """
        if actor not in self.actors:
            raise UnknownNameError(f"actor: {actor!r} is not in this base; it has {', '.join(self.actors[:3])} …")
        return self.actors.index(actor)

    def by_actor(self, values: Array, name: str, unit: str) -> xr.DataArray:
        """Label ``[N]``."""
        return xr.DataArray(values, dims=ACTOR, coords={ACTOR: list(self.actors)}, name=name, attrs={"units": unit})


def base_from_arrays(
    trade_flow: npt.ArrayLike,
    *,
    gdp: npt.ArrayLike,
    actors: Sequence[str],
    power: str = POWER,
    elasticities: Elasticities | None = None,
) -> Base:
    """The paper's base: distribution shares of two regions, and domestic sales closed by GDP.

    Args:
        trade_flow: [importer, exporter] trade across borders; the diagonal is ignored.
        gdp: [actor] in the same unit.
        actors: labels.
        power: the economy whose distribution share differs from that of all others.
        elasticities: the paper's when omitted.

    Raises:
        UnknownNameError: the power is not among the actors.
        DidNotConverge: no distribution shares meet the targets.
        RequestError: shapes or values are impossible.
    """
    foreign, product = np.array(trade_flow, dtype=float), np.asarray(gdp, dtype=float)
    if foreign.shape != (len(actors), len(actors)) or product.shape != (len(actors),):
        raise RequestError(f"trade_flow, gdp: shapes {foreign.shape} and {product.shape} do not fit the actors")
    if power not in actors:
        raise UnknownNameError(f"power: {power!r} is not among the actors; name one of them")
    np.fill_diagonal(foreign, 0.0)
    is_power = np.array([actor == power for actor in actors])
    rest, own = _two_distribution_shares(foreign, product, is_power)
    share = np.where(is_power, own, rest)
    np.fill_diagonal(foreign, np.maximum(_spent(foreign, product, share) - foreign.sum(axis=1), 0))
    return Base(tuple(actors), foreign, share, elasticities or Elasticities())


def base_of(world: World, *, power: str = POWER, elasticities: Elasticities | None = None) -> Base:
    """The paper's base from a world's bilateral trade and the embedded table of GDP.

    All sectors are added up and the world's own domestic sales, inputs and tariffs are left out.

    Args:
        world: for example ``load("baci-2023")``, the paper's own data.
        power: see :func:`base_from_arrays`.
        elasticities: the paper's when omitted.

    Raises:
        DataError: an actor has no GDP.
    """
    flow = world["trade_flow"].sum(SECTOR).transpose(IMPORTER, EXPORTER).values
    product = world["value_added"].sum(SECTOR).values
    return base_from_arrays(flow, gdp=product, actors=world.codes, power=power, elasticities=elasticities)


def _spent(trade_flow: Array, gdp: Array, share: Array) -> Array:
    """[N] E = Y + (1 - nu) (imports - sum_n (1 - nu_n) exports to n), as the authors close their data.

    Exports carry (1 - nu) once more than income does, so that :attr:`Base.income` is near GDP, not equal to it.
    """
    return np.asarray(gdp + (1 - share) * (trade_flow.sum(axis=1) - (1 - share) @ trade_flow))


def _two_distribution_shares(trade_flow: Array, gdp: Array, is_power: npt.NDArray[np.bool_]) -> Array:
    """[rest, power] nu at which the mean share of what each of the two sells meets its target."""
    region = np.array([~is_power, is_power], dtype=float)
    flow, product = region @ trade_flow @ region.T, region @ gdp
    imports = np.array([flow[0, 1], flow[1, 0]])

    def gap(share: Array) -> Array:
        at_home = _spent(flow, product, share) - imports
        kept = at_home / (at_home + imports[::-1])
        return np.asarray(kept * share + (1 - kept) * share[::-1] - np.array(DISTRIBUTION))

    found = root(gap, np.array(DISTRIBUTION), tol=1e-13)
    share = np.asarray(found.x)
    if not (np.abs(gap(share)) < 1e-10).all() or not ((share >= 0) & (share < 1)).all():
        raise DidNotConverge(f"distribution_share: no shares meet {DISTRIBUTION} on these data; give them to Base")
    return share
