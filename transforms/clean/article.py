"""The article in a text: damage mended, web noise cut, structure recognised."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from transforms.clean.advertised import advertisements
from transforms.clean.assembly import masked
from transforms.clean.between import between
from transforms.clean.evidence import (
    above_headline,
    banners,
    captions,
    galleries,
    link_farms,
    related_lists,
    trailing_headlines,
)
from transforms.clean.farmed import farmed_edits
from transforms.clean.furniture import standing
from transforms.clean.head import beside_titles, heads
from transforms.clean.margins import IS_PIECE, begun, in_pieces, margins, whole_lines, wrapped
from transforms.clean.pieces import Words
from transforms.clean.record import parts
from transforms.clean.rules import CLOSES, claim, doubtful, fitting, inside_edits, span_edits, zones
from transforms.clean.sightings import sightings
from transforms.clean.structure import arranged, titled
from transforms.clean.tail import tails
from transforms.clean.unmarked import firms, pictures
from transforms.lines import fold, following, place, split_lines
from transforms.metadata.judgement import Judgement
from transforms.repair import repair_lines
from transforms.spans import apply, compose, no_edits

PAGES = ["html", "warc"]
# Scopes of rules that know words, not lines.
WORDS = ["piece", "speech"]
# A Latin word of fewer letters may be two.
WORD = 5
# Share of wrapped lines of one width on a page that counts letters, not words.
EXACT = 0.6


def cleaned_parts(
    documents: pl.DataFrame, noise_rules: pl.DataFrame, judgement: Judgement, furniture: pl.DataFrame | None = None
) -> pl.DataFrame:
    """What the text alone tells: document_id, title_original, title_stated, title_start_offset, title_is_inferred,
    body_original, headings, removed, told (what is removed, but white space, as it was before it was damaged), repairs,
    quality_flags; one row per document.

    `documents` has document_id, text, title_field (nullable) and, if personal data is to be covered, masked_text: the
    text with as many code points, from which everything literal is taken while `text` decides. `furniture` are the
    lines known to be repeated by their source (source_id, line); it asks for source_id. `format`, if it is there, tells
    pages: their markup has already told lists of links from text.
    """
    is_word = pl.col("scope").is_in(WORDS)
    rules, words = noise_rules.filter(~is_word).with_row_index("number"), Words(noise_rules.filter(is_word), judgement)
    texts = _bare_titles(_texts(documents), rules)
    lines = _show(split_lines(texts), texts)
    repaired = repair_lines(lines, judgement)
    lines = repaired.lines.with_columns(
        folded=fold(pl.col("text")), chars=pl.col("text").str.len_chars().cast(pl.Int64)
    )
    lines = begun(
        lines.join(texts.select("doc", "title_field", "source_id", "is_page"), on="doc", maintain_order="left")
    )
    known = pl.DataFrame(schema={"source_id": pl.String, "line": pl.String}) if furniture is None else furniture
    advertised = advertisements(lines, judgement)
    lines = _without(lines, advertised)
    seen = sightings(lines, rules)
    lines, more = _rewrapped(_classified(lines, rules, words, known, seen), rules, words, known)
    lines, advertised = galleries(_without(lines, more)), compose(advertised, more)
    free = lines.filter(pl.col("category").is_null())
    spam = _of_whole(inside_edits, free, rules, seen)
    free, seen = _refolded(apply(free, spam), spam, rules, seen)
    farmed = farmed_edits(free, lines, judgement)
    spam = compose(spam, farmed)
    free, seen = _refolded(apply(free, farmed), farmed, rules, seen)
    spans = _of_whole(span_edits, free, rules, seen)
    cuts = compose(compose(spam, spans), beside_titles(apply(free, spans), lines, words))
    edits = compose(compose(repaired.edits, advertised), cuts)
    kept = masked(apply(lines, cuts), edits).filter(pl.col("category").is_null())
    kept, seen = _refolded(kept, cuts, rules, seen)
    emptied = kept.filter(pl.col("chars") == 0)["line"]
    kept = _glued(arranged(titled(kept.filter(pl.col("chars") > 0), judgement), judgement))
    doubts = {"byte_damage": repaired.damaged, "spun": doubtful(kept, rules, seen)}
    return parts(texts, lines, kept, edits, emptied, doubts, judgement)


def _texts(documents: pl.DataFrame) -> pl.DataFrame:
    """doc, document_id, text, title_field, masked_text, source_id, is_page, sorted; what `documents` do not tell is null."""
    told = documents.columns
    return documents.select(
        "document_id",
        "text",
        title_field=pl.col("title_field").str.strip_chars(),
        masked_text=pl.col("masked_text") if "masked_text" in told else pl.lit(None, pl.String),
        source_id=pl.col("source_id") if "source_id" in told else pl.lit(None, pl.String),
        is_page=pl.col("format").is_in(PAGES) if "format" in told else pl.lit(value=False),
    ).sort("document_id").with_row_index("doc")  # fmt: skip


def _bare_titles(texts: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """`texts` with the title a source states cut free of what was put into it and of tags at its ends ([视频], (组图)).

    NULL where nothing is left. `title_stated` is the title as it was, where it was cut.
    """
    texts = texts.with_columns(title_stated=pl.lit(None, pl.String))
    stated = texts.filter(pl.col("title_field").is_not_null()).select(
        "doc",
        line="doc",
        text="title_field",
        folded=fold(pl.col("title_field")),
        chars=pl.col("title_field").str.len_chars(),
    )
    rules = rules.filter(
        pl.col("scope").is_in(["inside", "theme"]) | ((pl.col("scope") == "span") & (pl.col("category") == "banner"))
    )
    seen = sightings(stated, rules)
    spam = inside_edits(stated, rules, seen)
    rest, seen = _refolded(apply(stated, spam), spam, rules, seen)
    edits = compose(spam, span_edits(rest, rules, seen))
    if edits.is_empty():
        return texts
    titles = apply(stated.join(edits.select("line"), on="line", how="semi"), edits).select(
        "doc", bare=pl.col("text").str.strip_chars(" -_|,，")
    )
    bare = pl.col("bare")
    title = pl.when(bare.is_null()).then("title_field").when(bare != "").then(bare)
    stated_title = pl.when(bare.is_not_null()).then("title_field")
    return (
        texts.join(titles, on="doc", how="left", maintain_order="left")
        .with_columns(title_field=title, title_stated=stated_title)
        .drop("bare")
    )


def _without(lines: pl.DataFrame, advertised: pl.DataFrame) -> pl.DataFrame:
    """`lines` with text, folded and chars as they are without what was put in."""
    if advertised.is_empty():
        return lines
    lines = apply(lines, advertised)
    folded = fold(pl.col("text"))
    return lines.with_columns(folded=folded, chars=folded.str.len_chars().cast(pl.Int64))


def _refolded(
    lines: pl.DataFrame, cuts: pl.DataFrame, rules: pl.DataFrame, seen: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`lines` with folded and chars as they are after the cuts and with personal data covered, and what is seen in them.

    Lines that have been cut are looked at for the rules of parts of a line alone: what whole lines are is settled.
    """
    is_changed = pl.col("line").is_in(cuts["line"].unique().implode())
    if "is_covered" in lines.columns:
        is_changed |= pl.col("is_covered")
    rows = lines.select(is_changed).to_series().arg_true()
    if rows.is_empty():
        return lines, seen
    again = lines.select(pl.col("line", "text").gather(rows)).select("line", folded=fold(pl.col("text")))
    sizes = again["folded"].str.len_chars().cast(pl.Int64)
    lines = lines.with_columns(
        lines["folded"].clone().scatter(rows, again["folded"]),
        lines["chars"].cast(pl.Int64).scatter(rows, sizes),
    )
    return lines, pl.concat(
        [seen.join(again, on="line", how="anti"), sightings(again, rules.filter(pl.col("scope") != "line"))]
    )


def _show(lines: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """`lines` with `shown`: what may be published of `base`; and is_covered: that is not all of it."""
    covered = texts.filter(pl.col("masked_text").is_not_null()).select("doc", "masked_text")
    if covered.is_empty():
        return lines.with_columns(shown=pl.col("base"), is_covered=pl.lit(value=False))
    return (
        lines.join(covered, on="doc", how="left", maintain_order="left")
        .with_columns(
            shown=pl.when(pl.col("masked_text").is_null())
            .then("base")
            .otherwise(pl.col("masked_text").str.slice(pl.col("start"), pl.col("chars"))),
            is_masked=pl.col("masked_text").is_not_null(),
        )
        .with_columns(
            is_covered=pl.when("is_masked").then(pl.col("shown") != pl.col("base")).otherwise(pl.lit(value=False))
        )
        .drop("masked_text", "is_masked")
    )


def _rewrapped(
    lines: pl.DataFrame, rules: pl.DataFrame, words: Words, furniture: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """`lines`, those of pages that wrap hard classified again as the whole lines they are pieces of, and what is advertised
    in these."""
    lines = wrapped(lines, margins(lines))
    hard = lines.filter("is_hard").drop("category", "rule_id")
    if hard.is_empty():
        return lines, no_edits()
    whole, rules = whole_lines(hard), rules.filter(pl.col("scope") == "line")
    advertised = advertisements(whole, words.judgement)
    whole = _without(whole, advertised)
    found = _classified(whole, rules, words, furniture, sightings(whole, rules)).select(
        "category", "rule_id", whole="line"
    )
    again = hard.join(found, on="whole", how="left", maintain_order="left")
    lines = pl.concat([lines.filter(~pl.col("is_hard")), again.select(lines.columns)]).sort("line")
    return lines, in_pieces(advertised, hard)


def _of_whole(
    edits: Callable[[pl.DataFrame, pl.DataFrame, pl.DataFrame], pl.DataFrame],
    lines: pl.DataFrame,
    rules: pl.DataFrame,
    seen: pl.DataFrame,
) -> pl.DataFrame:
    """The `edits` of the whole lines that `lines` are, or are pieces of: a dateline may be cut in two by a margin."""
    pieces = lines.filter(IS_PIECE)
    if pieces.is_empty():
        return edits(lines, rules, seen)
    whole = whole_lines(pieces)
    again = sightings(whole, rules.filter(pl.col("scope") != "line"))
    found = edits(whole_lines(lines), rules, pl.concat([seen.join(pieces, on="line", how="anti"), again]))
    return pl.concat([found.join(whole, on="line", how="anti"), in_pieces(found, pieces)]).sort("line", "start")


def _classified(
    lines: pl.DataFrame, rules: pl.DataFrame, words: Words, furniture: pl.DataFrame, seen: pl.DataFrame
) -> pl.DataFrame:
    """`lines` with category and rule_id, NULL for what the article keeps."""
    lines = lines.with_columns(
        category=pl.lit(None, pl.String), rule_id=pl.lit(None, pl.String), closes=pl.col("folded").str.contains(CLOSES)
    )
    fits = pl.concat([fitting(lines, rules, seen), standing(lines, furniture)])
    lines = zones(claim(lines, fits, "any"))
    lines = claim(claim(lines, fits, "top"), fits, "bottom")
    lines = zones(link_farms(captions(banners(above_headline(lines)), words.judgement)))
    lines = zones(trailing_headlines(related_lists(lines), words.judgement))
    lines = zones(between(tails(heads(lines, words), words), words))
    lines = zones(firms(pictures(lines, words.judgement), words.judgement))
    return _without_repeated_title(lines).drop("closes")


def _without_repeated_title(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` with those claimed at the head of a text that say again what the title, or the first line, has said."""
    head = lines.filter(pl.col("category").is_null() & (pl.len().over("doc") > 1))
    head = head.with_columns(number=place() + 1).filter(pl.col("number") <= 4)
    # A longer line is none of those; it only counts as the first line of a page whose title nobody states.
    is_entitled = pl.col("title_field").str.contains(r"\p{Han}").fill_null(False)
    head = head.filter((pl.col("chars") <= 90) | ((pl.col("number") == 1) & ~is_entitled))
    if head.is_empty():
        return lines
    marks = r"[^\p{Han}A-Za-z0-9]"
    titles = head.select("doc", stated="title_field").drop_nulls().unique("doc")
    titles = titles.with_columns(fold(pl.col("stated")).str.replace_all(marks, ""))
    head = head.with_columns(bare=pl.col("folded").str.replace_all(marks, "")).join(
        titles, on="doc", how="left", maintain_order="left"
    )
    first = pl.col("bare").first().over("doc")
    begins = pl.col("stated").str.starts_with(pl.col("bare")) & (pl.col("bare").str.len_chars() >= 8)
    again = (
        pl.when(pl.col("stated").fill_null("") != "")
        .then((pl.col("number") <= 3) & ((pl.col("bare") == pl.col("stated")) | (begins & (pl.col("number") == 1))))
        .otherwise((pl.col("number") > 1) & (pl.col("bare") == first))
    )
    tabs = _titles_of_tabs(head.filter(~is_entitled))
    head = head.with_columns(is_tab=pl.col("line").is_in(tabs.implode()))
    again = pl.when(pl.col("is_tab").any().over("doc")).then("is_tab").otherwise(again)
    repeated = head.filter(again & (pl.col("chars") <= 90) & (pl.col("bare").str.len_chars() >= 4))["line"].implode()
    return lines.with_columns(
        category=pl.when(pl.col("line").is_in(repeated)).then(pl.lit("boilerplate")).otherwise("category"),
        rule_id=pl.when(pl.col("line").is_in(repeated)).then(pl.lit("title_repeated")).otherwise("rule_id"),
    )


def _titles_of_tabs(head: pl.DataFrame) -> pl.Series:
    """The first lines of `head` (doc, line, number, folded, chars) that say a headline below them, and then the site."""
    first = head.filter(pl.col("number") == 1).select("doc", "line", tab="folded")
    below = head.filter((pl.col("number") > 1) & (pl.col("chars") >= 8)).select("doc", "folded")
    pairs = first.join(below, on="doc").filter(pl.col("tab").str.starts_with(pl.col("folded")))
    behind = pl.col("tab").str.slice(pl.col("folded").str.len_chars())
    return pairs.filter(behind.str.contains(r"^\s*[-_|—–]\s*[^。]{2,40}$"))["line"].unique()


def _at_column() -> pl.Expr:
    """Whether a line is cut at the column at which its page cuts nearly every line, whatever stands there."""
    size = pl.col("base").str.len_chars()
    column = size.filter("is_wrapped").max().over("doc")
    keeps = (size == column) & pl.col("is_wrapped")
    is_exact = keeps.sum().over("doc") >= EXACT * pl.col("is_wrapped").sum().over("doc")
    return (keeps & is_exact & ~following("gap").str.contains("[ \\x{a0}\\x{3000}]").fill_null(value=False)).fill_null(
        value=False
    )


def _glued(kept: pl.DataFrame) -> pl.DataFrame:
    """`kept` with glue, what stands between a line and the one it goes on in: a space between two Latin words, or in what
    is shown as one line where the margin took it, or nothing.

    What the text has elsewhere as one word (DeepS|eek) was cut in two, and any word at the margin of a page that breaks
    its lines at one column; a blank that stood there stands in the gap.
    """
    begins_latin = pl.col("next_text").str.contains(r"^[A-Za-z]").fill_null(False)
    is_parted = pl.col("folded").str.contains(r"[A-Za-z0-9,.;]$") & begins_latin
    joined = kept.select("doc", "line", "folded", "joins_next", next_text=following("folded")).filter("joins_next")
    parted = joined.filter(is_parted)
    is_shown = pl.col("joins_next") & pl.col("is_parted") & (pl.col("is_title") | pl.col("is_heading"))
    if parted.is_empty():
        return kept.with_columns(glue=pl.when(is_shown).then(pl.lit(" ")).otherwise(pl.lit("")))
    texts = kept.join(parted.select("doc").unique(), on="doc", how="semi").group_by("doc").agg(
        text=pl.col("folded").str.join("\n")
    )  # fmt: skip
    word = pl.col("folded").str.extract(r"([A-Za-z0-9]+)$") + pl.col("next_text").str.extract(r"^([A-Za-z0-9]+)")
    known = pl.col("text").str.contains(pl.format(r"(?-u:\b){}(?-u:\b)", word)) & (word.str.len_chars() >= WORD)
    whole = parted.join(texts, on="doc").filter(known)
    spaced = pl.col("line").is_in(parted.join(whole, on="line", how="anti")["line"].implode()) & ~_at_column()
    return kept.with_columns(glue=pl.when(spaced | is_shown).then(pl.lit(" ")).otherwise(pl.lit("")))
