"""A world from the user's own file, in a publisher's format or as plain CSV."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from hedgerow.data.readers.baci import read_baci
from hedgerow.data.readers.icio_yearly import read_icio
from hedgerow.data.readers.itpds import read_itpds
from hedgerow.data.readers.published import PublishedFlows, PublishedTable
from hedgerow.data.readers.tidy import read_inputs, read_tidy
from hedgerow.data.readers.wiod2016 import read_wiod2016
from hedgerow.dims import ACTOR, SECTOR
from hedgerow.errors import DataError, RequestError
from hedgerow.provenance import Origin, Status
from hedgerow.world.actors import actors_named
from hedgerow.world.baci2023 import TRADE_ELASTICITY, zero_tariffs
from hedgerow.world.balance import require_balanced
from hedgerow.world.io import load
from hedgerow.world.layers import layer
from hedgerow.world.own_accounts import OwnAccounts, accounts_of_flows, accounts_of_table
from hedgerow.world.own_economies import gdp_for, iso3_of, persons_for
from hedgerow.world.partnerships import Partnership, PartnershipKind
from hedgerow.world.world import Sector, World

OWN: Final = "own-file"
"""Source of a number that only the user can vouch for."""
_AGREEMENTS_OF = "baci-2023"
"""The embedded world with most economies; its agreements are those of every world of the user's own."""


@dataclass(frozen=True)
class Format:
    """A kind of file that a world can be made from."""

    title: str
    read: Callable[[Path, int | None], PublishedTable | PublishedFlows]
    source: str
    """Id in ``data/registry.toml``."""


FORMATS: Final[Mapping[str, Format]] = {
    "icio": Format("OECD input-output tables", read_icio, "oecd-icio"),
    "wiod2016": Format("World table (WIOD, Release 2016)", read_wiod2016, "wiod-2016"),
    "baci": Format("Goods trade (BACI)", read_baci, "baci"),
    "itpds": Format("Trade and production (ITPD)", read_itpds, "itpd"),
    "tidy": Format("Own table of sales", read_tidy, OWN),
}
"""Name of a format, as in ``--from``, to its reader."""


@dataclass(frozen=True)
class OwnFiles:
    """The user's files, and what they do not say themselves."""

    format: str
    """A key of :data:`FORMATS`."""
    file: Path
    year: int | None = None
    """Of the rows to read; needed where the file does not say, or holds several."""
    inputs: Path | None = None
    """For ``tidy``: columns actor, input, sector, value (MUSD/yr)."""
    population: Path | None = None
    """Columns actor, population (persons); goes before the embedded table."""
    gdp: Path | None = None
    """For ``baci``: columns actor, gdp (MUSD/yr); goes before the embedded table."""


def build_own(files: OwnFiles, *, world_id: str) -> World:
    """A balanced world from the user's own files.

    Parts of a country are added up, negative stock building is removed by the rule of the built-in worlds, economies
    without population or sales at home join the rest of the world. Tariffs start at zero, flagged as imputed; a trade
    elasticity that no column gives is 4, flagged as assumed. Every layer's origin says which of this was done.

    Args:
        files: what to read.
        world_id: id of the new world.

    Raises:
        RequestError: no such format, an option the format has no use for, or a year the file does not hold.
        UnknownNameError: a country's code that no table knows.
        DataError: a file is absent or not in its format; the message names the line, column or label.
        UnbalancedError: the accounts do not add up; the message names the place.
    """
    kind = _format(files)
    published = kind.read(files.file, files.year)
    persons = persons_for(published.year, files.population)
    if isinstance(published, PublishedTable):
        own = accounts_of_table(published, iso3_of(published.table.final.columns, files.file), persons.codes)
    else:
        inputs = read_inputs(files.inputs, published.year) if files.inputs is not None else None
        own = accounts_of_flows(
            replace(published, flows=_with_iso3(published.flows, ("exporter", "importer"), files.file)),
            None if inputs is None else _with_iso3(inputs, (ACTOR,), files.inputs or files.file),
            persons.codes,
            None if published.domestic else gdp_for(published.year, files.gdp),
        )
    idle = own.accounts.value_added.sum(axis=1) <= 0
    if idle.any():
        raise DataError(f"{files.file}: {own.codes[int(np.flatnonzero(idle)[0])]} produces nothing")
    sectors = tuple(
        Sector(s, title, goods=s in published.goods, parts=(s,)) for s, title in sorted(published.titles.items())
    )
    world = World(
        id=world_id,
        title=f"{kind.title} of {published.year}, {len(own.codes)} economies, from {files.file.name}",
        year=published.year,
        actors=actors_named(own.codes),
        sectors=sectors,
        layers={
            name: layer(name, values, {ACTOR: own.codes, SECTOR: tuple(s.id for s in sectors)}, origin)
            for name, values, origin in (
                *_account_layers(files, kind, published, own),
                *_assumed_layers(published, own.codes, sectors),
                ("population", persons.of(own.codes), persons.origin),
            )
        },
        partnerships=agreements_between(load(_AGREEMENTS_OF).partnerships, own.codes),
    )
    return require_balanced(world)


def _format(files: OwnFiles) -> Format:
    if files.format not in FORMATS:
        raise RequestError(f"--from: {files.format!r} is no format; there are {', '.join(FORMATS)}")
    if files.inputs is not None and files.format != "tidy":
        raise RequestError(f"--inputs: only --from tidy takes inputs from a file of their own, not {files.format}")
    if files.gdp is not None and files.format != "baci":
        raise RequestError(f"--gdp: only --from baci needs GDP, {files.format} holds domestic sales")
    return FORMATS[files.format]


def _with_iso3(table: pd.DataFrame, columns: tuple[str, ...], file: Path) -> pd.DataFrame:
    """The table with countries by ISO-3 code."""
    written = list(dict.fromkeys(str(w) for column in columns for w in table[column]))
    codes = iso3_of(written, file)
    return table.assign(**{column: table[column].map(codes) for column in columns})


Columns = list[tuple[str, npt.ArrayLike, Origin]]


def _account_layers(
    files: OwnFiles, kind: Format, published: PublishedTable | PublishedFlows, own: OwnAccounts
) -> Columns:
    with files.file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    given = [f for f in (files.inputs, files.gdp) if f is not None]
    origin = Origin(
        Status.DERIVED,
        tuple(dict.fromkeys((kind.source, *(("wdi-gdp",) if own.uses_gdp else ()), *((OWN,) if given else ())))),
        f"{kind.title} of {published.year} as in {files.file.name} (sha256 {digest[:16]}…)"
        f"{''.join(f', with {f.name}' for f in given)}. {own.method} Rounded to thousands of dollars.",
    )
    accounts = own.accounts
    return [
        ("trade_flow", accounts.trade_flow, origin),
        ("input_use", accounts.input_use, origin),
        ("final_use", accounts.final_use, origin),
        ("value_added", accounts.value_added, origin),
        ("gross_output", accounts.gross_output, origin),
    ]


def _assumed_layers(
    published: PublishedTable | PublishedFlows, codes: tuple[str, ...], sectors: tuple[Sector, ...]
) -> Columns:
    rate, imputed = zero_tariffs(len(codes), sectors)
    given = published.elasticity if isinstance(published, PublishedFlows) else {}
    theta = [given.get(s.id, TRADE_ELASTICITY) for s in sectors]
    none_assumed = all(s.id in given for s in sectors)
    tariffs = Origin(
        Status.ASSUMED, (OWN,), "Zero everywhere: the file holds no tariffs. Goods across a border are flagged imputed."
    )
    elasticity = Origin(
        Status.PUBLISHED if none_assumed else Status.ASSUMED,
        (*((OWN,) if given else ()), *(() if none_assumed else ("simonovska-waugh-2014",))),
        "As in the file." if none_assumed else "4 in every sector for which the file gives none: flagged assumed.",
    )
    return [
        ("tariff", rate, tariffs),
        ("tariff_imputed", imputed, tariffs),
        ("trade_elasticity", theta, elasticity),
        ("trade_elasticity_assumed", [s.id not in given for s in sectors], elasticity),
    ]


def agreements_between(known: tuple[Partnership, ...], codes: tuple[str, ...]) -> tuple[Partnership, ...]:
    """The partnerships that tie two parties among ``codes``; a bloc's members are one party to all but the bloc."""
    kept = [_among(p, codes) for p in known]
    blocs = [p for p in kept if p.kind is PartnershipKind.BLOC and len(p.members) > 1]
    party_of = {code: bloc.id for bloc in blocs for code in bloc.members}

    def ties(p: Partnership) -> bool:
        return len({party_of.get(code, code) for code in p.members}) > 1 and all(p.sides)

    return tuple(p for p in kept if p in blocs or (p.kind is not PartnershipKind.BLOC and ties(p)))


def _among(p: Partnership, codes: tuple[str, ...]) -> Partnership:
    """The partnership as far as a world has its members."""
    return replace(
        p,
        members=tuple(c for c in p.members if c in codes),
        sides=tuple(tuple(c for c in side if c in codes) for side in p.sides),
        entered=tuple((c, day) for c, day in p.entered if c in codes),
        suspended=tuple(pause for pause in p.suspended if pause.one in codes and pause.other in codes),
    )
