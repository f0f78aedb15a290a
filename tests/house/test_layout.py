"""The shape of the source: sizes, imports, docstrings. Read from the syntax tree, nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.repository import ROOT, run

SOURCES = sorted((ROOT / "src" / "hedgerow").rglob("*.py"))
MODULES = [pytest.param(path, id=str(path.relative_to(ROOT / "src"))) for path in SOURCES]

FILE_LINES = 400
FUNCTION_LINES = 50
PARAMETERS = 6
ARRAYS_IN = {"from_arrays"}
"""The one exception: constructors that take each array of the published equations under its own name."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Described = Function | ast.ClassDef


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function, methods and nested ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def public(node: ast.Module | ast.ClassDef) -> Iterator[Described]:
    """Functions and classes without a leading underscore, and the public methods of those classes."""
    for child in node.body:
        if isinstance(child, Described) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def length(function: Function) -> int:
    """Lines from ``def`` to the end, without decorators and docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def parameters(function: Function) -> int:
    """How many things a caller may pass, without ``self`` or ``cls``."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return len([a for a in named if a.arg not in {"self", "cls"}]) + sum(
        rest is not None for rest in (arguments.vararg, arguments.kwarg)
    )


def imports_of_root(tree: ast.AST) -> Iterator[int]:
    """Lines that import the package root, the seed of import cycles."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(alias.name == "hedgerow" for alias in node.names):
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and (node.module == "hedgerow" or node.level > 0):
            yield node.lineno


@pytest.fixture(name="tree", params=MODULES)
def parsed(request: pytest.FixtureRequest) -> ast.Module:
    """The syntax tree of one module."""
    path: Path = request.param
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES)
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES, "split the file by subject"


def test_functions_stay_short(tree: ast.Module) -> None:
    long = {f.name: length(f) for f in functions(tree) if length(f) > FUNCTION_LINES}
    assert not long, "give the parts of the function names of their own"


def test_public_functions_take_few_parameters(tree: ast.Module) -> None:
    greedy = {f.name: parameters(f) for f in public(tree) if isinstance(f, Function) and parameters(f) > PARAMETERS}
    greedy = {name: count for name, count in greedy.items() if name not in ARRAYS_IN}
    assert not greedy, "make options that belong together one frozen record"


def test_nobody_imports_the_package_root(tree: ast.Module) -> None:
    assert not list(imports_of_root(tree)), "import from the module that defines the name, by its full path"


def test_modules_and_public_names_are_described(tree: ast.Module) -> None:
    assert ast.get_docstring(tree), "the module has no docstring"
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert not silent, "these have no docstring"


def test_imports_run_downwards() -> None:
    report = run("lint-imports", "--no-cache")
    assert report.returncode == 0, report.stdout + report.stderr


def test_the_rules_catch_offenders() -> None:
    """The checks above can fail: one offender each."""
    body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
    tree = ast.parse(f"from hedgerow import World\ndef f(a, b, c, d, *e, g, **h):\n{body}\n")
    (function,) = functions(tree)
    assert length(function) == FUNCTION_LINES + 1
    assert parameters(function) == PARAMETERS + 1
    assert list(imports_of_root(tree)) == [1]
    assert [node.name for node in public(tree) if not ast.get_docstring(node)] == ["f"]
