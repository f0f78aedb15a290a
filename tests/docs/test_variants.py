"""The code on the pages about variants runs, and the variant of the how-to agrees with the main model."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from hedgerow.errors import DidNotConverge
from hedgerow.trade.economy import Economy
from hedgerow.trade.equilibrium import solve
from hedgerow.trade.policy import ExportTaxChange, Policy
from hedgerow.trade.variants.variant import solve_variant
from tests.house.repository import ROOT


def run(page: str) -> dict[str, Any]:
    """What the blocks of a page define, run in their order."""
    names: dict[str, Any] = {"__name__": "page"}
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for block in re.findall(r"^```python\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL):
        exec(compile(block, page, "exec", dont_inherit=True), names)  # noqa: S102 - our own page
    return names


@pytest.fixture(scope="module", name="page")
def how_to() -> dict[str, Any]:
    return run("how-to/variants.md")


def test_its_answers_are_those_of_the_main_model(page: dict[str, Any]) -> None:
    model = page["model"]
    economy = Economy.from_arrays(
        trade_share=model.share.T[:, :, None],
        expenditure=(model.income + model.deficit)[:, None],
        tariff=np.zeros((3, 3, 1)),
        input_share=np.zeros((1, 1, 3)),
        value_added_share=np.ones((3, 1)),
        final_share=np.ones((3, 1)),
        trade_elasticity=[model.elasticity],
        value_added=model.income,
        deficit=model.deficit,
        actors=model.actors,
        sectors=["all"],
    )
    assert economy.repair is not None
    assert economy.repair.balance < 1e-12, "the accounts of the page balance"
    for rate, wages in zip((0.0, 0.1, -0.1), page["wages"], strict=True):
        policy = Policy((ExportTaxChange(exporters=("A",), importers=("B", "C"), add=rate),))
        np.testing.assert_allclose(wages, solve(economy, policy).wage_hat, rtol=1e-8)
    assert page["wages"][0] == pytest.approx(1)


def test_what_it_cannot_solve_it_names(page: dict[str, Any]) -> None:
    """A subsidy of all but everything costs more than the country earns."""
    model = page["replace"](page["model"], tax=np.array([0.1, -0.99])[:, None, None] * page["abroad"])
    with pytest.raises(DidNotConverge, match=r"scenario 1, worst in [ABC]"):
        solve_variant(model)


def test_the_page_on_the_liberation_day_model_shows_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    """Labour gains from a cut in income tax what it does not from a lump sum; an answer costs the United States."""
    page = run("liberation-day.md")
    assert "employment" in capsys.readouterr().out
    relief, lump_sum, war = (float(page[name].welfare.sel(actor="USA")) for name in ("alone", "lump_sum", "war"))
    assert relief > lump_sum
    assert relief > war
