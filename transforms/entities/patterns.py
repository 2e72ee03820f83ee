"""Names that a pattern alone gives away: works in 《》, model numbers, ships and storms in quotation marks."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.lexicon import Lexicon
from transforms.entities.meetings import meetings
from transforms.entities.terms import terms

WORK = r"《[^《》\n]{2,40}》"
MODEL = r"[A-Z][A-Za-z]{1,14}-[A-Z]?\d[0-9A-Za-z.]*"
LATIN = r"[A-Za-z][A-Za-z0-9.+\-]*[A-Za-z0-9+]|[A-Za-z]"
QUOTED_MODEL = r"“[\p{Han}]{1,5}[A-Z][A-Za-z]*[- ]?[0-9]+[A-Za-z]*”"
STORM = r"(?:台风|飓风|气旋|热带风暴|强热带风暴)“[\p{Han}]{2,5}”"
OFFICE = (
    "[省市县区](?:科技|教育|公安|财政|民政|司法|商务|水利|住建|文旅|卫健|交通运输|交通|应急管理|自然资源|生态环境|农业农村|人社|审计|统计"
    "|市场监管|体育|医保|林业|能源|气象|税务|工信|经信|发改|国资|网信|乡村振兴|退役军人事务|住房城乡建设|人力资源社会保障)[厅局委]"
)
FORCES = "[美俄英法德日韩印以伊](?:陆军|海军|空军|国防部|外交部|外务省|财政部|商务部|国务院|司法部|能源部|央行|国会|参议院|众议院|最高法院|使馆|领馆)"
LISTED = r"(?:^|[，。；：、！？“”（）()\s])[\p{Han}A-Za-z*]{2,8}[（(](?:股票代码|证券代码|代码)?[：:]?\s?[0-9]{4,6}(?:\.[A-Z]{1,2})?[)）]"
"""星海新材（600123.SH）: what a stock is called on the exchange."""
CRAFT = r"“[\p{Han}]{1,6}[^口称符信账型众条家易编序番句暗绰外国年字商讯微头帐]号[A-Z]?”"


def patterned(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) of every pattern. `texts` has doc and text."""
    bodies = [_offices(texts), _listed(texts), _forces(texts)]
    things = [_works(texts), _models(texts), _crafts(texts), _storms(texts)]
    return pl.concat([*bodies, *things, meetings(texts, lexicon), terms(texts, lexicon)])


def _works(texts: pl.DataFrame) -> pl.DataFrame:
    found = matches(texts, WORK)
    return candidates(found, "product", "work", strength=2)


def _models(texts: pl.DataFrame) -> pl.DataFrame:
    named = pl.col("surface").str.strip_chars("“”")
    quoted = texts.filter(pl.col("text").str.contains("[0-9][A-Za-z]*”"))
    found = pl.concat([matches(texts, MODEL), matches(quoted, QUOTED_MODEL).with_columns(named)])
    return candidates(found, "product", "model", strength=2)


def _crafts(texts: pl.DataFrame) -> pl.DataFrame:
    """“远山号”: ships, trains and probes."""
    named = pl.col("surface").str.strip_chars("“”")
    holding = texts.filter(pl.col("text").str.contains("号[A-Z]?”"))
    return candidates(matches(holding, CRAFT).with_columns(named), "product", "craft", strength=2)


def _offices(texts: pl.DataFrame) -> pl.DataFrame:
    """省科技厅, 市教育局: an office by its level, where the article has named the province or town before."""
    return candidates(matches(texts, OFFICE), "organisation", "government", strength=2)


def _forces(texts: pl.DataFrame) -> pl.DataFrame:
    """俄陆军, 美国防部: what belongs to a country called by one character."""
    return candidates(matches(texts, FORCES), "organisation", "government", strength=2)


def _listed(texts: pl.DataFrame) -> pl.DataFrame:
    """Companies by the code of their stock."""
    holding = texts.filter(pl.col("text").str.contains("[0-9]{4}(?:\\.[A-Z]{1,2})?[)）]"))
    named = matches(holding, LISTED).with_columns(
        surface=pl.col("surface").str.extract(r"([\p{Han}A-Za-z*]{2,8})[（(]")
    )
    return candidates(named, "organisation", "company", strength=3)


def _storms(texts: pl.DataFrame) -> pl.DataFrame:
    """台风“青鸟”: the name of a storm is nobody's, however it sounds."""
    holding = texts.filter(pl.col("text").str.contains("[风旋暴]“"))
    named = matches(holding, STORM).with_columns(surface=pl.col("surface").str.extract("“(.*)”"))
    return candidates(named, "event", "storm", strength=3)


def latin_tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """Whole Latin words of a document: known ones are names, the others only shield their parts. Columns doc, surface."""
    return matches(texts, LATIN).select("doc", "surface")
