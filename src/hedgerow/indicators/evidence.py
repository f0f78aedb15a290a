"""Evidence: the tables that indicators are computed from, loaded when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from hedgerow.data.politics import PoliticalTable, political_table, political_tables
from hedgerow.data.yearly import gdp_by_year, population_by_year
from hedgerow.dims import SECTOR
from hedgerow.errors import UnknownNameError
from hedgerow.indicators.frames import GRADE
from hedgerow.indicators.ties import TradeSeries
from hedgerow.provenance import Origin, Status
from hedgerow.world.io import load
from hedgerow.world.memberships import CHECKED_TO, members_on, memberships, organisations
from hedgerow.world.partnerships import PartnershipKind
from hedgerow.world.world import World

TRADE: Final = "trade"
"""Yearly trade between all pairs, a :class:`TradeSeries` a source."""
WORLDS: Final = "worlds"
"""Worlds with input-output accounts by sector."""
GDP: Final = "gdp"
"""Table: actor, year, value in MUSD at current prices."""
POPULATION: Final = "population"
"""Table: actor, year, value in persons."""
MILITARY: Final = "military-spending"
"""Table: actor, year, musd at current prices, percent_gdp."""
TROOPS: Final = "us-troops"
"""Table: actor, year, last in persons; United States forces by host."""
IDEAL_POINTS: Final = "ideal-points"
"""Table: actor, year, value, low, high; positions in the General Assembly, higher is nearer to the United States."""
AGREEMENT: Final = "vote-agreement"
"""Table: actor, power, year, value; share of votes alike."""
VOTES: Final = "vote-counts"
"""Table: actor, power, year, and nine counts of votes by that of the state and that of the power."""
EXERCISES: Final = "exercises"
"""Table: actor, year, and exercises with each power."""
PACTS: Final = "trade-agreements"
"""Table: actor, partner, since; pairs tied by an agreement in force."""
ORGANISATIONS: Final = "organisation-counts"
"""Table: actor, year, memberships, and those shared with each power."""
TREATIES: Final = "treaty-counts"
"""Table: actor, power, year, bilateral and multilateral agreements that stand."""
FORCES: Final = "armed-forces"
"""Table: actor, year, value in persons."""
ARMS: Final = "arms-transfers"
"""Table: exporter, importer, year, value in millions of SIPRI's trend indicator; from the user's own file only."""
EQUIPMENT: Final = "equipment-share"
"""Table: actor, year, value in per cent of military spending; from the user's own file only."""
OWN_ONLY: Final = frozenset({ARMS, EQUIPMENT})
"""What does not ship, because its terms do not allow it or it is not at hand."""
DEFENCE: Final = "defence"
"""Table: actor, organisation, year; parties of alliances and pacts on defence at the end of the year."""
SEATS: Final = "seats"
"""Table: actor, organisation, year; seats at the end of the year in the bodies of :data:`FORUMS`."""
CLUBS: Final = "memberships"
"""Table: actor, organisation, year; members at the end of the year of organisations known in full."""

FORUMS: Final = ("UNSC", "G7", "G20", "APEC", "BRICS", "SCO", "QUAD", "IPEF", "NDB")
"""Forums and banks whose members are known in full; those of the Security Council since 1995."""
FORUMS_SINCE: Final = 1995

POWERS: Final = ("USA", "CHN", "EU", "RUS", "IND")
"""Powers of the panel; any other actor or bloc can be asked for."""


@dataclass(frozen=True, eq=False)
class Table:
    """A tidy table with its origin: actor, ``year``, ``value`` and, where the source has them, ``low`` and ``high``."""

    id: str
    frame: pd.DataFrame
    origin: Origin


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known, by id. Nothing is read before it is asked for, and everything only once."""

    makers: Mapping[str, Callable[[], Any]]
    powers: tuple[str, ...] = POWERS
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def get(self, name: str) -> Any:
        """The evidence with this id.

        Raises:
            UnknownNameError: there is none.
        """
        if name not in self.makers:
            raise UnknownNameError(f"evidence {name!r} is not at hand; there are {', '.join(self.makers)}")
        if name not in self._made:
            self._made[name] = self.makers[name]()
        return self._made[name]

    @property
    def trade(self) -> tuple[TradeSeries, ...]:
        """Yearly trade by source."""
        found: tuple[TradeSeries, ...] = self.get(TRADE)
        return found

    @property
    def worlds(self) -> tuple[World, ...]:
        """Worlds with accounts by sector."""
        found: tuple[World, ...] = self.get(WORLDS)
        return found

    def table(self, name: str) -> Table:
        """A table of values by actor and year."""
        found: Table = self.get(name)
        return found

    def only(self, names: Iterable[str]) -> Evidence:
        """The same evidence without what is not among ``names``: an indicator sees what it declares."""
        return Evidence({n: self.makers[n] for n in names if n in self.makers}, self.powers, self._made)


def by_actor(table: Table, actors: tuple[str, ...], year: int, column: str = "value") -> np.ndarray[Any, Any]:
    """A column of a table for one year in the order of ``actors``; NaN where the table has no row."""
    frame = table.frame
    found = frame[frame["year"] == year].set_index("actor")[column]
    return found.reindex(list(actors)).to_numpy(dtype=float)


def embedded_evidence(powers: tuple[str, ...] = POWERS) -> Evidence:
    """What ships: trade, worlds, GDP, population, memberships, and every political table under its own id."""
    political = {name: partial(_political, declared) for name, declared in political_tables().items()}
    ours = {
        TRADE: _trade,
        WORLDS: _worlds,
        GDP: _gdp,
        POPULATION: _population,
        CLUBS: _clubs,
        DEFENCE: _defence,
        SEATS: _seats,
    }
    return Evidence({**ours, **political}, powers)


def _political(declared: PoliticalTable) -> Table:
    """A political table whole; its numbers are as good as the least of its columns."""
    origins = [declared.origin(column.name) for column in declared.columns]
    return Table(declared.id, political_table(declared.id), max(origins, key=lambda origin: GRADE.index(origin.status)))


def _origin(table: str, column: str) -> Origin:
    return political_tables()[table].origin(column)


def _gdp() -> Table:
    return Table(GDP, gdp_by_year(), Origin(Status.PUBLISHED, ("wdi-gdp",), "GDP at current prices in dollars."))


def _population() -> Table:
    sources = ("wdi-population", "taiwan-population")
    return Table(POPULATION, population_by_year(), Origin(Status.PUBLISHED, sources, "Persons, as published."))


def _clubs() -> Table:
    """Members of the organisations that the table of memberships has in full, at the end of every year.

    Pacts on defence are treaties and no organisations: a state has not joined a club by signing one.
    """
    pact = PartnershipKind.DEFENCE_PACT
    whole = [name for name, known in organisations().items() if known.complete and known.kind is not pact]
    return _members(CLUBS, whole, "Members on 31 December of organisations known in full.")


def _defence() -> Table:
    """Parties of alliances and pacts on defence, at the end of every year."""
    kinds = {PartnershipKind.ALLIANCE, PartnershipKind.DEFENCE_PACT}
    named = [name for name, known in organisations().items() if known.kind in kinds]
    return _members(DEFENCE, named, "Parties on 31 December of alliances and pacts on defence.")


def _seats() -> Table:
    """Seats in forums, from the first year in which all lists are whole."""
    table = _members(SEATS, FORUMS, "Seats on 31 December in forums and banks.")
    return replace(table, frame=table.frame[table.frame["year"] >= FORUMS_SINCE].reset_index(drop=True))


def _members(name: str, of: Sequence[str], method: str) -> Table:
    years = range(min(row.since.year for row in memberships()), CHECKED_TO.year)
    held = [(actor, one, year) for year in years for one in of for actor in members_on(date(year, 12, 31), one)]
    origin = Origin(Status.DERIVED, ("memberships",), method)
    return Table(name, pd.DataFrame(held, columns=["actor", "organisation", "year"]), origin)


def _worlds() -> tuple[World, ...]:
    return load("wiod-2011-35"), load("composite-2023")


def _trade() -> tuple[TradeSeries, ...]:
    wiod = political_table("wiod-pairs").rename(columns={"all": "value"})
    return (
        trade_of_pairs(wiod, "wiod-1995-2011", "Goods and services, WIOD", _origin("wiod-pairs", "all")),
        trade_of_pairs(
            political_table("exports-by-pair"),
            "exports-by-pair",
            "Goods exports every four years, UN Comtrade",
            _origin("exports-by-pair", "value"),
        ),
        _baci_2023(load("baci-2023")),
        trade_of_world(load("composite-2023")),
    )


def trade_of_pairs(pairs: pd.DataFrame, name: str, title: str, origin: Origin) -> TradeSeries:
    """The trade of a long table as a series.

    Args:
        pairs: columns exporter, importer, year, value in MUSD; a pair without a row was not observed, and a value
            below zero, which a run-down of stocks can leave, is no trade.
        name: id of the series.
        title: what it is called.
        origin: of the table.
    """
    actors = tuple(sorted({*pairs["exporter"].unique(), *pairs["importer"].unique()}))
    years = tuple(sorted(int(year) for year in pairs["year"].unique()))
    flow = np.full((len(years), len(actors), len(actors)), np.nan)
    at = [pd.Index(labels).get_indexer(pd.Index(pairs[column]))
          for labels, column in ((years, "year"), (actors, "exporter"), (actors, "importer"))]  # fmt: skip
    value = pairs["value"].to_numpy(dtype=float)
    flow[at[0], at[1], at[2]] = np.where(value >= 0, value, np.nan)
    return TradeSeries(name, title, actors, years, flow, origin)


def trade_of_world(world: World) -> TradeSeries:
    """The trade of one world, all sectors together, as a series of one year."""
    flow = world["trade_flow"].sum(SECTOR).to_numpy()[None]
    return TradeSeries(world.id, world.title, world.codes, (world.year,), flow, world.layers["trade_flow"].origin)


def _baci_2023(world: World) -> TradeSeries:
    """Goods trade as BACI lists it: a pair it does not list is unknown, and so are sales at home."""
    whole = trade_of_world(world)
    listed = (whole.flow > 0) & ~np.eye(len(whole.actors), dtype=bool)
    origin = Origin(Status.DERIVED, ("baci-2023",), "Goods trade of 2023, free on board, added up over products.")
    return replace(whole, flow=np.where(listed, whole.flow, np.nan), origin=origin)
