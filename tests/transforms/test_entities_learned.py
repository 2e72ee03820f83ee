"""The learned judge of names: what it adds, what it leaves alone, and that it is the same in any company."""

from __future__ import annotations

import polars as pl
import pytest

import seeds
from flows.pipeline import NAMES
from transforms.entities import mentions
from transforms.tables.base import seed_files
from transforms.tables.ref_entities import NameWeight
from transforms.words import segmentations

SEEDS = {table: pl.concat(map(seeds.table, seed_files(table))) for table in NAMES}
HEADINGS = pl.List(pl.Struct({"text_hans": pl.String}))
KEYS = ["document_id", "entity_type", "surface"]
BODIES = [
    "小贩招志强在市政署门口摆摊，他说今年雨水多，生意淡。",
    "赞比亚总统伦古表示，两国友谊深厚。",
    "他们凝心聚力、真抓实干，学校医院和老旧小区都有了新变化。",
    "Apple和A1都涨了。",
    "",
]


def read(bodies: list[str], first: int = 0, *, is_judged: bool = True) -> pl.DataFrame:
    """The mentions in texts, numbered from `first` on."""
    ids = [f"{first + nth:016x}" for nth in range(len(bodies))]
    frame = pl.DataFrame({"document_id": ids, "title_hans": "", "body_hans": bodies})
    frame = frame.with_columns(headings=pl.lit(None, dtype=HEADINGS))
    tables = [table if name is not NameWeight or is_judged else table.clear() for name, table in SEEDS.items()]
    return mentions(frame, segmentations(frame), *tables)


def added(body: str) -> set[tuple[str, str]]:
    """Type and surface of what only the judge finds."""
    return set(read([body]).join(read([body], is_judged=False), on=KEYS, how="anti").select(KEYS[1:]).rows())


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("赞比亚总统伦古表示，两国友谊深厚。", ("person", "伦古")),
        ("挪威国王哈拉尔五世表示，他期待再次访问。", ("person", "哈拉尔五世")),
        ("赤峰市巨昌隆村的村民忙了起来。", ("place", "巨昌隆村")),
    ],
)
def test_it_finds_names_the_rules_do_not_know(body: str, name: tuple[str, str]) -> None:
    assert name in added(body)


@pytest.mark.parametrize(
    "body",
    [
        "干部群众凝心聚力，真抓实干，久久为功。",
        "设计师齐聚北京，围绕主题交流。",
        "各界人士热烈祝贺李明远当选。",
        "要充分发挥人民政协的作用，永葆先进性。",
        "项目遍布学校医院和老旧小区。",
        "从美国进口的货物增加了。",
    ],
)
def test_it_leaves_slogans_and_sentences_alone(body: str) -> None:
    assert added(body) == set()


def test_a_name_has_two_han_letters() -> None:
    gained = pl.concat([read(BODIES).join(read(BODIES, is_judged=False), on=KEYS, how="anti")])
    assert gained["surface"].str.contains(r"\p{Han}.*\p{Han}").all()


def test_names_are_the_same_in_any_order_and_company() -> None:
    together = read(BODIES)
    apart = pl.concat([read([body], first) for first, body in enumerate(BODIES)])
    assert together.equals(apart)
    backwards = read(BODIES[::-1]).select(KEYS[1:]).sort(KEYS[1:])
    assert backwards.equals(together.select(KEYS[1:]).sort(KEYS[1:]))
