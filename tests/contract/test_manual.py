"""The manual says what the program does: tables, commands and options."""

import re
import subprocess
import sys

import pytest
import typer

from huiyin.app.cli.main import app

PAGES = ("zh.md", "en.md")
COMMANDS = typer.main.get_command(app).commands
NOT_SHOWN = {"--help", "--version"}


def all_commands(commands):
    for command in commands.values():
        yield command
        yield from all_commands(getattr(command, "commands", {}))


def test_its_tables_are_those_of_the_code(root):
    done = subprocess.run(
        [sys.executable, root / "docs" / "tables.py", "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_it_names_every_command_and_every_option_it_names_exists(root, page):
    words = (root / "docs" / "manual" / page).read_text("utf-8")
    named = set(re.findall(r"huiyin (\w+)", words))
    assert set(COMMANDS) <= named
    options = {o for c in all_commands(COMMANDS) for p in c.params for o in p.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", words)) - NOT_SHOWN <= options


@pytest.mark.parametrize("page", PAGES)
def test_it_names_every_option_of_a_query(root, page):
    words = (root / "docs" / "manual" / page).read_text("utf-8")
    options = {o for p in COMMANDS["query"].params for o in p.opts if o.startswith("--")}
    assert {o for o in options - NOT_SHOWN if o not in words} == set()
