"""The second part of the report: the recipe put to the test where the truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.evidence import POWER, Evidence
from hedgerow.world.composite.exercise import (
    AGED,
    SHOCKS,
    VINTAGES,
    Exercise,
    Table,
    Vintages,
    Welfare,
    misplaced,
    outside_us_column,
    read_exercise,
    rebuilt,
    sold_to_power,
    truth,
)
from hedgerow.world.composite.recipe import RECOMMENDED, Choices, reconstruct
from hedgerow.world.composite.report import Reference, ReportRow, measured, row

Array = npt.NDArray[np.float64]

MOST_MISPLACED: Final = 0.19
"""Of goods outside the US column, in the exercise with aged ingredients."""
MOST_HELD_OUT: Final = 0.20
"""Of the US column, predicted without customs."""
CANADA: Final = 0.10
"""Relative deviation of Canada's loss under a US tariff on Canada."""
LEAST_SHOWN: Final = 2_000.0
"""MUSD of US imports above which an exporter has its own row."""
ALTERNATIVES: Final[Mapping[str, Choices]] = {
    "as recommended": RECOMMENDED,
    "no re-exports netted, only the floor under home sales": replace(RECOMMENDED, most_exported=1e9),
    "exports netted beyond 80 % of output": replace(RECOMMENDED, most_exported=0.8),
    "floor under home sales 3 % only": replace(RECOMMENDED, keep_home=0.0),
    "floor under home sales 80 % of the older share": replace(RECOMMENDED, keep_home=0.8),
    "weight of sector totals 2": replace(RECOMMENDED, weight=2.0),
    "weight of sector totals 50": replace(RECOMMENDED, weight=50.0),
    "no tilt towards the US-bound mix": replace(RECOMMENDED, tilt=0.0),
    "value added trusted as much as inputs": replace(RECOMMENDED, trust_in_value_added=1),
}
"""What the recipe would do with other judgements."""


def hold_out_rows(known: Evidence) -> tuple[ReportRow, ...]:
    """The US import column predicted from a world built without US customs, against customs."""
    flow, true = _predicted(known, RECOMMENDED)
    seen = true.sum(axis=1) > 0
    member = known.beliefs.older.member
    section = "hold-out of the US column"
    rows = [
        measured((section, "all exporters, misplaced", "pair x sector"), misplaced(flow[seen], true[seen]), "share",
                 most=MOST_HELD_OUT),
        measured((section, "economies of WIOD, misplaced", "pair x sector"),
                 misplaced(flow[seen & member], true[seen & member]), "share"),
        measured((section, "other economies, misplaced", "pair x sector"),
                 misplaced(flow[seen & ~member], true[seen & ~member]), "share"),
    ]  # fmt: skip
    rows += [
        measured((section, f"{code}, misplaced", "pair x sector"), misplaced(flow[k], true[k]), "share")
        for k, code in enumerate(known.labels.codes)
        if seen[k] and true[k].sum() > LEAST_SHOWN
    ]
    return tuple(rows)


def _predicted(known: Evidence, choices: Choices) -> tuple[Array, Array]:
    """[exporter, goods] the US column without and with US customs, MUSD; zero for exporters customs hardly sees."""
    mixes = replace(known.beliefs.mixes, importer=None, informs=False)
    america = known.labels.of(POWER)
    flow = reconstruct(replace(known.beliefs, mixes=mixes), choices).flow[:, america, :GOODS]
    seen = known.us.known & (np.arange(len(flow)) != america)
    true = known.us.shares * known.beliefs.goods[:, america, None]
    return flow * seen[:, None], true * seen[:, None]


def choice_rows(folder: Path, known: Evidence) -> tuple[ReportRow, ...]:
    """What each judgement of the recipe is worth, in the exercise and in the hold-out."""
    exercise = read_exercise(folder)
    true = outside_us_column(truth(exercise, AGED.truth))
    rows = []
    for name, choices in ALTERNATIVES.items():
        found = outside_us_column(rebuilt(exercise, AGED, choices=choices))
        predicted, column = _predicted(known, choices)
        rows += [
            measured(("choices", f"{name}: exercise {AGED.name}, misplaced", "pair x sector"),
                     misplaced(found, true), "share"),
            measured(("choices", f"{name}: US column held out, misplaced", "pair x sector"),
                     misplaced(predicted, column), "share"),
        ]  # fmt: skip
    return tuple(rows)


def exercise_rows(folder: Path, welfare: Welfare | None) -> tuple[ReportRow, ...]:
    """Years of WIOD rebuilt from aged and from recent ingredients.

    Args:
        folder: of the WIOD files.
        welfare: the trade model; None leaves the rows on welfare out.
    """
    exercise = read_exercise(folder)
    rows: list[ReportRow] = []
    for vintages in VINTAGES:
        found, true = rebuilt(exercise, vintages), truth(exercise, vintages.truth)
        promised = vintages == AGED
        rows += _tables(found, true, vintages, promised=promised)
        rows.append(_without_us(exercise, vintages, true))
        if welfare is not None:
            effects = welfare(found, SHOCKS), welfare(true, SHOCKS)
            rows += _effects(effects, true.codes, vintages, promised=promised)
    return tuple(rows)


def _section(vintages: Vintages) -> str:
    return f"exercise {vintages.name}"


def _tables(found: Table, true: Table, vintages: Vintages, *, promised: bool) -> list[ReportRow]:
    section = _section(vintages)
    home = np.abs(found.home_share_of_goods - true.home_share_of_goods)
    cell = np.abs(found.home_share - true.home_share)[:, :GOODS]
    sold = np.abs(sold_to_power(found) - sold_to_power(true))
    outputs = [misplaced(f, t) for f, t in ((found.flow.sum(axis=1), true.flow.sum(axis=1)),
                                            (found.tables.value_added, true.tables.value_added))]  # fmt: skip
    rows = [
        measured((section, "home share of goods, mean gap", "country"), float(home.mean()), "share"),
        measured((section, "home share, mean gap", "country x sector"), float(cell.mean()), "share"),
        measured((section, "output, misplaced", "country x sector"), outputs[0], "share"),
        measured((section, "value added, misplaced", "country x sector"), outputs[1], "share"),
        measured((section, "share of output sold to the US, mean gap", "country x sector"),
                 float(sold.mean()), "share"),
        measured((section, "goods outside the US column, misplaced", "pair x sector"),
                 misplaced(outside_us_column(found), outside_us_column(true)), "share",
                 most=MOST_MISPLACED if promised else None),
        measured((section, "services, misplaced", "pair x sector"),
                 misplaced(found.abroad[:, :, GOODS:], true.abroad[:, :, GOODS:]), "share"),
    ]  # fmt: skip
    if promised:
        rows += [
            measured((section, f"{code}, goods exports outside the US column, misplaced", "pair x sector"),
                     misplaced(outside_us_column(found)[k], outside_us_column(true)[k]), "share")
            for k, code in enumerate(true.codes)
        ]  # fmt: skip
    return rows


def _without_us(exercise: Exercise, vintages: Vintages, true: Table) -> ReportRow:
    found = rebuilt(exercise, vintages, us_column=False)
    return measured(
        (_section(vintages), "the same without knowing the US column, goods outside it misplaced", "pair x sector"),
        misplaced(outside_us_column(found), outside_us_column(true)), "share",
    )  # fmt: skip


def _effects(
    effects: tuple[Array, Array], codes: tuple[str, ...], vintages: Vintages, *, promised: bool
) -> list[ReportRow]:
    """Welfare effects of the rebuilt table, the first, against those of the true one."""
    section, source = _section(vintages), f"WIOD {vintages.truth}"
    others = np.array([code != POWER for code in codes])
    rows = []
    for shock, mine, its in zip(SHOCKS, *effects, strict=True):
        hit = [codes.index(e) for e, _, _ in shock.added if e is not None] or [codes.index("CAN"), codes.index("MEX")]
        for k in [*hit, codes.index(POWER)]:
            watched = promised and codes[k] == "CAN" and shock.added[0][0] == "CAN"
            true = Reference(float(100 * its[k]), f"{source}, %", CANADA if watched else None)
            place = (section, f"welfare of {codes[k]}, {shock.name}", "country")
            rows.append(row(place, float(100 * mine[k]), "welfare", true))
        error = float(np.median(np.abs(mine[others] / its[others] - 1.0)))
        alike = float(np.corrcoef(mine[others], its[others])[0, 1])
        rows.append(measured((section, f"welfare, {shock.name}, median error", "country"), error, "share"))
        place = (section, f"welfare, {shock.name}, correlation", "country")
        rows.append(row(place, alike, "correlation", Reference(1.0, source)))
    return rows
