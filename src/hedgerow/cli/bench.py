"""``hedgerow bench``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from hedgerow.errors import RequestError

_MODULES = {"all": "bench.run", "solver": "bench.targets", "ledger": "bench.ledger"}


def bench(
    what: Literal["all", "solver", "ledger"] = "all", /, *, json: Annotated[bool, Parameter(negative=())] = False
) -> None:
    """Speed against peers and limits, as ratios inside one run.

    Parameters
    ----------
    what
        ``solver`` and ``ledger`` print targets beside what is measured; ``all`` measures everything about each world.
    json
        Print JSON.
    """
    checkout = Path(__file__).parents[3]
    if not (checkout / "bench" / "run.py").is_file():
        raise RequestError("bench: the peers live in a source checkout, not in the installed package; clone it first")
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", _MODULES[what], *(["--json"] if json else [])]
    sys.exit(subprocess.run(command, cwd=checkout, env={**os.environ, **single}, check=False).returncode)  # noqa: S603
