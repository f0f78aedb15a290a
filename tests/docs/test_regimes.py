"""The page on regimes shows the numbers and sources that are computed with."""

from __future__ import annotations

import pytest

from hedgerow.planning.portfolio.outlooks import OUTLOOKS, outlook
from hedgerow.planning.portfolio.schedule_windows import windows
from hedgerow.planning.portfolio.sides import side_rows
from hedgerow.planning.question import ask
from hedgerow.scenarios.us_schedule import mean_rates, us_spells
from hedgerow.world.io import load
from tests.house.repository import ROOT

PAGE = (ROOT / "docs" / "regimes.md").read_text(encoding="utf-8")
ROWS = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if "|" in line]


def cells(first: str) -> list[str]:
    """The row that begins with a word."""
    (found,) = [row for row in ROWS if row[0] == first]
    return found


def test_strategies() -> None:
    for one in outlook("grand-strategies", ask(load("composite-2023"), "CAN", "USA")).regimes:
        shown = cells(one.id)[1:]
        points = [float(cell.removesuffix("%")) / 100 for cell in shown[:3]]
        assert points == pytest.approx([one.tariff.ally, one.tariff.rival, one.tariff.other])
        shares = [one.reliability, one.burden, one.exclusivity, one.public_good]
        assert [float(cell) for cell in shown[3:]] == shares


@pytest.mark.parametrize("name", OUTLOOKS)
def test_every_chain_is_named(name: str) -> None:
    found = outlook(name, ask(load("composite-2023"), "CAN", "USA"))
    assert len(found.chains) == 3
    for chain in found.chains:
        assert f"`{chain.name}`" in PAGE


def test_windows() -> None:
    for first, last in windows(us_spells()):
        means = mean_rates(us_spells(), first, last)
        shown = cells(str(first))
        assert shown[1] == str(last)
        expected = [100 * means[code] for code in ("CAN", "MEX", "EU", "JPN", "CHN")]
        assert [float(cell) for cell in shown[2:7]] == pytest.approx(expected, abs=0.0501)


def test_every_side_has_its_source() -> None:
    for row in side_rows():
        assert [row.power, row.side, row.who, row.source, row.note] in ROWS
