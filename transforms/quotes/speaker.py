"""The speaker in the words around a verb of speech: a person's name, or the noun phrase that stands for one."""

from __future__ import annotations

import re

PRONOUN = re.compile(r"^(?:他|她|他们|她们|自己|其|本人)(?:只|才|仅|便|却|都|先|忽然|突然|立刻|低声|轻声)?$")
AGED = re.compile(r"[0-9]{1,3}岁的")
NICKNAMED = re.compile(
    r"(?P<who>[老小阿][\u4e00-\u9fff]|[\u4e00-\u9fff][叔伯姨婶嫂哥姐])(?=在|是|很|有|从|把|说|每|正|也|站|坐|来|曾|和|，|。)"
)
"""67岁的租户坤叔在: somebody the paper calls by a familiar name."""
STATEMENT = re.compile(r"^(?:该|这份|其)?(?:声明|帖文|贴文|博文|公开信|短信|唁电|贺信|贺电)$")
ISSUES = re.compile(r"(?:发表|发布|发出|发|写|致|撰)[^。！？]{0,10}(?:声明|文|信|电)|声明[中里]")
ACTING = re.compile(r"^[他她](?![们的说])[^，]{1,12}，")
"""他停了停，又（说）: the subject of the clause before the verb."""
OPENING = re.compile(
    r"^(?:成了|成为|变成|但是|但|而且|而|然而|不过|对此|对于此事|随后|同时|此外|另外|其中|据悉|据|根据|按照|用|正如|正像|就像|诚如|如同|如|当时|后来|最后|最终|近日|日前|昨日|昨天|今天|今日|"
    r"此前|此后|事后|会上|会后|现场|采访中|在采访中|接受采访时|有一次|曾经|曾|对|时任|一旁的|在场的|在(?=[他她])|其|并|也|还|又|于是|因此|所以|[0-9]+月[0-9]+日|[0-9]+日)+，?"
)
CLOSING = re.compile(
    r"(?:有过这样一[段句番]|这样一[段句番]|的|也|还|则|曾|曾经|就|又|都|再|更|便|才|却|并|并且|一再|多次|反复|再次|经常|常|常常|总|总是|这样|如此|如是|是这样|这么|如实|明确|公开|郑重|特别|随即|立即|当场|当即|随后|同时|近日|日前|昨日|昨天|今天|"
    r"笑着|笑|哭着|含泪|流着泪|所|用[^，]{1,12}|评论|解释|补充|回忆|感慨|调侃|打趣|(?:十分|非常|颇为|有些)?(?:[\u4e00-\u9fff]([\u4e00-\u9fff])\1|([\u4e00-\u9fff])\2([\u4e00-\u9fff])\3|语重心长|意味深长|斩钉截铁|[\u4e00-\u9fff]{2})地|[\u4e00-\u9fff]{0,2}兴奋|[\u4e00-\u9fff]{0,2}激动|摇头|点头|无奈|自豪|动情|感慨|坦率|深情|"
    r"对[\u4e00-\u9fffA-Za-z0-9《》“”]{1,14}|向[\u4e00-\u9fffA-Za-z0-9《》“”]{1,14}|跟[\u4e00-\u9fff]{1,6}|和[我他她]|给[\u4e00-\u9fff]{1,6}|为[\u4e00-\u9fff]{1,8}|"
    r"在[^，]{1,24}[中时上里后下前间说谈]|[^，]{0,4}接受[^，]{1,16}时|就[^，]{1,16}|有过|给出|说|谈|回|有|发|在|是|很|不|没)$"
)
DETERMINED = re.compile(r"(?:[一这那某几多两][名位个些家]|一些|很多|许多|不少|有|多名|有关|某|另一)[^，。：；]*$")
SOMEBODY = re.compile(
    r"^[^，。]{0,12}(?:[一某]|有关|相关)[名位]?[^，。的]{0,8}(?:负责人|人士|专家|教授|官员|高管|主管|分析师|员工|工作人员|发言人)"
)
THIS_ONE = re.compile(r"^(?:这[名位]|[他她](?=.{2}$))")
"""这位教头, 他提醒: whoever was named last."""
THAT_ONE = re.compile(r"^该(?P<office>负责人|发言人|官员|人士|学者|专家|高管)$")
"""该负责人: the one whom the text called so before."""
WHOLE_PHRASE = 18
"""Characters up to which a speaker's phrase stays whole: 香港大学医学院一位教授."""
PEOPLE = re.compile(
    r"(?:人|人员|者|员|长|师|家|生|工|民|友|士|客|主|嫂|哥|姐|妹|弟|爷|奶奶|妈妈|爸爸|父亲|母亲|妻子|丈夫|儿子|女儿|教授|院士|博士|专家|记者|负责人|发言人|官员|主任|书记|经理|总裁|"
    r"主席|总统|总理|司机|网友|老板|主管|总监|高管|人士|教头|主帅|队长|前锋|门将|摊主|大厨|厨师|船长|中介|居民|住户|业主|同事|同学|代表|委员|团队|公司|集团|政府|部门|警方|法院|方面|媒体|声明|报告|报道|通报|公告|外交部|国防部|大学|协会|中心|机构|平台|企业|杂志|期刊|周刊|网站|账号|会|局|部|院|厂|报|社|网|球迷|家属|大妈|大爷|先生|女士|小姐|太太|阿姨|师傅|奶奶|爷爷|婆婆|大叔|伯|老师|支队|总队|大队|分局|厅|厂商|业者|某|某某|[老小阿][\u4e00-\u9fff]|[\u4e00-\u9fff][叔姨婶])$"
)


def speaker_in(words: str, people: list[str], earlier: str) -> str | None:
    """The speaker named in `words` (what stands before the verb), None if none is.

    `people` are the names of the article, longest first; `earlier` is the text before, where a pronoun finds its name.
    """
    named = _last_person(words, people)
    if named is not None:
        name, rest = named
        # 舍弗勒大中华区一位负责人: somebody else, of whom the name only says where.
        other = SOMEBODY.search(rest)
        if not other and (not rest.startswith("的") or not PEOPLE.search(_stripped(rest[1:]))):
            return name
    phrase = AGED.sub("", _stripped(words))
    if STATEMENT.match(phrase):
        issuer = _last_person(earlier, people)
        return issuer[0] if issuer and ISSUES.search(issuer[1]) else phrase
    office = THAT_ONE.match(phrase)
    if office:
        return _called_before(office["office"], earlier) or phrase
    if PRONOUN.match(phrase) or ACTING.match(words) or THIS_ONE.match(phrase):
        before = _last_person(earlier, people)
        familiar = nicknamed(before[1] if before else earlier)
        if familiar:
            return familiar
        if before or not PEOPLE.search(phrase):
            return before[0] if before else None
    if not 2 <= len(phrase) <= 24 or ("《" in phrase and "》" not in phrase):
        return None
    return phrase if PEOPLE.search(phrase) or _is_name(phrase) else None


def _called_before(office: str, earlier: str) -> str | None:
    """The last noun phrase of the text that ends in the office: 城建司负责人 where 该负责人 speaks."""
    told = re.findall(rf"[\u4e00-\u9fff]{{2,18}}{office}", earlier)
    phrase = _stripped(told[-1]) if told else ""
    return phrase if len(phrase) > len(office) and not phrase.startswith("该") else None


def nicknamed(words: str) -> str | None:
    """Who is told of by age and familiar name, the last of them: 坤叔 of 67岁的租户坤叔在."""
    aged = list(AGED.finditer(words))
    told = NICKNAMED.search(words, aged[-1].end(), aged[-1].end() + 10) if aged else None
    return told["who"] if told else None


def _is_name(phrase: str) -> bool:
    """Two to four characters alone before the verb, or a transliteration: a name nobody listed."""
    return bool(
        re.match(r"^(?:[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]+·[\u4e00-\u9fff]+|[A-Z][A-Za-z .]+)$", phrase)
    ) and not re.match(
        r"^(?:有人|大家|人们|这里|那里|什么|可以|不能|我们|你们|所谓|一种|因此|以此|由此|可见|值得|其实|事实|众所|换句|俗话|常言|古人|如何|为何|可谓)",
        phrase,
    )


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


def _stripped(words: str) -> str:
    """The noun phrase without the adverbs, circumstances and connectives around it."""
    phrase = words.split("，")[-1] if "，" in words and not CLOSING.fullmatch(words.split("，")[-1]) else words
    for _ in range(4):
        shorter = CLOSING.sub("", OPENING.sub("", phrase.strip("，、 　")))
        if shorter == phrase:
            break
        phrase = shorter
    determined = DETERMINED.search(phrase)
    return determined.group() if determined and len(phrase) > WHOLE_PHRASE else phrase.strip("，、 　“”")
