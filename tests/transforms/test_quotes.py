"""Attributed speech is found with its speaker; terms, slogans and titles in quotation marks are left alone."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.quoted import NOBODY, SPEAKERS, VERBS, found, found_in
from transforms.quotes import quotes
from transforms.quotes.speaker import framed
from transforms.tables.enrichment import Quote


def test_every_verb_proves_itself() -> None:
    hits, misses = (found_in(VERBS[proof].to_list(), ("周岚",)) for proof in ("hit", "miss"))
    heard = [{(speaker, verb, text.rstrip("。")) for speaker, verb, text, _ in said} for said in hits]
    wanted = [("周岚", verb, "这条路我们一定要走通") for verb in VERBS["verb"]]
    assert [one for one, said in zip(wanted, heard, strict=True) if one not in said] == []
    assert [said for said in misses if said] == []


def test_every_rule_about_speakers_proves_itself() -> None:
    rules = [(row, framed(pl.DataFrame([row]))[row["part"]]) for row in SPEAKERS.to_dicts()]
    assert [row for row, rule in rules if not rule.search(row["hit"]) or rule.search(row["miss"])] == []


@pytest.mark.parametrize(
    ("body", "people", "expected"),
    [
        (
            "周岚说：“桥修好了，孩子上学就不用绕山路。”",
            ("周岚",),
            [("周岚", "说", "桥修好了，孩子上学就不用绕山路。", True)],
        ),
        (
            "周岚拨开一株“青禾6号”的叶鞘：“从前要等七八年，它三年就挂果了。”",
            ("周岚",),
            [("周岚", None, "从前要等七八年，它三年就挂果了。", True)],
        ),
        # A report of several clauses, whose last one is quoted as a whole: what stands before it is reported.
        (
            "对此，村支书周岚表示，桥面今年就能铺好，路灯也会装上，“再下雨，孩子们就不用蹚水了。”",
            ("周岚",),
            [
                ("周岚", "表示", "桥面今年就能铺好，路灯也会装上", False),
                ("周岚", "表示", "再下雨，孩子们就不用蹚水了。", True),
            ],
        ),
        # A subject of its own before the verb, whoever the clause before names; whose words another one reports.
        (
            "谈到周岚的腿伤，县队队医说：“静养三周就能下地。”",
            ("周岚",),
            [("县队队医", "说", "静养三周就能下地。", True)],
        ),
        ("周岚转述家长的话：“孩子终于爱上学了。”", ("周岚",), [("家长", "的话", "孩子终于爱上学了。", True)]),
        ("周岚刚下车，就被村民呛声：“路什么时候修好？”", ("周岚",), [("村民", "呛声", "路什么时候修好？", True)]),
        ("老校长周岚的一句话他记到今天：“先教人。”", ("周岚",), [("周岚", None, "先教人。", True)]),
        (
            "主持人：“桥是什么时候动工的？”\n周岚：“去年开春。”",
            ("周岚",),
            [("主持人", None, "桥是什么时候动工的？", True), ("周岚", None, "去年开春。", True)],
        ),
        ("“水来了！”周岚第一个跳下田埂。", ("周岚",), [("周岚", None, "水来了！", True)]),
        # Clause by clause of one sentence, and a verdict of a few characters.
        (
            "周岚坦言，“最难的是没有路”，“也没有人信”。",
            ("周岚",),
            [("周岚", "坦言", "最难的是没有路", True), ("周岚", "坦言", "也没有人信", True)],
        ),
        ("周岚称此举“毫无道理”。", ("周岚",), [("周岚", "称", "毫无道理", True)]),
        # A paragraph about one person ends in that person's words; she, a paragraph later, is the same.
        (
            "护桥员周岚今年二十四岁。“刚来时整夜睡不着，现在倒头就睡。”",
            ("周岚",),
            [("周岚", None, "刚来时整夜睡不着，现在倒头就睡。", True)],
        ),
        (
            "“我不后悔。”周岚说。\n“要是重来一次，我还会选择留下。”她望着窗外。",
            ("周岚",),
            [("周岚", "说", "我不后悔。", True), ("周岚", None, "要是重来一次，我还会选择留下。", True)],
        ),
        # Whom the paper calls by age and a familiar name.
        (
            "周岚来看过。67岁的租户坤叔在这里住了九年。“我只想走不动之前有个自己的屋。”他向记者说。",
            ("周岚",),
            [("坤叔", "说", "我只想走不动之前有个自己的屋。", True)],
        ),
        (
            "“花了四万元，送去一看全是假的。”64岁的退休教师老金很懊恼。",
            (),
            [("老金", None, "花了四万元，送去一看全是假的。", True)],
        ),
        # A range of ages introduces nobody.
        (
            "周岚来看过。报名的人里，25岁到40岁的占七成，最小的十六岁。她说：“下班以后有个去处，真好。”",
            ("周岚",),
            [("周岚", "说", "下班以后有个去处，真好。", True)],
        ),
        # Whom an article names once, with an age or an office, and no list does.
        (
            "县长周岚来过。住在山上的陈伯76岁，独居多年。他对记者说：“不是不想搬，是搬不动。”",
            ("周岚",),
            [("陈伯", "说", "不是不想搬，是搬不动。", True)],
        ),
        (
            "小观众林小满指着桥头说：“这里的石狮子最好看。”",
            (),
            [("小观众林小满", "说", "这里的石狮子最好看。", True)],
        ),
        (
            "“这座桥值得写进课本。”东岸大学教授John Miles评价说。",
            (),
            [("John Miles", "评价说", "这座桥值得写进课本。", True)],
        ),
        # Who is called by an office is the one whom the text called so before.
        (
            "青禾县水利局负责人到了现场。该负责人表示：“水库今年春天就能蓄水。”",
            (),
            [("青禾县水利局负责人", "表示", "水库今年春天就能蓄水。", True)],
        ),
        # A statement speaks for who issued it.
        (
            "县长周岚傍晚发表声明，欢迎通车。声明说，“这是一个重要的日子，我们会继续修路。”",
            ("周岚",),
            [("周岚", "说", "这是一个重要的日子，我们会继续修路。", True)],
        ),
        # Two paragraphs of one speech, right behind the first.
        (
            "“先修桥，一件一件来。”周岚说。\n“村里的老人跟我说，\n“你把路修好，孩子就会回来的。”",
            ("周岚",),
            [("周岚", "说", "先修桥，一件一件来。", True)],
        ),
        # A paragraph that reports one person goes on in that person's own words.
        (
            "周岚认为，这条路值得修。全村应当“先桥后路”。“今年我跑了十一趟县城，靠的就是两条腿。”",
            ("周岚",),
            [
                ("周岚", "认为", "这条路值得修。", False),
                ("周岚", None, "今年我跑了十一趟县城，靠的就是两条腿。", True),
            ],
        ),
        (
            "周岚停了停，他只讲了一句：“钱是大家的，应该还回去。”",
            ("周岚",),
            [("周岚", "讲", "钱是大家的，应该还回去。", True)],
        ),
        ("“桥修好了，路就近了。”村支书周岚说。", ("周岚",), [("周岚", "说", "桥修好了，路就近了。", True)]),
        (
            "“先修桥。”周岚说，“再修路，一件一件来。”",
            ("周岚",),
            [("周岚", "说", "先修桥。", True), ("周岚", "说", "再修路，一件一件来。", True)],
        ),
        (
            "周岚说，村里今年要修三条路，“一条通学校，一条通医院”，明年完工。",
            ("周岚",),
            [("周岚", "说", "村里今年要修三条路", False), ("周岚", "说", "一条通学校，一条通医院", True)],
        ),
        (
            "省里主管农业的周岚在现场推进会上表示，下一步要把这里的做法推广到北部各市，到明年底建成一批同类平台，“不图一时热闹，建一个成一个”。",
            ("周岚",),
            [
                ("周岚", "表示", "下一步要把这里的做法推广到北部各市，到明年底建成一批同类平台", False),
                ("周岚", "表示", "不图一时热闹，建一个成一个", True),
            ],
        ),
        (
            "周岚透露，决赛前一晚没有睡好。“我爸爸只发来四个字：早点睡吧。”",
            ("周岚",),
            [("周岚", "透露", "决赛前一晚没有睡好。", False), ("周岚", "透露", "我爸爸只发来四个字：早点睡吧。", True)],
        ),
        ("周岚指着山坡，满是自豪：“这些树都是我们种的。”", ("周岚",), [("周岚", None, "这些树都是我们种的。", True)]),
        (
            "周岚一开口就哭了：\n“我阿爸在世的时候，羊都在一个圈里过冬。”",
            ("周岚",),
            [("周岚", None, "我阿爸在世的时候，羊都在一个圈里过冬。", True)],
        ),
        ("“桥是给人走的。”这是周岚常挂在嘴边的一句话。", ("周岚",), [("周岚", None, "桥是给人走的。", True)]),
        (
            "周岚把赞美送给了年轻人。“他跑了十二公里。”这位教头说，球队没有变。",
            ("周岚",),
            [("周岚", "说", "他跑了十二公里。", True)],
        ),
        (
            "“样机我们看过十几台。”周岚工厂一位负责人说。",
            ("周岚",),
            [("周岚工厂一位负责人", "说", "样机我们看过十几台。", True)],
        ),
        ("改编自作家周岚短篇小说，入围五项大奖。", ("周岚",), []),
        ("海外网友评论说：“这太不可思议了。”", (), [("海外网友", "说", "这太不可思议了。", True)]),
        ("正如老支书周岚所说：“路是走出来的。”", ("周岚",), [("周岚", "说", "路是走出来的。", True)]),
        ("王大爷乐呵呵地告诉记者：“如今走的是水泥路。”", (), [("王大爷", "告诉记者", "如今走的是水泥路。", True)]),
        ("“我们是‘愚公队’，不怕山高。”周岚表示。", ("周岚",), [("周岚", "表示", "我们是‘愚公队’，不怕山高。", True)]),
        ("“水电都通了。”一位值班人员告诉记者。", (), [("一位值班人员", "告诉记者", "水电都通了。", True)]),
        (
            "“这座桥我看了三十年，终于等到通车。”站在桥头，周岚红了眼眶。",
            ("周岚",),
            [("周岚", None, "这座桥我看了三十年，终于等到通车。", True)],
        ),
        ("周岚负责全村的账目。他说：“每一分钱都要对得上。”", ("周岚",), [("周岚", "说", "每一分钱都要对得上。", True)]),
        ("周岚表示，下个月还要再架两座桥。", ("周岚",), [("周岚", "表示", "下个月还要再架两座桥。", False)]),
        (
            "“我们要做的，”周岚解释道，“不是更快，而是更稳。”",
            ("周岚",),
            [("周岚", "解释道", "我们要做的，", True), ("周岚", "解释道", "不是更快，而是更稳。", True)],
        ),
        (
            "周岚来了。她停了停，又说：“这座桥修得值。”",
            ("周岚",),
            [("周岚", "说", "这座桥修得值。", True)],
        ),
        ("村支书周岚说，下个月还要再架桥。", ("周岚",), [("周岚", "说", "下个月还要再架桥。", False)]),
        (
            "周岚认为，山里的“断头路”一年内能修通。",
            ("周岚",),
            [("周岚", "认为", "山里的“断头路”一年内能修通。", False)],
        ),
        (
            "周岚说：“第一段话没有说完。\n“第二段接着往下讲。”",
            ("周岚",),
            [("周岚", "说", "第一段话没有说完。", True), ("周岚", "说", "第二段接着往下讲。", True)],
        ),
        (
            "村支书周岚信心十足：“明年全村都能喝上自来水。”",
            ("周岚",),
            [("周岚", None, "明年全村都能喝上自来水。", True)],
        ),
        ("县里在春季大会上提的，是“先修路后种树”。", (), [("县里", "提的", "先修路后种树", True)]),
        ("「橋通了，日子就好過了。」周岚说。", ("周岚",), [("周岚", "说", "橋通了，日子就好過了。", True)]),
    ],
)
def test_speech_is_attributed(
    body: str, people: tuple[str, ...], expected: list[tuple[str | None, str | None, str, bool]]
) -> None:
    assert found(body, people) == expected


@pytest.mark.parametrize(
    "body",
    [
        "这种办法叫做“移花接木”，在当地很常见。",
        "全村人都把那座桥称作“连心桥”。",
        "周岚被评为“最美护桥人”。",
        "“连心桥”工程今年开工，周岚说不出的高兴。",
        "小镇有“水乡客厅”“江南粮仓”等美名。",
        "墙上写着“安全第一”四个大字。",
        "名称“青禾”由村民投票选出。",
        "周岚提出“双桥计划”，全村响应。",
        "周岚提出“先修路后种树、边修边种”的办法。",
        "周岚强调“双桥计划”的意义。",
        "对周岚来说，这只是开始。",
        "“你们还欠着船工的工钱吗？”面对记者提问，周岚没有正面回应。",
        "“桥面积水了，还能不能走？”清晨五点，周岚被电话惊醒。",
        "这座桥被公认为“山里的第一座桥”。",
        "周岚并不担心，“连心桥”一定能修好。",
        "周岚出席新完工的“春季蓄水工程”，并要求加快进度。",
    ],
)
def test_terms_slogans_and_titles_are_left_alone(body: str) -> None:
    assert found(body, ("周岚",)) == []


def test_a_name_before_a_colon_says_what_follows_and_not_what_stands_before() -> None:
    assert ("周岚", None, "桥还没有修好就要收费吗？", True) not in found(
        "“桥还没有修好就要收费吗？”周岚：先别急", ("周岚",)
    )


@pytest.mark.parametrize(
    ("body", "people", "speaker"),
    [
        # A surname that is also a preposition: whom somebody speaks to is one of a few.
        ("渡口主任向海明说，桥修好了，“孩子们不用蹚水了”。", (), "渡口主任向海明"),
        ("渡口主任向记者说，桥修好了，“孩子们不用蹚水了”。", (), "渡口主任"),
        # A name no list knows, behind what its bearer is.
        ("县气象台预报员方一舟介绍，“今晚还有一场雨，渡口要早点收船”。", (), "县气象台预报员方一舟"),
        # Whom somebody told stands behind the verb.
        ("一位船工告诉水乡周刊，船票不贵，“贵不贵要看水急不急”。", (), "一位船工"),
        # 发言人称 is no 人称.
        ("以军发言人称“渡口的行动已按计划完成”。", (), "以军发言人"),
        ("轮渡发言人回应查询时表示：“停航的班次明天恢复。”", (), "轮渡发言人"),
        # 他 is nobody's wife, and not who does something to him; a name told by an occupation is somebody.
        ("周岚守着渡口。妻子罗小满劝他上岸，他没去。“我除了撑船，别的都不会。”他回忆。", ("周岚", "罗小满"), "周岚"),
        ("“他待我们像亲人一样。”说起船工周岚，住在渡口的罗小满赞不绝口。", ("周岚", "罗小满"), "罗小满"),
        ("“停航的消息半夜才贴出来。”一名船工告诉《水乡周刊》记者。", (), "一名船工"),
        ("周岚说，船还要再撑几年。“河在这里。”", ("周岚",), "周岚"),
        ("渡口由罗小满管着。在糖厂上班的周岚学了两年撑船，她说：“我最盼着涨水的日子。”", ("罗小满",), "周岚"),
    ],
)
def test_a_speaker_is_who_the_sentence_says(body: str, people: tuple[str, ...], speaker: str) -> None:
    assert [row[0] for row in found(body, people) if row[3]] == [speaker]


def test_who_does_something_while_speaking_says_both_parts() -> None:
    rows = found("“要我说，”周岚顿了顿，“这座桥早该修了。”", ("周岚",))
    assert [(speaker, text) for speaker, _, text, _ in rows] == [("周岚", "要我说，"), ("周岚", "这座桥早该修了。")]


def test_a_mark_of_another_kind_within_a_quotation_stays() -> None:
    assert found("周岚说：「“桥修好了。」", ("周岚",))[0][2] == "“桥修好了。"


def test_no_documents_no_quotes() -> None:
    assert quotes(
        pl.DataFrame(schema={"document_id": pl.String, "body_hans": pl.String}), VERBS, SPEAKERS, NOBODY
    ).is_empty()


PIECES = ["“", "”", "周岚", "说", "：", "，", "。", "\n", "桥通了", "‘", "’", "表示", "A1", "「", "」", "🙂"]


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), min_size=1, max_size=4))
def test_offsets_read_the_text_whatever_the_row_order(bodies: list[str]) -> None:
    documents = pl.DataFrame({"document_id": [f"{n:016x}" for n in range(len(bodies))], "body_hans": bodies})
    whole = quotes(documents, VERBS, SPEAKERS, NOBODY)
    Quote.validate(whole)
    by_id = dict(documents.iter_rows())
    for row in whole.iter_rows(named=True):
        assert by_id[row["document_id"]][row["start_offset"] : row["end_offset"]] == row["text"]
    assert quotes(documents.reverse(), VERBS, SPEAKERS, NOBODY).equals(whole)
    assert pl.concat([quotes(part, VERBS, SPEAKERS, NOBODY) for part in documents.iter_slices(1)]).equals(whole)
