"""Rewrite ``docs/hedging/cases``: a page a case, from the standings that ship and the words of ``hedging_cases.toml``.

Run after ``tools/build_hedging.py``; a test fails while the pages and the standings differ.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hedgerow.data.yearly import latest_gdp, population
from hedgerow.indicators.hedging.classify import Course
from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.stored import stored
from hedgerow.reporting.brief import Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.hedging.tables import in_words, neighbours, years_table
from hedgerow.reporting.prose import in_prose, possessive
from hedgerow.world.actors import alias_table
from hedgerow.world.regions import region_of

FOLDER = Path(__file__).parents[1] / "docs" / "hedging" / "cases"
WORDS = Path(__file__).with_name("hedging_cases.toml")
SPAN = 10
"""Years over which a page says what moved."""
MOVED = 0.05
"""Less than this on a scale of 0 to 1 is called still."""


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    cases, standings = tomllib.loads(WORDS.read_text(encoding="utf-8")), stored()
    found = {f"{code.lower()}.md": _page(code, words, standings) for code, words in cases.items()}
    return {"index.md": _index(cases, standings), **found}


def _page(code: str, words: Mapping[str, Any], standings: pd.DataFrame) -> str:
    now = standings[standings["year"] == standings["year"].max()].reset_index(drop=True)
    name = alias_table().names[code]
    parts = [
        f"# {name}",
        in_words(now, code),
        f"**How one may read it.** {words['reading']}",
        "## What moved",
        "\n".join(f"- {line}" for line in _moves(standings, code)),
        "## What is reported",
        "Public reports, entered by hand and not checked against contracts or treaty texts; none of them is in the "
        "numbers unless a table of this package has it.",
        "\n".join(f"- {event}" for event in words["events"]),
        "## What the data cannot see",
        f"{words['doubts']} {_gaps(now, code)}",
        f"## Year by year, beside {region_of(code)}",
        _markdown(years_table(standings, code, f"hedgerow hedging {code}")),
        "Region: median of its other states. Place: low to high in nine draws of ten. [How the elements are "
        "measured](../indicators.md) · [method and doubts](../index.md) · [all cases](index.md)",
    ]
    return "\n\n".join(parts) + "\n"


def _moves(standings: pd.DataFrame, code: str) -> list[str]:
    """Changes of the elements over ten years, beside those of the region."""
    years = sorted(standings["year"].unique())
    last = int(years[-1])
    first = min(years, key=lambda year: (abs(year - (last - SPAN)), year))
    region = neighbours(standings, code)
    others = region[region["actor"] != code].groupby("year")[[e.value for e in ORDER]].median()
    own = region[region["actor"] == code].set_index("year")
    lines = []
    for element in (e.value for e in ORDER):
        before, after = (own[element].get(year, np.nan) for year in (first, last))
        if pd.isna(before) or pd.isna(after):
            lines.append(f"{element.capitalize()}: not scored in both {first} and {last}.")
            continue
        change, beside = float(after - before), float(others[element][last] - others[element][first])
        word = "still" if abs(change) < MOVED else "up" if change > 0 else "down"
        lines.append(
            f"{element.capitalize()}: {word}, {written(before, 2)} in {first} to {written(after, 2)} in {last}; "
            f"region {_signed(beside)}."
        )
    return lines


def _gaps(now: pd.DataFrame, code: str) -> str:
    own = now[now["actor"] == code].iloc[0]
    thin = [f"{e.value} {own[f'{e.value}_coverage']:.0%}" for e in ORDER if own[f"{e.value}_coverage"] < 1]
    if not thin:
        return "Every indicator has a value."
    return f"Of {possessive(alias_table().names[code])} indicators is known: {', '.join(thin)}; of the rest, all."


def _markdown(table: Table) -> str:
    """A table, without the columns that are the same in every case."""
    kept = [k for k, c in enumerate(table.columns) if c.id not in {"rank_low", "rank_high", "states"}]
    head = [table.columns[k].title for k in kept]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    at = {c.id: k for k, c in enumerate(table.columns)}
    for row in table.rows:
        cells = [written(row[k], table.columns[k].digits) for k in kept]
        low, high, states = (row[at[name]] for name in ("rank_low", "rank_high", "states"))
        if row[at["rank"]] is not None:
            place = f"{written(row[at['rank']], 0)} ({written(low, 0)} to {written(high, 0)}) of {written(states, 0)}"
            cells[kept.index(at["rank"])] = place
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _index(cases: Mapping[str, Mapping[str, Any]], standings: pd.DataFrame) -> str:
    now = standings[standings["year"] == standings["year"].max()].set_index("actor")
    head = ["state", *(e.value for e in ORDER), "all four", "known", "place", "leaning to USA", "course", "holds"]
    head.append("usually read as")
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for code, words in cases.items():
        own = now.loc[code]
        known = [_cell(own[e.value]) for e in ORDER]
        place = "n/a" if pd.isna(own["rank"]) else f"{own['rank_low']:.0f} to {own['rank_high']:.0f}"
        holds = "n/a" if pd.isna(own["course_share"]) else f"{own['course_share']:.0%}"
        cells = [f"[{alias_table().names[code]}]({code.lower()}.md)", *known, _cell(own["score"])]
        cells += [
            f"{own['coverage']:.0%}",
            place,
            _cell(own["alignment"]),
            own["course"] or "n/a",
            holds,
            words["usual"],
        ]
        lines.append("| " + " | ".join(cells) + " |")
    year, states = int(now["year"].iloc[0]), int(now["states"].iloc[0])
    return (
        f"# Cases\n\nStandings of {year} among {states} states. Place: 5 to 95 per cent of the draws. Holds: part of "
        "the draws in which the course is the same.\n\n"
        + "\n".join(lines)
        + f"\n\n## Is it what those who know would say?\n\n{_usual(cases, now)}"
        + f"\n\n## Does it measure more than size?\n\n{_size(now)}\n\n[Method and doubts](../index.md)\n"
    )


def _usual(cases: Mapping[str, Mapping[str, Any]], now: pd.DataFrame) -> str:
    """How many courses are those that the literature usually sees, and which are not."""
    found = now.loc[list(cases), "course"]
    aligned = found.isin([Course.BALANCING, Course.BANDWAGONING]) & (now.loc[list(cases), "alignment"] > 0)
    read = found.where(~aligned, "aligned")
    usual = pd.Series({code: words["usual"] for code, words in cases.items()})
    others = [in_prose(alias_table().names[code]) for code in cases if read[code] != usual[code]]
    return (
        f"Of {len(cases)} cases {len(cases) - len(others)} come out as the literature usually reads them, hedging or "
        "aligned with the United States (by balancing or bandwagoning); the usual reading is entered by hand from "
        f"general knowledge, and no coding was consulted. The departures are {', '.join(others[:-1])} and "
        f"{others[-1]}; their pages give the reason. The rule that a treaty "
        "of defence with one power decides was written after a version without it had called allies neutral, so the "
        "aligned cases are no independent test of it."
    )


def _size(now: pd.DataFrame) -> str:
    """How near the scores are to income, and how wide the intervals of places."""
    year = int(now["year"].iloc[0])
    people, _ = population(year)
    gdp = latest_gdp(year)
    beside = {"GDP": gdp, "GDP per person": gdp / people}
    names = [*(e.value for e in ORDER), "score"]
    lines = ["| rank correlation (Spearman) with | " + " | ".join([*names[:-1], "all four"]) + " |", "|---" * 6 + "|"]
    for title, other in beside.items():
        found = [_cell(now[name].corr(other.reindex(now.index), method="spearman")) for name in names]
        lines.append(f"| {title} | " + " | ".join(found) + " |")
    width = (now["rank_high"] - now["rank_low"]).dropna()
    wide = float((width > now.loc[width.index, "states"] / 2).mean())
    told = (
        f"The interval of a place is {width.median():.0f} places wide in the middle case, and wider than half of all "
        f"states for {wide:.0%} of them. Near 1 or −1 a row would say that the score is size or income by another name."
    )
    return "\n".join(lines) + "\n\n" + told


def _cell(value: float) -> str:
    return written(None if pd.isna(value) else float(value), 2)


def _signed(value: float) -> str:
    return "n/a" if pd.isna(value) else ("+" if value > 0 else "") + written(float(value), 2)


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
