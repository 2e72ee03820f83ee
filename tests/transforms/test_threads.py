"""Threads to text: every post in order, nothing of what stands around them, and no news page taken for one."""

from __future__ import annotations

import pytest

from tests.transforms.judgement import WEB
from tests.transforms.sample_pages import PAGE, PHPBB, article, floor, post, thread
from transforms.pages.threads import untailed
from transforms.pages.wording import words_of


def test_a_news_address_is_not_that_of_a_thread() -> None:
    comments = "".join(post(f"读者{number}", "新馆真不错。") for number in range(4))
    page = PAGE.replace("/2024/0501/1.html", "/t/2024-05-01/1.html").replace(" 来源：河边晚报", "")
    page = page.replace('<div class="related">', f'<div class="comments"><p>4 条评论</p>{comments}</div>')
    assert article(page)["text"] == article(PAGE)["text"]


def test_a_thread_gives_every_post_in_order_and_nothing_around_them() -> None:
    texts = ["昨天去晚了，一个座位也没有。", "楼上说得对", "够！", "我觉得够坐，只是插座少，建议早点去占座。"]
    assert article(thread(*texts))["text"] == "\n".join(texts)


def test_readers_comments_on_a_news_page_are_not_its_article() -> None:
    comments = "".join(post(f"读者{number}", f"第{number}个读者说新馆真不错，值得一去。") for number in range(4))
    page = PAGE.replace(
        '<div class="related">', f'<div class="comments"><p>4 条评论</p>{comments}</div><div class="related">'
    )
    assert article(page)["text"] == article(PAGE)["text"]


def test_the_moment_behind_a_word_like_yesterday_is_that_of_a_thread() -> None:
    head = '<h1>新馆的座位够不够坐？</h1><small><span title="2024-05-01 08:30:24 +08:00">昨天</span></small>'
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(" 2024-05-01 08:30", "")
    assert article(page.replace("<h1>新馆的座位够不够坐？</h1>", head))["published"] == "2024-05-01 08:30:24"


def test_the_first_of_many_moments_named_to_machines_is_that_of_the_opening_post() -> None:
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(
        "2024-05-01 08:30", '<time datetime="2024-05-01T08:30">五月</time>'
    )
    later = page[::-1].replace("2024-05-01"[::-1], "2024-05-02"[::-1], 1)[::-1]
    assert article(later)["published"] == "2024-05-01T08:30"


def test_numbered_posts_are_a_thread_short_as_they_are_and_whatever_the_site_is_called() -> None:
    texts = ["有人一起去吗", "几点", "去！", "已经在门口了"]
    posted = "".join(floor(number, text) for number, text in enumerate(texts, start=1))
    found = article(f"<head><title>周末去新馆</title></head><body><h1>周末去新馆</h1><div>{posted}</div></body>")
    assert (found["text"], found["published"]) == ("\n".join(texts), "2024-5-1 08:31")


XENFORO = (
    '<article class="message message--post"><section class="message-user"><h4><a>读者{0}</a></h4></section>'
    '<header class="message-attribution"><time>2024年5月1日 08:3{0}</time><a>#{0}</a></header>'
    '<div class="message-content"><article class="message-body"><div class="bbWrapper">{1}</div></article></div></article>'
)


VBULLETIN = (
    '<table class="tborder" id="post{0}"><tr><td class="thead">2024年5月1日 08:3{0}</td><td class="thead">#{0}</td></tr>'
    '<tr><td class="alt2"><a href="/u">读者{0}</a><div class="smallfont">注册日期：2009-11-22</div></td><td class="alt1">'
    '<div id="post_message_{0}">{1}</div><div>人生如茶，先苦后甜。</div></td></tr></table>'
)


PHPWIND = (
    '<table><tr class="tr1"><td class="floot_left"><dl><dd>级别：读者</dd><dd>发帖：{0}</dd></dl></td><td class="floot_right">'
    '<div class="tipTop">{0}楼 发表于：2024年5月1日 08:3{0}</div><div class="tpc"><div class="f14" id="read_{0}">{1}</div></div>'
    '</td></tr><tr><td class="floot_bottom"><div class="signature">人生如茶，先苦后甜。</div></td></tr></table>'
)


SOFTWARE = [(PHPBB, "phpbb"), (XENFORO, "XF"), (VBULLETIN, "a"), (PHPWIND, "b")]


@pytest.mark.parametrize(("markup", "page_id"), SOFTWARE, ids=["phpBB", "XenForo", "vBulletin", "phpwind"])
def test_posts_are_what_recurs_under_a_moment_of_its_own(markup: str, page_id: str) -> None:
    texts = ["有人一起去吗？我从河边出发。", "几点", "去！", "昨天去晚了，一个座位也没有。"]
    posted = "".join(markup.format(number, text) for number, text in enumerate(texts, start=1))
    page = f'<head><title>周末去新馆 - 河边论坛</title></head><body id="{page_id}"><h1>周末去新馆</h1>{posted}</body>'
    found = article(page)
    assert (found["text"], found["published"]) == ("\n".join(texts), "2024年5月1日 08:31")


def test_who_is_quoted_and_who_edited_is_no_text() -> None:
    quotation = "<blockquote><div><cite>读者1 写道：</cite>有人一起去吗？</div></blockquote>已经约好了。"
    edited = "周末见。<div class=notice>最后由 读者3 于 2024年5月1日 09:00 编辑，总共编辑了 1 次。</div>"
    posted = "".join(PHPBB.format(number, text) for number, text in enumerate(["有人一起去吗？", quotation, edited], 1))
    page = f"<head><title>周末去新馆 - 河边论坛</title></head><body id=phpbb>{posted}</body>"
    assert article(page)["text"] == "有人一起去吗？\n已经约好了。\n周末见。"


def test_a_quotation_of_what_stands_nowhere_else_is_kept() -> None:
    quotation = "<blockquote><div><cite>读者9 写道：</cite>上一页说的话。</div></blockquote>同意。"
    posted = "".join(
        PHPBB.format(number, text) for number, text in enumerate(["有人一起去吗？", quotation, "我去。"], 1)
    )
    page = f"<head><title>周末去新馆 - 河边论坛</title></head><body id=phpbb>{posted}</body>"
    assert article(page)["text"] == "有人一起去吗？\n上一页说的话。\n同意。\n我去。"


TEXTS = [
    "新馆的座位比老馆多了三倍，周末还是坐不下。",
    "我一般七点半到门口，那时候人还不多。",
    "不如去老馆，安静。",
    "够！",
]


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="do">回复 赞(3) 举报</div>',
        '<div class="who"><a href="/u">读者</a></div>',
        '<div class="when">昨天</div>',
    ],
    ids=["buttons", "names", "a moment without digits"],
)
def test_posts_without_moment_or_number_are_told_by_what_else_stands_beside_each(beside: str) -> None:
    posted = "".join(f'<div class="entry-x">{beside}<p class="said">{text}</p></div>' for text in TEXTS)
    assert article(f"<title>新馆</title><body><h1>新馆</h1>{posted}</body>")["text"] == "\n".join(TEXTS)


def test_posts_in_cells_without_a_name_are_a_thread() -> None:
    cell = "<tr><td width=150>读者{0}<br>注册：2003年4月2日</td><td>第 {0} 楼<blockquote>{1}</blockquote></td></tr><tr><td>2005-6-1{0} 15:42:00</td></tr>"
    posted = "".join(
        f'<table class="border"><tr><td class="row">{cell.format(at, text)}</td></tr></table>'
        for at, text in enumerate(TEXTS, start=1)
    )
    found = article(f"<title>新馆</title><body>{posted}</body>")
    assert (found["text"], found["published"]) == ("\n".join(TEXTS), "2005-6-11 15:42:00")


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div><div>读者{0}　2024-05-01 08:3{0}</div><div>{1}</div></div>", id="elements without a name"),
        pytest.param(
            "<table><tr><td>作者：读者{0}　发表时间：2024-05-01 08:3{0}　第{0}楼</td></tr><tr><td>{1}</td></tr></table>",
            id="the moment in a cell like that of the text",
        ),
    ],
)
def test_posts_are_told_from_their_moments_where_both_are_called_the_same(markup: str) -> None:
    posted = "".join(markup.format(at, text) for at, text in enumerate(TEXTS, start=1))
    form = '<div class="reply-form"><h3>发表回复</h3><p>您需要登录后才可以回帖 <a href=/>登录</a></p></div>'
    page = f"<title>新馆的座位够不够坐？ - 河边论坛</title><body><h1>新馆的座位够不够坐？</h1><div id=list>{posted}</div>{form}</body>"
    assert article(page)["text"] == "\n".join(TEXTS)


def test_a_name_that_is_a_link_before_a_comment_is_no_text() -> None:
    page = thread("昨天去晚了，一个座位也没有。", '<a href="/u">读者9</a>: 早点去', "够！")
    assert article(page)["text"] == "昨天去晚了，一个座位也没有。\n早点去\n够！"


def test_what_a_sidebar_says_above_the_headline_was_not_posted() -> None:
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(
        "<h1>", '<div class="box">这里是关于阅读与图书馆的地方。</div><h1>'
    )
    assert article(page)["text"] == "昨天去晚了，一个座位也没有。\n够！"


def test_the_post_that_opens_a_thread_may_stand_in_an_element_of_its_own() -> None:
    opening = "新馆的座位比老馆多了三倍，周末还是坐不下，大家一般几点去，有没有人愿意早上一起排队占座？"
    answers = ["我一般七点半到门口，那时候人还不多。", "早点", "不如去老馆，安静得多，插座也够用。"]
    posted = "".join(
        f'<div class="zwli"><a href="/u">读者</a><div class="when">发表于 2024-05-01 09:1{at}</div><p class="said">{text}</p></div>'
        for at, text in enumerate(answers)
    )
    page = f"<title>新馆_河边股吧</title><body><div class=main-content>{opening}</div>{posted}</body>"
    assert article(page)["text"] == "\n".join([opening, *answers])


def test_a_board_s_name_may_stand_before_the_title_in_the_heading() -> None:
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace("<h1>", "<h1><a href=/b>河边</a> ")
    assert article(page.replace("河边论坛", "Riverside"))["title"] == "新馆的座位够不够坐？"


def test_numbered_comments_below_an_article_are_not_its_text() -> None:
    comments = "".join(floor(number, f"第{number}个读者说，新馆真不错。") for number in range(1, 6))
    page = PAGE.replace(" 来源：河边晚报", "").replace('<div class="related">', f'{comments}<div class="related">')
    assert article(page)["text"] == article(PAGE)["text"]


@pytest.mark.parametrize(
    "head", ["作者zhouwen (周文)\n看板Library\n標題新館開放\n", "发信人: zhouwen (周文), 信区: Library\n"]
)
def test_a_board_of_terminals_is_read_line_by_line(head: str) -> None:
    page = f"""<body><div><a href=/>看板</a></div><div id=main>{"".join(f"<div>{line}</div>" for line in head.splitlines())}
※ 引述《liming (李明)》之銘言：
: 昨天去晚了
今天又去了一次
座位還是不夠
--
人生如茶
※ 發信站: 河邊站(example.org), 來自: 192.0.2.1
<div><span>推 </span><span>liming</span><span>: 一起去</span><span> 05/01 09:20
</span></div><div><span>→ </span><span>chen01</span><span>: 早點去</span><span> 05/01 09:22
</span></div></div><div>本站保留權利</div></body>"""
    assert (article(page)["text"] or "").split("\n") == [
        "昨天去晚了",
        "今天又去了一次",
        "座位還是不夠",
        "一起去",
        "早點去",
    ]


def test_a_quotation_on_a_board_of_terminals_is_told_once() -> None:
    opening = "发信人: zhouwen (周文), 信区: Library\n标 题: 新馆的座位够不够坐\n发信站: 河边站 (Wed May  1 08:30:00 2024)\n\n"
    reply = opening.replace("标 题: ", "标 题: Re: ")
    posts = f"<div>{opening}座位还是不够坐\n</div><div>{reply}早点去就有\n【 在 zhouwen 的大作中提到: 】\n: 座位还是不够坐\n</div>"
    found = article(f"<title>河边站-自由的社区</title><body>{posts}</body>")
    assert found["text"] == "座位还是不够坐\n早点去就有"
    assert (found["title"], found["published"]) == ("新馆的座位够不够坐", "2024-05-01 08:30:00")


def test_a_board_of_pictures_is_a_thread() -> None:
    texts = ["昨天去了新馆，座位\n一半是空的", "早点去才有，九点就满了", "插座太少"]
    head = "<span>{}</span> 名稱: 無名 24/05/01(三)08:3{}:00 ID:Qw9 No.3120044{}"
    posts = "".join(
        f'<div class="post"><div class="post-head">{head.format("無標題" if at else "新館座位夠不夠坐", at, at)}</div>'
        f'<div class="quote">{text.replace(chr(10), "<br>")}</div></div>'
        for at, text in enumerate(texts)
    )
    page = f"<title>綜合 - 新館座位夠不夠坐 - 無標題</title><body><h1>綜合</h1><div class=thread>{posts}</div></body>"
    found = article(page)
    assert found["text"] == "\n".join(texts)
    assert (found["title"], found["published"]) == ("新館座位夠不夠坐", "2024-05-01 08:30:00")


def test_replies_that_are_titles_lose_who_wrote_them_and_how_long_they_are() -> None:
    reply = (
        "<p>• <a href=/2>够坐，早点去</a> - <a>读者</a>- <i>♀</i> <small>(0 bytes) (12 reads)</small> 05/01/2024</p>"
    )
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(
        '<div class="related">', f'<div class=postlist>{reply}</div><div class="related">'
    )
    assert "够坐，早点去" in (article(page)["text"] or "").split("\n")


def test_a_list_of_replies_that_are_titles_is_told_without_their_tails() -> None:
    assert untailed(words_of(*WEB), "够坐，早点去 (0 bytes) - 读者 05/01/24 08:40") == "够坐，早点去"
    assert untailed(words_of(*WEB), "够坐（早点去）") == "够坐（早点去）"


def test_names_beside_the_posts_are_cut_before_the_comments_on_them() -> None:
    comments = "<p><i>读者1</i>：几点去的</p><p><i>读者0</i> 回复 <i>读者1</i>：九点</p><p>结论：不够坐</p>"
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace("<p>够！</p>", f"<p>够！</p>{comments}")
    told = (article(page)["text"] or "").split("\n")
    assert told[-3:] == ["几点去的", "九点", "结论：不够坐"]


def test_what_is_pushed_below_a_post_is_told_without_who_and_when() -> None:
    pushes = "".join(
        f"<tr class=row><td class=pid>推 reader{at}</td><td class=ptext>{text}</td><td class=ptime>05-01 22:0{at}</td></tr>"
        for at, text in enumerate(["够坐，早点去就有", "九点以前都空着，真的"])
    )
    opening = "昨天去晚了，一個座位也沒有，等到中午還是沒有，只好坐在樓梯上看書，回家路上又下雨。"
    head = "<div class=th0>作者 riverside(河邊)</div><div class=th1>時間 2024-05-01 21:44:05</div>"
    page = (
        f"<title>新館座位夠不夠坐 - 看板 books - Riverside BBS</title><div class=text_div>{head}"
        f"<div class=words>{opening}<br>--<br>※ 本文轉錄自 Riverside BBS</div><table>{pushes}</table></div>"
    )
    found = article(page)
    assert found["title"] == "新館座位夠不夠坐"
    told = (found["text"] or "").split("\n")
    assert told == [opening, "够坐，早点去就有", "九点以前都空着，真的"]


def test_a_tag_that_the_page_s_title_sets_off_is_no_part_of_the_headline() -> None:
    page = thread("昨天去晚了。", "够！").replace("<title>", "<title>求助 - ").replace("<h1>", "<h1><b>求助</b> ")
    assert article(page)["title"] == "新馆的座位够不够坐？"


def test_a_microblog_without_a_headline_is_told_with_its_replies() -> None:
    opening = "<div class=head><a>周文</a> <a>24-5-1 08:30</a></div><div class=words>昨天去了新馆，座位一半是空的，真好。</div>"
    replies = "".join(
        f"<div class=comment><div class=text><a>读者{at}</a>:第{at}次去的时候，早就坐满了</div>"
        f"<div class=info>24-5-1 09:3{at} 来自南岸</div></div>"
        for at in range(3)
    )
    found = article(f"<title>正文 - 河边</title><body><div class=content>{opening}</div>{replies}</body>")["text"]
    assert (found or "").split("\n") == [
        "昨天去了新馆，座位一半是空的，真好。",
        *[f"第{at}次去的时候，早就坐满了" for at in range(3)],
    ]


def test_the_moment_of_an_answer_is_not_that_of_the_question() -> None:
    asked = "<div class=q-content><p>新馆的座位够不够坐？昨天去晚了。</p></div>"
    answers = "".join(
        f"<div class=answer><div class=info>读者{at} 2024-05-0{at} 08:30</div><div class=answer-text>第{at}次去，够坐。</div></div>"
        for at in range(1, 5)
    )
    page = f"<title>新馆的座位够不够坐_河边知道</title><h1>新馆的座位够不够坐</h1>{asked}<p>4个回答</p>{answers}"
    assert article(page)["published"] is None


def test_posts_in_paragraphs_without_a_name_are_one_post_each() -> None:
    markup = (
        '<div class="pa"><div class="pb"><a href="/u">读者{0}</a></div><div class="pc">2024-05-01 08:3{0}</div>'
        '<div class="pd"><div>{1}</div></div></div>'
    )
    texts = [
        "昨天去了新馆。</div><div>座位一半是空的，真好。</div><div>插座也够用。",
        "我也去了，没座位。",
        "早点去，够坐。",
    ]
    posted = "".join(markup.format(number, text) for number, text in enumerate(texts, start=1))
    page = f"<head><title>新馆的座位 - 河边论坛</title></head><body><h1>新馆的座位</h1>{posted}</body>"
    told = "\n".join(texts).replace("</div><div>", "\n")
    assert article(page)["text"] == told


def test_replies_called_after_their_titles_are_told() -> None:
    replies = "".join(
        f'<div class="reply-list"><div class="reply_author"><a href="/u">读者{at}</a></div>'
        f'<div class="reply_title">第{at}次去，够坐。</div><div class="reply_info">2024-05-01 09:3{at} 来自 南岸</div></div>'
        for at in range(1, 5)
    )
    page = (
        "<head><title>新馆的座位够不够坐_河边论坛</title></head><body><div><a href=/>首页</a></div><h1>新馆的座位够不够坐</h1>"
        '<div class="author-info">2024-05-01 08:30</div><div class="post-body">昨天去晚了，一个座位也没有。</div>'
        f"<div class=reply_tab>全部回复（4）最热最早转发</div>{replies}</body>"
    )
    told = ["昨天去晚了，一个座位也没有。", *[f"第{at}次去，够坐。" for at in range(1, 5)]]
    assert article(page)["text"] == "\n".join(told)


def test_rank_and_joining_of_who_wrote_a_post_are_no_text() -> None:
    profile = "<div class=va>级别: 读者 威望: 12 注册: 15-03-01</div>"
    page = thread("昨天去晚了，一个座位也没有。", "级别：够高。", "够！").replace("<p>昨天", f"{profile}<p>昨天")
    assert article(page)["text"] == "昨天去晚了，一个座位也没有。\n级别：够高。\n够！"


def test_a_quotation_between_marks_of_forums_is_told_once() -> None:
    quotation = "[quote]Reply Post by 读者0 (2024-05-01 08:30):<br>昨天去晚了，一个座位也没有。[/quote]<br>早点去。"
    assert article(thread("昨天去晚了，一个座位也没有。", quotation, "够！"))["text"] == (
        "昨天去晚了，一个座位也没有。\n早点去。\n够！"
    )


def test_a_floor_may_stand_before_the_moment_without_a_blank() -> None:
    replies = "".join(
        f"<div class=qa><div><span>B{at}</span><span>10月11日 21:5{at}</span></div><div class=qb>第{at}次去，够坐。</div></div>"
        for at in range(1, 5)
    )
    page = (
        f"<head><title>新館的座位 - 河邊論壇</title></head><body><h1>新館的座位</h1><p>共 4 則留言</p>{replies}</body>"
    )
    assert article(page)["text"] == "\n".join(f"第{at}次去，够坐。" for at in range(1, 5))
