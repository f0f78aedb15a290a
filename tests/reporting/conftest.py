"""A made-up brief: every number is invented, every name is escaped or it is a fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hedgerow.compute import Work
from hedgerow.planning.partnerships import Range
from hedgerow.planning.portfolio.plan import plan as make_plan
from hedgerow.planning.portfolio.ranking import Horizon
from hedgerow.provenance import Status
from hedgerow.reporting.brief import (
    Brief,
    Cell,
    Column,
    Figure,
    Party,
    Passage,
    SolverNote,
    SourceNote,
    Table,
    WorldNote,
)
from hedgerow.reporting.plan.compose import compose_plan
from hedgerow.reporting.plan.report import PlanReport
from tests.planning.portfolio.plans import DEAL, HARMFUL, LEAVE, QUESTION, REQUEST, STORE, SUBSIDY, outlook

COMMAND = "hedgerow brief CAN --power USA --tariff 25%"

MAP_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("CAN", "Canada", -2.113, -3.051, -45.21, -1126.0),
    ("MEX", "Mexico", -3.402, -4.873, -61.33, -478.0),
    ("VNM", "Viet Nam", -1.951, -2.204, -8.41, -84.0),
    ("IRL", "Ireland", -0.882, -1.013, -4.81, -907.0),
    ("KOR", "Korea", -0.503, -0.611, -8.62, -167.0),
    ("JPN", "Japan", -0.254, -0.302, -10.71, -86.0),
    ("DEU", "Germany", -0.302, -0.353, -13.64, -161.0),
    ("CHN", "China", -0.351, -0.422, -62.43, -44.0),
    ("GBR", "United Kingdom", -0.182, -0.213, -6.11, -89.0),
    ("FRA", "France", -0.144, -0.172, -4.32, -64.0),
    ("ESP", "Spain", -0.093, -0.111, -1.43, -30.0),
    ("IND", "India", -0.163, -0.191, -5.72, -4.0),
    ("BRA", "Brazil", -0.122, -0.142, -2.61, -12.0),
    ("AUS", "Australia", -0.041, -0.052, -0.71, -27.0),
    ("SGP", "Singapore", -0.653, -0.772, -3.24, -547.0),
    ("MLT", "Malta", -0.212, -0.263, -0.05, -91.0),
    ("LUX", "Luxembourg", -0.151, -0.183, -0.13, -197.0),
    ("NOR", "Norway", 0.024, 0.031, 0.12, 22.0),
    ("ZAF", "South Africa", -0.171, -0.202, -0.65, -11.0),
    ("RUS", "Russia", -0.006, -0.008, -0.12, -1.0),
    ("TUR", "Türkiye", None, None, None, None),
    ("USA", "United States", None, None, None, None),
)

SWING_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("25 % on all goods", -2.113, -3.051, -45.21, -1126.0, -0.214, -0.302, -59.12, -177.0),
    ("25 % on all goods, answered in kind", -2.744, -3.912, -58.71, -1463.0, -0.391, -0.503, -108.04, -323.0),
    ("10 % on all goods", -0.962, -1.313, -20.58, -513.0, 0.052, 0.071, 14.37, 43.0),
    ("Steel and aluminium at 50 %", -0.181, -0.224, -3.87, -97.0, -0.021, None, -5.80, -17.0),
    ("A 12-month ban on imports of vehicles and parts", None, None, None, None, None, None, None, None),
)

SECTOR_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Agriculture", 24.31, 8.1, -0.071, 3.2, -1.14, -0.41),
    ("Mining and fuels", 141.62, 41.3, -0.713, 33.6, -6.42, -14.07),
    ("Food", 28.44, 14.7, -0.114, 5.4, -2.31, -0.92),
    ("Textiles", 2.91, 12.2, -0.012, 0.6, -3.04, -0.17),
    ("Wood and paper", 19.07, 27.6, -0.132, 6.2, -5.76, -1.43),
    ("Chemicals", 38.85, 33.1, -0.162, 7.6, -7.45, -3.18),
    ("Metals", 44.39, 38.9, -0.204, 9.6, -9.12, -4.01),
    ("Electronics", 11.28, 24.4, -0.043, 2.0, -4.87, -0.75),
    ("Machinery", 21.75, 28.0, -0.081, 3.8, -5.03, -1.20),
    ("Transport equipment", 71.13, 58.2, -0.494, 23.3, -17.93, -6.86),
    ("Other manufacturing", 9.36, 19.9, -0.022, 1.0, -2.94, -0.38),
    ("Business services", 38.02, 4.4, 0.008, -0.4, 0.47, 2.09),
    ("Distribution", None, None, None, None, 0.12, 0.53),
)

PARTNER_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("European Union", "EUU", "deepen", 0.021, 0.183, 0.092, 0.301, 0.064, 0.028, 0.113, 3.03, 0.051, 0.019, False),
    ("China", "CHN", "new", 0.247, 0.153, 0.071, 0.262, 0.121, 0.055, 0.204, 5.73, 0.098, 0.042, False),
    ("Japan", "JPN", "deepen", 0.003, 0.091, 0.042, 0.153, 0.022, 0.011, 0.037, 1.04, 0.018, 0.013, False),
    ("India", "IND", "new", 0.058, 0.047, 0.018, 0.084, 0.016, 0.007, 0.029, 0.76, 0.014, -0.004, True),
    ("Mexico", "MEX", "deepen", 0.0, 0.072, 0.033, 0.118, -0.009, -0.021, -0.002, -0.43, -0.012, 0.028, False),
    ("<script>alert(1)</script> & Co", "VNM", "new", 0.016, 0.021, 0.009, 0.036,
     None, None, None, None, None, None, False),
    ("Mercosur (Argentina, Brazil, Paraguay, Uruguay)", "MRC", "new", -0.012, 0.038, 0.017, 0.061,
     0.006, 0.002, 0.011, 0.28, 0.005, 0.007, False),
)  # fmt: skip


ABROAD_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("United States", "USA", -0.1342, -1.871, 79.0, 0.0211, 0.612, -14.0, 0.0431),
    ("China", "CHN", -0.0113, -0.124, 128.0, -0.0052, 0.021, -719.0, -0.0242),
    ("<b>European</b> Union", "EU", -0.0101, -0.109, 132.0, 0.0, 0.113, -100.0, 0.0129),
    ("Viet Nam", "VNM", None, None, None, None, None, None, 0.0021),
)


def _columns(*specs: tuple[str, str, str, Status | None, int]) -> tuple[Column, ...]:
    return tuple(Column(id=i, title=t, unit=u, status=s, digits=d) for i, t, u, s, d in specs)


M, D, A, P = Status.MODELLED, Status.DERIVED, Status.ASSUMED, Status.PUBLISHED


def _table(name: str, title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    return Table(
        id=name,
        title=title,
        reading=f"Invented reading of {title.lower()}: a row is one case; minus is a loss.",
        columns=columns,
        rows=rows,
        formula="Ŵ[n] = Ŷ[n] / P̂[n];  loss = 100·(Ŵ[n] − 1)  & < >",
        command=f"{COMMAND} --table {name}",
        notes=("All numbers are invented for tests.",),
    )


def _tables() -> tuple[Table, ...]:
    return (
        _table(
            "exposure-map",
            "Who would lose how much",
            _columns(
                ("code", "Code", "", None, 0),
                ("name", "Economy", "", None, 0),
                ("loss", "Welfare change", "%", M, 2),
                ("loss_theta4", "Welfare change, θ = 4", "%", M, 2),
                ("loss_bn", "Welfare change", "bn US$", M, 1),
                ("loss_per_person", "Per person", "US$", D, 0),
            ),
            MAP_ROWS,
        ),
        _table(
            "swings",
            "What each swing would cost",
            _columns(
                ("swing", "Swing", "", None, 0),
                ("own_pct", "Canada", "%", M, 2),
                ("own_theta4_pct", "Canada, θ = 4", "%", M, 2),
                ("own_bn", "Canada", "bn US$", M, 1),
                ("own_per_person", "Canada, per person", "US$", D, 0),
                ("power_pct", "United States", "%", M, 2),
                ("power_theta4_pct", "United States, θ = 4", "%", M, 2),
                ("power_bn", "United States", "bn US$", M, 1),
                ("power_per_person", "United States, per person", "US$", D, 0),
            ),
            SWING_ROWS,
        ),
        _table(
            "sectors",
            "Which sectors carry it",
            _columns(
                ("sector", "Sector", "", None, 0),
                ("exports_bn", "Exports to the United States", "bn US$", P, 1),
                ("share_sold_pct", "Share of output sold there", "%", D, 1),
                ("alone_pct", "Welfare change if only this sector is taxed", "%", M, 3),
                ("alone_share_pct", "Share of the whole loss", "%", M, 1),
                ("value_added_pct", "Value added", "%", M, 1),
                ("value_added_bn", "Value added", "bn US$", M, 1),
            ),
            SECTOR_ROWS,
        ),
        _table(
            "partners",
            "Which partners would help",
            _columns(
                ("partner", "Partner", "", None, 0),
                ("code", "Code", "", None, 0),
                ("standing", "Agreement", "", P, 0),
                ("calm_tariff_pct", "Calm gain, tariffs", "%", M, 3),
                ("calm_nontariff_pct", "Calm gain, non-tariff", "%", A, 3),
                ("calm_nontariff_low_pct", "Calm gain, non-tariff, low", "%", A, 3),
                ("calm_nontariff_high_pct", "Calm gain, non-tariff, high", "%", A, 3),
                ("avoided_pct", "Loss avoided", "%", M, 3),
                ("avoided_low_pct", "Loss avoided, low", "%", M, 3),
                ("avoided_high_pct", "Loss avoided, high", "%", M, 3),
                ("avoided_share_pct", "Share of the loss avoided", "%", M, 1),
                ("avoided_theta4_pct", "Loss avoided, θ = 4", "%", M, 3),
                ("partner_pct", "Partner's own change", "%", M, 3),
                ("partner_loses", "Partner loses", "", M, 0),
            ),
            PARTNER_ROWS,
        ),
        _table(
            "spells",
            "What was really set",
            _columns(
                ("start", "From", "", None, 0),
                ("days", "Days", "", P, 0),
                ("standing", "Standing", "", None, 0),
                ("rate_pct", "Added on Canada", "%", P, 1),
                ("alone_pct", "Alone, long run", "%", M, 2),
                ("alone_first_pct", "Alone, first year", "%", M, 2),
                ("whole_pct", "Whole schedule, long run", "%", M, 2),
                ("whole_first_pct", "Whole schedule, first year", "%", M, 2),
                ("power_whole_pct", "United States, whole schedule", "%", M, 2),
            ),
            SPELL_ROWS,
        ),
        _table("decides", "Which assumption decides", _decides_columns(), DECIDES_ROWS),
        _table(
            "abroad",
            "Whose policies matter",
            _columns(
                ("name", "Economy", "", None, 0),
                ("code", "Code", "", None, 0),
                ("on_actor_point_pct", "1 point on Canada", "%", M, 4),
                ("on_actor_large_pct", "25% on Canada, solved", "%", M, 3),
                ("on_actor_off_pct", "Off by", "%", M, 0),
                ("on_others_point_pct", "1 point on the others", "%", M, 4),
                ("on_others_large_pct", "25% on the others, solved", "%", M, 3),
                ("on_others_off_pct", "Off by", "%", M, 0),
                ("growth_pct", "Its growth of 1%", "%", M, 4),
            ),
            ABROAD_ROWS,
        ),
        _table(
            "standing",
            "Dependence over the years",
            _columns(
                ("year", "Year", "", None, 0),
                ("series", "Series", "", None, 0),
                ("own_pct", "Canada", "% of GDP", D, 1),
                ("lower_pct", "Peers, lower quartile", "% of GDP", D, 1),
                ("median_pct", "Peers, median", "% of GDP", D, 1),
                ("upper_pct", "Peers, upper quartile", "% of GDP", D, 1),
                ("rank", "Rank", "", D, 0),
                ("economies", "Economies ranked", "", D, 0),
            ),
            STANDING_ROWS,
        ),
        _table(
            "hedging-profile",
            "How Canada hedged",
            _columns(
                ("element", "Element", "", None, 0),
                ("score", "Score", "", D, 2),
                ("low", "Low", "", A, 2),
                ("high", "High", "", A, 2),
                ("known_pct", "Known", "%", D, 0),
                ("region_least", "Neighbours: least", "", D, 2),
                ("region_median", "Median", "", D, 2),
                ("region_most", "Most", "", D, 2),
            ),
            HEDGING_ROWS,
        ),
        _table(
            "indicators",
            "Dependence today",
            _columns(("indicator", "Indicator", "", None, 0), ("value", "Value", "", D, 2)),
            (("Exports to the power, US$", 1234567.891), ("Concentration of partners", 0.5671)),
        ),
    )


SPELL_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2025-02-04", 30.0, "short", 0.0, None, None, None, None, None),
    ("2025-03-06", 90.0, "in force", 8.5, -0.71, -0.83, -0.52, -0.6, 0.21),
    ("2025-06-04", None, "announced", 6.0, -0.5, None, -0.4, None, 0.3),
)

STANDING_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("2004", "Goods, invented", 35.1, 1.9, 3.2, 6.4, 2.0, 17.0),
    ("2008", "Goods, invented", 33.0, 2.0, 3.0, 6.0, 2.0, 18.0),
    ("2023", "Services, invented", 31.0, None, None, None, 1.0, 1.0),
)
HEDGING_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("blunting", 0.412, 0.291, 0.563, 100.0, 0.102, 0.351, 0.667),
    ("broadening", 0.233, 0.114, 0.342, 75.0, 0.154, 0.401, 0.708),
    ("binding", None, None, None, 25.0, None, None, None),
)

DECIDES_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("World table", 54.2, 40.1, 69.8, 36.9, 24.7, 52.3),
    ("Level of all goods elasticities", 31.4, 22.2, 41.6, 50.3, 38.1, 66.4),
    ("Trade deficits", 0.0, -0.4, 0.3, 3.1, 2.2, 5.3),
)


def _decides_columns() -> tuple[Column, ...]:
    """Two shares, each with the ends of its interval behind it."""
    columns = [Column(id="assumption", title="What is varied")]
    for name in ("headline_total_pct", "insurance_total_pct"):
        ends = (f"{name}_p5", f"{name}_p95")
        columns.append(Column(id=name, title=name, unit="% of variance", status=M, digits=0, band=ends))
        columns += [Column(id=end, title=end, unit="% of variance", status=M, digits=0) for end in ends]
    return tuple(columns)


FIGURES = (
    Figure(
        id="map",
        title="Mexico and Canada stand most in the wind",
        alt="World map. Mexico −3.40 %, Canada −2.11 %, Viet Nam −1.95 %; most others below 1 %.",
        table="exposure-map",
    ),
    Figure(
        id="swings",
        title="An answer in kind costs more than it returns",
        alt="Bars. A 25 % tariff costs Canada 2.11 %, with an answer in kind 2.74 %; the United States 0.21 %.",
        table="swings",
    ),
    Figure(
        id="sectors",
        title="Fuels and vehicles carry more than half",
        alt="Bars. Mining and fuels −0.71 %, transport equipment −0.49 %, metals −0.20 %.",
        table="sectors",
    ),
    Figure(
        id="spells",
        title="A schedule that never stood still",
        alt="Steps of the added tariff, and bars: −0.52 % from March 2025, −0.40 % from June 2025.",
        table="spells",
    ),
    Figure(
        id="abroad",
        title="Next to the neighbour, nobody's tariffs matter much",
        alt="Three panels. A point of American tariff costs Canada 0.13 %, one of China 0.01 %.",
        table="abroad",
    ),
    Figure(
        id="partners",
        title="Growth is not insurance",
        alt="Two panels. China: calm gain 0.25 % + 0.15 %, loss avoided 0.12 %. Mexico insures nothing.",
        table="partners",
    ),
    Figure(
        id="standing",
        title="Less dependent than once, more than anybody else",
        alt="Lines. Canada 35.1 % of GDP in 2004, 33.0 % in 2008; the median of its peers 3 %.",
        table="standing",
    ),
    Figure(
        id="hedging",
        title="One neighbour, few others",
        alt="Dots with intervals over a band. Blunting 0.41 (0.29 to 0.56), broadening 0.23 (0.11 to 0.34).",
        table="hedging-profile",
    ),
    Figure(
        id="decides",
        title="What decides",
        alt="Two panels of bars with intervals. World table 54 %, level 31 %, deficits nothing.",
        table="decides",
    ),
)


@pytest.fixture(scope="session")
def brief() -> Brief:
    """The made-up brief."""
    return Brief(
        version="0.0.0",
        command=COMMAND,
        title="Canada and the policy swings of the United States",
        actor=Party(code="CAN", name="Canada", members=("CAN",)),
        power=Party(code="USA", name="United States", members=("USA",)),
        tariff=0.25,
        retaliation=False,
        world=WorldNote(id="composite-2023", title="Composite world, 2023", year=2023, sha256="ab12" * 16),
        solver=SolverNote(solves=412, worst_residual=3.2e-11, most_iterations=27),
        bottom_line=(
            "A 25 % tariff of the United States on everything would cost Canada 2.1 % of real income, "
            "about 45 billion dollars a year.",
            "Fuels and vehicles carry more than half of it, and an answer in kind adds to the bill.",
            "No partner replaces the neighbour: the best agreement returns 6 % of the loss, "
            "and earns more in calm weather than it insures.",
        ),
        tables=_tables(),
        figures=FIGURES,
        method=(
            Passage(title="Data", paragraphs=("Everything in this brief is invented for tests.",)),
            Passage(title="Method", paragraphs=("A many-sector model of trade, solved to 1e-10.", "Twice.")),
            Passage(title="Limits", paragraphs=("No finance, no migration, no missiles.",)),
            Passage(title="What could change the answer", paragraphs=("Elasticities, and <b>people</b>.",)),
        ),
        sources=(
            SourceNote(
                id="made-up",
                citation="Nobody (2023). Invented & unpublished.",
                licence="CC0",
                url="https://example.org/data?a=1&b=2",
            ),
            SourceNote(
                id="hostile", citation="A source with a bad address.", licence="none", url="javascript:alert(1)"
            ),
        ),
    )


LONG = "Mercosur (Argentina, Brazil, Paraguay, Uruguay) & <b>Co</b>"


@pytest.fixture(scope="session")
def plan_report() -> PlanReport:
    """A plan on the tiny world with names of every length, one partner who loses, and how sure it is."""
    more = [
        replace(DEAL, id=name, label=f"Agreement with {LONG}, {name}", cost=Range(price, price, price), first_year=wait)
        for name, price, wait in (("MERCOSUR", 1e-4, 1), ("EAEU", 2e-4, 0), ("ASEAN-AND-MORE", 3e-4, 2))
    ]
    options = (DEAL, LEAVE, HARMFUL, *more, SUBSIDY, STORE)
    request = replace(REQUEST, sure=True, horizon=Horizon(years=3), paths=6)
    found = make_plan(QUESTION, outlook(0.25), options, request=request, work=Work())
    return compose_plan(found, command="hedgerow plan BBB --power AAA", version="0.0.0")
