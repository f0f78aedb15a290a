"""Rewrite ``data/embedded/plans`` and ``docs/plans.md``: fifteen plans, their readings and their doubts.

``python -m tools.build_plans run FOLDER`` makes the plans one after another, first without how sure each is, and keeps
them as JSON in a folder; those that are there stay, and an interrupted one goes on from the nodes that are solved. ``write FOLDER`` packs them;
``page`` writes the page from what is packed and from ``plan_words.toml``. A test fails while page and pack differ.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hedgerow.reporting.plan_report import PlanReport

PAIRS = (
    *((country, "USA") for country in ("CAN", "MEX", "DEU", "JPN", "KOR", "VNM", "IND", "AUS", "GBR", "SAU")),
    *((country, "CHN") for country in ("AUS", "JPN", "KOR", "DEU", "VNM")),
)
"""Ten against the United States, five against China."""


def run(folder: Path) -> None:
    """Make every plan quickly, then each again with how sure it is; what is in the folder already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for quick in (True, False):
        for country, power in PAIRS:
            target = folder / f"{country}-{power}.json"
            if target.exists() and (quick or not _is_quick(target)):
                continue
            command = [
                sys.executable,
                "-m",
                "hedgerow",
                "plan",
                country,
                "--power",
                power,
                "--processes",
                "2",
                "--json",
            ]
            command += ["--quick"] if quick else []
            text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout  # noqa: S603
            target.write_bytes(text)
            print(target.name, "quick" if quick else "whole", flush=True)


def _is_quick(target: Path) -> bool:
    return "--quick" in PlanReport.model_validate_json(target.read_bytes()).command


if __name__ == "__main__":
    run(Path(sys.argv[2]))
