"""Embedded tables are the published bytes, or they are not read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from hedgerow.data.embedded import MANIFEST, checksums, read_embedded
from hedgerow.errors import ChecksumError, DataError
from hedgerow.world.io import embedded_path, write_manifest
from tests.data.served import served_copy, spoil

FOLDER = embedded_path()
FILES = [path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.suffix in {".csv", ".gz", ".json"}]
TABLES = sorted(path.as_posix() for path in FILES if path.parts[0] != "ledger")
"""Without the ledger, whose entries carry their own hashes: see ``tests/ledger``."""


@pytest.fixture(name="copy")
def copied(tmp_path: Path) -> Iterator[Path]:
    """The folder that is read, which a test may spoil."""
    with served_copy(tmp_path) as copy:
        yield copy


def test_the_manifest_lists_every_table_and_nothing_else() -> None:
    assert sorted(checksums()) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_its_published_checksum(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert checksums()[name] == hashlib.sha256(content).hexdigest()
    assert read_embedded(name) == content


def test_the_manifest_is_what_the_tool_of_every_system_reads(copy: Path) -> None:
    """`sha256sum --check SHA256SUMS`: digest, two blanks, path; and writing it again changes nothing."""
    before = (copy / MANIFEST).read_bytes()
    for line in before.decode().splitlines():
        digest, name = line[:64], line[66:]
        assert line[64:66] == "  "
        assert hashlib.sha256((copy / name).read_bytes()).hexdigest() == digest
    write_manifest(copy)
    assert (copy / MANIFEST).read_bytes() == before


@pytest.mark.parametrize("name", TABLES)
def test_one_changed_byte_is_refused_by_name(copy: Path, name: str) -> None:
    spoil(copy / name)
    with pytest.raises(ChecksumError, match="was edited") as caught:
        read_embedded(name)
    assert (copy / name).as_posix() in str(caught.value)


def test_an_absent_table_is_refused_by_name(copy: Path) -> None:
    (copy / "actors.csv").unlink()
    with pytest.raises(DataError, match=r"actors\.csv is absent"):
        read_embedded("actors.csv")


def test_a_table_that_nobody_published_is_refused_by_name(copy: Path) -> None:
    (copy / "extra.csv").write_text("actor,worth\n", encoding="utf-8")
    with pytest.raises(DataError, match=rf"'extra\.csv' is not listed in {MANIFEST}"):
        read_embedded("extra.csv")


def test_no_path_leads_out_of_the_folder() -> None:
    with pytest.raises(DataError, match="is not listed"):
        read_embedded("../registry.toml")


def test_the_tables_end_their_lines_alike_on_every_system() -> None:
    plain = [name for name in TABLES if not name.endswith(".gz")]
    assert [name for name in plain if b"\r" in (FOLDER / name).read_bytes()] == []
