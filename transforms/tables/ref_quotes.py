"""Judgement about who speaks: the words around a verb of speech, less those that are no part of the speaker."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

PARTS = [
    "opening", "closing", "persons", "bodies", "statement", "issues", "somebody", "that_one", "no_name", "no_subject", "word_end",
    "no_saying", "denied", "agent", "citing", "words_of", "often_said", "hears", "judges", "gesture", "bearer", "occupied", "of_whom", "she", "he", "not_he",
    "announces", "goes_by", "asked", "listener", "object_of", "belongs", "breaks_off", "turns",
]  # fmt: skip


class SpeakerPattern(Table):
    """One row per rule about the words before or behind a verb of speech (seeds/speaker_patterns.csv).

    opening, closing: what stands before and behind the speaker (但是, 对记者), earlier rows of `opening` first. persons,
    bodies: what the phrase for somebody who speaks ends in. statement: a paper that speaks for whoever issued it. somebody: who is
    somebody else than the name that only says where (某大学一位负责人). that_one: offices
    by which 该 calls whom the text called so before. no_name: what looks like a name and is none.
    no_subject: what begins a clause that has no subject of its own. word_end: what a verb of speech of one character
    is no verb behind (据说, 名称). no_saying: the same of 说 (对他来说). denied: what makes a verb of speech say nothing
    (没有, 不). agent: who acts stands behind it (被). citing: whose words these are stands behind it (转述). words_of,
    often_said: what is called somebody's words before and behind a quotation. hears: who is told of only listens.
    gesture: what somebody does to a thing while speaking. bearer: what somebody is, before a name nobody listed.
    occupied: what somebody does, before 的 and such a name (在糖厂上班的某某). she, he: what stands before the name of
    somebody who is no 他, no 她. of_whom: what comes before whom a speech is about (说起某某，). not_he: what somebody does to somebody else (劝他).
    judges: the verb and what a verdict is about, before words of it (称此举“毫无道理”).
    issues: what somebody does who has a statement made. announces: what stands before a colon that ends a paragraph, where
    the next one is what is said. goes_by: after whom the name stands by which somebody writes (网友“小城灯火”).
    asked: what makes 要求 and its like a noun (按照某某的要求). listener: to whom a speech goes (对一旁的学生说).
    object_of: what stands before the name of somebody who is not who acts (以为是某某). belongs: what behind a name is somebody
    else (某某办公室, 某某的律师). breaks_off: what begins a clause that is no longer reported; turns: the same right
    behind the verb.
    """

    NAME: ClassVar[str] = "ref.speaker_patterns"
    ABOUT: ClassVar[str] = "说话人规则 / one row per rule about the words around a verb of speech, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(PARTS, "角色", "part it plays in finding who speaks")
    pattern = dy.String(
        min_length=1, metadata=about("模式", "alternatives of a regular expression, as Python reads it")
    )
    hit = dy.String(metadata=about("正例", "words it must recognise"))
    miss = dy.String(metadata=about("反例", "words it must leave alone"))
