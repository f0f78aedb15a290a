"""The command in a brief makes the brief again; help and versions answer."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from importlib.metadata import version
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hedgerow.cli.brief import Drawing
from hedgerow.cli.main import main
from hedgerow.planning.question import Question
from hedgerow.reporting.brief import Brief
from hedgerow.world.io import DEFAULT_WORLD
from tests.cli.conftest import Command, Runs


@dataclass
class AskedError(Exception):
    """Leaves the program at the point where solving would begin."""

    question: Question
    command: str
    drawing: Drawing
    plan: bool


def caught(words: list[str]) -> AskedError:
    """The question a command line asks, and the command that the brief would show."""

    def leave(question: Question, detail: object, command: str, drawing: Drawing, *, plan: bool) -> NoReturn:
        raise AskedError(question, command, drawing, plan)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(AskedError) as left:
        patch.setattr("hedgerow.cli.brief._answer", leave)
        main([*words, "--json"])
    return left.value


def same(one: Question, other: Question) -> bool:
    return (
        one.world is other.world
        and (one.actor, one.power) == (other.actor, other.power)
        and (one.tariff, one.retaliation) == (other.tariff, other.retaliation)
    )


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    actor=st.sampled_from(["CAN", "canada", "South Korea", "Korea, South", "tr", "Türkiye"]),
    power=st.sampled_from(["USA", "eu", "European Union", "China", "u.s."]),
    tariff=st.none() | st.sampled_from([" 7%", "12.5 %", "1e-3", "0.333", "250%"]) | st.floats(1e-4, 0.99).map(str),
    retaliate=st.booleans(),
    world=st.sampled_from([None, "wiod-2011", "wiod-2011-35", "baci-2023"]),
    plan=st.booleans(),
)
def test_the_command_in_a_brief_asks_the_same_question_again(
    actor: str, power: str, tariff: str | None, retaliate: bool, world: str | None, plan: bool
) -> None:
    words = ["brief", actor, "--power", power]
    words += ["--tariff", tariff] if tariff else []
    words += ["--retaliate"] if retaliate else []
    words += ["--world", world] if world else []
    words += ["--plan"] if plan else []
    asked = caught(words)
    program, *again = shlex.split(asked.command)
    assert program == "hedgerow"
    second = caught(again)
    assert same(second.question, asked.question)
    assert second.command == asked.command
    assert second.drawing == asked.drawing
    assert second.plan == asked.plan == plan
    assert asked.question.retaliation == retaliate
    assert asked.question.world.id == (world or DEFAULT_WORLD)


def test_every_table_of_a_brief_names_a_command_that_asks_for_that_brief(runs: Runs) -> None:
    brief = Brief.model_validate_json((runs.first / "brief.json").read_bytes())
    for command in {brief.command, *(table.command for table in brief.tables)}:
        question = caught(shlex.split(command)[1:]).question
        assert (question.actor.code, question.power.code) == (brief.actor.code, brief.power.code) == ("CAN", "USA")
        assert (question.tariff, question.retaliation) == (brief.tariff, brief.retaliation)
        assert question.world.checksum == brief.world.sha256


def test_the_version_is_that_of_the_package(hedgerow: Command) -> None:
    said = hedgerow("--version")
    assert (said.code, said.out.strip(), said.err) == (0, version("hedgerow"), "")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--help",), ("brief", "exposure", "world", "bench")),
        ((), ("brief", "world", "bench")),
        (
            ("brief", "--help"),
            (
                "--power",
                "--tariff",
                "--retaliate",
                "--world",
                "--draws",
                "--seed",
                "--resume",
                "--out",
                "--json",
                "ACTOR",
            ),
        ),
        (("exposure", "--help"), ("--power", "--tariff", "--retaliate", "--world", "--json", "ACTOR")),
        (("world", "--help"), ("list", "show", "check", "build")),
    ],
)
def test_help_names_what_there_is(words: tuple[str, ...], named: tuple[str, ...], hedgerow: Command) -> None:
    said = hedgerow(*words)
    assert (said.code, said.err) == (0, "")
    assert all(name in said.out for name in named)
