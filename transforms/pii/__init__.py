"""Personal data in article text: found where it is surely one, and masked without moving an offset."""

from __future__ import annotations

import hashlib

import polars as pl

from transforms.identity import lettered
from transforms.pii.masking import masked
from transforms.pii.other_numbers import SHOWN_EMAIL, SHOWN_PHONE, shown_in, spread
from transforms.pii.recognise import HALF_WIDTH, PREFILTER, Finding, broken_in, findings_in, mended

SCHEMA = {
    "document_id": pl.String,
    "kind": pl.String,
    "start_offset": pl.Int64,
    "end_offset": pl.Int64,
    "raw": pl.String,
    "masked": pl.String,
    "digest": pl.String,
}
BLOT = "●"
# Where a page that wraps hard may have broken a number or an address in two.
_NUMBER = r"0-9０-９@＠#＃()（）—–\-"
SEAM = (
    rf"[{_NUMBER}.][ \t\r]*\n[ \t\u3000]*[{_NUMBER}Xx]"
    r"|[@＠#＃][^\s\p{Han}]*\n[ \t\u3000]*[A-Za-zａ-ｚ0-9.]|[A-Za-zａ-ｚ0-9._-]\n[ \t\u3000]*[^\s\p{Han}]*[@＠#＃]"
)


def find(texts: pl.DataFrame) -> pl.DataFrame:
    """Every piece of personal data in the texts, one row per finding, none overlapping another.

    `texts`: document_id, text. Returns document_id, kind ('email', 'phone', 'qq', 'wechat_id', 'id_card',
    'bank_card'), start_offset, end_offset (code points of text, end exclusive), raw, masked, digest (SHA-256 of the
    normalised value, hex), sorted by document_id and start_offset.
    """
    found: dict[str, list[Finding]] = {}
    for document_id, at, line, folded in _suspicious_lines(texts).iter_rows():
        for kind, start, end, value in findings_in(line, folded):
            found.setdefault(document_id, []).append((kind, at + start, at + end, value))
    known = texts.select("document_id", "text", is_broken=pl.col("text").str.contains(SEAM))
    known = known.filter(pl.col("is_broken") | pl.col("document_id").is_in(list(found)))
    rows = [
        (document_id, kind, start, end, text[start:end], masked(kind, value), _digest(value))
        for document_id, text, is_broken in known.iter_rows()
        for kind, start, end, value in mended(found.get(document_id, []), broken_in(text) if is_broken else ())
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("document_id", "start_offset")


def bared(texts: pl.DataFrame, findings: pl.DataFrame, bodies: pl.DataFrame) -> pl.DataFrame:
    """What a body shows that its text did not: a number that counted something until a cut or a repair beside it.

    `texts` and `bodies`: document_id, text; `findings` as `find` gave them. Returns more of these, apart from all others.
    """
    suspects = bodies.filter(pl.col("text").str.contains(f"{SHOWN_PHONE}|{SHOWN_EMAIL}"))
    shown = {document_id: list(dict.fromkeys(shown_in(body))) for document_id, body in suspects.iter_rows()}
    shown = {document_id: values for document_id, values in shown.items() if values}
    if not shown:
        return pl.DataFrame(schema=SCHEMA)
    is_known = pl.col("document_id").is_in(list(shown))
    known = mask(texts.filter(is_known).select("document_id", "text"), findings.filter(is_known))
    rows = [
        (document_id, kind, start, end, text[start:end], masked(kind, value), _digest(value))
        for document_id, text in known.iter_rows()
        for kind, value in shown[document_id]
        for start, end in spread(value, text)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("document_id", "start_offset")


def mask(texts: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """`texts` with every character of a finding but those of a line break replaced by ●: no length and no offset changes.

    `findings`: document_id, start_offset, end_offset as `find` gives them. Rows and columns keep their order.
    """
    if findings.is_empty():
        return texts
    spans = findings.select("document_id", "start_offset", "end_offset").sort("document_id", "start_offset")
    pieces = (
        spans.join(texts.select("document_id", "text"), on="document_id", how="inner", maintain_order="left")
        .with_columns(previous=pl.col("end_offset").shift(1).over("document_id").fill_null(0))
        .with_columns(
            piece=pl.col("text").str.slice(pl.col("previous"), pl.col("start_offset") - pl.col("previous"))
            + pl.col("text")
            .str.slice(pl.col("start_offset"), pl.col("end_offset") - pl.col("start_offset"))
            .str.replace_all(r"[^\r\n]", BLOT)
        )
        .group_by("document_id", maintain_order=True)
        .agg(
            pl.col("piece").str.join("").alias("head"),
            pl.col("text").last().str.slice(pl.col("end_offset").last()).alias("tail"),
        )
        .select("document_id", blotted=pl.col("head") + pl.col("tail"))
    )
    return (
        texts.join(pieces, on="document_id", how="left", maintain_order="left")
        .with_columns(text=pl.coalesce("blotted", "text"))
        .drop("blotted")
    )


def cover(frame: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`frame` (document_id and `columns`, String) with personal data in these shown as ●, and the findings.

    The findings are as `find` gives them; their offsets mean nothing outside this function.
    """
    # A line of its own for each value, so that one pass finds all and none borrows a cue from another.
    texts = frame.select(
        "document_id",
        text=pl.concat_str(
            [pl.col(name).fill_null("").str.replace_all("\n", " ", literal=True) for name in columns], separator="\n"
        ),
    )
    findings = find(texts)
    if findings.is_empty():
        return frame, findings
    values = mask(texts, findings).select(pl.col("text").str.split("\n").list.to_struct(fields=columns)).unnest("text")
    is_found = pl.col("document_id").is_in(findings["document_id"].unique().to_list())
    covered = frame.with_columns(
        pl.when(is_found & pl.col(name).is_not_null()).then(values[name]).otherwise(name).alias(name)
        for name in columns
    )
    return covered, findings


def _suspicious_lines(texts: pl.DataFrame) -> pl.DataFrame:
    """document_id, start, line and its half-width copy: the lines that may hold personal data."""
    return (
        texts.select("document_id", "text")
        .filter(pl.col("text").str.contains(PREFILTER))
        .with_columns(line=pl.col("text").str.split("\n"))
        .select(
            "document_id",
            "line",
            start=pl.col("line").list.eval(
                (pl.element().str.len_chars().cast(pl.Int64) + 1).cum_sum().shift(1, fill_value=0)
            ),
        )
        .explode("line", "start")
        .filter(pl.col("line").str.contains(PREFILTER))
        .select("document_id", "start", "line", folded=pl.col("line").str.replace_many(HALF_WIDTH))
    )


def _digest(value: str) -> str:
    return lettered(hashlib.sha256(value.encode()).hexdigest())
