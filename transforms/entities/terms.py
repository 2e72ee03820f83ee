"""Terms in quotation marks: coined ones that recur, are defined, or end like a name for an idea."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.words import rarities, tags

TERM = r"“[^“”，。；：！？、\n]{2,10}”"
DEFINES = "叫做?|称为|称作|名为|所谓的?|谓之|即"
COUNTED = r"^[一两二三四五六七八九十](?:个|大|项|无|有|不|化|位一体)[\p{Han}]{1,6}$"
"""四个面向, 四无城市: terms that count what they sum up."""
IDEA = r"^[\p{Han}]{2,9}(?:主义|效应|定律|理论|悖论|法则|猜想|思维|陷阱|模式|战略|计划|工程|行动|经济学|经济|指数|[长员票单案罚审批核验河湖林田链路]制)$"
"""What an idea, a policy or a programme is called by."""
TOLD = r"^(?:支持|实施|参与|持续|推进|推动|开展|加强|重大|重点|一号|打造|建设|发展|反对|坚持|落实|国家)"
"""How a phrase begins that ends like an idea and names none."""
DRUG = r"[\p{Han}](?:单抗|替尼|他汀|沙坦|霉素|[甲乙]酸|[那洛芦]韦|西林|拉唑|鲁肽|洛芬|胶囊|注射液)$"
MEETING = r"(?:[^社机工员协学议国约体都领]会|论坛|大赛|[^环细情季调关章小]节)$"
PLAIN = r"^[\p{Han}A-Za-z0-9+\-]{2,10}$"
SHORTEST = 3
"""Characters of a term that counts as said again within another one."""
NO_TERM = r"^\d+后?$"
"""90后, 12306: an age group, a number."""
WORDS = ["i", "l", "n", "v", "a", "d", "f", "r", "s", "t", "vn", "ad", "an", "b", "z"]
"""Parts of speech of words and idioms of the dictionary: quoting them coins nothing."""


def terms(texts: pl.DataFrame) -> pl.DataFrame:
    """Candidates (see candidates.py) for quoted terms. `texts` has doc and text."""
    found = matches(texts, f"(?:{DEFINES})?{TERM}").with_columns(
        defined=pl.col("surface").str.starts_with("“").not_(), surface=pl.col("surface").str.extract("“(.*)”")
    )
    told = found.group_by("doc", "surface").agg(pl.col("times").sum(), pl.col("defined").any())
    told = told.join(_repeated(told), on=["doc", "surface"], how="left").with_columns(pl.col("again").fill_null(False))
    surface, ends = pl.col("surface"), pl.col("surface").str.contains
    drug, idea = ends(DRUG), ends(IDEA) & ~ends(TOLD)
    named = told.filter(
        (pl.col("times") >= 2) | pl.col("again") | pl.col("defined") | ends(COUNTED) | drug | idea,
        ends(PLAIN),
        ~ends(NO_TERM),
    )
    plain = tags(named["surface"]).is_in(WORDS) & rarities(named["surface"])["is_known"]
    coined = named.filter(~plain)
    meeting = ends(MEETING)
    return pl.concat(
        [
            candidates(coined.filter(meeting), "event", "meeting", strength=2),
            candidates(coined.filter(~meeting, drug), "product", "drug", strength=2),
            candidates(coined.filter(~meeting, ~drug, surface.str.len_chars() >= 2), "concept", "term", strength=2),
        ]
    )


def _repeated(told: pl.DataFrame) -> pl.DataFrame:
    """Terms that another quoted term of the document ends with: “五青年” beside “青禾五青年”."""
    short = told.select("doc", "surface").filter(pl.col("surface").str.len_chars() >= SHORTEST)
    pairs = short.join(told.select("doc", longer="surface"), on="doc").filter(pl.col("longer") != pl.col("surface"))
    return pairs.filter(pl.col("longer").str.ends_with(pl.col("surface"))).select("doc", "surface", again=True).unique()
