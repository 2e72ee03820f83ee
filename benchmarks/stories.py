"""How well stories are told apart: `python benchmarks/stories.py HOME [tuning|held_out]`.

HOME has published the seven nights of Taiwanese feeds that were labelled, all of them: the news around an article
decides what is common. story_labels.csv says by hand which of some 430 articles tell of one event; an article is named
there by the first 16 hexadecimal digits of the SHA-256 of its link. The labelled articles were found by looking for the
nearest by words and by characters around articles drawn by lot; half of them (12 and 13 July) served to choose the
thresholds, the other half (15 and 16 July) did not.

B-cubed: for each article the share of its story's articles that belong there (precision) and of those that belong there
that it holds (recall), looking at labelled articles alone, then the mean. `in company` counts only articles that do tell
of an event with another one.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from warehouse import sealed, shelf  # noqa: E402

LABELS = Path(__file__).with_name("story_labels.csv")
HALVES = ("tuning", "held_out")


def labels(half: str) -> dict[str, str]:
    """{link digest: story} of one half."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return {row["link_digest"]: row["story"] for row in csv.DictReader(lines) if row["half"] == half}


def told(home: Path) -> dict[str, int]:
    """{link digest: story key} of every article of a home."""
    reader = sealed.Reader(home / "current" / shelf.FILE)
    try:
        rows = reader.rows("select url, story_key from marts.fct_article where url is not null")
    finally:
        reader.close()
    return {hashlib.sha256(row["url"].encode()).hexdigest()[:16]: row["story_key"] for row in rows}


def b_cubed(truth: dict[str, str], found: dict[str, int]) -> tuple[float, float, float]:
    """(precision, recall, F1) over the articles of `truth`; one that was not published is a story of its own."""
    ours = {name: str(found.get(name, name)) for name in truth}
    sizes, true_sizes = Counter(ours.values()), Counter(truth.values())
    both = Counter((ours[name], truth[name]) for name in truth)
    hits = [both[ours[name], truth[name]] for name in truth]
    precision = sum(hit / sizes[ours[name]] for hit, name in zip(hits, truth, strict=True)) / len(truth)
    recall = sum(hit / true_sizes[truth[name]] for hit, name in zip(hits, truth, strict=True)) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def in_company(truth: dict[str, str]) -> dict[str, str]:
    """Those that share their story with another labelled article."""
    sizes = Counter(truth.values())
    return {name: story for name, story in truth.items() if sizes[story] > 1}


def main(home: Path, halves: tuple[str, ...]) -> None:
    """Print precision, recall and F1 of each half."""
    found = told(home)
    sizes = Counter(found.values())
    print(
        f"{len(found)} articles, {sum(n > 1 for n in sizes.values())} stories of several, the largest {max(sizes.values())}"
    )
    for half in halves:
        truth = labels(half)
        for name, asked in (("all", truth), ("in company", in_company(truth))):
            precision, recall, f1 = b_cubed(asked, found)
            missing = sum(article not in found for article in asked)
            print(
                f"{half:9} {name:10} {len(asked):4} articles, {len(set(asked.values())):4} stories, {missing} missing:"
                f" precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("halves", nargs="*", default=HALVES, metavar="HALF", help="tuning, held_out (default: both)")
    options = parser.parse_args()
    main(options.home, tuple(options.halves))
