"""Documents name files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.repository import ROOT, tracked_files

DOCUMENTS = [pytest.param(path, id=str(path.relative_to(ROOT))) for path in tracked_files() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
"""A path in backticks, as in the table of CONTRIBUTING."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: Path) -> None:
    targets = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in targets if not (document.parent / link).exists()]


def test_contributing_names_what_exists() -> None:
    """Paths are written from the root of the repository or from that of the package."""
    named = set(NAMED.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert len(named) > 10
    assert not {name for name in named if not any((start / name).exists() for start in (ROOT, ROOT / "src/hedgerow"))}
