"""Records to documents: bytes become text, structured records become fields, pages become articles."""

from __future__ import annotations

import polars as pl

from transforms import pages
from transforms.decode import charset, markup, mojibake, structured
from transforms.identity import SEPARATOR, identifier_of_bytes
from transforms.tables.raw import Document
from transforms.unseen import CONTROLS

__all__ = ["documents"]

# Fields of a document in the making; `id` is the source's own.
_FIELDS = ("id", "title", "text", "published", "url", "outlet", "author", "section")
# Those that are published as they are.
_SHOWN = ("title", "author", "outlet", "section")
_RAW = {"row": pl.UInt32, "encoding": pl.String, "reason_code": pl.String, "is_retraction": pl.Boolean} | dict.fromkeys(
    _FIELDS, pl.String
)
# What an address may begin with to be published: a link that runs a script or opens a file is none, whoever states it.
ADDRESS = r"(?i)^https?://[^/\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
PAGES = ("html", "warc")
_HINTS = {"Hans": "gb18030", "Hant": "big5"}


def documents(
    records: pl.DataFrame,
    field_names: pl.DataFrame,
    field_values: pl.DataFrame,
    sources: pl.DataFrame,
    html_words: pl.DataFrame,
    month_names: pl.DataFrame,
) -> pl.DataFrame:
    """Decode records.

    Reads raw.records (`record_id, source_id, file_name, night, format, payload`, and `reason_code` where a reader
    already refused a record), ref.field_names, ref.field_values, ref.sources (`source_id, script`: which of two equally plausible
    encodings a source writes; `fields, unknown_fields, missing_fields`: what its records are made of), ref.html_words,
    ref.month_names. Returns raw.documents plus `reason_code`, by record_id: NULL is good; otherwise text is '' and the
    code is one of 'undecodable', 'no_text', 'mojibake', 'malformed_json', 'malformed_row', 'too_deep', 'too_large',
    'unknown_field', 'missing_field'. `encoding` names what was used: 'utf-8', 'gb18030', 'big5', 'big5hkscs', 'euc-tw', 'utf-16-le',
    'utf-16-be'; '-lossy' after it where single characters could not be read; 'gbk>utf-8' where a wrong reading was
    turned back, in the text or in a field of it.
    """
    rows = _with_hints(records, sources)
    good = rows.filter(pl.col("reason_code").is_null())
    refused = rows.filter(pl.col("reason_code").is_not_null()).select("row", "reason_code", encoding=pl.lit("unknown"))
    is_text, is_page = pl.col("format") == "text", pl.col("format").is_in(PAGES)
    found = pl.concat(
        [
            pl.DataFrame(schema=_RAW),
            _decoded(good.filter(is_text)),
            _pages(good.filter(is_page), html_words, month_names),
            _structured(good.filter(~is_text & ~is_page), structured.Sources(field_names, sources), field_values),
            refused.cast({"encoding": pl.String, "reason_code": pl.String}),
        ],
        how="diagonal",
    )
    read = _with_reasons(_turned_back(found))
    return _identified(rows.drop("reason_code").join(read, on="row", how="left", maintain_order="left"))


def _with_hints(records: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Records with `row`, `reason_code` and the encoding family their source's script suggests."""
    scripts = sources.select("source_id", hint=pl.col("script").replace_strict(_HINTS, default=None))
    if "reason_code" not in records.columns:
        records = records.with_columns(reason_code=pl.lit(None, dtype=pl.String))
    return records.with_row_index("row").join(
        scripts.unique("source_id", keep="first"), on="source_id", how="left", maintain_order="left"
    )


def _decoded(records: pl.DataFrame) -> pl.DataFrame:
    """`row, text, encoding, reason_code` of records that are one text each: UTF-8 at once, the rest one by one."""
    is_plain = _is_utf8(records["payload"]) & ~pl.col("payload").bin.contains(b"\x00")
    rows = records.select("row", "payload", "hint", "format", is_plain=is_plain)
    plain = rows.filter("is_plain").select(
        "row", pl.col("payload").cast(pl.String).str.strip_prefix("\ufeff").alias("text"), encoding=pl.lit("utf-8")
    )
    controls = pl.col("text").str.count_matches(f"[{CONTROLS}]")
    is_binary = controls > charset.CONTROL_SHARE * pl.col("text").str.len_chars()
    plain = plain.with_columns(reason_code=pl.when(is_binary).then(pl.lit("undecodable")))
    others = [
        (row, *charset.decode(payload, charset.declared(payload) or hint if form in PAGES else hint))
        for row, payload, hint, form in rows.filter(~pl.col("is_plain"))
        .select("row", "payload", "hint", "format")
        .rows()
    ]
    return pl.concat([plain, pl.DataFrame(others, schema=plain.schema, orient="row")])


def _is_utf8(payloads: pl.Series) -> pl.Expr:
    """Whether each payload is valid UTF-8: asked of all at once, one by one only where some are not."""
    try:
        payloads.cast(pl.String)
    except pl.exceptions.ComputeError:
        return pl.lit(payloads.map_elements(_decodes, return_dtype=pl.Boolean))
    return pl.lit(value=True)


def _decodes(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def _pages(records: pl.DataFrame, html_words: pl.DataFrame, month_names: pl.DataFrame) -> pl.DataFrame:
    """Pages: the article of each; its canonical address is its natural key."""
    records = _fetched(records)
    decoded = _decoded(records).join(records.select("row", "fetched_from"), on="row", how="left", maintain_order="left")
    good = decoded.filter(pl.col("reason_code").is_null())
    articles = pages.articles(good.select("row", html="text", url="fetched_from"), html_words, month_names)
    articles = articles.select("row", *[pl.col(name) for name in _FIELDS if name != "id"], page_reason="reason_code")
    joined = decoded.drop("text", "fetched_from").join(articles, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("reason_code", "page_reason").alias("reason_code")).drop("page_reason")


def _fetched(records: pl.DataFrame) -> pl.DataFrame:
    """Pages with `fetched_from`: the headers before a page out of a WARC say where it was; they are no part of it."""
    parts = [
        payload.partition(b"\r\n\r\n") if form == "warc" else (b"", b"", payload)
        for form, payload in records.select("format", "payload").iter_rows()
    ]
    heads = pl.Series([head.decode("utf-8", "replace") for head, _, _ in parts], dtype=pl.String)
    return records.with_columns(
        payload=pl.Series([page for _, _, page in parts], dtype=pl.Binary),
        fetched_from=heads.str.extract(r"(?im)^WARC-Target-URI: <?([^\s>]+)"),
    )


def _structured(records: pl.DataFrame, sources: structured.Sources, field_values: pl.DataFrame) -> pl.DataFrame:
    """JSON objects, CSV and Parquet rows: fields by their names, markup in the text rendered."""
    found = structured.fields(records, sources)
    found = markup.plain(markup.plain(found, "text"), "title")
    return found.with_columns(is_retraction=_is_retraction(field_values)).drop("status", "retracted")


def _is_retraction(field_values: pl.DataFrame) -> pl.Expr:
    """Whether a structured record takes back what its id or address names: one of two fields says so."""
    told = [
        pl.col(meaning).str.to_lowercase().str.strip_chars().is_in(values["field_value"].implode())
        for (meaning,), values in field_values.partition_by("meaning", as_dict=True).items()
    ]
    is_named = pl.coalesce("id", "url").is_not_null()
    return is_named & pl.col("reason_code").is_null() & pl.any_horizontal(told).fill_null(value=False)


def _turned_back(found: pl.DataFrame) -> pl.DataFrame:
    """Texts read with a wrong encoding before they came here: turned back with their fields, or refused."""
    names = [mojibake.suspicious_name(pl.col(name)) for name in _SHOWN]
    is_misread = pl.any_horizontal(mojibake.suspicious(pl.col("text")), *names)
    is_doubtful = is_misread & pl.col("reason_code").is_null()
    doubtful = found.filter(is_doubtful.fill_null(value=False))
    if doubtful.is_empty():
        return found
    turned = pl.DataFrame([_turn(row) for row in doubtful.iter_rows(named=True)], schema=_RAW)
    return found.update(turned, on="row", how="left", include_nulls=True)


def _turn(row: dict[str, str | None]) -> dict[str, str | None]:
    """One doubtful document: its text and its fields, each turned back by itself."""
    text, chain, reason = mojibake.restored(row["text"] or "")
    told = {name: mojibake.name_restored(value) for name in _FIELDS if name != "text" and (value := row[name])}
    reason = reason or told.get("title", (None, None, None))[2]
    if reason is not None:
        return row | {"reason_code": reason}
    # A name nobody can read is worth less than none, and no reason to hold the article back.
    fields = {name: None if wrong and name in _SHOWN else value for name, (value, _, wrong) in told.items()}
    chain = chain or next((chain for _, chain, _ in told.values() if chain is not None), row["encoding"])
    return row | fields | {"text": text, "encoding": chain}


def _with_reasons(found: pl.DataFrame) -> pl.DataFrame:
    """A document without a visible character is 'no_text'; one with a reason has no text."""
    is_retraction = pl.col("is_retraction").fill_null(value=False)
    is_empty = ~pl.col("text").fill_null("").str.contains(r"\S")
    reason = pl.coalesce("reason_code", pl.when(is_empty & ~is_retraction).then(pl.lit("no_text")))
    text = pl.when(reason.is_null() & ~is_retraction).then("text").otherwise(pl.lit(""))
    return found.with_columns(reason_code=reason, text=text, is_retraction=is_retraction)


def _seen(field: str) -> pl.Expr:
    """A field without control characters, NULL where nothing is left: it is published as it is."""
    text = pl.col(field).str.replace_all(f"[{CONTROLS}]", "")
    return pl.when(text.str.contains(r"\S")).then(text)


def _identified(found: pl.DataFrame) -> pl.DataFrame:
    """raw.documents with `reason_code`: natural key and document id worked out, columns in order."""
    is_page = pl.col("format").is_in(PAGES)
    natural_id = pl.when(is_page).then("url").otherwise(pl.coalesce("id", "url"))
    found = found.with_columns(natural_id=natural_id, encoding=pl.col("encoding").fill_null("unknown"))
    identity = pl.concat_str(
        "source_id",
        pl.coalesce("natural_id", "file_name"),
        *[pl.col(name).fill_null("") for name in ("title", "text", "published", "url")],
        separator=SEPARATOR,
    )
    keys = [identifier_of_bytes(told) for told in found.select(identity.cast(pl.Binary)).to_series()]
    stated = {f"{name}_field": _seen(name) for name in ("title", "published", "author", "outlet", "section")}
    url = pl.col("url").str.strip_chars()
    return (
        found.with_columns(pl.Series("document_id", keys, dtype=pl.String), **stated)
        .with_columns(url=pl.when(url.str.contains(ADDRESS)).then(url))
        .select(*Document.column_names(), "reason_code")
        .sort("record_id")
    )
