"""Pages made for tests: one of an article, and threads as forum software writes them."""

from __future__ import annotations

import polars as pl

from tests.transforms.judgement import WEB
from transforms import pages

PARAGRAPHS = [
    "昨天上午九点，位于河边的市图书馆新馆第一次打开大门，门口排起了长队。",
    "馆长周文说：“新馆的座位比老馆多了三倍，藏书也增加到两百万册。”",
    "借书证可以当场办理，儿童阅览区周末开放到晚上八点。",
]

PAGE = f"""<!DOCTYPE html><html><head><title>市图书馆新馆向读者开放_本地新闻_河边网</title>
<link rel="canonical" href="https://news.example.org/2024/0501/1.html"><meta name="author" content="admin">
<script>var text = "脚本里的文字，不应出现。";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">新闻</a><a href="/b">体育</a><a href="/c">财经</a></div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/local">本地新闻</a> &gt; 正文</div>
<h1>市图书馆新馆向读者开放</h1><div class="info">2024-05-01 08:30 来源：河边晚报 作者：李明</div>
<div class="article-content"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>如何办证</h2><p>{PARAGRAPHS[2]}</p>
<p style="display: none">藏起来的广告文字，谁也看不见，请点击这里。</p></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">老馆将改建为青少年活动中心</a></li>
<li><a href="/2">河边公园二期工程开工，预计明年完成</a></li></ul></div>
<div class="footer"><p>版权所有 河边网 未经授权不得转载。违法和不良信息举报电话：000-0000</p></div></body></html>"""


def article(page: str) -> dict[str, str | None]:
    return pages.articles(pl.DataFrame({"page": [1], "html": [page]}), *WEB).drop("page").to_dicts()[0]


def post(author: str, text: str) -> str:
    return (
        f'<div class="reply-item"><div class="user-info"><a href="/u">{author}</a> 2024-05-01 08:30</div>'
        f'<div class="reply-content"><p>{text}</p></div><div class="actions"><span>点赞</span> <span>回复</span></div>'
        f'<div class="signature">人生如茶，先苦后甜，回味无穷。</div></div>'
    )


def thread(*texts: str, head: str = "") -> str:
    posts = "".join(post(f"读者{number}", text) for number, text in enumerate(texts))
    return (
        f"<head><title>新馆的座位够不够坐？ - 河边论坛</title>{head}</head><body><div class=nav><a href=/>首页</a></div>"
        f'<h1>新馆的座位够不够坐？</h1><p class="count">{len(texts)} 条回复</p><div class="thread">{posts}</div>'
        '<div class="related"><h3>相关话题</h3><a href=/1>老馆的座位</a></div></body>'
    )


def floor(number: int, text: str) -> str:
    return (
        f'<div class="row_reply"><div class="re_info"><a href="#{number}">#{number}</a> - 2024-5-1 08:3{number}</div>'
        f'<div><a href="/u">读者{number}</a> 回复</div><div class="message">{text}</div></div>'
    )


PHPBB = (
    '<div id="p{0}" class="post bg2"><dl class="postprofile"><dt><a href="/u">读者{0}</a></dt></dl><div class="postbody">'
    '<p class="author"><a href="#">帖子</a> 由 读者{0} » 2024年5月1日 08:3{0}</p><div class="content">{1}</div></div>'
    '<div class="signature">人生如茶，先苦后甜。</div></div>'
)
