"""Tariff wars: who plays a best response to whom, and what is said when nobody settles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.errors import RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.optimal import nash
from hedgerow.trade.optimal.instrument import Detail, Instrument, tariffs
from hedgerow.trade.optimal.nash import CERTAIN, Iteration, Nash, NashPoint, Outcome, nash_tariffs
from hedgerow.trade.optimal.objective import log_income
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import DeficitRule, Policy, TariffChange
from tests.trade.optimal.worlds import one_sector

ZERO = Policy(deficits=DeficitRule.ZERO)


def play(economy: Economy, *names: str, detail: Detail = Detail.UNIFORM, iteration: Iteration | None = None) -> Nash:
    players = [Instrument(setter=(name,), detail=detail) for name in names]
    return nash_tariffs(economy, players, background=ZERO, iteration=iteration)


def settled(found: Nash) -> NashPoint:
    assert found.outcome is Outcome.EQUILIBRIUM
    assert found.point is not None
    return found.point


@pytest.mark.parametrize("count", [2, 3, 4])
def test_countries_that_are_alike_set_the_same_tariff_and_all_lose(count: int) -> None:
    economy = one_sector([1] * count)
    point = settled(play(economy, *economy.actors))
    np.testing.assert_allclose(np.concatenate(point.rates), point.rates[0][0], atol=2e-5)
    assert all(gain < 0 for gain in point.gains)


def test_free_trade_is_a_trap_that_each_would_leave_alone() -> None:
    """All lose by the war, yet each alone would start it: a prisoners' dilemma."""
    economy = one_sector([1, 1])
    alone = optimal_tariffs(economy, Instrument(setter=("A",)))
    assert alone.gain > 0
    assert max(settled(play(economy, "A", "B")).gains) < 0


@pytest.mark.parametrize("theta", [2.0, 5.0])
def test_two_countries_that_are_alike_have_the_textbook_tariff(theta: float) -> None:
    """Gros (1987) against a tariff r of the price paid: t = (1 - r l) / (theta (1 - l)), l the share bought abroad."""
    point = settled(play(one_sector([1, 1], theta=theta), "A", "B"))
    rate, abroad = point.rates[0][0], float(point.equilibrium.shares[0, 1, 0])
    assert rate == pytest.approx((1 - rate / (1 + rate) * abroad) / (theta * (1 - abroad)), abs=2e-5)


def test_a_giant_may_win_a_tariff_war() -> None:
    """Johnson (1953)."""
    point = settled(play(one_sector([0.97, 0.03]), "A", "B"))
    assert point.gains[0] > 0 > point.gains[1]


def test_one_player_sets_the_optimal_tariff() -> None:
    economy = synthetic(5, 3, seed=2)
    point = settled(play(economy, "A01"))
    alone = optimal_tariffs(economy, Instrument(setter=("A01",)), background=ZERO)
    np.testing.assert_allclose(point.rates[0], alone.rates, atol=1e-6)
    assert point.gains[0] == pytest.approx(alone.gain, abs=1e-10)


@pytest.mark.parametrize("detail", [Detail.UNIFORM, Detail.SECTOR])
def test_nobody_gains_by_moving_alone(detail: Detail) -> None:
    economy, names = synthetic(5, 3, seed=2), ("A00", "A01", "A02")
    point = settled(play(economy, *names, detail=detail))
    assert max(point.deviations) <= CERTAIN
    rng = np.random.default_rng(0)
    policies = [tariffs((n,), b, r) for n, b, r in zip(names, point.blocks, point.rates, strict=True)]
    for k, name in enumerate(names):
        others = sum((policy for n, policy in enumerate(policies) if n != k), ZERO)
        for size in (0.02, 0.2, 1.0):
            moved = np.clip(point.rates[k] + size * rng.normal(size=len(point.rates[k])), 0, 3)
            found = solve(economy, others + tariffs((name,), point.blocks[k], moved), tolerance=1e-12)
            assert log_income(found, (name,)) <= log_income(point.equilibrium, (name,)) + 1e-9


def test_neither_order_nor_damping_changes_the_equilibrium() -> None:
    economy = one_sector([3, 2, 1], seed=5)
    one = settled(play(economy, "A", "B", "C")).rates
    other = settled(play(economy, "C", "A", "B")).rates
    slow = settled(play(economy, "A", "B", "C", iteration=Iteration(damping=0.6))).rates
    np.testing.assert_allclose(np.concatenate(one), np.concatenate([other[1], other[2], other[0]]), atol=3e-5)
    np.testing.assert_allclose(np.concatenate(one), np.concatenate(slow), atol=3e-5)


def test_too_few_rounds_give_no_tariffs() -> None:
    found = play(one_sector([1, 1]), "A", "B", iteration=Iteration(rounds=1))
    assert (found.outcome, found.point) == (Outcome.UNSETTLED, None)
    assert len(found.moves) == 1


def responses(monkeypatch: pytest.MonkeyPatch, rates: Iterator[float]) -> None:
    """Best responses that somebody else dictates."""
    monkeypatch.setattr(
        nash, "optimal_tariffs", lambda *_, **__: SimpleNamespace(rates=np.array([next(rates)]), solves=1)
    )


@pytest.mark.parametrize("length", [2, 3, 5])
def test_tariffs_that_come_back_are_called_a_cycle(monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    responses(monkeypatch, cycle([0.1 * (k + 1) for k in range(length)]))
    found = play(one_sector([1, 1]), "A")
    assert (found.outcome, found.period, found.point) == (Outcome.CYCLE, length, None)


def test_a_resting_point_that_somebody_would_jump_from_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rounds rest at 5 %; the search that certifies then finds something far better."""
    rests = iter([0.05, 0.05])

    def shy(economy: Economy, instrument: Instrument, *, start: object, **how: Any) -> object:
        rate = next(rests, None)
        if rate is None:
            return optimal_tariffs(economy, instrument, **how)
        return SimpleNamespace(rates=np.array([rate]), solves=1)

    monkeypatch.setattr(nash, "optimal_tariffs", shy)
    found = play(one_sector([1, 1]), "A")
    assert (found.outcome, found.point) == (Outcome.LOCAL, None)


def test_a_background_tariff_is_answered() -> None:
    economy = one_sector([1, 1])
    wall = Policy((TariffChange(importers=("B",), set_to=0.5),))
    against = nash_tariffs(economy, [Instrument(setter=("A",))], background=wall)
    free = nash_tariffs(economy, [Instrument(setter=("A",))])
    assert settled(against).rates[0][0] != pytest.approx(settled(free).rates[0][0], abs=1e-3)


@pytest.mark.parametrize("names", [(), ("A", "A")])
def test_wrong_players_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(RequestError, match="players"):
        play(one_sector([1, 1]), *names)


@pytest.mark.parametrize("wrong", [{"tolerance": 0.0}, {"rounds": 0}, {"damping": 0.0}, {"damping": 1.5}])
def test_impossible_rounds_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(RequestError, match="iteration"):
        Iteration(**wrong)  # type: ignore[arg-type]
