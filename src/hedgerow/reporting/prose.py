"""The sentences of a brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.planning.effects import NOISE
from hedgerow.planning.exposure import Exposure, SwingResult
from hedgerow.planning.history import why_no_history
from hedgerow.planning.partnerships import Partnerships
from hedgerow.planning.question import Question
from hedgerow.planning.swings import percent
from hedgerow.reporting.brief import Passage
from hedgerow.reporting.charts_text import MINUS, written
from hedgerow.world.balance import deficits
from hedgerow.world.checks import imputed_share
from hedgerow.world.world import World

NOT_INSURANCE = 0.10
"""Below this share of the loss avoided, the bottom line says that agreements are no insurance."""
_NAMED = 12
"""Economies named in one sentence at most."""
_CARRIERS = 3
"""Sectors named in the bottom line."""
_WITH_ARTICLE = ("United", "Netherlands", "Rest of")
_BLOCS_WITH_ARTICLE = ("Union", "Council")
_LARGE_DEFICIT = 0.10


def in_prose(name: str) -> str:
    """A name as it stands in a sentence: ``the United States``, ``Canada``."""
    return f"the {name}" if name.startswith(_WITH_ARTICLE) or name.endswith(_BLOCS_WITH_ARTICLE) else name


def possessive(name: str) -> str:
    """``Canada's``, ``the United States'``."""
    return f"{in_prose(name)}'" if name.endswith("s") else f"{in_prose(name)}'s"


def enumerated(words: Sequence[str]) -> str:
    """Words as people list them: ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def sentence_case(text: str) -> str:
    """The same sentence with a capital letter first."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Spread:
    """Bands as the bottom line tells them, in per cent."""

    low: float
    high: float
    """Change of income under the headline swing."""
    avoided: tuple[float, float] | None
    """Of the loss, by all agreements; None where there is no loss."""
    draws: int
    worlds: int


def bottom_line(
    question: Question, exposed: Exposure, helped: Partnerships, spread: Spread | None = None
) -> tuple[str, str, str]:
    """What an adviser remembers: the loss, who carries it, and whether partners would help."""
    return (*exposure_lines(question, exposed, spread), _partners_sentence(question, helped, spread))


def exposure_lines(question: Question, exposed: Exposure, spread: Spread | None = None) -> tuple[str, str]:
    """The loss, and who carries it."""
    return _loss_sentence(question, exposed, spread), _carriers_sentence(question, exposed)


def _loss_sentence(question: Question, exposed: Exposure, drawn: Spread | None) -> str:
    actor, power = in_prose(question.actor.name), in_prose(question.power.name)
    own = exposed.headline.actor
    low, high = exposed.range
    answer = f" and {in_prose(question.signatory.name)} answered in kind" if question.retaliation else ""
    if drawn is not None:
        low, high = drawn.low / 100, drawn.high / 100
    ends = f"{_size(high)} to {_size(low)}%" if high < 0 else f"{100 * low:+.2g} to {100 * high:+.2g}%"
    over = f"{ends} over all assumptions tried" if drawn is None else f"{ends} in nine of ten of {drawn.draws} draws"
    if drawn is not None and drawn.worlds > 1:
        over += f" over {drawn.worlds} world tables and all else that is uncertain"
    return sentence_case(
        f"if {power} put {percent(question.tariff)} on goods from {actor} alone{answer}, {actor} would "
        f"{_change(own.share)} ({_size(exposed.headline.actor_zero_deficits.share)}% with trade deficits closed first, "
        f"{over}): {_dollars(own.musd)}, or "
        f"{abs(own.per_person):,.0f} dollars a person, a year in {question.world.year} money; {power} itself would "
        f"{_change(exposed.headline.power.share)}."
    )


def _carriers_sentence(question: Question, exposed: Exposure) -> str:
    power = in_prose(question.power.name)
    whole = exposed.headline.actor.share
    goods = [s for s in exposed.sectors if s.alone is not None]
    ranked = sorted(goods, key=lambda s: s.alone.share if s.alone else 0.0)[:_CARRIERS]
    if len(goods) < 2:
        weighs = "this world has one sector"
    elif whole < -NOISE:
        carried = "; ".join(f"{_lower(s.sector.title)} ({s.alone.share / whole:.0%})" for s in ranked if s.alone)
        weighs = f"the heaviest sectors, with the share of the loss if taxed alone, are {carried}"
    else:
        weighs = "no sector carries a loss"
    return (
        f"Trade with {power} is {exposed.forward.share:.0%} of {possessive(question.actor.name)} value added, and "
        f"{100 * exposed.backward.share:.2g}% of {possessive(question.power.name)}; {weighs}."
    )


def _partners_sentence(question: Question, helped: Partnerships, drawn: Spread | None) -> str:
    actor = in_prose(question.actor.name)
    share = helped.share_of_loss(helped.together.loss_avoided.central)
    best = helped.partners[0]
    together = helped.together
    growth = (
        f"in calm weather they would change {possessive(question.actor.name)} income by "
        f"{_signed(together.calm_tariff)} through tariffs and {_signed(together.calm_nontariff.central)} through an "
        "assumed fall in non-tariff costs"
    )
    number = f"{len(helped.partners)} agreements together"
    if share is None:
        return f"This swing costs {actor} nothing, so there is nothing to insure; {number} are growth: {growth}."
    best_share = helped.share_of_loss(best.worth.loss_avoided.central) or 0.0
    name = in_prose(best.candidate.party.name)
    does = f"avoid {_percent_of(share)} of the loss" if share >= 0 else f"add {_percent_of(-share)} to the loss"
    single = f"best single partner: {name}, {_percent_of(best_share)}"
    saved = f"{number} would {does} ({_span(helped, drawn)} avoided; {single})"
    if share < NOT_INSURANCE:
        measure = ", under a tenth" if share >= 0 else ""
        if drawn is not None and drawn.avoided is not None and drawn.avoided[1] >= 100 * NOT_INSURANCE:
            return f"{saved}{measure} but not in every draw: they are growth more than insurance; {growth}."
        return f"{saved}{measure}: they are growth, not insurance; {growth}."
    return f"{saved}; apart from that, {growth}."


def _span(helped: Partnerships, drawn: Spread | None) -> str:
    """The share of the loss avoided: its band, or without draws over the assumed range of trade effects."""
    if drawn is not None and drawn.avoided is not None:
        return f"{drawn.avoided[0]:.1f} to {drawn.avoided[1]:.1f}%".replace("-", MINUS)
    avoided = helped.together.loss_avoided
    ends = [helped.share_of_loss(v) or 0.0 for v in (avoided.low, avoided.central, avoided.high)]
    return f"{_percent_of(min(ends))} to {_percent_of(max(ends))}".replace("-", MINUS)


def _change(share: float) -> str:
    if abs(share) < 5e-5:
        return "neither gain nor lose 0.005% of its income"
    return f"{'lose' if share < 0 else 'gain'} {_size(share)}% of its income"


def _signed(share: float) -> str:
    """A change with its sign, never a minus zero: +0.13%."""
    text = written(abs(100 * share), 2)
    sign = "" if not text.strip("0.") else "+" if share > 0 else MINUS
    return f"{sign}{text}%"


def _size(share: float) -> str:
    """Per cent in two significant digits: 1.4, 0.28, 3.0, 24."""
    return f"{abs(100 * share):#.2g}".rstrip(".")


def _dollars(musd: float) -> str:
    """Money in the unit a person would use."""
    return f"{abs(musd) / 1e3:,.1f} billion dollars" if abs(musd) >= 1e3 else f"{abs(musd):,.0f} million dollars"


def _percent_of(share: float) -> str:
    return f"{100 * share:.1f}%"


def _lower(title: str) -> str:
    """A sector title inside a sentence."""
    return title[:1].lower() + title[1:]


def method(question: Question, exposed: Exposure) -> tuple[Passage, ...]:
    """Data, method, limits and what could change the answer."""
    return (
        _data(question),
        _model(),
        _limits(question),
        _could_change(question, exposed),
    )


def _data(question: Question) -> Passage:
    world = question.world
    methods = dict.fromkeys(layer.origin.method for layer in world.layers.values())
    return Passage(
        title="Data",
        paragraphs=(
            f"{world.title}. All money is of {world.year}.",
            *methods,
            f"Imputed tariffs stand on {imputed_share(world):.1%} of goods trade between economies.",
            "Numbers are marked published (as the source has them), derived (arithmetic on published numbers), "
            "modelled (a model's answer) or assumed (our choice).",
        ),
    )


def _model() -> Passage:
    return Passage(
        title="Method",
        paragraphs=(
            "General equilibrium of trade in many sectors linked by inputs, in exact changes: Caliendo and Parro "
            "(2015, Review of Economic Studies 82). A tariff raises the price of one origin, buyers turn to others as "
            "far as the sector's trade elasticity lets them, costs pass through input chains, and wages move until "
            "every economy's trade balance is back at its deficit.",
            "Every modelled number satisfies all equations to 1e-10; a swing that does not solve stops the program.",
            "Income is value added plus tariff revenue plus the deficit; welfare is income over consumer prices.",
            "Loss avoided takes the calm gain out: [W(s, d) − W(s, 0)] − [W(0, d) − W(0, 0)]. A partnership that only "
            "makes its members richer avoids nothing.",
        ),
    )


def _limits(question: Question) -> Passage:
    world = question.world
    large = large_deficits(world)
    parties = [question.actor.code, *question.power.members]
    own = [code for code in parties if code in large]
    warning = f" {', '.join(own)} is among them: read the row with deficits closed." if own else ""
    return Passage(
        title="Limits",
        paragraphs=(
            f"This world is that of {world.year}. Trade has moved since: agreements in force today were partly not, "
            "supply chains have shifted. Tariffs set since the year of the tariff data are not in the base.",
            "The answer is a new long-run equilibrium. It has no years of adjustment, no unemployment, no investment "
            "and no fear: short-run losses are larger.",
            "A swing here is one rate on all goods. Real schedules exempt and single out products.",
            f"Deficits stay fixed. Beyond a tenth of value added they colour the result: {few(large)}." + warning,
            "Partnerships are tariffs and trade costs only: no investment, security, standards or diplomacy. "
            "Candidates are listed by arithmetic; whether they are open, lawful or wise is for the reader to judge.",
            *((why,) if (why := why_no_history(question)) else ()),
            "Agreements in force: those notified to the WTO by March 2021, and later ones entered by hand to May 2026.",
        ),
    )


def large_deficits(world: World) -> list[str]:
    """Economies whose trade deficit or surplus is beyond a tenth of value added."""
    gap = deficits(world) / world["value_added"].sum("sector")
    return [str(a) for a in gap["actor"].values if abs(float(gap.sel(actor=a))) > _LARGE_DEFICIT]


def few(codes: list[str]) -> str:
    """A list of codes that a reader can take in."""
    if len(codes) > _NAMED:
        return f"{', '.join(codes[:_NAMED])} and {len(codes) - _NAMED} others"
    return ", ".join(codes) or "none"


def _could_change(question: Question, exposed: Exposure) -> Passage:
    low, high = exposed.range
    worst = min(exposed.alternatives, key=lambda pair: pair[1].share)
    best = max(exposed.alternatives, key=lambda pair: pair[1].share)
    flips = [r.swing.label for r in exposed.swings if _flips(r)]
    doubt = (
        f" The sign of {in_prose(question.power.name)}'s own result turns with the elasticity for: {'; '.join(flips)}."
    )
    return Passage(
        title="What could change the answer",
        paragraphs=(
            f"Over the assumptions varied the headline runs from {written(100 * low, 2)}% ({_lower(worst[0].label)}) "
            f"to {written(100 * high, 2)}% ({_lower(best[0].label)})." + (doubt if flips else ""),
            "Not varied in these: tariff data, the world table itself, and the sector split of the trade effect.",
        ),
    )


def _flips(result: SwingResult) -> bool:
    return result.power.share * result.power_theta4.share < 0
