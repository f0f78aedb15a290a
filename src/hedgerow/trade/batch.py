"""Many scenarios: in chunks that fit the cache, on several processes, resumed from a folder of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from hedgerow.compute import content_hash, mapped
from hedgerow.errors import RequestError
from hedgerow.trade.chunk import solve_chunk
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["Batch", "Task", "run"]

CACHE_VERSION = 2
"""Raised whenever the same question gets other digits than before."""


@dataclass(frozen=True)
class Batch:
    """How to work through many scenarios. The digits do not depend on it."""

    processes: int = 1
    """Chunks are shared out among this many; scripts that ask for two need ``if __name__ == "__main__"``."""
    chunk: int | None = None
    """Scenarios iterated together; what fits the processor's cache when omitted."""
    cache: Path | None = None
    """Folder of results by content: finished chunks are read from it, new ones are written to it."""

    def __post_init__(self) -> None:
        if self.processes < 1 or (self.chunk is not None and self.chunk < 1):
            raise RequestError("processes and chunk are 1 or more")


class Task(NamedTuple):
    """A chunk: scenarios of one base, solved together."""

    base: int
    """Index of the economy."""
    first: int
    """Number of the first scenario."""
    policies: tuple[Policy, ...]
    starts: Array | None
    """[b, n]"""


class _Shared(NamedTuple):
    economies: tuple[Economy, ...]
    tolerance: float


def run(
    economies: Sequence[Economy], tasks: Sequence[Task], *, tolerance: float, batch: Batch
) -> Iterator[list[Equilibrium]]:
    """The chunks' answers, in order, as they become known."""

    def key(task: Task) -> str:
        unnamed = tuple(replace(policy, label="") for policy in task.policies)
        return content_hash(CACHE_VERSION, tolerance, economies[task.base], unnamed, task.starts)

    shared = _Shared(tuple(economies), tolerance)
    answers = mapped(_solve, shared, tasks, processes=batch.processes, cache=batch.cache, key=key)
    for task, bare in zip(tasks, answers, strict=True):
        economy = economies[task.base]
        yield [
            Equilibrium(economy=economy, policy=policy, **one) for policy, one in zip(task.policies, bare, strict=True)
        ]


def _solve(shared: _Shared, task: Task) -> list[dict[str, Any]]:
    """Answers without their economy and policy, small enough to travel."""
    found = solve_chunk(
        shared.economies[task.base], task.policies, tolerance=shared.tolerance, first=task.first, starts=task.starts
    )
    kept = [field.name for field in fields(Equilibrium) if field.name not in ("economy", "policy")]
    return [{name: getattr(one, name) for name in kept} for one in found]
