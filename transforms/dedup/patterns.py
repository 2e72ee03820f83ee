"""What tells two fillings of one template apart: figures, and the names of places, bodies and works; and what does not."""

from __future__ import annotations

_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
# A lone Chinese numeral is mostly no figure at all (一些, 统一); it counts with an ordinal mark or a unit of time.
FIGURE = (
    r"[0-9]+(?:[.,:][0-9]+)*"
    rf"|第[{_NUMERALS}]+"
    rf"|[{_NUMERALS}]{{2,}}"
    rf"|[{_NUMERALS}](?:月|日|季度|成|倍)"
)
# Two characters before a word that ends names. They need not be a name (百货超市): what is no name is the same in a copy
# and in a sibling, and only makes it harder to call two texts siblings.
NAME = (
    r"《[^《》]{2,40}》"
    r"|\p{Han}{2}(?:省|市|县|区|州|镇|乡|村|岛|机场|车站|水库|气象台|统计局|法院|检察院|医院|大学|学院|中学|小学"
    r"|幼儿园|研究所|研究院|银行|证券|保险|基金|公司|集团|股份|俱乐部)"
    r"|[法德英美俄韩泰]国|[东欧非]盟|\p{Han}{2}队"
)
# What an outlet tells on: how many a disaster has hit by now, and what it says it got wrong.
TOLL = r"截[至止].{0,40}(?:遇难|死亡|身亡|失联|失踪|受伤|被困|获救|确诊)"
CORRECTION = r"^.{0,20}(?:更正|勘误)"
