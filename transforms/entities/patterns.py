"""Names that a pattern alone gives away: works in 《》, model numbers, meetings, terms in quotation marks, names in brackets."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates

WORK = r"《[^《》\n]{2,40}》"
MODEL = r"[A-Z][A-Za-z]{1,14}-[A-Z]?\d[0-9A-Za-z.]*"
LATIN = r"[A-Za-z][A-Za-z0-9.+\-]*[A-Za-z0-9+]|[A-Za-z]"
TERM = r"“[^“”，。；：！？、\n]{2,10}”"
DEFINES = "叫做?|称为|称作|名为|所谓的?|谓之|即"
# 四个面向, 四无城市: terms that count what they sum up.
COUNTED = r"^“[一两二三四五六七八九十](?:个|大|项|无|有|不|化|位一体)[\p{Han}]{1,6}”$"
MEETING_WORDS = (
    "座谈会|研讨会|交流会|推介会|发布会|博览会|展览会|交易会|洽谈会|运动会|论坛|峰会|大会堂|大会|全会议|全会|会议|年会|工作会议|工作会|创业大赛|大赛|锦标赛|公开赛|联赛|"
    "邀请赛|世锦赛|锦标赛|马拉松|艺术节|电影节|文化节|音乐节|庙会|展会|庆典"
)
# No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
MEETING = rf"(?:第[一二三四五六七八九十百0-9]+[届次])?[\p{{Han}}A-Za-z0-9·]+?(?:{MEETING_WORDS})"
MEETING_CLAUSE = rf"[\p{{Han}}A-Za-z0-9·]*(?:{MEETING_WORDS})"
# What a meeting's name never begins with or holds: verbs, particles and pronouns of the sentence around it.
MEETING_START = (
    r"^.*(?:[的了在于将并和与及为由对从至被把让向是]|召开|举行|研究|审议|通过|授权|提交|根据|庆祝|本届|历届|上届|首届|届时|共同|不断|标志着|展示|展现|联合|一大批|致信|交付|落实|昨晚|完善|祝贺|学习贯彻|统一到|按照|来到|受|做好|筹备|迎接|关于|作为|成为|称为|地|举办|主持|出席|参加|承办|主办|开幕|组织|一年一度|多次|上述|这次|本次|此次|该|首场|一场|一个|两场|各类|每年|今年|去年|"
    r"[0-9一二三四五六七八九十]+[日年月]|上午|下午|晚上|昨天|今天|日前|近日)"
)
# Where people meet, not what they hold there.
HALL = "大会堂$"
BARE_MEETING = rf"^(?:{MEETING_WORDS}|第[一二三四五六七八九十百0-9]+[届次](?:全体)?(?:会议|大会|全会|年会|论坛|峰会)|委员长会议|主席会议|主席团会议|全体会议|部长会议|理事会会议|常委会会议|党组会议|职工代表大会|家长会议|新闻发布会|工作会议|全体会议|重要会议|专题会议|电视电话会议|人民代表大会|股东大会|常务会议|代表大会|视频会议|国际会议|学术会议|紧急会议|创业大赛)$"


def patterned(texts: pl.DataFrame) -> pl.DataFrame:
    """Candidates (see candidates.py) of every pattern. `texts` has doc and text."""
    return pl.concat([_works(texts), _models(texts), _meetings(texts), _terms(texts)])


def _matches(texts: pl.DataFrame, pattern: str) -> pl.DataFrame:
    """Columns doc, surface, times: each distinct match of a document and how often it stands there."""
    return (
        texts.select("doc", surface=pl.col("text").str.extract_all(pattern))
        .explode("surface")
        .drop_nulls()
        .group_by("doc", "surface")
        .agg(times=pl.len())
    )


def _works(texts: pl.DataFrame) -> pl.DataFrame:
    found = _matches(texts, WORK)
    return candidates(found, "product", "work", strength=2)


def _models(texts: pl.DataFrame) -> pl.DataFrame:
    return candidates(_matches(texts, MODEL), "product", "model", strength=2)


def latin_tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """Whole Latin words of a document: known ones are names, the others only shield their parts. Columns doc, surface."""
    return _matches(texts, LATIN).select("doc", "surface")


def _meetings(texts: pl.DataFrame) -> pl.DataFrame:
    name = pl.col("surface").str.replace(MEETING_START, "")
    found = (
        _matches(_matches(texts, MEETING_CLAUSE).select("doc", text="surface"), MEETING)
        .with_columns(surface=name)
        .filter(
            pl.col("surface").str.len_chars().is_between(5, 30),
            ~pl.col("surface").str.contains(BARE_MEETING),
            ~pl.col("surface").str.contains(HALL),
        )
    )
    return candidates(found, "event", "meeting", strength=2)


def _terms(texts: pl.DataFrame) -> pl.DataFrame:
    """Terms in quotation marks that recur in the article, or that it defines (叫做“…”、所谓“…”)."""
    found = _matches(texts, f"(?:{DEFINES})?{TERM}").with_columns(
        defined=pl.col("surface").str.starts_with("“").not_(), surface=pl.col("surface").str.extract("(“.*”)")
    )
    named = (
        found.group_by("doc", "surface")
        .agg(pl.col("times").sum(), pl.col("defined").any())
        .filter((pl.col("times") >= 2) | pl.col("defined") | pl.col("surface").str.contains(COUNTED))
        .with_columns(pl.col("surface").str.strip_chars("“”"))
        .filter(pl.col("surface").str.contains(r"^[\p{Han}A-Za-z0-9+\-]{2,10}$"))
    )
    meeting = pl.col("surface").str.contains(r"(?:会|论坛|大赛|节)$")
    return pl.concat(
        [
            candidates(named.filter(meeting), "event", "meeting", strength=2),
            candidates(
                named.filter(~meeting, ~pl.col("surface").str.contains(r"^\d+后$")), "concept", "term", strength=2
            ),
        ]
    )
