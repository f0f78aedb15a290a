"""A scenario's results as tables for people: the main rows, sorted by size."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hedgerow.dims import ACTOR, EXPORTER, IMPORTER, SECTOR
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.charts_text import plain
from hedgerow.scenarios import schema
from hedgerow.scenarios.results import Results, Tidy
from hedgerow.scenarios.scenario import Entry
from hedgerow.trade.decomposition import PARTNER

ROWS = 30
"""Of a table too long for a page, those that change most."""

_SORTED_BY = {
    "partners": "share_change_pp",
    "flows": "flow_change_musd",
    "output": "output_change_musd",
    "decomposition-by-partner": "terms_of_trade_log",
    "years": "welfare_pct",
}
"""Long tables, and the column whose greatest sizes are shown."""

_READING = {
    "welfare": "Change of real income, in per cent of base income and in money at base prices, and of the real wage.",
    "coalition": "Members pay and receive so that all see the same change of welfare; transfers cancel, and who the "
    "scenario is aimed at has no part in them. No transfers: the same scenario when everyone bears its own burden.",
    "prices": "Wages and prices are in units of world value added; terms of trade are export over import prices.",
    "balances": "Trade with all others at border value, goods and services.",
    "revenue": "What each government collects at its borders, and quota rents by the home of their owner.",
    "output": "Production by sector at the seller's price.",
    "flows": "Trade of each pair in each sector. In a reconstructed world such a cell is indicative.",
    "partners": "From whom a country buys before and after; its own producers are a partner, too.",
    "quotas": "Open: below the quota, no rent. Binding: just the quota. Exceeded: beyond it the outside rate applies.",
    "decomposition": "Each part is what it adds to the log of real income; the parts sum to the exact change.",
    "decomposition-by-partner": "What trade with one partner adds to the log of real income.",
    "years": "The first year and after: trade answers slowly, so most of a change comes before anybody has adapted.",
    "unwinding": "The price of unwinding is what slow buyers pay above adapted ones, discounted and added up, in per "
    "cent of one year's final spending. First year over long run: above 1 the start is worse.",
    "cp2015-linear": "As published for NAFTA: one step from the base. For large changes it is far from welfare.",
}


def scenario_tables(found: Results, command: str) -> tuple[Table, ...]:
    """What changes, and then each subject."""
    names = {a.iso3: a.name for a in found.world.actors}
    titles = {s.id: s.title for s in found.world.sectors}
    return (
        *(_table(tidy, names, titles, command) for tidy in found.tables if tidy.id == "welfare"),
        changes_table(found, command),
        *(_table(tidy, names, titles, command) for tidy in found.tables if tidy.id != "welfare"),
    )


def changes_table(found: Results, command: str) -> Table:
    """The parts of the scenario as they were written."""
    entries = found.scenario.entries
    return Table(
        id="changes",
        title="What changes",
        reading="A row is one entry of the scenario, in the order in which they apply; later ones build on earlier.",
        columns=(
            Column(id="kind", title="What"),
            Column(id="change", title="Change"),
            Column(id="from", title="From"),
            Column(id="to", title="To"),
            Column(id="sectors", title="Sectors"),
            Column(id="holds", title="On this date"),
            Column(id="note", title="Note"),
        ),
        rows=tuple(_entry(entry) for entry in entries),
        formula="κ̂ = (1 + t′) / (1 + t) · (1 + e′) / (1 + e) · d̂",
        command=command,
        notes=found.scenario.notes,
    )


def _entry(entry: Entry) -> tuple[Cell, ...]:
    written = entry.written
    sides: tuple[str, str]
    sectors = "goods"
    if isinstance(written, schema.Schedule):
        sides = (written.only or "all partners in the table", "USA" + (", and back" if written.answered else ""))
    elif isinstance(written, schema.Productivity):
        sides, sectors = (", ".join(written.actors), ""), ", ".join(written.sectors)
    else:
        sectors = ", ".join(written.sectors)
        both = written.between or written.among
        if both:
            sides = (", ".join(both), "each other")
        else:
            sides = (", ".join(written.exporters), ", ".join(written.importers))
    return (entry.kind.replace("_", " "), _change(written), *sides, sectors, entry.holds, written.note or None)


def _change(written: schema.Part) -> str:
    match written:
        case schema.Tariff() | schema.ExportTax():
            words = {"add": "{:+g} points", "set": "set to {:g}%", "cap": "at most {:g}%", "floor": "at least {:g}%"}
            return ", ".join(words[name].format(round(100 * value, 6)) for name, value in written.changes.items())
        case schema.Iceberg() | schema.Productivity():
            return f"times {plain(written.factor)}"
        case schema.Nontariff():
            after = f"set to {100 * written.set:g}%" if written.set is not None else f"log times 1 {written.delta:+g}"
            return f"equivalent of {100 * written.ave:g}% {after}"
        case schema.Quota():
            size = f"{written.volume:,.0f} MUSD" if written.volume else f"{written.share_of_base:g} of base imports"
            inside, outside = 100 * written.inside, 100 * written.outside
            return f"{inside:g}% inside, {outside:g}% beyond {size}, rent to {written.owner.value}"
        case schema.Agreement():
            top = f", goods trade {written.log_trade_effect:+g} in logs" if written.log_trade_effect is not None else ""
            return f"tariffs to zero{top}"
        case schema.Schedule():
            return f"{written.table}, {written.day or '2025-04-02'}, by {written.by}"
    return "no trade"


def _table(tidy: Tidy, names: Mapping[str, str], titles: Mapping[str, str], command: str) -> Table:
    frame, note = _main_rows(tidy)
    shown: list[pd.Series] = []
    columns: list[Column] = []
    for label in tidy.labels:
        if label == ACTOR and PARTNER not in tidy.labels:
            columns += [Column(id="code", title="Code"), Column(id="name", title="Economy")]
            shown += [frame[label], frame[label].map(dict(names))]
        elif label in (ACTOR, EXPORTER, IMPORTER, PARTNER):
            columns.append(Column(id=label, title=label.capitalize()))
            shown.append(frame[label].map(dict(names)))
        else:
            columns.append(Column(id=label, title=label.capitalize()))
            shown.append(frame[label].map(dict(titles)) if label == SECTOR else frame[label].astype(str))
    for measure in tidy.measures:
        digits = 0 if measure.unit in ("MUSD/yr", "USD/yr") else 3
        columns.append(
            Column(id=measure.id, title=measure.title, unit=measure.unit, status=measure.status, digits=digits)
        )
        shown.append(frame[measure.id])
    rows = tuple(tuple(_cell(value) for value in row) for row in zip(*shown, strict=True))
    return Table(
        id=tidy.id,
        title=tidy.title,
        reading=_READING.get(tidy.id, tidy.title),
        columns=tuple(columns),
        rows=rows,
        formula=tidy.formula,
        command=command,
        notes=note,
    )


def _main_rows(tidy: Tidy) -> tuple[pd.DataFrame, tuple[str, ...]]:
    frame, key = tidy.frame, _SORTED_BY.get(tidy.id)
    if key is not None:
        kept = frame.loc[frame[key].abs().sort_values(ascending=False, kind="stable").index[:ROWS]]
        return kept, (f"The {len(kept)} of {len(frame)} rows that change most; the folder has all of them.",)
    first = tidy.measures[0].id
    if tidy.labels == (ACTOR,):
        frame = frame.sort_values(first, ascending=False, kind="stable")
    return frame, ()


def _cell(value: object) -> Cell:
    if isinstance(value, str | bool):
        return value
    number = float(value)  # type: ignore[arg-type]
    return None if pd.isna(number) else number
