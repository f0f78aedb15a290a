"""Who shares the burden of a scenario, and whom it is aimed at, in one world."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hedgerow.scenarios import schema
from hedgerow.scenarios.names import Names
from hedgerow.trade.changes import Part, TariffRateQuota
from hedgerow.written.mistakes import Mistakes

PLACE = ("coalition",)


@dataclass(frozen=True)
class Coalition:
    """Actors with accounts in the world."""

    members: tuple[str, ...]
    target: tuple[str, ...]


def resolved(written: schema.Coalition, names: Names) -> Coalition:
    """The actors behind the names of a file; mistakes go to ``names``."""
    members = names.actors(written.members, (*PLACE, "members"))
    target = names.actors(written.target, (*PLACE, "target"))
    both = [code for code in members if code in target]
    if both:
        names.wrong.add(
            (*PLACE, "members"), f"{', '.join(both)} cannot share the burden of what is aimed at {' and '.join(both)}"
            "; take it out of members or of target", word=both[0])  # fmt: skip
    counted: dict[str, str] = {}
    for word in written.members:
        code = _single(names, word)
        if code in counted:
            names.wrong.add((*PLACE, "members"), f"{word} is {counted[code]}, named before; name it once", word=word)
        elif code:
            counted[code] = word
    return Coalition(members, target)


def refuse_quotas(changes: Iterable[Part], wrong: Mistakes) -> None:
    """No quota can be solved together with transfers."""
    if any(isinstance(change, TariffRateQuota) for change in changes):
        wrong.add(PLACE, "cannot share the burden of a [[quota]]; write a [[tariff]] at the rate that will be in force")


def _single(names: Names, word: str) -> str:
    """The code of a word that stands for one economy; empty for groups and words that nobody knows."""
    quiet = Names(names.world, names.day, Mistakes("", names.wrong.lines))
    found = quiet.group(word, PLACE)
    return found[0] if len(found) == 1 else ""
