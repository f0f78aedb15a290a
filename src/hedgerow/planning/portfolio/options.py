"""What a country can do about its exposure: agreements, deeper ones, a subsidy, a stockpile, or leaving."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from hedgerow.dims import EXPORTER, IMPORTER, SECTOR
from hedgerow.errors import RequestError
from hedgerow.planning.candidates import Candidate, candidates
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.sides import Sides
from hedgerow.planning.question import Question
from hedgerow.scenarios.agreements import NEW_AGREEMENT, TradeEffect, nontariff_part, tariffs_to_zero
from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import IcebergChange, Policy, TariffChange
from hedgerow.world.deals import DealScope, deals
from hedgerow.world.parties import Party

__all__ = ["Option", "OptionKind", "Strategy", "answer_tariff", "facing", "options", "parameters"]

Array = npt.NDArray[np.float64]

SUBSIDY: Final = "subsidy"
STOCKPILE: Final = "stockpile"


class OptionKind(StrEnum):
    """What kind of step it is."""

    AGREEMENT = "agreement"
    DEEPENING = "deepening"
    SUBSIDY = "subsidy"
    STOCKPILE = "stockpile"
    LEAVE = "leave"
    BLUNTING = "blunting"
    BINDING = "binding"
    BOOSTING = "boosting"


OUTSIDE: Final = (OptionKind.STOCKPILE, OptionKind.BLUNTING, OptionKind.BINDING, OptionKind.BOOSTING)
"""What works outside of trade policy: nothing is solved for it, see :mod:`hedgerow.planning.portfolio.outside`."""


class Strategy(NamedTuple):
    """What a regime promises and demands."""

    reliability: float
    exclusivity: float


@dataclass(frozen=True)
class Option:
    """One thing the actor can do, with what it costs and how the power may take it. All ranges are our assumptions."""

    id: str
    label: str
    kind: OptionKind
    partner: Party | None
    """With whom; None for what a country does alone."""
    effect: Range
    """Log change of trade for agreements, the rate of a subsidy, months of a stockpile."""
    cost: Range
    """Share of the actor's real income, every year."""
    punishment: Range
    """Probability that the power answers it, in a year in which it demands full exclusivity."""
    first_year: int
    """Years until it begins to work."""
    years: int
    """Years from then until it works in full."""
    note: str = ""
    strategies: tuple[Strategy, ...] = ()
    """Of every regime of the outlook; for instruments outside of trade policy."""
    calm: int = 0
    """Position of the calm regime among them."""

    def __post_init__(self) -> None:
        for name in ("cost", "punishment"):
            low, high = getattr(self, name).low, getattr(self, name).high
            if low < 0 or (name == "punishment" and high > 1):
                limits = "0 or more" if name == "cost" else "between 0 and 1"
                raise RequestError(f"{self.id}: {name} {low if low < 0 else high:g} must be {limits}")

    @property
    def solved(self) -> bool:
        """Whether it changes trade policy, so that nodes are solved with it."""
        return self.kind not in OUTSIDE

    def share(self, years: int) -> Array:
        """[years] how far it has been phased in: nothing before its first year, then in equal steps."""
        steps = np.arange(years) - self.first_year + 1
        return np.clip(steps / self.years, 0.0, 1.0)

    def policy(self, question: Question, economy: Economy, effect: float) -> Policy:
        """What it changes in full.

        Args:
            question: who acts, and against which power.
            economy: gives elasticities and base tariffs.
            effect: from the range of ``effect``.
        """
        if self.kind is OptionKind.SUBSIDY:
            return _subsidy(question, effect)
        if self.kind is OptionKind.STOCKPILE or self.partner is None:
            return Policy()  # works through purchases that have not adapted, see ``relief``
        side, goods = question.signatory, question.world.goods
        if self.kind is OptionKind.LEAVE:
            return _without_agreement(question, self.partner, economy, effect)
        free = tariffs_to_zero(side, self.partner, goods=goods)
        return free + nontariff_part(side, self.partner, effect=effect, economy=economy)


def options(question: Question) -> tuple[Option, ...]:
    """Everything the actor can do: agreements by the partner's name, leaving them, then alone; the stockpile last.

    A named deal between the actor's side and one partner is that agreement under its name, not a second one.
    """
    found = [_agreement(question, candidate) for candidate in candidates(question)]
    leaving = [_leave(question, candidate) for candidate in candidates(question) if candidate.deepens]
    return (*found, *leaving, _paying(question), _storing(question))


def facing(options: Sequence[Option], sides: Sides) -> tuple[Option, ...]:
    """The same options where agreements with a rival of the power carry the chance of punishment that they risk."""
    rivals, unfriendly = set(sides.rival), _range("unfriendly", "punishment")
    return tuple(
        replace(option, punishment=unfriendly)
        if option.kind in (OptionKind.AGREEMENT, OptionKind.DEEPENING)
        and option.partner is not None
        and rivals & set(option.partner.members)
        else option
        for option in options
    )


@cache
def parameters() -> Mapping[str, Mapping[str, Any]]:
    """The table of assumptions, ``library/options.toml``."""
    text = (files("hedgerow.planning.portfolio") / "library" / "options.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def answer_tariff() -> Range:
    """Points that the power adds on the actor's goods while it punishes an option."""
    return _range("answer", "tariff")


def _range(section: str, name: str) -> Range:
    low, central, high = parameters()[section][name]
    return Range(float(low), float(central), float(high))


def _number(section: str, name: str) -> int:
    return int(parameters()[section][name])


def _ends(effect: TradeEffect) -> Range:
    return Range(effect.low, effect.central, effect.high)


def _scaled(range_: Range, factor: float) -> Range:
    return Range(factor * range_.low, factor * range_.central, factor * range_.high)


def _agreement(question: Question, candidate: Candidate) -> Option:
    kind = OptionKind.DEEPENING if candidate.deepens else OptionKind.AGREEMENT
    name = candidate.party.name
    named = _deal_with(question, candidate.party)
    verb = "Deepen the agreement with" if candidate.deepens else "Agreement with"
    return Option(
        id=candidate.party.code,
        label=f"{verb} {name}",
        kind=kind,
        partner=candidate.party,
        effect=_ends(candidate.trade_effect),
        cost=_scaled(_range(kind, "cost_of_exports"), _exports_share(question, candidate.party)),
        punishment=_range(kind, "punishment"),
        first_year=_number(kind, "first_year"),
        years=_number(kind, "years"),
        note=named,
    )


def _leave(question: Question, candidate: Candidate) -> Option:
    return Option(
        id=f"leave:{candidate.party.code}",
        label=f"Leave the agreement with {candidate.party.name}",
        kind=OptionKind.LEAVE,
        partner=candidate.party,
        effect=_ends(NEW_AGREEMENT),
        cost=_scaled(_range("leave", "cost_of_exports"), _exports_share(question, candidate.party)),
        punishment=_range("leave", "punishment"),
        first_year=_number("leave", "first_year"),
        years=_number("leave", "years"),
    )


def _paying(question: Question) -> Option:
    return Option(
        id=SUBSIDY,
        label=f"Subsidise imports from everyone but {question.power.name}",
        kind=OptionKind.SUBSIDY,
        partner=None,
        effect=_range("subsidy", "rate"),
        cost=Range(0.0, 0.0, 0.0),
        punishment=_range("subsidy", "punishment"),
        first_year=_number("subsidy", "first_year"),
        years=_number("subsidy", "years"),
        note="Its bill is in the model.",
    )


def _storing(question: Question) -> Option:
    months, carrying = _range("stockpile", "months"), _range("stockpile", "carrying_cost")
    bought = _trade_share(question, question.power, exports=False) / 12
    return Option(
        id=STOCKPILE,
        label=f"Store goods bought from {question.power.name}",
        kind=OptionKind.STOCKPILE,
        partner=None,
        effect=months,
        cost=Range(
            bought * months.low * carrying.low,
            bought * months.central * carrying.central,
            bought * months.high * carrying.high,
        ),
        punishment=_range("stockpile", "punishment"),
        first_year=_number("stockpile", "first_year"),
        years=_number("stockpile", "years"),
        note="Covers its months of the first year after a change of regime.",
    )


def _exports_share(question: Question, partner: Party) -> float:
    return _trade_share(question, partner, exports=True)


def _trade_share(question: Question, partner: Party, *, exports: bool) -> float:
    """Goods trade of the actor with a party, as a share of the actor's value added."""
    world, own, other = question.world, list(question.actor.members), list(partner.members)
    ends = {EXPORTER: own, IMPORTER: other} if exports else {EXPORTER: other, IMPORTER: own}
    flow = world["trade_flow"].sel({**ends, SECTOR: list(world.goods)})
    return float(flow.sum() / world["value_added"].sel(actor=own).sum())


def _deal_with(question: Question, partner: Party) -> str:
    """Titles of the named deals on all goods between the actor's side and the partner, with their status."""
    sides = {question.signatory.code, question.actor.code}
    found = [
        f"{deal.title}: {deal.status.value.replace('_', ' ')}, {deal.date}"
        for deal in deals().values()
        if len(deal.parties) == 2
        and deal.scope is DealScope.GOODS
        and partner.code in deal.parties
        and sides & set(deal.parties)
    ]
    return "; ".join(found)


def _subsidy(question: Question, rate: float) -> Policy:
    """A negative tariff of the actor on goods from everybody but the power and its own bloc."""
    excluded = set(question.signatory.members) | set(question.actor.members) | set(question.power.members)
    sources = tuple(code for code in question.world.codes if code not in excluded)
    return Policy(
        (TariffChange(exporters=sources, importers=question.actor.members, sectors=question.world.goods, add=-rate),)
    )


def _without_agreement(question: Question, partner: Party, economy: Economy, effect: float) -> Policy:
    """Tariffs as towards strangers, and the non-tariff part of an agreement undone."""
    side, policy = question.signatory, Policy()
    for importers, exporters in ((side, partner), (partner, side)):
        rates = _rates_for_strangers(question, importers, exporters, economy)
        for sector, rate in zip(economy.sectors, rates, strict=True):
            if sector in question.world.goods:
                policy += TariffChange(
                    exporters=exporters.members, importers=importers.members, sectors=(sector,), floor=float(rate)
                )
    made = nontariff_part(side, partner, effect=effect, economy=economy).parts
    undone = [replace(part, factor=1 / part.factor) for part in made if isinstance(part, IcebergChange)]
    return policy + Policy(tuple(undone))


def _rates_for_strangers(question: Question, importers: Party, exporters: Party, economy: Economy) -> Array:
    """[J] mean tariff of the importers on countries they have no agreement with, weighted by trade."""
    world = question.world
    strangers = [
        place
        for place, code in enumerate(economy.actors)
        if code not in importers.members
        and code not in exporters.members
        and not any(p.joins(importers.members[0], code) for p in world.partnerships)
    ]
    at = np.ix_(range(len(economy.sectors)), [economy.actors.index(code) for code in importers.members], strangers)
    flow = (economy.border_share * economy.expenditure[:, :, None])[at]
    total = flow.sum(axis=(1, 2))
    return np.asarray((flow * economy.tariff[at]).sum(axis=(1, 2)) / np.where(total > 0, total, 1))
