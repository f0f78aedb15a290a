"""Large tables written with one column a sector: the same numbers in a third of the bytes."""

from __future__ import annotations

import pandas as pd

from hedgerow.dims import SECTOR

EVERY = "*"
"""In a column of flags: all sectors of the table."""


def widened(frame: pd.DataFrame, names: tuple[str, ...], sectors: tuple[str, ...]) -> pd.DataFrame:
    """A long table with one column a sector; rows without a value or flag are left out.

    Args:
        frame: one row a cell; columns are labels, the last of them ``sector``, and layers.
        names: the layers; the first holds values, the others flags, each written as the ids of the sectors that
            have it.
        sectors: ids in their order.
    """
    keys = [column for column in frame.columns if column not in {SECTOR, *names}]
    held = [s for s in sectors if s in set(frame[SECTOR])]
    order = frame[keys].drop_duplicates()

    def spread(name: str) -> pd.DataFrame:
        table = frame.pivot(index=keys, columns=SECTOR, values=name).reindex(columns=held)
        return table.reindex(pd.MultiIndex.from_frame(order)).fillna(0)

    wide = spread(names[0]).astype(float)
    kept = wide.to_numpy().any(axis=1)
    for name in names[1:]:
        flags = spread(name).astype(bool)
        listed = ["|".join(s for s, flag in zip(held, row, strict=True) if flag) for row in flags.to_numpy()]
        wide[name] = [EVERY if text == "|".join(held) else text for text in listed]
        kept |= flags.to_numpy().any(axis=1)
    found = wide[kept].reset_index()
    found.columns.name = None
    return found


def lengthened(table: pd.DataFrame, names: tuple[str, ...], sectors: tuple[str, ...]) -> pd.DataFrame:
    """The long table again, one row a cell; a table that is long already is returned as it is."""
    if names[0] in table.columns:
        return table
    held = [s for s in sectors if s in table.columns]
    keys = [column for column in table.columns if column not in {*held, *names}]
    long = table.melt(id_vars=[*keys, *names[1:]], value_vars=held, var_name=SECTOR, value_name=names[0])
    for name in names[1:]:
        sets = {text: set(held) if text == EVERY else set(text.split("|")) for text in table[name].unique()}
        long[name] = [s in sets[text] for s, text in zip(long[SECTOR], long[name], strict=True)]
    return long
