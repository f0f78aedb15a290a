"""The worlds that laws are held to: an invented one and every one that ships."""

from __future__ import annotations

import pytest

from hedgerow.world.io import WORLDS, load
from hedgerow.world.tiny import tiny_world
from hedgerow.world.world import World


@pytest.fixture(scope="session", params=["tiny", *(entry.id for entry in WORLDS)])
def world(request: pytest.FixtureRequest) -> World:
    """Each world in turn."""
    return tiny_world() if request.param == "tiny" else load(request.param)


@pytest.fixture(scope="session", params=[entry.id for entry in WORLDS])
def embedded_world(request: pytest.FixtureRequest) -> World:
    """Each world that ships, in turn."""
    return load(request.param)


@pytest.fixture(scope="session", params=["wiod-2011", "wiod-2011-35"])
def world_2011(request: pytest.FixtureRequest) -> World:
    """The world of 2011 in the default view and with its source's own sectors."""
    return load(request.param)


@pytest.fixture(scope="session")
def fine() -> World:
    """The world of 2011 with its source's own 35 sectors."""
    return load("wiod-2011-35")
