"""Balanced accounts from what a user's own file says, by the rules of the built-in worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.published import PublishedFlows, PublishedTable
from hedgerow.data.readers.wiod2013 import WorldTable
from hedgerow.dims import REST_OF_WORLD
from hedgerow.errors import DataError, UnbalancedError
from hedgerow.world.accounts import MOST_INPUTS, Accounts, balanced_accounts
from hedgerow.world.baci2023 import LEAST_HOME_SHARE, closed_by_gdp, without_inputs

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class OwnAccounts:
    """Accounts, whose they are, and how they came to be."""

    accounts: Accounts
    codes: tuple[str, ...]
    """ISO-3 codes in the order of the accounts."""
    method: str
    """Sentences for the origin."""
    uses_gdp: bool = False


def accounts_of_table(published: PublishedTable, codes: Mapping[str, str], known: frozenset[str]) -> OwnAccounts:
    """Accounts of a world input-output table; negative stock building goes by the rule of ``wiod-2011``.

    Args:
        published: the table.
        codes: ISO-3 code of each of its countries.
        known: economies with a population; the others join the rest of the world.
    """
    home = {written: code if code in known else REST_OF_WORLD for written, code in codes.items()}
    table = _merged(published.table, home)
    accounts = balanced_accounts(table)
    before = sum(float(part.to_numpy().sum()) for part in (table.intermediate, table.final, table.inventories))
    growth = float(accounts.gross_output.sum()) / before - 1.0
    method = (
        "Negative stock building is set to zero and output recomputed with the Leontief inverse (Costinot and "
        f"Rodríguez-Clare 2014): world output changes by {growth:.2%}. A sector's inputs are at most {MOST_INPUTS:.0%} "
        "of its output."
    )
    lost = [code for code in sorted(set(codes.values()) - {REST_OF_WORLD}) if code not in known]
    return OwnAccounts(accounts, tuple(str(c) for c in table.final.columns), method + _joined(lost))


def _merged(table: WorldTable, home: Mapping[str, str]) -> WorldTable:
    """The table with countries renamed, and those of one name added up; countries and sectors in order."""

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.rename(index=home, level=0).groupby(level=[0, 1]).sum()

    def both(frame: pd.DataFrame) -> pd.DataFrame:
        levels = list(range(frame.columns.nlevels))
        named = frame.rename(columns=home, level=0) if len(levels) > 1 else frame.rename(columns=home)
        return rows(named).T.groupby(level=levels).sum().T

    return WorldTable(both(table.intermediate), both(table.final), both(table.inventories))


def accounts_of_flows(
    published: PublishedFlows, inputs: pd.DataFrame | None, known: frozenset[str], gdp: pd.Series | None
) -> OwnAccounts:
    """Accounts of sales without a world table.

    Args:
        published: sales between economies by ISO-3 code.
        inputs: what sectors use of each input (actor, input, sector, value); none leaves sectors without inputs.
        known: economies with a population; the others join the rest of the world.
        gdp: closes domestic sales where the source has none; economies without it are left out.

    Raises:
        DataError: no economy sells at home, or inputs of an economy or sector that sells nothing.
        UnbalancedError: a sector's inputs exceed its output, or an input is used more than it is bought.
    """
    if gdp is not None:
        return _closed(published, gdp, known)
    flows = published.flows
    at_home = flows["exporter"] == flows["importer"]
    selling = set(flows.loc[at_home & (flows["value"] > 0), "exporter"])
    if not selling:
        raise DataError(
            "the file holds no domestic sales (exporter and importer the same); add them, or read trade in goods "
            "alone with --from baci"
        )
    everyone = set(flows["exporter"]) | set(flows["importer"])
    lost = sorted(everyone - (selling & known) - {REST_OF_WORLD})
    home = dict.fromkeys(lost, REST_OF_WORLD)
    codes = tuple(sorted({home.get(code, code) for code in everyone}))
    flow = _cube(flows.replace({"exporter": home, "importer": home}), codes, tuple(sorted(published.titles)))
    if inputs is None:
        method = "No input-output data: sectors use no inputs, value added is output." + _joined(lost)
        return OwnAccounts(without_inputs(flow), codes, method)
    use = _input_cube(inputs.replace({"actor": home}), codes, tuple(sorted(published.titles)))
    accounts = balanced_accounts(_proportional(flow, use, codes, tuple(sorted(published.titles))))
    method = f"Inputs as given, at most {MOST_INPUTS:.0%} of output; every buyer takes them from all origins alike."
    return OwnAccounts(accounts, codes, method + _joined(lost))


def _closed(published: PublishedFlows, gdp: pd.Series, known: frozenset[str]) -> OwnAccounts:
    """One sector whose domestic sales are closed by GDP, as in ``baci-2023``."""
    flows = published.flows
    usable = {str(code) for code in gdp.index[gdp > 0]} & known
    inside = flows["exporter"].isin(usable) & flows["importer"].isin(usable)
    everyone = set(flows["exporter"]) | set(flows["importer"])
    codes = tuple(sorted(everyone & usable))
    if len(codes) < 2:
        raise DataError("fewer than two economies of the file have a GDP; give them with --gdp")
    trade = _cube(flows[inside], codes, tuple(published.titles))[:, :, 0]
    closure = closed_by_gdp(trade, gdp[list(codes)].to_numpy(dtype=float))
    dropped = sorted(everyone - usable)
    share = 1.0 - float(flows.loc[inside, "value"].sum()) / float(flows["value"].sum())
    left_out = f" Without GDP or population, and left out with {share:.1%} of trade: {', '.join(dropped)}."
    raised = ", ".join(codes[k] for k in closure.raised) or "nobody"
    method = (
        "The source has no domestic sales. One sector without inputs: output is GDP, of the year or the latest before "
        f"it, and domestic sales are GDP less exports, at least {LEAST_HOME_SHARE:.0%} of GDP or exports, the larger; "
        f"that floor raises {raised}.{left_out if dropped else ''}"
    )
    return OwnAccounts(without_inputs(closure.trade_flow[:, :, None]), codes, method, uses_gdp=True)


def _joined(lost: list[str]) -> str:
    if not lost:
        return ""
    return f" Without population or sales at home, and so inside the rest of the world: {', '.join(lost)}."


def _cube(flows: pd.DataFrame, codes: tuple[str, ...], sectors: tuple[str, ...]) -> Array:
    """[exporter, importer, sector] sums."""
    cube = np.zeros((len(codes), len(codes), len(sectors)))
    at = [pd.Index(labels).get_indexer(pd.Index(flows[column]))
          for column, labels in (("exporter", codes), ("importer", codes), ("sector", sectors))]  # fmt: skip
    np.add.at(cube, tuple(at), flows["value"].to_numpy(dtype=float))
    return cube


def _input_cube(inputs: pd.DataFrame, codes: tuple[str, ...], sectors: tuple[str, ...]) -> Array:
    """[actor, input, sector] sums."""
    cube = np.zeros((len(codes), len(sectors), len(sectors)))
    at = []
    for column, labels in (("actor", codes), ("input", sectors), ("sector", sectors)):
        positions = pd.Index(labels).get_indexer(pd.Index(inputs[column]))
        if (positions < 0).any():
            raise DataError(f"--inputs: {column} {inputs[column].to_numpy()[positions < 0][0]} is not in the flows")
        at.append(positions)
    np.add.at(cube, tuple(at), inputs["value"].to_numpy(dtype=float))
    return cube


def _proportional(flow: Array, use: Array, codes: tuple[str, ...], sectors: tuple[str, ...]) -> WorldTable:
    """A world table in which every buyer in an economy takes a good from all origins in the same proportions."""
    bought, made = flow.sum(axis=0), flow.sum(axis=1)
    _require_room(use.sum(axis=2), bought, (codes, sectors), "is used as an input more than it is bought")
    _require_room(use.sum(axis=1), made, (codes, sectors), "uses inputs worth more than its output")
    share = flow / np.where(bought > 0, bought, 1.0)
    rows = pd.MultiIndex.from_product([codes, sectors])
    cells = np.einsum("emk,mks->ekms", share, use).reshape(len(rows), len(rows))
    final = np.einsum("emk,mk->ekm", share, np.maximum(bought - use.sum(axis=2), 0.0)).reshape(len(rows), len(codes))
    frame = pd.DataFrame(final, index=rows, columns=list(codes))
    return WorldTable(pd.DataFrame(cells, index=rows, columns=rows), frame, frame * 0.0)


def _require_room(part: Array, whole: Array, labels: tuple[tuple[str, ...], tuple[str, ...]], what: str) -> None:
    excess = part - whole * (1.0 + 1e-9)
    if (excess > 0).any():
        actor, sector = np.unravel_index(int(excess.argmax()), excess.shape)
        raise UnbalancedError(
            f"--inputs: {labels[0][actor]} {labels[1][sector]} {what}: {part[actor, sector]:,.1f} against "
            f"{whole[actor, sector]:,.1f} MUSD"
        )
