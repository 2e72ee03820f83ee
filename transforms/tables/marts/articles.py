"""Articles, their versions, headings, copies, relations and credits."""

from __future__ import annotations

from typing import ClassVar

from transforms.tables import core
from transforms.tables.base import Table, choice
from transforms.tables.marts.columns import count, day, key, moment, number, text, yes_no

# What several columns say.
ORIGIN = "written so, or converted from Simplified: letter by letter, by OpenCC's words, with Taiwan's words"
SCORE = "1 = nothing doubtful, less for flags, cuts and repairs; for sorting, no probability"
FLAGS = (
    "what is doubtful, comma-separated: byte_damage, spun, mixed_script, mostly_noise, paragraphs_joined, short,"
    " spam_cut, title_inferred"
)


class FctArticle(Table):
    """One row per current published article."""

    NAME: ClassVar[str] = "marts.fct_article"
    ABOUT: ClassVar[str] = "文章事实表 / one row per current published article, the survivor of its copies"

    article_key = key("文章键", "article key", primary_key=True)
    article_id = text("文章号", "article id: first document of its copies")
    document_id = text("文档号", "document published, the survivor")
    source_key = key("来源键", "source of the survivor")
    story_key = key("事件脉络键", "story, -1 = unknown")
    night = day("夜次", "night that brought the survivor in")
    version = count("版本", "current version, 1 = first")
    title_hans = text("简体标题", "title in canonical Simplified", nullable=True)
    title_hant = text("繁体标题", "title in Traditional", nullable=True)
    title_original = text("原标题", "title in the script it came in", nullable=True)
    title_stated = text(
        "来源所给标题", "title as its source gave it, NULL where nothing was cut from it", nullable=True
    )
    title_start_offset = count(
        "标题位置", "start of the title in the decoded original, NULL if not from it", nullable=True
    )
    title_is_inferred = yes_no("标题为推断", "the page lost its title, this one is inferred")
    summary_hans = text(
        "摘要", "two or three of its sentences, literal; NULL of a body of fewer than three", nullable=True
    )
    body_hans = text("简体正文", "canonical Simplified body, paragraphs joined by newline, PII shown as ●")
    body_original = text("原文正文", "the same body in the script it came in")
    script = choice(core.SCRIPTS, "文字", "script it came in")
    script_region = choice(
        core.SCRIPT_REGIONS, "地区", "whose words it is written in, NULL: nothing tells", nullable=True
    )
    script_origin = choice(core.SCRIPT_ORIGINS, "文字来历", ORIGIN, nullable=True)
    published_on = day("发布日", "day of publication, NULL if not stated", nullable=True)
    published_at_utc = moment("发布时刻", "moment of publication, UTC, NULL unless stated to the minute", nullable=True)
    published_precision = choice(core.PRECISIONS, "日期精度", "how precisely the date is stated")
    published_is_inferred = yes_no("日期为推断", "part of the date was inferred from the article")
    published_evidence = text("日期依据", "the text the date was read from", nullable=True)
    agency = text("通讯社", "news agency of the dateline", nullable=True)
    outlet = text("媒体", "outlet named as the source", nullable=True)
    author_line = text("作者行", "author credit as it stood, Simplified", nullable=True)
    dateline_place = text("电头地点", "place of the dateline", nullable=True)
    section = text("栏目", "section of the site or paper it stood in", nullable=True)
    url = text("网址", "address of the article", nullable=True)
    language = text("语言", "BCP 47 language and script, such as zh-Hans")
    char_count = count("字数", "characters of body_hans without newlines")
    paragraph_count = count("段数", "paragraphs of body_hans")
    sentence_count = count("句数", "sentences of body_hans")
    removed_char_count = count("删除字数", "characters cut from the original")
    repair_count = count("修复数", "repairs made")
    quality_score = number("质量分", SCORE)
    quality_flags = text("质量标记", FLAGS)
    copy_count = count("副本数", "copies beside the survivor")
    first_seen_at_utc = moment("首见时刻", "first time any copy was seen, UTC")
    title_pinyin_sort = text("标题拼音排序键", "sort key of the title by pinyin", nullable=True)


class FctArticleVersion(Table):
    """One row per version of an article ever published."""

    NAME: ClassVar[str] = "marts.fct_article_version"
    ABOUT: ClassVar[str] = "文章版本 / one row per version of an article ever published (SCD2)"

    article_key = key("文章键", "article key", primary_key=True)
    version = count("版本", "1 = first", primary_key=True)
    document_id = text("文档号", "document that was the survivor")
    title_hans = text("简体标题", "title of that version", nullable=True)
    char_count = count("字数", "characters of that version")
    change = choice(["new", "corrected", "survivor_changed", "retracted"], "变更", "what made this version")
    valid_from_night = day("生效夜次", "first night of this version")
    valid_to_night = day("失效夜次", "night it was replaced, NULL = current", nullable=True)
    is_current = yes_no("当前版本", "still published")


class FctHeading(Table):
    """One row per section heading of an article."""

    NAME: ClassVar[str] = "marts.fct_heading"
    ABOUT: ClassVar[str] = "小标题 / one row per section heading of an article"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    level = count("级别", "2 = section")
    text_hans = text("简体小标题", "heading in canonical Simplified")
    text_original = text("原小标题", "heading in the script it came in")
    before_paragraph = count("后随段落", "0-based paragraph that follows")


class FctCopy(Table):
    """One row per accepted document, the survivor included."""

    NAME: ClassVar[str] = "marts.fct_copy"
    ABOUT: ClassVar[str] = "副本 / one row per accepted document, the survivor included"

    document_id = text("文档号", "document", primary_key=True)
    article_key = key("文章键", "article it is a copy of")
    source_key = key("来源键", "source of the document")
    night = day("夜次", "night that brought it in")
    verdict = choice(
        core.VERDICTS,
        "判定",
        "original = the survivor; a copy with the same letters, in another script, edited, or cut off",
    )
    matched_document_id = text("匹配文档号", "the survivor it is a copy of, NULL of the survivor itself", nullable=True)
    jaccard = number("杰卡德", "character 4-gram Jaccard with the survivor, NULL of the survivor itself", nullable=True)
    containment = number("包含度", "4-gram containment of the shorter in the longer", nullable=True)
    outlet = text("媒体", "outlet this document names as its source, fct_article has the survivor's", nullable=True)
    published_on = day("发布日", "day of publication this document states", nullable=True)
    script = choice(core.SCRIPTS, "文字", "script of this document")
    script_region = choice(
        core.SCRIPT_REGIONS, "地区", "whose words this document is written in, NULL: nothing tells", nullable=True
    )
    script_origin = choice(core.SCRIPT_ORIGINS, "文字来历", ORIGIN, nullable=True)


class FctRelation(Table):
    """One row per article, related article and relation."""

    NAME: ClassVar[str] = "marts.fct_relation"
    ABOUT: ClassVar[str] = (
        "文章关系 / one row per article, related article and relation; overlaps, sibling: a row under either"
    )

    article_key = key("文章键", "article", primary_key=True)
    other_article_key = key("另一文章键", "the other article", primary_key=True)
    relation = choice(
        core.RELATIONS,
        "关系",
        "the first is a part of the other, shares passages with it, has its template with other figures, or tells it on",
        primary_key=True,
    )
    score = number("分数", "strength, 0..1")
    evidence = text("依据", "what the relation rests on", nullable=True)


class FctCredit(Table):
    """One row per article, role and person credited."""

    NAME: ClassVar[str] = "marts.fct_credit"
    ABOUT: ClassVar[str] = "署名 / one row per article, role and person credited"

    article_key = key("文章键", "article key", primary_key=True)
    role = choice(core.CREDIT_ROLES, "角色", "what the person did", primary_key=True)
    name_hans = text("姓名", "name in Simplified", primary_key=True)
    affiliation = text("所属", "affiliation as stated", nullable=True)


class ArticleWide(Table):
    """One row per article, names instead of keys: a view."""

    NAME: ClassVar[str] = "marts.article_wide"
    ABOUT: ClassVar[str] = "文章宽表 / one row per article, names instead of keys (view)"

    article_key = key("文章键", "article key", primary_key=True)
    article_id = text("文章号", "article id")
    night = day("夜次", "night that brought the survivor in")
    source_id = text("来源号", "source")
    source_name = text("来源名", "Chinese name of the source")
    story_title = text("脉络标题", "title of the story")
    version = count("版本", "current version")
    title_hans = text("简体标题", "title in canonical Simplified", nullable=True)
    title_hant = text("繁体标题", "title in Traditional", nullable=True)
    title_original = text("原标题", "title in the script it came in", nullable=True)
    summary_hans = text(
        "摘要", "two or three of its sentences, literal; NULL of a body of fewer than three", nullable=True
    )
    body_hans = text("简体正文", "canonical Simplified body")
    script = text("文字", "script it came in")
    script_region = text("地区", "whose words it is written in, NULL: nothing tells", nullable=True)
    script_origin = text("文字来历", ORIGIN, nullable=True)
    published_on = day("发布日", "day of publication", nullable=True)
    published_at_utc = moment("发布时刻", "moment of publication, UTC", nullable=True)
    published_precision = text("日期精度", "how precisely the date is stated")
    agency = text("通讯社", "news agency of the dateline", nullable=True)
    outlet = text("媒体", "outlet named as the source", nullable=True)
    author_line = text("作者行", "author credit", nullable=True)
    dateline_place = text("电头地点", "place of the dateline", nullable=True)
    section = text("栏目", "section of the site or paper it stood in", nullable=True)
    url = text("网址", "address of the article", nullable=True)
    char_count = count("字数", "characters of body_hans")
    quality_score = number("质量分", SCORE)
    quality_flags = text("质量标记", FLAGS)
    copy_count = count("副本数", "copies beside the survivor")
    first_seen_at_utc = moment("首见时刻", "first time any copy was seen, UTC")
    topics = text("主题", "topics, comma-separated", nullable=True)
    keywords = text("关键词", "keywords in order, comma-separated", nullable=True)
