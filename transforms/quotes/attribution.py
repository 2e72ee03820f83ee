"""Is a quoted span speech, and whose: the words before it, after it, or the speech it continues."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.quotes.quoted import ANTECEDENT, Span
from transforms.quotes.speaker import nicknamed
from transforms.quotes.verbs import TERM, Verbs

SHORT = 4
FEW = 7
WORD_FOR_WORD = re.compile(".[称说道呼言]$")
"""回应称, 直呼: verbs that words stand behind as they were said."""
TELLING = 10
"""Characters from which on a sentence behind a colon is more than a caption or a label."""
POINTS = re.compile(r"[：:]$|的，?是|口中的$")
CLOSES_CLAUSE = re.compile(r"[，。；！？\n]|$")
"""What stands behind a quotation that is a clause of its own."""
SUBJECT_OF = re.compile("[也就才仍还将都正便又]{0,2}(?:是|成为|成了)")
WITHIN_CLAUSE = re.compile("\\w$")
LABEL = re.compile("^(?P<who>[^，。：；！？“”]{2,16})[：:]$")
"""主持人：“…”: the whole of what stands before a quotation."""
EXCLAIMED = ("！", "？", "!", "?")
TERM_WITHIN = re.compile(TERM)
PAUSED = re.compile("(?P<who>[^，。！？；：“”\n]{2,16})，(?=“)")
RESUMED = re.compile("，”[^。！？；：“”\n]{2,24}，$")
"""Between the two parts of one sentence stands who speaks it: “要我说，”周岚顿了顿，“…”."""
HE_SAYS = re.compile("^[他她](?!们)[^，]{0,4}$")
PRONOUN_WITHIN = re.compile("[他她](?!的|们)")
# What a sentence begins with before its subject comes.
SUBJECT_REACH = 40
SETS_OUT = re.compile("[0-9]{1,2}月|[0-9]{1,2}日|在|近日|日前|[昨今]")
"""What a sentence begins with that tells when and where before it tells who."""
OPENING_REACH = 24
"""Characters within which a paragraph names whom it is about: 高原站值班员洛桑."""


class Spoken(NamedTuple):
    """An attributed span: its document, speaker, verb, end, and whether its paragraph left it open."""

    document_id: str
    speaker: str | None
    verb: str | None
    end: int
    is_open: bool


def attribute(span: Span, verbs: Verbs, people: list[str], last: Spoken | None) -> Spoken | None:
    """The speech a span of `quoted_spans` is, None if it is a term, a title or a slogan. `last` is the one before."""
    found = (
        _before(span, verbs, people)
        or _reported(span, verbs, people)
        or _after(span, verbs, people)
        or _interrupted(span, verbs, people)
        or _closing(span, verbs, people)
        or _announced(span, verbs, people)
        or _led_in(span, people)
        or _often_said(span, verbs, people)
        or _continued(span, last)
        or _inferred(span, verbs, people)
        or _reporting(span, verbs, people)
        or _judging(span, verbs, people)
        or _told_of(span, people)
    )
    if found is None:
        return None
    return Spoken(span["document_id"], found[0], found[1], span["end"], span["is_open"])


def _before(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某说：“…” and 某某说，“…”; attached without punctuation only where the verb allows a fragment."""
    before = span["before"]
    if not span["is_sentence"] and len(span["text"]) < SHORT:
        return None
    found = verbs.introduces(before) or verbs.attached(before)
    if found is None:
        return None
    # 提出“一带一路”: a few characters right behind the verb are a term, unless the sentence points at them or they are
    # the whole of an answer: 公司回应称“不予置评”。
    whole = WORD_FOR_WORD.search(found[1]) and CLOSES_CLAUSE.match(span["after"])
    if not span["is_sentence"] and len(span["text"]) < FEW and not (whole or POINTS.search(before)):
        return None
    # 提出“灵活适度、精准有效”的总基调: what it is called, not what was said.
    if not span["is_sentence"] and span["after"][:1] == "的":
        return None
    # 某某说，“…”是他的愿景: what is told of, within what is told.
    if not span["is_sentence"] and SUBJECT_OF.match(span["after"]):
        return None
    speaker = _who_told(found[0], span, verbs, people) or verbs.speakers.speaker_in(found[0], people, span["earlier"])
    if speaker is None and not (span["is_sentence"] and before.endswith(("：", ":"))):
        return None
    return (speaker, found[1])


def _reported(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某说，村里要修路，“…”。 or 某某说，村里要修路。“…”: the end of a report in the speaker's own words."""
    # Within a clause only what is a sentence itself: 恢复“急不得，也停不得”.
    whole = len(span["text"]) > SHORT if span["before"].endswith("，") else "，" in span["text"]
    whole = whole and (span["is_sentence"] or CLOSES_CLAUSE.match(span["after"]) is not None)
    found = verbs.reports(span["before"]) if whole else None
    if found is None and span["is_sentence"] and len(span["text"]) > SHORT:
        found = verbs.reported(span["before"])
    # 他表示，某某犯规，“…”: he is named before what he reports.
    earlier = span["earlier"].rpartition(found[0])[0] if found else ""
    speaker = verbs.speakers.speaker_in(found[0], people, earlier) if found else None
    return (speaker, found[1]) if found and speaker else None


def _after(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """“…”某某说: only after a whole sentence, or one that a comma follows."""
    # 完工的“滞洪池工程”，某某也到场，水利局说: what is named within a clause is no speech.
    clause = span["after"][:1] == "，" and len(span["text"]) >= 8 and not WITHIN_CLAUSE.search(span["before"])
    ends = span["is_sentence"] or span["text"].endswith("，") or clause
    # 网友直呼“…”、“…”，也有人说“…”: who is named behind says what follows.
    ends = ends and not (span["before"].endswith("”、") and not span["is_sentence"])
    # “…。”对此，某某回应: the answer to what somebody else said.
    ends = ends and not span["after"].lstrip("，").startswith(("对此", "对于此"))
    found = verbs.follows(span["after"]) if ends else None
    if found is None:
        return None
    speaker = _who_told(found[0], span, verbs, people) or verbs.speakers.speaker_in(found[0], people, span["earlier"])
    return None if speaker is None else (speaker, found[1])


def _who_told(words: str, span: Span, verbs: Verbs, people: list[str]) -> str | None:
    """某某评价，… 她说：“…”: who reported last in the paragraph, not whom that report was about."""
    told = span["earlier"].rpartition("\n")[2]
    if not HE_SAYS.match(words) or "“" in told:
        return None
    for sentence in reversed(re.split("[。！？；]", told)):
        found = verbs.opens(sentence)
        named = [name for name in people if found and name in found[0]]
        # A pronoun there means somebody told of before.
        if found and named and not PRONOUN_WITHIN.search(found[0]):
            return verbs.speakers.speaker_in(found[0], people, "")
    return None


def _interrupted(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """“要我说，”某某顿了顿，“…”: who does something while speaking."""
    paused = PAUSED.match(span["after"]) if span["text"].endswith("，") else None
    speaker = verbs.speakers.speaker_in(paused["who"], people, span["earlier"]) if paused else None
    return (speaker, None) if speaker else None


def _closing(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某则认为球队输在细节，“…”。: what is told without a comma behind the verb, and ends in the speaker's own words."""
    told = re.split("[。！？；：”]", span["before"])[-1]
    ends = span["is_sentence"] or span["after"][:1] in ("。", "！", "？", "；")
    if not ends or not span["before"].endswith("，") or len(span["text"]) < TELLING or told[:1] in ("", "，"):
        return None
    named = [name for name in people if name in told]
    if not named or any(name not in named[0] and named[0] not in name for name in named):
        return None
    found = verbs.holds(told)
    return (named[0], found[1]) if found and named[0] in found[0] else None


def _announced(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某指着山坡，信心十足：“…”: a whole sentence behind a colon, and a person in the sentence before it.

    Also 某某的一句话：“…”, and 主持人：“…” at the beginning of a paragraph.
    """
    if not (span["is_sentence"] and span["before"].endswith(("：", ":"))):
        return None
    sentence = re.split("[。！？；”]", TERM_WITHIN.sub("", span["before"]))[-1]
    words = verbs.speakers.words_of(sentence) or LABEL.match(span["before"])
    speaker = verbs.speakers.speaker_in(words["who"], people, span["earlier"]) if words else None
    if speaker:
        return (speaker, None)
    # 传来同伴的声音：“…”: somebody else's words than who is named there.
    if words or len(span["text"]) < TELLING:
        return None
    named = [name for name in people if name in sentence]
    return (max(named, key=lambda name: (sentence.rfind(name), len(name))), None) if named else None


def _led_in(span: Span, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某一开口就哭了：, and the speech in paragraphs of its own."""
    above = span["earlier"].rstrip("\n") if span["opens_paragraph"] else ""
    if not above.endswith("：") or not (span["is_sentence"] or span["is_open"]):
        return None
    sentence = re.split("[。！？；”\n]", above)[-1]
    named = [name for name in people if name in sentence]
    return (max(named, key=lambda name: (sentence.rfind(name), len(name))), None) if named else None


def _often_said(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """“…”这是某某常挂在嘴边的一句话。: a sentence that is said of as somebody's words."""
    said = verbs.speakers.rules["often_said"].match(span["after"]) if span["is_sentence"] else None
    speaker = verbs.speakers.speaker_in(said["who"], people, span["earlier"]) if said else None
    return (speaker, None) if speaker else None


def _continued(span: Span, last: Spoken | None) -> tuple[str | None, str | None] | None:
    """A further whole sentence of the same speaker: in the same paragraph, or after a paragraph left open."""
    if last is None or last.speaker is None:
        return None
    if _goes_on(span, last) or (RESUMED.search(span["before"]) and span["start"] - last.end <= SUBJECT_REACH):
        return (last.speaker, last.verb)
    if not (span["is_sentence"] or span["is_open"]):
        return None
    if last.is_open and span["opens_paragraph"]:
        return (last.speaker, last.verb)
    # A speech of several paragraphs, right behind one of the same speaker.
    if span["is_open"] and span["opens_paragraph"] and span["start"] - last.end <= len("”\n“"):
        return (last.speaker, last.verb)
    within = span["start"] - last.end <= len(span["before"]) + 1
    begins = span["before"].endswith(("。", "！", "？", "”", "；"))
    return (last.speaker, None) if within and begins and len(span["text"]) >= 8 else None


def _goes_on(span: Span, last: Spoken) -> bool:
    """“…”，“…” and “…”“…”: clause by clause of one sentence."""
    beside = span["before"].endswith(("”，", "”", "”、")) and span["start"] - last.end <= len("”，“")
    closes = span["is_sentence"] or CLOSES_CLAUSE.match(span["after"]) or span["after"][:1] in ("“", "、", "等")
    return beside and bool(closes) and len(span["text"]) >= SHORT


def _reporting(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某认为，… 建议…。“我…。”: a paragraph that reports somebody, and nobody else until the speech in the first person."""
    is_own = span["is_sentence"] and len(span["text"]) >= TELLING and "我" in span["text"]
    _, begun, told = span["earlier"].rpartition("\n")
    if not is_own or not told.endswith(("。", "！", "？")) or not (begun or len(told) < ANTECEDENT):
        return None
    found = verbs.opens(told)
    named = {name for name in people if name in told}
    speaker = verbs.speakers.speaker_in(found[0], people, "") if found else None
    others = [name for name in named if speaker and name not in speaker and speaker not in name]
    return (speaker, None) if speaker in named and not others else None


def _judging(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某称此举“毫无道理”: a verdict in somebody's own words, however short."""
    closes = CLOSES_CLAUSE.match(span["after"]) or span["after"][:1] in ("、", "和", "并")
    found = verbs.judges(span["before"]) if closes and len(span["text"]) >= SHORT - 1 else None
    speaker = verbs.speakers.speaker_in(found[0], people, span["earlier"]) if found else None
    return (speaker, found[1]) if found and speaker else None


def _told_of(span: Span, people: list[str]) -> tuple[str | None, str | None] | None:
    """某某种了一辈子地。“…”: a sentence that ends the paragraph about one person, who is named at its beginning."""
    ends = span["is_sentence"] and span["after"][:1] in ("", "“") and len(span["text"]) >= TELLING
    told = span["earlier"].rpartition("\n")[2]
    if not ends or not told.endswith(("。", "！", "？")) or len(told) >= ANTECEDENT:
        return None
    named = [name for name in people if name in told]
    others = [name for name in named if name not in named[0] and named[0] not in name]
    at = told.find(named[0]) if named and not others else OPENING_REACH
    return (named[0], None) if at < OPENING_REACH else None


def _inferred(span: Span, verbs: Verbs, people: list[str]) -> tuple[str | None, str | None] | None:
    """A whole sentence that stands for itself belongs to the subject of the sentence after it."""
    stands_alone = span["opens_paragraph"] or span["before"].endswith(("。", "！", "？"))
    # “…”说起周岚，母亲…: the subject comes behind whom the speech is about.
    opening = re.split("[。“]", span["after"])[0]
    following = verbs.speakers.rules["of_whom"].sub("", opening[:SUBJECT_REACH])
    # “水来了！”周岚跳下田埂。: who calls out is named at once.
    clause = following.split("，")[0]
    calls = span["text"].endswith(EXCLAIMED) and "：" not in clause and any(name in clause for name in people)
    if not (span["is_sentence"] and stands_alone and (calls or len(span["text"]) >= TELLING)):
        return None
    if verbs.speakers.rules["hears"].search(following):
        return None
    # “…”周岚：… : a name before a colon says what follows.
    at = {name: following.find(name) for name in people if name in following and f"{name}：" not in following}
    if at:
        return (min(at, key=lambda name: (at[name], -len(name))), None)
    # “…”3月16日，在某地举行的大会上，某公司创始人某某…: who is named late, and alone.
    is_late = span["opens_paragraph"] and "：" not in opening and SETS_OUT.match(opening)
    late = {name for name in people if name in opening} if is_late else set()
    if late and all(name in max(late, key=len) for name in late):
        return (max(late, key=len), None)
    familiar = nicknamed(span["after"][:SUBJECT_REACH]) if span["opens_paragraph"] else None
    if familiar:
        return (familiar, None)
    if following[:1] not in ("他", "她"):
        return None
    # “…？”她如今开起了农家乐。: whom the sentence before was about, in the paragraph above if this one begins here.
    above = span["earlier"].rstrip("\n").rpartition("\n")[2] if span["opens_paragraph"] else ""
    before = above or re.split("[。！？”]", span["before"].rstrip("。！？"))[-1]
    told = [name for name in people if name in before]
    return (max(told, key=lambda name: (before.rfind(name), len(name))), None) if told else None
