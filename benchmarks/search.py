"""What a search costs beside LIKE: `python benchmarks/search.py [--articles N] [--results FOLDER]`.

Runs one night of N/10 made-up articles (those of benchmarks/night.py), publishes it, and asks a warehouse in which each
of these articles stands ten times over: vocabulary of a tenth, postings and bodies of the whole. Every query is asked
several times by `marts.search` and by LIKE over titles and bodies, both for all that they find; the fastest of each
counts. Prints seconds and their ratio; FOLDER/search-N.json keeps the same.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import duckdb  # noqa: E402
from corpus import sentences  # noqa: E402
from night import articles, night  # noqa: E402

from flows.settings import Home, cores  # noqa: E402
from transforms import hanzi  # noqa: E402
from warehouse import shelf  # noqa: E402
from warehouse.quoting import quoted  # noqa: E402
from warehouse.release import STORAGE_VERSION  # noqa: E402

FOLD = 10
MACRO = ROOT / "warehouse" / "marts" / "search.macro.sql"
# A common word, a rare one, two words, a Traditional query, a phrase of many words, one that no article holds.
QUERIES = ("经济", "中关村", "人工智能 芯片", "機器人", "新能源汽车出口增长", "龘靐")
LIKE = """
    select article_key from marts.fct_article
    where title_hans like '%' || $query || '%' or body_hans like '%' || $query || '%'
"""


def published(count: int, folder: Path) -> Path:
    """The warehouse of one night of `count` articles."""
    corpus = folder / "corpus.jsonl"
    with corpus.open("w", encoding="utf-8") as file:
        for article in articles(count, sentences(), 1_500):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    home = Home(folder / "home")
    night(corpus, home, cores())
    return home.current / shelf.FILE


def unfolded(one: Path, path: Path) -> None:
    """What a search reads, each article of the warehouse `one` `FOLD` times, as a release stores it."""
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(str(one))} as one (read_only)").fetchall()
        connection.execute(f"attach {quoted(str(path))} as many (storage_version {quoted(STORAGE_VERSION)})").fetchall()
        connection.execute(
            f"""
            use many;
            create schema marts;
            create table marts.fct_article as
                select * replace (article_key + n as article_key) from one.marts.fct_article, range({FOLD}) as t(n);
            create table marts.search_token as
                select token, article_key + n as article_key, occurrences
                from one.marts.search_token, range({FOLD}) as t(n)
                order by token;
            create table marts.search_word as
                select token, count(*) as articles from marts.search_token group by token order by token;
            """
        ).fetchall()
        traditional, simplified = map(quoted, hanzi.folds())
        macro = MACRO.read_text(encoding="utf-8")
        connection.execute(macro.replace("$traditional", traditional).replace("$simplified", simplified)).fetchall()


def fastest(connection: duckdb.DuckDBPyConnection, query: str, text: str, times: int = 5) -> tuple[float, int]:
    """(seconds of the fastest of several askings, rows found)."""
    seconds, rows = float("inf"), 0
    for _ in range(times):
        started = time.perf_counter()
        rows = len(connection.execute(query, {"query": text}).fetchall())
        seconds = min(seconds, time.perf_counter() - started)
    return seconds, rows


def measured(count: int) -> dict[str, Any]:
    """Both ways of asking, query by query."""
    with tempfile.TemporaryDirectory(prefix="wencang-search-") as name:
        path = Path(name) / "many.duckdb"
        unfolded(published(count // FOLD, Path(name)), path)
        asked: list[dict[str, Any]] = []
        with duckdb.connect(str(path), read_only=True, config={"threads": cores()}) as connection:
            for text in QUERIES:
                search, found = fastest(connection, "select article_key from marts.search($query)", text)
                like, held = fastest(connection, LIKE, text)
                asked.append(
                    {
                        "query": text,
                        "search_seconds": round(search, 4),
                        "like_seconds": round(like, 4),
                        "ratio": round(like / search, 1),
                        "found": found,
                        "found_by_like": held,
                    }
                )
        return {
            "articles": count,
            "machine": f"{platform.machine()}, {cores()} cores",
            "duckdb": duckdb.__version__,
            "file_bytes": path.stat().st_size,
            "queries": asked,
        }


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--results", type=Path, help="folder that keeps the numbers as JSON")
    options = parser.parse_args()
    told = json.dumps(measured(options.articles), ensure_ascii=False, indent=2)
    print(told)
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        (options.results / f"search-{options.articles}.json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
