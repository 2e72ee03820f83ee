"""Other names of one thing within an article: brackets, abbreviations, short forms."""

from __future__ import annotations

import re

import polars as pl

from transforms.entities.choose import NAMED
from transforms.entities.foreign import DOTS
from transforms.entities.lexicon import OPENS, Lexicon, alternation
from transforms.words import frequency, segmenter

# No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
SHORTEST_BODY = 4
"""Characters of a body's name that says which it is without its place."""
SHORTEST_TEAM = 3
"""Characters of a team's."""
SHORTEST_PART = 3
"""Characters of the part of a body that is called by itself."""
MOST_PARTS = 64
"""Parts of bodies an article may name for any of them to be looked for: each is looked for in the whole text."""
SHORTEST_WHOLE = 3
"""Characters of the body it is a part of."""
LONGEST = 63
"""Characters of the longest name there is (see letters.py)."""


def joined(names: pl.DataFrame, texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """`names` (what `chosen` returns) with the short forms found added, and every surface led to one canonical name."""
    forms = [
        _short_forms(names, lexicon),
        _brands_alone(names, lexicon),
        _last_names(names, lexicon),
        _without_place(names, lexicon),
        _without_form(names, lexicon),
        _short_documents(names, lexicon),
        _departments(names, texts, lexicon),
        _around(names, lexicon),
    ]
    spelt_out = pl.concat(form.select(NAMED) for form in forms).sort(pl.all())
    added = pl.concat([_in_brackets(names, texts, lexicon).select(NAMED), spelt_out]).unique(
        ["doc", "surface"], keep="first", maintain_order=True
    )
    fresh = added.join(names, on=["doc", "surface"], how="anti")
    merged = _merge(names, added)
    return pl.concat([merged, fresh.select(merged.columns)])


def _around(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """欧洲地区, 伦敦市: a place that the gazetteer has without the word behind it."""
    known = lexicon.surfaces.filter(pl.col("entity_type") == "place").select(
        "canonical", "entity_type", "entity_subtype", short="surface"
    )
    shorter = pl.col("surface").str.replace(lexicon.patterns["around"], "").str.strip_suffix("市")
    called = names.filter(pl.col("entity_type") == "place").select("doc", "surface", short=shorter)
    led = called.filter(pl.col("short") != pl.col("surface")).join(known, on="short")
    # 吉林市 is not the province, 远山市 not the county of that name.
    town = pl.col("entity_subtype").is_in(["city", "county_level_city"])
    town &= ~lexicon.places().has(pl.col("short") + "县") & ~pl.col("surface").str.ends_with("县市")
    around = pl.col("surface").str.contains(lexicon.patterns["around"])
    return led.filter(around | town).join(known.select(surface="short"), on="surface", how="anti")


def _merge(names: pl.DataFrame, added: pl.DataFrame) -> pl.DataFrame:
    """A surface that is itself a short form of another name takes that name's identity."""
    target = added.select("doc", "surface", new="canonical", new_type="entity_type", new_subtype="entity_subtype")
    # A company's brand by itself sounds like a person: 苏豪 behind 苏豪控股集团有限公司.
    brand = (pl.col("entity_type") == "person") & (pl.col("new_type") == "organisation")
    same = pl.col("new").is_not_null() & ((pl.col("entity_type") == pl.col("new_type")) | brand)
    return (
        names.join(target, on=["doc", "surface"], how="left", maintain_order="left")
        .with_columns(
            canonical=pl.when(same).then("new").otherwise("canonical"),
            entity_subtype=pl.when(same).then("new_subtype").otherwise("entity_subtype"),
            entity_type=pl.when(same).then("new_type").otherwise("entity_type"),
        )
        .drop("new", "new_type", "new_subtype")
    )


def _in_brackets(names: pl.DataFrame, texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """X（Y）: the known one of the two lends its identity to the other one."""
    # What opens the bracket with a short form: （600123，以下简称“.
    opens = rf"[（(](?:[^（(）)“”\n]*{lexicon.patterns['called']}为?[：:]?)?“?"
    bracket = rf"[A-Za-z0-9\p{{Han}}·]+{opens}[A-Za-z\p{{Han}}·\-]+”?[）)]"
    pairs = (
        texts.select("doc", pair=pl.col("text").str.extract_all(bracket))
        .explode("pair")
        .drop_nulls()
        .select(
            "doc",
            outside=pl.col("pair").str.extract(r"^(.*)[（(]"),
            inside=pl.col("pair").str.extract(rf"{opens}([^“”（(）)]*)”?[）)]$"),
        )
    )
    pairs = pairs.filter(pl.col("outside").str.len_chars() >= 2, pl.col("inside").str.len_chars().is_between(2, 16))
    outer = names.filter(pl.col("entity_type").is_in(["organisation", "product"])).rename({"surface": "name"})
    return (
        _ends(pairs, pl.col("outside"), "name", 1, left=0)
        .join(outer, on=["doc", "name"])
        .filter(pl.col("inside") != pl.col("name"))
        .filter(pl.col("inside").str.contains("^[A-Za-z-]+$") | _subsequence())
        # 亚太经合组织（APEC） ends in 经合组织 too: the longest name is meant.
        .sort("doc", "inside", pl.col("name").str.len_chars(), "canonical", descending=[False, False, True, False])
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="inside")
    )


def _ends(rows: pl.DataFrame, text: pl.Expr, end: str, shortest: int, left: int) -> pl.DataFrame:
    """The rows once for every end of the text that leaves so many characters, as column `end`: what a name ends in is then
    a key.

    A page may name ten thousand companies: to compare each with each is beyond any memory.
    """
    # Lengths are unsigned: without the cast an empty text would have four thousand million ends.
    longest = pl.min_horizontal(text.str.len_chars().cast(pl.Int64) - left, LONGEST)
    sized = rows.with_columns(size=pl.int_ranges(shortest, longest + 1))
    return (
        sized.explode("size", empty_as_null=False).with_columns(text.str.tail(pl.col("size")).alias(end)).drop("size")
    )


def _subsequence() -> pl.Expr:
    """The characters of `inside` stand in `name`, the first ones at least: an abbreviation, not a remark."""
    inside = pl.col("inside")
    return (
        pl.col("name").str.contains(inside.str.slice(0, 1), literal=True)
        & pl.col("name").str.contains(inside.str.slice(-1, 1), literal=True)
        & (inside.str.len_chars() < pl.col("name").str.len_chars())
    )


def _short_forms(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Short forms an article may use for a long name it spells out: 江苏产研院 and 产研院 for 江苏省产业技术研究院."""
    long = names.filter(
        pl.col("entity_type") == "organisation",
        pl.col("surface").str.len_chars() >= 5,
        pl.col("surface").str.contains(lexicon.patterns["shortened"]),
    )
    # 阳明山科技大学 is 阳明山科大 as well.
    school = re.compile(f"(?P<own>.{{2,}})(?P<kind>{alternation(lexicon.words['school_kind'])})大学")
    short_forms = {name: _abbreviations(name, school, lexicon) for name in long["surface"].unique()}
    rows = [
        (doc, short, "organisation", subtype, canonical)
        for doc, surface, subtype, canonical in long.select("doc", "surface", "entity_subtype", "canonical").iter_rows()
        for short in short_forms[surface]
    ]
    return pl.DataFrame(rows, schema=names.select(NAMED).schema, orient="row")


def _abbreviations(name: str, school: re.Pattern[str], lexicon: Lexicon) -> list[str]:
    parts: list[tuple[str, str]] = segmenter().tag(name)
    place = parts[0][0] if parts[0][1] == "ns" and len(parts) > 2 else ""
    rest = [word for word, _ in parts[1 if place else 0 :]]
    last = rest[-1]
    out: list[str] = []
    # 青江大学附属山河医院 is 山河医院 as well.
    clinic = re.search(lexicon.patterns["clinic"], name)
    if clinic:
        return [clinic[1]]
    schooled = school.fullmatch(name)
    if schooled:
        return [schooled["own"] + schooled["kind"][0] + "大"]
    if last in lexicon.words["called_by_letters"] and len(rest) >= 2:
        head = rest[0][0]
        core = head + (last[0] if len(rest) == 2 or last[0] == "研" else rest[1][0]) + last[-1]
        bare = place.rstrip("省市县区")
        out = [core, bare + core] if bare else [core]
    elif last in lexicon.words["called_by_brand"]:
        brand = name[: -len(last)]
        out = [brand] if len(brand) >= 3 and len(parts) == 2 and not place else []
        out += _brands(rest, lexicon)
    return [short for short in out if 2 <= len(short) < len(name)]


def _brands(words: list[str], lexicon: Lexicon) -> list[str]:
    """青禾 and 青禾集团 for 青禾|控股|集团|有限公司: a word no dictionary has, before what any company is called."""
    brand, kind = words[0], "".join(words[1:2])
    coined = len(brand) >= 2 and not frequency(brand)
    is_trade = re.match(lexicon.patterns["brand_trade"], kind) is not None
    return [brand, brand + "集团", brand + kind, brand + "公司"] if coined and is_trade else []


def _brands_alone(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """青禾 beside 青禾光电: two companies of which one is called by the other's brand are one."""
    companies = names.filter(
        pl.col("entity_type") == "organisation", pl.col("surface") == pl.col("canonical")
    ).with_columns(begins=pl.col("surface").str.head(2))
    brand, rest = pl.col("brand"), pl.col("surface").str.slice(pl.col("brand").str.len_chars())
    return (
        companies.filter(pl.col("surface").str.len_chars().is_between(4, 6))
        .join(companies.select("doc", "begins", brand="surface"), on=["doc", "begins"])
        .filter(
            brand.str.len_chars() >= 2,
            pl.col("surface").str.starts_with(brand),
            rest.str.contains(lexicon.patterns["brand_trade"]) & (rest.str.len_chars() <= 3),
        )
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="brand")
    )


def _without_place(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """鸠江区人民法院 beside 芜湖市鸠江区人民法院: one body, with and without the place it is in."""
    bodies = names.filter(pl.col("entity_type") == "organisation")
    shorter = bodies.filter(pl.col("surface") == pl.col("canonical")).select("doc", short="surface")
    places = names.filter(pl.col("entity_type") == "place").select("doc", "surface")
    place = pl.col("surface").str.head(pl.col("surface").str.len_chars() - pl.col("short").str.len_chars())
    size = pl.col("short").str.len_chars()
    # 上海海港队 and 海港队: a club and its town.
    is_team = pl.col("entity_subtype") == "team"
    return (
        _ends(bodies, pl.col("surface"), "short", SHORTEST_TEAM, left=1)
        .join(shorter, on=["doc", "short"], how="semi")
        .filter((size >= SHORTEST_BODY) | is_team, pl.col("canonical") != pl.col("short"))
        .with_columns(place=place)
        .filter(
            is_team
            | pl.col("place").str.contains(rf"^\p{{Han}}+{lexicon.patterns['county_end']}")
            | pl.struct("doc", surface="place").is_in(places.to_struct().implode())
        )
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="short")
        .sort(
            "doc", "surface", pl.col("canonical").str.len_chars(), "canonical", descending=[False, False, True, False]
        )
        .unique(["doc", "surface"], keep="first", maintain_order=True)
    )


def _without_form(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """远山青禾科技股份有限公司 and 青禾科技: a company, and the end of its name without its legal form."""
    bodies = names.filter(
        pl.col("entity_type") == "organisation", pl.col("surface") == pl.col("canonical")
    ).with_columns(core=pl.col("surface").str.replace(lexicon.patterns["legal_form"], ""))
    companies = bodies.filter(pl.col("core") != pl.col("surface"))
    return (
        _ends(companies, pl.col("core"), "short", SHORTEST_BODY, left=1)
        .join(bodies.select("doc", short="surface"), on=["doc", "short"], how="semi")
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="short")
        .sort(pl.all())
        .unique(["doc", "surface"], keep="none")
    )


def _departments(names: pl.DataFrame, texts: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """农业局 for 台南市政府农业局: a part of a body by itself, wherever the article says it at the beginning of a clause."""
    bodies = names.filter(pl.col("entity_type") == "organisation")
    size = pl.col("surface").str.len_chars()
    long = bodies.filter(size >= SHORTEST_BODY + SHORTEST_PART)
    parts = _ends(long, pl.col("surface"), "short", SHORTEST_PART, left=SHORTEST_WHOLE)
    whole, short = pl.col("whole"), pl.col("short")
    named = parts.with_columns(whole=pl.col("surface").str.head(size - short.str.len_chars())).filter(
        whole.str.len_chars() >= SHORTEST_WHOLE, whole.str.tail(2).is_in(lexicon.tail_pairs)
    )
    own = lexicon.suffixes.filter(pl.col("entity_subtype") != "government")["suffix"]
    named = named.filter(~short.is_in([*own, *lexicon.words["generic"]]))
    text = pl.col("text")
    opens = f"\n{OPENS}{lexicon.characters['before_body']}"
    openings = [text.str.count_matches(pl.concat_str(pl.lit(mark), short), literal=True) for mark in opens]
    few = named.filter(pl.len().over("doc") <= MOST_PARTS)
    told = few.join(texts.select("doc", text=pl.concat_str(pl.lit("\n"), "text")), on="doc", maintain_order="left")
    alone = told.with_columns(
        times=text.str.count_matches(short, literal=True) - text.str.count_matches(pl.col("surface"), literal=True)
    ).filter(pl.col("times") > 0)
    return (
        alone.filter(pl.sum_horizontal(openings) == pl.col("times"))
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="short")
        .unique()
        .unique(["doc", "surface"], keep="none")
        .sort(pl.all())
    )


def _short_documents(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """《办法》 for 《河道管理办法（试行）》, where the article names one document of that sort."""
    sort = pl.col("surface").str.extract(lexicon.patterns["document_sort"])
    works = names.filter(pl.col("entity_type") == "product").select(
        "doc",
        "entity_type",
        "entity_subtype",
        "canonical",
        "surface",
        short=pl.concat_str(pl.lit("《"), sort, pl.lit("》")),
    )
    return (
        works.filter(pl.col("short") != pl.col("surface"))
        .select("doc", "entity_type", "entity_subtype", "canonical", surface="short")
        .unique()
        .unique(["doc", "surface"], keep="none")
    )


def _last_names(names: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The family name of a foreigner whose full name the article gives; 特朗普 beside 梅拉尼娅·特朗普, both of them listed, is
    not hers."""
    people = lexicon.named("person")
    is_listed = people.has(pl.col("full")) & people.has(pl.col("surface"))
    return (
        names.filter(pl.col("entity_type") == "person", pl.col("surface").str.contains(f"[{DOTS}]"))
        .select(
            "doc",
            "entity_type",
            "entity_subtype",
            "canonical",
            full="surface",
            surface=pl.col("surface").str.extract(f"([^{DOTS}]+)$"),
        )
        .filter(pl.col("surface").str.len_chars() >= 2, ~is_listed)
        .drop("full")
    )
