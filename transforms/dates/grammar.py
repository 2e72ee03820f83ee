"""How Chinese news writes dates: one pattern for polars (Rust) and Python alike, no look-around."""

from __future__ import annotations

from transforms.dates import eras

_D = "[0-9０-９]"
_CH = "[〇零○OＯ一二三四五六七八九]"
_DAY_CH = "(?:三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[一二三四五六七八九])"
_MONTH_CH = "(?:十[一二]?|[正腊一二三四五六七八九])"

# 114年7月: a three-figure year with a month is one of the Republic's.
MINGUO = rf"1[01]{_D}年"
"""114年 alone: in Taiwan a year of the Republic, unless LASTED stands before it or LASTS behind."""
LASTED, LASTS = "(?:[满逾近达了共历距第立建校]|[总合累共]计)$", "^(?:来|前|后|间|以上|多|的?历史|之久|老)"
YEAR = rf"(?:{_D}{{4}} ?年|{_CH}{{4}}年|{_CH}{{3}}年|两千(?:零?[一二三四五六七八九十]{{1,3}})?年|(?:中华)?民国{_D}{{1,3}}年|民国[一二三四五六七八九十百]{{1,5}}年)"
NEAR_YEAR = "(?:去年|今年|明年|前年|后年|上年|本年度?)"
MONTH = rf"(?:(?:0?[1-9]|1[0-2]|[０-９]{{1,2}}) ?月|{_MONTH_CH}月)"
NEAR_MONTH = "(?:上个?月|本月|这个月|下个?月)"
DAY = rf"(?:{_D}{{1,2}} ?[日号]|{_DAY_CH}[日号])"
# 三号 is rather a spacecraft than a day: alone, only an Arabic day counts.
LONE_DAY = rf"{_D}{{1,2}}[日号]"
# 八月十五: a Chinese day of two letters may go without 日 once the month stands before it; 2月一度 is none.
DAY_AFTER_MONTH = (
    rf"(?:{_D}{{1,2}} ?[日号]|{_DAY_CH}[日号]"
    "|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"
)
MONTH_PART = "(?:份|上中旬|中下旬|上旬|中旬|下旬|初|底|末|中)"
YEAR_PART = "(?:年?初|年?底|年?末|年中|上半年|下半年|前?第?[一二三四1-4]季度|[第前][一二三四1-4]季)"
FESTIVAL = (
    "(?:春节|元宵节|元宵|清明节|清明|端午节|端午|中秋节|中秋|重阳节|七夕节|七夕|除夕|大年三十|大年初[一二三四五六七八]"
    "|元旦|国庆节|国庆|五一劳动节|劳动节|五一|儿童节|建党节|建军节|教师节|妇女节|圣诞节|双十一)"
)
# A festival alone is a season, not a date; these say that the day itself is meant.
FESTIVAL_DAY = (
    "(?:除夕夜?|大年三十|大年初[一二三四五六七八]|元旦当天|(?:春节|国庆节|端午节|中秋节|元宵节|清明节)当[天日晚])"
)
PART_OF_DAY = "(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|深夜|夜间|晚|早|夜)?"
RELATIVE_DAY = (
    "(?:[今昨明前] ?[（(][0-9]{1,2}[）)] ?[日天晚]|大前[天日]|大后[天日]|今[天日晚晨早夜]|昨[天日晚晨夜]|前[天日晚]|明[天日晚晨早]|后[天日])"
    + PART_OF_DAY
)
# Simplified text that quotes Traditional keeps 週 and 禮拜 where they stand alone.
_WEEK = "(?:[周週]|星期|[礼禮]拜)"
# 周天 alone is rather somebody's name, or 一周天气.
WEEKDAY = rf"(?:(?:上上[个個]?|上[个個]?|本|这[个個]?|下下[个個]?|下[个個]?)?(?:{_WEEK}[一二三四五六日]|(?:星期|[礼禮]拜)天)|(?:上[个個]?|本|这|下[个個]?)[周週]天)"
WEEK = rf"(?:(?:上上|上|本|这|下)个?(?:{_WEEK}末|{_WEEK}))"
RECENT = "(?:近日|日前)"
ISO = rf"(?:[12]{_D}{{3}}[-/.](?:0?[1-9]|1[0-2])[-/.](?:[12]{_D}|3[01]|0?[1-9])|(?:[12]{_D}|3[01]|0?[1-9])[-/.](?:0?[1-9]|1[0-2])[-/.][12]{_D}{{3}}|[12]{_D}{{3}} (?:0[1-9]|1[0-2]) (?:[0-2]{_D}|3[01]))"

AHEAD = "(?:(?:^|[^原曾本])(?:预计|预料|有望|可望|计划|拟|力争|争取|最快|即将)(?:[于在到至从]|将|会){0,3}|将[于在从到]|将会[于在])$"
"""Before a date that is still to come: 预计6月, 将于周一."""
SINCE = "^(?:以来|至今|起|开始，)"
"""Behind a date from which something lasts."""
# 今年前5个月: with a year before it 前 can mean nothing else, however the number is written.
_MONTHS_OF_YEAR = f"[前首](?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,2}})个月"
_YEAR_REST = (
    rf"(?:(?:年?农历| )?(?:{MONTH}(?: ?{DAY_AFTER_MONTH}|{MONTH_PART})?|{YEAR_PART}|的?{FESTIVAL})|{_MONTHS_OF_YEAR})"
)
_MD_REST = rf"(?: ?{DAY_AFTER_MONTH}|{MONTH_PART})"
DECADE = (
    rf"(?:(?:(?:公元前?)?(?:{_D}{{1,2}}|[一二三四五六七八九十]{{1,3}}|上个?)世纪)(?:(?:{_D}0|[一二三四五六七八九]十)年代)?(?:初期?|末期?|中叶|中期|后期|[上下前后]半叶)?"
    rf"|(?:{_D}{{3}}0|[一二]{_CH}{{2}}[〇零○])年代(?:初期?|末期?|中期|后期)?)"
)
_DATED = rf"(?:(?:农历)?{YEAR}(?:{_YEAR_REST}|度)?|{MINGUO}(?:{MONTH}(?:{DAY_AFTER_MONTH}|{MONTH_PART})?|初|底|上半年|下半年|第?[一二三四1-4]季度?|{_MONTHS_OF_YEAR}))"
_NEAR_DATED = rf"{NEAR_YEAR}(?:{NEAR_MONTH}{DAY_AFTER_MONTH}|{_YEAR_REST}|[前首]{_D}{{1,2}}月)?"
# 次年5月, 同年9月: of the year told of last, whenever the article appeared.
# 公元前120年至公元前50年: no calendar here goes back so far, but no duration is meant.
_BEFORE_OURS = rf"公元前{_D}{{1,4}}年"
BEFORE_OURS = rf"(?:{_BEFORE_OURS}(?:(?:至|到|-|–|—|~|～)(?:{_BEFORE_OURS}|公元{_D}{{1,4}}年))?)"
# In Taiwan and Hong Kong a quarter where an article speaks of business, else rather one of a series.
SEASON = "第[一二三四]季"
SEASONED = ("TW", "HK", "MO")
"""Where a season so written may be a quarter."""
TOLD_DAY = "当[天日]"
"""The day told of just before."""
NEXT_TO_TOLD = {
    "同日": 0,
    "次日": 1,
    "翌日": 1,
    "隔天": 1,
    "隔日": 1,
    "第二天": 1,
    "前一天": -1,
    "前一日": -1,
    "此前一天": -1,
    "此前一日": -1,
}
"""Days counted from the one told of just before, where they begin a clause: 比前一天, 至翌日 and 连续第二天 are none."""
TOLD_YEAR = "(?:次年|翌年|同年|当年)"
TOLD_DATED = rf"{TOLD_YEAR}{MONTH}(?:{DAY_AFTER_MONTH}|{MONTH_PART})?"
_MONTH_DATED = rf"(?:农历)?(?:{MONTH}{_MD_REST}|{NEAR_MONTH}{_MD_REST}?|{MONTH})"
# 第3季: a season told in Chinese numerals is rather one of a series.
# 前8个月: from January on; 前两个月 are as often the two before or the first of anything.
FIRST_MONTHS = "(?:前(?:[2-9]|1[01])个?月|前(?:[四五六七八九]|十一?)个月)"
_PERIOD = f"(?:前三季度|上半年|下半年|第?[一二三四1-4]季度|[第前][1-4]季|{FIRST_MONTHS}|年[初底末])"

_FROM = rf"(?:{_DATED}|{_NEAR_DATED}|{_MONTH_DATED}|{LONE_DAY}|[12]{_D}{{3}})"
_TO = rf"(?:{_DATED}|{_NEAR_DATED}|{_MONTH_DATED}|{LONE_DAY})"
SEP = " ?(?:至|到|-|–|—|——|~|～|－|─) ?"
_MONTHS = rf"(?:{YEAR}|{NEAR_YEAR})?(?:0?[1-9]|1[0-2])(?:月份?)?{SEP}(?:0?[1-9]|1[0-2])月份?"
_IN_MONTH = rf"(?:{YEAR}|{NEAR_YEAR})?(?:{MONTH}|{NEAR_MONTH}){_D}{{1,2}}"
# 5月12、13日: days that follow each other, or nearly.
_LISTED = rf"(?:、{_D}{{1,2}}){{1,4}}[日号]"
DAY_LIST = f"{_IN_MONTH}{_LISTED}"
_DAYS = rf"{_IN_MONTH}(?:{_LISTED}|{SEP}{_D}{{1,2}}[日号])"
# 七八月, 七、八月份, 十一二月: two months that follow each other.
PAIR = "(?:一二|二三|三四|四五|五六|六七|七八|八九|九十|十一二|一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九|九、十|十、十一|十一、十二)"
MONTH_PAIR = rf"(?:(?:{YEAR}|{NEAR_YEAR})?{PAIR}月份?)"
RANGE = rf"(?:{DECADE}{SEP}{DECADE}|{_MONTHS}|{MONTH_PAIR}|{_DAYS}|{_FROM}{SEP}{_TO})"

# Longest forms first: both engines take the first alternative that fits, not the longest.
_SINGLE = rf"{DECADE}{DECADE}?|{TOLD_DATED}|{_DATED}|{_NEAR_DATED}|{_MONTH_DATED}|{_PERIOD}|{LONE_DAY}|{RELATIVE_DAY}|{WEEKDAY}|{WEEK}|{FESTIVAL_DAY}|{RECENT}"
DATE = rf"(?:{RANGE}|{ISO}|{eras.DATE}|{_SINGLE})"
# Most dates. With the others beside them the automaton of the regex engine outgrows its cache (transforms/rare.py).
COMMON_DATE = rf"(?:{ISO}|{_SINGLE})"
RARE_DATES = (RANGE, eras.DATE)
# 7/12 by itself, in no longer number: what stands before it comes along. No word of ASCII goes on behind it.
SLASHED = r"(?:^|[^0-9/／.:：A-Za-z+-])(?:0?[1-9]|1[0-2])[/／](?:[12][0-9]|3[01]|0?[1-9])(?-u:\b)"
