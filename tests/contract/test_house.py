"""The house stands as drawn: layers, ports, small rooms, no silent faults."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "huiyin"
FILES = sorted(file for file in SOURCE.rglob("*.py") if "versions" not in file.parts)
STAGES = {"collect", "clean", "measure", "analyse", "act", "evaluate"}
CEILING_LINES = 600
P90_LINES = 40
HOSTS = "pypi[.]org|python[h]osted|registry[.]npmjs|npm[m]irror|deb[.]debian"


def tree(file):
    return ast.parse(file.read_text("utf-8"))


def imported(file):
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_imports_only_the_contracts_of_another(stage):
    for file in (SOURCE / stage).rglob("*.py"):
        for module, line in imported(file):
            parts = module.split(".")
            if parts[0] != "huiyin" or len(parts) < 2 or parts[1] not in STAGES - {stage}:
                continue
            assert parts[2:] == ["contracts"], f"{file.name}:{line} imports {module}"


def test_no_import_hides_in_a_string():
    for file in FILES:
        if file == SOURCE / "__init__.py":
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                layer = re.fullmatch(r"huiyin\.(\w+)(\.\w+)*", text)
                own = file.relative_to(SOURCE).parts[0]
                assert layer is None or layer.group(1) == own, f"{file.name}:{node.lineno} {text}"


def test_no_fault_is_swallowed():
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ExceptHandler):
                kind = ast.unparse(node.type) if node.type else "everything"
                raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
                broad = kind in {"everything", "Exception", "BaseException"}
                assert not broad or raises, f"{file.name}:{node.lineno} swallows {kind}"


def test_rooms_stay_small():
    lengths = []
    for file in FILES:
        assert len(file.read_text("utf-8").splitlines()) <= CEILING_LINES, file.name
        for node in ast.walk(tree(file)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                if body:
                    lengths.append((body[-1].end_lineno - body[0].lineno + 1, node.name, file.name))
    lengths.sort(reverse=True)
    p90 = lengths[len(lengths) // 10][0]
    assert p90 <= P90_LINES, lengths[:20]


def test_no_grab_bag_files():
    bad = {"utils.py", "helpers.py", "common.py", "misc.py", "manager.py"}
    assert not [file for file in FILES if file.name in bad]


def test_every_text_speaks_both_languages():
    for file in FILES:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text" and node.args:
                words = [a.value for a in node.args if isinstance(a, ast.Constant)]
                where = f"{file.name}:{node.lineno}"
                assert len(node.args) == 2, where
                if len(words) == 2:
                    assert bool(words[0]) == bool(words[1]), where
                    places = [sorted(set(re.findall(r"{(\w+)", w))) for w in words]
                    assert places[0] == places[1], f"{where}: {places}"


def test_layers_hold():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=SOURCE.parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_nothing_tracked_names_a_download_host(root):
    done = subprocess.run(
        ["git", "grep", "-lIE", HOSTS, "--", "."],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.stdout, done.stdout
