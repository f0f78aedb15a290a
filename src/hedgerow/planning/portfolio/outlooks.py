"""Outlooks by name: what ships, or a file of one's own."""

from __future__ import annotations

from hedgerow.errors import UnknownNameError
from hedgerow.planning.portfolio.regime_files import GRAND_STRATEGIES, of_file, of_library
from hedgerow.planning.portfolio.regimes import Outlook
from hedgerow.planning.portfolio.schedule_windows import HISTORY, history
from hedgerow.planning.question import Question
from hedgerow.written.mistakes import suggestion

__all__ = ["OUTLOOKS", "outlook"]

OUTLOOKS = (GRAND_STRATEGIES, HISTORY)
"""What ships; the first is the default."""


def outlook(written: str, question: Question) -> Outlook:
    """What the power may do over the years.

    Args:
        written: a name of :data:`OUTLOOKS`, or the path of a ``.toml`` file, see ``docs/how-to/regimes.md``.
        question: gives power and world.

    Raises:
        UnknownNameError: neither a name nor a file.
        RequestError: ``history`` of a power other than the United States.
        ScenarioError: every mistake in the file, one line each.
    """
    if written == GRAND_STRATEGIES:
        return of_library(written, question)
    if written == HISTORY:
        return history(question)
    if written.endswith(".toml"):
        return of_file(written, question)
    hint = suggestion(written, OUTLOOKS) or f"; there are {', '.join(OUTLOOKS)}, a file ends in .toml"
    raise UnknownNameError(f"--regimes: {written!r} is not known{hint}")
