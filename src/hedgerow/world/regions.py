"""Regions: the neighbours whom a state is shown beside, as ``data/regions.toml`` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """ISO-3 codes by the name of the region."""
    text = (files("hedgerow.data") / "regions.toml").read_text(encoding="utf-8")
    return {name: tuple(codes) for name, codes in tomllib.loads(text).items()}


def region_of(actor: str) -> str | None:
    """The region of a state; None for what is no state of the list."""
    return next((name for name, codes in regions().items() if actor in codes), None)
