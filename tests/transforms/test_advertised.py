"""Advertising put into an article is cut from it: from either end of its headline, from between its sentences."""

from __future__ import annotations

import pytest

from tests.transforms.harbour import FIRST, SECOND, THIRD, cleaned, cut, original

HEADLINE = "渔船回港，带鱼个头比往年大"


@pytest.mark.parametrize(
    ("written", "advertised"),
    [
        (f"{HEADLINE}雷鸣体育官网", "雷鸣体育官网"),
        (f"蓝鲸棋牌app下载{HEADLINE}", "蓝鲸棋牌app下载"),
        (f"{HEADLINE}_蓝鲸娱乐平台注册", "_蓝鲸娱乐平台注册"),
        (f"{HEADLINE} - 雷鸣国际开户", " - 雷鸣国际开户"),
        (f"{HEADLINE}|百家乐官网", "|百家乐官网"),
        (f"{HEADLINE}（雷鸣国际登录入口）", "（雷鸣国际登录入口）"),
        (f"雷鸣体育app：{HEADLINE}", "雷鸣体育app："),
    ],
)
def test_a_headline_loses_what_is_put_at_its_ends(written: str, advertised: str) -> None:
    [document] = cleaned(f"{written}\n{FIRST}\n{SECOND}\n{THIRD}")
    assert document["title_original"] == HEADLINE
    assert cut(document) == [("seo_spam", advertised)]
    assert original(document) == f"{written}\n{FIRST}\n{SECOND}\n{THIRD}"


@pytest.mark.parametrize(
    "advertised",
    [
        "雷鸣体育官网登录入口。",
        "想看球赛就来蓝鲸体育app。",
        "蓝鲸棋牌注册送彩金，提款秒到账。",
        "时时彩计划软件免费下载。",
    ],
)
def test_a_sentence_that_advertises_is_cut_from_between_others(advertised: str) -> None:
    text = f"{HEADLINE}\n{FIRST}\n{SECOND}{advertised}{THIRD}"
    [document] = cleaned(text)
    assert document["body_original"] == f"{FIRST}\n{SECOND}{THIRD}"
    assert cut(document) == [("seo_spam", advertised)]
    assert original(document) == text


def test_an_advertisement_in_brackets_is_cut_from_the_sentence_it_is_put_into() -> None:
    before, behind = "渡口的老船工说，今年的带鱼比去年多收了三成，码头上的冷库", "已经装满，卡车要排到夜里。"
    text = f"{HEADLINE}\n{FIRST}\n{before}【雷鸣娱乐城注册送58】{behind}{SECOND}\n{THIRD}"
    [document] = cleaned(text)
    assert document["body_original"] == f"{FIRST}\n{before}{behind}{SECOND}\n{THIRD}"
    assert cut(document) == [("seo_spam", "【雷鸣娱乐城注册送58】")]
    assert original(document) == text


def test_of_a_long_sentence_no_end_is_cut_for_a_word_of_advertising_in_it() -> None:
    long = "渡口边那家开了二十年的渔具店今年也学着在网上做起生意，店主说第一次下单的人注册送鱼饵一包，还包邮到家。"
    [document] = cleaned(f"{HEADLINE}\n{FIRST}\n{SECOND}{long}\n{THIRD}")
    assert document["body_original"] == f"{FIRST}\n{SECOND}{long}\n{THIRD}"


def test_an_article_about_a_site_keeps_its_name() -> None:
    body = "市体育局说，渔港体育官网改版以后，市民可以在体育官网上预订球场，平台同时公布渔港的开放时间。"
    for headline in ("市民怎样订到一片球场 渔港体育官网", "渔港体育官网上线，市民可以订球场了"):
        [document] = cleaned(f"{headline}\n{FIRST}\n{body}\n{THIRD}")
        assert document["title_original"] == headline
        assert document["body_original"] == f"{FIRST}\n{body}\n{THIRD}"
