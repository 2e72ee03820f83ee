"""Keywords: the ten words and names an article turns on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.points import begins, points, ranges, repeated
from transforms.shapes import alternatives
from transforms.tables.base import empty
from transforms.tables.enrichment import Keyword
from transforms.words import TITLE_WEIGHT, Words, joint, nature, rarities, tally, words

Places = npt.NDArray[np.int64]
KEPT = 10
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Spreads letters over the bits of a number."""
ALONE = "alone"
"""Scope of the stop words that may stand within a keyword: 市场 is none, 电力市场 is."""
CANDIDATES = 30
LONGEST_NAME = 5
"""Words a joined name may have."""
TAG_WEIGHT = {
    "n": 0.7, "nr": 1.0, "nrt": 1.0, "nrfg": 1.0, "ns": 1.0, "nt": 1.3, "nz": 1.3, "nx": 1.1, "eng": 1.2, "vn": 0.9,
    "j": 1.0, "l": 0.7, "i": 0.3, "an": 0.6, "ng": 0.8, "x": 0.8, "v": 0.4, "a": 0.2, "b": 0.3, "s": 0.4,
}  # fmt: skip
NOUNS = ["n", "nr", "nrt", "nrfg", "ns", "nt", "nz", "nx", "eng", "vn", "j", "l", "an", "ng", "b"]
QUOTED = r"[“‘「『《]([^“”‘’「」『』《》，。！？：；、\n]{2,12})[”’」』》]"
LONGEST_TERM = 16
FAINT = 0.06
"""Share of the strongest word's score below which a word is no candidate."""
NAME_BONUS = 0.2
INSTITUTION_BONUS = 2.0
QUOTED_WORTH = 26.0
ENTITY_WORTH = 14.0
ENTITY_WEIGHT = {"organisation": 2.4, "product": 1.5, "event": 1.3, "concept": 2.6, "person": 0.9, "place": 0.6}
WIDE = ["country", "continent", "media"]
"""Names that many an article holds and few turn on."""
WIDE_WEIGHT = 0.25
LEAD = 200
LEAD_BONUS = 1.5
"""A term within the first characters of the body is what the article is about."""
TITLE_ALONE = 0.8
"""A title word that neither the lead nor a heading takes up is as often the figure of speech of the editor."""
HEADING_BONUS = 1.4
WORD_WEIGHT = 0.8
"""A single word that is no name, next to the terms of several words and the names."""
HALF_WEIGHT = 0.35
"""Two characters that may be half a name, next to a word."""
ONCE = 0.35
"""What one occurrence counts: a term said twice turns up 1.8 times."""
MOSTLY_INSIDE = 1.6
"""A term goes when it stands at most this many times for each time the longer term does."""


def keywords(
    documents: pl.DataFrame,
    segmentations: pl.DataFrame,
    mentions: pl.DataFrame,
    stop_words: pl.DataFrame,
    wording_patterns: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document and keyword, at most ten: `document_id`, `keyword_hans`, `rank`, `weight`, sorted.

    `documents` has `document_id`, `title_hans`, `body_hans`; `segmentations` are their words (see words.py);
    `mentions` are the names they hold; `stop_words` (`word`, `scope`) and `wording_patterns` (`part`, `pattern`) are seeds.
    A word scores by its frequency here against its frequency in Chinese at large, so one article alone ranks as well
    as a whole night. Neighbouring nouns that recur together become one name; a quoted term or a title word counts
    more; so does a name. `weight` is the share of the score of the ten.
    """
    if documents.is_empty():
        return empty(Keyword)
    known = words(segmentations)
    wording = alternatives(wording_patterns.select("part", "pattern").iter_rows())
    stops = stop_words.filter(pl.col("scope") != ALONE)["word"].to_list()
    alone = stop_words.filter(pl.col("scope") == ALONE)["word"].to_list()
    facts = nature(known.vocabulary).with_columns(
        word=known.vocabulary,
        code=pl.int_range(len(known.vocabulary), dtype=pl.UInt32, eager=True),
        is_general=known.vocabulary.is_in(alone),
        is_stop=known.vocabulary.str.to_lowercase().is_in(stops) | known.vocabulary.str.contains(wording["counted"]),
        is_institution=known.vocabulary.str.contains(wording["institution"]),
    )
    held = mentions.join(pl.DataFrame({"document_id": known.document_ids}).with_row_index("row"), on="document_id")
    names = _entities(held)
    # A word that is a name is judged as one, not once more as a word.
    plain = _single(known, facts).join(names.select("row", "term"), on=["row", "term"], how="anti")
    told = pl.concat([plain, _names(known, facts), _quoted(documents, wording)])
    found = pl.concat([told.join(_other_names(held, names), on=["row", "term"], how="anti"), names])
    return _best(_without_parts(_placed(found, documents)), known)


def _single(known: Words, facts: pl.DataFrame) -> pl.DataFrame:
    """Candidates of one word: `row`, `term`, `occurrences`, `score`, `is_name`."""
    weight = pl.col("tag").replace_strict(TAG_WEIGHT, default=0.0, return_dtype=pl.Float64)
    weight = pl.when(pl.col("is_stop") | pl.col("is_general")).then(0.0).otherwise(weight)
    gain = facts.select(gain=WORD_WEIGHT * weight * _worth("rarity"))["gain"]
    worthy = known.counts.filter((gain > 0).gather(known.counts["code"]))
    trust = pl.Series(_trust(worthy, known, facts))
    scored = worthy.with_columns(score=_often("occurrences") * gain.gather(worthy["code"]) * trust)
    strong = scored.filter(scored["score"] >= _highest(scored) * FAINT)
    top = strong.filter(pl.col("score").rank("ordinal", descending=True).over("row") <= CANDIDATES)
    term = known.vocabulary.gather(top["code"]).alias("term")
    return top.select("row", term, "occurrences", "score", is_name=pl.lit(False))


def _trust(counted: pl.DataFrame, known: Words, facts: pl.DataFrame) -> npt.NDArray[np.float64]:
    """HALF_WEIGHT for two characters the dictionary does not know, or reads as a person, which a body does not hold twice: they
    are as often half a name, or two words of a headline. 1 for all other words."""
    half = (pl.col("tag").is_in(["nr", "nx"])) & (pl.col("word").str.len_chars() < 3)
    doubted = facts.select(half).to_series().to_numpy()
    row, code, in_title = (known.sequence[name].to_numpy() for name in ("row", "code", "in_title"))
    asked = np.flatnonzero(doubted[code] & ~in_title)
    said = tally(row[asked], code[asked]).filter(pl.col("occurrences") > 1).select(joint("row", "code")).to_series()
    recurs = counted.select(joint("row", "code")).to_series().is_in(said.implode())
    return np.where(doubted[counted["code"].to_numpy()] & ~recurs.to_numpy(), HALF_WEIGHT, 1.0)


def _highest(scored: pl.DataFrame) -> pl.Series:
    """The highest score of the row each one stands in; `scored` is sorted by row."""
    if scored.is_empty():
        return scored["score"]
    size = scored["row"].rle().struct.field("len").cast(pl.Int64).to_numpy()
    begin = np.cumsum(size) - size
    return pl.Series(np.repeat(np.maximum.reduceat(scored["score"].to_numpy(), begin), size))


def _often(column: str) -> pl.Expr:
    """Occurrences, damped: the fifth says less than the second, one alone says little."""
    times = pl.col(column).cast(pl.Float64)
    return pl.when(times > 1).then(times.pow(0.85)).otherwise(ONCE)


def _worth(column: str) -> pl.Expr:
    """Rarity, stretched: a word that is everywhere names no article. About 4 for 中国, 10 for 彗星."""
    return pl.col(column).pow(1.5) / 4


def _names(known: Words, facts: pl.DataFrame) -> pl.DataFrame:
    """Candidates of several neighbouring nouns that recur, stand in the title or end like an institution."""
    # A verb may end a name (概念验证), never stand within or before one.
    place = facts.select(
        place=pl.when("is_stop")
        .then(0)
        .when(pl.col("tag").is_in(NOUNS))
        .then(2)
        .when(pl.col("tag") == "v")
        .then(1)
        .otherwise(0)
    )["place"]
    nouns = known.sequence.with_columns(place.gather(known.sequence["code"])).filter(pl.col("place") > 0)
    follows = (pl.col("ordinal").shift(-1) == pl.col("ordinal") + 1) & (pl.col("row").shift(-1) == pl.col("row"))
    follows &= (pl.col("in_title").shift(-1) == pl.col("in_title")) & (pl.col("place") == 2)
    linked = nouns.with_columns(link=follows.fill_null(False))
    linked = linked.filter(pl.col("link") | pl.col("link").shift(1, fill_value=False))
    named = _runs(linked, facts["is_institution"])
    bonus = pl.when("is_institution").then(INSTITUTION_BONUS).otherwise(1.0)
    return (
        pl.concat([_spelt(named, length, linked, facts) for length in range(2, LONGEST_NAME + 1)])
        .filter(pl.col("term").str.len_chars().is_between(4, LONGEST_TERM))
        .select(
            "row",
            "term",
            "occurrences",
            score=_often("occurrences") * _worth("rarity") * bonus * (1 + NAME_BONUS * (pl.col("length") - 1)),
            is_name=pl.lit(True),
        )
    )


def _runs(linked: pl.DataFrame, is_institution: pl.Series) -> pl.DataFrame:
    """Every distinct run of two linked words of a document or more that recurs or ends in a word for an institution, as
    numbers: `row`, `start` of the first, `occurrences` (the title counting more), `is_institution`, `length`."""
    code, link, row = (linked[name].to_numpy() for name in ("code", "link", "row"))
    ends_body = is_institution.to_numpy()
    counts = np.where(linked["in_title"].to_numpy(), TITLE_WEIGHT, 1)
    # A run is one number: a quarter of a million runs share theirs with a chance of 1 in 10^9.
    start, key = np.arange(len(code)), _prolonged(_prolonged(np.zeros(len(code), np.uint64), row), code)
    found: list[pl.DataFrame] = []
    for length in range(2, LONGEST_NAME + 1):
        goes_on = link[start + (length - 2)]
        start, last = start[goes_on], start[goes_on] + (length - 1)
        key = _prolonged(key[goes_on], code[last])
        ended = ends_body[code[last]]
        kept = np.flatnonzero(ended | repeated(key))
        found.append(
            pl.DataFrame({"key": key[kept], "start": start[kept], "is_institution": ended[kept]})
            .with_columns(row=row[start[kept]], counts=counts[start[kept]])
            .group_by("key")
            .agg(pl.col("row", "is_institution").first(), pl.col("start").min(), occurrences=pl.col("counts").sum())
            .select("row", "start", "occurrences", "is_institution", length=pl.lit(length))
        )
    return pl.concat(found)


def _prolonged(keys: npt.NDArray[np.uint64], codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """The numbers of runs that go on with a word: equal runs have equal ones."""
    keys = (keys ^ codes) * SPREAD
    return keys ^ keys >> np.uint64(29)


def _spelt(named: pl.DataFrame, length: int, linked: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """The runs of one length with their `term` and mean `rarity`."""
    runs = named.filter(pl.col("length") == length)
    codes = [linked["code"].gather(runs["start"] + step) for step in range(length)]
    return runs.with_columns(
        term=pl.concat_str([facts["word"].gather(code) for code in codes]),
        rarity=pl.sum_horizontal([facts["rarity"].gather(code) for code in codes]) / length,
    )


def _quoted(documents: pl.DataFrame, wording: dict[str, str]) -> pl.DataFrame:
    """Candidates between quotation marks that are no plain word of the dictionary: coined terms and titles."""
    ordered = documents.sort("document_id")
    terms = pl.concat(
        [
            ordered.select(term=pl.col(text).str.extract_all(QUOTED))
            .with_row_index("row")
            .explode("term")
            .with_columns(weight=weight)
            for text, weight in (("title_hans", pl.lit(TITLE_WEIGHT, pl.Int64)), ("body_hans", pl.lit(1, pl.Int64)))
        ]
    ).drop_nulls("term")
    bare = terms.with_columns(pl.col("term").str.strip_chars("“”‘’「」『』《》")).filter(
        pl.col("term").str.contains(r"\p{Han}")
        & (pl.col("term").str.len_chars() > 2)
        & ~pl.col("term").str.contains(wording["spoken"])
        & ~pl.col("term").str.contains(wording["measured"])
    )
    counted = bare.group_by("row", "term").agg(occurrences=pl.col("weight").sum())
    coined = ~rarities(counted["term"])["is_known"]
    return counted.filter(coined).select(
        pl.col("row").cast(pl.UInt32),
        "term",
        "occurrences",
        score=_often("occurrences") * QUOTED_WORTH,
        is_name=pl.lit(True),
    )


def _entities(held: pl.DataFrame) -> pl.DataFrame:
    """Candidates that are names, in the form the article uses first; a work without its brackets.

    `held` are mentions with the `row` of their document.
    """
    kind = pl.col("entity_type")
    named = held.filter(pl.col("surface").str.len_chars() > 1).with_columns(
        # AI is 人工智能 to the reader who looks for it; a company is what the article calls it.
        term=pl.when(
            (kind == "place") | (kind.is_in(["product", "concept"]) & pl.col("surface").str.contains("^[A-Za-z]+$"))
        )
        .then("name_hans")
        .otherwise("surface")
        .str.strip_chars("《》"),
        occurrences=pl.col("mention_count") + pl.when("in_title").then(TITLE_WEIGHT - 1).otherwise(0),
        weight=kind.replace_strict(ENTITY_WEIGHT, default=0.0, return_dtype=pl.Float64)
        * pl.when(pl.col("entity_subtype").is_in(WIDE)).then(WIDE_WEIGHT).otherwise(1.0),
    )
    return named.filter(pl.col("term").str.len_chars() > 1).select(
        "row",
        "term",
        "occurrences",
        score=_often("occurrences") * ENTITY_WORTH * pl.col("weight"),
        is_name=pl.lit(True),
    )


def _other_names(held: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """`row`, `term` of what an article also calls a thing that is a candidate already: 材研院 beside the full name."""
    others = [
        held.select("row", term="name_hans"),
        held.filter(pl.col("surface") != pl.col("name_hans")).select("row", term="surface"),
        held.drop_nulls("aliases").select("row", term=pl.col("aliases").str.split(",")).explode("term"),
    ]
    return pl.concat(others).join(names.select("row", "term"), on=["row", "term"], how="anti")


def _placed(found: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The candidates, worth more where the lead or a heading holds them and less where the title alone does."""
    headings = pl.col("headings").list.eval(pl.element().struct.field("text_hans")).list.join("\n")
    texts = documents.sort("document_id").select(
        title=pl.col("title_hans").fill_null(""),
        lead=pl.col("body_hans").fill_null("").str.head(LEAD),
        headings=headings.fill_null(""),
    )
    around = pl.concat([found.select("term"), texts[found["row"]]], how="horizontal")
    stands = around.select(pl.col(part).str.contains(pl.col("term"), literal=True) for part in texts.columns)
    in_title, in_lead, in_heading = (stands[part] for part in texts.columns)
    weight = stands.select(
        pl.when(in_lead).then(LEAD_BONUS).when(in_title & ~in_heading).then(TITLE_ALONE).otherwise(1.0)
        * pl.when(in_heading).then(HEADING_BONUS).otherwise(1.0)
    ).to_series()
    return found.with_columns(pl.col("score") * weight)


def _without_parts(found: pl.DataFrame) -> pl.DataFrame:
    """The candidates less those that seldom stand outside a longer one (高分辨率 inside 高分辨率相机); what stands
    inside one now and then counts for its other places only."""
    again = pl.Series(repeated(found.select("row", "term").hash_rows().to_numpy()))
    best = [pl.col("score").max(), pl.col("occurrences").max(), pl.col("is_name").any()]
    once = pl.concat(
        [found.filter(~again), found.filter(again).group_by("row", "term").agg(best).select(found.columns)]
    )
    likely = once.filter(pl.col("score").rank("min", descending=True).over("row") <= CANDIDATES)
    # Equal scores part by the term, never by the order a group by happens to give.
    ordered = likely.sort("row", "score", "term", descending=[False, True, False])
    strong = ordered.filter(pl.int_range(pl.len()).over("row") < CANDIDATES)
    part, whole = _parts(strong)
    times = strong["occurrences"].to_numpy()
    named = strong["is_name"].to_numpy()[whole]
    inside = np.zeros(len(times), times.dtype)
    np.maximum.at(inside, part[named], times[whole[named]])
    alone = np.where(times > inside * MOSTLY_INSIDE, 1 - inside / times, 0.0)
    scored = strong.with_columns(pl.col("score") * pl.Series(alone))
    return scored.filter(_first_said(scored["row"].to_numpy(), scored["score"].to_numpy(), part, whole))


def _first_said(
    row: npt.NDArray[np.uint32], score: npt.NDArray[np.float64], part: Places, whole: Places
) -> npt.NDArray[np.bool_]:
    """Which terms stand neither inside nor around a stronger one that is kept: 储能电站 goes without 电站, 储能."""
    stronger, weaker = np.where(score[part] > score[whole], (part, whole), (whole, part))
    kept = score > 0
    # From the strongest of each row on: who is dropped drops nobody.
    place = np.empty(len(score), np.int64)
    place[np.lexsort((-score, row))] = np.arange(len(score)) - np.searchsorted(row, row)
    for rank in range(CANDIDATES):
        said = (place[stronger] == rank) & kept[stronger]
        kept[weaker[said]] = False
    return kept


def _parts(strong: pl.DataFrame) -> tuple[Places, Places]:
    """Places of the terms that stand inside another one of their row, and of that other one; `strong` is sorted by row.

    Few of the pairs of two terms share their letters: numbers tell which before a text is looked at.
    """
    row, term = strong["row"].to_numpy(), strong["term"]
    size, shown = term.str.len_bytes().to_numpy(), _shown(term)
    first, last = (np.searchsorted(row, row, side=side) for side in ("left", "right"))
    part, whole = np.repeat(np.arange(len(row)), last - first), ranges(first, last)
    likely = (size[part] < size[whole]) & (shown[part] & ~shown[whole] == 0)
    part, whole = part[likely], whole[likely]
    pairs = pl.DataFrame({"whole": term.gather(whole), "part": term.gather(part)})
    held = pairs.select(pl.col("whole").str.contains(pl.col("part"), literal=True)).to_series().to_numpy()
    return part[held], whole[held]


def _shown(terms: pl.Series) -> npt.NDArray[np.uint64]:
    """The letters of each term as bits, of which several letters share one; no term is empty."""
    bits = np.uint64(1) << (points(terms).astype(np.uint64) * SPREAD >> np.uint64(58))
    return np.bitwise_or.reduceat(bits, begins(terms)[:-1]) if len(terms) else bits


def _best(found: pl.DataFrame, known: Words) -> pl.DataFrame:
    ranked = found.sort("row", "score", "term", descending=[False, True, False]).with_columns(
        rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("row")
    )
    kept = ranked.filter(pl.col("rank") <= KEPT)
    return kept.select(
        known.document_ids.gather(kept["row"]).alias("document_id"),
        keyword_hans="term",
        rank="rank",
        weight=(pl.col("score") / pl.col("score").sum().over("row")).round(6),
    )
