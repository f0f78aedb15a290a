"""The ledger against its targets, with ratios to bare work inside one run: ``hedgerow bench ledger``."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import ledgers
from bench.lines import Line, show
from hedgerow.ledger.checks import check
from hedgerow.ledger.entries import Draft
from hedgerow.ledger.index import index_path, items, refreshed
from hedgerow.ledger.journal import writing

PARTNERSHIPS, ENTRIES = 20, 1_000


def measurements() -> Iterator[Line]:
    """All targets, in their order."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["XDG_CACHE_HOME"] = place  # the index of this run stays with this run
        ledger = Path(place) / "ledger"
        ledgers.write_synthetic(ledger, partnerships=PARTNERSHIPS, entries=ENTRIES)
        yield from _whole(ledger)
        yield from _appended(ledger, "among 20 partnerships")
        long = Path(place) / "long"
        ledgers.write_synthetic(long, partnerships=1, entries=PARTNERSHIPS * ENTRIES)
        yield from _appended(long, "in one partnership")
        yield from _flips(ledger)
        yield from _writers(Path(place) / "writers")
        yield from _kills(Path(place) / "kills")


def _whole(ledger: Path) -> Iterator[Line]:
    """Everything that reads all entries, beside parsing and hashing the same files."""
    bare = _seconds(lambda: _bare(ledger))
    checked = _seconds(lambda: check(ledger))
    yield Line(1, "problems in a ledger without a fault", float(len(check(ledger))), 0)
    yield Line(1, "check of 20,000 entries, s", checked, 3)
    yield Line(1, "check / json.loads and sha256 of the same files", checked / bare, 15)
    rebuilt = _seconds(lambda: _rebuild(ledger))
    yield Line(2, "index of 20,000 entries made anew, s", rebuilt, 5)
    yield Line(2, "index made anew / the same bare work", rebuilt / bare, 15)
    yield Line(2, "index when nothing is new / made anew", _seconds(lambda: _refresh(ledger)) / rebuilt, 0.2)
    yield Line(2, "all entries from the index / check", _seconds(lambda: items(ledger)) / checked, 1)


def _appended(ledger: Path, where: str) -> Iterator[Line]:
    """One entry more, beside a bare durable write of as many bytes."""
    times, bare, beside = [], [], ledger.with_name("bare")
    beside.mkdir(exist_ok=True)
    for k in range(200):
        draft = Draft(ledgers.outcome(f"more-{k}", "goal-0"), "bench")
        start = time.perf_counter()
        with writing(ledger, "partnership-0") as chain:
            written = chain.append(draft)
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        _durable(beside, f"{k}.json", written.content)
        bare.append(time.perf_counter() - start)
    own = statistics.median(t - b for t, b in zip(times, bare, strict=True))
    yield Line(3, f"append to 20,000 entries {where}, median, ms", 1e3 * statistics.median(times), 5)
    yield Line(3, "of which not the disk's own flushes, ms", 1e3 * own, 2)
    yield Line(3, "append / a bare durable write", statistics.median(times) / statistics.median(bare), 4)


def _flips(ledger: Path) -> Iterator[Line]:
    """One bit at a time; only the folder of the entry is read, as `check` reads every folder."""
    rng, missed = random.Random(4), 0  # noqa: S311  no secret
    small = ledger.parent / "flips"
    ledgers.write_synthetic(small, partnerships=2, entries=30)
    files = sorted(small.rglob("*.json"))
    for _ in range(1_000):
        path = rng.choice(files)
        before = ledgers.flipped(path, rng)
        named = {problem.file for problem in check(small)}
        missed += f"{path.parent.name}/{path.name}" not in named
        path.write_bytes(before)
    yield Line(4, "bit flips missed, of 1,000", float(missed), 0)


def _writers(ledger: Path) -> Iterator[Line]:
    start = time.perf_counter()
    wrote = ledgers.write_together(ledger, "together", writers=8, entries=500)
    seconds = time.perf_counter() - start
    yield Line(5, "entries lost by 8 writers x 500", float(len(wrote - _ids(ledger))), 0)
    yield Line(5, "problems after them", float(len(check(ledger))), 0)
    yield Line(5, "an entry among 8 writers, ms", 1e3 * seconds / len(wrote), 50)


def _kills(ledger: Path) -> Iterator[Line]:
    acknowledged = ledgers.write_and_kill(ledger, "killed", kills=200, seed=5)
    yield Line(6, "acknowledged entries lost by 200 kills", float(len(acknowledged - _ids(ledger))), 0)
    harmful = [problem for problem in check(ledger) if not problem.harmless]
    yield Line(6, "problems after them", float(len(harmful)), 0)


def _ids(ledger: Path) -> set[str]:
    return {item.entry.record.id for item in items(ledger)}


def _bare(ledger: Path) -> None:
    for path in ledger.rglob("*.json"):
        content = path.read_bytes()
        hashlib.sha256(content).hexdigest()
        json.loads(content)


def _rebuild(ledger: Path) -> None:
    for path in index_path(ledger).parent.glob(f"{index_path(ledger).name}*"):
        path.unlink()
    _refresh(ledger)


def _refresh(ledger: Path) -> None:
    with refreshed(ledger) as connection:
        count: sqlite3.Cursor = connection.execute("SELECT count(*) FROM entries")
        count.fetchone()


def _durable(folder: Path, name: str, content: bytes) -> None:
    """What no journal that keeps its word can do without: the file flushed, named, and its name flushed."""
    partial = folder / ".partial"
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(folder / name)
    place = os.open(folder, os.O_RDONLY)
    os.fsync(place)
    os.close(place)


def _seconds(call: Callable[[], object]) -> float:
    """The better of two calls."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    show(measurements(), None, __doc__)
