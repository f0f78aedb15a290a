"""The panel of indicators: how long it takes to build, and how much faster it comes out of the cache.

``python -m bench.panel`` uses a cache of its own and leaves the user's alone.
"""

from __future__ import annotations

import os
import tempfile
from time import perf_counter

from hedgerow.indicators.panel import panel

BUILD_S, LOAD_S = 60.0, 1.0
"""Targets in seconds on one core."""


def main() -> None:
    """Print both times, their ratio and the targets."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = place
        started = perf_counter()
        built = panel()
        middle = perf_counter()
        loaded = panel()
        build, load = middle - started, perf_counter() - middle
    if not len(built) == len(loaded):
        raise SystemExit("the cache holds another panel than was built")
    years, actors = built["year"].nunique(), built.loc[built["actor"] != "", "actor"].nunique()
    print(f"{len(built)} values: {actors} actors, {years} years, {built['indicator'].nunique()} indicators")
    print(f"build {build:6.2f} s (target {BUILD_S:g})")
    print(f"load  {load:6.2f} s (target {LOAD_S:g}), {build / load:.0f} times faster")


if __name__ == "__main__":
    main()
