"""Rewrite ``data/embedded/plans`` and ``docs/plans.md``: fifteen plans, their readings and their doubts.

``python -m tools.build_plans run FOLDER`` makes the plans one after another and keeps each as JSON in a folder; those
that are there stay, and an interrupted one goes on from the nodes that are solved. ``write FOLDER`` packs them;
``page`` writes the page from what is packed and from ``plan_words.toml``. A test fails while page and pack differ.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PAIRS = (
    *((country, "USA") for country in ("CAN", "MEX", "DEU", "JPN", "KOR", "VNM", "IND", "AUS", "GBR", "SAU")),
    *((country, "CHN") for country in ("AUS", "JPN", "KOR", "DEU", "VNM")),
)
"""Ten against the United States, five against China."""


def run(folder: Path) -> None:
    """Make the plans that are not in the folder yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for country, power in PAIRS:
        target = folder / f"{country}-{power}.json"
        if target.exists():
            continue
        command = [sys.executable, "-m", "hedgerow", "plan", country, "--power", power, "--processes", "2", "--json"]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603
        target.write_bytes(text)
        print(target.name, flush=True)


if __name__ == "__main__":
    run(Path(sys.argv[2]))
