"""Worlds from the user's own files: balanced, complete, the same whatever the order, written whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hedgerow.cli.main import main
from hedgerow.errors import (
    ChecksumError,
    DataError,
    HedgerowError,
    OutputError,
    RequestError,
    UnbalancedError,
    UnknownNameError,
)
from hedgerow.world.balance import TOLERANCE, imbalances
from hedgerow.world.builders import build_from
from hedgerow.world.io import PACKAGE, detail_of, load, save
from hedgerow.world.own import FORMATS, OwnFiles, agreements_between, build_own
from hedgerow.world.own_economies import iso3_of
from hedgerow.world.world import World
from tests.data import own_files as own

ICIO = own.made_up(own.ICIO_SECTORS, len(own.ICIO_FINAL))
WIOD = own.made_up(own.WIOD_SECTORS, len(own.WIOD_FINAL))
RUN_DOWN = own.made_up(own.ICIO_SECTORS, len(own.ICIO_FINAL), stocks=True)


def file_of(kind: str, folder: Path) -> Path:
    """A made-up file in a format."""
    folder.mkdir(exist_ok=True)
    if kind == "icio":
        return own.write(folder / "2018_SML.csv", own.icio_lines(ICIO))
    if kind == "wiod2016":
        return own.write(folder / "wiod.csv", own.wiod_table_lines(WIOD, 2014))
    if kind == "itpds":
        return own.write(folder / "itpd.csv", own.itpd_lines(WIOD, 2016))
    if kind == "baci":
        return own.write_baci(folder, own.baci_lines(2021), year=2021)
    return own.write(folder / "sales2019.csv", own.tidy_lines(WIOD))


def made(kind: str, file: Path, **more: Path | int) -> World:
    return build_own(OwnFiles(kind, file, **more), world_id="own")  # type: ignore[arg-type]


def same(one: World, other: World) -> bool:
    return (one.codes, one.sector_ids) == (other.codes, other.sector_ids) and all(
        one[name].equals(other[name]) for name in one.layers
    )


@pytest.fixture(params=FORMATS, name="kind")
def each_format(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    return kind


def test_a_world_adds_up(kind: str, tmp_path: Path) -> None:
    world = made(kind, file_of(kind, tmp_path))
    assert all(i.share_of_world_income <= TOLERANCE for i in imbalances(world))
    assert (world["value_added"].sum("sector") > 0).all()
    assert set(world.source_ids) >= {FORMATS[kind].source}


def test_what_is_not_in_the_file_is_flagged(kind: str, tmp_path: Path) -> None:
    world = made(kind, file_of(kind, tmp_path))
    abroad = world["tariff_imputed"].sel(sector=list(world.goods))
    assert bool(abroad.where(abroad.exporter != abroad.importer, True).all())
    assert float(world["tariff"].sum()) == 0.0
    assert bool(world["trade_elasticity_assumed"].all())
    assert set(world["trade_elasticity"].values) == {4.0}


def test_the_sources_of_every_layer_are_registered(kind: str, tmp_path: Path) -> None:
    from hedgerow.data.registry import cited

    assert cited(made(kind, file_of(kind, tmp_path)).source_ids)


def test_a_saved_world_is_read_by_its_folder(kind: str, tmp_path: Path) -> None:
    world = made(kind, file_of(kind, tmp_path))
    save(world, tmp_path / "mine")
    read = load(str(tmp_path / "mine"))
    assert same(read, world)
    assert read.partnerships == world.partnerships
    assert (read.id, read.year, len(read.checksum)) == ("mine", world.year, 64)
    assert detail_of(read.id) is None


@pytest.mark.parametrize("kind", ["itpds", "tidy", "baci"])
def test_the_order_of_rows_does_not_matter(kind: str, tmp_path: Path) -> None:
    path = file_of(kind, tmp_path)
    world = made(kind, path)
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([head, *reversed(rows)]) + "\n")
    assert same(made(kind, path), world)


def test_the_order_of_countries_and_sectors_does_not_matter(tmp_path: Path) -> None:
    world = made("icio", file_of("icio", tmp_path))
    assert same(made("icio", own.write(tmp_path / "2018.csv", own.icio_lines(own.mirrored(ICIO)))), world)
    world = made("wiod2016", file_of("wiod2016", tmp_path))
    assert same(made("wiod2016", own.write(tmp_path / "w.csv", own.wiod_table_lines(own.mirrored(WIOD), 2014))), world)


def test_both_forms_of_the_release_of_2016_give_one_world(tmp_path: Path) -> None:
    sheet = own.write(tmp_path / "WIOT2014_Nov16_ROW.csv", own.wiod_sheet_lines(WIOD))
    assert same(made("wiod2016", sheet), made("wiod2016", file_of("wiod2016", tmp_path)))


def test_a_table_without_negative_stocks_keeps_every_sale(tmp_path: Path) -> None:
    world = made("icio", file_of("icio", tmp_path))
    order = [ICIO.countries.index(code) for code in world.codes]
    np.testing.assert_allclose(world["trade_flow"].values, ICIO.flow[np.ix_(order, order)], atol=2e-3)


def test_negative_stocks_go_by_the_rule_of_the_built_in_world(tmp_path: Path) -> None:
    world = made("icio", own.write(tmp_path / "2018.csv", own.icio_lines(RUN_DOWN)))
    assert float(world["gross_output"].sum()) > RUN_DOWN.output.sum()
    assert "Leontief" in world.layers["trade_flow"].origin.method


def test_mexico_in_two_parts_is_mexico(tmp_path: Path) -> None:
    extended = own.write(tmp_path / "2018.csv", own.split_mexico(own.icio_lines(ICIO)))
    whole, parts = made("icio", file_of("icio", tmp_path)), made("icio", extended)
    assert parts.codes == whole.codes
    np.testing.assert_allclose(parts["trade_flow"].values, whole["trade_flow"].values, atol=2e-3)


def test_sales_without_inputs_are_all_value_added_and_preserved(tmp_path: Path) -> None:
    for kind in ("itpds", "tidy"):
        world = made(kind, file_of(kind, tmp_path))
        assert float(world["trade_flow"].sum()) == pytest.approx(WIOD.flow.sum(), abs=1e-1)
        assert float(world["input_use"].sum()) == 0.0
        assert world["value_added"].equals(world["gross_output"])
        assert "No input-output data" in world.layers["input_use"].origin.method


def inputs_file(folder: Path, share: float, **one: str) -> Path:
    """Each sector uses the first sector's product worth a share of its output."""
    made_by = WIOD.flow.sum(axis=1)
    rows = [
        {"actor": c, "input": "C29", "sector": s, "value": str(round(share * float(made_by[i, k]), 3))}
        for i, c in enumerate(WIOD.countries)
        for k, s in enumerate(WIOD.sectors)
    ]
    rows[0] |= one
    return own.write(folder / "inputs.csv", [list(rows[0]), *(list(row.values()) for row in rows)])


def test_inputs_of_the_user_s_own_leave_sales_as_they_are(tmp_path: Path) -> None:
    plain = made("tidy", file_of("tidy", tmp_path))
    world = made("tidy", plain_file := file_of("tidy", tmp_path), inputs=inputs_file(tmp_path, 0.1))
    np.testing.assert_allclose(world["trade_flow"].values, plain["trade_flow"].values, atol=2e-3)
    share = world["input_use"].sel(input="C29") / world["gross_output"]
    np.testing.assert_allclose(share.values, 0.1, atol=1e-4)
    for bad, kind, message in (
        ({"value": "1e6"}, UnbalancedError, "is used as an input more than it is bought"),
        ({"actor": "FRA"}, DataError, "--inputs: actor FRA is not in the flows"),
        ({"sector": "Z"}, DataError, "--inputs: sector Z is not in the flows"),
    ):
        with pytest.raises(kind, match=message):
            made("tidy", plain_file, inputs=inputs_file(tmp_path, 0.1, **bad))


def test_trade_without_sales_at_home_is_closed_by_gdp(tmp_path: Path) -> None:
    world = made("baci", file_of("baci", tmp_path))
    assert "TWN" not in world.codes
    assert "left out with" in world.layers["trade_flow"].origin.method
    gdp = own.write(tmp_path / "gdp.csv", [["actor", "gdp"], ["TWN", "755000"], ["Canada", "2000000"]])
    world = made("baci", file_of("baci", tmp_path), gdp=gdp)
    assert float(world["value_added"].sel(actor="TWN").sum()) == pytest.approx(755000)
    assert float(world["value_added"].sel(actor="CAN").sum()) == pytest.approx(2000000)


def test_economies_without_sales_at_home_join_the_rest_of_the_world(tmp_path: Path) -> None:
    lines = [line for line in own.tidy_lines(WIOD) if line[:2] != ["MEX", "MEX"]]
    world = made("tidy", own.write(tmp_path / "s2019.csv", lines))
    assert world.codes == ("CAN", "ROW", "USA")
    assert float(world["trade_flow"].sum()) == pytest.approx(sum(float(line[3]) for line in lines[1:]), abs=1e-1)
    assert "MEX" in world.layers["trade_flow"].origin.method
    with pytest.raises(DataError, match="no domestic sales"):
        made("tidy", own.write(tmp_path / "s2019.csv", [line for line in lines if line[0] != line[1]]))


def test_people_are_those_of_the_year_and_the_user_s_own_go_first(tmp_path: Path) -> None:
    world = made("tidy", file_of("tidy", tmp_path))
    assert 35e6 < float(world["population"].sel(actor="CAN")) < 40e6
    assert float(world["population"].sum()) == pytest.approx(7.8e9, rel=0.02)
    people = own.write(tmp_path / "people.csv", [["actor", "population"], ["Canada", "5"], ["ROW", "7"]])
    given = made("tidy", file_of("tidy", tmp_path), population=people)
    assert float(given["population"].sel(actor="CAN")) == 5.0
    assert float(given["population"].sel(actor="ROW")) == 7.0
    assert "own-file" in given.layers["population"].origin.sources
    early = made("tidy", file_of("tidy", tmp_path), year=1955)
    assert "No table for 1955: Persons in 1960" in early.layers["population"].origin.method


def test_a_country_is_named_in_any_spelling_but_in_one(tmp_path: Path) -> None:
    assert iso3_of(["Canada", "USA", "row", "ROM", "SUN"], Path("f")) == {
        "Canada": "CAN", "USA": "USA", "row": "ROW", "ROM": "ROU", "SUN": "ROW",
    }  # fmt: skip
    with pytest.raises(DataError, match="'Canada' and 'CAN' are both"):
        iso3_of(["Canada", "CAN"], Path("f"))
    for lines, message in (
        (own.changed(own.tidy_lines(WIOD), 2, 0, "CNA"), "'CNA' is no country known here; near it are CAN"),
        (own.changed(own.tidy_lines(WIOD), 2, 0, "Cannada"), "did you mean Canada"),
    ):
        with pytest.raises(UnknownNameError, match=message):
            made("tidy", own.write(tmp_path / "s2019.csv", lines))


def test_agreements_are_those_that_still_tie_two_parties() -> None:
    known = load("baci-2023").partnerships
    codes = ("CAN", "DEU", "FRA", "MEX")
    kept = agreements_between(known, codes)
    assert all(len(p.members) > 1 and set(p.members) <= set(codes) for p in kept)
    assert {"EU"} == {p.id for p in kept if p.kind.value == "bloc"}
    assert any(p.joins("CAN", "DEU") for p in kept)
    assert not [p for p in kept if set(p.members) == {"DEU", "FRA"} and p.id != "EU"]
    assert agreements_between(known, ("CAN",)) == ()


REFUSED: dict[str, tuple[OwnFiles, type[HedgerowError], str]] = {
    "format": (OwnFiles("excel", Path("x")), RequestError, "--from: 'excel' is no format; there are icio"),
    "inputs": (OwnFiles("icio", Path("x"), inputs=Path("y")), RequestError, "--inputs"),
    "gdp": (OwnFiles("icio", Path("x"), gdp=Path("y")), RequestError, "--gdp"),
    "absent": (OwnFiles("icio", Path("x.csv")), DataError, r"x\.csv: there is no such file"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_request_writes_nothing(case: str, tmp_path: Path) -> None:
    files, kind, message = REFUSED[case]
    with pytest.raises(kind, match=message):
        build_from(files, out=tmp_path / "mine")
    assert not list(tmp_path.iterdir())


def test_a_bad_file_leaves_an_older_world_as_it_was(tmp_path: Path) -> None:
    file = file_of("tidy", tmp_path)
    out = build_from(OwnFiles("tidy", file), out=tmp_path / "mine")
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    own.write(file, own.changed(own.tidy_lines(WIOD), 4, 3, "x"))
    with pytest.raises(DataError):
        build_from(OwnFiles("tidy", file), out=out)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


def test_a_folder_with_something_else_and_the_id_of_a_world_that_ships_are_refused(tmp_path: Path) -> None:
    file = file_of("tidy", tmp_path / "files")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").touch()
    with pytest.raises(OutputError, match="something else than a world"):
        build_from(OwnFiles("tidy", file), out=tmp_path / "thesis")
    with pytest.raises(RequestError, match="id of a world that ships"):
        build_from(OwnFiles("tidy", file), out=tmp_path / "wiod-2011")


def test_a_folder_that_was_edited_or_is_no_world_is_refused(tmp_path: Path) -> None:
    folder = build_from(OwnFiles("tidy", file_of("tidy", tmp_path)), out=tmp_path / "mine")
    read = load.__wrapped__
    with pytest.raises(RequestError, match="a world of your own is named by its folder"):
        read(str(tmp_path))
    package = json.loads((folder / PACKAGE).read_text())
    (folder / "flows.csv").write_text((folder / "flows.csv").read_text().replace("CAN,", "CHN,", 1))
    with pytest.raises(ChecksumError, match=r"flows\.csv was edited"):
        read(str(folder))
    (folder / "flows.csv").unlink()
    with pytest.raises(DataError, match=r"lacks flows\.csv"):
        read(str(folder))
    del package["hedgerow"]
    (folder / PACKAGE).write_text(json.dumps(package))
    with pytest.raises(DataError, match="does not describe a world"):
        read(str(folder))
    (folder / PACKAGE).write_text("{")
    with pytest.raises(DataError, match="does not describe a world"):
        read(str(folder))


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    return int(ended.value.code or 0)


def test_the_command_builds_and_the_brief_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = file_of("icio", tmp_path)
    assert run("world", "build", "--from", "icio", str(file), "--out", "mine", "--year", "2018") == 0
    assert run("world", "check", "mine") == 0
    capsys.readouterr()
    assert run("brief", "CAN", "--power", "USA", "--world", "mine", "--draws", "0", "--json") == 0
    brief = json.loads(capsys.readouterr().out)
    assert brief["world"]["id"] == "mine"
    assert run("world", "build", "--from", "icio", str(file)) == 2
    assert "--out" in capsys.readouterr().err
    assert run("world", "build", "wiod-2011") == 2
    assert "--raw" in capsys.readouterr().err
    assert run("world", "build", "wiod-2011", "--raw", ".", "--year", "2011") == 2
    assert "--from" in capsys.readouterr().err
    own.write(file, own.changed(own.icio_lines(ICIO), -1, 3, "1"))
    assert run("world", "build", "--from", "icio", str(file), "--out", "other") == 1
    assert not (tmp_path / "other").exists()


def test_a_sector_that_only_uses_inputs_is_unbalanced(tmp_path: Path) -> None:
    table = replace(ICIO, intermediate=np.where(np.arange(12) == 4, ICIO.intermediate * 50, ICIO.intermediate))
    path = own.write(tmp_path / "2018.csv", own.icio_lines(table))
    world = made("icio", path)  # taxes and value added are negative there: inputs are scaled down by the stated rule
    assert (world["value_added"] > 0).all()
