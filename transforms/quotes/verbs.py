"""The verbs of speech, compiled: where they may stand around a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from transforms.hanzi import HAN
from transforms.quotes.speaker import Speakers, framed

TOLD = r"(?:(?<=告诉)[^，。！？；：“”\n]{1,8})?"
"""告诉某报: whom somebody told stands behind the verb."""
TAIL = re.compile(rf"{TOLD}(?:了|过|着|到)?(?:[^，。！？；：\n]{{0,12}}[：:]|，)$")
# 提的，是“…” and 提的是，创新“…”: what the words are about may stand before them.
ATTACHED = re.compile(rf"(?:的?，?是(?:，[{HAN}]{{1,4}})?)?，?$")
ATTACHED_REACH = 12
TERM = "“[^“”，。！？；：]{1,12}”"
"""A word in quotation marks: it ends no sentence and no report."""
STOPS = re.compile(r"(?=[，。：；！…]|$|起|到|了|“|记者)|(?<=告诉)[^，。！？；：“”\n]{1,12}(?=[，。]|$)")
SENTENCE_END = re.compile(r"[。！？；\n]")


@dataclass(frozen=True)
class Verbs:
    """The verbs as regexes for Python (`verb`, `fragment`, `report`) and Rust (`words`, `reporting`, `announcing`), and who speaks.

    `report` is a verb that what is told follows, up to the end: no quotation mark stands behind it.
    """

    words: tuple[str, ...]
    verb: re.Pattern[str]
    fragment: re.Pattern[str]
    report: re.Pattern[str]
    complement: re.Pattern[str]
    reporting: str
    announcing: str
    speakers: Speakers

    def introduces(self, before: str) -> tuple[str, str] | None:
        """Who and verb of an introduction that ends `before`: 某某说： or 某某说，."""
        return self._last(before, self.verb, TAIL, 24) if before.endswith(("：", ":", "，")) else None

    def attached(self, before: str) -> tuple[str, str] | None:
        """Who and verb of an introduction without a colon: 某某表示“…”, 某某提的，是“…”."""
        return self._last(before, self.fragment, ATTACHED, ATTACHED_REACH)

    def reports(self, before: str) -> tuple[str, str] | None:
        """Who and verb of a report whose later clause is quoted: 对此，某某说，村里要修路，“…”."""
        return self._report(SENTENCE_END.split(before)[-1])

    def holds(self, told: str) -> tuple[str, str] | None:
        """Who and verb of a report that its verb begins without a comma: 某某则认为球队输在细节，"""
        found = self.complement.search(told)
        if found is None or self.speakers.is_fake(told[: found.start()], found["verb"]):
            return None
        return (told[: found.start()], found["verb"])

    def reported(self, before: str) -> tuple[str, str] | None:
        """Who and verb of a report that is the sentence before: 某某透露，村里要修路。“…”."""
        sentences = SENTENCE_END.split(before)
        return self._report(sentences[-2]) if before.endswith("。") and len(sentences) > 1 else None

    def judges(self, before: str) -> tuple[str, str] | None:
        """Who and verb of a verdict that ends `before`: 某某称此举, 某某批评这项规定."""
        sentence = SENTENCE_END.split(before)[-1]
        found = self.speakers.rules["judges"].search(sentence)
        if found is None or self.speakers.is_fake(sentence[: found.start()], found["verb"]):
            return None
        return (sentence[: found.start()], found["verb"])

    def opens(self, paragraph: str) -> tuple[str, str] | None:
        """Who and verb of a report that is the first sentence of a paragraph: 某某认为，村里要修路。"""
        return self._report(SENTENCE_END.split(paragraph)[0])

    def _report(self, sentence: str) -> tuple[str, str] | None:
        told = sentence.lstrip("”’」』）)")
        for found in reversed(list(self.report.finditer(told))):
            who = told[: found.start()]
            if who and not self.speakers.is_fake(who, found["verb"]):
                return (who, found["verb"])
        return None

    def follows(self, after: str) -> tuple[str, str] | None:
        """Who and verb of an attribution that begins `after`: 某某说。"""
        after = self.speakers.rules["goes_by"].sub(r"\g<by>", after)
        sentence = re.split("[。！？：；“”\n]", after, maxsplit=1)[0]
        start = 1 if after[:1] in "，," and after else 0
        for match in self.verb.finditer(sentence, start + 1):
            who = sentence[start : match.start()]
            if len(who) > 48 or who.count("，") > 1:
                return None
            if STOPS.match(after, match.end()) and not self.speakers.is_fake(who, match.group()):
                return (who, match.group())
        return None

    def _last(self, before: str, verb: re.Pattern[str], tail: re.Pattern[str], reach: int) -> tuple[str, str] | None:
        for match in reversed(list(verb.finditer(before, max(0, len(before) - reach)))):
            if tail.fullmatch(before, match.end()):
                who = SENTENCE_END.split(before[: match.start()])[-1]
                return None if self.speakers.is_fake(who, match.group()) else (who, match.group())
        return None


def _group(verbs: Iterable[str]) -> str:
    return "|".join(re.escape(verb) for verb in sorted(set(verbs), key=lambda verb: (-len(verb), verb)))


def verbs_of(speech_verbs: pl.DataFrame, speaker_patterns: pl.DataFrame) -> Verbs:
    """Compile the seed tables: verbs (verb, introduces_indirect, allows_fragment) and rules about speakers."""
    every = speech_verbs["verb"].to_list()
    fragment = speech_verbs.filter(pl.col("allows_fragment") == "1")["verb"].to_list()
    reporting = speech_verbs.filter(pl.col("introduces_indirect") == "1")["verb"].to_list()
    return Verbs(
        words=tuple(sorted(set(every))),
        verb=re.compile(_group(every)),
        fragment=re.compile(_group(fragment)),
        report=re.compile(rf"(?P<verb>{_group(reporting)}){TOLD}[，：](?=(?:[^“”]|{TERM})*$)"),
        complement=re.compile(rf"(?P<verb>{_group(verb for verb in reporting if len(verb) > 1)})[^，“”]{{2,20}}，$"),
        reporting=_group(reporting),
        announcing="|".join(speaker_patterns.filter(part="announces")["pattern"]),
        speakers=Speakers(framed(speaker_patterns)),
    )
