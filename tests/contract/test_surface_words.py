"""Options of the command line are spoken of on the command line only."""

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "huiyin"
OPTION = re.compile(r"(?<![\w-])--[a-z]{2,}")
OF_THE_COMMAND = {
    "codebook/overrides.py",  # what is wrong with a --set
    "report/studio.py",  # how an administrator mends the installation, with pip
}


def spoken(tree):
    """Give the lines of words for people that name an option, those for the command line apart."""
    fine = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "TextBySurface":
            fine |= {id(one) for one in ast.walk(node.args[0])}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
            words = [one for one in ast.walk(node) if isinstance(one, ast.Constant)]
            for one in words:
                if isinstance(one.value, str) and OPTION.search(one.value) and id(one) not in fine:
                    yield one.lineno


def test_no_sentence_below_the_commands_names_an_option_but_for_the_command_line():
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if not place.startswith("app/") and place not in OF_THE_COMMAND:
            found += [f"{place}:{line}" for line in spoken(ast.parse(path.read_text("utf-8")))]
    assert found == []


def test_what_it_looks_for_is_found():
    bad = "X = Text('用 --set', 'x')\nY = TextBySurface(Text('--set', 'a'), Text('用 --by', 'b'))"
    assert list(spoken(ast.parse(bad))) == [1, 2]
