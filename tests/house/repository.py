"""The repository as the tests of the house see it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
"""Where the environment keeps the commands it installed."""


def run(command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in the root of the repository."""
    return subprocess.run(
        [SCRIPTS / command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def tracked_files() -> list[Path]:
    """Every file that git holds or would add, deleted ones excepted."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
