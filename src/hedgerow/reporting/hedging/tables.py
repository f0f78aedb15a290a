"""Tables of the four elements: a state's profile beside its region, its region, and its years."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hedgerow.indicators.element import POWERS
from hedgerow.indicators.hedging.composite import ORDER
from hedgerow.indicators.hedging.standing import DRAWS, SEED
from hedgerow.indicators.hedging.stored import last_year
from hedgerow.planning.question import Question
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Figure, Table
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.prose import in_prose, possessive, sentence_case
from hedgerow.world.actors import alias_table
from hedgerow.world.regions import region_of, regions

PROFILE = "hedging-profile"
COMPOSITE = "all four"
SHARE = "0 to 1"
_FORMULA = "element B = mean of its indicators, each placed from 0 to 1 in the pool of 2000 to 2019; all four = (Π B)^¼"
CAUTION = (
    "Arms, partners, forums and ties are counted; intentions are not. Blunting has no direction: a state that arms may "
    "do so for a power or against it. "
    "Ties are agreements, votes, forums and treaties; bases, visits and arms are not among them. A treaty of defence "
    "with one power alone settles that a state has chosen, whatever it does besides."
)
GAPS = (
    "A score is the mean of what is known; a place counts what is not known at its least, so that nobody stands above "
    "another merely for lack of data. No score where less than half of an element's indicators is known."
)


def tables_of_brief(question: Question, command: str) -> tuple[Table, ...]:
    """The part of a brief: profile and region in the last year; nothing for another power or an unknown state."""
    actor, now = question.actor.code, last_year()
    if question.power.code not in POWERS or row_of(now, actor) is None:
        return ()
    own = f"Other years, weights and draws: hedgerow hedging {actor}. Shipped: {DRAWS} draws, seed {SEED}."
    first = profile_table(now, actor, command)
    return first.model_copy(update={"notes": (*first.notes, own)}), peers_table(now, actor, command)


def sources_of_brief() -> tuple[str, ...]:
    """Ids in the register of sources."""
    return tuple(str(last_year()["source"].iloc[0]).split())


def figure(table: Table) -> Figure:
    """The picture of a profile."""
    told = [
        f"{row[0]}: {written(row[1], 2)} ({written(row[2], 2)} to {written(row[3], 2)}), neighbours' median "
        f"{written(row[6], 2)}"
        for row in table.rows
    ]
    alt = f"A dot with an interval for each element, over the span of the region. {'; '.join(told)}."
    return Figure(id="hedging", title=table.title, alt=alt, table=table.id)


def row_of(frame: pd.DataFrame, actor: str) -> Any | None:
    """The row of a state in the standings of one year; None where nothing of it is known."""
    found = frame[frame["actor"] == actor]
    return None if found.empty else next(found.itertuples(index=False))


def neighbours(frame: pd.DataFrame, actor: str) -> pd.DataFrame:
    """Rows of the region of a state, the state itself among them."""
    region = region_of(actor)
    return frame[frame["actor"].isin(regions()[region] if region else (actor,))]


def profile_table(frame: pd.DataFrame, actor: str, command: str) -> Table:
    """The four elements and the composite of a state, with the interval of the draws, beside its region.

    Args:
        frame: standings of one year, see :mod:`hedgerow.indicators.hedging.tidy`.
        actor: code of a state that stands in it.
        command: the command line that makes this table.
    """
    own, region = row_of(frame, actor), neighbours(frame, actor)
    others = region[region["actor"] != actor]
    parts = [*((element.value, f"{element.value}_coverage") for element in ORDER), ("score", "coverage")]
    rows = tuple(
        (
            COMPOSITE if name == "score" else name,
            *(_number(getattr(own, column)) for column in (name, f"{name}_low", f"{name}_high")),
            _percent(getattr(own, known)),
            *_spread(others[name]),
        )
        for name, known in parts
    )
    name, year = alias_table().names[actor], int(frame["year"].iloc[0])
    return Table(
        id=PROFILE,
        title=f"How {in_prose(name)} hedged in {year}: four elements beside {region_of(actor) or 'nobody'}",
        reading="Blunting: own military strength. Broadening: partners outside the two powers. Boosting: a place in "
        "forums. Binding: ties with the United States and China alike. Low and high: nine draws of ten, over "
        "normalisation, weights, aggregation, what stands for gaps, and one indicator less. Known: part of the "
        "indicators that there is a number for.",
        columns=(
            Column(id="element", title="Element"),
            _derived("score", "Score"),
            _assumed("low", "Low"),
            _assumed("high", "High"),
            Column(id="known_pct", title="Known", unit="%", status=Status.DERIVED, digits=0),
            _derived("region_least", "Neighbours: least"),
            _derived("region_median", "Median"),
            _derived("region_most", "Most"),
        ),
        rows=rows,
        formula=_FORMULA,
        command=command,
        notes=(in_words(frame, actor), GAPS, CAUTION),
    )


def peers_table(frame: pd.DataFrame, actor: str, command: str) -> Table:
    """The region of a state, one row a state, by place."""
    return states_table(
        neighbours(frame, actor),
        name="hedging-peers",
        title=f"{region_of(actor) or alias_table().names[actor]} in {int(frame['year'].iloc[0])}",
        command=command,
    )


def states_table(frame: pd.DataFrame, *, name: str, title: str, command: str) -> Table:
    """Standings, one row a state and year, in the order of places and then of codes."""
    ordered = frame.sort_values(["year", "rank", "actor"], na_position="last")
    return Table(
        id=name,
        title=title,
        reading="Place: by the score with what is not known at its least. Low and high: nine draws of ten. Holds: "
        "part of the draws in which the course is the same, with the cut-offs drawn too.",
        columns=(
            Column(id="code", title="Code"),
            Column(id="name", title="State"),
            *(_derived(element.value, element.value.capitalize()) for element in ORDER),
            *_standing_columns(),
        ),
        rows=tuple(
            (row.actor, alias_table().names.get(row.actor, row.actor), *_scores(row), *_standing_cells(row))
            for row in _records(ordered)
        ),
        formula=_FORMULA,
        command=command,
        notes=(GAPS,),
    )


def years_table(frame: pd.DataFrame, actor: str, command: str) -> Table:
    """A state year by year, each element beside the median of its region."""
    own = frame[frame["actor"] == actor].sort_values("year")
    medians = neighbours(frame, actor).query("actor != @actor").groupby("year")[[e.value for e in ORDER]].median()
    rows = []
    for row in _records(own):
        beside = [medians[e.value].get(row.year) for e in ORDER]
        pairs = [cell for pair in zip(_scores(row), map(_number, beside), strict=True) for cell in pair]
        rows.append((str(row.year), *pairs, *_standing_cells(row)))
    columns = [
        column
        for e in ORDER
        for column in (_derived(e.value, e.value.capitalize()), _derived(f"{e.value}_region", "– region"))
    ]
    return Table(
        id="hedging-years",
        title=f"{sentence_case(possessive(alias_table().names[actor]))} years",
        reading="Region: the median of the other states of the region. An indicator without a value of the year lends "
        "its last one, under five years old; a series that ends takes the indicator out, so steps may be the data's.",
        columns=(Column(id="year", title="Year"), *columns, *_standing_columns()),
        rows=tuple(rows),
        formula=_FORMULA,
        command=command,
        notes=(GAPS,),
    )


def in_words(frame: pd.DataFrame, actor: str) -> str:
    """The profile as a paragraph."""
    own, others = row_of(frame, actor), neighbours(frame, actor).query("actor != @actor")
    name, year = in_prose(alias_table().names[actor]), int(frame["year"].iloc[0])
    gaps: dict[str, float] = {}
    told = []
    for element in (e.value for e in ORDER):
        score, median = _number(getattr(own, element)), _number(others[element].median())
        if score is None:
            told.append(f"{element} is not scored, {getattr(own, f'{element}_coverage'):.0%} of it is known")
            continue
        told.append(f"{element} {written(score, 2)} (neighbours' median {written(median, 2)})")
        if median is not None:
            gaps[element] = score - median
    first = f"In {year}, on scales from 0 to 1, {name} had: {'; '.join(told)}."
    return " ".join([first, *_most_unlike(gaps), *_place_in_words(own), *_course_in_words(own)])


def _most_unlike(gaps: dict[str, float]) -> list[str]:
    """Where a state stands furthest above and below its neighbours."""
    above = max(gaps, key=lambda e: gaps[e], default=None)
    below = min(gaps, key=lambda e: gaps[e], default=None)
    told = [f"furthest above its neighbours in {above}"] if above and gaps[above] > 0 else []
    told += [f"furthest below them in {below}"] if below and gaps[below] < 0 else []
    return [f"It stands {' and '.join(told)}."] if told else []


def _place_in_words(own: Any) -> list[str]:
    if pd.isna(own.rank):
        return ["It has no place among all states: an element lacks half of its indicators."]
    return [
        f"Of {own.states} states it is number {own.rank:.0f} with what is unknown at its least, and number "
        f"{own.rank_low:.0f} to {own.rank_high:.0f} in nine draws of ten."
    ]


def _course_in_words(own: Any) -> list[str]:
    if not own.course:
        return []
    lean = "the United States" if own.alignment > 0 else "China"
    names = {code: in_prose(alias_table().names[code]) for code in POWERS}
    treaty = [f"It has a treaty of defence with {' and '.join(names[code] for code in own.treaty.split())}."]
    return [
        f"By our cut-offs its course is {own.course}, which holds in {own.course_share:.0%} of the draws; of its ties "
        f"with the two powers the difference is {abs(own.alignment):.0%} of the sum, toward {lean}.",
        *(treaty if own.treaty else []),
    ]


def _standing_columns() -> tuple[Column, ...]:
    return (
        _assumed("score", "All four"),
        Column(id="known_pct", title="Known", unit="%", status=Status.DERIVED, digits=0),
        Column(id="rank", title="Place", status=Status.ASSUMED, digits=0),
        Column(id="rank_low", title="– low", status=Status.ASSUMED, digits=0),
        Column(id="rank_high", title="– high", status=Status.ASSUMED, digits=0),
        Column(id="states", title="Of", status=Status.DERIVED, digits=0),
        _derived("alignment", "Leaning to USA"),
        Column(id="course", title="Course", status=Status.ASSUMED),
        Column(id="course_pct", title="Holds", unit="% of draws", status=Status.ASSUMED, digits=0),
    )


def _standing_cells(row: Any) -> tuple[Cell, ...]:
    return (
        _number(row.score),
        _percent(row.coverage),
        *(_number(getattr(row, name)) for name in ("rank", "rank_low", "rank_high")),
        float(row.states),
        _number(row.alignment),
        row.course or None,
        _percent(row.course_share),
    )


def _scores(row: Any) -> tuple[Cell, ...]:
    return tuple(_number(getattr(row, element.value)) for element in ORDER)


def _records(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False))


def _spread(values: pd.Series[float]) -> tuple[Cell, Cell, Cell]:
    return _number(values.min()), _number(values.median()), _number(values.max())


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _percent(share: Any) -> float | None:
    found = _number(share)
    return None if found is None else 100 * found


def _derived(name: str, title: str) -> Column:
    return Column(id=name, title=title, status=Status.DERIVED)


def _assumed(name: str, title: str) -> Column:
    return Column(id=name, title=title, status=Status.ASSUMED)
