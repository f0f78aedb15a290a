"""WIOD tables of one year on composite sectors: the last complete world table of goods and services by pair."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.wiod_series import read_wiod_accounts, read_wiod_final, read_wiod_flows, read_wiod_inputs
from hedgerow.world.composite.classifications import SECTORS, WIOD
from hedgerow.world.composite.labels import Labels

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class WorldYear:
    """One year of WIOD in MUSD on given labels; economies it lacks are inside the rest of the world."""

    flow: Array
    """[exporter, importer, sector] sales for all uses, negatives (stock building) set to zero."""
    output: Array
    """[actor, sector]"""
    value_added: Array
    """[actor, sector]"""
    member: Flags
    """[actor] True where the economy has a row of its own."""

    @property
    def abroad(self) -> Array:
        """[exporter, importer, sector] sales across borders."""
        flow = self.flow.copy()
        flow[np.arange(len(flow)), np.arange(len(flow))] = 0.0
        return flow

    @property
    def home_share(self) -> Array:
        """[actor, sector] share of purchases that is bought at home; the world's mean where there is no row."""
        home = np.einsum("nns->ns", self.flow)
        bought = self.flow.sum(axis=0)
        mean = home.sum(axis=0) / bought.sum(axis=0)
        own = np.where(bought > 0, home / np.where(bought > 0, bought, 1.0), mean)
        return np.asarray(np.where(self.member[:, None], own, mean))


@dataclass(frozen=True)
class Technology:
    """How sectors produce and what is finally used."""

    coefficients: Array
    """[actor, input, sector] input per unit of output."""
    final_share: Array
    """[actor, sector] share of final use; sums to 1."""


def world_year(folder: Path, labels: Labels, year: int) -> WorldYear:
    """Flows, output and value added of one year."""
    flows = read_wiod_flows(folder, year=year).clip(lower=0.0)
    n, s = len(labels), len(SECTORS)
    flow = np.zeros((n, n, s))
    exporters, importers, sectors = (flows.index.get_level_values(k) for k in range(3))
    np.add.at(flow, (_at(labels, exporters), _at(labels, importers), _sectors(sectors)), flows.to_numpy())
    accounts = read_wiod_accounts(folder, year=year)
    member = labels.flags(set(exporters))
    member[labels.rest] = False
    return WorldYear(
        flow=flow,
        output=_by_account(accounts["output_musd"], labels),
        value_added=_by_account(accounts["value_added_musd"], labels),
        member=member,
    )


def technology(folder: Path, labels: Labels, year: int) -> Technology:
    """Input-output coefficients and final shares of one year; zero columns where the source lacks an economy."""
    inputs = read_wiod_inputs(folder, year=year)
    n, s = len(labels), len(SECTORS)
    used = np.zeros((n, s, s))
    countries, inputs_of, using = (inputs.index.get_level_values(k) for k in range(3))
    np.add.at(used, (_at(labels, countries), _sectors(inputs_of), _sectors(using)), inputs.to_numpy())
    output = _by_account(read_wiod_accounts(folder, year=year)["output_musd"], labels)
    final = _by_account(read_wiod_final(folder, year=year), labels).clip(min=0.0)
    total = final.sum(axis=1, keepdims=True)
    return Technology(
        coefficients=np.divide(
            used, output[:, None, :], out=np.zeros_like(used), where=np.broadcast_to(output[:, None, :] > 0, used.shape)
        ),
        final_share=np.divide(final, total, out=np.zeros_like(final), where=np.broadcast_to(total > 0, final.shape)),
    )


def _at(labels: Labels, codes: pd.Index) -> list[int]:
    return [labels.of(c) for c in codes]


def _sectors(codes: pd.Index) -> list[int]:
    return [WIOD[c] for c in codes]


def _by_account(values: pd.Series, labels: Labels) -> Array:
    """[actor, sector] sums of values by country and WIOD sector."""
    out = np.zeros((len(labels), len(SECTORS)))
    countries, sectors = (values.index.get_level_values(k) for k in (0, 1))
    np.add.at(out, (_at(labels, countries), _sectors(sectors)), values.to_numpy(dtype=float))
    return out
