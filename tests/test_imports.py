"""The floors of the house: who may import whom, and which rooms stay away from files and clocks."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ROOT / "src" / "holdfire"
PURE = [path for room in ("model", "extraction", "actors", "analysis") for path in sorted((ROOMS / room).rglob("*.py"))]
MODULES = {"io", "os", "pathlib", "random", "shutil", "socket", "subprocess", "sys", "tempfile", "time", "urllib"}
CALLS = {"open", "print", "input"}
CLOCKS = {"now", "today", "utcnow"}


def test_import_contracts_hold():
    lint = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(ROOMS)))
def test_pure_room_touches_no_file_and_no_clock(path):
    assert list(impurities(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "from pathlib import Path",
        "import os.path",
        "open('x')",
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.date.today()",
        "def f():\n    import socket",
    ],
)
def test_impurities_are_seen(code):
    assert list(impurities(code))


@pytest.mark.parametrize("path", sorted(ROOMS.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOMS)))
def test_module_says_what_it_is_for_and_is_not_too_long(path):
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source)), "the module has no docstring"
    assert len(source.splitlines()) <= 400, "split it, or write down why not"


def impurities(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in MODULES:
            yield node.module
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield node.func.attr
