"""What only the slides say."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import Text

WORDS: Mapping[str, Text] = {
    "source": Text("来源：{files}", "Source: {files}"),
    "level": Text("区间为 {level} 置信区间", "intervals at {level}"),
    "counted": Text("{title}（{i}/{n}）", "{title} ({i}/{n})"),
    "see": Text("见：{chapter}", "see: {chapter}"),
    "matrix": Text("重要性与表现", "Importance and performance"),
    "matrix_none": Text("没有哪一项要优先改", "Nothing stands out to be fixed first"),
    "matrix_first": Text("先改：{which}", "Fix first: {which}"),
    "groups_overview": Text("{n} 个维度里，{which}有真差别", "Of {n} dimensions, {which} really differ"),
    "groups_same": Text("没有哪个维度有真差别", "No dimension really differs"),
    "best": Text("更好", "Better"),
    "worst": Text("更差", "Worse"),
    "effect": Text("效应量", "Effect size"),
    "worst_questions": Text("得分最低的 {n} 项", "The {n} lowest aspects"),
    "top_levels": Text("回答最多的选项", "Most frequent answer"),
    "lowest_share": Text("最低两档占比", "Two lowest levels"),
    "actions_title": Text("{n} 条建议措施，等负责人和期限", "{n} suggested measures, waiting for owner and deadline"),
    "ledger_title": Text(
        "{rows} 份答卷中 {valid} 份有效，只标记不删除",
        "{valid} of {rows} answers are valid; flagged, never deleted",
    ),
    "ledger_scores": Text("不用某条规则，分数会变多少", "The scores without one rule"),
    "method_title": Text("每个数是怎么算的", "How each number is computed"),
    "verbatims_title": Text("客户自己怎么说", "What customers say themselves"),
    "drivers_absent": Text("驱动因素算不出：{why}", "Drivers cannot be estimated: {why}"),
    "rest_of_list": Text("其余 {n} 行见 XLSX", "{n} more rows are in the XLSX"),
    "cross_title": Text("哪些人群集中在哪里", "Who is found where"),
    "association": Text("关联强度 V", "Association V"),
    "table": Text("组合", "Pair"),
    "interval_note": Text("{evidence}", "{evidence}"),
}  # fmt: skip


def say(key: str, language: str, **facts: object) -> str:
    """Say a word of the slides in `language`, its places filled."""
    return WORDS[key].format(**facts).say(language)
