"""A small made-up file in the format of SIPRI's trade register. Every number is invented."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

HEADER = [
    "SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category", "Order date",
    "Order date is estimate", "Numbers delivered", "Numbers delivered is estimate", "Delivery year",
    "Delivery year is estimate", "Status", "SIPRI estimate", "TIV deal unit", "TIV delivery values",
    "Local production;",
]  # fmt: skip
"""As the publisher writes it, the stray mark at the end included."""
PREAMBLE = ["Transfers of major conventional arms", 'A line with a comma, and a "quotation"', ""]


def write_register(
    path: Path,
    deliveries: Sequence[tuple[str, str, object, str]],
    *,
    encoding: str = "utf-8",
    header: Sequence[str] = HEADER,
) -> Path:
    """Deliveries as (supplier, recipient, year, value)."""
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write("\r\n".join(PREAMBLE) + "\r\n")
        lines = csv.writer(stream)
        lines.writerow(header)
        for number, (supplier, recipient, year, value) in enumerate(deliveries):
            what = ["Type 1, mark 2", "Combat aircraft", "Aircraft", "2010", "No", "4", "No"]
            lines.writerow([number, supplier, recipient, *what, year, "No", "New", "1.5", "1.5", value, "No;"])
    return path
