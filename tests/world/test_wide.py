"""Wide tables hold what long ones hold."""

from __future__ import annotations

import pandas as pd

from hedgerow.world.wide import lengthened, widened

SECTORS = ("a", "b", "c")
LONG = pd.DataFrame(
    [("X", "Y", "a", 1.5, False), ("X", "Y", "b", 0.0, True), ("Y", "X", "a", 0.0, True), ("Y", "X", "b", 2.0, True),
     ("Z", "X", "a", 0.0, False), ("Z", "X", "b", 0.0, False)],
    columns=["exporter", "importer", "sector", "rate", "flag"],
)  # fmt: skip


def test_there_and_back() -> None:
    wide = widened(LONG, ("rate", "flag"), SECTORS)
    assert wide.columns.tolist() == ["exporter", "importer", "a", "b", "flag"]
    assert wide["flag"].tolist() == ["b", "*"]  # the row of Z holds nothing and is left out
    keys = ["exporter", "importer", "sector"]
    back = lengthened(wide, ("rate", "flag"), SECTORS).sort_values(keys)[LONG.columns].reset_index(drop=True)
    expected = LONG[LONG["exporter"] != "Z"].sort_values(keys).reset_index(drop=True)
    pd.testing.assert_frame_equal(back, expected)


def test_a_long_table_is_left_alone() -> None:
    assert lengthened(LONG, ("rate", "flag"), SECTORS) is LONG
