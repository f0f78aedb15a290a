"""What may and may not stand in the files that git holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.repository import ROOT, tracked_files

REGISTRY = re.compile(
    r"://[^\s\"']*(?:pypi|pythonhosted|npmjs|deb\.debian|registry\.)|^\s*(?:--)?(?:extra-)?index-url\b[ =]", re.M
)
"""The address of a package registry, or the option that would hold one."""

MACHINE = re.compile(r"(?<![\w.$}/:-])/(?:work|home|root|Users|tmp|mnt|opt)/[\w.-]")
"""A path that exists on one machine only."""

LOCKS = {"requirements.lock": "build", "requirements-dev.lock": "dev"}
"""Each lock file and the dependency group it holds on top of the runtime."""


def normal(requirement: str) -> str:
    """The name that a requirement asks for, in the spelling of the index."""
    name = re.split(r"[\s\[<>=!~;@]", requirement.strip(), maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def group(groups: dict[str, list[str | dict[str, str]]], name: str) -> set[str]:
    """The names in a dependency group, with the groups it includes."""
    names: set[str] = set()
    for item in groups[name]:
        names |= group(groups, item["include-group"]) if isinstance(item, dict) else {normal(item)}
    return names


def pins(lock: str) -> dict[str, str]:
    """Name and the rest of the entry, hashes included."""
    joined = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return {normal(line): line for line in joined.splitlines() if line and not line.startswith("#")}


def texts() -> list[tuple[Path, str]]:
    """Every text file with its content."""
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content:
            found.append((path.relative_to(ROOT), content.decode("utf-8", errors="replace")))
    return found


def offences(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in a text file, the data and this file excepted."""
    return [
        f"{path}: {match.group()!r}"
        for path, text in texts()
        if path.suffix not in {".csv", ".json"} and path != Path("tests/house/test_files.py")
        for match in pattern.finditer(text)
    ]


def test_no_address_of_a_registry() -> None:
    assert not offences(REGISTRY)


def test_no_path_of_one_machine() -> None:
    assert not offences(MACHINE)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRY, "see https://" + "pypi.org/simple"),
        (REGISTRY, "--index-url = x"),
        (REGISTRY, "extra-index-url x"),
        (MACHINE, 'open("/home/me/x")'),
        (MACHINE, "in /work/main"),
    ],
)
def test_the_patterns_catch_offenders(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_what_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {normal(r) for r in project["project"]["dependencies"]} | group(project["dependency-groups"], LOCKS[lock])
    assert not wanted - pins(lock).keys(), "run tools/lock.sh"


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_pin_versions_with_hashes_and_no_address(lock: str) -> None:
    loose = [name for name, pin in pins(lock).items() if "==" not in pin or "--hash=sha256:" not in pin]
    assert not loose
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_both_locks_agree() -> None:
    small, large = (pins(lock) for lock in LOCKS)
    assert {name: large.get(name) for name in small} == small, "run tools/lock.sh"


def test_the_lock_of_uv_is_not_committed() -> None:
    assert ROOT / "uv.lock" not in tracked_files()
    assert "/uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
