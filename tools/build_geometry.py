"""Rewrite ``data/embedded/world-50m.topo.json``, the outlines that maps are drawn from.

::

    npm pack world-atlas@2.0.2
    python tools/build_geometry.py world-atlas-2.0.2.tgz

Natural Earth's 1:50 m outlines as packed by world-atlas, made smaller and keyed by ISO-3. The 1:110 m file will
not do: it lacks Singapore, Malta and Hong Kong. Same archive, same bytes out.
Needs the ``data`` dependency group (hdx-python-country), which users never install.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import math
import sys
import tarfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "src" / "hedgerow" / "data" / "embedded" / "world-50m.topo.json"

ARCHIVE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"

DROPPED = {"Antarctica", "Ashmore and Cartier Is."}
"""No economy, and a reef that upstream files under Australia's number a second time."""

BY_NAME = {"Kosovo": "XKX"}
"""Upstream gives Kosovo no number; XKX is the code everybody uses."""

GRID = 0.01
"""Degrees; a fortieth of a pixel on a map 1000 pixels wide."""

SMALLEST_DETAIL = 0.006
"""Square degrees, at the equator's scale; a corner that spans less is cut off."""

SMALLEST_ISLAND = 0.02
"""Square degrees; a state keeps its largest piece however small it is."""

Point = tuple[float, float]
Rings = list[list[int]]


def main(archive: Path) -> None:
    """Check the archive, then read, simplify and write."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != ARCHIVE_SHA256:
        raise SystemExit(f"{archive.name}: sha256 is {digest}, not that of world-atlas 2.0.2")
    with tarfile.open(archive) as tar:
        member = tar.extractfile("package/countries-50m.json")
        if member is None:
            raise SystemExit(f"{archive.name}: no countries-50m.json inside")
        source = json.load(member)
    arcs = [decoded(arc, source["transform"]) for arc in source["arcs"]]
    features = [kept(f, arcs) for f in source["objects"]["countries"]["geometries"]
                if f["properties"]["name"] not in DROPPED]  # fmt: skip
    drop_islets(features, arcs)
    text = json.dumps(topology(features, arcs), separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(text) / 1000:.0f} kB, {sum(f['id'] is not None for f in features)} codes")


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Degrees from the running differences that TopoJSON stores."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * sx + tx, y * sy + ty))
    return points


def kept(feature: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    """The feature as code and polygons, the largest polygon first."""
    polygons = [feature["arcs"]] if feature["type"] == "Polygon" else list(feature["arcs"])
    polygons.sort(key=lambda rings: -extent(rings[0], arcs))
    return {"id": iso3(feature), "polygons": polygons}


def iso3(feature: dict[str, Any]) -> str | None:
    """ISO-3 code; None for territories that no economy in our worlds stands for."""
    from hdx.location.country import Country

    if "id" not in feature:
        return BY_NAME.get(feature["properties"]["name"])
    Country.countriesdata(use_live=False)  # the table inside the package: the same on every day
    code = Country.get_iso3_from_m49(int(feature["id"]))
    return str(code) if code else None


def extent(ring: list[int], arcs: list[list[Point]]) -> float:
    """Area of a ring in square degrees at the equator's scale."""
    points = [p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    start = points[0][0]  # measured from here, so that Fiji is not as wide as the globe
    points = [((x - start + 180) % 360 - 180, y) for x, y in points]
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))
    return abs(twice) / 2 * math.cos(math.radians(points[0][1]))


def drop_islets(features: list[dict[str, Any]], arcs: list[list[Point]]) -> None:
    """Remove small islands, but never a state's largest piece nor a piece that touches a neighbour."""
    uses = Counter(max(a, ~a) for f in features for rings in f["polygons"] for ring in rings for a in ring)
    for feature in features:
        first, *others = feature["polygons"]
        feature["polygons"] = [first] + [
            rings for rings in others
            if extent(rings[0], arcs) >= SMALLEST_ISLAND or any(uses[max(a, ~a)] > 1 for a in rings[0])
        ]  # fmt: skip


def simplified(points: list[Point], smallest: float) -> list[Point]:
    """Visvalingam and Whyatt (1993): take away the corner that spans least, until none is small.

    Ends stay, so neighbours that share an arc still meet. One inner corner stays too, so that two arcs between
    the same ends never fall together; a closed arc keeps two.
    """
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    alive = set(range(len(points)))
    floor = 4 if points[0] == points[-1] else 3
    queue = [(corner(points, i - 1, i, i + 1), i) for i in range(1, len(points) - 1)]
    area = {i: a for a, i in queue}
    heapq.heapify(queue)
    while queue and len(alive) > floor:
        a, i = heapq.heappop(queue)
        if i not in alive or a != area[i]:
            continue
        if a >= smallest:
            break
        alive.remove(i)
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if 0 < j < len(points) - 1:
                # Never below what was just removed: corners vanish in order of importance.
                area[j] = max(a, corner(points, before[j], j, after[j]))
                heapq.heappush(queue, (area[j], j))
    return [points[i] for i in sorted(alive)]


def corner(points: list[Point], i: int, j: int, k: int) -> float:
    """Area of the triangle of three points, at the equator's scale."""
    (ax, ay), (bx, by), (cx, cy) = points[i], points[j], points[k]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * math.cos(math.radians(by))


def encoded(points: list[Point]) -> list[list[int]]:
    """Running differences on the grid, without steps of length zero."""
    grid = [(round((x + 180) / GRID), round((y + 90) / GRID)) for x, y in points]
    steps = [list(grid[0])]
    for (x1, y1), (x2, y2) in pairwise(grid):
        if (x1, y1) != (x2, y2):
            steps.append([x2 - x1, y2 - y1])
    return steps


def topology(features: list[dict[str, Any]], arcs: list[list[Point]]) -> dict[str, Any]:
    """A TopoJSON object with the arcs still in use, finer where the whole state is small."""
    finest: dict[int, float] = {}
    for feature in features:
        size = extent(feature["polygons"][0][0], arcs)
        for arc in (max(a, ~a) for rings in feature["polygons"] for ring in rings for a in ring):
            finest[arc] = min(finest.get(arc, SMALLEST_DETAIL), size / 500)
    number = {old: new for new, old in enumerate(sorted(finest))}

    def renumbered(rings: Rings) -> Rings:
        return [[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in rings]

    geometries = []
    for feature in sorted(features, key=lambda f: (f["id"] is None, f["id"] or "", f["polygons"])):
        key = {} if feature["id"] is None else {"id": feature["id"]}
        polygons = [renumbered(rings) for rings in feature["polygons"]]
        geometries.append({"type": "MultiPolygon", **key, "arcs": polygons})
    return {
        "type": "Topology",
        "transform": {"scale": [GRID, GRID], "translate": [-180, -90]},
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [encoded(simplified(arcs[old], finest[old])) for old in number],
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
