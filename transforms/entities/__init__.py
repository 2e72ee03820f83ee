"""Who and what an article names: people, organisations, places, products, events and concepts."""

from __future__ import annotations

from itertools import accumulate, pairwise

import numpy as np
import polars as pl

from transforms.entities import aliases
from transforms.entities import gazetteer as gazetteer_names
from transforms.entities.choose import chosen
from transforms.entities.counties import borne_out
from transforms.entities.foreign import dotted, glossed, transliterated
from transforms.entities.introduced import introduced
from transforms.entities.letters import KEY, longest, occurrences
from transforms.entities.lexicon import Lexicon, lexicon
from transforms.entities.organisations import coined, companies, groups, organisations, runs, sides, teams
from transforms.entities.patterns import latin_tokens, patterned
from transforms.entities.persons import persons
from transforms.entities.places import places
from transforms.entities.positions import positions
from transforms.entities.things import things
from transforms.entities.tokens import Flags, Tokens, tokens_of
from transforms.hashed import places as places_of
from transforms.letters import Letters, letters_of
from transforms.tables.base import empty
from transforms.tables.enrichment import Mention
from transforms.words import joint

__all__ = ["mentions"]

SHORT = 3
"""Characters up to which a name may be no more than the end of one word and the beginning of the next."""


def mentions(
    documents: pl.DataFrame,
    segmentations: pl.DataFrame,
    gazetteer: pl.DataFrame,
    surnames: pl.DataFrame,
    titles_roles: pl.DataFrame,
    org_suffixes: pl.DataFrame,
    name_characters: pl.DataFrame,
    context_words: pl.DataFrame,
    name_patterns: pl.DataFrame,
) -> pl.DataFrame:
    """One row per document and entity it names, sorted by its key; columns of `Mention`.

    `documents` has document_id, title_hans, body_hans and headings (List of Struct with text_hans); `segmentations` are
    their words (see words.py). Headings bear witness to a name but are not counted. The longest name counts, the names
    inside it do not.
    """
    if documents.is_empty():
        return empty(Mention)
    documents = documents.sort("document_id")
    texts = _texts(documents)
    words = lexicon(gazetteer, surnames, titles_roles, org_suffixes, name_characters, context_words, name_patterns)
    letters = letters_of(texts["text"] + "\n")
    tokens = tokens_of(documents, segmentations, words)
    found = _proposed(texts, letters, tokens, words)
    names, districts, found, shields, spelt = _numbered(words.surfaces, words.short_forms, found, latin_tokens(texts))
    hits = _between_words(occurrences(letters, spelt), names, found, letters, tokens)
    known_places = names.filter(pl.col("entity_type") == "place")["surface"]
    found = pl.concat([found, borne_out(hits, districts, known_places, letters, words.characters)])
    meant = chosen(found, gazetteer_names.known(hits, names), hits, spelt)
    named = aliases.joined(meant.with_columns(surface=spelt.gather(meant["surface"])), texts, words)
    entities = named.with_row_index("name")
    # The first of them are those the rules found: their surfaces are numbers already.
    late = _looked_up(entities["surface"][len(meant) :], spelt)
    counted = _counted(entities, pl.concat([meant["surface"], late]), shields, hits, letters)
    held = positions(counted, entities, texts["body_end"], letters, tokens, words)
    return _folded(counted, held, entities, texts)


def _proposed(texts: pl.DataFrame, letters: Letters, tokens: Tokens, words: Lexicon) -> pl.DataFrame:
    """Candidates of all finders: of those that go by words, and of those that go by letters."""
    found = runs(tokens)
    located = places(tokens, found, words)
    # 秦屿镇: a town has the shape of a name, and hardly any given name ends so.
    towns = located.filter(pl.col("surface").str.contains(words.patterns["town_end"])).select("doc", "surface")
    return pl.concat(
        [
            persons(tokens).join(towns, on=["doc", "surface"], how="anti"),
            transliterated(tokens),
            organisations(tokens, found, words),
            teams(tokens),
            companies(tokens),
            coined(tokens),
            sides(tokens),
            groups(tokens),
            located,
            things(tokens),
            dotted(letters, words),
            glossed(letters, words),
            introduced(texts, letters, words),
            patterned(texts, letters, words),
        ]
    )


def _numbered(
    names: pl.DataFrame, districts: pl.DataFrame, found: pl.DataFrame, shields: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.Series]:
    """The frames with their surfaces as numbers, which group, sort and join ten times faster than strings; and every
    surface once, sorted: a number is a place in it.
    """
    columns = [names["surface"], *districts["short", "witness"], found["surface"], shields["surface"]]
    every = pl.concat(columns)
    spelt = every.unique().sort()
    numbers = places_of(every.hash(), spelt.hash())
    ends = accumulate(map(len, columns), initial=0)
    own, short, witness, proposed, latin = (numbers[begin:end] for begin, end in pairwise(ends))
    return (
        names.with_columns(surface=own),
        districts.with_columns(short=short, witness=witness),
        found.with_columns(surface=proposed),
        shields.with_columns(surface=latin),
        spelt,
    )


def _looked_up(names: pl.Series, spelt: pl.Series) -> pl.Series:
    """The numbers of names, their places in the sorted `spelt`; null where they have none."""
    ends = pl.DataFrame({side: spelt.search_sorted(names, side) for side in ("left", "right")})
    return ends.select(pl.when(pl.col("left") < pl.col("right")).then("left")).to_series()


def _between_words(
    hits: pl.DataFrame, names: pl.DataFrame, found: pl.DataFrame, letters: Letters, tokens: Tokens
) -> pl.DataFrame:
    """The hits without the short names of the gazetteer that two words only seem to form, 力拓 in 努力|拓展, or that lie
    inside another word: 海地 in 沿海地区, 尼斯 in 丹尼斯.

    A person the words of the document prove stays: 段永平 in 段|永|平均为.
    """
    proven = found.filter(pl.col("entity_type") == "person", pl.col("strength") >= 2)
    listed = np.isin(hits["surface"], names["surface"])
    short = (hits["size"] <= SHORT).to_numpy() & listed
    asked = hits.filter(short)
    seam = pl.Series(short)
    seam[np.flatnonzero(short)] = pl.Series(_seams(asked, letters, tokens))
    return pl.concat(
        [hits.filter(~seam), hits.filter(seam).join(proven.select("doc", "surface"), on=["doc", "surface"], how="semi")]
    )


def _seams(hits: pl.DataFrame, letters: Letters, tokens: Tokens) -> Flags:
    """Which of the hits, of at most SHORT letters, are parted by the edge of a word or lie inside one."""
    ends = tokens.ends
    edges = np.zeros(len(letters.points), bool)
    edges[0] = True
    edges[ends] = True
    size = hits["size"].to_numpy()
    begin = letters.starts[hits["doc"].to_numpy()] + hits["offset"].to_numpy()
    begun, closed = edges[begin], edges[begin + size]
    parted = np.zeros(len(begin), bool)
    for step in range(1, SHORT):
        parted |= (size > step) & edges[begin + step]
    # 板桥|区板|城路, 顾立|雄护妻: no word of the dictionary goes on behind the name.
    closed |= (size == SHORT) & tokens.has(np.searchsorted(ends, begin + size - 1, side="right"), "unlisted")
    seam = parted & ~(begun & closed)
    loose = np.flatnonzero(~begun | ~closed)
    word = np.searchsorted(ends, begin[loose], side="right")
    seam[loose] |= (~begun[loose] & tokens.has(word, "swallows")) | tokens.has(word, "foreign")
    return seam


def _counted(
    entities: pl.DataFrame, surfaces: pl.Series, shields: pl.DataFrame, hits: pl.DataFrame, letters: Letters
) -> pl.DataFrame:
    """The occurrences that count, with the number `name` of their row in `entities`; Latin words shield their parts.

    `surfaces` are those of `entities` as numbers, null where nobody has looked for them yet.
    """
    met = entities.select("doc", "name", surface=surfaces)
    late = entities.filter(surfaces.is_null())
    belated = late["surface"].unique().sort()
    asked = met.drop_nulls("surface").select("name", KEY)
    asked = pl.concat([asked, shields.select(KEY).join(asked, on="key", how="anti")], how="diagonal")
    placed = longest(
        pl.concat(
            [
                hits.join(asked, on="key").drop("surface", "key"),
                occurrences(letters, belated)
                .join(late.with_columns(surface=_looked_up(late["surface"], belated)).select("name", KEY), on="key")
                .drop("surface", "key"),
            ]
        )
    ).drop_nulls("name")
    return placed.filter((entities["entity_type"] != "none").gather(placed["name"]))


def _texts(documents: pl.DataFrame) -> pl.DataFrame:
    """Columns doc, document_id, text (body, title and headings, one a line) and the code point where body and title end."""
    body, title = pl.col("body_hans").fill_null(""), pl.col("title_hans").fill_null("")
    headings = pl.col("headings").list.eval(pl.element().struct.field("text_hans")).list.join("\n").fill_null("")
    return documents.with_row_index("doc").select(
        "doc",
        "document_id",
        text=pl.concat_str([body, title, headings], separator="\n"),
        body_end=body.str.len_chars().cast(pl.Int64),
        title_end=(body.str.len_chars() + title.str.len_chars() + 1).cast(pl.Int64),
    )


def _folded(hits: pl.DataFrame, held: pl.DataFrame, entities: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Occurrences (doc, offset, name) of `entities` folded into rows of `Mention`, with what people are as `held` says.

    Documents stand in the order of their ids, and an entity is a number in the order of its id until the end: numbers
    group and sort ten times faster.
    """
    ids = entities.select(pl.concat_str("entity_type", pl.lit(":"), "canonical")).to_series()
    known_ids = ids.unique().sort()
    entities = entities.with_columns(entity=places_of(ids.hash(), known_ids.hash())).with_columns(
        joint("doc", "entity")
    )
    names = _tallied(hits, entities, texts)
    others = (
        names.filter(pl.col("surface") != pl.col("canonical"))
        .sort("joint", "surface")
        .group_by("joint", maintain_order=True)
        .agg(aliases=pl.col("surface").str.join(","))
    )
    entity = entities["entity"]
    posts = held.select(
        "role_hans", "affiliation_hans",
        joint=entities["joint"].gather(held["name"]), body=entity.gather(held["affiliation"]),
    ).unique("joint", keep="first", maintain_order=True)  # fmt: skip
    folded = _one_each(names)
    folded = folded[np.argsort(folded["joint"].to_numpy())]
    folded = folded.with_columns(*_beside(others, folded), *_beside(posts, folded))
    return folded.select(
        texts["document_id"].gather(folded["doc"]),
        known_ids.gather(folded["entity"]).alias("entity_id"),
        "entity_type",
        "entity_subtype",
        "aliases",
        "mention_count",
        "in_title",
        "first_offset",
        "surface",
        "role_hans",
        "affiliation_hans",
        affiliation_id=known_ids.gather(folded["body"]),
        name_hans="canonical",
    ).select(Mention.column_names())


def _beside(told: pl.DataFrame, folded: pl.DataFrame) -> list[pl.Series]:
    """The columns of `told`, each value in the row of `folded`, sorted by `joint`, that it is of; null in the others."""
    place = np.searchsorted(folded["joint"].to_numpy(), told["joint"].to_numpy())
    return [
        pl.Series(column.name, [None], column.dtype).new_from_index(0, folded.height).scatter(place, column)
        for column in told.drop("joint")
    ]


def _tallied(hits: pl.DataFrame, entities: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """The rows of `entities` that occur in a body or a title, each document's in the order of their first occurrence.

    Beside their columns stand `count`, the occurrences in both, `outside`, those in the title, and `offset`, where the
    first of the body is, if one is.
    """
    body_end, title_end = (texts[end].gather(hits["doc"]) for end in ("body_end", "title_end"))
    in_body = pl.col("offset") < body_end
    counted = (
        hits.select("name", first="offset", offset=pl.when(in_body).then("offset"))
        .filter(hits["offset"] < title_end)
        .group_by("name")
        .agg(pl.col("first").min(), pl.col("offset").min(), count=pl.len(), outside=pl.col("offset").null_count())
    )
    counted = counted.with_columns(entities["doc"].gather(counted["name"])).sort(joint("doc", "first"))
    return counted.hstack(entities.drop("name", "doc")[counted["name"]])


def _one_each(names: pl.DataFrame) -> pl.DataFrame:
    """One row per document and entity: of several names of one entity the first, with the occurrences of all."""
    told = names.select(
        "joint", "doc", "entity", "entity_type", "canonical", "surface",
        entity_subtype=pl.when(pl.col("entity_subtype") != "").then("entity_subtype"),
        mention_count=pl.col("count").cast(pl.Int64), in_title=pl.col("outside") > 0, first_offset="offset",
    )  # fmt: skip
    again = told["joint"].is_duplicated()
    several = (
        told.filter(again)
        .group_by("joint", maintain_order=True)
        .agg(
            pl.col("doc", "entity", "entity_type", "canonical", "surface").first(),
            pl.col("entity_subtype").min(),
            pl.col("mention_count").sum(),
            pl.col("in_title").any(),
            pl.col("first_offset").min(),
        )
    )
    return pl.concat([told.filter(~again), several])
