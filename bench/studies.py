"""What an equilibrium of an atlas and of a coalition costs, beside the same equilibria solved singly."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from hedgerow.compute import Work
from hedgerow.planning.atlas.answer import atlas
from hedgerow.planning.atlas.bundles import pairs_of
from hedgerow.planning.atlas.grid import SEVERITIES
from hedgerow.planning.coalition.answer import coalition, setting_of
from hedgerow.planning.hypotheses import central
from hedgerow.planning.links import links_among, policy_of
from hedgerow.planning.lottery import lottery
from hedgerow.planning.portfolio.outlooks import OUTLOOKS, outlook
from hedgerow.planning.question import ask
from hedgerow.planning.swings import headline
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import Policy
from hedgerow.world import io

COUNTRIES = ("CAN", "MEX", "JPN")
SINGLY = 40
"""Equilibria solved one by one for comparison."""
REPEATS = 5
"""Ratios, each of neighbours in time, of which the middle one counts."""


def atlas_over_single(world_id: str) -> float:
    """Equilibria per second of an atlas of three countries over single solves of such policies."""
    world = io.load(world_id)
    questions = [ask(world, code, "USA") for code in COUNTRIES]
    economy = central(world).economy
    pairs = pairs_of(world, questions[0].power, [one.signatory for one in questions])
    storms = [headline(replace(questions[0], tariff=severity)).policy for severity in SEVERITIES]
    policies = [*storms, *(policy_of(economy, (pair,)) for pair in pairs[:: len(pairs) // (SINGLY // 2)])]
    return _over_single(lambda: atlas(questions, work=Work()).record.solves, economy, policies)


def coalition_over_single(world_id: str) -> float:
    """The same for a coalition of the three, with the search for plans, leavers, outsiders and readings."""
    setting = setting_of(io.load(world_id), COUNTRIES, "USA")
    seen = outlook(OUTLOOKS[0], setting.question)
    economy = central(setting.world).economy
    regimes = lottery(setting.question, seen, seen.chains[0]).policies
    links = links_among(setting.world, setting.members)
    policies = [policy_of(economy, (one,)) + regime for one in links for regime in regimes]
    return _over_single(lambda: coalition(setting, seen).record.solves, economy, policies)


def _over_single(study: Callable[[], int], economy: Economy, policies: Sequence[Policy]) -> float:
    """Equilibria per second of a study, which returns how many it solved, over those of single solves."""
    some = policies[:SINGLY]

    def singly() -> int:
        return len([solve(economy, one) for one in some])

    study(), singly()
    return statistics.median(_per_second(study) / _per_second(singly) for _ in range(REPEATS))


def _per_second(work: Callable[[], int]) -> float:
    start = time.perf_counter()
    count = work()
    return count / (time.perf_counter() - start)
