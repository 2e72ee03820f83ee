"""The laws of names: which of several a text means, what is one thing, and that company and order change nothing."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.proofs import unproven
from tests.transforms.mentioned import SEEDS, documents, named, read
from transforms.entities.aliases import joined
from transforms.entities.choose import NAMED
from transforms.entities.lexicon import lexicon
from transforms.tables.enrichment import Mention

SUFFIXES = seeds.table("gazetteer/org_suffixes")


def test_the_longest_name_counts_and_its_parts_do_not() -> None:
    found = named("浙江大学医学院附属第一医院开了新门诊。")
    assert "place:浙江" not in found
    assert "organisation:浙江大学" not in found


def test_a_body_is_one_with_and_without_its_place() -> None:
    found = named("芜湖市鸠江区人民法院开庭，鸠江区人民法院当庭宣判。")
    assert found["organisation:芜湖市鸠江区人民法院"]["mention_count"] == 2


def test_of_many_bodies_that_end_alike_each_is_one_with_and_without_its_place() -> None:
    courts = ["鸠江区人民法院", "镜湖区人民法院", "弋江区人民法院"]
    found = named("、".join(f"芜湖市{court}" for court in courts) + "开庭，" + "、".join(courts) + "当庭宣判。")
    assert [found[f"organisation:芜湖市{court}"]["mention_count"] for court in courts] == [2, 2, 2]


def test_a_clinic_of_a_university_goes_by_its_own_name() -> None:
    found = named("青江大学附属山河医院收了她，山河医院的医生说没事。")
    assert found["organisation:青江大学附属山河医院"]["mention_count"] == 2


def test_a_compound_that_recurs_is_a_product_and_its_short_forms_lead_to_it() -> None:
    found = named("海湾智慧养殖管理平台上线。用过海湾智慧养殖管理平台的人说好，智慧养殖管理平台省心，海湾平台也快。")
    assert found["product:海湾智慧养殖管理平台"]["mention_count"] == 4
    assert not [name for name in found if name.startswith("product:") and name != "product:海湾智慧养殖管理平台"]


def test_said_once_a_compound_is_no_name() -> None:
    assert not [name for name in named("大家都用上了海湾智慧养殖管理平台。") if "平台" in name]


def test_a_brand_is_the_company_whose_name_it_opens() -> None:
    found = named("浙江省苏禾控股集团有限公司成立。苏禾副总裁丁海到场。")
    assert found["organisation:浙江省苏禾控股集团有限公司"]["mention_count"] == 2
    assert "person:苏禾" not in found


def test_a_company_goes_by_the_end_of_its_name_without_the_legal_form() -> None:
    body = "远山青禾科技股份有限公司受到谴责。青禾科技提出申辩。青禾科技说已收回款项。"
    assert named(body)["organisation:远山青禾科技股份有限公司"]["mention_count"] == 3


def test_a_name_that_is_a_legal_form_and_nothing_else_is_short_for_nothing() -> None:
    name = "集团控股有限责任公司"
    names = pl.DataFrame([(0, name, "organisation", "company", name)], schema=NAMED, orient="row")
    texts = pl.DataFrame({"doc": [0], "text": [f"改制为“{name}”。"]})
    assert joined(names, texts, lexicon(*SEEDS)).rows() == names.rows()


def test_names_of_one_thing_are_one_entity() -> None:
    found = named("浙江省最近很忙。浙江的企业多。我国经济向好，中国制造出海。")
    assert found["place:浙江"]["mention_count"] == 2
    assert found["place:浙江"]["aliases"] == "浙江省"
    assert found["place:中国"]["mention_count"] == 2
    assert found["place:中国"]["surface"] == "我国"


def test_a_short_form_in_brackets_is_that_of_the_longest_name_before_it() -> None:
    found = named("经合组织另有安排。亚太经合组织（APEC）的会议今天闭幕，APEC下次在秋天开会。")
    assert found["organisation:亚太经合组织"]["aliases"] == "APEC"


def test_the_gazetteer_says_what_a_surface_stands_for() -> None:
    found = named("中央纪委召开会议，中央纪律检查委员会随后通报。")
    assert found["organisation:中央纪律检查委员会"]["mention_count"] == 2
    assert "organisation:中央纪委" not in found


def test_a_document_called_by_its_sort_is_the_one_named_in_full() -> None:
    rules = "《河道采砂管理办法（试行）》今天公布。《办法》共六章，《办法》明年施行。"
    work = "product:《河道采砂管理办法（试行）》"
    assert named(rules)[work]["mention_count"] == 3
    assert named(rules + "《湖泊保护办法》也在修订。")[work]["mention_count"] == 1


def test_an_abbreviation_belongs_to_the_name_it_shortens() -> None:
    found = named("江西省材料技术研究院成立十年。江西材研院有三百人，材研院还在招人。")
    assert found["organisation:江西省材料技术研究院"]["mention_count"] == 3


def test_brackets_give_another_name() -> None:
    found = named("一家叫DeepSeek（深度求索）的公司火了，深度求索位于杭州。")
    assert found["organisation:深度求索"]["mention_count"] == 3


def test_title_alone_has_no_offset() -> None:
    row = named("天气晴朗。", title="杭州迎来春天")["place:杭州"]
    assert (row["first_offset"], row["in_title"], row["mention_count"]) == (None, True, 1)


def test_organisation_suffixes_prove_themselves() -> None:
    hits = documents([f"记者走进{hit}，看到了新变化。" for hit in SUFFIXES["hit"]])
    misses = documents([f"记者走进{miss}，看到了新变化。" for miss in SUFFIXES["miss"]])
    found = read(hits).filter(pl.col("entity_type") == "organisation")
    names = set(found.select("document_id", "surface").rows())
    lacking = [hit for n, hit in enumerate(SUFFIXES["hit"]) if (f"{n:016x}", hit) not in names]
    assert lacking == []
    assert read(misses).filter(pl.col("entity_type") == "organisation").is_empty()


def test_every_rule_about_the_shape_of_names_proves_itself() -> None:
    assert unproven(seeds.table("gazetteer/name_patterns")) == []


def test_no_documents_no_mentions() -> None:
    assert read(documents([])).is_empty()


PIECES = [
    "周栋梁", "里昂", "锋线赔率", "说", "，", "。", "\n", "杭州", "市政府", "浙江大学", "《海》", "“四个一”", "AI", "GPT-4o", "🙂", "记者", "的",
    "·", "有限公司",
]  # fmt: skip


@settings(max_examples=5)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), min_size=3, max_size=6))
def test_offsets_read_the_text_in_any_order_and_company(bodies: list[str]) -> None:
    articles = documents(bodies, title="杭州")
    whole = Mention.validate(read(articles))
    by_id = dict(articles.select("document_id", "body_hans").iter_rows())
    for row in whole.filter(pl.col("first_offset").is_not_null()).iter_rows(named=True):
        assert by_id[row["document_id"]][row["first_offset"] :].startswith(row["surface"])
    assert pl.concat([read(articles.head(1)), read(articles.slice(1).reverse())]).equals(whole)
