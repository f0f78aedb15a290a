"""Built again from the publishers' files, the world has the same bytes; what is taken as given is what they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from hedgerow.data.readers.baci_totals import read_baci_2023
from hedgerow.data.readers.census_imports import EUROPEAN_UNION, read_us_imports_by_chapter
from hedgerow.data.readers.comtrade2016 import read_exports_2016
from hedgerow.planning.reconstruction import welfare_effects
from hedgerow.world.builders import build
from hedgerow.world.composite.customs import UsImports, us_imports
from hedgerow.world.composite.labels import Labels
from hedgerow.world.composite.unrecorded import unrecorded
from hedgerow.world.io import embedded_path, load
from hedgerow.world.memberships import members_on
from hedgerow.world.world import World

pytestmark = pytest.mark.raw
ID = "composite-2023"


@pytest.fixture(scope="module")
def composite() -> World:
    return load(ID)


@pytest.fixture(scope="module")
def labels(composite: World) -> Labels:
    return Labels(composite.codes, {"HKG": "CHN"})


@pytest.fixture(scope="module")
def us(raw: Path, labels: Labels) -> UsImports:
    return us_imports(raw / "economy" / "us-tariffs-2024-2026", labels)


def test_rebuilt_to_the_byte(raw: Path, tmp_path: Path) -> None:
    folder = build(ID, raw=raw, out=tmp_path / ID, welfare=welfare_effects)
    shipped = embedded_path() / ID
    assert {p.name for p in folder.iterdir()} == {p.name for p in shipped.iterdir()}
    assert [p.name for p in sorted(folder.iterdir()) if p.read_bytes() != (shipped / p.name).read_bytes()] == []


def test_pair_totals_are_those_of_baci_and_the_estimates(raw: Path, composite: World, labels: Labels) -> None:
    recorded = read_baci_2023(raw / "economy" / "baci-2023-liberation-day")
    past = read_exports_2016(raw / "economy" / "trade-agreements")
    estimated = unrecorded(recorded, past, members_on(date(2023, 12, 31), "EU"))
    assert not recorded.index.intersection(estimated.index).size
    published = labels.by_pair(recorded) + labels.by_pair(estimated)
    found = composite["trade_flow"].sel(sector=list(composite.goods)).sum("sector").values
    compared = ~np.eye(len(labels), dtype=bool)
    taiwan = labels.of("TWN")
    compared[taiwan], compared[:, taiwan] = False, False
    assert np.abs(found - published)[compared].max() < 1e-3


def test_the_us_column_is_that_of_customs(composite: World, us: UsImports) -> None:
    column = composite["trade_flow"].sel(importer="USA", sector=list(composite.goods)).values
    shares = column / column.sum(axis=1, keepdims=True)
    large = us.known & (column.sum(axis=1) > 1_000) & (np.array(composite.codes) != "USA")
    assert large.sum() >= 60
    np.testing.assert_allclose(shares[large], us.shares[large], atol=2e-6)


def test_customs_counts_every_member_once(raw: Path, us: UsImports) -> None:
    rows = read_us_imports_by_chapter(raw / "economy" / "us-tariffs-2024-2026")
    assert EUROPEAN_UNION not in set(rows["partner"])
    products = rows[rows["chapter"] <= 97]["imports"].sum() / 1e6
    assert us.imports.sum() == pytest.approx(products, rel=0.01)
