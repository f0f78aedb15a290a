"""What a plan says about limits, search, doubt and waiting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.compute import Work
from hedgerow.planning.portfolio import plan as module
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.plan import Plan, plan
from hedgerow.reporting.plan.prose_depth import depth_cautions
from hedgerow.reporting.plan.tables_depth import depth_tables
from tests.planning.portfolio.plans import DEAL, IDLE, LEAVE, QUESTION, REQUEST, STORE, SUBSIDY, outlook
from tests.planning.portfolio.test_depth import costly


def made(limits: Limits | None = None) -> Plan:
    request = replace(REQUEST, limits=limits or Limits())
    return plan(QUESTION, outlook(0.25), (DEAL, LEAVE, SUBSIDY, IDLE, STORE), request=request, work=Work())


@pytest.fixture(scope="module", name="whole")
def of_all() -> Plan:
    return made()


def test_where_the_advice_stands_nothing_is_said(whole: Plan) -> None:
    assert whole.doubt.of("cautious").place == whole.recommended["cautious"]
    assert depth_cautions(whole) == ()


def test_another_robust_bundle_is_named_with_its_prior(whole: Plan) -> None:
    other = [replace(one, place=0) for one in whole.doubt.robust]
    (said,) = depth_cautions(replace(whole, doubt=replace(whole.doubt, robust=tuple(other))))
    assert said.startswith("Doubting the chances, a cautious Boria does nothing instead: best under the worst prior")
    assert "50 years of data" in said
    assert "“Storm” rules in" in said


def test_what_is_better_left_is_named_with_what_waiting_is_worth() -> None:
    (said,) = depth_cautions(costly(0.9))
    assert said.startswith(f"Sign now: nothing. Wait with {DEAL.id}. Being free to wait is worth 0.00")
    assert said.endswith("with no sunk cost it would be worth nothing.")


def test_limits_and_a_search_are_declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    first, second, *_ = depth_cautions(made(Limits(at_most=2)))
    assert first == "Within --at-most 2."
    assert "5 options are too many to rank every bundle" in second
    assert "the other 4 pairs are taken to add up" in second  # those of the stockpile


def test_tables_say_what_was_computed(whole: Plan) -> None:
    tables = {table.id: table for table in depth_tables(whole, "hedgerow plan")}
    for column in ("assumed_pct", "worst_pct"):
        assert sum(float(str(cell)) for cell in tables["worst-prior"].column(column)) == pytest.approx(100)
    assert sum(float(str(cell)) for cell in tables["worst-prior"].column("more_points")) == pytest.approx(0)
    years = np.array([row[1:] for row in tables["worst-prior-years"].rows], dtype=float)
    np.testing.assert_allclose(years[:, ::2].sum(axis=1), 100)
    assert set(tables["timing"].column("when")) <= {"now", "never", "Calm", "Storm", "Calm; Storm"}
    assert all(0 <= float(str(cell)) <= 100 for cell in tables["depth-assumptions"].column("variance_pct"))
    worth = np.array([[row[6], row[7]] for row in tables["robust"].rows], dtype=float)
    assert (worth[:, 0] >= worth[:, 1] - 1e-9).all()
