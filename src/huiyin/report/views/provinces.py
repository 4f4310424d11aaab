"""The provinces of China by name, and where each stands on the tile map.

A tile a province-level unit, all 34 of them; places are a sketch and draw no boundary
(docs/decisions/0011).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

_LIST = """
黑龙江 省 Heilongjiang 7 0
内蒙古 自治区 Inner_Mongolia|Neimenggu|Nei_Mongol 4 1
辽宁 省 Liaoning 6 1
吉林 省 Jilin 7 1
新疆 维吾尔自治区 Xinjiang|Xinjiang_Uygur|Xinjiang_Uyghur 0 2
甘肃 省 Gansu 1 2
宁夏 回族自治区 Ningxia|Ningxia_Hui 2 2
山西 省 Shanxi 3 2
河北 省 Hebei 4 2
北京 市 Beijing 5 2
天津 市 Tianjin 6 2
西藏 自治区 Tibet|Xizang 0 3
青海 省 Qinghai 1 3
陕西 省 Shaanxi 2 3
河南 省 Henan 3 3
山东 省 Shandong 4 3
四川 省 Sichuan 1 4
重庆 市 Chongqing 2 4
湖北 省 Hubei 3 4
安徽 省 Anhui 4 4
江苏 省 Jiangsu 5 4
上海 市 Shanghai 6 4
云南 省 Yunnan 1 5
贵州 省 Guizhou 2 5
湖南 省 Hunan 3 5
江西 省 Jiangxi 4 5
浙江 省 Zhejiang 5 5
广西 壮族自治区 Guangxi|Guangxi_Zhuang 2 6
广东 省 Guangdong 3 6
福建 省 Fujian 4 6
台湾 省 Taiwan 6 6
海南 省 Hainan 2 7
澳门 特别行政区 Macao|Macau|Aomen 3 7
香港 特别行政区 Hong_Kong|Xianggang 4 7
"""
N_COLUMNS, N_ROWS = 8, 8
_SUFFIXES = ("", " province", " municipality", " city", " autonomous region", " sar")
_CITIES = {"北京", "天津", "上海", "重庆"}
_VARIANTS = {
    "臺灣": "台湾", "台灣": "台湾", "臺灣省": "台湾", "台灣省": "台湾", "中国台湾": "台湾",
    "中国香港": "香港", "中国澳门": "澳门", "澳門": "澳门", "新疆自治区": "新疆",
    "广西自治区": "广西", "宁夏自治区": "宁夏", "hongkong": "香港",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Province:
    """A province-level unit: its short name in two languages, and its tile from the upper left."""

    name: str
    english: str
    column: int
    row: int


@cache
def provinces() -> tuple[Province, ...]:
    """Give all 34."""
    lines = (line.split() for line in _LIST.strip().splitlines())
    return tuple(
        Province(name, names.split("|")[0].replace("_", " "), int(column), int(row))
        for name, _, names, column, row in lines
    )


def province_of(value: str | None) -> Province | None:
    """Recognise a province by its name, short or in full, Chinese or English.

    Parameters
    ----------
    value : str or None

    Returns
    -------
    Province or None
        None for whatever is no province: a city is not guessed to be in one.

    Examples
    --------
    >>> province_of("广西壮族自治区").english
    'Guangxi'
    >>> province_of("吉林市") is None
    True
    """
    if value is None:
        return None
    return _names().get(_plain(value))


def _plain(value: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


@cache
def _names() -> dict[str, Province]:
    by_name = {one.name: one for one in provinces()}
    found: dict[str, Province] = {}
    for line in _LIST.strip().splitlines():
        name, suffix, names, *_ = line.split()
        one = by_name[name]
        found[name] = found[name + suffix] = one
        for english in names.split("|"):
            plain = english.replace("_", " ").casefold()
            allowed = (s for s in _SUFFIXES if s != " city" or name in _CITIES)
            found.update({plain + ending: one for ending in allowed})
    found.update({_plain(variant): by_name[name] for variant, name in _VARIANTS.items()})
    return found
