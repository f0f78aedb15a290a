"""The user's own copy of NATO's table of spending by category: what part goes to equipment."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hedgerow.data.readers.nato import read_equipment_share
from hedgerow.indicators.evidence import EQUIPMENT, Table
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import alias_table, folded

EQUIPMENT_PATTERN: Final = "nato-table-8a*.csv"
"""Name under which the publisher's table is kept."""


def own_equipment(path: Path) -> Table:
    """Part of spending that goes to equipment: columns actor, year, value in per cent; sums of several states left out.

    Raises:
        DataError: the file is not in the publisher's format.
    """
    shares = read_equipment_share(path)
    known = {name: alias_table().codes.get(folded(name), ()) for name in shares["country"].unique()}
    codes = {name: found[0] for name, found in known.items() if len(found) == 1}
    frame = shares.assign(actor=shares["country"].map(codes)).dropna(subset=["actor"])
    origin = Origin(Status.PUBLISHED, ("nato-expenditure",), f"Equipment, % of spending: {path.name}.")
    return Table(EQUIPMENT, frame[["actor", "year", "value"]].reset_index(drop=True), origin)
