"""The immutable, labelled :class:`World`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any

import xarray as xr

from hedgerow.errors import SchemaError, UnknownNameError
from hedgerow.world.actors import Actor
from hedgerow.world.layers import Layer
from hedgerow.world.partnerships import Partnership
from hedgerow.world.variables import validated


@dataclass(frozen=True)
class Sector:
    """A group of products."""

    id: str
    title: str
    goods: bool
    """True where customs tariffs apply."""
    parts: tuple[str, ...] = ()
    """Codes of the source's own sectors inside this one."""


@dataclass(frozen=True, repr=False, eq=False)
class World:
    """Actors, partnerships and declared layers on shared labels.

    A world never changes: :meth:`with_layer` returns a new one and the arrays refuse to be written to.
    ``world["trade_flow"]`` is the labelled array, ``world.layers["trade_flow"].origin`` says where it came from.

    Raises:
        SchemaError: a layer does not fit its declaration in ``variables.toml`` or other labels.
    """

    id: str
    title: str
    year: int
    actors: tuple[Actor, ...]
    sectors: tuple[Sector, ...]
    layers: Mapping[str, Layer] = field(default_factory=dict)
    partnerships: tuple[Partnership, ...] = ()
    checksum: str = ""
    """sha256 of the embedded data package; empty for a world built in memory."""

    def __post_init__(self) -> None:
        labels = {"actor": self.codes, "sector": self.sector_ids}
        for kind, ids in labels.items():
            if len(set(ids)) < len(ids):
                raise SchemaError(f"world {self.id}: an {kind} stands in it twice")
        if wrong := [name for name, layer in self.layers.items() if name != layer.variable.name]:
            raise SchemaError(f"world {self.id}: {wrong[0]!r} holds a layer of another name")
        frozen = {
            name: replace(layer, values=validated(layer.variable, layer.values, labels))
            for name, layer in self.layers.items()
        }
        object.__setattr__(self, "layers", MappingProxyType(frozen))

    def __reduce__(self) -> tuple[type[World], tuple[Any, ...]]:
        """So that a world can travel to another process; its layers are checked again there."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return World, tuple({**values, "layers": dict(self.layers)}.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """ISO-3 codes of the actors, in order."""
        return tuple(a.iso3 for a in self.actors)

    @property
    def sector_ids(self) -> tuple[str, ...]:
        """Ids of the sectors, in order."""
        return tuple(s.id for s in self.sectors)

    @property
    def goods(self) -> tuple[str, ...]:
        """Ids of the sectors that customs tariffs apply to."""
        return tuple(s.id for s in self.sectors if s.goods)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Ids of every source the layers and partnerships rest on, each once."""
        found = [source for layer in self.layers.values() for source in layer.origin.sources]
        return tuple(dict.fromkeys([*found, *(p.source for p in self.partnerships)]))

    def __getitem__(self, name: str) -> xr.DataArray:
        """Values of a layer, in a wrapper of the caller's own; raises :class:`UnknownNameError` with the names."""
        if name not in self.layers:
            raise UnknownNameError(f"layer {name!r} is not in world {self.id}; it has {', '.join(self.layers)}")
        return self.layers[name].values.copy(deep=False)

    def with_layer(self, layer: Layer) -> World:
        """The same world with one layer added or replaced."""
        return replace(self, layers={**self.layers, layer.variable.name: layer})

    def __repr__(self) -> str:
        lines = [f"<World {self.id} ({self.year}): {len(self.actors)} actors x {len(self.sectors)} sectors"]
        lines += [
            f"  {name:<24} {' x '.join(layer.variable.dims):<30} {layer.variable.unit:<12} {layer.origin.status}"
            for name, layer in self.layers.items()
        ]
        return "\n".join(lines) + ">"
