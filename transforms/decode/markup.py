"""HTML inside a field of a structured record: rendered to lines of text."""

from __future__ import annotations

import html

import polars as pl

_BLOCKS = (
    "p|div|br|li|ul|ol|dl|dt|dd|h[1-6]|tr|table|tbody|thead|section|article|blockquote|pre|figure|figcaption|hr|"
    "center|header|footer|main|aside"
)
_INLINES = (
    "a|abbr|b|strong|i|em|u|s|del|ins|span|font|img|small|sub|sup|td|th|code|mark|cite|q|label|iframe|video|audio|"
    "source|embed|object|param|button|svg|path|picture|time|big|strike|o:p|section|ruby|rt|rp|wbr|input|form|html|"
    "body|head|meta|link|col|colgroup|caption"
)
_TAG = rf"(?i)</?(?:{_BLOCKS}|{_INLINES})(?:\s[^<>]*)?/?>"
_BLOCK_TAG = rf"(?i)</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>"
_HIDDEN = r"(?is)<(?:script|style|noscript|template)\b[^>]*>.*?</(?:script|style|noscript|template)\s*>|<!--.*?-->"
_ESCAPED_TAG = rf"(?i)&lt;/?(?:{_BLOCKS}|a|span|img|strong|b|em|font)(?:\s[^<>]*?)?/?&gt;"
_ENTITY = r"&(?:[a-zA-Z]{2,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});"


def _unescaped(text: pl.Expr) -> pl.Expr:
    """Entities resolved; only the few texts that have any are handled one by one."""
    few = pl.when(text.str.contains(_ENTITY)).then(text)
    return pl.coalesce(few.map_elements(_unescape, return_dtype=pl.String, skip_nulls=True), text)


def _unescape(text: str) -> str:
    return html.unescape(text).replace("\x00", "")


def _rendered(text: pl.Expr) -> pl.Expr:
    """Tags out: a block ends its line; the source's own line breaks are only blanks."""
    return (
        text.str.replace_all(_HIDDEN, "")
        .str.replace_all(r"[\r\n\t]+", " ")
        .str.replace_all(_BLOCK_TAG, "\n")
        .str.replace_all(_TAG, "")
    )


def _tidied(text: pl.Expr) -> pl.Expr:
    """Lines without blanks at their ends and without empty lines between them."""
    return text.str.replace_all(r"[\s\u00a0]*\n[\s\u00a0]*", "\n").str.strip_chars()


def plain(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """`table` with `column` (String) rendered: markup gone, one block a line, entities resolved.

    A text without any known tag keeps its lines as they are. Tags of no known name stay: they are text.
    """
    text = pl.col(column)
    # Most texts hold neither a tag nor an entity: the many patterns are asked of those that may.
    is_marked = text.str.contains_any(["<", "&"]).fill_null(value=False)
    marked = table.lazy().with_row_index("place").filter(is_marked).select("place", column).collect()
    if marked.is_empty():
        return table
    rendered = _plain(marked, column)
    return table.with_columns(table[column].scatter(marked["place"], rendered[column]))


def _plain(table: pl.DataFrame, column: str) -> pl.DataFrame:
    """`plain` for texts of which each may hold markup."""
    text = pl.col(column)
    table = table.with_columns(pl.when(text.str.contains(_ESCAPED_TAG)).then(_unescaped(text)).otherwise(text))
    has_block = text.str.contains("<", literal=True) & text.str.contains(_BLOCK_TAG)
    has_tag = text.str.contains("<", literal=True) & text.str.contains(_TAG)
    inline_only = text.str.replace_all(_HIDDEN, "").str.replace_all(_TAG, "")
    rendered = pl.when(has_block).then(_tidied(_unescaped(_rendered(text)))).when(has_tag).then(inline_only)
    return table.with_columns(rendered.otherwise(text)).with_columns(_unescaped(text))
