"""``hedgerow ledger``."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from hedgerow.cli.console import console

if TYPE_CHECKING:
    from hedgerow.ledger.additions import Added
    from hedgerow.reporting.brief import Record
    from hedgerow.reporting.ledger.compose import Asked
    from hedgerow.reporting.ledger.report import LedgerReport

Json = Annotated[bool, Parameter(negative=(), help="Print JSON.")]


@Parameter(name="*")
@dataclass(frozen=True)
class Where:
    """Which ledger, on which day."""

    ledger: Path | None = None
    """The folder of a ledger of your own; the one that ships when omitted."""
    as_of: str | None = None
    """Only what is dated up to this day counts, as 2026-01-31; today when omitted."""


HERE = Where()


def list_(*, where: Where = HERE, json: Json = False) -> None:
    """The partnerships of a ledger."""
    from hedgerow.reporting.ledger.compose import compose_list

    _tell(compose_list(_asked("list", None, where)), json=json)


def show_(partnership: str, /, *, where: Where = HERE, out: Path | None = None, json: Json = False) -> None:
    """All about one partnership: members, goals against outcomes, evidence, checks.

    Parameters
    ----------
    partnership
        An id of `hedgerow ledger list`.
    out
        Write a folder with one page that needs no network, and its tables.
    """
    from contextlib import nullcontext

    from hedgerow.reporting.folder import staged, write_ledger_page
    from hedgerow.reporting.ledger.compose import compose_page

    with nullcontext() if out is None else staged(out) as folder:
        report = compose_page(_asked("show", partnership, where))
        if folder is not None:
            write_ledger_page(report, folder)
    _tell(report, json=json)
    if out is not None and not json:
        console().print(f"\nWritten: {out / 'ledger.html'} and tables beside it", highlight=False, soft_wrap=True)


def status_(partnership: str | None = None, /, *, where: Where = HERE, json: Json = False) -> None:
    """Where each goal stands on a day: met, missed, on course by a straight line, behind, or without a report.

    Parameters
    ----------
    partnership
        An id of `hedgerow ledger list`; all when omitted.
    """
    from hedgerow.reporting.ledger.compose import compose_status

    _tell(compose_status(_asked("status", partnership, where)), json=json)


def score_(partnership: str | None = None, /, *, where: Where = HERE, json: Json = False) -> None:
    """What was added, as far as it is proved and the partnership's own; where that cannot be tested, what is lacking.

    Parameters
    ----------
    partnership
        An id of `hedgerow ledger list`; all when omitted.
    """
    from hedgerow.reporting.ledger.compose import compose_score

    _tell(compose_score(_asked("score", partnership, where)), json=json)


def check_(*, ledger: Path | None = None, json: Json = False) -> None:
    """Whether a ledger is whole: every problem with file, line and remedy; exit code 1 where there is one.

    Parameters
    ----------
    ledger
        The folder of a ledger of your own; the one that ships when omitted.
    """
    from hedgerow.reporting.ledger.compose import compose_check

    report = compose_check(ledger)
    if json:
        _print(report)
    else:
        for p in report.problems:
            sys.stdout.write(f"{p.file}:{p.line}: {p.message}{' (harmless)' if p.harmless else ''}\n")
        sys.stdout.write(f"{report.entries} entries: {'nothing wrong' if report.whole else 'not whole'}\n")
    if not report.whole:
        sys.exit(1)


def add_(file: Path, /, *, ledger: Path | None = None, by: str | None = None, json: Json = False) -> None:
    """Enter the records of a file, all of them or none; every mistake is told at once.

    Parameters
    ----------
    file
        TOML, one partnership a file; docs/ledger/records.md explains every key.
    ledger
        The folder of your ledger; made if it is new.
    by
        Who enters what does not say so itself.
    """
    from hedgerow.ledger.additions import add
    from hedgerow.ledger.drafts import read_drafts

    own = _own(ledger)
    _tell_added(add(own, read_drafts(file, recorded_by=by)), own, json=json)


@Parameter(name="*")
@dataclass(frozen=True)
class Verdict:
    """Who looked, at what, with what result."""

    level: Literal["claimed", "audited", "independent", "counterfactual"]
    """audited: went through the books; independent: measured it; counterfactual: measured what would have been."""
    by: str
    """Who verified."""
    evidence: str
    """Link to the evidence."""
    on: str | None = None
    """Day of the verdict, as 2026-01-31; today when omitted."""
    file: Path | None = None
    """The evidence itself: its sha256 is recorded."""
    refute: Annotated[bool, Parameter(negative=())] = False
    """The verifier found the outcome wrong."""
    id: str | None = None
    """Of the verification; OUTCOME-LEVEL when omitted."""


def verify_(
    partnership: str, outcome: str, /, *, verdict: Verdict, ledger: Path | None = None, json: Json = False
) -> None:
    """Confirm an outcome, or say that it is wrong.

    Parameters
    ----------
    partnership
        An id of `hedgerow ledger list`.
    outcome
        The id of an outcome of the partnership.
    ledger
        The folder of your ledger.
    """
    from hedgerow.ledger.additions import add
    from hedgerow.ledger.drafts import drafts_of

    own = _own(ledger)
    text = _as_toml(partnership, outcome, verdict)
    _tell_added(add(own, drafts_of(text, "verify", recorded_by=verdict.by)), own, json=json)


def export_(file: Path, /, *, ledger: Path | None = None) -> None:
    """A ledger as one file, whose name ends in .csv, .json or .parquet.

    Parameters
    ----------
    file
        What to write.
    ledger
        The folder of a ledger of your own; the one that ships when omitted.
    """
    from hedgerow.errors import RequestError
    from hedgerow.ledger.exchange import FORMATS, exported
    from hedgerow.ledger.index import items
    from hedgerow.ledger.journal import shipped_ledger
    from hedgerow.reporting.tidy_file import require_writable, write_file

    form = file.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise RequestError(
            f"FILE: {file.name} ends in none of {', '.join('.' + f for f in FORMATS)}; name one that does"
        )
    require_writable(file, field="FILE")
    held = items(ledger or shipped_ledger())
    write_file(exported(held, form), file, field="FILE")
    sys.stdout.write(f"Written: {file}, {len(held)} entries\n")


def import_(file: Path, /, *, ledger: Path | None = None, json: Json = False) -> None:
    """Take the entries of an exported .csv or .json into a ledger: the same entries, the same hashes.

    Parameters
    ----------
    file
        What `hedgerow ledger export` wrote.
    ledger
        The folder of your ledger; made if it is new.
    """
    from hedgerow.ledger.exchange import import_entries, read_export

    own = _own(ledger)
    _tell_added(import_entries(own, read_export(file)), own, json=json)


def _own(ledger: Path | None) -> Path:
    """The user's ledger; the one that ships, which will refuse, where none is named."""
    from hedgerow.ledger.journal import require_own, shipped_ledger

    found = ledger or shipped_ledger()
    require_own(found)
    return found


def _asked(verb: str, partnership: str | None, where: Where) -> Asked:
    from hedgerow.reporting.ledger.compose import Asked

    on = _day(where.as_of, "--as-of")
    words = ["hedgerow", "ledger", verb, *([partnership] if partnership else [])]
    words += ["--ledger", str(where.ledger)] if where.ledger else []
    return Asked(where.ledger, partnership, on, shlex.join([*words, "--as-of", str(on)]))


def _day(written: str | None, field: str) -> date:
    from hedgerow.errors import RequestError

    try:
        return datetime.now(UTC).date() if written is None else date.fromisoformat(written)
    except ValueError:
        raise RequestError(f"{field}: {written!r} is no date; write 2026-01-31") from None


def _as_toml(partnership: str, outcome: str, verdict: Verdict) -> str:
    """The verdict as a file would say it, so that it is checked as one."""
    import hashlib
    import json

    values = {
        "id": verdict.id or f"{outcome}-{verdict.level}",
        "outcome": outcome,
        "level": verdict.level,
        "by": verdict.by,
        "evidence": verdict.evidence,
    }
    if verdict.file is not None:
        values["sha256"] = hashlib.sha256(_content(verdict.file)).hexdigest()
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]
    lines += [f"date = {_day(verdict.on, '--on')}", f"confirms = {'false' if verdict.refute else 'true'}"]
    return "\n".join([f"add_to = {json.dumps(partnership)}", "[[verification]]", *lines, ""])


def _content(path: Path) -> bytes:
    from hedgerow.errors import RequestError

    try:
        return path.read_bytes()
    except OSError as error:
        raise RequestError(f"--file: cannot read {path}: {error.strerror}; name the file with the evidence") from None


def _tell(report: LedgerReport, *, json: bool) -> None:
    if json:
        _print(report)
        return
    from hedgerow.reporting.ledger.terminal import print_ledger

    print_ledger(report, console(170))


def _tell_added(added: Added, ledger: Path, *, json: bool) -> None:
    from hedgerow.reporting.ledger.compose import compose_added

    report = compose_added(added, ledger)
    if json:
        _print(report)
        return
    for entry in report.entries:
        sys.stdout.write(f"{entry.type} {entry.id}: {ledger / entry.file}\n")
    if report.unchanged:
        sys.stdout.write(f"{report.unchanged} records were there already, word for word\n")


def _print(report: Record) -> None:
    sys.stdout.write(report.model_dump_json(indent=1) + "\n")
