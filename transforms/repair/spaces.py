"""Stray white space inside a line: invisible characters, spaces beside full-width marks and at random."""

from __future__ import annotations

import polars as pl

from transforms.lines import fold
from transforms.metadata.judgement import Judgement
from transforms.spans import as_edits, no_edits, occurrences
from transforms.unseen import NO_CHARACTERS, SELECTORS, UNSEEN

INVISIBLE = f"[{UNSEEN}{NO_CHARACTERS}{SELECTORS}]+"
STRAY = rf"[ \t\x{{a0}}\x{{3000}}{UNSEEN}{NO_CHARACTERS}{SELECTORS}]"
BLANK = r"[ \t\x{a0}\x{3000}]"
AFTER_MARK = rf"[，。、；：？！）》】…—]{BLANK}+\S|[\p{{Han}}a-zA-Z0-9]{BLANK}+[，。、；：？！）》】]"
BESIDE_QUOTE = rf"[”’」』]{BLANK}+\p{{Han}}|\p{{Han}}{BLANK}+[“‘「『《（]"
# A full-width blank is nobody's habit beside Latin: it parts what it stands between.
NARROW = r"[ \t\x{a0}]"
LATIN = rf"\p{{Han}}{NARROW}+-?[A-Za-z0-9]|[A-Za-z0-9%℃]{NARROW}+\p{{Han}}"
LATIN_TIGHT = r"\p{Han}[A-Za-z0-9]|[A-Za-z0-9%℃]\p{Han}"
TORN = rf"\p{{Han}}{{1,2}}{BLANK}\p{{Han}}{{1,2}}"
# The number of a section or of a figure, and a word of two characters spread over its line (第一章 总 则).
NUMBERED = rf"^(?:[图圖表])?[0-9]{{1,2}}{BLANK}+\p{{Han}}"
SPREAD = rf"(?:^|{BLANK})\p{{Han}}{BLANK}+\p{{Han}}$"
SPELT_OUT = r"(?:[A-Za-z] ){3,}[A-Za-z]|[12] \d{3} ?年|[12]\d \d{2} ?年|[12]\d{2} \d ?年"
# A page that writes Latin words with spaces around them does so nearly always; below this share a space is stray.
HABIT = 0.2
SHORT = 20
# So many words torn apart in the sentences of a text are no slip: its other lines are torn as well.
MANY_TORN = 3

# So many words torn apart in the sentences of a text, and it is torn throughout.
WORN = 8
MARK = "[，。：；！？,:;!?“”‘’《》（）()【】、]"
# One or two characters before or behind a blank, nothing but an edge, a mark or a blank on their other side, and across the
# blank more than a name; a `single` one that is no role (王小二 摄) is the rest of a word.
SHREDS = (
    r"(?:^|{mark})\p{{Han}}{{1,2}}{blank}+\p{{Han}}{{4}}",
    r"{blank}\p{{Han}}{{1,2}}{blank}+\p{{Han}}{{4}}",
    r"\p{{Han}}{{4}}{blank}+\p{{Han}}{{1,2}}(?:$|{mark})",
    r"(?:^|{mark}){single}{blank}+\p{{Han}}{{2}}",
    r"\p{{Han}}{{2}}{blank}+{single}(?:$|{mark})",
    # No clause begins with what only goes on.
    r"\p{{Han}}{blank}+{particle}",
)


def invisible_edits(lines: pl.DataFrame) -> pl.DataFrame:
    """Cuts of category `whitespace` for what nobody sees in `lines` (line, text, is_suspect): it hides all other damage."""
    found = occurrences(lines.filter("is_suspect").select("line", "text"), INVISIBLE)
    return as_edits(found, category="whitespace", rule_id="invisible", confidence=1.0)


def space_edits(lines: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Cuts of category `whitespace` for `lines` (doc, line, text, is_suspect)."""
    spaced = lines.filter("is_suspect").filter(pl.col("text").str.contains(STRAY))
    if spaced.is_empty():
        return no_edits()
    # Between clauses of a heading or of a list of names a space is punctuation; it is stray only beside real punctuation.
    sentences = spaced.filter(pl.col("text").str.contains("[，,。：:；;！？?!]"))
    # Headlines have colons and question marks too; what parts their clauses is the blank.
    running = sentences.filter(pl.col("text").str.contains("[，,。；;]|[：:！？?!]$"))
    torn = _torn(spaced)
    found = [
        (occurrences(sentences.select("line", "text"), AFTER_MARK), "space_beside_mark"),
        (occurrences(running.select("line", "text"), BESIDE_QUOTE), "space_beside_mark"),
        (_beside_latin(_without_habit(lines, running)), "space_beside_latin"),
        (_linked(spaced, judgement), "space_in_phrase"),
        (_certainly_torn(torn, running), "space_in_word"),
        (_spread(spaced), "space_in_word"),
        (_shreds(spaced, running, torn, judgement), "space_in_word"),
        (_spelt_out(spaced), "space_in_word"),
    ]
    edits = [
        as_edits(_blank_part(matches), category="whitespace", rule_id=rule, confidence=1.0) for matches, rule in found
    ]
    return pl.concat(edits).unique(subset=["line", "start"], keep="first", maintain_order=True).sort("line", "start")


def _linked(spaced: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Blanks behind a word that ends no phrase, a conjunction, a preposition or 的, where they part nothing: 一座桥与 两个村."""
    import rjieba

    link = judgement.shaped("<link>")
    linked = rf"\p{{Han}}{{0,3}}{link}{BLANK}+\p{{Han}}"
    found = occurrences(spaced.select("line", "text").filter(pl.col("text").str.contains(linked)), linked)
    before = pl.select(fold(pl.lit(found["match"].str.extract(r"^(\p{Han}+)")))).to_series()
    ends = pl.Series([rjieba.cut(words, False)[-1] for words in before], dtype=pl.String)
    return found.filter(ends.str.contains(f"^{link}$"))


def _beside_latin(lines: pl.DataFrame) -> pl.DataFrame:
    """Blanks between Han and Latin or digits, but for the one behind the number a line begins with."""
    return occurrences(lines, LATIN).join(occurrences(lines, NUMBERED), on=["line", "end"], how="anti")


def _spread(spaced: pl.DataFrame) -> pl.DataFrame:
    """Blanks inside the only word of a short line, or its last one, if a dictionary knows it."""
    import rjieba

    found = occurrences(spaced.select("line", "text").filter(pl.col("text").str.len_chars() <= SHORT), SPREAD)
    bare = pl.col("match").str.strip_chars_start(" \t\xa0\u3000")
    found = found.with_columns(start=pl.col("end") - bare.str.len_chars().cast(pl.Int64), match=bare)
    words = pl.select(fold(pl.lit(found["match"].str.replace_all(BLANK, "")))).to_series()
    return found.filter(pl.Series([rjieba.has_word(word) for word in words], dtype=pl.Boolean))


def _torn(spaced: pl.DataFrame) -> pl.DataFrame:
    """Blanks between two Han characters of one dictionary word, with the doc they are in."""
    import rjieba

    found = occurrences(spaced.select("line", "text").filter(pl.col("text").str.contains(TORN)), TORN)
    letters = found["match"].str.replace_all(BLANK, " ")
    torn = [
        rjieba.has_word(left[-1] + right[0]) or rjieba.has_word(left + right)
        for left, right in (match.split(" ", 1) for match in pl.select(fold(pl.lit(letters))).to_series())
    ]
    return found.filter(pl.Series(torn, dtype=pl.Boolean)).join(spaced.select("line", "doc"), on="line")


def _certainly_torn(torn: pl.DataFrame, running: pl.DataFrame) -> pl.DataFrame:
    """Those of the `torn` words that stand in running text; where a text has many, all of them."""
    certain = pl.col("line").is_in(running["line"].implode())
    return torn.filter(certain | (certain.sum().over("doc") >= MANY_TORN)).drop("doc")


def _shreds(spaced: pl.DataFrame, running: pl.DataFrame, torn: pl.DataFrame, judgement: Judgement) -> pl.DataFrame:
    """Blanks beside one or two characters at the edge of a clause, where the sentences of a text are torn throughout:
    no clause of a headline is so short."""
    certain = torn.filter(pl.col("line").is_in(running["line"].implode()))
    worn = certain.group_by("doc").len().filter(pl.col("len") >= WORN)
    lines = spaced.join(worn, on="doc", how="semi").join(running, on="line", how="anti").select("line", "text")
    single = rf"[\p{{Han}}--{judgement.parts['credit_letter']}]"
    particle = judgement.parts["particle"]
    shreds = [shred.format(mark=MARK, blank=BLANK, single=single, particle=particle) for shred in SHREDS]
    bare = pl.col("match").str.strip_chars_start(" \t\xa0\u3000")
    return (
        pl.concat([occurrences(lines, shred) for shred in shreds])
        .with_columns(start=pl.col("end") - bare.str.len_chars().cast(pl.Int64), match=bare)
        .sort("line", "start")
    )


def _spelt_out(spaced: pl.DataFrame) -> pl.DataFrame:
    """Blanks inside a Latin word whose letters stand apart, and inside a year: one row for each blank with what is beside it."""
    found = occurrences(spaced.select("line", "text"), SPELT_OUT)
    letter = pl.col("letters")
    return (
        found.with_columns(letters=pl.col("match").str.extract_all("(?s)."))
        .explode("letters")
        .with_columns(at=pl.int_range(pl.len()).over("line", "start"))
        .with_columns(before=letter.shift(1).over("line", "start"), behind=letter.shift(-1).over("line", "start"))
        .filter(letter.str.contains(BLANK) & pl.col("before").is_not_null() & pl.col("behind").is_not_null())
        .filter(~pl.col("behind").str.contains("年"))
        .select(
            "line", start=pl.col("start") + pl.col("at") - 1, end=pl.col("start") + pl.col("at") + 2,
            match=pl.concat_str("before", "letters", "behind"),
        )
    )  # fmt: skip


def _blank_part(matches: pl.DataFrame) -> pl.DataFrame:
    """The blanks of matches that begin and end with the character beside them."""
    head = pl.col("match").str.extract(r"^([^ \t\x{a0}\x{3000}]+)").str.len_chars().cast(pl.Int64)
    blanks = pl.col("match").str.extract(rf"({BLANK}+)").str.len_chars().cast(pl.Int64)
    return matches.with_columns(start=pl.col("start") + head).with_columns(end=pl.col("start") + blanks)


def _without_habit(lines: pl.DataFrame, sentences: pl.DataFrame) -> pl.DataFrame:
    """Lines of `sentences` whose document mostly writes Latin beside Han without a space."""
    docs = sentences.filter(pl.col("text").str.contains(LATIN)).select("doc").unique()
    habit = (
        lines.join(docs, on="doc", how="semi")
        .group_by("doc")
        .agg(
            loose=pl.col("text").str.count_matches(LATIN).sum().cast(pl.Float64),
            tight=pl.col("text").str.count_matches(LATIN_TIGHT).sum().cast(pl.Float64),
        )
        .filter(pl.col("loose") < HABIT * (pl.col("loose") + pl.col("tight")))
    )
    return sentences.join(habit.select("doc"), on="doc", how="semi").select("line", "text")
