"""Names of people, places, organisations and things are found, counted and told apart."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from transforms.entities import mentions
from transforms.tables.enrichment import Mention
from transforms.words import segmentations

KINDS = ["confusables", "places", "organisations", "people", "products", "concepts"]
GAZETTEER = pl.concat([seeds.table(f"gazetteer/{kind}") for kind in KINDS])
SUFFIXES = seeds.table("gazetteer/org_suffixes")
PATTERNS = seeds.table("gazetteer/name_patterns")
SEEDS = (
    seeds.table("gazetteer/surnames"),
    seeds.table("gazetteer/titles_roles"),
    SUFFIXES,
    seeds.table("gazetteer/name_characters"),
    seeds.table("gazetteer/context_words"),
    PATTERNS,
)
HEADINGS = pl.List(pl.Struct({"text_hans": pl.String}))


def frame(bodies: list[str], title: str = "") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_id": [f"{n:016x}" for n in range(len(bodies))],
            "title_hans": title,
            "body_hans": bodies,
            "headings": pl.Series([[] for _ in bodies], dtype=HEADINGS),
        }
    )


def read(documents: pl.DataFrame) -> pl.DataFrame:
    return mentions(documents, segmentations(documents), GAZETTEER, *SEEDS)


def named(body: str, title: str = "") -> dict[str, dict[str, Any]]:
    rows = read(frame([body], title))
    Mention.validate(rows)
    for row in rows.iter_rows(named=True):
        if row["first_offset"] is not None:
            assert body[row["first_offset"] :].startswith(row["surface"])
    return {row["entity_id"]: row for row in rows.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("工程师周栋梁就在现场。", "person:周栋梁"),
        ("画师陆知行说，天要下雨。", "person:陆知行"),
        ("“图在脑子里。”周再坤说。周再坤笑了，大家看着周再坤。", "person:周再坤"),
        ("种粮大户田桂芳算过账。", "person:田桂芳"),
        ("学员吴显明最爱画画。", "person:吴显明"),
        ("副教授何静之长期研究民居。", "person:何静之"),
        ("渔民吴陈秀枝则说，今年好多了。", "person:吴陈秀枝"),
        ("局长刘海生曾明确表示，路要修。", "person:刘海生"),
        ("教授Martin Hollis评价说，这很好。", "person:Martin Hollis"),
        ("主帅巴拉尔迪尼上赛季执教别处。", "person:巴拉尔迪尼"),
        ("财长阿尔巴伊拉克当天公布了计划。", "person:阿尔巴伊拉克"),
        ("昨晚巴洛萨姆（Jude Balossam）进了两球。", "person:巴洛萨姆"),
        ("作家安妮莎．赫鲁写了食谱。", "person:安妮莎·赫鲁"),
        ("牧民才让多杰养了三百只羊。", "person:才让多杰"),
        ("青海省能源局昨天发了通知。", "organisation:青海省能源局"),
        ("海西州能源局局长答复了他。", "organisation:海西州能源局"),
        ("他在吉林银行上班。", "organisation:吉林银行"),
        ("贵州上游水电开发有限责任公司是租户。", "organisation:贵州上游水电开发有限责任公司"),
        ("《每日经济新闻》联系了他。", "organisation:每日经济新闻"),
        ("《青禾晚报》登了这件事。", "organisation:青禾晚报"),
        ("他在浙江江山种茶。", "place:江山市"),
        ("教练卡洛斯·洛佩斯赛后说，踢得好。", "person:卡洛斯·洛佩斯"),
        ("何塞·马洛夫和爱德华·巴希尔昨天离任。", "person:何塞·马洛夫"),
        ("总统亚历山大·马洛夫到访。", "person:亚历山大·马洛夫"),
        ("校长乐正弦带领学生宣誓，乐正弦说了话。", "person:乐正弦"),
        ("美军在塔拉瓦岛登陆。", "place:塔拉瓦岛"),
        ("他们在水晶湾潜水。", "place:水晶湾"),
        ("产线落在合肥经开区。", "place:合肥经开区"),
        ("他走到深水埗大南街。", "place:大南街"),
        ("吉林桦甸变电站地处偏远。", "place:桦甸变电站"),
        ("吉林莫莫格国家级自然保护区来了候鸟。", "place:莫莫格国家级自然保护区"),
        ("丹娜丝台风过后，村里停了电。", "event:台风丹娜丝"),
        ("公司推出机器人Lindo L1。", "product:Lindo L1"),
        ("柚农潘栋梁苦笑说，再等十天。", "person:潘栋梁"),
        ("教授夏栋梁团队算过一笔账。", "person:夏栋梁"),
        ("她碰见旧同事阿Ben。", "person:阿Ben"),
        ("据青江市临港区岛石镇党委介绍。", "place:岛石镇"),
        ("晨雾罩着海南文昌东郊镇的椰林。", "place:东郊镇"),
        ("滨海市社会保险基金中心养老保险科答复了。", "organisation:滨海市社会保险基金中心"),
        ("山南二院和台江县人民医院结对。", "organisation:台江县人民医院"),
        ("双方因荷姆兹海峡起了争执。", "place:荷姆兹海峡"),
        ("西藏日喀则市仁欧村的支部书记回来了。", "place:仁欧村"),
        ("总统托卡耶夫表示欢迎。", "person:托卡耶夫"),
        ("我们也希望青禾物联网论坛办下去。", "event:青禾物联网论坛"),
        ("他读完《山海夜话》就睡了。", "product:《山海夜话》"),
        ("青东先进制造联合研究院开张了。", "organisation:青东先进制造联合研究院"),
        ("据报道，省科技厅发了文。", "organisation:省科技厅"),
        ("项目落户大墅工业园。", "place:大墅工业园"),
        ("首席分析师贺兰舟在报告里写道。", "person:贺兰舟"),
        ("董秘白望舒向媒体表示。", "person:白望舒"),
        ("星海新材（600123.SH）披露了业绩。", "organisation:星海新材"),
        ("澜溪湖海拔两千米。", "place:澜溪湖"),
        ("他毕业于青江大学网络与媒体学院。", "organisation:青江大学网络与媒体学院"),
        ("姜山：这一点值得一提。", "person:姜山"),
        ("导演：池磊。", "person:池磊"),
        ("他乘车到了饶埠乡。", "place:饶埠乡"),
        ("据悉，俄陆军换了装备。", "organisation:俄陆军"),
        ("中国驻马来西亚大使馆发出提醒。", "organisation:中国驻马来西亚大使馆"),
        ("沪深300指数午后走高。", "product:沪深300指数"),
        ("博士萨姆（Jude Balossam）缺席。", "person:萨姆"),
        ("尼古拉·马卡罗夫当天表示支持。", "person:尼古拉·马卡罗夫"),
        ("周岚望着窗外，不说话。", "person:周岚"),
        ("常务理事兼秘书长周荫如。", "person:周荫如"),
        ("金石开：这一点值得一提。", "person:金石开"),
        ("周栋梁、陆朝阳等人都来了。", "person:陆朝阳"),
        ("会上，青禾市住房保障和房产管理局答复了提问。", "organisation:青禾市住房保障和房产管理局"),
        ("北京勘察设计协会副会长到了。", "organisation:北京勘察设计协会"),
        ("他是国家发改委宏观经济研究院研究员。", "organisation:国家发改委宏观经济研究院"),
        ("位于莲石路和长兴路之间。", "place:莲石路"),
        ("他翻过了库克山。", "place:库克山"),
        ("“这样最好。”周栋梁说。", "person:周栋梁"),
        ("周栋梁教授主持了答辩。", "person:周栋梁"),
        ("何雨桐、段永平均为校友。", "person:段永平"),
        ("段永平均为校友。", "person:段永平"),
        ("何雨桐、王永平均表示支持。", "person:王永平"),
        ("作家阿卜·巴卡里认为，旅行改变了他。", "person:阿卜·巴卡里"),
        ("他毕业于青禾理工大学物理系。", "organisation:青禾理工大学"),
        ("案件由绍兴市公安局侦办。", "organisation:绍兴市公安局"),
        ("温州市政府发布了通知。", "organisation:温州市政府"),
        ("会议在余杭区举行。", "place:余杭区"),
        ("主演周栋梁梁佩兰都到了现场。", "person:梁佩兰"),
        ("总参谋长马卡罗夫没有回答。", "person:马卡罗夫"),
        ("昨晚，大使特雷莎·马洛夫离任。", "person:特雷莎·马洛夫"),
        ("储备银行行长保尔森和部下道别。", "person:保尔森"),
        ("县委主任毛兴国表示，路已修好。", "person:毛兴国"),
        ("营销经理仲跻伟透露了细节。", "person:仲跻伟"),
        ("副主任黄信敬解释了缘由。", "person:黄信敬"),
        ("总统侯赛因·巴希尔昨晚抵达。", "person:侯赛因·巴希尔"),
        ("外界注意到，克洛普斯基14日现身。", "person:克洛普斯基"),
        ("欢迎北京青禾房地产开发有限公司的代表。", "organisation:北京青禾房地产开发有限公司"),
        ("青禾国际旅行社有限公司是被告。", "organisation:青禾国际旅行社有限公司"),
        ("温州市国土资源局答复了他。", "organisation:温州市国土资源局"),
        ("主席姚刚和国家外汇管理局的人都在。", "organisation:国家外汇管理局"),
        ("意大利埃特纳火山再次喷发。", "place:意大利埃特纳火山"),
        ("比赛开始前，荷兰队已经热身。", "organisation:荷兰队"),
        ("里昂客场连胜三轮。", "organisation:里昂队"),
        ("主帅认为里昂的锋线更强，赔率也低。", "organisation:里昂队"),
        ("里昂的锋线更强，赔率也低。", "organisation:里昂队"),
        ("俄军昨天后撤。", "organisation:俄罗斯军队"),
        ("湖北铭禾期货的研究员没有回应。", "organisation:湖北铭禾期货"),
        ("深圳市公安局发布通告。", "organisation:深圳市公安局"),
        ("她读完了《山海之间》。", "product:《山海之间》"),
        ("新模型QiuShi-V3已经上线。", "product:QiuShi-V3"),
        ("全国乡村阅读推广大会昨天闭幕。", "event:全国乡村阅读推广大会"),
        ("这项制度叫“塘长制”，村村都有。", "concept:塘长制"),
        ("村里实行“片区网格员制”。", "concept:片区网格员制"),
        ("“远山号”昨天返航。", "product:远山号"),
        ("“青影X7”在展台上跳舞。", "product:青影X7"),
        ("台风“青鸟”昨夜登陆。", "event:青鸟"),
        ("余杭区星海科技城昨天揭牌。", "place:星海科技城"),
        ("她得了慢性粒细胞白血病。", "concept:慢性粒细胞白血病"),
        ("医生给他开了“信美利单抗”。", "product:信美利单抗"),
        ("添泊智能科技有限公司没有回应。", "organisation:添泊智能科技有限公司"),
        ("余杭区防汛工作领导小组昨天开会。", "organisation:余杭区防汛工作领导小组"),
        ("外长扎里夫14日抵达。", "person:扎里夫"),
        ("市长蒋万安今天到场。", "person:蒋万安"),
        ("副局长周国平坦言，路不好走。", "person:周国平"),
        ("议员周启谦则认为，路要先修。", "person:周启谦"),
        ("导演程野：票房之外。程野执导的片子上映，程野到场。", "person:程野"),
        ("他师从学者波格丹诺夫，三年后回国。", "person:波格丹诺夫"),
        ("当局提醒居民向房屋局登记。", "organisation:房屋局"),
        ("小组主席雷永昌表示，样本不多。", "person:雷永昌"),
        ("被告人周某伙同他人行骗。", "person:周某"),
        ("被告人王某某当庭认罪。", "person:王某某"),
        ("乘客杨女士坐在后排。", "person:杨女士"),
        ("村医次仁卓玛背着药箱出门。", "person:次仁卓玛"),
        ("她在饶埠镇青石沟村教书。", "place:青石沟村"),
        ("案件由朱集区人民法院审理。", "organisation:朱集区人民法院"),
        ("伤者送往青江大学第一附属医院。", "organisation:青江大学第一附属医院"),
        ("记者从浙江省公安厅交警总队获悉。", "organisation:浙江省公安厅交警总队"),
        ("会上，县供销社作了发言。", "organisation:县供销社"),
        ("片商“远山影业”办了庆功宴。", "organisation:远山影业"),
        ("他毕业于青江大学李文正医学院。", "organisation:青江大学李文正医学院"),
        ("她服用美伐替尼已有三年。", "product:美伐替尼"),
        ("云骁智能发布新品，云骁智能称备货充足。", "organisation:云骁智能"),
        ("北京律师协会派了人来。", "organisation:北京律师协会"),
        ("杭州市公安局秦淮分局瑞金路派出所民警赶到。", "organisation:杭州市公安局秦淮分局瑞金路派出所"),
        ("记者从江苏省林业和草原局获悉。", "organisation:江苏省林业和草原局"),
        ("货物由汕头海关放行。", "organisation:汕头海关"),
        ("银桥乳业的奶粉卖到海外。", "organisation:银桥乳业"),
        ("食药署要求下架。", "organisation:食品药物管理署"),
        ("学会会员陆清和认为，账要算清。", "person:陆清和"),
        ("主教练邱长河连换三人。", "person:邱长河"),
        ("研究生陆雨桥为第一作者。", "person:陆雨桥"),
    ],
)
def test_a_name_is_found(body: str, expected: str) -> None:
    assert expected in named(body)


def test_the_longest_name_counts_and_its_parts_do_not() -> None:
    found = named("浙江大学医学院附属第一医院开了新门诊。")
    assert "place:浙江" not in found
    assert "organisation:浙江大学" not in found


def test_a_body_is_one_with_and_without_its_place() -> None:
    found = named("芜湖市鸠江区人民法院开庭，鸠江区人民法院当庭宣判。")
    assert found["organisation:芜湖市鸠江区人民法院"]["mention_count"] == 2


def test_a_clinic_of_a_university_goes_by_its_own_name() -> None:
    found = named("青江大学附属山河医院收了她，山河医院的医生说没事。")
    assert found["organisation:青江大学附属山河医院"]["mention_count"] == 2


def test_a_compound_that_recurs_is_a_product_and_its_short_forms_lead_to_it() -> None:
    found = named("海湾智慧养殖管理平台上线。用过海湾智慧养殖管理平台的人说好，智慧养殖管理平台省心，海湾平台也快。")
    assert found["product:海湾智慧养殖管理平台"]["mention_count"] == 4
    assert not [name for name in found if name.startswith("product:") and name != "product:海湾智慧养殖管理平台"]


def test_said_once_a_compound_is_no_name() -> None:
    assert not [name for name in named("大家都用上了海湾智慧养殖管理平台。") if "平台" in name]


def test_a_brand_is_the_company_whose_name_it_opens() -> None:
    found = named("浙江省苏禾控股集团有限公司成立。苏禾副总裁丁海到场。")
    assert found["organisation:苏禾控股集团有限公司"]["mention_count"] == 2
    assert "person:苏禾" not in found


def test_a_company_goes_by_the_end_of_its_name_without_the_legal_form() -> None:
    body = "远山青禾科技股份有限公司受到谴责。青禾科技提出申辩。青禾科技说已收回款项。"
    assert named(body)["organisation:远山青禾科技股份有限公司"]["mention_count"] == 3


def test_names_of_one_thing_are_one_entity() -> None:
    found = named("浙江省最近很忙。浙江的企业多。我国经济向好，中国制造出海。")
    assert found["place:浙江"]["mention_count"] == 2
    assert found["place:浙江"]["aliases"] == "浙江省"
    assert found["place:中国"]["mention_count"] == 2
    assert found["place:中国"]["surface"] == "我国"


def test_a_short_form_in_brackets_is_that_of_the_longest_name_before_it() -> None:
    found = named("经合组织另有安排。亚太经合组织（APEC）的会议今天闭幕，APEC下次在秋天开会。")
    assert found["organisation:亚太经合组织"]["aliases"] == "APEC"


def test_the_gazetteer_says_what_a_surface_stands_for() -> None:
    found = named("中央纪委召开会议，中央纪律检查委员会随后通报。")
    assert found["organisation:中央纪律检查委员会"]["mention_count"] == 2
    assert "organisation:中央纪委" not in found


def test_an_abbreviation_belongs_to_the_name_it_shortens() -> None:
    found = named("江西省材料技术研究院成立十年。江西材研院有三百人，材研院还在招人。")
    assert found["organisation:江西省材料技术研究院"]["mention_count"] == 3


def test_brackets_give_another_name() -> None:
    found = named("一家叫DeepSeek（深度求索）的公司火了，深度求索位于杭州。")
    assert found["organisation:深度求索"]["mention_count"] == 3


def test_title_alone_has_no_offset() -> None:
    row = named("天气晴朗。", title="杭州迎来春天")["place:杭州"]
    assert (row["first_offset"], row["in_title"], row["mention_count"]) == (None, True, 1)


@pytest.mark.parametrize(
    ("body", "forbidden"),
    [
        ("周栋梁说，周栋梁说了三遍。", "person:周栋梁说"),
        ("他们站在科技前沿。", "person:沿"),
        ("北京大学生运动会很热闹。", "organisation:北京大学"),
        ("今日本报讯，天气转凉。", "place:日本"),
        ("新模型GPT-4o发布。", "product:GPT-4"),
        ("这家公司和该集团都没有回应。", "organisation:这家公司"),
        ("MAIL是一封信。", "product:人工智能"),
        ("执行人合同里写得很清楚。", "place:同里"),
        ("深化中央财政科技改革。", "organisation:中央财政科技"),
        ("各地贫困地区都在修路。", "place:贫困地区"),
        ("展览昨天在里昂开幕。", "organisation:里昂队"),
        ("球队在里昂备战，主帅谈到客场联赛。", "organisation:里昂队"),
        ("路基宽度，段永平均为三米。", "person:段永平"),
        ("第三段永平均为优。", "person:段永平"),
        ("他们、高中平均为优。", "person:高中平"),
        ("李平均为优。", "person:李平"),
        ("他以军事为业。", "organisation:以色列国防军"),
        ("中国驻马来西亚大使馆发出提醒。", "organisation:马来西亚大使馆"),
        ("中国驻韩国大使在使馆会见了客人。", "organisation:中国驻韩国大使在使馆"),
        ("每公斤五十林吉特，林吉特走强。", "person:林吉特"),
        ("巴洛萨姆（Balossam Springs）下了雨。", "person:巴洛萨姆"),
        ("主席特雷莎·马洛夫离任。", "person:席特雷莎·马洛夫"),
        ("台风“青鸟”在沿海登陆，“青鸟”减弱。", "person:青鸟"),
        ("他在广东汕头长大。", "place:广东汕头"),
        ("中塞两国在中塞边境设站。", "place:中塞"),
        ("一名国民议会议员昨天辞职。", "event:一名国民议会议"),
        ("周栋梁会见全国乡村阅读推广大会代表。", "event:周栋梁会见全国乡村阅读推广大会"),
        ("公立医院和上市公司都来了。", "organisation:公立医院"),
        ("这是件“小事”，不过“小事”也要办。", "concept:小事"),
        ("促进长治久安。", "place:长治"),
        ("周活跃用户近亿。", "person:周活跃"),
        ("沿海地区的渔港开了。", "place:海地"),
        ("毕业生来杭州，住下了。", "person:来杭州"),
        ("他住在崇礼县的山上。", "place:礼县"),
        ("美国总统川普自4月起改口。", "person:川普自"),
        ("他们走在强国路上。", "place:强国路"),
        ("对手有意甲和联盟杯要踢。", "organisation:意甲和联盟"),
        ("而云锡地产停工了。", "organisation:而云锡地产"),
        ("他在里斯本会见葡萄牙议会议长。", "organisation:里斯本会见葡萄牙议会"),
        ("山南二院和台江县人民医院结对。", "organisation:山南二院和台江县人民医院"),
        ("两国谈成了欧中投资协定。", "organisation:欧中投资"),
        ("中克关系很好，中克两国通了航。", "place:中克"),
        ("蓝天也是幸福，蓝天会回来。", "person:蓝天"),
        ("外交部部长曼苏里在现场。", "place:曼苏里"),
        ("池州和南北沿江高速公路相连。", "place:池州和南北沿江高速公路"),
        ("小病不出乡，大病不出县。", "place:不出乡"),
        ("他向佐科总统问好。", "person:向佐科"),
        ("厂里开了例行新闻发布会。", "event:例行新闻发布会"),
        ("《意见》很长，《意见》明天见报。", "product:《意见》"),
        ("黔、湘、桂三省交界。", "place:桂三省"),
        ("利比亚政局动荡。", "organisation:利比亚政局"),
        ("冠军热门法国队输了。", "person:热门法"),
        ("他收到了贺电中的问候，贺电中说了什么。", "person:贺电中"),
        ("他们开发了光伏电站。", "place:光伏电站"),
        ("两队历史上共有过交手，系统中共有三人。", "organisation:中国共产党"),
        ("他问“这款水果”多少钱，“这款水果”卖完了。", "concept:这款水果"),
        ("那四个“4大方式”不好学，“4大方式”要练。", "concept:4大方式"),
        ("总统亚历山大·马洛夫到访。", "place:亚历山大"),
        ("打江山不易，守江山更难。", "place:江山市"),
        ("班车沿盘山公路开进山城。", "place:山城区"),
        ("教练卡洛斯·洛佩斯赛后说，踢得好。", "person:卡洛斯·洛佩斯赛"),
        ("古船模型亮相青禾博物馆。", "organisation:古船模型亮相青禾博物馆"),
        ("股东是某某控股集团。", "organisation:控股集团"),
        ("《青禾晚报》登了这件事。", "product:《青禾晚报》"),
        ("警方逮捕了陈姓男子。", "person:陈姓"),
        ("那里法国大学尤其多。", "organisation:法国大学"),
        ("中国党和政府高度重视。", "organisation:中国党和政府"),
    ],
)
def test_what_only_looks_like_a_name_is_none(body: str, forbidden: str) -> None:
    assert forbidden not in named(body)


def test_organisation_suffixes_prove_themselves() -> None:
    hits = frame([f"记者走进{hit}，看到了新变化。" for hit in SUFFIXES["hit"]])
    misses = frame([f"记者走进{miss}，看到了新变化。" for miss in SUFFIXES["miss"]])
    found = read(hits).filter(pl.col("entity_type") == "organisation")
    names = set(found.select("document_id", "surface").rows())
    lacking = [hit for n, hit in enumerate(SUFFIXES["hit"]) if (f"{n:016x}", hit) not in names]
    assert lacking == []
    assert read(misses).filter(pl.col("entity_type") == "organisation").is_empty()


@pytest.mark.parametrize("rule", PATTERNS.to_dicts(), ids=PATTERNS["rule_id"].to_list())
def test_a_rule_about_the_shape_of_names_proves_itself(rule: dict[str, str]) -> None:
    hit, miss = (pl.select(pl.lit(rule[text]).str.contains(rule["pattern"])).item() for text in ("hit", "miss"))
    assert (hit, miss) == (True, False)


def test_no_documents_no_mentions() -> None:
    assert read(frame([])).is_empty()


PIECES = [
    "周栋梁",
    "里昂",
    "锋线赔率",
    "说",
    "，",
    "。",
    "\n",
    "杭州",
    "市政府",
    "浙江大学",
    "《海》",
    "“四个一”",
    "AI",
    "GPT-4o",
    "🙂",
    "记者",
    "的",
    "·",
    "有限公司",
]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), min_size=1, max_size=3))
def test_offsets_read_the_text_whatever_the_row_order(bodies: list[str]) -> None:
    documents = frame(bodies, title="杭州")
    whole = read(documents)
    Mention.validate(whole)
    by_id = dict(documents.select("document_id", "body_hans").iter_rows())
    for row in whole.filter(pl.col("first_offset").is_not_null()).iter_rows(named=True):
        assert by_id[row["document_id"]][row["first_offset"] :].startswith(row["surface"])
    assert read(documents.reverse()).equals(whole)
    assert pl.concat([read(part) for part in documents.iter_slices(1)]).equals(whole)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("家住上海闵行的赵先生去年开始种草莓。", {"place:上海": "上海", "place:闵行区": "闵行"}),
        ("昆山市的工厂多，昆山的桥也多。", {"place:昆山市": "昆山市"}),
        ("红河弥勒的葡萄丰收了。", {"place:红河哈尼族彝族自治州": "红河", "place:弥勒市": "弥勒"}),
        ("台南很冷，北门的鱼翻了肚，北门区停了课。", {"place:台南": "台南", "place:北门区": "北门"}),
        ("新竹竹北的工地停了工。", {"place:新竹县": "新竹", "place:竹北市": "竹北"}),
        ("闵行的赵先生去年开始种草莓。", {}),
        ("防城港港口的吊车又忙了起来。", {"place:防城港": "防城港"}),
    ],
)
def test_a_county_without_its_last_word_is_known_behind_its_city_or_by_its_full_name(
    body: str, places: dict[str, str]
) -> None:
    found = named(body)
    assert {key: row["surface"] for key, row in found.items() if key.startswith("place:")} == places
