"""The plan: every bundle of options ranked over the courses that a power's policy may take, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from hedgerow.compute import Work
from hedgerow.planning.effects import SolverRecord
from hedgerow.planning.portfolio.beyond import PAIRED, completed, considered, programme_of, screened
from hedgerow.planning.portfolio.cases import COUNT, Case, cases, central_case
from hedgerow.planning.portfolio.doubt import Doubt, doubted
from hedgerow.planning.portfolio.exact import Audit
from hedgerow.planning.portfolio.findings import (
    Partner,
    audited,
    partners_of,
    place_of,
    solved_whole,
)
from hedgerow.planning.portfolio.layout import (
    Laid,
    Request,
    Solved,
    for_good,
    laid_out,
    of_course,
    settings_of,
    spells_of,
)
from hedgerow.planning.portfolio.limits import Rows
from hedgerow.planning.portfolio.nodes import Nodes, solve_nodes
from hedgerow.planning.portfolio.options import Option, facing
from hedgerow.planning.portfolio.outside import under
from hedgerow.planning.portfolio.programme import checked
from hedgerow.planning.portfolio.ranking import ATTITUDES, RELATIVE_AVERSION, Ranking, Reading, rank, read
from hedgerow.planning.portfolio.regimes import Outlook
from hedgerow.planning.portfolio.risk import Mask
from hedgerow.planning.portfolio.selection import MOST
from hedgerow.planning.portfolio.sureness import Sureness, sureness
from hedgerow.planning.portfolio.timing import Timing, timed
from hedgerow.planning.portfolio.value import break_even_probability
from hedgerow.planning.question import Question

__all__ = ["Plan", "count_of_solves", "plan"]

ROUGH_AGES = 4
"""Years since a change that readings other than the central one tell apart; later ones count as the fourth."""
WHOLE = 10
"""Bundles of the frontier that are solved whole, beside the recommended ones."""
PLACES = (0.5, 0.0, 1.0)
"""Where costs and chances of punishment are read in their ranges: the centre first, then both ends."""
PLACE_NAMES = ("central", "low", "high")


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that is told."""

    question: Question
    outlook: Outlook
    request: Request
    rankings: Mapping[str, Ranking]
    """By name of the chain; the plan is made for the first."""
    lasting: Ranking
    """Courses on which one regime rules from the first year to the last, in the order of the outlook's regimes."""
    whole: Ranking
    """Bundles of the frontier and the recommended ones, each solved with all its options at once."""
    recommended: Mapping[str, int]
    """Place in the first ranking, by attitude."""
    partners: tuple[Partner, ...]
    audit: Audit
    """Of the bundle that the cautious take."""
    doubt: Doubt
    timing: Timing
    sureness: Sureness | None
    solves: int
    """Years solved: nodes, whole bundles, the audit and all readings for how sure it is; kept ones count too."""
    evaluations: int
    """Of the surrogate: bundles times courses, over all rankings."""
    residual: float
    """The worst of any solve at a node; the audit's own are below the solver's limit too."""
    most_iterations: int
    """Of any solve at a node."""

    @property
    def ranking(self) -> Ranking:
        """Of the first chain."""
        return next(iter(self.rankings.values()))

    @property
    def options(self) -> tuple[Option, ...]:
        """What bundles are made of."""
        return self.ranking.options

    @property
    def worst_regime(self) -> int:
        """Position of the regime that costs the actor most if it never ends."""
        return int(self.lasting.utility[:, 0].argmin())

    def break_even(self, bundle: int) -> float | None:
        """Chance of the worst regime for good, against calm for good, from which a bundle is better than none.

        Zero where it pays in calm, None where it never pays.
        """
        lasting, cost = self.lasting, float(self.lasting.cost[bundle])
        calm = float(lasting.calm[0]), float(lasting.calm[bundle]) - cost
        storm = lasting.utility[self.worst_regime]
        return break_even_probability(calm, (float(storm[0]), float(storm[bundle]) - cost), RELATIVE_AVERSION)

    @property
    def unwilling(self) -> tuple[Partner, ...]:
        """Partners who would lose by an option alone and so not sign it."""
        return tuple(partner for partner in self.partners if partner.asked and not partner.agrees)

    @property
    def surrogate_error(self) -> float:
        """Largest difference of a bundle's mean utility between the surrogate and the whole solve, log units."""
        places = [place_of(self.ranking, bundle) for bundle in self.whole.bundles]
        return float(np.abs(self.whole.mean - self.ranking.mean[places]).max())


def plan(question: Question, outlook: Outlook, options: Sequence[Option], *, request: Request, work: Work) -> Plan:
    """Rank every bundle of options against an outlook.

    Args:
        question: who plans against which power.
        outlook: regimes of the power, and chains between them; the plan is made for the first.
        options: what enters the bundles, a stockpile last. Agreements with a rival of the power carry the chance of
            punishment that they risk. Up to twelve every bundle is ranked; beyond, an integer programme finds the best
            ones, pairs of small options are taken to add up, and ``sureness`` is left out.
        request: horizon, number of courses, seed, limits.
        work: processes, a folder to resume from, progress.

    Raises:
        NoSupplierError, DidNotConverge: a node or a programme has no answer; no plan is returned.
        RequestError: no bundle that partners sign keeps the limits.
    """
    checked(_rows(options, request))
    options, main = under(facing(options, outlook.sides), outlook), central_case(question, outlook)
    ages, chains = request.horizon.ages, outlook.chains
    laid = [laid_out(chain, outlook, request, ages=ages) for chain in chains]
    laid.append(for_good(chains[0], outlook, request, ages=ages))
    records: list[SolverRecord] = []
    if len(options) > MOST:
        paired, alone = screened(question, main, options, laid[-1], request=request, work=work)
        request, records = replace(request, paired=paired, sure=False), [alone.record]
    found, nodes = _solved(question, main, options, laid, request=request, work=work)
    ranked = _ranked(question, options, found, request)
    *rankings, lasting = ranked
    first, ranking = found[0], rankings[0]
    recommended = {attitude.id: ranking.best(attitude) for attitude in ATTITUDES}
    places = list(dict.fromkeys([0, *recommended.values(), *np.flatnonzero(ranking.frontier)[:WHOLE].tolist()]))
    whole, more = solved_whole(question, first, ranking, places, request=request, work=work)
    audit = audited(question, first, ranking, recommended["cautious"], request=request, work=work)
    records, evaluations = [*records, nodes.record, more.record], sum(one.evaluations for one in ranked)
    sure = None
    if request.sure:
        sure, rough, evaluated = _sure(question, outlook, options, recommended, request, work)
        records, evaluations = [*records, *rough], evaluations + evaluated
    return Plan(
        question=question,
        outlook=outlook,
        request=request,
        rankings={chain.name: one for chain, one in zip(chains, rankings, strict=True)},
        lasting=lasting,
        whole=whole,
        recommended=recommended,
        partners=partners_of(first, ranking, request),
        audit=audit,
        doubt=doubted(ranking, recommended, first.laid.paths, len(outlook.regimes)),
        timing=timed(question, found, ranking, chains, request),
        sureness=sure,
        solves=sum(one.solves for one in records) + audit.solves,
        evaluations=evaluations,
        residual=max(one.worst_residual for one in records),
        most_iterations=max(one.most_iterations for one in records),
    )


def count_of_solves(question: Question, outlook: Outlook, options: Sequence[Option], request: Request) -> int:
    """How many years :func:`plan` solves at its nodes, the whole bundles and the audit left out."""
    laid = [laid_out(chain, outlook, request, ages=request.horizon.ages) for chain in outlook.chains]
    lasting = for_good(outlook.chains[0], outlook, request, ages=request.horizon.ages)
    solved = sum(option.solved for option in options)
    nodes = _ages([*laid, lasting]) * len(spells_of([*laid, lasting]))
    if len(options) > MOST:
        screening = (2 + solved) * _ages([lasting]) * len(lasting.course.spells)
        return screening + (2 + solved + PAIRED * (PAIRED - 1) // 2) * nodes
    rough = COUNT * min(ROUGH_AGES, _ages(laid)) if request.sure else 0
    return (2 + solved + solved * (solved - 1) // 2) * (nodes + rough * len(spells_of(laid)))


def _ages(laid: Sequence[Laid]) -> int:
    """Years since a change that some course tells apart."""
    return 1 + max(int(one.course.age.max()) for one in laid)


def _solved(
    question: Question, case: Case, options: Sequence[Option], laid: Sequence[Laid], *, request: Request, work: Work
) -> tuple[list[Solved], Nodes]:
    """The nodes of every chain under one reading, each spell solved once."""
    settings, spells = settings_of(question, case, options, request, ages=_ages(laid)), spells_of(laid)
    nodes = completed(solve_nodes(settings, spells, work), settings.additions.members)
    return [Solved(case, settings, one, of_course(nodes, spells, one.course)) for one in laid], nodes


def _ranked(question: Question, options: Sequence[Option], found: Sequence[Solved], request: Request) -> list[Ranking]:
    """One ranking for each chain: of every bundle, or beyond twelve options of those that programmes find."""
    bundles = None
    if len(options) > MOST:
        rows, chains = _rows(options, request), found[:-1]
        bundles = considered([programme_of(question, options, one, request=request, rows=rows) for one in chains])
    return [_rank(question, options, one, request, Reading(), bundles) for one in found]


def _rank(
    question: Question,
    options: Sequence[Option],
    solved: Solved,
    request: Request,
    reading: Reading,
    bundles: Mask | None = None,
) -> Ranking:
    setting = solved.laid.setting(solved.case.outlook, request.horizon, reading)
    setting = replace(setting, bundles=bundles, rows=_rows(options, request))
    return rank(question, solved.economy, options, solved.nodes, course=solved.laid.course, setting=setting)


def _rows(options: Sequence[Option], request: Request) -> Rows:
    """The limits of the request; a budget is held against central costs."""
    return request.limits.rows([o.id for o in options], read([o.cost for o in options], 0.5))


def _sure(
    question: Question,
    outlook: Outlook,
    options: Sequence[Option],
    recommended: Mapping[str, int],
    request: Request,
    work: Work,
) -> tuple[Sureness, list[SolverRecord], int]:
    """The ranking under every combination of world, chain, cost and chance of punishment; solves and evaluations."""
    readings = cases(question, outlook, seed=request.seed)
    records: list[SolverRecord] = []
    evaluated = 0

    def rankings() -> Iterator[tuple[tuple[int, ...], Ranking]]:
        nonlocal evaluated
        for number, case in enumerate(readings):
            laid = [laid_out(chain, case.outlook, request, ages=ROUGH_AGES) for chain in outlook.chains]
            found, nodes = _solved(question, case, options, laid, request=request, work=work)
            records.append(nodes.record)
            for (at, one), (harsh, punishment) in product(enumerate(found), enumerate(PLACES)):
                reading = Reading(punishment=punishment, effect=case.place)
                central = _rank(question, under(options, case.outlook), one, request, reading)
                evaluated += central.evaluations
                for dear, cost in enumerate(PLACES):
                    yield (number, at, harsh, dear), central.at_cost(cost)

    found = sureness(
        rankings(),
        factors=("world", "chain", "punishment", "cost"),
        levels=([case.id for case in readings], [c.name for c in outlook.chains], PLACE_NAMES, PLACE_NAMES),
        attitudes=ATTITUDES,
        recommended=recommended,
        followed=recommended["cautious"],
    )
    return found, records, evaluated
