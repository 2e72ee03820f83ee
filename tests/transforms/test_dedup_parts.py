"""Relations rest on passages: what a digest or an excerpt shares, not what two reports of one kind have in common."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from tests.transforms.judgement import COMPARING
from transforms import dedup
from transforms.dedup.overlap import profiles
from transforms.dedup.passages import aligned

DAY = dt.date(2025, 3, 1)
ITEM = (
    "云岭县的流动邮局昨天开进了山坳里的石桥村，邮递员背着秤和戳子，在祠堂门口支起一张方桌。"
    "村民们提着腊肉和笋干排队寄给外地的儿女，有人还当场写起了信。邮局说今后每逢集日都会再来。"
)
DIGEST = (
    "【各地短讯】湖心镇的老戏台修缮一新，本周末将连演三天折子戏。{item}北坡林场的护林员换上了新的望远镜，"
    "巡山路线也重新划定。河口的渡船恢复夜航，最后一班改在晚上十点。"
)
OWN = (
    "气象站的老站长退休那天，徒弟们把他用了三十年的风向标擦得锃亮。他说自己最记得的不是台风，"
    "而是一个没有风的清晨，全城的炊烟都是直的。如今仪器自动上传，他仍习惯每天抬头看一会儿云。"
)
NOTICE = (
    "{lead}届时，县广播站综合频道、农村频道和戏曲频道将进行现场直播，各乡镇有线喇叭同步转播，"
    "县融媒体中心的网站和客户端将作实时报道，因故不能到场的听众可以在当晚收听重播。"
)
FORMULA = "参加上述活动的还有县文化站站长、县图书馆馆长、县戏曲协会会长和各乡镇文化干事等。"


def relation_of(one: str, two: str, days: int | None = 0, **two_is: Any) -> dict[str, Any]:
    """What the pair of these bodies says; the second was published so many days later, None: it is not known when."""
    base = {"title_hans": "甲", "script": "Hans", "script_origin": None, "source_id": "s", "published_on": DAY}
    later = {"title_hans": "乙", "published_on": None if days is None else DAY + dt.timedelta(days)}
    documents = pl.DataFrame(
        [
            base | {"document_id": "a" * 16, "body_hans": one},
            base | later | {"document_id": "b" * 16, "body_hans": two} | two_is,
        ],
        schema_overrides={"script_origin": pl.String, "published_on": pl.Date},
    )
    candidates = pl.DataFrame({"document_id": ["a" * 16], "other_document_id": ["b" * 16]})
    found = dedup.pairs(candidates, documents, COMPARING)
    return found.row(0, named=True) if found.height else {"relation": None}


def test_an_item_of_a_digest_is_an_excerpt_of_it() -> None:
    found = relation_of(ITEM, DIGEST.format(item=ITEM), days=1)
    assert (found["relation"], found["is_reversed"]) == ("excerpt_of", False)
    assert found["evidence"] == "shared figures 0; longest shared passage 81 letters at 0|30, shared 100%|54%"


def test_the_evidence_counts_characters_of_the_bodies() -> None:
    digest = DIGEST.format(item=ITEM)
    assert digest[30:].startswith(ITEM)


@pytest.mark.parametrize("days", [None, 0, 7])
def test_half_of_an_article_in_another_overlaps(days: int | None) -> None:
    assert relation_of(f"{OWN}\n{ITEM}", f"{ITEM}\n{DIGEST.format(item='')}", days)["relation"] == "overlaps"


def test_one_sentence_in_common_is_no_relation() -> None:
    assert relation_of(OWN + ITEM[:41], ITEM[:41] + DIGEST.format(item=""))["relation"] is None


def test_a_formula_months_later_is_no_relation() -> None:
    one, two = OWN[:60] + FORMULA * 2, FORMULA * 2 + DIGEST.format(item="")
    assert relation_of(one, two, days=40)["relation"] is None


def test_an_excerpt_may_be_edited_here_and_there() -> None:
    edited = ITEM.replace("昨天", "昨日").replace("有人还", "有的还")
    assert relation_of(edited, DIGEST.format(item=ITEM))["relation"] == "excerpt_of"


def test_a_notice_with_another_lead_is_a_sibling() -> None:
    one = NOTICE.format(lead="春茶开园仪式将于3月18日上午9时在梅岭茶场举行，县长将出席仪式并致辞。")
    two = NOTICE.format(lead="龙舟邀请赛定于5月31日下午2点半在望江码头开赛，二十四支船队报名。")
    assert relation_of(one, two, days=3)["relation"] == "sibling"
    assert relation_of(one, two, days=80)["relation"] == "sibling"


def test_a_short_announcement_of_something_else_is_nothing() -> None:
    one, two = (
        "明天出版的《山城晚报》将刊登评论文章《茶路漫漫》。",
        "明天出版的《山城晚报》将刊登评论文章《渡口人家》。",
    )
    assert relation_of(one, two, days=30)["relation"] is None


def test_what_returns_every_year_under_one_title_is_no_copy() -> None:
    year = ITEM.replace("石桥村", "竹溪村").replace("腊肉和笋干", "花生和冬枣")
    assert relation_of(ITEM, year, days=1, title_hans="甲")["relation"] is None
    found = relation_of(ITEM, year, days=365, title_hans="甲")
    assert (found["is_copy"], found["relation"]) == (False, "sibling")


def test_figures_without_a_common_place_tell_two_reports_apart() -> None:
    one = NOTICE.format(lead="县代表大会将于3月8日下午2点召开全体会议。")
    two = NOTICE.format(lead="县代表大会将于3月5日上午9点召开开幕大会。")
    assert relation_of(one, two, days=3)["is_copy"] is False


def test_a_passage_goes_on_over_a_scattered_edit() -> None:
    texts = pl.DataFrame({"document_id": ["s", "l"], "body_hans": [ITEM[:41].replace("山坳", "山凹"), OWN + ITEM]})
    found = aligned(pl.DataFrame({"short_id": ["s"], "long_id": ["l"]}), profiles(texts)).row(0, named=True)
    assert found["longest"] == found["placed"] == found["told"] >= 36
    assert (found["start_short"], found["slots"]) == (0, 0)


def test_no_pairs_no_passages() -> None:
    texts = pl.DataFrame({"document_id": ["s"], "body_hans": [ITEM]})
    nothing = pl.DataFrame(schema={"short_id": pl.String, "long_id": pl.String})
    assert aligned(nothing, profiles(texts)).is_empty()
