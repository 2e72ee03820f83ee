"""A pair that later nights take back leaves nothing behind: not in clusters or relations, and not in stories."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.night import Course
from tests.conftest import night, unjudged
from warehouse import candidates
from warehouse.store import Store

FIRST, SECOND = date(2026, 11, 18), date(2026, 11, 19)
# A set phrase is one in so many bodies here: what is looked at is the step from fewer to more, and it costs what they do.
MOST_BODIES = 12
# What a ministry says of every dam: quoted once it ties two articles, in more than so many bodies it is a set phrase.
PHRASE = (
    "按照流域统一调度的安排各水库管理单位应当在汛期到来之前完成闸门启闭试验并将测得的水位流量和渗压数据"
    "逐日报送防汛值班室由值班人员与上下游电站核对无误以后方可调整下泄流量"
    "处理结果在三日以内报送流域管理机构备案"
)
VALVE = (
    "青柏水库昨天换上新的泄洪闸门，安装队趁着枯水期连续作业。队长丁望川说，旧闸门用了三十一年，止水橡皮已经开裂。"
    f"县里下发的通知写道：{PHRASE}。安装队还要留守半个月，教管理员辨认异响，并替换坝顶的照明灯。"
)
FISH = (
    "下游的渔民最关心的是鲥鱼能不能按时洄游。渔业站技术员黎小满带着声呐沿江走了四天，在老码头记录到两群幼鱼。"
    f"她随身的文件夹里夹着青柏水库的通知，上面写着：{PHRASE}。渔民们商量把开网的日子往后推，等幼鱼游过浅滩。"
)
QUOTING = [("水库换上新闸门", VALVE, 18), ("幼鱼游到老码头", FISH, 18)]
REPEATING = [(f"水库通报之{number}", f"{PHRASE}，编号{number:04}。", 2) for number in range(MOST_BODIES)]
STATE = """
    select 'article' as what, document_id as one, article_id as two, verdict as said from core.copies
    union all select 'pair', document_id, other_document_id, relation from core.pairs
    union all select 'relation', article_id, other_article_id, relation from core.relations
    union all select 'link', document_id, other_document_id, score::varchar from core.story_links
    union all select 'bundle', document_id, bundle_id, centrality::varchar from core.story_bundles
    union all select 'story', document_id, story_id, centrality::varchar from core.stories
    order by all
"""

Told = tuple[str, str, int]


def unpublished(course: Course) -> None:
    """What is known is looked at where it is worked out."""


def taken_in(home: Path, told: Sequence[Told], on: date = FIRST) -> list[tuple[Any, ...]]:
    """What a home knows of articles, pairs and stories after one more night."""
    records = [
        {"id": f"https://example.org/{title}", "title": title, "text": text, "published": f"2026-11-{day:02}"}
        for title, text, day in told
    ]
    file = home.with_name(f"{home.name}-{on}.jsonl")
    file.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    night(home, file, on=on)
    store = Store(home / "work.duckdb", ())
    rows = store.rows(STATE)
    store.close()
    return rows


def test_a_phrase_that_becomes_stock_leaves_the_same_stories_in_any_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    monkeypatch.setattr(Course, "publish", unpublished)
    monkeypatch.setattr(candidates, "gather", partial(candidates.gather, most_bodies=MOST_BODIES))
    once, ahead, behind = (tmp_path / order for order in ("once", "ahead", "behind"))
    together = taken_in(ahead, QUOTING)
    assert [said for what, _, _, said in together if what == "pair"] == ["overlaps"]
    expected = taken_in(once, [*QUOTING, *REPEATING])
    assert not [row for row in expected if row[0] == "pair"]
    assert {row for row in expected if row[0] == "link"}.isdisjoint(together)
    assert taken_in(ahead, REPEATING, SECOND) == expected
    taken_in(behind, REPEATING)
    assert taken_in(behind, QUOTING, SECOND) == expected
