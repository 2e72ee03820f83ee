"""Names of organisations in a tagged clause: a suffix that says what it is, and a left boundary found word by word."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.entities.lexicon import Lexicon
from transforms.entities.persons import Found
from transforms.entities.segment import Word

# Parts of speech a name may be built of; a verb, preposition, pronoun or particle ends it.
INSIDE_WORDS = "n ns nt nz nr nrt nrfg ng vn an eng j b f s nx g zg x a k q vg "
INSIDE = frozenset(INSIDE_WORDS.split())
PROPER_WORDS = "ns nt nz nr nrt nrfg eng j zg "
PROPER = frozenset(PROPER_WORDS.split())
FIELDS_WORDS = (
    "科技 传媒 地产 置业 汽车 电器 电子 网络 通信 软件 生物 能源 重工 钢铁 石化 酒店 商场 超市 "
    "书店 投资 资本 股份 实业 乳业 餐饮 唱片 娱乐 银行 证券 保险 基金 航空 药业 影业 控股 法院 "
    "学校 中学 小学 医院 大学 联盟 海关 "
)
FIELDS = frozenset(FIELDS_WORDS.split())
JOINTS = frozenset("与及和暨")
# Nouns that describe an organisation rather than belong to its name.
BEFORE_WORDS = (
    "本报讯 本报 讯 电 会同 "
    "时任 现任 原 前 位于 著名 知名 国内 国外 海外 全国 全球 世界 国际 当地 本地 我国 该 同 某 "
    "各 本 新 老 大 小 家 家家 多家 这家 一家 两家 相关 有关 部分 所有 其他 其它 其中 外资 "
    "民营 国有 上市 龙头 领先 合作 旗下 所属 下属 附近 驻地 校友 公司 集团 企业 记者 来源 今年 "
    "去年 近日 昨天 今天 昨日 日前 目前 当时 东家 豪门 球队 股东 客户 买家 卖家 巨头 厂商 开发商 "
    "运营商 房企 券商 国资 非 "
)
BEFORE = frozenset(BEFORE_WORDS.split())
GENERIC_WORDS = (
    "人工智能 互联网 技术 高科技 公司 集团 企业 政府 中心 大学 学院 学校 医院 银行 基金 证券 网络 "
    "电子 科技 能源 汽车 软件 投资 地产 保险 生物 通信 资本 电器 航空 娱乐 钢铁 股份 酒店 俱乐部 "
    "联盟 协会 委员会 研究院 研究所 实验室 研究中心 法院 警方 公安 军队 海军 空军 部队 国会 议会 "
    "海关 总局 支队 总队 单位 团队 媒体 平台 方面 机构 网站 项目 "
)
GENERIC = frozenset(GENERIC_WORDS.split())


def organisations(clause: str, words: list[Word], lexicon: Lexicon) -> Iterator[Found]:
    """Every organisation of the clause whose name ends in a known suffix."""
    if lexicon.suffix.search(clause) is None:
        return
    ends = {word.end: k for k, word in enumerate(words)}
    for match in lexicon.suffix.finditer(clause):
        last = ends.get(match.end())
        if last is None or clause[match.end() : match.end() + 1] in ("生", "长", "员"):
            continue
        subtype, strength = lexicon.suffixes[match.group()]
        first = _left_end(clause, words, last, match.start(), lexicon)
        if first is None:
            continue
        name = clause[words[first].start : match.end()]
        core = name[: match.start() - words[first].start] if match.start() > words[first].start else name
        if not 3 <= len(name) <= 30 or name in lexicon.titles or name in lexicon.suffixes:
            continue
        proper = _is_proper(words[first], lexicon)
        if strength == "weak":
            if (
                not _is_place(words[first], lexicon)
                or not len(match.group()) + 2 <= len(name) <= 12
                or words[last].tag not in INSIDE
            ):
                continue
        elif not proper or (len(core) < 2 and words[first].tag != "nt") or _is_field(core, match.group(), lexicon):
            continue
        yield Found(name, "organisation", subtype, 2)


def _is_field(core: str, suffix: str, lexicon: Lexicon) -> bool:
    """中国科技, 上海汽车: a place and a trade make no company."""
    return suffix in FIELDS and lexicon.known.get(core, ("",))[0] == "place"


def _is_place(word: Word, lexicon: Lexicon) -> bool:
    if len(word.text) < 2:
        return False
    return word.tag in ("ns", "nt") or lexicon.known.get(word.text, ("",))[0] == "place"


def _is_proper(word: Word, lexicon: Lexicon) -> bool:
    """The word can open a name: a place, a brand, a person, a word no dictionary has."""
    if word.text in BEFORE or word.text in GENERIC:
        return False
    if word.tag in PROPER or word.text in lexicon.known:
        return True
    return word.tag == "x" and word.text.isascii() and word.text[:1].isalpha()


def _left_end(clause: str, words: list[Word], last: int, suffix_start: int, lexicon: Lexicon) -> int | None:
    """Index of the first word of the name whose last word is `last`, None if there is no name."""
    best: int | None = None
    for k in range(last, -1, -1):
        word = words[k]
        if word.end <= suffix_start:
            if word.text in JOINTS:
                if k == 0 or _closes_name(clause[: word.start], lexicon):
                    break
                continue
            inside = word.tag in INSIDE or lexicon.known.get(word.text, ("",))[0] == "organisation"
            if not inside or word.text in lexicon.titles or word.text in BEFORE:
                break
            if (
                word.tag.startswith("nr")
                and best is not None
                and word.text[0] in lexicon.surnames
                and len(word.text) <= 3
            ):
                break
        if _is_proper(word, lexicon):
            best = k
    return best


def _closes_name(left: str, lexicon: Lexicon) -> bool:
    """The text before a joint ends in a suffix: the joint stands between two names, not inside one."""
    return any(left.endswith(suffix) for suffix in lexicon.suffixes)
