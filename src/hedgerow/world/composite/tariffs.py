"""Baseline tariffs of 2023: what was applied to the flows of that year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.world.composite.classifications import GOODS, GTD, SECTORS, WITS
from hedgerow.world.composite.customs import UsImports
from hedgerow.world.composite.labels import Labels
from hedgerow.world.partnerships import Partnership, PartnershipKind

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

AS_OF: Final = date(2023, 12, 31)
"""Agreements that entered into force later did not shape the flows of 2023."""
PUBLISHED_AS_OF: Final = date(2016, 12, 31)
"""The tariff database of 2017 already knows agreements in force by then."""
PHASED_IN: Final = frozenset({"rcep", "rcep-mmr"})
"""Agreements that lower tariffs over up to twenty years: they free only pairs that no table of tariffs covers."""
FREES_TRADE: Final = frozenset(
    {PartnershipKind.BLOC, PartnershipKind.CUSTOMS_UNION, PartnershipKind.FREE_TRADE_AGREEMENT}
)
"""Partnerships whose members levy no tariffs on each other."""
EU_STAND_IN: Final = "DEU"
"""The Union has one external tariff: a member the tariff database lacks is given Germany's."""
OTHERS: Final = "ROW"
"""Any other economy the tariff database lacks is given its rest-of-world profile."""
WITS_NAMES: Final[Mapping[str, str]] = {
    "Brazil": "BRA",
    "Canada": "CAN",
    "China": "CHN",
    "EuropeanUnion": "EU",
    "India": "IND",
    "Japan": "JPN",
    "Mexico": "MEX",
    "United Kingdom": "GBR",
    "United States": "USA",
}
LEAST_IMPORTS: Final = 1.0
"""MUSD of US imports a year below which duties over imports tell no rate."""
DIGITS: Final = 4
"""Rates are kept to a hundredth of a percentage point."""


@dataclass(frozen=True)
class Tariffs:
    """Ad-valorem rates as fractions of the seller's price."""

    rate: Array
    """[exporter, importer, sector]"""
    imputed: Flags
    """[exporter, importer, sector] True where no publisher gives this pair's own rate."""


def tariffs(
    published: pd.Series, wits: pd.Series, us: UsImports, partnerships: Iterable[Partnership], labels: Labels
) -> Tariffs:
    """Baseline tariffs, each source laid over the one before.

    The tariff database of 2017, economies it lacks with a stand-in's profile (imputed); zero inside agreements in
    force by 2023 where the database has no rate of the pair's own or is older than the agreement (imputed); applied
    tariffs of 2023 for the pairs WITS names; duties over imports of 2024 for the United States; zero inside the
    European Union, at home and on services.

    Args:
        published: rates by importer, exporter and product group (GTD 2017).
        wits: rates by importer, exporter and product group (WITS 2023).
        us: US imports and duties.
        partnerships: agreements, the European Union among them as a bloc.
        labels: the economies.
    """
    agreements = tuple(partnerships)
    union = frozenset(next(p for p in agreements if p.id == "EU").members)
    known = set(published.index.get_level_values("Importer")) - {OTHERS}
    own = np.outer(labels.flags(known), labels.flags(known))
    rate = _published(published, known, union, labels)
    imputed = np.repeat(~own[:, :, None], len(SECTORS), axis=2)
    freed = _freed(agreements, own, labels)
    rate[freed], imputed[freed] = 0.0, True
    _lay_wits(rate, imputed, wits, union, labels)
    _lay_us(rate, imputed, us, labels.of("USA"))
    inside = np.outer(labels.flags(union), labels.flags(union)) | np.eye(len(labels), dtype=bool)
    rate[inside], imputed[inside] = 0.0, False
    rate[:, :, GOODS:], imputed[:, :, GOODS:] = 0.0, False
    return Tariffs(np.round(rate, DIGITS), imputed)


def _published(published: pd.Series, known: set[str], union: frozenset[str], labels: Labels) -> Array:
    """[exporter, importer, sector] of the tariff database, with stand-ins."""
    stand_in = [c if c in known else (EU_STAND_IN if c in union else OTHERS) for c in labels.codes]
    rate = np.zeros((len(labels), len(labels), len(SECTORS)))
    for k, sector in enumerate(SECTORS[:GOODS]):
        table = published.xs(GTD[sector], level="Sector").unstack("Importer")
        rate[:, :, k] = table.reindex(index=stand_in, columns=stand_in).fillna(0.0).to_numpy()
    return rate


def _freed(agreements: tuple[Partnership, ...], own: Flags, labels: Labels) -> Flags:
    """[exporter, importer] True where an agreement sets the tariff to zero."""
    freed = np.zeros(own.shape, dtype=bool)
    for agreement in agreements:
        if agreement.kind not in FREES_TRADE:
            continue
        named = [(k, c) for k, c in enumerate(labels.codes) if c in agreement.members]
        for k, one in named:
            for m, other in named:
                if agreement.joins(one, other, on=AS_OF):
                    news = agreement.since_between(one, other) > PUBLISHED_AS_OF and agreement.id not in PHASED_IN
                    freed[k, m] |= news or not own[k, m]
    return freed


def _lay_wits(rate: Array, imputed: Flags, wits: pd.Series, union: frozenset[str], labels: Labels) -> None:
    """Applied tariffs of 2023 between the regions WITS names; the US column comes from customs instead."""
    table = wits.to_dict()
    for importer, into in WITS_NAMES.items():
        for exporter, out_of in WITS_NAMES.items():
            buyers, sellers = (np.flatnonzero(labels.flags(union if c == "EU" else {c})) for c in (into, out_of))
            for k, sector in enumerate(SECTORS[:GOODS]):
                found = table.get((importer, exporter, WITS[sector]))
                if found is not None and into != "USA":
                    pairs = np.ix_(sellers, buyers)
                    rate[:, :, k][pairs], imputed[:, :, k][pairs] = found, False


def _lay_us(rate: Array, imputed: Flags, us: UsImports, america: int) -> None:
    """Duties over imports of 2024."""
    seen = us.imports > LEAST_IMPORTS
    effective = us.duty / np.where(seen, us.imports, 1.0)
    rate[:, america, :GOODS] = np.where(seen, effective, rate[:, america, :GOODS])
    imputed[:, america, :GOODS] = np.where(seen, False, True)
