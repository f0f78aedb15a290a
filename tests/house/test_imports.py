"""What importing and asking for help costs: seen from a fresh interpreter, in modules rather than seconds."""

from __future__ import annotations

import json
import subprocess
import sys

HELP = """
import contextlib, io, sys
from importlib.metadata import entry_points

(command,) = entry_points(group="console_scripts", name="hedgerow")
shown = io.StringIO()
sys.argv = ["hedgerow", "--help"]
with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
    command.load()()
assert "brief" in shown.getvalue(), shown.getvalue()
"""

HEAVY = {"pandas", "xarray", "altair", "vl_convert", "duckdb", "scipy", "networkx"}


def loaded(program: str) -> tuple[str, set[str]]:
    """What a program printed, and the top-level modules in memory at its end."""
    code = f"{program}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    *noise, modules = done.stderr.splitlines()
    return done.stdout + "\n".join(noise), {name.partition(".")[0] for name in json.loads(modules)}


def test_importing_is_silent_and_light() -> None:
    printed, modules = loaded("import hedgerow")
    assert not printed
    assert not modules & HEAVY


def test_help_computes_nothing() -> None:
    printed, modules = loaded(HELP)
    assert not printed
    assert not modules & (HEAVY | {"numpy"})


def test_the_measure_sees_what_is_imported() -> None:
    """The checks above can fail."""
    printed, modules = loaded("import numpy; print('noise')")
    assert printed == "noise\n"
    assert "numpy" in modules
