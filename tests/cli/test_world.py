"""``hedgerow world``: what there is, what it holds, whether it adds up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from hedgerow.world.io import DEFAULT_WORLD, WORLDS, embedded_path, load
from hedgerow.world.tiny import tiny_world
from tests.cli.conftest import Command, contents


def unbalanced() -> object:
    world = tiny_world()
    layer = world.layers["final_use"]
    return world.with_layer(replace(layer, values=1.01 * layer.values))


@pytest.mark.parametrize("verb", [("list",), ("show", "wiod-2011"), ("check", "wiod-2011"), ("check", "wiod-2011-35")])
def test_a_world_verb_answers_in_text_and_in_json(verb: tuple[str, ...], hedgerow: Command, tmp_path: Path) -> None:
    text, data = hedgerow("world", *verb), hedgerow("world", *verb, "--json")
    assert (text.code, text.err, data.code, data.err) == (0, "", 0, "")
    assert text.out.strip()
    json.loads(data.out)
    with pytest.raises(json.JSONDecodeError):
        json.loads(text.out)
    assert contents(tmp_path) == {}


def test_the_list_holds_every_world_with_one_default(hedgerow: Command) -> None:
    rows = json.loads(hedgerow("world", "list", "--json").out)
    assert [row["id"] for row in rows] == [world.id for world in WORLDS]
    assert [row["id"] for row in rows if row["default"]] == [DEFAULT_WORLD]
    for row in rows:
        assert (row["actors"], row["sectors"]) == (len(load(row["id"]).actors), len(load(row["id"]).sectors))


def test_a_world_is_shown_with_unit_status_and_source_of_every_layer(hedgerow: Command) -> None:
    shown = json.loads(hedgerow("world", "show", DEFAULT_WORLD, "--json").out)
    world = load(DEFAULT_WORLD)
    assert shown["sha256"] == world.checksum
    assert (
        shown["sha256"]
        == hashlib.sha256((embedded_path() / DEFAULT_WORLD / "datapackage.json").read_bytes()).hexdigest()
    )
    assert set(shown["layers"]) == set(world.layers)
    assert set(shown["actors"]) == set(world.codes)
    for layer in shown["layers"].values():
        assert all(layer[field] for field in ("dims", "unit", "meaning", "status", "sources", "method"))
        assert set(layer["sources"]) <= set(shown["sources"])
    assert {p["id"] for p in shown["partnerships"]} == {p.id for p in world.partnerships}


def test_a_sound_world_passes_every_check(hedgerow: Command) -> None:
    rows = json.loads(hedgerow("world", "check", DEFAULT_WORLD, "--json").out)
    assert rows
    assert all(row["passed"] and row["found"] for row in rows)


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_world_that_does_not_add_up_ends_with_code_1_and_says_where(
    flags: tuple[str, ...], hedgerow: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hedgerow.world.io.load", lambda _: unbalanced())
    checked = hedgerow("world", "check", "tiny", *flags)
    assert (checked.code, checked.err) == (1, "")
    if flags:
        rows = json.loads(checked.out)
        assert {row["passed"] for row in rows} == {True, False}
    else:
        assert " no " in checked.out


def test_a_wrong_raw_folder_names_the_absent_file_and_writes_nothing(hedgerow: Command, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    before, shipped = contents(tmp_path), contents(embedded_path())
    for words in (("--out", "made"), ()):
        refused = hedgerow("world", "build", "wiod-2011", "--raw", "raw", *words)
        assert (refused.code, refused.out) == (2, "")
        (line,) = refused.err.splitlines()
        assert "wiod13_full_matrix_2011.parquet" in line
        assert "--raw" in line
    assert contents(tmp_path) == before
    assert contents(embedded_path()) == shipped
