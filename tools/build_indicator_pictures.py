"""Rewrite the pictures of indicators in ``docs/pictures``, and ``docs/indicators/pictures.md``, which shows them.

Run when the data or an indicator changes; a test fails while the page and the values differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import vl_convert

from hedgerow.indicators.catalogue import indicator
from hedgerow.indicators.evidence import Evidence, embedded_evidence
from hedgerow.indicators.panel import measured
from hedgerow.indicators.polarity import BASES, BLOCS
from hedgerow.reporting import charts, charts_svg
from hedgerow.reporting.indicators.charts import Line, Panel, panels
from hedgerow.reporting.prose import in_prose
from hedgerow.world.actors import alias_table

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "indicators" / "pictures.md"
FOLDER = DOCS / "pictures"

SHARES = "exports-by-pair"
"""The series of the economic picture: the longest there is."""


@dataclass(frozen=True)
class Picture:
    """A picture with its words."""

    id: str
    title: str
    text: str
    panels: tuple[Panel, ...]

    @property
    def alt(self) -> str:
        """What the picture shows, in words and numbers."""
        return " ".join(f"{panel.title} ({panel.unit}): {_ends(panel.lines)}." for panel in self.panels)

    def svg(self) -> str:
        """The picture as a file."""
        drawn = vl_convert.vegalite_to_svg(charts.finished(panels(self.panels)))
        return charts_svg.finished(drawn, name=f"picture-{self.id}", title=self.title, description=self.alt)


def _ends(lines: Sequence[Line]) -> str:
    told = []
    for line in lines:
        first, last = line.points[0], line.points[-1]
        told.append(f"{line.name} {first[1]:.3g} in {first[0]}, {last[1]:.3g} in {last[0]}")
    return "; ".join(told)


@cache
def _evidence() -> Evidence:
    return embedded_evidence()


@cache
def _values(name: str) -> pd.DataFrame:
    return measured(indicator(name), _evidence())


def _line(name: str, frame: pd.DataFrame, *, scale: float = 1.0) -> Line:
    """A line of a frame with year, value and, where the source has them, low and high."""
    ordered = frame.sort_values("year")[["year", "value", "low", "high"]].astype(float)
    return Line(
        name,
        tuple(
            (int(year), scale * value, *(None if pd.isna(end) else scale * end for end in (low, high)))
            for year, value, low, high in ordered.itertuples(index=False)
        ),
    )


def _shares(power: str, actors: Sequence[str]) -> Panel:
    frame = _values("exports-power-share")
    frame = frame[(frame["power"] == power) & (frame["series"] == SHARES)]
    lines = tuple(_line(_name(code), frame[frame["actor"] == code], scale=100) for code in actors)
    return Panel(f"Goods exports to {in_prose(_name(power))}", "% of exports", lines)


def _name(code: str) -> str:
    return alias_table().names[code]


def _positions(title: str, actors: Sequence[str]) -> Panel:
    frame = _evidence().table("ideal-points").frame
    lines = tuple(_line(_name(code), frame[frame["actor"] == code]) for code in actors)
    return Panel(title, "ideal point", lines, zero=False)


def _poles(title: str, ending: str) -> Panel:
    return Panel(title, "poles", tuple(_line(base.title, _values(f"{base.id}-poles{ending}")) for base in BASES))


def pictures() -> tuple[Picture, ...]:
    """One picture a family."""
    three = ("AUS", "JPN", "DEU")
    return (
        Picture(
            "economic",
            "Two powers in the exports of others",
            "`exports-power-share`, goods, every four years from 1964 to 2016. A share says who buys, not why.",
            (_shares("USA", ("CAN", "MEX", *three)), _shares("CHN", ("CAN", "MEX", *three))),
        ),
        Picture(
            "alignment",
            "Positions in the General Assembly",
            "Table `ideal-points`: higher is nearer to the order led by the United States. Shaded: 5 and 95 per cent "
            "quantiles.",
            (
                _positions("Powers", ("USA", "RUS", "CHN", "IND")),
                _positions("Argentina among them", ("ARG", "USA", "CHN", "IND")),
            ),
        ),
        Picture(
            "system",
            "Poles, burdens and commitments",
            "`gdp-poles`, `military-poles`, `population-poles`, each with NATO as one pole beside it; `exploitation` "
            "with its interval of 95 %; `overextension` with all its assumptions at either end, shaded.",
            (
                _poles("Effective number of poles", ""),
                _poles("The same, NATO as one", "-nato"),
                Panel(
                    "NATO: do larger members bear more?",
                    "rank correlation",
                    (_line("GDP and its part spent", _values("exploitation")),),
                ),
                Panel(
                    "Overextension of the United States", "ratio", (_line("assumed values", _values("overextension")),)
                ),
            ),
        ),
    )


def _extremes() -> str:
    """Least and greatest number of poles by base, with their years."""
    rows = ["| base | blocs | fewest poles | most poles | latest |", "|---|---|---|---|---|"]
    for base in BASES:
        for bloc in ("", *BLOCS):
            name = f"{base.id}-poles-{bloc.lower()}" if bloc else f"{base.id}-poles"
            found = sorted(_line(base.title, _values(name)).points, key=lambda point: point[1])
            told = (f"{point[1]:.1f} in {point[0]}" for point in (found[0], found[-1], max(found)))
            rows.append(f"| {base.title} | {f'{bloc} as one' if bloc else 'none'} | {' | '.join(told)} |")
    return "\n".join(rows)


def page() -> str:
    """The page of all pictures."""
    parts = ["# Indicators in pictures"]
    for one in pictures():
        parts += [
            f"## {one.title}",
            one.text,
            f"![{one.title}. {one.alt}](../pictures/indicators-{one.id}.svg)",
            f"In words: {one.alt}",
        ]
    parts += [
        "## Poles by base, and when they were fewest and most",
        "The bases disagree on how many poles there are and on when they were fewest; none of them is the right one. "
        "The years are those with today's borders in the publishers' tables, from 1992.",
        _extremes(),
        "[All indicators](catalogue.md) · [what the years at hand carry](index.md)",
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the page and its pictures."""
    for one in pictures():
        (FOLDER / f"indicators-{one.id}.svg").write_text(one.svg() + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
