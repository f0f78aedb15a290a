"""What the recipe starts from: priors, services, tariffs and the rules on re-exports, on made-up numbers."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from hedgerow.world.composite.classifications import GOODS, GTD, SECTORS
from hedgerow.world.composite.customs import UsImports, census_codes
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.prior import Mixes, prior_flows
from hedgerow.world.composite.production import MOST_INPUTS, within_limits
from hedgerow.world.composite.recipe import re_exports
from hedgerow.world.composite.services import LEAN_LIMIT, ServicesReports, leaning, services_totals
from hedgerow.world.composite.tariffs import tariffs
from hedgerow.world.composite.wiod import Technology, WorldYear
from hedgerow.world.partnerships import Partnership, PartnershipKind

Array = npt.NDArray[np.float64]
N, S = 4, len(SECTORS)


@pytest.fixture
def older() -> WorldYear:
    """Three economies that the older table has, and the rest of the world."""
    rng = np.random.default_rng(1)
    flow = 100 * rng.lognormal(size=(N, N, S))
    member = np.array([True, True, False, False])
    return WorldYear(flow, flow.sum(axis=1), flow.sum(axis=1) / 2, member)


def mixes(*, known: bool) -> Mixes:
    """Every exporter sells mostly electronics to the first economy."""
    shares = np.full((N, GOODS), 0.02)
    shares[:, 8] += 1.0 - shares.sum(axis=1)
    return Mixes(shares, np.full(N, known), np.full((N, GOODS), 1.0 / GOODS), 0 if known else None)


def test_a_prior_has_the_pair_totals_and_the_home_shares(older: WorldYear) -> None:
    rng = np.random.default_rng(2)
    totals = tuple(rng.lognormal(3, 1, (N, N)) for _ in range(2))
    output = absorption = older.flow.sum(axis=0)
    prior = prior_flows(older, mixes(known=True), output, absorption, (totals[0], totals[1]), 0.5)
    off = ~np.eye(N, dtype=bool)
    np.testing.assert_allclose(prior[:, :, :GOODS].sum(axis=2)[off], totals[0][off])
    np.testing.assert_allclose(prior[:, :, GOODS:].sum(axis=2)[off], totals[1][off])
    np.testing.assert_allclose(np.einsum("nns->ns", prior), older.home_share.clip(0.02, 0.995) * absorption)
    assert (prior > 0).all()


def test_members_keep_their_old_split_and_customs_tilts_it(older: WorldYear) -> None:
    ones = np.ones((N, N))
    output = older.flow.sum(axis=1)
    plain = prior_flows(older, mixes(known=False), output, output, (ones, ones), 0.5)
    old = older.flow[0, 1, :GOODS] / older.flow[0, 1, :GOODS].sum()
    np.testing.assert_allclose(plain[0, 1, :GOODS], old, atol=1e-3)
    tilted = prior_flows(older, mixes(known=True), output, output, (ones, ones), 0.5)
    assert tilted[0, 1, 8] > plain[0, 1, 8]


def test_a_pair_that_never_traded_gives_no_nan(older: WorldYear) -> None:
    flow = older.flow.copy()
    flow[0, 1] = 0.0
    ones = np.ones((N, N))
    never = WorldYear(flow, older.output, older.value_added, older.member)
    prior = prior_flows(never, mixes(known=False), older.output, older.output, (ones, ones), 0.5)
    assert np.isfinite(prior).all()


def test_only_exports_beyond_output_are_re_exports() -> None:
    flow = np.ones((2, 2, S))
    flow[0, 1, 0] = 100.0
    output = np.full((2, S), 50.0)
    found = re_exports(flow, output, 0.9)
    assert found[0, 0] == pytest.approx(100 - 45)
    assert found.sum() == found[0, 0]
    flow[0, 1, -1] = 1e6
    assert re_exports(flow, output, 0.9)[0, -1] == 0.0  # services do not pass through a port


def test_services_keep_reports_and_fill_gaps_by_size() -> None:
    gdp = np.array([1e6, 4e6, 2e6, 8e6])
    distance = 1000.0 + 500.0 * np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    value = 1e-4 * np.sqrt(np.outer(gdp, gdp)) * 1000.0 / distance
    np.fill_diagonal(value, np.nan)
    truth = value.copy()
    value[0, 3] = np.nan
    found = services_totals(ServicesReports(value, np.ones(4, dtype=bool)), gdp, np.ones(4), distance)
    np.testing.assert_allclose(found[~np.eye(4, dtype=bool)], 1.05 * truth[~np.eye(4, dtype=bool)], rtol=1e-6)
    assert (np.diagonal(found) == 0).all()


def test_leaning_moves_only_who_does_not_report_and_within_limits() -> None:
    rng = np.random.default_rng(5)
    services = rng.lognormal(2, 1, (3, 3))
    np.fill_diagonal(services, 0.0)
    free = np.array([False, False, True])
    leant = leaning(services, np.zeros((3, 3)), np.array([0.0, 0.0, -1e6]), free)
    np.testing.assert_array_equal(leant[:2, :2], services[:2, :2])
    assert leant[2, 0] == pytest.approx(LEAN_LIMIT * services[2, 0])
    assert leant[0, 2] == pytest.approx(services[0, 2] / LEAN_LIMIT)


def test_inputs_leave_room_for_value_added() -> None:
    tech = within_limits(Technology(np.full((1, 2, 2), 0.7), np.array([[0.5, 0.5]])))
    np.testing.assert_allclose(tech.coefficients.sum(axis=1), MOST_INPUTS)


def test_census_names_become_codes_and_unknown_territories_the_rest() -> None:
    written = ["KOREA, SOUTH", "TURKEY", "BURMA", "COTE D'IVOIRE", "CZECH REPUBLIC", "PITCAIRN ISLANDS", "CHINA"]
    codes = ["KOR", "TUR", "MMR", "CIV", "CZE", "ROW", "CHN"]
    assert [census_codes(written)[name] for name in written] == codes


LABELS = Labels(("USA", "DEU", "HRV", "CAN", "THA", "ROW"))


def agreement(name: str, kind: PartnershipKind, members: str, since: date) -> Partnership:
    return Partnership(name, name, kind, tuple(members.split()), since, "illustration")


def rates() -> tuple[Array, npt.NDArray[np.bool_]]:
    """10 % in the database; WITS has 2 % of Canada on food of the Union; US duties are 3 % on Canada."""
    known = ("USA", "DEU", "CAN", "ROW")
    index = pd.MultiIndex.from_product(
        [known, known, sorted(set(GTD.values()))], names=["Importer", "Exporter", "Sector"]
    )
    wits = pd.Series({("Canada", "EuropeanUnion", "Food"): 0.02})
    imports = np.zeros((len(LABELS), GOODS))
    imports[LABELS.of("CAN")] = 100.0
    partnerships = (
        agreement("EU", PartnershipKind.BLOC, "DEU HRV", date(1958, 1, 1)),
        agreement("old", PartnershipKind.FREE_TRADE_AGREEMENT, "CAN DEU", date(2010, 1, 1)),
        agreement("new", PartnershipKind.FREE_TRADE_AGREEMENT, "CAN THA", date(2022, 1, 1)),
        agreement("later", PartnershipKind.FREE_TRADE_AGREEMENT, "DEU HRV THA", date(2026, 1, 1)),
        agreement("alliance", PartnershipKind.ALLIANCE, "DEU THA", date(1950, 1, 1)),
    )
    found = tariffs(pd.Series(0.1, index=index), wits, UsImports(imports, 0.03 * imports), partnerships, LABELS)
    return found.rate, found.imputed


@pytest.mark.parametrize(
    ("exporter", "importer", "sector", "rate", "imputed"),
    [
        ("CAN", "DEU", "metals", 0.10, False),  # as published: the database knows the old agreement
        ("DEU", "CAN", "food", 0.02, False),  # WITS
        ("HRV", "CAN", "food", 0.02, False),  # WITS, as a member of the Union
        ("THA", "CAN", "metals", 0.0, True),  # an agreement, and no rate of the pair's own
        ("THA", "DEU", "metals", 0.10, True),  # stand-in; alliances and later agreements free nothing
        ("DEU", "HRV", "metals", 0.0, False),  # inside the Union
        ("CAN", "USA", "metals", 0.03, False),  # customs
        ("THA", "USA", "metals", 0.10, True),  # customs saw no imports
        ("CAN", "DEU", "business", 0.0, False),  # services
        ("CAN", "CAN", "metals", 0.0, False),  # home
    ],
)
def test_each_source_is_laid_over_the_one_before(
    exporter: str, importer: str, sector: str, rate: float, imputed: bool
) -> None:
    at = (LABELS.of(exporter), LABELS.of(importer), SECTORS.index(sector))
    found, flags = rates()
    assert found[at] == pytest.approx(rate)
    assert bool(flags[at]) is imputed
