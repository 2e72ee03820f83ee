"""Traditional sentences in a Simplified text: a statement quoted, a post copied in."""

from __future__ import annotations

import polars as pl

from transforms.script.characters import by_character
from transforms.script.detect import weighed

PIECE = r"[^。！？!?；;\n]+|[。！？!?；;\n]+"
# So many characters that only Traditional text uses, and so many times as many as only Simplified uses.
FEWEST, TIMES = 2, 4


def converted_sentences(texts: pl.Series, overrides: pl.DataFrame) -> pl.Series:
    """`texts`, none of them null, with the Traditional sentences of each as Simplified ones.

    A name in Traditional characters among Simplified words stays as the author wrote it.
    """
    pieces = texts.str.extract_all(PIECE).alias("piece").to_frame().with_row_index("row")
    pieces = pieces.explode("piece", empty_as_null=False)
    traditional, simplified = weighed(pieces["piece"])
    rows = ((traditional >= FEWEST) & (traditional > TIMES * simplified)).arg_true()
    if rows.is_empty():
        return texts
    sentences = by_character(pieces["piece"].gather(rows), overrides)
    turned = pieces.with_columns(pieces["piece"].clone().scatter(rows, sentences))
    joined = turned.group_by("row", maintain_order=True).agg(pl.col("piece").str.join(""))
    return texts.clone().scatter(joined["row"], joined["piece"])
