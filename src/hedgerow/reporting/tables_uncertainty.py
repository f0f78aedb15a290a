"""What is uncertain, and which part of it decides the answer."""

from __future__ import annotations

import numpy as np

from hedgerow.planning.question import Question
from hedgerow.planning.swings import headline
from hedgerow.planning.uncertainty.answer import Uncertainty
from hedgerow.planning.uncertainty.parameters import ASSUMPTIONS
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.reporting.prose import in_prose

TITLES = {assumption.group: assumption.title for assumption in ASSUMPTIONS}


def decides_table(question: Question, found: Uncertainty, command: str) -> Table:
    """Shares of the variance of the headline and of the insurance value, by what is varied."""
    main, saved = found.headline.outputs["headline"], found.headline.outputs["insurance"]
    rows: list[tuple[Cell, ...]] = []
    for group, share in main.shares.items():
        other = saved.shares[group]
        cells = [
            end
            for value, ends in (
                (share.first, share.first_range),
                (share.total, share.total_range),
                (other.first, other.first_range),
                (other.total, other.total_range),
            )
            for end in (value, *ends)
        ]
        rows.append((TITLES[group], *(100 * float(cell) for cell in cells)))
    return Table(
        id="decides",
        title=f"Which assumption decides the answer about {in_prose(question.actor.name)}",
        reading="Share of the variance over all draws. Alone: what would go if this were known. With all it acts "
        "through: what would stay if everything else were known; these add up to more than 100. Headline: the loss "
        f"from {headline(question).label}. Insurance: the loss that all agreements together avoid.",
        columns=(
            Column(id="assumption", title="What is varied"),
            *_banded("headline_alone_pct", "Headline, alone"),
            *_banded("headline_total_pct", "Headline, with all it acts through"),
            *_banded("insurance_alone_pct", "Insurance, alone"),
            *_banded("insurance_total_pct", "Insurance, with all it acts through"),
        ),
        rows=tuple(rows),
        formula="S = V[E(Y | group)] / V(Y); S_T = E[V(Y | all other groups)] / V(Y)",
        command=command,
        notes=(
            f"{found.headline.evaluations:,} evaluations, {found.headline.draws} of them independent draws, in "
            f"{_worlds(found)}. {found.headline.failed} found no answer.",
            "Small type: from the 5th to the 95th of a hundred resamples of the draws. An interval that reaches below "
            "zero says that the share cannot be told from none with so many draws.",
        ),
    )


def headline_table(question: Question, found: Uncertainty, command: str) -> Table:
    """The two numbers over all worlds, and in each."""
    rows: list[tuple[Cell, ...]] = []
    for name, title in (("headline", "Change of income under the swing"), ("insurance", "Loss avoided by all deals")):
        one = found.headline.outputs[name]
        rows.append((title, "all", one.low, float(np.median(one.values)), one.high))
        rows += [(title, world, None, median, None) for world, median in one.by_world.items()]
    return Table(
        id="worlds",
        title=f"{question.actor.name}: the headline over all draws and world tables",
        reading="From the 5th to the 95th of a hundred draws, widened to hold the answer at the elasticity level of "
        "Boehm, Levchenko and Pandalai-Nayar (2023); below it the draws in each world table alone.",
        columns=(
            Column(id="number", title="Number"),
            Column(id="world", title="World"),
            Column(id="low_pct", title="Low", unit="% of income", status=Status.MODELLED, digits=2),
            Column(id="median_pct", title="Median", unit="% of income", status=Status.MODELLED, digits=2),
            Column(id="high_pct", title="High", unit="% of income", status=Status.MODELLED, digits=2),
        ),
        rows=tuple(rows),
        formula="W = I / P; change = I′P / (IP′) − 1",
        command=command,
        notes=(f"{found.headline.draws} draws.",),
    )


def varied_table(command: str) -> Table:
    """What is drawn, over which range, and why."""
    return Table(
        id="varied",
        title="What is varied in the bands",
        reading="Each draw takes one value of everything in this table, independently of one another.",
        columns=(
            Column(id="assumption", title="What is varied"),
            Column(id="range", title="Range"),
            Column(id="why", title="Why"),
            Column(id="standing", title="Kind of range"),
        ),
        rows=tuple((a.title, a.varied, a.why, a.status.value) for a in ASSUMPTIONS),
        formula="scrambled Sobol' points of the unit cube, through the quantile function of each range",
        command=command,
    )


def _worlds(found: Uncertainty) -> str:
    count = len(found.headline.worlds)
    return f"{count} world tables ({', '.join(found.headline.worlds)})" if count > 1 else "one world table"


def _banded(name: str, title: str) -> tuple[Column, ...]:
    low, high = f"{name}_p5", f"{name}_p95"
    common = {"unit": "% of variance", "status": Status.MODELLED, "digits": 0}
    return (
        Column(id=name, title=title, band=(low, high), **common),
        Column(id=low, title=f"{title}, low", **common),
        Column(id=high, title=f"{title}, high", **common),
    )
