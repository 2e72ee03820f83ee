"""Canonical Chinese punctuation and spacing, mark by mark, never by Unicode normalisation."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from transforms.forms import MARKS
from transforms.script.rows import with_rows
from transforms.unseen import CONTROLS

HAN = r"\p{Han}〇"
# Punctuation that belongs to Chinese text whatever stands beside it.
TITLED = "《》〈〉"
CJK = f"、。，．：；？！（）{TITLED}【】〔〕"
# Shared with Western text: Chinese only beside a Han character.
OPENING, CLOSING = "“‘", "”’"
SHARED = f"{OPENING}{CLOSING}—…"
WIDE_BLANK = r"\t\u{b}\u{c}\u{85}\u{a0}\u{1680}\u{3000}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}"
# Stands before an ASCII mark that is to be widened; no text holds this private-use character.
WIDEN = "\ue0f0"
# Stands for a blank that separates; no text holds this one either.
APART = "\ue0f1"
# One mark widened can be the reason to widen its neighbour; real text settles in two rounds.
ROUNDS = 12

_BEFORE = f"[{HAN}{CJK}][{CLOSING}…%]?"
_AFTER = f" *[{OPENING}]?[{HAN}{CJK}]"
_WIDENED = {f"{WIDEN}{mark}": wide for mark, wide in zip(",:;?!", "，：；？！", strict=True)}
_QUOTES = dict(zip("「」『』〝〞", "“”‘’“”", strict=True))
# Set downwards, small or half as wide, a mark is what it is a form of; ASCII there is Chinese.
_PLAIN = _QUOTES | dict(zip(",:;?!()・", "，：；？！（）·", strict=True))
_STRAIGHT = {"＂": '"'}
_FORMS = {form: _PLAIN.get(meant, meant) for form, meant in MARKS.items() if _PLAIN.get(meant, meant) in f"{CJK}“”‘’—·"}
_FULL_WIDTH = {chr(point + 0xFEE0): chr(point) for point in range(0x21, 0x7F) if chr(point).isalnum() or point == 0x25}
_INVISIBLE = dict.fromkeys("\u200b\ufeff\u2060\u00ad" + WIDEN + APART + CONTROLS, "")
_CHARACTERS = _QUOTES | _STRAIGHT | _FORMS | _FULL_WIDTH | _INVISIBLE


class Step(NamedTuple):
    """Replacements that run where the text contains `needs`: patterns in order, then literal strings."""

    needs: str
    patterns: list[tuple[str, str]]
    literals: dict[str, str] = {}  # noqa: RUF012


# A straight mark opens a quotation where no Latin letter or number stands before it, and the next closes it; where any of
# a line does not (27″ written as 27"), none of its marks is touched, nor are those of a line without a Han character.
_PAIR = '(?:[^"]*[^0-9A-Za-z"])?"[^"]+"'
_HAN_PAIR = f'(?:[^"]*[{HAN}](?:[^"]*[^0-9A-Za-z"])?"[^"]+"|(?:[^"]*[^0-9A-Za-z"])?"[^"]*[{HAN}][^"]*")'
_PAIRS = f'^(?:{_PAIR})*(?:{_HAN_PAIR}(?:{_PAIR})*[^"]*|{_PAIR}[^"]*[{HAN}][^"]*)$'

# Once, and first: when only the plain blank is left, every later pattern has a literal to look for.
_PREPARATION = (
    # ４，５６５ is one number; the comma behind the third digit is read in the next round.
    Step("[０-９]，[０-９]", [("([０-９])，([０-９]{3})([^０-９]|$)", "$1,$2$3")] * 3),
    Step("[" + "".join(_CHARACTERS) + "]", [], _CHARACTERS),
    Step(_PAIRS, [('"([^"]+)"', "“$1”")]),
    Step(f"[{WIDE_BLANK}]", [(f"[{WIDE_BLANK}]", " ")]),
)
_STEPS = (
    Step("  ", [(" {2,}", " ")]),
    Step(
        "[,:;?!]",
        [
            (f"({_BEFORE}) *([,:;?!])", f"${{1}}{WIDEN}$2"),
            (f"{WIDEN}?([,:;])({_AFTER})", f"{WIDEN}$1$2"),
            # A question mark at the start of a line is more often a lost glyph than a question.
            (f"([A-Za-z0-9%‰℃℉°])([?!])({_AFTER})", f"${{1}}{WIDEN}$2$3"),
        ],
        _WIDENED,
    ),
    Step(
        "[()]",
        [
            (f"\\(([^()\\n]*[{HAN}][^()\\n]*)\\)", "（$1）"),
            (f"([{HAN}{CJK}{CLOSING}])\\(([^()\\n]*)\\)", "$1（$2）"),
            (f"\\(([^()\\n]*)\\)([{HAN}{CJK}])", "（$1）$2"),
            (f"([{HAN}{CJK}])\\)", "$1）"),
            (f"\\(([{HAN}])", "（$1"),
        ],
    ),
    Step(r"\.\.\.", [(f"([{HAN}{CJK}{CLOSING}])\\.{{3,}}", "$1……")]),
    Step("。。", [("。{2,}", "……")]),
    Step("…|⋯", [(f"([{HAN}{CJK}][{CLOSING}]?)(?:…|…{{3,}}|⋯+)([^…⋯]|$)", "$1……$2")]),
    Step("‧|・|•", [(f"([{HAN}])[‧・•]([{HAN}])", "$1·$2")]),
    Step(
        " ",
        [
            (f"([{CJK}--{TITLED}]) ", "$1"),
            (f" ([{CJK}--{TITLED}])", "$1"),
            (f"([{HAN}]) ([{CLOSING}—…])", "$1$2"),
            (f"([{OPENING}—…]) ([{HAN}])", "$1$2"),
        ],
    ),
)
# In a title a blank parts clauses, also where one of them begins or ends with a quotation or with what a work is called.
_IN_RUNNING_TEXT = Step(
    " ",
    [
        (f"([{TITLED}]) ", "$1"),
        (f" ([{TITLED}])", "$1"),
        (f"([{HAN}]) ([{SHARED}])", "$1$2"),
        (f"([{SHARED}]) ([{HAN}])", "$1$2"),
        (f"([{CLOSING}]) ([{OPENING}][{HAN}])", "$1$2"),
        (f"([{HAN}]) ([{HAN}])", "$1$2"),
    ],
)
# A line of words set apart by blanks, without a clause of prose, is a list; letters set apart one by one are not.
_MARKS = "，。！？…⋯,.!?"
_APART = f"[{HAN}]{{2}} +(?:[{HAN}] +)?[{HAN}]{{2}}"
_LIST = f"^[^{_MARKS}]*{_APART}[^{_MARKS}]*$"


# What any step acts upon: a line that shows none of it stays as it is.
_TRIGGERS = f'[{"".join(_CHARACTERS)}{WIDE_BLANK}{APART} ",:;?!()…⋯‧・•]|\\.\\.\\.|。。'
# White space and empty lines at the ends of lines and texts.
_LOOSE = r"^\n|\n\n|\n$"


def canonical_punctuation(texts: pl.Series, *, is_display_line: bool = False) -> pl.Series:
    """Every text with the punctuation and spacing of printed Simplified Chinese; a null stays null.

    Beside Han characters ASCII marks become full width, corner quotes and pairs of straight ones curly ones, dots an ellipsis, and stray
    blanks go. English sentences, times, figures and addresses keep theirs. A display line (title, heading, list
    of names) keeps the blank between two phrases, which there separates; running text drops it, but for lines
    of words set apart by nothing else.
    Applied to its own result it changes nothing.
    """
    concerned = texts.str.contains(f"{_TRIGGERS}|{_LOOSE}").fill_null(False).arg_true()
    if concerned.is_empty():
        return texts
    lines = texts.gather(concerned).str.split("\n").rename("line").to_frame().with_row_index("text").explode("line")
    suspects = lines["line"].str.contains(_TRIGGERS).arg_true()
    done = _canonical_lines(lines["line"].gather(suspects), is_display_line=is_display_line)
    lines = lines.with_columns(with_rows(lines["line"], suspects, done))
    # A line of blanks is none, but a text of nothing else stays one.
    kept = lines.group_by("text", maintain_order=True).agg(pl.col("line").filter(pl.col("line") != "").str.join("\n"))
    return with_rows(texts, concerned, kept["line"])


def _canonical_lines(lines: pl.Series, *, is_display_line: bool) -> pl.Series:
    """The steps on lines that show a trigger, in rounds until no line changes any more."""
    steps = _STEPS if is_display_line else (*_STEPS, _IN_RUNNING_TEXT)
    result = lines
    for step in _PREPARATION:
        result = _applied(step, result)
    if not is_display_line:
        result = _set_apart(result)
    result, rows = result.str.strip_chars(" "), pl.arange(len(lines), eager=True)
    for _ in range(ROUNDS):
        before = result.gather(rows)
        after = before
        for step in steps:
            after = _applied(step, after)
        after = after.str.strip_chars(" ")
        changed = before != after
        rows = rows.filter(changed)
        if rows.is_empty():
            break
        result = with_rows(result, rows, after.filter(changed))
    return _applied(Step(APART, [], {APART: " "}), result)


def _set_apart(lines: pl.Series) -> pl.Series:
    """Lists of words with APART where a blank separates two words."""
    concerned = lines.str.contains(_LIST).arg_true()
    if concerned.is_empty():
        return lines
    line, blank = pl.col("line"), f"([{HAN}]) +([{HAN}])"
    apart = line.str.replace_all(blank, f"${{1}}{APART}$2").str.replace_all(blank, f"${{1}}{APART}$2")
    done = lines.gather(concerned).alias("line").to_frame().select(apart)["line"]
    return with_rows(lines, concerned, done)


def _applied(step: Step, texts: pl.Series) -> pl.Series:
    concerned = texts.str.contains(step.needs).fill_null(False)
    rows = concerned.arg_true()
    if not len(rows):
        return texts
    text = pl.col("text")
    for pattern, replacement in step.patterns:
        text = text.str.replace_all(pattern, replacement)
    if step.literals:
        text = text.str.replace_many(step.literals)
    done = pl.DataFrame({"text": texts.gather(rows)}).select(text).to_series()
    return done if len(rows) == len(texts) else with_rows(texts, rows, done)
