"""A small valid ledger as a file, and what tests do to it."""

from __future__ import annotations

from pathlib import Path

from hedgerow.ledger.additions import Added, add
from hedgerow.ledger.drafts import drafts_of

CASE = """recorded = 2024-06-01
recorded_by = "A. Officer"

[partnership]
id = "water"
title = "Water Compact"
kind = "multi_stakeholder"
issue = "water"
since = 2020-06-01
members = ["CAN", { id = "USA", left = 2022-12-31 }, { id = "pumps", kind = "firm", name = "Pump Works" }]
source = { title = "Charter" }

[[goal]]
id = "access"
title = "Safe water"
indicator = "households with safe water"
unit = "per cent"
direction = "up"
scope = "four counties"
baseline = { value = 40, date = 2020-12-31 }
target = 90
deadline = 2030-12-31
responsible = ["CAN"]
counterfactual = { value = 52, low = 48, high = 56, date = 2030-12-31, method = "trend" }
source = { title = "Plan" }

[[commitment]]
id = "grants"
goal = "access"
by = "pumps"
what = "pumps"
amount = 30
unit = "million USD"
date = 2021-03-01
source = { title = "Press" }

[[outcome]]
id = "access-2023"
goal = "access"
value = 61
low = 60
high = 62
date = 2023-12-31
reported_by = "Water Compact Secretariat"
source = { title = "Report" }

[[verification]]
id = "audit"
outcome = "access-2023"
level = "audited"
by = "Audit House"
evidence = "https://example.org/audit"
date = 2024-05-20

[[attribution]]
id = "own"
outcome = "access-2023"
share = "60%"
low = 0.5
high = 0.7
method = "part of the pumps"
date = 2024-03-01
"""
"""Nothing is wrong with it, and it holds one record of each kind."""


def entered(ledger: Path, text: str = CASE, *, shown: str = "case.toml") -> Added:
    """Add a text to a ledger."""
    return add(ledger, drafts_of(text, shown))


def changed(text: str, old: str, new: str) -> str:
    """A text with one passage replaced; the passage has to be there."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def more(body: str, *, partnership: str = "water", recorded: str = "2024-07-01") -> str:
    """A file that adds to the partnership."""
    return f'add_to = "{partnership}"\nrecorded = {recorded}\nrecorded_by = "A. Officer"\n{body}'
