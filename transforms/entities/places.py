"""Places that no gazetteer has: what the segmenter knows, what a suffix says, and foreign words after 在 or 前往."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates
from transforms.entities.chains import links
from transforms.entities.lexicon import Lexicon
from transforms.entities.organisations import Runs, ungrafted
from transforms.entities.tokens import Places, Tokens

LONGEST = 5
"""Words a place's name may have."""


def places(tokens: Tokens, runs: Runs, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for every place."""
    found = pl.concat(
        [
            _tagged(tokens, lexicon),
            _suffixed(tokens, runs, lexicon),
            _numbered_roads(tokens),
            _parks(tokens, lexicon),
            _prefixed(tokens),
            _districts(tokens),
            _streets(tokens),
            _townships(tokens),
            _landforms(tokens, lexicon),
        ]
    )
    return links(found, lexicon)


def _streets(tokens: Tokens) -> pl.DataFrame:
    """莲石路, 白马路: words no dictionary has, that end in a street and are gone along, to or past. 走在强国路上 is none."""
    place = tokens.where("street")
    beside = tokens.has(place - 1, "passes") | tokens.has(place + 1, "passes")
    beside |= tokens.has(place + 1, "joins") & tokens.has(place + 2, "street") | tokens.has(place - 2, "street")
    place = place[beside & ~tokens.has(place + 1, "upon")]
    return candidates(tokens.named(place, place), "place", "road", strength=2)


def _numbered_roads(tokens: Tokens) -> pl.DataFrame:
    """G216|线, S12|高速: roads called by the letter of their class and a number."""
    number = tokens.where("road_number")
    number = number[tokens.has(number + 1, "road")]
    return candidates(tokens.named(number, number + 1), "place", "road", strength=2)


def _townships(tokens: Tokens) -> pl.DataFrame:
    """文昌|东郊|镇, 在|龙楼|镇: any word between a place, or 在, and what it is called after."""
    last = tokens.where("township")
    last = last[tokens.has(last - 1, "town_name") & (last >= 1)]
    # 沙埕|镇|双屿|村: what has a village is no person, whatever its letters.
    over = last[tokens.has(last + 1, "han")]
    over = over[tokens.has(over + 1, "hamlet") | tokens.has(over + 2, "hamlet_end")]
    # 海南|文昌|东郊|镇: the county may be called by its short form.
    behind = tokens.has(last - 2, "home") | tokens.has(last - 2, "locates") | tokens.has(last - 3, "home")
    last = last[behind & (last >= 2)]
    return pl.concat(
        [
            candidates(tokens.named(last - 1, last), "place", "town", strength=2),
            candidates(tokens.named(over - 1, over), "place", "town", strength=3),
        ]
    )


def _landforms(tokens: Tokens, lexicon: Lexicon) -> pl.DataFrame:
    """塔拉瓦岛, 在|水晶|湾: words that end in what lies there, or stand before it behind 在, 到 or 沿."""
    place, last = tokens.where("landform"), tokens.where("lies")
    # 兰佩|杜萨岛: half a name is none.
    place = place[~tokens.has(place - 1, "title_end") & ~tokens.has(place - 1, "foreign_part")]
    there = tokens.has(last - 2, "locates") | tokens.has(last - 2, "passes")
    last = last[there & tokens.has(last - 1, "names_landform") & (last >= 2)]
    found = pl.concat([tokens.named(place, place), tokens.named(last - 1, last)])
    typed = found.with_columns(subtype=_subtype(pl.col("surface"), lexicon))
    return candidates(typed, "place", pl.col("subtype"), strength=2)


def _parks(tokens: Tokens, lexicon: Lexicon) -> pl.DataFrame:
    """大墅|工业园, 饶埠乡: a word no dictionary has, right before what it is called after."""
    last = tokens.where("park")
    last = last[tokens.has(last - 1, "coinage") & (last >= 1)]
    found = tokens.named(last - 1, last).with_columns(subtype=_subtype(pl.col("surface"), lexicon))
    village = tokens.where("village")
    named = tokens.named(_begun(tokens, village), village)
    return pl.concat(
        [candidates(found, "place", pl.col("subtype"), strength=2), candidates(named, "place", "village", strength=2)]
    )


def _prefixed(tokens: Tokens) -> pl.DataFrame:
    """澜|溪湖, 沧|东州: places of which the dictionary knows the end only."""
    first = tokens.where("odd_letter")
    first = first[tokens.has(first + 1, "home") & tokens.has(first + 1, "han") & ~tokens.has(first - 1, "comma")]
    return candidates(tokens.named(first, first + 1), "place", "", strength=3)


def _districts(tokens: Tokens) -> pl.DataFrame:
    """星海|科技|城, 青禾|软件|园: a word, what is done there, and one character that says it is a place."""
    last = tokens.where("ends_district")
    last = last[tokens.has(last - 1, "site_core") & tokens.has(last - 2, "names_district") & (last >= 2)]
    last = last[~tokens.has(last - 2, "everyday")]
    return candidates(tokens.named(last - 2, last), "place", "zone", strength=2)


def _subtype(name: pl.Expr, lexicon: Lexicon) -> pl.Expr:
    """The finer type the last one to four characters say, '' if none."""
    endings = [
        name.str.tail(n).replace_strict(lexicon.sites, default=None, return_dtype=pl.String) for n in (4, 3, 2, 1)
    ]
    return pl.coalesce(*endings, pl.lit(""))


def _tagged(tokens: Tokens, lexicon: Lexicon) -> pl.DataFrame:
    """Words the segmenter's dictionary calls places. Without a suffix, a foreign sound or 在 before them
    they need to be met twice."""
    place = tokens.where("tagged_place")
    # 部长|曼苏里 is a person, and so is what the rest of a name stands beside: 费尔南|迪纳岛.
    person = tokens.has(place - 1, "title_end") | tokens.has(place + 1, "foreign_part")
    person |= tokens.has(place + 1, "foreign_rest") | tokens.has(place - 1, "foreign_part") & ~tokens.has(
        place, "hamlet"
    )
    place = place[~person]
    begun = _begun(tokens, place)
    # Behind 在 even a hasty guess is a place.
    sure = ~tokens.has(place, "hasty") | (begun < place) | tokens.has(place - 1, "locates")
    place, begun = place[sure], begun[sure]
    frame = pl.DataFrame(
        {
            "doc": tokens.documents(place),
            "surface": tokens.spelt(begun, place),
            "foreign": tokens.has(place, "foreign") & (tokens.count(place, "size") > 2),
            "located": tokens.has(place - 1, "locates"),
        }
    )
    typed = frame.with_columns(subtype=_subtype(pl.col("surface"), lexicon))
    sure = pl.col("foreign") | (pl.col("subtype") != "") | pl.col("located")
    return pl.concat(
        [
            candidates(typed.filter(sure), "place", pl.col("subtype"), strength=2),
            candidates(typed.filter(~sure), "place", pl.col("subtype"), strength=1, distinct=False),
        ]
    )


def _begun(tokens: Tokens, place: Places) -> Places:
    """Where the village at each place begins: behind a town or a mark a character by itself belongs to it, 仁|欧村; so it
    does to a street of two, 大|南街."""
    before = tokens.has(place - 2, "place") | tokens.has(place - 2, "stops") | tokens.has(place - 2, "whose")
    lane = tokens.has(place, "lane") & tokens.has(place - 1, "sized")
    return place - (tokens.has(place, "hamlet") & tokens.has(place - 1, "syllable") & before | lane)


def _suffixed(tokens: Tokens, runs: Runs, lexicon: Lexicon) -> pl.DataFrame:
    """正大|广场, 三海子|湿地|公园: proper words and a word that says what the place is."""
    last = tokens.where("site")
    # 白马|雪山|国家级|自然保护区: of which rank it is, is part of the name.
    # 宣城|站: the segmenter may call the last word a verb, so the run is the one before it.
    first = runs.left_end(last - 1 - tokens.has(last - 1, "rank"))
    # 尚小军|站|在 树下: people stand.
    stands = tokens.has(last, "stands") & tokens.has(last + 1, "goes_on_standing")
    kept = (first < last) & (last - first < LONGEST) & ~stands
    first, last = first[kept], last[kept]
    # 云南|白马|雪山, 常州市|天宁区|延陵|西路: each place of the hierarchy is its own, and a body is none.
    first = np.maximum(first, _behind_parents(tokens, last - 1))
    short = tokens.count(last, "size") == 1
    # One character is a suffix only right behind the proper word: 光明|村, but not 中国|最美|村.
    close = (last - first == 1) & ~tokens.has(first, "our_country")
    proper = (tokens.count(first, "size") > 1) & ~tokens.has(first, "everyday") & ~tokens.has(first, "no_place")
    # 光伏|电站, 韩国|高铁, 缅甸|铜矿: of which kind or whose, not which.
    proper &= ~tokens.has(first, "product")
    proper &= ~tokens.has(last, "ware") | ~tokens.has(last - 1, "realm")
    proper &= ~tokens.has(last, "line") | ~tokens.has(last - 1, "known_place") & (last - first <= 2)
    # 池州|和|南北|沿江|高速公路 are two, 青禾|国际|机场 is one.
    joined = np.cumsum(tokens.every("couples"))
    kept = (~short | close) & proper & (joined[first] == joined[last])
    first, last = first[kept], last[kept]
    named = pl.DataFrame({"doc": tokens.documents(last), "surface": ungrafted(tokens, first, last)})
    typed = named.with_columns(subtype=_subtype(pl.col("surface"), lexicon)).filter(
        pl.col("surface").str.len_chars().is_between(3, 12), ~pl.col("surface").is_in(lexicon.words["not_a_place"])
    )
    return candidates(typed, "place", pl.col("subtype"), strength=2)


def _behind_parents(tokens: Tokens, place: Places) -> Places:
    """The word behind the last one up to each place that others lie in, 0 if there is none before it."""
    parent = tokens.where("holds_places")
    behind = parent + 1
    # 法库县|獾子洞|湿地, but 海南|环岛|高铁.
    rare = tokens.has(behind, "han") & ~tokens.has(behind, "common") & ~tokens.has(parent, "realm")
    behind = np.append(0, behind[tokens.has(behind, "proper") | rare])
    return behind[np.searchsorted(behind, place, side="right") - 1]
