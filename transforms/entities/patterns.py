"""Names that a pattern alone gives away: works in 《》, model numbers, ships and storms in quotation marks."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import SCHEMA, candidates, matches
from transforms.entities.doors import opened, spaced, standing, windows_of
from transforms.entities.lexicon import OPENS, Lexicon, alternation
from transforms.entities.meetings import meetings
from transforms.entities.terms import terms
from transforms.letters import Letters
from transforms.words import rarities

WORK = r"《[^《》\n]{2,40}》"
LATIN_IN_BRACKETS = "[（(][A-Z][A-Za-z&. -]+ [^（(\n]+[)）]"
MODEL = r"[A-Z][A-Za-z]{1,14}-[A-Z]?\d[0-9A-Za-z.]*"
NUMBERED = r"[A-Z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)? [A-Z]{1,2}[0-9]{1,4}[A-Za-z]?"
"""Lindo L1, Walker S2: a brand in Latin letters and a model's letter and number."""
LATIN = r"[A-Za-z][A-Za-z0-9.+\-]*[A-Za-z0-9+]|[A-Za-z]"
QUOTED_MODEL = r"“[\p{Han}]{1,5}[A-Z][A-Za-z]*[- ]?[0-9]+[A-Za-z]*”"
LISTED = r"(?:^|[，。；：、！？“”（）()\s])[\p{{Han}}A-Za-z*]{{2,8}}[（(]{code}?[：:]?\s?[0-9]{{4,6}}(?:\.[A-Z]{{1,2}})?[)）]"
"""星海新材（600123.SH）: what a stock is called on the exchange."""
PRACTICE = 9
"""Letters before a practice that hold its town and its own name."""
FIRM = 16
"""Letters from a trade on that hold it and what is told of a company."""
UNQUOTED = pl.col("surface").str.strip_chars("“”")
WORLD_DAY = 10
"""Letters that hold the name of a day from its first one on."""
QUOTED_BODY = 10
"""Characters a body's name in quotation marks may have; more are a slogan."""

NAMED = r"[\p{Han}A-Za-z0-9·—\-]+"
"""What a name in quotation marks is written with."""


def patterned(texts: pl.DataFrame, letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) of every pattern. `texts` has doc and text, `letters` are theirs."""
    bodies = [
        _offices(texts, lexicon),
        _foreign_companies(texts, lexicon),
        _quoted_bodies(texts, lexicon),
        _villages(texts, lexicon),
        _townships(texts, lexicon),
        _streets(texts, lexicon),
        _listed(texts, lexicon),
        _firms(letters, lexicon),
        _practices(letters, lexicon),
        _forces(texts, lexicon),
        _missions(letters, lexicon),
    ]
    things = [
        _works(texts, lexicon),
        _drugs(texts, lexicon),
        _models(texts, letters),
        _crafts(texts, lexicon),
        _storms(texts, lexicon),
        _campaigns(texts, lexicon),
        candidates(_quoted(texts, lexicon, "app"), "product", "platform", strength=2),
        candidates(_quoted(texts, lexicon, "programme"), "concept", "programme", strength=2),
        _world_days(letters, lexicon),
    ]
    return pl.concat([*bodies, *things, meetings(letters, lexicon), terms(texts, lexicon)])


def _works(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Works and documents; 《意见》 and 《航运股》 are a short reference and a column of a paper."""
    titled = pl.col("surface").str.strip_chars("《》")
    found = matches(texts, WORK).filter(
        ~titled.is_in(lexicon.words["no_work"]),
        # 《每日经济新闻》 is a paper, and whoever writes it.
        ~titled.is_in(lexicon.media),
        ~titled.str.contains(lexicon.patterns["paper_column"]),
    )
    # 《远山信使报》: whoever publishes it is meant as well.
    paper = titled.str.contains(lexicon.patterns["paper_title"])
    papers = found.filter(paper).with_columns(surface=titled)
    return pl.concat(
        [
            candidates(found.filter(~paper), "product", "work", strength=2),
            candidates(papers, "organisation", "media", strength=2),
        ]
    )


def _models(texts: pl.DataFrame, letters: Letters) -> pl.DataFrame:
    quoted = texts.filter(pl.col("text").str.contains("[0-9][A-Za-z]*”"))
    numbered = matches(spaced(letters), NUMBERED)
    found = pl.concat([matches(texts, MODEL), numbered, matches(quoted, QUOTED_MODEL).with_columns(UNQUOTED)])
    return candidates(found, "product", "model", strength=2)


def _crafts(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """“远山号”, “远山”轮, 货船“远山”: ships, trains and probes."""
    holding = texts.filter(pl.col("text").str.contains("号[A-Z]?”|”[轮号货渔]|[轮船舰艇母车]“"))
    called = matches(holding, lexicon.patterns["craft"]).with_columns(UNQUOTED)
    told = matches(holding, lexicon.patterns["craft_told"]).with_columns(
        surface=pl.col("surface").str.extract("“(.*)”")
    )
    return candidates(pl.concat([called, told]), "product", "craft", strength=2)


def _offices(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """省科技厅, 县供销社: an office by its level, where the article has named the province or town before."""
    office, before = lexicon.patterns["office"], lexicon.patterns["before_office"]
    named = matches(texts, f"(?m)(?:^|{before}){office}").with_columns(pl.col("surface").str.replace(f"^{before}", ""))
    return candidates(named, "organisation", "government", strength=2)


def _quoted_bodies(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """“远山影业”: a company or club in quotation marks, whatever its brand means."""
    named = matches(texts, f"“[\\p{{Han}}A-Za-z]+{lexicon.patterns['quoted_body']}”").with_columns(UNQUOTED)
    name = pl.col("surface")
    is_kind = name.is_in(list(lexicon.words["generic"])) | (name.str.replace(lexicon.patterns["legal_form"], "") == "")
    return candidates(
        named.filter(name.str.len_chars() <= QUOTED_BODY, ~is_kind), "organisation", "company", strength=2
    )


def _foreign_companies(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """凯勒曼（Kellermann GmbH）: a company by what its Latin name ends in."""
    pattern = f"([{lexicon.foreign}]{{2,8}})[（(]{lexicon.patterns['foreign_company']}[)）]"
    found = matches(texts.filter(pl.col("text").str.contains(LATIN_IN_BRACKETS)), pattern)
    return candidates(found.with_columns(pl.col("surface").str.extract(pattern)), "organisation", "company", strength=3)


def _drugs(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """仑伐替尼: letters of which drugs are named, and the ending of a class."""
    stem, ending = lexicon.patterns["drug_name"], lexicon.patterns["drug_ending"]
    holding = texts.filter(pl.col("text").str.contains(ending))
    return candidates(matches(holding, f"{stem}{ending}"), "product", "drug", strength=2)


def _villages(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """柳河镇|三道渠村: what stands between a town and the word for a village, and in a list of such."""
    holding = texts.filter(pl.col("text").str.contains("[镇乡][^，。\n]+(?:[村寨屯]|社区|嘎查)"))
    first = matches(holding, lexicon.patterns["village"])
    chain = first.select(
        "doc", "surface", pl.col("surface").str.extract_all(lexicon.patterns["in_village_list"]).alias("named")
    )
    return candidates(
        chain.select("doc", surface="named").explode("surface").drop_nulls(), "place", "village", strength=2
    )


def _townships(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """临港区|岛石镇: what stands between a county and the word for a town, however the segmenter cut it."""
    pattern = lexicon.patterns["township"]
    holding = texts.filter(pl.col("text").str.contains("[市区县旗]..[镇乡]"))
    named = matches(holding, pattern).with_columns(surface=pl.col("surface").str.extract(pattern))
    return candidates(named, "place", "town", strength=2)


def _streets(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """板桥区|馆前东路: what stands between a county or town and the word for a street."""
    pattern = lexicon.patterns["street_of_place"]
    holding = texts.filter(pl.col("text").str.contains("[市区县镇乡][^，。\n]{2,4}(?:[路街]|大道)"))
    named = matches(holding, pattern).with_columns(surface=pl.col("surface").str.extract(pattern))
    return candidates(named, "place", "road", strength=2)


def _forces(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """俄陆军, 美国防部: what belongs to a country called by one character."""
    return candidates(matches(texts, lexicon.patterns["force"]), "organisation", "government", strength=2)


def _missions(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """中国驻远山国大使馆: whose it is stands first, and without it 远山国大使馆 would be another's."""
    mission = lexicon.patterns["mission"]
    posted = windows_of(letters, standing(letters, "驻"), 8, 20).filter(pl.col("text").str.contains(mission))
    countries = alternation(lexicon.places("country").words)
    named = matches(posted, f"(?:{countries})常?驻{mission}")
    # 中国驻多国使馆 are several.
    named = named.filter(~pl.col("surface").str.contains(lexicon.patterns["no_body"]))
    return candidates(named, "organisation", "government", strength=2)


def _listed(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Companies by the code of their stock."""
    holding = texts.filter(pl.col("text").str.contains("[0-9]{4}(?:\\.[A-Z]{1,2})?[)）]"))
    named = (
        matches(holding, LISTED.format(code=lexicon.patterns["stock_code"]))
        .with_columns(surface=pl.col("surface").str.extract(r"([\p{Han}A-Za-z*]{2,8})[（(]"))
        .filter(~pl.col("surface").str.contains(lexicon.patterns["fund"]))
        .with_columns(pl.col("surface").str.replace(lexicon.patterns["before_listed"], ""))
        .filter(pl.col("surface").str.len_chars() >= 2)
    )
    return candidates(named, "organisation", "company", strength=3)


def _firms(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """灵眸科技|创始人, 欣锐储能|去年营收: two letters that open a clause and are no word, a trade, and what is told of
    companies; or the two again and again."""
    soft = {*lexicon.words["soft_trade"], *lexicon.words["told_trade"]}
    trades = {*lexicon.words["industry"], *lexicon.words["firm_trade"], *soft}
    kind, told = opened(letters, trades), lexicon.patterns["firm_told"]
    # The door knows pairs of letters only; what a window begins with tells the rest.
    named = f"^[{OPENS}\n]?(\\p{{Han}}{{2}}(?:{alternation(trades)}))"
    found = windows_of(letters, kind, 3, FIRM).with_columns(
        surface=pl.col("text").str.extract(named), told=pl.col("text").str.contains(f"{named}{told}")
    )
    found = found.drop_nulls("surface").select("doc", "surface", "told")
    brand, size = pl.col("surface").str.head(2), pl.col("surface").str.len_chars()
    coined = found.filter(~lexicon.names.has(brand), ~brand.str.contains(lexicon.patterns["no_brand"]), size >= 4)
    coined = coined.filter(~rarities(coined["surface"].str.head(2))["is_known"])
    # 生技医疗 is what a fund buys.
    again = coined.filter(~pl.col("surface").str.contains(f"(?:{alternation(soft)})$"))
    return pl.concat(
        [
            candidates(coined.filter("told"), "organisation", "company", strength=2),
            candidates(again, "organisation", "company", strength=1, distinct=False),
        ]
    )


def _practices(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """山东齐鲁律师事务所: a town and two to four letters before the word for a practice; the segmenter reads 所说 behind it."""
    towns = lexicon.places("province", "prefecture", "city", "county_level_city")
    practices = lexicon.words["practice"]
    ending = alternation(practices)
    door = windows_of(letters, opened(letters, practices), PRACTICE, 6)
    named = door.with_columns(pl.col("text").str.extract(f"(\\p{{Han}}{{4,}}(?:{ending}))")).drop_nulls("text")
    own = pl.col("text").str.len_chars() - pl.col("text").str.extract(f"({ending})$").str.len_chars()
    begun = [
        named.filter(own - begin - size >= 2, own - begin - size <= 4)
        .filter(towns.has(pl.col("text").str.slice(begin, size)))
        .with_columns(surface=pl.col("text").str.slice(begin), brand=pl.col("text").str.slice(begin + size).str.head(2))
        for begin in range(PRACTICE - 3)
        for size in (3, 2)
    ]
    found = pl.concat(begun).filter(~pl.col("brand").str.contains(lexicon.patterns["no_practice"]))
    return candidates(found.select("doc", "surface"), "organisation", "company", strength=2)


def _storms(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """台风“青鸟”, 丹娜丝台风: the name of a storm is nobody's, however it sounds."""
    holding = texts.filter(pl.col("text").str.contains("[风旋暴]“"))
    named = matches(holding, lexicon.patterns["storm"]).with_columns(surface=pl.col("surface").str.extract("“(.*)”"))
    listed = matches(texts.filter(pl.col("text").str.contains("台风")), lexicon.patterns["listed_storm"])
    called = listed.with_columns(canonical=pl.format("台风{}", pl.col("surface").str.replace("强?台风", "")))
    known = (
        candidates(listed, "event", "storm", strength=3)
        .drop("canonical")
        .join(called.select(pl.col("doc").cast(pl.UInt32), "surface", "canonical"), on=["doc", "surface"])
    )
    return pl.concat([candidates(named, "event", "storm", strength=3), known.select(list(SCHEMA))])


def _campaigns(texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """“清澜”专项行动, “山海-2026”联合演习, “远山”特展: what is done under a name in quotation marks."""
    return candidates(_quoted(texts, lexicon, "campaign"), "event", "campaign", strength=2)


def _quoted(texts: pl.DataFrame, lexicon: Lexicon, kind: str) -> pl.DataFrame:
    """Columns doc and surface: names in quotation marks before a word for what they are, “山海通”小程序."""
    what = lexicon.patterns[kind]
    holding = texts.filter(pl.col("text").str.contains(f"”{what}"))
    named = matches(holding, f"“{NAMED}”{what}").with_columns(surface=pl.col("surface").str.extract(f"“({NAMED})”"))
    surface = pl.col("surface")
    # Who is meant is no name: “90后”计划.
    return named.filter(
        surface.str.len_chars().is_between(2, QUOTED_BODY), ~surface.str.contains(lexicon.patterns["no_term"])
    )


def _world_days(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """世界冰湖日, 国际灯塔日: days the world keeps; 国际油价近日 is none."""
    opening = lexicon.words["of_world_day"]
    windows = windows_of(letters, opened(letters, opening), 0, WORLD_DAY)
    found = matches(windows, f"^(?:{alternation(opening)}){lexicon.patterns['world_day']}")
    return candidates(
        found.filter(~pl.col("surface").str.contains(lexicon.patterns["no_world_day"])), "event", "day", strength=2
    )


def latin_tokens(texts: pl.DataFrame) -> pl.DataFrame:
    """Whole Latin words of a document: known ones are names, the others only shield their parts. Columns doc, surface."""
    return matches(texts, LATIN).select("doc", "surface")
