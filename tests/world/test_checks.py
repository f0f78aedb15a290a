"""What `hedgerow world check` finds."""

from __future__ import annotations

import pytest

from hedgerow.world.balance import imbalances
from hedgerow.world.checks import check, imputed_share
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World
from tests.world.edits import nudged, rescaled, with_values

TINY = tiny_world()


def test_every_world_that_ships_passes(embedded_world: World) -> None:
    findings = check(embedded_world)
    assert all(finding.passed for finding in findings)
    assert len({finding.check for finding in findings}) == len(findings)
    assert {found.identity for found in imbalances(embedded_world)} <= {finding.check for finding in findings}


@pytest.mark.parametrize(
    ("layer", "cell", "check_name"),
    [
        ("gross_output", ("BBB", "goods"), "output = sales"),
        ("final_use", ("BBB", "goods"), "purchases = inputs + final use"),
        ("value_added", ("BBB", "goods"), "inputs + value added = output"),
    ],
)
def test_a_broken_account_fails_its_own_check_and_says_where(
    layer: str, cell: tuple[str, ...], check_name: str
) -> None:
    failed = {finding.check: finding.found for finding in check(nudged(TINY, layer, 10.0, *cell)) if not finding.passed}
    assert check_name in failed
    assert "at BBB goods" in failed[check_name]


def test_a_sector_without_value_added_fails_and_is_named() -> None:
    lost = float(TINY["value_added"].sel(actor="CCC", sector="services"))
    findings = {f.check: f for f in check(nudged(TINY, "value_added", -lost, "CCC", "services"))}
    found = findings["every producing sector adds value"]
    assert not found.passed
    assert "at CCC services" in found.found


def test_the_imputed_share_counts_trade_and_not_cells() -> None:
    """Goods that cross a border: 450; Boria sells 120 of them to Aria."""
    assert imputed_share(TINY) == 0
    flags = TINY["tariff_imputed"].copy()
    flags.loc["BBB", "AAA", "goods"] = True
    flagged = with_values(TINY, "tariff_imputed", flags)
    assert imputed_share(flagged) == pytest.approx(120 / 450)
    assert imputed_share(rescaled(flagged, 7.0)) == pytest.approx(120 / 450)
    assert imputed_share(with_values(TINY, "tariff_imputed", flags | True)) == pytest.approx(1)


def test_elasticities_that_are_assumed_are_listed(world: World) -> None:
    assumed = [s.id for s in world.sectors if bool(world["trade_elasticity_assumed"].sel(sector=s.id))]
    (found,) = (f.found for f in check(world) if f.check == "trade elasticities")
    assert f"{len(assumed)} assumed: {', '.join(assumed)}" in found
