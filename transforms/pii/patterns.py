"""How personal data is written in Chinese text: one pattern a form, on text folded to half width.

Public short numbers (110, 12345, 95588) are nobody's and match nothing here. Words and forms stand together, in code and
in no seed: the row rules of the tables and the judge's SQL ask the same patterns, and no home may know fewer of them.
"""

from __future__ import annotations

import re

EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+/-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]*"
    r"(?: ?@ ?|\s?[(\[【]at[)\]】]\s?)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
)
# `#` stands for @ only before a domain somebody could receive mail at.
_TOP_LEVEL = r"\.(?:com|cn|net|org|edu|gov|tw|hk)"
DOMAIN = re.compile(rf"{_TOP_LEVEL}$")
EMAIL_HASH = re.compile(
    rf"(?<![A-Za-z0-9._%+/=?&-])[A-Za-z0-9_%+-][A-Za-z0-9._%+-]*#[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*{_TOP_LEVEL}\b",
    re.IGNORECASE,
)
ID_CARD = re.compile(
    r"(?<![0-9A-Za-z.])[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
BANK_CARD = re.compile(
    r"(?<![0-9A-Za-z._/=-])(?<![0-9] )(?:[0-9]{16,19}|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?|[0-9]{6} [0-9]{8} [0-9]{2,5})(?![0-9A-Za-z._/-]| ?[0-9]|[元股万萬亿億])"
)
# Issuer prefixes of UnionPay, Visa, Mastercard and JCB; any other 16 digits are a serial number.
BANK_PREFIX = re.compile(r"62|4|5[1-5]|35|2[2-7]|60|65|9")
BANK_CUE = re.compile(r"卡号|卡號|账号|账户|帐号|帳號|帳戶|賬號|賬戶|银行|銀行|开户|開戶|户名|戶名|收款|汇款|匯款|捐款")
BANK_PREFIX_ALONE = re.compile(r"62|4|5[1-5]")

MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?<![0-9][ -])(?:\(?(?:\+|00)86\)?[ -]?|86[ -])?1[3-9][0-9](?:[0-9]{8}|([ -])[0-9]{4}\1[0-9]{4})(?![0-9]|[ -][0-9])"
)
AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z./-])(?:(?:\+|00)?86[ -]?)?(?:\({AREA}\)[ -]?|{AREA}[-—–])[1-9](?:[0-9]{{6,7}}|[0-9]{{2,3}}([ -])[0-9]{{4}})(?:(?:-|转|轉)[0-9]{{1,5}})?(?![0-9]|[.-][0-9])"
    rf"|(?<![0-9A-Za-z./-])(?<![0-9] ){AREA} [1-9][0-9]{{2,3}}([ -])[0-9]{{4}}(?![0-9]|[ .-][0-9])"
)
# With its country before it a number needs no other form: mainland, Hong Kong, Macau, Taiwan, Malaysia, Singapore. The
# country may stand in brackets, alone or with the area, and then it needs no sign before it.
_REST = r"[ -]?[0-9]{4}(?![0-9]|[ .-][0-9])"
INTERNATIONAL = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+ ?|00)(?:86[ -]?(?:10|2[0-9]|[3-9][0-9]{2})[ -]?[1-9][0-9]{2,3}|85[23][ -]?[2-9][0-9]{3}|65[ -]?[3689][0-9]{3}"
    rf"|60[ -]?(?:1[0-9]|[3-9])[ -]?[0-9]{{3,4}}|886[ -]?9[0-9]{{2}}[ -]?[0-9]{{2}}|886[ -]?[2-8][0-9]?[ -]?[0-9]{{3,4}}){_REST}"
    r"|(?<![0-9A-Za-z.])\((?:\+ ?|00)?(?:85[23]\)[ -]?[2-9][0-9]{3}"
    r"|86(?:\)[ -]?(?:10|2[0-9]|[3-9][0-9]{2})[ -]?|[ -]?0?(?:10|2[0-9]|[3-9][0-9]{2})\)[ -]?)[1-9][0-9]{2,3}"
    rf"|886(?:\)[ -]?[2-9][0-9]?[ -]?|[ -]?0?[2-8][0-9]?\)[ -]?)[0-9]{{3,4}}){_REST}"
)
LANDLINE_TW = re.compile(
    r"(?<![0-9A-Za-z./-])(?:\(0[2-8][0-9]?\) ?[0-9]{3,4}-?[0-9]{4}|0[2-8][0-9]?-[0-9]{3,4}-[0-9]{4}|09[0-9]{2}-[0-9]{3}-?[0-9]{3})(?:(?:#|分机|分機|转|轉)[0-9]{1,5})?(?![0-9]|[.-][0-9])"
)
PHONE_CUE_WORDS = (
    r"电话|電話|手机|手機|座机|座機|热线|熱線|专线|專線|传真|傳真|致电|致電|拨打|撥打|联系方式|聯繫方式|聯系方式|联络|聯絡|"
    r"客服|咨询|諮詢|咨詢|洽询|洽詢|举报|舉報|[爆报報]料|(?i:tel|fax|phone|mobile|hotline|whatsapp)"
)
PHONE_CUE = rf"(?<![A-Za-z])(?:{PHONE_CUE_WORDS})(?![A-Za-z])"
# Straight after a cue less form is needed, but a count of telephones is still no telephone.
CUED_PHONE = re.compile(
    rf"{PHONE_CUE}(?:[号號码碼]{{0,2}}|[^0-9\n,，。;；、]{{0,6}}[:：])[ :：(是为為|/]{{0,4}}"
    r"(?P<value>\+?(?:00)?(?:86|852|853|886|60|65)[ -]?[0-9](?:[ -]?[0-9]){6,10}"
    rf"|\(?{AREA}\)?[ —–-]?[1-9][0-9]{{2,3}}[ -]?[0-9]{{4}}|\(?0[2-9][0-9]?\)?[ -]?[0-9]{{3,4}}[ -]?[0-9]{{3,4}}"
    r"|1[ -]?[3-9](?:[ -]?[0-9]){9}|[2-9][0-9]{6,7}|[2-9][0-9]{3}[ -][0-9]{4})"
    r"(?![0-9%]|[.-][0-9]|,[0-9]{3}(?![0-9])|余|餘|多|[户戶个個部人元万萬亿億年件台名条條宗通次起股])"
)
# A newsroom's or a firm's short line is its own once the town's code stands before it.
SHORT_LINE = re.compile(
    rf"{PHONE_CUE}(?![费費卡])[^0-9A-Za-z\n。；;]{{0,16}}?"
    rf"(?P<value>(?:\({AREA}\)[ -]?|{AREA}[ —–-])(?:9[0-9]{{4,5}}|1[0-9]{{4}}))(?![0-9%]|[.-][0-9]|,[0-9]{{3}}(?![0-9])|[元万萬亿億人件户戶])"
)
# The next number of a list begun by one.
NEXT_PHONE = re.compile(
    r"(?: ?[、,，/;；] ?|或|和| )(?P<value>(?!(?:19|20)[0-9]{2}[01])[2-9](?:[0-9]{6,7}|[0-9]{3}[ -][0-9]{4}))(?![0-9%]|[.-][0-9]|,[0-9]{3}(?![0-9])|[元股手人万萬亿億件户戶份吨噸年])"
)
# Malaysia: a mobile number with its dash; no area of China begins so.
MOBILE_MY = re.compile(r"(?<![0-9A-Za-z./-])01[1-9]-(?:[0-9]{7,8}|[0-9]{3,4} [0-9]{4})(?![0-9]|[ .-][0-9])")
FREEPHONE = re.compile(
    r"(?<![0-9A-Za-z.-])(?:080[09]-?[0-9]{3}-?[0-9]{3}(?![0-9-])|[48]00(?:[0-9]{7}|[ -][0-9]{3}[ -][0-9]{4}|[ -][0-9]{4}[ -][0-9]{3}|[ -][0-9]{7}))(?![0-9]|[.-][0-9]|[元股米人万萬亿億])"
)
FREEPHONE_CUE = re.compile(PHONE_CUE + "|服务|服務|联系|聯系|聯繫|订购|訂購|预约|預約")

_QQ_DIGITS = r"(?:[1-9][0-9]{2}(?:-[0-9]{3}){1,2}(?:-[0-9]{3,4})|[1-9](?:[ ]?[0-9]){4,10})(?![0-9])"
QQ = re.compile(
    r"(?:(?i:qq)|扣扣|企[鹅鵝][号號]?|[Qq扣][群号號]|Q(?=[:：]))(?:[0-9](?=[群号號]?[:：]))?[群号號码碼]{0,3}(?:(?i:qq)|[ :：为為是|/()【\[]){0,4}"
    rf"(?P<value>{_QQ_DIGITS}(?:[、,，/或和 ]{{1,2}}{_QQ_DIGITS})*)(?!@|[元万萬亿億人名次股年])"
)
QQ_NUMBER = re.compile(_QQ_DIGITS)

_GAP = r"(?:(?:微信)?(?:ID|id|Id)|账号|帳號)?[ :：|为為是]{0,3}[\"“「『(（\[【]?"
_ACCOUNT = r"(?P<value>[A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9]|@|\.[A-Za-z])"
WECHAT_STRONG = re.compile(
    r"(?:[微薇威][信讯訊](?:公[众眾])?(?:帐|账|帳|賬)?[号號](?:[是为為:： ]|(?=[A-Za-z]))|加[微薇威][信讯訊]?[号號]?|[加+➕] ?[Vv](?:信)?|[Vv]信[号號]?|[开開]白(?:名[单單])?(?:[请請]?(?:联系|聯繫|聯系|添?加))?"
    rf"|(?<![A-Za-z])(?i:vx|wx|wechat|weixin)(?![A-Za-z])[号號]?(?= ?[:：])){_GAP}{_ACCOUNT}"
)
WECHAT_WEAK = re.compile(
    rf"(?:[微薇威][信讯訊]|投稿|公[众眾][号號]|(?<![A-Za-z])(?i:vx|wx)(?![A-Za-z])){_GAP}{_ACCOUNT}"
    r"|(?<=[(（])(?:微信)?(?:公[众眾][号號])?(?:ID|id|Id)[:：] ?(?P<bracketed>[A-Za-z][-_A-Za-z0-9]{5,19})(?=[)）])"
)
WECHAT_NUMBER = re.compile(
    r"[微薇威][信讯訊](?:[号號]|[号號]? ?[:：]) ?(?P<value>[1-9][0-9]{5,10})(?![0-9]|[元万萬亿億人名])"
)
# A model or a device, `Name-4`, `nameX2`, is shaped like an account and is none.
KNOWN_PRODUCT = (
    r"(?i:gpt|chatgpt|deepseek|claude|gemini|qwen|llama|kimi|ernie|iphone|ipad|macbook|android|windows|harmony|wechat|weixin|openai|github)"
    r"(?:[-_]?[0-9A-Za-z.]+)*|i[A-Z].*"
)
PRODUCT = re.compile(rf"{KNOWN_PRODUCT}|[A-Z][A-Za-z]*-?[A-Z]?[0-9]+")
# Straight after the cue and its colon only a name that is known to be a product is one: LifeWeek2021 is none.
NAMED_PRODUCT = re.compile(rf"{KNOWN_PRODUCT}|[A-Z]+-?[0-9]+")

# What may not remain in a published text but for the numbers of `other_numbers`, whatever it meant.
FORBIDDEN = (
    ("email", re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}")),
    ("id_card", re.compile(r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")),
    ("qq", re.compile(r"(?i:qq|扣扣|企[鹅鵝][号號])[群号號]?[^0-9\n]{0,4}(?P<value>[1-9][0-9]{4,10})(?![0-9])")),
    ("phone", re.compile(r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9])")),
)  # fmt: skip
