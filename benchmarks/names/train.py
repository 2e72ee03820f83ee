"""The weights of the learned judge of names: `python -m benchmarks.names.train`, or `make name-weights`.

Reads the annotated articles beside it and the seeds, and writes seeds/gazetteer/name_weights.csv.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

import seeds
from benchmarks.names import chain
from benchmarks.names.annotated import FOLDER, articles
from transforms.entities import Ruled, ruled
from transforms.entities.features import TYPES, Pieces, families, findings, pieces_of
from transforms.entities.lexicon import Lexicon, lexicon
from transforms.tables import ref_entities
from transforms.tables.base import seed_files
from transforms.words import segmentations

TARGET = seeds.FOLDER / "gazetteer/name_weights.csv"
THINGS = ["product", "event", "concept"]
READ = ("GazetteerName", "Surname", "TitleRole", "OrgSuffix", "NameCharacters", "ContextWord", "NamePattern")


def rules() -> Lexicon:
    """The seeds the finders of names read."""
    tables = [getattr(ref_entities, name) for name in READ]
    return lexicon(*[pl.concat(map(seeds.table, seed_files(table))) for table in tables])


def corpus(annotated: pl.DataFrame, words: Lexicon) -> chain.Corpus:
    """The articles (annotated.ARTICLE, sorted) as tagged pieces."""
    found = ruled(annotated, segmentations(annotated), words)
    pieces = pieces_of(found.tokens)
    return chain.Corpus(
        pieces=pieces,
        seen=families(pieces.kind, words),
        finding=findings(pieces, found.hits, found.meant, found.letters, words),
        tags=tagged(annotated, found, pieces),
    )


def tagged(annotated: pl.DataFrame, found: Ruled, pieces: Pieces) -> npt.NDArray[np.int64]:
    """The tag of every piece: of a name if half of it lies within."""
    names = annotated.with_row_index("doc").explode("names").drop_nulls("names").unnest("names")
    kind = names["entity_type"].replace(dict.fromkeys(THINGS, "thing"))
    kind = kind.replace_strict(TYPES, range(len(TYPES)), return_dtype=pl.Int64).to_numpy()
    start = found.letters.starts[names["doc"].to_numpy()]
    begin, end = start + names["begin"].to_numpy(), start + names["end"].to_numpy()
    middle = (pieces.begins() + pieces.ends) / 2
    first, behind = np.searchsorted(middle, begin), np.searchsorted(middle, end)
    tags = np.zeros(len(pieces.ends), np.int64)
    for one, other, of in zip(first, behind, kind, strict=True):
        tags[one:other] = 1 + len(TYPES) + of
        tags[one : min(one + 1, other)] = 1 + of
    return tags


def learned(annotated: pl.DataFrame, words: Lexicon) -> pl.DataFrame:
    """The weights (ref.name_weights) learned from articles."""
    return chain.fit(corpus(annotated, words))


def main() -> None:
    """Write the weights."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--folder", type=Path, default=FOLDER, help="annotated articles, *.txt")
    asked.add_argument("--out", type=Path, default=TARGET)
    given = asked.parse_args()
    weights = learned(articles(sorted(given.folder.rglob("*.txt"))), rules())
    weights.write_csv(given.out)
    print(f"{weights.height} weights, {given.out.stat().st_size} bytes: {given.out}")


if __name__ == "__main__":
    main()
