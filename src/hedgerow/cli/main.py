"""The command ``hedgerow``: finds the verb, turns errors into one line and an exit code.

Verbs are imported when they are called, so that ``hedgerow --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cyclopts import App, CycloptsError

from hedgerow.errors import HedgerowError, RequestError

_INTERRUPTED = 130


def _version() -> str:
    from importlib.metadata import version

    return version("hedgerow")


app = App(
    name="hedgerow",
    help="How exposed is a country to a great power's policy swings, which partnerships cut that, and at what price?",
    version=_version,
    version_flags=["--version"],
    suppress_keyboard_interrupt=False,  # an interrupt gets its line and code below
)
app.command(
    "hedgerow.cli.brief:brief",
    name="brief",
    help="Write the brief of a country: exposure to a power and the partnerships that would cut it.",
)
app.command(
    "hedgerow.cli.exposure:exposure",
    name="exposure",
    help="How exposed a country is to a power, and whose policies else matter for it; no search for partners.",
)
app.command(
    "hedgerow.cli.solve:solve",
    name="solve",
    help="What a scenario of trade policy does to everyone: a file of your own, or one of the library.",
)
app.command(
    "hedgerow.cli.indicators:indicators",
    name="indicators",
    help="Measures of dependence, concentration and hedging: list them, print one, or write the whole panel.",
)
app.command(
    "hedgerow.cli.plan:plan",
    name="plan",
    help="Which portfolio of partnerships cuts the exposure, at what premium, and how sure that is.",
)
app.command(
    "hedgerow.cli.optimal:optimal",
    name="optimal",
    help="The tariffs a government would choose: alone, in a tariff war, or to win an ally.",
)
app.command(
    "hedgerow.cli.hedging:hedging",
    name="hedging",
    help="How states hedge between the United States and China: four elements, places with intervals, courses.",
)
world = App(name="world", help="The worlds that answers are computed from.")
world.command("hedgerow.cli.world:list_worlds", name="list", help="The worlds at hand.")
world.command("hedgerow.cli.world:show_world", name="show", help="What a world holds and where it came from.")
world.command("hedgerow.cli.world:check_world", name="check", help="Whether a world is intact and adds up.")
world.command("hedgerow.cli.world:build_world", name="build", help="Make a world from a file of your own, or again.")
app.command(world)
ledger = App(name="ledger", help="What partnerships promised, what they report, who confirmed it, and what was theirs.")
for verb, told in {
    "list": "The partnerships of a ledger.",
    "show": "All about one partnership: members, goals against outcomes, evidence, checks.",
    "status": "Where each goal stands on a day.",
    "score": "What was added, as far as it is proved and the partnership's own.",
    "check": "Whether a ledger is whole: every problem with file, line and remedy.",
    "add": "Enter the records of a file, all of them or none.",
    "verify": "Confirm an outcome, or say that it is wrong.",
    "export": "A ledger as one file: CSV, JSON or Parquet.",
    "import": "Take the entries of an exported file into a ledger.",
}.items():
    ledger.command(f"hedgerow.cli.ledger:{verb}_", name=verb, help=told)
app.command(ledger)
app.command(
    "hedgerow.cli.coalition:coalition",
    name="coalition",
    help="Whether several countries hedge better together, who would leave, and who would join.",
)
app.command(
    "hedgerow.cli.patron:patron",
    name="patron",
    help="Whether hedging by its allies serves a power, and on which assumption that turns.",
)
app.command(
    "hedgerow.cli.atlas:atlas",
    name="atlas",
    help="In which corners of chance, severity and cost hedging pays: for one country, or for all.",
)
app.command("hedgerow.cli.bench:bench", name="bench", help="Speed, as ratios inside one run. Needs a checkout.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 the answer is no, 2 the request was wrong."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # our matrices are small: threads only wait for each other
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without "−" or "θ" still gets the brief
    try:
        app(arguments, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        _fail(" ".join(str(error).split()), RequestError.exit_code)
    except HedgerowError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted; nothing was written", _INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        sys.exit(0)


def _fail(message: str, code: int) -> None:
    for line in message.splitlines() or [""]:
        sys.stderr.write(f"hedgerow: {line}\n")
    sys.exit(code)
