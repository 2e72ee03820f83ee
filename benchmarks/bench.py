"""wencang and its peers at the same work, in one go: `python benchmarks/bench.py [--sizes N,…] [--repetitions N] …`.

Builds its corpora, gives every system the same input in a process and environment of its own, several times in turn,
and keeps in --results: bench.json (every measurement), a growth curve a task as SVG, summary.md. Ratios are of CPU
seconds, the peer's over ours, repetition by repetition: least, median, most.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import chart, corpus, dedup_peers, dedup_truth, environments  # noqa: E402
from benchmarks.dedup_peers import grams  # noqa: E402
from flows.settings import cores  # noqa: E402

OWN = "wencang"


@dataclass(frozen=True)
class System:
    """Who does a task, under which name of SYSTEMS in own.py or peers.py, and what must be installed for it."""

    name: str
    work: str
    packages: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """Where SYSTEMS is."""
        return "benchmarks.peers" if self.packages else "benchmarks.own"


@dataclass(frozen=True)
class Task:
    """Work that several systems do on one input, ours first; `quality` judges a result by the truth."""

    name: str
    about: str
    given: Callable[[list[corpus.Article]], list[Any]]
    quality: Callable[[Any, list[corpus.Article], Path], dict[str, float]]
    systems: tuple[System, ...]


# ------------------------------------------------------------------------------------------------ inputs and qualities
def bodies(articles: list[corpus.Article]) -> list[list[str]]:
    """Simplified texts without the planted noise: what deduplication is given, so that neither counts for anybody."""
    simple = corpus.converted("t2s")
    lines = ((one["id"], simple(one["text"]).split("\n")) for one in articles)
    return [[name, "\n".join(line for line in text if line not in corpus.PLANTED)] for name, text in lines]


def titled(articles: list[corpus.Article]) -> list[list[str]]:
    """The same with the titles, which ours reads."""
    simple = corpus.converted("t2s")
    return [[*body, simple(one["title"])] for body, one in zip(bodies(articles), articles, strict=True)]


def traditional(articles: list[corpus.Article]) -> list[list[str]]:
    """Every text in Traditional characters."""
    convert = corpus.converted("s2t")
    return [[one["id"], convert(one["text"])] for one in articles]


def page(article: corpus.Article) -> str:
    """An article between the things that stand around one."""
    links = "".join(f'<li><a href="/{n}.html">{place}新闻第{n}条</a></li>' for n, place in enumerate(corpus.PLACES))
    told = "".join(f"<p>{html.escape(line)}</p>" for line in article["text"].split("\n"))
    title = html.escape(article["title"])
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}_本地新闻网</title></head><body>'
        f'<div class="nav"><ul>{links}</ul></div><h1>{title}</h1><div class="info">2026-11-18 来源：本地新闻网</div>'
        f'<div class="article-content">{told}</div><div class="related"><h3>相关阅读</h3><ul>{links}</ul></div>'
        f'<div class="footer">关于我们 | 联系方式 | 版权所有</div></body></html>'
    )


def pages(articles: list[corpus.Article]) -> list[list[str]]:
    """Every article as a page."""
    return [[one["id"], page(one)] for one in articles]


AMOUNTS = ((1e8, "{:.1f}亿元"), (1e4, "{:.1f}万美元"), (1.0, "{:.0f}元"), (1e4, "{:.0f}万元"))


def amount(number: int) -> tuple[float, str]:
    """A sum of money: its value and how it is written."""
    scale, form = AMOUNTS[number % len(AMOUNTS)]
    written = form.format(1.5 + number % 97)
    return float("".join(c for c in written if c in "0123456789.")) * scale, written


def stating(articles: list[corpus.Article]) -> list[list[str]]:
    """Every article with one sum of money planted at its end."""
    return [[one["id"], f"{one['text']}\n这笔款项共计{amount(n)[1]}。"] for n, one in enumerate(articles)]


def clustering(found: dict[str, str], articles: list[corpus.Article], folder: Path) -> dict[str, float]:
    """Mean recall of the kinds of copies, the worst kind, precision, siblings merged."""
    named = {one["id"]: one["id"] for one in articles}
    score = dedup_truth.score(folder, named, found)
    recall = list(score["recall"].values()) or [1.0]
    merged = score["siblings_merged"] / max(1, score["siblings"])
    return {
        "recall": round(statistics.mean(recall), 4),
        "worst_kind": min(recall),
        "precision": score["precision"],
        "siblings_merged": round(merged, 4),
    }


def given_back(found: list[str], articles: list[corpus.Article], folder: Path) -> dict[str, float]:
    """Share of the characters that are those the text had before it was made Traditional."""
    simple = corpus.converted("t2s")
    pairs = [(text, simple(one["text"])) for text, one in zip(found, articles, strict=True)]
    same = sum(sum(a == b for a, b in zip(one, other, strict=False)) for one, other in pairs)
    return {"same_characters": round(same / max(1, sum(max(len(a), len(b)) for a, b in pairs)), 6)}


def agreement(found: list[str], articles: list[corpus.Article], folder: Path) -> dict[str, float]:
    """Mean F1 of the character 4-grams of the text found and the article's."""

    def f1(one: str, other: str) -> float:
        ours, theirs = set(grams(one)), set(grams(other))
        return 2 * len(ours & theirs) / (len(ours) + len(theirs))

    return {"f1": round(statistics.mean(f1(text, one["text"]) for text, one in zip(found, articles, strict=True)), 4)}


def stated(found: list[list[float]], articles: list[corpus.Article], folder: Path) -> dict[str, float]:
    """Share of the planted sums whose value was found."""
    hits = [any(abs(v - amount(n)[0]) < 1e-6 * amount(n)[0] for v in values) for n, values in enumerate(found)]
    return {"found": round(sum(hits) / max(1, len(hits)), 4)}


def counted(found: int, articles: list[corpus.Article], folder: Path) -> dict[str, float]:
    """Words an article: there is no one truth in segmentation."""
    return {"words": round(found / max(1, len(articles)), 1)}


# ------------------------------------------------------------------------------------------------------------ the tasks
DATASKETCH = dedup_peers.PACKAGES["datasketch"][0]
GLUED = ("opencc==1.4.2", "jieba==0.42.1", "jionlp==1.5.31", "setuptools<81", *DATASKETCH)

TASKS = (
    Task(
        "deduplication", "canonical texts to clusters of copies", titled, clustering,
        (
            System(OWN, "deduplication"),
            System("datasketch 0.7", "datasketch 0.7", DATASKETCH),
            System("datasketch 0.5", "datasketch 0.5", DATASKETCH),
            System("rensa 0.7", "rensa 0.7", *dedup_peers.PACKAGES["rensa"]),
            System("rensa 0.5", "rensa 0.5", *dedup_peers.PACKAGES["rensa"]),
            System("gaoya 0.5", "gaoya 0.5", *dedup_peers.PACKAGES["gaoya"]),
            System("datatrove 0.7", "datatrove", *dedup_peers.PACKAGES["datatrove"]),
            System("text-dedup 0.7", "text-dedup", *dedup_peers.PACKAGES["text_dedup"]),
        ),
    ),
    Task(
        "conversion", "Traditional to Simplified", traditional, given_back,
        (
            System(OWN, "conversion"),
            System("opencc-python-reimplemented", "opencc", ("opencc-python-reimplemented==0.1.7",)),
            System("OpenCC (C++)", "opencc", ("opencc==1.4.2",)),
        ),
    ),
    Task(
        "pages", "HTML to the article's text; ours decodes and reads title, date and author too", pages, agreement,
        (
            System(OWN, "pages"),
            System("trafilatura", "trafilatura", ("trafilatura==2.3.1", "lxml-html-clean")),
            System("resiliparse", "resiliparse", ("resiliparse==2.0.1",)),
        ),
    ),
    Task(
        "segmentation", "texts to words", bodies, counted,
        (System(OWN, "segmentation"), System("jieba", "jieba", ("jieba==0.42.1", "setuptools<81"))),
    ),
    Task(
        "figures", "texts to quantities with values; JioNLP reads money and times, ours every kind", stating, stated,
        (System(OWN, "figures"), System("JioNLP", "jionlp", ("jionlp==1.5.31", "setuptools<81"))),
    ),
    Task(
        "night", "raw articles to a database; ours ends in a checked release", lambda articles: list(articles), clustering,
        (System(OWN, "night"), System("glued from libraries", "glued", GLUED)),
    ),
)  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ measuring
def measured(system: System, given: Path, folder: Path) -> dict[str, Any]:
    """One run of one system. Raises CannotBeMade, or CalledProcessError with what it said."""
    python = environments.python_with(system.packages, system.bare)
    kept = folder / "result.json"
    order = [str(python), str(ROOT / "benchmarks" / "worker.py"), system.module, system.work, str(given), str(kept)]
    subprocess.run(order, check=True, capture_output=True, text=True, cwd=ROOT)
    return json.loads(kept.read_text("utf-8"))


def at_size(tasks: Sequence[Task], size: int, repetitions: int, peers: bool) -> Iterable[dict[str, Any]]:
    """Every measurement at one size; systems take turns, so that a busy minute hits all of them."""
    with tempfile.TemporaryDirectory(prefix="wencang-bench-") as name:
        folder = Path(name)
        articles = corpus.write(folder, size, seed=size)
        for task in tasks:
            given = folder / "given.json"
            given.write_text(json.dumps(task.given(articles), ensure_ascii=False), "utf-8")
            systems = [system for system in task.systems if peers or not system.packages]
            for repetition in range(repetitions):
                for system in systems:
                    row: dict[str, Any] = {"task": task.name, "system": system.name, "articles": size}
                    try:
                        told = measured(system, given, folder)
                    except environments.CannotBeMade as reason:
                        row |= {"failed": str(reason)}
                    except subprocess.CalledProcessError as error:
                        row |= {"failed": (error.stderr.strip().splitlines() or ["no word"])[-1][:300]}
                    else:
                        row |= {"quality": task.quality(told.pop("result"), articles, folder)}
                        row |= {name: round(value, 4) for name, value in told.items()}
                    print(json.dumps(row, ensure_ascii=False), file=sys.stderr)
                    yield row | {"repetition": repetition}


# -------------------------------------------------------------------------------------------------------------- telling
def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Least, median, most."""
    return min(values), statistics.median(values), max(values)


def rows_of(rows: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    """The measurements that succeeded and agree with what is wanted, in the order of repetitions."""
    return [row for row in rows if "failed" not in row and wanted.items() <= row.items()]


def curves(rows: list[dict[str, Any]], task: Task) -> dict[str, list[tuple[float, float, float, float]]]:
    """{system: (articles, CPU milliseconds an article: least, median, most)}."""
    found: dict[str, list[tuple[float, float, float, float]]] = {}
    for system in task.systems:
        for size in sorted({row["articles"] for row in rows}):
            some = rows_of(rows, task=task.name, system=system.name, articles=size)
            if some:
                costs = spread([1000 * row["cpu_seconds"] / size for row in some])
                found.setdefault(system.name, []).append((size, *costs))
    return found


def ratio(rows: list[dict[str, Any]], task: Task, system: System, size: int) -> str:
    """How many times our CPU the system took, with its spread."""
    ours, theirs = (rows_of(rows, task=task.name, system=name, articles=size) for name in (OWN, system.name))
    taken = [b["cpu_seconds"] / max(a["cpu_seconds"], 1e-3) for a, b in zip(ours, theirs, strict=False)]
    return "{:.2g}–{:.2g}, median {:.2g}".format(*(spread(taken)[i] for i in (0, 2, 1))) if taken else ""


def table(rows: list[dict[str, Any]], task: Task, size: int) -> str:
    """The task as a table: cost and quality at the largest size."""
    lines = [f"## {task.name}: {task.about}", "", f"![growth]({task.name}.svg)", ""]
    lines += ["| | CPU ms an article | times our CPU | wall s | peak MiB | quality |", "|---|---|---|---|---|---|"]
    for system in task.systems:
        some = rows_of(rows, task=task.name, system=system.name, articles=size)
        if not some:
            failed = next((r["failed"] for r in rows if r["system"] == system.name and "failed" in r), None)
            lines += [f"| {system.name} | not measured: {failed} | | | | |"] if failed else []
            continue
        least, median, most = spread([1000 * row["cpu_seconds"] / size for row in some])
        wall, peak = (statistics.median(row[name] for row in some) for name in ("wall_seconds", "peak_mib"))
        quality = ", ".join(f"{name} {value:g}" for name, value in some[-1]["quality"].items())
        lines.append(
            f"| {system.name} | {median:.3g} ({least:.3g}–{most:.3g}) | {ratio(rows, task, system, size)} "
            f"| {wall:.1f} | {peak:.0f} | {quality} |"
        )
    return "\n".join([*lines, ""])


def machine() -> dict[str, Any]:
    """What was measured on."""
    model = next(
        (line.partition(":")[2].strip() for line in cpu_lines() if line.startswith("model name")), platform.processor()
    )
    return {
        "cpu": model,
        "cores": cores(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "versions": {name: version(name) for name in ("wencang", "polars", "duckdb")},
    }


def cpu_lines() -> list[str]:
    """What Linux says of its processors; nothing elsewhere."""
    path = Path("/proc/cpuinfo")
    return path.read_text("utf-8").splitlines() if path.exists() else []


def tell(folder: Path, tasks: Sequence[Task], about: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """Write every file of the results; the summary."""
    folder.mkdir(parents=True, exist_ok=True)
    size = max(row["articles"] for row in rows)
    (folder / "bench.json").write_text(
        json.dumps({"machine": about, "measurements": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    for task in tasks:
        picture = chart.growth(f"{task.name}: cost as the corpus grows", "CPU ms an article", curves(rows, task))
        (folder / f"{task.name}.svg").write_text(picture, "utf-8")
    head = (
        f"# Benchmarks\n\n{about['cpu']}, {about['cores']} cores, {about['memory_gib']} GiB, {about['system']}, "
        f"Python {about['python']}, load {about['load_at_start']} before the first measurement; {size:,} articles; "
        f"each system in a process and environment of its own, "
        f"{1 + max(row['repetition'] for row in rows)} repetitions, caches warm. Made by `make bench`.\n"
    )
    summary = "\n".join([head, *(table(rows, task, size) for task in tasks)])
    (folder / "summary.md").write_text(summary, "utf-8")
    return summary


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="500,1000,2000,4000", help="articles, separated by commas")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--task", action="append", choices=[task.name for task in TASKS], help="only this one")
    parser.add_argument("--without-peers", action="store_true", help="wencang alone; nothing is installed")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    options = parser.parse_args()
    tasks = [task for task in TASKS if not options.task or task.name in options.task]
    about, rows = machine(), list[dict[str, Any]]()
    for size in map(int, options.sizes.split(",")):
        rows += at_size(tasks, size, options.repetitions, not options.without_peers)
    print(tell(options.results, tasks, about, rows))


if __name__ == "__main__":
    main()
