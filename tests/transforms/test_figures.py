"""Every quantity of an article is found where it stands, with value, unit and bounds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.transforms.measured import IDIOMS, UNITS, documents, found, found_in
from transforms.figures import figures
from transforms.tables.enrichment import Figure

# Body, text, kind, value, lower and upper bound, unit, qualifier.
QUANTITIES = [
    ("设计时速高达350公里", "350公里", "physical", 350, None, None, "km/h", None),
    ("一家四口住在岛上", "四口", "count", 4, None, None, "口", None),
    ("分四大门类看，都有增长", "四大门类", "count", 4, None, None, "大", None),
    ("每10分钟发一班", "10分钟", "duration", 10, None, None, "min", None),
    ("最低气温由零下12.5℃", "零下12.5℃", "temperature", -12.5, None, None, "Cel", None),
    ("最高可处25万元罚款", "25万元", "money", None, None, 250000, "CNY", "at_most"),
    ("这户人家每天用电12度", "12度", "physical", 12, None, None, "kW.h", None),
    ("血糖升到9.5毫摩尔每升", "9.5毫摩尔每升", "physical", 9.5, None, None, "mmol/L", None),
    ("支持80W快充", "80W", "physical", 80, None, None, "W", None),
    ("出动机械35台次", "35台次", "count", 35, None, None, "台次", None),
    ("是全球第五家", "第五家", "ordinal", 5, None, None, "家", None),
    ("产量全国第一", "全国第一", "rank", 1, None, None, None, None),
    ("面积78平方毫米", "78平方毫米", "physical", 78, None, None, "mm2", None),
    ("进度过一成半", "一成半", "percent", 0.15, None, None, "ratio", None),
    ("曾两度到访", "两度", "count", 2, None, None, "度", None),
    ("在公元前120年至公元前50年之间", "公元前120年至公元前50年", "date_range", None, -120, -50, None, None),
    ("身高2米07的中锋", "2米07", "physical", 2.07, None, None, "m", None),
    ("最高票价880元", "880元", "money", 880, None, None, "CNY", None),
    ("比例不要超过一成", "一成", "percent", None, None, 0.1, "ratio", "at_most"),
    ("一天挑12担", "12担", "count", 12, None, None, "担", None),
    ("投资3.2亿元建厂", "3.2亿元", "money", 3.2e8, None, None, "CNY", None),
    ("登记人数为18万4,312人", "18万4,312人", "count", 184312, None, None, "人", None),
    ("负荷一度达到近2600万千瓦", "近2600万千瓦", "physical", None, None, 2.6e7, "kW", "less_than"),
    ("负荷一度逼近2600万千瓦", "2600万千瓦", "physical", None, None, 2.6e7, "kW", "less_than"),
    ("发电120多万千瓦时", "120多万千瓦时", "physical", None, 1.2e6, None, "kW.h", "more_than"),
    ("汇率调升160个基点", "160个基点", "count", 160, None, None, "个基点", None),
    ("最低时只有0.3元", "0.3元", "money", 0.3, None, None, "CNY", None),
    ("标本要切成4块，分别装盒", "4块", "count", 4, None, None, "块", None),
    ("从教六十余载", "六十余载", "duration", None, 60, None, "a", "more_than"),
    ("雁江队2：1河口队", "2：1", "ratio", 2, None, None, "ratio", None),
    ("营业额达1兆5,127亿元，", "1兆5,127亿元", "money", 1.5127e12, None, None, "CNY", None),
    ("耐受-40℃至85℃。", "-40℃至85℃", "temperature", None, -40, 85, "Cel", None),
    ("采用2奈米制程", "2奈米", "physical", 2, None, None, "nm", None),
    ("共20位元。", "20位元", "physical", 20, None, None, "bit", None),
    ("售价US$40起", "US$40", "money", 40, None, None, "USD", None),
    ("每件上千元", "上千元", "money", None, 1000, None, "CNY", "at_least"),
    ("只要几百元", "几百元", "money", None, 200, 999, "CNY", "approx"),
    ("占比35%", "35%", "percent", 0.35, None, None, "ratio", None),
    ("同比增长5.6%", "5.6%", "percent", 0.056, None, None, "ratio", None),
    ("下滑逾 4 成", "4 成", "percent", None, 0.4, None, "ratio", "more_than"),
    ("修了1年8个月", "1年8个月", "duration", 20, None, None, "mo", None),
    ("月薪8k-12k", "8k-12k", "range", None, 8000, 12000, None, None),
    ("清点出7万 5千 4百个", "7万 5千 4百个", "count", 75400, None, None, "个", None),
    ("不低于12%", "12%", "percent", None, 0.12, None, "ratio", "at_least"),
    ("百分之六十", "百分之六十", "percent", 0.6, None, None, "ratio", None),
    ("占三成五", "三成五", "percent", 0.35, None, None, "ratio", None),
    ("约占四分之一", "四分之一", "ratio", 0.25, None, None, "ratio", "approx"),
    ("占比近2/5", "2/5", "ratio", None, None, 0.4, "ratio", "less_than"),
    ("产值翻了三番", "三番", "multiple", 8, None, None, "ratio", None),
    ("达到原来的6倍", "6倍", "multiple", 6, None, None, "ratio", None),
    ("共有73家门店", "73家", "count", 73, None, None, "家", None),
    ("共有80余家门店", "80余家", "count", None, 80, None, "家", "more_than"),
    ("最初不超过9个人，", "9个人", "count", None, None, 9, "个人", "at_most"),
    ("分为七个环节，", "七个环节", "count", 7, None, None, "个", None),
    ("做了数百次试验", "数百次", "count", None, 200, 999, "次", "approx"),
    ("需要20至30万元", "20至30万元", "money", None, 2e5, 3e5, "CNY", None),
    ("需要10万至20万", "10万至20万", "range", None, 1e5, 2e5, None, None),
    ("每包有10~50个，", "10~50个", "range", None, 10, 50, "个", None),
    ("老人87岁", "87岁", "age", 87, None, None, "a", None),
    ("老人接近百岁", "接近百岁", "age", None, None, 100, "a", "less_than"),
    ("产量全国第一", "全国第一", "rank", 1, None, None, None, None),
    ("第三个工作日", "第三个工作日", "rank", 3, None, None, "个工作日", None),
    ("详见第10.5章", "第10.5章", "ordinal", 10.5, None, None, "章", None),
    ("从第10至5名往前追", "第10至5名", "range", None, 5, 10, None, None),
    ("第三到第五阶段", "第三到第五阶段", "range", None, 3, 5, None, None),
    ("历时520余天", "520余天", "duration", None, 520, None, "d", "more_than"),
    ("持续近半个月", "近半个月", "duration", None, None, 0.5, "mo", "less_than"),
    ("花了近一个半月", "近一个半月", "duration", None, None, 1.5, "mo", "less_than"),
    ("走了1小时20分钟", "1小时20分钟", "duration", 80, None, None, "min", None),
    ("晚8时许到达", "晚8时许", "time", None, None, None, None, "approx"),
    ("八九点出门", "八九点", "time", None, None, None, None, "approx"),
    ("下午3时至5时封路", "下午3时至5时", "time", None, None, None, None, None),
    ("8时30分—10时许", "8时30分—10时许", "time", None, None, None, None, "approx"),
    ("20GWh产线投产", "20GWh", "physical", 20, None, None, "GW.h", None),
    ("沿江四省市联手", "四省市", "count", 4, None, None, "省市", None),
    ("1.1亿元至1.3亿元", "1.1亿元至1.3亿元", "money", None, 110000000.0, 130000000.0, "CNY", None),
    ("低至-60℃", "-60℃", "temperature", -60, None, None, "Cel", None),
    ("升到90℃到110℃", "90℃到110℃", "temperature", None, 90, 110, "Cel", None),
    ("厚7纳米", "7纳米", "physical", 7, None, None, "nm", None),
    ("气压10⁻³帕", "10⁻³帕", "physical", 0.001, None, None, "Pa", None),
    ("快一亿亿倍", "一亿亿倍", "multiple", 1e16, None, None, "ratio", None),
    ("指数跌300点收市", "300点", "count", 300, None, None, "点", None),
    ("早上8点50分出发", "早上8点50分", "time", None, None, None, None, None),
    ("全场打85折", "85折", "percent", 0.85, None, None, "ratio", None),
    ("高两公尺", "两公尺", "physical", 2, None, None, "m", None),
    ("近5日放晴", "5日", "duration", 5, None, None, "d", None),
    ("判刑1年6月", "1年6月", "duration", 18, None, None, "mo", None),
    ("是一个大于100 并且小于300 的数", "100 并且小于300", "range", None, 100, 300, None, None),
    ("零下40摄氏度到150摄氏度", "零下40摄氏度到150摄氏度", "temperature", None, -40, 150, "Cel", None),
    ("超过摄氏105度", "摄氏105度", "temperature", None, 105, None, "Cel", "more_than"),
    ("零下二三十摄氏度", "零下二三十摄氏度", "temperature", None, -30, -20, "Cel", None),
    ("误差几万分之一", "几万分之一", "ratio", None, 1 / 90000, 1 / 20000, "ratio", "approx"),
    ("减产三成多", "三成多", "percent", None, 0.3, None, "ratio", "more_than"),
    ("一年内会复发", "一年", "duration", 1, None, None, "a", None),
    ("提前7个月开张", "7个月", "duration", 7, None, None, "mo", None),
    ("七日内交付", "七日", "duration", 7, None, None, "d", None),
    ("卖到三块五，", "三块五", "money", 3.5, None, None, "CNY", None),
    ("一枝卖六毛，", "六毛", "money", 0.6, None, None, "CNY", None),
    ("便宜15块，", "15块", "money", 15, None, None, "CNY", None),
    ("最少的350元", "350元", "money", 350, None, None, "CNY", None),
    ("每股收益-0.15元", "-0.15元", "money", -0.15, None, None, "CNY", None),
    ("同比-3.2%", "-3.2%", "percent", -0.032, None, None, "ratio", None),
    ("每户上限12万元", "12万元", "money", None, None, 120000, "CNY", "at_most"),
    ("共有九十六个档位，", "九十六个", "count", 96, None, None, "个", None),
    ("这两个问题都有答案", "两个", "count", 2, None, None, "个", None),
    ("正赶着第二茬采收", "第二茬", "ordinal", 2, None, None, "茬", None),
    ("降到八成以上", "八成", "percent", None, 0.8, None, "ratio", "at_least"),
    # A bound behind digits is a word of its own.
    ("建成10个左右", "10个", "count", 10, None, None, "个", "approx"),
    ("误差在2%以内", "2%", "percent", None, None, 0.02, "ratio", "at_most"),
    ("以3比2取胜", "3比2", "ratio", 1.5, None, None, "ratio", None),
    ("主队3∶0横扫", "3∶0", "ratio", None, None, None, "ratio", None),
    ("配比约为10:1", "10:1", "ratio", 10, None, None, "ratio", None),
    ("由上年的-0.46亿元转为盈利", "-0.46亿元", "money", -4.6e7, None, None, "CNY", None),
    ("流速为0.12μmol·m⁻²·s⁻¹", "0.12μmol·m⁻²·s⁻¹", "physical", 0.12, None, None, "μmol·m⁻²·s⁻¹", None),
    ("赔了60几万元", "60几万元", "money", None, 6e5, 6.9e5, "CNY", "approx"),
    ("过去一年没有下雨", "一年", "duration", 1, None, None, "a", None),
    ("不到一刻钟就满了", "不到一刻钟", "duration", None, None, 15, "min", "less_than"),
    ("推出三大举措，", "三大举措", "count", 3, None, None, "大", None),
    ("年过七旬", "七旬", "age", 70, None, None, "a", None),
    ("皖北六市", "六市", "count", 6, None, None, "市", None),
    ("传输1.6Tbps", "1.6Tbps", "physical", 1.6, None, None, "Tbit/s", None),
    ("相差三个数量级", "三个数量级", "multiple", 1000, None, None, "ratio", None),
    ("以23秒04称王", "23秒04", "duration", 23.04, None, None, "s", None),
    ("拿到138分", "138分", "count", 138, None, None, "分", None),
    ("不能超过0.3微米", "0.3微米", "physical", None, None, 0.3, "um", "at_most"),
    ("宽度大于3小于9", "3小于9", "range", None, 3, 9, None, None),
    ("得分60以上，80以下", "60以上，80", "range", None, 60, 80, None, None),
    ("三部门联合发文", "三部门", "count", 3, None, None, "部门", None),
    ("数值是五点八", "五点八", "count", 5.8, None, None, None, None),
    ("排在第三作战区", "第三", "ordinal", 3, None, None, None, None),
    ("共有四萬人", "四萬人", "count", 40000, None, None, "人", None),
    ("报价两三千元", "两三千元", "money", None, 2000, 3000, "CNY", "approx"),
    ("来了七八十人", "七八十人", "count", None, 70, 80, "人", "approx"),
    ("招收三五百名", "三五百名", "count", None, 300, 500, "名", "approx"),
    ("大约十七八岁", "十七八岁", "age", None, 17, 18, "a", "approx"),
    ("拖了三四个月", "三四个月", "duration", None, 3, 4, "mo", "approx"),
    ("等了两三年", "两三年", "duration", None, 2, 3, "a", "approx"),
    ("月租三千四五百元", "三千四五百元", "money", None, 3400, 3500, "CNY", "approx"),
    ("有十五六万人", "十五六万人", "count", None, 150000, 160000, "人", "approx"),
    ("只有百分之七八", "百分之七八", "percent", None, 0.07, 0.08, "ratio", "approx"),
    ("不过两三成", "两三成", "percent", None, 0.2, 0.3, "ratio", "approx"),
    ("第二三产业", "第二三", "range", None, 2, 3, None, None),
    ("提高1.5个百分点", "1.5个百分点", "percent", 0.015, None, None, "ratio", None),
    ("提高1.5百分点", "1.5百分点", "percent", 0.015, None, None, "ratio", None),
    ("提高近2个百分点", "近2个百分点", "percent", None, None, 0.02, "ratio", "less_than"),
    ("提高1个至2个百分点", "1个至2个百分点", "percent", None, 0.01, 0.02, "ratio", None),
    ("提高两三个百分点", "两三个百分点", "percent", None, 0.02, 0.03, "ratio", "approx"),
    ("男女1比1分组", "1比1", "ratio", 1, None, None, "ratio", None),
    ("须在15日内办理", "15日", "duration", 15, None, None, "d", None),
    ("处50元以上200元以下罚款", "50元以上200元以下", "money", None, 50, 200, "CNY", None),
    ("外资卖超6420张", "6420张", "count", 6420, None, None, "张", None),
    ("高达2400纳克/毫升", "2400纳克/毫升", "physical", 2400, None, None, "ng/mL", None),
    ("下调25个基点", "25个基点", "count", 25, None, None, "个基点", None),
    ("报价新台币500元", "新台币500元", "money", 500, None, None, "TWD", None),
    ("增资新台币30至40亿元", "新台币30至40亿元", "money", None, 3e9, 4e9, "TWD", None),
    ("定价60元港币", "60元港币", "money", 60, None, None, "HKD", None),
    ("定价港币5万元", "港币5万元", "money", 50000, None, None, "HKD", None),
    ("离岸风电最大出力304.6万瓩", "304.6万瓩", "physical", 3046000, None, None, "kW", None),
    ("风场发电118亿度", "118亿度", "physical", 1.18e10, None, None, "kW.h", None),
    ("每天用30度电", "30度电", "physical", 30, None, None, "kW.h", None),
    ("成交额跌破1.8万亿元", "1.8万亿元", "money", None, None, 1.8e12, "CNY", "less_than"),
    ("用电不到夏季尖峰的一半", "一半", "ratio", None, None, 0.5, "ratio", "less_than"),
    ("不足部分的三成由镇里补", "三成", "percent", 0.3, None, None, "ratio", None),
    ("每百户有彩电31.5台", "31.5台", "rate", 31.5, None, None, "台", None),
]
# Body, text, first day.
DATES = [
    ("2019年5月6日开张", "2019年5月6日", "2019-05-06"),
    ("明年3月开工", "明年3月", "2025-03-01"),
    ("2011年到2015年在建", "2011年到2015年", "2011-01-01"),
    ("今（17）日开张", "今（17）日", "2024-04-17"),
    ("7/13停班", "7/13", "2024-07-13"),
    ("113年5月开张", "113年5月", "2024-05-01"),
    ("3月中下旬开张", "3月中下旬", "2024-03-01"),
    ("9月末开张", "9月末", "2023-09-01"),
    ("今年底前开张", "今年底", "2024-12-01"),
    ("年底前开张", "年底", "2024-12-01"),
    ("上半年访客增加", "上半年", "2024-01-01"),
    ("前3个月访客增加", "前3个月", "2024-01-01"),
    ("2022年前七个月访客增加", "2022年前七个月", "2022-01-01"),
    ("今（17）日上午开张", "今（17）日", "2024-04-17"),
    ("今年首三个月访客增加", "今年首三个月", "2024-01-01"),
    ("今年 3 月 12 日开张", "今年 3 月 12 日", "2024-03-12"),
]
# Bodies without a figure.
NOTHING = [
    "二期还没有动工", "碳十四测年", "喝了二两米酒", "江湾精密（6897）开会", "在3号灶旁",
    "登陆台湾",
    "1. 桥梁局公布进度。\n2、隧道即将贯通。",
    "咨询请拨020-12333",
    "SPDR金ETF（02840）",
    "位于北纬53度",
    "苏花公路104.9公里处",
    "拨开“文椰6号”",
    "依据第13.2.3条",
    "第一件事是泼水",
    "第一次登台",
    "岁末年初的街市", "大年初六门票售罄", "第二期工程完工",
    "三大指数走强",
    "这几年又热了起来", "近几年又热了起来", "前几年又热了起来",
    "14号染色体上的区域", "2021级学员", "改乘第17路巴士", "披露2023年三季报", "三毛这个孩子", "占比从零升上来",
    "90后店主", "城里的七小虎", "搭载GPT-4的机器", "5G基站", "坐得十年冷", "共建一带一路", "一个办法", "一些人",
    "一直努力", "“五个一”工程", "“9颗星星”的故事", "拨打010-87654321", "《一千零一夜》", "十四届三中全会", "百姓",
    "十分满意", "万一下雨", "数字中国", "从0到1", "打通最后一公里",
    "乘3U8888航班", "住在长安路12号", "推进“17+1”合作", "搭乘波音787 MAX", "全球500强", "食堂统一打饭", "同一天开张", "小学一至三年级", "八九十年代流行",
    "见其综述[12]", "拨打12345求助", "回味一番", "iPhone 15 Pro开售", "走进第158窟", "见国发〔2023〕12号", "危机四伏", "58同城上线", "两三万一平米", "第八十中学",
]  # fmt: skip
Figures = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def figures_of() -> Figures:
    """{body: its figures}. That neighbours change none of them is a law of test_figures_laws."""
    return found_in([*(row[0] for row in (*QUANTITIES, *DATES)), *NOTHING])


@pytest.mark.parametrize(("body", "text", "kind", "value", "low", "high", "unit", "qualifier"), QUANTITIES)
def test_a_quantity_has_its_value_bounds_and_unit(
    body: str, text: str, kind: str, value: float | None, low: float | None, high: float | None, unit: str | None,
    qualifier: str | None, figures_of: Figures,
) -> None:  # fmt: skip
    rows = figures_of[body]
    assert [row["text"] for row in rows] == [text]
    row = rows[0]
    assert (row["kind"], row["unit"], row["qualifier"]) == (kind, unit, qualifier)
    for name, expected in (("value", value), ("value_min", low), ("value_max", high)):
        assert row[name] == (None if expected is None else pytest.approx(expected)), name


@pytest.mark.parametrize(("body", "text", "first"), DATES)
def test_a_date_has_its_first_day(body: str, text: str, first: str, figures_of: Figures) -> None:
    assert [(row["text"], str(row["date_value"])) for row in figures_of[body]] == [(text, first)]


def test_what_comes_of_each_so_many_is_a_rate() -> None:
    assert [(row["text"], row["kind"]) for row in found("每10辆里就有1辆")] == [("10辆", "count"), ("1辆", "rate")]


def test_the_part_of_a_day_belongs_to_the_hour() -> None:
    assert [row["text"] for row in found("昨日凌晨2时许起火")] == ["凌晨2时许"]


def test_a_share_does_not_run_on_into_an_amount() -> None:
    assert [row["text"] for row in found("收入下滑6.2%至8.13亿元")] == ["6.2%", "8.13亿元"]


@pytest.mark.parametrize("body", NOTHING)
def test_what_is_no_figure(body: str, figures_of: Figures) -> None:
    assert figures_of[body] == []


def test_a_range_of_years_has_its_years_as_bounds() -> None:
    (row,) = found("2011年到2015年在建")
    assert (row["kind"], row["value_min"], row["value_max"]) == ("date_range", 2011, 2015)


def test_a_share_that_falls_is_a_range_whose_order_is_doubted() -> None:
    (row,) = found("税率由百分之八至百分之五")
    assert (row["value_min"], row["value_max"], row["is_suspect"]) == (0.05, 0.08, True)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("判囚28个月至5年", 28, 60, "mo"),
        ("全程800米至2公里", 800, 2000, "m"),
        ("全程2公里至2500米", 2000, 2500, "m"),
        ("用时40分钟至2小时", 40, 120, "min"),
        ("6个月至3岁的幼儿", 6, 36, "mo"),
        ("取5克到10毫升", None, None, "mL"),
    ],
)
def test_a_range_of_two_units_has_its_bounds_in_the_smaller_one(text: str, low: float, high: float, unit: str) -> None:
    (row,) = found(text)
    assert (row["value_min"], row["value_max"], row["unit"], row["is_suspect"]) == (low, high, unit, False)


@pytest.mark.parametrize("body", ["大于3×1018m·s时点火", "从10⁻³帕到10⁻⁸帕"])
def test_damage_is_marked_and_the_text_kept(body: str) -> None:
    (row,) = found(body)
    assert row["is_suspect"]
    assert row["note"]
    assert row["text"] in body


@pytest.mark.parametrize(
    "body",
    ["分辨率1920×10800", "画面1920×1080", "屏幕1024×1024", "2×1050MW", "4×100米接力", "板材20×1000", "相距1e400米", "约10⁹⁹⁹米", "5×10³⁰⁸公里"],
)  # fmt: skip
def test_what_is_no_power_of_ten_or_beyond_all_numbers_is_no_figure(body: str) -> None:
    assert found(body) == []


def test_title_body_and_headings_are_numbered_in_order() -> None:
    table = figures(documents("共3家。又有5台。", title="12天建成", headings=("开篇", "9名队员")), UNITS, IDIOMS)
    assert table.select("ordinal", "where_found", "text", "start_offset").rows() == [
        (0, "title", "12天", 0), (1, "body", "3家", 1), (2, "body", "5台", 6), (3, "heading", "9名", 0),
    ]  # fmt: skip
    Figure.validate(table, cast=True)
