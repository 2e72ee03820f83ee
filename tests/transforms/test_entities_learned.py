"""The learned judge of names: what it adds, what it leaves alone, and that it is the same in any company."""

from __future__ import annotations

import polars as pl
import pytest

from tests.transforms.mentioned import documents, read

KEYS = ["document_id", "entity_type", "surface"]
BODIES = [
    "小贩招志强在市政署门口摆摊，他说今年雨水多，生意淡。",
    "赞比亚总统伦古表示，两国友谊深厚。",
    "他们凝心聚力、真抓实干，学校医院和老旧小区都有了新变化。",
    "Apple和A1都涨了。",
    "",
]
# A sentence and what only the judge finds in it.
FOUND = [
    ("赞比亚总统伦古表示，两国友谊深厚。", ("person", "伦古")),
    ("挪威国王哈拉尔五世表示，他期待再次访问。", ("person", "哈拉尔五世")),
    ("赤峰市巨昌隆村的村民忙了起来。", ("place", "巨昌隆村")),
]
LEFT_ALONE = [
    "干部群众凝心聚力，真抓实干，久久为功。",
    "设计师齐聚北京，围绕主题交流。",
    "各界人士热烈祝贺李明远当选。",
    "要充分发挥人民政协的作用，永葆先进性。",
    "项目遍布学校医院和老旧小区。",
    "从美国进口的货物增加了。",
]


def added(bodies: list[str]) -> pl.DataFrame:
    """KEYS of what only the judge finds."""
    articles = documents(bodies)
    return read(articles).join(read(articles, is_judged=False), on=KEYS, how="anti").select(KEYS)


@pytest.fixture(scope="module")
def gained() -> dict[str, set[tuple[str, str]]]:
    """{sentence: type and surface of what only the judge finds in it}, all read at once."""
    bodies = [*dict.fromkeys([*(body for body, _ in FOUND), *LEFT_ALONE])]
    found: dict[str, set[tuple[str, str]]] = {body: set() for body in bodies}
    for document, *name in added(bodies).iter_rows():
        found[bodies[int(document, 16)]].add((name[0], name[1]))
    return found


@pytest.mark.parametrize(("body", "name"), FOUND)
def test_it_finds_names_the_rules_do_not_know(
    body: str, name: tuple[str, str], gained: dict[str, set[tuple[str, str]]]
) -> None:
    assert name in gained[body]


@pytest.mark.parametrize("body", LEFT_ALONE)
def test_it_leaves_slogans_and_sentences_alone(body: str, gained: dict[str, set[tuple[str, str]]]) -> None:
    assert gained[body] == set()


def test_a_name_has_two_han_letters() -> None:
    assert added(BODIES)["surface"].str.contains(r"\p{Han}.*\p{Han}").all()


def test_names_are_the_same_in_any_order_and_company() -> None:
    together = read(documents(BODIES))
    apart = pl.concat([read(documents([body], first=first)) for first, body in enumerate(BODIES)])
    assert together.equals(apart)
    backwards = read(documents(BODIES[::-1])).select(KEYS[1:]).sort(KEYS[1:])
    assert backwards.equals(together.select(KEYS[1:]).sort(KEYS[1:]))
