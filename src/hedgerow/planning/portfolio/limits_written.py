"""Limits as people write them on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hedgerow.errors import RequestError
from hedgerow.planning.portfolio.limits import Limits
from hedgerow.planning.portfolio.options import Option
from hedgerow.planning.portfolio.selection import id_of
from hedgerow.planning.question import Question
from hedgerow.trade.rates import parse_rate

__all__ = ["Written", "limits_of"]


@dataclass(frozen=True)
class Written:
    """What stands after the words of the same names."""

    budget: str | None = None
    """A share of income a year, such as ``0.1%``."""
    at_most: int | None = None
    exclude: tuple[str, ...] = ()
    """Groups such as ``CHN+IND``, of which one at most is taken."""
    after: tuple[str, ...] = ()
    """Pairs such as ``EU:IND``: the first only with the second."""
    require: tuple[str, ...] = ()


def limits_of(question: Question, options: Sequence[Option], written: Written) -> Limits:
    """Limits on bundles of these options.

    Args:
        question: gives the names of partners.
        options: of the plan; every option that a limit names is one of them.
        written: by a person.

    Raises:
        RequestError: what is written makes no sense; UnknownNameError: it names an option that is not in the plan.
    """
    if written.at_most is not None and written.at_most < 1:
        raise RequestError(f"--at-most: {written.at_most} is no number of options; give 1 or more")

    def parts(field: str, text: str, mark: str, example: str) -> tuple[str, ...]:
        words = re.split(rf"(?<!leave){re.escape(mark)}", text)  # the colon of leave:CODE parts nothing
        found = tuple(id_of(question, word, options, field=field) for word in words if word.strip())
        if len(set(found)) < 2 or (mark == ":" and len(found) != 2):
            raise RequestError(f"{field}: {text!r} does not name two options; write {example}")
        return found

    pairs = [parts("--after", one, ":", "B:A for B only with A") for one in written.after]
    return Limits(
        budget=None if written.budget is None else parse_rate(written.budget, field="--budget"),
        at_most=written.at_most,
        exclude=tuple(parts("--exclude", one, "+", "A+B for never both") for one in written.exclude),
        after=tuple((pair[0], pair[1]) for pair in pairs),
        require=tuple(id_of(question, one, options, field="--require") for one in written.require),
    )
