"""Random policies for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from hedgerow.trade.economy import Economy
from hedgerow.trade.policy import Change, DeficitRule, IcebergChange, Policy, TariffChange


def changes(economy: Economy) -> st.SearchStrategy[Change]:
    """Tariffs to 60 points and icebergs from 0.8 to 1.5 on any block of flows."""

    def some(labels: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...] | None]:
        return st.none() | st.lists(st.sampled_from(labels), min_size=1, unique=True).map(tuple)

    reach = {
        "exporters": some(economy.actors),
        "importers": some(economy.actors),
        "sectors": some(economy.sectors),
    }
    return st.one_of(
        st.builds(TariffChange, add=st.floats(0, 0.6), **reach),
        st.builds(TariffChange, set_to=st.floats(0, 0.6), **reach),
        st.builds(IcebergChange, factor=st.floats(0.8, 1.5), **reach),
    )


def policies(economy: Economy) -> st.SearchStrategy[Policy]:
    """Up to three changes under either deficit rule."""
    return st.builds(
        Policy,
        parts=st.lists(changes(economy), max_size=3).map(tuple),
        deficits=st.sampled_from(DeficitRule),
    )
