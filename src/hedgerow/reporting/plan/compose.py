"""Put a plan together into a :class:`PlanReport`."""

from __future__ import annotations

import numpy as np

from hedgerow.data.registry import cited
from hedgerow.planning.hypotheses import THETA_4_SOURCE
from hedgerow.planning.portfolio.plan import Plan
from hedgerow.planning.portfolio.selection import Selection
from hedgerow.reporting.brief import Figure, Party, Passage, SolverNote, SourceNote, Table, WorldNote
from hedgerow.reporting.plan.prose import cautions, steps
from hedgerow.reporting.plan.prose_depth import depth_cautions, depth_method
from hedgerow.reporting.plan.report import OutlookNote, PlanReport
from hedgerow.reporting.plan.tables import plan_tables
from hedgerow.reporting.plan.tables_depth import depth_tables
from hedgerow.reporting.prose import in_prose
from hedgerow.trade.horizon import SOURCE as HORIZON_SOURCE
from hedgerow.world import parties

MEMBERSHIPS = "memberships"


NOBODY = Selection(())
"""Passed over where the options were named."""


def compose_plan(found: Plan, *, command: str, version: str, passed_over: Selection = NOBODY) -> PlanReport:
    """The report of a plan.

    Args:
        found: everything computed.
        command: the command line that makes it again.
        version: of the program.
        passed_over: gives whom the choice of options left out.
    """
    question, world = found.question, found.question.world
    tables = (*plan_tables(found, command), *depth_tables(found, command))
    sources = [*world.source_ids, THETA_4_SOURCE, HORIZON_SOURCE, MEMBERSHIPS]
    return PlanReport(
        version=version,
        command=command,
        title=f"{question.actor.name} and {in_prose(question.power.name)}: a plan",
        actor=_party(question.actor),
        power=_party(question.power),
        outlook=OutlookNote(
            name=found.outlook.name,
            chain=found.outlook.chains[0].name,
            years=found.request.horizon.years,
            courses=found.request.paths,
            seed=found.request.seed,
            retaliation=found.request.retaliation.value,
        ),
        world=WorldNote(id=world.id, title=world.title, year=world.year, sha256=world.checksum),
        solver=SolverNote(solves=found.solves, worst_residual=found.residual, most_iterations=found.most_iterations),
        evaluations=found.evaluations,
        bottom_line=bottom_line(found),
        cautions=(*cautions(found, passed_over), *depth_cautions(found)),
        tables=tables,
        figures=_figures({table.id: table for table in tables}),
        method=(*method(found), depth_method(found)),
        sources=tuple(SourceNote(id=s.id, citation=s.citation, licence=s.licence, url=s.url) for s in cited(sources)),
    )


def bottom_line(found: Plan) -> tuple[str, str, str]:
    """The recommendation, what it insures, and how sure that is."""
    ranking, place = found.ranking, found.recommended["cautious"]
    name = found.question.actor.name
    actor, power = in_prose(name), in_prose(found.question.power.name)
    worst = found.outlook.regimes[found.worst_regime]
    does = steps(found, ranking.bundles[place])
    calm, price = 100 * float(ranking.calm_gain[place]), 100 * float(ranking.premium[place])
    if not does:
        first = f"No bundle of these {len(found.options)} options is worth its cost to {actor}: do nothing."
    elif price < 0:
        first = (
            f"A cautious {name} {does}: worth {calm:.2f} % of income a year while {power} stays calm, "
            "so it pays for itself before any storm."
        )
    else:
        first = f"A cautious {name} {does}: a premium of {price:.2f} % of income a year in calm weather."
    loss, avoided = 100 * float(ranking.tail[0]), 100 * float(ranking.tail[0] - ranking.tail[place])
    changes = f"avoids {avoided:.3f} of" if avoided >= 0 else f"adds {-avoided:.3f} to"
    second = (
        f"In the worst tenth of courses {power} costs {loss:.2f} % of income against the calm path; the bundle "
        f"{changes} that, and {100 * ranking.residual_risk:.0f} % of it no bundle removes. Growth is not "
        "insurance."
    )
    return first, second, _how_sure(found, worst.label)


def _how_sure(found: Plan, worst: str) -> str:
    """One sentence on assumptions."""
    if not found.ranking.complete:
        return f"Costliest regime: {worst}. How sure this is was not computed; name twelve options or fewer for that."
    if found.sureness is None:
        return f"Costliest regime: {worst}. How sure this is was not computed; leave out --quick for that."
    sure = found.sureness
    low, high = (100 * value for value in sure.range("tail_loss_avoided"))
    often = 100 * sure.same_bundle["cautious"]
    deciding = {k: v for k, v in sure.shares("tail_loss_avoided").items() if k != "together"}
    name = max(deciding, key=lambda k: deciding[k])
    return (
        f"Costliest regime: {worst}. Over {sure.residual_risk.size} combinations of assumptions the same bundle is "
        f"best in {often:.0f} %, and it avoids between {low:.3f} and {high:.3f} % of income in the worst tenth; the "
        f"{name} decides most ({100 * deciding[name]:.0f} % of the variance)."
    )


def method(found: Plan) -> tuple[Passage, ...]:
    """How the numbers came about, and what they leave out."""
    request = found.request
    audit = found.audit
    return (
        Passage(
            title="How it is computed",
            paragraphs=(
                f"{request.paths} courses of {request.horizon.years} years are drawn from a Markov chain over "
                "the power's regimes. Within a year buyers have short-run elasticities around the costs they are set "
                "up for; the set-up follows over the years (docs/dynamics.md). Every year of a course is a node: the "
                "regime before, the regime now, the years since; each is solved exactly without options, with each and "
                "with each pair.",
                f"Shortcut audited on {len(audit.exact) - 1} courses solved year by year: largest difference of income "
                f"{100 * audit.worst:.4f} %, of the loss avoided {100 * audit.worst_avoided:.4f} %.",
            ),
        ),
        Passage(
            title="What is assumed",
            paragraphs=(
                "Regimes, chains, attitudes to risk, costs of options and chances of punishment are assumptions of "
                "ours with declared ranges (docs/regimes.md, docs/options.md); none is estimated.",
                "A partner signs only if its real income is no lower with the agreement than without it, the rest of "
                "the bundle given, on the calm path and on the mean of all courses. A bloc decides as one. Whoever is "
                "left behind is not asked.",
            ),
        ),
        Passage(
            title="What it leaves out",
            paragraphs=(
                "Security, finance, politics and the partners' own plans. Whether a partner would ever negotiate is "
                "not known to it: name the options yourself with --options. A year is the shortest time: what happens "
                "in its first months is worse.",
            ),
        ),
    )


def _party(party: parties.Party) -> Party:
    return Party(code=party.code, name=party.name, members=party.members)


def _figures(tables: dict[str, Table]) -> tuple[Figure, ...]:
    options, frontier = tables["options"], tables["frontier"]
    words = [f"{row[0]}: calm {row[2]:+.3f}, loss avoided {row[5]:+.4f}" for row in options.rows if row[2] is not None]
    means = np.array([float(str(cell)) for cell in frontier.column("mean_pct")])
    return (
        Figure(
            id="options",
            title=options.title,
            alt=f"Two panels of bars, % of income, for each option alone. {'; '.join(words)}.",
            table="options",
        ),
        Figure(
            id="frontier",
            title=frontier.title,
            alt=f"{len(means)} bundles as points, loss in the worst tenth across, expected income upwards, from "
            f"{means.min():.2f} to {means.max():.2f} % of income; the table names them.",
            table="frontier",
        ),
    )
