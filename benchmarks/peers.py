"""Other people's tools at the tasks of bench.py, each as its README shows. Standard library and the peer at hand only.

What they need in order to do the work at all (character grams, since Chinese has no spaces) is given to them.
"""

from __future__ import annotations

import importlib
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from benchmarks import dedup_peers

Items = list[list[str]]


def peer(name: str) -> Any:
    """The peer's module: it lives in another environment than the one types are checked in."""
    return importlib.import_module(name)


def clusters(system: str, threshold: float, texts: Items) -> dict[str, str]:
    """{document: cluster}, chains included, by one of the peers of dedup_peers.py."""
    return dedup_peers.clustered([(row[0], row[1]) for row in texts], system, threshold)


@cache
def opencc() -> Any:
    """Either OpenCC: both call themselves so, and never live in one environment."""
    return peer("opencc").OpenCC("t2s")


def conversion(texts: Items) -> list[str]:
    """Traditional to Simplified, text by text."""
    return [opencc().convert(text) for _, text in texts]


def trafilatura(items: Items) -> list[str]:
    """HTML pages to the text of their article, precise setting off, comments out."""
    extract = peer("trafilatura").extract
    return [extract(page, include_comments=False) or "" for _, page in items]


def resiliparse(items: Items) -> list[str]:
    """The same, main content only."""
    extract = peer("resiliparse.extract.html2text").extract_plain_text
    return [extract(page, main_content=True) for _, page in items]


def jieba(texts: Items) -> int:
    """Texts to words; how many."""
    cut = peer("jieba").lcut
    return sum(len(cut(text)) for _, text in texts)


def jionlp(texts: Items) -> list[list[float]]:
    """Texts to the values of the money and times stated."""
    tool = peer("jionlp")
    found: list[list[float]] = []
    for _, text in texts:
        tool.ner.extract_time(text)
        told = (row["detail"]["num"] for row in tool.ner.extract_money(text))
        found.append([float(value) for value in told if isinstance(value, str)])
    return found


NOISE = re.compile(
    r"^(首页|首頁|来源|來源|责任编辑|責任編輯|（责任|（責任|返回首|版权声明|版權聲明|字号|字號).*$", re.MULTILINE
)


def glued(articles: list[dict[str, str]]) -> dict[str, str]:
    """The afternoon's script: clean by pattern, convert, find copies, cut words, find money and times, load a database."""
    signatures, tool, cut = peer("datasketch"), peer("jionlp"), peer("jieba").lcut
    index = signatures.MinHashLSH(threshold=0.7, num_perm=128)
    article_of: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "news.sqlite")
        base.execute("create table articles (id, title, body, words, money, times)")
        for article in articles:
            body = opencc().convert(NOISE.sub("", article["text"]))
            sketch = signatures.MinHash(num_perm=128)
            sketch.update_batch([gram.encode() for gram in dedup_peers.grams(body)])
            met = index.query(sketch)
            article_of[article["id"]] = article_of[met[0]] if met else article["id"]
            index.insert(article["id"], sketch)
            if met:
                continue
            money, times = tool.ner.extract_money(body), tool.ner.extract_time(body)
            kept = (" ".join(cut(body)), json.dumps(money, default=str), json.dumps(times, default=str))
            base.execute(
                "insert into articles values (?, ?, ?, ?, ?, ?)",
                (article["id"], opencc().convert(article["title"]), body, *kept),
            )
        base.commit()
        base.close()
    return article_of


SYSTEMS: dict[str, Callable[[Any], Any]] = {
    **{f"{name} {at}": partial(clusters, name, at) for name in ("datasketch", "rensa") for at in (0.7, 0.5)},
    "gaoya 0.5": partial(clusters, "gaoya", 0.5),
    "datatrove": partial(clusters, "datatrove", 0.7),
    "text-dedup": partial(clusters, "text_dedup", 0.7),
    "opencc": conversion,
    "trafilatura": trafilatura,
    "resiliparse": resiliparse,
    "jieba": jieba,
    "jionlp": jionlp,
    "glued": glued,
}
