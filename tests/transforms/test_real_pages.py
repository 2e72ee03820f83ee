"""Third-party pages with labels: their articles are found, each of them."""

from __future__ import annotations

import json
import re
from collections import Counter

from tests.material import material
from tests.transforms.sample_pages import article
from transforms.decode import charset


def grams(text: str) -> Counter[str]:
    letters = "".join(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", text))
    return Counter(letters[start : start + 4] for start in range(len(letters) - 3))


def test_articles_of_real_pages_are_found() -> None:
    [texts] = material("data/html_*/magic_html/article/*.json")
    expected = json.loads(texts.read_text())
    scores: list[float] = []
    for key, row in expected.items():
        if not (file := texts.with_name(f"{key}.html")).exists():
            continue
        data = file.read_bytes()
        text = article(charset.decode(data, charset.declared(data)).text)["text"]
        got, want = grams(text or ""), grams(row["content"])
        scores.append(2 * sum((got & want).values()) / max(1, sum(got.values()) + sum(want.values())))
    assert sum(scores) / len(scores) >= 0.95
    assert min(scores) >= 0.5
