"""Everything that can go wrong, as one tree.

::

    HedgerowError
    ├── RequestError            the request was wrong: exit code 2
    │   ├── UnknownNameError    a name nobody knows, or one that fits two actors
    │   ├── RateError           a rate that is neither ``0.25`` nor ``25%``
    │   ├── OutputError         a place we cannot write to
    │   ├── ScenarioError       every mistake in a scenario file, each with its line
    │   └── LedgerError         every mistake in what was to be added to a ledger, each with its line
    ├── DataError               the data are wrong: exit code 2
    │   ├── ChecksumError       a file is not the file that was published
    │   └── SchemaError         a layer does not fit ``variables.toml``
    ├── UnbalancedError         accounts do not add up: exit code 1
    └── SolveError              the model gave no answer: exit code 1
        ├── NoSupplierError     a policy leaves a buyer without any supplier
        ├── NotIdentifiedError  an effect that the controls of an estimate absorb
        └── DidNotConverge      the residual stayed above its tolerance

A message is one line that names the field, the value and the remedy; those of ``ScenarioError`` and ``LedgerError`` are
one line a mistake.
"""

from __future__ import annotations


class HedgerowError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code = 1


class RequestError(HedgerowError):
    """What was asked for makes no sense; the message says what would."""

    exit_code = 2


class UnknownNameError(RequestError):
    """A name that no table knows, or that fits more than one actor."""


class RateError(RequestError):
    """A rate that is ambiguous or out of range."""


class OutputError(RequestError):
    """A place that cannot be written to."""


class ScenarioError(RequestError):
    """Everything that is wrong with a scenario file, one line a mistake."""


class LedgerError(RequestError):
    """Everything that is wrong with what was to be added to a ledger, one line a mistake."""


class DataError(HedgerowError):
    """Stored data are not what they should be."""

    exit_code = 2


class ChecksumError(DataError):
    """A file's bytes differ from its published checksum."""


class SchemaError(DataError):
    """A layer does not fit its declaration in ``variables.toml``."""


class UnbalancedError(HedgerowError):
    """Accounts whose two sides differ by more than the tolerance."""


class SolveError(HedgerowError):
    """The model gave no answer; no number is returned."""


class NoSupplierError(SolveError):
    """A buyer that spends has no supplier left."""


class NotIdentifiedError(SolveError):
    """The data cannot tell an effect from the controls of the estimate; no number is returned."""


class DidNotConverge(SolveError):  # noqa: N818 - the name the interface promises
    """The residual stayed above its tolerance."""
