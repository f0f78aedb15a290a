"""Rewrite ``data/embedded/plans`` and ``docs/plans.md``: fifteen plans, their readings and their doubts.

``run FOLDER`` makes the plans one after another, first without how sure each is, and keeps them as JSON; those that are
there stay, and an interrupted one goes on from the nodes that are solved. ``write FOLDER`` packs them, and ``page``
writes the page from what is packed and from ``plan_words.toml``. A test fails while page and pack differ.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from hedgerow.planning.question import ask
from hedgerow.reporting.charts_text import written
from hedgerow.reporting.plan.report import PlanReport
from hedgerow.reporting.plan.stored import StoredPlan, file_of, packed, stored_plan
from hedgerow.reporting.prose import in_prose
from hedgerow.world.io import DEFAULT_WORLD, embedded_path, load, write_manifest

PAIRS = (
    *((country, "USA") for country in ("CAN", "MEX", "DEU", "JPN", "KOR", "VNM", "IND", "AUS", "GBR", "SAU")),
    *((country, "CHN") for country in ("AUS", "JPN", "KOR", "DEU", "VNM")),
)
"""Ten against the United States, five against China."""
PAGE = Path(__file__).parents[1] / "docs" / "plans.md"
WORDS = Path(__file__).with_name("plan_words.toml")
HEAD = (
    "country | power | bundle of the cautious | calm gain | premium | tail loss | avoided | residual, % | audit | "
    "avoided, audit | still best"
)


def run(folder: Path) -> None:
    """Make every plan quickly, then each again with how sure it is; what is in the folder already stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for quick in (True, False):
        for country, power in PAIRS:
            target = folder / f"{country}-{power}.json"
            if target.exists() and (quick or not _is_quick(_read(target))):
                continue
            words = ["plan", country, "--power", power, "--processes", "2", "--json", *(["--quick"] if quick else [])]
            text = subprocess.run([sys.executable, "-m", "hedgerow", *words], check=True, stdout=subprocess.PIPE).stdout  # noqa: S603
            target.write_bytes(text)
            print(target.name, "quick" if quick else "whole", flush=True)


def write(folder: Path) -> None:
    """Pack what is in the folder, with the day on which each was made."""
    for country, power in PAIRS:
        source, target = folder / f"{country}-{power}.json", embedded_path() / file_of(country, power)
        if not source.exists():
            continue
        target.parent.mkdir(exist_ok=True)
        made = datetime.fromtimestamp(source.stat().st_mtime, UTC).date().isoformat()
        target.write_bytes(packed(_read(source), made))
    write_manifest(embedded_path())


def page() -> str:
    """The whole page."""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    plans = {f"{country}-{power}": _stored(country, power) for country, power in PAIRS}
    rows = ["| " + " | ".join(_row(plan.report)) + " |" for plan in plans.values()]
    titles = HEAD.split(" | ")
    table = ["| " + " | ".join(titles) + " |", "|" + " --- |" * 3 + " ---: |" * (len(titles) - 3), *rows]
    parts = [
        "# Fifteen plans",
        words["intro"],
        "\n".join(table),
        "## What they say together",
        _together(plans),
        *words["together"],
        "## Readings and doubts",
        *(part for name, plan in plans.items() for part in _reading(plan, words[name])),
    ]
    return "\n\n".join(parts) + "\n"


def _read(path: Path) -> PlanReport:
    return PlanReport.model_validate_json(path.read_bytes())


def _stored(country: str, power: str) -> StoredPlan:
    found = stored_plan(ask(load(DEFAULT_WORLD), country, power))
    if found is None:
        raise SystemExit(f"{country}-{power}: no plan of today's {DEFAULT_WORLD} is packed; run and write it first")
    return found


def _is_quick(report: PlanReport) -> bool:
    return "--quick" in report.command


def _cautious(report: PlanReport, column: str) -> float | str | None:
    """A cell of the row of the cautious."""
    cell = report.table("recommendation").column(column)[1]
    return cell if isinstance(cell, str) or cell is None else float(cell)


def _numbers(report: PlanReport) -> dict[str, float]:
    """What is compared between plans, % of income and % of the tail."""
    chains, audit = report.table("chains"), report.table("audit")

    def apart(one: str, other: str) -> float:
        pairs = zip(audit.column(one), audit.column(other), strict=True)
        return max(abs(float(str(a)) - float(str(b))) for a, b in pairs)

    return {
        "calm": float(_cautious(report, "calm_gain_pct") or 0),
        "premium": float(_cautious(report, "premium_pct") or 0),
        "tail": float(str(chains.column("tail_pct")[0])),
        "avoided": float(_cautious(report, "tail_loss_avoided_pct") or 0),
        "residual": float(str(chains.column("residual_pct")[0])),
        "audit": apart("exact_pct", "shortcut_pct"),
        "audit_avoided": apart("avoided_exact_pct", "avoided_shortcut_pct"),
    }


def _row(report: PlanReport) -> tuple[str, ...]:
    found, same = _numbers(report), _cautious(report, "same_pct")
    digits = {"calm": 3, "premium": 3, "tail": 3, "avoided": 4, "residual": 1, "audit": 4, "audit_avoided": 4}
    return (
        report.actor.code,
        report.power.code,
        str(_cautious(report, "bundle")),
        *(written(value, digits[name]) for name, value in found.items()),
        "not computed" if same is None else f"{float(same):.0f} %",
    )


def _together(plans: Mapping[str, StoredPlan]) -> str:
    """What can be counted over all plans."""
    found = [_numbers(plan.report) for plan in plans.values()]
    most, least = max(found, key=lambda one: one["avoided"]), min(found, key=lambda one: one["residual"])
    worse = sum(one["avoided"] < 0 for one in found)
    paying = sum(one["premium"] < 0 for one in found)
    doubted = sum(one["audit_avoided"] > abs(one["avoided"]) for one in found)
    whole = sum(not _is_quick(plan.report) for plan in plans.values())
    return (
        f"- In {paying} of {len(found)} the bundle pays in calm weather: its premium is negative.\n"
        f"- The loss avoided in the worst tenth is at most {most['avoided']:.3f} % of income; in {worse} the bundle "
        "adds to the loss.\n"
        f"- Residual risk is {least['residual']:.0f} to 100 %: no set of agreements removes a noticeable part of what "
        "the power can do through tariffs on goods.\n"
        f'- In {doubted} the audit\'s error of the loss avoided (column "avoided, audit") is larger than the loss '
        'avoided: read no insurance from them. The column "audit" is the error of a level of income; most of it is '
        "the same in calm and cancels.\n"
        f"- How sure the plan is was computed for {whole} of {len(found)}."
    )


def _reading(plan: StoredPlan, words: Mapping[str, str]) -> tuple[str, ...]:
    report = plan.report
    title = f"**{report.actor.name} against {in_prose(report.power.name)}.**"
    told = " ".join((*report.bottom_line[:2], *report.cautions))
    return (f"{title} {told}", f"*Reading.* {words['reading']} *Doubts.* {words['doubts']}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", folder]:
            run(Path(folder))
        case ["write", folder]:
            write(Path(folder))
        case ["page"]:
            PAGE.write_text(page(), encoding="utf-8")
        case _:
            raise SystemExit("python -m tools.build_plans run FOLDER | write FOLDER | page")
