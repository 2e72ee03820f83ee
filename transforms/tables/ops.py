"""The pipeline's own books: files, runs, stages, what is done, what was held back, what was judged."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice, identifier

DRIFTS = ["unknown", "missing"]
POLICIES = ["warn", "freeze", "quarantine"]


class File(Table):
    """One row per distinct file seen: name and bytes together."""

    NAME: ClassVar[str] = "raw.files"
    ABOUT: ClassVar[str] = "到达的文件 / one row per file name and content seen"

    source_id = dy.String(primary_key=True, metadata=about("来源", "source the file came from"))
    file_name = dy.String(primary_key=True, metadata=about("文件名", "path below the input given"))
    file_sha256 = dy.String(primary_key=True, metadata=about("文件摘要", "SHA-256 of the file's bytes"))
    night = dy.Date(metadata=about("夜次", "night that brought the file in"))
    bytes = dy.Int64(min=0, metadata=about("字节数", "size of the file in bytes"))
    records = dy.Int64(min=0, metadata=about("记录数", "records cut out of the file"))


class Quarantined(Table):
    """One row per record or row held back and reason."""

    NAME: ClassVar[str] = "ops.quarantine"
    ABOUT: ClassVar[str] = "隔离区 / one row per held-back record or row and reason"

    quarantine_id = dy.String(
        primary_key=True, metadata=about("隔离号", "Q- and the hash of stage, subject and reason")
    )
    stage = dy.String(metadata=about("阶段", "stage that held it back"))
    reason_code = dy.String(metadata=about("原因代码", "row of seeds/reason_codes.csv"))
    fate = choice(["quarantined", "rejected_file", "none"], "去向", "fate of the record, none for a row of a record")
    record_id = identifier("记录号", "record held back, NULL for a row read out of a document", nullable=True)
    document_id = identifier("文档号", "document concerned", nullable=True)
    source_id = dy.String(metadata=about("来源", "source of the record"))
    file_name = dy.String(nullable=True, metadata=about("文件名", "file of a rejected file"))
    file_sha256 = dy.String(nullable=True, metadata=about("文件摘要", "bytes of a rejected file"))
    night = dy.Date(metadata=about("夜次", "night that brought it in"))
    detail = dy.String(nullable=True, metadata=about("详情", "what exactly is wrong, without the text itself"))


class Visit(Table):
    """One row per address of a source that was asked and answered."""

    NAME: ClassVar[str] = "ops.visits"
    ABOUT: ClassVar[str] = "访问记录 / one row per source and address fetched, and what the answer came with"

    source_id = dy.String(primary_key=True, metadata=about("来源", "source the address belongs to"))
    address = dy.String(primary_key=True, metadata=about("地址", "address asked"))
    night = dy.Date(metadata=about("夜次", "night of the last answer that was new"))
    status = dy.Int64(metadata=about("状态码", "HTTP status, 200 for other stores, 0 where another night may answer"))
    etag = dy.String(nullable=True, metadata=about("实体标签", "ETag, or the store's own mark of a version"))
    last_modified = dy.String(nullable=True, metadata=about("最后修改", "Last-Modified as it came"))


class Fetched(Table):
    """One row per file that came from the web, and how it was read."""

    NAME: ClassVar[str] = "ops.fetched"
    ABOUT: ClassVar[str] = "网上来的文件 / one row per file that came from the web, and how it was read"

    source_id = dy.String(primary_key=True, metadata=about("来源", "source"))
    file_name = dy.String(primary_key=True, metadata=about("文件名", "name of the file in the ledger"))
    file_sha256 = dy.String(primary_key=True, metadata=about("文件摘要", "bytes of the file"))
    address = dy.String(metadata=about("地址", "address that answered, after redirects"))
    reader = dy.String(
        nullable=True, metadata=about("读取器", "reader its source or the server chose, NULL: its ending")
    )


class FieldDrift(Table):
    """One row per file, kind and field in which its records differ from what their source is known to send."""

    NAME: ClassVar[str] = "ops.field_drift"
    ABOUT: ClassVar[str] = "字段漂移 / one row per file, kind and field that was unknown or missing"

    source_id = dy.String(primary_key=True, metadata=about("来源", "source"))
    file_name = dy.String(primary_key=True, metadata=about("文件名", "file the records stand in"))
    file_sha256 = dy.String(primary_key=True, metadata=about("文件摘要", "bytes of the file"))
    kind = choice(DRIFTS, "种类", "a field nobody named, or one that should be there", primary_key=True)
    field = dy.String(primary_key=True, metadata=about("字段", "name of the field, or meaning that is missing"))
    policy = choice(POLICIES, "策略", "what the source asks for")
    records = dy.Int64(min=1, metadata=about("记录数", "records concerned"))


class Done(Table):
    """One row per unit of work a stage has finished: the checkpoint."""

    NAME: ClassVar[str] = "ops.done"
    ABOUT: ClassVar[str] = "检查点 / one row per stage and finished unit of work"

    stage = dy.String(metadata=about("阶段", "stage"))
    unit_id = dy.String(metadata=about("工作单元", "record or document finished"))
    reference_digest = dy.String(
        metadata=about("参考数据摘要", "reference data it was done under, 'unknown' before layout 1")
    )


class Touched(Table):
    """One row per unit of a regional stage of which something has changed, noted by whoever changed it."""

    NAME: ClassVar[str] = "ops.touched"
    ABOUT: ClassVar[str] = "待重做的单元 / one row per unit a regional stage must do again, and cause"

    stage = dy.String(metadata=about("阶段", "stage that must look at it again"))
    unit_id = dy.String(metadata=about("工作单元", "document or article"))
    night = dy.Date(
        nullable=True, metadata=about("夜次", "night of the record that named it, NULL if no record was the cause")
    )


class Stock(Table):
    """One row per key that more bodies have than may bring two of them together; once stock, always stock."""

    NAME: ClassVar[str] = "ops.stock"
    ABOUT: ClassVar[str] = "套话键 / one row per clause key known to stand in too many bodies"

    clause_hash = dy.Int64(metadata=about("分句摘要", "64-bit hash of the clause"))


class Seed(Table):
    """One row per version of the reference data and seed table."""

    NAME: ClassVar[str] = "ops.seeds"
    ABOUT: ClassVar[str] = "参考数据版本 / one row per version of the reference data and seed table"

    reference_digest = dy.String(primary_key=True, metadata=about("参考数据摘要", "version of the reference data"))
    seed = dy.String(primary_key=True, metadata=about("种子表", "seed table"))
    sha256 = dy.String(metadata=about("文件摘要", "SHA-256 of its file"))


class SeedText(Table):
    """One row per content a seed table ever had."""

    NAME: ClassVar[str] = "ops.seed_texts"
    ABOUT: ClassVar[str] = "参考数据内容 / one row per content a seed table ever had in this home"

    sha256 = dy.String(primary_key=True, metadata=about("文件摘要", "SHA-256 of the file"))
    text = dy.String(metadata=about("内容", "the file, CSV"))


class Replayed(Table):
    """One row per unit sent through again, and the rules it was judged under."""

    NAME: ClassVar[str] = "ops.replays"
    ABOUT: ClassVar[str] = "重放 / one row per stage and unit sent through again, and the rules of that day"

    stage = dy.String(metadata=about("阶段", "stage that had held it back"))
    unit_id = dy.String(metadata=about("工作单元", "record or document sent through again"))
    footing = dy.String(metadata=about("规则版本", "code version and digest of the seeds it was judged under"))


class Run(Table):
    """One row per run."""

    NAME: ClassVar[str] = "ops.runs"
    ABOUT: ClassVar[str] = "运行 / one row per run"

    run_id = dy.String(primary_key=True, metadata=about("运行号", "run"))
    night = dy.Date(metadata=about("夜次", "night the run worked on"))
    state = choice(["running", "published", "unchanged", "blocked", "failed"], "状态", "how the run ended")
    started_at_utc = dy.Datetime(metadata=about("开始时刻", "UTC start"))
    ended_at_utc = dy.Datetime(nullable=True, metadata=about("结束时刻", "UTC end, NULL while it runs or if it died"))
    release_id = dy.String(nullable=True, metadata=about("发布号", "release it published or left in place"))
    message = dy.String(nullable=True, metadata=about("消息", "why it was blocked or failed"))
    warnings = dy.String(nullable=True, metadata=about("警告", "what it warned of, one a line, NULL: nothing"))


class StageRun(Table):
    """One row per run and stage."""

    NAME: ClassVar[str] = "ops.stages"
    ABOUT: ClassVar[str] = "阶段运行 / one row per run and stage"

    run_id = dy.String(primary_key=True, metadata=about("运行号", "run"))
    stage = dy.String(primary_key=True, metadata=about("阶段", "stage"))
    rows_in = dy.Int64(min=0, metadata=about("输入行数", "units of work taken up"))
    rows_out = dy.Int64(min=0, metadata=about("输出行数", "rows written"))
    quarantined = dy.Int64(min=0, metadata=about("隔离行数", "rows held back"))
    seconds = dy.Float64(min=0, metadata=about("秒", "wall seconds"))


class Expectation(Table):
    """One row per expectation judged in a run."""

    NAME: ClassVar[str] = "ops.expectations"
    ABOUT: ClassVar[str] = "质量判定 / one row per expectation judged in a run"

    run_id = dy.String(metadata=about("运行号", "run"))
    stage = dy.String(metadata=about("阶段", "stage"))
    table_name = dy.String(metadata=about("表", "table judged"))
    expectation_type = dy.String(metadata=about("期望类型", "Great Expectations type"))
    column_name = dy.String(nullable=True, metadata=about("列", "column concerned"))
    severity = choice(["fail", "warn"], "严重程度", "fail blocks publication, warn is reported")
    success = dy.Bool(metadata=about("通过", "the expectation holds"))
    observed = dy.String(nullable=True, metadata=about("观察值", "what was observed"))
    unexpected_count = dy.Int64(nullable=True, metadata=about("不符行数", "rows that do not hold"))
    why = dy.String(nullable=True, metadata=about("理由", "why this is expected, in words"))
    query = dy.String(nullable=True, metadata=about("查询", "SQL over the working database that finds the rows"))
    first_rows = dy.String(nullable=True, metadata=about("样例", "the first such rows by their ids, one a line"))


class Revision(Table):
    """One row: how many changes the working database has seen."""

    NAME: ClassVar[str] = "ops.revision"
    ABOUT: ClassVar[str] = "修订号 / one row, raised by every committed change"

    revision = dy.Int64(min=0, metadata=about("修订号", "changes committed so far"))


class Redone(Table):
    """One row per time that finished work was done over."""

    NAME: ClassVar[str] = "ops.redone"
    ABOUT: ClassVar[str] = "重做记录 / one row per time that finished work was done over"

    revision = dy.Int64(min=0, metadata=about("修订号", "last revision before it"))
    why = choice(["replay", "upgrade", "rebuild", "fault"], "缘由", "what asked for it")
