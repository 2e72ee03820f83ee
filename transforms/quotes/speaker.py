"""The speaker in the words around a verb of speech: a person's name, or the noun phrase that stands for one."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from transforms.hanzi import HAN

PRONOUN = re.compile(r"^(?:他|她|他们|她们|自己|其|本人)(?:只|才|仅|便|却|都|先|忽然|突然|立刻|低声|轻声)?$")
ALONE = re.compile("[他她](?!们)")
AGED = re.compile(r"[0-9]{1,3}岁的")
_GOES_ON = "(?=在|是|很|最|有|从|把|说|每|正|也|站|坐|来|曾|和|指|学|去|做|干|开|种|养|带|刚|已|今|回|到|用|靠|，|。)"
_FAMILIAR = f"[老小阿][{HAN}]|[{HAN}][叔伯姨婶嫂哥姐]"
NICKNAMED = re.compile(rf"(?P<who>{_FAMILIAR}){_GOES_ON}")
"""67岁的租户坤叔在: somebody the paper calls by a familiar name."""
INTRODUCED = re.compile(
    rf"(?P<who>{_FAMILIAR})(?:今年)?[0-9]{{1,3}}岁|"
    rf"(?<![0-9到至—~-])(?<!这[位名])[0-9]{{1,3}}岁的(?![他她])(?P<whom>[{HAN}]{{2,8}}?){_GOES_ON}"
)
"""坤叔67岁, 67岁的租户陈坤: whom an article names once, no list does, and the next sentence calls he;
25岁到40岁的占七成 is nobody."""
FOREIGN = re.compile(rf"(?:[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+){{1,3}}|[{HAN}]+·[{HAN}·]+)$")
"""某大学教授John Smith: a name whose letters set it apart from the words before."""
ACTING = re.compile(r"^[他她](?![们的说])[^，]{1,20}，")
"""他停了停，又（说）: the subject of the clause before the verb."""
DETERMINED = re.compile(
    r"(?:[一这那某几多两][名位个些家]|一些|很多|许多|不少|有(?!.?$)|多名|有关|某|另一)[^，。：；]*$"
)
HE_WHO = re.compile(r"^[他她](?![们的])[^，]{6,}$")
"""他将在八月举办见面会，亲自（喊话）: the clause before the verb again, told as the speaker."""
THIS_ONE = re.compile(r"^(?:这[名位]|[他她](?=.{2}$))")
"""这位教头, 他提醒: whoever was named last."""
NAME = re.compile(rf"^(?:[{HAN}]{{2,3}}|[{HAN}]+·[{HAN}]+|[A-Z][A-Za-z .]+)$")
WHOLE_PHRASE = 18
"""Characters up to which a speaker's phrase stays whole: 香港大学医学院一位教授."""
SHORTEST_REPORT = 6
"""Characters of what is reported before the sentence may turn to something else."""
LONGEST_PHRASE = 24
"""Characters from which on a phrase is more than who speaks; of it only a name behind an office is kept."""
FRAMES = {
    "opening": "^(?:{})+，?",
    "closing": "(?:{})$",
    "persons": "(?:{})$",
    "bodies": "(?:{})$",
    "speaks": "(?:{})$",
    "statement": "^(?:该|这份|其)?(?:{})$",
    "somebody": "^[^，。]{{0,12}}(?:[一某]|有关|相关)[名位]?[^，。的]{{0,8}}(?:{})",
    "that_one": "^该(?P<office>{})$",
    "no_name": "^(?:{})",
    "word_end": "(?:{})$",
    "no_saying": "(?:{})$",
    "denied": "(?:{})$",
    "issues": "{}",
    "often_said": "，?(?:这|这句话|这番话)是(?P<who>[^，。]{{2,12}}?)(?:{})",
    "words_of": "(?:^|[，])(?P<who>[^，。：“”]{{2,24}}?)的(?:{})[^。：]{{0,16}}[：:]$",
    "citing": "^.*(?:{})(?=[^，]*$)",
    "agent": "(?:{})(?P<agent>[^，。的]{{0,12}})$",
    "no_subject": "^(?:{})",
    "hears": "{}",
    "judges": "(?:{})$",
    "gesture": "(?:{})[^，。]{{1,12}}$",
    "bearer": "(?:{})(?P<name>[{HAN}]{{2,3}})$",
    "not_he": "^{}[他她](?!们)",
    "of_whom": "^(?:{})[^，。]{{1,16}}，",
    "announces": "(?:{})：$",
    "goes_by": "(?P<by>{})[“「][^“”「」，。！？]{{1,12}}[”」]",
    "she": "(?:{})$",
    "he": "(?:{})$",
    "occupied": f"(?:{{}})的(?P<who>[{HAN}]{{{{2,3}}}}?){_GOES_ON.replace('|，|。', '')}",
    "asked": "(?:{})$",
    "listener": "^(?:{})$",
    "object_of": "(?:{})$",
    "turns": "^(?:{})",
    "belongs": "^(?:（[^（）]*）)?的?(?:{})",
    "breaks_off": "，(?:{})|；(?=[^，；]{{1,24}}(?:表示|指出|认为|称|说|强调|则|也)，)",
}
"""Where the rules of each part of seeds/speaker_patterns.csv must stand."""


def framed(speaker_patterns: pl.DataFrame) -> dict[str, re.Pattern[str]]:
    """The rules of each part as one regex."""
    parts = speaker_patterns.group_by("part", maintain_order=True).agg(pl.col("pattern").str.join("|"))
    patterns: dict[str, str] = dict(parts.iter_rows())
    patterns["speaks"] = "|".join(patterns[part] for part in ("persons", "bodies") if part in patterns)
    return {part: re.compile(FRAMES[part].format(pattern, HAN=HAN)) for part, pattern in patterns.items() if pattern}


@dataclass(frozen=True)
class Speakers:
    """Who speaks, by the rules of each part (see `framed`)."""

    rules: dict[str, re.Pattern[str]]

    def speaker_in(self, words: str, people: list[str], earlier: str) -> str | None:
        """The speaker named in `words` (what stands before the verb), None if none is.

        `people` are the names of the article, longest first; `earlier` is the text before, where a pronoun finds its name.
        """
        speaks = self.rules["speaks"]
        words = self._who_says(words, people)
        # 卓说: called by the family name alone.
        short = words.rpartition("，")[2]
        called = [name for name in people if name.startswith(short)] if len(short) == 1 else []
        if called and all(name in called[0] for name in called):
            return called[0]
        words, earlier = self._without_topic(words, people, earlier)
        named = self._subject(words, people)
        if named is not None:
            name, rest = named
            # 舍弗勒大中华区一位负责人: somebody else, of whom the name only says where.
            other = self.rules["somebody"].search(rest) or self.rules["belongs"].match(rest)
            # 周岚提请审议的议案指出: it is the paper that says so.
            other = other or ("的" in rest and self.rules["bodies"].search(self._stripped(rest.rpartition("的")[2])))
            if not other and (not rest.startswith("的") or not speaks.search(self._stripped(rest[1:]))):
                return name
        phrase = AGED.sub("", self._stripped(words))
        if self.rules["statement"].match(phrase):
            issuer = _last_person(earlier, people)
            return issuer[0] if issuer and self.rules["issues"].search(issuer[1]) else phrase
        if office := self.rules["that_one"].match(phrase):
            return self._called_before(office["office"], earlier) or phrase
        if PRONOUN.match(phrase) or ACTING.match(words) or THIS_ONE.match(phrase) or HE_WHO.match(phrase):
            # 花商某·某在这里二十年，他说: a foreign name that is not among the people.
            if "·" in words:
                return None
            before = self._antecedent(earlier, people, words)
            since = before[1] if before else earlier
            familiar = nicknamed(since) or self._introduced(since)
            if familiar:
                return familiar
            if before or not speaks.search(phrase):
                return before[0] if before else None
        foreign = FOREIGN.search(phrase)
        if foreign and speaks.search(phrase[: foreign.start()]):
            return foreign.group()
        borne = self.rules["bearer"].search(phrase)
        if borne and len(phrase) > LONGEST_PHRASE:
            return borne["name"]
        # 粉丝灌爆她的平台: a clause, and nobody.
        if ALONE.search(phrase):
            return None
        if not 2 <= len(phrase) <= LONGEST_PHRASE or ("《" in phrase and "》" not in phrase):
            return None
        known_by = speaks.search(phrase) or borne or self._is_name(phrase)
        return phrase if known_by else None

    def words_of(self, sentence: str) -> re.Match[str] | None:
        """周岚的一句话让他记到今天：as `who` and the rest."""
        return self.rules["words_of"].search(sentence)

    def _who_says(self, words: str, people: list[str]) -> str:
        """The words about the speaker alone: behind 被 or 转述, and the last clause where it has a subject of its own."""
        agent = self.rules["agent"].search(words)
        if agent:
            return agent["agent"]
        words = self.rules["gesture"].sub("", self.rules["citing"].sub("", words))
        last = words.rpartition("，")[2]
        if last == words or any(name in last for name in people):
            return words
        # 谈到周岚的伤势，队医说: not whom the clause before names.
        phrase = self._stripped(last)
        own = self.rules["speaks"].search(phrase) and len(phrase) > 1
        # 她直起身，对一旁的学生说: whom it is said to says nothing.
        own = own and not self.rules["listener"].match(last)
        points_back = PRONOUN.match(phrase) or THIS_ONE.match(phrase) or self.rules["no_subject"].match(phrase)
        return last if own and not points_back else words

    def _without_topic(self, words: str, people: list[str], earlier: str) -> tuple[str, str]:
        """The words without whom the talk is of, who is not who speaks, and the text before them."""
        # 某某谈到某人的消息时, 谈到和某某的对手戏，他说.
        freed = self.rules["closing"].sub("", words)
        words = freed if any(name in freed for name in people) else words
        if topic := self.rules["of_whom"].match(words):
            spoken = words[topic.end() :]
            if PRONOUN.match(self._stripped(spoken)):
                return spoken, earlier.rpartition(words)[0]
        return words, earlier

    def _subject(self, words: str, people: list[str]) -> tuple[str, str] | None:
        """The person named last, and what follows the name: of several, one whom nobody does something to.

        周岚还以为是师父林叶，直呼: not 林叶.
        """
        last = _last_person(words, people)
        text, found = words, last
        while found:
            name, rest = found
            text = text[: len(text) - len(rest) - len(name)]
            if not self.rules["object_of"].search(text):
                return name, words[len(text) + len(name) :]
            found = _last_person(text, people)
        # 各地干部收看了周岚的讲话后表示: nobody who is named.
        return None if last and "的" in last[1] else last

    def _antecedent(self, earlier: str, people: list[str], words: str) -> tuple[str, str] | None:
        """Whom the pronoun in the words means, and what follows the name: the last person who can be 他 or 她.

        Not 妻子某某 where 他 speaks, and nobody who does something to him: 某某劝他，他没去。
        """
        pronoun = ALONE.search(words)
        unlike = self.rules["she" if pronoun[0] == "他" else "he"] if pronoun else None
        text = earlier
        while found := _last_person(text, people):
            name, rest = found
            begins = len(text) - len(rest) - len(name)
            since = earlier[begins + len(name) :]
            # 林叶宣读周岚的贺信。他说: 林叶.
            acts = not self.rules["object_of"].search(text[:begins])
            acts = acts or _last_person(text[:begins].rpartition("。")[2], people) is None
            other = unlike and (
                unlike.search(text[:begins]) or unlike.search(name) or self.rules["not_he"].match(since)
            )
            # 周岚同林叶深入交流。他说: 周岚.
            other = other or self.rules["belongs"].match(since)
            if acts and not other:
                return name, since
            text = text[:begins]
        return None

    def _introduced(self, words: str) -> str | None:
        """Who is told of with an age or an occupation and stands in no list, the last of them."""
        told = list(INTRODUCED.finditer(words))
        busy = list(self.rules["occupied"].finditer(words))
        if busy and (not told or busy[-1].start() > told[-1].start()):
            return busy[-1]["who"]
        return (told[-1]["who"] or told[-1]["whom"]) if told else None

    def _called_before(self, office: str, earlier: str) -> str | None:
        """The last noun phrase of the text that ends in the office: 城建司负责人 where 该负责人 speaks."""
        told = re.findall(rf"[{HAN}]{{2,26}}{office}", earlier)
        phrase = self._stripped(told[-1]) if told else ""
        return phrase if len(phrase) > len(office) and not phrase.startswith("该") else None

    def leads_in(self, words: str) -> bool:
        """Whether a sentence that begins with these words has not named its subject yet: nothing, or 对此，."""
        return not words or (words.endswith("，") and self.rules["opening"].fullmatch(words) is not None)

    def reported_of(self, said: str) -> str:
        """What is reported up to where the sentence turns to what somebody does or somebody else says."""
        broken = self.rules["breaks_off"].search(said)
        return said[: broken.start()] if broken and broken.start() >= SHORTEST_REPORT else said

    def turns(self, said: str) -> bool:
        """Whether what follows the verb tells what somebody does: 发表声明反驳，还控告对方."""
        return self.rules["turns"].match(said) is not None

    def is_somebody(self, speaker: str) -> bool:
        """Whether a phrase stands for somebody, known by name or not, and for no body or paper: 一位村民, 县医院院长."""
        rules = self.rules
        told = rules["persons"].search(speaker) or rules["bearer"].search(speaker)
        return told is not None and rules["bodies"].search(speaker) is None

    def is_pronoun(self, words: str) -> bool:
        """Whether who speaks is told by 他 or 她 alone: 他还, 她同时."""
        return PRONOUN.match(self._stripped(words)) is not None

    def is_fake(self, who: str, verb: str) -> bool:
        """名称, 据说: the last character looks like a verb of speech but belongs to the word before."""
        # 对周岚来说, 也就是说; 并不担心.
        if verb == "说" and self.rules["no_saying"].search(who):
            return True
        if self.rules["denied"].search(who) or self.rules["asked"].search(who + verb):
            return True
        # 人称 is a word, 负责人说 is none.
        if who.endswith("人") and verb != "称":
            return False
        return len(verb) == 1 and self.rules["word_end"].search(who) is not None

    def _is_name(self, phrase: str) -> bool:
        """Two to four characters alone before the verb, or a transliteration: a name nobody listed."""
        return NAME.match(phrase) is not None and self.rules["no_name"].match(phrase) is None

    def _stripped(self, words: str) -> str:
        """The noun phrase without the adverbs, circumstances and connectives around it."""
        opening, closing = self.rules["opening"], self.rules["closing"]
        phrase = words.split("，")[-1] if "，" in words and not closing.fullmatch(words.split("，")[-1]) else words
        for _ in range(4):
            shorter = closing.sub("", opening.sub("", phrase.strip("，、 　")))
            if shorter == phrase:
                break
            phrase = shorter
        determined = DETERMINED.search(phrase)
        return determined.group() if determined and len(phrase) > WHOLE_PHRASE else phrase.strip("，、 　“”")


def nicknamed(words: str) -> str | None:
    """Who is told of by age and familiar name, the last of them: 坤叔 of 67岁的租户坤叔在."""
    aged = list(AGED.finditer(words))
    told = NICKNAMED.search(words, aged[-1].end(), aged[-1].end() + 10) if aged else None
    return told["who"] if told else None


def _last_person(words: str, people: list[str]) -> tuple[str, str] | None:
    """The person named last in the words, and what follows the name."""
    best: tuple[int, int, str] | None = None
    for name in people:
        at = words.rfind(name)
        if at >= 0 and (
            best is None or at + len(name) > best[0] or (at + len(name) == best[0] and len(name) > best[1])
        ):
            best = (at + len(name), len(name), name)
    return None if best is None else (best[2], words[best[0] :])
