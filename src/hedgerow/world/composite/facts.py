"""The third part of the report: published figures that did not enter the recipe as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from hedgerow.world.composite.classifications import GOODS
from hedgerow.world.composite.constraints import abroad
from hedgerow.world.composite.evidence import POWER, Evidence
from hedgerow.world.composite.report import Reference, ReportRow, row
from hedgerow.world.world import World

Array = npt.NDArray[np.float64]

SECTION: Final = "known facts"
_BN: Final = 1e3
"""MUSD in a billion dollars."""


@dataclass(frozen=True)
class Trade:
    """A world's trade across borders, ready to be asked."""

    codes: tuple[str, ...]
    goods: Array
    """[exporter, importer] MUSD"""
    services: Array
    """[exporter, importer] MUSD"""

    def exports(self, code: str) -> float:
        """Goods exports, billion dollars."""
        return float(self.goods[self.codes.index(code)].sum() / _BN)

    def imports(self, code: str) -> float:
        """Goods imports, billion dollars."""
        return float(self.goods[:, self.codes.index(code)].sum() / _BN)

    def sales(self, code: str, partner: str) -> float:
        """Goods exports to one partner, billion dollars."""
        return float(self.goods[self.codes.index(code), self.codes.index(partner)] / _BN)

    def share_to(self, code: str, partner: str) -> float:
        """Share of goods exports that goes to one partner."""
        mine = self.goods[self.codes.index(code)]
        return float(mine[self.codes.index(partner)] / mine.sum())


MEASURES: Final[Mapping[str, tuple[str, Callable[[Trade], float], Reference]]] = {
    "US goods imports": ("bn USD", lambda t: t.imports(POWER),
        Reference(3080.0, "US Census Bureau, imports 2023, customs basis", 0.05)),
    "US goods exports": ("bn USD", lambda t: t.exports(POWER),
        Reference(2020.0, "US Census Bureau, exports 2023, re-exports included", 0.10)),
    "US services exports": ("bn USD", lambda t: float(t.services[t.codes.index(POWER)].sum() / _BN),
        Reference(1030.0, "US Bureau of Economic Analysis, balance of payments 2023, rounded", 0.15)),
    "US services imports": ("bn USD", lambda t: float(t.services[:, t.codes.index(POWER)].sum() / _BN),
        Reference(750.0, "US Bureau of Economic Analysis, balance of payments 2023, rounded", 0.20)),
    "China's goods exports, Hong Kong inside": ("bn USD", lambda t: t.exports("CHN"),
        Reference(3105.0, "China Customs 2023: 3,380 less 275 to Hong Kong", 0.10)),
    "US goods imports from Taiwan": ("bn USD", lambda t: t.sales("TWN", POWER),
        Reference(87.8, "US Census Bureau, imports 2023, customs basis; enters the patch of Taiwan", 0.05)),
    "Korea's goods exports to Viet Nam": ("bn USD", lambda t: t.sales("KOR", "VNM"),
        Reference(53.5, "Korea International Trade Association 2023; not in BACI's extract, estimated", 0.10)),
    "Viet Nam's goods exports to Korea": ("bn USD", lambda t: t.sales("VNM", "KOR"),
        Reference(25.9, "Korea International Trade Association 2023, freight included; estimated", 0.15)),
    "Korea's goods exports": ("bn USD", lambda t: t.exports("KOR"),
        Reference(632.0, "Korea Customs Service 2023; China records 162 from Korea, Korea 125 to China", 0.15)),
    "share of Canada's goods exports to the US": ("share", lambda t: t.share_to("CAN", POWER),
        Reference(0.74, "BACI 2023 without Taiwan: 74.3 %; Statistics Canada about 77 %, customs basis", 0.01)),
    "share of Mexico's goods exports to the US": ("share", lambda t: t.share_to("MEX", POWER),
        Reference(0.77, "BACI 2023 without Taiwan: 77.1 %", 0.01)),
    "share of Viet Nam's goods exports to the US": ("share", lambda t: t.share_to("VNM", POWER),
        Reference(0.273, "Viet Nam Customs 2023: 97 of 355 billion dollars", 0.03)),
    "share of Germany's goods exports to the US": ("share", lambda t: t.share_to("DEU", POWER),
        Reference(0.099, "Destatis 2023: 158 of 1,590 billion euros", 0.01)),
    "share of Japan's goods exports to the US": ("share", lambda t: t.share_to("JPN", POWER),
        Reference(0.20, "Japan Customs 2023: 20.3 of 100.9 trillion yen", 0.02)),
    "share of China's goods exports to the US": ("share", lambda t: t.share_to("CHN", POWER),
        Reference(0.148, "China Customs 2023: 500 of 3,380 billion dollars, Hong Kong a partner", 0.02)),
}  # fmt: skip
"""Published figures as the publishers' releases have them, rounded and typed in by hand; only Taiwan's enters.

Tolerances allow for what is known to differ: BACI is free on board and drops goods without a chapter.
"""


def fact_rows(world: World, known: Evidence) -> tuple[ReportRow, ...]:
    """Known facts, each with its source and how far off the world is."""
    flow = abroad(world)
    trade = Trade(world.codes, flow[:, :, :GOODS].sum(axis=2), flow[:, :, GOODS:].sum(axis=2))
    rows = [
        row((SECTION, item, "country"), measure(trade), unit, reference)
        for item, (unit, measure, reference) in MEASURES.items()
    ]
    return (*rows, *_home_shares(world, known), *_services_shares(world, known), _customs_rate(world, known))


def _home_shares(world: World, known: Evidence) -> list[ReportRow]:
    """Share of goods bought at home against WIOD 2011."""
    flow, older = world["trade_flow"].values[:, :, :GOODS], known.beliefs.older
    now, then = _home(flow), _home(older.flow[:, :, :GOODS])
    rows = [
        row((SECTION, f"home share of goods, {code}", "country"), float(now[k]), "share",
            Reference(float(then[k]), "WIOD 2011", 0.03 if code == POWER else None))
        for k, code in enumerate(world.codes)
        if older.member[k]
    ]  # fmt: skip
    gap = float(np.abs(now - then)[older.member].mean())
    mean = row((SECTION, "home share of goods, mean gap of WIOD's economies", "country"), gap, "share",
               Reference(0.0, "WIOD 2011; twelve years of integration are in it", 0.12))  # fmt: skip
    return [mean, *rows]


def _home(goods: Array) -> Array:
    """[actor] share of purchases of goods made at home."""
    home = np.einsum("nns->n", goods)
    total = goods.sum(axis=(0, 2))
    return np.asarray(home / np.where(total > 0, total, 1.0))


def _services_shares(world: World, known: Evidence) -> list[ReportRow]:
    """Share of services in value added, world and United States."""
    now, then = world["value_added"].values, known.beliefs.older.value_added
    america = known.labels.of(POWER)
    pairs = (("the world", now.sum(axis=0), then.sum(axis=0)), ("the United States", now[america], then[america]))
    return [
        row((SECTION, f"share of services in value added of {name}", "world" if name == "the world" else "country"),
            float(mine[GOODS:].sum() / mine.sum()), "share",
            Reference(float(its[GOODS:].sum() / its.sum()), "WIOD 2011, construction and utilities included", 0.04))
        for name, mine, its in pairs
    ]  # fmt: skip


def _customs_rate(world: World, known: Evidence) -> ReportRow:
    """The average US tariff, duties of the model's baseline over imports."""
    flow, america = abroad(world)[:, :, :GOODS], known.labels.of(POWER)
    duty = float((flow * world["tariff"].values[:, :, :GOODS])[:, america].sum())
    reference = Reference(
        float(known.us.duty.sum() / known.us.imports.sum()),
        "US Census Bureau 2024, calculated duties over imports",
        0.003,
    )
    return row(
        (SECTION, "average US tariff on goods", "country"), duty / float(flow[:, america].sum()), "share", reference
    )
