"""How well and how fast pages become articles: `python benchmarks/pages.py FOLDER LABELS.json [--json]`.

FOLDER holds pages, KEY.html; LABELS.json says of every key the text its article should have, and what else its page
states: {KEY: {"content": …, "extra": …, "title": …, "date": …, "outlet": …}}, all but the first optional; `extra` is
text that belongs to it and is no prose (captions). Prints the F1 of character 4-grams (mean, worst page) of the
extraction alone, how many titles, dates and outlets are exact, and pages per CPU-second with decoding. Nothing is
written. Pages are not part of the product; results/pages.json says what was measured on which.
"""

from __future__ import annotations

import argparse
import datetime as dt
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
from transforms import decode  # noqa: E402

ROUNDS = 3
BATCH = 100  # pages at least are read at once, as in a night: few ones come round again


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


def exact(label: dict[str, str | None], row: dict[str, str | None]) -> dict[str, bool]:
    """For all a label states whether the page's fields say the same: letters of names, the day of a moment."""
    day = "-".join(part.zfill(2) for part in re.findall(r"\d+", row["published_field"] or "")[:3])
    found = {"title": letters(row["title_field"]), "date": day, "outlet": letters(row["outlet_field"])}
    wanted = {name: label.get(name) for name in found}
    return {name: found[name] == (said if name == "date" else letters(said)) for name, said in wanted.items() if said}


def letters(text: str | None) -> str:
    """A text without spaces and punctuation."""
    return re.sub(r"[\W_]", "", text or "")


def measured(folder: Path, labels: dict[str, dict[str, str | None]]) -> dict[str, Any]:
    """Everything there is to say about one folder."""
    pages = {key: file.read_bytes() for key in sorted(labels) if (file := folder / f"{key}.html").exists()}
    frame, names = records(pages), (seeds.table("field_names"), seeds.table("field_values"))
    words = (pl.concat(map(seeds.table, ("html_words", "html_names"))), seeds.table("month_names"))
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    documents = decode.documents(frame, *names, sources, *words)
    batch = pl.concat([frame] * -(-BATCH // frame.height))
    seconds: list[float] = []
    for _ in range(ROUNDS):
        started = time.process_time()
        decode.documents(batch, *names, sources, *words)
        seconds.append((time.process_time() - started) * frame.height / batch.height)
    rows = {row["record_id"]: row for row in documents.iter_rows(named=True)}
    scores: dict[str, float] = {}
    fields: dict[str, list[bool]] = {}
    for key in pages:
        label, row = labels[key], rows[key]
        scores[key] = f1(row["text"] or "", f"{label['content']}\n{label.get('extra') or ''}")
        for name, is_exact in exact(label, row).items():
            fields.setdefault(name, []).append(is_exact)
    size, worst = sum(map(len, pages.values())), min(scores, key=scores.__getitem__)
    return {
        "pages": len(pages),
        "f1": round(sum(scores.values()) / len(scores), 3),
        "below_half": sum(score < 0.5 for score in scores.values()),
        "worst": {worst: round(scores[worst], 3)},
        "exact": {name: f"{sum(right)} of {len(right)}" for name, right in fields.items()},
        "pages_per_cpu_second": round(len(pages) / min(seconds)),
        "mb_per_cpu_second": round(size / min(seconds) / 1e6),
    }


def main() -> None:
    """Measure one folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--json", action="store_true", help="as results/pages.json has it")
    given = parser.parse_args()
    found = measured(given.folder, json.loads(given.labels.read_text(encoding="utf-8")))
    if given.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    print(f"{found['pages']} pages: F1 {found['f1']}, {found['below_half']} below .5, worst {found['worst']}")
    print("exact: " + (", ".join(f"{name} {count}" for name, count in found["exact"].items()) or "nothing labelled"))
    print(f"{found['pages_per_cpu_second']} pages, {found['mb_per_cpu_second']} MB per CPU-second")


if __name__ == "__main__":
    main()
