"""Forces abroad: how many United States troops each host has, as reported."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from hedgerow.data.politics import political_tables
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.indicators.evidence import TROOPS, Evidence
from hedgerow.indicators.frames import Array, Estimate, Label, joined, rows
from hedgerow.indicators.ties import shares, total
from hedgerow.provenance import Status


def _years(evidence: Evidence) -> Iterator[tuple[list[str], Array, Label]]:
    """Hosts, their troops in the latest report of a year, and what these belong to."""
    origin = political_tables()[TROOPS].origin("last")
    for year, group in evidence.table(TROOPS).frame.sort_values("actor").groupby("year"):
        label = Label(TROOPS, int(str(year)), (origin,))
        yield list(group["actor"]), group["last"].to_numpy(dtype=float, na_value=np.nan), label


def _reported(evidence: Evidence) -> pd.DataFrame:
    return joined(
        rows(hosts, Estimate(troops), label, least=Status.PUBLISHED) for hosts, troops, label in _years(evidence)
    )


def _share(evidence: Evidence) -> pd.DataFrame:
    return joined(rows(hosts, Estimate(shares(troops)), label) for hosts, troops, label in _years(evidence))


def _abroad(evidence: Evidence) -> pd.DataFrame:
    return joined(rows([""], Estimate(np.array([total(troops)])), label) for _, troops, label in _years(evidence))


_LEFT_OUT = (
    "Personnel on active duty assigned to the host, in the latest report of the year. Afghanistan, Iraq and Syria are "
    "withheld since 2018; forces at sea and in the United States' own territories are left out."
)
TROOPS_ABROAD: tuple[Indicator, ...] = (
    Indicator(
        id="us-troops",
        title="United States forces in a host",
        family="forces abroad",
        per=Per.ACTOR,
        unit="persons",
        low=0.0,
        high=np.inf,
        formula="latest report of the year",
        reading="Personnel on active duty stationed in the country.",
        lineage=Lineage.PUBLISHED,
        reference="Defense Manpower Data Center, as compiled by Allen, Flynn and Machain (2022).",
        inputs=(TROOPS,),
        uncertainty="None given: as reported.",
        compute=_reported,
        caution=_LEFT_OUT,
    ),
    Indicator(
        id="us-troops-share",
        title="Part of United States forces abroad in a host",
        family="forces abroad",
        per=Per.ACTOR,
        unit="fraction",
        low=0.0,
        high=1.0,
        formula="forces in the host / forces in all hosts",
        reading="How much of the presence abroad stands in one country.",
        lineage=Lineage.PUBLISHED,
        reference="Common descriptive statistic.",
        inputs=(TROOPS,),
        uncertainty="None given: as reported.",
        compute=_share,
        caution=_LEFT_OUT,
    ),
    Indicator(
        id="us-troops-abroad",
        title="United States forces abroad",
        family="forces abroad",
        per=Per.SYSTEM,
        unit="persons",
        low=0.0,
        high=np.inf,
        formula="Σ over hosts of the latest report of the year",
        reading="Personnel on active duty stationed in other states.",
        lineage=Lineage.PUBLISHED,
        reference="Defense Manpower Data Center, as compiled by Allen, Flynn and Machain (2022).",
        inputs=(TROOPS,),
        uncertainty="None given: as reported.",
        compute=_abroad,
        caution=_LEFT_OUT,
    ),
)
"""Indicators of this family."""
