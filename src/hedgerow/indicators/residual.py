"""What belongs to a power's ties once sizes are accounted for: estimates with a range, refused where not identified."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from hedgerow.errors import DidNotConverge, NotIdentifiedError
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TRADE, Evidence
from hedgerow.indicators.frames import Array, Estimate, joined, rows
from hedgerow.indicators.gravity import Effect, home_margin, key_partners, poisson_effect
from hedgerow.indicators.ties import Mask, Side, TradeSeries, ties, toward
from hedgerow.provenance import Status

KEY_PARTNERS = 10
"""How many partners are the key ones: the largest of the earlier year."""

Estimator = Callable[[Array, Mask, Mask], Effect]
"""From flows of two years, the power's members and the actors that are no rest of the world."""


def against_home(flow: Array, members: Mask, named: Mask) -> Effect:
    """Change of a power's foreign trade beside its sales at home (14).

    Args:
        flow: two years of trade with sales at home on the diagonal. [year, exporter, importer]
        members: which actors are the power. [actor]
        named: False for the rest of the world; all actors are used. [actor]

    Raises:
        NotIdentifiedError: there are no sales at home.
        DidNotConverge: no estimate was found.
    """
    if not np.isfinite(np.diagonal(flow, axis1=1, axis2=2)).any():
        raise NotIdentifiedError(
            "power-tie-residual: the series holds no sales at home, so exporter-year and importer-year effects absorb "
            "the trade of a power with everyone; use key-tie-residual"
        )
    return poisson_effect(flow, home_margin(members, len(flow)))


def with_key_partners(flow: Array, members: Mask, named: Mask) -> Effect:
    """Change of a power's trade with its largest partners beside that with others (13).

    Args:
        flow: two years of trade; sales at home are not used. [year, exporter, importer]
        members: which actors are the power. [actor]
        named: False for the rest of the world, never a key partner. [actor]

    Raises:
        NotIdentifiedError: the power has no partners beyond the key ones.
        DidNotConverge: no estimate was found.
    """
    abroad = np.where(np.eye(len(members), dtype=bool), np.nan, flow)
    size = np.where(named, np.nan_to_num(toward(ties(abroad[0], Side.TRADE), members)), 0.0)
    least = np.sort(size)[-min(KEY_PARTNERS, len(size))]
    return poisson_effect(abroad, key_partners(members, (size >= least) & (size > 0), len(flow)))


def _estimated(evidence: Evidence, estimator: Estimator) -> pd.DataFrame:
    """An estimate for every power and horizon; no row where the data give none."""

    def one(series: TradeSeries, at: int, back: int, members: Mask) -> Estimate:
        try:
            found = estimator(series.flow[[back, at]], members, series.named)
        except (NotIdentifiedError, DidNotConverge):
            return Estimate(np.array([np.nan]))
        return Estimate(np.array([found.value]), np.array([found.low]), np.array([found.high]))

    return joined(
        rows(("",), one(series, at, back, members), series.label(at, power=power, since=back), least=Status.MODELLED)
        for series in evidence.trade
        for at, back in series.changes()
        for power in evidence.powers
        if (members := series.members(power, series.years[at])).any()
    )


def _against_home(evidence: Evidence) -> pd.DataFrame:
    return _estimated(evidence, against_home)


def _with_key_partners(evidence: Evidence) -> pd.DataFrame:
    return _estimated(evidence, with_key_partners)


_METHOD = "Poisson estimate with exporter-year, importer-year and pair effects: Santos Silva and Tenreyro (2006)."
_RANGE = "95 % interval, standard errors clustered by pair of countries."

RESIDUAL: tuple[Indicator, ...] = (
    Indicator(
        id="power-tie-residual",
        title="Change of all ties with a power beyond size",
        family="growth",
        per=Per.POWER,
        unit="log points / 100",
        low=-np.inf,
        high=np.inf,
        formula="β of power × international × later year, sales at home in the data",
        reading="Below 0: the power's foreign trade fell beside its sales at home, sizes of all accounted for.",
        lineage=Lineage.ADAPTED,
        reference=_METHOD,
        inputs=(TRADE,),
        uncertainty=_RANGE,
        compute=_against_home,
        caution="Only where a series holds sales at home. A dummy of all ties without them is collinear and refused.",
    ),
    Indicator(
        id="key-tie-residual",
        title="Change of ties with a power's key partners beyond size",
        family="growth",
        per=Per.POWER,
        unit="log points / 100",
        low=-np.inf,
        high=np.inf,
        formula="β of power × key partner × later year; key are the ten largest partners of the earlier year",
        reading="Below 0: trade with the key partners fell beside that with others, sizes of all accounted for.",
        lineage=Lineage.ADAPTED,
        reference=_METHOD,
        inputs=(TRADE,),
        uncertainty=_RANGE,
        compute=_with_key_partners,
        caution="Partners chosen because they were large tend to shrink back: a small negative value is no news.",
    ),
)
"""Indicators of this family."""
