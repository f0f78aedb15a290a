"""The table of dependence over the years, and among peers."""

from __future__ import annotations

from hedgerow.planning.question import Question
from hedgerow.planning.standing import Standing
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.prose import in_prose, possessive, sentence_case

_UNIT = "% of GDP"


def standing_table(question: Question, found: Standing, command: str) -> Table:
    """One row a year of a series: the actor, the quartiles of its peers, and its rank among them."""
    actor, power = question.actor.name, in_prose(question.power.name)
    return Table(
        id="standing",
        title=sentence_case(f"{possessive(actor)} dependence on {power} over the years, and among its peers"),
        reading=f"Exports to and imports from {power} beside the economy's own GDP. Peers: {found.peers}; "
        "the middle half of them lies between the quartiles. Rank 1 depends most. Who has a "
        "value changes from year to year. Series differ in what they count: "
        "compare years inside one of them.",
        columns=(
            Column(id="year", title="Year"),
            Column(id="series", title="Series"),
            _derived("own_pct", actor, _UNIT, 1),
            _derived("lower_pct", "Peers, lower quartile", _UNIT, 1),
            _derived("median_pct", "Peers, median", _UNIT, 1),
            _derived("upper_pct", "Peers, upper quartile", _UNIT, 1),
            _derived("rank", "Rank", "", 0),
            _derived("economies", "Economies ranked", "", 0),
        ),
        rows=tuple(
            (
                str(place.year),
                place.series,
                *(_percent(share) for share in (place.own, place.lower, place.median, place.upper)),
                float(place.rank),
                float(place.number),
            )
            for place in found.places
        ),
        formula="(exports + imports) / GDP",
        command=command,
        notes=(f"Every year with its sources: `{_again(question)}`",),
    )


def _again(question: Question) -> str:
    return f"hedgerow indicators dependence --actor {question.actor.code} --power {question.power.code}"


def _percent(share: float | None) -> Cell:
    return None if share is None else 100 * share


def _derived(name: str, title: str, unit: str, digits: int) -> Column:
    return Column(id=name, title=title, unit=unit, status=Status.DERIVED, digits=digits)
