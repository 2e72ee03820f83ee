"""Keywords: names before common words, whole names before their parts."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.proofs import unproven
from tests.transforms.worded import documents
from transforms.keywords import KEPT, keywords
from transforms.tables.base import empty
from transforms.tables.enrichment import Keyword, Mention
from transforms.words import segmentations

STOPS, WORDING = seeds.table("stop_words"), seeds.table("wording_patterns")
CAMERA = "高分辨率相机今天开机。研制高分辨率相机的团队很高兴，高分辨率相机将在山顶工作。"
MARKET = "记者今天在市场采访。市场里的“三色灯影会”吸引游客，“三色灯影会”下周结束，游客都说热闹。"
COMET = "望远镜拍到彗星，彗星的轨道很长。天文学家说，彗星明年还能看见，望远镜会继续观测。"


def ranked(frame: pl.DataFrame, mentions: pl.DataFrame | None = None) -> pl.DataFrame:
    return keywords(frame, segmentations(frame), empty(Mention) if mentions is None else mentions, STOPS, WORDING)


def mention(surface: str, entity_type: str) -> pl.DataFrame:
    row = {"document_id": f"{0:016x}", "entity_id": f"{entity_type}:{surface}", "entity_type": entity_type}
    row |= {"entity_subtype": None, "name_hans": surface, "aliases": None, "mention_count": 1, "in_title": False}
    return pl.DataFrame([row | {"first_offset": 0, "surface": surface}], schema=empty(Mention).schema)


def keywords_of(title: str | None, body: str) -> list[str]:
    return ranked(documents((title, body))).sort("rank")["keyword_hans"].to_list()


def test_neighbouring_nouns_that_recur_are_one_name():
    found = keywords_of(None, CAMERA)
    assert found[0] == "高分辨率相机"
    assert not {"高分辨率", "相机"} & set(found)


def test_of_a_term_and_what_it_holds_the_stronger_one_stays():
    plant = keywords_of(None, "储能电站投产，储能电站很大。储能贵，储能难，储能也有风险。电站旁有果园。")
    comet = keywords_of(None, "彗星轨道很长，彗星轨道很圆。" + "彗星亮了，彗星远了，彗星来了，彗星走了。" * 3)
    assert "储能电站" in plant and not {"储能", "电站"} & set(plant)
    assert "彗星" in comet and "彗星轨道" not in comet


def test_two_letters_no_dictionary_knows_are_a_word_once_the_body_says_them_twice():
    rest = "车队走高速公路，司机轮流休息，仓库在码头。"
    once, twice = keywords_of("冷链进村", "冷链开通。" + rest), keywords_of("冷链进村", "冷链开通，冷链很忙。" + rest)
    assert twice[0] == "冷链" != once[0]


def test_a_festival_is_a_keyword_and_another_time_is_none():
    found = keywords_of(None, "春节到了，春节的灯会在河边。今晚有雨，今晚风大。")
    assert "春节" in found
    assert "今晚" not in found


def test_a_general_word_may_stand_within_a_keyword_only():
    found = keywords_of(None, "电力市场开市，电力市场的规则很新。市场大，市场也新，市场还要管。")
    assert "电力市场" in found
    assert "市场" not in found


def test_of_two_words_said_as_often_the_one_of_the_lead_comes_first():
    filler = "大家说了很多话，说得很高兴。" * 12
    found = keywords_of(None, f"彗星来了。{filler}火山也来了。")
    assert found.index("彗星") < found.index("火山")


def test_another_name_of_a_thing_is_no_second_keyword():
    named = mention("江西省材料技术研究院", "organisation").with_columns(aliases=pl.lit("材研院"))
    body = "江西省材料技术研究院开门。材研院招人，材研院的人很忙，材研院也盖楼。"
    found = ranked(documents((None, body)), named)["keyword_hans"].to_list()
    assert "江西省材料技术研究院" in found
    assert "材研院" not in found


def test_a_quoted_term_of_its_own_making_leads():
    assert keywords_of(None, MARKET)[0] == "三色灯影会"


def test_a_title_word_gains():
    body = "果农种苹果，也种核桃。"
    with_apple, with_walnut = keywords_of("苹果丰收", body), keywords_of("核桃丰收", body)
    assert with_apple.index("苹果") < with_apple.index("核桃")
    assert with_walnut.index("核桃") < with_walnut.index("苹果")


def test_a_rare_word_beats_a_common_one_of_equal_count():
    found = keywords_of(None, "中国的彗星，彗星，中国。")
    assert found.index("彗星") < found.index("中国")


def test_stop_words_and_counted_things_are_no_keywords():
    assert not {"记者", "今天", "我们", "一只"} & set(keywords_of(None, "今天记者看见一只熊猫，我们也看见一只熊猫。"))


def test_every_rule_about_wording_proves_itself():
    assert unproven(WORDING) == []


def test_a_name_met_once_outranks_the_words_around_it():
    frame = documents((None, COMET + "青禾海洋研究所供图。"))
    found = ranked(frame, mention("青禾海洋研究所", "organisation")).sort("rank")["keyword_hans"].to_list()
    assert found.index("青禾海洋研究所") < found.index("轨道")


def test_a_person_ranks_below_an_event_of_equal_count():
    frame = documents((None, "青禾论坛开幕，周栋梁到场。"))
    both = pl.concat([mention("周栋梁", "person"), mention("青禾论坛", "event")])
    found = ranked(frame, both).sort("rank")["keyword_hans"].to_list()
    assert found.index("青禾论坛") < found.index("周栋梁")


def test_ranks_run_from_one_and_weights_share_one():
    frame = ranked(documents((None, CAMERA + MARKET + COMET)))
    assert frame["rank"].to_list() == list(range(1, frame.height + 1)) and frame.height <= KEPT
    assert abs(frame["weight"].sum() - 1) < 1e-4
    assert frame["weight"].is_sorted(descending=True)


@settings(max_examples=15)
@given(st.lists(st.sampled_from([CAMERA, MARKET, COMET, "一二三四。", "OK"]), min_size=1, max_size=5))
def test_neither_order_nor_chunks_matter(texts: list[str]):
    frame = documents(*((text[:6], text) for text in texts))
    whole = ranked(frame)
    Keyword.validate(whole, cast=False)
    assert whole.equals(pl.concat([ranked(part.reverse()) for part in frame.iter_slices(2)]))


def test_no_documents_no_keywords():
    assert ranked(documents()).height == 0
