"""Reported speech without quotation marks: 某某表示，… up to the end of the sentence, and a paragraph announced by a colon."""

from __future__ import annotations

import re
from typing import Any

import polars as pl

from transforms.lines import of_first
from transforms.quotes.quoted import ANTECEDENT, before
from transforms.quotes.verbs import Verbs
from transforms.spans import occurrences

ROW: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "speaker": pl.String(),
    "verb": pl.String(),
    "text": pl.String(),
    "is_direct": pl.Boolean(),
    "start_offset": pl.Int64(),
    "end_offset": pl.Int64(),
}

NAMED = r"“[^“”，。！？\n]+”"
"""A term in quotation marks."""
PHRASE = rf"(?:[^，。：；！？“”\n]|{NAMED})+"
_ON = rf"[^“”。！？\n]*(?:{NAMED}[^“”。！？\n]*)*"
SAID = rf"(?:[^“”。！？\n]|{NAMED}[^“”，。；！？\n]){_ON}"
"""What is reported: it may hold a term in quotation marks, never be one."""
TOLD_TO = "告诉[^，。：；！？“”\n]+"
MARK = "\uffff"
"""No character: what parts a sentence."""
SENTENCE = re.compile("(?<=[。！？\n])")
LONGEST_WHO = 60
"""Characters up to which what stands before the verb is who reports: offices, when and where he did."""
PASSED_ON = ("表述", "写道")


def unmarked(
    bodies: pl.DataFrame, paragraphs: pl.DataFrame, verbs: Verbs, people: dict[str, list[str]], direct: pl.DataFrame
) -> pl.DataFrame:
    """Columns of `Quote` but the ordinal.

    `bodies` has line, document_id, text; `paragraphs` are those of paragraphs.py; `direct` are the quotations that are
    speech: what stands before one in its sentence is reported (某某说，村里要修路，“…”).
    """
    rows: list[tuple[str, str, str, str, bool, int, int]] = []
    last: tuple[str, str | None, int] | None = None
    for report in _reports(bodies, paragraphs, verbs, direct).iter_rows(named=True):
        document_id, who, verb, end = report["document_id"], report["who"], report["verb"], report["end"]
        names = people.get(document_id, [])
        if verbs.speakers.is_fake(who, verb) or verbs.speakers.turns(report["said"]):
            continue
        speaker = _speaker(report, verbs, names, last)
        last = (document_id, speaker, report["until"])
        if speaker is None or (report["speaks"] or speaker) != speaker:
            continue
        if speaker in names or verb in PASSED_ON or verbs.speakers.is_somebody(speaker):
            begin, said = end - len(report["said"]), verbs.speakers.reported_of(report["said"])
            rows.append((document_id, speaker, verb, said, False, begin, begin + len(said)))
    return pl.DataFrame(rows, schema=ROW, orient="row").unique(["document_id", "start_offset"], keep="first")


def _speaker(
    report: dict[str, Any], verbs: Verbs, names: list[str], last: tuple[str, str | None, int] | None
) -> str | None:
    """Who reports: named beside the verb, or the pronoun's: who is quoted or reported right before, or named last."""
    who, lead, earlier = report["who"], report["lead"], report["earlier"]
    if who in names:
        return who
    if not verbs.speakers.is_pronoun(who):
        # 雨停了，周岚说: any clause may stand before a subject of its own.
        is_alone = verbs.speakers.leads_in(lead) or not who.startswith(("他", "她"))
        # 该负责人表示: whoever has been called so.
        return verbs.speakers.speaker_in(who, names, earlier if who.startswith("该") else "") if is_alone else None
    if "们" in who:
        return None
    told = [name for name in names if name in lead]
    if told:
        # 周岚长期研究水文，她说: the one who is named in the sentence.
        return told[0] if all(name in told[0] for name in told) else None
    if not verbs.speakers.leads_in(lead):
        return None
    follows = last and last[0] == report["document_id"] and last[2] == report["start"]
    # Nobody is named where the sentence before names somebody nobody knows.
    return last[1] if last and follows else verbs.speakers.speaker_in(who, names, SENTENCE.split(earlier)[-2:][0])


def _reports(bodies: pl.DataFrame, paragraphs: pl.DataFrame, verbs: Verbs, direct: pl.DataFrame) -> pl.DataFrame:
    """The sentences that report: document_id, lead, who, verb, said, its end, start and until of the sentence, what stands
    `earlier`, and who `speaks` right behind what is said, if anybody.
    """
    verb = f"{TOLD_TO}|{verbs.reporting}"
    told = paragraphs.filter(pl.col("text").str.contains(f"(?:{verb})[，：]"))
    sentences = _parted(_sentences(told), verb)
    whole = sentences.filter(pl.col("said").str.contains(f"^{SAID}[。！？]$"))
    begun = sentences.filter(pl.col("said").str.contains("，“", literal=True))
    part = _ending(begun.with_columns(said=pl.col("said").str.extract(f"^({SAID})，“")).drop_nulls("said"))
    speaks = direct.select("document_id", end=pl.col("start_offset") - 2, speaks="speaker").drop_nulls()
    alone = pl.concat([whole, _announced(bodies, verbs)]).with_columns(speaks=pl.lit(None, pl.String))
    return (
        pl.concat([alone, part.join(speaks, on=["document_id", "end"])])
        .filter(
            pl.col("said").str.len_chars().is_between(4, 200),
            pl.col("who").str.len_chars().is_between(1, LONGEST_WHO),
        )
        .join(bodies.select("document_id", "text"), on="document_id")
        .with_columns(earlier=before("text", "start", ANTECEDENT))
        .drop("text")
        .sort("document_id", "end", "start")
    )


def _sentences(paragraphs: pl.DataFrame) -> pl.DataFrame:
    """document_id, text and begin (its place in the body) of each sentence of paragraphs; quotations do not hold one together."""
    split = paragraphs.select(
        "document_id", "begin", text=pl.col("text").str.split("[。！？]", literal=False, inclusive=True)
    ).with_row_index("row")
    size = pl.col("text").str.len_chars().cast(pl.Int64)
    return (
        split.explode("text", empty_as_null=False)
        .with_columns(behind=size.cum_sum() - size)
        .with_columns(begin=pl.col("begin") + pl.col("behind") - of_first("behind", "row"))
        .drop("row", "behind")
    )


def _parted(texts: pl.DataFrame, verb: str) -> pl.DataFrame:
    """Columns document_id, lead, who, verb, said, start, until and end of the texts a verb parts, at the first one.

    `texts` has document_id, text, and begin, the place of the text in its body, where it lies from `start` to `until`; what
    is said reaches to its `end`.
    """
    # The mark splits a text in one scan without captures over all of it: patterns with all parts in them cost eight times as much.
    marked = pl.col("text").str.replace(f"({verb})[，：]", f"{MARK}${{1}}{MARK}").str.split_exact(MARK, 2).struct
    head = pl.col("field_0").str.extract_groups("^(?<lead>.*，)?(?<who>[^，]+)$").struct
    until = pl.col("begin") + pl.col("text").str.len_chars().cast(pl.Int64)
    return (
        texts.filter(pl.col("text").str.contains(f"(?:{verb})[，：]"))
        .with_columns(marked.unnest(), until=until)
        .filter(pl.col("field_0").str.contains(f"^(?:{PHRASE}，)*{PHRASE}$"))
        .select(
            "document_id",
            lead=head.field("lead").fill_null(""),
            who=head.field("who"),
            verb="field_1",
            said="field_2",
            start="begin",
            until="until",
            end="until",
        )
        .drop_nulls("said")
    )


def _ending(parts: pl.DataFrame) -> pl.DataFrame:
    """The parts of `_parted` with the end of what is said where it is less than the rest of the sentence."""
    behind = [pl.col(name).str.len_chars().cast(pl.Int64) for name in ("lead", "who", "verb", "said")]
    return parts.with_columns(end=pl.col("start") + pl.sum_horizontal(behind) + 1)


def _announced(bodies: pl.DataFrame, verbs: Verbs) -> pl.DataFrame:
    """The same of paragraphs that the one before announces: 某某的表述：."""
    texts = bodies.filter(pl.col("text").str.contains("：\n", literal=True))
    pattern = rf"{PHRASE}(?:{verbs.announcing})：\n[^“”\n]+[。！？](?:\n|$)"
    found = occurrences(texts.select("line", "text"), pattern).join(texts.select("line", "document_id"), on="line")
    parts = rf"^(?<who>.*?)(?<verb>{verbs.announcing})：\n(?<said>.*[。！？])$"
    text = pl.col("match").str.strip_chars_end("\n")
    until = pl.col("start") + text.str.len_chars().cast(pl.Int64)
    return (
        found.select("document_id", "start", until=until, end=until, parts=text.str.extract_groups(parts))
        .unnest("parts")
        .select("document_id", pl.lit("").alias("lead"), "who", "verb", "said", "start", "until", "end")
        .drop_nulls("said")
    )
