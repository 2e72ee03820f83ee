"""What people are and for whom is read beside their names, literally, or not at all."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.mentioned import Names, documents, named, read, told

STATED = [
    # body, person, role, affiliation, entity of the affiliation
    ("省水利厅厅长周建明表示，工程进展顺利。", "周建明", "厅长", "省水利厅", "organisation:省水利厅"),
    ("清华大学教授、博导李明说，这很好。", "李明", "教授、博导", "清华大学", "organisation:清华大学"),
    ("清华大学李明教授表示赞同。", "李明", "教授", "清华大学", "organisation:清华大学"),
    ("感谢李明，清华大学教授，多年来的帮助。", "李明", "教授", "清华大学", "organisation:清华大学"),
    ("李明（省水利厅厅长）出席会议。", "李明", "厅长", "省水利厅", "organisation:省水利厅"),
    ("清华大学建筑学院副教授李明说。", "李明", "副教授", "清华大学建筑学院", "organisation:清华大学建筑学院"),
    ("东吴证券汽车行业分析师李明认为，价格会涨。", "李明", "汽车行业分析师", "东吴证券", "organisation:东吴证券"),
    ("省水利厅原厅长周建明说。", "周建明", "原厅长", "省水利厅", "organisation:省水利厅"),
    ("外交部长王毅说，合作很好。", "王毅", "外交部长", "外交部", "organisation:外交部"),
    ("美国总统特朗普说，协议已签。", "特朗普", "总统", "美国", "place:美国"),
    ("果农李明说，今年收成好。", "李明", "果农", None, None),
]
SILENT = [
    # body, person: nothing is stated, or not surely of this person
    ("时任浙江省委书记周建明讲话。", "周建明"),
    ("目前总经理周建明不在。", "周建明"),
    ("妻子李红说，他常加班。", "李红"),
    ("李明律师说，合同有效。", "李明"),
    ("特朗普总统普京会谈。", "特朗普"),
    ("特朗普总统普京会谈。", "普京"),
    ("李明（左）出席会议。", "李明"),
]


@pytest.fixture(scope="module")
def names() -> dict[str, Names]:
    """The names of every sentence, all of them read at once."""
    return told([row[0] for row in (*STATED, *SILENT)])


@pytest.mark.parametrize(("body", "person", "role", "affiliation", "entity"), STATED)
def test_a_role_is_read_with_its_body(
    body: str, person: str, role: str, affiliation: str | None, entity: str | None, names: dict[str, Names]
) -> None:
    found = names[body][f"person:{person}"]
    assert (found["role_hans"], found["affiliation_hans"], found["affiliation_id"]) == (role, affiliation, entity)


@pytest.mark.parametrize(("body", "person"), SILENT)
def test_what_is_not_surely_a_role_of_the_person_is_none(body: str, person: str, names: dict[str, Names]) -> None:
    found = names[body][f"person:{person}"]
    assert (found["role_hans"], found["affiliation_hans"]) == (None, None)


def test_what_opens_the_first_text_is_read_as_in_any_other() -> None:
    former = "前清华大学教授李明说。"
    for found in (named(former), told(["果农周建明说，今年收成好。", former])[former]):
        assert found["person:李明"]["role_hans"] is None


def test_of_several_posts_the_first_of_a_body_leads_unless_it_is_a_seat_among_many() -> None:
    chief = named("中共中央总书记、国家主席习近平发表讲话。")["person:习近平"]
    assert (chief["role_hans"], chief["affiliation_hans"]) == ("总书记、国家主席", "中共中央")
    seated = named("中央政治局委员、重庆市委书记李明说。")["person:李明"]
    assert seated["affiliation_hans"] == "重庆市委"


def test_the_office_of_a_place_named_before_it_leads_to_no_entity_of_the_bare_name() -> None:
    found = named("伊朗国防部长李明说，会谈继续。")["person:李明"]
    assert found["affiliation_hans"] == "伊朗国防部"
    assert found["affiliation_id"] in (None, "organisation:伊朗国防部")


def test_the_first_statement_of_an_article_counts() -> None:
    found = named("清华大学教授李明说，好。后来，北京大学校长李明说，不好。")["person:李明"]
    assert (found["role_hans"], found["affiliation_hans"]) == ("教授", "清华大学")


PIECES = [
    "清华大学", "教授", "、", "，", "（", "）", "李明", "周建明", "美国", "总统", "省水利厅", "厅长", "说", "。", "前", "\n",
]  # fmt: skip


@settings(max_examples=4)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), min_size=24, max_size=32))
def test_roles_are_literal_and_of_people_whatever_stands_beside(bodies: list[str]) -> None:
    articles = documents(bodies)
    found = read(articles).join(articles.select("document_id", "body_hans"), on="document_id")
    stated = found.filter(pl.col("role_hans").is_not_null())
    assert set(stated["entity_type"]) <= {"person"}
    for row in stated.iter_rows(named=True):
        assert row["role_hans"] in row["body_hans"]
        assert (row["affiliation_hans"] or "") in row["body_hans"]
        if row["affiliation_id"]:
            named_there = found.filter(pl.col("document_id") == row["document_id"])["entity_id"]
            assert row["affiliation_id"] in named_there.to_list()
