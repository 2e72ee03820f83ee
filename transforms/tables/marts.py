"""The published star: what analysts query. Scalars only, keys never NULL, every column explained."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables import core, enrichment
from transforms.tables.base import Table, about, choice


def key(chinese: str, english: str, *, primary_key: bool = False) -> dy.Int64:
    """A surrogate key: signed BIGINT, stable across runs and machines, -1 for the unknown member."""
    return dy.Int64(primary_key=primary_key, metadata=about(chinese, english))


def text(chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False) -> dy.String:
    """A VARCHAR column."""
    return dy.String(primary_key=primary_key, nullable=nullable, metadata=about(chinese, english))


def count(chinese: str, english: str, *, primary_key: bool = False, nullable: bool = False) -> dy.Int32:
    """An INTEGER column."""
    return dy.Int32(primary_key=primary_key, nullable=nullable, metadata=about(chinese, english))


def number(chinese: str, english: str, *, nullable: bool = False) -> dy.Float64:
    """A DOUBLE column."""
    return dy.Float64(nullable=nullable, metadata=about(chinese, english))


def yes_no(chinese: str, english: str) -> dy.Bool:
    """A BOOLEAN column."""
    return dy.Bool(metadata=about(chinese, english))


def day(chinese: str, english: str, *, nullable: bool = False) -> dy.Date:
    """A DATE column."""
    return dy.Date(nullable=nullable, metadata=about(chinese, english))


def moment(chinese: str, english: str, *, nullable: bool = False) -> dy.Datetime:
    """A TIMESTAMP column, UTC."""
    return dy.Datetime(nullable=nullable, metadata=about(chinese, english))


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
    title_start_offset = count(
        "标题位置", "start of the title in the decoded original, NULL if not from it", nullable=True
    )
    title_is_inferred = yes_no("标题为推断", "the page lost its title, this one is inferred")
    summary_hans = text("摘要", "two or three literal sentences", nullable=True)
    body_hans = text("简体正文", "canonical Simplified body, paragraphs joined by newline, PII shown as ●")
    body_original = text("原文正文", "the same body in the script it came in")
    script = choice(core.SCRIPTS, "文字", "script it came in")
    script_region = choice(core.SCRIPT_REGIONS, "地区", "region of its vocabulary", nullable=True)
    script_origin = choice(core.SCRIPT_ORIGINS, "文字来历", "written so, or converted and how", nullable=True)
    published_on = day("发布日", "day of publication, NULL if not stated", nullable=True)
    published_at_utc = moment("发布时刻", "moment of publication, UTC, NULL unless stated to the minute", nullable=True)
    published_precision = choice(core.PRECISIONS, "日期精度", "how precisely the date is stated")
    published_is_inferred = yes_no("日期为推断", "part of the date was inferred from the article")
    published_evidence = text("日期依据", "the text the date was read from", nullable=True)
    agency = text("通讯社", "news agency of the dateline", nullable=True)
    outlet = text("媒体", "outlet named as the source", nullable=True)
    author_line = text("作者行", "author credit as it stood, Simplified", nullable=True)
    dateline_place = text("电头地点", "place of the dateline", nullable=True)
    section = text("栏目", "section", nullable=True)
    url = text("网址", "address of the article", nullable=True)
    language = text("语言", "BCP 47 language and script, such as zh-Hans")
    char_count = count("字数", "characters of body_hans without newlines")
    paragraph_count = count("段数", "paragraphs of body_hans")
    sentence_count = count("句数", "sentences of body_hans")
    removed_char_count = count("删除字数", "characters cut from the original")
    repair_count = count("修复数", "repairs made")
    quality_score = number("质量分", "1 = nothing doubtful")
    quality_flags = text("质量标记", "what is doubtful, comma-separated")
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
    verdict = choice(core.VERDICTS, "判定", "original for the survivor, else the kind of copy")
    matched_document_id = text("匹配文档号", "document it was matched with", nullable=True)
    jaccard = number("杰卡德", "character 4-gram Jaccard with the match", nullable=True)
    containment = number("包含度", "4-gram containment of the shorter in the longer", nullable=True)
    script = choice(core.SCRIPTS, "文字", "script of this document")
    script_region = choice(core.SCRIPT_REGIONS, "地区", "region of this document", nullable=True)
    script_origin = choice(core.SCRIPT_ORIGINS, "文字来历", "origin of this document's script", nullable=True)


class FctRelation(Table):
    """One row per related pair of articles."""

    NAME: ClassVar[str] = "marts.fct_relation"
    ABOUT: ClassVar[str] = "文章关系 / one row per related pair of different articles"

    article_key = key("文章键", "article", primary_key=True)
    other_article_key = key("另一文章键", "the other article", primary_key=True)
    relation = choice(core.RELATIONS, "关系", "how the first relates to the other", primary_key=True)
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


class DimEntity(Table):
    """One row per entity."""

    NAME: ClassVar[str] = "marts.dim_entity"
    ABOUT: ClassVar[str] = "实体维度 / one row per entity, -1 = unknown"

    entity_key = key("实体键", "entity key", primary_key=True)
    entity_id = text("实体号", "type:canonical name")
    entity_type = choice(enrichment.ENTITY_TYPES, "实体类型", "type")
    entity_subtype = text("实体子类", "finer type: company, university, province, …", nullable=True)
    name_hans = text("规范名", "canonical Simplified name")
    name_hant = text("繁体名", "name in Traditional")
    aliases = text("别名", "other names seen, comma-separated", nullable=True)


class FctMention(Table):
    """One row per article and entity it names."""

    NAME: ClassVar[str] = "marts.fct_mention"
    ABOUT: ClassVar[str] = "实体提及 / one row per article and entity"

    article_key = key("文章键", "article key", primary_key=True)
    entity_key = key("实体键", "entity key", primary_key=True)
    mention_count = count("提及次数", "occurrences in title and body")
    in_title = yes_no("见于标题", "named in the title")
    first_offset = count("首次位置", "first character in body_hans, NULL: title only", nullable=True)
    surface = text("首次写法", "form first used")


class FctFigure(Table):
    """One row per quantity stated in an article."""

    NAME: ClassVar[str] = "marts.fct_figure"
    ABOUT: ClassVar[str] = "数量 / one row per quantity stated in an article"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    text = text("原文", "literal text")
    kind = choice(enrichment.FIGURE_KINDS, "种类", "kind of quantity")
    value = number("数值", "value, NULL where only a bound is stated", nullable=True)
    value_min = number("下限", "lower bound", nullable=True)
    value_max = number("上限", "upper bound", nullable=True)
    unit = dy.String(nullable=True, metadata=about("单位", "ISO 4217, UCUM, 'ratio' or the measure word"))
    date_value = day("日期值", "first day of a date", nullable=True)
    qualifier = choice(enrichment.QUALIFIERS, "限定", "approx, at_least, …", nullable=True)
    start_offset = count("起点", "first character in the text of where_found")
    end_offset = count("终点", "end, exclusive")
    where_found = choice(["title", "heading", "body"], "位置", "text the figure stands in")
    is_suspect = yes_no("可疑", "the text looks damaged here")
    note = dy.String(nullable=True, metadata=about("说明", "why it is suspect, or what was implied"))


class FctEvent(Table):
    """One row per date and sentence that states it."""

    NAME: ClassVar[str] = "marts.fct_event"
    ABOUT: ClassVar[str] = "有日期的事件 / one row per date and sentence of an article that states it"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    date_from = day("起日", "first day")
    date_to = day("止日", "last day, inclusive")
    date_text = text("日期原文", "literal date expression")
    precision = choice(enrichment.EVENT_PRECISIONS, "精度", "precision of the date")
    sentence = text("句子", "the sentence")


class FctQuote(Table):
    """One row per attributed speech."""

    NAME: ClassVar[str] = "marts.fct_quote"
    ABOUT: ClassVar[str] = "引语 / one row per attributed speech of an article"

    article_key = key("文章键", "article key", primary_key=True)
    ordinal = count("序号", "order within the article", primary_key=True)
    speaker = dy.String(nullable=True, metadata=about("说话人", "speaker as named, NULL if not stated"))
    speaker_entity_key = key("说话人实体键", "entity of the speaker, -1 = unknown")
    verb = dy.String(nullable=True, metadata=about("动词", "verb of speech"))
    text = dy.String(metadata=about("引语原文", "what was said, quotation marks left out"))
    is_direct = yes_no("直接引语", "between quotation marks")
    start_offset = count("起点", "first character in body_hans")
    end_offset = count("终点", "end, exclusive")


class DimTopic(Table):
    """One row per topic."""

    NAME: ClassVar[str] = "marts.dim_topic"
    ABOUT: ClassVar[str] = "主题维度 / one row per topic, -1 = unknown"

    topic_key = key("主题键", "topic key", primary_key=True)
    topic_id = text("主题号", "row of seeds/topics.csv")
    name_hans = text("中文名", "name in Simplified")
    name_en = text("英文名", "English name")
    parent_topic_key = key("上级主题键", "parent topic, -1 = none")


class BridgeArticleTopic(Table):
    """One row per article and topic."""

    NAME: ClassVar[str] = "marts.bridge_article_topic"
    ABOUT: ClassVar[str] = "文章主题桥 / one row per article and topic"

    article_key = key("文章键", "article key", primary_key=True)
    topic_key = key("主题键", "topic key", primary_key=True)
    weight = number("权重", "share of the evidence, 0..1")


class BridgeArticleKeyword(Table):
    """One row per article and keyword."""

    NAME: ClassVar[str] = "marts.bridge_article_keyword"
    ABOUT: ClassVar[str] = "文章关键词桥 / one row per article and keyword"

    article_key = key("文章键", "article key", primary_key=True)
    keyword_hans = text("关键词", "keyword in Simplified", primary_key=True)
    rank = count("名次", "1 = strongest")
    weight = number("权重", "weight within the article")


class DimStory(Table):
    """One row per story."""

    NAME: ClassVar[str] = "marts.dim_story"
    ABOUT: ClassVar[str] = "事件脉络维度 / one row per story, -1 = unknown"

    story_key = key("脉络键", "story key", primary_key=True)
    title_hans = text("标题", "title of the story")
    first_night = day("首夜", "first night", nullable=True)
    last_night = day("末夜", "last night", nullable=True)
    article_count = count("文章数", "articles of the story")


class DimSource(Table):
    """One row per source."""

    NAME: ClassVar[str] = "marts.dim_source"
    ABOUT: ClassVar[str] = "来源维度 / one row per source, -1 = unknown"

    source_key = key("来源键", "source key", primary_key=True)
    source_id = text("来源号", "row of seeds/sources.csv")
    name_hans = text("中文名", "Chinese name")
    name_en = text("英文名", "English name", nullable=True)
    region = text("地区", "CN, TW or HK", nullable=True)
    script = text("文字", "script it writes in", nullable=True)
    homepage = text("主页", "homepage", nullable=True)
    trust = number("可信度", "0..1, decides between copies")


class DimDate(Table):
    """One row per day."""

    NAME: ClassVar[str] = "marts.dim_date"
    ABOUT: ClassVar[str] = "日期维度 / one row per day"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "yyyymmdd"))
    date = day("日期", "the day")
    year = count("年", "year")
    quarter = count("季", "quarter, 1..4")
    month = count("月", "month, 1..12")
    iso_week = count("周", "ISO week")
    weekday_zh = text("星期", "weekday in Chinese")
    is_weekend = yes_no("周末", "Saturday or Sunday")
    is_holiday_cn = yes_no("中国节假日", "day off in mainland China")
    is_workday_cn = yes_no("中国工作日", "working day in mainland China")
    holiday_name = text("节日", "holiday, NULL if none", nullable=True)
    lunar_date = text("农历", "lunar date")


class AggDailySource(Table):
    """One row per night and source."""

    NAME: ClassVar[str] = "marts.agg_daily_source"
    ABOUT: ClassVar[str] = "来源日汇总 / one row per night and source"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "night as yyyymmdd"))
    source_key = key("来源键", "source key", primary_key=True)
    articles = count("文章数", "articles published")
    copies = count("副本数", "copies recognised")
    quarantined = count("隔离数", "records held back")
    chars = dy.Int64(metadata=about("字数", "characters published"))


class AggDailyEntity(Table):
    """One row per day of publication and entity."""

    NAME: ClassVar[str] = "marts.agg_daily_entity"
    ABOUT: ClassVar[str] = "实体日汇总 / one row per night and entity"

    date_key = dy.Int32(primary_key=True, metadata=about("日期键", "night as yyyymmdd"))
    entity_key = key("实体键", "entity key", primary_key=True)
    articles = count("文章数", "articles that name it")
    mentions = count("提及数", "mentions")


class SearchToken(Table):
    """One row per article and word."""

    NAME: ClassVar[str] = "marts.search_token"
    ABOUT: ClassVar[str] = "检索词索引 / one row per word and article, behind marts.search(query)"

    token = text("词", "Simplified word, Latin in lower case", primary_key=True)
    article_key = key("文章键", "article key", primary_key=True)
    occurrences = count("次数", "occurrences, the title counting three")


class SearchWord(Table):
    """One row per word of the index."""

    NAME: ClassVar[str] = "marts.search_word"
    ABOUT: ClassVar[str] = "检索词表 / one row per word of the index"

    token = text("词", "Simplified word, Latin in lower case", primary_key=True)
    articles = count("文章数", "articles that hold the word")


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
    summary_hans = text("摘要", "two or three literal sentences", nullable=True)
    body_hans = text("简体正文", "canonical Simplified body")
    script = text("文字", "script it came in")
    script_region = text("地区", "region of its vocabulary", nullable=True)
    script_origin = text("文字来历", "written so, or converted and how", nullable=True)
    published_on = day("发布日", "day of publication", nullable=True)
    published_at_utc = moment("发布时刻", "moment of publication, UTC", nullable=True)
    published_precision = text("日期精度", "how precisely the date is stated")
    agency = text("通讯社", "news agency of the dateline", nullable=True)
    outlet = text("媒体", "outlet named as the source", nullable=True)
    author_line = text("作者行", "author credit", nullable=True)
    dateline_place = text("电头地点", "place of the dateline", nullable=True)
    section = text("栏目", "section", nullable=True)
    url = text("网址", "address of the article", nullable=True)
    char_count = count("字数", "characters of body_hans")
    quality_score = number("质量分", "1 = nothing doubtful")
    quality_flags = text("质量标记", "what is doubtful, comma-separated")
    copy_count = count("副本数", "copies beside the survivor")
    first_seen_at_utc = moment("首见时刻", "first time any copy was seen, UTC")
    topics = text("主题", "topics, comma-separated", nullable=True)
    keywords = text("关键词", "keywords in order, comma-separated", nullable=True)


VIEWS: tuple[type[Table], ...] = (ArticleWide,)
TABLES: tuple[type[Table], ...] = (
    DimSource, DimDate, DimTopic, DimStory, FctArticle, FctArticleVersion, FctHeading, FctCopy, FctRelation, FctCredit,
    DimEntity, FctMention, FctFigure, FctEvent, FctQuote, BridgeArticleTopic, BridgeArticleKeyword, AggDailySource,
    AggDailyEntity, SearchToken, SearchWord,
)  # fmt: skip
