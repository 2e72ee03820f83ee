"""How well names are found in the annotated articles beside it: `python -m benchmarks.names.measure`, or `make names`.

Which of them were read to mend rules stands in README.md there. A name of the annotation is found if the article has an
entity of its type that goes by it, an entity is right if it goes by a name that is annotated with its type. Products and
concepts are one type here: which of the two a thing is differs from reader to reader. Names of one letter, and works in
《》, are left out.
"""

from __future__ import annotations

import argparse

import polars as pl

import seeds
from benchmarks.names.annotated import FOLDER, articles
from flows.pipeline import NAMES
from transforms.entities import mentions
from transforms.tables.base import seed_files
from transforms.words import segmentations

KEYS = ["document_id", "kind"]
KIND = pl.col("entity_type").replace("concept", "product")
MAIN = ["person", "organisation", "place"]


def stated(annotated: pl.DataFrame) -> pl.DataFrame:
    """Columns document_id, kind, name: every annotated name of an article, once. `annotated` as `articles` makes it."""
    texts = annotated.select("document_id", "names", text=pl.concat_str("body_hans", pl.lit("\n"), "title_hans"))
    marks = texts.explode("names").drop_nulls("names").unnest("names")
    name = pl.col("text").str.slice(pl.col("begin"), pl.col("end") - pl.col("begin"))
    return marks.select("document_id", kind=KIND, name=name).filter(pl.col("name").str.len_chars() > 1).unique()


def read(annotated: pl.DataFrame) -> pl.DataFrame:
    """Columns document_id, kind, entity, name: what the entities found in the articles go by there."""
    judgement = [pl.concat(map(seeds.table, seed_files(table))) for table in NAMES]
    found = mentions(annotated, segmentations(annotated), *judgement)
    names = pl.concat_list("surface", pl.col("aliases").fill_null("").str.split(","))
    return (
        found.filter(~pl.col("surface").str.starts_with("《"))
        .select("document_id", kind=KIND, entity="entity_id", name=names)
        .explode("name")
        .filter(pl.col("name") != "")
        .unique()
    )


def measured(wanted: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """One row per kind, for MAIN together and for all: precision, recall, f1 and the number of annotated names."""
    wanted = wanted.join(found.select(*KEYS, "name", is_found=True).unique(), on=[*KEYS, "name"], how="left")
    right = found.join(wanted.select(*KEYS, "name", is_right=True), on=[*KEYS, "name"], how="left")
    entities = right.group_by(*KEYS, "entity").agg(pl.col("is_right").any())
    kinds = [*MAIN, "product", "event"]
    groups = {**{kind: [kind] for kind in kinds}, "people, bodies, places": MAIN, "all": kinds}
    return pl.concat([_row(name, among, wanted, entities) for name, among in groups.items()])


def _row(name: str, kinds: list[str], wanted: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    asked, told = (part.filter(pl.col("kind").is_in(kinds)) for part in (wanted, entities))
    share = pl.col("precision", "recall").fill_nan(0)
    counts = pl.DataFrame(
        {"kind": name, "right": told["is_right"].sum(), "told": told.height, "found": asked["is_found"].sum()}
    ).with_columns(names=pl.lit(asked.height))
    shares = counts.select(
        "kind", "names", precision=pl.col("right") / pl.col("told"), recall=pl.col("found") / pl.col("names")
    )
    f1 = 2 * pl.col("precision") * pl.col("recall") / (pl.col("precision") + pl.col("recall"))
    return shares.with_columns(share).select("kind", "precision", "recall", f1.fill_nan(0).alias("f1"), "names")


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    annotated = articles(sorted(FOLDER.rglob("*.txt")))
    print(f"{annotated.height} articles of {annotated['body_hans'].str.len_chars().mean():.0f} characters")
    with pl.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, float_precision=3):
        print(measured(stated(annotated), read(annotated)))


if __name__ == "__main__":
    main()
