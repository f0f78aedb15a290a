"""How sure the brief is, in words."""

from __future__ import annotations

from hedgerow.planning.exposure import Exposure
from hedgerow.planning.uncertainty.answer import Uncertainty
from hedgerow.planning.uncertainty.numbers import TOGETHER, TOLERANCE
from hedgerow.planning.uncertainty.variance import Decided
from hedgerow.reporting.brief import Passage
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.tables_uncertainty import TITLES


def how_sure(exposed: Exposure, unsure: Uncertainty | None) -> Passage:
    """What the bands are, what they leave out, and which assumption decides."""
    if unsure is None:
        text = "No draws were asked for (--draws 0): point estimates only, and nothing here says how sure they are."
        return Passage(title="How sure", paragraphs=(text,))
    drawn = unsure.bands
    main, saved = unsure.headline.outputs["headline"], unsure.headline.outputs["insurance"]
    return Passage(
        title="How sure",
        paragraphs=(
            f"Small numbers under a number run from the 5th to the 95th of a hundred of {drawn.draws} draws (seed "
            f"{drawn.seed}) of everything in the table of what is varied, in this world; they are widened where needed "
            "to hold the answer at the elasticity level of Boehm, Levchenko and Pandalai-Nayar (2023), a mean of 1.12. "
            f"Each draw is solved exactly, to {TOLERANCE:g}; {drawn.failed} of {drawn.solves:,} counterfactuals found "
            "no answer.",
            _central(exposed, main),
            f"{_decides('headline', main)} {_decides('insurance value', saved)}",
            "Named assumptions (θ = 4, deficits closed, finer sectors and others) stand beside the number as single "
            "answers and have no band. Also without a band: first-year effects, published estimates of others. Not "
            "varied: tariff data, output and purchases by sector, the model itself.",
        ),
    )


def loss_band(unsure: Uncertainty) -> tuple[float, float]:
    """The headline over all worlds, % of income."""
    main = unsure.headline.outputs["headline"]
    return main.low, main.high


def avoided_band(unsure: Uncertainty) -> tuple[float, float] | None:
    """The share of the loss that all agreements avoid, in per cent; None where there is no loss."""
    return unsure.bands.ends.get(("together", (TOGETHER,), "avoided_share_pct"))


def _central(exposed: Exposure, main: Decided) -> str:
    share = 100 * exposed.headline.actor.share
    below = float((main.values < share).mean())
    place = "inside" if main.low <= share <= main.high else "outside"
    return (
        f"The headline, {written(share, 2)}%, lies {place} its band over all world tables, {written(main.low, 2)} to "
        f"{written(main.high, 2)}%: {below:.0%} of the draws are a worse loss. It is the answer at the published "
        "elasticities in this world, not the middle of what is possible."
    )


def _decides(name: str, found: Decided) -> str:
    if not found.shares:
        return f"Nothing that is varied moves the {name}."
    (first, share), *rest = found.shares.items()
    low, high = (100 * end for end in share.total_range)
    text = (
        f"What decides the {name} is “{TITLES[first]}”: with all it acts through it carries "
        f"{100 * share.total:.0f}% of the variance ({low:.0f} to {high:.0f}%)"
    )
    close = [group for group, other in rest if other.total_range[1] >= share.total_range[0]]
    if close:
        names = " and ".join(f"“{TITLES[group]}”" for group in close)
        text += f"; with so many draws {names} cannot be ranked behind it for sure"
    return f"{text}."
