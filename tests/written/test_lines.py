"""Every value of a JSON file is found on the line on which it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hedgerow.written.lines import Lines, Path

KEYS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), min_size=1, max_size=5
)
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12))
TREES = st.dictionaries(
    st.from_regex(r"\A[a-z_]{1,6}\Z"),
    st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)),
    max_size=4,
)


def leaves(tree: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every plain value with its path."""
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


@given(TREES)
def test_each_value_is_on_its_line(tree: dict[str, Any]) -> None:
    text = json.dumps(tree, indent=1, ensure_ascii=False)
    lines = Lines.of_json(text)
    for path, value in leaves(tree):
        if all(isinstance(part, int) or ('"' not in part and "\\" not in part) for part in path):
            shown = text.split("\n")[lines.at(path) - 1].strip().removesuffix(",")
            assert shown.endswith(json.dumps(value, ensure_ascii=False))
            assert isinstance(path[-1], int) or shown.startswith(f'"{path[-1]}": ')


def test_what_is_not_there_is_looked_for_around_it() -> None:
    lines = Lines.of_json(json.dumps({"a": {"b": 1}, "c": [2, {"d": 3}]}, indent=1))
    assert lines.at(("a", "x")) == 2
    assert lines.at(("c", 1, "x")) == 7
    assert lines.at(("nowhere",)) == 1
