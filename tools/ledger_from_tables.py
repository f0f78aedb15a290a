"""Cases of the ledger that follow from tables we ship: what NATO's members spend, and deals that state no goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from hedgerow.data.politics import political_table
from hedgerow.ledger.drafts import Written
from hedgerow.ledger.entries import Draft
from hedgerow.ledger.records import (
    AnyRecord,
    Direction,
    Goal,
    Level,
    Measured,
    Member,
    MemberKind,
    Outcome,
    Partnership,
    PartnershipKind,
    Source,
    Verification,
)
from hedgerow.provenance import Status
from hedgerow.world.actors import alias_table
from hedgerow.world.deals import Deal, DealStatus, deals
from hedgerow.world.memberships import joined, organisations
from hedgerow.written.lines import Lines

RECORDED, BY = datetime(2026, 11, 25, tzinfo=UTC), "The Hedgerow developers"

WALES, FIRST, DUE = date(2014, 9, 5), 2014, 2024
GUIDELINE = 2.0
"""% of GDP, by 2024."""
CORE = 3.5
"""% of GDP, by 2035: core defence, of the 5% of The Hague."""
NO_FORCES = "ISL"
NATO_COUNTS = 22
"""Members at 2% in 2024, by NATO's own report."""

_SERIES = "https://data.worldbank.org/indicator/MS.MIL.XPND.GD.ZS"
SIPRI = Source(
    title="SIPRI, as the World Bank publishes it (MS.MIL.XPND.GD.ZS)", url=_SERIES, published=date(2025, 4, 28)
)
WALES_SUMMIT = Source(
    title="Wales Summit Declaration, paragraph 14",
    url="https://www.nato.int/cps/en/natohq/official_texts_112964.htm",
    published=WALES,
)
HAGUE_SUMMIT = Source(
    title="The Hague Summit Declaration",
    url="https://www.nato.int/cps/en/natohq/official_texts_236705.htm",
    published=date(2025, 6, 25),
)
NATO_REPORT = Source(
    title="NATO, Secretary General's Annual Report 2024, as told by Anadolu",
    url="https://www.anews.com.tr/world/2025/04/24/nato-allies-increased-defense-spending-by-194-in-2024-report",
    published=date(2025, 4, 24),
)


def from_tables(by_hand: Path) -> list[Written]:
    """Every such case, apart from deals that have a file of their own in ``by_hand``."""
    stated = {path.stem for path in by_hand.glob("trade-*.toml")}
    silent = [deal for deal in deals().values() if f"trade-{deal.id}" not in stated]
    return [_written(nato()), *(_written([trade(deal)]) for deal in silent)]


def _written(records: list[AnyRecord]) -> Written:
    first, drafts = records[0], tuple(Draft(record, BY, RECORDED) for record in records)
    return Written(f"{first.id}, from tables", Lines.of(""), first.id, drafts, tuple(() for _ in drafts))


def trade(deal: Deal) -> Partnership:
    """A deal of which no party stated a measurable goal in what we have."""
    return Partnership(
        id=f"trade-{deal.id}",
        title=deal.title,
        kind=PartnershipKind.TRADE_AGREEMENT,
        issue="trade",
        since=deal.date,
        members=tuple(_party(party) for party in deal.parties),
        source=Source(title=deal.source),
        note=f"{_STANDS[deal.status]} on that day. No measurable goal of a party was found.",
    )


_STANDS = {
    DealStatus.IN_FORCE: "In force",
    DealStatus.PROVISIONAL: "Applied provisionally",
    DealStatus.SIGNED: "Signed, not in force,",
    DealStatus.CONCLUDED: "Concluded, not signed,",
    DealStatus.NEGOTIATING: "Under negotiation",
}


def _party(party: str) -> Member:
    if party in organisations():
        title = organisations()[party].title
        return Member(id=party.lower(), kind=MemberKind.INTERNATIONAL_ORGANISATION, name=title)
    return Member(id=party)


Shares = Mapping[tuple[str, int], float]
"""Military spending in % of GDP by ally and year."""


def spending() -> Shares:
    """From the year before the pledge on; no entry where none is known."""
    table = political_table("military-spending").dropna(subset="percent_gdp")
    kept = table[table["actor"].isin(allies()) & table["year"].between(FIRST - 1, DUE)]
    return dict(zip(zip(kept["actor"], kept["year"], strict=True), kept["percent_gdp"], strict=True))


def allies() -> list[str]:
    """Those with forces."""
    return sorted(set(joined("NATO")) - {NO_FORCES})


def nato() -> list[AnyRecord]:
    """The pledges of Wales and The Hague, one goal an ally and pledge, and spending by ally and year.

    Who joined after 2014 is held to the guideline from the year before it joined. An ally above a target has no
    baseline: its goal is to stay there.
    """
    shares = spending()
    records: list[AnyRecord] = [_alliance(), _every_ally(shares), _hague_total()]
    for who in allies():
        records += [_wales(who, shares), _hague(who, shares)]
    outcomes = [*_by_ally(shares), *_counted(shares)]
    checks = (_measured(outcome) for outcome in outcomes)
    return [*records, *outcomes, _counted_by_nato(), *checks]


def members_of(year: int) -> list[str]:
    """Allies with forces at the end of a year."""
    return [who for who in allies() if joined("NATO")[who] <= date(year, 12, 31)]


def _alliance() -> Partnership:
    return Partnership(
        id="nato-spending",
        title="NATO: spending on defence",
        kind=PartnershipKind.ALLIANCE,
        issue="security",
        since=WALES,
        members=tuple(
            Member(id=who, joined=day if day > WALES else None) for who, day in sorted(joined("NATO").items())
        ),
        source=WALES_SUMMIT,
        note="The alliance is of 1949; the record begins with the pledge. Iceland has no forces and so no goal. NATO "
        "counts some forces and pensions otherwise than SIPRI, and revises: the two do not agree to the decimal. SIPRI "
        "tells of a year in April of the next, which is the day of its verdicts here; the values are those of 2025.",
    )


def _wales(who: str, shares: Shares) -> Goal:
    before = max(FIRST, joined("NATO")[who].year) - 1
    return Goal(
        id=f"wales-{who.lower()}",
        title=f"{alias_table().names[who]}: towards 2% of GDP within a decade, or stay above it",
        indicator="military spending",
        unit="% of GDP",
        direction=Direction.UP,
        scope=who,
        baseline=_start(shares[who, before], before, GUIDELINE),
        target=GUIDELINE,
        deadline=date(DUE, 12, 31),
        responsible=(who,),
        source=WALES_SUMMIT,
        note="To aim to move towards 2% is less than to reach it: the target is our reading.",
    )


def _hague(who: str, shares: Shares) -> Goal:
    return Goal(
        id=f"hague-core-{who.lower()}",
        title=f"{alias_table().names[who]}: 3.5% of GDP a year by 2035 on core defence",
        indicator="military spending",
        unit="% of GDP",
        direction=Direction.UP,
        scope=who,
        baseline=_start(shares[who, DUE], DUE, CORE),
        target=CORE,
        deadline=date(2035, 12, 31),
        responsible=(who,),
        source=HAGUE_SUMMIT,
        note="Spain says that 2.1% is enough for what it owes the alliance." if who == "ESP" else None,
    )


def _start(value: float, year: int, target: float) -> Measured | None:
    return None if value >= target else Measured(value=value, date=date(year, 12, 31), source=SIPRI)


def _hague_total() -> Goal:
    return Goal(
        id="hague-total",
        title="5% of GDP a year by 2035 on core defence and what serves it",
        indicator="spending on defence and on related security",
        unit="% of GDP",
        direction=Direction.UP,
        scope="each ally",
        target=5,
        deadline=date(2035, 12, 31),
        source=HAGUE_SUMMIT,
        note="Up to 1.5 points may be infrastructure, networks, resilience and industry, which no independent series "
        "counts.",
    )


def _every_ally(shares: Shares) -> Goal:
    return Goal(
        id="allies-2024",
        title="All allies at 2% of GDP by 2024",
        indicator="allies that spend at least 2% of GDP",
        unit="allies",
        direction=Direction.UP,
        scope="allies that have forces",
        baseline=Measured(
            value=_reach(shares, FIRST - 1), date=date(FIRST - 1, 12, 31), status=Status.DERIVED, source=SIPRI
        ),
        target=len(allies()),
        deadline=date(DUE, 12, 31),
        source=WALES_SUMMIT,
        note="The goals of the allies counted together; the pledge is each ally's own.",
    )


def _reach(shares: Shares, year: int) -> int:
    return sum(shares[who, year] >= GUIDELINE for who in members_of(year))


def _by_ally(shares: Shares) -> Iterator[Outcome]:
    """Each year of membership from the pledge on."""
    for year in range(FIRST, DUE + 1):
        for who in members_of(year):
            yield _outcome(f"{who.lower()}-{year}", f"wales-{who.lower()}", year, shares[who, year], Status.PUBLISHED)


def _counted(shares: Shares) -> Iterator[Outcome]:
    for year in range(FIRST, DUE + 1):
        yield _outcome(f"allies-{year}", "allies-2024", year, _reach(shares, year), Status.DERIVED)


def _outcome(name: str, goal: str, year: int, value: float, status: Status) -> Outcome:
    day = date(year, 12, 31)
    return Outcome(id=name, goal=goal, value=value, date=day, reported_by="SIPRI", status=status, source=SIPRI)


def _counted_by_nato() -> Outcome:
    return Outcome(
        id="allies-2024-nato",
        goal="allies-2024",
        value=NATO_COUNTS,
        date=date(DUE, 12, 31),
        reported_by="NATO",
        source=NATO_REPORT,
        note="23 were expected in June 2024; the tables of August 2025 say 18, as the press tells them.",
    )


def _measured(outcome: Outcome) -> Verification:
    told = date(outcome.date.year + 1, 4, 30)
    return Verification(
        id=outcome.id, outcome=outcome.id, level=Level.INDEPENDENT, by="SIPRI", evidence=_SERIES, date=told
    )
