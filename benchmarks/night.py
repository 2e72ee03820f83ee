"""What a night costs: `python benchmarks/night.py [--articles N] [--workers N] [--again N] [--results FOLDER]`.

Writes N articles as JSONL, runs the night on them without Prefect in a fresh home, prints wall seconds of every stage
(of one taken along with another its share), CPU seconds of its step in the process that commits, what of them the judge
took, articles per CPU-second and the peak memory of each kind of process and of all together, of the night and of each
stage; FOLDER/night-N.json keeps the same. --again runs a second night of so many new articles in the same home, and
tells its stages too. Articles are made of sentences nobody wrote before (see corpus.py), so that no two are copies. Equal
arguments, equal articles.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import memory  # noqa: E402
from benchmarks.corpus import Writer, sentences  # noqa: E402
from flows.intake import sources  # noqa: E402
from flows.night import Course  # noqa: E402
from flows.settings import Home, cores, quiet_engines  # noqa: E402
from flows.work import opened  # noqa: E402
from transforms.tables.base import Table  # noqa: E402
from warehouse import shelf  # noqa: E402

NIGHT = date(2026, 11, 20)


def articles(count: int, pool: list[str], chars: int) -> Iterator[dict[str, str]]:
    """`count` articles of about `chars` characters."""
    writer = Writer(count, pool)
    for number in range(count):
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < chars:
            paragraphs.append("".join(writer.sentence() for _ in range(3)))
        yield {
            "id": f"bench-{number}",
            "title": paragraphs[0][:20].rstrip("，。！？、："),
            "text": "\n".join(paragraphs),
            "source": "bench",
            "published": f"2026-11-{number % 19 + 1:02}",
        }


class Measured(Course):
    """A course that knows what its judge took."""

    judging_cpu_seconds = 0.0

    def judge_table(self, stage: str, table: type[Table]) -> None:
        """Judge, and count the processor time; what the engines need to come up is part of it."""
        before = time.process_time()
        super().judge_table(stage, table)
        self.judging_cpu_seconds += time.process_time() - before


def night(
    corpus: Path, home: Home, workers: int, on: date = NIGHT, entered: Callable[[str], None] = lambda stage: None
) -> tuple[Measured, list[dict[str, Any]]]:
    """Run one night; its course and one row per stage. `entered` is told of each stage before it begins."""
    quiet_engines(home)
    stages: list[dict[str, Any]] = []
    with opened(home) as store:
        known = sources.declared(home)
        files = sources.deliveries([str(corpus)], None, on, known)
        course = Measured(home, on, files, store, known, workers=workers)
        for name, step in course.steps():
            cpu = time.process_time()
            entered(name)
            step()
            stages.append(
                {
                    "stage": name,
                    "rows_out": course.outcome.stages[-1].rows_out,
                    "seconds": round(course.outcome.stages[-1].seconds, 2),
                    "committing_cpu_seconds": round(time.process_time() - cpu, 2),
                }
            )
    return course, stages


def cpu_seconds() -> float:
    """CPU seconds of this process and of its finished children."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def written(path: Path, count: int, pool: list[str], chars: int, prefix: str = "") -> Path:
    """`count` articles as a file of JSONL, their ids with a prefix."""
    with path.open("w", encoding="utf-8") as file:
        for article in articles(count, pool, chars):
            file.write(json.dumps(article | {"id": prefix + article["id"]}, ensure_ascii=False) + "\n")
    return path


def measured(
    count: int, workers: int, chars: int, pool: list[str], again: int = 0, trace: Path | None = None
) -> dict[str, Any]:
    """Everything a night of `count` articles cost, and the stages of a second one of `again` new articles."""
    with tempfile.TemporaryDirectory(prefix="wencang-bench-") as folder:
        corpus = written(Path(folder) / "corpus.jsonl", count, pool, chars)
        before, started = cpu_seconds(), time.perf_counter()
        home = Home(Path(folder) / "home")
        with memory.watched(trace) as watched:
            course, stages = night(corpus, home, workers, entered=watched.enter)
        wall = time.perf_counter() - started
        cpu = cpu_seconds() - before - watched.told.pop("watching_cpu_seconds")
        release_bytes = (home.current / shelf.FILE).stat().st_size
        later = written(Path(folder) / "again.jsonl", again, pool, chars, "again-")
        second = second_night(later, home, workers) if again else None
        return {
            "articles": count,
            "characters_each": chars,
            "workers": workers,
            "machine": f"{platform.machine()}, {cores()} cores, load {os.getloadavg()[0]:.1f}",
            "versions": {name: version(name) for name in ("wencang", "polars", "duckdb")},
            "fates": course.outcome.fates,
            "bytes_in": corpus.stat().st_size,
            "release_bytes": release_bytes,
            "wall_seconds": round(wall, 1),
            "cpu_seconds": round(cpu, 1),
            "judging_cpu_seconds": round(course.judging_cpu_seconds, 1),
            "articles_per_cpu_second": round(count / cpu, 1),
            "articles_per_second": round(count / wall, 1),
            "peak_mib": watched.told,
            "stages": stages,
            "again": second,
        }


def second_night(corpus: Path, home: Home, workers: int) -> dict[str, Any]:
    """What a later night in the same home did and cost."""
    course, stages = night(corpus, home, workers, NIGHT + timedelta(1))
    return {
        "fates": course.outcome.fates,
        "built": shelf.manifest(home.current)["built"],
        "release_bytes": (home.current / shelf.FILE).stat().st_size,
        "judging_cpu_seconds": round(course.judging_cpu_seconds, 1),
        "stages": stages,
    }


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument(
        "--source",
        type=Path,
        metavar="FOLDER",
        help="news to take sentences from, .json .jsonl .txt (default: the articles written for this project)",
    )
    parser.add_argument("--characters", type=int, default=1_500, help="of one article (default: %(default)s)")
    parser.add_argument(
        "--again", type=int, default=0, metavar="N", help="run a second night of N new articles as well"
    )
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--trace", type=Path, metavar="FILE", help="file that keeps every look at the memory")
    parser.add_argument("--results", type=Path, help="folder that keeps the numbers as JSON")
    options = parser.parse_args()
    pool = sentences(options.source)
    told = measured(options.articles, options.workers, options.characters, pool, options.again, options.trace)
    print(json.dumps(told, ensure_ascii=False, indent=2))
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        path = options.results / f"night-{options.articles}.json"
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
