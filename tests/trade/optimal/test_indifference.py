"""The price of an ally's consent: at the rate found it is indifferent, and where none will do, that is said."""

from __future__ import annotations

import pytest

from hedgerow.errors import RequestError
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.optimal.indifference import Indifference, Lever, Means, Verdict, indifferent
from hedgerow.trade.optimal.instrument import Instrument
from hedgerow.trade.optimal.objective import log_income
from hedgerow.trade.optimal.response import optimal_tariffs
from hedgerow.trade.policy import Embargo, Policy, TariffChange
from tests.trade.optimal.worlds import one_sector

WORLD = one_sector([3, 1, 2], openness=0.5)
"""A is the power, B the ally, C the third country."""
IN_FORCE = Policy((TariffChange(exporters=("B",), importers=("A",), add=0.6),))


def measure(rate: float) -> Policy:
    return Policy((TariffChange(exporters=("C",), importers=("B",), add=rate),))


def ask(
    means: Means, what: Policy, *, highest: float = 3.0, background: Policy | None = None, economy: Economy = WORLD
) -> Indifference:
    lever = Lever(power=("A",), ally=("B",), means=means, highest=highest)
    return indifferent(economy, lever, what, background=background)


@pytest.mark.parametrize("means", Means)
def test_at_the_rate_found_the_ally_is_indifferent(means: Means) -> None:
    """Rebuilt from the definition: two solves that know nothing of the search."""
    what, before = measure(0.4), Policy() if means is Means.THREAT else IN_FORCE
    found = ask(means, what, background=before)
    assert found.verdict is Verdict.FOUND
    assert found.rate is not None
    sign = 1 if means is Means.THREAT else -1
    pull = TariffChange(exporters=("B",), importers=("A",), add=sign * found.rate)
    joins, stays = before + what, before
    joins, stays = (joins, stays + pull) if means is Means.THREAT else (joins + pull, stays)
    one, other = (log_income(solve(WORLD, policy, tolerance=1e-12), ("B",)) for policy in (joins, stays))
    assert one == pytest.approx(other, abs=1e-9)
    assert found.price > 0


@pytest.mark.parametrize("means", Means)
def test_a_harsher_measure_needs_a_stronger_pull(means: Means) -> None:
    before = Policy() if means is Means.THREAT else IN_FORCE
    rates = [ask(means, measure(rate), background=before).rate for rate in (0.3, 0.4, 0.45)]
    assert all(rate is not None for rate in rates)
    assert rates == sorted(rates, key=lambda rate: rate or 0.0)
    assert len(set(rates)) == 3


def test_who_gains_by_joining_needs_no_pull() -> None:
    own = optimal_tariffs(WORLD, Instrument(setter=("B",), exporters=("C",))).rates[0]
    found = ask(Means.THREAT, measure(float(own)))
    assert (found.verdict, found.rate) == (Verdict.WILLING, 0.0)
    assert found.price < 0


def test_no_rate_within_bounds_is_an_answer() -> None:
    cut_off = Policy((Embargo(exporters=("C",), importers=("B",)), Embargo(exporters=("B",), importers=("C",))))
    found = ask(Means.THREAT, cut_off, highest=0.01)
    assert (found.verdict, found.rate) == (Verdict.NEVER, None)
    assert found.most < 0


def test_a_preference_cannot_exceed_the_tariff_it_is_cut_from() -> None:
    none = ask(Means.PREFERENCE, measure(2.0))
    assert (none.verdict, none.highest) == (Verdict.NEVER, 0.0)
    some = ask(Means.PREFERENCE, measure(2.0), background=IN_FORCE)
    assert some.highest == pytest.approx(0.6)


def test_a_power_cannot_court_itself() -> None:
    with pytest.raises(RequestError, match="part of the power"):
        Lever(power=("A",), ally=("A",))


def test_a_bound_outside_reason_is_refused() -> None:
    with pytest.raises(RequestError, match="highest"):
        Lever(power=("A",), ally=("B",), highest=0.0)
