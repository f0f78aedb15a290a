"""One map over tasks: on several processes, in order, with finished results kept by their content.

The digits do not depend on how the work is shared out, and interrupted work resumes from its folder.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

__all__ = ["Work", "cache_folder", "content_hash", "cores", "mapped"]

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

_WORKERS_SEE = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "MALLOC_MMAP_THRESHOLD_": "33000000",
    "MALLOC_TRIM_THRESHOLD_": "4000000000",
    "MALLOC_TOP_PAD_": "200000000",
}
"""Environment of the workers. One thread each, or they would fight over the cores; and the C library keeps the memory
of a chunk for the next one, where by default it hands it back to the system and fetches it again."""


@dataclass(frozen=True)
class Work:
    """How to get through many tasks. The digits do not depend on it."""

    processes: int = 1
    cache: Path | None = None
    """Folder where finished results are kept and read from: interrupted work goes on where it stopped."""
    progress: Callable[[int], None] | None = None
    """Called with the number of steps done since the last call."""


def cores() -> int:
    """How many processors this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cache_folder() -> Path:
    """The folder of the user's caches that is ours."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "hedgerow"


def mapped(
    function: Callable[[Shared, Task], Result],
    shared: Shared,
    tasks: Sequence[Task],
    *,
    processes: int = 1,
    cache: Path | None = None,
    key: Callable[[Task], str] = str,
) -> Iterator[Result]:
    """``function(shared, task)`` of every task, in their order, as the results become known.

    Args:
        function: of a module's top level, so that other processes find it; its results can be pickled.
        shared: what every task needs; sent to each process once.
        tasks: what differs.
        processes: tasks are shared out among this many.
        cache: folder of results by key; finished ones are read from it, new ones written to it.
        key: of a task, see :func:`content_hash`; used only with ``cache``.
    """
    places = [cache / key(task) if cache else None for task in tasks]
    known = [None if place is None else _read(place) for place in places]
    open_ = [k for k, one in enumerate(known) if one is None]
    with _workers(function, shared, min(processes, len(open_))) as work:
        pending = {k: work(tasks[k]) for k in open_}
        for k, place in enumerate(places):
            found = known[k]
            if found is None:
                answer = pending.pop(k)
                found = (answer.result() if isinstance(answer, Future) else answer(),)
                if place is not None:
                    _write(place, found)
            yield found[0]


def content_hash(*parts: object) -> str:
    """Hash of arrays, dataclasses, tuples and plain values: of everything that decides a result's digits."""
    digest = hashlib.sha256(f"{np.__version__}".encode())
    for part in parts:
        _feed(digest, part)
    return digest.hexdigest()


@contextmanager
def _workers(function: Callable[[Any, Any], Any], shared: object, processes: int) -> Iterator[Any]:
    """A function that starts a task: at once in another process, or here when its result is asked for."""
    if processes < 2:
        yield lambda task: partial(function, shared, task)
        return
    kept = {name: os.environ.get(name) for name in _WORKERS_SEE}
    os.environ.update(_WORKERS_SEE)
    pool = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(function, shared)
    )
    try:
        yield lambda task: pool.submit(_work_here, task)
    finally:
        pool.shutdown(cancel_futures=True)
        for name, value in kept.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


_here: list[Any] = []
"""Function of this worker and what its tasks share."""


def _begin(function: Callable[[Any, Any], Any], shared: object) -> None:
    _here[:] = [function, shared]


def _work_here(task: object) -> Any:
    return _here[0](_here[1], task)


def _feed(digest: Any, value: object) -> None:
    if isinstance(value, np.ndarray):
        digest.update(f"{value.dtype.str}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
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


def _read(place: Path) -> tuple[Any] | None:
    """A finished result; None where there is none or where it is damaged."""
    try:
        content = place.read_bytes()
        digest, body = content[:32], content[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        return (pickle.loads(body),)  # noqa: S301 - our own file, its digest checked
    except (OSError, pickle.UnpicklingError, AttributeError, ImportError):
        return None


def _write(place: Path, found: tuple[Any]) -> None:
    """Whole or not at all: written beside and then moved."""
    place.parent.mkdir(parents=True, exist_ok=True)
    body = pickle.dumps(found[0])
    handle, name = tempfile.mkstemp(dir=place.parent, prefix="part-")
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha256(body).digest() + body)
    Path(name).replace(place)
