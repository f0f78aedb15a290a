"""The world as it ships: names, accounts, tariffs and its error report."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hedgerow.data.embedded import embedded_folder
from hedgerow.world.balance import imbalances
from hedgerow.world.checks import check
from hedgerow.world.composite.report import ReportRow, as_frame, error_report, read
from hedgerow.world.io import load
from hedgerow.world.world import World
from tests.world.facts import UNION_OF_2021

ID = "composite-2023"
UNION = sorted(UNION_OF_2021 | {"HRV"})


@pytest.fixture(scope="module")
def composite() -> World:
    return load(ID)


def rows(section: str) -> dict[str, ReportRow]:
    """The report's rows of one section, by item."""
    return {r.item: r for r in error_report(ID) if r.section == section}


def test_shape_and_names(composite: World) -> None:
    assert len(composite.actors) == 74
    assert len(composite.sectors) == 14
    assert composite.codes[-1] == "ROW"
    assert {a.iso3: a.name for a in composite.actors}["CHN"] == "China incl. Hong Kong"
    assert not {"HKG", "LAO", "BRN"} & set(composite.codes)
    assert set(UNION) < set(composite.codes)


def test_it_is_small() -> None:
    folder = embedded_folder() / ID
    assert sum(len(path.read_bytes()) for path in folder.iterdir()) < 2_000_000


def test_identities(composite: World) -> None:
    assert max(i.share_of_world_income for i in imbalances(composite)) < 1e-12
    assert float(composite["value_added"].min()) > 0
    assert float(composite["final_use"].min()) >= 0


def test_gdp_and_population(composite: World) -> None:
    gdp = composite["value_added"].sum("sector") / 1e6
    assert float(gdp.sel(actor="USA")) == pytest.approx(
        27.84, abs=0.02
    )  # the source counts Puerto Rico in, as BACI does
    assert float(gdp.sel(actor="TWN")) == pytest.approx(0.757, abs=1e-6)
    assert float(gdp.sum()) == pytest.approx(105, rel=0.03)
    assert float(composite["population"].sel(actor="TWN")) == 23_420_000
    assert float(composite["population"].sum()) == 8_064_057_930  # the World Bank's world


def test_tariffs(composite: World) -> None:
    rate, imputed = composite["tariff"], composite["tariff_imputed"]
    inside = rate.sel(exporter=UNION, importer=UNION)
    assert float(inside.max()) == 0.0
    assert not bool(imputed.sel(exporter=UNION, importer=UNION).any())
    assert float(rate.sel(sector=["distribution", "business", "local"]).max()) == 0.0
    assert float(np.diagonal(rate.values, axis1=0, axis2=1).max()) == 0.0
    goods = list(composite.goods)
    assert float(rate.sel(exporter="CHN", importer="USA", sector=goods).mean()) > 0.08  # section 301
    assert float(rate.sel(exporter="MEX", importer="USA", sector=goods).mean()) < 0.01
    assert float(rate.sel(exporter="VNM", importer="DEU", sector=goods).max()) == 0.0  # in force since 2020
    assert float(rate.sel(exporter="JPN", importer="DEU", sector=goods).max()) < 0.02  # phased in, as WITS has it
    assert float(rate.sel(exporter="BRA", importer="DEU", sector="food")) > 0.02  # EU-Mercosur came after 2023
    assert bool(imputed.sel(exporter="THA", importer="IDN", sector="food"))
    assert not bool(imputed.sel(exporter="CAN", importer="JPN", sector="food"))


@pytest.mark.parametrize(
    ("section", "item", "most"),
    [
        ("exercise 2000-2011", "goods outside the US column, misplaced", 0.19),
        ("exercise 2000-2011", "welfare of CAN, US +25 % on CAN", 0.10),
        ("hold-out of the US column", "all exporters, misplaced", 0.20),
        ("known facts", "share of Canada's goods exports to the US", 0.01),
        ("known facts", "share of Mexico's goods exports to the US", 0.01),
        ("constraints", "1 goods totals by pair (BACI 2023), largest gap", 0.01),
        ("constraints", "2 GDP (World Bank 2023), largest gap", 1e-6),
        ("constraints", "3 sector shares of US imports (Census 2024), misplaced", 1e-6),
        ("constraints", "4 services totals by pair (2019, brought to 2023), largest gap", 0.01),
    ],
)
def test_what_was_promised(section: str, item: str, most: float) -> None:
    found = rows(section)[item]
    assert found.passed
    assert found.tolerance is not None
    assert found.tolerance <= most
    assert abs(found.deviation) <= most


def test_priority_higher_constraints_miss_by_less() -> None:
    found = rows("constraints")
    hard = ("2 GDP (World Bank 2023), largest gap", "3 sector shares of US imports (Census 2024), misplaced")
    soft = ("5 sector output missed its target", "6 value added over output (ICIO 2020, WIOD), mean change")
    assert max(found[item].value for item in hard) < 1e-6 < min(found[item].value for item in soft)


def test_every_row_of_the_report_holds_and_says_against_what() -> None:
    report = error_report(ID)
    assert all(r.passed for r in report)
    assert all(r.source for r in report if r.section == "known facts")
    assert {r.level for r in report} == {"world", "country", "country x sector", "pair", "pair x sector"}
    assert {"exercise 2000-2011", "exercise 2008-2011", "exercise 1997-2008", "choices"} <= {r.section for r in report}


def test_a_report_survives_being_written() -> None:
    report = error_report(ID)
    assert read(as_frame(report).to_csv(index=False, lineterminator="\n").encode()) == report


def test_check_shows_the_report_and_fails_with_it(composite: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = {f.check: f.passed for f in check(composite)}
    assert shown["known facts: US goods imports"]
    broken = tuple(replace(r, passed=False) for r in error_report(ID)[:1])
    monkeypatch.setattr("hedgerow.world.checks.error_report", lambda _: broken)
    assert not all(f.passed for f in check(composite))


def test_other_worlds_have_no_report() -> None:
    assert error_report("wiod-2011") == ()
