"""Chinese turns of phrase that ask whether two numbers go together: NPS取决于服务吗, 一掉就掉."""

from __future__ import annotations

import re

from huiyin.ask.meanings import Sort, Vocabulary
from huiyin.codebook.contracts import Role

_M = (
    r"(?:nps|净推荐值|满意[度率]|(?:推荐|再来|续约|购买|复购|回购)意愿|复购率?|回购率|续约率?|"
    r"客单价"
    r"|费力度|解决率|评分)"
)
_A = r"([^,，。;；?？什哪啥谁比各多几]{2,10}?)"
_ASKS = r"(?:吗|么|嘛|没有?|不|呢|吧)?(?=$|[?？])"
_UP = r"(?:上涨|上升|提升|提高|改善|变好|好转|走高|上去|上来|[涨升高好])"
_DOWN = r"(?:下跌|下降|下滑|降低|变差|恶化|走低|下去|下来|[跌掉降低差])"
_GO = rf"(?:{_UP}|{_DOWN})"
_PEOPLE = r"(?:那些|这些)?(?:客户|顾客|客人|用户|会员|人|员工|同事)"
_TOO = r"(?:是不是|是否|会不会|肯定|一般|也|都|会|更|就|要|比较|偏|反而|普遍)"
RELATING_TURNS: tuple[tuple[str, str], ...] = (
    # 满意度受不受响应速度影响, NPS取决于服务吗, 会不会随着价格变
    (
        (
            rf"({_M})(?:会不会|是不是|是否|会|真的)?(?:受不受|受到?|被){_A}的?(?:影响|左右|牵制|拖"
            rf"累|制约|波及)(?:大不大|大|很大)?{_ASKS}"
        ),
        r"\2和\1有没有关系",
    ),
    (
        (
            rf"({_M})(?:主要|完全|是不是|是否|都|就|全)*(?:取决于|靠的是|在于|依赖于?){_A}(?:吗|么|"
            r"嘛|[?？])$"
        ),
        r"\2和\1有没有关系",
    ),
    (
        (
            rf"({_M})(?:会不会|是不是|是否|会)?(?:也|就|都)?(?:跟着|随着?)(?!时间|日期|月份|季节){_A}的?(?:{_GO}|变化|"
            r"变动|波动|高低|好坏)?"
            rf"(?:而|一起|也|来)?(?:变化?|改变|波动|走|动|{_GO}){_ASKS}"
        ),
        r"\2和\1有没有关系",
    ),
    (
        (
            rf"^(?:随着|伴随)(?!时间|日期|月份|季节){_A}的?(?:不断|逐步|慢慢)?{_GO}了?[,，]?({_M})"
            rf"{_TOO}*(?:跟着|随之|一起)?{_GO}了?{_ASKS}"
        ),
        r"\1和\2有没有关系",
    ),
    # 专业程度涨满意度也涨吗, 界面一掉NPS就掉吗
    (
        (
            rf"^{_A}(?:一|要是|如果|只要|一旦)?(?:做得|变得?|往上|往下)?{_GO}了?[,，]?({_M})(?:"
            r"也|就|都|会|跟着|是不是|是否|肯定|一定)+"
            rf"(?:往上|往下|变)?{_GO}了?(?:吗|么|嘛|[?？]$|$)"
        ),
        r"\1和\2有没有关系",
    ),
    # 服务打高分的人NPS会更高吗, 对价格满意的客户满意度是不是也高
    (
        (
            rf"^(?:对|给)?{_A}(?:都|很|比较|给|打|评)*(?:打?高分|打?低分|满意|不满意?|认可|差评"
            rf"|好评)的?{_PEOPLE}(?:的)?[,，]?"
            rf"({_M}){_TOO}+(?:高|低|好|差)(?:一?些|一?点)?(?:吗|么|嘛|不|[?？])*$"
        ),
        r"\1和\2有没有关系",
    ),
    # 两个分不开, 对满意度管用吗, 有没有必然联系
    (
        (
            rf"{_A}(?:和|跟|与|同)({_M})(?:是不是|是否)?(?:分不开|密不可分|息息相关|脱不开|离不开"
            rf"){_ASKS}"
        ),
        r"\1和\2有没有关系",
    ),
    (
        rf"对({_M})(?:管用|顶用|有用|好使|起作用|管不管用|有没有用|要紧|要不要紧|打紧){_ASKS}",
        r"对\1有没有影响",
    ),
    (r"(?<=有没有)(?:必然|直接|明显|显著|什么|内在|实质|强)的?(?=联系|关系|关联|相关|影响)", ""),
    (r"(?<=[有无])(?:必然|内在|实质)的?(?=联系|关系|关联|相关)", ""),
)

_RELATES = re.compile(
    r"关系|相关|影响|关联|联系|挂钩|有关|越.+越|重要|要紧|帮助|拖累|带动|拉动|[好差高低]的?时"
    r"候|因为|就[高低好差]"
)
_OF_RATING = (
    r"(?=高|低|好|差|不好|做得|慢|快|越|[和跟与同对、](?!.{0,4}(?:环节|阶段))|影响|有|会|能|是不是"
    r"|吗|$)"
)


def with_rated_stages(text: str, vocabulary: Vocabulary) -> str:
    """Write 定损和NPS有没有关系 with the aspect 定损合理: a stage alone is no side of a relation.

    Parameters
    ----------
    text : str
        In small letters.
    vocabulary : Vocabulary
    """
    if not _RELATES.search(text) or not re.search(_M, text):
        return text
    book = vocabulary.codebook
    stages = {one.name for one in book.with_role(Role.STAGE)}
    for aspect in vocabulary.aspects() if stages else ():
        for end in range(2, len(aspect.name)):
            word = aspect.name[:end]
            of_stage = any(
                one.sort is Sort.VALUE and not stages.isdisjoint(one.columns)
                for one in vocabulary.exact.get(word, ())
            )
            if of_stage:
                text = re.sub(
                    f"(?<!处于){word}(?!{aspect.name[end:]}){_OF_RATING}", aspect.name, text
                )
    return text
