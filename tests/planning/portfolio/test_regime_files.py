"""Files of regimes: every mistake at once with its line, and what a right one means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hedgerow.errors import RequestError, ScenarioError, UnknownNameError
from hedgerow.planning.portfolio.outlooks import outlook
from hedgerow.planning.portfolio.regimes import Outlook, Points, Retaliation, policies
from hedgerow.planning.question import Question, ask
from hedgerow.scenarios.scenario import scenario
from hedgerow.world.io import load
from tests.house.repository import ROOT

WORLD = load("composite-2023")
CANADA = ask(WORLD, "CAN", "USA")
EXAMPLE = ROOT / "examples" / "regimes" / "two-weathers.toml"

HEAD = 'title = "A test"\ndate = 2026-01-01\nsource = "us"\ninitial = "a"\ncalm = "a"\n'
REGIMES = '[[regime]]\nid = "a"\n[[regime]]\nid = "b"\ntariff.ally = "10%"\n'
CHAIN = '[[chain]]\nname = "c"\nnext.a = { a = 1 }\nnext.b = { a = "25%", b = 0.75 }\n'


def read(folder: Path, text: str, question: Question = CANADA) -> Outlook:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return outlook(str(path), question)


def mistakes(folder: Path, text: str, question: Question = CANADA) -> dict[int, str]:
    with pytest.raises(ScenarioError) as caught:
        read(folder, text, question)
    assert caught.value.exit_code == 2
    found: dict[int, str] = {}
    for line in str(caught.value).splitlines():
        file, number, message = line.split(":", 2)
        assert file == "mine.toml"
        found[int(number)] = f"{found.get(int(number), '')} {message}".strip()
    return found


def test_a_right_file_means_what_it_says(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + REGIMES + CHAIN)
    assert [one.tariff for one in found.regimes] == [Points(), Points(ally=0.1)]
    (chain,) = found.chains
    assert (chain.initial, chain.calm, chain.regimes) == ("a", "a", ("a", "b"))
    np.testing.assert_allclose(chain.matrix, np.array([[1.0, 0.0], [0.25, 0.75]]))


def test_mistakes_of_meaning_are_told_at_once_each_on_its_line(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        'title = "A test"\n'
        "date = 2026-01-01\n"
        'source = "us"\n'
        'power = "CHN"\n'
        'initial = "clam"\n'  # 5
        'calm = "calm"\n'
        "[sides]\n"
        'ally = ["NATO", "Atlantis"]\n'
        'rival = ["CAN", "USA"]\n'
        "[[regime]]\n"  # 10
        'id = "calm"\n'
        "[[regime]]\n"
        'id = "storm"\n'
        'sectors.metal = { ally = "10%" }\n'
        'sectors.business = { ally = "10%" }\n'  # 15
        'scenario = "us-2025-08-08"\n'
        "[[regime]]\n"
        'id = "calm"\n'
        "[[chain]]\n"
        'name = "c"\n'  # 20
        "next.calm = { calm = 0.5, storm = 0.4 }\n"
        "next.strom = { calm = 1 }\n",
    )
    assert set(found) == {4, 5, 8, 9, 14, 15, 16, 17, 21, 22}
    assert "the question is about United States" in found[4]
    assert "did you mean 'calm'" in found[5]
    assert "'Atlantis'" in found[8]
    assert "allies too: CAN;" in found[9]
    assert "United States is the power itself" in found[9]
    assert "did you mean 'metals'" in found[14]
    assert "is a service" in found[15]
    assert "did you mean 'us-2025-08-07'" in found[16]
    assert "is a whole policy" in found[16]
    assert "'calm' is there twice" in found[17]
    assert "sums to 0.9" in found[21]
    assert "did you mean 'storm'" in found[22]


def test_mistakes_of_shape_hide_no_row_that_does_not_sum_to_one(tmp_path: Path) -> None:
    text = HEAD + REGIMES.replace('"10%"', "10") + CHAIN.replace("0.75", "0.7") + 'nxt = "b"\n'
    found = mistakes(tmp_path, text.replace('nxt = "b"\n', "")) | mistakes(tmp_path, text)
    assert "ambiguous" in found[10]
    assert "is no key here; did you mean 'next'" in found[15]
    assert "sums to 0.95" in mistakes(tmp_path, text.replace('nxt = "b"\n', ""))[14]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('[[chain]]\nname = "c"\nnext.a = { a = 1 }\n', '[[chain]]\nname = "c"\n', 13, "no row for 'a'"),
        ("b = 0.75", "bb = 0.75", 14, "'bb' is no regime of this file"),
        ("b = 0.75", "b = 1.75", 14, "1.75 must lie between 0 and 1"),
        ("b = 0.75", "b = -0.75", 14, "between 0 and 1"),
        ("b = 0.75", "b = nan", 14, "no finite number"),
        ("b = 0.75", 'b = "75"', 14, "between 0 and 1"),
        ('initial = "a"\n', "", 1, "initial: is missing"),
        ('initial = "a"\n', 'initial = "a"\ninitial_for.USA = "x"\n', 5, "no regime of this file"),
        ('calm = "a"\n', 'calm = "x"\n', 5, "it has a, b"),
        ("date = 2026-01-01", 'date = "soon"', 2, "no date"),
        ("tariff.ally", "exclusivity = 2\ntariff.ally", 10, "between 0 and 1"),
        ("tariff.ally", "tarif.ally", 10, "did you mean 'tariff'"),
        ("tariff.ally", "tariff.allies", 10, "did you mean 'ally'"),
        ('tariff.ally = "10%"', 'scenario = "us-cut-off"', 10, "rule for deficits of its own"),
        ('tariff.ally = "10%"', 'scenario = "canada-china-2026"', 10, "has a quota"),
        ('tariff.ally = "10%"', 'scenario = "autarky"', 10, "autarky does not work here"),
        (CHAIN, "", 1, "chain: is missing"),
        ("[[regime]]", "[[", 6, "not valid TOML"),
    ],
)
def test_a_mistake_names_its_remedy(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    found = mistakes(tmp_path, (HEAD + REGIMES + CHAIN).replace(old, new, 1))
    assert said in found[line]


def test_sides_of_a_file_stand_in_place_of_the_table(tmp_path: Path) -> None:
    sides = '[sides]\nally = ["USMCA", "not USA"]\nrival = ["BRICS", "not IND"]\n'
    found = read(tmp_path, HEAD + sides + REGIMES + CHAIN).sides
    assert found.ally == ("CAN", "MEX")
    assert {"CHN", "BRA", "RUS"} <= set(found.rival)
    assert {"IND", "JPN", "DEU"} <= set(found.other)


def test_a_group_that_the_power_belongs_to_may_be_its_ally(tmp_path: Path) -> None:
    found = read(tmp_path, HEAD + '[sides]\nally = "NATO"\n' + REGIMES + CHAIN).sides
    assert "CAN" in found.ally
    assert "USA" not in (*found.ally, *found.rival, *found.other)


def test_one_power_may_begin_elsewhere(tmp_path: Path) -> None:
    text = HEAD.replace('calm = "a"\n', 'calm = "a"\ninitial_for.USA = "b"\n') + REGIMES + CHAIN
    assert read(tmp_path, text).chains[0].initial == "b"
    assert read(tmp_path, text, ask(WORLD, "AUS", "CHN")).chains[0].initial == "a"


def test_a_scenario_is_a_whole_policy(tmp_path: Path) -> None:
    text = HEAD + REGIMES.replace('tariff.ally = "10%"', 'scenario = "us-2025-08-07"') + CHAIN
    found = policies(read(tmp_path, text), CANADA, retaliation=Retaliation.NONE)
    assert found[1].parts == scenario("us-2025-08-07", WORLD).policy.parts


@pytest.mark.parametrize("world", ["composite-2023", "wiod-2011"])
def test_the_example_of_the_how_to_works(world: str) -> None:
    question = ask(load(world), "CAN", "USA")
    found = outlook(str(EXAMPLE), question)
    assert [one.id for one in found.regimes] == ["fair", "metals", "storm"]
    calm, metals, storm = policies(found, question, retaliation=Retaliation.NONE)
    assert not calm.parts
    assert {sector for part in metals.parts for sector in part.sectors} == {"metals"}  # type: ignore[attr-defined]
    assert storm.parts
    assert found.regimes[2].reliability == 0.5


def test_the_example_stands_in_the_how_to() -> None:
    page = (ROOT / "docs" / "how-to" / "regimes.md").read_text(encoding="utf-8")
    assert EXAMPLE.read_text(encoding="utf-8") in page


def test_a_file_that_is_not_there_or_no_text_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="there is no file"):
        outlook(str(tmp_path / "none.toml"), CANADA)
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RequestError, match="cannot read") as caught:
        outlook(str(tmp_path / "bytes.toml"), CANADA)
    assert "\n" not in str(caught.value)
