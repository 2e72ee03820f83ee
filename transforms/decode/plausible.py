"""How much a string looks like Chinese prose: the referee between encodings that all decode."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

SAMPLE_CHARACTERS = 20_000
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』—…·～％　﹐﹑﹔﹕")
# The function words and plain words every kind of Chinese text is full of, in both scripts.
FREQUENT = frozenset(
    "的一是了我不人在他有这個个上们來来到时時大地为為子中你说說生国國年着着就那和要她出也得里里後后自以会會家可下而过過天去能对對小多然于"
    "于心学學么麼之都好看起发發当當没沒成只如事把还還用第样樣道想作种種開开美总總从從无無情己面最女但现現前些所同日手又行意动動方期它頭头"
    "经經长長兒儿回位分爱愛老因很给給名法间間知世什两兩次使身者被高已亲親其进進此话話常与與活正感见見明问問力理尔爾点點文几幾定本公特做外"
    "孩相西果走将將月十实實向声聲车車全信重三机機工物气氣每并並别別真打太新比才便夫再书書部水像眼等体體却加电電主界门門利海受听聽表德少克"
    "代员員许許先口由死安写寫性马馬光白或住难難望教命花结結乐樂色更拉东東神记記处處让讓母父应應直字场場平报報友关關放至张張认認接告入笑"
    "内內英军軍候民岁歲往何度山觉覺路带帶万萬男边邊风風解叫任金快原吃妈媽变變通师師立象数數四失满滿战戰远遠格士音轻輕目条條呢市区區省县縣"
    "政府部门企业業业技术術济濟社服务務经营營产產品生投资資建设設管合作展提研究科创創项項记者责任编編辑輯图圖源北京上海今据據称稱"
)


def _level_one(codec: str, leads: range, trails: range) -> frozenset[str]:
    """The Chinese characters a national standard ranks as common: its first level, sorted apart from the rare ones."""
    found = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return frozenset(character for character in found if "\u4e00" <= character <= "\u9fff")


COMMON = _level_one("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)) | _level_one(
    "big5", range(0xA4, 0xC7), range(0x40, 0xFF)
)


def _weight(character: str) -> float:
    """What one occurrence of a non-ASCII character says for (> 0) or against (< 0) the reading."""
    if character in FREQUENT:
        return 1.0
    if character in PUNCTUATION:
        return 0.9
    if character in COMMON:
        return 0.5
    if unicodedata.category(character) in ("Co", "Cc", "Cs", "Cn") or character == "\ufffd":
        return -2.0
    if "\u3400" <= character <= "\u9fff":
        return -0.4
    if "\u3041" <= character <= "\u30ff":
        return 0.2  # Kana: a text in Chinese may quote Japanese, and a wrong reading holds a few.
    if "\uff01" <= character <= "\uff5e" or "\u2010" <= character <= "\u2044":
        return 0.5
    return -0.5


class _Weights(dict[str, float]):
    """Weights worked out once per distinct character."""

    def __missing__(self, character: str) -> float:
        self[character] = value = _weight(character)
        return value


_WEIGHTS = _Weights()


def score(text: str, ascii_weight: float | None = None) -> float:
    """Mean weight of non-ASCII characters: about 0.8 for Chinese prose, below 0.35 for a wrong reading, 0 without.

    Printable ASCII counts with `ascii_weight` where one is given.
    """
    counts = Counter(text if len(text) <= SAMPLE_CHARACTERS else _sample(text))
    total = weight = 0.0
    for character, count in counts.items():
        if character > "\x7f" or character < "\t" or "\x0e" <= character < " ":
            total += count
            weight += _WEIGHTS[character] * count
        elif ascii_weight is not None:
            total += count
            weight += ascii_weight * count
    return weight / total if total else 0.0


def _sample(text: str) -> str:
    """The first non-ASCII characters of a long text: pages open with much ASCII markup."""
    return "".join(_NOT_ASCII.findall(text[: 100 * SAMPLE_CHARACTERS]))[:SAMPLE_CHARACTERS]
