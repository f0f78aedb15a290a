"""Tables of optimal policy: rates, players, an ally's choice, odds of alignment, and what it all does to everyone."""

from __future__ import annotations

from collections.abc import Sequence

from hedgerow.planning.optimal_policy import Courting, Persuasion, Setting, War, effects_on_all, rate_in_force
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table
from hedgerow.trade.economy import Array
from hedgerow.trade.equilibrium import Equilibrium
from hedgerow.trade.optimal.instrument import Block
from hedgerow.trade.optimal.objective import log_income
from hedgerow.trade.optimal.optimum import Edge, Optimum
from hedgerow.world.parties import Party

_EDGES = {Edge.INSIDE: "no", Edge.LOWEST: "lowest", Edge.HIGHEST: "highest"}
SHARE = "% of income"


def rates_table(setting: Setting, chosen: Sequence[tuple[Party, Optimum, Array]], command: str) -> Table:
    """One row for each setter and block; the rates are given beside the optimum they are the best response of."""
    rows = [
        (setter.name, *_where(setting, block), *_rate(setting, optimum, block, float(rate)), _EDGES[edge])
        for setter, optimum, rates in chosen
        for block, rate, edge in zip(optimum.blocks, rates, optimum.edges, strict=True)
    ]
    return Table(
        id="rates",
        title="The tariffs chosen",
        reading="A row is a group of imports that bears one rate. In force: the average today. One over θ is what a "
        "country too small to move any price would choose where there is one sector.",
        columns=(
            Column(id="setter", title="Setter"),
            Column(id="sectors", title="Goods"),
            Column(id="exporters", title="From"),
            Column(id="rate_pct", title="Chosen", unit="%", status=Status.MODELLED),
            Column(id="in_force_pct", title="In force", unit="%", status=Status.DERIVED),
            Column(id="one_over_theta_pct", title="One over θ", unit="%", status=Status.DERIVED),
            Column(id="imports_pct", title="Imports", unit=SHARE, status=Status.DERIVED),
            Column(id="bound", title="On a bound"),
        ),
        rows=tuple(rows),
        formula="max over t of ln W(t); d ln W / d ln(1 + t) = 0 for every rate inside its bounds",
        command=command,
    )


def effects_table(setting: Setting, equilibrium: Equilibrium, command: str) -> Table:
    """Everyone's change of real income."""
    columns = (
        Column(id="code", title="Code"),
        Column(id="name", title="Economy"),
        Column(id="welfare_pct", title="Real income", unit=SHARE, status=Status.MODELLED, digits=3),
        Column(id="musd", title="In money", unit="MUSD/yr", status=Status.MODELLED, digits=0),
        Column(id="per_person_usd", title="A person", unit="USD/yr", status=Status.MODELLED, digits=0),
    )
    return Table(
        id="effects",
        title="What it does to everyone",
        reading="Change of real income against the tariffs in force, greatest gain first; blocs count once.",
        columns=columns,
        rows=tuple(
            (one.code, one.name, 100 * change.share, change.musd, change.per_person)
            for one, change in effects_on_all(setting.world, equilibrium)
        ),
        formula="Ŵ − 1, with W = I / P",
        command=command,
    )


def players_table(war: War, command: str) -> Table:
    """One row for each player of a war that ended in an equilibrium."""
    point = war.nash.point
    rows: list[tuple[Cell, ...]] = []
    if point is not None:
        rows = [
            (player.name, 100 * gain, 100 * alone.gain, 100 * deviation)
            for player, gain, alone, deviation in zip(
                war.players, point.gains, war.alone, point.deviations, strict=True
            )
        ]
    return Table(
        id="players",
        title="The players",
        reading="In the war: everyone plays a best response to the others. Alone: nobody answers. Left to gain: what "
        "a player would still get by changing its tariffs, which certifies the equilibrium.",
        columns=(
            Column(id="player", title="Player"),
            Column(id="war_pct", title="In the war", unit="log points, %", status=Status.MODELLED, digits=3),
            Column(id="alone_pct", title="Alone", unit="log points, %", status=Status.MODELLED, digits=3),
            Column(id="deviation_pct", title="Left to gain", unit="log points, %", status=Status.MODELLED, digits=7),
        ),
        rows=tuple(rows),
        formula="t_k = argmax ln W_k(t_k, t_-k) for every player k",
        command=command,
    )


def choice_table(asked: Persuasion, command: str) -> Table:
    """The two worlds between which the ally chooses."""
    found = asked.found
    rows = []
    for role, side in (("ally", asked.ally), ("power", asked.power), ("target of the measure", asked.toward)):
        joins, stays = (log_income(one, side.members) for one in (found.joins, found.stays))
        rows.append((side.name, role, 100 * joins, 100 * stays, 100 * (joins - stays)))
    at = "the rate found" if found.rate is not None else "the highest rate"
    return Table(
        id="choice",
        title=f"The choice at {at}",
        reading="Change of real income if the ally joins and if it stays out, against the world as it is.",
        columns=(
            Column(id="economy", title="Economy"),
            Column(id="role", title="Role"),
            Column(id="joins_pct", title="Ally joins", unit="log points, %", status=Status.MODELLED, digits=3),
            Column(id="stays_pct", title="Ally stays out", unit="log points, %", status=Status.MODELLED, digits=3),
            Column(id="difference_pct", title="Difference", unit="log points, %", status=Status.MODELLED, digits=3),
        ),
        rows=tuple(rows),
        formula="ln W_A(joins; x) = ln W_A(stays out; x)",
        command=command,
    )


def odds_table(courted: Courting, command: str) -> Table:
    """How likely each target is to align."""
    found = courted.found
    pairs = zip(courted.targets, found.plain_probabilities, found.probabilities, strict=True)
    return Table(
        id="odds",
        title="Odds of alignment",
        reading="Probability that a target aligns at the tariff for income alone, and at the tariff chosen.",
        columns=(
            Column(id="target", title="Target"),
            Column(id="plain_pct", title="Income alone", unit="%", status=Status.ASSUMED, digits=1),
            Column(id="chosen_pct", title="Chosen", unit="%", status=Status.ASSUMED, digits=1),
        ),
        rows=tuple((target.name, 100 * float(before), 100 * float(after)) for target, before, after in pairs),
        formula="1 / (1 + exp(−(ln W_n(aligned) − ln W_n(not)) / ς))",
        command=command,
        notes=(
            f"Assumed: spread ς {found.motive.spread:g}, an ally pays {100 * found.motive.rate:g}%, targets count "
            "by income.",
        ),
    )


def _where(setting: Setting, block: Block) -> tuple[Cell, Cell]:
    titles = {s.id: s.title for s in setting.world.sectors}
    names = {a.iso3: a.name for a in setting.world.actors}
    goods = titles[block.sectors[0]] if len(block.sectors) == 1 else "goods"
    if len(block.exporters) == 1:
        return goods, names[block.exporters[0]]
    return goods, f"{len(block.exporters)} economies"


def _rate(setting: Setting, optimum: Optimum, block: Block, rate: float) -> tuple[Cell, ...]:
    economy = setting.economy
    theta = {float(economy.trade_elasticity[economy.sectors.index(sector)]) for sector in block.sectors}
    small = 100 / theta.pop() if len(theta) == 1 else None
    return 100 * rate, 100 * rate_in_force(economy, optimum.instrument.setter, block), small, 100 * block.imports
