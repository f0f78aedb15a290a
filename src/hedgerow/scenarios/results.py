"""What a scenario does, as tidy tables: one subject each, with the unit and the kind of every number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import xarray as xr

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import RequestError, SolveError
from hedgerow.provenance import Status
from hedgerow.scenarios.coalition import Coalition
from hedgerow.scenarios.scenario import Scenario
from hedgerow.trade.decomposition import decompose
from hedgerow.trade.dynamics import path
from hedgerow.trade.dynamics_measures import long_run_welfare_change, price_of_unwinding, short_over_long
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import Equilibrium, solve
from hedgerow.trade.policy import Policy
from hedgerow.trade.variants.sanctions import SharedBurden, share_burden
from hedgerow.trade.welfare import base_value_added, caliendo_parro_linear, equivalent_variation
from hedgerow.world.world import World

MUSD = "MUSD/yr"


@dataclass(frozen=True)
class Measure:
    """A column of numbers."""

    id: str
    title: str
    unit: str
    status: Status = Status.MODELLED


@dataclass(frozen=True, eq=False)
class Tidy:
    """A table with one observation a row: labels first, then measures."""

    id: str
    title: str
    formula: str
    labels: tuple[str, ...]
    measures: tuple[Measure, ...]
    frame: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Results:
    """A solved scenario."""

    scenario: Scenario
    world: World
    equilibrium: Equilibrium
    tables: tuple[Tidy, ...]
    why_no_path: str = ""
    """Why there is no exact decomposition; empty where there is one."""
    why_no_years: str = ""
    """Why there is no path over the years; empty where there is one."""

    def table(self, name: str) -> Tidy:
        """The table with this id."""
        return next(table for table in self.tables if table.id == name)


def results(found: Scenario, world: World, economy: Economy) -> Results:
    """Solve a scenario and set out everything it does.

    Args:
        found: made for this world.
        world: gives names and people.
        economy: calibrated from the world.

    Raises:
        SolveError: no answer; no number is returned.
    """
    equilibrium = solve(economy, found.policy)
    burden: tuple[Tidy, ...] = ()
    if found.coalition is not None:
        shared = share_burden(economy, found.policy, members=found.coalition.members)
        burden = (transfers(shared, equilibrium, found.coalition),)
        equilibrium = shared.equilibrium
    makers: tuple[Callable[[Equilibrium, World], Tidy | None], ...] = (
        welfare, prices, balances, revenue, output, partners, flows, quotas, linear_decomposition,
    )  # fmt: skip
    tables = [table for make in makers if (table := make(equilibrium, world)) is not None]
    parts, why_no_path = _or_why(path_decomposition, economy, equilibrium.policy)
    years, why_no_years = _or_why(over_the_years, economy, found.policy)
    if burden:
        years, why_no_years = (), "the transfers of a coalition are those of the long run"
    return Results(found, world, equilibrium, (*burden, *tables, *parts, *years), why_no_path, why_no_years)


def _or_why(
    make: Callable[[Economy, Policy], tuple[Tidy, ...]], economy: Economy, policy: Policy
) -> tuple[tuple[Tidy, ...], str]:
    """Tables, or the reason why the policy has none."""
    try:
        return make(economy, policy), ""
    except (RequestError, SolveError) as error:
        return (), str(error)


def welfare(equilibrium: Equilibrium, world: World) -> Tidy:
    """Real income and real wages by actor."""
    people = world["population"].sel({ACTOR: list(equilibrium.economy.actors)})
    gain = equivalent_variation(equilibrium)
    columns = {
        Measure("welfare_pct", "Welfare", "%"): 100 * equilibrium.welfare,
        Measure("equivalent_variation_musd", "Welfare in money", MUSD): gain,
        Measure("per_person_usd", "Per person", "USD/yr"): 1e6 * gain / people,
        Measure("real_wage_pct", "Real wage", "%"): 100 * equilibrium.real_wage,
    }
    return _tidy("welfare", "Welfare and real wages", "W = I / P; change = I′P / (IP′) − 1", columns)


def transfers(shared: SharedBurden, unshared: Equilibrium, coalition: Coalition) -> Tidy:
    """What members give and receive, and what everyone named would lose without that."""
    inside = shared.transfer[ACTOR].isin(list(coalition.members))
    columns = {
        Measure("transfer_musd", "Transfer received", MUSD): shared.transfer.where(inside),
        Measure("transfer_pct", "Transfer, of GDP", "%"): 100 * shared.transfer_share.where(inside),
        Measure("welfare_pct", "Welfare, burden shared", "%"): 100 * shared.equilibrium.welfare,
        Measure("unshared_pct", "Welfare, no transfers", "%"): 100 * unshared.welfare,
    }
    found = _tidy("coalition", "The burden shared", "T = Ŵ_C I P̂ − I′; Ŵ_C = Σ I′ / Σ I P̂; Σ T = 0", columns)
    named = found.frame[ACTOR].isin([*coalition.members, *coalition.target])
    return replace(found, frame=found.frame[named].reset_index(drop=True))


def prices(equilibrium: Equilibrium, world: World) -> Tidy:
    """Wages, consumer prices and terms of trade by actor, in units of world value added."""
    columns = {
        Measure("wage_pct", "Wage", "%"): 100 * equilibrium.wage,
        Measure("consumer_prices_pct", "Consumer prices", "%"): 100 * equilibrium.price_index,
        Measure("terms_of_trade_pct", "Terms of trade", "%"): 100 * terms_of_trade(equilibrium),
    }
    formula = (
        "wage and prices over world value added; terms of trade: Σ x ln ĉ (exports) − Σ m ln ĉ (imports), base shares"
    )
    return _tidy("prices", "Wages, prices and terms of trade", formula, columns)


def terms_of_trade(equilibrium: Equilibrium) -> xr.DataArray:
    """Sellers' prices of exports over those of imports, before tariffs, in base shares: fraction. [actor]"""
    economy = equilibrium.economy
    sold = economy.border_share * economy.expenditure[:, :, None] * (1 - np.eye(len(economy.actors)))
    dearer = np.log(equilibrium.cost_hat)
    exported, imported = sold.sum(axis=(0, 1)), sold.sum(axis=(0, 2))
    gain = (sold.sum(axis=1) * dearer).sum(axis=0) / np.where(exported > 0, exported, 1)
    loss = np.einsum("jni,ji->n", sold, dearer) / np.where(imported > 0, imported, 1)
    return economy.by_actor(np.expm1(gain - loss), "terms_of_trade", "fraction")


def balances(equilibrium: Equilibrium, world: World) -> Tidy:
    """Exports, imports and deficits by actor, before and after."""
    before, after = _abroad(_base_flow(equilibrium.economy)), _abroad(equilibrium.trade_flow)
    columns: dict[Measure, xr.DataArray] = {}
    for name, title, dim in (("exports", "Exports", IMPORTER), ("imports", "Imports", EXPORTER)):
        kept = EXPORTER if dim == IMPORTER else IMPORTER
        old, new = (f.sum((dim, SECTOR)).rename({kept: ACTOR}) for f in (before, after))
        columns |= _before_after(name, title, old, new)
    deficit = equilibrium.economy.deficit * equilibrium.economy.world_value_added
    columns |= _before_after(
        "deficit", "Deficit", equilibrium.economy.by_actor(deficit, "deficit", MUSD), equilibrium.deficit, pct=False
    )
    return _tidy("balances", "Exports, imports and deficits", "sums over partners and sectors at border value", columns)


def revenue(equilibrium: Equilibrium, world: World) -> Tidy:
    """What borders bring in, by actor, before and after."""
    economy = equilibrium.economy
    old = economy.by_actor(economy.tariff_revenue * economy.world_value_added, "tariff_revenue", MUSD)
    columns = _before_after("tariff_revenue", "Tariff revenue", old, equilibrium.tariff_revenue, pct=False)
    columns[Measure("export_tax_musd", "Export taxes", MUSD)] = equilibrium.export_tax_revenue
    columns[Measure("quota_rent_musd", "Quota rents", MUSD)] = equilibrium.quota_rent
    return _tidy("revenue", "Tariff revenue, export taxes and quota rents", "Σ t q X over sellers and sectors", columns)


def output(equilibrium: Equilibrium, world: World) -> Tidy:
    """Output and value added by actor and sector, before and after."""
    economy = equilibrium.economy
    old = economy.by_account(economy.gross_output * economy.world_value_added, "output", MUSD)
    columns = _before_after("output", "Output", old, equilibrium.output)
    columns |= _before_after("value_added", "Value added", base_value_added(economy), equilibrium.value_added)
    return _tidy("output", "Output and value added by sector", "Y = Σ q X over buyers", columns)


def flows(equilibrium: Equilibrium, world: World) -> Tidy:
    """Every flow across borders, before and after, with the tariff on it."""
    economy = equilibrium.economy
    columns = _before_after("flow", "Trade", _base_flow(economy), equilibrium.trade_flow, pct=False)
    tariff = economy.by_flow(economy.tariff, "tariff", "fraction")
    columns[Measure("tariff_before_pct", "Tariff before", "%", Status.DERIVED)] = 100 * tariff
    columns[Measure("tariff_after_pct", "Tariff after", "%", Status.ASSUMED)] = 100 * equilibrium.tariff
    found = _tidy("flows", "Trade by exporter, importer and sector", "q X at border value", columns)
    frame = found.frame
    kept = frame[
        (frame[EXPORTER] != frame[IMPORTER]) & ((frame["flow_before_musd"] > 0) | (frame["flow_after_musd"] > 0))
    ]
    return Tidy(found.id, found.title, found.formula, found.labels, found.measures, kept.reset_index(drop=True))


def partners(equilibrium: Equilibrium, world: World) -> Tidy:
    """Trade diversion: purchases from every partner, the buyer's own producers among them, before and after."""
    before, after = _base_flow(equilibrium.economy).sum(SECTOR), equilibrium.trade_flow.sum(SECTOR)
    columns = _before_after("purchases", "Purchases", before, after)
    old, new = (100 * flow / flow.sum(EXPORTER) for flow in (before, after))
    columns[Measure("share_before_pct", "Share before", "%", Status.DERIVED)] = old
    columns[Measure("share_after_pct", "Share after", "%")] = new
    columns[Measure("share_change_pp", "Change of share", "points")] = new - old
    formula = "purchases from a partner over all purchases, home included; shares sum to 100 % over partners"
    return _tidy("partners", "Trade diversion by partner", formula, columns)


def quotas(equilibrium: Equilibrium, world: World) -> Tidy | None:
    """Tariff-rate quotas: where imports stand, and who gets the rent."""
    if not equilibrium.quotas:
        return None
    rows = [
        {
            "quota": at,
            "importers": " ".join(one.quota.importers or ("all",)),
            "exporters": " ".join(one.quota.exporters or ("all",)),
            "sectors": " ".join(one.quota.sectors or ("all",)),
            "owner": one.quota.owner.value,
            "standing": one.status.value,
            "wedge_pct": 100 * one.rate,
            "limit_musd": one.limit,
            "volume_musd": one.volume,
            "rent_musd": one.rent,
        }
        for at, one in enumerate(equilibrium.quotas, start=1)
    ]
    measures = (
        Measure("wedge_pct", "Price wedge", "%"),
        Measure("limit_musd", "Quota", MUSD, Status.ASSUMED),
        Measure("volume_musd", "Imports", MUSD),
        Measure("rent_musd", "Rent", MUSD),
    )
    labels = ("quota", "importers", "exporters", "sectors", "owner", "standing")
    return Tidy(
        "quotas",
        "Tariff-rate quotas",
        "rent = (wedge − inside rate) × imports inside",
        labels,
        measures,
        pd.DataFrame(rows),
    )


def linear_decomposition(equilibrium: Equilibrium, world: World) -> Tidy:
    """The published one-step decomposition, under its own name: it is not welfare."""
    found = caliendo_parro_linear(equilibrium)
    columns = {
        Measure(f"{name}_pct", title, "%"): 100 * found[name]
        for name, title in (
            ("terms_of_trade", "Terms of trade"),
            ("volume_of_trade", "Volume of trade"),
            ("total", "Sum, not the welfare change"),
        )
    }
    title = "Linearised decomposition of Caliendo and Parro (2015)"
    return _tidy("cp2015-linear", title, "one step from the base, of base income; far off for large changes", columns)


def path_decomposition(economy: Economy, policy: Policy) -> tuple[Tidy, ...]:
    """The exact decomposition along a path, by actor and by partner.

    Raises:
        RequestError: the policy holds an embargo, an export tax or a quota.
        DidNotConverge: a step on the way has no answer.
    """
    found = decompose(economy, policy)
    formula = f"parts of ln Ŵ, summed over {found.steps} steps in ln(1 + t) and ln d; they add up to ln Ŵ"
    titles = {
        "terms_of_trade": "Terms of trade",
        "volume": "Volume of trade",
        "technical": "Goods burnt on the way, productivity",
        "transfers": "Transfers",
        "total": "Sum, ln Ŵ",
    }
    parts, by_partner = found.parts, found.by_partner
    whole = {Measure(f"{n}_log", title, "log points × 100"): 100 * parts[n] for n, title in titles.items()}
    each = {Measure(f"{n}_log", titles[str(n)], "log points × 100"): 100 * by_partner[n] for n in by_partner}
    return (
        _tidy("decomposition", "Where the change of welfare comes from, exactly", formula, whole),
        _tidy("decomposition-by-partner", "Who gains from whom", formula, each),
    )


def over_the_years(economy: Economy, policy: Policy) -> tuple[Tidy, ...]:
    """The way to the new equilibrium, year by year, and what the slowness costs.

    Raises:
        RequestError: the policy holds a part that no path can follow, such as a quota.
        SolveError: a year has no answer.
    """
    played = path(economy, policy)
    long_run = long_run_welfare_change(played)
    by_year = {
        Measure("welfare_pct", "Welfare", "%"): 100 * played.welfare_change,
        Measure("consumer_prices_pct", "Consumer prices", "%"): 100 * (played.consumer_price - 1),
    }
    at_the_end = {
        Measure("first_year_pct", "Welfare, first year", "%"): 100 * played.welfare_change.isel(year=0, drop=True),
        Measure("long_run_pct", "Welfare, long run", "%"): 100 * long_run,
        Measure("short_over_long", "First year over long run", "ratio"): short_over_long(played),
        Measure("unwinding_log", "Price of unwinding", "log points × 100"): 100 * price_of_unwinding(played),
    }
    formula = f"two elasticities, docs/dynamics.md; {played.uniqueness}"
    return (
        _tidy("years", "The way there, year by year", formula, by_year),
        _tidy("unwinding", "The first year, the long run and the price of unwinding", formula, at_the_end),
    )


def cubes(equilibrium: Equilibrium) -> xr.Dataset:
    """The labelled arrays behind the tables, for NetCDF."""
    economy = equilibrium.economy
    return xr.Dataset(
        {
            "welfare": equilibrium.welfare,
            "real_wage": equilibrium.real_wage,
            "output": equilibrium.output,
            "tariff": equilibrium.tariff,
            "trade_flow_before": _base_flow(economy),
            "trade_flow_after": equilibrium.trade_flow,
        }
    )


def _base_flow(economy: Economy) -> xr.DataArray:
    level = economy.border_share * economy.expenditure[:, :, None] * economy.world_value_added
    return economy.by_flow(level, "trade_flow", MUSD)


def _abroad(flow: xr.DataArray) -> xr.DataArray:
    home = xr.DataArray(np.eye(flow.sizes[EXPORTER]), dims=(EXPORTER, IMPORTER))
    return flow * (1 - home)


def _before_after(
    name: str, title: str, before: xr.DataArray, after: xr.DataArray, *, pct: bool = True
) -> dict[Measure, xr.DataArray]:
    found = {
        Measure(f"{name}_before_musd", f"{title} before", MUSD, Status.DERIVED): before,
        Measure(f"{name}_after_musd", f"{title} after", MUSD): after,
        Measure(f"{name}_change_musd", f"{title}, change", MUSD): after - before,
    }
    if pct:
        share = 100 * (after / before.where(before > 0) - 1)
        found[Measure(f"{name}_change_pct", f"{title}, change", "%")] = share
    return found


def _tidy(name: str, title: str, formula: str, columns: dict[Measure, xr.DataArray]) -> Tidy:
    first = next(iter(columns.values()))
    labels = tuple(str(dim) for dim in first.dims)
    together = [array.transpose(*labels).rename(measure.id) for measure, array in columns.items()]
    grid = pd.MultiIndex.from_product([first[dim].values for dim in labels], names=list(labels))
    data = {array.name: np.asarray(array.values, dtype=float).ravel() for array in together}
    frame = pd.DataFrame(data, index=grid).reset_index()
    return Tidy(name, title, formula, labels, tuple(columns), frame)
