"""Script and origin of a document, and its canonical Simplified form."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

import seeds
from tests.proofs import unproven
from transforms.script import canonical_documents, detect
from transforms.script.characters import turned
from transforms.script.converter import Converter
from transforms.script.phrases import restore_phrases
from transforms.tables.core import CanonicalDocument, CleanDocument
from transforms.tables.ref_script import ScriptOverride

OVERRIDES = seeds.table("script_overrides")
LITERAL = ["restore", "protect", "simplified"]
EVIDENCE = OVERRIDES.filter(~pl.col("kind").is_in(LITERAL))
WORDS = OVERRIDES.filter(pl.col("kind").is_in(["restore", "protect"]))

MAINLAND = (
    "国务院日前召开会议，提出通过信息网络支持中小软件企业发展。\n会议指出，“要把数据用好，让用户受益”。"
    "之后的几个月里，各省干部走访了多家企业，对于他们关心的问题一一回答。专家说，这是漫长历程中的一步。"
)
NATIVE = "〔記者王大明／台北報導〕立委今天在立法院質詢時說：「捷運票價不應調漲，請交通部支持。」之後他在臉書上表示，感謝網友。"


def clean(**columns: Any) -> pl.DataFrame:
    """Clean documents with the given columns, everything else neutral."""
    size = len(columns["body_original"])
    neutral: dict[str, Any] = {
        "document_id": [f"{index:016x}" for index in range(size)], "source_id": ["s"] * size,
        "night": [dt.date(2025, 3, 1)] * size, "title_is_inferred": [False] * size, "headings": [[]] * size,
        "removed": [[]] * size, "repairs": [[]] * size, "pii": [[]] * size, "credits": [[]] * size,
        "published_precision": ["none"] * size, "published_is_inferred": [False] * size, "quality_flags": [[]] * size,
    }  # fmt: skip
    schema = CleanDocument.create_empty().schema
    given = neutral | columns
    return pl.DataFrame({name: given.get(name, [None] * size) for name in schema}, schema=schema)


def origins(*bodies: str) -> list[tuple[str, str | None, str | None]]:
    found = detect(pl.Series(bodies), OVERRIDES)
    return list(found.select("script", "script_region", "script_origin").iter_rows())


def test_the_seed_fits_its_declaration() -> None:
    assert ScriptOverride.is_valid(OVERRIDES)


def test_every_pattern_proves_itself() -> None:
    assert unproven(EVIDENCE) == []


def test_every_word_proves_itself() -> None:
    hits, misses = (restore_phrases(WORDS[proof], OVERRIDES) for proof in ("hit", "miss"))
    wanted = [rule["hit"].replace(rule["pattern"], rule["replacement"]) for rule in WORDS.to_dicts()]
    assert WORDS.filter(hits.ne_missing(pl.Series(wanted)))["hit"].to_list() == []
    assert WORDS.filter(misses.ne_missing(WORDS["miss"]))["miss"].to_list() == []


def test_every_word_left_by_characters_is_needed() -> None:
    left = OVERRIDES.filter(kind="simplified")
    wanted = [rule["hit"].replace(rule["pattern"], rule["replacement"]) for rule in left.to_dicts()]
    assert left.filter(turned(left["hit"], OVERRIDES).ne_missing(pl.Series(wanted)))["hit"].to_list() == []
    assert left.filter(turned(left["miss"], OVERRIDES).ne_missing(left["miss"]))["miss"].to_list() == []
    without = [
        turned(pl.Series([rule["hit"]]), left.filter(pl.col("rule_id") != rule["rule_id"]))[0]
        for rule in left.to_dicts()
    ]
    assert left.filter(pl.Series(without) == pl.Series(wanted))["hit"].to_list() == []


def test_a_text_without_such_words_and_a_null_stay() -> None:
    texts = pl.Series(["顺著河走著", "著名的原著", "土著看著名单", "什么都行", "老么", None])
    assert turned(texts, OVERRIDES).to_list() == [
        "顺着河走着", "著名的原著", "土著看着名单", "什么都行", "老幺", None,
    ]  # fmt: skip


def test_words_are_taken_back_in_a_text_that_holds_any_mark() -> None:
    texts = pl.Series(["資訊\x1e軟體\U0010ffff", "", "程式\x1f"])
    assert restore_phrases(texts, OVERRIDES).to_list() == ["信息\x1e软件\U0010ffff", "", "程序\x1f"]


def test_simplified_is_native() -> None:
    assert origins(MAINLAND) == [("Hans", "CN", "native")]


@pytest.mark.parametrize(
    ("config", "origin"),
    [
        ("s2t", "converted_opencc"),
        ("s2tw", "converted_opencc"),
        ("s2hk", "converted_opencc"),
        ("s2twp", "converted_phrase"),
    ],
)
def test_a_converters_work_is_recognised(config: str, origin: str) -> None:
    assert origins(Converter(config).convert(pl.Series([MAINLAND]))[0]) == [("Hant", "CN", origin)]


def test_a_character_map_is_recognised() -> None:
    assert origins("對于什么是未來產業,大家在這里討論了几個小時,之后仍然沒有答案。") == [
        ("Hant", "CN", "converted_char")
    ]


def test_native_traditional_is_never_called_converted() -> None:
    hong_kong = "特首今早在立法會表示，港鐵會在九龍加開班次。「市民毋須擔心。」"
    assert origins(NATIVE, hong_kong) == [("Hant", "TW", "native"), ("Hant", "HK", "native")]


@pytest.mark.parametrize(
    "text",
    [
        "中國福建的漁港昨（14日）起火，國務院已派人，據新華社報導，無人受傷。",
        "歌手一頭短髮現身高雄，網友直呼「差點認不出來」。",
        "市府說，游家三代在此賣魚，兩岸都有游客來道賀。",
    ],
)
def test_what_taiwan_writes_of_the_mainland_is_native(text: str) -> None:
    assert [origin for _, _, origin in origins(text)] == ["native"]


def test_bare_mainland_text_is_told_by_its_own_words() -> None:
    text = "央視記者獲悉，這個項目將通過新的軟件發布天氣信息，用戶隨時可以查看。"
    assert origins(text) == [("Hant", "CN", "converted_opencc")]


def test_two_scripts_are_mixed() -> None:
    assert origins(MAINLAND + "\n" + NATIVE) == [("mixed", None, None)]


def test_without_any_telling_character_nothing_is_claimed() -> None:
    assert origins("三月八日大晴天") == [("Hans", None, "native")]


def test_mainland_text_survives_every_conversion() -> None:
    bodies = [Converter(config).convert(pl.Series([MAINLAND]))[0] for config in ("s2t", "s2tw", "s2hk", "s2twp")]
    assert canonical_documents(clean(body_original=bodies), OVERRIDES)["body_hans"].to_list() == [MAINLAND] * 4


def test_simplified_text_keeps_words_a_converter_would_corrupt() -> None:
    body = "核心团队支援灾区，抬起头来，乾隆年间的著作也在其中。他为什么不来？"
    assert canonical_documents(clean(body_original=[body]), OVERRIDES)["body_hans"].to_list() == [body]


def test_forms_of_one_region_that_opencc_leaves_are_simplified() -> None:
    done = canonical_documents(
        clean(body_original=["衞生署說，屋簷下的枱子要搬走，記敍他的人這樣寫。"], title_original=["衞星"]), OVERRIDES
    )
    assert done["body_hans"].to_list() == ["卫生署说，屋檐下的台子要搬走，记叙他的人这样写。"]
    assert done["title_hans"].to_list() == ["卫星"]


def test_the_youngest_is_written_as_on_the_mainland() -> None:
    bodies = ["老么與么妹都說：這樣好嗎？", "那里的人們說什么女子不如男，怎么老說這么幾句。"]
    done = canonical_documents(clean(body_original=bodies), OVERRIDES)
    assert done["body_hans"].to_list() == [
        "老幺与幺妹都说：这样好吗？",
        "那里的人们说什么女子不如男，怎么老说这么几句。",
    ]


def test_native_phrases_are_kept() -> None:
    done = canonical_documents(clean(body_original=["立委說，行政院應透過網路支援業者，「這樣才有意義」。"]), OVERRIDES)
    assert done["body_hans"].to_list() == ["立委说，行政院应透过网路支援业者，“这样才有意义”。"]


def test_every_field_of_a_document() -> None:
    documents = clean(
        body_original=["走著看,大家都說:好。\n這是第二段 。"],
        title_original=["老城： 新貌"],
        headings=[[{"ordinal": 0, "level": 1, "text_original": "誰來做?", "before_paragraph": 1, "start_offset": 9}]],
        credits=[[{"role": "reporter", "name": "張衛國", "affiliation": None}]],
        outlet=["長江觀察"],
        author_line=["記者 張衛國 李開"],
        removed=[
            [
                {
                    "ordinal": 0,
                    "start_offset": 0,
                    "end_offset": 5,
                    "line_no": 1,
                    "category": "banner",
                    "rule_id": "r",
                    "text": "點擊這裡看",
                },
                {
                    "ordinal": 1,
                    "start_offset": 5,
                    "end_offset": 6,
                    "line_no": 2,
                    "category": "whitespace",
                    "rule_id": "r",
                    "text": " ",
                },
            ]
        ],
        quality_flags=[["year_inferred"]],
    )
    row = CanonicalDocument.validate(canonical_documents(documents, OVERRIDES)).row(0, named=True)
    assert row["body_hans"] == "走着看，大家都说：好。\n这是第二段。"
    assert (row["title_hans"], row["title_hant"]) == ("老城：新貌", "老城： 新貌")
    assert row["headings"] == [
        {
            "ordinal": 0,
            "level": 1,
            "text_hans": "谁来做？",
            "text_original": "誰來做?",
            "before_paragraph": 1,
            "start_offset": 9,
        }
    ]
    assert row["credits"] == [{"role": "reporter", "name_hans": "张卫国", "affiliation": None}]
    assert (row["outlet"], row["author_line"]) == ("长江观察", "记者 张卫国 李开")
    assert (row["char_count"], row["paragraph_count"], row["sentence_count"]) == (17, 2, 2)
    assert (row["removed_char_count"], row["repair_count"]) == (5, 0)
    assert row["quality_score"] == round(1 - 0.05 - 0.3 * 5 / 22, 4)


@pytest.mark.parametrize(
    ("removed", "score"), [([], 1.0), ([{"ordinal": 0, "start_offset": 0, "end_offset": 2, "line_no": 1, "category": "banner", "rule_id": "r", "text": "分享"}], 0.7)]
)  # fmt: skip
def test_an_empty_body_has_a_quality_score(removed: list[dict[str, object]], score: float) -> None:
    documents = clean(body_original=[""], removed=[removed])
    assert canonical_documents(documents, OVERRIDES)["quality_score"].to_list() == [score]


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ("渡口进口13800001111吨，合同号13800001111。", {}),
        ("渡口问13800001111。", {"no_personal_data": 1}),
        ("渡口进口13800001111吨，问13900001111。", {"no_personal_data": 1}),
        ("渡口写信到desk@example.com。", {"no_personal_data": 1}),
    ],
)
def test_a_row_that_shows_personal_data_is_held_back_and_one_that_shows_a_quantity_is_not(
    body: str, broken: dict[str, int]
) -> None:
    rows = canonical_documents(clean(body_original=[body]), OVERRIDES)
    assert CanonicalDocument.filter(rows, cast=True)[1].counts() == broken


def test_canonical_twice_is_canonical_once_and_order_does_not_matter() -> None:
    bodies = [MAINLAND, NATIVE, Converter("s2twp").convert(pl.Series([MAINLAND]))[0]]
    once = canonical_documents(clean(body_original=bodies), OVERRIDES)
    again = canonical_documents(clean(body_original=once["body_hans"].to_list()), OVERRIDES)
    assert again["body_hans"].to_list() == once["body_hans"].to_list()
    backwards = clean(body_original=bodies).reverse()
    assert canonical_documents(backwards, OVERRIDES).equals(once)


def test_no_documents_give_no_rows() -> None:
    assert canonical_documents(clean(body_original=[]), OVERRIDES).is_empty()


@pytest.mark.parametrize(
    ("quoted", "canonical"),
    [
        ("他在网上写道：", "他在网上写道："),
        ("這場跨越時空的對話還沒有結束！", "这场跨越时空的对话还没有结束！"),
        ("书上署名張學友，出版于二十年前。", "书上署名張學友，出版于二十年前。"),
    ],
    ids=["simplified", "a sentence of the other script", "a name among Simplified words"],
)
def test_a_simplified_text_turns_whole_traditional_sentences_alone(quoted: str, canonical: str) -> None:
    [document] = canonical_documents(clean(body_original=[f"{MAINLAND}{quoted}"]), OVERRIDES).to_dicts()
    assert document["script"] == "Hans"
    assert document["body_hans"].endswith(canonical)


def test_a_line_of_the_other_script_is_turned_though_its_text_is_not() -> None:
    documents = canonical_documents(
        clean(body_original=["HYROX", MAINLAND], outlet=["河邊新聞網", "乾隆瓷器報"], title_original=["HYROX", None]),
        OVERRIDES,
    )
    assert documents.select("script", "title_hans", "outlet").rows() == [
        ("Hans", "HYROX", "河边新闻网"),
        ("Hans", None, "乾隆瓷器报"),
    ]
