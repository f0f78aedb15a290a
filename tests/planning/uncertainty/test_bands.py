"""Draws and bands: certainty is a point, seeds are answers, and processes change no digit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from hedgerow.compute import Work
from hedgerow.errors import DidNotConverge, RequestError
from hedgerow.planning.answer import Answer, answer
from hedgerow.planning.hypotheses import alternatives, central
from hedgerow.planning.partnerships import ALL, policies
from hedgerow.planning.question import Question, ask
from hedgerow.planning.uncertainty import bands as bands_module
from hedgerow.planning.uncertainty.answer import Uncertainty, count_of_tasks, uncertainty
from hedgerow.planning.uncertainty.bands import Bands, band, bands
from hedgerow.planning.uncertainty.draws import Case, blpn_case, case_of, cases_of, drawn, points
from hedgerow.planning.uncertainty.headline import all_agreements, outputs_at
from hedgerow.planning.uncertainty.numbers import Drawn, numbers_at
from hedgerow.planning.uncertainty.parameters import CERTAIN, Group, Spread
from hedgerow.planning.uncertainty.variance import headline_draws
from hedgerow.reporting.bands import banded
from hedgerow.reporting.brief import Brief
from hedgerow.reporting.compose import compose
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import DeficitRule
from hedgerow.world.io import load
from hedgerow.world.tiny import tiny_world
from tests.planning.worlds import reordered


@pytest.fixture(scope="module")
def tiny() -> Question:
    return ask(tiny_world(), "BBB", "AAA")


@pytest.fixture(scope="module")
def answered(tiny: Question) -> Answer:
    return answer(tiny)


@pytest.fixture(scope="module")
def unsure(tiny: Question) -> Uncertainty:
    return uncertainty(tiny, draws=8, seed=1)


@pytest.fixture(scope="module")
def brief(answered: Answer, unsure: Uncertainty) -> Brief:
    return compose(replace(answered, uncertainty=unsure), command="hedgerow", version="0")


def test_without_width_every_band_is_its_number(tiny: Question, answered: Answer) -> None:
    """The level of Boehm et al. left out: a band of nothing but central draws."""
    numbers = numbers_at(case_of(tiny, CERTAIN), np.full(20, 0.3)).numbers
    brief = compose(answered, command="hedgerow", version="0")
    point = Bands({name: (value, value) for name, value in numbers.items()}, 8, 1, 1, 0)
    seen = 0
    for table in (banded(table, point) for table in brief.tables):
        for column in table.columns:
            if column.band is None:
                continue
            for value, low in zip(table.column(column.id), table.column(column.band[0]), strict=True):
                if isinstance(value, float) and isinstance(low, float):
                    assert low == pytest.approx(value, rel=1e-5, abs=1e-6), (table.id, column.id)
                    seen += 1
    assert seen >= sum(np.isfinite(value) for value in numbers.values()), "every number finds its cell"


def test_every_modelled_number_of_the_drawn_tables_has_a_band(brief: Brief) -> None:
    apart = ("theta4", "zero", "_low_", "_high_", "exports_bn", "share_sold_pct")
    """Named assumptions, ends of one, and data of the world."""
    for name in ("swings", "exposure-map", "sectors", "partners", "together"):
        table = brief.table(name)
        ends = {end for column in table.columns if column.band for end in column.band}
        for column in table.columns:
            modelled = column.status is not None and column.status.value in ("modelled", "assumed")
            if modelled and column.id not in ends and not any(word in column.id for word in apart):
                assert column.band is not None or all(c is None for c in table.column(column.id)), column.id


def test_bands_hold_the_level_of_boehm_et_al(tiny: Question, unsure: Uncertainty) -> None:
    case = blpn_case(tiny)
    for name, value in numbers_at(case, np.full(case.coordinates, 0.5)).numbers.items():
        if name in unsure.bands.ends and np.isfinite(value):
            low, high = unsure.bands.ends[name]
            assert low <= value <= high, name
    headline, insurance = outputs_at((case,), np.full(case.coordinates, 0.5))
    for output, value in (("headline", headline), ("insurance", insurance)):
        one = unsure.headline.outputs[output]
        assert one.low <= value <= one.high


def test_the_level_of_boehm_et_al_is_one_of_the_named_assumptions(tiny: Question) -> None:
    named = next(h for h in alternatives(tiny.world, None) if h.id == "blpn-level")
    case = blpn_case(tiny)
    theta = drawn(case, np.full(case.coordinates, 0.5)).economy.trade_elasticity
    assert theta == pytest.approx(named.economy.trade_elasticity)


def test_more_width_is_no_narrower_band(tiny: Question) -> None:
    """The level of the elasticities alone, over ranges inside one another."""
    widths = []
    cube = points(16, 20, 1)
    for reach in (1.0, 1.5, 2.0, 3.0):
        ranges = replace(CERTAIN, level=Spread(1 / reach, 1.0, reach))
        case = case_of(tiny, ranges)
        low, high = band(np.array([outputs_at((case,), point)[0] for point in cube]))
        widths.append(high - low)
    assert widths[0] == pytest.approx(0, abs=1e-9)
    assert widths == sorted(widths)
    assert widths[-1] > 0.01


def test_a_seed_is_an_answer(tiny: Question, unsure: Uncertainty) -> None:
    steps: list[int] = []
    again = uncertainty(tiny, draws=8, seed=1, work=Work(progress=steps.append))
    assert sum(steps) == count_of_tasks(8)
    assert again.bands.ends == unsure.bands.ends
    assert (again.headline.outputs["headline"].values == unsure.headline.outputs["headline"].values).all()
    other = bands(case_of(tiny), draws=8, seed=2)
    assert other.ends != unsure.bands.ends


def test_processes_and_resuming_change_no_digit(tiny: Question, unsure: Uncertainty, tmp_path: Path) -> None:
    """Interrupted after three draws, gone on with two processes, read again from the folder."""

    class StoppedError(Exception):
        pass

    done = 0

    def stop(steps: int) -> None:
        nonlocal done
        done += steps
        if done == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        bands(case_of(tiny), draws=8, seed=1, work=Work(1, tmp_path, stop))
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(kept) == 3
    steps: list[int] = []
    assert bands(case_of(tiny), draws=8, seed=1, work=Work(2, tmp_path, steps.append)) == unsure.bands
    assert all(path.stat().st_mtime_ns == written for path, written in kept.items()), "finished draws are not redone"
    assert sum(steps) == 8 + 1


def test_actors_in_another_order_give_the_same_bands(tiny: Question) -> None:
    """Noise on trade is drawn cell by cell and so apart."""
    ranges = replace(case_of(tiny).ranges, shares=0.0)
    swapped = ask(reordered(tiny.world, ("CCC", "AAA", "BBB")), "BBB", "AAA")
    for point in points(4, 20, 3):
        one, other = (numbers_at(case_of(q, ranges), point).numbers for q in (tiny, swapped))
        assert one.keys() == other.keys()
        assert list(one.values()) == pytest.approx([other[name] for name in one], rel=1e-5, abs=1e-6, nan_ok=True)


def test_agreements_as_arrays_are_agreements_one_by_one() -> None:
    question = ask(load("composite-2023"), "DEU", "USA")
    economy = central(question.world).economy
    slow = policies(question, economy, {"x": lambda effect: effect.high})[(ALL, "x", "calm")]
    fast = all_agreements(question, economy, lambda effect: effect.high)
    one, other = solve(economy, slow), solve(economy, fast)
    assert np.abs(one.welfare_hat - other.welfare_hat).max() < 1e-8


def test_only_the_agreements_leave_the_headline_alone(tiny: Question) -> None:
    case = case_of(tiny, replace(CERTAIN, agreements=1.0))
    found = headline_draws([case], rows=16, seed=1)
    assert set(found.outputs["headline"].shares) == {Group.AGREEMENTS}
    assert found.outputs["headline"].shares[Group.AGREEMENTS].total == 0
    assert found.outputs["insurance"].shares[Group.AGREEMENTS].total > 0.5


def test_worlds_that_lack_a_side_are_left_out(tiny: Question) -> None:
    assert [case.question.world.id for case in cases_of(tiny)] == ["tiny"]
    found = [case.question.world.id for case in cases_of(ask(load("wiod-2011"), "CAN", "USA"))]
    assert found == ["wiod-2011", "composite-2023", "baci-2023"]
    assert "wiod-2011" not in [case.question.world.id for case in cases_of(ask(load("composite-2023"), "VNM", "USA"))]


def test_deficits_are_drawn_with_even_odds(tiny: Question) -> None:
    case = case_of(tiny)
    rules = [drawn(case, point).deficits for point in points(64, case.coordinates, 1)]
    assert sum(rule is DeficitRule.ZERO for rule in rules) == 32


def test_what_fails_is_counted_and_too_much_of_it_stops(tiny: Question, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def sometimes(case: Case, point: npt.NDArray[np.float64]) -> Drawn:
        found = numbers_at(case, point)
        calls.append(1)
        failed = share if len(calls) % 2 else 0
        return replace(found, failed=failed)

    monkeypatch.setattr(bands_module, "numbers_at", sometimes)
    share = 1
    few = bands(case_of(tiny), draws=64, seed=1)
    assert few.failed == 33
    share = 30
    with pytest.raises(DidNotConverge, match="have no answer"):
        bands(case_of(tiny), draws=8, seed=1)


def test_too_few_draws_are_refused(tiny: Question) -> None:
    with pytest.raises(RequestError, match="8 or more"):
        bands(case_of(tiny), draws=4, seed=1)


def test_a_brief_without_draws_says_so(answered: Answer, brief: Brief) -> None:
    plain = compose(answered, command="hedgerow", version="0")
    assert plain.uncertainty is None
    assert "point estimates only" in plain.method[-1].paragraphs[0]
    assert brief.uncertainty is not None
    assert brief.uncertainty.seed == 1
    assert {"decides", "worlds", "varied"} <= {table.id for table in brief.tables}
    assert Brief.model_validate_json(brief.model_dump_json()) == brief
