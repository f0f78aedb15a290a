"""The dated part of a brief: tariffs that were really set, and what others have computed for them."""

from __future__ import annotations

from hedgerow.planning.history import History, Horizons, SpellEffect
from hedgerow.planning.published import REASONS, Comparison
from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.prose import in_prose, possessive
from hedgerow.scenarios.us_schedule import SHORT, Spell
from hedgerow.world.world import World

SHARE = "% of income"
_WELFARE = "W = I / P; change = I′P / (IP′) − 1"


def spells_table(question: Question, past: History, command: str) -> Table:
    """Every spell of the schedule, and what the longer ones would cost if they lasted."""
    actor, power = question.actor.name, question.power.name
    effects = {effect.spell.start: effect for effect in past.effects}
    rows = tuple(
        _spell_row(spell, rate, effects.get(spell.start)) for spell, rate in zip(past.spells, past.rates, strict=True)
    )
    return Table(
        id="spells",
        title=f"The tariffs {in_prose(power)} really set in 2025 and 2026, and what they mean for {in_prose(actor)}",
        reading="A row is a spell of days on which the whole schedule stood still. The rate is the average added by "
        "statute on goods; the changes are what it would mean if it lasted: for the actor taxed alone, and under "
        "the whole schedule, in which everyone else is taxed too. First year: with trade that has hardly begun to "
        "adjust.",
        columns=(
            Column(id="start", title="From"),
            Column(id="days", title="Days", digits=0, status=Status.PUBLISHED),
            Column(id="standing", title="Standing"),
            Column(id="rate_pct", title=f"Added on {actor}", unit="%", status=Status.PUBLISHED, digits=1),
            _modelled("alone_pct", "Alone, long run"),
            _modelled("alone_first_pct", "Alone, first year"),
            _modelled("whole_pct", "Whole schedule, long run"),
            _modelled("whole_first_pct", "Whole schedule, first year"),
            _modelled("power_whole_pct", f"{power}, whole schedule, long run"),
        ),
        rows=rows,
        formula=f"{_WELFARE}; first-year θ = 0.36 θ, at least 0.2 (ratio of Boehm, Levchenko and Pandalai-Nayar 2023)",
        command=command,
        notes=_spell_notes(question, past),
    )


def _spell_row(spell: Spell, rate: float | None, effect: SpellEffect | None) -> tuple[Cell, ...]:
    standing = "announced" if spell.announced else "short" if spell.short else "in force"
    head: tuple[Cell, ...] = (
        spell.start.isoformat(),
        None if spell.days is None else float(spell.days),
        standing,
        None if rate is None else _percent(rate),
    )
    if effect is None:
        return (*head, None, None, None, None, None)
    return (*head, *_actor_cells(effect.alone), *_actor_cells(effect.whole), 100 * effect.whole.long_run.power.share)


def _actor_cells(found: Horizons | None) -> tuple[Cell, Cell]:
    if found is None:
        return None, None
    first = found.first_year
    return 100 * found.long_run.actor.share, None if first is None else 100 * first.actor.share


def _spell_notes(question: Question, past: History) -> tuple[str, ...]:
    notes = [
        f"Spells of {SHORT} days or less are listed without an effect. “Announced” spells begin after the tracker's "
        "last update. Nobody answers in kind here.",
    ]
    if all(rate is None for rate in past.rates):
        notes.append(f"The tracker does not name {in_prose(question.actor.name)}: its rate is n/a, not zero.")
    if past.reach.absent:
        notes.append(
            f"Not named by the tracker, and so unchanged in the whole schedule: {', '.join(past.reach.absent)}."
        )
    years = "; ".join(
        f"{y.year}: {y.rate:.1%} on the average of {y.days} days, {y.alone.long_run.actor.share:+.2%} alone, "
        f"{y.whole.long_run.actor.share:+.2%} under the whole schedule"
        for y in past.years
        if y.rate is not None and y.alone is not None
    )
    if years:
        notes.append(f"By day-weighted year: {years}.")
    return tuple(notes)


def schedule_sectors_table(question: Question, past: History, command: str) -> Table | None:
    """The schedule of one day by sector, beside one rate for all goods; None where it is not at hand."""
    if past.sector_rates is None or not past.sectors:
        return None
    titles = {s.id: s.title for s in question.world.sectors}
    rates = past.sector_rates
    effects = "; ".join(
        f"{'alone' if s.scope == 'alone' else 'whole schedule'}: {100 * s.by_sector.actor.share:+.2f}% by sector, "
        f"{100 * s.same_mean.actor.share:+.2f}% with the same mean on all goods, "
        f"{100 * s.uniform.actor.share:+.2f}% with the dated table's one rate"
        for s in past.sectors
    )
    doubt = (
        ()
        if rates.consistent
        else (
            f"The two trackers disagree for {in_prose(question.actor.name)}: {rates.all_chapters:.1%} by product, "
            f"{rates.uniform:.1%} in the dated table. Compare “by sector” only with “the same mean”.",
        )
    )
    return Table(
        id="schedule-sectors",
        title=f"What one average rate hides: the tariffs of 7 August 2025 on {in_prose(question.actor.name)} by sector",
        reading="Added tariff by sector: energy, exempted products, steel and cars differ, and so does the loss.",
        columns=(
            Column(id="sector", title="Sector"),
            Column(id="rate_pct", title="Added tariff", unit="%", status=Status.DERIVED, digits=1),
        ),
        rows=tuple((titles[name], _percent(rate)) for name, rate in rates.rates.items() if name in titles),
        formula="mean over HS chapters, weighted by US imports of 2024",
        command=command,
        notes=(f"{possessive(question.actor.name).capitalize()} change of real income, long run: {effects}.", *doubt),
    )


def published_table(question: Question, rows: tuple[Comparison, ...], command: str) -> Table:
    """Other people's numbers beside ours."""
    return Table(
        id="published",
        title="Published estimates beside ours: the tariffs announced on 2 April 2025",
        reading="Change of welfare. The two models differ; the table says whether ours is of the same order, not "
        "whether either is right.",
        columns=(
            Column(id="scenario", title="Scenario"),
            Column(id="who", title="Who"),
            Column(id="published_pct", title="Ignatenko et al. (2025)", unit="%", status=Status.PUBLISHED),
            Column(id="ours_pct", title="Ours", unit=SHARE, status=Status.MODELLED),
            Column(id="where", title="Their table"),
        ),
        rows=tuple(
            (
                r.scenario,
                _who(question.world, r.who),
                100 * r.published,
                None if r.ours is None else 100 * r.ours,
                r.table,
            )
            for r in rows
        ),
        formula=_WELFARE,
        command=command,
        notes=REASONS,
    )


def _who(world: World, code: str) -> str:
    names = {a.iso3: a.name for a in world.actors} | {p.id: p.title for p in world.partnerships}
    return names.get(code, "All others")


def _percent(published: float) -> float:
    """A published fraction in per cent, without the dust of binary fractions."""
    return round(100 * published, 8)


def _modelled(name: str, title: str) -> Column:
    return Column(id=name, title=title, unit=SHARE, status=Status.MODELLED, digits=2)
