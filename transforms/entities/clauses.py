"""Names found word by word: the clauses worth tagging, tagged once each, and what the walkers read in them."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import SCHEMA
from transforms.entities.lexicon import Lexicon, alternation
from transforms.entities.organisations import organisations
from transforms.entities.persons import Found, persons
from transforms.entities.places import places
from transforms.entities.segment import words

CLAUSE = r"[\p{Han}A-Za-z0-9·（）]{2,}"
NAMED: dict[str, pl.DataType] = {
    "clause_id": pl.UInt32(),
    "surface": pl.String(),
    "entity_type": pl.String(),
    "entity_subtype": pl.String(),
    "strength": pl.Int8(),
}
SPEAKS = "说|表示|指出|认为|强调|坦言|透露|介绍|告诉"


def clauses_of(texts: pl.DataFrame) -> pl.DataFrame:
    """Columns doc, clause: the runs of characters between punctuation. `texts` has doc and text."""
    return texts.select("doc", clause=pl.col("text").str.extract_all(CLAUSE)).explode("clause").drop_nulls()


def tagged(clauses: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates of the walkers over persons, organisations and places. `clauses` has doc and clause."""
    promising = clauses.filter(_worthwhile(pl.col("clause"), lexicon))
    distinct = promising.select(pl.col("clause").unique()).with_row_index("clause_id")
    found = [
        (number, name.surface, name.entity_type, name.entity_subtype, name.strength)
        for number, clause in distinct.select("clause_id", "clause").iter_rows()
        for name in _read(clause, lexicon)
    ]
    named = pl.DataFrame(found, schema=NAMED, orient="row")
    return (
        promising.join(distinct, on="clause")
        .join(named, on="clause_id")
        .select("doc", "surface", "entity_type", "entity_subtype", "strength", canonical="surface")
        .select(list(SCHEMA))
    )


def _read(clause: str, lexicon: Lexicon) -> list[Found]:
    tagged_words = words(clause)
    return [
        *persons(clause, tagged_words, lexicon),
        *organisations(clause, tagged_words, lexicon),
        *places(tagged_words, lexicon),
    ]


def _worthwhile(clause: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """Whether the clause may hold a name: a surname in a context, a dot, a suffix of names.

    A surname that is also an everyday word proves nothing by a given name's character behind it alone. The regexes
    stay apart: joined they outgrow the cache of the regex engine and take ten times as long.
    """
    given = f"[{''.join(sorted(lexicon.given))}]"
    single = [surname for surname in lexicon.surnames if len(surname) == 1]
    plain = "".join(sorted(s for s in single if s in lexicon.plain_surnames))
    everyday = f"[{''.join(sorted(s for s in single if s not in lexicon.plain_surnames))}]"
    double = alternation(surname for surname in lexicon.surnames if len(surname) == 2)
    titles = alternation(lexicon.titles)
    suffixes = sorted(
        suffix for suffix, (_, strength) in lexicon.suffixes.items() if strength == "strong" or len(suffix) > 1
    )
    foreign = f"[{''.join(sorted(lexicon.transliteration))}]"
    regexes = [
        f"[{plain}]{given}",
        f"^{everyday}{given}(?:$|{SPEAKS})",
        f"^{everyday}{given}{given}(?:$|{SPEAKS})",
        f"{everyday}{given}(?:{SPEAKS})",
        f"{everyday}{given}{given}(?:{SPEAKS})",
        f"(?:{titles}){everyday}{given}",
        f"(?:{double}){given}",
        f"{foreign}{foreign}{foreign}",
        "[·镇乡村路街]",
    ]
    return clause.str.contains_any(suffixes) | pl.any_horizontal(clause.str.contains(regex) for regex in regexes)
