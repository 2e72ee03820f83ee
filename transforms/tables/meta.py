"""How the published data came to be: release, ledger, cuts, repairs, verdicts."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables import core
from transforms.tables.base import Table, about, choice
from transforms.tables.marts.columns import count, day, moment, number, text, yes_no
from transforms.tables.ops import DRIFTS, POLICIES

FATES = ["published", "duplicate", "superseded", "quarantined", "rejected_file"]


class Release(Table):
    """One row: this release."""

    NAME: ClassVar[str] = "meta.release"
    ABOUT: ClassVar[str] = "本次发布 / one row, this release"

    release_id = text("发布号", "release", primary_key=True)
    night = day("夜次", "night of the run that built it")
    built_at_utc = moment("构建时刻", "when it was built, UTC")
    code_version = text("程序版本", "version of wencang")
    contract_version = text("契约版本", "version of the published tables")
    reference_digest = text("参考数据摘要", "digest of every seed table")
    parent_release_id = text("上一发布号", "release before it, NULL for the first", nullable=True)


class Ledger(Table):
    """One row per input record ever seen."""

    NAME: ClassVar[str] = "meta.ledger"
    ABOUT: ClassVar[str] = "总账 / one row per input record ever seen, with its one fate"

    record_id = text("记录号", "record", primary_key=True)
    source_id = text("来源号", "source")
    file_name = text("文件名", "path below the input given")
    file_sha256 = text("文件摘要", "SHA-256 of the file's bytes, of no bytes where it could not be opened")
    record_ordinal = count("文件内序号", "0-based record within its file")
    night = day("夜次", "night that brought it in")
    fate = choice(FATES, "去向", "what became of it; superseded = a later version stands, or it was taken back")
    reason_code = text(
        "原因代码", "what held it back, the kind of copy, or what took its place; NULL if published", nullable=True
    )
    document_id = text("文档号", "document it holds, NULL if none could be read", nullable=True)
    article_id = text("文章号", "article it belongs to, NULL if none", nullable=True)
    rule_version = text("规则版本", "digest of the seeds it was judged by")


class Removed(Table):
    """One row per span cut from a document."""

    NAME: ClassVar[str] = "meta.removed"
    ABOUT: ClassVar[str] = "删除片段 / one row per span cut from a document"

    document_id = text("文档号", "document", primary_key=True)
    ordinal = count("序号", "order within the document", primary_key=True)
    start_offset = count("起点", "first character in the decoded original")
    end_offset = count("终点", "end, exclusive")
    line_no = count("行号", "1-based line it starts in")
    category = choice(core.REMOVED_CATEGORIES, "类别", "kind of noise")
    rule_id = dy.String(metadata=about("规则号", "rule that ordered the cut"))
    text = dy.String(metadata=about("原文", "what was cut, PII shown as ●"))


class Repair(Table):
    """One row per span changed in a document."""

    NAME: ClassVar[str] = "meta.repair"
    ABOUT: ClassVar[str] = "修复 / one row per span changed in a document"

    document_id = text("文档号", "document", primary_key=True)
    ordinal = count("序号", "order within the document", primary_key=True)
    start_offset = count("起点", "first character in the decoded original")
    end_offset = count("终点", "end, exclusive")
    kind = text(
        "种类",
        "damage: gbk_shift = bytes shifted by pinyin, lost_glyph = ? for a sign, character_form = a radical for a character,"
        " punctuation, paragraph_join = broken line",
    )
    before = text("修复前", "text before")
    after = text("修复后", "text after")
    confidence = number("置信度", "how sure the repair is, 0..1")


class Pii(Table):
    """One row per personal datum found."""

    NAME: ClassVar[str] = "meta.pii"
    ABOUT: ClassVar[str] = "个人信息 / one row per personal datum found, masked"

    document_id = text("文档号", "document")
    kind = choice(["email", "phone", "qq", "wechat_id", "id_card", "bank_card"], "种类", "kind of datum")
    masked = text("掩码", "masked form")
    digest = text("摘要", "SHA-256 of the normalised value")


class QuarantineSummary(Table):
    """One row per night, stage, reason and source."""

    NAME: ClassVar[str] = "meta.quarantine_summary"
    ABOUT: ClassVar[str] = "隔离汇总 / one row per night, stage, reason and source"

    night = day("夜次", "night", nullable=False)
    stage = text("阶段", "stage that held them back")
    reason_code = text("原因代码", "reason")
    source_id = text("来源号", "source")
    records = count("记录数", "records held back; rows, where the article is published without them")


class FieldDrift(Table):
    """One row per night, source, kind and field that was unknown or missing."""

    NAME: ClassVar[str] = "meta.field_drift"
    ABOUT: ClassVar[str] = "字段漂移 / one row per night, source, kind and field that was unknown or missing"

    night = day("夜次", "night that brought the records", nullable=False)
    source_id = text("来源号", "source")
    kind = choice(DRIFTS, "种类", "a field nobody named, or one that should be there")
    field = text("字段", "name of the field, or meaning that is missing")
    policy = choice(POLICIES, "策略", "what the source asks for: tell, refuse the file, or hold each record back")
    records = count("记录数", "records concerned")


class Expectation(Table):
    """One row per expectation of this release's run."""

    NAME: ClassVar[str] = "meta.expectation"
    ABOUT: ClassVar[str] = "质量判定 / one row per expectation judged for this release"

    release_id = text("发布号", "release")
    stage = text("阶段", "stage")
    table_name = text("表", "table judged")
    expectation_type = text("期望类型", "Great Expectations type")
    column_name = text("列", "column concerned", nullable=True)
    severity = choice(["fail", "warn"], "严重程度", "fail blocks publication, warn is reported")
    success = yes_no("通过", "the expectation holds")
    observed = text("观察值", "what was observed", nullable=True)
    unexpected_count = count("不符行数", "rows that do not hold", nullable=True)
    why = text("理由", "why this is expected", nullable=True)
    query = text("查询", "SQL over the working database that finds the rows; NULL where it holds", nullable=True)
    first_rows = text("样例", "the first such rows by their ids, one a line", nullable=True)


class Run(Table):
    """One row per run."""

    NAME: ClassVar[str] = "meta.run"
    ABOUT: ClassVar[str] = "运行 / one row per run"

    run_id = text("运行号", "run", primary_key=True)
    night = day("夜次", "night the run worked on")
    state = text(
        "状态",
        "how the run ended: published, unchanged = nothing new, blocked by a quality gate, failed; running = it died",
    )
    started_at_utc = moment("开始时刻", "start, UTC")
    ended_at_utc = moment("结束时刻", "end, UTC; NULL while it runs or if it died", nullable=True)
    release_id = text("发布号", "release it published", nullable=True)
    warnings = text("警告", "what it warned of, one a line; NULL: nothing", nullable=True)


class StageRun(Table):
    """One row per run and stage."""

    NAME: ClassVar[str] = "meta.stage"
    ABOUT: ClassVar[str] = "阶段运行 / one row per run and stage"

    run_id = text("运行号", "run", primary_key=True)
    stage = text("阶段", "stage", primary_key=True)
    rows_in = dy.Int64(metadata=about("输入行数", "units of work taken up"))
    rows_out = dy.Int64(metadata=about("输出行数", "rows written"))
    quarantined = dy.Int64(metadata=about("隔离行数", "rows held back"))
    seconds = number("秒", "seconds on the clock")


class ColumnDoc(Table):
    """One row per published column."""

    NAME: ClassVar[str] = "meta.column_doc"
    ABOUT: ClassVar[str] = "列说明 / one row per published column"

    schema_name = text("模式", "schema", primary_key=True)
    table_name = text("表", "table or view", primary_key=True)
    column_name = text("列", "column", primary_key=True)
    data_type = text("类型", "DuckDB type")
    comment = text("说明", "comment of the column", nullable=True)


TABLES: tuple[type[Table], ...] = (
    Release, Ledger, Removed, Repair, Pii, QuarantineSummary, FieldDrift, Expectation, Run, StageRun, ColumnDoc,
)  # fmt: skip
