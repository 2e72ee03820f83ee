"""Names of places in a tagged clause that no gazetteer has: what the segmenter knows, and what a suffix says."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.entities.lexicon import Lexicon
from transforms.entities.persons import Found
from transforms.entities.segment import Word

SUFFIX = {
    "省": "province", "市": "city", "县": "county", "区": "district", "镇": "town", "乡": "township", "村": "village",
    "州": "prefecture", "街道": "subdistrict", "社区": "community", "路": "road", "街": "road", "大道": "road", "胡同": "road",
    "巷": "road", "广场": "site", "公园": "site", "机场": "site", "火车站": "site", "车站": "site", "站": "site", "港": "site",
    "景区": "site", "寺": "site", "塔": "site", "大桥": "site", "桥": "site", "高速": "road", "开发区": "zone", "新区": "zone",
    "工业园": "zone", "科技园": "zone", "产业园": "zone", "科技城": "zone", "自贸区": "zone", "保税区": "zone", "小区": "site", "岛": "island", "群岛": "island",
    "半岛": "island", "山": "mountain", "江": "water", "河": "water", "湖": "water", "湾": "water", "海峡": "water",
    "发射场": "site", "体育场": "site", "城": "site", "大厦": "site", "古镇": "town",
}  # fmt: skip
GENERIC_WORDS = (
    "广度 深度 大城市 小城市 中小城市 大都市 各城市 城市 中国大陆 山村 都市 股市 上市 地区 市区 "
    "县城 乡镇 农村 社区 小区 街道 全省 全市 全县 全区 省市 各省 各市 市县 城区 郊区 山区 景区 "
    "校区 园区 灾区 震区 林区 牧区 老区 特区 辖区 片区 赛区 战区 新区 江河 河湖 高山 火山 江山 "
    "深山 东部 西部 南部 北部 中部 东方 西方 南方 北方 地中 首府 首都 外地 本地 当地 人民大会 "
    "两岸 市中心 省会 上海港 高速 华夏 神州 海内外 天下 东南 江湖 黑山 世界 唐山大 南北 东西 "
)
GENERIC = frozenset(GENERIC_WORDS.split())
INSIDE_WORDS = "n ns nz nr nrt nrfg ng j zg s f b x m "
INSIDE = frozenset(INSIDE_WORDS.split())


def places(words: list[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Every place of the clause that the gazetteer does not hold."""
    for k, word in enumerate(words):
        if word.text in lexicon.known or word.text in GENERIC:
            continue
        if word.tag == "ns" and len(word.text) >= 2:
            yield Found(word.text, "place", _subtype(word.text), 2 if len(word.text) > 2 or _subtype(word.text) else 1)
        elif word.text in SUFFIX and k:
            before = words[k - 1]
            if (
                before.end == word.start
                and before.tag in ("ns", "nz", "nr", "nrt", "nrfg", "zg")
                and 2 <= len(before.text) <= 5
            ):
                yield Found(before.text + word.text, "place", SUFFIX[word.text], 2)


def _subtype(name: str) -> str:
    return next((SUFFIX[name[-n:]] for n in (3, 2, 1) if len(name) > n + 0 and name[-n:] in SUFFIX), "")
