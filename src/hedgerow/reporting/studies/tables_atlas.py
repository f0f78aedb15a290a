"""Tables of the atlas: the break-even surface of one country, or one row for each of many."""

from __future__ import annotations

from hedgerow.planning.atlas.answer import Atlas, Corner
from hedgerow.planning.atlas.grid import CHANCES, MIDDLE, SEVERITIES
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.trade.economy import Array

SHARE = "% of income"
_FORMULA = "k* = ln CE(with the bundle) − ln CE(without), CRRA γ = 2; φ > 0 exactly where cost < k*"


def surface_tables(corner: Corner, command: str) -> tuple[Table, Table]:
    """Insurance alone, and growth with it."""
    actor = corner.question.actor.name
    return (
        _surface(
            "insurance",
            f"Break-even cost of insurance alone: {actor}",
            "A cell is the yearly cost below which insurance pays, what the bundle adds in calm weather taken out.",
            corner.surface.insurance,
            command,
        ),
        _surface(
            "whole",
            f"Break-even cost with growth: {actor}",
            "The same with what the bundle adds in calm weather: growth that comes without any storm.",
            corner.surface.whole,
            command,
        ),
    )


def _surface(name: str, title: str, reading: str, values: Array, command: str) -> Table:
    return Table(
        id=name,
        title=title,
        reading=reading,
        columns=(
            Column(id="chance", title="Chance of the bad regime"),
            *(
                Column(id=f"at_{100 * s:g}", title=f"{100 * s:g} points", unit=SHARE, status=Status.MODELLED, digits=4)
                for s in SEVERITIES
            ),
        ),
        rows=tuple(
            (f"{100 * chance:g} %", *(100 * float(value) for value in row))
            for chance, row in zip(CHANCES, values, strict=True)
        ),
        formula=_FORMULA,
        command=command,
    )


def countries_table(found: Atlas, command: str) -> Table:
    """One row a country, most insured first."""
    at = CHANCES.index(MIDDLE)
    ranked = sorted(found.corners, key=lambda one: -one.at(one.surface.insurance))
    rows: list[tuple[Cell, ...]] = [
        (
            one.question.actor.name,
            one.question.actor.code,
            *(100 * float(value) for value in one.surface.insurance[at]),
            100 * one.at(one.surface.whole),
            100 * one.cost[1],
            100 * one.surface.calm_gain,
            100 * one.area,
            None if one.chance is None else 100 * one.chance,
            None if one.severity is None else 100 * one.severity,
            " ".join(link.partner(one.bundle.signatory).code for link in one.bundle.links),
        )
        for one in ranked
    ]
    middle = f"{100 * MIDDLE:g}"
    return Table(
        id="countries",
        title=f"Break-even cost of insurance alone, chance {middle} %",
        reading="Where the break-even cost exceeds the cost, insurance alone pays. Grid: part of the cells of chance "
        "and severity where it does. Least chance: of those in the grid, at "
        f"{middle} points. Least severity: at a chance of {middle} %, straight between the severities solved and given "
        "only where the worth rises with each.",
        columns=(
            Column(id="country", title="Country"),
            Column(id="code", title="Code"),
            *(
                Column(id=f"at_{100 * s:g}", title=f"{100 * s:g} points", unit=SHARE, status=Status.MODELLED, digits=4)
                for s in SEVERITIES
            ),
            Column(id="whole_pct", title=f"With growth, {middle} points", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="cost_pct", title="Cost", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="calm_pct", title="Calm gain", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="grid_pct", title="Grid where insurance pays", unit="%", status=Status.DERIVED, digits=0),
            Column(id="chance_pct", title="Least chance", unit="%", status=Status.DERIVED, digits=0),
            Column(id="severity_points", title="Least severity", unit="points", status=Status.DERIVED, digits=0),
            Column(id="bundle", title="Agreements with"),
        ),
        rows=tuple(rows),
        formula=_FORMULA,
        command=command,
    )


def decides_table(found: Atlas, command: str) -> Table:
    """One row an assumption, for a single country."""
    decides = found.decides
    rows: list[tuple[Cell, ...]] = []
    if decides is not None:
        alone, whole = decides.shares(decides.insurance), decides.shares(decides.whole)
        rows = [
            (name, ", ".join(levels), 100 * alone[name], 100 * whole[name])
            for name, levels in zip(decides.factors, decides.levels, strict=True)
        ]
        rows.append(("together", "combinations", 100 * alone["together"], 100 * whole["together"]))
    return Table(
        id="decides",
        title="What the net worth of the bundle hangs on",
        reading="Shares of the variance of break-even cost less cost over every combination of the levels.",
        columns=(
            Column(id="assumption", title="Assumption"),
            Column(id="levels", title="Levels"),
            Column(id="insurance_pct", title="Insurance alone", unit="% of variance", status=Status.DERIVED, digits=1),
            Column(id="whole_pct", title="With growth", unit="% of variance", status=Status.DERIVED, digits=1),
        ),
        rows=tuple(rows),
        formula="Var(E[y | assumption]) / Var(y) (Sobol' 1993)",
        command=command,
        notes=("All levels are our assumptions; costs and effects have the ranges of a plan.",),
    )
