"""Canada and the United States, computed once."""

from __future__ import annotations

import pytest

from tests.planning.answers import Answered, answered


@pytest.fixture(scope="session")
def canada() -> Answered:
    """The answer that most laws are checked on."""
    return answered("CAN", "USA", with_detail=True)
