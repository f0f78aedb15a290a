"""The deals of the day: what stands, and what each does for its parties."""

from __future__ import annotations

from hedgerow.planning.deals import DealResult
from hedgerow.planning.question import Question
from hedgerow.planning.swings import percent
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.prose import in_prose
from hedgerow.world.deals import Deal

SHARE = "% of income"


def deals_table(question: Question, results: tuple[DealResult, ...], command: str) -> Table:
    """One row for each deal and party, those of the actor's side first."""
    side = question.signatory.code
    ordered = sorted(results, key=lambda r: side not in _codes(results, r.deal))
    power = in_prose(question.power.name)
    return Table(
        id="deals",
        title="The deals of the day: where they stand and what each would do",
        reading="As if the deal freed all goods trade between its sides: tariffs to zero, and the assumed fall of "
        f"other costs. Loss avoided: in the storm in which {power} puts {percent(question.tariff)} on everyone.",
        columns=(
            Column(id="deal", title="Deal"),
            Column(id="standing", title="Standing", status=Status.PUBLISHED),
            Column(id="since", title="Since", status=Status.PUBLISHED),
            Column(id="party", title="For"),
            Column(id="calm_tariff_pct", title="Calm gain, tariffs", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="calm_nontariff_pct", title="Calm gain, non-tariff", unit=SHARE, status=Status.ASSUMED, digits=3),
            Column(id="avoided_pct", title="Loss avoided", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="what", title="What it changes", status=Status.PUBLISHED),
        ),
        rows=tuple(_row(r) for r in ordered),
        formula="loss avoided = [W(s, d) − W(s, 0)] − [W(0, d) − W(0, 0)], s the power's tariff on everyone",
        command=command,
        notes=_notes(ordered),
    )


def _row(result: DealResult) -> tuple[Cell, ...]:
    deal = result.deal
    numbers = (result.calm_tariff, result.calm_nontariff, result.loss_avoided)
    return (
        deal.title,
        deal.status.value.replace("_", " ") + ("" if deal.confirmed else ", unconfirmed"),
        deal.date.isoformat(),
        result.party.name,
        *(None if number is None else 100 * number for number in numbers),
        deal.changes,
    )


def _notes(results: list[DealResult]) -> tuple[str, ...]:
    """Why some have no numbers, what rests on press reports, and where a quota leaves a rent."""
    reasons = {r.deal.title: r.why_none for r in results if r.why_none}
    unconfirmed = dict.fromkeys(r.deal.title for r in results if not r.deal.confirmed)
    rents = dict.fromkeys(f"{r.deal.title}: {r.deal.quota_rent}" for r in results if r.deal.quota_rent)
    return (
        *(f"Not computed: {title}: {reason}." for title, reason in reasons.items()),
        *((f"Resting on press reports: {', '.join(unconfirmed)}.",) if unconfirmed else ()),
        *rents,
        "Real deals exempt products, keep quotas and phase in; these numbers are what a complete one would do.",
    )


def _codes(results: tuple[DealResult, ...], deal: Deal) -> set[str]:
    return {r.party.code for r in results if r.deal.id == deal.id}
