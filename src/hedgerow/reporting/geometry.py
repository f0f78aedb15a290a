"""Outlines of countries for maps, from the wheel: nothing is fetched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SMALL = 1.2
"""Degrees across; a state below this is a speck on a page-wide map and gets a dot as well."""


Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where the main piece of a state lies, in degrees."""

    longitude: float
    latitude: float
    width: float
    """Degrees from west to east or from south to north, whichever is more."""

    @property
    def small(self) -> bool:
        """Too small to be seen on a map of the world."""
        return self.width < SMALL


@cache
def topology() -> dict[str, Any]:
    """The TopoJSON file; readers must not change it."""
    path = files("hedgerow.data") / "embedded" / "world-50m.topo.json"
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def outlines() -> list[dict[str, Any]]:
    """One geometry a territory, its largest piece first; those that an ISO-3 code names carry it as ``id``."""
    found: list[dict[str, Any]] = topology()["objects"]["countries"]["geometries"]
    return found


@cache
def places() -> dict[str, Place]:
    """ISO-3 code to the middle of its largest piece."""
    return {shape["id"]: _place(_ring(shape["arcs"][0][0])) for shape in outlines() if "id" in shape}


def main_pieces(code: str) -> dict[str, Any]:
    """GeoJSON of the two largest pieces of a state, without lakes; no pieces where the code is a bloc's."""
    pieces = [[_ring(rings[0])] for shape in outlines() if shape.get("id") == code for rings in shape["arcs"][:2]]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": pieces}}


@cache
def _arcs() -> list[list[Point]]:
    """All arcs in degrees."""
    return [_decoded(arc) for arc in topology()["arcs"]]


def _ring(arcs: list[int]) -> list[Point]:
    """Corners of a ring; a negative number means an arc walked backwards."""
    return [p for arc in arcs for p in (_arcs()[arc] if arc >= 0 else _arcs()[~arc][::-1])]


def _decoded(arc: list[list[int]]) -> list[Point]:
    """Degrees from the running differences that TopoJSON stores."""
    (sx, sy), (tx, ty) = topology()["transform"]["scale"], topology()["transform"]["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def _place(ring: list[Point]) -> Place:
    """Centre of gravity of a ring, measured from its first corner eastwards or westwards, whichever is nearer."""
    start = ring[0][0]
    points = [((x - start + 180) % 360 - 180, y) for x, y in ring]
    area = east = north = 0.0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, east, north = area + cross / 2, east + (x1 + x2) * cross / 6, north + (y1 + y2) * cross / 6
    xs, ys = [x for x, _ in points], [y for _, y in points]
    longitude = (east / area + start + 180) % 360 - 180
    return Place(longitude, north / area, max(max(xs) - min(xs), max(ys) - min(ys)))
