"""A linear-chain conditional random field over pieces of text: from tagged pieces to weights, by numpy alone.

The whole corpus is one batch, and every step goes down the gradient of its likelihood (Adam, Kingma and Ba 2015): no
randomness, the same weights from the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.entities.features import FINDINGS, FLAG, Pieces
from transforms.entities.learned import FIRST, FOLLOWS, FOUND, GOES_ON, PLACES, REST, TAGS

Reals = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Weights = dict[str, Reals]
"""Of each family an array of value, place and tag; of FOLLOWS one of tag and tag."""

STEPS, RATE, MOMENTS, SMALL = 60, 0.1, (0.9, 0.99), 1e-3
"""Steps of the descent, the size of the first ones, what is kept of a gradient's moments, what keeps quotients finite."""
ORDINARY, SHRUNK = 5.0, {FLAG: 10.0, FOUND: 0.3}
"""How much large weights cost (half of it times their square), and those of some families."""
NEIGHBOURS = 2.0
"""How many times more those of a neighbour cost than the piece's own."""
SUPPORT = 3
"""Documents that must hold a value of a family."""
BARRED = -30.0
SCALE, LEAST = 100, 8
"""Weights are kept as hundredths of a nat; those below LEAST are left out."""


@dataclass(frozen=True)
class Corpus:
    """Tagged pieces: what each distinct one is like (features.families), what the rules found at each (features.findings)
    and what it is (a place in TAGS)."""

    pieces: Pieces
    seen: pl.DataFrame
    finding: Numbers
    tags: Numbers


class Sum:
    """Adds up rows by number."""

    def __init__(self, ids: Numbers, count: int) -> None:
        """`ids` are the numbers of the rows to come, `count` how many there are."""
        self.order = np.argsort(ids, kind="stable")
        ordered = ids[self.order]
        self.first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ids)])
        self.which, self.count = ordered[self.first], count

    def __call__(self, rows: Reals) -> Reals:
        """The sum of the rows of each number."""
        total = np.zeros((self.count, *rows.shape[1:]), np.float32)
        total[self.which] = np.add.reduceat(rows[self.order], self.first, axis=0)
        return total


class Chain:
    """The corpus as arrays, and what they come to under some weights."""

    def __init__(self, corpus: Corpus) -> None:
        """Number the values of each family and put the sentences in order, the longest first."""
        self.corpus, pieces = corpus, corpus.pieces
        self.count, kinds = len(pieces.ends), len(pieces.kind)
        self.flags = [name for name in corpus.seen.columns if name.startswith(FLAG)]
        self.held = corpus.seen.select(self.flags).fill_null(False).to_numpy().astype(np.float32)
        self.values = {name: _values(corpus, name) for name in corpus.seen.columns if name not in self.flags}
        self.rows = {name: _rows(corpus.seen[name], known) for name, known in self.values.items()}
        self.by_row = {name: Sum(rows, len(self.values[name]) + 1) for name, rows in self.rows.items()}
        self.codes = [pieces.code[1 + place : 1 + place + self.count] for place in PLACES]
        self.by_code = [Sum(code, kinds) for code in self.codes]
        padded = np.concatenate([[0], corpus.finding, [0]])
        self.findings = [padded[1 + place : 1 + place + self.count] for place in PLACES]
        self.by_finding = [Sum(finding, len(FINDINGS)) for finding in self.findings]
        last = np.flatnonzero(np.append(pieces.closes[:-1], True))
        first = np.append(0, last[:-1] + 1)
        self.first = first[np.argsort(first - last, kind="stable")]
        size = np.sort(last - first + 1)[::-1]
        self.sizes = [int((size > step).sum()) for step in range(int(size[0]))]
        self.told = np.eye(len(TAGS), dtype=np.float32)[corpus.tags]
        self.inner = np.setdiff1d(np.arange(self.count), first)

    def zeros(self) -> Weights:
        """Weights that say nothing."""
        shape = (len(PLACES), len(TAGS))
        weights = {name: np.zeros((len(known) + 1, *shape), np.float32) for name, known in self.values.items()}
        weights |= {FLAG: np.zeros((len(self.flags), *shape), np.float32)}
        weights |= {FOUND: np.zeros((len(FINDINGS), *shape), np.float32)}
        steps = np.zeros((len(TAGS), len(TAGS)), np.float32)
        steps[:, REST] = np.where(GOES_ON, 0, BARRED)
        return weights | {FOLLOWS: steps}

    def emissions(self, weights: Weights) -> Reals:
        """What speaks for each tag at each piece."""
        table = np.tensordot(self.held, weights[FLAG], axes=1)
        for name, rows in self.rows.items():
            table += weights[name][rows]
        total = np.zeros((self.count, len(TAGS)), np.float32)
        for place, (code, finding) in enumerate(zip(self.codes, self.findings, strict=True)):
            total += table[code, place]
            total += weights[FOUND][finding, place]
        return total

    def gradient(self, weights: Weights) -> Weights:
        """The gradient of how unlikely the tags of the corpus are."""
        expected, steps = self._expected(self.emissions(weights), weights[FOLLOWS])
        off = expected - self.told
        of_kinds = np.stack([by_code(off) for by_code in self.by_code], axis=1)
        gradient = {name: by_row(of_kinds) for name, by_row in self.by_row.items()}
        for name in gradient:
            gradient[name][-1] = 0
        gradient[FLAG] = np.tensordot(self.held.T, of_kinds, axes=1)
        gradient[FOUND] = np.stack([by_finding(off) for by_finding in self.by_finding], axis=1)
        stepped = np.zeros_like(steps)
        np.add.at(stepped, (self.corpus.tags[self.inner - 1], self.corpus.tags[self.inner]), 1)
        np.add.at(stepped[0], self.corpus.tags[self.first], 1)
        slope = np.where(weights[FOLLOWS] <= BARRED, 0, steps - stepped)
        # What follows a name is the same however long it was.
        parted = np.s_[FIRST, : REST.start], np.s_[REST, : REST.start]
        slope[parted[0]] = slope[parted[1]] = slope[parted[0]] + slope[parted[1]]
        gradient[FOLLOWS] = slope
        return gradient

    def _expected(self, told: Reals, steps: Reals) -> tuple[Reals, Reals]:
        """How likely each tag of each piece is, and how often each step from tag to tag is expected; a sentence begins
        as if no name stood before it."""
        worth, step = np.exp(told - told.max(axis=1, keepdims=True)), np.exp(steps)
        ahead, behind = np.empty_like(worth), np.ones_like(worth)
        for here, is_first in self._in_step():
            ahead[here] = worth[here] * (step[0] if is_first else ahead[here - 1] @ step)
            ahead[here] /= ahead[here].sum(axis=1, keepdims=True)
        for here, is_first in reversed([*self._in_step()]):
            if not is_first:
                reached = (behind[here] * worth[here]) @ step.T
                behind[here - 1] = reached / reached.sum(axis=1, keepdims=True)
        expected = ahead * behind
        expected /= expected.sum(axis=1, keepdims=True)
        met = behind[self.inner] * worth[self.inner]
        met /= ((ahead[self.inner - 1] @ step) * met).sum(axis=1, keepdims=True)
        stepped = step * (ahead[self.inner - 1].T @ met)
        stepped[0] += expected[self.first].sum(axis=0)
        return expected, stepped

    def _in_step(self) -> Iterator[tuple[Numbers, bool]]:
        """The pieces of all sentences, the first ones, the second ones, …"""
        for step, count in enumerate(self.sizes):
            yield self.first[:count] + step, step == 0


def fit(corpus: Corpus) -> pl.DataFrame:
    """The weights learned from a corpus: columns of `ref.name_weights`, sorted."""
    chain = Chain(corpus)
    weights = chain.zeros()
    mean, square = ({name: np.zeros_like(part) for name, part in weights.items()} for _ in range(2))
    for step in range(1, STEPS + 1):
        rate = RATE * min(1.0, 2 * (1 - step / (STEPS + 1)))
        for name, slope in chain.gradient(weights).items():
            free = weights[name] > BARRED
            slope = slope + np.where(free, weights[name], 0) * _cost(name)
            mean[name] += (1 - MOMENTS[0]) * (slope - mean[name])
            square[name] += (1 - MOMENTS[1]) * (slope**2 - square[name])
            spread = np.sqrt(square[name] / (1 - MOMENTS[1] ** step)) + SMALL
            weights[name] -= rate * mean[name] / (1 - MOMENTS[0] ** step) / spread * free
    return _frame(chain, weights)


def _cost(name: str) -> Reals | float:
    """What large weights of a family cost, by place."""
    cost = SHRUNK.get(name, ORDINARY)
    return (
        cost
        if name == FOLLOWS
        else np.array([[cost * (1 if place == 0 else NEIGHBOURS)] for place in PLACES], np.float32)
    )


def _values(corpus: Corpus, name: str) -> pl.Series:
    """The values of a family that enough documents hold, sorted."""
    held = pl.DataFrame({"doc": corpus.pieces.doc, "value": corpus.seen[name].gather(corpus.pieces.code[1:-1])})
    # A cell of the seed file holds no blanks.
    held = held.filter(pl.col("value").str.contains(r"^\S+$"))
    counted = held.unique().group_by("value").agg(documents=pl.len())
    return counted.filter(pl.col("documents") >= SUPPORT)["value"].sort()


def _rows(values: pl.Series, known: pl.Series) -> Numbers:
    """The place of each value among the known ones, behind them for any other."""
    rows = values.replace_strict(known, np.arange(len(known)), default=len(known), return_dtype=pl.Int64)
    return rows.fill_null(len(known)).to_numpy()


def _frame(chain: Chain, weights: Weights) -> pl.DataFrame:
    """Weights as rows, in hundredths."""
    names = {**chain.values, FLAG: pl.Series([flag.removeprefix(f"{FLAG} ") for flag in chain.flags])}
    names |= {FOUND: pl.Series(FINDINGS)}
    frames = [
        _told(name, values, weights[name][: len(values), place], at)
        for name, values in names.items()
        for place, at in enumerate(PLACES)
    ]
    steps = np.where(weights[FOLLOWS] <= BARRED, 0, weights[FOLLOWS])
    frames.append(_told(FOLLOWS, pl.Series(TAGS), steps, 0))
    return pl.concat(frames).sort("feature", "value", "place")


def _told(name: str, values: pl.Series, weights: Reals, place: int) -> pl.DataFrame:
    """The rows of one family and place that say anything."""
    whole = np.round(weights * SCALE).astype(np.int32)
    told = pl.DataFrame(whole, schema=TAGS).select(
        pl.when(pl.col(tag).abs() >= LEAST).then(pl.col(tag)).alias(tag) for tag in TAGS
    )
    rows = pl.DataFrame({"feature": name, "value": values, "place": str(place)}, schema_overrides={"value": pl.String})
    return rows.hstack(told).filter(pl.any_horizontal(pl.col(TAGS).is_not_null()))
