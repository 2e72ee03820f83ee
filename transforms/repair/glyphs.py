"""Lost and doubled glyphs: `?` for the dot of a foreign name or for an icon, stars and doubled commas, tag remains."""

from __future__ import annotations

from html import unescape

import polars as pl

from transforms.forms import LETTERS
from transforms.lines import fold
from transforms.spans import apply, as_edits, compose, no_edits, occurrences
from transforms.unseen import UNSEEN

# Characters that spell foreign names; two of them on either side of a '?' are parts of one name.
SPELLING = (
    "阿埃艾安翰汉茨肖尚邓迈勃冯凯丝蕾薇菲茜黛奥巴拜班邦鲍贝本比宾波博布查达戴丹德登迪蒂杜顿多厄恩尔法凡菲费芬弗夫福盖冈戈格根古哈海汉赫亨胡霍基吉加贾杰金卡凯坎康考柯科克肯库奎"
    "拉莱兰朗劳勒雷里理利廉林琳龙隆卢鲁路露伦罗洛马玛迈麦曼梅门蒙米密明摩莫墨默姆木穆纳娜奈内尼涅宁纽努诺欧帕潘庞佩彭皮平珀普奇齐乔切琼丘萨塞赛桑瑟森沙莎珊"
    "申圣施史舒斯司索苏塔泰坦汤特腾提图托瓦万旺威韦维魏温文沃乌伍西希锡夏香谢辛休逊雅亚延扬耶叶伊因英尤约扎泽詹珍芝朱兹佐唐纳辙"
    "治京朔连侯陀斐丁爱罕狄诗莲莉汗列黎撒翁纽捷玻梦耀谟荷顾薛"
)
# A square stands for no glyph of its own only inside a name; as a bullet it begins lines.
NAME_GAP = rf"[{SPELLING}]{{2,6}}[?\ufffd□][{SPELLING}]{{2,6}}"
LEADING = "^[?？\ufffd]+[ ]*[\\p{Han}\\d“《]"
# A dash of two, each of which came out as '?'; who asks twice uses a word that asks.
DASH = "[^吗呢么谁哪何怎几啥否,，。;；!！?？]{4,}(?:\\?\\?|\ufffd\ufffd)\\p{Han}"
ASKING = r"[吗呢么谁哪何怎几啥吧]|是否|能否|[是不有]没?[是有不]"
SIGNS = "★☆※◆◇●○■□▲△▼▽◎*＊"
STARS = r"[★☆]{2,}"
# Behind a comma inside a sentence no list has a bullet, and nowhere several.
STARS_BEHIND = rf"(?:[，、,][★☆※◆◇●○■□▲△▼▽◎]|[，、,。；！？：:][{SIGNS}]{{2,6}})[\p{{Han}}“《]"
DOUBLED = r"[,，]{2,}|[,，] +[,，。]|。 +。|[,，][、？?！!。；;：:]|、[,，]+|。{2}|；[;；]+"
_TAG = (
    r"<rt>[^<>]{0,12}</rt>|<rp>[^<>]{0,3}</rp>|</?(?:p|br|div|span|strong|em|b|i|u|a|font|img|li|ul|ol|td|tr|table|center"
    r"|section|h[1-6]|ruby|rb|rt|rp|o:p)(?:\s[^<>]{0,300})?/?>|<!--[^<>]{0,300}-->|&(?:amp;)*(?:nbsp|ensp|emsp|thinsp|zwn?j|shy|#160|#8203|#12288);|&nbsp|/p>"
)
# Blanks beside it go with it where the line begins or ends.
TAG = rf"(?i)^\s*(?:(?:{_TAG})\s*)+|(?:\s*(?:{_TAG}))+\s*$|{_TAG}"
FORM = f"[{''.join(sorted(LETTERS))}]"
# Escaped once or again (&amp;ldquo;); which of the names are any, their table tells.
ENTITY = r"&(?:amp;){0,3}(?:#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});"


def glyph_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Repairs of lost and doubled glyphs and cuts of tag remains, for `lines` (line, text, is_suspect)."""
    suspects = lines.filter("is_suspect").filter(
        pl.col("text").str.contains(
            r"(?i)[?？\x{fffd}□★☆※◆◇●○■▲△▼▽◎*＊<>&]|[,，] *[,，。]|。 +。|[,，][、？?！!。；;：:]|、[,，]|。。|；[;；]|/p>"
        )
    )
    if suspects.is_empty():
        return no_edits()
    edits = no_edits()
    for step in (_entities, _tags, _names, _leading, _dashes, _stars, _doubled):
        current = apply(suspects, edits)
        edits = compose(edits, step(current.select("line", "text")))
    return edits


def form_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Characters for the forms of them that stand in `lines` (line, text, is_suspect): ⾏ of a PDF file is 行."""
    found = occurrences(lines.filter("is_suspect").select("line", "text"), f"{FORM}+")
    meant = pl.col("match").str.replace_many(LETTERS)
    return as_edits(found, after=meant, kind="character_form", rule_id="character_form", confidence=1.0)


def _entities(texts: pl.DataFrame) -> pl.DataFrame:
    """Characters that are still written as HTML writes them: what is no blank."""
    texts = texts.filter(pl.col("text").str.contains("&", literal=True))
    if texts.is_empty():
        return no_edits()
    found = occurrences(texts, ENTITY)
    bare = found["match"].str.replace("^&(?:amp;)+([A-Za-z#])", "&$1")
    meant = pl.Series([unescape(entity) for entity in bare], dtype=pl.String)
    is_known = (meant != bare) & (meant.str.len_chars() == 1) & ~meant.str.contains(rf"[\s\x{{fffd}}{UNSEEN}]")
    marks = found.with_columns(after=meant).filter(is_known)
    return as_edits(marks, after=pl.col("after"), kind="html_entity", rule_id="entity", confidence=1.0)


def _tags(texts: pl.DataFrame) -> pl.DataFrame:
    return as_edits(occurrences(texts, TAG), category="html", rule_id="tag_remains", confidence=1.0)


def _names(texts: pl.DataFrame) -> pl.DataFrame:
    """唐纳德?特朗普: the dot between the parts of a transliterated name came out as '?'."""
    found = occurrences(texts.with_columns(fold(pl.col("text").str.replace_all("？", "\x01"))), NAME_GAP)
    at = pl.col("match").str.extract(r"^([^?\x{fffd}□]+)").str.len_chars().cast(pl.Int64)
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
    texts = texts.filter(pl.col("text").str.contains_any(list(SIGNS)))
    if texts.is_empty():
        return no_edits()
    behind = occurrences(texts, STARS_BEHIND).with_columns(pl.col("start") + 1, pl.col("end") - 1)
    found = pl.concat([occurrences(texts, STARS), behind.filter(~pl.col("match").str.contains(STARS))])
    return as_edits(found.sort("line", "start"), kind="punctuation", rule_id="star_noise", confidence=0.9)


def _doubled(texts: pl.DataFrame) -> pl.DataFrame:
    """The stronger of two marks stays: a full stop beats a comma; of two equal ones the first."""
    found = occurrences(texts, DOUBLED)
    stronger = pl.col("match").str.replace_all("[,， ]", "")
    after = pl.when(stronger == "").then(pl.col("match").str.head(1)).otherwise(stronger.str.head(1))
    return as_edits(found, after=after, kind="punctuation", rule_id="doubled_mark", confidence=0.9)
