"""Rewrite ``docs/ledger/climate-initiatives.md``: how accountable 288 climate initiatives make themselves, in numbers.

Reads the export of the UN Climate Initiatives Platform and publishes counts only, none of its words::

    python tools/build_climate_initiatives.py ../shared/data
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd

from hedgerow.data.raw import raw_file

TARGET = Path(__file__).parents[1] / "docs" / "ledger" / "climate-initiatives.md"
FOLDER = Path("politics") / "partnerships-climate-initiatives"
NAME = "un_climate_initiatives_platform_2023-06-11.csv"

PUBLIC = {
    "International organisation",
    "Other intergovernmental organization",
    "United Nations or Specialised agency",
    "National government",
    "Local government",
}
NON_STATE = {
    "NGO/Civil Society",
    "Business",
    "Corporate",
    "Financial institution",
    "Academic/Research institution",
}
PARTNERSHIP = "Network/Consortium/Partnership"
LEADS = (
    "public or intergovernmental body",
    "firm, civil society, university or financier",
    "network or partnership",
    "several kinds",
    "other, or not told",
)

_YEAR = re.compile(r"(?<![\d,.])(20\d\d)(?!\d)")
_AMOUNT = re.compile(
    r"\d\s*(?:%|per\s?cent|pct)|\d\s*(?:thousand|million|billion|trillion|m?ha\b|hectare|[gm]w\b|[mg]?t\b|tonn?e?s?\b)"
    r"|(?:US\$|USD|\$|€|EUR)\s?\d|\d[\d,.]*\s+(?:\w+\s+){0,2}(?:cities|countries|companies|people|institutions|stakeholders"
    r"|signatories|members|organi[sz]ations|farmers|households|projects|buildings|planners|jurisdictions)"
    r"|\b(?:net|carbon)[- ]zero\b|\bzero[- ](?:carbon|emission)|\bcarbon neutral|\bhal(?:f|ve|ving)\b|\bdoubl|\btripl",
    re.IGNORECASE,
)
_EX_ANTE = "Goal setting (ex-ante)"

ANSWERS = {
    "goal": "states a goal",
    "indicator": "names an indicator",
    "target": "gives its goal a quantity",
    "deadline": "gives a date",
    "means": "says how the goal will be reached",
    "tracking": "says how it is tracked",
    "progress": "reports progress",
}
"""What an initiative may tell, in the order shown."""
SMART = ("goal", "indicator", "target", "deadline", "tracking")
"""Five things without which nobody can say later whether a goal was reached."""
READ_BY_HAND = (40, 36, 39)
"""Goals read one by one (a draw of 40, seed 7); those where the reader agreed on the quantity, and on the date."""


def initiatives(raw: Path) -> pd.DataFrame:
    """One row an initiative: who leads it, and which of :data:`ANSWERS` it gives (true or false).

    Raises:
        DataError: the export is not below ``raw``.
    """
    rows = pd.read_csv(raw_file(raw / FOLDER, NAME), dtype=str, keep_default_na=False).apply(lambda c: c.str.strip())
    start = pd.to_numeric(rows["Starting year"], errors="coerce").fillna(0)
    planned = rows["Indicators"].where(rows["Indicators"].str.contains(_EX_ANTE, regex=False), "")
    return pd.DataFrame(
        {
            "lead": rows["Type of lead organisation"].map(_lead),
            "states_only": rows["Have only national states as participators"] == "Yes",
            "goal": rows["Goals"] != "",
            "indicator": rows["Indicators"] != "",
            "target": rows["Goals"].map(quantified) | (planned != ""),
            "deadline": [
                dated(goal, first) or "Year2" in plan or end != ""
                for goal, plan, end, first in zip(rows["Goals"], planned, rows["End year"], start, strict=True)
            ],
            "means": rows["How will goals be achieved"] != "",
            "tracking": rows["How are you tracking progress of your initiative"] != "",
            "progress": rows["Progress towards the goals"] != "",
        }
    )


def _lead(told: str) -> str:
    if not told:
        return LEADS[4]
    if told == PARTNERSHIP:
        return LEADS[2]
    kinds = {part.strip() for part in told.split(",")}
    if kinds <= PUBLIC:
        return LEADS[0]
    if kinds <= NON_STATE:
        return LEADS[1]
    return LEADS[3] if kinds <= PUBLIC | NON_STATE | {PARTNERSHIP} else LEADS[4]


def quantified(goal: str) -> bool:
    """Whether a goal holds a number with a unit, or a word such as half or net zero."""
    return _AMOUNT.search(goal) is not None


def dated(goal: str, first: float) -> bool:
    """Whether a goal names a year after the one the initiative began in."""
    return any(int(year) > first for year in _YEAR.findall(goal))


def text(raw: Path) -> str:
    """The page."""
    told = initiatives(raw)
    complete = told[list(SMART)].sum(axis=1)
    read, quantities, dates = READ_BY_HAND
    without = int((complete == 0).sum())
    return f"""\
# How accountable 288 climate initiatives make themselves

Counts from the export of the UN Climate Initiatives Platform of 11 June 2023 (UNEP Copenhagen Climate Centre;
{len(told)} initiatives). The platform asks every initiative the same questions; what is counted here is whether there
is an answer, not whether it is true. Derived numbers only; none of the platform's words are passed on. Written by
`python tools/build_climate_initiatives.py ../shared/data`.

Not one of the five things an accountable goal needs is told by {without} initiatives ({_share(without, len(told))});
all five by {int((complete == len(SMART)).sum())} ({_share((complete == len(SMART)).sum(), len(told))}).
{int((~told["states_only"]).sum())} of the {len(told)} take members that are no states.

## What they tell

| the initiative... | initiatives | share |
|---|---:|---:|
{_rows(told)}

## How complete

Of a stated goal, an indicator, a quantity, a date and a way of tracking, each counted once. How complete the goals of
the ledger are, by its own five criteria, stands with the [cases](cases.md).

| of five | initiatives | share |
|---:|---:|---:|
{_distribution(complete)}

## Who leads

| led by | initiatives | state a goal | give a quantity | give a date | report progress | mean of five |
|---|---:|---:|---:|---:|---:|---:|
{_by_lead(told, complete)}

## How it was counted, and doubts

- A quantity is a number with a unit, or a word such as half, double or net zero, in the answer about goals, or an
  indicator marked as set beforehand. A date is a year after the first year of the initiative, or an end year. Of {read}
  goals read by hand the reader agreed on the quantity in {quantities} and on the date in {dates}.
- An empty answer is not proof that nothing is tracked: some keep their records elsewhere. The platform was filled in
  by the initiatives or by its editors, over years.
- The five are not the letters of SMART: who answers for a goal is not asked, and how it will be reached, which
  {int(told["means"].sum())} say, is not counted among them.
- Reported progress is self-reported: evidence weight 0 in the scores of this ledger.
"""


def _share(count: float, of: int) -> str:
    return f"{count / of:.0%}"


def _rows(told: pd.DataFrame) -> str:
    return "\n".join(
        f"| {words} | {int(told[name].sum())} | {_share(told[name].sum(), len(told))} |"
        for name, words in ANSWERS.items()
    )


def _distribution(complete: pd.Series) -> str:
    counts = complete.value_counts().reindex(range(len(SMART) + 1), fill_value=0)
    return "\n".join(f"| {met} | {count} | {_share(count, len(complete))} |" for met, count in counts.items())


def _by_lead(told: pd.DataFrame, complete: pd.Series) -> str:
    lines = []
    for lead in LEADS:
        led = told["lead"] == lead
        shares = " | ".join(f"{told.loc[led, name].mean():.0%}" for name in ("goal", "target", "deadline", "progress"))
        lines.append(f"| {lead} | {int(led.sum())} | {shares} | {complete[led].mean():.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(text(Path(sys.argv[1])), encoding="utf-8")
    print(f"wrote {TARGET}")
