"""What a line at the margin of a page is made of: moments, labels, counters, buttons; and what these leave over."""

from __future__ import annotations

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import fold

LETTER = r"[\p{L}\p{N}]"
GLUE, MOMENT = "piece_glue", "piece_moment"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧成戴谈宋庞熊纪舒屈项"
    "祝董梁杜阮蓝闵席季麻强贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房缪解应宗丁宣邓单洪包诸左石崔吉龚程邢裴"
    "陆荣翁荀甄曲家封储靳井段巫焦谷车侯全班仰秋仲伊宫宁仇甘厉祖武符刘景詹龙叶幸司黎薄白蒲卓池乔闻党翟谭劳冉边农温庄晏柴瞿阎"
    "慕连习艾容向古易廖终耿文冷欧利师聂晁曾沙丰关查游权肖涂闫代付苟岳佟尚敖商佘阚展仝原隋邸"
)
NAME = rf"(?:[{_SURNAMES}][{HAN}]{{1,2}}|(?:欧阳|上官|司马|诸葛|司徒|令狐|皇甫|尉迟|端木)[{HAN}]{{1,2}})"
MEDIUM = (
    rf"[{HAN}A-Za-z0-9·]{{1,14}}(?:报|网|社|台|刊|杂志|新闻|在线|客户端|频道|传媒|之声|观察|财经|公社|参考|融媒|融媒体|发布|卫视|电视|公众号)"
    r"|(?:今日头条|新华每日电讯|央视|香港0?1|36氪)"
)
NAMED = rf"^(?:{NAME}|{MEDIUM})$"
# Sections of a site that begin like a name.
SECTION = (
    r"^(?:文[化娱旅学艺史明教体]|时[政评事尚讯]|金融|房产|高[校教铁]|党[建史]|农[业村]|华人|安全|能源|应急|关[注于]|游戏|权威|封面|成长|黄金|石油"
    r"|万象|连线|应用|江苏|安徽|云南|宁夏|甘肃|成都)$"
)


def pieces(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """What the rules of scope `piece` take out of each of `lines` (line, base, folded).

    line; `spaced`: the text with the white space it came with; `left`: that with every piece a blank; `rest`: how many
    letters it has; `kind`: the category of most of what was taken; `said`: the letters taken but for `glued`, words
    that only hold others together; `moment`: the letters of dates and times.
    """
    asked = rules.filter(pl.col("scope") == "piece")
    out = lines.select("line", spaced=_spaced()).with_columns(left="spaced")
    taken: dict[str, pl.Expr] = {}
    for rule_id, category, pattern in asked.select("rule_id", "category", "pattern").iter_rows():
        out = out.with_columns(after=pl.col("left").str.replace_all(pattern, " "))
        size = pl.col("left").str.count_matches(LETTER).cast(pl.Int64) - pl.col("after").str.count_matches(LETTER)
        out = out.with_columns(size.alias(rule_id)).drop("left").rename({"after": "left"})
        if rule_id != GLUE:
            taken[category] = taken.get(category, pl.lit(0, pl.Int64)) + pl.col(rule_id)
    most = pl.max_horizontal(*taken.values())
    kind = pl.coalesce(
        pl.when((amount == most) & (most > 0)).then(pl.lit(category)) for category, amount in taken.items()
    )
    return out.select(
        "line",
        "spaced",
        "left",
        rest=pl.col("left").str.count_matches(LETTER).cast(pl.Int64),
        kind=kind,
        said=pl.sum_horizontal(*taken.values()),
        glued=GLUE,
        moment=MOMENT,
    )


def _spaced() -> pl.Expr:
    """The folded line, with the white space it came with where repair has changed nothing else: it parts names."""
    came = fold(pl.col("base"))
    bare = r"\s+"
    return (
        pl.when(came.str.replace_all(bare, "") == pl.col("folded").str.replace_all(bare, ""))
        .then(came)
        .otherwise("folded")
    )


def made_of_pieces() -> pl.Expr:
    """Nothing is left over of a line (see `pieces`), and words of a page are most of it."""
    return (pl.col("rest") == 0) & (pl.col("said") > 0) & (pl.col("glued") <= pl.col("said"))


def names_only() -> pl.Expr:
    """All that is left over of a line is names of people and of media."""
    tokens = pl.col("left").str.replace_all(r"[^\p{L}\p{N}·]+", " ").str.strip_chars(" ·").str.split(" ")
    return (pl.col("rest") > 0) & tokens.list.eval(
        pl.element().str.contains(NAMED) & ~pl.element().str.contains(SECTION)
    ).list.all()
