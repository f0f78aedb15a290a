"""``hedgerow bench``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from hedgerow.errors import RequestError


def bench(
    what: Literal["all", "solver", "hedging", "ledger"] = "all",
    /,
    *,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Speed against peers and limits, as ratios inside one run.

    Parameters
    ----------
    what
        ``solver`` prints the solver's targets beside what is measured, ``hedging`` those of the standings of all
        states, ``ledger`` those of the ledger; ``all`` measures everything about each world.
    json
        Print JSON.
    """
    checkout = Path(__file__).parents[3]
    if not (checkout / "bench" / "run.py").is_file():
        raise RequestError("bench: the peers live in a source checkout, not in the installed package; clone it first")
    single = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    module = {"all": "bench.run", "solver": "bench.targets", "hedging": "bench.hedging", "ledger": "bench.ledger"}[what]
    command = [sys.executable, "-m", module, *(["--json"] if json else [])]
    sys.exit(subprocess.run(command, cwd=checkout, env={**os.environ, **single}, check=False).returncode)  # noqa: S603
