"""What all tests share: one BLAS thread, and the folder of raw data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

for library in ("OPENBLAS", "OMP", "MKL"):  # before NumPy is imported: the same digits on any machine
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

settings.load_profile("ci")  # of hypothesis itself: the same examples in every run, no deadlines


@pytest.fixture(scope="session")
def raw() -> Path:
    """The publishers' files, which are not part of this repository."""
    folder = Path(os.environ.get("HEDGEROW_RAW") or Path(__file__).parents[2] / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no raw data: ../shared/data is absent and HEDGEROW_RAW names no folder")
    return folder
