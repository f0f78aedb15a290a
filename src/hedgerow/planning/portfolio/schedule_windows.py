"""The American schedule as regimes: twelve-month windows at their day-weighted rates, resampled in blocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.errors import RequestError
from hedgerow.planning.history import why_no_history
from hedgerow.planning.portfolio.process import RegimeProcess
from hedgerow.planning.portfolio.regime_files import GRAND_STRATEGIES, of_library
from hedgerow.planning.portfolio.regimes import VECTOR, Outlook, Regime
from hedgerow.planning.portfolio.sides import sides_of
from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.scenarios.us_policies import policy_of_rates
from hedgerow.scenarios.us_schedule import SOURCE, Spell, last_day, mean_rates, rates_in, us_spells
from hedgerow.trade.policy import Policy

__all__ = ["HISTORY", "block_chain", "history", "windows"]

Array = npt.NDArray[np.float64]

HISTORY: Final = "history"

STEP: Final = 3
"""Months between the first days of two windows."""

BLOCKS: Final = (2.0, 1.0, 4.0)
"""Mean length of a block, years, of each chain. The windows cover two and a half years: longer blocks go in circles."""


BEFORE, AFTER = "competitive", "transactional"
"""Strategies whose reliability and demands a window has before and after the first spell. Our assumption."""


def windows(spells: tuple[Spell, ...]) -> tuple[tuple[date, date], ...]:
    """First and last days of twelve-month windows, one every quarter.

    The first is the year before the first spell. The last is the last one that ends on a day with known rates.
    """
    begin, found = spells[0].start.replace(year=spells[0].start.year - 1), []
    for quarter in range(0, 1200, STEP):
        first = _months_later(begin, quarter)
        last = _months_later(first, 12) - timedelta(days=1)
        if last > last_day(spells):
            break
        found.append((first, last))
    return tuple(found)


def block_chain(count: int, ahead: int, length: float) -> Array:
    """Stationary bootstrap of Politis and Romano (1994, section 2) as a Markov chain. [count, count]

    With probability 1 - 1/b next year is the window that begins where this one ends, else any window, each as likely.
    Windows lie on a circle, so that the chain is in every one of them equally often.

    Args:
        count: windows.
        ahead: how many windows on the one lies that begins where a window ends.
        length: mean length b of a block, years.

    Raises:
        RequestError: a block shorter than a year.
    """
    if length < 1:
        raise RequestError(f"block: {length:g} years is shorter than a year; give 1 or more")
    return (1 - 1 / length) * np.roll(np.eye(count), ahead, axis=1) + 1 / (length * count)


def history(question: Question) -> Outlook:
    """What the United States did from 2024 to 2026, as if nothing else could happen.

    Raises:
        RequestError: the power is not the United States.
    """
    if why_no_history(question) is not None:
        raise RequestError(
            f"--regimes: history holds the American schedule, {question.power.name} has none; "
            f"take {GRAND_STRATEGIES} or a file"
        )
    spells = us_spells()
    manners = {regime.id: regime for regime in of_library(GRAND_STRATEGIES, question).regimes}
    regimes = tuple(_regime(question, manners, first, last) for first, last in windows(spells))
    reach = rates_in(question.world, spells[0].rates)
    absent = f" Not named by the tracker, and so unchanged: {', '.join(reach.absent)}." if reach.absent else ""
    announced = min(spell.start for spell in spells if spell.announced)
    return Outlook(
        name=HISTORY,
        regimes=regimes,
        chains=tuple(_chain(regimes, length) for length in BLOCKS),
        sides=sides_of(question.world, question.power, last_day(spells)),
        note="Rates added since February 2025, the mean over the days of a window, on top of the tariffs of the world. "
        f"Rates from {announced} on were announced, not observed.{absent}",
        sources=(SOURCE,),
    )


def _regime(question: Question, manners: Mapping[str, Regime], first: date, last: date) -> Regime:
    """A window; how the power behaves besides is that of two strategies, by days before and after the first spell."""
    spells = us_spells()
    rates = mean_rates(spells, first, last)
    part = max(0, (last - max(first, spells[0].start)).days + 1) / ((last - first).days + 1)
    calm, storm = manners[BEFORE], manners[AFTER]
    return Regime(
        id=first.isoformat(),
        label=f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}",
        policy=policy_of_rates(rates, question.world) if any(rates.values()) else Policy(),
        status=Status.DERIVED,
        note=f"Day-weighted mean of the schedule. {part:.0%} of its days are after the first spell began.",
        **{name: (1 - part) * getattr(calm, name) + part * getattr(storm, name) for name in VECTOR[3:]},
    )


def _chain(regimes: tuple[Regime, ...], length: float) -> RegimeProcess:
    return RegimeProcess(
        name="years-apart" if length == 1 else f"blocks-of-{length:.0f}",
        regimes=tuple(regime.id for regime in regimes),
        matrix=block_chain(len(regimes), 12 // STEP, length),
        initial=regimes[-1].id,
        calm=regimes[0].id,
        note=f"Stationary bootstrap, mean block {length:g} years; year 0 is the last window, calm the one before any.",
    )


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=day.year + years, month=month + 1)
