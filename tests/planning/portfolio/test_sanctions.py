"""Sanctions: the table is whole, blocs are met as one, and nobody is proposed across them."""

from __future__ import annotations

from functools import cache

import pytest

from hedgerow.planning.candidates import candidates
from hedgerow.planning.hypotheses import central
from hedgerow.planning.portfolio.sanctions import sanctions_between, sanctions_rows
from hedgerow.planning.portfolio.selection import Selection, named, selected
from hedgerow.planning.question import Question, ask
from hedgerow.world.actors import alias_table
from hedgerow.world.io import load
from hedgerow.world.memberships import organisations


@cache
def _question(actor: str, power: str = "USA") -> Question:
    return ask(load("composite-2023"), actor, power)


def test_every_row_names_whom_it_knows_and_a_source() -> None:
    known = set(alias_table().names) | set(organisations())
    rows = sanctions_rows()
    assert len({(row.sender, row.target) for row in rows}) == len(rows)
    for row in rows:
        assert {row.sender, row.target} <= known
        assert len(row.source) > 10


@pytest.mark.parametrize("actor", ["CAN", "DEU", "GBR", "JPN", "KOR", "AUS", "CHE", "NOR"])
def test_no_western_country_is_to_sign_with_russia(actor: str) -> None:
    question = _question(actor)
    shut = {c.party.code for c in candidates(question) if sanctions_between(question, c.party)}
    assert shut == {"EAEU"}


@pytest.mark.parametrize("actor", ["IND", "VNM", "SAU", "MEX"])
def test_who_joined_no_sanctions_may(actor: str) -> None:
    question = _question(actor)
    assert not any(sanctions_between(question, c.party) for c in candidates(question))


def test_sanctions_stand_in_the_way_of_both_sides() -> None:
    question = _question("RUS", "CHN")
    shut = {c.party.code for c in candidates(question) if sanctions_between(question, c.party)}
    assert {"EU", "GBR", "JPN", "CAN"} <= shut
    assert "IND" not in shut


@pytest.fixture(scope="module", name="german")
def chosen_for_germany() -> Selection:
    question = _question("DEU")
    return selected(question, central(question.world))


def test_what_is_chosen_is_open_and_signed(german: Selection) -> None:
    chosen = {option.id for option in german.options}
    assert len(chosen) == 12
    assert {option.id for option, _ in german.sanctioned} == {"EAEU"}
    assert chosen.isdisjoint({"EAEU", *(option.id for option, _ in german.unwilling)})
    assert all(loss < 0 for _, loss in german.unwilling)


def test_by_name_everybody_can_be_tried() -> None:
    assert [option.id for option in named(_question("CAN"), ["EAEU", "IND"])] == ["EAEU", "IND"]
