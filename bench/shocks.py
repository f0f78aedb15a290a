"""Shocks to measure solvers with; the largest actor plays the great power."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import Change, Embargo, IcebergChange, Policy, TariffChange


def realistic(economy: Economy, *, seed: int = 1) -> Mapping[str, Policy]:
    """Four shocks of the size that is discussed in newspapers."""
    rng = np.random.default_rng(seed)
    power = economy.actors[int(np.argmax(economy.value_added))]
    partners = [actor for actor in economy.actors if actor != power]
    pairs = [(n, i) for n in economy.actors for i in economy.actors if n != i and rng.uniform() < 0.2]
    parts: dict[str, tuple[Change, ...]] = {
        "us10": (TariffChange(importers=(power,), add=0.1),),
        "libday": tuple(
            TariffChange(importers=(power,), exporters=(partner,), add=float(rng.uniform(0.1, 0.5)))
            for partner in partners
        ),
        "mc20": tuple(TariffChange(importers=(n,), exporters=(i,), add=float(rng.uniform(0, 0.9))) for n, i in pairs),
        "world25": (TariffChange(add=0.25),),
    }
    return {name: Policy(part, label=name) for name, part in parts.items()}


def adversarial(economy: Economy, rng: np.random.Generator) -> Policy:
    """Tariffs to 300 %, icebergs to 100 or cut pairs; sometimes all at once.

    Pairs are cut both ways: a country that may buy from all but sell to none has no balanced trade to find.
    """
    kind = rng.choice(["tariff", "iceberg", "embargo", "all"])
    parts: list[Change] = []
    for importer in economy.actors:
        for exporter in economy.actors:
            pair = (importer,), (exporter,)
            if kind in ("tariff", "all"):
                parts.append(TariffChange(importers=pair[0], exporters=pair[1], add=float(rng.uniform(0, 3))))
            if kind in ("iceberg", "all") and rng.uniform() < 0.3:
                factor = float(np.exp(rng.uniform(-0.7, np.log(100))))
                parts.append(IcebergChange(importers=pair[0], exporters=pair[1], factor=factor))
            if kind in ("embargo", "all") and importer < exporter and rng.uniform() < 0.15:
                parts.append(Embargo(importers=pair[0], exporters=pair[1]))
                parts.append(Embargo(importers=pair[1], exporters=pair[0]))
    return Policy(tuple(parts), label=f"adversarial {kind}")
