"""Spells are years of paths: from the base exactly, and after another policy once buyers have adapted to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.worlds import synthetic
from hedgerow.errors import NoSupplierError, RequestError
from hedgerow.trade.dynamics import path
from hedgerow.trade.dynamics_buyers import Buyers
from hedgerow.trade.dynamics_spell import Additions, Spell, play
from hedgerow.trade.policy import Embargo, IcebergChange, Policy, TariffChange, TariffRateQuota

WORLD = synthetic(6, 3, seed=11)
TAX = Policy((TariffChange(importers=("A00",), add=0.3),))
MILD = Policy((TariffChange(importers=("A00",), exporters=("A01", "A02"), add=0.1),))
FREE = Policy((TariffChange(importers=("A01",), exporters=("A03",), set_to=0.0),))
CHEAP = Policy((IcebergChange(importers=("A01",), exporters=("A04",), factor=0.9),))
ADDITIONS = Additions(((), (0,), (1,), (0, 1)), (Policy(), FREE, CHEAP, FREE + CHEAP))


def _incomes(policies: list[Policy], years: int) -> np.ndarray:
    return np.asarray(np.log1p(path(WORLD, policies, years=years, check=False).welfare_change.values))


def test_the_first_spell_is_a_path_with_every_addition() -> None:
    found = play(Buyers(WORLD), Spell(None, TAX, "tax"), ADDITIONS, ages=5)
    for k, one in enumerate(ADDITIONS.policies):
        np.testing.assert_allclose(found.log_income[k], _incomes([TAX + one], 5), atol=1e-9)
    assert found.residual < 1e-10
    unadapted = path(WORLD, TAX, years=5, check=False).unadapted.values
    np.testing.assert_allclose(found.unadapted, unadapted, atol=1e-9)


def test_a_later_spell_is_the_end_of_a_long_path() -> None:
    found = play(Buyers(WORLD), Spell(MILD, TAX, "mild, then tax"), ADDITIONS, ages=4)
    for k, one in enumerate(ADDITIONS.policies):
        long_ago = _incomes([MILD + one] * 60 + [TAX + one], 64)[60:]
        np.testing.assert_allclose(found.log_income[k], long_ago, atol=1e-7)


def test_nothing_happens_to_who_had_adapted_already() -> None:
    found = play(Buyers(WORLD), Spell(TAX, TAX, "the same"), ADDITIONS, ages=3)
    np.testing.assert_allclose(found.log_income, found.log_income[:, :1].repeat(3, axis=1), atol=1e-8)


def test_an_embargo_is_forgotten_slowly_once_it_ends() -> None:
    siege = Policy((Embargo(exporters=("A05",), importers=("A02",)),))
    found = play(Buyers(WORLD), Spell(siege, Policy(), "peace"), Additions(((),), (Policy(),)), ages=6)
    loss = -found.log_income[0, :, 2]
    assert loss[0] > loss[-1] > -1e-9


def test_who_has_no_supplier_left_is_named() -> None:
    sold = WORLD.trade_share.copy()
    sold[0, 1, 1], sold[0, 1, 0] = 0.0, sold[0, 1, 0] + sold[0, 1, 1]  # A01 buys its first good abroad only
    siege = Policy((Embargo(importers=("A01",)),))
    with pytest.raises(NoSupplierError, match="siege: A01 has no supplier of S00"):
        play(Buyers(replace(WORLD, trade_share=sold)), Spell(None, siege, "siege"), ADDITIONS, ages=1)


def test_quotas_are_refused_wherever_they_stand() -> None:
    limited = Policy((TariffRateQuota(importers=("A00",), inside=0.0, outside=0.2, share_of_base=1.0),))
    alone = Additions(((),), (Policy(),))
    for spell, additions in (
        (Spell(None, limited, "limited"), alone),
        (Spell(limited, TAX, "limited, then tax"), alone),
        (Spell(None, TAX, "tax"), Additions(((), (0,)), (Policy(), limited))),
    ):
        with pytest.raises(RequestError, match="quotas have no spell"):
            play(Buyers(WORLD), spell, additions, ages=1)
