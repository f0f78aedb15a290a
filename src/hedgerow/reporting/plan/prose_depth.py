"""What doubt, waiting, limits and a search add to a plan, in words."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.portfolio.beyond import PAIRED
from hedgerow.planning.portfolio.doubt import ends
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.reporting.brief import Passage
from hedgerow.reporting.plan.prose import steps
from hedgerow.reporting.prose import enumerated, in_prose

__all__ = ["depth_cautions", "depth_method"]


def depth_cautions(found: Plan) -> tuple[str, ...]:
    """One sentence each on limits and on a search; on doubt and on waiting where they change the advice."""
    limits = str(found.request.limits)
    return (
        *([f"Within {limits}."] if limits else []),
        *([] if found.ranking.complete else [_search(found)]),
        *_doubt(found),
        *_waiting(found),
    )


def _search(found: Plan) -> str:
    solved = len(found.request.paired or ())
    count = len(found.options)
    added = count * (count - 1) // 2 - solved * (solved - 1) // 2
    return (
        f"{count} options are too many to rank every bundle: an integer programme finds the best ones. Pairs are "
        f"solved among the {solved} options that change income most; the other {added} pairs are taken to add up. "
        "Shapley values and how sure it is need twelve options or fewer."
    )


def _doubt(found: Plan) -> tuple[str, ...]:
    """Empty where the robust bundle of the cautious is the plan's."""
    doubt, actor = found.doubt.of("cautious"), in_prose(found.question.actor.name)
    assumed, worst = found.doubt.assumed.mean(axis=0), found.doubt.worst.mean(axis=0)
    most = int((worst - assumed).argmax())
    regime = found.outlook.regimes[most].label
    prior = (
        f"the worst prior that {doubt.years:g} years of data could not tell from the chain, under which "
        f"“{regime}” rules in {100 * worst[most]:.0f} % of years instead of {100 * assumed[most]:.0f} %"
    )
    if doubt.place == found.recommended["cautious"]:
        return ()
    does = steps(found, found.ranking.bundles[doubt.place]) or "does nothing"
    return (f"Doubting the chances, a cautious {actor} {does} instead: best under {prior}.",)


def _waiting(found: Plan) -> tuple[str, ...]:
    """Empty where nothing is better left for another regime."""
    timing = found.timing
    later = np.any([timing.later(k) for k in range(len(found.outlook.regimes))], axis=0) & ~timing.now
    now, wait = (
        [option.id for option, said in zip(timing.options, mask, strict=True) if said] for mask in (timing.now, later)
    )
    if not wait:
        return ()
    value, sunk = 100 * float(timing.plain.option_value[timing.start]), 100 * ends("waiting", "sunk")[1]
    return (
        f"Sign now: {enumerated(now) or 'nothing'}. Wait with {enumerated(wait)}. Being free to wait is worth "
        f"{value:.4f} % of income a year if {sunk:.0f} % of every cost is sunk; "
        "with no sunk cost it would be worth nothing.",
    )


def depth_method(found: Plan) -> Passage:
    """How doubt and waiting are computed."""
    error = 100 * ends("doubt", "error")[1]
    search = (
        f"Beyond twelve options, pairs among the {PAIRED} that change income most are solved, and the best bundles at "
        "nine aversions to the tail are optima of a mixed-integer programme, solved whole like the others."
    )
    return Passage(
        title="Doubt, waiting, search",
        paragraphs=(
            "Doubt: every distribution of courses counts that is within a radius of relative entropy of the chain's, "
            "and the worst decides. The radius is that of chains which a test on so many years of data takes for each "
            f"other in {error:g} % of cases. The robust bundle is looked for among the best bundles without doubt.",
            "Waiting: options are signed when it suits in an endless chain; the sunk part of a cost is paid at signing "
            "and the rest only in years in which the option is used.",
            *([] if found.ranking.complete else [search]),
        ),
    )
