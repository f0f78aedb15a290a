"""The page on options shows the sanctions that are computed with."""

from __future__ import annotations

from hedgerow.planning.portfolio.sanctions import sanctions_rows
from tests.house.repository import ROOT

PAGE = (ROOT / "docs" / "options.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if "|" in line]


def test_every_row_of_sanctions_has_its_source() -> None:
    for row in sanctions_rows():
        assert [row.sender, row.target, str(row.since), row.source, row.note] in ROWS
