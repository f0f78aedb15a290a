"""The user's own file of SIPRI's trade register: who delivered arms to whom. Its terms do not let us ship it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from hedgerow.data.readers.sipri import read_trade_register
from hedgerow.indicators.evidence import ARMS, Table
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import alias_table, folded

ARMS_PATTERN: Final = "trade-register*.csv"
"""Name of the publisher's file."""
_NAMES: Final = {
    "Bosnia-Herzegovina": "BIH",
    "Congo": "COG",
    "Saint Vincent": "VCT",
    "Serbia and Montenegro": "SRB",
    "Soviet Union": "RUS",
    "Yugoslavia": "SRB",
}
"""Names of the publisher that are no spelling of ours; Yugoslavia is so from 1992, before any value that we compute."""


def own_arms(path: Path) -> Table:
    """Deliveries by supplier, state and year: columns exporter, importer, year, value (millions of TIV).

    A supplier that is no state of ours keeps the publisher's name, because it is a supplier all the same; one that the
    publisher does not know is left out. Groups and organisations that received arms are left out.

    Raises:
        DataError: the file is not in the publisher's format.
    """
    deliveries = read_trade_register(path)
    codes = {name: _code(name) for name in {*deliveries["supplier"], *deliveries["recipient"]}}
    to = deliveries["recipient"].map(codes)
    known = to.notna() & ~deliveries["supplier"].str.casefold().str.startswith("unknown")
    frame = deliveries.assign(
        exporter=deliveries["supplier"].map(codes).fillna(deliveries["supplier"]), importer=to
    ).loc[known]
    summed = frame.groupby(["exporter", "importer", "year"])["value"].sum().reset_index()
    origin = Origin(Status.PUBLISHED, ("sipri-arms",), f"Deliveries in trend-indicator values: {path.name}.")
    return Table(ARMS, summed, origin)


def _code(name: str) -> str | None:
    if "*" in name:  # the publisher's mark for whoever is no state
        return None
    found = alias_table().codes.get(folded(name), ())
    return _NAMES.get(name) or (found[0] if len(found) == 1 else None)
