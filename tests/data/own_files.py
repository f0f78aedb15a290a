"""Small made-up files in the formats of publishers. Every number is invented."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Line = list[str]

COUNTRIES = ("CAN", "MEX", "USA", "ROW")
ICIO_SECTORS = ("A01_02", "C29", "K")
ICIO_FINAL = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")
WIOD_SECTORS = ("A01", "C29", "K64")
WIOD_FINAL = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN")


@dataclass(frozen=True)
class MadeUp:
    """A balanced world table: every row and column adds up to output."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    intermediate: Array
    """[country and sector that sells, country and sector that buys]"""
    final: Array
    """[country and sector that sells, country and final use that buys]; the fifth use of each is stock building."""
    uses: int

    @property
    def output(self) -> Array:
        """Sales of each country and sector."""
        return np.asarray(self.intermediate.sum(axis=1) + self.final.sum(axis=1), dtype=np.float64)

    @property
    def value_added(self) -> Array:
        """Output less inputs, taxes of one in a hundred of output aside."""
        return np.asarray(self.output * 0.99 - self.intermediate.sum(axis=0), dtype=np.float64)

    @property
    def flow(self) -> Array:
        """[exporter, importer, sector]"""
        n, s = len(self.countries), len(self.sectors)
        sold = self.intermediate.reshape(n, s, n, s).sum(axis=3) + self.final.reshape(n, s, n, self.uses).sum(axis=3)
        return np.asarray(sold.transpose(0, 2, 1), dtype=np.float64)


def made_up(
    sectors: tuple[str, ...], uses: int, *, countries: tuple[str, ...] = COUNTRIES, stocks: bool = False
) -> MadeUp:
    """A table in which home supplies most and inputs are a third of output; ``stocks`` may run down."""
    rng = np.random.default_rng(7)
    n, s = len(countries), len(sectors)
    home = np.where(np.eye(n, dtype=bool), 40.0, 3.0)
    inter = np.kron(home, np.ones((s, s))) * rng.uniform(0.5, 1.5, (n * s, n * s))
    final = np.kron(home, np.ones((s, uses))) * rng.uniform(2.0, 4.0, (n * s, n * uses))
    stock = np.arange(n * uses) % uses == 4
    final[:, stock] = rng.uniform(-2.0 if stocks else 0.0, 2.0, (n * s, n))
    return MadeUp(countries, sectors, np.round(inter, 3), np.round(final, 3), uses)


def icio_lines(table: MadeUp) -> list[Line]:
    """The yearly CSV of the OECD's tables."""
    industries = [f"{c}_{s}" for c in table.countries for s in table.sectors]
    finals = [f"{c}_{f}" for c in table.countries for f in ICIO_FINAL]
    blank = [0.0] * (len(finals) + 1)
    body = [[name, *table.intermediate[k], *table.final[k], table.output[k]] for k, name in enumerate(industries)] + [
        ["TLS", *(table.output * 0.01), *blank],
        ["VA", *table.value_added, *blank],
        ["OUT", *table.output, *blank],
    ]
    return [["V1", *industries, *finals, "OUT"], *([str(cell) for cell in line] for line in body)]


def split_mexico(lines: list[Line]) -> list[Line]:
    """The extended form: Mexico's producers in two parts, its final uses in one."""
    header = lines[0]

    def parts(label: str) -> list[str]:
        made = label.startswith("MEX_") and label.removeprefix("MEX_") not in ICIO_FINAL
        return [label.replace("MEX", part) for part in ("MX1", "MX2")] if made else [label]

    names = [part for label in header for part in parts(label)]
    body = []
    for line in lines[1:]:
        cells = [line[0]]
        for label, cell in zip(header[1:], line[1:], strict=True):
            cells += [str(float(cell) * share) for share in ((0.75, 0.25) if len(parts(label)) == 2 else (1.0,))]
        for part, share in zip(parts(line[0]), (0.75, 0.25) if len(parts(line[0])) == 2 else (1.0,), strict=True):
            body.append([part, *(str(float(c) * share) for c in cells[1:])])
    return [names, *body]


def wiod_table_lines(table: MadeUp, year: int) -> list[Line]:
    """The table of the R and Stata files: numbered columns."""
    per = len(table.sectors) + len(WIOD_FINAL)
    header = ["IndustryCode", "IndustryDescription", "Country", "RNr", "Year",
              *(f"{c}{k}" for c in table.countries for k in range(1, per + 1)), "TOT"]  # fmt: skip
    return [header, *([*line[:4], str(year), *line[4:]] for line in _wiod_body(table))]


def wiod_sheet_lines(table: MadeUp) -> list[Line]:
    """The sheet of a workbook: two lines of title, then codes, descriptions, countries and numbers."""
    uses = [*table.sectors, *WIOD_FINAL]
    blank = [""] * 4
    columns = [(c, u) for c in table.countries for u in uses]
    return [
        ["Intercountry Input-Output Table", *[""] * (len(columns) + 4)],
        ["millions of US$", *[""] * (len(columns) + 4)],
        [*blank, *(u for _, u in columns), "GO"],
        [*blank, *(f"title of {u}" for _, u in columns), "Gross output"],
        [*blank, *(c for c, _ in columns), "TOT"],
        [*blank, *(f"c{k}" for k, _ in enumerate(columns, start=1)), "c69"],
        *_wiod_body(table),
    ]


def _wiod_body(table: MadeUp) -> list[Line]:
    n, s = len(table.countries), len(table.sectors)
    names = [(c, code) for c in table.countries for code in table.sectors]
    rows = []
    for k, (country, code) in enumerate(names):
        inter, final = table.intermediate[k].reshape(n, s), table.final[k].reshape(n, len(WIOD_FINAL))
        cells = np.concatenate([np.hstack([inter, final]).ravel(), [table.output[k]]])
        rows.append([code, f"title of {code}", country, f"r{k + 1}", *map(str, cells)])

    def below(code: str, values: Array) -> Line:
        cells = np.hstack([values.reshape(n, s), np.zeros((n, len(WIOD_FINAL)))]).ravel()
        return [code, code, "TOT", "r65", *map(str, cells), "0.0"]

    total = table.intermediate.sum(axis=0)
    parts = {"II_fob": total, "TXSP": table.output * 0.01, "VA": table.value_added, "GO": table.output}
    return [*rows, *(below(code, values) for code, values in parts.items())]


def flow_lines(table: MadeUp, header: Line, *, extra: Line) -> list[Line]:
    """Sales one a row: exporter, importer, sector, value, then the cells of ``extra``."""
    rows = [
        [e, m, s, str(round(float(table.flow[i, j, k]), 3)), *extra]
        for i, e in enumerate(table.countries)
        for j, m in enumerate(table.countries)
        for k, s in enumerate(table.sectors)
    ]
    return [header, *rows]


def tidy_lines(table: MadeUp) -> list[Line]:
    """The plain CSV."""
    return flow_lines(table, ["exporter", "importer", "sector", "value"], extra=[])


def itpd_lines(table: MadeUp, year: int) -> list[Line]:
    """ITPD: two industries in each broad sector, of which one is half as large as the other."""
    broad = dict(zip(table.sectors, ("Agriculture", "Manufacturing", "Services"), strict=True))
    header = ["exporter_iso3", "importer_iso3", "year", "industry_id", "broad_sector", "trade"]
    rows = []
    for e, m, s, value in flow_lines(table, [], extra=[])[1:]:
        code = 2 * table.sectors.index(s)
        rows += [[e, m, str(year), str(code + k), broad[s], str(float(value) * share)]
                 for k, share in ((1, 2 / 3), (2, 1 / 3))]  # fmt: skip
    return [header, *rows]


BACI_CODES = {"124": "CAN", "484": "MEX", "842": "USA", "490": "S19", "276": "DEU"}


def baci_lines(year: int) -> list[Line]:
    """BACI: two products a pair, thousand dollars, no sales at home."""
    rows = [
        [str(year), i, j, product, str(1000.0 * (k + 1)), "1.5"]
        for k, (i, j) in enumerate((i, j) for i in BACI_CODES for j in BACI_CODES if i != j)
        for product in ("010121", "870323")
    ]
    return [["t", "i", "j", "k", "v", "q"], *rows]


def write(path: Path, lines: list[Line]) -> Path:
    """Write lines as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    return path


def write_baci(folder: Path, lines: list[Line], *, year: int) -> Path:
    """BACI's file with its table of country codes beside it."""
    codes = [["country_code", "country_name", "country_iso2", "country_iso3"]]
    write(folder / "country_codes_V202501.csv", codes + [[n, c, c[:2], c] for n, c in BACI_CODES.items()])
    return write(folder / f"BACI_HS22_Y{year}_V202501.csv", lines)


def changed(lines: list[Line], row: int, column: int, cell: str) -> list[Line]:
    """The same lines with one cell changed."""
    copy = [list(line) for line in lines]
    copy[row][column] = cell
    return copy


def mirrored(table: MadeUp) -> MadeUp:
    """The same table with countries and sectors in the opposite order."""
    n, s, u = len(table.countries), len(table.sectors), table.uses
    rows = np.arange(n * s)[::-1]
    columns = np.arange(n * u).reshape(n, u)[::-1].ravel()
    return replace(
        table,
        countries=table.countries[::-1],
        sectors=table.sectors[::-1],
        intermediate=table.intermediate[np.ix_(rows, rows)],
        final=table.final[np.ix_(rows, columns)],
    )
