"""Which script a text is in, whose vocabulary it uses, and whether a machine put it into that script."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.points import CODE_POINTS, begins, points
from transforms.script.dictionaries import alternatives, current
from transforms.script.rows import with_rows

# Traditional by the dictionary, yet at home in Simplified text: 乾隆, 著名, 瞭望, 慰藉, 宫商角徵羽, 哪吒 …
_ALSO_SIMPLIFIED = "乾著瞭藉徵闇吒崑夥"
# Simplified by the dictionary, yet everyday forms in Taiwan or Hong Kong.
_ALSO_TRADITIONAL = "庄冲霉恒痴虱悦脱温虚粽么并"
MIXED_SHARE = 0.1
MIXED_COUNT = 10
SHORT_COUNT = 60
MANY = 4
TRADITIONAL, SIMPLIFIED = 1, 2

COUNTED_KINDS = (
    "char_map", "genuine", "bug", "standard_variant", "taiwan_variant", "taiwan_phrase", "mainland_phrase",
    "mainland_word",
)  # fmt: skip
REGIONS = ("CN", "TW", "HK")


def detect(bodies: pl.Series, overrides: pl.DataFrame) -> pl.DataFrame:
    """One row per body, in order: `script`, `script_region`, `script_origin`, `script_evidence`.

    Script, by characters that exist in one script only (T Traditional, S Simplified):

    | S and T                                       | script | origin | region            |
    |-----------------------------------------------|--------|--------|-------------------|
    | both >= 10, the smaller >= 10 % of their sum  | mixed  | NULL   | NULL              |
    | T > S                                         | Hant   | below  | below             |
    | otherwise                                     | Hans   | native | CN, NULL if S = 0 |

    Origin of Traditional text; the first row that holds decides. Counts are of the kinds of seed rules of
    `transforms.tables.ref_script`; `mainland` = curly quotation marks + CN words + 3 if 爲 and its like stand where
    Taiwan and Hong Kong write 為; `local` = corner quotation marks + TW words + HK words; `phrases` = taiwan_phrase +
    mainland_phrase + mainland_word. From the mainland it is by a bug, if mainland >= 1 or local = 0; by mainland >= 2 and
    > local, if it has a phrase or a curly mark and, where local > 0, two phrases, or mainland >= 4; by mainland >= 1 with
    mainland_phrase + mainland_word >= 2 and nothing of Taiwan or Hong Kong.

    | holds                                                         | origin           | region |
    |---------------------------------------------------------------|------------------|--------|
    | char_map > genuine, char_map >= 2 (1 if genuine = local = 0, T < 60)  | converted_char   | CN     |
    | from the mainland; taiwan_phrase >= 1 and >= 3 times mainland_phrase | converted_phrase | CN |
    | from the mainland                                             | converted_opencc | CN     |
    | otherwise                                                     | native           | HK or TW by words, NULL without any |
    """
    frame = bodies.alias("body").to_frame().with_columns(_letters(bodies)).with_columns(script=_script())
    is_hant = frame["script"] == "Hant"
    rows = is_hant.arg_true()
    hant = frame.with_row_index("row").filter(is_hant)
    judged = hant.select("row", "traditional", *_counts(overrides)).with_columns(_mainland(), _local())
    judged = judged.with_columns(script_origin=_origin()).with_columns(script_region=_region(), seen=_seen())
    return (
        frame.with_row_index("row")
        .join(
            judged.select("row", "script_origin", "script_region", "seen"), on="row", how="left", maintain_order="left"
        )
        .select("script", _any_region(), _any_origin(), _evidence())
        if len(rows)
        else frame.with_columns(
            script_origin=pl.lit(None, pl.String), script_region=pl.lit(None, pl.String), seen=pl.lit(None, pl.String)
        ).select("script", _any_region(), _any_origin(), _evidence())
    )


@cache
def traditional_only() -> str:
    """Characters that Simplified text does not use, as one string."""
    table = current("TSCharacters.txt")
    return "".join(sorted(key for key, value in table.items() if value != key and key not in _ALSO_SIMPLIFIED))


@cache
def simplified_only() -> str:
    """Characters that Traditional text of no region uses, as one string."""
    regional = {value for file in ("TWVariants.txt", "HKVariants.txt") for value in current(file).values()}
    table = alternatives("STCharacters.txt")
    return "".join(
        sorted(
            key
            for key, values in table.items()
            if key not in values and key not in regional and key not in _ALSO_TRADITIONAL
        )
    )


def _class(characters: str) -> str:
    return f"[{characters}]"


def _letters(bodies: pl.Series) -> list[pl.Series]:
    """`traditional` and `simplified`, characters of one script only in each body; where there is nothing Traditional to
    weigh them against, one Simplified is enough."""
    rows = bodies.str.contains(_class(traditional_only())).arg_true()
    found = bodies.str.contains(_class(simplified_only())).cast(pl.Int64)
    none = pl.zeros(len(bodies), dtype=pl.Int64, eager=True)
    traditional, simplified = weighed(bodies.gather(rows))
    return [
        with_rows(none, rows, traditional).alias("traditional"),
        with_rows(found, rows, simplified).alias("simplified"),
    ]


def weighed(bodies: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many characters of one script only each body has: Traditional, and Simplified."""
    if bodies.is_empty():
        return pl.Series(dtype=pl.Int64), pl.Series(dtype=pl.Int64)
    script, edges = _scripts().take(points(bodies)), begins(bodies)
    # How many stand before each edge is looked up among their places: adding up all characters takes twice as long.
    places = [np.flatnonzero((script & one) > 0) for one in (TRADITIONAL, SIMPLIFIED)]
    traditional, simplified = (np.diff(np.searchsorted(place, edges)) for place in places)
    return pl.Series(traditional), pl.Series(simplified)


def is_traditional(lines: pl.Series) -> pl.Series:
    """Whether each line has characters that only Traditional text uses and none that only Simplified does."""
    traditional, simplified = weighed(lines.fill_null(""))
    return (traditional > 0) & (simplified == 0)


@cache
def _scripts() -> npt.NDArray[np.uint8]:
    """For each code point TRADITIONAL where Simplified text does not use it, SIMPLIFIED where Traditional does not.

    Two rare ones are both.
    """
    scripts = np.zeros(CODE_POINTS, dtype=np.uint8)
    for script, characters in ((TRADITIONAL, traditional_only()), (SIMPLIFIED, simplified_only())):
        scripts[[ord(character) for character in characters]] |= script
    return scripts


def _script() -> pl.Expr:
    traditional, simplified = pl.col("traditional"), pl.col("simplified")
    smaller = pl.min_horizontal(traditional, simplified)
    is_mixed = (smaller >= MIXED_COUNT) & (smaller >= MIXED_SHARE * (traditional + simplified))
    return (
        pl.when(is_mixed)
        .then(pl.lit("mixed"))
        .when(traditional > simplified)
        .then(pl.lit("Hant"))
        .otherwise(pl.lit("Hans"))
    )


def _counts(overrides: pl.DataFrame) -> list[pl.Expr]:
    kinds = {kind: overrides.filter(kind=kind) for kind in COUNTED_KINDS}
    kinds |= {f"words_{region}": overrides.filter(kind="vocabulary", replacement=region) for region in REGIONS}
    counts = [_count("|".join(rules["pattern"].sort())).alias(name) for name, rules in kinds.items()]
    return [*counts, _count("“").alias("curly"), _count("[「『]").alias("corner")]


def _count(pattern: str) -> pl.Expr:
    return pl.col("body").str.count_matches(pattern).cast(pl.Int64) if pattern else pl.lit(0, pl.Int64)


def _mainland() -> pl.Expr:
    has_standard_variants = (pl.col("standard_variant") > 0) & (pl.col("taiwan_variant") == 0)
    return (pl.col("curly") + pl.col("words_CN") + 3 * has_standard_variants.cast(pl.Int64)).alias("mainland")


def _local() -> pl.Expr:
    return (pl.col("corner") + pl.col("words_TW") + pl.col("words_HK")).alias("local")


def _origin() -> pl.Expr:
    char_map, genuine, phrases = pl.col("char_map"), pl.col("genuine"), pl.col("taiwan_phrase")
    mainland, local = pl.col("mainland"), pl.col("local")
    mainland_phrases = pl.col("mainland_phrase") + pl.col("mainland_word")
    alone = (genuine == 0) & (local == 0) & (pl.col("traditional") < SHORT_COUNT)
    is_char = (char_map > genuine) & ((char_map >= 2) | alone)
    # Taiwan's papers report of the mainland's offices: their names alone do not say who wrote.
    is_many = mainland >= MANY
    is_told = (pl.col("curly") > 0) | (phrases + mainland_phrases > 0) | is_many
    is_unmixed = (local == 0) | is_many | (phrases + mainland_phrases >= 2)
    is_bare = (mainland >= 1) & (mainland_phrases >= 2) & (local + phrases + pl.col("taiwan_variant") == 0)
    is_mainland = (
        ((pl.col("bug") > 0) & ((mainland > 0) | (local == 0)))
        | ((mainland >= 2) & (mainland > local) & is_told & is_unmixed)
        | is_bare
    )
    is_phrase = is_mainland & (phrases >= 1) & (phrases >= 3 * pl.col("mainland_phrase"))
    return (
        pl.when(is_char)
        .then(pl.lit("converted_char"))
        .when(is_phrase)
        .then(pl.lit("converted_phrase"))
        .when(is_mainland)
        .then(pl.lit("converted_opencc"))
        .otherwise(pl.lit("native"))
    )


def _region() -> pl.Expr:
    taiwan, hong_kong = pl.col("words_TW"), pl.col("words_HK")
    return (
        pl.when(pl.col("script_origin") != "native")
        .then(pl.lit("CN"))
        .when(hong_kong > taiwan)
        .then(pl.lit("HK"))
        .when(taiwan > 0)
        .then(pl.lit("TW"))
    )


def _seen() -> pl.Expr:
    names = [*COUNTED_KINDS, "mainland", "local", "words_TW", "words_HK"]
    return pl.concat_str([pl.format(f"{name}={{}}", pl.col(name)) for name in names], separator=" ")


def _any_region() -> pl.Expr:
    return (
        pl.when(pl.col("script") == "Hant")
        .then(pl.col("script_region"))
        .when((pl.col("script") == "Hans") & (pl.col("simplified") > 0))
        .then(pl.lit("CN"))
        .alias("script_region")
    )


def _any_origin() -> pl.Expr:
    return (
        pl.when(pl.col("script") == "Hans")
        .then(pl.lit("native"))
        .otherwise(pl.col("script_origin"))
        .alias("script_origin")
    )


def _evidence() -> pl.Expr:
    at_least = (
        pl.when((pl.col("traditional") == 0) & (pl.col("simplified") > 0)).then(pl.lit(">=")).otherwise(pl.lit("="))
    )
    counts = pl.format("T={} S{}{}", pl.col("traditional"), at_least, pl.col("simplified"))
    return pl.concat_str([counts, pl.col("seen")], separator=" ", ignore_nulls=True).alias("script_evidence")
