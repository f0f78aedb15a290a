"""Every source says who published it and under which licence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from hedgerow.data import registry
from hedgerow.data.registry import cited, sources
from hedgerow.errors import DataError

ENTRIES = tomllib.loads((files("hedgerow.data") / "registry.toml").read_text(encoding="utf-8"))
FORBIDDING = ("NC", "ND", "non-commercial", "academic use")


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_is_complete(name: str) -> None:
    assert set(ENTRIES[name]) == {"title", "publisher", "vintage", "licence", "embed", "citation", "url"}
    assert all(ENTRIES[name].values()) or ENTRIES[name]["embed"] is False
    assert ENTRIES[name]["url"].startswith("https://")


def test_what_we_embed_has_a_licence_that_lets_us() -> None:
    for source in sources().values():
        assert not any(word in source.licence for word in FORBIDDING)
        assert source.id in ENTRIES


def test_citations_keep_the_order_of_first_mention_and_name_each_source_once() -> None:
    wanted = ["wto-rta-2021", "wiod-2013", "wto-rta-2021", "gtd-2017", "wiod-2013"]
    assert [source.id for source in cited(wanted)] == ["wto-rta-2021", "wiod-2013", "gtd-2017"]
    assert cited([]) == ()


def test_an_unregistered_source_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="'hearsay'"):
        cited(["wiod-2013", "hearsay"])


@pytest.fixture(name="closed")
def registry_with_a_closed_source(tmp_path: Path) -> Iterator[str]:
    """The id of a source that the register knows and forbids to embed."""
    text = (files("hedgerow.data") / "registry.toml").read_text(encoding="utf-8")
    fields = 'title = "T"\npublisher = "P"\nvintage = "V"\nlicence = "CC BY-NC"\ncitation = "C"\nurl = "https://x"\n'
    (tmp_path / "registry.toml").write_text(f"{text}\n[closed]\nembed = false\n{fields}", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "files", lambda _: tmp_path)
        sources.cache_clear()
        yield "closed"
    sources.cache_clear()


def test_a_registered_source_that_may_not_be_embedded_is_refused(closed: str) -> None:
    assert cited(["wiod-2013"])
    with pytest.raises(DataError, match=f"'{closed}' is not in .* as one we may embed"):
        cited([closed])
