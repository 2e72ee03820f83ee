"""Names of organisations and places that end in a word saying what they are: the left end is found word by word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.entities.candidates import candidates
from transforms.entities.lexicon import Lexicon
from transforms.entities.tokens import LONGEST, Flags, Places, Tokens

MATCH_WORDS = 2
"""Words of a match in a sentence from which on its foreign towns are teams."""
TRADES = 3
"""Words of business that may stand before the end of a company's name: 投资|管理|咨询."""
WITHIN_BODY = "(?:中心|[政理障育察商]局|委员会).+$"
"""A body, and more behind it."""
SHORTEST_HEADED = 5
"""Letters of a body's name without a proper word; 研究所 and 公安局 are said of any."""
SHORTEST_FOREIGN = 3
"""Letters of a foreign name that is no word by chance."""
BRANCH = 5
"""Words behind a body that the name of its branch may have."""
OF_PLACE = "^[^与和及]{1,8}[省市县区州旗][^与和及]+[与和及]"
"""The place an office belongs to, and two things it is there for: 甘肃省|林业和草原|局."""
LONGEST_OFFICE = 15
"""Letters of an office's name that a place opens."""
ENDING_WORDS = 4
"""Words an ending may be cut into: 有限|责任|公司."""


@dataclass(frozen=True)
class Runs:
    """Where runs of words that a name may hold begin, and which words within them are proper ones.

    ends: places no run reaches beyond, -1 the first of them. starts: for each, where the run behind it begins.
    proper: places of proper words within runs, the number of words the last of them.
    """

    ends: Places
    starts: Places
    proper: Places

    def start(self, place: Places) -> Places:
        """The first word of the run each place lies in."""
        return self.starts[np.searchsorted(self.ends, place, side="right") - 1]

    def left_end(self, place: Places) -> Places:
        """The first proper word of the run each place lies in; beyond the place if there is none."""
        return self.proper[np.searchsorted(self.proper, self.start(place))]


def runs(tokens: Tokens) -> Runs:
    """The runs of all documents."""
    inside = tokens.every("inside")
    brands = _brands(tokens)
    inside[brands] = True
    # 大学|第一|附属|医院 and 市|第二|中级|法院: which of several.
    which = tokens.where("numeral")
    which = which[(which > 0) & inside[which - 1] & tokens.has(which + 1, "numbered")]
    inside[which] = True
    ranked = tokens.where("rank")
    inside[ranked[tokens.has(ranked + 1, "site")]] = True
    _charged(tokens, inside)
    # A joint stands inside a name (研究与发展局) unless a whole name ends before it.
    joint = tokens.where("joins")
    # 网络|与|媒体|学院: a trade before it ends no name.
    ended = tokens.has(joint - 1, "tail") & ~tokens.has(joint - 1, "trade_word")
    joint = joint[(joint > 0) & inside[joint - 1] & ~ended]
    # 瑞士|及|欧洲|复兴|开发|银行 and 姚刚|和|国家外汇管理局 are two.
    joint = joint[~(tokens.has(joint - 1, "place") & tokens.has(joint + 1, "place"))]
    joint = joint[~tokens.has(joint - 1, "family_name") & ~tokens.has(joint - 1, "whole_body")]
    # 山南二院|和|台江县|人民|医院: what opens with a name of its own is another body.
    joint = joint[~tokens.has(joint + 1, "opens_name")]
    inside[joint] = True
    _traded(tokens, inside)
    # A person's name opens a name of its own (邵逸夫医院) and closes the words before it.
    opens = ~inside
    outside = opens.copy()
    # 大学|李嘉诚|医学院: a school within one is called after somebody.
    named = tokens.where("family_name")
    # 浙江|景兴|纸业: two letters behind a place are a brand.
    brand = tokens.has(named - 1, "tagged_home") & (tokens.count(named, "size") == 2)
    opens[named[~tokens.has(named - 1, "academy") & ~brand]] = True
    # 国务院|对雄安|新区: the second word begins with the one between them.
    grafted = tokens.where("grafted")
    opens[grafted] = True
    first = np.flatnonzero(opens)
    proper = inside & tokens.every("proper")
    proper[brands] = True
    proper[grafted] = True
    places = np.append(np.flatnonzero(proper), len(inside))
    return Runs(np.append(-1, first), np.append(0, first + outside[first]), places)


def _charged(tokens: Tokens, inside: Flags) -> None:
    """Let a body's name hold what it is there to do: 住房|保障|和|房产|管理局, 北京|勘察|设计|协会. What stands before a
    place or another whole name is a verb."""
    titled = tokens.where("title")
    place = np.union1d(tokens.where("duty"), titled[tokens.has(titled + 1, "tail")])
    place = place[(place > 0) & ~inside[place]]
    for _ in range(TRADES):
        before = inside[place - 1] & (~tokens.has(place - 1, "tail") | tokens.has(place - 1, "academy"))
        noun = (tokens.has(place + 1, "inside") & ~tokens.has(place + 1, "proper")) | tokens.has(place + 1, "joins")
        inside[place[before & (noun | tokens.has(place + 1, "duty"))]] = True


def _brands(tokens: Tokens) -> Places:
    """Words no dictionary has, before a company's trade and its last word: 添可|智能|科技|有限公司. The segmenter takes
    them for verbs or nouns as it comes."""
    place = tokens.where("coinage")
    beyond = place + 1
    for _ in range(TRADES):
        beyond = beyond + (tokens.has(beyond, "inside") & ~tokens.has(beyond, "company_end"))
    # 晨鸣|纸业, 银桥|乳业: right before a trade that only names of companies hold.
    coined = place[tokens.has(beyond, "company_end") | tokens.has(place + 1, "firm_trade")]
    rare = tokens.where("trade_alone") - 1
    return np.union1d(coined, rare[tokens.has(rare, "rare_noun") & tokens.has(rare + 1, "trade_alone")])


def _traded(tokens: Tokens, inside: Flags) -> None:
    """Let a company's name hold what it does for its living, up to its last word: 润泽|房地产|开发|有限公司."""
    place = tokens.where("business")
    leads = np.zeros(len(inside) + 1, bool)
    for _ in range(TRADES):
        leads[place] = tokens.has(place + 1, "company_end") | leads[place + 1]
    place = place[leads[place] & (place > 0)]
    for _ in range(TRADES):
        inside[place[inside[place - 1]]] = True


def organisations(tokens: Tokens, runs: Runs, lexicon: Lexicon) -> pl.DataFrame:
    """Candidates (see candidates.py) for every organisation whose name ends in a known suffix."""
    ended = _endings(tokens, lexicon)
    first = runs.left_end(ended["core_last"].to_numpy())
    # 国家|发改委|宏观经济|研究院: a common word may be half of a whole name.
    halved = lexicon.named("organisation").holds(tokens.spelt(first - 1, first)).to_numpy()
    first = first - halved
    ended = ended.with_columns(first=first + _abroad(tokens, first, ended["core_last"].to_numpy()))
    opened = ended.filter(pl.col("first") <= pl.col("core_last"), pl.col("last") - pl.col("first") < LONGEST)
    first, last = opened["first"].to_numpy(), opened["last"].to_numpy()
    named = opened.with_columns(
        doc=pl.Series(tokens.documents(first)),
        # The segmenter guesses 而云锡 a word.
        surface=ungrafted(tokens, first, last),
        # 国网|青江县|供电公司: whose it is, and where.
        opens_with_place=pl.Series(tokens.has(first + tokens.has(first, "parent_company"), "place")),
        ends_coined=pl.Series(tokens.has(opened["core_last"].to_numpy(), "coined")),
        ends_common=pl.Series(tokens.has(opened["core_last"].to_numpy(), "common")),
        opens_with_group=pl.Series(tokens.has(first, "group_tag")),
        any_one=pl.Series(tokens.has(first - 1, "any_one")),
    ).with_columns(core=pl.col("surface").str.head(-1 * pl.col("suffix").str.len_chars().cast(pl.Int64)))
    length = pl.col("surface").str.len_chars()
    strong = ((pl.col("core").str.len_chars() >= 2) | pl.col("opens_with_group")) & ~_no_name(lexicon)
    weak = (
        pl.col("opens_with_place")
        & (~pl.col("core").str.contains("[与和及]") | pl.col("core").str.contains(OF_PLACE))
        & length.is_between(pl.col("suffix").str.len_chars() + 2, LONGEST_OFFICE)
    )
    names = named.filter(
        length.is_between(3, 30),
        ~pl.col("surface").is_in([*lexicon.titles, *lexicon.words["generic"]]),
        ~pl.col("surface").str.contains(lexicon.patterns["no_body"]),
        ~pl.col("any_one"),
        pl.when(pl.col("strength") == "weak").then(weak).otherwise(strong),
    )
    named = names.select("doc", "surface", "entity_subtype")
    found = pl.concat([named, _branches(tokens, names, lexicon), _headed(tokens, runs, ended)])
    return candidates(found, "organisation", pl.col("entity_subtype"), strength=2)


def _abroad(tokens: Tokens, first: Places, core_last: Places) -> Flags:
    """Where a country stands before a town or a foreign name, which open the body's: 德国|汉堡|港务局. 俄罗斯|欧洲|银行 is
    one body, named for the part of the world it works in."""
    foreign = tokens.has(first + 1, "foreign") & (tokens.count(first + 1, "size") >= SHORTEST_FOREIGN)
    town = (tokens.has(first + 1, "known_place") | foreign) & ~tokens.has(first + 1, "part_of_world")
    return tokens.has(first, "abroad") & (first < core_last) & town


def _no_name(lexicon: Lexicon) -> pl.Expr:
    """Whether the ending says what is done, and the words before it where or with what: no body goes by them."""
    towns = lexicon.places("province", "prefecture", "city", "county_level_city", "district", "county")
    realms = lexicon.places("country", "continent", "region", "state", "province")
    # 河北投资, AI投资, 中日韩科技: where or what is invested in, and between whom.
    nobody = lexicon.named("place", "product", "concept")
    no_brand = nobody.has(pl.col("core")) | pl.col("core").str.contains(lexicon.patterns["countries"])
    # 吉林银行, 湖南信托: trades that a town or province has one of by its own name.
    no_brand &= ~(pl.col("suffix").is_in(lexicon.words["trade_of_place"]) & towns.has(pl.col("core")))
    # 昆明海关, 莱比锡大学: what a town has one of; of a whole country it is any.
    own = pl.col("suffix").is_in(lexicon.words["one_of_town"]) & ~realms.has(pl.col("core"))
    # 西弗吉尼亚大学, 河南大学: a university is called after a state or province as well.
    own |= pl.col("suffix").str.contains(lexicon.patterns["academy"]) & lexicon.places("state", "province").has(
        pl.col("core")
    )
    trade = pl.col("suffix").is_in(lexicon.words["trade"]) & no_brand & ~own
    # 社会保险基金中心|养老保险|科: what an office within a body is there for.
    trade |= pl.col("suffix").is_in(lexicon.words["trade"]) & pl.col("core").str.contains(WITHIN_BODY)
    # A trade ends a company's name right behind its brand: 强脑|科技, but not 深化|中央|财政|科技.
    # Behind a place it may be two words away if the brand is a coined one: 黑龙江|天琪|期货.
    branded = pl.col("opens_with_place") & pl.col("ends_coined") & (pl.col("first") + 1 == pl.col("core_last"))
    distant = (pl.col("first") < pl.col("core_last")) & ~branded
    return trade | (pl.col("suffix").is_in(lexicon.words["industry"]) & (distant | pl.col("ends_common")))


def _headed(tokens: Tokens, runs: Runs, ended: pl.DataFrame) -> pl.DataFrame:
    """Columns doc, surface, entity_subtype: bodies with no proper word in their names, whose head or member is spoken of:
    。|儿童|福利|司|副司长, 。|社区|组织|协会|干事.

    `ended` is what `_endings` returns; a department has no ending of its own there and is known by who heads it.
    """
    department = tokens.where("department")
    heads = tokens.has(department + 1, "heads_department")
    body = ended.filter(pl.col("entity_subtype") != "company")
    last = np.append(department[heads], body["last"].to_numpy())
    subtype = pl.Series(["government"]).new_from_index(0, int(heads.sum())).append(body["entity_subtype"])
    first = runs.start(last - 1)
    # 投资、|贸易|及|工业部|部长 is half a name.
    opened = tokens.has(first - 1, "stops") & (~tokens.has(first - 1, "comma") | tokens.has(first - 2, "title_end"))
    kept = tokens.has(last + 1, "title_end") & opened & (last - first < LONGEST)
    # 援引|美国|国防部 opens with a verb, 蓝白要|经济部 with a guess of the segmenter's.
    kept &= tokens.has(first, "opens_compound") & ~tokens.has(first, "unlisted") | tokens.has(first, "home")
    kept &= (last - first > 1) | (tokens.count(last, "size") > 2) & (last > first)
    # 国际|古董|钟表|协会
    first = first - tokens.has(first - 1, "worldwide")
    of_all = tokens.has(first, "worldwide") & (subtype == "association").to_numpy()
    kept |= of_all & (last - first > 1) & (last - first < LONGEST)
    named = tokens.named(first[kept], last[kept]).with_columns(entity_subtype=subtype.filter(pl.Series(kept)))
    return named.filter(
        pl.col("surface").str.len_chars() >= SHORTEST_HEADED, ~pl.col("surface").str.ends_with("领导小组")
    )


def _branches(tokens: Tokens, bodies: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Columns doc, surface, entity_subtype: bodies with the part of them that stands right behind, 市|公安局|瑞金路|派出所,
    水利厅|农村|水利|处, 大学|热带|作物|学院. A 系 or 科 is one where somebody of it is spoken of: 大学|交通管理|科学系|教授; who studied
    there is said to have been at the university.

    `bodies` has the first and last word of those that end in a suffix.
    """
    whole, (begun, ended) = tokens.where("known_body"), _known_bodies(tokens, lexicon)
    first = np.concatenate([bodies["first"].to_numpy(), whole, begun])
    body = np.concatenate([bodies["last"].to_numpy(), whole, ended])
    last = body + 1
    kept = tokens.has(last, "whole_branch") | tokens.has(last, "whole_office") & tokens.has(body, "holds_offices")
    # 任命傅政|华为|司法部|部长: a body known by itself is a part of no other one.
    ward = tokens.has(last, "ward") & ~tokens.has(last, "known_body") & (tokens.count(last, "size") > 2)
    kept |= ward & tokens.has(last + 1, "title")
    spans = [(first[kept], last[kept])]
    for step in range(1, BRANCH):
        # Behind its first word a place opens something else; a joint goes on within one branch: 农村|水利|及|水电|处.
        goes_on = tokens.has(last, "branch") | tokens.has(last, "branch_word") & ~(
            tokens.has(last, "tagged_home") & (step > 1)
        )
        within = ~tokens.has(last - 1, "branch") & ~tokens.has(last + 1, "opens_name")
        goes_on |= tokens.has(last, "joins") & within & (step > 1) | tokens.has(last, "numeral") & (step == 1)
        # 招生|办公室|主任
        goes_on |= tokens.has(last, "verb") & tokens.has(last + 1, "ward") & tokens.has(last + 2, "title")
        first, last = first[goes_on], last[goes_on] + 1
        # 农村|水利|处处长
        kept = tokens.has(last, "branch") | tokens.has(last, "body_and_head")
        kept |= tokens.has(last, "ward") & tokens.has(last + 1, "title")
        spans.append((first[kept], last[kept]))
    first, last = (np.concatenate(ends) for ends in zip(*spans, strict=True))
    named = pl.DataFrame({"doc": tokens.documents(last), "surface": _unheaded(tokens, first, last)}).with_columns(
        suffix=pl.col("surface").str.extract(f"({lexicon.suffix_pattern})")
    )
    typed = named.join(lexicon.suffixes, on="suffix", how="left", maintain_order="left")
    return typed.select("doc", "surface", pl.col("entity_subtype").fill_null(""))


def _known_bodies(tokens: Tokens, lexicon: Lexicon) -> tuple[Places, Places]:
    """The first and last words of bodies the gazetteer knows and the segmenter cuts: 工业|和|信息化|部."""
    last = tokens.where("last_of_body")
    spans = [(last - size, last) for size in range(1, ENDING_WORDS)]
    first, last = (np.concatenate(ends) for ends in zip(*spans, strict=True))
    known = lexicon.named("organisation").holds(tokens.spelt(first, last)).to_numpy()
    return first[known], last[known]


def ungrafted(tokens: Tokens, first: Places, last: Places) -> pl.Series:
    """The words from `first` to `last`, less the character before the name that the segmenter drew into its first word."""
    spelt = _unheaded(tokens, first, last)
    drawn = pl.Series(tokens.has(first, "grafted"))
    return spelt.zip_with(~drawn, spelt.str.slice(1))


def _unheaded(tokens: Tokens, first: Places, last: Places) -> pl.Series:
    """The words from `first` to `last`, less the head of the body drawn into the last one: 能源|局局长."""
    spelt = tokens.spelt(first, last)
    return spelt.zip_with(~pl.Series(tokens.has(last, "body_and_head")), spelt.str.head(-2))


def _endings(tokens: Tokens, lexicon: Lexicon) -> pl.DataFrame:
    """Every suffix: last (place of its last word), core_last (place of the word that ends the name before it, or that
    holds both), suffix, entity_subtype, strength."""
    place = tokens.where("ends_body")
    # 青禾|科技|城 is a district.
    last = place[~tokens.has(place + 1, "makes_a_person") & ~tokens.has(place + 1, "ends_district")]
    # A name and its ending may reach back beyond the first word, where paragraphs stand.
    sizes = [pl.Series(str(back), tokens.count(last - back, "size")) for back in range(ENDING_WORDS)]
    sizes[0] -= pl.Series(2 * tokens.has(last, "body_and_head"))
    reach = [pl.sum_horizontal([str(n) for n in range(back + 1)]) for back in range(ENDING_WORDS)]
    length = pl.col("suffix").str.len_chars().cast(pl.Int64)
    # Words the suffix covers whole; the word before them belongs to the name.
    covered = pl.sum_horizontal([(total <= length).cast(pl.Int64) for total in reach])
    return (
        pl.DataFrame([pl.Series("last", last), *sizes])
        .with_columns(
            suffix=_unheaded(tokens, last - (ENDING_WORDS - 1), last).str.extract(f"({lexicon.suffix_pattern})")
        )
        .drop_nulls("suffix")
        .with_columns(core_last=pl.col("last") - covered)
        .filter(pl.col("core_last") >= 0)
        .join(lexicon.suffixes, on="suffix", maintain_order="left")
        .select("last", "core_last", "suffix", "entity_subtype", "strength")
    )


def teams(tokens: Tokens) -> pl.DataFrame:
    """Candidates for sports teams: 荷兰队, and a foreign town that plays at home."""
    last = tokens.where("team")
    last = last[tokens.has(last - 1, "team_place")]
    found = tokens.named(last - 1, last)
    club = tokens.where("club")
    club = club[tokens.has(club - 1, "place")]
    clubs = tokens.named(club - 1, club)
    whole = tokens.where("team_word")
    words = tokens.named(whole, whole)
    return candidates(pl.concat([found, clubs, words]), "organisation", "team", strength=2)


def sides(tokens: Tokens) -> pl.DataFrame:
    """Candidates for teams called by their town or country: 里昂|客场. Where a match is told of, the gazetteer's place gives
    way; behind 在 and its kind it stays a place."""
    place = tokens.where("home")
    place = place[~tokens.has(place - 1, "locates") & ~tokens.has(place - 1, "title_end")]
    beside = tokens.has(place + 1, "plays") | tokens.has(place - 1, "plays")
    told = tokens.said_in_sentence(place, "match") >= MATCH_WORDS
    place = place[beside | (tokens.has(place, "foreign") & told)]
    return candidates(tokens.named(place, place), "organisation", "team", strength=3).with_columns(
        canonical=pl.col("surface").str.strip_suffix("队") + "队"
    )


def groups(tokens: Tokens) -> pl.DataFrame:
    """Candidates for the bodies the segmenter's dictionary knows as such."""
    place = tokens.where("group_word")
    return candidates(tokens.named(place, place), "organisation", "", strength=2)


def coined(tokens: Tokens) -> pl.DataFrame:
    """Candidates for companies of a brand no dictionary has and a broad trade: 云骁|智能. Said once it may be no name."""
    last = tokens.where("soft_trade")
    last = last[tokens.has(last - 1, "brand") & ~tokens.has(last + 1, "tail")]
    return candidates(tokens.named(last - 1, last), "organisation", "company", strength=1, distinct=False)


def companies(tokens: Tokens) -> pl.DataFrame:
    """Candidates for companies called by a short name before a word of business: 星海董事长."""
    place = tokens.where("leads_company") - 1
    place = place[tokens.has(place, "brand")]
    return candidates(tokens.named(place, place), "organisation", "company", strength=2)
