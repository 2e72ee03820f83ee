"""Chinese names: a surname, a given name, and words beside it that speak for a person."""

from __future__ import annotations

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates
from transforms.entities.tokens import Flags, Places, Tokens


def persons(tokens: Tokens) -> pl.DataFrame:
    """Candidates (see candidates.py) for every Chinese name."""
    spans = pl.concat([_whole(tokens), _split(tokens)])
    first, last = spans["first"].to_numpy(), spans["last"].to_numpy()
    judged = spans.with_columns(support=_support(tokens, first, last)).with_columns(
        score=pl.col("tagged") + pl.col("support") + pl.col("plausible") + pl.col("plain") + (pl.col("given") == 2)
    )
    # An unusual surname or given name needs a title or a verb of speech beside it.
    proven = (pl.col("support") == 2) & pl.col("plausible") & (pl.col("plain") | (pl.col("given") == 2))
    # A plain surname and two characters of given names, at the edge of a clause or list.
    usual = pl.col("plain") & pl.col("plausible") & (pl.col("given") == 2) & (pl.col("support") > 0)
    # 武磊, met again and again and in no dictionary.
    guessed = (pl.col("tagged") == 2) & pl.col("plausible") & pl.Series((first == last) & tokens.has(first, "unlisted"))
    strength = (
        pl.when((pl.col("score") >= 5) | usual | proven | ((pl.col("tagged") == 2) & (pl.col("support") == 2)))
        .then(2)
        .when((pl.col("score") >= 4) | (pl.col("plain") & pl.col("plausible") & (pl.col("given") == 2)) | guessed)
        .then(1)
        .otherwise(0)
    )
    alone = (first == last) & tokens.has(first, "no_person")
    kept = judged.with_columns(strength=strength).filter(pl.col("strength") > 0, ~pl.Series(alone))
    first, last = kept["first"].to_numpy(), kept["last"].to_numpy()
    named = kept.select("strength", doc=pl.Series(tokens.documents(first)), surface=tokens.spelt(first, last))
    return pl.concat(
        [
            _titled(tokens),
            _led(tokens),
            _flanked(tokens),
            _drawn(tokens),
            _acting(tokens),
            _odd(tokens),
            _glued(tokens),
        ]
        + [candidates(named.filter(pl.col("strength") == n), "person", "", strength=n, distinct=False) for n in (1, 2)]
    )


def _titled(tokens: Tokens) -> pl.DataFrame:
    """Pen names, foreigners and unusual given names: what the segmenter calls a person, right behind a title."""
    place = tokens.where("called")
    # 总统|卡加|梅: half a foreign name is none.
    half = tokens.has(place + 1, "foreign_part") | tokens.has(place, "foreign") & tokens.has(place + 1, "person_tag")
    place = place[tokens.has(place - 1, "title_end") & ~half]
    return candidates(tokens.named(place, place), "person", "", strength=2)


def _led(tokens: Tokens) -> pl.DataFrame:
    """Names right behind a title, or behind 叫 and before a mark, whatever parts of speech the segmenter gives to a surname
    and two letters of given names: 教授|龙见|微|团队, 副市长|宁|启明|通报, 老太太|叫|佟|桂兰|，."""
    first, last = _three_letters(tokens, tokens.where("leads_name") + 1)
    before, after = first - 1, last + 1
    likely = tokens.has(first, "likely_rest") & tokens.has(last, "likely_rest")
    called = tokens.has(before, "names") & tokens.has(after, "stops") & likely
    # 副局长|葛|永年|表示: whatever the letters, between a title and a verb of speech.
    spoken = tokens.has(after, "says") | tokens.has(after, "address")
    shut = spoken | (tokens.has(after, "stops") | tokens.has(after, "closes_name")) & tokens.has(first, "plain")
    # 网友|全|叫好, 专家|揭|疑点: what is first of all a word of grammar or of headlines.
    grammar = tokens.has(first, "word_family")
    sure = np.where(grammar, likely & (spoken | tokens.has(after, "acts")), likely | shut)
    kept = tokens.has(before, "title_end") & sure | called
    return candidates(tokens.named(first[kept], last[kept]), "person", "", strength=2)


def _three_letters(tokens: Tokens, place: Places) -> tuple[Places, Places]:
    """The first and last words of what may be a surname and two letters at each place, in every way it may be cut:
    陆知行, 应知|微, 宁|启明, 凌|又|萱."""
    whole, begun = place[tokens.has(place, "three_letters")], place[tokens.has(place, "two_letters")]
    begun = begun[tokens.has(begun + 1, "quiet_letter") & (~tokens.has(begun + 1, "links") | _told(tokens, begun + 2))]
    family = place[tokens.has(place, "surname_letter")]
    split = family[tokens.has(family + 1, "two_rare")]
    # 村民|向|春桃|和: a preposition is a surname only before what sounds like a given name.
    sounds = tokens.has(split + 1, "name_tag") & ~tokens.has(split + 1, "person_word") | _told(tokens, split + 2)
    # 负责人|向|来宾|介绍, 负责人|向|财新|透露: a word of the dictionary or a body is whom somebody tells it.
    sounds &= tokens.has(split + 1, "name_tag") | tokens.has(split + 1, "unlisted")
    sounds &= ~tokens.has(split + 1, "known_body")
    split = split[~tokens.has(split, "links") | sounds & ~tokens.has(split + 1, "home")]
    single = family[tokens.has(family + 1, "quiet_letter") & tokens.has(family + 2, "quiet_letter")]
    single = single[tokens.has(single, "plain") & tokens.has(single + 3, "says")]
    return np.concatenate([whole, begun, split, single]), np.concatenate([whole, begun + 1, split + 1, single + 2])


def _told(tokens: Tokens, place: Places) -> Flags:
    """Whether people do or say something there."""
    return tokens.has(place, "says") | tokens.has(place, "acts") | tokens.has(place, "stops")


def _flanked(tokens: Tokens) -> pl.DataFrame:
    """Given names that are words of their own, or that no list has, between a title and what a name may be followed by:
    主任|毛|建设|表示, 经理|安蓓|：."""
    whole, split = tokens.where("unlisted_name"), tokens.where("lone_surname")
    split = split[tokens.has(split + 1, "bold_given")]
    first, last = np.concatenate([whole, split]), np.concatenate([whole, split + 1])
    after = last + 1
    ends = tokens.has(after, "says") | tokens.has(after, "stops") | tokens.has(after, "counts")
    ends |= tokens.has(after, "acts") | tokens.has(after, "address")
    titled = tokens.has(first - 1, "title_end")
    # 学员|吴|显明|最: a surname by itself and two letters of given names are somebody behind a title.
    sure = titled & tokens.has(first, "person_tag") & tokens.has(first, "plain") & tokens.has(last, "spells_given")
    # 主教练|邱|长河: a word of the dictionary, cut off a surname that is nothing else.
    sure |= titled & tokens.has(first, "person_tag") & tokens.has(first, "plain") & tokens.has(last, "names_somebody")
    sure &= last > first
    # 周|治国|介绍: what opens a clause and speaks.
    speaks = tokens.has(first - 1, "stops") & tokens.has(after, "says") & tokens.has(first, "plain")
    # 潘岳、|陆|朝阳|等人: a town that is a given name in a list of people.
    listed = tokens.has(first - 1, "comma") & (tokens.has(after, "comma") | tokens.has(after, "and_others"))
    listed &= (
        tokens.has(last, "name_tag") & tokens.has(first, "plain") & tokens.has(first, "person_tag") & (last > first)
    )
    listed &= (
        tokens.has(first - 2, "person_word") | tokens.has(after + 1, "person_word") | tokens.has(after + 1, "folk")
    )
    kept = listed | sure | (titled & ends) | (speaks & tokens.has(last, "spells_given"))
    # 毕业生|来|杭州|、 come to a town.
    kept &= tokens.has(first, "person_tag") | ~tokens.has(last, "home")
    spoken = tokens.where("any_name")
    spoken = spoken[tokens.has(spoken - 1, "title_end") & tokens.has(spoken + 1, "says")]
    # 姜山：… and 导演：池磊: beside a colon that opens an answer or closes a role.
    opener = tokens.where("opener")
    answers = tokens.has(opener - 1, "stops") & tokens.has(opener + 1, "colon")
    credited = tokens.where("called")
    credited = credited[tokens.has(credited - 1, "colon") & tokens.has(credited - 2, "title_end")]
    spoken = np.concatenate([spoken, opener[answers], credited])
    first, last = np.append(first[kept], spoken), np.append(last[kept], spoken)
    return candidates(tokens.named(first, last), "person", "", strength=2)


def _drawn(tokens: Tokens) -> pl.DataFrame:
    """Names whose last character was drawn into the word behind them: 段|永|平均|为 is 段永平 and 均为.

    Proven only by a plain surname and a given name each cut by itself, a clause or list that opens with them, and a
    verb of people behind; a number there speaks of an average.
    """
    first = tokens.where("lone_surname")
    first = first[
        tokens.has(first, "plain")
        & tokens.has(first + 1, "letter")
        & tokens.has(first + 2, "draws")
        & (tokens.has(first - 1, "stops") | tokens.has(first - 1, "lists") | tokens.has(first - 1, "title_end"))
        & (tokens.has(first + 3, "acts") | tokens.has(first + 3, "says"))
        & ~tokens.has(first + 4, "counts")
    ]
    surface = tokens.spelt(first, first + 1) + tokens.words(first + 2).str.head(1)
    # 院长|林本|坚则|呼吁: as proven by a title and a verb of speech; 董秘|白望|舒向|媒体: by a title and a word of chance.
    begun = tokens.where("whole_name")
    begun = begun[tokens.count(begun, "size") == tokens.count(begun, "family") + 1]
    spoken = tokens.has(begun + 1, "draws") & tokens.has(begun + 2, "says")
    begun = begun[tokens.has(begun - 1, "title_end") & (spoken | tokens.has(begun + 1, "draws_in"))]
    found = pl.DataFrame(
        {
            "doc": np.append(tokens.documents(first), tokens.documents(begun)),
            "surface": surface.append(tokens.words(begun) + tokens.words(begun + 1).str.head(1)),
        }
    )
    return candidates(found, "person", "", strength=2)


def _acting(tokens: Tokens) -> pl.DataFrame:
    """Names with the verb behind them in one word: 周岚望|着, 农户|田桂芳算|过. Only a verb stands before 着."""
    place = tokens.where("name_and_verb")
    long = tokens.count(place, "size") > tokens.count(place, "family") + 2
    place = place[tokens.has(place + 1, "goes_on") & ~long | tokens.has(place - 1, "title_end") & long]
    found = pl.DataFrame({"doc": tokens.documents(place), "surface": tokens.words(place).str.head(-1)})
    return candidates(found, "person", "", strength=2)


def _odd(tokens: Tokens) -> pl.DataFrame:
    """Names with a character that given names seldom have, or that streets end in: met twice they are names all the same,
    and behind a title, 研究生|佟雨桥."""
    place = tokens.where("odd_name")
    titled = tokens.where("titled_name")
    titled = titled[tokens.has(titled - 1, "title_end")]
    odd = candidates(tokens.named(place, place), "person", "", strength=1, distinct=False)
    return pl.concat([odd, candidates(tokens.named(titled, titled), "person", "", strength=2)])


def _glued(tokens: Tokens) -> pl.DataFrame:
    """修复|师顾|遐龄|说: the surname is drawn into the title before it."""
    place = tokens.where("glued_surname")
    after = place + 2
    ends = tokens.has(after, "says") | tokens.has(after, "stops") | tokens.has(after, "acts")
    place = place[ends & tokens.has(place + 1, "bold_given") & (tokens.count(place + 1, "size") == 2)]
    surface = tokens.words(place).str.slice(1) + tokens.words(place + 1)
    return candidates(pl.DataFrame({"doc": tokens.documents(place), "surface": surface}), "person", "", strength=2)


def _whole(tokens: Tokens) -> pl.DataFrame:
    """Names the segmenter cut as one word; it leaves the last character of a rare one alone (张小|伟)."""
    first = tokens.where("whole_name")
    # 蔡雪提|了 ends in a verb, and 向佐科|总统 begins with a preposition.
    first = first[~tokens.has(first + 1, "goes_on") & ~(tokens.has(first, "toward") & tokens.has(first + 1, "title"))]
    given = tokens.count(first, "size") - tokens.count(first, "family")
    # 主任|黄信|敬|解释: between a title and a verb of speech whatever may be a given name belongs to it.
    told = tokens.has(first + 2, "says") | tokens.has(first + 2, "acts")
    spoken = tokens.has(first - 1, "title_end") & told
    drawn = spoken & tokens.has(first + 1, "letter") & ~tokens.has(first + 1, "acts")
    # 秘书长|周荫|如|。 and 金石|开|： : no verb stands between a name and the mark behind it.
    shut = tokens.has(first + 2, "stops") & tokens.has(first - 1, "title_end")
    shut |= tokens.has(first + 2, "colon") & tokens.has(first - 1, "stops")
    drawn |= shut & tokens.has(first + 1, "letter") & ~tokens.has(first + 1, "acts") & ~tokens.has(first + 1, "says")
    drawn |= tokens.has(first - 1, "title_end") & tokens.has(first + 1, "town_letter")
    # 副教授|何静|之|长期: no particle behind a title and a name.
    drawn |= tokens.has(first - 1, "title_end") & tokens.has(first + 1, "zhi") & tokens.has(first + 2, "adverb")
    # 会员|庾清|和|认为: nobody else is named before the verb.
    drawn |= tokens.has(first + 1, "and") & (tokens.has(first + 2, "says") | tokens.has(first + 2, "stops"))
    grows = (tokens.has(first + 1, "loose") | drawn) & (given == 1)
    # 渔民|吴|陈秀枝: a married woman's two surnames.
    married = tokens.has(first - 1, "lone_surname") & tokens.has(first - 1, "plain") & tokens.has(first, "plain")
    married &= tokens.has(first - 2, "title_end") & tokens.has(first - 1, "person_tag") & (given == 2)
    return pl.DataFrame(
        {
            "first": first - married,
            "last": first + grows,
            "tagged": tokens.has(first, "person_tag") * 2 + tokens.has(first, "unknown") * 1,
            "plausible": tokens.has(first, "rest_plausible"),
            "plain": tokens.has(first, "plain"),
            "given": given + grows,
        }
    )


def _split(tokens: Tokens) -> pl.DataFrame:
    """A surname by itself and one or two words of one or two characters that given names are made of."""
    first = tokens.where("lone_surname")
    first = first[tokens.has(first + 1, "given")]
    size = tokens.count(first + 1, "size")
    grows = (size == 1) & tokens.has(first + 2, "given") & (tokens.count(first + 2, "size") == 1)
    return pl.DataFrame(
        {
            "first": first,
            "last": first + 1 + grows,
            # 柳|根娣: given names no dictionary has.
            "tagged": 2
            * (tokens.has(first, "plain") & tokens.has(first + 1, "unlisted") & tokens.has(first + 1, "spells_given")),
            "plausible": np.ones(len(first), bool),
            "plain": tokens.has(first, "plain"),
            "given": size + grows,
        }
    )


def _support(tokens: Tokens, first: Places, last: Places) -> Places:
    """2: a title or a verb of people stands beside; 1: the name opens or closes a clause or a list; 0: nothing."""
    before, after = first - 1, last + 1
    strong = tokens.has(before, "title_end") | tokens.has(after, "title") | tokens.has(after, "says")
    # 姜山：… opens an answer in an interview.
    strong |= tokens.has(before, "stops") & tokens.has(after, "colon")
    weak = tokens.has(after, "acts") | tokens.has(before, "stops") | tokens.has(after, "stops")
    weak |= tokens.has(before, "lists") | tokens.has(after, "lists")
    # 主演周岚梁佩兰: names follow each other without a mark.
    weak |= tokens.has(before, "person_word") | tokens.has(after, "person_word")
    return strong.astype(np.int64) + (strong | weak)
