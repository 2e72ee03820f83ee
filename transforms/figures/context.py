"""What stands around a quantity: qualifiers, rates, names in quotes, the noun of a measure word."""

from __future__ import annotations

import polars as pl

from transforms.dates import LASTED, LASTS, SEASON, SEASONED, of_business
from transforms.figures.anew import told_anew
from transforms.figures.grammar import alternatives, one_of

_LINKED = "(?:了|到|达|为|是|有|约|占|的)?"
_AT_MOST = r"(最高|最多|最低|至少)(?:可?\p{Han}{1,3})$"
_EXTREME = "最[高低多少](?:的|[\\p{Han}]{0,2}(?:[价额温位速点]|气温|月薪|年薪|纪录)(?:由|从|[达降升]?[至到]|达|为|有|仅)?|时[只仅]?[有为达]|处[有达为约]|见|触及?|曾达)$"
# 不到夏季尖峰的一半: what the share is of may stand between; 不足部分的三成 is three tenths of what lacks.
_SHORT_OF = "(?:不到|不足)[^，。；、0-9部]{1,8}的$"
_QUALIFIED_KINDS = [
    "money",
    "percent",
    "ratio",
    "multiple",
    "count",
    "duration",
    "age",
    "temperature",
    "physical",
    "rate",
]
_MEASURED_KINDS = ["count", "duration", "physical", "rank", "ordinal"]
"""What a measure word by itself makes of a number: 2亿升级 is no volume, 第二分局 no minute."""
_NO_NUMBER_LEFT = "^(?:[〇零一二两三四五六七八九十]+|数|几|亿万|千千|万千)$"
_NAMED_KINDS = ["count", "rank", "ordinal", "range", "multiple", "physical"]
_STOP_CHARS = "的了看以上下内左右多于和与及之是在等约余后前中间来为都也就能可有不已将被把比从到至并而则或"
_CLAUSE_END = r"看?[，。；：、！？,;:!?]"
# Bare numbers that name: years, days written in one (20250712, 1140712).
_YEAR_LIKE = r"^(?:(?:19|20)\d\d|(?:19|20)\d\d[01]\d[0-3]\d|1[01]\d[01]\d[0-3]\d)$"
_ARTICLES_OF_A_LAW = 3


def _qualifiers(units: pl.DataFrame, kind: str) -> dict[str, str]:
    """What each qualifier of the seed says of the number behind (qualifier_before) or before it (qualifier_behind)."""
    return dict(units.filter(kind=kind).select("unit_text", "unit").iter_rows())


def qualified(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Turn exact values into bounds where a qualifier stands before or after; both it and the bound are kept."""
    ahead, behind = _qualifiers(units, "qualifier_before"), _qualifiers(units, "qualifier_behind")
    stands_before = f"({alternatives(list(ahead))}){_LINKED}\\s?$|{_AT_MOST}"
    # 外资卖超6420张 is how much was sold, no bound.
    traded = pl.col("before").str.contains("[买卖]超$")
    # 最高票价880元, 最低见3886美元, 最少的350元: the extreme of what was seen is a value, no bound.
    extreme = pl.col("before").str.contains(_EXTREME)
    word = pl.coalesce(pl.col("before").str.extract(stands_before, group) for group in (1, 2))
    word = pl.when(~(traded | extreme)).then(word)
    short = pl.col("kind").is_in(["ratio", "percent"]) & pl.col("before").str.contains(_SHORT_OF)
    said = pl.coalesce(
        pl.when(short).then(pl.lit("less_than")),
        word.replace_strict(ahead, default=None, return_dtype=pl.String),
        pl.col("after")
        .str.extract(f"^\\s?({alternatives(list(behind))})", 1)
        .replace_strict(behind, default=None, return_dtype=pl.String),
    )
    open_value = pl.col("kind").is_in(_QUALIFIED_KINDS) & pl.col("value").is_not_null()
    rows = rows.with_columns(said=pl.when(open_value).then(said))
    low, high = pl.col("said").is_in(["more_than", "at_least"]), pl.col("said").is_in(["less_than", "at_most"])
    return rows.with_columns(
        value_min=pl.when(low).then("value").otherwise("value_min"),
        value_max=pl.when(high).then("value").otherwise("value_max"),
        value=pl.when(low.fill_null(False) | high.fill_null(False)).then(None).otherwise("value"),
        qualifier=pl.coalesce("qualifier", "said"),
    ).drop("said")


def plausible(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Drop what only looks like a quantity: slogans in quotes, model numbers, versions, years in names."""
    named = (
        pl.col("kind").is_in(_NAMED_KINDS)
        & pl.col("before").str.contains('[“‘「『"][^”’」』"]{0,4}$')
        & pl.col("after").str.contains('^[^“‘「『”’」』，。；：]{0,5}[”’」』"]')
    )
    bare = pl.col("is_bare")
    glued = bare & (
        pl.col("after").str.contains(r"^ ?[A-Za-z_]") | pl.col("before").str.contains(r"[A-Za-z] ?$|[#@_./-]$|台$")
    )
    year = bare & pl.col("text").str.contains(_YEAR_LIKE)
    version = bare & pl.col("text").str.contains(r"^\d\.0来?$")
    named_by = f"^{one_of(units, 'designation')}"
    designation = bare & pl.col("after").str.contains(named_by) & pl.col("text").str.contains(r"^\d{1,4}$")
    # 统一打菜, 同一天: the 一 belongs to the word before.
    word = pl.col("text").str.starts_with("一") & pl.col("before").str.contains("[统唯单专同逐]$")
    # 八九十年代 names decades.
    decade = (pl.col("unit_text") == "年") & pl.col("after").str.starts_with("代")
    # 前几年, 那几天: which they were, not how many.
    lately = pl.col("text").str.starts_with("几") & (pl.col("kind") == "duration")
    lately &= pl.col("before").str.contains("[前那头]$")
    # 1. 某某公布…: the number of an entry in a list.
    entry = bare & (pl.col("before") == "") & pl.col("text").str.contains(r"^\d{1,2}$")
    entry &= pl.col("after").str.contains(r"^[.．、] ?[\p{Han}A-Za-z“《【]")
    # iPhone 15 Pro: the letter is no unit but begins a word.
    letters = pl.col("text").str.contains("[A-Za-z]$") & pl.col("after").str.contains("^[A-Za-z]")
    # 干出一番事业: only what is doubled is doubled.
    turn = (pl.col("unit_text") == "番") & ~pl.col("before").str.contains("[翻增再][了上]?$")
    dropped = turn | named | glued | year | version | designation | word | decade | entry | letters | lately
    return rows.filter(~dropped)


def republican(rows: pl.DataFrame, documents: pl.DataFrame, idioms: pl.DataFrame) -> pl.DataFrame:
    """114年 in an article from Taiwan is a year of the Republic, unless something lasts that long; 第三季 is a quarter
    there, in Hong Kong and in Macau where the article speaks of business."""
    taiwan, seasoned = (
        pl.col("document_id").is_in(documents.filter(pl.col("script_region").is_in(regions))["document_id"].implode())
        for regions in (["TW"], SEASONED)
    )
    year = pl.col("text").str.contains("^1[01][0-9]年$")
    year &= ~pl.col("before").str.contains(LASTED) & ~pl.col("after").str.contains(LASTS)
    business = documents.filter(of_business(idioms))["document_id"]
    season = pl.col("text").str.contains(f"^{SEASON}$") & pl.col("document_id").is_in(business.implode())
    year = (year & taiwan) | (season & seasoned)
    told = {"kind": pl.lit("date"), "date_text": pl.col("text"), "value": None, "unit": None}
    return told_anew(
        rows,
        pl.col("text").str.contains(f"^(?:1[01][0-9]年|{SEASON})$"),
        **{name: pl.when(year).then(text).otherwise(name) for name, text in told.items()},
    )


def unnumbered(rows: pl.DataFrame) -> pl.DataFrame:
    """Drop the numbers of the articles of a law: 第一条, 第二条 and 第三条, each at the beginning of a clause."""
    article = pl.col("text").str.contains("^第[0-9一二三四五六七八九十百]+条$")
    opens = article & (pl.col("before") == "")
    law = pl.col("text").filter(opens).n_unique().over("document_id") >= _ARTICLES_OF_A_LAW
    return rows.filter(~(article & law))


def unglued(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Give back what belongs to the next word: 1.5万 / 人工智能学者, 五 / 部位, 昨 / 晚9点; a lone digit is then no figure."""
    begun = _begins_a_noun(units)
    # 三 / 成员: no share is left.
    rows = rows.filter(~((pl.col("unit_text") == "成") & begun))
    person = (pl.col("unit_text") == "人") & pl.col("after").str.contains("^工[智费降]")
    measured = begun & pl.col("kind").is_in(_MEASURED_KINDS) & (pl.col("unit_text") != "")
    night = (
        (pl.col("kind") == "time")
        & pl.col("text").str.contains("^[早晚][^上晨间]")
        & pl.col("before").str.contains("[今昨明当前]$")
    )
    rows = told_anew(rows, night, text=pl.col("text").str.slice(1), start_offset=pl.col("start_offset") + 1)
    word = ((person | measured) & pl.col("text").str.ends_with(pl.col("unit_text"))).fill_null(value=False)
    rows = _without_word(rows.with_columns(is_word=word), units)
    return rows.filter(~(pl.col("is_word") & pl.col("text").str.contains(_NO_NUMBER_LEFT))).drop("is_word")


def _begins_a_noun(units: pl.DataFrame) -> pl.Expr:
    """五 / 部位: whether a noun begins with the measure word."""
    noun = pl.concat_str("unit_text", "after").str.extract(f"^({one_of(units, 'noun')})").str.len_chars()
    return (noun > pl.col("unit_text").str.len_chars()).fill_null(value=False)


def _without_word(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The numbers whose measure word is_word, without it: 437亿打造 is no dozen of them, 2亿升级 no volume."""
    factors = dict(
        units.filter(pl.col("factor") != "").select("unit_text", pl.col("factor").cast(pl.Float64)).iter_rows()
    )
    factor = pl.col("unit_text").replace_strict(factors, default=1.0, return_dtype=pl.Float64)
    bare = (
        pl.col("text")
        .str.head(pl.col("text").str.len_chars() - pl.col("unit_text").str.len_chars())
        .str.strip_chars_end()
    )
    cut = (pl.col("text").str.len_chars() - bare.str.len_chars()).cast(pl.Int64)
    return told_anew(
        rows,
        pl.col("is_word"),
        text=bare,
        end_offset=pl.col("end_offset") - cut,
        after=pl.col("text").str.slice(bare.str.len_chars()) + pl.col("after"),
        kind=pl.when(pl.col("kind").is_in(["duration", "physical"])).then(pl.lit("count")).otherwise("kind"),
        value=pl.col("value") / factor,
        value_min=pl.col("value_min") / factor,
        value_max=pl.col("value_max") / factor,
        unit=pl.lit(None),
        unit_text=pl.lit(""),
        is_bare=pl.lit(value=True),
    )


_HOURS = "^(?:一两|两三|三四|四五|五六|六七|七八|八九|九十|十一二)点钟?$"


def clocked(rows: pl.DataFrame) -> pl.DataFrame:
    """8点 and 八九点 are times of day, 3020点 and 跌8点 count points."""
    clock = (
        (pl.col("unit_text") == "点")
        & pl.col("text").str.contains("^(?:1?[0-9]|2[0-4])点$")
        & ~pl.col("before").str.contains("[涨跌升降挫扣滑弹增减高低]了?$")
    )
    # 八九点 is between eight and nine.
    clock |= (pl.col("unit_text") == "点") & pl.col("text").str.contains(_HOURS)
    gone = {name: pl.when(~pl.col("is_clock")).then(name) for name in ("value", "value_min", "value_max", "unit")}
    judged = rows.with_columns(is_clock=clock)
    kind = pl.when("is_clock").then(pl.lit("time")).otherwise("kind")
    return judged.with_columns(kind=kind, **gone).drop("is_clock")


_CHANGED = "[跌涨升降减增][了逾近约超]?$"
MOST_APART = 3
"""How often the lower end goes into the upper one of a change told as a range."""


def changed(rows: pl.DataFrame) -> pl.DataFrame:
    """下跌5.7点至89.5点: by how much, and to where; only the change is kept, unless its ends lie near each other."""
    far = pl.col("value_max") >= MOST_APART * pl.col("value_min")
    first = pl.col("text").str.extract("^([0-9.,]+[万亿]*\\p{Han}+?)[至到][0-9]")
    asked = (pl.col("kind") == "range") & far & first.is_not_null() & pl.col("before").str.contains(_CHANGED)
    cut = (pl.col("text").str.len_chars() - first.str.len_chars()).cast(pl.Int64)
    return told_anew(
        rows,
        asked,
        text=first,
        end_offset=pl.col("end_offset") - cut,
        after=pl.col("text").str.slice(first.str.len_chars()) + pl.col("after"),
        kind=pl.lit("count"),
        value=pl.col("value_min"),
        value_min=pl.lit(None),
        value_max=pl.lit(None),
    )


_UNTIL = "^(?:至|到|-|–|—|——|~|～)$"


def spanned(rows: pl.DataFrame) -> pl.DataFrame:
    """From one hour to another is one time: 下午3时至5时."""
    gap = pl.col("after").str.head(_next("start_offset") - pl.col("end_offset"))
    hours = (pl.col("kind") == "time") & (_next("kind") == "time") & (_next("text_no") == pl.col("text_no"))
    qualifier = pl.coalesce("qualifier", _next("qualifier"))
    return _with_next(rows.with_columns(gap=gap), hours & pl.col("gap").str.contains(_UNTIL), qualifier=qualifier)


def _next(name: str) -> pl.Expr:
    """The column in the next row."""
    return pl.col(name).shift(-1)


def _with_next(rows: pl.DataFrame, fits: pl.Expr, **told: pl.Expr) -> pl.DataFrame:
    """One figure of each that `fits` and the next one: its text is both and the `gap` between, the columns of `told` are
    as it says, all others the first one's. Without `gap`."""
    told |= {
        "text": pl.concat_str("text", "gap", _next("text")),
        "end_offset": _next("end_offset"),
        "after": _next("after"),
    }
    rows = rows.with_columns(is_begun=fits.fill_null(value=False))
    whole = rows.with_columns(**{name: pl.when("is_begun").then(value).otherwise(name) for name, value in told.items()})
    return whole.filter(~pl.col("is_begun").shift(1, fill_value=False)).drop("is_begun", "gap")


def placed(rows: pl.DataFrame) -> pl.DataFrame:
    """第三 before its noun counts in an order (第三作战区), by itself it is a rank (产量第三)."""
    noun = pl.col("after").str.contains(r"^[\p{Han}--[的是和与及并也在为名位后了]]")
    ordinal = (pl.col("kind") == "rank") & pl.col("unit").is_null() & pl.col("text").str.starts_with("第") & noun
    return rows.with_columns(kind=pl.when(ordinal).then(pl.lit("ordinal")).otherwise("kind"))


_LOWER, _UPPER = ["more_than", "at_least"], ["less_than", "at_most"]


def _joint(units: pl.DataFrame) -> str:
    """What stands between two bounds of one range: 以上，小于."""
    ahead = alternatives(list(_qualifiers(units, "qualifier_before")))
    linked = "(?:而且|并且|的同时|同时|且|并|但|而)"
    return rf"^(?:及?以上|及?以下|之下|之上)?[，、 ]{{0,2}}{linked}?{ahead}?(?:了|到)? ?$"


def joined(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """A lower and an upper bound side by side are one range: 大于10小于20, 1000以上，1500以下."""
    bound = pl.when(pl.col("qualifier").is_in(_LOWER) & pl.col("value_max").is_null()).then(pl.lit("low"))
    bound = bound.when(pl.col("qualifier").is_in(_UPPER) & pl.col("value_min").is_null()).then(pl.lit("high"))
    rows = rows.with_columns(
        bound=pl.when(pl.col("kind").is_in(_QUALIFIED_KINDS)).then(bound),
        bound_value=pl.coalesce("value_min", "value_max"),
    )
    follows = (_next("text_no") == pl.col("text_no")) & (_next("bound") != pl.col("bound"))
    if rows.select(follows.any()).item() is not True:
        return rows
    between = _next("start_offset") - pl.col("end_offset")
    within = pl.col("after").str.len_chars() >= between
    gap = pl.when(within).then(pl.col("after").str.head(between)).otherwise(pl.col("after") + _next("before"))
    rows = rows.with_columns(gap=gap)
    fits = (
        follows
        & (pl.col("gap").str.len_chars() == between)
        & pl.col("gap").str.contains(_joint(units))
        & (pl.col("unit").is_null() | (pl.col("unit") == _next("unit")))
        # 超过10%，近三分之一: two shares.
        & ~((pl.col("kind") != _next("kind")) & pl.col("gap").str.contains("，"))
        & ((pl.col("bound") == "low") == (pl.col("bound_value") < _next("bound_value")))
    )
    kind = pl.when(_next("kind") == "count").then(pl.lit("range")).otherwise(_next("kind"))
    values = ("bound_value", _next("bound_value"))
    return _with_next(
        rows, fits, kind=kind, unit=_next("unit"), qualifier=pl.lit(None),
        value_min=pl.min_horizontal(values), value_max=pl.max_horizontal(values),
    )  # fmt: skip


def heated(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """度 is a temperature where its sentence speaks of heat, or its article does and nothing here turns or lies; else an angle, millions of them of electricity."""
    degree = pl.col("unit_text") == "度"
    beside, powered = pl.col("before") + pl.col("after"), pl.col("before").str.contains(one_of(units, "power_cue"))
    around, angled = (beside.str.contains(one_of(units, kind)) for kind in ("heat_cue", "angle_cue"))
    hot = rows.filter(degree).filter(around)
    warm = (
        around
        | pl.col("sentence_no").is_in(hot["sentence_no"].implode())
        | (pl.col("document_id").is_in(hot["document_id"].implode()) & ~angled)
    )
    # 两度夺冠: how often, where nothing is hot, turns or lies.
    adverb = ~warm & ~angled & pl.col("text").str.contains("^[两三四]度$")
    adverb &= pl.col("after").str.contains(r"^\p{Han}") & ~powered
    fahrenheit = pl.col("before").str.contains("华氏")
    # 发电118亿度: no angle has so many of them.
    electric = powered & pl.col("text").str.contains("[万亿]")
    # 用电12度: nothing is turned by it.
    electric |= pl.col("before").str.contains(one_of(units, "power_use"))
    unit = pl.when(fahrenheit).then(pl.lit("[degF]")).when(warm).then(pl.lit("Cel"))
    unit = unit.when(adverb).then(pl.lit("度")).when(electric).then(pl.lit("kW.h")).otherwise(pl.lit("deg"))
    kind = pl.when(adverb).then(pl.lit("count")).when(~warm).then(pl.lit("physical")).otherwise("kind")
    return told_anew(rows, degree, kind=kind, unit=unit)


_PACE = "时速(?:\\p{Han}{0,4})$"
"""时速高达350公里"""


def paced(rows: pl.DataFrame) -> pl.DataFrame:
    """A length behind 时速 is a speed: 时速350公里."""
    fast = pl.col("unit").is_in(["km", "m"]) & pl.col("before").str.contains(_PACE)
    return rows.with_columns(unit=pl.when(fast).then(pl.col("unit") + "/h").otherwise("unit"))


def per(rows: pl.DataFrame) -> pl.DataFrame:
    """A count that follows 每户 or its like in the same clause is a rate."""
    return rows.with_columns(
        kind=pl.when((pl.col("kind") == "count") & pl.col("follows_per")).then(pl.lit("rate")).otherwise("kind")
    )


def extended(rows: pl.DataFrame) -> pl.DataFrame:
    """Take the short noun of an empty measure word into the text where it closes the clause: 五个步骤, 两场会.

    Without it 三大 of 三大指数今日 counts nothing, and 这 of 这两个问题 is none of the number.
    """
    noun = pl.col("noun")
    counted = pl.col("kind").is_in(["count", "range", "rate"]) & pl.col("text").str.ends_with(pl.col("unit_text"))
    whole = (
        pl.when(counted & pl.col("text").str.contains("^这?[两三四五六七八九十]个$"))
        .then(noun)
        .when(
            counted
            & pl.col("unit_text").is_in(["条", "场", "家", "座", "项", "名", "位"])
            & (noun.str.len_chars() == 1)
        )
        .then(noun)
        .when(counted & (pl.col("unit_text") == "大"))
        .then("named")
        .fill_null("")
    )
    behind = pl.when(counted).then("after").otherwise(pl.lit(""))
    found = behind.str.extract(rf"^([\p{{Han}}--[{_STOP_CHARS}]]{{1,2}}){_CLAUSE_END}", 1)
    # 三大举措, 五大科技领域: what is counted has no measure word but its size.
    named = behind.str.extract(rf"^([\p{{Han}}--[{_STOP_CHARS}]]{{2,4}}){_CLAUSE_END}", 1)
    return (
        rows.with_columns(noun=found, named=named)
        .with_columns(noun=whole)
        .with_columns(text=pl.col("text") + noun, end_offset=pl.col("end_offset") + noun.str.len_chars().cast(pl.Int64))
        .with_columns(points=((noun == "") & pl.col("text").str.starts_with("这")).cast(pl.Int64))
        .with_columns(
            text=pl.col("text").str.slice(pl.col("points")), start_offset=pl.col("start_offset") + pl.col("points")
        )
        .filter(~(counted & (pl.col("unit_text") == "大") & (noun == "")))
        .drop("noun", "named", "points")
    )


_HEDGES = "^(?:以上|以下|左右|以内|上下)"


def hedged(rows: pl.DataFrame) -> pl.DataFrame:
    """Take the word of the second bound into the text of a range that has that of the first: 50元以上200元以下."""
    bounded = pl.col("text").str.contains("以[上下]") & pl.col("kind").is_in(_QUALIFIED_KINDS)
    hedge = pl.when(bounded).then(pl.col("after").str.extract(f"({_HEDGES})")).fill_null("")
    return (
        rows.with_columns(hedge=hedge)
        .with_columns(
            text=pl.col("text") + pl.col("hedge"),
            end_offset=pl.col("end_offset") + pl.col("hedge").str.len_chars().cast(pl.Int64),
        )
        .drop("hedge")
    )
