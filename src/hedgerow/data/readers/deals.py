"""Reader of our own list of trade deals, ``deals.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any


def read_deals() -> Mapping[str, Mapping[str, Any]]:
    """Every deal by id, as the file has it."""
    return tomllib.loads((files("hedgerow.data") / "deals.toml").read_text(encoding="utf-8"))
