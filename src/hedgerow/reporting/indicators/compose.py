"""Answers to ``hedgerow indicators``: picks the rows that were asked for, or says what there is instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hedgerow.errors import RequestError
from hedgerow.indicators.catalogue import INDICATORS, indicator
from hedgerow.indicators.declare import Indicator, Per
from hedgerow.indicators.evidence import ARMS, EQUIPMENT, POWERS, Evidence
from hedgerow.indicators.own_arms import ARMS_PATTERN
from hedgerow.indicators.own_equipment import EQUIPMENT_PATTERN
from hedgerow.indicators.panel import Progress, Wanted, panel, values
from hedgerow.reporting.indicators.measured import (
    Measured,
    coverage,
    declared,
    source_notes,
    spans,
    usual_step,
    value_rows,
)
from hedgerow.world.actors import alias_table, folded
from hedgerow.world.memberships import organisations, trade_blocs

DEFAULT_POWER = "USA"
_OWN_ONLY = {
    ARMS: ("SIPRI's trade register (armstransfers.sipri.org)", ARMS_PATTERN),
    EQUIPMENT: ("table 8a of NATO's Defence Expenditure (nato.int)", EQUIPMENT_PATTERN),
}
"""What the user has to bring, and the name of the file."""


@dataclass(frozen=True)
class Asked:
    """What was asked for, in codes; None where everything is wanted."""

    actor: str | None = None
    power: str | None = None
    year: int | None = None
    own: Path | None = None

    @property
    def wanted(self) -> Wanted:
        """The evidence to measure: that of the panel, unless the power is not among its powers."""
        return Wanted(POWERS if self.power in (None, *POWERS) else (str(self.power),), self.own)


def asked(*, actor: str | None, power: str | None, year: int | None, own: Path | None) -> Asked:
    """What a person asked for, with names as codes.

    Raises:
        UnknownNameError: nobody goes by that name.
    """
    return Asked(
        None if actor is None else alias_table().code(actor, field="--actor"),
        None if power is None else _power(power),
        year,
        own,
    )


def _power(written: str) -> str:
    for bloc in trade_blocs():
        if folded(written) in (folded(bloc), folded(organisations()[bloc].title)):
            return bloc
    return alias_table().code(written, field="--power")


def measure(name: str, what: Asked, *, command: str, version: str) -> Measured:
    """Values of one indicator: the years of an actor, or all actors in one year, the latest unless another is asked.

    Raises:
        UnknownNameError: no such indicator.
        RequestError: nothing fits what was asked; the message says what there is.
    """
    one = indicator(name)
    _require_fitting(one, what)
    toward = one.per in (Per.TOWARD, Per.SECTOR_TOWARD, Per.POWER)
    what = Asked(what.actor, (what.power or DEFAULT_POWER) if toward else None, what.year, what.own)
    _require_at_hand(one, what.wanted.evidence())
    everyone = values(one, what.wanted)
    shown = _rows(one, everyone, what)
    return Measured(
        version=version,
        command=command,
        indicator=declared(one),
        actor=what.actor,
        power=what.power,
        values=value_rows(shown),
        coverage=coverage(everyone, shown) if what.actor or one.per is Per.POWER else (),
        sources=source_notes(shown),
    )


def table(name: str | None, what: Asked, *, progress: Progress | None = None) -> pd.DataFrame:
    """Rows for a file: the whole panel or one indicator, cut to what was asked.

    Raises:
        UnknownNameError: no such indicator.
        RequestError: nothing fits what was asked; the message says what there is.
    """
    if name is None:
        return _cut(panel(what.wanted, progress=progress), what, f"panel of {len(INDICATORS)} indicators")
    one = indicator(name)
    _require_fitting(one, what)
    _require_at_hand(one, what.wanted.evidence())
    return _cut(values(one, what.wanted), what, one.id)


def _require_fitting(one: Indicator, what: Asked) -> None:
    """Raise where an actor or a power is named that the indicator does not know."""
    if what.actor is not None and one.per in (Per.POWER, Per.SYSTEM):
        raise RequestError(f"--actor: {one.id} is a property of a {one.per.value}, not of an actor; leave it out")
    if what.power is not None and one.per in (Per.ACTOR, Per.SYSTEM):
        raise RequestError(f"--power: {one.id} is a property of {_of(one.per)}, toward nobody; leave it out")


def _of(per: Per) -> str:
    return "an actor" if per is Per.ACTOR else "the system"


def _require_at_hand(one: Indicator, evidence: Evidence) -> None:
    lacking = [name for name in one.inputs if name not in evidence.makers]
    for name in lacking:
        if name in _OWN_ONLY:
            what, pattern = _OWN_ONLY[name]
            raise RequestError(
                f"indicator: {one.id} needs {what}, which does not ship; "
                f"save it as CSV, keep it as {pattern} in a folder and use --own FOLDER"
            )
    if lacking:
        raise RequestError(f"indicator: {one.id} needs {', '.join(lacking)}, which is not at hand in this version")


def _rows(one: Indicator, everyone: pd.DataFrame, what: Asked) -> pd.DataFrame:
    """The years of an actor, or a ranking of actors in one year."""
    found = _cut(everyone, what, one.id)
    if what.actor is not None or one.per in (Per.POWER, Per.SYSTEM):
        return found.sort_values(["series", "power", "year", "sector"], kind="stable")
    year = int(found["year"].max())
    ranked = found[found["year"] == year].sort_values(["value", "actor"], ascending=[False, True], kind="stable")
    return ranked.sort_values("series", kind="stable")


def _cut(frame: pd.DataFrame, what: Asked, subject: str) -> pd.DataFrame:
    """Rows of the actor, the power and the year; power is matched only where rows have one."""
    found = frame
    if what.actor is not None:
        found = found[found["actor"] == what.actor]
        _require_rows(found, f"--actor: {alias_table().names[what.actor]} ({what.actor}) has no value in {subject}")
    if what.power is not None:
        found = found[(found["power"] == what.power) | (found["power"] == "")]
        _require_rows(found, f"--power: {subject} has no value toward {what.power} here; another actor or power may")
    if what.year is not None:
        years = sorted({int(year) for year in found["year"]})
        found = found[found["year"] == what.year]
        _require_rows(found, f"--year: {what.year} has no value in {subject}; there are {_years(years)}")
    return found


def _years(years: list[int]) -> str:
    return spans(years, usual_step(years)) + (f" every {step} years" if (step := usual_step(years)) > 1 else "")


def _require_rows(frame: pd.DataFrame, message: str) -> None:
    if frame.empty:
        raise RequestError(message)
