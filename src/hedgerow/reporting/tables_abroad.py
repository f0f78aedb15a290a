"""Whose policies matter for a country: small changes abroad, and how far they carry."""

from __future__ import annotations

from hedgerow.planning.effects import NOISE
from hedgerow.planning.policies_abroad import LARGE, PartyAbroad, PoliciesAbroad, TariffAbroad
from hedgerow.planning.question import Question
from hedgerow.planning.swings import percent
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import in_prose, possessive, sentence_case

SHARE = "% of income"
_OFF = "% of the solved change"
_DEFICITS = (
    "Deficits are closed first because a fixed one is a debt whose burden moves with every price in the world: that "
    "would drown effects as small as these, and turn friends into enemies."
)


def abroad_table(question: Question, found: PoliciesAbroad, command: str) -> Table:
    """One row for each economy or bloc whose tariffs or growth move the actor's income most."""
    actor, large = in_prose(question.actor.name), percent(LARGE)
    return Table(
        id="abroad",
        title=f"Whose policies matter for {actor}: tariffs and growth abroad",
        reading=f"Change of {possessive(question.actor.name)} real income if that economy's tariff on goods rose, "
        f"on {actor} alone or on everyone but {actor}, or if it became 1% more productive; whoever hurts by growing is "
        f"an enemy in that sense. One point and 1% are first order, for small changes only; {large} is solved. Off by: "
        f"how far {100 * LARGE:.0f} times the effect of one point is from the solved change. Deficits are closed.",
        columns=(
            Column(id="name", title="Economy"),
            Column(id="code", title="Code"),
            _modelled("on_actor_point_pct", f"1 point on {actor}", SHARE, 4),
            _modelled("on_actor_large_pct", f"{large} on {actor}, solved", SHARE, 3),
            _modelled("on_actor_off_pct", "– off by", _OFF, 0),
            _modelled("on_others_point_pct", "1 point on the others", SHARE, 4),
            _modelled("on_others_large_pct", f"{large} on the others, solved", SHARE, 3),
            _modelled("on_others_off_pct", "– off by", _OFF, 0),
            _modelled("growth_pct", "Its growth of 1%", SHARE, 4),
        ),
        rows=tuple(_row(one) for one in found.listed),
        formula="Σ (∂ln W / ∂ln(1 + t)) dt / (1 + t); W′/W − 1; Σ ∂ln W / ∂ln a dln a (Kleinman, Liu and Redding 2024)",
        command=command,
        notes=(*_who_matters(question, found), *_how_far(found), _chosen(found), _DEFICITS),
    )


def _row(one: PartyAbroad) -> tuple[Cell, ...]:
    return (
        one.party.name,
        one.party.code,
        *_tariff_cells(one.on_actor),
        *_tariff_cells(one.on_others),
        100 * one.growth,
    )


def _tariff_cells(tariff: TariffAbroad) -> tuple[Cell, ...]:
    return 100 * tariff.point, 100 * tariff.exact, None if tariff.error is None else 100 * tariff.error


def _who_matters(question: Question, found: PoliciesAbroad) -> tuple[str, ...]:
    """The page in a sentence: who matters beside the power."""
    actor = in_prose(question.actor.name)
    third = [one for one in found.listed if one.party.code != question.power.code]
    said = []
    hit = min(third, key=lambda one: one.on_actor.point, default=None)
    if hit is not None and hit.on_actor.point < -NOISE:
        said.append(
            f"besides {in_prose(question.power.name)}, {in_prose(hit.party.name)} can hurt {actor} most with a small "
            f"tariff on its goods: {_size(hit.on_actor.point)} of income a point."
        )
    spill = max(third, key=lambda one: abs(one.on_others.point), default=None)
    if spill is not None and abs(spill.on_others.point) > NOISE:
        verb = "gains" if spill.on_others.point > 0 else "loses"
        said.append(
            f"{actor} {verb} {_size(spill.on_others.point)} for each point of {possessive(spill.party.name)} tariff on "
            "everyone else, the largest such effect in this list beside the power's."
        )
    enemies = [in_prose(one.party.name) for one in found.listed if one.growth < -NOISE]
    loses = f"{actor} loses where these grow: {', '.join(enemies)}."
    said.append(loses if enemies else f"growth in any of them serves {actor}.")
    return tuple(sentence_case(sentence) for sentence in said)


def _how_far(found: PoliciesAbroad) -> tuple[str, ...]:
    """Why a slope is no answer to a large change."""
    tariffs = [tariff for one in found.listed for tariff in (one.on_actor, one.on_others)]
    errors = sorted(abs(tariff.error) for tariff in tariffs if tariff.error is not None)
    if not errors:
        return ()
    wrong = sum(tariff.extended * tariff.exact < 0 for tariff in tariffs if tariff.error is not None)
    sign = f", and it has the wrong sign in {wrong}" if wrong else ""
    return (
        f"Multiplying one point by {100 * LARGE:.0f} is off by {errors[0]:.0%} to {errors[-1]:,.0%} in these "
        f"{len(errors)} cases{sign}. That is why every large change in this answer is solved; slopes stand for small "
        "ones only.",
    )


def _chosen(found: PoliciesAbroad) -> str:
    return (
        f"{len(found.listed)} of {found.considered} economies and blocs, largest small change first. An economy inside "
        "a bloc has no tariff of its own."
    )


def _size(share: float) -> str:
    return f"{written(abs(100 * share), 4)}%"


def _modelled(name: str, title: str, unit: str, digits: int) -> Column:
    return Column(id=name, title=title, unit=unit, status=Status.MODELLED, digits=digits)
