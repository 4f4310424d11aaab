"""Traditional characters of survey words, read as the simplified ones that the word lists have."""

from __future__ import annotations

_TRADITIONAL = (
    "滿薦願編號時間議見務態質價環體驗費電話門員購買產業會單訂關聯絡點開數據類別國區縣層級績評論語說題問應處決還認證帳戶額錢報歲齡學歷職車運輸"
    "貨達遲簡難複雜輕鬆無沒過較極為與對長選項來裝備註聲響麼樣權樓廳廠嗎頻張優壞總綜強從經爾確實顧辦結導線設內視網頁贊絕僅參進後個這們際貴擔"
)
_SIMPLIFIED = (
    "满荐愿编号时间议见务态质价环体验费电话门员购买产业会单订关联络点开数据类别国区县层级绩评论语说题问应处决还认证账户额钱报岁龄学历职车运输"
    "货达迟简难复杂轻松无没过较极为与对长选项来装备注声响么样权楼厅厂吗频张优坏总综强从经尔确实顾办结导线设内视网页赞绝仅参进后个这们际贵担"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(words: str) -> str:
    """Write words for looking them up; what people see keeps its own characters.

    Examples
    --------
    >>> simplified("非常滿意")
    '非常满意'
    """
    return words.translate(_TABLE)
