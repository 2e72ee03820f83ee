"""What stands around a quantity: qualifiers, implied currency, rates, names in quotes, the noun of a measure word."""

from __future__ import annotations

import polars as pl

# Said before the number -> (qualifier, which side the number bounds).
QUALIFIERS = {
    "more_than": ["超过", "超越", "超出", "超", "逾", "突破", "多于", "大于", "高于", "远超", "破"],
    "at_least": ["至少", "不少于", "不低于", "不小于", "最少", "最低", "起码", "大于等于", "大于或等于", "大于或者等于", "≥", "不下于", "不下"],
    "at_most": ["不超过", "不多于", "不高于", "不大于", "至多", "最多", "最高", "小于等于", "小于或等于", "≤", "不超"],
    "less_than": ["不到", "不足", "少于", "小于", "低于", "未满", "接近", "将近", "近", "不满"],
    "approx": ["约", "大约", "大概", "大致", "左右"],
}  # fmt: skip
_OF = {text: qualifier for qualifier, texts in QUALIFIERS.items() for text in texts}
_BEFORE = (
    "("
    + "|".join(sorted(_OF, key=lambda text: (-len(text), text)))
    + r")(?:了|到|达|为|是|有|约|占|的)?\s?$|(最高|最多|最低|至少)(?:可?[\p{Han}]{1,3})$"
)
_AFTER = {"以上": "at_least", "及以上": "at_least", "或以上": "at_least", "以下": "at_most", "及以下": "at_most", "之下": "at_most"} | {
    "以内": "at_most", "之内": "at_most", "之上": "at_least", "左右": "approx", "上下": "approx", "前后": "approx", "之多": "approx",
}  # fmt: skip
_AFTER_PATTERN = "^\\s?(" + "|".join(sorted(_AFTER, key=lambda text: (-len(text), text))) + ")"
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
_NAMED_KINDS = ["count", "rank", "ordinal", "range", "multiple", "physical"]
_STOP_CHARS = "的了以上下内左右多于和与及之是在等约余后前中间来为都也就能可有不已将被把比从到至并而则或"
_CLAUSE_END = r"[，。；：、！？,;:!?]"
_NOT_A_SHARE = "^(?:员|立|为|长|功|果|本|都|绩|套|型|熟|就|交|人|效|品|语|因|份|全|了)"


def qualified(rows: pl.DataFrame) -> pl.DataFrame:
    """Turn exact values into bounds where a qualifier stands before or after; both it and the bound are kept."""
    word = pl.coalesce(pl.col("before").str.extract(_BEFORE, 1), pl.col("before").str.extract(_BEFORE, 2))
    said = pl.coalesce(
        word.replace_strict(_OF, default=None, return_dtype=pl.String),
        pl.col("after").str.extract(_AFTER_PATTERN, 1).replace_strict(_AFTER, default=None, return_dtype=pl.String),
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


def plausible(rows: pl.DataFrame) -> pl.DataFrame:
    """Drop what only looks like a quantity: slogans in quotes, model numbers, versions, years in names."""
    named = (
        pl.col("kind").is_in(_NAMED_KINDS)
        & pl.col("before").str.contains("[“‘「『][^”’」』]{0,4}$")
        & pl.col("after").str.contains("^[^“‘「『”’」』，。；：]{0,5}[”’」』]")
    )
    glued = pl.col("is_bare") & (
        pl.col("after").str.contains("^[A-Za-z_]") | pl.col("before").str.contains("[A-Za-z#@_./-]$")
    )
    year = pl.col("is_bare") & pl.col("text").str.contains(r"^(?:19|20)\d\d$")
    version = pl.col("is_bare") & pl.col("text").str.contains(r"^\d\.0$")
    no_share = (pl.col("unit_text") == "成") & pl.col("after").str.contains(_NOT_A_SHARE)
    return rows.filter(~(named | glued | year | version | no_share.fill_null(False)))


def unglued(rows: pl.DataFrame) -> pl.DataFrame:
    """Give back the 人 that belongs to the next word: 1.5万 / 人工智能学者."""
    word = (
        (pl.col("unit_text") == "人") & pl.col("after").str.contains("^工[智费降]") & pl.col("text").str.ends_with("人")
    )
    return rows.with_columns(
        text=pl.when(word).then(pl.col("text").str.strip_suffix("人")).otherwise("text"),
        end_offset=pl.col("end_offset") - word.cast(pl.Int64),
        unit=pl.when(word).then(None).otherwise("unit"),
        unit_text=pl.when(word).then(pl.lit("")).otherwise("unit_text"),
    )


def doubted(rows: pl.DataFrame) -> pl.DataFrame:
    """Mark a whole number that is a range without its dash: its digits fall into two in the proportion of a range nearby.

    2~10个 beside 10~50个 loses its dash and reads 210个: 2 to 10 is as 10 to 50.
    """
    ranges = rows.filter((pl.col("kind") == "range") & (pl.col("value_min") > 0)).select(
        "document_id", "unit_text", low="value_min", high="value_max"
    )
    digits = pl.col("text").str.extract(r"^(\d{2,6})")
    counts = rows.filter((pl.col("kind") == "count") & (pl.col("value") >= 12) & digits.is_not_null())
    splits = (
        counts.select("document_id", "unit_text", "text_no", "start_offset", digits=digits)
        .join(ranges, on=["document_id", "unit_text"])
        .with_columns(cut=pl.int_ranges(1, pl.col("digits").str.len_chars()))
        .explode("cut", empty_as_null=False)
        .with_columns(
            first=pl.col("digits").str.slice(0, pl.col("cut")).cast(pl.Float64),
            last=pl.col("digits").str.slice(pl.col("cut")).cast(pl.Float64),
        )
        .filter(
            (pl.col("first") < pl.col("last"))
            & (pl.col("first") * pl.col("high") == pl.col("last") * pl.col("low"))
            & ~pl.col("digits").str.slice(pl.col("cut")).str.starts_with("0")
        )
        .unique(["text_no", "start_offset"], keep="first", maintain_order=True)
        .select(
            "text_no",
            "start_offset",
            doubt=pl.format("dash lost: perhaps {}~{}", pl.col("first").cast(pl.Int64), pl.col("last").cast(pl.Int64)),
        )
    )
    return rows.join(splits, on=["text_no", "start_offset"], how="left", maintain_order="left").with_columns(
        is_suspect=pl.col("is_suspect") | pl.col("doubt").is_not_null(), note=pl.coalesce("note", "doubt")
    )


def priced(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """A bare 万 or 亿 beside a word of money is money: CNY, marked in note."""
    cues = _alternatives(units, "money_cue")
    nouns = _alternatives(units, "money_noun")
    implied = (
        pl.col("is_bare")
        & pl.col("text").str.contains("[万亿]")
        & (
            pl.col("before").str.contains(rf"(?:{cues})[^，。；]{{0,4}}$")
            | pl.col("after").str.contains(rf"^(?:余|多)?(?:{nouns})")
        )
    )
    return rows.with_columns(
        kind=pl.when(implied).then(pl.lit("money")).otherwise("kind"),
        unit=pl.when(implied).then(pl.lit("CNY")).otherwise("unit"),
        note=pl.when(implied).then(pl.lit("currency implied")).otherwise("note"),
    )


def heated(rows: pl.DataFrame) -> pl.DataFrame:
    """度 is a temperature where heat is spoken of, an angle or a degree otherwise."""
    degree = pl.col("unit_text") == "度"
    warm = degree & (pl.col("before") + pl.col("after")).str.contains("[温热烧冷℃]")
    fahrenheit = degree & pl.col("before").str.contains("华氏")
    return rows.with_columns(
        kind=pl.when(degree & ~warm).then(pl.lit("physical")).otherwise("kind"),
        unit=pl.when(fahrenheit)
        .then(pl.lit("[degF]"))
        .when(warm)
        .then(pl.lit("Cel"))
        .when(degree)
        .then(pl.lit("deg"))
        .otherwise("unit"),
    )


def per(rows: pl.DataFrame) -> pl.DataFrame:
    """A count that follows 每户 or its like in the same clause is a rate."""
    return rows.with_columns(
        kind=pl.when((pl.col("kind") == "count") & pl.col("follows_per")).then(pl.lit("rate")).otherwise("kind")
    )


def extended(rows: pl.DataFrame) -> pl.DataFrame:
    """Take the short noun of an empty measure word into the text where it closes the clause: 五个步骤, 两场会."""
    noun = pl.col("after").str.extract(rf"^([\p{{Han}}--[{_STOP_CHARS}]]{{1,2}}){_CLAUSE_END}", 1)
    counted = pl.col("kind").is_in(["count", "range", "rate"]) & pl.col("text").str.ends_with(pl.col("unit_text"))
    whole = (
        pl.when(counted & (pl.col("unit_text") == "个"))
        .then(noun)
        .when(
            counted
            & pl.col("unit_text").is_in(["条", "场", "家", "座", "项", "名", "位"])
            & (noun.str.len_chars() == 1)
        )
        .then(noun)
        .fill_null("")
    )
    return rows.with_columns(
        text=pl.col("text") + whole, end_offset=pl.col("end_offset") + whole.str.len_chars().cast(pl.Int64)
    )


def _alternatives(units: pl.DataFrame, kind: str) -> str:
    texts = units.filter(pl.col("kind") == kind)["unit_text"].to_list()
    return "|".join(sorted(texts, key=lambda text: (-len(text), text)))
