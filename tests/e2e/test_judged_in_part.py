"""What is told of a table does not depend on how much of it a night looks at."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from expectations.judge import Judge, Verdict
from tests.conftest import NIGHT, night
from transforms.tables import core, enrichment
from transforms.tables.base import Table

REPORT = (
    "{place}的面包房今天清晨开门，店主{name}说，第一炉卖出了{count}个。\n"
    "“排队的人比去年多了{count}位，”{name}告诉记者，明年3月将在车站旁再开一家。"
)
NIGHTS = (
    (("石桥镇", "周小满", 40), ("柳河村", "吴大年", 55)),
    # One of the first night once more: nothing is written of it.
    (("梅岭", "何秋月", 61), ("石桥镇", "周小满", 40)),
)


def test_a_night_that_looks_at_new_rows_says_what_one_says_that_looks_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, in_part, another = Judge.judge, list[set[type[Table]]](), list[Judge]()

    def compared(self: Judge, table: type[Table], since: int | None = None) -> Verdict:
        found = judge(self, table, since)
        if since is not None:
            in_part[-1].add(table)
            # A context knows each suite by its name, so that the whole is judged by another.
            if not another:
                another.append(Judge(self.connect, tmp_path / "none"))
            whole = judge(another[0], table)
            assert (set(found.judgements), found.rows_hold) == (set(whole.judgements), whole.rows_hold)
        return found

    monkeypatch.setattr(Judge, "judge", compared)
    for number, reports in enumerate(NIGHTS):
        in_part.append(set())
        inbox = tmp_path / f"inbox-{number}"
        inbox.mkdir()
        for place, name, count in reports:
            text = REPORT.format(place=place, name=name, count=count)
            (inbox / f"{place}-{name}.txt").write_text(f"{place}面包房开门\n\n{text}", encoding="utf-8")
        assert night(tmp_path / "home", inbox, on=NIGHT + timedelta(number)).state == "published"

    another[0].close()

    read_out_of_texts = {core.CleanDocument, core.CanonicalDocument, enrichment.Mention, enrichment.Figure}
    assert not in_part[0]
    assert all(read_out_of_texts <= tables for tables in in_part[1:])
    assert all(core.Copy not in tables for tables in in_part)
