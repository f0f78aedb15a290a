"""Names and order of dimensions. Constants only.

Labelled arrays are ordered ``exporter, importer, sector``: from, to, what. Inside ``trade.equations`` arrays
are bare and sector first, ``[scenario, sector, importer, exporter]``; ``trade.economy`` is where they cross.
"""

from typing import Final

ACTOR: Final = "actor"
EXPORTER: Final = "exporter"
IMPORTER: Final = "importer"
SECTOR: Final = "sector"
INPUT: Final = "input"

FLOW: Final = (EXPORTER, IMPORTER, SECTOR)
"""A flow of goods or services, or a rate on it."""

ACCOUNT: Final = (ACTOR, SECTOR)
"""One account of one actor."""

INPUT_USE: Final = (ACTOR, INPUT, SECTOR)
"""What a sector of an actor uses of each input."""

REST_OF_WORLD: Final = "ROW"
"""Label of the residual economy; never a candidate, never a named partner."""
