"""The calibrated :class:`Economy`: where labelled worlds become bare arrays, once.

Arrays are sector first, then importer, then exporter: ``[J, N, N]``. Money is in shares of world value added;
``world_value_added`` converts back to MUSD/yr.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import xarray as xr

from hedgerow.dims import ACCOUNT, ACTOR, FLOW, INPUT_USE, SECTOR
from hedgerow.errors import RequestError, UnbalancedError, UnknownNameError
from hedgerow.trade.array_checks import checked
from hedgerow.world.world import World

__all__ = ["Accounts", "Array", "Economy", "Repair", "calibrate", "closed_base", "implied_base"]

Array = npt.NDArray[np.float64]

BALANCED = 1e-9
"""Largest gap between the two sides of an account, as a share of world value added."""
REPAIRABLE = 0.01
"""Largest gap in an actor's trade balance that arrays may have, as a share of its value added."""


@dataclass(frozen=True, eq=False)
class Accounts:
    """Bare accounts of all actors in one unit of money; N actors, J sectors."""

    actors: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: npt.NDArray[np.bool_]
    """[J] True where customs tariffs apply."""
    trade_flow: Array
    """[J, importer, exporter] at the seller's price; the diagonal is domestic sales."""
    tariff: Array
    """[J, importer, exporter] rate on the seller's price."""
    input_use: Array
    """[N, input, sector] at the purchaser's price, tariffs included."""
    final_use: Array
    """[J, N] at the purchaser's price, tariffs included."""
    value_added: Array
    """[J, N] gross output less inputs at the purchaser's price."""


@dataclass(frozen=True)
class Repair:
    """How far arrays were from accounts that balance, before they were made to."""

    size: float
    """Largest change of one cell of expenditure, share of world value added."""
    cells: int
    """Cells of expenditure that moved by more than 1e-9 of themselves."""
    worst: tuple[str, str]
    """Actor and sector of the largest change."""
    balance: float
    """Largest change of a trade deficit, share of the actor's own value added."""


@dataclass(frozen=True, eq=False, repr=False)
class Economy:
    """Shares and elasticities that the equations need, and the base they start from. Arrays are read-only."""

    actors: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: npt.NDArray[np.bool_]
    """[J] True where customs tariffs apply."""
    trade_share: Array
    """[J, importer, exporter] share of the importer's sector expenditure, tariffs included; sums to 1."""
    tariff: Array
    """[J, importer, exporter] base tariff rate on the seller's price."""
    input_share: Array
    """[N, input, sector] input per unit of output; sums over inputs to 1 - value_added_share."""
    value_added_share: Array
    """[J, N] value added per unit of output."""
    final_share: Array
    """[J, N] share of a sector in an actor's final spending; sums to 1."""
    trade_elasticity: Array
    """[J] theta > 0: tariff-inclusive trade moves with cost to the power -theta."""
    value_added: Array
    """[N] share of world value added; sums to 1."""
    deficit: Array
    """[N] imports less exports at border value, share of world value added; sums to 0."""
    expenditure: Array
    """[J, N] at the purchaser's price, share of world value added."""
    world_value_added: float
    """Value added of the whole world, MUSD/yr (or whatever unit the accounts were in)."""
    repair: Repair | None = None
    """What :meth:`from_arrays` had to change; None where accounts were given."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                frozen = value.copy()
                frozen.setflags(write=False)
                object.__setattr__(self, field.name, frozen)

    def __repr__(self) -> str:
        return f"<Economy: {len(self.actors)} actors x {len(self.sectors)} sectors>"

    @classmethod
    def from_accounts(cls, accounts: Accounts, *, trade_elasticity: Array, tolerance: float = BALANCED) -> Economy:
        """Shares from accounts.

        Accounts that balance are closed to the last digit: shares and final spending are kept, while expenditure,
        value added and deficits follow from them exactly. Accounts published with wider gaps (Caliendo and Parro
        2015) need a wider ``tolerance``; they keep their value added and deficits, and
        :func:`hedgerow.trade.equilibrium.rebased` turns them into a consistent base.

        Args:
            accounts: bare accounts at the purchaser's price.
            trade_elasticity: [J] theta > 0.
            tolerance: widest accepted gap, as a share of world value added.

        Raises:
            UnbalancedError: names the worst actor and sector.
            RequestError: an elasticity that is not a positive number.
        """
        theta = np.asarray(trade_elasticity, dtype=float)
        if not ((theta > 0) & np.isfinite(theta)).all():
            sector = accounts.sectors[int(np.argmin((theta > 0) & np.isfinite(theta)))]
            raise RequestError(f"trade_elasticity: sector {sector!r} needs a positive number, for example 4.0")
        gap = _check(accounts, tolerance)
        paid = accounts.trade_flow * (1 + accounts.tariff)
        expenditure = paid.sum(axis=2)
        bought = expenditure > 0
        input_use = accounts.input_use * bought.T[:, :, None]
        output = input_use.sum(axis=1).T + accounts.value_added
        made = output > 0
        input_share = input_use / np.where(made, output, 1).T[:, None, :]
        final_use = accounts.final_use * bought
        world = float(accounts.value_added.sum())
        economy = cls(
            actors=accounts.actors,
            sectors=accounts.sectors,
            goods=np.asarray(accounts.goods, dtype=bool),
            trade_share=paid / np.where(bought, expenditure, 1)[:, :, None],
            tariff=accounts.tariff,
            input_share=input_share,
            value_added_share=1 - input_share.sum(axis=1).T,
            final_share=final_use / final_use.sum(axis=0),
            trade_elasticity=theta,
            value_added=accounts.value_added.sum(axis=0) / world,
            deficit=(accounts.trade_flow.sum(axis=(0, 2)) - accounts.trade_flow.sum(axis=(0, 1))) / world,
            expenditure=expenditure / world,
            world_value_added=world,
        )
        closed = closed_base(economy, final_use.sum(axis=0) / world)
        return implied_base(closed) if gap <= BALANCED else closed

    @classmethod
    def from_arrays(
        cls,
        *,
        trade_share: npt.ArrayLike,
        expenditure: npt.ArrayLike,
        tariff: npt.ArrayLike,
        input_share: npt.ArrayLike,
        value_added_share: npt.ArrayLike,
        final_share: npt.ArrayLike,
        trade_elasticity: npt.ArrayLike,
        value_added: npt.ArrayLike,
        deficit: npt.ArrayLike,
        actors: Sequence[str],
        sectors: Sequence[str],
    ) -> Economy:
        """An economy from bare arrays: arrays in, and :func:`~hedgerow.trade.equilibrium.solve` gives arrays out.

        Money may be in any one unit, for example MUSD/yr. Shares are kept. Expenditure that does not follow from
        shares, value added and deficits is replaced by the one that does, and value added and deficits by what it
        then implies; ``repair`` tells how far they were off. Every sector counts as goods. This function has more
        than six parameters because each is one array of the published equations.

        Args:
            trade_share: [exporter, importer, sector] share of expenditure, tariffs included; sums to 1.
            expenditure: [importer, sector] at the purchaser's price.
            tariff: [exporter, importer, sector] rates on the seller's price, fractions.
            input_share: [input, sector, actor] per unit of gross output; sums to 1 - value added share.
            value_added_share: [actor, sector] per unit of gross output.
            final_share: [actor, sector] share of final spending; sums to 1.
            trade_elasticity: [sector] theta > 0.
            value_added: [actor].
            deficit: [actor] imports less exports at the seller's price; sums to 0.
            actors: labels.
            sectors: labels.

        Raises:
            RequestError, NoSupplierError: an impossible value; the message names its cell.
            UnbalancedError: an actor's trade is off by more than 1 % of its value added.
        """
        given = {name: value for name, value in locals().items() if name not in ("cls", "actors", "sectors")}
        found = checked(given, actors, sectors)
        goods = np.ones(len(sectors), dtype=bool)
        return _repaired(cls(actors=tuple(actors), sectors=tuple(sectors), goods=goods, **found._asdict()))

    @cached_property
    def goods_sectors(self) -> tuple[str, ...]:
        """Labels of the sectors that customs tariffs apply to."""
        return tuple(label for label, good in zip(self.sectors, self.goods, strict=True) if good)

    @cached_property
    def border_share(self) -> Array:
        """[J, importer, exporter] seller's part of a unit of expenditure: trade_share / (1 + tariff)."""
        share = self.trade_share / (1 + self.tariff)
        share.setflags(write=False)
        return share

    @cached_property
    def border_imports(self) -> Array:
        """[J, importer, exporter] border share with an empty diagonal."""
        share = self.border_share * (1 - np.eye(len(self.actors)))
        share.setflags(write=False)
        return share

    @cached_property
    def border_home(self) -> Array:
        """[J, N] the diagonal of the border share."""
        share = np.diagonal(self.border_share, axis1=1, axis2=2).copy()
        share.setflags(write=False)
        return share

    @cached_property
    def tariff_revenue(self) -> Array:
        """[N] base tariff revenue, share of world value added."""
        return np.asarray((self.expenditure * (1 - self.border_share.sum(axis=2))).sum(axis=0))

    @cached_property
    def income(self) -> Array:
        """[N] base final spending: value added, tariff revenue and transfers, share of world value added."""
        return self.value_added + self.tariff_revenue + self.deficit

    @cached_property
    def gross_output(self) -> Array:
        """[J, N] base output at the seller's price, share of world value added."""
        return np.asarray(np.einsum("jni,jn->ji", self.border_share, self.expenditure))

    def by_actor(self, values: npt.ArrayLike, name: str, unit: str) -> xr.DataArray:
        """Label ``[N]``."""
        return self._label(np.asarray(values), (ACTOR,), name, unit)

    def by_account(self, values: Array, name: str, unit: str) -> xr.DataArray:
        """Label ``[J, N]`` as actor, sector."""
        return self._label(values.T, ACCOUNT, name, unit)

    def by_flow(self, values: Array, name: str, unit: str) -> xr.DataArray:
        """Label ``[J, importer, exporter]`` as exporter, importer, sector."""
        return self._label(values.transpose(2, 1, 0), FLOW, name, unit)

    def _label(self, values: Array, dims: tuple[str, ...], name: str, unit: str) -> xr.DataArray:
        coords = {dim: list(self.sectors if dim == SECTOR else self.actors) for dim in dims}
        return xr.DataArray(values, dims=dims, coords=coords, name=name, attrs={"units": unit})


def calibrate(world: World, *, trade_elasticity: xr.DataArray | None = None) -> Economy:
    """The economy of a world.

    World accounts are at the seller's price, before the importer's tariff. Inputs and final use of one sector
    in one actor bear the same average tariff factor, so tariffs paid on inputs leave value added.

    Args:
        world: has trade_flow, tariff, input_use, final_use and gross_output.
        trade_elasticity: by sector; the world's own layer when omitted.

    Raises:
        UnbalancedError: accounts are off by more than 1e-9 of world value added, or value added is not positive
            where there is output; the message names the worst actor and sector.
    """
    if trade_elasticity is None:
        trade_elasticity = world["trade_elasticity"]
    sectors = tuple(s.id for s in world.sectors)
    missing = [s for s in sectors if s not in trade_elasticity[SECTOR].values]
    if missing:
        raise UnknownNameError(f"trade_elasticity: has no value for sector {missing[0]!r}; give one per sector")
    flow = _sector_first(world["trade_flow"])
    tariff = _sector_first(world["tariff"])
    sold = flow.sum(axis=2)
    factor = np.where(sold > 0, (flow * (1 + tariff)).sum(axis=2) / np.where(sold > 0, sold, 1), 1.0)
    input_use = world["input_use"].transpose(*INPUT_USE).values * factor.T[:, :, None]
    accounts = Accounts(
        actors=world.codes,
        sectors=sectors,
        goods=np.array([s.goods for s in world.sectors]),
        trade_flow=flow,
        tariff=tariff,
        input_use=input_use,
        final_use=world["final_use"].transpose(*ACCOUNT).values.T * factor,
        value_added=world["gross_output"].transpose(*ACCOUNT).values.T - input_use.sum(axis=1).T,
    )
    theta = trade_elasticity.sel({SECTOR: list(sectors)}).values
    return Economy.from_accounts(accounts, trade_elasticity=theta)


def _sector_first(flow: xr.DataArray) -> Array:
    return np.ascontiguousarray(flow.transpose(*reversed(FLOW)).values, dtype=float)


def _check(accounts: Accounts, tolerance: float) -> float:
    """Largest gap as a share of world value added; raises beyond ``tolerance`` and on impossible values."""
    output = accounts.input_use.sum(axis=1).T + accounts.value_added
    _refuse(accounts, (accounts.value_added <= 0) & (output > 0), accounts.value_added, "value added is not positive")
    _refuse(accounts, accounts.final_use < 0, accounts.final_use, "final use is negative")
    idle = np.broadcast_to(accounts.final_use.sum(axis=0) <= 0, output.shape)
    _refuse(accounts, idle, accounts.final_use, "nothing is spent on final use in any sector,")
    _refuse(accounts, accounts.trade_flow.min(axis=2) < 0, accounts.trade_flow.min(axis=2), "a purchase is negative")
    bought = (accounts.trade_flow * (1 + accounts.tariff)).sum(axis=2)
    used = accounts.input_use.sum(axis=2).T + accounts.final_use
    sides = {
        "purchases differ from inputs plus final use by": bought - used,
        "output differs from sales by": output - accounts.trade_flow.sum(axis=1),
    }
    world = accounts.value_added.sum()
    for complaint, gap in sides.items():
        _refuse(accounts, np.abs(gap) > tolerance * world, gap, complaint)
    return float(max(np.abs(gap).max() for gap in sides.values()) / world)


def _refuse(accounts: Accounts, wrong: npt.NDArray[np.bool_], size: Array, complaint: str) -> None:
    """Name the worst cell of ``[J, N]`` if there is one."""
    if wrong.any():
        sector, actor = np.unravel_index(np.where(wrong, np.abs(size), -1).argmax(), size.shape)
        raise UnbalancedError(
            f"accounts of {accounts.actors[actor]}, sector {accounts.sectors[sector]}: {complaint} "
            f"{size[sector, actor]:.6g}; {int(wrong.sum())} cells are wrong, balance the accounts first"
        )


def closed_base(economy: Economy, final_spending: Array) -> Economy:
    """The same shares with expenditure that fits final spending [N] to the last digit.

    ``X = final_share * spending + input_share Y(X)`` is a contraction because every sector adds value. Purchases
    that nobody uses, a few dollars in some published tables, vanish.
    """
    expenditure = economy.expenditure
    for _ in range(2000):
        output = np.einsum("jni,jn->ji", economy.border_share, expenditure)
        updated = economy.final_share * final_spending + np.einsum("nkj,jn->kn", economy.input_share, output)
        change = np.abs(updated - expenditure) / np.where(updated > 0, updated, 1)
        expenditure = updated
        if change.max() < 1e-14:
            break
    used = expenditure > 0
    return replace(economy, expenditure=expenditure, trade_share=economy.trade_share * used[:, :, None])


def _repaired(economy: Economy) -> Economy:
    """The linear step of the base: X = alpha (V + R(X) + D) + gamma Y(X), a contraction as every sector adds value."""
    spent, border = economy.expenditure, economy.border_share
    crossing = border.sum(axis=2)
    for _ in range(5000):
        revenue = (spent * (1 - crossing) * (crossing > 0)).sum(axis=0)
        output = np.einsum("jni,jn->ji", border, spent)
        updated = economy.final_share * (economy.value_added + revenue + economy.deficit)
        updated = updated + np.einsum("nkj,jn->kn", economy.input_share, output)
        change = np.abs(updated - spent).max()
        spent = updated
        if not change > 1e-16:
            break
    if not (spent >= 0).all():
        sector, actor = np.unravel_index(int(np.nan_to_num(spent, nan=-np.inf).argmin()), spent.shape)
        raise UnbalancedError(
            f"deficit: {economy.actors[actor]} lends more than it earns; its expenditure on {economy.sectors[sector]} "
            "would be negative"
        )
    fitted = implied_base(
        replace(economy, expenditure=spent, trade_share=economy.trade_share * (spent > 0)[:, :, None])
    )
    moved = np.abs(fitted.expenditure - economy.expenditure)
    sector, actor = np.unravel_index(int(moved.argmax()), moved.shape)
    off = np.abs(fitted.deficit - economy.deficit) / economy.value_added
    if off.max() > REPAIRABLE:
        raise UnbalancedError(
            f"{economy.actors[int(off.argmax())]}: trade differs from its deficit by {off.max():.3g} of its value "
            "added; shares, expenditure and deficits must describe one world"
        )
    cells = int((moved > 1e-9 * np.maximum(economy.expenditure, fitted.expenditure)).sum())
    worst = economy.actors[int(actor)], economy.sectors[int(sector)]
    return replace(fitted, repair=Repair(float(moved.max()), cells, worst, float(off.max())))


def implied_base(economy: Economy) -> Economy:
    """Value added and deficits as they follow from expenditure; they then satisfy every identity of the model."""
    flow = economy.border_share * economy.expenditure[:, :, None]
    value_added = (economy.value_added_share * flow.sum(axis=1)).sum(axis=0)
    world = value_added.sum()
    return replace(
        economy,
        expenditure=economy.expenditure / world,
        value_added=value_added / world,
        deficit=(flow.sum(axis=(0, 2)) - flow.sum(axis=(0, 1))) / world,
        world_value_added=economy.world_value_added * float(world),
    )
