"""Numbers that have the form of a mobile number and are none: money, quantities, orders, contracts, patents, stocks.

Said once for who covers telephone numbers, who sifts rows and who judges that none is left: the patterns are read alike
by Python, polars and DuckDB, hence without look-around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms.hanzi import HAN
from transforms.pii.patterns import FORBIDDEN, PHONE_CUE_WORDS

MOBILE = "1[3-9][0-9]{9}"
_END = f"(?:[^0-9A-Za-z{HAN}]|$)"
# What no word begins with that could stand behind a telephone number, and what some do (元旦, 股东, 人工, 台湾): these
# count something only where the phrase ends with them.
_UNIT = (
    r"[美港日韩韓欧歐]元|[港日]币|港幣|日[圆圓]|英[镑鎊]|[卢盧][布比]|法郎|新?[台臺][币幣]|人民[币幣]|元[整/／]|"
    r"[万萬亿億][元人吨噸股美户戶]|平方(?:[千公]?[米里]|公尺)|立方[米公]|[千厘毫微公]米|公里(?:[^先女小老太士0-9]|$)|公[顷頃]|[公市]斤|[千毫微]克|"
    r"千瓦|兆瓦|瓦[时時]|字[节節]|比特|光年|人次|蒲式耳|焦耳|[条條](?:记录|記錄|数据|數據)|[枚辆輛桶粒棵艘幢栋箱瓶盒册冊倍噸%‰℃]|"
    r"吨(?:[^位0-9]|$)|元(?:[^旦宵月先女小太老士0-9]|$)|股(?:[^东東市民长長级級0-9]|$)"
)
_COUNTED = rf"[圆圓份人件张張户戶度手米克台臺个個只隻套部条條次票家名位页頁亩畝株头頭块塊宗笔筆项項种種瓦年](?:的|以[上下]|左右|{_END})"
# What is numbered, right before its number.
_NUMBERED = (
    r"(?:(?:[编編单單批案货貨书書]|[订訂][单單]|合同|合[约約]|[专專]利|申[请請]|公[开開]|注册|登[记記]|[备備]案|流水|[发發]票|[许許]可[证證]|[执執]照|"
    r"[车車]架|序列|[项項]目|招[标標]|[运運][单單]|快[递遞]|物流|商品|[设設][备備]|工[单單]|保[单單]|商[标標])(?:[编編]?[号號])[码碼]?|"
    r"代[码碼号號]|[编編][码碼]|[条條]形?[码碼]|型[号號]|时间戳|時間戳|(?i:isbn|issn|doi))"
)
_AMOUNT = (
    r"(?:[总總][额額量数數]|金[额額]|市值|[营營](?:收|业额|業額)|收入|利[润潤]|[产產][值量]|[销銷](?:量|售[额額])|成交[量额額]|"
    r"(?:播放|[阅閱][读讀]|[浏瀏][览覽]|[点點][击擊]|下[载載]|[访訪][问問])(?:量|次[数數])|票[数數]|人口)"
    r"(?:[约約达達到为為是超近至]|突破|[过過]){0,3}"
)
_BEFORE = rf"[¥￥$€£] ?|{_NUMBERED}[是为為:：#(（ ]{{0,3}}(?:[A-Za-z]{{1,6}}[ -]?)?|{_AMOUNT}[:： ]{{0,2}}"
_DECIMALS = rf"\.[0-9]{{1,3}}(?: ?(?:{_UNIT}|{_COUNTED})|{_END})"
# Group 1 is a telephone number after all: its cue stands right before it.
OTHER_NUMBER = (
    rf"((?:{PHONE_CUE_WORDS})[号號码碼]{{0,2}}[:：是为為(（ ]{{0,3}}{MOBILE})"
    rf"|(?:{_BEFORE}){MOBILE}|{MOBILE}(?:{_DECIMALS}| ?(?:{_UNIT}|{_COUNTED}))"
)
# What no published text shows, once such numbers are left out of account.
SHOWN_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}"
SHOWN_PHONE = rf"(^|[^0-9A-Za-z.]){MOBILE}($|[^0-9])"

_DIGIT = re.compile("[0-9]")
_ALONE = dict(FORBIDDEN)["phone"]
_OTHER_NUMBER = re.compile(OTHER_NUMBER)
# Stands for a digit that is none of a telephone number's.
HIDDEN = "□"


def without_other_numbers(line: str) -> str:
    """The line with every digit of such numbers as □, so that what is left in that form is a mobile number."""
    if not _ALONE.search(line):
        return line
    return _OTHER_NUMBER.sub(lambda found: found[1] or _DIGIT.sub(HIDDEN, found[0]), line)


def shown_in(body: str) -> Iterator[tuple[str, str]]:
    """(kind, value) of what a published body may not show."""
    for found in re.finditer(SHOWN_EMAIL, body):
        yield "email", found[0]
    for found in _ALONE.finditer(without_other_numbers(body)):
        yield "phone", found[0]


def spread(value: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a text has the characters of a value, also with marks that no letter is between them."""
    for found in re.finditer(r"[^\w\n]{0,4}".join(map(re.escape, value)), text):
        yield found.span()
