"""Rewrite ``data/embedded/us-tariffs-2025-26``: the tariffs the USA added, by partner, in spells and by sector.

``python tools/build_us_tariffs.py RAW`` with the folder that holds ``economy/``. The same raw files give the same
bytes; a test compares them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta
from pathlib import Path

import pandas as pd

from hedgerow.data.readers.us_tariffs import (
    HS2_DATE,
    OBSERVED_UNTIL,
    OTHER,
    SECTOR_OF_CHAPTER,
    read_country_by_time,
    read_crude_share,
    read_hs2,
)
from hedgerow.data.registry import cited
from hedgerow.world.io import embedded_path, write_manifest

FOLDER = "us-tariffs-2025-26"
SOURCE = "us-tariffs-2024-2026"
RAW_FOLDER = f"economy/{SOURCE}"

FIELDS = {
    "partner": "ISO-3 code, EU for the European Union as one, OTHER for all partners without a row in the tracker",
    "name_in_source": "The partner as the tracker writes it",
    "start": "First day in force",
    "end": "Last day in force; empty for the last spell, whose end is not known",
    "days": "Days in force, first and last included; empty for the last spell",
    "added_rate": "Statutory tariff added by the actions of 2025 and 2026, weighted by imports of 2024. Unit: fraction",
    "announced": "True where the spell begins after the tracker's last update, so that it was announced only",
    "imports_2024_usd": "US imports for consumption 2024. Unit: USD/yr",
    "base_rate_2024": "Duties collected over imports in 2024. Unit: fraction",
    "added_rate_by_chapter": "Mean over all HS chapters of the rates added as of 7 August 2025. Unit: fraction",
    "sector": "Goods sector; mining and fuels apart, mining-fuels together",
}


def tables(raw: Path) -> dict[str, bytes]:
    """Every file of the folder by name."""
    dated, chapters = read_country_by_time(raw / RAW_FOLDER), read_hs2(raw / RAW_FOLDER)
    frames = {
        "partners.csv": _partners(dated, chapters),
        "spells.csv": _spells(dated),
        "sectors.csv": _sectors(chapters, read_crude_share(raw / RAW_FOLDER)),
    }
    written = {name: frame.to_csv(index=False, lineterminator="\n").encode() for name, frame in frames.items()}
    package = json.dumps(_package(frames, written), indent=1, ensure_ascii=False) + "\n"
    return {**written, "datapackage.json": package.encode()}


def _partners(dated: pd.DataFrame, chapters: pd.DataFrame) -> pd.DataFrame:
    columns = ["partner", "name_in_source", "imports_2024_usd", "base_rate_2024"]
    named = dated.drop_duplicates("partner")[columns]
    rest = chapters[chapters["partner"] == OTHER]
    bought, duty = rest["imports_2024_usd"].sum(), rest["duty_2024_usd"].sum()
    other = pd.DataFrame([[OTHER, "all other partners", bought, duty / bought]], columns=columns)
    found = pd.concat([named, other], ignore_index=True)
    paid = (chapters["imports_2024_usd"] * chapters["added_rate"]).groupby(chapters["partner"]).sum()
    mean = paid / chapters.groupby("partner")["imports_2024_usd"].sum()
    return found.assign(
        added_rate_by_chapter=found["partner"].map(mean).round(6) + 0.0,
        imports_2024_usd=found["imports_2024_usd"].round().astype("int64"),
        base_rate_2024=found["base_rate_2024"].round(6),
    )


def _spells(dated: pd.DataFrame) -> pd.DataFrame:
    """One row a partner and date: in force until the day before the next date."""
    following = dated.groupby("partner")["date"].shift(-1)
    last = following.map(lambda day: day - timedelta(days=1), na_action="ignore")
    days = [(b - a).days if isinstance(b, type(a)) else None for a, b in zip(dated["date"], following, strict=True)]
    return pd.DataFrame(
        {
            "partner": dated["partner"],
            "start": dated["date"],
            "end": last,
            "days": pd.array(days, dtype="Int64"),
            "added_rate": dated["added_rate"].round(6) + 0.0,
            "announced": dated["date"] > OBSERVED_UNTIL,
        }
    )


def _sectors(chapters: pd.DataFrame, crude: pd.Series) -> pd.DataFrame:
    """Rates weighted by imports; chapter 27 is split by what was imported, at one rate for both parts."""
    chapters = chapters[chapters["partner"] != OTHER].copy()
    chapters["sector"] = chapters["chapter"].map(SECTOR_OF_CHAPTER)
    chapters = chapters.dropna(subset=["sector"])
    energy = chapters[chapters["chapter"] == 27]
    ground = energy["partner"].map(crude).fillna(0.0)
    split = chapters[chapters["chapter"] != 27]
    parts = [
        split,
        energy.assign(sector="mining", imports_2024_usd=energy["imports_2024_usd"] * ground),
        energy.assign(imports_2024_usd=energy["imports_2024_usd"] * (1 - ground)),
        chapters[chapters["sector"].isin(["mining", "fuels"])].assign(sector="mining-fuels"),
    ]
    every = pd.concat(parts, ignore_index=True)
    every["paid"] = every["imports_2024_usd"] * every["added_rate"]
    sums = every.groupby(["partner", "sector"])[["imports_2024_usd", "paid"]].sum()
    sums = sums[sums["imports_2024_usd"] > 0].reset_index()
    return pd.DataFrame(
        {
            "partner": sums["partner"],
            "sector": sums["sector"],
            "added_rate": (sums["paid"] / sums["imports_2024_usd"]).round(6) + 0.0,
            "imports_2024_usd": sums["imports_2024_usd"].round().astype("int64"),
        }
    )


def _package(frames: dict[str, pd.DataFrame], written: dict[str, bytes]) -> dict[str, object]:
    (source,) = cited([SOURCE])
    kinds = {"b": "boolean", "f": "number", "i": "integer"}
    special = {"start": "date", "end": "date", "days": "integer"}
    return {
        "name": FOLDER,
        "title": "Tariffs added by the United States in 2025 and 2026, by partner",
        "profile": "tabular-data-package",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": source.citation, "path": source.url, "licence": source.licence}],
        "hedgerow": {
            "status": "derived",
            "method": "The tracker's dated rates as spells; rates by HS chapter averaged over sectors with the imports "
            "of 2024. The tracker's row for Slovakia is left out: its imports are inside the row of the EU.",
            "observed_until": OBSERVED_UNTIL.isoformat(),
            "sectors_as_of": HS2_DATE.isoformat(),
        },
        "resources": [
            {
                "name": name.removesuffix(".csv"),
                "path": name,
                "profile": "tabular-data-resource",
                "bytes": len(written[name]),
                "hash": f"sha256:{hashlib.sha256(written[name]).hexdigest()}",
                "schema": {
                    "fields": [
                        {
                            "name": column,
                            "type": special.get(column, kinds.get(frame[column].dtype.kind, "string")),
                            "description": f"{FIELDS[column]}.",
                        }
                        for column in frame.columns
                    ]
                },
            }
            for name, frame in frames.items()
        ],
    }


def main() -> None:
    """Write the folder and the manifest."""
    folder = embedded_path() / FOLDER
    folder.mkdir(exist_ok=True)
    for name, content in tables(Path(sys.argv[1])).items():
        (folder / name).write_bytes(content)
    write_manifest(embedded_path())


if __name__ == "__main__":
    main()
