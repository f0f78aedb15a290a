"""Questions are checked before anything is computed."""

from __future__ import annotations

import pytest

from hedgerow.errors import RequestError
from hedgerow.planning.question import HEADLINE_TARIFF, ask
from hedgerow.world.io import load
from hedgerow.world.parties import blocs

WORLD = load("wiod-2011")
UNION = set(blocs(WORLD)[0].members)


@pytest.mark.parametrize(
    ("actor", "power", "field", "hint"),
    [
        ("Korea", "USA", "actor", "KOR or PRK"),
        ("Atlantis", "USA", "actor", "Atlantis"),
        ("EU", "USA", "actor", "DEU"),
        ("Kenya", "USA", "actor", "KEN"),
        ("RoW", "USA", "actor", "RoW"),
        ("CAN", "Korea", "--power", "KOR or PRK"),
        ("CAN", "XX", "--power", "XX"),
        ("CAN", "Kenya", "--power", "KEN"),
        ("CAN", "", "--power", "''"),
        ("CAN", "CAN", "--power", "another power"),
        ("Germany", "EU", "--power", "another power"),
        ("DEU", "FRA", "--power", "--power EU"),
        ("CAN", "France", "--power", "--power EU"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_its_field_and_a_remedy(
    actor: str, power: str, field: str, hint: str
) -> None:
    with pytest.raises(RequestError) as refusal:
        ask(WORLD, actor, power)
    message = str(refusal.value)
    assert refusal.value.exit_code == 2
    assert message.startswith(f"{field}: ")
    assert hint in message
    assert "\n" not in message


@pytest.mark.parametrize(("written", "code"), [("EU", "EU"), ("eu", "EU"), ("European Union", "EU"), ("china", "CHN")])
def test_a_power_is_an_economy_or_a_bloc_however_it_is_written(written: str, code: str) -> None:
    question = ask(WORLD, "Canada", written)
    assert question.actor.members == ("CAN",)
    assert question.power.code == code
    assert set(question.power.members) == (UNION if code == "EU" else {code})


def test_the_union_signs_for_its_members_and_others_sign_for_themselves() -> None:
    germany, canada = ask(WORLD, "DEU", "USA"), ask(WORLD, "CAN", "USA")
    assert germany.signatory.code == "EU"
    assert set(germany.signatory.members) == UNION
    assert germany.actor.members == ("DEU",)
    assert canada.signatory == canada.actor


def test_what_was_asked_is_kept() -> None:
    asked = ask(WORLD, "CAN", "USA", tariff=0.4, retaliation=True)
    assert (asked.tariff, asked.retaliation) == (0.4, True)
    assert (ask(WORLD, "CAN", "USA").tariff, ask(WORLD, "CAN", "USA").retaliation) == (HEADLINE_TARIFF, False)
