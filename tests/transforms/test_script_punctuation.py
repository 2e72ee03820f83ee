"""Chinese marks in Chinese, Western marks elsewhere."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.script import canonical_punctuation

ALPHABET = '中文a1 ,:;?!()".…。，（）「」“”%\n\u3000・Ａ'


def canonical(text: str, *, is_display_line: bool = False) -> str:
    return canonical_punctuation(pl.Series([text]), is_display_line=is_display_line)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他說,好;真的?真的!", "他說，好；真的？真的！"),
        ("大于４，５６５，小于１，２３４，５６７", "大于4,565，小于1,234,567"),
        ("新品(Beta版)上市", "新品（Beta版）上市"),
        ("甲(乙(丙)丁)", "甲（乙（丙）丁）"),
        ("「外『內』外」", "“外‘内’外”".replace("内", "內")),
        ("等等...還有。。。", "等等……還有……"),
        ("破曉： 出發", "破曉：出發"),
        ("“小鎮” 醒來", "“小鎮”醒來"),
        ("使用 Python 寫作", "使用 Python 寫作"),
        ("未 來 可 期 。", "未來可期。"),
        ("２０２４年Ａ股漲５％", "2024年A股漲5%"),
        ("約翰‧史密斯", "約翰·史密斯"),
        ("在7月,共3家", "在7月，共3家"),
        ("共3,漲了", "共3，漲了"),
        ('他说,"再等一天",又说:"风会停的。"', "他说，“再等一天”，又说：“风会停的。”"),
        ("＂開渔＂第一天", "“開渔”第一天"),
        ("等等﹐看︰｢潮水｣来了︒", "等等，看：“潮水”来了。"),
        ("穩得住…\x0b新\u2028橋", "穩得住……新橋"),
    ],
)
def test_beside_han_characters(text: str, expected: str) -> None:
    assert canonical(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12:30 到 1,300 元",
        "10⁻⁶、℃、①、3×4",
        "https://example.org/?a=1,2",
        "Yes, we can: try (it)!",
        "圓周率3.14",
        '27"屏幕与24"屏幕各一台',
        '他说"再等一天，没有说完',
        'He said "wait" and left.',
        "●●●@●●●",
    ],
)
def test_what_must_stay_is_left_alone(text: str) -> None:
    assert canonical(text) == text


def test_no_canonical_text_holds_a_control_character() -> None:
    assert canonical("渡\x1f口\x02的\x03老船\x1e、\x00灯\x7f塔") == "渡口的老船、灯塔"


def test_a_display_line_keeps_the_blank_between_names() -> None:
    assert canonical("甲乙　丙丁 ： 戊己", is_display_line=True) == "甲乙 丙丁：戊己"
    assert canonical("甲乙的“丙丁” 戊己", is_display_line=True) == "甲乙的“丙丁” 戊己"
    assert canonical("甲乙的“丙丁” 戊己") == "甲乙的“丙丁”戊己"
    assert canonical("甲乙丙 《丁戊》展出", is_display_line=True) == "甲乙丙 《丁戊》展出"
    assert canonical("甲乙丙 《丁戊》 展出") == "甲乙丙《丁戊》展出"


def test_a_line_of_words_keeps_the_blanks_that_set_them_apart_and_torn_words_lose_theirs() -> None:
    assert (
        canonical("早市有三样鲜货。\n带鱼 小黄鱼　海 虾\n买的人 很多。")
        == "早市有三样鲜货。\n带鱼 小黄鱼 海 虾\n买的人很多。"
    )
    assert canonical("渔 港 早 市") == "渔港早市"
    assert canonical("东港 晴 西港 雨 南港 雾") == "东港 晴 西港 雨 南港 雾"


def test_the_column_given_is_not_written_to() -> None:
    texts = pl.Series(["中,文", "plain"])
    canonical_punctuation(texts)
    assert texts.to_list() == ["中,文", "plain"]


@settings(max_examples=60)
@given(st.lists(st.text(alphabet=ALPHABET, max_size=25), min_size=1, max_size=20), st.booleans())
def test_canonical_twice_is_canonical_once(texts: list[str], is_display_line: bool) -> None:
    once = canonical_punctuation(pl.Series(texts), is_display_line=is_display_line)
    assert canonical_punctuation(once, is_display_line=is_display_line).to_list() == once.to_list()
