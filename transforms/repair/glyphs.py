"""Lost and doubled glyphs: `?` for the dot of a foreign name or for an icon, stars and doubled commas, tag remains."""

from __future__ import annotations

import polars as pl

from transforms.lines import fold
from transforms.spans import apply, as_edits, compose, no_edits, occurrences

# Characters that spell foreign names; two of them on either side of a '?' are parts of one name.
SPELLING = (
    "阿埃艾安翰汉茨肖尚邓迈勃冯凯丝蕾薇菲茜黛奥巴拜班邦鲍贝本比宾波博布查达戴丹德登迪蒂杜顿多厄恩尔法凡菲费芬弗夫福盖冈戈格根古哈海汉赫亨胡霍基吉加贾杰金卡凯坎康考柯科克肯库奎"
    "拉莱兰朗劳勒雷里理利廉林琳龙隆卢鲁路露伦罗洛马玛迈麦曼梅门蒙米密明摩莫墨默姆木穆纳娜奈内尼涅宁纽努诺欧帕潘庞佩彭皮平珀普奇齐乔切琼丘萨塞赛桑瑟森沙莎珊"
    "申圣施史舒斯司索苏塔泰坦汤特腾提图托瓦万旺威韦维魏温文沃乌伍西希锡夏香谢辛休逊雅亚延扬耶叶伊因英尤约扎泽詹珍芝朱兹佐唐纳辙"
    "治京朔连侯陀斐丁爱罕狄诗莲莉汗列黎撒翁纽捷玻梦耀谟荷顾薛"
)
NAME_GAP = rf"[{SPELLING}]{{2,6}}\?[{SPELLING}]{{2,6}}"
LEADING = r"^[?？]+[ ]*[\p{Han}\d“《]"
# A dash of two, each of which came out as '?'; who asks twice uses a word that asks.
DASH = r"[^吗呢么谁哪何怎几啥否,，。;；!！?？]{4,}\?\?\p{Han}"
ASKING = r"[吗呢么谁哪何怎几啥吧]|是否|能否|[是不有]没?[是有不]"
STARS = r"[★☆]{2,}"
DOUBLED = r"[,，]{2,}|[,，][、？?！!。；;：:]|、[,，]+|。{2}|；[;；]+"
_TAG = r"</?(?:p|br|div|span|strong|em|b|i|u|a|font|img|li|ul|ol|td|tr|table|center|section|h[1-6])(?:\s[^<>]{0,300})?/?>|&nbsp;?|/p>"
# Blanks beside it go with it where the line begins or ends.
TAG = rf"(?i)^\s*(?:(?:{_TAG})\s*)+|(?:\s*(?:{_TAG}))+\s*$|{_TAG}"


def glyph_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Repairs of lost and doubled glyphs and cuts of tag remains, for `lines` (line, text, is_suspect)."""
    suspects = lines.filter("is_suspect").filter(
        pl.col("text").str.contains(r"(?i)[?？★☆<>&]|[,，]{2}|[,，][、？?！!。；;：:]|、[,，]|。。|；[;；]|/p>")
    )
    if suspects.is_empty():
        return no_edits()
    edits = no_edits()
    for step in (_tags, _names, _leading, _dashes, _stars, _doubled):
        current = apply(suspects, edits)
        edits = compose(edits, step(current.select("line", "text")))
    return edits


def _tags(texts: pl.DataFrame) -> pl.DataFrame:
    return as_edits(occurrences(texts, TAG), category="html", rule_id="tag_remains", confidence=1.0)


def _names(texts: pl.DataFrame) -> pl.DataFrame:
    """唐纳德?特朗普: the dot between the parts of a transliterated name came out as '?'."""
    found = occurrences(texts.with_columns(fold(pl.col("text").str.replace_all("？", "\x01"))), NAME_GAP)
    at = pl.col("match").str.extract(r"^([^?]+)").str.len_chars().cast(pl.Int64)
    dots = found.with_columns(start=pl.col("start") + at).with_columns(end=pl.col("start") + 1)
    return as_edits(dots, after="·", kind="lost_glyph", rule_id="name_dot", confidence=0.8)


def _leading(texts: pl.DataFrame) -> pl.DataFrame:
    found = occurrences(texts, LEADING).with_columns(end=pl.col("end") - 1)
    return as_edits(found, kind="lost_glyph", rule_id="leading_mark", confidence=0.9)


def _dashes(texts: pl.DataFrame) -> pl.DataFrame:
    """没有投保??他家只保了一座: the dash between two clauses."""
    found = occurrences(texts, DASH).filter(~pl.col("match").str.contains(ASKING))
    marks = found.with_columns(start=pl.col("end") - 3, end=pl.col("end") - 1)
    return as_edits(marks, after="——", kind="lost_glyph", rule_id="dash", confidence=0.7)


def _stars(texts: pl.DataFrame) -> pl.DataFrame:
    return as_edits(occurrences(texts, STARS), kind="punctuation", rule_id="star_noise", confidence=0.9)


def _doubled(texts: pl.DataFrame) -> pl.DataFrame:
    """The stronger of two marks stays: a full stop beats a comma; of two equal ones the first."""
    found = occurrences(texts, DOUBLED)
    stronger = pl.col("match").str.replace_all("[,，]", "")
    after = pl.when(stronger == "").then(pl.col("match").str.head(1)).otherwise(stronger.str.head(1))
    return as_edits(found, after=after, kind="punctuation", rule_id="doubled_mark", confidence=0.9)
