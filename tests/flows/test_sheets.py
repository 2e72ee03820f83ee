"""A seed file somebody broke is told by its row before the night; it is no fault of the articles."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import seeds
from flows import reference, sheets
from flows.commands import quarantine
from flows.endings import USAGE, Trouble
from flows.intake import sources
from flows.settings import Home
from flows.work import prepared
from transforms.tables.base import Table, seed_files
from transforms.tables.ref import NoiseRule, Source
from transforms.tables.ref_quotes import SpeakerPattern

HEADER = "rule_id,category,scope,zone,pattern,hit,miss\n"


def rule(pattern: str = "^广告$", category: str = "banner", rule_id: str = "advert") -> str:
    return f'{rule_id},{category},line,any,"{pattern}",广告,广告学院开学\n'


BROKEN = {
    "a pattern that is none": (HEADER + rule() + rule("(广告", rule_id="open"), "open: pattern '(广告' is no regular"),
    "a pattern polars does not know": (HEADER + rule("广告(?!费)"), "advert: pattern '广告(?!费)' is no regular"),
    "rows that contradict each other": (HEADER + rule() + rule("^推广$"), "advert stands in two rows"),
    "a value there is not": (HEADER + rule() * 2 + rule(category="advert"), "category is 'advert'; write "),
    "a column too few": ("rule_id,scope,zone,pattern,hit,miss\nadvert,line,any,广告,广告,推广\n", "no column category"),
    "no rows": (HEADER, "it has no rows"),
    "nothing": ("", "it is empty; its first line names the columns"),
}


@pytest.mark.parametrize(("text", "told"), BROKEN.values(), ids=BROKEN)
def test_it_is_told_what_is_wrong(text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "FOLDER", tmp_path)
    (tmp_path / "noise_rules.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        sheets.shipped(NoiseRule)
    assert caught.value.code == USAGE
    assert told in str(caught.value)
    assert "noise_rules.csv cannot be read: " in str(caught.value)


def test_what_is_no_utf8_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeds, "FOLDER", tmp_path)
    (tmp_path / "noise_rules.csv").write_bytes((HEADER + rule()).encode("gb18030"))
    with pytest.raises(Trouble, match="it is not UTF-8"):
        sheets.shipped(NoiseRule)


def test_what_no_command_can_do_without_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source of what is given on the command line, and what a reason means: no traceback where either is spoilt."""
    monkeypatch.setattr(seeds, "FOLDER", tmp_path)
    (tmp_path / "sources.csv").write_text(
        ",".join(Source.column_names()) + "\nwire,江城通讯,,,,,,,,,Asia/Shanghai,,.5\n"
    )
    with pytest.raises(Trouble, match=r"sources\.csv cannot be read: no row 'adhoc'"):
        sources.declared(Home(tmp_path))
    (tmp_path / "reason_codes.csv").write_text("reason_code,cure\nno_text,none\n")
    for ask in (partial(quarantine.meaning, "decode", "no_text"), partial(quarantine.known_reason, "no_text")):
        with pytest.raises(Trouble, match=r"reason_codes\.csv cannot be read: no column"):
            ask()


def test_patterns_of_python_may_look_around() -> None:
    assert sheets.shipped(SpeakerPattern)["pattern"].str.contains("(?!", literal=True).any()


def test_no_night_begins_on_a_broken_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at once for each version of the seeds a home works under."""
    looked: list[str] = []

    def broken(digest: str) -> None:
        looked.append(digest)
        raise Trouble(USAGE, "seeds/noise_rules.csv cannot be read")

    with monkeypatch.context() as patch:
        patch.setattr(reference, "check", broken)
        with pytest.raises(Trouble):
            prepared(tmp_path / "work.duckdb")
    prepared(tmp_path / "work.duckdb").close()
    monkeypatch.setattr(reference, "check", broken)
    prepared(tmp_path / "work.duckdb").close()
    assert looked == [seeds.digest()]


def test_every_seed_a_stage_reads_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: set[str] = set()

    def look(table: type[Table]) -> None:
        looked.update(seed_files(table))

    monkeypatch.setattr(sheets, "shipped", look)
    reference.check("another version")
    assert looked == set(seeds.names())
