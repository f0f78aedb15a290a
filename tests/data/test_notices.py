"""The notices name every source whose numbers may be embedded."""

from __future__ import annotations

from tools.build_notices import TARGET, text


def test_the_notices_are_those_of_the_register() -> None:
    assert TARGET.read_text(encoding="utf-8") == text(), "run python tools/build_notices.py"
