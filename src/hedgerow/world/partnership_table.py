"""Partnerships as rows of ``partnerships.csv``: lists are joined with ``|``, sides with ``;``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from hedgerow.world.partnerships import Partnership, PartnershipKind, Suspension


def to_frame(partnerships: Iterable[Partnership]) -> pd.DataFrame:
    """One row a partnership."""
    rows = [
        {
            "id": p.id,
            "title": p.title,
            "kind": p.kind.value,
            "members": "|".join(p.members),
            "sides": ";".join("|".join(side) for side in p.sides),
            "entered": "|".join(f"{code}:{day.isoformat()}" for code, day in p.entered),
            "suspended": "|".join(f"{s.one}:{s.other}:{s.since.isoformat()}" for s in p.suspended),
            "since": p.since.isoformat(),
            "source": p.source,
            "evidence": p.evidence,
        }
        for p in partnerships
    ]
    names = ["id", "title", "kind", "members", "sides", "entered", "suspended", "since", "source", "evidence"]
    return pd.DataFrame(rows, columns=names)


def from_frame(frame: pd.DataFrame) -> tuple[Partnership, ...]:
    """The partnerships of a table; sides, later entries and suspensions may be absent."""
    return tuple(_partnership(row) for row in frame.itertuples())


def _partnership(row: Any) -> Partnership:
    return Partnership(
        id=row.id,
        title=row.title,
        kind=PartnershipKind(row.kind),
        members=_split(row.members, "|"),
        since=date.fromisoformat(row.since),
        source=row.source,
        evidence=row.evidence,
        sides=tuple(_split(side, "|") for side in _split(getattr(row, "sides", ""), ";")),
        entered=tuple((code, date.fromisoformat(day)) for code, day in _cells(getattr(row, "entered", ""))),
        suspended=tuple(
            Suspension(one, other, date.fromisoformat(day)) for one, other, day in _cells(getattr(row, "suspended", ""))
        ),
    )


def _split(text: str, mark: str) -> tuple[str, ...]:
    return tuple(text.split(mark)) if text else ()


def _cells(text: str) -> list[list[str]]:
    return [cell.split(":") for cell in _split(text, "|")]
