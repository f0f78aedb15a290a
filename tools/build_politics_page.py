"""Rewrite ``docs/data/politics.md`` from ``data/politics.toml``: what each political table is."""

from __future__ import annotations

from pathlib import Path

from hedgerow.data.politics import Absent, Column, PoliticalTable, political_tables
from hedgerow.data.registry import cited

TARGET = Path(__file__).parents[1] / "docs" / "data" / "politics.md"

HEAD = """\
# Political and yearly tables

The tables behind the indicators: states, votes, forces, organisations, treaties, Chinese finance, conflict, and trade
by year. This page is written by `python tools/build_politics_page.py` from `src/hedgerow/data/politics.toml`; the
tables by `python tools/build_politics.py ../shared/data` from the publishers' files.

```python
from hedgerow.data.politics import political_table, political_tables, states_in

troops = political_table("us-troops")  # a frame, read once
japan = troops[(troops["actor"] == "JPN") & (troops["year"] == 2024)]
assert japan["last"].item() == 52603
assert political_tables()["us-troops"].origin("last").status == "published"
assert "SSD" in states_in(2011) and "SSD" not in states_in(2010)
```

How to read them:

- **Actors** are ISO-3 codes of states while they existed (`states`): no row lies outside a state's years. The Soviet
  Union is `RUS`, West Germany `DEU`, the Yemen Arab Republic `YEM`, Yugoslavia `YUG` to 1991 and `SRB` from 1992.
- **An empty cell is missing, and so is an absent row** unless the table says that its source lists every case. Zero
  stands only where zero was reported or counted.
- **Blocs** are not in these tables: their members on a day are in `world.memberships` (see `docs/memberships.md`),
  those of alliances too.
- **GDP** in current dollars, 1960 to 2023, and **population**, 1960 to 2024 (Taiwan from 1995 only), are in
  `data.yearly`.

Left out on purpose:

- V-Dem (share-alike), the extract of borders and coordinates (ODbL), peace data, DESTA and WHO coverage
  (non-commercial), SIPRI's own workbook and Lowy's indices: their licences do not let us embed what we derive. COLT
  leader travel: its terms could not be confirmed.
- Not obtained: arms transfers by pair, alliances after the membership table, defence cooperation agreements, roll calls
  after 2019, memberships with dates after 2014, Chinese finance after 2014.
"""


def text() -> str:
    """The page."""
    listed = "".join(f"| [{t.id}](#{t.id}) | {t.title} | {_years(t)} |\n" for t in political_tables().values())
    contents = f"\n| table | holds | years |\n|---|---|---|\n{listed}"
    return HEAD + contents + "".join(_section(table) for table in political_tables().values())


def _years(table: PoliticalTable) -> str:
    return "-" if table.first is None else f"{table.first}-{table.last}"


def _section(table: PoliticalTable) -> str:
    absent = {
        Absent.UNKNOWN: "Nothing was reported; not a zero.",
        Absent.NONE: "The source lists every case: there was none.",
    }
    sources = "; ".join(f"`{s.id}` ({s.publisher}, {s.vintage}; {s.licence})" for s in cited(table.sources))
    columns = "".join(_row(column) for column in table.columns)
    return (
        f"\n## {table.id}\n\n{table.title}. One row for each {', '.join(table.keys)}.\n\n"
        f"| column | unit | kind of number | meaning |\n|---|---|---|---|\n{columns}\n"
        f"- Made: {table.method}\n- Gaps: {table.gaps}\n- No row: {absent[table.absent]}\n- Sources: {sources}.\n"
    )


def _row(column: Column) -> str:
    return f"| `{column.name}` | {column.unit} | {column.status} | {column.meaning} |\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
