"""The README says the truth: its commands exist and its shown output is what comes out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("huiyin")
PAGES = ("README.md", "README.en.md")


@pytest.mark.parametrize(("page", "language"), [("README.md", "zh"), ("README.en.md", "en")])
def test_the_shown_output_is_what_comes_out(root, page, language):
    words = (root / page).read_text("utf-8")
    shown = re.search(r"```text\n(.*?)```", words, re.DOTALL)[1]
    done = subprocess.run(
        [COMMAND, "query", "examples/garden_nps/nps.csv", "--metric", "nps", "--lang", language],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    tidy = [line.rstrip() for line in done.stdout.strip().splitlines()]
    assert tidy == shown.strip().splitlines()


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_link_exists(root, page):
    words = (root / page).read_text("utf-8")
    for name in set(re.findall(r"^huiyin (\w+)", words, re.MULTILINE)):
        done = subprocess.run([COMMAND, name, "--help"], capture_output=True, check=False)
        assert done.returncode == 0, name
    for link in re.findall(r"\]\(([^)#]+)\)", words):
        assert link.startswith("http") or (root / link).exists(), link


@pytest.mark.parametrize("page", PAGES)
def test_every_option_of_the_tour_exists(root, page):
    words = (root / page).read_text("utf-8")
    for line in re.findall(r"^huiyin .*$", words, re.MULTILINE):
        name = line.split()[1]
        shown = subprocess.run(
            [COMMAND, name, "--help"], capture_output=True, text=True, check=True
        ).stdout
        for option in re.findall(r"--[a-z-]+", line):
            assert option in shown, line
