"""How well and how fast pages become articles: `python benchmarks/pages.py FOLDER TEXTS.json`.

FOLDER holds pages, KEY.html; TEXTS.json says of every key the text its article should have: {KEY: {"content": …}}.
Prints the F1 of character 4-grams (mean, worst page) of the extraction alone, and pages per CPU-second with decoding.
Nothing is written.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import seeds  # noqa: E402
from transforms import decode  # noqa: E402

ROUNDS = 3


def grams(text: str) -> Counter[str]:
    """The character 4-grams of a text's letters and digits."""
    letters = "".join(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", text))
    return Counter(letters[start : start + 4] for start in range(len(letters) - 3))


def f1(got: str, wanted: str) -> float:
    """Agreement of two texts, 0 to 1."""
    ours, theirs = grams(got), grams(wanted)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def records(pages: dict[str, bytes]) -> pl.DataFrame:
    """Pages as rows of raw.records."""
    return pl.DataFrame(
        {
            "record_id": list(pages),
            "source_id": "adhoc",
            "file_name": [f"{key}.html" for key in pages],
            "night": dt.date(2026, 1, 1),
            "format": "html",
            "payload": list(pages.values()),
        }
    )


def main(folder: Path, texts: Path) -> None:
    """Measure one folder."""
    wanted = {key: row["content"] for key, row in json.loads(texts.read_text(encoding="utf-8")).items()}
    pages = {key: file.read_bytes() for key in sorted(wanted) if (file := folder / f"{key}.html").exists()}
    frame, names = records(pages), seeds.table("field_names")
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    documents = decode.documents(frame, names, sources)
    seconds: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        decode.documents(frame, names, sources)
        seconds.append(time.process_time() - started)
    found = dict(documents.select("record_id", "text").iter_rows())
    scores = sorted((f1(found[key], wanted[key]), key) for key in pages)
    size = sum(map(len, pages.values()))
    print(f"{len(pages)} pages, {size / len(pages) / 1000:.0f} kB each")
    print(f"F1 {sum(score for score, _ in scores) / len(scores):.3f}, worst {scores[0][0]:.3f} {scores[0][1]}")
    print(f"{len(pages) / min(seconds):.0f} pages, {size / min(seconds) / 1e6:.0f} MB per CPU-second")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
