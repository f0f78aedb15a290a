"""JAX is an extra: who lacks it is told what to do, and who has it keeps their settings."""

from __future__ import annotations

import importlib
import sys

import pytest

from hedgerow.errors import RequestError

ROOM = "hedgerow.trade.accelerator"


def test_without_jax_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("library", "kernels", "mixing", "solve"):
        monkeypatch.delitem(sys.modules, f"{ROOM}.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "jax", None)
    with pytest.raises(RequestError, match=r"hedgerow\[jax\]; run pip install") as raised:
        importlib.import_module(f"{ROOM}.solve")
    assert "\n" not in str(raised.value)
