"""Tables of a coalition: members, agreements, who would leave or join, and what decides the gain."""

from __future__ import annotations

from collections.abc import Iterator

from hedgerow.planning.coalition.answer import Coalition
from hedgerow.planning.coalition.outcomes import Agreed
from hedgerow.provenance import Status
from hedgerow.reporting.brief import Cell, Column, Table

SHARE = "% of income"
_PI = "π = E[ln W] − λ CVaR(L) − cost; gain = π(agreements) − π(what is given)"


def coalition_tables(found: Coalition, command: str) -> tuple[Table, ...]:
    """All tables, members first."""
    return (
        members_table(found, command),
        sets_table(found, command),
        agreements_table(found, command),
        inside_table(found, command),
        outside_table(found, command),
        spread_table(found, command),
    )


def members_table(found: Coalition, command: str) -> Table:
    """One row a member: together beside one by one, growth apart from insurance."""
    return Table(
        id="members",
        title="What each member gains by planning together",
        reading="Together less one by one is what coordination adds; below zero a member would rather be left to its "
        "own plan, and stays only for a transfer. Calm gain is growth; loss avoided is insurance.",
        columns=(
            Column(id="member", title="Member"),
            Column(id="coordination_pct", title="Together less one by one", unit=SHARE, status=Status.MODELLED,
                   digits=3),
            Column(id="alone_pct", title="Own plan, if it came true", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="one_by_one_pct", title="One by one", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="joint_pct", title="Together", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="fairest_pct", title="Best for the worst off", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="calm_gain_pct", title="Together: calm gain", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="cost_pct", title="Together: cost", unit=SHARE, status=Status.ASSUMED, digits=4),
            Column(id="tail_pct", title="Loss in the worst tenth", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="avoided_one_by_one_pct", title="Avoided one by one", unit=SHARE, status=Status.MODELLED,
                   digits=4),
            Column(id="avoided_pct", title="Avoided together", unit=SHARE, status=Status.MODELLED, digits=4),
        ),
        rows=tuple(_members(found)),
        formula=_PI,
        command=command,
    )  # fmt: skip


def _members(found: Coalition) -> Iterator[tuple[Cell, ...]]:
    """The rows of :func:`members_table`."""
    planners, members = found.planners, found.setting.members
    sets = [found.one_by_one, found.joint, found.fairest]
    gains = planners.gains(sets)
    tails = planners.outcomes.tails([planners.given, *sets], members)
    calm = found.lottery.calm
    for place, member in enumerate(members):
        income = planners.outcomes.of_party([planners.given, found.joint], member)
        cost = planners.outcomes.costs([planners.given, found.joint], member)
        own = planners.gains([found.alone[place]])[0, place]
        yield (
            member.name,
            100 * float(gains[1, place] - gains[0, place]),
            100 * float(own),
            100 * float(gains[0, place]),
            100 * float(gains[1, place]),
            100 * float(gains[2, place]),
            100 * float(income[calm, 1] - income[calm, 0]),
            100 * float(cost[1] - cost[0]),
            100 * float(tails[0, place]),
            100 * float(tails[0, place] - tails[1, place]),
            100 * float(tails[0, place] - tails[2, place]),
        )


def sets_table(found: Coalition, command: str) -> Table:
    """The sets of agreements, and what each is worth to all."""
    planners = found.planners
    sets = {
        "Everything": planners.given | planners.every,
        "One by one: in the plans of both ends": found.one_by_one,
        "Together: greatest sum": found.joint,
        "Together: best for the worst off": found.fairest,
        "Together, each free to drop what it would rather not have": found.enforceable,
    }
    gains = planners.gains(list(sets.values()))
    power = planners.gains(list(sets.values()), [found.setting.power])[:, 0]
    return Table(
        id="sets",
        title="Sets of agreements",
        reading="The sum counts every member alike, in per cent of its own income. The search is local: no single "
        "agreement more or less raises what a set is chosen for.",
        columns=(
            Column(id="set", title="Set"),
            Column(id="agreements", title="Agreements", unit="number", status=Status.MODELLED, digits=0),
            Column(id="left_out", title="Left out"),
            Column(id="sum_pct", title="Sum of gains", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="least_pct", title="Least gain", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="power_pct", title=f"Gain of {found.setting.power.name}", unit=SHARE, status=Status.MODELLED,
                   digits=4),
        ),
        rows=tuple(
            (
                name,
                float(len(made)),
                names_of(found, planners.every - made) or "none",
                100 * float(gain.sum()),
                100 * float(gain.min()),
                100 * float(effect),
            )
            for (name, made), gain, effect in zip(sets.items(), gains, power, strict=True)
        ),
        formula=f"{_PI}; sum over members; min over members",
        command=command,
    )  # fmt: skip


def agreements_table(found: Coalition, command: str) -> Table:
    """One row an agreement: by itself, in whose plan, and who would rather drop it from the joint plan."""
    planners, links = found.planners, found.links
    every = sorted(planners.every)
    alone = planners.gains([planners.given | {k} for k in every])
    plans = dict(zip(found.setting.members, found.alone, strict=True))
    replies = dict(zip(found.setting.members, found.replies, strict=True))
    wishes = planners.wishes(found.joint)
    rows: list[tuple[Cell, ...]] = []
    for row, k in enumerate(every):
        ends = (links[k].one, links[k].other)
        gain = [100 * float(alone[row, planners.members.index(end)]) for end in ends]
        rows.append(
            (
                links[k].name,
                "deeper" if links[k].deepens else "new",
                *gain,
                " ".join(end.code for end in ends if k in plans[end]) or "nobody",
                " ".join(end.code for end in ends if k in replies[end]) or "nobody",
                k in found.joint,
                wishes[k][0].code if k in wishes else "",
            )
        )
    return Table(
        id="agreements",
        title="The agreements",
        reading="Gain by itself is what the agreement alone is worth to its first and second name, net of cost. An "
        "agreement that a partner loses from by itself enters nobody's own plan. Replies take as given what comes of "
        "the others' plans.",
        columns=(
            Column(id="agreement", title="Agreement"),
            Column(id="kind", title="Kind"),
            Column(id="first_pct", title="First, by itself", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="second_pct", title="Second, by itself", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="plans", title="In the own plan of"),
            Column(id="replies", title="In the reply of"),
            Column(id="joint", title="Joint"),
            Column(id="drops", title="Would drop it"),
        ),
        rows=tuple(rows),
        formula=_PI,
        command=command,
    )


def inside_table(found: Coalition, command: str) -> Table:
    """One row a member: staying beside leaving."""
    return Table(
        id="inside",
        title="Who would leave",
        reading="Outside, a member has no agreement with the others, who plan anew without it. Who gains more outside "
        "would leave. A member may also stay and refuse single agreements: the table of members shows who would.",
        columns=(
            Column(id="member", title="Member"),
            Column(id="stays_pct", title="Gain inside", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="leaves_pct", title="Gain outside", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="others_pct", title="Others lose", unit="sum of % of income", status=Status.MODELLED, digits=3),
            Column(id="stable", title="Stays"),
        ),
        rows=tuple(
            (one.member.name, 100 * one.stays, 100 * one.leaves, 100 * one.others, one.stable) for one in found.inside
        ),
        formula="stays where π_i(S) ≥ π_i(S∖i) (d'Aspremont et al. 1983)",
        command=command,
    )


def outside_table(found: Coalition, command: str) -> Table:
    """One row an outsider: staying out beside signing with everybody."""
    return Table(
        id="outside",
        title="Who would join",
        reading="The largest economies outside, each with an agreement with every member in addition to the joint "
        "plan. Welcome: no member loses by it.",
        columns=(
            Column(id="party", title="Outsider"),
            Column(id="stays_pct", title="Outside", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="joins_pct", title="Inside", unit=SHARE, status=Status.MODELLED, digits=3),
            Column(id="members_pct", title="Members gain", unit="sum of % of income", status=Status.MODELLED, digits=3),
            Column(id="losers", title="Members that lose"),
            Column(id="stable", title="Stays out"),
        ),
        rows=tuple(
            (
                one.party.name,
                100 * one.stays,
                100 * one.joins,
                100 * one.members,
                " ".join(loser.code for loser in one.losers),
                one.stable,
            )
            for one in found.outside
        ),
        formula="stays out where π_k(S) ≥ π_k(S∪k) (d'Aspremont et al. 1983)",
        command=command,
    )


def spread_table(found: Coalition, command: str) -> Table:
    """One row an assumption: its levels and its share of the variance."""
    spread = found.spread
    rows: list[tuple[Cell, ...]] = []
    for axis, (factor, levels) in enumerate(zip(spread.factors, spread.levels, strict=True)):
        others = tuple(k for k in range(len(spread.factors)) if k != axis)
        means = 100 * spread.gain.mean(axis=others)
        rows.append((factor, ", ".join(levels), float(means.min()), float(means.max()), 100 * spread.shares[factor]))
    rows.append(("together", "combinations", None, None, 100 * spread.shares["together"]))
    return Table(
        id="spread",
        title="What the gain from planning together hangs on",
        reading="The two sets of agreements stay what they are; the gain is computed again under every combination. "
        "Least and most are means over the levels of everything else.",
        columns=(
            Column(id="assumption", title="Assumption"),
            Column(id="levels", title="Levels"),
            Column(id="least_pct", title="Least", unit="sum of % of income", status=Status.MODELLED, digits=4),
            Column(id="most_pct", title="Most", unit="sum of % of income", status=Status.MODELLED, digits=4),
            Column(id="share_pct", title="Share of the variance", unit="%", status=Status.DERIVED, digits=1),
        ),
        rows=tuple(rows),
        formula="Var(E[gain | assumption]) / Var(gain) (Sobol' 1993)",
        command=command,
        notes=("Costs, effects, chains and attitudes are our assumptions, with the ranges of a plan.",),
    )


def names_of(found: Coalition, made: Agreed) -> str:
    """Agreements in words."""
    return ", ".join(found.links[k].name for k in sorted(made))
