"""Scenario files: every mistake at once with its line, and what a right one means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hedgerow.errors import RequestError, ScenarioError, UnknownNameError
from hedgerow.scenarios.scenario import Scenario, scenario
from hedgerow.trade.changes import Embargo, ExportTaxChange, IcebergChange, TariffChange
from hedgerow.trade.economy import calibrate
from hedgerow.trade.policy import DeficitRule, apply
from hedgerow.world.io import load
from hedgerow.written.lines import Lines

WORLD = load("composite-2023")
ECONOMY = calibrate(WORLD)
HEAD = 'title = "A test"\ndate = {day}\nsource = "us"\nstatus = "hypothetical"\n'


def made(folder: Path, body: str, *, day: str = "2026-01-01", name: str = "test", head: str = HEAD) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(head.format(day=day) + body, encoding="utf-8")
    return path


def read(folder: Path, body: str, *, day: str = "2026-01-01", **settings: str) -> Scenario:
    return scenario(str(made(folder, body, day=day)), WORLD, settings=settings, economy=ECONOMY)


def mistakes(folder: Path, body: str, *, day: str = "2026-01-01") -> dict[int, str]:
    with pytest.raises(ScenarioError) as caught:
        read(folder, body, day=day)
    found: dict[int, str] = {}
    for line in str(caught.value).splitlines():
        file, number, message = line.split(":", 2)
        assert file == "test.toml"
        found[int(number)] = f"{found.get(int(number), '')} {message}".strip()
    assert caught.value.exit_code == 2
    return found


def test_many_mistakes_are_told_at_once_each_on_its_line(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        'extends = ["us-2025-08-08"]\n'  # 5
        'colour = "red"\n'
        "\n"
        "[[tariff]]\n"
        'exporters = ["USA",\n'
        '  "CHM",   # comment = "x"\n'  # 10
        '  "CA"]\n'
        'importers = "CPTPP"\n'
        'sectors = "god"\n'
        "add = 25\n"
        "\n"  # 15
        "[[tariff]]\n"
        'importers = "DEU"\n'
        'set = "5%"\n'
        "[[tarif]]\n"
        "x = 1\n",
        day="2015-06-30",
    )
    assert set(found) == {5, 6, 10, 11, 12, 13, 14, 17, 19}
    assert "'us-2025-08-07'" in found[5]
    assert "did you mean" in found[10]
    assert "no member on 2015-06-30" in found[12]
    assert "'goods'" in found[13]
    assert '"25%" or 0.25' in found[14]
    assert "EU sets one for all" in found[17]
    assert "'tariff'" in found[19]


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("[[tariff]]\nimporters = 'USA'\n", 5, "exactly one of"),
        ("[[tariff]]\nadd = 0.1\n", 5, "needs exporters"),
        ("[[tariff]]\nimporters = 'USA'\nadd = '25'\n", 7, "ambiguous"),
        ("[[tariff]]\nimporters = 'USA'\nadd = 0.1\nuntil = 2025-01-01\nfrom = 2026-01-01\n", 8, "before from"),
        ("[[iceberg]]\nimporters = 'USA'\nfactor = 0\n", 7, "not above zero"),
        ("[[agreement]]\nbetween = ['EU']\n", 6, "two sides"),
        ("[[agreement]]\nlog_trade_effect = 0.5\n", 5, "between"),
        ("[[tariff]]\nbetween = ['EU', 'CAN']\nimporters = 'CAN'\nadd = 0.1\n", 6, "instead of"),
        ("[[tariff]]\nimporters = 'GCCC'\nadd = 0.1\n", 6, "'GCC'"),
        ("[[tariff]]\nimporters = 'Cuba'\nadd = 0.1\n", 6, "no accounts"),
        ("[[tariff]]\nimporters = 'USA'\nsectors = 'HS99'\nadd = 0.1\n", 7, "belongs to no sector"),
        ("[[tariff]]\nimporters = '$WHO'\nadd = 0.1\n", 6, "no parameter"),
        ("[[schedule]]\ntable = 'us-2025-26'\nday = 2020-01-01\n", 7, "no spell"),
        (
            "[[quota]]\nexporters='CHN'\nimporters='CAN'\ninside=0.2\noutside=0.1\nvolume=1\nowner='importers'\n",
            5,
            "swap",
        ),
        ("deficits = 'none'\n", 5, "none of fixed"),
        ("date = [\n", 5, "not valid TOML"),
    ],
)
def test_a_mistake_names_its_remedy(tmp_path: Path, body: str, line: int, said: str) -> None:
    found = mistakes(tmp_path, body)
    assert list(found) == [line] or body.startswith("date")
    assert said in " ".join(found.values())


def test_groups_have_the_members_of_the_day(tmp_path: Path) -> None:
    body = '[[embargo]]\nexporters = "BRICS"\nimporters = "USA"\n'
    early, late = (read(tmp_path, body, day=day).policy.parts[0] for day in ("2009-12-31", "2026-01-01"))
    assert isinstance(early, Embargo)
    assert isinstance(late, Embargo)
    assert set(early.exporters or ()) == {"BRA", "RUS", "IND", "CHN"}
    assert {"ZAF", "EGY", "IDN"} <= set(late.exporters or ())
    moved = scenario(str(tmp_path / "test.toml"), WORLD, on=date(2009, 12, 31), economy=ECONOMY)
    assert moved.policy.parts == (early,)


def test_a_union_never_taxes_itself(tmp_path: Path) -> None:
    found = read(tmp_path, '[[tariff]]\nimporters = "all"\nexporters = "all"\nadd = "10%"\n')
    rates = apply(ECONOMY, found.policy).tariff
    at = {code: ECONOMY.actors.index(code) for code in ("DEU", "FRA", "USA")}
    assert rates[0, at["DEU"], at["FRA"]] == ECONOMY.tariff[0, at["DEU"], at["FRA"]]
    assert rates[0, at["DEU"], at["USA"]] == pytest.approx(ECONOMY.tariff[0, at["DEU"], at["USA"]] + 0.1)


def test_a_member_may_act_alone_if_it_is_meant_to(tmp_path: Path) -> None:
    found = read(tmp_path, '[[tariff]]\nimporters = "DEU"\nadd = "10%"\nalone = true\n')
    assert found.policy.parts[0] == TariffChange(
        exporters=WORLD.codes, importers=("DEU",), sectors=WORLD.goods, add=0.1
    )


def test_parts_apply_in_the_order_of_the_file_after_what_they_extend(tmp_path: Path) -> None:
    made(tmp_path, '[[tariff]]\nimporters = "USA"\nadd = 0.5\n', name="base")
    body = (
        'extends = ["base.toml", "return-to-2024"]\ndeficits = "own_share"\n'
        '[[tariff]]\nimporters = "USA"\nset = 0\n'
        '[[iceberg]]\nimporters = "USA"\nfactor = 1.1\n'
        '[[tariff]]\nimporters = "USA"\ncap = 0.3\n'
        '[[export_tax]]\nexporters = "USA"\nadd = 0.05\n'
    )
    found = read(tmp_path, body)
    kinds = [type(part) for part in found.policy.parts]
    assert kinds == [TariffChange, TariffChange, IcebergChange, TariffChange, ExportTaxChange]
    assert found.extends == ("base", "return-to-2024")
    assert found.policy.deficits is DeficitRule.OWN_SHARE


def test_a_file_that_two_others_extend_applies_once(tmp_path: Path) -> None:
    made(tmp_path, '[[tariff]]\nimporters = "USA"\nadd = 0.1\n', name="base")
    for name in ("left", "right"):
        made(tmp_path, 'extends = "base.toml"\n', name=name)
    assert len(read(tmp_path, 'extends = ["left.toml", "right.toml"]\n').policy.parts) == 1


def test_a_circle_is_refused(tmp_path: Path) -> None:
    made(tmp_path, 'extends = "test.toml"\n', name="other")
    path = made(tmp_path, 'extends = "other.toml"\n')
    with pytest.raises(ScenarioError, match="extends itself"):
        scenario(str(path), WORLD, economy=ECONOMY)


def test_entries_outside_their_dates_do_nothing_and_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, '[[tariff]]\nimporters = "USA"\nadd = 0.1\nuntil = 2025-12-31\n')
    assert found.policy.parts == ()
    assert any("Outside their dates" in note for note in found.notes)


def test_parameters_fill_in_and_unknown_ones_are_refused(tmp_path: Path) -> None:
    body = '[parameters.WHO]\nmeaning = "who"\n[[embargo]]\nimporters = "$WHO"\n'
    assert read(tmp_path, body, WHO="CAN").policy.parts[0] == Embargo(
        exporters=WORLD.codes, importers=("CAN",), sectors=WORLD.sector_ids
    )
    assert "no value" in mistakes(tmp_path, body)[5]
    with pytest.raises(UnknownNameError, match="did you mean 'WHO'"):
        read(tmp_path, body, WHOM="CAN")


def test_source_codes_and_chapters_stand_for_their_sector(tmp_path: Path) -> None:
    found = read(tmp_path, '[[embargo]]\nimporters = "USA"\nsectors = ["HS87", "HS27"]\n')
    part = found.policy.parts[0]
    assert isinstance(part, Embargo)
    assert part.sectors == ("mining-fuels", "transport-equipment")
    assert any("HS 87 is a part" in note for note in found.notes)
    coded = made(tmp_path, '[[embargo]]\nimporters = "USA"\nsectors = "c1"\n')
    old = load("wiod-2011")
    (part,) = scenario(str(coded), old).policy.parts
    assert isinstance(part, Embargo)
    assert part.sectors == ("agriculture",)


def test_what_is_no_scenario_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'autarky'"):
        scenario("autarki", WORLD)
    with pytest.raises(RequestError, match="there is no file"):
        scenario("nowhere.toml", WORLD)


def test_lines_are_found_through_comments_lists_and_long_texts() -> None:
    text = 'a = """\nb = 1\n"""\n# c = 2\n[[t]]\nx = [\n "one", # ]\n "two"]\n[[t]]\nx = 1\n[p.q]\n"r s" = 2\n'
    lines = Lines.of(text)
    assert lines.known == {("a",): 1, ("t", 0): 5, ("t", 0, "x"): 6, ("t", 1): 9, ("t", 1, "x"): 10, ("p", "q"): 11,
                           ("p", "q", "r s"): 12}  # fmt: skip
    assert lines.at(("t", 0, "x", 1), "two") == 8
    assert lines.at(("t",)) == 5
    assert lines.at(("nowhere",)) == 1


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("extends = 5\n", 5, "no list"),
        ("extends = [[1]]\n", 5, "not in the library"),
        ("parameters = 3\n", 5, "no table"),
        ("[tariff]\nadd = 0.1\n", 5, "write [[tariff]]"),
        ("tariff = [5]\n", 5, "no table"),
        ("[[tariff]]\nexporters = [1]\nadd = 0.1\n", 6, "no text"),
        ("[[tariff]]\nexporters = []\nadd = 0.1\n", 6, "names nothing"),
        ("[[tariff]]\nexporters = 'USA'\nadd = nan\n", 7, "no finite number"),
        ("[[embargo]]\nimporters = ['not all']\n", 6, "nobody is left"),
        ("[[agreement]]\namong = 'EU'\n", 5, "nobody is left to agree with"),
        ("a.b.c = 1\n", 5, "no key"),
        ("\x00\n", 5, "not valid TOML"),
    ],
)
def test_no_file_is_too_strange_for_a_message(tmp_path: Path, body: str, line: int, said: str) -> None:
    found = mistakes(tmp_path, body)
    assert said in found[line]
