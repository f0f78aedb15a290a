"""Rewrite ``data/embedded/NOTICES.md``: whose numbers the embedded tables derive from, and under which licence."""

from __future__ import annotations

from pathlib import Path

from hedgerow.data.registry import sources

TARGET = Path(__file__).parents[1] / "src" / "hedgerow" / "data" / "embedded" / "NOTICES.md"


def text() -> str:
    """The notice, one paragraph a source."""
    head = (
        "# Notices\n\nThe tables in this folder are derived by us (aggregated, reconciled, rounded) from the sources "
        "below. Each table's `datapackage.json` names its own sources. The tables are published under CC BY 4.0; "
        "please cite the sources with them.\n"
    )
    paragraphs = [
        f"\n## {s.title}\n\n{s.citation}\n\n"
        f"Publisher: {s.publisher}. Vintage: {s.vintage}. Licence: {s.licence}. <{s.url}>\n"
        for s in sources().values()
    ]
    return head + "".join(paragraphs)


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
