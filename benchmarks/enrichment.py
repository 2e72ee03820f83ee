"""Quality of figures and names, and cost of enrichment: `python benchmarks/enrichment.py FOLDER`.

FOLDER holds data/numbers (cases of the Recognizers-Text project: sentences with the values they state), data/entities
(sentences of CLUENER2020 with the names they hold) and data/corpora (nights of news). What is not there is left out.
Nothing is written; every number is printed with what it was measured on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import seeds  # noqa: E402
from flows.chunk import is_seed, worked  # noqa: E402
from flows.pipeline import PIPELINE  # noqa: E402
from flows.settings import CHUNK_BYTES  # noqa: E402
from transforms import figures, words  # noqa: E402
from transforms.entities import mentions  # noqa: E402
from transforms.tables import ref_entities  # noqa: E402
from transforms.tables.base import Table, seed_files  # noqa: E402

HEADING = pl.List(pl.Struct({"ordinal": pl.Int64, "text_hans": pl.String, "before_paragraph": pl.Int64}))
SUITES = {
    "number": "Number/NumberModel",
    "rank": "Number/OrdinalModel",
    "range": "Number/NumberRangeModel",
    "age": "NumberWithUnit/AgeModel",
    "temperature": "NumberWithUnit/TemperatureModel",
}
LABELS = {
    "person": ("name",),
    "organisation": ("company", "government", "organization"),
    "place": ("address", "scene"),
}
NAMES = ("GazetteerName", "Surname", "TitleRole", "OrgSuffix", "NameCharacters", "ContextWord", "NamePattern")
NIGHTS = 400
NAMES_OF_STAGES = [stage.name for stage in PIPELINE]
ENRICHMENT = PIPELINE[NAMES_OF_STAGES.index("segment") : NAMES_OF_STAGES.index("mark") + 1]
"""What is read out of articles, from their words to the terms their stories are known by."""
INTERVAL = re.compile(r"[\[(](-?[\d.]*),(-?[\d.]*)[\])]")


def documents(rows: list[tuple[str, str, str | None]]) -> pl.DataFrame:
    """Canonical documents of (title, body, day of publication)."""
    columns = ["title_hans", "body_hans", "published_on"]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_row_index("place").select(
        pl.col("place").cast(pl.String).str.zfill(16).alias("document_id"),
        *columns[:2],
        pl.col("published_on").str.to_date(strict=False),
        headings=pl.lit(None, dtype=HEADING),
        script=pl.lit("Hans"),
        script_region=pl.lit("CN"),
        script_origin=pl.lit("native"),
    )


def news(folder: Path) -> pl.DataFrame:
    """Articles of the evening news, the files in order."""
    rows: list[tuple[str, str, str | None]] = []
    for file in sorted(folder.glob("xwlb/*/*.json"))[:NIGHTS]:
        for item in json.loads(file.read_text("utf-8")).get("videoList") or []:
            detail = item.get("video_detail") or {}
            body = "\n".join(
                part.strip() for part in re.split(r"<[^>]+>|\n", detail.get("content") or "") if part.strip()
            )
            if len(body) > 200:
                rows.append((detail.get("title") or "", body, (item.get("pub_date") or "")[:10] or None))
    return documents(rows)


def expected(result: dict[str, Any]) -> tuple[float | None, float | None] | None:
    """The bounds a case states, both the same for a single value; None where it states no number."""
    value = str((result.get("Resolution") or {}).get("value"))
    interval = INTERVAL.fullmatch(value)
    try:
        if interval:
            low, high = (float(end) if end else None for end in interval.groups())
            return low, high
        number = float(value.replace(",", ""))
        return number, number
    except ValueError:
        return None


def agrees(wanted: tuple[float | None, float | None], row: dict[str, Any]) -> bool:
    """Whether a figure states the value or the bounds wanted; percentages are shares here and hundredths there."""

    def near(one: float | None, other: float | None) -> bool:
        return one is None or (other is not None and abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1e-9))

    low, high = wanted
    if low == high:
        return any(near(low, row[name]) for name in ("value", "value_min"))
    return near(low, row["value_min"]) and near(high, row["value_max"])


def recognised(folder: Path, units: pl.DataFrame, idioms: pl.DataFrame) -> None:
    """Print the share of stated values found, by suite."""
    for kind, suite in SUITES.items():
        cases: list[tuple[str, list[tuple[float | None, float | None]]]] = []
        for case in json.loads((folder / f"{suite}.json").read_text("utf-8-sig")):
            wanted = [expected(result) for result in case["Results"]]
            if wanted and None not in wanted:
                cases.append((case["Input"], [bounds for bounds in wanted if bounds is not None]))
        table = figures.figures(documents([("", text + "。", "2025-03-10") for text, _ in cases]), units, idioms)
        found = {str(key): part.to_dicts() for (key,), part in table.partition_by("document_id", as_dict=True).items()}
        tally: Counter[bool] = Counter()
        for place, (_, wanted) in enumerate(cases):
            rows = found.get(f"{place:016}", [])
            tally.update(any(agrees(bounds, row) for row in rows) for bounds in wanted)
        print(f"{kind:12} {tally[True] / max(1, tally.total()):.3f} of {tally.total()} values")


def name_seeds() -> list[pl.DataFrame]:
    """The seed tables the finder of names reads, in its order."""
    tables = [getattr(ref_entities, name) for name in NAMES]
    return [pl.concat(map(seeds.table, seed_files(table))) for table in tables]


def named(file: Path) -> None:
    """Print precision, recall and F1 of names in bare sentences, exact surface and type, each sentence by itself."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]
    sentences = documents([("", row["text"], None) for row in rows])
    kinds = list(LABELS)
    stated = {
        (place, name, kind)
        for place, row in enumerate(rows)
        for kind in kinds
        for label in LABELS[kind]
        for name in row["label"].get(label, ())
    }
    found = mentions(sentences, words.segmentations(sentences), *name_seeds()).filter(
        pl.col("entity_type").is_in(kinds)
    )
    read = {
        (int(document), name, kind)
        for document, name, kind in found.select("document_id", "surface", "entity_type").iter_rows()
    }
    for kind in [*kinds, "all"]:
        wanted, got = ({row for row in part if kind in (row[2], "all")} for part in (stated, read))
        right = len(wanted & got)
        print(
            f"{kind:12} P {right / max(1, len(got)):.3f} R {right / max(1, len(wanted)):.3f}"
            f" F1 {2 * right / max(1, len(got) + len(wanted)):.3f} of {len(wanted)} names"
        )


def cost(articles: pl.DataFrame) -> None:
    """Print what each stage takes: of the first chunk, in which a worker learns its seeds, and of the others.

    No chunk is met twice. A night brings words, numbers and names that are new with every chunk, and what is asked
    about them is part of what it costs.
    """
    number = articles["body_hans"].str.len_bytes().cum_sum() // CHUNK_BYTES
    chunks = [articles.filter(number == place) for place in number.unique().sort()]
    known: dict[str, pl.DataFrame] = {}
    spent = [enriched(chunk, known) for chunk in chunks]
    count, later = chunks[0].height, sum(chunk.height for chunk in chunks[1:])
    print(f"milliseconds an article of the first chunk ({count} articles), of the {len(chunks) - 1} others ({later})")
    for name in (*spent[0], "all"):
        first, *others = (sum(of.values()) if name == "all" else of[name] for of in spent)
        print(f"{name:12} {1e3 * first / count:.3f} {1e3 * sum(others) / max(1, later):.3f}")


def enriched(articles: pl.DataFrame, known: dict[str, pl.DataFrame]) -> dict[str, float]:
    """Processor seconds of each stage of the timetable that reads something out of articles."""
    at_hand: dict[type[Table], pl.DataFrame] = {ENRICHMENT[0].reads[0]: articles}
    spent: dict[str, float] = {}
    for stage in ENRICHMENT:
        start = time.process_time()
        read = [at_hand[table] for table in stage.reads if not is_seed(table)]
        at_hand[stage.writes], _ = worked(stage, read, known)
        spent[stage.name] = time.process_time() - start
    return spent


def main(folder: Path) -> None:
    """Measure whatever of the data is there."""
    units, idioms = seeds.table("units"), seeds.table("figure_idioms")
    cases, corpora = folder / "data/numbers/recognizers_text", folder / "data/corpora"
    if cases.exists():
        recognised(cases, units, idioms)
    labelled = folder / "data/entities/cluener/train.jsonl"
    if labelled.exists():
        named(labelled)
    if corpora.exists():
        articles = news(corpora)
        print(f"{articles.height} articles of {articles['body_hans'].str.len_chars().mean():.0f} characters")
        cost(articles)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    main(parser.parse_args().folder)
