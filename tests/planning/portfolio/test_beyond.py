"""Plans that are searched and plans that are limited, on the tiny world, against ranking every bundle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.errors import RequestError
from hedgerow.planning.portfolio import beyond
from hedgerow.planning.portfolio import plan as module
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.nodes import Nodes
from hedgerow.planning.portfolio.plan import Plan, plan
from hedgerow.planning.portfolio.ranking import ATTITUDES
from tests.planning.portfolio.plans import DEAL, IDLE, LEAVE, QUESTION, REQUEST, STORE, SUBSIDY, outlook

OPTIONS = (DEAL, LEAVE, SUBSIDY, IDLE, STORE)


def made(limits: Limits | None = None) -> Plan:
    request = replace(REQUEST, limits=limits or Limits())
    return plan(QUESTION, outlook(0.25), OPTIONS, request=request, work=Work())


def searched(monkeypatch: pytest.MonkeyPatch, limits: Limits | None = None, paired: int = beyond.PAIRED) -> Plan:
    """As if these options were too many."""
    monkeypatch.setattr(module, "MOST", 1)
    monkeypatch.setattr(beyond, "PAIRED", paired)
    return made(limits)


@pytest.fixture(scope="module", name="whole")
def of_all() -> Plan:
    return made()


@pytest.mark.parametrize(
    "limits",
    [Limits(), Limits(at_most=1), Limits(require=(SUBSIDY.id,), exclude=((DEAL.id, STORE.id),))],
    ids=str,
)
def test_the_search_finds_what_ranking_finds(monkeypatch: pytest.MonkeyPatch, limits: Limits) -> None:
    ranked, found = made(limits).ranking, searched(monkeypatch, limits)
    assert not found.ranking.complete
    assert found.sureness is None
    for attitude in ATTITUDES:
        best = found.ranking.objective(attitude)[found.recommended[attitude.id]]
        assert best == pytest.approx(ranked.objective(attitude)[ranked.best(attitude)], abs=1e-9)


def test_fewer_pairs_are_solved_and_said_so(monkeypatch: pytest.MonkeyPatch, whole: Plan) -> None:
    found = searched(monkeypatch, paired=2)
    assert len(found.request.paired or ()) == 2
    assert found.solves < whole.solves
    np.testing.assert_allclose(found.ranking.utility[:, 0], whole.ranking.utility[:, 0])


def test_pairs_that_were_not_solved_are_the_sum_of_both() -> None:
    income = np.random.default_rng(5).normal(size=(2, 8, 3, 4))  # 0, 1, 2, three pairs, the answer
    members = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (3,))
    nodes = Nodes(income, np.zeros((2, 3, 4)), 0.0, 0, 0)
    assert beyond.completed(nodes, members) is nodes
    some = [0, 1, 2, 3, 5, 7]
    found = beyond.completed(replace(nodes, log_income=income[:, some]), [members[k] for k in some]).log_income
    expected = income.copy()
    for at, (one, other) in ((4, (0, 1)), (6, (1, 2))):
        expected[:, at] = income[:, 1 + one] + income[:, 1 + other] - income[:, 0]
    np.testing.assert_allclose(found, expected)


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (Limits(at_most=2), lambda held: len(held) <= 2),
        (Limits(exclude=((DEAL.id, LEAVE.id),)), lambda held: not {DEAL.id, LEAVE.id} <= held),
        (Limits(after=((SUBSIDY.id, DEAL.id),)), lambda held: SUBSIDY.id not in held or DEAL.id in held),
        (Limits(require=(LEAVE.id,)), lambda held: LEAVE.id in held),
        (Limits(budget=STORE.cost.central / 2), lambda held: STORE.id not in held),
    ],
    ids=str,
)
def test_a_limit_is_kept_and_takes_nothing_else_away(whole: Plan, limits: Limits, kept: object) -> None:
    rows = limits.rows([option.id for option in OPTIONS], np.array([option.cost.central for option in OPTIONS]))
    assert callable(kept)
    for bundle, allowed in zip(whole.ranking.bundles, rows.allow(whole.ranking.bundles), strict=True):
        assert allowed == kept({OPTIONS[k].id for k in np.flatnonzero(bundle)})


def test_a_binding_budget_costs_something(whole: Plan) -> None:
    place = whole.recommended["neutral"]
    limited = made(Limits(budget=float(whole.ranking.cost[place]) * 0.99))
    assert limited.ranking.cost[limited.recommended["neutral"]] < whole.ranking.cost[place]
    assert limited.ranking.mean[limited.recommended["neutral"]] < whole.ranking.mean[place]


def test_what_cannot_be_is_refused_before_anything_is_solved() -> None:
    work = Work(progress=lambda _: pytest.fail("a year was solved"))
    request = replace(REQUEST, limits=Limits(at_most=1, require=(DEAL.id, SUBSIDY.id)))
    with pytest.raises(RequestError, match=r"^--at-most 1 --require .*: no bundle that partners sign .* loosen one$"):
        plan(QUESTION, outlook(0.25), OPTIONS, request=request, work=work)
