"""Rewrite ``docs/indicators``: a page for every indicator from its declaration, and the catalogue that lists them.

Run when a declaration changes; a test fails while the pages and the code differ. ``index.md``, ``equations.md``
and ``orderings.md`` are written by hand, ``pictures.md`` by ``build_indicator_pictures.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from hedgerow.indicators.catalogue import INDICATORS
from hedgerow.indicators.declare import Indicator, Lineage, Per
from hedgerow.reporting.indicators.measured import declared
from hedgerow.reporting.indicators.terminal import limits

FOLDER = Path(__file__).parents[1] / "docs" / "indicators"
CATALOGUE = "catalogue.md"
OTHERS = frozenset({"index.md", "equations.md", "orderings.md", "pictures.md"})

_LINEAGE = {
    Lineage.PUBLISHED: "the measure is the literature's own",
    Lineage.ADAPTED: "a published idea, changed as this page says",
    Lineage.PROXY: "it stands in for what is not at hand, as this page says",
    Lineage.OURS: "our design; no published authority",
}
_EXAMPLE = {
    Per.ACTOR: "--actor VNM",
    Per.TOWARD: "--actor VNM --power CHN",
    Per.SECTOR_TOWARD: "--actor MEX --power USA --year 2023",
    Per.POWER: "--power USA",
    Per.SYSTEM: "",
}


def pages() -> Mapping[str, str]:
    """Every generated page by its file name."""
    return {CATALOGUE: _catalogue(), **{f"{one.id}.md": _page(one) for one in INDICATORS}}


def _page(one: Indicator) -> str:
    command = " ".join(["hedgerow", "indicators", one.id, _EXAMPLE[one.per]]).strip()
    facts = {
        "family": one.family,
        "one value per": f"{one.per.value} and year",
        "unit": one.unit,
        "range": limits(declared(one)),
        "lineage": f"{one.lineage.value}: {_LINEAGE[one.lineage]}",
        "evidence": ", ".join(f"`{name}`" for name in one.inputs),
        **({"values": ", ".join(f"{k} {label}" for k, label in enumerate(one.labels))} if one.labels else {}),
    }
    parts = [
        f"# {one.title}",
        f"`{one.formula}`",
        one.reading,
        *([f"**What it does not say.** {one.caution}"] if one.caution else []),
        "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in facts.items())]),
        *([_assumed(one)] if one.assumptions else []),
        f"**Range of a value.** {one.uncertainty}",
        f"**Source of the measure.** {one.reference}",
        f"```\n{command}\n```",
        f"[All indicators]({CATALOGUE}) · [what the years at hand carry](index.md)",
    ]
    return "\n\n".join(parts) + "\n"


def _assumed(one: Indicator) -> str:
    """Every assumed number; the first end makes the indicator small, the second large."""
    head = ["| assumption | value | ends | unit | kind of number | why |", "|---|---|---|---|---|---|"]
    rows = [f"| {a.name} | {a.value:g} | {a.low:g} to {a.high:g} | {a.unit} | assumed | {a.why} |"
            for a in one.assumptions]  # fmt: skip
    return "\n".join([*head, *rows]) + "\n\nThe first end makes the indicator small, the second large."


def _catalogue() -> str:
    parts = ["# Indicators", f"{len(INDICATORS)} measures. What the years at hand can carry: [index](index.md)."]
    for family, members in groupby(INDICATORS, key=lambda one: one.family):
        rows = [
            f"| [`{o.id}`]({o.id}.md) | {o.title} | {o.per.value} | {o.unit} | {o.lineage.value} |" for o in members
        ]
        head = ["| indicator | title | of | unit | lineage |", "|---|---|---|---|---|"]
        parts += [f"## {family[0].upper()}{family[1:]}", "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the pages and remove those of indicators that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in made and path.name not in OTHERS:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
