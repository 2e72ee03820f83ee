"""Names of people in a tagged clause: surname and given name, or a transliteration, in a context that speaks for a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from transforms.entities.lexicon import Lexicon
from transforms.entities.segment import Word


class Found(NamedTuple):
    """A name found in a clause; `strength` 2 stands alone, 1 needs support from elsewhere in the article."""

    surface: str
    entity_type: str
    entity_subtype: str
    strength: int


SPEECH_WORDS = (
    "说 表示 指出 认为 强调 称 坦言 透露 介绍 解释 补充 告诉 回忆 写道 感叹 感慨 建议 呼吁 宣布 "
    "证实 谈到 提到 出席 主持 会见 担任 出任 当选 获得 率 率领 致辞 发表 接受 赶到 来到 前往 "
    "率队 带领 在 是 也 曾 正 已 就 从 对 将 和 与 及 等 的 今年 出生 毕业于 加盟 执导 主演 "
    "饰演 走进 深知 一边 依然 选择 决定 发现 告诉记者 为 向 则 还 又 都 先后 不仅 没有 因 被 "
    "把 "
)
SPEECH = frozenset(SPEECH_WORDS.split())
SAYS = ("说", "表示", "指出", "认为", "称", "告诉", "强调", "介绍", "坦言", "透露", "回忆", "解释")
LISTS = frozenset("、和与及同")
ADDRESS_WORDS = (
    "先生 女士 小姐 同志 老师 教授 博士 院士 医生 总裁 总经理 董事长 主任 记者 局长 部长 总理 主席 总统 总书记 "
)
ADDRESS = frozenset(ADDRESS_WORDS.split())
# Words the segmenter knows as names that are everyday words in the news.
NOT_NAMES_WORDS = (
    "高峰 明白 安全 高兴 温馨 和平 平安 安康 康庄 黄金 高考 高官 高铁 高清 周年 周末 金融 金牌 "
    "任务 时代 时间 文化 文明 文静 白天 石头 马路 马上 何时 何人 何处 方向 方圆 方才 成果 成功 "
    "安心 安定 华人 华侨 华裔 常年 向上 向前 连续 关于 于是 水平 水利 江山 江水 田园 雷达 雷暴 "
    "夏天 夏季 夏粮 冷静 花开 花园 车主 车祸 车间 单位 丁点 司机 管理 管道 项目 宗旨 应当 鲁莽 "
    "毛病 毛利 熊猫 龙头 万千 万家 万元 党员 谈判 谈话 胜利 胜出 全球 盛会 盛世 游戏 游客 简单 "
    "简介 池塘 贝壳 红旗 红色 米饭 柳树 艾滋 屈服 祝福 祝贺 祝愿 尚未 利益 别墅 经典 明星 小康 "
    "华丽 元旦 元宵 元首 元年 权益 丰收 易燃 满意 满足 富豪 贺岁 贺信 贺电 舒适 舒服 尤其 牛奶 "
    "牛肉 牛市 熊市 严峻 严肃 严重 严格 "
)
NOT_NAMES = frozenset(NOT_NAMES_WORDS.split())


def persons(clause: str, words: list[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Every name of the clause, with the strength of its evidence."""
    yield from _transliterated(clause, words, lexicon)
    for i, word in enumerate(words):
        if word.text[0] in lexicon.surnames or word.text[:2] in lexicon.surnames:
            yield from _chinese(clause, words, i, lexicon)


def _title_before(clause: str, start: int, lexicon: Lexicon) -> bool:
    return bool(lexicon.title_end.search(clause[max(0, start - 8) : start]))


def _support(clause: str, words: list[Word], first: int, end: int, lexicon: Lexicon) -> int:
    """2: a title or a verb of people stands beside; 1: the name opens or closes the clause or a list; 0: nothing."""
    start = words[first].start
    after = clause[end : end + 5]
    if _title_before(clause, start, lexicon) or any(after.startswith(title) for title in ADDRESS):
        return 2
    following = next((w for w in words[first:] if w.start >= end), None)
    if following is not None and following.start == end and following.text in SPEECH:
        return (
            2 if following.text in ("说", "表示", "指出", "认为", "称", "告诉", "强调", "介绍", "坦言", "透露") else 1
        )
    return int(start == 0 or end == len(clause) or clause[start - 1] in LISTS or after[:1] in LISTS)


def _chinese(clause: str, words: list[Word], i: int, lexicon: Lexicon) -> Iterator[Found]:
    """A Chinese name that begins with word i."""
    word = words[i]
    if word.tag in ("p", "c", "d", "r", "uj", "ul") or word.text in ("于", "从"):
        return
    if word.tag in ("ns", "nt", "m", "t") and not _title_before(clause, word.start, lexicon):
        return
    end = _name_end(clause, words, i, lexicon)
    name = clause[word.start : end]
    if end == 0 or name in NOT_NAMES or name in lexicon.titles:
        return
    surname = 2 if name[:2] in lexicon.surnames and len(name) > 2 else 1
    plausible = all(c in lexicon.given for c in name[surname:])
    certain = name[:surname] in lexicon.plain_surnames
    tagged = word.tag.startswith("nr") and len(word.text) > 1
    support = _support(clause, words, i, end, lexicon)
    score = 2 * tagged + support + plausible + certain + (len(name) - surname == 2)
    loose = certain and plausible and all(len(w.text) == 1 for w in words[i : i + 3]) and len(name) == 3
    if not tagged and support < 2:
        if loose:
            yield Found(name, "person", "", 1)
        return
    if score >= 5 or (support == 2 and plausible and (certain or len(name) > 2)):
        yield Found(name, "person", "", 2)
    elif score >= 4:
        yield Found(name, "person", "", 1)


def _name_end(clause: str, words: list[Word], i: int, lexicon: Lexicon) -> int:
    """Where the name that begins with word i ends; 0 if no name begins there."""
    word = words[i]
    surname = 2 if clause[word.start : word.start + 2] in lexicon.surnames else 1
    if word.tag.startswith("nr") and surname < len(word.text) <= surname + 2:
        end = word.end
        # 张|小|伟: the segmenter leaves the last character of a rare name alone.
        if len(word.text) == surname + 1 and i + 1 < len(words) and _loose(words[i + 1], lexicon):
            end += 1
        while end - word.start > surname + 1 and clause[end - 1] in lexicon.never_given:
            end -= 1
        return 0 if any(c in lexicon.never_given for c in clause[word.start + surname : end]) else end
    if len(word.text) > surname:
        return 0
    end = word.end
    for following in words[i + 1 : i + 3]:
        if len(following.text) > 2 or following.tag in (
            "v",
            "p",
            "c",
            "uj",
            "x",
            "d",
            "m",
            "r",
            "ul",
            "ns",
            "nt",
            "t",
            "i",
            "l",
            "f",
        ):
            break
        if following.end - word.start > surname + 2 or any(c not in lexicon.given for c in following.text):
            break
        end = following.end
    return end if end > word.start + surname else 0


def _loose(word: Word, lexicon: Lexicon) -> bool:
    """A single character that can end a given name and is no word of grammar."""
    return (
        len(word.text) == 1
        and word.tag in ("n", "nr", "zg", "g", "ng", "a", "b", "nz", "x")
        and word.text in lexicon.given
    )


DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fffA-Z]{1,7})+")


def _transliterated(clause: str, words: list[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Foreign names: with the dot between their parts, or as one word written in the characters of transliteration."""
    if "·" in clause:
        for match in DOTTED.finditer(clause):
            name = _cut_to_transliteration(match.group(), lexicon)
            if name:
                yield Found(name, "person", "", 2)
    for i, word in enumerate(words):
        if not word.tag.startswith("nr") or len(word.text) < 2 or len(word.text) > 6:
            continue
        if not all(c in lexicon.transliteration for c in word.text):
            continue
        if word.text in lexicon.known or "·" in (
            clause[max(0, word.start - 1) : word.start],
            clause[word.end : word.end + 1],
        ):
            continue
        support = _support(clause, words, i, word.end, lexicon)
        if len(word.text) >= 3 and support == 2:
            yield Found(word.text, "person", "", 2)
        elif support == 2 or len(word.text) >= 3:
            yield Found(word.text, "person", "", 1)


def _cut_to_transliteration(text: str, lexicon: Lexicon) -> str:
    """The dotted name without the words before and after it; '' if a part of it is no transliteration."""
    parts = text.split("·")
    head = parts[0]
    keep = len(head)
    while keep and head[keep - 1] in lexicon.transliteration:
        keep -= 1
    head = head[keep:]
    for title in sorted(lexicon.titles, key=len, reverse=True):
        if head.startswith(title) and len(head) > len(title):
            head = head[len(title) :]
            break
    tail = parts[-1]
    stop = next((k for k, c in enumerate(tail) if c not in lexicon.transliteration and not c.isascii()), len(tail))
    parts[0], parts[-1] = head, tail[:stop]
    if len(parts[-1]) < 1 or not head or len("".join(parts)) < 3:
        return ""
    if any(c not in lexicon.transliteration and not c.isascii() for part in parts[1:-1] for c in part):
        return ""
    return "·".join(parts)
