"""What a page keeps: its title, headings and paragraphs; and that the original can always be rebuilt."""

from __future__ import annotations

import json
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.material import material
from tests.transforms.harbour import CONTENT, FIRST, NOISE, SECOND, THIRD, cleaned, cut, original
from transforms.lines import fold


def test_a_list_behind_its_lead_in_stays_a_list() -> None:
    items = ["本地渔民创业赛，最高资助20万", "海上救援志愿赛，最高资助8万"]
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, "今年有这样几项：", *items, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, "今年有这样几项：", *items, SECOND]
    assert document["headings"] == []


def test_a_list_behind_the_last_paragraph_stays_where_the_article_announces_it() -> None:
    prizes = ["金奖《灯塔》白石剧社", "银奖《晚潮》南滩剧社", "铜奖《缆桩》北塔剧社"]
    head = ["开渔第一天的码头", FIRST, SECOND]
    announced, appended, strange = cleaned(
        "\n".join([*head, "获奖名单如下：", *prizes, "责任编辑：周岚"]),
        "\n".join([*head, "附：获奖名单", *prizes]),
        "\n".join([*head, *prizes]),
    )
    assert announced["body_original"].split("\n")[2:] == ["获奖名单如下：", *prizes]
    assert appended["body_original"].split("\n")[2:] == ["附：获奖名单", *prizes]
    assert [text for category, text in cut(strange) if category == "related"] == prizes


def test_a_column_in_brackets_is_above_the_article_and_several_are_its_sections() -> None:
    head = ["首页 > 要闻 > 正文", "开渔第一天的码头", "2023-08-16 05:40 来源：海港晚报"]
    tagged, parted = cleaned(
        "\n".join([*head, "【渔事】", FIRST, SECOND]),
        "\n".join([*head, "【清晨】", FIRST, "【傍晚】", SECOND, THIRD]),
    )
    assert ("banner", "【渔事】") in cut(tagged)
    assert tagged["headings"] == []
    assert [h["text_original"] for h in parted["headings"]] == ["【清晨】", "【傍晚】"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_heading_is_structure(gap: str) -> None:
    [document] = cleaned(gap.join(["开渔第一天的码头", FIRST, "船与岸", SECOND, "【之二】老人：等一条船", THIRD]))
    assert [(h["text_original"], h["before_paragraph"], h["level"]) for h in document["headings"]] == [
        ("船与岸", 1, 2),
        ("【之二】老人：等一条船", 2, 2),
    ]
    assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]


def test_a_lone_line_before_a_single_paragraph_opens_no_section_unless_it_says_so() -> None:
    lone, labelled = cleaned(
        "\n".join([FIRST, "老人等一条船", SECOND]),
        "\n".join([FIRST, "二、老人等一条船", SECOND]),
        titles=["渔港", "渔港"],
    )
    assert (lone["body_original"].split("\n"), lone["headings"]) == ([FIRST, "老人等一条船", SECOND], [])
    assert [h["text_original"] for h in labelled["headings"]] == ["二、老人等一条船"]


def test_a_latin_word_broken_over_two_lines_is_one_where_the_text_has_it_elsewhere() -> None:
    broken = "码头管理员说，今年开渔比往年早了三天，几条船上都装了新的探鱼仪Harbor\nEye，好用得很。"
    known, unknown = cleaned(
        "\n".join(["探鱼仪HarborEye去年才有。", FIRST, broken]), "\n".join([FIRST, broken]), titles=["渔港", "渔港"]
    )
    assert "探鱼仪HarborEye，好用" in known["body_original"]
    assert "探鱼仪Harbor Eye，好用" in unknown["body_original"]


def test_a_broken_sentence_is_joined_again() -> None:
    broken = FIRST[:-6] + "\n\n" + FIRST[-6:]
    [document] = cleaned("\n\n".join(["开渔第一天的码头", broken, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, SECOND]
    assert [(r["kind"], r["before"], r["after"]) for r in document["repairs"]] == [("paragraph_join", "\n\n", "")]
    assert "paragraphs_joined" in document["quality_flags"]


def test_hard_wraps_are_joined_at_any_width() -> None:
    for width in (14, 20, 25):
        wrapped = ["\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in (FIRST, SECOND, THIRD)]
        [document] = cleaned("\n\n".join(wrapped), titles=["开渔第一天的码头"])
        assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD]


def test_a_margin_glues_no_byline_to_the_title_and_cuts_no_dateline_in_two() -> None:
    dateline = "新华社宁波8月16日电（记者 林小舟、周岚）"
    head = "开渔第一天 码头上的人比鱼还要多一些"
    for width in (len(head), len(head) + 1):
        below = [dateline + FIRST, SECOND, THIRD, FIRST, SECOND]
        lines = [text[i : i + width] for text in below for i in range(0, len(text), width)]
        page = [
            head,
            "2023-08-16 05:40 来源：海港晚报",
            "",
            *lines,
            "责任编辑：林小舟 摄影记者：周岚",
            "免责声明：本文只代表作者本人",
        ]
        [document] = cleaned("\n".join(page))
        assert document["title_original"] == head
        assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD, FIRST, SECOND]
        assert ("byline", "责任编辑：林小舟 摄影记者：周岚") in cut(document)
        assert original(document) == "\n".join(page)


def test_a_line_of_names_ends_where_it_ends() -> None:
    names = "林小舟 周岚 孙三 周四 吴五 郑六 王七 冯八 陈九 褚十一 卫十二 蒋十三 沈十四"
    titles = "渔谱 目录 港志；船谱 鱼谱 网谱 潮汐表 灯塔志 渔歌集 码头旧事 老船长的手记 缆桩与海"
    for listed in (names, titles):
        [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, listed, "以上各项今天公布。" + SECOND, THIRD]))
        assert document["body_original"].split("\n")[1] == listed


def test_a_lost_title_is_inferred_and_a_stated_one_not_repeated() -> None:
    lost, stated = cleaned(
        "\n".join([FIRST, "船与岸", SECOND, THIRD]),
        "\n".join(["开渔第一天的码头", FIRST, SECOND]),
        titles=[None, "开渔第一天的码头"],
    )
    assert (lost["title_original"], lost["title_is_inferred"], lost["title_start_offset"]) == ("船与岸", True, None)
    assert cut(stated) == [("boilerplate", "开渔第一天的码头")]
    assert (stated["title_original"], stated["title_is_inferred"]) == ("开渔第一天的码头", False)


def test_a_dispatch_without_a_title_is_called_what_its_dateline_says_it_is_about() -> None:
    told, untold = cleaned(
        "\n".join(["中新社江湾1月12日电 题：船与岸的三十年", "中新社记者 周栋梁", FIRST, SECOND]),
        "\n".join(["中新社江湾1月12日电 ", FIRST, SECOND]),
    )
    assert (told["title_original"], told["title_is_inferred"]) == ("船与岸的三十年", True)
    assert FIRST.startswith(untold["title_original"])


def test_an_inferred_title_says_something() -> None:
    timed, told, both, number = cleaned(
        "\n".join(["渔汛以来，江湾渔港每天有三百条船出海，码头上灯火通明。" + SECOND, THIRD]),
        "\n".join(["江湾渔业协会表示，今年的渔获比去年多了两成，价格却没有跌。" + SECOND, THIRD]),
        "\n".join(["10月3日，江湾县气象台发布消息说，台风将在周末登陆。" + SECOND, THIRD]),
        "\n".join(["江湾渔港今年卖出1，200吨带鱼，比去年多。" + SECOND, THIRD]),
    )
    assert [text["title_original"] for text in (timed, told, both, number)] == [
        "江湾渔港每天有三百条船出海",
        "江湾渔业协会表示，今年的渔获比去年多了两成",
        "江湾县气象台发布消息说，台风将在周末登陆",
        "江湾渔港今年卖出1，200吨带鱼",
    ]


PIECES = [
    *(line for _, line, _ in NOISE), *CONTENT, FIRST, SECOND, "船与岸", "\u3000\u3000" + THIRD, "\u00a0", "\r", "", "，", "會(huì)場(chǎng)裡(lǐ)有人",
    "約翰?史密斯", "★★", "图源:海港晚报", "图为渔港。", "**向海", "而兴**", "开始了", "1、看天", "我們帶?duì)來", "<br/>", "？", "A B", "相关阅读",
    "某华社宁波8月16日电（记者林小舟）" + SECOND,
]  # fmt: skip


PAGES_OF_PIECES = st.tuples(
    st.lists(st.sampled_from(PIECES), max_size=9),
    st.sampled_from(["\n", "\n\n", "\r\n", "\n\u3000\u3000"]),
    st.sampled_from([None, "开渔第一天的码头", "船与岸"]),
)


# Five at once: what cleaning costs is its calls more than its texts.
@settings(max_examples=5)
@given(st.lists(PAGES_OF_PIECES, min_size=5, max_size=5))
def test_the_original_can_be_rebuilt(pages: list[tuple[list[str], str, str | None]]) -> None:
    texts = [gap.join(pieces) for pieces, gap, _ in pages]
    for text, document in zip(texts, cleaned(*texts, titles=[title for *_, title in pages]), strict=True):
        assert original(document) == text
        for row in document["removed"]:
            assert text[row["start_offset"] : row["end_offset"]] == row["text"]
            assert row["line_no"] == text[: row["start_offset"]].count("\n") + 1
        for row in document["repairs"]:
            assert text[row["start_offset"] : row["end_offset"]] == row["before"]
        ends = sorted((r["start_offset"], r["end_offset"]) for r in document["removed"] + document["repairs"])
        assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_order_and_chunking_change_nothing() -> None:
    texts = ["\n".join(["开渔第一天的码头", FIRST, NOISE[-1][1]]), SECOND + "\n" + THIRD, NOISE[0][1] + "\n" + FIRST]
    together = cleaned(*texts)
    for number, text in enumerate(texts):
        [alone] = cleaned(text)
        assert {**alone, "document_id": None} == {**together[number], "document_id": None}


def test_known_pages_come_out_as_their_records_say() -> None:
    for path in material("gold/[0-9]*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        [page] = material(f"seeds/{record['seed']}")
        [document] = cleaned(page.read_bytes().decode("utf-8"))
        plain = [pl.select(fold(pl.lit(p))).item() for p in document["body_original"].split("\n")]
        # 著 is an aspect particle that the script stage decides on.
        want = [pl.select(fold(pl.lit(p))).item() for p in record["body"]]
        same = sum(a.replace("著", "着") == b for a, b in zip(plain, want, strict=True))
        assert same / len(want) >= 0.97
        gone = {r["line_no"] for r in document["removed"] if r["category"] not in ("whitespace", "pinyin")}
        assert gone == {r["line"] for r in record["removed_lines"]}
        assert [h["before_paragraph"] for h in document["headings"]] == [
            h["before_paragraph"] for h in record["headings"]
        ]


def test_the_line_above_a_byline_is_the_title_and_a_button_above_it_is_not() -> None:
    (document,) = cleaned("渔讯专区\n今年的带鱼比去年大一圈\n2023-08-16 05:40 来源:海港晚报\n" + FIRST + "\n" + SECOND)
    assert document["title_original"] == "今年的带鱼比去年大一圈"
    assert cut(document)[0] == ("banner", "渔讯专区")
    (document,) = cleaned("渔港的早晨\n——记东湾码头的秤\n2023-08-16 05:40 来源:海港晚报\n" + FIRST + "\n" + SECOND)
    assert document["title_original"] == "渔港的早晨"


def test_a_headline_of_figures_is_the_title_and_the_tools_below_it_are_not() -> None:
    title = "青岩股份2025年净利润增长34.6% 拟每10股派4.2元"
    paragraph = "青岩股份四月二十四日晚间披露年度报告，全年营业收入比上一年增长两成，公司拟向全体股东派发现金红利。"
    text = f"行情首页 > 上市公司 > 正文\n{title}\n2026年04月24日 20:06\n来源：青岩日报\n小 中 大　青岩APP 方便，快捷\n{paragraph}\n{paragraph}全文见公告。"
    (got,) = cleaned(text)
    assert (got["title_original"], got["body_original"].split("\n")[0]) == (title, paragraph)


def test_a_sentence_too_long_for_a_heading_goes_on_in_the_next_line() -> None:
    broken = "码头管理员说，今年开渔比往年早了三天，水温偏高，近海的带鱼个头反而更大，价格也比去年同期"
    (document,) = cleaned(f"{FIRST}\n{broken}\n稳得住，来买鱼的人因此多了两成。\n{THIRD}")
    assert document["body_original"].split("\n") == [FIRST, f"{broken}稳得住，来买鱼的人因此多了两成。", THIRD]


def test_an_article_broken_at_its_commas_is_the_body_not_the_one_long_sentence_behind_it() -> None:
    lines = [line for p in (FIRST, SECOND, THIRD) for line in p.replace("，", "，\n").split("\n")]
    notice = "本站转载的内容只为让读者知道得更多，并不说明本站赞成其中的看法，也不保证它们真实可靠，请读者自行判断。"
    [document] = cleaned("\n".join(["开渔第一天的码头", *lines, "责任编辑：周岚", notice]))
    assert document["body_original"].replace("\n", "") == FIRST + SECOND + THIRD


def test_a_byline_cut_by_a_margin_says_what_it_says_whole() -> None:
    width = 18
    written = [FIRST, SECOND, THIRD, FIRST, "2023-08-16 05:40　来源：海港晚报　记者：周岚山"]
    wrapped = ["\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in written]
    [document] = cleaned("\n\n".join(wrapped), titles=["开渔第一天的码头"])
    assert [t["text"] for t in document["told"] if t["category"] == "byline"] == [written[-1]]


def wrapped(width: int, *paragraphs: str, indent: str = "") -> list[str]:
    """The lines of paragraphs that a page cuts at one column, whatever stands there."""
    return [text[i : i + width] for text in (indent + p for p in paragraphs) for i in range(0, len(text), width)]


def test_where_a_page_counts_columns_a_line_short_of_the_margin_is_one_by_itself() -> None:
    width = 20
    title, byline = "开渔第一天码头上来的人真多", "2023-08-16 05:40 来源：海港晚报 记者：周岚山"
    page = [title, *wrapped(width, byline), "", *wrapped(width, FIRST, SECOND, THIRD, FIRST, indent="　　")]
    [document] = cleaned("\n".join(page))
    assert document["title_original"] == title
    assert [t["text"] for t in document["told"] if t["category"] == "byline"] == [byline]
    assert document["body_original"].split("\n") == [FIRST, SECOND, THIRD, FIRST]


def test_a_heading_below_a_sentence_that_ends_at_the_margin_stands_alone() -> None:
    width = (len(FIRST) + 2) // 3
    full = FIRST[: 3 * width - 3] + "。"
    sections = [(full, "船与岸"), (SECOND, "灯与火"), (full, "人与海"), (THIRD, "")]
    lines = [line for text, heading in sections for line in (*wrapped(width, text, indent="　　"), heading)]
    [document] = cleaned("\n".join(["开渔第一天的码头", *lines]))
    assert [h["text_original"] for h in document["headings"]] == ["船与岸", "灯与火", "人与海"]


def test_a_moment_cut_by_a_margin_is_one_line_with_what_is_left_of_it() -> None:
    for width in (18, 19):
        byline = "发布时间：2023-08-16 05:40:12　作者：周岚山　来源：海港晚报"
        page = ["开渔第一天的码头", *wrapped(width, byline), "", *wrapped(width, FIRST, SECOND, THIRD)]
        [document] = cleaned("\n".join(page))
        assert [t["text"] for t in document["told"] if t["category"] == "byline"] == [byline]


def test_the_blank_a_margin_fell_on_parts_what_a_byline_and_a_title_say() -> None:
    width = 16
    title, byline = "开渔第一天码头上的人都排成了两列 一船带鱼卖了三个钟头", "2023.08.16 05:40 海港晚报 周岚山"
    page = [*wrapped(width, title, byline), "", *wrapped(width, FIRST, SECOND, THIRD)]
    [document] = cleaned("\n".join(page))
    assert document["title_original"] == title
    assert [t["text"] for t in document["told"] if t["category"] == "byline"] == [byline]


def test_a_dateline_cut_by_a_margin_names_its_reporters_whole() -> None:
    width = 18
    dateline = "新华社宁波8月16日电（记者 林小舟、周岚）"
    page = ["开渔第一天的码头", "", *wrapped(width, dateline + FIRST, SECOND, THIRD)]
    [document] = cleaned("\n".join(page))
    assert [t["text"] for t in document["told"] if t["category"] == "dateline"] == [dateline]


def test_a_trail_of_links_at_the_margin_does_not_go_on_in_the_title() -> None:
    width = 18
    wrapped = ["\n".join(p[i : i + width] for i in range(0, len(p), width)) for p in (FIRST, SECOND, THIRD)]
    [document] = cleaned(
        "\n".join(["首页 > 要闻 > 渔讯 > 正文", "开渔第一天码头上来了许多人", *("　　" + p for p in wrapped)])
    )
    assert document["title_original"] == "开渔第一天码头上来了许多人"


@pytest.mark.parametrize(
    "said", ["（点击可放大查看）", "↓点击收听↓", "转发 | 收藏 | 举报", "登录 注册 投稿 帮助 反馈", "打开APP阅读全文"]
)
def test_what_a_page_says_of_itself_between_paragraphs_is_no_heading(said: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, said, SECOND, "船与岸", THIRD, "灯与火", FIRST]))
    assert [h["text_original"] for h in document["headings"]] == ["船与岸", "灯与火"]
    assert [text for _, text in cut(document)] == [said]


@pytest.mark.parametrize(
    "heading", ["健康", "分享会上的老船长", "谁在直播间里卖鱼", "关注渔民的下一代", "下载量翻番之后"]
)
def test_a_heading_may_speak_of_what_sites_speak_of(heading: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, heading, SECOND, "船与岸", THIRD]))
    assert [h["text_original"] for h in document["headings"]] == [heading, "船与岸"]


@pytest.mark.parametrize("sign", ["◇◇◇◇", "======", "🔥🔥🔥", "~ ~ ~~~ ~"])
def test_a_line_of_signs_is_no_heading(sign: str) -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, sign, SECOND, "船与岸", THIRD, "灯与火", FIRST]))
    assert [h["text_original"] for h in document["headings"]] == ["船与岸", "灯与火"]
    assert cut(document) == [("banner", sign)]


def test_a_sentence_ends_with_its_straight_quotation_mark() -> None:
    said = '老船长说:"明年开渔还会更早。"'
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, said, SECOND, THIRD]))
    assert document["body_original"].split("\n")[1:3] == [said, SECOND]


def test_an_address_behind_the_title_is_its_site() -> None:
    [document] = cleaned("\n".join(["开渔第一天的码头_要闻_渔讯_news.example.com", FIRST, SECOND, THIRD]))
    assert document["title_original"] == "开渔第一天的码头"


def test_some_paragraphs_of_a_page_may_be_wrapped_and_others_not() -> None:
    lines = [FIRST * 2, SECOND[:30], SECOND[30:], THIRD[:30], THIRD[30:], FIRST[:30], FIRST[30:], SECOND * 2]
    (document,) = cleaned("\n".join(lines))
    assert document["body_original"].split("\n") == [FIRST * 2, SECOND, THIRD, FIRST, SECOND * 2]


def test_a_full_width_blank_parts_the_halves_of_a_headline_and_is_kept() -> None:
    [document] = cleaned("\n".join(["渔港！开渔首日风浪大　12艘船晚归", FIRST, SECOND]))
    assert document["title_original"] == "渔港！开渔首日风浪大　12艘船晚归"


def test_a_word_torn_over_two_lines_is_one_again() -> None:
    torn = ["港务局今年出钱整修三座旧码头，又在东岸新建六条运送鲜鱼的栈", "道，全长四百米，年底可以启用。"]
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, *torn, SECOND]))
    assert document["body_original"].split("\n") == [FIRST, "".join(torn), SECOND]


def test_lines_that_say_a_thing_and_what_there_is_to_it_are_a_list_under_their_heading() -> None:
    items = ["东码头：今晚六时封闭", "西码头：今晚七时封闭", "客运站：照常开放"]
    [document] = cleaned("\n".join(["开渔第一天的码头", FIRST, SECOND, "各处开放一览", *items, "船与岸", THIRD, FIRST]))
    assert [heading["text_original"] for heading in document["headings"]] == ["各处开放一览", "船与岸"]
    assert document["body_original"].split("\n") == [FIRST, SECOND, *items, THIRD, FIRST]
