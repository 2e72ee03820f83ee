"""Personal data in one line: each form where it stands, the surer form first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from transforms.hanzi import HAN
from transforms.pii import patterns as p
from transforms.pii.other_numbers import without_other_numbers

# Cheap and in Rust: only lines that match are looked at closely. Ten digits however spaced, or a cue word with a value.
_DIGIT = "[0-9０-９]"
PREFILTER = (
    rf"[@＠﹫]|[#＃﹟][A-Za-z0-9-]+[.]|(?i:[(\[【（]at[)\]】）])|{_DIGIT}(?:[ \u00a0\u3000()（）—–－-]{{0,2}}{_DIGIT}){{9}}"
    rf"|(?:{p.PHONE_CUE_WORDS})[^\n]{{0,14}}{_DIGIT}"
    rf"|(?:(?i:qq)|[Ｑｑ]{{2}}|扣扣|企[鹅鵝]|[Qq扣][群号號:：﹕])[^\n]{{0,14}}{_DIGIT}"
    r"|(?:(?i:vx|wx|wechat|weixin|id[:：﹕])|[微薇威][信讯訊]|[加+➕] ?[Vv]|[Vv]信|[开開]白|投稿|公[众眾][号號])[^\n]{0,14}[A-Za-z0-9]"
)
# One character for one: half width for full width, a plain space for any space.
HALF_WIDTH = (
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u3000\xa0\u2002\u2003\u2009", " ")
    # The small forms that papers of Hong Kong and Taiwan set.
    | dict(zip("﹐﹒﹔﹕﹙﹚﹟﹢﹣﹫", ",.;:()#+-@", strict=True))
)
_WIDE_LETTERS = re.compile(r"[０-９Ａ-Ｚａ-ｚ．＠]")
_MANY_DIGITS = re.compile(r"[0-9](?:[ -]?[0-9]){14}")
_DIGITS = re.compile(r"[0-9]")
# Digits that a telephone number has at least: behind a cue, in a form of its own, and in one that nobody may miss.
CUED_DIGITS, FORMED_DIGITS, FORBIDDEN_DIGITS = 7, 9, 11
# Where a line may have been broken within a number or an address, how far such a thing reaches, and how many characters
# the line of a page that wraps hard has at least.
_JOINED = "0-9０-９A-Za-zＡ-Ｚａ-ｚ@＠#＃._()（）—–-"
_SEAM = re.compile(rf"[{_JOINED}][ \t\r]*\n[ \t\u3000]*[{_JOINED}]")
REACH, SHORTEST_LINE = 40, 15
_HAN = re.compile(f"[{HAN}]")
_QQ_LETTERS = re.compile(r"[Qq扣企]")
_ACCOUNT_LETTERS = re.compile(r"[信讯訊Vv白稿众眾]|[Ww][Xx]|[Ww][Ee]|[Ii][Dd]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

Finding = tuple[str, int, int, str]


def findings_in(line: str, folded: str) -> list[Finding]:
    """(kind, start, end, normalised value) of every finding, in order, none overlapping another.

    `folded` is the line with HALF_WIDTH applied, character for character.
    """
    taken: list[Finding] = []
    is_taken = bytearray(len(folded))
    for finding in _candidates(folded):
        _, start, end, _ = finding
        if not any(is_taken[start:end]):
            is_taken[start:end] = b"\1" * (end - start)
            taken.append(finding)
    taken = _leave_nothing_forbidden(folded, taken)
    if _WIDE_LETTERS.search(line):
        taken = _leave_nothing_forbidden(line, taken)
    return sorted(taken, key=lambda finding: finding[1])


def broken_in(text: str) -> Iterator[Finding]:
    """(kind, start, end, normalised value) of what a line of prose begins and the next line ends."""
    taken = 0
    for seam in _SEAM.finditer(text):
        before = text[text.rfind("\n", 0, seam.start()) + 1 : seam.start() + 1]
        end = text.find("\n", seam.end())
        behind = text[seam.end() - 1 : end if end >= 0 else len(text)][:REACH]
        if len(before) < SHORTEST_LINE or not _HAN.search(before):
            continue
        before = before[-REACH:]
        # The break may stand for a blank between groups of digits.
        for glue in ("", " "):
            both = "".join(HALF_WIDTH.get(letter, letter) for letter in before + glue + behind)
            first, second = seam.start() + 1 - len(before), seam.end() - 1 - len(before + glue)
            for kind, start, stop, value in findings_in(both, both) if _may_be_broken(both) else ():
                if start < len(before) and len(before + glue) < stop and first + start >= taken:
                    taken = second + stop
                    yield kind, first + start, taken, value


def mended(found: list[Finding], broken: Iterable[Finding]) -> list[Finding]:
    """`found` in the lines of a text with what a break tears in two in the place of its halves, in order."""
    result: list[Finding] = []
    rest = 0
    for whole in broken:
        kind, first, last, value = whole
        while rest < len(found) and found[rest][2] <= first:
            result.append(found[rest])
            rest += 1
        begun = rest
        while rest < len(found) and found[rest][1] < last:
            rest += 1
        halves = found[begun:rest]
        is_free = not result or result[-1][2] <= first
        # An address that is one before the break ends there, unless a domain goes on behind it: …edu.cn|Copyright.
        ended = kind == "email" and bool(halves) and halves[0][:2] == (kind, first)
        is_free &= not ended or p.DOMAIN.search(value) is not None
        is_whole = is_free and all(first <= start and end <= last for _, start, end, _ in halves)
        result += [whole] if is_whole else halves
    return result + found[rest:]


def _may_be_broken(both: str) -> bool:
    return "@" in both or "#" in both or len(_DIGITS.findall(both)) >= CUED_DIGITS


def _candidates(line: str) -> Iterator[Finding]:
    if "@" in line or "#" in line or "at" in line:
        yield from _emails(line)
    if _MANY_DIGITS.search(line):
        yield from _cards(line)
    if _QQ_LETTERS.search(line):
        yield from _qq_numbers(line)
    yield from _phones(line)
    if _ACCOUNT_LETTERS.search(line):
        yield from _wechat_accounts(line)


def _emails(line: str) -> Iterator[Finding]:
    for pattern in (p.EMAIL, p.EMAIL_HASH):
        for match in pattern.finditer(line):
            yield "email", match.start(), match.end(), _normal_email(match.group())


def _cards(line: str) -> Iterator[Finding]:
    for match in p.ID_CARD.finditer(line):
        digits = match.group().replace(" ", "").upper()
        if is_id_card(digits):
            yield "id_card", match.start(), match.end(), digits
    for match in p.BANK_CARD.finditer(line):
        digits = re.sub(r"[ -]", "", match.group())
        prefixes = p.BANK_PREFIX if p.BANK_CUE.search(line) else p.BANK_PREFIX_ALONE
        if prefixes.match(digits) and is_luhn(digits):
            yield "bank_card", match.start(), match.end(), digits


def _qq_numbers(line: str) -> Iterator[Finding]:
    for cue in p.QQ.finditer(line):
        for match in p.QQ_NUMBER.finditer(line, cue.start("value"), cue.end("value")):
            yield "qq", match.start(), match.end(), _digits(match.group())


def _phones(line: str) -> Iterator[Finding]:
    for finding in _first_phones(line):
        yield finding
        end = finding[2]
        while match := p.NEXT_PHONE.match(line, end):
            yield "phone", match.start("value"), match.end("value"), _digits(match.group("value"))
            end = match.end("value")


def _first_phones(line: str) -> Iterator[Finding]:
    digits = len(_DIGITS.findall(line))
    if digits >= FORBIDDEN_DIGITS:
        line = without_other_numbers(line)
    if digits >= FORMED_DIGITS:
        for pattern in (p.MOBILE, p.LANDLINE, p.LANDLINE_TW, p.MOBILE_MY, p.INTERNATIONAL):
            for match in pattern.finditer(line):
                yield "phone", match.start(), match.end(), _normal_phone(match.group())
    if digits < CUED_DIGITS:
        return
    for pattern in (p.CUED_PHONE, p.SHORT_LINE):
        for match in pattern.finditer(line):
            yield "phone", match.start("value"), match.end("value"), _normal_phone(match.group("value"))
    if digits >= FORMED_DIGITS and p.FREEPHONE_CUE.search(line):
        for match in p.FREEPHONE.finditer(line):
            yield "phone", match.start(), match.end(), _digits(match.group())


def _wechat_accounts(line: str) -> Iterator[Finding]:
    for match in p.WECHAT_NUMBER.finditer(line):
        yield "wechat_id", match.start("value"), match.end("value"), match.group("value")
    for match in p.WECHAT_STRONG.finditer(line):
        value = match.group("value")
        is_named = re.search(r"[:：]", match.group()) or re.search(r"[0-9_]", value) or value[0].islower()
        if is_named and not _is_name(value, line[match.end("value") :]) and not p.PRODUCT.fullmatch(value):
            yield "wechat_id", match.start("value"), match.end("value"), value.lower()
    for match in p.WECHAT_WEAK.finditer(line):
        group = "value" if match.group("value") else "bracketed"
        if _is_account(match.group(group), match.group(), line[match.end() :], is_bracketed=group == "bracketed"):
            yield "wechat_id", match.start(group), match.end(group), match.group(group).lower()


def _is_account(value: str, shown: str, rest: str, *, is_bracketed: bool) -> bool:
    """Whether what stands behind a weak cue (微信, 公众号, 投稿, a bracketed ID) is an account, not an English word."""
    if is_bracketed:
        return not p.NAMED_PRODUCT.fullmatch(value)
    is_named = bool(re.search(r"[:：]", shown))
    if re.search(r"[0-9_]", value):
        return (is_named or value[0].islower()) and not (p.NAMED_PRODUCT if is_named else p.PRODUCT).fullmatch(value)
    is_public = is_named and re.search("公[众眾][号號]", shown)
    return bool(is_public) and value.islower() and not rest[:1].isalpha() and not p.NAMED_PRODUCT.fullmatch(value)


def _is_name(value: str, rest: str) -> bool:
    """Whether a medium's name goes on behind its Latin part: 公众号：DeepTech深科技."""
    return value[0].isupper() and value.isalpha() and rest[:1].isalpha()


def _leave_nothing_forbidden(line: str, taken: list[Finding]) -> list[Finding]:
    """`taken` and whatever a published text may not show, should it still stand there once `taken` is blotted out."""
    rest = _blotted(line, taken)
    while more := _forbidden(rest):
        taken, rest = taken + more, _blotted(rest, more)
    return taken


def _blotted(line: str, findings: list[Finding]) -> str:
    if not findings:
        return line
    letters = list(line)
    for _, start, end, _ in findings:
        letters[start:end] = "●" * (end - start)
    return "".join(letters)


def _forbidden(line: str) -> list[Finding]:
    """All of the first kind of which the line holds any."""
    may_be = _forbidden_in(line)
    line = without_other_numbers(line) if "phone" in may_be else line
    return next((found for kind, pattern in p.FORBIDDEN if kind in may_be and (found := _all(kind, pattern, line))), [])


def _forbidden_in(line: str) -> set[str]:
    """The kinds of which a line holds the letters and digits that what is forbidden cannot do without."""
    kinds = {"email"} if "@" in line else set[str]()
    if _QQ_LETTERS.search(line):
        kinds.add("qq")
    if len(_DIGITS.findall(line)) >= FORBIDDEN_DIGITS:
        kinds |= {"id_card", "phone"}
    return kinds


def _all(kind: str, pattern: re.Pattern[str], line: str) -> list[Finding]:
    group = "value" if "value" in pattern.groupindex else 0
    return [
        (kind, match.start(group), match.end(group), _normal_email(value) if kind == "email" else value.upper())
        for match in pattern.finditer(line)
        for value in (match.group(group),)
    ]


def _normal_email(text: str) -> str:
    return re.sub(r"\s?[(\[【]at[)\]】]\s?|#", "@", text.replace(" ", ""), flags=re.IGNORECASE).lower()


def _normal_phone(text: str) -> str:
    """Digits only, without the prefix of mainland China."""
    digits = _digits(text)
    return re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$|0)", "", digits)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def is_id_card(digits: str) -> bool:
    """Whether the 18th character is the check character of the 17 digits before it (GB 11643)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder] == digits[17]


def is_luhn(digits: str) -> bool:
    """Whether the digits satisfy the Luhn sum of payment cards."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
