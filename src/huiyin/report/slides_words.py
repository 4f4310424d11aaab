"""What only the slides say."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import Text

WORDS: Mapping[str, Text] = {
    "source": Text("来源：{files}", "Source: {files}"),
    "level": Text("区间为 {level} 置信区间", "intervals at {level}"),
    "fact": Text("{name}：{value}", "{name}: {value}"),
    "counted": Text("{title}（{i}/{n}）", "{title} ({i}/{n})"),
    "appendix": Text("附：{title}", "Appendix: {title}"),
    "groups_same": Text("没有哪个维度有真差别", "No dimension really differs"),
    "aspects_between": Text("中间 {n} 项没有画出。", "{n} between them are not drawn."),
    "sentence": Text("{first}。{second}", "{first}. {second}"),
    "best": Text("明显更好", "Clearly better"),
    "worst": Text("明显更差", "Clearly worse"),
    "effect": Text("效应量", "Effect size"),
    "outcome": Text("业务结果", "Outcome"),
    "satisfaction": Text("满意度题", "Satisfaction"),
    "dimension": Text("维度", "Dimension"),
    "worst_questions": Text("得分最低的 {n} 题", "The {n} lowest ratings"),
    "other_ratings": Text("其余 {n} 题，从低到高", "The other {n} ratings, lowest first"),
    "all_ratings": Text("{n} 道评分题，从低到高", "{n} ratings, lowest first"),
    "each_question": Text("每题怎么答的", "How each question was answered"),
    "question": Text("题目", "Question"),
    "unanswered": Text("未答", "Missing"),
    "answered": Text("怎么答的", "How it was answered"),
    "level_share": Text("{name} {share} {interval}", "{name} {share} {interval}"),
    "between": Text("；", "; "),
    "actions_title": Text(
        "{n} 条建议措施，等负责人和期限", "{n} suggested measures, waiting for owner and deadline"
    ),
    "action_title": Text(
        "1 条建议措施，等负责人和期限", "1 suggested measure, waiting for owner and deadline"
    ),
    "ledger_title": Text(
        "{rows} 份答卷中 {valid} 份有效，只标记不删除",
        "{valid} of {rows} answers are valid; flagged, never deleted",
    ),
    "ledger_scores": Text("不用某条规则，分数会变多少", "The scores without one rule"),
    "ledger_quiet": Text(
        "另有 {n} 条规则没有发现问题或用不上，见 XLSX。",
        "{n} more rules found nothing or do not apply; see the XLSX.",
    ),
    "method_title": Text("每个数是怎么算的", "How each number is computed"),
    "notes_title": Text("读这些数要注意什么", "What to mind when reading"),
    "verbatims_title": Text("客户自己怎么说", "What customers say themselves"),
    "drivers_absent": Text("驱动因素算不出：{why}", "Drivers cannot be estimated: {why}"),
    "cross_title": Text("哪些人群集中在哪里", "Who is found where"),
    "association": Text("关联强度 V", "Association V"),
    "pair": Text("组合", "Pair"),
}


def say(key: str, language: str, **facts: object) -> str:
    """Say a word of the slides in `language`, its places filled."""
    return WORDS[key].format(**facts).say(language)
