"""Every rule refuses its offender with file, line and remedy, writes nothing, and finds it again in the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from hedgerow.errors import LedgerError
from hedgerow.ledger.book import Item
from hedgerow.ledger.checks import breaches, check
from hedgerow.ledger.drafts import drafts_of
from hedgerow.ledger.entries import Head, chained
from hedgerow.ledger.rules import RULES
from tests.ledger.cases import CASE, changed, entered, more

AGAIN = '[[goal]]\nid = "access" # again\ntitle = "x"\ndirection = "up"\nsource = { title = "x" }\n'
SHARE = '[[attribution]]\nid = "b"\noutcome = "access-2023" # b\nshare = {}\nmethod = "guess"\ndate = 2024-03-02\n'
TREND = 'counterfactual = { value = 52, low = 48, high = 56, date = 2030-12-31, method = "trend" }\n'
START = "baseline = { value = 40, date = 2020-12-31 }\n"
END = "date = 2024-03-01\n"
SECRETARIAT = '"Water Compact Secretariat" # itself'

Edits = dict[str, str]
OFFENCES: list[tuple[str, Edits, str, str]] = [
    ("follows_what_is_there", {END: END + AGAIN}, "# again", "is there already"),
    ("members_make_sense", {', name = "Pump Works"': ""}, "members =", "needs its name"),
    ("members_make_sense", {"left = 2022-12-31": "left = 2019-12-31"}, "members =", "before it joined"),
    ("members_make_sense", {"left = 2022-12-31": "joined = 2019-01-01"}, "members =", "before the partnership"),
    ("members_make_sense", {'"CAN",': '"CAN", "Canada",'}, "members =", "listed twice"),
    ("names_a_known_goal", {'goal = "access"\nvalue': 'goal = "acces"\nvalue'}, "acces", "did you mean 'access'?"),
    ("names_a_known_outcome", {'"access-2023"\nlevel': '"x"\nlevel'}, '"x"', "there are access-2023"),
    ("names_a_known_member", {'by = "pumps"': 'by = "pump"'}, 'by = "pump"', "did you mean 'pumps'?"),
    ("names_a_known_member", {'responsible = ["CAN"]': 'responsible = ["FRA"]'}, "FRA", "is no member"),
    ("commits_while_a_member", {'by = "pumps"': 'by = "USA"', "2021-03-01": "2023-03-01"}, "2023-03-01", "to 2022-12"),
    ("numbers_have_units", {'unit = "per cent"\n': ""}, "target =", "90 has no unit; add unit"),
    ("numbers_have_units", {'indicator = "households with safe water"\n': ""}, "target =", "add indicator"),
    ("numbers_have_units", {'unit = "million USD"\n': ""}, "amount =", "30 has no unit"),
    ("goals_run_forwards", {"deadline = 2030-12-31": "deadline = 2020-12-30"}, "deadline =", "not after the baseline"),
    ("goals_run_forwards", {"56, date = 2030": "56, date = 2020"}, "counterfactual =", "not after the baseline"),
    ("goals_run_forwards", {"target = 90": "target = 30"}, "target =", "worse than the baseline"),
    ("goals_run_forwards", {START: ""}, "counterfactual =", "add baseline"),
    ("outcomes_follow_the_baseline", {"date = 2023-12-31": "date = 2020-12-30"}, "2020-12-30", "before the baseline"),
    ("bounds_hold_their_value", {"low = 60": "low = 61.5"}, "value = 61", "outside its own bounds"),
    ("bounds_hold_their_value", {"low = 0.5": "low = 0.65"}, "share =", "outside its own bounds"),
    ("bounds_hold_their_value", {"low = 48": "low = 53"}, "counterfactual =", "outside its own bounds"),
    ("nothing_is_attributed_twice", {END: END + SHARE.format(0.41)}, "share = 0.41", "to 101%; all shares of it may"),
    ("nothing_is_attributed_twice", {END: END + SHARE.format(0.1)}, "# b", "share of water/access-2023 already"),
    ("verifiers_are_others", {'"Audit House"': SECRETARIAT}, "# itself", "reported the outcome itself"),
    ("verifiers_are_others", {'"Audit House"': '"Pump Works"', '"audited"': '"independent"'}, 'by = "Pump', "part of"),
    ("counterfactual_needs_one", {'"audited"': '"counterfactual"', TREND: ""}, "level =", "states no counterfactual"),
    ("nothing_comes_from_the_future", {"date = 2024-05-20": "date = 2024-06-02"}, "2024-06-02", "when it was recorded"),
    ("nothing_comes_from_the_future", {"date = 2024-05-20": "date = 2023-05-20"}, "2023-05-20", "outcome's own day"),
    (
        "nothing_comes_from_the_future",
        {"value = 61": "recorded = 2024-06-02\nvalue = 61"},
        "access-2023",
        "entered later",
    ),
]
"""Rule, what is done to the case, a word on the line that is named, and a word of what is said."""


def edited(edits: Edits) -> str:
    """The case with its edits."""
    text = CASE
    for old, new in edits.items():
        text = changed(text, old, new)
    return text


@pytest.mark.parametrize(("rule", "edits", "marker", "said"), OFFENCES, ids=[f"{o[0]}: {o[3]}" for o in OFFENCES])
def test_an_offender_is_refused_with_its_line_and_nothing_is_written(
    rule: str, edits: Edits, marker: str, said: str, ledger: Path
) -> None:
    text = edited(edits)
    with pytest.raises(LedgerError) as caught:
        entered(ledger, text)
    told = [one for one in str(caught.value).splitlines() if said in one]
    assert len(told) == 1, str(caught.value)
    file, line, _ = told[0].split(":", 2)
    assert file == "case.toml"
    assert marker in text.splitlines()[int(line) - 1]
    assert not ledger.exists()
    items = [Item.of(entry) for entry in chained(Head("water"), drafts_of(text, "case.toml").drafts)]
    found = [p for p in breaches(items) if said in p.message]
    assert [p.rule for p in found] == [rule]
    page = next(item.page for item in items if item.page.file == found[0].file)
    field = found[0].message.partition(":")[0].replace(" ", ", ").split(", ")
    assert any(f'"{word}"' in page.lines.text[found[0].line - 1] for word in field) or field[-1].isdigit()


def test_every_rule_has_an_offender() -> None:
    missing = {rule.__name__ for rule in RULES} - {rule for rule, _, _, _ in OFFENCES}
    assert missing == {"belongs_to_a_partnership"}, "which has a test of its own"


def test_nothing_is_wrong_with_the_case(ledger: Path) -> None:
    entered(ledger)
    assert check(ledger) == []


def test_a_record_of_no_partnership(ledger: Path) -> None:
    lost = more(AGAIN, partnership="fire")
    with pytest.raises(LedgerError, match=r"case\.toml:4: goal 1: there is no partnership 'fire'; enter it first"):
        entered(ledger, lost)


def test_every_mistake_is_told_at_once(ledger: Path) -> None:
    edits = {"deadline = 2030": "deadline = 2020", 'by = "pumps"': 'by = "nobody"', 'unit = "million USD"\n': ""}
    with pytest.raises(LedgerError) as caught:
        entered(ledger, edited(edits))
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ('evidence = "https://example.org/audit"\n', "", "[[verification]]", "evidence: is missing: link to the"),
        ('evidence = "https://example.org/audit"', 'evidence = "the file"', "the file", "is no link; write https://"),
        ('by = "Audit House"\n', "", "[[verification]]", "by: is missing: who verified"),
        ('by = "Audit House"', 'by = ""', 'by = ""', "is empty"),
        ('"CAN", {', '"Atlantis", {', "Atlantis", "'Atlantis' is no country known here"),
        ('share = "60%"', 'share = "120%"', "120%", "must lie between 0 and 1"),
        ('level = "audited"', 'level = "auditted"', "auditted", "did you mean 'audited'?"),
        ("value = 61", "valeu = 61", "valeu", "is no key here; did you mean 'value'?"),
        ("date = 2024-05-20", 'date = "May"', "May", "is no date; write 2026-01-31"),
        ('id = "grants"', 'id = "Some Grants"', "Some Grants", "small letters, digits and hyphens"),
        ("since = 2020-06-01\n", "", "[partnership]", "since: is missing: first day"),
    ],
)
def test_what_has_no_shape_is_refused_with_its_line(old: str, new: str, marker: str, said: str, ledger: Path) -> None:
    text = changed(CASE, old, new)
    with pytest.raises(LedgerError) as caught:
        entered(ledger, text)
    told = [one for one in str(caught.value).splitlines() if said in one]
    assert told, str(caught.value)
    assert marker in text.splitlines()[int(told[0].split(":")[1]) - 1]
    assert not ledger.exists()


def test_shares_of_one_fact_are_counted_over_partnerships(ledger: Path) -> None:
    """The same fact under two partnerships is one fact, however it is named."""
    entered(ledger)
    other = edited({'id = "water"': 'id = "rain"', "reported_by =": 'same_as = "water/access-2023"\nreported_by ='})
    with pytest.raises(LedgerError, match="to 120%"):
        entered(ledger, other)
    entered(ledger, changed(changed(other, 'share = "60%"', 'share = "40%"'), "low = 0.5", "low = 0.3"))
    assert check(ledger) == []
    claim = SHARE.format(0).replace('"access-2023"', '"water/access-2023"')
    with pytest.raises(LedgerError, match="has a share of water/access-2023 already"):
        entered(ledger, more(claim, partnership="rain"))
