"""The outlines in the wheel."""

from __future__ import annotations

from importlib.resources import files

import pytest

from hedgerow.reporting import geometry

KIBIBYTES = 1000
ECONOMIES = {
    "ARG", "AUS", "AUT", "BEL", "BGD", "BGR", "BLR", "BRA", "BRN", "CAN", "CHE", "CHL", "CHN",
    "CIV", "CMR", "COL", "CRI", "CYP", "CZE", "DEU", "DNK", "EGY", "ESP", "EST", "FIN", "FRA",
    "GBR", "GRC", "HKG", "HRV", "HUN", "IDN", "IND", "IRL", "ISL", "ISR", "ITA", "JOR", "JPN",
    "KAZ", "KHM", "KOR", "LAO", "LTU", "LUX", "LVA", "MAR", "MEX", "MLT", "MMR", "MYS", "NGA",
    "NLD", "NOR", "NZL", "PAK", "PER", "PHL", "POL", "PRT", "ROU", "RUS", "SAU", "SEN", "SGP",
    "SVK", "SVN", "SWE", "THA", "TUN", "TUR", "TWN", "UKR", "USA", "VNM", "ZAF", "XKX",
}  # fmt: skip


def test_every_economy_of_our_worlds_has_an_outline() -> None:
    assert not ECONOMIES - set(geometry.places())


def test_codes_are_unique_and_nobody_borrows_one() -> None:
    codes = [shape["id"] for shape in geometry.outlines() if "id" in shape]
    assert len(codes) == len(set(codes)) == 235
    assert not {"ATA"} & set(codes)


def test_the_file_is_small() -> None:
    folder = files("hedgerow.data") / "embedded"
    assert len((folder / "world-50m.topo.json").read_bytes()) <= 300 * KIBIBYTES
    assert "ISC" in (folder / "NOTICES-geometry.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [("SGP", 103.8, 1.4), ("MLT", 14.4, 35.9), ("HKG", 114.1, 22.4), ("LUX", 6.1, 49.8), ("FJI", 178.0, -17.8),
     ("USA", -99.1, 39.5), ("RUS", 99.7, 61.7)],
)  # fmt: skip
def test_places_are_where_the_atlas_has_them(code: str, longitude: float, latitude: float) -> None:
    place = geometry.places()[code]
    assert (place.longitude, place.latitude) == pytest.approx((longitude, latitude), abs=0.5)


def test_small_states_get_a_dot_and_large_ones_do_not() -> None:
    small = {code for code, place in geometry.places().items() if place.small}
    assert {"SGP", "MLT", "HKG", "LUX"} <= small
    assert not {"BEL", "ISR", "TWN", "USA", "RUS"} & small


def test_a_bloc_has_no_outline() -> None:
    assert geometry.main_pieces("EUU")["geometry"]["coordinates"] == []
