"""Words that other surveys know: here they name something that there is not."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from huiyin.ask.called import called
from huiyin.ask.dictionary import Words
from huiyin.ask.meanings import GROUPS, RATED, Meaning, Sort, Vocabulary

WEAK_ELSEWHERE = frozenset(
    {"普通", "会员", "物流", "应用", "电话", "客服", "支付", "示例公司", "首页", "赔付", "报案"}
)
"""Values of some surveys whose names are everyday words: elsewhere they say nothing."""


OF_SATISFACTION = re.compile(r"满意度$|评价$|^(?:satisfaction )?with (?:the |our )?| satisfaction$")


def _rates(word: str, known: Container[str]) -> bool:
    """Tell whether 服务满意度, elsewhere a question of its own, is how 服务 is rated here."""
    rated = OF_SATISFACTION.sub("", word)
    return rated not in {word, ""} and rated in known


def words_of_elsewhere(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give words that other surveys know: here they name something that there is not."""
    rated = RATED_NAMES
    groups = [one for one in vocabulary.codebook if one.usable and one.role in GROUPS]
    ours = {name for column in groups for name in called(column)}
    here = [column.name for column in vocabulary.codebook.with_role(*RATED)]
    known = {word for name in here for word in (name, *said.columns.get(name, ()))}
    for name, spoken in said.columns.items():
        if name in vocabulary.codebook or name in ours:
            continue
        sort = Sort.NO_METRIC if name in rated else Sort.NO_COLUMN
        words = (word for word in {name, *spoken} if not _rates(word, known))
        yield from ((word, Meaning(sort, name)) for word in words)
    present = {value for values in vocabulary.values.values() for value in values}
    for value in said.values:
        if value not in present and value not in WEAK_ELSEWHERE:
            yield value, Meaning(Sort.NO_VALUE, value)
    for column, told in said.yes_no.items():
        if column not in vocabulary.codebook:
            yield from ((w, Meaning(Sort.NO_METRIC, w)) for w in (*told.rate, *told.not_rate))
    yield from ((word, Meaning(Sort.NO_METRIC, word)) for word in said.unknown_metrics)
    yield from ((word, Meaning(Sort.NO_COLUMN, word)) for word in said.no_columns)
    yield from ((word, Meaning(Sort.NO_VALUE, word)) for word in said.places)


_RATED = (
    "推荐意愿 总体满意度 服务满意度 产品质量 服务体验 价格感知 交付效率 售后支持 收银效率 "
    "环境整洁 再来意愿 续约意愿 购买意愿 本单金额 合同金额 答题秒数 响应速度 专业程度 处理结果 "
    "应用功能 稳定流畅 界面易用 等候时间 资料要求 办理效率 柜员态度 报案便捷 定损合理 赔付速度 "
    "客服支持 送达时效 包装完好 快递员态度 星级 办公环境 食堂 IT支持 报销 入职办理 HR响应"
)
RATED_NAMES = frozenset(_RATED.split(" "))
"""Of the columns that `words.yaml` knows, those that are rated or measured."""
