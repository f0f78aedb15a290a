"""Plans with more options than can be ranked one by one: which pairs are solved, and which bundles are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt

from hedgerow.compute import Work
from hedgerow.planning.portfolio.bundles import terms
from hedgerow.planning.portfolio.cases import Case
from hedgerow.planning.portfolio.layout import Laid, Request, Solved, settings_of
from hedgerow.planning.portfolio.limits import Rows
from hedgerow.planning.portfolio.nodes import Nodes, solve_nodes
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.participation import ROUNDING
from hedgerow.planning.portfolio.programme import Gains, Programme
from hedgerow.planning.portfolio.ranking import ATTITUDES, TAIL, Reading, effects_of, read, terms_of
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.planning.question import Question

__all__ = ["PAIRED", "completed", "considered", "programme_of", "screened"]

PAIRED = 20
"""Options whose pairs are solved: 190 of them, where forty options have 780."""
AVERSIONS = (0.25, 0.5, 2.0, 8.0, 32.0, 1024.0)
"""Beside those of the attitudes; the last one leaves the bundle of the smallest tail."""


def screened(
    question: Question, case: Case, options: Sequence[Option], laid: Laid, *, request: Request, work: Work
) -> tuple[tuple[str, ...], Nodes]:
    """Ids of the options that change the actor's income most, by themselves and in any regime that never ends.

    Interactions are products of what two options move, so that small options have small ones.

    Args:
        question: who plans.
        case: the central reading.
        options: all of them.
        laid: courses on which one regime rules for good.
        request: gives the horizon.
        work: processes, a folder to resume from, progress.
    """
    alone = replace(request, paired=())
    settings = settings_of(question, case, options, alone, ages=1 + int(laid.course.age.max()))
    nodes = completed(solve_nodes(settings, laid.course.spells, work), settings.additions.members)
    effects, _ = effects_of(question.actor, case.economy, options, nodes, Reading())
    shares = np.array([option.share(request.horizon.years) for option in options])
    found = terms(effects, laid.course, shares=shares, weights=request.horizon.weights)
    size = np.abs(found.single - found.empty).max(axis=1)
    solved = [k for k, option in enumerate(options) if option.solved]
    kept = sorted(solved, key=lambda k: -size[k])[:PAIRED]
    return tuple(options[k].id for k in sorted(kept)), nodes


def completed(nodes: Nodes, members: Sequence[tuple[int, ...]]) -> Nodes:
    """The same nodes with every pair; one that was not solved is the sum of what both options do alone.

    Args:
        nodes: solved.
        members: what each addition holds: nothing, single options, some pairs, and the power's answer last.
    """
    count = sum(len(held) == 1 for held in members) - 1
    if len(members) == 2 + count + count * (count - 1) // 2:
        return nodes
    income, place = nodes.log_income, {held: at for at, held in enumerate(members)}
    missing = np.array([pair for pair in combinations(range(count), 2) if pair not in place]).reshape(-1, 2)
    summed = income[:, 1 + missing[:, 0]] + income[:, 1 + missing[:, 1]] - income[:, :1]
    pairs = [*(held for held in members if len(held) == 2), *map(tuple, missing.tolist())]
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    both = np.concatenate([income[:, 1 + count : -1], summed], axis=1)[:, order]
    return replace(nodes, log_income=np.concatenate([income[:, : 1 + count], both, income[:, -1:]], axis=1))


def programme_of(
    question: Question, options: Sequence[Option], solved: Solved, *, request: Request, rows: Rows
) -> Programme:
    """The integer programme of a chain, at central costs and chances of punishment."""
    laid = solved.laid
    setting = laid.setting(solved.case.outlook, request.horizon)
    consent = solved.consent(options, request.horizon)
    asked = (consent.asked & ~rows.required)[:, None]
    return Programme(
        terms=terms_of(question, solved.economy, options, solved.nodes, course=laid.course, setting=setting),
        cost=read([option.cost for option in options], 0.5),
        weight=laid.paths.weight,
        tail=TAIL,
        rows=rows,
        gains=Gains(consent.alone * asked, consent.cross * asked[:, None], ROUNDING),
    )


def considered(programmes: Sequence[Programme]) -> Mask:
    """Bundles that a plan compares: nothing, single options, and every chain's optimum at every aversion. [B, K]

    Small ones before large; more weight on the tail traces the part of the frontier that is convex.
    """
    aversions = (*(attitude.aversion for attitude in ATTITUDES), *AVERSIONS)
    best = np.array([one.best(aversion).bundle for one in programmes for aversion in aversions])
    single = np.eye(best.shape[1], dtype=bool)
    every = np.concatenate([np.zeros((1, len(single)), dtype=bool), single, best])
    distinct: npt.NDArray[np.int_] = np.sort(np.unique(every, axis=0, return_index=True)[1])
    return np.asarray(every[distinct[np.argsort(every[distinct].sum(axis=1), kind="stable")]])
