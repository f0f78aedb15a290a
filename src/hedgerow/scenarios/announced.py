"""The American tariffs announced on 2 April 2025, as policies."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from hedgerow.data.embedded import read_embedded
from hedgerow.data.readers.us_tariffs import EU
from hedgerow.dims import REST_OF_WORLD
from hedgerow.scenarios.us_schedule import EU_MEMBERS, USA
from hedgerow.trade.policy import Policy, TariffChange
from hedgerow.world.world import World

SOURCE = "ustr-2025-04-02"


@cache
def announced_rates() -> Mapping[str, tuple[float, float]]:
    """Rate announced on 2 April 2025 and US goods imports of 2023 in MUSD, by ISO-3 code."""
    rows = csv.DictReader(read_embedded("us-liberation-day.csv").decode().splitlines())
    return {row["iso3"]: (float(row["rate"]), float(row["us_imports_musd"] or 0.0)) for row in rows}


def announced_in(world: World) -> Mapping[str, float]:
    """The announced rates by actor of a world; actors without one are absent, the United States always.

    The rest of the world bears the mean rate of the economies inside it, weighted by US imports.
    """
    found = {}
    for code in world.codes:
        rate = _rest_rate(world) if code == REST_OF_WORLD else announced_rates().get(code, (0.0, 0.0))[0]
        if code != USA and rate != 0.0:
            found[code] = rate
    return found


def announced_tariffs(world: World, *, answered: bool, only: str | None = None) -> Policy:
    """The announced tariffs on goods, added to those in force.

    Args:
        world: gives the actors.
        answered: whether everyone puts the same rate on American goods.
        only: an economy, or ``EU``, to be taxed alone.
    """
    wanted = EU_MEMBERS if only == EU else {only}
    parts = []
    for code, rate in announced_in(world).items():
        if only is None or code in wanted:
            parts.append(TariffChange(exporters=(code,), importers=(USA,), sectors=world.goods, add=rate))
    policy = Policy(tuple(parts))
    return policy + answers_in_kind(policy) if answered else policy


def answers_in_kind(policy: Policy) -> Policy:
    """The same rates the other way round: whoever is taxed taxes as much, on the same sectors."""
    return Policy(
        tuple(
            TariffChange(exporters=part.importers, importers=part.exporters, sectors=part.sectors, add=part.add)
            for part in policy.parts
            if isinstance(part, TariffChange)
        )
    )


def _rest_rate(world: World) -> float:
    inside = [pair for code, pair in announced_rates().items() if code not in world.codes]
    bought = sum(imports for _, imports in inside)
    return sum(rate * imports for rate, imports in inside) / bought
