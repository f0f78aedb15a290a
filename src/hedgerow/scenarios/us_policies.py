"""The dated American schedule as policies: on one partner alone, or on all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hedgerow.data.readers.us_tariffs import EU
from hedgerow.dims import REST_OF_WORLD
from hedgerow.scenarios.us_schedule import (
    EU_MEMBERS,
    SAME_RATE,
    SECTORS_AS_OF,
    USA,
    Spell,
    means_by_chapter,
    partner_of,
    rate_of,
    rates_in,
    rest_of,
    sector_rates,
    us_spells,
)
from hedgerow.trade.policy import Change, Policy, TariffChange
from hedgerow.world.world import World


@dataclass(frozen=True)
class SectorRates:
    """Rates by sector for one partner on 7 August 2025, beside its one rate of the dated table."""

    partner: str
    rates: Mapping[str, float]
    """By sector of the tracker's table by chapter; sectors without US imports in 2024 are absent."""
    mean: float
    """Of these rates, weighted by US imports of 2024."""
    all_chapters: float
    """The mean with the chapters that belong to no sector (returned goods, special provisions)."""
    uniform: float
    """The rate of the dated table."""

    @property
    def consistent(self) -> bool:
        """Whether both tables have the same mean. The dated one was made a year later and revised some rates."""
        return abs(self.all_chapters - self.uniform) <= SAME_RATE


def policy_of(spell: Spell, world: World, only: str | None = None) -> Policy:
    """The tariffs of a spell added on goods, on top of the world's own tariffs.

    Args:
        spell: gives the rates.
        world: where they apply.
        only: an economy, or ``EU``, to be taxed alone; everyone the tracker names when omitted.

    Returns:
        A policy that leaves unchanged whom the tracker does not name.
    """
    return policy_of_rates(spell.rates, world, only)


def policy_of_rates(rates: Mapping[str, float], world: World, only: str | None = None) -> Policy:
    """As :func:`policy_of`, from added rates by partner."""
    reached = _kept(rates_in(world, rates).rates, only)
    groups: dict[float, list[str]] = {}
    for code, rate in reached.items():
        groups.setdefault(rate, []).append(code)
    return Policy(tuple(_added(tuple(codes), world.goods, rate) for rate, codes in groups.items()))


def sectors_of(code: str) -> SectorRates | None:
    """Rates by sector of one partner, members of the EU with the EU's; None where there are none."""
    partner = partner_of(code)
    found, uniform = sector_rates().get(partner), rate_of(sector_spell(), code)
    if found is None or uniform is None:
        return None
    parts = {sector: pair for sector, pair in found.items() if sector != "mining-fuels"}
    mean = sum(rate * bought for rate, bought in parts.values()) / sum(bought for _, bought in parts.values())
    rates = {sector: rate for sector, (rate, _) in found.items()}
    return SectorRates(partner, rates, mean, means_by_chapter()[partner], uniform)


def sector_spell() -> Spell:
    """The spell in force on the only day with rates by sector."""
    return next(spell for spell in us_spells() if spell.start == SECTORS_AS_OF)


def has_sectors(world: World) -> bool:
    """Whether the world's goods sectors are ones that the table by sector knows."""
    return set(world.goods) <= {sector for found in sector_rates().values() for sector in found}


def policy_by_sector(world: World, only: str | None = None) -> Policy:
    """The schedule of 7 August 2025 by sector; a sector that a partner sold nothing of gets the partner's one rate.

    Args:
        world: its goods sectors are known, see :func:`has_sectors`.
        only: as in :func:`policy_of`.
    """
    uniform = sector_spell().rates
    reached = _kept(rates_in(world, uniform).rates, only)
    rest = rest_of(world, uniform)
    groups: dict[tuple[str, float], list[str]] = {}
    for code, rate in reached.items():
        for sector in world.goods:
            known = _rest_rate(rest, sector) if code == REST_OF_WORLD else _sector_rate(code, sector)
            groups.setdefault((sector, rate if known is None else known), []).append(code)
    return Policy(tuple(_added(tuple(codes), (sector,), rate) for (sector, rate), codes in groups.items()))


def means_by_partner() -> Mapping[str, float]:
    """The mean of each partner's sector rates; its rate of the dated table where there are none.

    A uniform tariff at this mean differs from the rates by sector in their pattern only.
    """
    found = {code: sectors_of(code) for code in sector_spell().rates}
    return {code: sector_spell().rates[code] if s is None else s.mean for code, s in found.items()}


def _kept(rates: Mapping[str, float], only: str | None) -> Mapping[str, float]:
    wanted = EU_MEMBERS if only == EU else {only}
    return rates if only is None else {code: rate for code, rate in rates.items() if code in wanted}


def _added(exporters: tuple[str, ...], sectors: tuple[str, ...], rate: float) -> Change:
    return TariffChange(exporters=exporters, importers=(USA,), sectors=sectors, add=rate)


def _sector_rate(code: str, sector: str) -> float | None:
    pair = sector_rates().get(partner_of(code), {}).get(sector)
    return None if pair is None else pair[0]


def _rest_rate(rest: tuple[str, ...], sector: str) -> float | None:
    """The mean over the partners inside the rest of the world, weighted by what they sold of the sector."""
    pairs = [sector_rates()[code][sector] for code in rest if sector in sector_rates().get(code, {})]
    bought = sum(weight for _, weight in pairs)
    return sum(rate * weight for rate, weight in pairs) / bought if bought > 0 else None
