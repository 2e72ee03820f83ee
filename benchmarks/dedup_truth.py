"""A labelled corpus beside the home that took it in: its canonical texts, and the score of a clustering of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

RESULTS = Path(__file__).resolve().parent / "results" / "dedup.json"
_DOCUMENTS = """
    select accepted.*, canonical.body_hans
    from core.accepted_documents as accepted
    join core.canonical_documents as canonical using (document_id)
    order by document_id
"""
_LINES = """
    select record_ordinal, document_id
    from raw.records
    join raw.documents using (record_id)
    order by record_ordinal
"""


def documents(home: Path) -> pl.DataFrame:
    """The canonical documents of a home: what every system is given, so that cleaning and script count for none."""
    with duckdb.connect(str(home / "work.duckdb"), read_only=True) as connection:
        return connection.sql(_DOCUMENTS).pl()


def names(corpus: Path, home: Path) -> dict[str, str]:
    """{id of a corpus line: document_id}."""
    with (corpus / "corpus.jsonl").open(encoding="utf-8") as lines:
        ids = [json.loads(line)["id"] for line in lines]
    with duckdb.connect(str(home / "work.duckdb"), read_only=True) as connection:
        return {ids[ordinal]: document_id for ordinal, document_id in connection.sql(_LINES).fetchall()}


def score(corpus: Path, named: Mapping[str, str], article_of: Mapping[str, str]) -> dict[str, Any]:
    """Recall of every kind of pair, precision over all pairs put together, and how many siblings were merged.

    Args:
        corpus: Folder with truth.json (pairs: [id, id, kind]; siblings: lists of ids; families: {id: family}).
        named: What `names` returns.
        article_of: {document_id: article}; a document without one stands alone.
    """
    truth = json.loads((corpus / "truth.json").read_text("utf-8"))
    article = {one: article_of.get(document, document) for one, document in named.items()}
    found: dict[str, Counter[bool]] = defaultdict(Counter)
    for one, two, kind in truth["pairs"]:
        found[kind][article.get(one, one) == article.get(two, two)] += 1
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for one, cluster in article.items():
        together[cluster][truth["families"].get(one, one)] += 1
    put, right = (
        sum(map(pairs_of, counts)) for counts in ([c.total() for c in together.values()], _families(together))
    )
    merged = sum(len(group) - len({article.get(one, one) for one in group}) for group in truth["siblings"])
    return {
        "recall": {kind: round(hits[True] / hits.total(), 4) for kind, hits in sorted(found.items())},
        "precision": round(right / put, 4) if put else 1.0,
        "siblings_merged": merged,
        "siblings": sum(map(len, truth["siblings"])),
    }


def _families(together: Mapping[str, Counter[str]]) -> list[int]:
    return [n for counts in together.values() for n in counts.values()]


def pairs_of(size: int) -> int:
    """Pairs among so many."""
    return size * (size - 1) // 2


def remember(name: str, result: Mapping[str, Any]) -> None:
    """Keep a result beside the others in results/dedup.json."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    name = f"{name}, {result['documents']} documents"
    RESULTS.write_text(json.dumps(kept | {name: result}, ensure_ascii=False, indent=2) + "\n", "utf-8")
