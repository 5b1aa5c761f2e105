"""Sizes that a reader can hold in mind (docs/architecture/index.md). Migrations and data are left out."""

import ast
import tokenize
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("red_mpe", "members", "publications", "events", "standards")
OUT = ("migrations", "demo")


def _sources(*folders):
    files = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in folders)
    return sorted(path for path in files if not set(OUT) & set(path.parts))


@cache
def _functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _length(node):
    return node.end_lineno - node.lineno + 1


def _too_long(paths, limit, wanted=lambda path, node: True):
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {_length(node)} lines"
        for path in paths
        for node in _functions(path)
        if _length(node) > limit and wanted(path, node)
    ]


def test_files_have_at_most_400_lines():
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in _sources(*PACKAGES, "tests")}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_functions_have_at_most_40_lines():
    assert _too_long(_sources(*PACKAGES), 40) == []


def test_view_functions_have_at_most_25_lines():
    def is_view(path, node):
        return ("views" in path.parts or path.name == "views.py") and bool(node.args.args) and node.args.args[0].arg == "request"

    assert _too_long(_sources(*PACKAGES), 25, is_view) == []


def test_tests_have_at_most_30_lines():
    assert _too_long(_sources("tests"), 30, lambda path, node: node.name.startswith("test_")) == []


def test_templates_have_at_most_120_lines():
    lengths = {path.relative_to(ROOT): len(path.read_text().splitlines()) for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {path: length for path, length in lengths.items() if length > 120} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_and_function_for_others_says_what_it_promises(package):
    """Module docstrings everywhere; functions at the top of a module that others may call have one as well."""
    silent = []
    for path in _sources(package):
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path.relative_to(ROOT)))
        silent += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert silent == []


def _lines_of_code(path):
    """Lines that do something: no blank lines, no comments, no docstrings."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
    with path.open("rb") as file:
        tokens = [token for token in tokenize.tokenize(file.readline) if token.type not in quiet]
    doing = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    return len(doing - _docstring_lines(ast.parse(path.read_text())))


def _docstring_lines(tree):
    homes = (node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node))
    return {line for node in homes for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)}


def test_there_are_100_tests_per_1000_lines_of_code(capsys):
    lines = sum(_lines_of_code(path) for path in _sources(*PACKAGES))
    tests = sum(node.name.startswith("test_") for path in _sources("tests") for node in _functions(path))
    ratio = 1000 * tests / lines
    with capsys.disabled():
        print(f"\n{tests} tests on {lines} lines of code: {ratio:.0f} per 1000")
    assert ratio >= 100
