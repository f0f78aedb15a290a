"""What the United States added to its tariffs in 2025 and 2026: dated rates by partner, as spells."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from hedgerow.data.embedded import read_embedded
from hedgerow.data.readers.us_tariffs import EU, HS2_DATE, OTHER
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import RequestError
from hedgerow.world.world import World

FOLDER: Final = "us-tariffs-2025-26"
SOURCE: Final = "us-tariffs-2024-2026"
USA: Final = "USA"
SECTORS_AS_OF: Final = HS2_DATE
"""The only day with rates by sector."""

SHORT: Final = 30
"""Days; a spell of this length or less is marked short, and its effect is not computed."""

SAME_RATE: Final = 0.005
"""Fraction; two mean rates of one partner on one day that differ by more come from different readings of the law."""

EU_MEMBERS: Final = frozenset(
    (
        "AUT", "BEL", "BGR", "CYP", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV", "HUN",
        "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN", "SWE",
    )
)  # fmt: skip
"""One customs union, one American tariff."""

NOT_AVERAGED: Final = frozenset({"HKG"})
"""Left out of the rate of a world's remainder: worlds differ in whether Hong Kong is inside it or inside China."""


@dataclass(frozen=True)
class Spell:
    """Days on which the whole schedule stood still."""

    start: date
    end: date | None
    """Last day in force; None for the last spell, whose end is not known."""
    days: int | None
    """First and last day included; None where the end is."""
    rates: Mapping[str, float]
    """Added tariff by partner, as a fraction; ISO-3 codes, and ``EU`` for its members."""
    short: bool
    """Thirty days or less."""
    announced: bool
    """It begins after the tracker's last update: law at the time, not yet in force."""


@dataclass(frozen=True)
class Reach:
    """The schedule in the economies of one world."""

    rates: Mapping[str, float]
    """By actor of the world that the schedule reaches; the USA is never among them."""
    absent: tuple[str, ...]
    """Actors the tracker does not name: their tariff does not change, which is not a rate of zero."""
    rest: tuple[str, ...]
    """Partners without accounts of their own, whose mean rate the rest of the world gets."""
    rest_share: float | None
    """Of US imports from the rest of the world, the part these partners stand for, at least. None without a rest."""


@cache
def us_spells() -> tuple[Spell, ...]:
    """Every spell, in order of time."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in _rows("spells.csv"):
        rows.setdefault(row["start"], []).append(row)
    return tuple(_spell(rows[start]) for start in sorted(rows))


def partner_of(code: str) -> str:
    """The tracker's row for an economy: the EU's for its members."""
    return EU if code in EU_MEMBERS else code


def rate_of(spell: Spell, code: str) -> float | None:
    """The tariff added on one partner; members of the EU have the EU's.

    Returns:
        None where the tracker does not name the partner. That is NA, never zero.
    """
    return spell.rates.get(partner_of(code))


def rates_in(world: World, rates: Mapping[str, float]) -> Reach:
    """Rates by partner, carried to the economies of a world.

    The rest of the world gets the mean, weighted by US imports of 2024, of the partners inside it.
    """
    found: dict[str, float] = {}
    absent = []
    for actor in world.actors:
        rate = rates.get(partner_of(actor.iso3))
        if rate is not None:
            found[actor.iso3] = rate
        elif actor.named and actor.iso3 != USA:
            absent.append(actor.iso3)
    rest = rest_of(world, rates)
    if not rest:
        return Reach(found, tuple(absent), (), None)
    weights = us_imports()
    bought = sum(weights[code] for code in rest)
    found[REST_OF_WORLD] = sum(weights[code] * rates[code] for code in rest) / bought
    return Reach(found, tuple(absent), rest, bought / (bought + weights[OTHER]))


def rest_of(world: World, rates: Mapping[str, float]) -> tuple[str, ...]:
    """Partners with a rate that are inside the world's remainder."""
    if REST_OF_WORLD not in world.codes:
        return ()
    return tuple(code for code in rates if code not in {*world.codes, EU, *NOT_AVERAGED})


@cache
def us_imports() -> Mapping[str, float]:
    """US imports for consumption 2024 by partner, USD/yr; ``OTHER`` for all whom the tracker does not name."""
    return {row["partner"]: float(row["imports_2024_usd"]) for row in _rows("partners.csv")}


def partner_spells(spells: Sequence[Spell], code: str) -> tuple[Spell, ...]:
    """The spells of one partner: neighbours with one rate become one, with that partner alone in ``rates``.

    Returns:
        Nothing where the tracker does not name the partner. A merged spell is announced if it began so.
    """
    found: list[Spell] = []
    for spell in spells:
        rate = rate_of(spell, code)
        if rate is None:
            return ()
        own = {partner_of(code): rate}
        if found and found[-1].rates == own:
            found[-1] = _dated(found[-1].start, spell.end, own, found[-1].announced)
        else:
            found.append(_dated(spell.start, spell.end, own, spell.announced))
    return tuple(found)


def days_counted(spells: Sequence[Spell]) -> Mapping[int, int]:
    """Days of each year that a yearly mean counts: from 1 January of the first year to the last day known."""
    counted: dict[int, int] = {}
    for first, last, _ in _closed(spells):
        for year, days in _by_year(first, last):
            counted[year] = counted.get(year, 0) + days
    return counted


def day_weighted_rates(spells: Sequence[Spell]) -> Mapping[int, Mapping[str, float]]:
    """The rate of an average day by year and partner, see :func:`mean_rates`.

    The last spell, whose end is not known, does not count.
    """
    last = last_day(spells)
    years = range(spells[0].start.year, last.year + 1)
    return {year: mean_rates(spells, date(year, 1, 1), min(date(year, 12, 31), last)) for year in years}


def mean_rates(spells: Sequence[Spell], first: date, last: date) -> Mapping[str, float]:
    """The rate of an average day by partner, over the days from ``first`` to ``last``.

    Days before the first spell count with nothing added, which is what the tracker measures from.

    Raises:
        RequestError: no day at all, or a day after the last spell whose end is known.
    """
    if not first <= last <= last_day(spells):
        raise RequestError(f"days: {first} to {last} has no mean rate; end between the first and {last_day(spells)}")
    days = (last - first).days + 1
    total = dict.fromkeys(spells[0].rates, 0.0)
    for spell in spells:
        if spell.end is not None and spell.end >= first:
            shared = max(0, (min(last, spell.end) - max(first, spell.start)).days + 1)
            total = {code: value + shared * spell.rates[code] for code, value in total.items()}
    return {code: value / days for code, value in total.items()}


def last_day(spells: Sequence[Spell]) -> date:
    """The last day of the last spell whose end is known."""
    return max(spell.end for spell in spells if spell.end is not None)


def day_weighted_years(spells: Sequence[Spell], code: str) -> Mapping[int, float | None]:
    """The rate of an average day by year for one partner; None where the tracker does not name it."""
    return {year: rates.get(partner_of(code)) for year, rates in day_weighted_rates(spells).items()}


@cache
def means_by_chapter() -> Mapping[str, float]:
    """By partner, the mean added tariff over all chapters of the table of :data:`SECTORS_AS_OF`."""
    return {row["partner"]: float(row["added_rate_by_chapter"]) for row in _rows("partners.csv")}


@cache
def sector_rates() -> Mapping[str, Mapping[str, tuple[float, float]]]:
    """By partner and sector on :data:`SECTORS_AS_OF`: the added tariff and US imports 2024 in USD.

    A sector that a partner sold nothing of has no entry.
    """
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for row in _rows("sectors.csv"):
        found.setdefault(row["partner"], {})[row["sector"]] = (float(row["added_rate"]), float(row["imports_2024_usd"]))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(read_embedded(f"{FOLDER}/{name}").decode().splitlines()))


def _spell(rows: list[dict[str, str]]) -> Spell:
    first = rows[0]
    end = date.fromisoformat(first["end"]) if first["end"] else None
    rates = {row["partner"]: float(row["added_rate"]) for row in rows}
    return _dated(date.fromisoformat(first["start"]), end, rates, first["announced"] == "True")


def _dated(start: date, end: date | None, rates: Mapping[str, float], announced: bool) -> Spell:
    days = None if end is None else (end - start).days + 1
    return Spell(start, end, days, MappingProxyType(dict(rates)), days is not None and days <= SHORT, announced)


def _closed(spells: Sequence[Spell]) -> Iterator[tuple[date, date, Spell | None]]:
    """First and last day of every spell with an end, after the days of the first year without one."""
    begin = spells[0].start
    if begin > date(begin.year, 1, 1):
        yield date(begin.year, 1, 1), begin - timedelta(days=1), None
    for spell in spells:
        if spell.end is not None:
            yield spell.start, spell.end, spell


def _by_year(first: date, last: date) -> Iterator[tuple[int, int]]:
    for year in range(first.year, last.year + 1):
        begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        yield year, (end - begin).days + 1
