"""Many scenarios: in chunks that fit the cache, on several processes, resumed from a folder of results."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from hedgerow.errors import RequestError
from hedgerow.trade.chunk import solve_chunk
from hedgerow.trade.economy import Array, Economy
from hedgerow.trade.policy import Policy
from hedgerow.trade.result import Equilibrium

__all__ = ["Batch", "Task", "run"]

CACHE_VERSION = 1
"""Raised whenever the same question gets other digits than before."""
_WORKERS_SEE = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "MALLOC_MMAP_THRESHOLD_": "33000000",
    "MALLOC_TRIM_THRESHOLD_": "4000000000",
    "MALLOC_TOP_PAD_": "200000000",
}
"""Environment of the workers. One thread each, or they would fight over the cores; and the C library keeps the memory
of a chunk for the next one, where by default it hands it back to the system and fetches it again."""


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


def run(
    economies: Sequence[Economy], tasks: Sequence[Task], *, tolerance: float, batch: Batch
) -> Iterator[list[Equilibrium]]:
    """The chunks' answers, in order, as they become known."""
    keys = [_key(economies[task.base], task, tolerance) if batch.cache else "" for task in tasks]
    known = [_read(batch.cache / key) if batch.cache else None for key in keys]
    open_ = [k for k, one in enumerate(known) if one is None]
    with _workers(economies, tolerance, min(batch.processes, len(open_))) as work:
        pending = {k: work(tasks[k]) for k in open_}
        for k, task in enumerate(tasks):
            bare = known[k]
            if bare is None:
                answer = pending.pop(k)
                bare = answer.result() if isinstance(answer, Future) else answer()
                if batch.cache:
                    _write(batch.cache / keys[k], bare)
            economy = economies[task.base]
            yield [
                Equilibrium(economy=economy, policy=policy, **one)
                for policy, one in zip(task.policies, bare, strict=True)
            ]


@contextmanager
def _workers(economies: Sequence[Economy], tolerance: float, processes: int) -> Iterator[Any]:
    """A function that starts a task: at once in another process, or here when its result is asked for."""
    if processes < 2:
        yield lambda task: partial(_solve, economies, tolerance, task)
        return
    kept = {name: os.environ.get(name) for name in _WORKERS_SEE}
    os.environ.update(_WORKERS_SEE)
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(list(economies), tolerance)
    )
    try:
        yield lambda task: pool.submit(_solve_here, task)
    finally:
        pool.shutdown(cancel_futures=True)
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


_here: list[Any] = []
"""Economies and tolerance of this worker."""


def _begin(economies: list[Economy], tolerance: float) -> None:
    _here[:] = [economies, tolerance]


def _solve_here(task: Task) -> list[dict[str, Any]]:
    return _solve(_here[0], _here[1], task)


def _solve(economies: Sequence[Economy], tolerance: float, task: Task) -> list[dict[str, Any]]:
    """Answers without their economy and policy, small enough to travel."""
    found = solve_chunk(economies[task.base], task.policies, tolerance=tolerance, first=task.first, starts=task.starts)
    kept = [field.name for field in fields(Equilibrium) if field.name not in ("economy", "policy")]
    return [{name: getattr(one, name) for name in kept} for one in found]


def _key(economy: Economy, task: Task, tolerance: float) -> str:
    """Hash of everything that decides a chunk's digits."""
    digest = hashlib.sha256(f"{CACHE_VERSION} {np.__version__} {tolerance!r}".encode())
    for part in (economy, tuple(replace(policy, label="") for policy in task.policies), task.starts):
        _feed(digest, part)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"{value.dtype.str}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value):
        digest.update(type(value).__name__.encode())
        for field in fields(value):
            digest.update(field.name.encode())
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, tuple):
        digest.update(f"({len(value)}".encode())
        for part in value:
            _feed(digest, part)
    else:
        digest.update(f"{value!r};".encode())


def _read(path: Path) -> list[dict[str, Any]] | None:
    """A finished chunk; None where there is none or where it is damaged."""
    try:
        content = path.read_bytes()
        digest, body = content[:32], content[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        return list(pickle.loads(body))  # noqa: S301 - our own file, its digest checked
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError):
        return None


def _write(path: Path, bare: list[dict[str, Any]]) -> None:
    """Whole or not at all: written beside and then moved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    body = pickle.dumps(bare)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix="part-")
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(body).digest() + body)
    Path(name).replace(path)
