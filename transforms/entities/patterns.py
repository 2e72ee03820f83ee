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
CRAFT = r"“[\p{Han}]{1,6}[^口称符信账型众条家易编序番句暗绰外国年字商讯微头帐]号[A-Z]?”"


def patterned(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) of every pattern. `texts` has doc and text."""
    finders = [_works(texts), _models(texts), _crafts(texts), _storms(texts)]
    return pl.concat([*finders, meetings(texts, lexicon), terms(texts, lexicon)])


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


def _storms(texts: pl.DataFrame) -> pl.DataFrame:
    """台风“青鸟”: the name of a storm is nobody's, however it sounds."""
    holding = texts.filter(pl.col("text").str.contains("[风旋暴]“"))
    named = matches(holding, STORM).with_columns(surface=pl.col("surface").str.extract("“(.*)”"))
    return candidates(named, "event", "storm", strength=3)


def latin_tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """Whole Latin words of a document: known ones are names, the others only shield their parts. Columns doc, surface."""
    return matches(texts, LATIN).select("doc", "surface")
