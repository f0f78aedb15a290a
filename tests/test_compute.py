"""The map over tasks: order, processes, resuming, damage."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from hedgerow.compute import content_hash, mapped


def tenfold(shared: int, task: int) -> np.ndarray:
    return np.array([shared * task])


def none_of(shared: int, task: int) -> None:
    return None


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_their_tasks(processes: int) -> None:
    found = list(mapped(tenfold, 10, [3, 1, 2], processes=processes))
    assert [int(one[0]) for one in found] == [30, 10, 20]


def test_what_is_kept_is_not_done_again_unless_damaged(tmp_path: Path) -> None:
    done: list[int] = []

    def counting(shared: int, task: int) -> int:
        done.append(task)
        return shared * task

    def again(tasks: list[int]) -> list[int]:
        done.clear()
        return list(mapped(counting, 10, tasks, cache=tmp_path / "results", key=content_hash))

    assert again([1, 2]) == [10, 20]
    assert again([2, 3]) == [20, 30]
    assert done == [3]
    for place in (tmp_path / "results").iterdir():
        place.write_bytes(place.read_bytes()[:-1])
    assert again([1]) == [10]
    assert done == [1]


def test_nothing_is_a_result_too(tmp_path: Path) -> None:
    assert list(mapped(none_of, 1, [1], cache=tmp_path, key=content_hash)) == [None]
    assert list(mapped(none_of, 1, [1], cache=tmp_path, key=content_hash)) == [None]
    assert len(list(tmp_path.iterdir())) == 1


@dataclass(frozen=True, eq=False)
class Holder:
    values: np.ndarray
    name: str = ""


def test_the_hash_sees_every_part() -> None:
    one = Holder(np.arange(3.0))
    assert content_hash(one, (1, 2)) == content_hash(Holder(np.arange(3.0)), (1, 2))
    others = [(Holder(np.arange(3)), (1, 2)), (Holder(np.arange(3.0), "x"), (1, 2)), (one, (1, (2,))), (one, (1, 3))]
    assert len({content_hash(*parts) for parts in [*others, (one, (1, 2))]}) == 5
