"""Rewrite ``data/embedded/hedging``: the standings of all states and years, with the draws of the default setting.

Run when an indicator of an element or a membership changes; a test fails while the last year and the code differ.
"""

from __future__ import annotations

import os

from hedgerow.indicators.element import POWERS
from hedgerow.indicators.evidence import embedded_evidence
from hedgerow.indicators.hedging.gather import gather, standings_of
from hedgerow.indicators.hedging.standing import Setting
from hedgerow.indicators.hedging.stored import FILE, packed
from hedgerow.world.io import embedded_path, write_manifest


def main() -> None:
    """Measure, pack and list."""
    found = gather(embedded_evidence(POWERS))
    frame = standings_of(found, found.years, setting=Setting(), processes=os.cpu_count() or 1)
    path = embedded_path() / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(packed(frame))
    print(f"{FILE}: {len(frame)} rows, {path.stat().st_size} bytes")
    write_manifest(embedded_path())


if __name__ == "__main__":
    main()
