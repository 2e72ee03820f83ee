"""A fault of our own code on one article holds that article back, and nothing else: no chunk, no night."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows import setting_aside
from flows.commands.doctor import findings
from flows.history import upgrade
from flows.history.replay import Replay
from flows.intake import sources
from flows.night import Course, Outcome
from flows.own_faults import REASON
from flows.reporting.notifications import INCOMPLETE, News
from flows.setting_aside import TooManyFaults
from flows.settings import Home
from flows.work import opened
from tests.conftest import NIGHT, Ask, night, unjudged, walked
from tests.flows import weak
from tests.flows.deliveries import lines
from transforms.tables.base import Table
from warehouse import shelf

STORIES = (
    "渡口的老船工把最后一班轮渡开到深夜，码头上卖橘子的小贩等他靠岸才收摊。",
    "山里的小学新添了一间琴房，二十个孩子轮流练琴，校长说钢琴是邻村捐来的。",
    "盐湖边的观鸟站今年记下四百只斑头雁，志愿者在芦苇丛里搭了三座木台。",
    "旧纱厂改成的剧场周末试演，台下坐着当年的挡车工，谢幕时有人带头唱起厂歌。",
    "县医院把化验单改成大字，七十岁的老人不用眼镜也看得清，药房窗口加了一排座椅。",
    "茶园请来修表匠，他把采茶机的齿轮一枚枚拆开清洗，开春以后再没有停过工。",
    "海边的盐田改种海蓬子，渔民老周说头一茬卖到省城，比晒盐多挣了一半。",
    "城墙根下的面馆换了第三代掌柜，汤头照旧熬六个钟头，墙上多了一张手写菜单。",
    "消防站教居民用灭火毯，油锅起火三秒盖灭，楼长挨户送去一张说明。",
    "图书馆的流动书车开进牧区，毡房前排起长队，最抢手的是天文图册。",
    "修桥的工人在河床里挖出一块界碑，文物所连夜把它抬进了展厅。",
    "果农给每棵梨树挂了编号，扫码能看见施肥的日子，游客认养了两百棵。",
    "夜市的摊主合买了一台洗碗机，竹筷改成自带，垃圾比从前少了三车。",
    "气象员在雪线上守了一冬，换下来的电池由马队驮下山，数据没有断过一天。",
    "木偶戏班收了六个徒弟，师傅先教他们刻头像，刻满十个才许上台。",
    "老邮局的柜台改成了展柜，最早的一枚邮戳停在七十年前的冬至。",
)


def article(number: int, said: str = "", source: str = "") -> dict[str, Any]:
    return {"id": f"{source}{number}", "title": STORIES[number][:9], "content": f"{STORIES[number]}{said}"}


def delivered(folder: Path) -> Path:
    """An article for every stage that falls over its mark, one nobody falls over, and a near copy of the one compared."""
    marked = [article(number, f"船名是{mark}。") for number, mark in enumerate(weak.MARKS.values())]
    compared = list(weak.MARKS).index("compare")
    path = folder / "articles.jsonl"
    path.write_text(lines(*marked, article(15), article(compared, "这是后来的一版。", "b")), encoding="utf-8")
    return path


def replayed(home: Path) -> Replay:
    place = Home(home)
    with opened(place) as store:
        course = Replay(place, NIGHT, REASON, store, sources.declared(place))
        walked(course)
        return course


def tables(home: Path) -> dict[str, Any]:
    """Digests of what is published of articles."""
    told = shelf.manifest(Home(home).current)["tables"]
    return {name: table["digest"] for name, table in told.items() if name.startswith("marts.")}


def judged_twice(course: Course, stage: str, table: type[Table]) -> None:
    """Judge only what is judged once more after documents were taken back: each table takes half a second."""
    if stage in ("deduplicate", "segment"):
        judge_table(course, stage, table)


judge_table = Course.judge_table


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """A home after a night whose every stage fell over one article; the judge looks on."""
    folder = tmp_path_factory.mktemp("aside")
    with pytest.MonkeyPatch.context() as patch:
        weak.weaken(patch)
        patch.setattr(Course, "judge_table", judged_twice)
        return folder / "home", night(folder / "home", delivered(folder))


def test_an_article_that_breaks_a_stage_is_held_back_alone(
    broken: tuple[Path, Outcome], ask: Callable[[Path], Ask]
) -> None:
    home, outcome = broken
    [finding] = [finding for finding in findings(Home(home)) if finding.check == "faults"]
    assert not finding.ok and "replay --reason internal_fault" in finding.cure
    with opened(Home(home)) as store:
        rows = store.rows("select stage, reason_code, fate, detail from ops.quarantine")
    assert {stage for stage, *_ in rows} == set(weak.MARKS)
    assert len(rows) == len(weak.MARKS)
    assert {(reason, fate) for _, reason, fate, _ in rows} == {(REASON, "quarantined")}
    assert all(" in weak: IndexError: list index out of range" in detail for *_, detail in rows)
    fates = ask(home)("select fate, count(*) as n from meta.ledger group by all order by all")
    assert fates == [{"fate": "published", "n": 2}, {"fate": "quarantined", "n": 15}]
    assert outcome.fates == {"published": 2, "quarantined": 15}


def test_the_night_says_so_and_what_helps(broken: tuple[Path, Outcome]) -> None:
    _, outcome = broken
    assert sum(fault.units for fault in outcome.internal_faults) == len(weak.MARKS)
    [told] = [warning for warning in outcome.warnings if "in stage name " in warning]
    assert told.startswith("1 document held back by a fault of wencang itself in stage name (fault ")
    assert "`wencang quarantine replay --reason internal_fault`" in told
    assert "鲸号" not in " ".join(outcome.warnings)
    news = News.of_run(outcome)
    assert news.state == INCOMPLETE
    assert "1 record held back by a fault of wencang itself in stage decode" in news.text


def test_what_a_stage_raised_on_is_tried_again_where_its_table_is_made_anew(
    broken: tuple[Path, Outcome], tmp_path: Path
) -> None:
    home = shutil.copytree(broken[0], tmp_path / "home", symlinks=True)
    with opened(Home(Path(home))) as store:
        [(document,)] = store.rows("select document_id from ops.quarantine where stage = 'mark'")
        store.execute("alter table core.story_terms add column of_an_earlier_version bigint")
        assert upgrade.rederive(store)[0] == "mark"
        assert store.rows("select 1 from ops.quarantine where stage = 'mark'") == []
        assert store.rows("select 1 from ops.done where stage = 'clean' and unit_id = $d", {"d": document}) == []


def test_once_mended_they_are_taken_in_as_if_nothing_had_been(
    broken: tuple[Path, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    home = Path(shutil.copytree(broken[0], tmp_path / "home", symlinks=True))
    course = replayed(home)
    assert (course.replayed, course.moved_on) == (len(weak.MARKS), len(weak.MARKS))
    assert not course.outcome.internal_faults
    night(tmp_path / "never", delivered(tmp_path))
    assert tables(home) == tables(tmp_path / "never")


def test_what_was_best_of_its_copies_makes_room_for_the_next_as_if_it_had_never_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It spoke for its body in the comparison, too; and a run that ends in between is carried on to the same."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    body, title = "".join(STORIES[:4]), STORIES[0][:6]
    best = {"id": "x3", "title": f"{title}{weak.MARKS['name']}", "content": body, "published": "2026-11-18"}
    same = {"id": "z", "title": title, "content": body, "published": "2026-11-19"}
    near = {"id": "w", "title": title, "content": f"{body}这是后来的一版。", "published": "2026-11-20"}
    alone, together = tmp_path / "alone.jsonl", tmp_path / "together.jsonl"
    alone.write_text(lines(same, near), encoding="utf-8")
    together.write_text(lines(best, same, near), encoding="utf-8")
    night(tmp_path / "without", alone)
    weak.weaken(monkeypatch)
    with monkeypatch.context() as full:
        full.setattr(setting_aside, "point", full_disk)
        with pytest.raises(OSError, match="No space"):
            night(tmp_path / "with", together)
    outcome = night(tmp_path / "with", together)
    assert [(fault.stage, fault.units) for fault in outcome.internal_faults] == [("name", 1)]
    found, expected = tables(tmp_path / "with"), tables(tmp_path / "without")
    # That one was held back is counted there.
    assert {name for name in found if found[name] != expected[name]} == {"marts.agg_daily_source"}
    with opened(Home(tmp_path / "with")) as store:
        assert store.rows("select verdict from core.pairs") == [("near",)]
        ids = dict(store.rows("select natural_id, document_id from raw.documents"))
        assert ids["x3"] < ids["z"], "it spoke for both"


def full_disk(_: str) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_fault_in_much_of_a_night_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Course, "judge_table", unjudged)
    monkeypatch.setattr(setting_aside, "FEW", 0)
    weak.weaken(monkeypatch)
    with pytest.raises(TooManyFaults, match=r"1 of 17 records raise, .* in stage decode, fault .* IndexError"):
        night(tmp_path / "home", delivered(tmp_path))
    with opened(Home(tmp_path / "home")) as store:
        assert store.rows("select 1 from ops.quarantine union all select 1 from ops.done") == []


def test_what_raises_on_most_of_a_small_night_is_no_matter_of_single_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Held back they would leave a release without the night; beside as many that pass they are odd."""
    monkeypatch.setattr(Course, "judge_table", unjudged)
    weak.weaken(monkeypatch, [stage for stage in weak.CHUNKED if stage.name == "clean"])
    falling, passing, home = tmp_path / "falling.jsonl", tmp_path / "passing.jsonl", tmp_path / "home"
    falling.write_text(lines(*(article(number, weak.MARKS["clean"]) for number in range(3))), encoding="utf-8")
    passing.write_text(lines(*(article(number) for number in range(3, 6))), encoding="utf-8")
    with pytest.raises(TooManyFaults, match="3 of 3 raise that came to stage clean"):
        night(home, falling)
    with opened(Home(home)) as store:
        assert store.rows("select 1 from ops.quarantine") == []
    assert night(home, passing).fates == {"published": 3, "quarantined": 3}
