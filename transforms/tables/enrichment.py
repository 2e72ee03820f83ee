"""What is read out of an article: entities, figures, events, quotes, keywords, topics, summary."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from transforms.tables.base import Table, about, choice, identifier

ENTITY_TYPES = ["person", "organisation", "place", "product", "event", "concept"]
FIGURE_KINDS = [
    "money", "percent", "ratio", "multiple", "count", "date", "date_range", "time", "duration", "age", "rank",
    "ordinal", "rate", "temperature", "physical", "range",
]  # fmt: skip
QUALIFIERS = ["approx", "at_least", "at_most", "more_than", "less_than"]
EVENT_PRECISIONS = ["second", "minute", "day", "month", "quarter", "year", "range"]


class Segmentation(Table):
    """One row per document: its texts cut into words, U+001F between two of them; every character stays."""

    NAME: ClassVar[str] = "core.segmentations"
    ABOUT: ClassVar[str] = "分词 / one row per document, its texts cut into words once for all that read words"

    document_id = identifier("文档号", "document", primary_key=True)
    title_words = dy.String(metadata=about("标题分词", "words of the title, '' without one"))
    body_words = dy.String(metadata=about("正文分词", "words of the body"))
    heading_words = dy.String(metadata=about("小标题分词", "words of the headings, one a line"))


class Mention(Table):
    """One row per document and entity it names."""

    NAME: ClassVar[str] = "core.mentions"
    ABOUT: ClassVar[str] = "实体提及 / one row per document and entity"

    document_id = identifier("文档号", "document", primary_key=True)
    entity_id = dy.String(primary_key=True, metadata=about("实体号", "type:canonical name"))
    entity_type = choice(ENTITY_TYPES, "实体类型", "type of the entity")
    entity_subtype = dy.String(
        nullable=True, metadata=about("实体子类", "finer type: company, university, province, …")
    )
    name_hans = dy.String(min_length=1, metadata=about("规范名", "canonical Simplified name"))
    aliases = dy.String(nullable=True, metadata=about("别名", "other names used, comma-separated"))
    mention_count = dy.Int64(min=1, metadata=about("提及次数", "occurrences in title and body"))
    in_title = dy.Bool(metadata=about("见于标题", "named in the title"))
    first_offset = dy.Int64(
        nullable=True, min=0, metadata=about("首次位置", "first code point in body_hans; NULL: title only")
    )
    surface = dy.String(min_length=1, metadata=about("首次写法", "form first used in the body, else in the title"))
    role_hans = dy.String(
        nullable=True,
        min_length=1,
        metadata=about("职务", "role of a person as first stated beside the name, literal in body_hans"),
    )
    affiliation_hans = dy.String(
        nullable=True,
        min_length=1,
        metadata=about("所属", "organisation, or place of a head of one, stated with that role, literal in body_hans"),
    )
    affiliation_id = dy.String(
        nullable=True,
        metadata=about("所属实体号", "entity_id of it, NULL: unknown, or an office of a place named apart"),
    )

    @dy.rule()
    def only_people_hold_posts(cls) -> pl.Expr:
        """No organisation or place has a role."""
        return (pl.col("entity_type") == "person") | pl.col("role_hans").is_null()

    @dy.rule()
    def affiliations_come_with_a_role(cls) -> pl.Expr:
        """Where a role is held is told with the role, and its entity with its name."""
        held, role = pl.col("affiliation_hans").is_not_null(), pl.col("role_hans").is_not_null()
        return (role | ~held) & (held | pl.col("affiliation_id").is_null())


class Figure(Table):
    """One row per quantity stated in a document."""

    NAME: ClassVar[str] = "core.figures"
    ABOUT: ClassVar[str] = "数量 / one row per quantity stated in a document"

    document_id = identifier("文档号", "document", primary_key=True)
    ordinal = dy.Int64(primary_key=True, min=0, metadata=about("序号", "order in title, then body, then headings"))
    text = dy.String(min_length=1, metadata=about("原文", "literal text"))
    kind = choice(FIGURE_KINDS, "种类", "kind of quantity")
    value = dy.Float64(nullable=True, metadata=about("数值", "value, NULL where only a bound is stated"))
    value_min = dy.Float64(nullable=True, metadata=about("下限", "lower bound"))
    value_max = dy.Float64(nullable=True, metadata=about("上限", "upper bound"))
    unit = dy.String(nullable=True, metadata=about("单位", "ISO 4217, UCUM, 'ratio' or the measure word"))
    date_value = dy.Date(nullable=True, metadata=about("日期值", "first day of a date"))
    qualifier = choice(QUALIFIERS, "限定", "how the words bound or blur it", nullable=True)
    start_offset = dy.Int64(min=0, metadata=about("起点", "code point in the text of where_found"))
    end_offset = dy.Int64(min=1, metadata=about("终点", "end, exclusive"))
    where_found = choice(["title", "heading", "body"], "位置", "text the figure stands in")
    is_suspect = dy.Bool(metadata=about("可疑", "the text looks damaged here"))
    note = dy.String(nullable=True, metadata=about("说明", "why it is suspect, or what was implied"))

    @dy.rule()
    def offsets_fit(cls) -> pl.Expr:
        """A span is as long as the text it stands for."""
        return pl.col("end_offset") - pl.col("start_offset") == pl.col("text").str.len_chars()

    @dy.rule()
    def bounds_in_order(cls) -> pl.Expr:
        """A lower bound is not above its upper bound, unless the text is suspect."""
        return (pl.col("value_min") <= pl.col("value_max")).fill_null(True) | pl.col("is_suspect")


class Event(Table):
    """One row per date and sentence of a document that states it."""

    NAME: ClassVar[str] = "core.events"
    ABOUT: ClassVar[str] = "有日期的事件 / one row per date and sentence that states it"

    document_id = identifier("文档号", "document", primary_key=True)
    ordinal = dy.Int64(primary_key=True, min=0, metadata=about("序号", "order in the body"))
    date_from = dy.Date(metadata=about("起日", "first day"))
    date_to = dy.Date(metadata=about("止日", "last day, inclusive"))
    date_text = dy.String(min_length=1, metadata=about("日期原文", "literal date expression"))
    precision = choice(EVENT_PRECISIONS, "精度", "precision of the date")
    sentence = dy.String(min_length=1, metadata=about("句子", "the sentence"))

    @dy.rule()
    def ends_after_it_begins(cls) -> pl.Expr:
        """The last day is not before the first."""
        return pl.col("date_to") >= pl.col("date_from")


class Quote(Table):
    """One row per attributed speech of a document."""

    NAME: ClassVar[str] = "core.quotes"
    ABOUT: ClassVar[str] = "引语 / one row per attributed speech"

    document_id = identifier("文档号", "document", primary_key=True)
    ordinal = dy.Int64(primary_key=True, min=0, metadata=about("序号", "order in the body"))
    speaker = dy.String(nullable=True, metadata=about("说话人", "speaker as named; NULL if not stated"))
    verb = dy.String(nullable=True, metadata=about("动词", "verb of speech"))
    text = dy.String(min_length=1, metadata=about("引语原文", "what was said, quotation marks left out"))
    is_direct = dy.Bool(metadata=about("直接引语", "between quotation marks"))
    start_offset = dy.Int64(min=0, metadata=about("起点", "code point in body_hans"))
    end_offset = dy.Int64(min=1, metadata=about("终点", "end, exclusive"))

    @dy.rule()
    def offsets_fit(cls) -> pl.Expr:
        """A span is as long as the text it stands for."""
        return pl.col("end_offset") - pl.col("start_offset") == pl.col("text").str.len_chars()


class Keyword(Table):
    """One row per document and keyword."""

    NAME: ClassVar[str] = "core.keywords"
    ABOUT: ClassVar[str] = "关键词 / one row per document and keyword"

    document_id = identifier("文档号", "document", primary_key=True)
    keyword_hans = dy.String(primary_key=True, min_length=1, metadata=about("关键词", "keyword in Simplified"))
    rank = dy.Int64(min=1, metadata=about("名次", "1 = strongest"))
    weight = dy.Float64(min=0, metadata=about("权重", "weight within the document"))


class DocumentTopic(Table):
    """One row per document and topic it belongs to."""

    NAME: ClassVar[str] = "core.document_topics"
    ABOUT: ClassVar[str] = "文档主题 / one row per document and topic"

    document_id = identifier("文档号", "document", primary_key=True)
    topic_id = dy.String(primary_key=True, metadata=about("主题号", "row of seeds/topics.csv"))
    weight = dy.Float64(min=0, max=1, metadata=about("权重", "share of the evidence for this topic"))


class Summary(Table):
    """One row per document: two or three of its own sentences."""

    NAME: ClassVar[str] = "core.summaries"
    ABOUT: ClassVar[str] = "摘要 / one row per document"

    document_id = identifier("文档号", "document", primary_key=True)
    summary_hans = dy.String(
        nullable=True, metadata=about("摘要", "two or three literal sentences; NULL if it has fewer")
    )


class SearchToken(Table):
    """One row per document: its words, as the word index needs them."""

    NAME: ClassVar[str] = "core.search_tokens"
    ABOUT: ClassVar[str] = "检索词 / one row per document, its words and how often each stands in it"

    document_id = identifier("文档号", "document", primary_key=True)
    tokens = dy.String(
        metadata=about(
            "词，以 U+001F 分隔", "its distinct words in order, U+001F between two: Simplified, or Latin in lower case"
        )
    )
    occurrences = dy.List(
        dy.Int32(), metadata=about("次数", "for each word its occurrences in body and title, the title counting three")
    )

    @dy.rule()
    def counts_fit(cls) -> pl.Expr:
        """Every word has its count, and no word stands less than once."""
        words = pl.when(pl.col("tokens") == "").then(0).otherwise(pl.col("tokens").str.count_matches("\x1f") + 1)
        fits = words == pl.col("occurrences").list.len()
        return fits & (pl.col("occurrences").list.min().fill_null(1) >= 1)
