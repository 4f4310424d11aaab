"""Contact data in free text, made unreadable before anyone sees it. Chinese and English.

Only what is surely contact data is masked: a report that hides half of what customers said is
no use, so a bare first name or a shop's hotline stays.
"""

from __future__ import annotations

import re
from functools import lru_cache

from huiyin.core.patterns import later

MASK = "***"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚"
    "范彭郎鲁韦昌苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安乐于傅齐康伍余顾孟黄穆萧"
    "尹姚邵汪祁毛狄米戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝季贾江童颜郭梅盛林钟徐邱骆高夏蔡田樊"
    "胡凌霍虞万柯管卢莫房解应宗丁邓洪包左石崔龚程邢裴陆荣翁荀甄曲封储靳段焦侯宁甘武刘景龙叶"
    "司黎薄白蒲邰赖卓池乔覃申桑桂边冉燕温庄晏柴瞿阎慕习艾容向古易廖耿满匡文寇广聂辛简饶曾关"
    "查游盖肖涂闫"
)
_GIVEN = r"[\u4e00-\u9fa5]"
_NO_NAME = "的了是很在不和我他她你们有没想要说去来过着就都也"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ACCOUNT_WORDS = (
    r"微信|薇信|威信|weixin|wechat|v信|vx|qq|扣扣|企鹅号|支付宝|alipay|whatsapp|telegram"
)
_STREET = r"Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct"

_WHOLE = tuple(
    later(pattern, flags)
    for pattern, flags in (
        # e-mail
        (r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
        # Chinese identity card: 6 digits of place, birth date, 3 digits, check digit
        (
            (
                r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
                r"(?![\dXx])"
            ),
            re.ASCII,
        ),
        # bank and credit cards
        (r"(?<![\d.])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.]*\d)", re.ASCII),
        # mobile numbers of the mainland
        (r"(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)", re.ASCII),
        # numbers with a country code
        (r"(?<![\d+])\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)", re.ASCII),
        # landlines: Chinese area codes, North American numbers; hotlines (400, 800) stay
        (r"(?<!\d)\(?0(?:10|2\d|[3-9]\d{2})\)?[- ]?[2-8]\d{6,7}(?!\d)", re.ASCII),
        (r"(?<!\d)(?!400|800)(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?!\d)", re.ASCII),
        # number plates
        (
            rf"[{_PROVINCES}][A-HJ-NP-Z][·• ]?(?=[A-HJ-NP-Z]*\d)[A-HJ-NP-Z\d]{{5,6}}(?![A-Za-z\d])",
            0,
        ),
        # passports and travel permits
        (r"(?<![A-Za-z\d])(?:[EGDSPH]\d{8}|E[A-HJ-NP-Z]\d{7})(?![A-Za-z\d])", re.ASCII),
        # addresses down to a house number
        (
            (
                r"(?:(?![在住到送去着是从的了条这那])[\u4e00-\u9fa5]){2,12}?(?:路|街|大道|巷|胡同)"
                r"\d{1,5}(?:号|弄)(?!公交|线|车)"
                r"(?:[\u4e00-\u9fa5]{0,8}\d{1,4}(?:号楼|栋|幢|单元|层|楼|室|户))*(?:\d{1,4}室?)?"
            ),
            0,
        ),
        (r"\d{1,3}(?:栋|幢|号楼)(?:\d{1,2}单元)?\d{2,4}(?:室|户|号)", 0),
        (rf"(?<!\d)\d{{1,5}} (?:[A-Z][a-z]+ ){{1,3}}(?:{_STREET})\b\.?", 0),
    )
)
_N_NUMBERS = 7
"""The first of them: mail, papers, cards and telephone numbers, which name one person wherever they
stand. The rest belongs to running text: a shop is rightly called by its address."""
_AFTER = tuple(
    later(pattern, flags)
    for pattern, flags in (
        # an account after its kind
        (
            (
                rf"((?:{_ACCOUNT_WORDS})\s*(?:号码?|id|number|群)?\s*(?:[:：是为]|is)?\s*)"
                r"(?:[a-z][\w-]{5,19}|[1-9]\d{4,11})"
            ),
            re.ASCII | re.IGNORECASE,
        ),
        # identity or order papers announced as such
        (
            r"((?:身份证|护照|会员卡?|银行卡|卡|驾驶证)号?码?\s*[:：是为]?\s*)[A-Za-z]?\d{6,}[Xx]?",
            0,
        ),
        # names that are announced
        (
            (
                rf"((?:我叫|我的名字[是叫]|姓名\s*[:：]\s*|联系人\s*[:：]\s*))"
                rf"[{_SURNAMES}]{_GIVEN}{{1,2}}(?=$|[\s,，.。;；!！?？、的是在住电手联])"
            ),
            0,
        ),
        (r"((?:[Mm]y name is|[Tt]his is) )[A-Z][a-z]+(?: [A-Z][a-z]+)+", 0),
        (r"([Mm]y name is )[A-Z][a-z]+", 0),
        (r"(\b(?:Mr|Mrs|Ms|Miss|Dr)\.? )[A-Z][a-z]+(?: [A-Z][a-z]+)?", 0),
    )
)
MAY_HOLD_CONTACTS = (
    r"(?i)[0-9]{4}|@|\+[0-9]|[0-9０-９](?:号|弄|栋|幢| [a-z])|我叫|我的名字|姓名"
    rf"|联系人|先生|女士|小姐|name is|this is|\b(?:mr|mrs|ms|miss|dr)\b|{_ACCOUNT_WORDS}"
    rf"|[{_PROVINCES}][a-hj-np-z]"
)
"""A text that does not match this is not changed by `mask_contacts`."""
_TELLING = later(r"@|\d[\d\s().+-]{5}")
_TITLED = later(rf"[{_SURNAMES}][^\W\d_a-zA-Z{_NO_NAME}]{{0,2}}(?=先生|女士|小姐(?!姐))")


def mask_contacts(text: str) -> str:
    """Mask phone numbers, mail addresses, accounts, papers, plates, addresses and names.

    Parameters
    ----------
    text : str
        One comment.

    Returns
    -------
    str
        The comment with ``***`` where contact data stood, ``某`` for the name before 先生 or 女士.
        Masking twice changes nothing.

    Examples
    --------
    >>> mask_contacts("我叫张伟，电话13812345678，请回电")
    '我叫***，电话***，请回电'
    """
    for pattern in _AFTER:
        text = pattern.sub(rf"\g<1>{MASK}", text)
    for pattern in _WHOLE:
        text = pattern.sub(MASK, text)
    return _TITLED.sub("某", text)


@lru_cache(maxsize=100_000)
def mask_numbers(value: str) -> str:
    """Mask mail addresses, papers, cards and telephone numbers in a value that is shown as it is.

    For the values of a column, where a word or two stand and an address names a shop.

    Parameters
    ----------
    value : str
        One value of a column.

    Returns
    -------
    str
        The value with ``***`` where such a number stood; mostly the value itself.

    Examples
    --------
    >>> mask_numbers("其他〖13812345678〗"), mask_numbers("南京路100号店")
    ('其他〖***〗', '南京路100号店')
    """
    if not _TELLING.search(value):
        return value
    for pattern in _WHOLE[:_N_NUMBERS]:
        value = pattern.sub(MASK, value)
    return value
