"""Meetings, fairs and contests: clauses that end in a word for one, less the sentence before the name."""

from __future__ import annotations

import polars as pl

from transforms.entities.candidates import candidates, matches

KINDS = (
    "座谈会|研讨会|交流会|推介会|发布会|博览会|展览会|交易会|洽谈会|运动会|论坛|峰会|大会堂|大会|全会议|全会|会议|年会|工作会议|工作会|创业大赛|大赛|锦标赛|公开赛|联赛|"
    "邀请赛|世锦赛|锦标赛|马拉松|艺术节|电影节|文化节|音乐节|庙会|展会|庆典"
)
# No counted repetitions: they make the automaton of the regex engine large and slow. Lengths are checked afterwards.
MEETING = rf"(?:第[一二三四五六七八九十百0-9]+[届次])?[\p{{Han}}A-Za-z0-9·]+?(?:{KINDS})"
CLAUSE = rf"[\p{{Han}}A-Za-z0-9·]*(?:{KINDS})[员案长商计谈晤展诊战]?"
OTHER_WORD = rf"(?:{KINDS})[员案长商计谈晤展诊战]$"
"""议会议员, 工作会商: what looks like a meeting is the beginning of another word."""
START = (
    r"^.*(?:[的了在于将并和与及为由对从至被把让向是]|召开|举行|研究|审议|通过|授权|提交|根据|庆祝|本届|历届|上届|首届|届时|共同|不断|标志着|展示|展现|联合|一大批|致信|交付|落实|昨晚|完善|"
    r"祝贺|学习贯彻|统一到|按照|来到|受|做好|筹备|迎接|关于|作为|成为|称为|热烈地|积极地|认真地|深入地|成功地|隆重地|举办|主持|出席|参加|承办|主办|开幕|组织|一年一度|多次|上述|这次|本次|此次|该|首场|"
    r"一场|一个|两场|各类|每年|今年|去年|会见|列席|包括|纪念|全景式地|首档|下一次|办好|赋能|同中方加强|相信|支持|期待|提请|收看|前往|宣布|巡视|推进|围绕|结合|宣讲|领会|预祝|筹办|决定|开展|持续|依托|获|亲切|圆满完成|[一两三多几]名|"
    r"^[以暨]|[0-9一二三四五六七八九十]+[日年月]|上午|下午|晚上|昨天|今天|日前|近日)"
)
"""What a meeting's name never begins with or holds: verbs, particles and pronouns of the sentence around it."""
HALL = "大会堂$"
"""Where people meet, not what they hold there."""
ATTRIBUTES = (
    "系列|主题|专题|专场|重要|国际|全国|高级别?|高层|高峰|大型|国家级|领导人|非正式|工作|建设|特别|紧急|临时|部长级?|学术|年度|双边|协商|圆桌|企业家|常务|电视电话|视频|主旨|分|成果|理事会|"
    "委员长|主席团?|常委会|党组|职工代表|家长|股东|人民代表|代表|全体|新闻|行业|产业|技术|高质量发展|可持续发展|[一二三四五六七八九十0-9]+次|一届|第[一二三四五六七八九十0-9]+阶段|第[一二三四五六七八九十0-9]+场"
)
BARE = rf"^(?:第[一二三四五六七八九十百0-9]+[届次])?(?:{ATTRIBUTES})*(?:{KINDS})$"
"""A meeting of some sort, without a name."""


def meetings(texts: pl.DataFrame) -> pl.DataFrame:
    """Candidates (see candidates.py) for every meeting with a name. `texts` has doc and text."""
    name = pl.col("surface")
    clauses = matches(texts, CLAUSE).filter(~name.str.contains(OTHER_WORD)).select("doc", text="surface")
    found = (
        matches(clauses, MEETING)
        .with_columns(surface=name.str.replace(START, ""))
        .filter(name.str.len_chars().is_between(5, 30), ~name.str.contains(BARE), ~name.str.contains(HALL))
    )
    return candidates(found, "event", "meeting", strength=2)
