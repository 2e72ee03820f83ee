"""Foreign names: with the dot between their parts, or as one run of the characters of transliteration."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates, matches
from transforms.entities.doors import CAPITALS, holds, lines_of, standing, windows_of
from transforms.entities.lexicon import DOTS, Lexicon, alternation
from transforms.entities.tokens import Places, Tokens
from transforms.letters import Letters

LONGEST = 4
"""Words a foreign name may be cut into."""
LATIN_NAMES = r"[A-Z][\p{Latin}'’.\-]+(?: [A-Z][\p{Latin}'’.\-]+)+[）),，]"
MATCH_WORDS = 2
"""Words of a match in a sentence from which on a name of foreign letters is a player's."""
LONGEST_PART = 7
"""Letters between two dots."""


def dotted(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for names with a dot."""
    period = lexicon.characters["period"]
    # The pattern is a slow one: it sees only the lines with a dot.
    lines = lines_of(letters, standing(letters, DOTS))
    runs = matches(lines, _full_name(lexicon, "+")).select("doc", "surface")
    # Counted repetitions make the automaton of the regex engine large: they see what may be too long.
    long = pl.col("surface").str.contains(f"[^{DOTS}]{{{LONGEST_PART + 1}}}")
    exact = matches(runs.filter(long).select("doc", text="surface"), _full_name(lexicon, f"{{1,{LONGEST_PART}}}"))
    found = (
        pl.concat([runs.filter(~long), exact.select("doc", "surface")])
        # 尼古拉·马卡罗夫|当天, 马卡罗夫|本周, 特雷莎·梅|呼吁, 佩德罗·桑切斯|赛后: the last letter may begin the next word.
        .with_columns(
            pl.col("surface")
            .str.replace(f"^(?:{_titles(lexicon)})", "")
            .str.replace(f"([^{DOTS}])本[{period}]$", "$1")
            .str.replace(f"(?:赛后|后|当?[天日时地选]|[{period}]|呼|博士?)$", "")
        )
        .filter(pl.col("surface").str.len_chars() >= 4)
    )
    spelt = pl.col("surface").str.replace_all(f"[{DOTS}]", "·")
    return candidates(found, "person", "", strength=2).with_columns(canonical=spelt)


def glossed(letters: Letters, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates for foreign names with two names or more in Latin letters behind them: 贝林汉姆（Jude Bellingham）."""
    bracket = standing(letters, "（(")
    bracket = bracket[holds(letters, bracket + 1, CAPITALS) & holds(letters, bracket - 1, lexicon.foreign)]
    latin = windows_of(letters, bracket + 1, 0, 64)["text"].str.extract(f"^({LATIN_NAMES})")
    windows = windows_of(letters, bracket, 16, 0).select("doc", before="text", latin=latin).drop_nulls("latin")
    person = windows.filter(~pl.col("latin").str.contains(lexicon.patterns["latin_place"]))
    # What stands before the letters, and the letters themselves: without a pattern, which would be a large one.
    head = pl.col("before").str.strip_chars_end(lexicon.foreign)
    run = pl.col("before").str.slice(head.str.len_chars())
    titled = pl.col("before").str.extract(f"(?:{_titles(lexicon)})([{lexicon.foreign}]{{2,}})$")
    # Two letters may be the end of a name whose first letter no list has: they need a title or a mark before them.
    told = (run.str.len_chars() >= 3) | (run.str.len_chars() == 2) & ~head.str.contains(r"\p{Han}$")
    surface = pl.coalesce(titled, pl.when(told).then(run)).str.replace("博士$", "")
    return candidates(person.with_columns(surface=surface).drop_nulls("surface"), "person", "", strength=2)


def _full_name(lexicon: Lexicon, times: str) -> str:
    """The pattern of a name of parts with a dot between them, each made of `times` letters or known pieces."""
    part = f"(?:{alternation(lexicon.words['dotted_part'])}|{alternation(lexicon.words['name_part'])}|[{lexicon.dotted}]){times}"
    # The last character of these titles could begin a name: they are matched, then cut.
    period = lexicon.characters["period"]
    return f"(?:{_titles(lexicon)})?{part}(?:[{DOTS}](?:{part}|[A-Z][A-Za-z]*))+[天日时地选后{period}]?"


def _titles(lexicon: Lexicon) -> str:
    """Titles whose last character could begin a name, as alternatives of a pattern."""
    return alternation(lexicon.words["foreign_title"])


def transliterated(tokens: Tokens) -> pl.DataFrame:
    """Candidates for runs of transliteration that no gazetteer has; the words beside one say what it names."""
    size = pl.col("surface").str.len_chars()
    judged = _beside(tokens, *_unbroken(tokens)).filter(size.is_between(2, 8))
    person = judged.filter("person", (size >= 3) | pl.col("tagged"))
    team = judged.filter("team", ~pl.col("person"), size >= 3)
    # 库克山 is called after what it is.
    located = pl.col("place") | (pl.col("surface").str.ends_with("山") & (size >= 3))
    place = judged.filter(located, ~pl.col("person"), ~pl.col("team"), size >= 3)
    other = judged.filter(~pl.col("person"), ~pl.col("team"), ~located)
    told = pl.col("tagged") & (pl.col("listed") | pl.col("dated") | pl.col("plays"))
    sure = other.filter(told, size >= 3)
    rest = other.filter(size >= 3, ~told)
    return pl.concat(
        [
            candidates(person, "person", "", strength=2),
            candidates(team, "organisation", "team", strength=2),
            candidates(place, "place", "", strength=2),
            candidates(sure, "person", "", strength=2),
            candidates(rest, "person", "", strength=1, distinct=False),
        ]
    )


def _beside(tokens: Tokens, first: Places, last: Places) -> pl.DataFrame:
    """Columns doc, surface, and what the words beside each run say of it."""
    has, before, after = tokens.has, first - 1, last + 1
    return pl.DataFrame(
        {
            "doc": tokens.documents(first),
            "surface": tokens.spelt(first, last),
            "person": has(before, "title_end") | has(after, "says") | has(after, "address"),
            # 哈梅内伊14日说: a day behind a name tells when somebody did something.
            "dated": has(after, "counts") & has(after + 1, "dates"),
            "listed": has(before, "lists") | has(after, "lists") | has(before, "stops") | has(after, "acts"),
            "place": has(before, "locates") | has(before, "leads_place") | has(after, "follows_place"),
            "team": has(after, "plays") | has(before, "faces"),
            "tagged": has(first, "person_tag"),
            "plays": tokens.said_in_sentence(first, "match") >= MATCH_WORDS,
        }
    )


def _unbroken(tokens: Tokens) -> tuple[Places, Places]:
    """The runs that are whole names, with the letter by itself that belongs to one."""
    first, last = _runs(tokens)
    has = tokens.has
    # 总统|托|卡耶夫: behind a title a letter by itself belongs to the name, elsewhere nobody knows.
    letter = has(first - 1, "foreign_letter")
    first = first - (letter & has(first - 2, "title_end"))
    # 萨尔|基相 and 叶甫盖|尼|·: half a name is none.
    broken = has(last + 1, "person_tag") | has(last + 1, "foreign_rest") | has(last + 1, "dot") | has(first - 1, "dot")
    whole = ~has(first - 1, "foreign_letter") & ~broken
    return first[whole], last[whole]


def _runs(tokens: Tokens) -> tuple[Places, Places]:
    """First and last of neighbouring words in the characters of transliteration, one of which no dictionary has or
    calls a person's. Words the gazetteer knows stay out."""
    usable = np.concatenate([[False], tokens.every("foreign_part"), [False]])
    first = np.flatnonzero(usable[1:-1] & ~usable[:-2])
    last = np.flatnonzero(usable[1:-1] & ~usable[2:])
    hearts = tokens.where("foreign_heart")
    heartless = np.searchsorted(hearts, first) == np.searchsorted(hearts, last, side="right")
    kept = ~heartless & (last - first < LONGEST)
    return first[kept], last[kept]
