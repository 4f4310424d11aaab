"""No code of a method reaches people: each has words, the same on pages and in files."""

import ast
import json

import pytest

from huiyin.clean.rules import all_rules
from huiyin.core.text import EN, ZH
from huiyin.report.code_names import method_name
from huiyin.report.rule_words import PARAMETER_NAME

NOT_SHOWN = {
    "inverted_cdf", "beta",  # of numpy and R
    "kruskal_wallis", "jonckheere", "cochran_armitage", "welch_anova", "linear_by_linear",
}  # fmt: skip
"""Of these a result tells p alone."""
OF_TABLES = ("chi", "rao", "pair")
"""What the pages do not show."""


def methods(root):
    """Give every method that a kernel says it used."""
    found = set()
    for path in (root / "src/huiyin/stats").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            said = [one.value for one in node.keywords if one.arg == "method"]
            if isinstance(node.func, ast.Name) and node.func.id == "TestResult":
                said += node.args[3:4]
            found |= {one.value for one in said if isinstance(one, ast.Constant)}
    return found - NOT_SHOWN


def test_every_method_has_words(root):
    found = methods(root)
    assert {"wilson", "rao_scott", "score_rate"} <= found
    assert [one for one in found if method_name(one).say(EN) == one] == []


@pytest.mark.parametrize("tag", [ZH, EN])
def test_pages_and_files_call_a_method_the_same(root, tag):
    name = {ZH: "zh-CN", EN: "en"}[tag]
    said = json.loads((root / f"frontend/src/copy/{name}.json").read_text("utf-8"))["method"]
    assert {key: method_name(key).say(tag) for key in said} == said
    shown = {one for one in methods(root) if not one.startswith(OF_TABLES)}
    assert shown <= set(said)


def test_every_parameter_of_a_rule_has_words():
    assert {name for rule in all_rules() for name in rule.parameters} == set(PARAMETER_NAME)
