"""The page on ledgers, followed by a new user word by word: files are written as shown, commands run in their order."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from hedgerow.ledger import records
from hedgerow.ledger.checks import check
from hedgerow.ledger.index import items
from hedgerow.ledger.records import Kind, Model
from hedgerow.provenance import Status
from tests.cli.conftest import Command
from tests.cli.conftest import hedgerow as hedgerow
from tests.house.repository import ROOT

PAGE = (ROOT / "docs" / "ledger" / "index.md").read_text(encoding="utf-8")
STEPS = re.findall(r"(?:Write to `([\w-]+\.toml)`:\n\n)?^```(\w+)\n(.*?)^```$", PAGE, flags=re.MULTILINE | re.DOTALL)
"""Name of the file or nothing, language, body."""
KEYS = (ROOT / "docs" / "ledger" / "records.md").read_text(encoding="utf-8")


def test_a_new_user_gets_through(hedgerow: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for (name, language, body), (_, following, expected) in pairwise([*STEPS, ("", "", "")]):
        if language == "toml":
            (tmp_path / name).write_text(body, encoding="utf-8")
        for line in body.splitlines() if language == "sh" else ():
            command, *words = shlex.split(line)
            assert command == "hedgerow"
            done = hedgerow(*words)
            assert (done.code, done.err) == ((2, expected) if following == "text" else (0, "")), line
    assert check(tmp_path / "our-ledger") == []
    assert len(items(tmp_path / "a-copy")) == len(items(tmp_path / "our-ledger"))
    assert (tmp_path / "clean-water-page" / "ledger.html").is_file()


def test_every_file_of_the_page_has_its_name() -> None:
    assert {language for _, language, _ in STEPS} == {"sh", "toml", "text"}
    assert all(name for name, language, _ in STEPS if language == "toml")


def test_every_key_of_a_record_is_explained() -> None:
    models = [model for model in vars(records).values() if isinstance(model, type) and issubclass(model, Model)]
    keys = {name for model in models for name in model.model_fields} - {"type"}
    assert len(keys) > 40
    assert not {key for key in keys if f"`{key}`" not in KEYS and f"{key} = " not in KEYS}


def test_every_word_of_a_choice_is_explained() -> None:
    choices = [records.PartnershipKind, records.MemberKind, records.Direction, records.Level, Status]
    assert not {word.value for choice in choices for word in choice if f"`{word.value}`" not in KEYS}
    assert all(f"[{kind.value}]" in KEYS for kind in Kind)
