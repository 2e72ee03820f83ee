"""Names no rule finds: a chain of tags over pieces of text, its weights learned from annotated articles.

The weights are whole numbers (a hundredth of a nat), and the best path of tags is found by adding and comparing them: the
result is the same on every machine and in any company. A linear-chain conditional random field (Lafferty et al. 2001),
trained by benchmarks/names; what it brings and costs stands in docs/decisions/0031-a-learned-judge-of-names.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.entities.choose import NAMED
from transforms.entities.features import CUT, ENDS, FINDINGS, FLAG, KINDS, PARTS, TYPES, WHOLE, Pieces, families
from transforms.entities.lexicon import Lexicon
from transforms.entities.vocabulary import NO_SURNAME, PROPER
from transforms.letters import Letters
from transforms.points import Numbers
from transforms.remembered import Remembered, latest
from transforms.words import rarities, tags

Weights = npt.NDArray[np.int32]
Worths = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]

TAGS = ["outside", *(f"{kind}_{part}" for part in ("begins", "goes_on") for kind in TYPES)]
"""What a piece may be: no name, the first piece of one of a type, a further piece of it."""
FIRST, REST = slice(1, 1 + len(TYPES)), slice(1 + len(TYPES), None)
PLACES = [-1, 0, 1]
"""Whose features speak of a piece: its own, those of the one before and of the one behind."""
GOES_ON = np.concatenate([np.zeros((1, len(TYPES)), bool), *[np.eye(len(TYPES), dtype=bool)] * 2])
"""From which tags (rows) a name of each type may go on."""
SOUGHT = TYPES[:3]
"""Types the judge is asked for."""
PERSON, BODY = 0, 1
"""Their places in TYPES."""
JOINS = ["c", "p", "u", "uj", "ul", "uv", "ud", "uz", "ug", "r", "d", "ad", "y", "i"]
ACTS = ["v", "vd", "vi", "vq", "f", "t"]
ENDS_NONE = ["v", "vn", "vd", "a", "f", "t", "b", "l"]
DESCRIBES = ["v", "vn", "vd", "a", "an", "z", "l", "t", "f", "s", "m", "q"]
"""Parts of speech that stand in no name, open none, end none, or are in none of a person."""
CALLED = 3
"""Characters of a surname of one and a given name."""
FOUND, FOLLOWS = "found", "follows"
"""Families of what the rules found (see features.FINDINGS) and of the tag before."""
BARRED = -(10**6)
"""What a path costs that no name takes: its rest without its beginning."""
DISTANT = 500
"""Hundredths of a nat by which a piece is outside of names whatever stands beside it."""
MOST = 5000
"""Hundredths of a nat that a piece, or what the rules found there, may say for or against a tag: all that is said of one
fits into two bytes."""
SURE = 450
"""Hundredths of a nat by which the tags of a name must be better than any others: odds of 90 to 1."""


@dataclass(frozen=True)
class Steps:
    """What a step from one tag to the next is worth. However long a name was, what follows it is worth the same.

    parted: from outside or the end of a name of each type (rows) to outside or the beginning of one (columns). second,
    further: from the first piece of a name to its second one, from there on to the next.
    """

    parted: Weights
    second: Weights
    further: Weights

    @property
    def from_outside(self) -> Weights:
        """To each tag from no name."""
        return np.append(self.parted[0], np.full(len(TYPES), BARRED, np.int32))

    @property
    def to_outside(self) -> Weights:
        """From each tag to no name."""
        return np.append(self.parted[:, 0], self.parted[1:, 0])

    def onto(self, worth: Weights) -> Weights:
        """The best worth each tag (row) is reached with from tags of some worth (rows)."""
        ended = worth[: 1 + len(TYPES)].copy()
        np.maximum(ended[FIRST], worth[REST], out=ended[FIRST])
        on = np.maximum(worth[FIRST] + self.second[:, None], worth[REST] + self.further[:, None])
        return np.concatenate([_reached(ended, self.parted), on])

    def back(self, worth: Weights) -> Weights:
        """The best worth of what follows each tag (row), given that of the tags that follow."""
        ended = _reached(worth[: 1 + len(TYPES)], self.parted.T)
        first = np.maximum(ended[FIRST], worth[REST] + self.second[:, None])
        return np.concatenate([ended[:1], first, np.maximum(ended[FIRST], worth[REST] + self.further[:, None])])


def _reached(worth: Weights, steps: Weights) -> Weights:
    """The best of worth and step (row to column) for each column of steps."""
    best = worth[0] + steps[0][:, None]
    for row in range(1, len(steps)):
        np.maximum(best, worth[row] + steps[row][:, None], out=best)
    return best


@dataclass(frozen=True, eq=False)
class Judge:
    """The weights by family: one object per set of seeds, so that what was asked of it can be remembered.

    values, tables: of each family the values that have weights, and a row for each of them with a column for every
    place and tag; the last row is of all other values. flags, flag_table: the same of flags. found: of each finding.
    read: what a distinct piece says, remembered.
    """

    values: dict[str, pl.Series]
    tables: dict[str, Weights]
    flags: list[str]
    flag_table: Weights
    found: Worths
    steps: Steps
    read: Remembered


@latest
def judge(weights: pl.DataFrame, lexicon: Lexicon) -> Judge:
    """The judge of weights (columns feature, value, place and TAGS)."""
    weights = weights.with_columns(pl.col("place").cast(pl.Int64), pl.col(TAGS).cast(pl.Int32).fill_null(0))
    of: dict[str, pl.DataFrame] = {
        str(key): part for (key,), part in weights.partition_by("feature", as_dict=True).items()
    }
    special = {FLAG, FOUND, FOLLOWS}
    values = {family: of[family]["value"].unique().sort() for family in sorted(of.keys() - special)}
    flags = of[FLAG]["value"].unique().sort() if FLAG in of else pl.Series([], dtype=pl.String)
    tables = {family: _table(of[family], known) for family, known in values.items()}
    flag_table = _table(of.get(FLAG, weights.head(0)), flags)
    return Judge(
        values=values,
        tables=tables,
        flags=flags.to_list(),
        flag_table=flag_table[:-1],
        found=_table(of.get(FOUND, weights.head(0)), pl.Series(FINDINGS))[:-1].clip(-MOST, MOST).astype(np.int16),
        steps=_steps(of.get(FOLLOWS, weights.head(0))),
        read=Remembered(
            partial(_emitted, lexicon=lexicon, values=values, tables=tables, flags=flags.to_list(), flagged=flag_table)
        ),
    )


def _table(weights: pl.DataFrame, values: pl.Series) -> Weights:
    """A row for each of the values, one of zeros behind them; the columns are all tags of a place, place after place."""
    table = np.zeros((len(values) + 1, len(PLACES), len(TAGS)), np.int32)
    row = weights["value"].replace_strict(values, np.arange(len(values)), return_dtype=pl.Int64)
    place = weights["place"].cast(pl.Int64).to_numpy() - PLACES[0]
    table[row.cast(pl.Int64).to_numpy(), place] = weights.select(TAGS).to_numpy()
    return table.reshape(len(table), -1)


def _steps(weights: pl.DataFrame) -> Steps:
    """The steps from tag (`value`) to tag (column)."""
    steps = _table(weights, pl.Series(TAGS))[:-1].reshape(len(TAGS), len(PLACES), len(TAGS))[:, PLACES.index(0)]
    going = [np.diagonal(steps[rows, REST]).copy() for rows in (FIRST, REST)]
    return Steps(parted=steps[: 1 + len(TYPES), : 1 + len(TYPES)].copy(), second=going[0], further=going[1])


def _emitted(
    kinds: pl.Series,
    lexicon: Lexicon,
    values: dict[str, pl.Series],
    tables: dict[str, Weights],
    flags: list[str],
    flagged: Weights,
) -> pl.DataFrame:
    """What each distinct piece says for every tag at the piece behind it, at itself and at the one before it."""
    seen = families(kinds, lexicon)
    total = np.zeros((len(kinds), len(PLACES) * len(TAGS)), np.int32)
    for family, table in tables.items():
        known = values[family]
        total += table[
            seen[family]
            .replace_strict(known, np.arange(len(known)), default=len(known), return_dtype=pl.Int64)
            .fill_null(len(known))
            .to_numpy()
        ]
    # Whole numbers of this size are exact as floats, in whatever order they are added.
    held = seen.select(pl.col(f"{FLAG} {flag}").fill_null(False).cast(pl.Float32) for flag in flags).to_numpy()
    held = held.reshape(len(kinds), len(flags))
    total += (held @ flagged[: len(flags)].astype(np.float32)).astype(np.int32)
    told = pl.Series("weights", total.clip(-MOST, MOST), dtype=pl.Array(pl.Int16, total.shape[1]))
    return _checked(seen).with_columns(told)


def _checked(seen: pl.DataFrame) -> pl.DataFrame:
    """What `barred` asks of pieces (features.families): `tag`, empty for a letter of a guessed word, and flags."""
    return seen.select(
        tag=pl.when(pl.col("host_like").is_null()).then("tag").otherwise(pl.lit("")),
        surname=pl.col(f"{FLAG} surname"),
        no_surname=pl.col("tag").is_in(NO_SURNAME) | pl.col(f"{FLAG} toward"),
        tail=pl.col(f"{FLAG} tail") | pl.col(f"{FLAG} group_tag"),
    )


def proposed(pieces: Pieces, finding: Numbers, letters: Letters, judge: Judge) -> pl.DataFrame:
    """Names the judge is sure of and the rules did not find: columns NAMED, one row per document and surface.

    `finding` says what the rules found at each piece (see features.py). The type is the one it is surest of.
    """
    first, last, kind, margin = spans(emissions(pieces, finding, judge), pieces, judge)
    asked = np.flatnonzero((margin >= SURE) & (kind < len(SOUGHT)))
    kept = asked[~barred(first[asked], last[asked], kind[asked], pieces, finding, judge)]
    begin, end = pieces.begins()[first[kept]], pieces.ends[last[kept]]
    found = pl.DataFrame(
        {
            "doc": pieces.doc[first[kept]],
            "surface": letters.spelt(begin, end),
            "entity_type": pl.Series(TYPES).gather(kind[kept]),
            "margin": margin[kept],
        }
    )
    # A word of the dictionary that it does not call a name is one: 高兴.
    plain = rarities(found["surface"])["is_known"] & ~tags(found["surface"]).is_in(PROPER)
    spelt = found["surface"].str.contains(r"\p{Han}.*\p{Han}")
    return (
        found.filter(spelt, ~plain)
        .sort("doc", "surface", "margin", "entity_type", descending=[False, False, True, False])
        .unique(["doc", "surface"], keep="first", maintain_order=True)
        .select("doc", "surface", "entity_type", entity_subtype=pl.lit(""), canonical="surface")
        .select(NAMED)
    )


def barred(first: Numbers, last: Numbers, kind: Numbers, pieces: Pieces, finding: Numbers, judge: Judge) -> Flags:
    """Which of these names (first and last piece, place of the type in TYPES) rules or grammar speak against.

    The rules: a name of theirs is cut, or ends where this one does, or is of a place or body within a person. Grammar: see
    JOINS and what follows it. A person of surname and given name may be any words, but for those no surname is: 招|志强.
    """
    count = last - first + 1
    name = np.repeat(np.arange(len(first)), count)
    place = np.repeat(first, count) + np.arange(len(name)) - np.repeat(np.cumsum(count) - count, count)
    words = judge.read(pieces.kind.gather(pieces.code[1 + place]))
    tag, of, part = words["tag"].to_numpy(), finding[place] - 1, (finding[place] - 1) % len(PARTS)
    found, opens, closes = of >= 0, place == first[name], place == last[name]
    size, head = pieces.ends[last] - pieces.begins()[first], pieces.ends[first] - pieces.begins()[first]
    called = (kind == PERSON) & (size <= CALLED) & (head == 1)
    given = called & np.isin(tag[closes], PROPER)
    called &= words["surname"].to_numpy()[opens]
    is_person, is_body, is_called = kind[name] == PERSON, kind[name] == BODY, called[name]
    against = found & (part == CUT)
    against |= found & ~is_called & closes & np.isin(part, [ENDS, WHOLE])
    against |= found & is_person & ~is_called & (of // len(PARTS) % len(KINDS) != PERSON)
    against |= is_person & opens & words["no_surname"].to_numpy()
    against |= is_body & closes & (~words["tail"].to_numpy() | opens)
    against |= is_body & (place == first[name] + 1) & (tag == "v")
    for barring, where in ((JOINS, True), (ACTS, opens), (ENDS_NONE, closes), (DESCRIBES, is_person)):
        against |= np.isin(tag, barring) & where & ~(called | given)[name]
    return np.bincount(name, against, len(first)) > 0


def emissions(pieces: Pieces, finding: Numbers, judge: Judge) -> Worths:
    """What speaks for each tag (row) at each piece, by all that is known there, in hundredths of a nat."""
    told = judge.read(pieces.kind)["weights"].to_numpy()
    width, count = len(TAGS), len(pieces.ends)
    total = np.zeros((count, width), np.int16) + judge.found[0].reshape(len(PLACES), width).sum(axis=0, dtype=np.int16)
    said = np.empty((count, width), np.int16)
    there = np.flatnonzero(finding)
    for nth, place in enumerate(PLACES):
        block = slice(nth * width, (nth + 1) * width)
        columns = np.ascontiguousarray(told[:, block])
        total += np.take(columns, pieces.code[1 + place : 1 + place + count], axis=0, out=said, mode="clip")
        speaks = there[(there - place >= 0) & (there - place < count)]
        total[speaks - place] += (judge.found[:, block] - judge.found[0, block])[finding[speaks]]
    return np.ascontiguousarray(total.T)


def spans(told: Worths, pieces: Pieces, judge: Judge) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The names of the best path of tags: first and last piece, type (a place in TYPES), and by how much any path
    without the name is worse."""
    order, sizes = _by_place(_possible(told, pieces.closes))
    best = _best(told[:, order].astype(np.int32), sizes, judge.steps)
    tag, top = best.argmax(axis=0), best.max(axis=0)
    tags, margins = np.zeros(len(pieces.ends), np.int64), np.zeros(len(pieces.ends), np.int64)
    nth = np.full(len(pieces.ends), len(order))
    tags[order], nth[order] = tag, np.arange(len(order))
    # By how much each tag is worse than the best one; where no name may stand, none goes on.
    worse = np.full((len(TAGS), len(order) + 1), -BARRED, np.int32)
    np.subtract(top, best, out=worse[:, :-1])
    best[tag, np.arange(len(order))] = BARRED
    margins[order] = top - best.max(axis=0)
    return _names(tags, margins, worse, nth)


def _possible(told: Worths, closes: Flags) -> Flags:
    """Where a name may stand: from a piece that may begin one, as long as pieces may go on with one."""
    begins = ~closes & (told[0] - told[FIRST].max(axis=0) < DISTANT)
    run = begins | (~closes & (told[0] - told[REST].max(axis=0) < DISTANT))
    opens = np.flatnonzero(run & ~np.append(False, run[:-1]))
    if not len(opens):
        return run
    begun = np.append(0, np.cumsum(begins))
    which = np.cumsum(run & ~np.append(False, run[:-1])) - 1
    return run & (begun[1:] > begun[opens[which]])


def _by_place(inside: Flags) -> tuple[Numbers, list[int]]:
    """The pieces inside runs, first those that begin one, then the second ones, …, the longest runs first; and how many
    runs have so many pieces."""
    begin = np.flatnonzero(inside & ~np.append(False, inside[:-1]))
    size = np.flatnonzero(inside & ~np.append(inside[1:], False)) + 1 - begin
    begin = begin[np.argsort(-size, kind="stable")]
    reached = np.searchsorted(np.sort(size), np.arange(size.max(initial=0)), side="right")
    sizes = (len(size) - reached).tolist()
    order = [begin[:count] + step for step, count in enumerate(sizes)]
    return np.concatenate([np.zeros(0, np.int64), *order]), sizes


def _best(told: Weights, sizes: list[int], steps: Steps) -> Weights:
    """For each tag (row) of each piece the worth of the best path through it; pieces as `_by_place` puts them. No name
    stands before or behind a run."""
    ahead, behind = np.empty_like(told), np.empty_like(told)
    begins = [0, *np.cumsum(sizes).tolist()]
    for step, count in enumerate(sizes):
        here = slice(begins[step], begins[step] + count)
        if step:
            ahead[:, here] = told[:, here] + steps.onto(ahead[:, begins[step - 1] : begins[step - 1] + count])
        else:
            ahead[:, here] = told[:, here] + steps.from_outside[:, None]
    behind[:] = steps.to_outside[:, None]
    for step in range(len(sizes) - 1, 0, -1):
        here = slice(begins[step], begins[step] + sizes[step])
        behind[:, begins[step - 1] : begins[step - 1] + sizes[step]] = steps.back(told[:, here] + behind[:, here])
    return ahead + behind


def _names(tags: Numbers, margins: Numbers, worse: Weights, nth: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """The names spelt out by tags, with the margin of the least sure of their pieces; `nth` is the column of a piece in
    `worse`."""
    first = np.flatnonzero((tags > 0) & (tags <= len(TYPES)))
    kind = tags[first] - 1
    rest = tags[first] + len(TYPES)
    last, margin = first.copy(), margins[first]
    growing = np.flatnonzero(first < len(tags) - 1)
    while len(growing):
        behind = last[growing] + 1
        goes_on = tags[behind] == rest[growing]
        # What stands behind a name must not belong to it.
        ended, after = growing[~goes_on], behind[~goes_on]
        margin[ended] = np.minimum(margin[ended], worse[rest[ended], nth[after]])
        growing, behind = growing[goes_on], behind[goes_on]
        margin[growing] = np.minimum(margin[growing], margins[behind])
        last[growing] = behind
        growing = growing[behind < len(tags) - 1]
    return first, last, kind, margin
