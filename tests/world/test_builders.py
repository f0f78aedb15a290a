"""The command behind every table that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.errors import DataError, OutputError, RequestError
from hedgerow.world import builders
from hedgerow.world.builders import BUILDERS, build
from hedgerow.world.io import WORLDS, embedded_path
from hedgerow.world.world import World


def test_every_embedded_folder_has_a_builder() -> None:
    assert set(BUILDERS) == {entry.folder for entry in WORLDS}
    assert all((embedded_path() / world_id / "datapackage.json").is_file() for world_id in BUILDERS)


def test_an_unknown_world_cannot_be_built(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="'atlantis' cannot be built; there are wiod-2011"):
        build("atlantis", raw=tmp_path, out=tmp_path)


def test_without_raw_files_the_first_one_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"wiod13_full_matrix_2011\.parquet is absent"):
        build("wiod-2011", raw=tmp_path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_to_is_named(
    fine: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders, "BUILDERS", {"wiod-2011": lambda _: fine})
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match=r"--out: cannot write .*taken"):
        build("wiod-2011", raw=tmp_path, out=tmp_path / "taken")


def test_what_was_built_is_where_it_was_asked_for(fine: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builders, "BUILDERS", {"wiod-2011": lambda _: fine})
    assert build("wiod-2011", raw=tmp_path, out=tmp_path / "deep" / "er") == tmp_path / "deep" / "er"
    assert (tmp_path / "deep" / "er" / "datapackage.json").is_file()
