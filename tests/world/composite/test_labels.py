"""Who has accounts of its own, and where everyone else goes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from hedgerow.world.composite.classifications import CHAPTERS, GOODS, GTAP, GTD, ICIO, SECTORS, WIOD, WITS, membership
from hedgerow.world.composite.labels import FOLD, Labels
from hedgerow.world.concordances import COMPOSITE_14, VIEW_15

LABELS = Labels.composite(("CAN", "CHN", "HKG", "LAO", "BRN", "USA", "ROW"))


def test_the_fold_list() -> None:
    assert {**FOLD} == {"HKG": "CHN", "LAO": "ROW", "BRN": "ROW"}
    assert LABELS.codes == ("CAN", "CHN", "USA", "ROW")


@pytest.mark.parametrize(
    ("code", "into"), [("HKG", "CHN"), ("LAO", "ROW"), ("BRN", "ROW"), ("FJI", "ROW"), ("CAN", "CAN")]
)
def test_every_code_goes_somewhere(code: str, into: str) -> None:
    assert LABELS.codes[LABELS.of(code)] == into


def test_sums_keep_every_dollar() -> None:
    pairs = pd.MultiIndex.from_tuples([("HKG", "CHN"), ("HKG", "USA"), ("CHN", "USA"), ("FJI", "CAN")])
    table = LABELS.by_pair(pd.Series([1.0, 2.0, 4.0, 8.0], index=pairs))
    assert table.sum() == 15.0
    assert table[LABELS.of("CHN"), LABELS.of("USA")] == 6.0
    assert table[LABELS.of("CHN"), LABELS.of("CHN")] == 1.0
    np.testing.assert_array_equal(LABELS.by_actor(pd.Series({"HKG": 1.0, "TUV": 2.0})), [0.0, 1.0, 0.0, 2.0])


def test_sectors_are_the_view_of_wiod_with_fuels_beside_mining() -> None:
    assert len(COMPOSITE_14) == 14
    assert set(SECTORS) == {s.id for s in VIEW_15} - {"mining", "fuels"} | {"mining-fuels"}
    assert [s.goods for s in COMPOSITE_14] == [True] * GOODS + [False] * 3
    assert sorted(WIOD) == sorted(f"c{k}" for k in range(1, 36))


def test_classifications_cover_what_they_must() -> None:
    assert len(ICIO) == 45
    assert sorted(CHAPTERS) == list(range(1, 98))
    assert set(CHAPTERS.values()) == set(GTAP.values()) == set(range(GOODS))
    assert set(GTD) == set(WITS) == set(SECTORS[:GOODS])
    matrix = membership(ICIO, ICIO)
    np.testing.assert_array_equal(matrix.sum(axis=1), 1.0)
    assert (matrix.sum(axis=0) > 0).all()
