"""The tables of a brief: results put into rows, with unit, status, reading and formula."""

from __future__ import annotations

import math

from hedgerow.indicators.power import net_power
from hedgerow.planning.effects import NOISE
from hedgerow.planning.exposure import Exposure
from hedgerow.planning.hypotheses import THETA_4
from hedgerow.planning.partnerships import Partnerships, Worth
from hedgerow.planning.question import Question
from hedgerow.planning.swings import CUT_OFF, headline, percent
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.prose import few, in_prose, large_deficits, possessive, sentence_case
from hedgerow.scenarios.agreements import DEEPER_AGREEMENT, NEW_AGREEMENT, TradeEffect

BILLIONS, PER_PERSON, SHARE = "bn USD/yr", "USD/person/yr", "% of income"
_WELFARE = "W = I / P; change = I′P / (IP′) − 1; dollars = change × I"


def dependence_table(question: Question, found: Exposure, command: str) -> Table:
    """Three measures of dependence side by side, both ways."""
    actor, power = question.actor.name, question.power.name
    cut = next(r for r in found.swings if r.swing.id == CUT_OFF)
    flows = question.world.layers["trade_flow"].origin.status
    rows: list[tuple[Cell, ...]] = [
        (
            f"{one} on {other}",
            d.exports / 1e3,
            d.imports / 1e3,
            d.value_added / 1e3,
            100 * d.share,
            100 * coercive,
            -100 * loss.share,
        )
        for one, other, d, coercive, loss in (
            (actor, power, found.forward, found.coercion, cut.actor),
            (power, actor, found.backward, found.counter_coercion, cut.power),
        )
    ]
    rows.append(("Difference", None, None, None, *(_minus(rows[0][k], rows[1][k]) for k in (4, 5, 6))))
    return Table(
        id="dependence",
        title=f"How much {in_prose(actor)} and {in_prose(power)} depend on each other: three measures",
        reading="Hirschman: exports plus imports over the side's own value added; no model. Coercive power: income "
        "lost if the other side withheld its supplies and nothing else moved. Cut-off: income lost once all trade "
        "between the two has ended and the world has adjusted. Above zero, the difference says who depends more.",
        columns=(
            Column(id="tie", title="Dependence of"),
            Column(id="exports_bn", title="Exports", unit=BILLIONS, status=flows, digits=1),
            Column(id="imports_bn", title="Imports", unit=BILLIONS, status=flows, digits=1),
            Column(id="value_added_bn", title="Value added", unit=BILLIONS, status=flows, digits=0),
            Column(id="dependence_pct", title="Hirschman", unit="% of value added", status=flows, digits=1),
            _modelled("coercion_pct", "Coercive power", SHARE, 2),
            _modelled("cut_off_pct", "Cut-off", SHARE, 2),
        ),
        rows=tuple(rows),
        formula="(exports + imports) / value added; 1 − exp{−α′(I − G′)⁻¹ diag(1/θ)[−ln(1 − ω)]}; −(W′/W − 1)",
        command=command,
        notes=_net_power_note(actor, power, found),
    )


def _minus(one: Cell, other: Cell) -> Cell:
    return one - other if isinstance(one, float) and isinstance(other, float) else None


def _net_power_note(actor: str, power: str, found: Exposure) -> tuple[str, ...]:
    ratio = net_power(found.coercion, found.counter_coercion)
    if ratio is None:
        return ()
    return (
        f"Net power: withholding supplies would cost {in_prose(actor)} {ratio:.2g} times the share of income that "
        f"{in_prose(power)} would lose if {in_prose(actor)} did the same.",
    )


def swings_table(question: Question, found: Exposure, command: str) -> Table:
    """What each swing costs the actor, and what it does to the power."""
    actor, power = question.actor.name, question.power.name
    rows = tuple(
        (
            r.swing.label,
            100 * r.actor.share,
            100 * r.actor_theta4.share,
            100 * r.actor_zero_deficits.share,
            r.actor.musd / 1e3,
            r.actor.per_person,
            100 * r.power.share,
            100 * r.power_theta4.share,
            r.power.musd / 1e3,
            r.power.per_person,
        )
        for r in found.swings
    )
    return Table(
        id="swings",
        title=f"What a swing of {in_prose(power)} does to {in_prose(actor)}, and to {in_prose(power)} itself",
        reading="Change of real income a year once trade has adjusted, against the same world without the swing; "
        "negative is a loss. Points are added to the tariff on all goods; the cut-off ends trade in services too. "
        f"θ = {THETA_4:g}: the same answer with that trade elasticity in every sector. Deficits closed: against a "
        "world whose trade deficits were closed first.",
        columns=(
            Column(id="swing", title="Swing"),
            _modelled("own_pct", actor, SHARE, 2),
            _modelled("own_theta4_pct", f"{actor}, θ = 4", SHARE, 2),
            _modelled("own_zero_pct", f"{actor}, deficits closed", SHARE, 2),
            _modelled("own_bn", actor, BILLIONS, 1),
            _modelled("own_per_person", actor, PER_PERSON, 0),
            _modelled("power_pct", power, SHARE, 2),
            _modelled("power_theta4_pct", f"{power}, θ = 4", SHARE, 2),
            _modelled("power_bn", power, BILLIONS, 1),
            _modelled("power_per_person", power, PER_PERSON, 0),
        ),
        rows=rows,
        formula=_WELFARE,
        command=command,
        notes=(_who_answers(question),),
    )


def _who_answers(question: Question) -> str:
    if question.retaliation:
        return f"{sentence_case(in_prose(question.signatory.name))} answers every tariff in kind."
    return "A small gain of the power is its terms of trade at work; it assumes that nobody answers."


def sectors_table(question: Question, found: Exposure, command: str) -> Table:
    """Which sectors carry the headline loss."""
    actor, power = question.actor.name, question.power.name
    whole = found.headline.actor.share
    flows = question.world.layers["trade_flow"].origin.status
    rows: list[tuple[Cell, ...]] = [
        (
            s.sector.title,
            s.exports_to_power / 1e3,
            100 * s.share_of_output_sold,
            None if s.alone is None else 100 * s.alone.share,
            None if s.alone is None or whole > -NOISE else 100 * s.alone.share / whole,
            100 * s.value_added_change / s.value_added_base if s.value_added_base else None,
            s.value_added_change / 1e3,
        )
        for s in found.sectors
    ]
    rows.sort(key=lambda row: (row[3] is None, row[3]))
    alone = sum(s.alone.share for s in found.sectors if s.alone is not None)
    return Table(
        id="sectors",
        title=f"Who in {in_prose(actor)} carries the loss from {headline(question).label}",
        reading=f"“Alone” is {possessive(actor)} loss if {in_prose(power)} taxed this sector only. The last two "
        "columns show where real value added falls and where labour and capital move to, under the whole swing.",
        columns=(
            Column(id="sector", title="Sector"),
            Column(id="exports_bn", title=f"Exports to {power}", unit=BILLIONS, status=flows, digits=1),
            Column(id="share_sold_pct", title=f"Sold to {power}", unit="% of output", status=flows, digits=1),
            _modelled("alone_pct", "Loss if taxed alone", SHARE, 3),
            _modelled("alone_share_pct", "Alone, of the whole loss", "%", 0),
            _modelled("value_added_pct", "Real value added", "%", 1),
            _modelled("value_added_bn", "Real value added", BILLIONS, 2),
        ),
        rows=tuple(rows),
        formula="alone: W(swing on this sector only) − W(0); value added: VA′/P′ − VA, P the consumer price index",
        command=command,
        notes=(
            *_reconstructed(flows),
            *_together(alone, whole, len(question.world.goods)),
            "Labour and capital move freely between sectors here: in the first years losses are larger and stay "
            "where they fall.",
        ),
    )


def _reconstructed(flows: Status) -> tuple[str, ...]:
    if flows is not Status.MODELLED:
        return ()
    return (
        "This world is reconstructed: what one economy sells another by sector is indicative, not a fact. Only the "
        "sector shares of goods imports into the United States are those of its customs.",
    )


def _together(alone: float, whole: float, sectors: int) -> tuple[str, ...]:
    if whole > -NOISE or sectors < 2:
        return ()
    share = f"{alone / whole:.0%}"
    return (f"The sectors taken alone add up to {share} of the whole loss; the rest comes from taxing them together.",)


def map_table(question: Question, found: Exposure, command: str) -> Table:
    """The same tariff on each economy in turn."""
    names = {a.iso3: a.name for a in question.world.actors}
    rows = [
        (code, names[code], 100 * one.share, 100 * four.share, one.musd / 1e3, one.per_person)
        for code, (one, four) in found.everyone.items()
    ]
    rows.sort(key=lambda row: float(row[2]))
    return Table(
        id="exposure-map",
        title=f"Every economy's loss if {in_prose(question.power.name)} put {percent(question.tariff)} on it alone",
        reading="Each row is a world of its own, in which only that economy's goods bear the added tariff, unanswered.",
        columns=(
            Column(id="code", title="Code"),
            Column(id="name", title="Economy"),
            _modelled("loss", "Change", SHARE, 2),
            _modelled("loss_theta4", "Change, θ = 4", SHARE, 2),
            _modelled("loss_bn", "Change", BILLIONS, 1),
            _modelled("loss_per_person", "Change", PER_PERSON, 0),
        ),
        rows=tuple(rows),
        formula=_WELFARE,
        command=command,
        notes=(
            "Trade deficits or surpluses beyond a tenth of value added colour these changes: "
            f"{few(large_deficits(question.world))}.",
        ),
    )


def partners_table(question: Question, found: Partnerships, command: str) -> Table:
    """What each agreement would be worth in calm, and would save in the storm."""
    rows = tuple(
        (
            r.candidate.party.name,
            r.candidate.party.code,
            "deepen" if r.candidate.deepens else "new",
            *_worth_cells(r.worth, r.worth_theta4, found),
            100 * r.partner_gain,
            r.partner_gain < 0,
            ", ".join(f"{p.short_title} ({p.since.year})" for p in r.candidate.in_force) or None,
        )
        for r in found.partners
    )
    return Table(
        id="partners",
        title=f"Which agreements would help {in_prose(question.actor.name)}, in calm and in the storm",
        reading="Calm gain: growth that comes whether or not the swing does. Loss avoided: how much smaller the "
        f"loss from {headline(question).label} is with the agreement than without, after its calm gain has been "
        "taken out. The two are never added.",
        columns=(
            Column(id="partner", title="Partner"),
            Column(id="code", title="Code"),
            Column(id="standing", title="Agreement"),
            *_worth_columns(),
            _modelled("partner_pct", "Partner's own gain", SHARE, 3),
            Column(id="partner_loses", title="Partner loses"),
            Column(id="in_force", title="In force already", status=Status.PUBLISHED),
        ),
        rows=rows,
        formula="loss avoided = [W(s, d) − W(s, 0)] − [W(0, d) − W(0, 0)]; calm gain = W(0, d) − W(0, 0)",
        command=command,
        notes=(
            "Goods tariffs go to zero both ways. The non-tariff part is assumed: in the long run a new agreement "
            f"raises goods trade by {_growth(NEW_AGREEMENT)}, deepening one in force by {_growth(DEEPER_AGREEMENT)}; "
            "what the tariff cut already explains is taken off first.",
            "Low and high are the two ends of that assumption.",
            "Whether a partner would sign, or be let, is not judged here.",
            f"hedgerow plan {question.actor.code} --power {question.power.code} ranks bundles of these over years of "
            "changing policy, with costs and chances of punishment.",
        ),
    )


def together_table(question: Question, found: Partnerships, command: str) -> Table:
    """All agreements at once."""
    row = ("All agreements together", *_worth_cells(found.together, found.together_theta4, found))
    return Table(
        id="together",
        title=f"All {len(found.partners)} agreements of {in_prose(question.actor.name)} at once",
        reading="The sum of single agreements would be wrong: partners compete for the same trade.",
        columns=(Column(id="deals", title="Deals"), *_worth_columns()),
        rows=(row,),
        formula="as above, with d = every agreement",
        command=command,
    )


def alternatives_table(question: Question, found: Exposure, command: str) -> Table:
    """The headline under other assumptions."""
    return Table(
        id="alternatives",
        title=f"The loss from {headline(question).label}: what could change the answer",
        reading=f"{sentence_case(possessive(question.actor.name))} change of real income under the same swing, "
        "one assumption changed at a time.",
        columns=(
            Column(id="assumption", title="Assumption"),
            _modelled("own_pct", question.actor.name, SHARE, 2),
            _modelled("own_bn", question.actor.name, BILLIONS, 1),
        ),
        rows=tuple((h.label, 100 * e.share, e.musd / 1e3) for h, e in found.alternatives),
        formula=_WELFARE,
        command=command,
    )


def elasticities_table(question: Question, command: str) -> Table:
    """Trade elasticity of every sector and where it comes from."""
    world = question.world
    assumed = world["trade_elasticity_assumed"].values
    return Table(
        id="elasticities",
        title="Trade elasticity by sector",
        reading="How strongly trade answers cost: a cost 1% higher lowers trade by about this many per cent.",
        columns=(
            Column(id="sector", title="Sector"),
            Column(id="theta", title="θ", status=Status.DERIVED),
            Column(id="assumed", title="Assumed"),
        ),
        rows=tuple(
            (s.title, float(theta), bool(flag))
            for s, theta, flag in zip(world.sectors, world["trade_elasticity"].values, assumed, strict=True)
        ),
        formula="θ = |ε| − 1, ε the published tariff elasticity; weighted by trade",
        command=command,
        notes=("Where no estimate is published, 4 is assumed.",),
    )


def _growth(effect: TradeEffect) -> str:
    """A range of log changes as growth in per cent."""
    low, central, high = (f"{math.expm1(x):.0%}" for x in (effect.low, effect.central, effect.high))
    return f"{low} to {high} (centre {central})"


def _worth_columns() -> tuple[Column, ...]:
    assumed = Status.ASSUMED
    return (
        _modelled("calm_tariff_pct", "Calm gain, tariffs", SHARE, 3),
        Column(id="calm_nontariff_pct", title="Calm gain, non-tariff", unit=SHARE, status=assumed, digits=3),
        Column(id="calm_nontariff_low_pct", title="– low", unit=SHARE, status=assumed, digits=3),
        Column(id="calm_nontariff_high_pct", title="– high", unit=SHARE, status=assumed, digits=3),
        _modelled("avoided_pct", "Loss avoided", SHARE, 3),
        _modelled("avoided_low_pct", "– low", SHARE, 3),
        _modelled("avoided_high_pct", "– high", SHARE, 3),
        _modelled("avoided_share_pct", "Loss avoided", "% of the loss", 1),
        _modelled("avoided_theta4_pct", "Loss avoided, θ = 4", SHARE, 3),
    )


def _worth_cells(worth: Worth, theta4: Worth, found: Partnerships) -> tuple[Cell, ...]:
    share = found.share_of_loss(worth.loss_avoided.central)
    return (
        100 * worth.calm_tariff,
        100 * worth.calm_nontariff.central,
        100 * worth.calm_nontariff.low,
        100 * worth.calm_nontariff.high,
        100 * worth.loss_avoided.central,
        100 * worth.loss_avoided.low,
        100 * worth.loss_avoided.high,
        None if share is None else 100 * share,
        100 * theta4.loss_avoided.central,
    )


def _modelled(name: str, title: str, unit: str, digits: int) -> Column:
    return Column(id=name, title=title, unit=unit, status=Status.MODELLED, digits=digits)
