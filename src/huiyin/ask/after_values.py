"""What stands after a value and only says what it is one of: 支付功能, 小红书评论, 快运甲派送."""

from __future__ import annotations

import re

from huiyin.ask.meanings import Sort, Vocabulary

_RATED = r"(?=nps|净推荐|推荐|满意|费力|评分|打分)"
_OF_THEM = r"(?=nps|净推荐|推荐|满意|总体|整体|费力|客户|用户|人|件|包裹|评|意见|留言)"
_AFTER = (
    (r"平台", r"(?:上|里|那边)?的?(?:评论|笔记|点评|帖子|评价)的?(?=星级|评分|均分|打分)", "的"),
    (r"^模块$", rf"(?:功能|页面?|界面|板块|流程|中心|部分|场景)的?{_RATED}", "模块的"),
    (r"^业务$", rf"的?(?:办理|申请|服务)的{_OF_THEM}", "业务的"),
    (
        r"地点$",
        r"(?:办公室|办公地点?|办公点|职场|办事处|办公区|分公司|总公司|本部|公司|办(?!公|理|事))",
        "",
    ),
    (r"^承运", rf"(?:公司)?(?:承运|派送|配送|运送|送|寄|派)的{_OF_THEM}", "的"),
    (r"^操作系统$", r"(?:版(?!本)|机型)", ""),
    (r"^操作系统$|渠道$|平台$", r"端(?!口|午|正|到端)|入口(?=的|满意|nps)", ""),
    (r"问题类型$", r"相关(?:的?(?:问题|工单|咨询|诉求))?(?=的|满意|费力|解决)", "问题"),
)


def without_sorts(text: str, vocabulary: Vocabulary) -> str:
    """Leave out after a value what it is one of, where the column is one of that kind.

    Parameters
    ----------
    text : str
        In small letters.
    vocabulary : Vocabulary
    """
    for named, after, plain in _AFTER:
        columns = {one.name for one in vocabulary.codebook if re.search(named, one.name)}
        if columns:
            text = _after_values(text, vocabulary, columns, after, plain)
    return text


def _after_values(
    text: str, vocabulary: Vocabulary, columns: set[str], after: str, plain: str
) -> str:
    def said(found: re.Match[str]) -> str:
        before = text[: found.start()]
        return plain if _ends_in_value(before, vocabulary, columns) else found[0]

    return re.sub(after, said, text)


def _ends_in_value(text: str, vocabulary: Vocabulary, columns: set[str]) -> bool:
    words = (text[-n:] for n in range(2, min(vocabulary.longest, len(text)) + 1))
    return any(
        one.sort is Sort.VALUE and not columns.isdisjoint(one.columns)
        for word in words
        for one in vocabulary.meanings(word)
    )
