"""Courting allies: without the motive the tariff is Bickerdike's, with it the non-aligned pay more."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hedgerow.errors import RequestError
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.optimal.alignment import (
    Aligned,
    Contest,
    Motive,
    aligning_tariff,
    contest_share,
    probability,
)
from hedgerow.trade.optimal.instrument import Detail, Instrument
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import Policy
from tests.trade.optimal.worlds import one_sector

WORLD = one_sector([3, 2, 1, 1])
SETTER = Instrument(setter=("A",))
TARGETS = (("C",), ("D",))


def court(weight: float, contest: Contest | None = None) -> Aligned:
    return aligning_tariff(WORLD, SETTER, Motive(weight=weight, targets=TARGETS), contest=contest)


def test_without_the_motive_it_is_the_optimal_tariff() -> None:
    found = court(0.0)
    assert found.rate == pytest.approx(optimal_tariffs(WORLD, SETTER).rates[0], abs=1e-6)
    assert found.cost == pytest.approx(0, abs=1e-12)


def test_the_non_aligned_pay_more_the_more_alignment_is_worth() -> None:
    """Becko, Grossman and Helpman (NBER 34108, 2025), abstract: above the Mill-Bickerdike tariff."""
    found = [court(weight) for weight in (0.0, 0.003, 0.01, 0.03)]
    rates = [one.rate for one in found]
    assert all(low < high - 1e-4 for low, high in pairwise(rates))
    assert all(one.cost > 0 for one in found[1:])
    assert (found[-1].probabilities > found[-1].plain_probabilities).all()


def test_targets_that_are_alike_are_as_likely_to_align() -> None:
    odds = court(0.01).probabilities
    assert odds[0] == pytest.approx(odds[1], abs=1e-8)
    assert ((odds > 0.5) & (odds < 1)).all(), "an ally pays no tariff, the others do"


def test_the_logistic_function() -> None:
    assert probability(0.0, 0.0, 0.01) == 0.5
    assert probability(0.01, 0.0, 0.01) == pytest.approx(np.e / (1 + np.e))
    assert probability(0.02, 0.0, 0.01) + probability(0.0, 0.02, 0.01) == pytest.approx(1)


def test_a_contest_without_a_prize_changes_nothing() -> None:
    with_none = court(0.01, Contest(rival=("B",), prize=0.0))
    assert with_none.rate == pytest.approx(court(0.01).rate, abs=1e-6)


def test_a_contest_raises_the_tariff_on_the_rival() -> None:
    """Alekseev and Lin (2025), abstract: power adds to the tariff that income alone would choose."""
    on_rival = Instrument(setter=("A",), exporters=("B",))
    motive = Motive(weight=0.0, targets=(("B",),))
    rates = [
        aligning_tariff(WORLD, on_rival, motive, contest=Contest(rival=("B",), prize=prize)).rate
        for prize in (0.0, 0.5, 2.5)
    ]
    assert rates[0] < rates[1] < rates[2]


def test_equal_resources_share_the_prize() -> None:
    base = solve(WORLD, Policy())
    assert contest_share(base, ("C",), Contest(rival=("D",))) == pytest.approx(0.5)
    assert contest_share(base, ("C",), Contest(rival=("D",), effort=0.06)) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight": -1.0, "targets": TARGETS}, "weight"),
        ({"weight": 1.0, "targets": ()}, "targets"),
        ({"weight": 1.0, "targets": TARGETS, "spread": 0.0}, "spread"),
    ],
)
def test_impossible_motives_are_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(RequestError, match=said):
        Motive(**wrong)  # type: ignore[arg-type]


def test_only_who_pays_can_be_courted_and_with_one_rate() -> None:
    motive = Motive(weight=0.01, targets=(("D",),))
    with pytest.raises(RequestError, match="not on D"):
        aligning_tariff(WORLD, Instrument(setter=("A",), exporters=("B",)), motive)
    with pytest.raises(RequestError, match="one rate"):
        aligning_tariff(WORLD, Instrument(setter=("A",), detail=Detail.SECTOR), motive)


def test_impossible_contests_are_refused() -> None:
    with pytest.raises(RequestError, match="contest"):
        Contest(rival=("B",), effort=0.0)
