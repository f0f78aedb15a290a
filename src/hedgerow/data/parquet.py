"""Tables as Parquet, through DuckDB: the same rows give the same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pandas as pd


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A table as a Parquet file, written on one thread."""
    with tempfile.TemporaryDirectory() as place, duckdb.connect(config={"threads": 1}) as connection:
        path = Path(place) / "table.parquet"
        connection.register("rows_to_write", frame)
        connection.execute(f"COPY rows_to_write TO '{path.as_posix()}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


def read_parquet(path: Path) -> pd.DataFrame:
    """The table in a Parquet file.

    Raises:
        duckdb.Error: it is no such file.
    """
    with duckdb.connect(config={"threads": 1}) as connection:
        frame: pd.DataFrame = connection.read_parquet(path.as_posix()).df()
    return frame
