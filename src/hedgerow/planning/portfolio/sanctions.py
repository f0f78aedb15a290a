"""Who is under broad sanctions by whom: partners that a plan does not propose by itself."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hedgerow.planning.question import Question
from hedgerow.world.memberships import CHECKED_TO, members_on, organisations
from hedgerow.world.parties import Party

__all__ = ["SanctionRow", "sanctions_among", "sanctions_between", "sanctions_rows"]


@dataclass(frozen=True)
class SanctionRow:
    """One line of ``library/sanctions.csv``."""

    sender: str
    """ISO-3 code, or the id of an organisation whose members are meant."""
    target: str
    """ISO-3 code."""
    since: int
    """Year."""
    source: str
    note: str

    def by(self, codes: set[str]) -> bool:
        """Whether one of these economies is a sender."""
        senders = members_on(CHECKED_TO, self.sender) if self.sender in organisations() else (self.sender,)
        return not codes.isdisjoint(senders)


@cache
def sanctions_rows() -> tuple[SanctionRow, ...]:
    """The table, in its order."""
    text = (files("hedgerow.planning.portfolio") / "library" / "sanctions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        SanctionRow(row["sender"], row["target"], int(row["since"]), row["source"], row["note"]) for row in rows
    )


def sanctions_between(question: Question, partner: Party) -> SanctionRow | None:
    """The sanctions of the actor's side on a partner, or the partner's on it; None where there are none."""
    return sanctions_among((*question.signatory.members, *question.actor.members), partner.members)


def sanctions_among(ones: Iterable[str], others: Iterable[str]) -> SanctionRow | None:
    """The sanctions of one side on the other, either way; None where there are none.

    A bloc is met as one: it sets one tariff, so that whoever signs with it signs with its member under sanctions.

    Args:
        ones: codes of one side.
        others: codes of the other.
    """
    side, other = set(ones), set(others)
    for row in sanctions_rows():
        if (row.by(side) and row.target in other) or (row.by(other) and row.target in side):
            return row
    return None
