"""Satisfaction bands on the pages: said in the language of the page, never by a raw key."""

import json
import subprocess

import pytest

SCRIPT = """
import * as bands from {file}
import {{ conditionSaid }} from {asked}
const copy = {copy}
const t = (key, facts = {{}}) => key.split('.').reduce((part, name) => part[name], copy)
  .replace(/{{{{(\\w+)}}}}/g, (_, name) => facts[name])
const mine = {{ 'band:服务': '4–5 满意' }}
console.log(JSON.stringify({{
  group: bands.groupWords('band:服务', '1–2 不满意', t),
  english: bands.groupWords('band:Service', '4–5 satisfied', t),
  other: bands.groupWords('门店', '1–2 不满意', t),
  unknown: bands.groupWords('band:服务', '不满意', t),
  condition: conditionSaid('band:服务=1–2 不满意|3 一般', t),
  plain: conditionSaid('大区=华东|华南', t),
  beside: [mine, {{}}].map((by) => bands.besideOwn('band:服务=1–2 不满意', by, t)),
  region: [{{ 大区: '华南' }}, {{}}].map((by) => bands.besideOwn('大区=华东', by, t)),
}}))
"""


def said(source, node, language):
    components = source / "components"
    file = json.dumps(str(components / "bands.ts"))
    asked = json.dumps(str(components / "question" / "asked.ts"))
    copy = (source / "copy" / f"{language}.json").read_text("utf-8")
    command = [str(node), "--no-warnings", "--input-type=module", "-e",
               SCRIPT.format(file=file, asked=asked, copy=copy)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("language", "low", "middle", "high", "holds", "either"),
    [
        ("en", "1–2 dissatisfied", "3 neutral", "4–5 satisfied", " is ", ", "),
        ("zh-CN", "1–2 不满意", "3 一般", "4–5 满意", "为", "、"),
    ],
)
def test_bands_are_said_in_the_language_of_the_page(
    source, node, language, low, middle, high, holds, either
):
    found = said(source, node, language)
    assert (found["group"], found["english"]) == (low, high)
    assert found["other"] == "1–2 不满意"
    assert found["unknown"] == "不满意"
    assert found["condition"] == f"服务{holds}{low}{either}{middle}"
    assert found["beside"] == [low, f"服务 {low}"]
    assert found["plain"] == f"大区{holds}华东{either}华南"
    assert found["region"] == ["华东", "大区 华东"]
