"""Answers to ``hedgerow hedging``: one state with its region and its years, or all states of a year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hedgerow.errors import RequestError
from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.element import POWERS
from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.gather import Gathered, gather, standings_of
from hedgerow.indicators.hedging.normalise import Normalisation
from hedgerow.indicators.hedging.sensitivity import FACTORS, Indices
from hedgerow.indicators.hedging.standing import Setting, Standing, standing
from hedgerow.indicators.hedging.tidy import tidy
from hedgerow.indicators.panel import Wanted
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Column, Table
from hedgerow.reporting.hedging import tables as tables
from hedgerow.reporting.hedging.report import HedgingReport
from hedgerow.reporting.indicators.measured import source_notes, spans
from hedgerow.reporting.prose import in_prose
from hedgerow.world.actors import alias_table

SETTING = Setting()
Progress = Callable[[int], object]
"""Called with the number of steps done since the last call; :data:`STEPS` in all."""
STEPS = 3

WARNINGS = (
    tables.CAUTION,
    tables.GAPS,
    "Normalisation, weights, aggregation, what stands for gaps and all cut-offs are ours; the draws show what hangs "
    "on them. They do not show what no indicator sees: promises, plans, secret ties, and whether arms would be used.",
)


@dataclass(frozen=True)
class Asked:
    """What was asked for."""

    actor: str | None = None
    """ISO-3 code; None for all states."""
    year: int | None = None
    """None for the latest."""
    setting: Setting = SETTING
    processes: int = 1
    own: Path | None = None
    """Folder of the user's own files."""


@dataclass(frozen=True)
class Found:
    """The answer: what is told, and the tidy rows that a file holds."""

    report: HedgingReport
    rows: pd.DataFrame


def asked(
    actor: str | None, year: int | None, *, setting: Setting, processes: int = 1, own: Path | None = None
) -> Asked:
    """What a person asked for, with names as codes.

    Raises:
        UnknownNameError: nobody goes by that name.
        RequestError: one of the two powers.
    """
    code = None if actor is None else alias_table().code(actor, field="ACTOR")
    if code in POWERS:
        raise RequestError(f"ACTOR: {code} is one of the two powers between which others hedge; name another state")
    return Asked(code, year, setting, processes, own)


def compose_hedging(what: Asked, *, command: str, version: str, progress: Progress | None = None) -> Found:
    """Measure and tell.

    Raises:
        RequestError: a year without standings, a state of which nothing is known, a folder without the publishers'
            files; the message says what there is.
        DataError: a file in the folder is not in the publisher's format.
    """
    step = progress or (lambda _: None)
    gathered = gather(Wanted(POWERS, what.own).evidence())
    step(1)
    year = _year(what, gathered)
    placed, ties = gathered.measures.at(year), gathered.ties_in([year])[0]
    found = standing(placed, gathered.measures.belongs, ties, setting=what.setting)
    if found is None:
        raise RequestError(f"--year: {year} has too few states with all four elements; choose another")
    step(1)
    now = tidy(found, gathered.measures.actors, ties)
    if what.actor is None:
        made, rows = _of_everyone(now, command), now
    else:
        if tables.row_of(now, what.actor) is None:
            raise RequestError(
                f"ACTOR: of {alias_table().names[what.actor]} nothing is known in {year}; try another year"
            )
        years = standings_of(gathered, gathered.years, setting=what.setting, processes=what.processes)
        made = _of_one(what.actor, now, years, command)
        made += (indicators_table(what.actor, gathered, found, command),)
        rows = years[years["actor"] == what.actor]
    step(1)
    made += (sensitivity_table(found, _place(found, gathered, what.actor), command),)
    report = HedgingReport(
        version=version,
        command=command,
        title=f"{_who(what.actor)} between the United States and China in {year}",
        actor=what.actor,
        year=year,
        weights={e.value: w for e, w in zip(ORDER, what.setting.weights, strict=True)},
        draws=what.setting.draws,
        seed=what.setting.seed,
        bottom_line=_bottom_line(what.actor, now, found),
        warnings=WARNINGS,
        tables=made,
        sources=source_notes(now),
    )
    return Found(report, rows)


def _year(what: Asked, gathered: Gathered) -> int:
    years = gathered.years
    if what.year is None:
        return years[-1]
    if what.year not in years:
        raise RequestError(f"--year: {what.year} has no standings; there are {spans(years)}")
    return what.year


def _who(actor: str | None) -> str:
    return "All states" if actor is None else alias_table().names[actor]


def _of_everyone(now: pd.DataFrame, command: str) -> tuple[Table, ...]:
    title = f"All states in {int(now['year'].iloc[0])}"
    return (tables.states_table(now, name="hedging-states", title=title, command=command),)


def _of_one(actor: str, now: pd.DataFrame, years: pd.DataFrame, command: str) -> tuple[Table, ...]:
    return (
        tables.profile_table(now, actor, command),
        tables.peers_table(now, actor, command),
        tables.years_table(years, actor, command),
    )


def _place(found: Standing, gathered: Gathered, actor: str | None) -> int | None:
    """Where a state is among those with a rank; None for all states and for one without."""
    codes = [gathered.measures.actors[k] for k in found.ranked]
    return codes.index(actor) if actor in codes else None


def _bottom_line(actor: str | None, now: pd.DataFrame, found: Standing) -> tuple[str, ...]:
    counts = now.loc[now["course"] != "", "course"].value_counts()
    courses = ", ".join(f"{name} {number}" for name, number in counts.items())
    everyone = (
        f"{len(found.ranked)} states have all four elements; a draw moves a state by {found.shift:.0f} places on "
        f"average, so read intervals, not places.",
        f"By our cut-offs: {courses}.",
    )
    return everyone if actor is None else (tables.in_words(now, actor), everyone[0])


def indicators_table(actor: str, gathered: Gathered, found: Standing, command: str) -> Table:
    """Every indicator of a state: value, the year it is of, where it lies in its pool; empty where nothing is known."""
    measures, placed = gathered.measures, found.placed
    at = measures.actors.index(actor)
    rows = []
    for i, name in enumerate(measures.indicators):
        one, value, year = indicator(name), placed.values[at, i], placed.measured[at, i]
        known = not pd.isna(value)
        rows.append(
            (
                ORDER[int(measures.belongs[i].argmax())].value,
                one.title,
                float(value) if known else None,
                one.unit,
                f"{year:.0f}" if known else None,
                float(placed.placed[Normalisation.MIN_MAX][at, i]) if known else None,
                one.lineage.value,
            )
        )
    return Table(
        id="hedging-indicators",
        title=f"What the elements of {in_prose(alias_table().names[actor])} are made of",
        reading="Placed: from 0, the least of the pool of all states in 2000 to 2019, to 1, the most, without the "
        "outer 2.5 per cent on either side. Empty: not known, and no zero.",
        columns=(
            Column(id="element", title="Element"),
            Column(id="indicator", title="Indicator"),
            Column(id="value", title="Value", status=Status.DERIVED),
            Column(id="unit", title="Unit"),
            Column(id="of_year", title="Of"),
            Column(id="placed", title="Placed", status=Status.DERIVED),
            Column(id="lineage", title="Measure"),
        ),
        rows=tuple(rows),
        formula="(x − q2.5) / (q97.5 − q2.5), inside 0 to 1",
        command=command,
    )


def sensitivity_table(found: Standing, place: int | None, command: str) -> Table:
    """What the ranks hang on: parts of the variance of the mean rank shift, and of one state's place."""
    sides: list[tuple[str, str, Indices, int]] = []
    if found.of_shift is not None:
        sides.append(("shift", "Mean rank shift", found.of_shift, 0))
    if found.of_ranks is not None and place is not None:
        sides.append(("place", "This state's place", found.of_ranks, place))
    rows = tuple(
        (factor.value, *(_index(table[k, at]) for _, _, one, at in sides for table in (one.first, one.total)))
        for k, factor in enumerate(FACTORS)
    )
    return Table(
        id="hedging-sensitivity",
        title="What the places hang on",
        reading="Alone: part of the variance that the choice explains by itself. In all: with what it does together "
        "with others. Estimates; they may lie a little outside 0 to 1.",
        columns=(
            Column(id="factor", title="Choice"),
            *(
                Column(id=f"{name}_{end}", title=f"{title}: {word}", unit="share", status=Status.DERIVED)
                for name, title, _, _ in sides
                for end, word in (("first", "alone"), ("total", "in all"))
            ),
        ),
        rows=rows,
        formula="S = V(E(y | factor)) / V(y); S_T = E(V(y | the others)) / V(y)",
        command=command,
        notes=(f"Mean rank shift over the draws: {found.shift:.1f} places among {len(found.ranked)} states.",),
    )


def _index(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
