"""A plan in words: what a bundle does, who would not sign, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.planning.portfolio.options import Option, OptionKind
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.planning.portfolio.sanctions import SanctionRow, sanctions_between
from hedgerow.planning.portfolio.selection import Selection
from hedgerow.reporting.prose import enumerated, in_prose

__all__ = ["cautions", "steps"]

_VERBS = {
    OptionKind.DEEPENING: "deepens what is in force with {}",
    OptionKind.AGREEMENT: "signs with {}",
    OptionKind.LEAVE: "leaves what is in force with {}",
    OptionKind.SUBSIDY: "subsidises imports from everyone but {}",
    OptionKind.STOCKPILE: "stores goods bought from {}",
    OptionKind.BLUNTING: "arms in place of the protection of {}",
    OptionKind.BINDING: "binds itself and {}",
    OptionKind.BOOSTING: "acts jointly toward {}",
}


def steps(found: Plan, bundle: Mask) -> str:
    """What somebody with this bundle does, as the rest of a sentence; empty for the empty bundle."""
    held = [option for option, chosen in zip(found.options, bundle, strict=True) if chosen]
    said = []
    for kind, verb in _VERBS.items():
        whom = [in_prose((option.partner or found.question.power).name) for option in held if option.kind is kind]
        if whom:
            said.append(verb.format(enumerated(whom)))
    return enumerated(said)


def cautions(found: Plan, passed_over: Selection) -> tuple[str, ...]:
    """One sentence for each kind of partner that is left out, or should perhaps be."""
    actor = in_prose(found.question.actor.name)
    by_hand = [
        (option, row)
        for option in found.options
        if option.partner is not None and (row := sanctions_between(found.question, option.partner)) is not None
    ]
    losing = [(one.option, min(one.calm, one.expected)) for one in found.unwilling] + list(passed_over.unwilling)
    some = [partner for partner in found.partners if partner.asked and partner.agrees and partner.signs < 1]
    said = []
    if losing:
        told = (f"{_name(option)} loses {-100 * loss:.3f} % of its income" for option, loss in losing)
        said.append(f"Would not sign: {'; '.join(told)}. Bundles with them are left out.")
    if some:
        told = (f"{_name(one.option)}, in {100 * one.signs:.0f} % of the bundles with it" for one in some)
        said.append(f"Signs beside some of the others only: {'; '.join(told)}.")
    if passed_over.sanctioned:
        said.append(f"Not proposed to {actor}: {_across(passed_over.sanctioned)}. Name it with --options to try it.")
    if by_hand:
        said.append(f"Named in spite of sanctions: {_across(by_hand)}. Take it as a calculation, not as advice.")
    return tuple(said)


def _name(option: Option) -> str:
    return option.partner.name if option.partner is not None else option.label


def _across(found: Sequence[tuple[Option, SanctionRow]]) -> str:
    return "; ".join(
        f"{_name(option)}, for sanctions of {row.sender} on {row.target} ({row.source})" for option, row in found
    )
