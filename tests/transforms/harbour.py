"""A short article, the noise pages put around it, and how it comes out of the cleaning."""

from __future__ import annotations

from typing import Any

import polars as pl

import seeds
from tests.transforms.judgement import SHIPPED
from transforms.clean.article import cleaned_parts
from transforms.spans import rebuild

RULES = seeds.table("noise_rules")
FIRST = "清晨六点，渔船陆续靠岸，岸边的秤和筐已经摆开，买鱼的人排成了两列，谁也不愿错过头一批鲜货。"
SECOND = "码头管理员说，今年开渔比往年早了三天，水温偏高，近海的带鱼个头反而更大，价格也稳得住。"
THIRD = "傍晚，最后一条船回港，灯火沿着堤岸亮起来，孩子们提着小桶去看卸货，老人坐在缆桩上抽烟。"


def cleaned(*texts: str, titles: list[str | None] | None = None) -> list[dict[str, Any]]:
    frame = pl.DataFrame(
        {
            "document_id": [f"{number:016x}" for number in range(len(texts))],
            "text": texts,
            "title_field": titles or [None] * len(texts),
        },
        schema={"document_id": pl.String, "text": pl.String, "title_field": pl.String},
    )
    return cleaned_parts(frame, RULES, SHIPPED).to_dicts()


def cut(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(r["category"], r["text"]) for r in document["removed"] if r["category"] != "whitespace"]


def original(document: dict[str, Any]) -> str:
    return rebuild(
        document["title_original"],
        document["title_start_offset"],
        document["headings"],
        document["body_original"],
        document["removed"],
        document["repairs"],
    )


NOISE = [
    ("breadcrumb", "首页 > 要闻 > 正文", "top"),
    ("byline", "2023-08-16 05:40:12来源:海港晚报", "top"),
    ("reading_time", "(全文约1800字,读完约需4分钟)", "top"),
    ("banner", "字号：大 中 小 打印", "top"),
    ("boilerplate", "原标题：开渔第一天", "top"),
    ("banner", "/// END ///", "bottom"),
    ("breadcrumb", "第B3版：港灣", "top"),
    ("photo_credit", "封面来源｜某某图库", "top"),
    ("banner", "参与互动(0)", "top"),
    ("banner", "选船就看青禾渔汛，及时全面，助您满载而归！", "top"),
    ("banner", "海量渔讯、每日更新，尽在青禾渔汛APP", "bottom"),
    ("disclaimer", "*应受访者要求，文中孙三、周四均为化名。", "bottom"),
    ("disclaimer", "免責宣告：本文只代表作者本人，轉述前請核對。", "bottom"),
    ("related", "相关文件：青禾县渔业局关于渔船年检的通知", "bottom"),
    ("contact", "政策咨询电话：12345、010-12333", "bottom"),
    ("nav_footer", "上一篇 返回目錄 下一篇", "bottom"),
    ("nav_footer", "青禾简介 | About Qinghe | 青禾渔讯 | 联系我们 | 招聘信息 | 渔船登记 | 产品答疑", "bottom"),
    ("byline", "（责任编辑：林小舟）", "bottom"),
    ("byline", "文|林小舟", "bottom"),
    ("author_bio", "作者简介：海洋学硕士，常年记录渔港。", "bottom"),
    ("disclaimer", "免责声明：本文只代表作者本人，转述前请核对。", "bottom"),
    ("platform_notice", "特别声明：以上内容由自媒体平台用户上传并发布，本平台只作存储。", "bottom"),
    ("copyright", "版权所有：海港资讯 2011-2019", "bottom"),
    ("copyright", "声明：稿件未经许可，谢绝转载", "bottom"),
    ("contact", "业务QQ:2 20 417 936", "bottom"),
    ("contact", "投稿邮箱|port@example.org", "bottom"),
    ("nav_footer", "关于我们 - 联系方式 - 网站地图 - 人才招聘", "bottom"),
    ("nav_footer", "关键词:", "bottom"),
    ("disclaimer", "青禾新报·青禾网声明：凡本网注明“来源：青禾新报”的所有作品，未经书面授权不得转载、摘编。", "bottom"),
    ("nav_footer", "關於青禾社 | 聯絡我們 | 著作權聲明 | 訂閱渔報 | 隱私權政策", "bottom"),
    ("caption", "第一艘漁船14日清晨回港卸貨。青禾社記者周岸攝 115年8月16日", "bottom"),
    ("caption", "老沈的新船开渔号（图片来自青禾渔港直播）", "bottom"),
    (
        "banner",
        "小中大 转给朋友 打开微信，点击下方“发现”，使用“扫一扫”就能转发。 评论 12",
        "top",
    ),
    ("photo_credit", "青禾日报记者 周岸摄/青禾图片", "bottom"),
    ("nav_footer", "相關字詞﹕開漁 渔港", "bottom"),
    ("related", "相关文章", "bottom"),
    ("dateline", "某华社宁波8月16日电", "bottom"),
    (
        "seo_spam",
        "钓鱼网站大全| 海钓装备批发| 钓竿钓线钓饵| 海钓船票预订| 钓鱼视频下载| 钓鱼论坛推荐| 海钓直播在线|",
        "bottom",
    ),
]


CONTENT = [
    "带鱼。",
    "“人人有鱼，年年有余。”",
    "第一步，先看天；第二步，再看水；",
    "渔业(知识)→市场(价格)→餐桌(口味)，三者环环相扣。",
    "鱼汛分布很广（如下图所示）。",
    "这到底是为什么？",
    "记者：您怎么看今年的行情？",
    "他把投稿的事说了一遍，又问来源是否可靠。",
    "2023年8月16日，码头迎来开渔后的第一批客人。",
]
