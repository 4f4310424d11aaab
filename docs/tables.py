"""Write the manual's tables from the code, between their markers; ``--check`` only compares.

A table stands between ``<!-- table:NAME -->`` and ``<!-- end -->``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from huiyin.app.settings import ENVIRONMENT
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Unit
from huiyin.measure.metric import DELTA_DURATION, DELTA_NPS, DELTA_POINTS, DELTA_SHARE, Metric
from huiyin.measure.rule_windows import HOUSE_WINDOWS

DOCS = Path(__file__).parent
SURVEY_SCHEMA = DOCS / "survey.schema.json"
MARKED = re.compile(r"(<!-- table:(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
DELTAS = {
    Unit.NPS: Text(f"{DELTA_NPS:g} 点", f"{DELTA_NPS:g} points"),
    Unit.POINTS: Text(f"{DELTA_POINTS:g} 分", f"{DELTA_POINTS:g} points"),
    Unit.SHARE: Text(f"{100 * DELTA_SHARE:g} 个百分点", f"{100 * DELTA_SHARE:g} pp"),
    Unit.SCALE: Text(f"量表宽度的 {DELTA_POINTS:g}%", f"{DELTA_POINTS:g}% of the scale’s width"),
    Unit.SECONDS: Text(
        f"对比时长的 {100 * DELTA_DURATION:g}%",
        f"{100 * DELTA_DURATION:g}% of the duration compared with",
    ),
}
PAGES = {DOCS / "manual" / "zh.md": ZH, DOCS / "manual" / "en.md": EN}


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Draw a Markdown table."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "".join(
        "| " + " | ".join(c.replace("|", "\\|") for c in line) + " |\n" for line in lines
    )


def metrics(language: str) -> str:
    """List every metric of answers."""
    return _metrics(language, lambda metric: metric.look is None)


def operations(language: str) -> str:
    """List every operational metric."""
    return _metrics(language, lambda metric: metric.look is not None)


def _metrics(language: str, wanted: Callable[[Metric], bool]) -> str:
    from huiyin.measure.catalogue import metric_catalogue

    headers = {ZH: ("id", "名称", "算法", "单位", "Δ"), EN: ("id", "name", "formula", "unit", "Δ")}
    rows = [
        (
            f"`{m.id}`",
            m.label.say(language),
            re.sub(r"( by)?\s*[:：]\s*{weights}", "", HOUSE_WINDOWS.fill(m.formula.say(language))),
            f"`{m.unit}`",
            DELTAS[m.unit].say(language),
        )
        for m in metric_catalogue().values()
        if wanted(m)
    ]
    return table(headers[language], rows)


def rules(language: str) -> str:
    """List every cleaning rule."""
    from huiyin.clean.rules import all_rules

    headers = {
        ZH: ("id", "规则", "看什么", "默认", "依据"),
        EN: ("id", "rule", "looks for", "default", "source"),
    }
    effect = {True: Text("不计入", "left out"), False: Text("提示", "warns")}
    rows = [
        (
            f"`{r.id}` v{r.version}",
            r.title.say(language),
            r.explanation.say(language),
            effect[r.excludes].say(language),
            r.source.say(language),
        )
        for r in all_rules()
    ]
    return table(headers[language], rows)


def profiles(language: str) -> str:
    """List every file layout."""
    from huiyin.collect.profiles.layout import profiles as all_profiles

    headers = {ZH: ("id", "版式"), EN: ("id", "layout")}
    return table(
        headers[language],
        [(f"`{p.name}`", p.title.say(language)) for p in all_profiles().values()],
    )


def settings(language: str) -> str:
    """List every setting."""
    headers = {ZH: ("环境变量", "作用"), EN: ("variable", "what for")}
    return table(headers[language], [(f"`{k}`", v.say(language)) for k, v in ENVIRONMENT.items()])


def roles(language: str) -> str:
    """List every role of a column."""
    from huiyin.codebook.roles import ROLE_TEXT

    headers = {ZH: ("角色", "含义"), EN: ("role", "meaning")}
    return table(headers[language], [(f"`{r}`", t.say(language)) for r, t in ROLE_TEXT.items()])


def people(language: str) -> str:
    """List what each role of a person reaches and may do."""
    from huiyin.people.contracts import RIGHT_TEXT, ROLE_REACH, ROLE_RIGHTS, ROLE_TEXT, Right

    headers = {ZH: ("角色", "范围", "可以做"), EN: ("role", "reaches", "may")}
    comma = {ZH: "、", EN: "; "}[language]
    rows = [
        (
            text.say(language),
            ROLE_REACH[role].say(language),
            comma.join(RIGHT_TEXT[r].say(language) for r in Right if r in ROLE_RIGHTS[role]),
        )
        for role, text in ROLE_TEXT.items()
    ]
    return table(headers[language], rows)


def server_settings(language: str) -> str:
    """List every setting on the settings page."""
    from huiyin.people.settings import SETTINGS

    headers = {ZH: ("设置", "作用", "默认"), EN: ("setting", "what for", "default")}
    words = {True: Text("是", "yes"), False: Text("否", "no")}
    rows = [
        (
            f"`{key}`",
            kind.text.say(language),
            words[kind.default].say(language)
            if isinstance(kind.default, bool)
            else str(kind.default),
        )
        for key, kind in SETTINGS.items()
    ]
    return table(headers[language], rows)


def sign_in(language: str) -> str:
    """List the ways of signing in, and what an administrator enters for each."""
    from huiyin.people.providers import all_providers

    headers = {ZH: ("方式", "要填的"), EN: ("by", "what to enter")}
    comma = {ZH: "、", EN: "; "}[language]
    rows = [
        (
            provider.title.say(language),
            comma.join(field.text.say(language) for field in provider.fields if field.required),
        )
        for provider in all_providers().values()
    ]
    return table(headers[language], rows)


def survey_templates(language: str) -> str:
    """List the questionnaires to start from."""
    from huiyin.collect.surveys.templates.gallery import list_templates

    headers = {
        ZH: ("模板", "看什么", "约几分钟", "竞品对比"),
        EN: ("template", "what it is for", "minutes", "competitor"),
    }
    words = {True: Text("可选", "optional"), False: Text("—", "—")}
    rows = [
        (
            one.name.say(language),
            one.purpose.say(language),
            f"{one.minutes.expected:.0f}",
            words[one.competitor].say(language),
        )
        for one in list_templates()
    ]
    return table(headers[language], rows)


def wording(language: str) -> str:
    """List what is warned of in the wording of questions."""
    from huiyin.collect.surveys.wording import wording_rules

    headers = {ZH: ("规则", "为什么", "怎么改", "依据"), EN: ("rule", "why", "instead", "source")}
    rows = [
        (f"`{r.id}`", r.reason.say(language), r.suggestion.say(language), r.source)
        for r in wording_rules()
    ]
    return table(headers[language], rows)


TABLES: dict[str, Callable[[str], str]] = {
    "metrics": metrics,
    "operations": operations,
    "rules": rules,
    "profiles": profiles,
    "settings": settings,
    "roles": roles,
    "people": people,
    "server_settings": server_settings,
    "sign_in": sign_in,
    "survey_templates": survey_templates,
    "wording": wording,
}


def filled(page: Path, language: str) -> str:
    """Give a page's text with its tables made anew."""
    return MARKED.sub(lambda m: f"{m[1]}{TABLES[m[2]](language)}{m[3]}", page.read_text("utf-8"))


def survey_schema() -> str:
    """Give the JSON Schema of a questionnaire’s definition."""
    from huiyin.collect.surveys.definition import Definition

    return json.dumps(Definition.model_json_schema(), ensure_ascii=False, indent=1) + "\n"


def wanted() -> dict[Path, str]:
    """Give what each file should hold."""
    return {
        **{page: filled(page, language) for page, language in PAGES.items()},
        SURVEY_SCHEMA: survey_schema(),
    }


def main() -> int:
    """Write the files, or compare them."""
    drifted = {
        file: text
        for file, text in wanted().items()
        if not file.exists() or file.read_text("utf-8") != text
    }
    if "--check" in sys.argv:
        for file in drifted:
            print(f"{file.name}: differs from the code; run `make docs`")
        return len(drifted)
    for file, text in drifted.items():
        file.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
