"""Which sector of one classification is which of another."""

from __future__ import annotations

from typing import Final

from hedgerow.world.world import Sector

_TITLES = (
    "Agriculture, hunting, forestry, fishing",
    "Mining and quarrying",
    "Food, beverages, tobacco",
    "Textiles and clothing",
    "Leather and footwear",
    "Wood and cork",
    "Pulp, paper, printing, publishing",
    "Coke, refined petroleum, nuclear fuel",
    "Chemicals",
    "Rubber and plastics",
    "Other non-metallic minerals",
    "Basic metals and metal products",
    "Machinery",
    "Electrical and optical equipment",
    "Transport equipment",
    "Other manufacturing, recycling",
    "Electricity, gas, water",
    "Construction",
    "Motor trade and fuel retail",
    "Wholesale trade",
    "Retail trade",
    "Hotels and restaurants",
    "Inland transport",
    "Water transport",
    "Air transport",
    "Transport services, travel agencies",
    "Post and telecommunications",
    "Finance and insurance",
    "Real estate",
    "Renting and business services",
    "Public administration and defence",
    "Education",
    "Health and social work",
    "Other community and personal services",
    "Private households as employers",
)
_GOODS = 16
"""Sectors c1 to c16 of the WIOD 2013 release are goods."""

WIOD_SECTORS: Final = tuple(
    Sector(f"c{k}", title, goods=k <= _GOODS, parts=(f"c{k}",)) for k, title in enumerate(_TITLES, start=1)
)

VIEW_15: Final = (
    Sector("agriculture", "Agriculture", True, ("c1",)),
    Sector("mining", "Mining, oil and gas", True, ("c2",)),
    Sector("food", "Food and beverages", True, ("c3",)),
    Sector("textiles", "Textiles, clothing, leather", True, ("c4", "c5")),
    Sector("wood-paper", "Wood and paper", True, ("c6", "c7")),
    Sector("fuels", "Refined fuels", True, ("c8",)),
    Sector("chemicals", "Chemicals, plastics, minerals", True, ("c9", "c10", "c11")),
    Sector("metals", "Metals", True, ("c12",)),
    Sector("machinery", "Machinery", True, ("c13",)),
    Sector("electronics", "Electrical and electronics", True, ("c14",)),
    Sector("transport-equipment", "Vehicles and aircraft", True, ("c15",)),
    Sector("other-manufacturing", "Other manufacturing", True, ("c16",)),
    Sector("distribution", "Trade, transport, hotels", False, tuple(f"c{k}" for k in range(19, 27))),
    Sector("business", "Business and financial services", False, ("c27", "c28", "c30")),
    Sector("local", "Utilities, building, public and personal services", False,
           ("c17", "c18", "c29", "c31", "c32", "c33", "c34", "c35")),
)  # fmt: skip
"""The default view of ``wiod-2011``: no source classification is split by guesswork."""


def _merged(view: tuple[Sector, ...], ids: tuple[str, str], merged: Sector) -> tuple[Sector, ...]:
    """The view with two sectors made one, where the first of them stood."""
    parts = tuple(part for s in view if s.id in ids for part in s.parts)
    joined = Sector(merged.id, merged.title, merged.goods, parts)
    return tuple(joined if s.id == ids[0] else s for s in view if s.id != ids[1])


COMPOSITE_14: Final = _merged(
    VIEW_15, ("mining", "fuels"), Sector("mining-fuels", "Mining, oil, gas and refined fuels", True)
)
"""The sectors of ``composite-2023``; refining alone could not be told apart from crude oil for most partners."""

GTAP_IN_WIOD: Final = {
    "c1": ("pdr", "wht", "gro", "v_f", "osd", "c_b", "pfb", "ocr", "ctl", "oap", "rmk", "wol", "frs", "fsh"),
    "c2": ("coa", "oil", "gas", "oxt"),
    "c3": ("cmt", "omt", "vol", "mil", "pcr", "sgr", "ofd", "b_t"),
    "c4": ("tex", "wap"),
    "c5": ("lea",),
    "c6": ("lum",),
    "c7": ("ppp",),
    "c8": ("p_c",),
    "c9": ("chm", "bph"),
    "c10": ("rpp",),
    "c11": ("nmm",),
    "c12": ("i_s", "nfm", "fmp"),
    "c13": ("ome",),
    "c14": ("ele", "eeq"),
    "c15": ("mvh", "otn"),
    "c16": ("omf",),
}
"""GTAP 10 products inside each WIOD goods sector."""

SERVICES_ELASTICITY: Final = 4.0
"""Assumed: no comparable estimate for services exists; the brief shows the answer with 2 and 8."""

_TEXTILES, _WOOD = "Textiles and Wearing Apparel", "Wood and Paper"
_CHEMICALS, _MACHINERY = "Petroleum, Chemical and Non-Metallic Mineral Products", "Electrical and Machinery"

GTD_OF_WIOD: Final = {
    "c1": "Agriculture",
    "c2": "Mining and Quarrying",
    "c3": "Food & Beverages",
    "c4": _TEXTILES,
    "c5": _TEXTILES,
    "c6": _WOOD,
    "c7": _WOOD,
    "c8": _CHEMICALS,
    "c9": _CHEMICALS,
    "c10": _CHEMICALS,
    "c11": _CHEMICALS,
    "c12": "Metal Products",
    "c13": _MACHINERY,
    "c14": _MACHINERY,
    "c15": "Transport Equipment",
    "c16": "Other Manufacturing",
}
"""Product group of the Global Tariff Database that a WIOD goods sector takes its tariff from."""
