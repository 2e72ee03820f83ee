"""A labelled corpus of our own: `python benchmarks/corpus.py FOLDER [--documents N] [--seed N] [--source FOLDER]`.

Writes FOLDER/corpus.jsonl and FOLDER/truth.json (see dedup_truth.py). Sentences come from the sample articles in seeds/ and
the annotated ones in names/, or from the JSON and text files below --source. Of their words most are exchanged for others
of as many letters and the same part of speech, names for names, each as often as it occurs, and every number is
drawn anew: text that reads like news, in which two articles share next to nothing but what was copied on purpose. Equal
arguments, equal bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import rjieba

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.names import annotated  # noqa: E402

SOURCES = (ROOT / "seeds" / "articles", annotated.FOLDER)
SENTENCE = re.compile(r"[^。！？\n<>{}\[\]\"]{12,120}[。！？]")
HAN = re.compile(r"[\u4e00-\u9fff]")
NUMBER = re.compile(r"\d+")
REDRAWN = 0.6
"""Of words of two letters or more. A clause of five is left as it was once in a hundred."""
# One template each; its siblings differ in figures alone.
TEMPLATES = (
    "{place}海关发布的数字显示，本月进出口总值{a}亿元，同比增长{b}%；其中出口{c}亿元，增长{d}%，进口{e}亿元，增长{f}%。"
    "前十个月累计进出口{g}亿元，比去年同期多{h}亿元，民营企业占{i}%。",
    "{place}水文站通报，今晨八时水位{a}米，比昨日高{b}米，流量每秒{c}立方米，水温{d}摄氏度，能见度{e}米。"
    "上游两座水库共蓄水{f}万立方米，占库容的{g}%，未来三日预计来水{h}万立方米，闸门开启{i}孔。",
)
PLACES = ("江陵", "沙洲", "石门", "青浦", "白沙", "云溪", "临泽", "南屏")
HEADERS = ("首页 > 新闻 > 正文", "来源：{place}在线 作者：本报记者", "字号：大 中 小 打印 收藏")
FOOTERS = ("（责任编辑：{place}）", "返回首页 上一篇 下一篇", "版权声明：本网注明来源的稿件未经许可不得转载。")

PLANTED = frozenset(line.format(place=place) for line in (*HEADERS, *FOOTERS) for place in PLACES)

Article = dict[str, str]


@cache
def converted(config: str) -> Callable[[str], str]:
    """A conversion of the library everybody uses."""
    from opencc import OpenCC

    return OpenCC(config).convert


class Writer:
    """Draws everything from one stream of chance."""

    def __init__(self, seed: int, pool: Sequence[str]):
        """`pool` are the sentences all articles are made of."""
        self.draw = random.Random(seed)
        self.pool = [[(word, (tag, len(word))) for word, tag in rjieba.tag(sentence)] for sentence in pool]
        self.letters = HAN.findall("".join(pool))
        self.words: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word, kind in (told for sentence in self.pool for told in sentence):
            if HAN.match(word) and len(word) > 1:
                self.words[kind].append(word)

    def sentence(self) -> str:
        """A sentence nobody wrote before."""
        words = self.draw.choice(self.pool)
        told = "".join(
            self.draw.choice(self.words.get(kind, [word])) if self.draw.random() < REDRAWN else word
            for word, kind in words
        )
        return NUMBER.sub(lambda n: str(self.draw.randrange(1, 10 ** len(n[0]))), told)

    def edited(self, text: str, share: float) -> str:
        """The text with this share of its Chinese characters drawn anew."""
        return HAN.sub(lambda c: self.draw.choice(self.letters) if self.draw.random() < share else c[0], text)

    def article(self) -> Article:
        """A title and two to six paragraphs."""
        paragraphs = ["".join(self.sentence() for _ in range(3)) for _ in range(self.draw.randint(2, 6))]
        return {"title": re.split("[，。！？；：]", paragraphs[0])[0][:24], "text": "\n".join(paragraphs)}

    def sibling(self, template: str, place: str) -> Article:
        """The template filled with other figures."""
        figures = {name: f"{self.draw.uniform(2, 900):.1f}" for name in "abcdefghi"}
        text = template.format(place=place, **figures)
        return {"title": re.split("[，；。]", text)[0], "text": text}

    def noisy(self, text: str) -> str:
        """Between the header and the footer lines of a page."""
        lines = [self.draw.choice(HEADERS), *text.split("\n"), *self.draw.sample(FOOTERS, 2)]
        return "\n".join(line.format(place=self.draw.choice(PLACES)) if "{place}" in line else line for line in lines)


def copied(writer: Writer, kind: str, original: Article) -> Article:
    """The copy of one kind."""
    title, text = original["title"], original["text"]
    match kind:
        case "edit3" | "edit8":
            text = writer.edited(text, int(kind[4:]) / 100)
        case "web_noise":
            text = writer.noisy(text)
        case "truncated":
            text = text[: int(len(text) * writer.draw.uniform(0.55, 0.85))] + "……"
        case "s2t" | "s2twp":
            title, text = converted(kind)(title), converted(kind)(text)
        case "s2t+noise+edit":
            text = converted("s2t")(writer.noisy(writer.edited(text, 0.05)))
            title = converted("s2t")(title)
        case _:
            pass
    return {"title": title, "text": text}


KINDS = ("exact", "edit3", "edit8", "web_noise", "truncated", "s2t", "s2twp", "s2t+noise+edit")


def build(documents: int, seed: int, pool: Sequence[str]) -> tuple[list[Article], dict[str, Any]]:
    """(articles in an order that tells nothing, what is true of them): a third are copies, a tenth siblings."""
    writer = Writer(seed, pool)
    rows: list[Article] = []
    pairs: list[tuple[int, int, str]] = []
    siblings: list[list[int]] = []

    def put(article: Article) -> int:
        rows.append(article)
        return len(rows) - 1

    for number in range(documents // 3):
        original, kind = writer.article(), KINDS[number % len(KINDS)]
        pairs.append((put(copied(writer, kind, original)), put(original), kind))
    for number in range(max(1, documents // 40)):
        place = f"{writer.draw.choice(PLACES)}{number}"
        siblings.append([put(writer.sibling(TEMPLATES[number % 2], place)) for _ in range(4)])
    while len(rows) < documents:
        put(writer.article())
    order = list(range(len(rows)))
    writer.draw.shuffle(order)
    name = {old: f"d{new:06}" for new, old in enumerate(order)}
    day = "2026-11-{:02}"
    articles = [
        {"id": name[old], **rows[old], "source": "bench", "published": day.format(new % 19 + 1)}
        for new, old in enumerate(order)
    ]
    truth = {
        "pairs": [(name[one], name[two], kind) for one, two, kind in pairs],
        "siblings": [[name[one] for one in group] for group in siblings],
        "families": {name[one]: f"f{number}" for number, pair in enumerate(pairs) for one in pair[:2]},
    }
    return articles, truth


def sentences(source: Path | None = None) -> list[str]:
    """The sentences of every text below a folder or, without one, below SOURCES, each once, in a fixed order."""
    found: dict[str, None] = {}
    for folder in SOURCES if source is None else (source,):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".jsonl", ".txt"}):
            text = annotated.MARK.sub(r"\1", path.read_text(encoding="utf-8", errors="ignore"))
            found |= dict.fromkeys(SENTENCE.findall(text))
    return list(found)


def simplified(sentences: list[str]) -> list[str]:
    """Those of some sentences that are in Simplified characters."""
    return [sentence for sentence in sentences if converted("t2s")(sentence) == sentence]


def write(folder: Path, documents: int, seed: int = 1, source: Path | None = None) -> list[Article]:
    """Build, keep as files, return the articles."""
    articles, truth = build(documents, seed, simplified(sentences(source)))
    folder.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(article, ensure_ascii=False) + "\n" for article in articles)
    (folder / "corpus.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return articles


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--source", type=Path)
    given = parser.parse_args()
    write(given.folder, given.documents, given.seed, given.source)
