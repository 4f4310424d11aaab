"""Where the company is: seven regions, their provinces and cities, and 60 shops."""

from __future__ import annotations

from dataclasses import dataclass

COMPANY = "示例公司"
COMPETITOR = "竞品甲"
_SHOPS = """
华东 上海 上海 徐家汇 五角场 陆家嘴 虹桥
华东 江苏 南京 新街口 河西
华东 江苏 苏州 观前 园区
华东 浙江 杭州 武林 西溪
华东 浙江 宁波 天一
华东 安徽 合肥 淮河路
华东 福建 厦门 中山路
华东 福建 福州 东街口
华东 山东 青岛 五四广场
华东 山东 济南 泉城路
华南 广东 广州 天河 北京路 番禺
华南 广东 深圳 东门 福田 南山
华南 广东 东莞 南城
华南 广东 佛山 祖庙
华南 广东 珠海 拱北
华南 广西 南宁 朝阳
华南 海南 海口 国贸
华北 北京 北京 西单 望京 五道口 国贸
华北 天津 天津 滨江道 南开
华北 河北 石家庄 北国
华北 山西 太原 柳巷
华北 内蒙古 呼和浩特 中山西路
华中 湖北 武汉 江汉路 光谷
华中 湖北 宜昌 解放路
华中 湖南 长沙 五一广场 梅溪湖
华中 河南 郑州 二七 郑东
华中 江西 南昌 八一
西南 四川 成都 春熙路 天府
西南 四川 绵阳 涪城
西南 重庆 重庆 解放碑 观音桥
西南 云南 昆明 南屏街
西南 贵州 贵阳 喷水池
西南 西藏 拉萨 北京中路
东北 辽宁 沈阳 中街
东北 辽宁 大连 青泥洼
东北 吉林 长春 红旗街
东北 黑龙江 哈尔滨 中央大街 西城
西北 陕西 西安 钟楼
西北 甘肃 兰州 张掖路
西北 新疆 乌鲁木齐 大巴扎
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one shop is."""

    region: str
    province: str
    city: str
    shop: str


def _places() -> tuple[Place, ...]:
    lines = (line.split() for line in _SHOPS.strip().splitlines())
    return tuple(
        Place(region, province, city, f"{city}{corner}店")
        for region, province, city, *corners in lines
        for corner in corners
    )


SHOPS = _places()
REGIONS = tuple(dict.fromkeys(place.region for place in SHOPS))
PROVINCES = tuple(dict.fromkeys(place.province for place in SHOPS))
CITIES = tuple(dict.fromkeys(place.city for place in SHOPS))
