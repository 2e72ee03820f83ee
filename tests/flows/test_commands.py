"""Every verb as a user meets it: its answer, its one JSON document, and what it says to bad input."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows import cli, endings
from flows.commands import explain
from flows.night import Course
from tests.conftest import PROJECT, Command, night, release_id, unjudged

QUESTIONS: list[tuple[str, ...]] = [
    ("status",), ("runs",), ("releases",), ("verify",), ("report",), ("doctor",), ("plan",), ("quarantine", "list"),
    ("search", "珊瑚"), ("explain", "rice-robot.txt"), ("connect", "--for", "python"), ("gc",), ("queries",),
    ("queries", "duplicate_rate"), ("queries", "duplicate_rate", "--sql"), ("query", "select 1 as one"),
    ("queries", "quotes_beside_a_name", "覃书远"), ("queries", "quotes_beside_a_name", "谁也不是"),
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_verb_answers_people(question: tuple[str, ...], sample_home: Path, said: Command) -> None:
    answer = said(*question, home=sample_home)
    assert answer.code == endings.OK, answer.err
    assert answer.out.strip()
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_verb_answers_programs_with_one_document(
    question: tuple[str, ...], sample_home: Path, said: Command
) -> None:
    answer = said(*question, "--json", home=sample_home)
    assert answer.code == endings.OK, answer.err
    assert json.loads(answer.out) is not None


BAD: list[tuple[tuple[str, ...], int, str]] = [
    (("explain", "no-such-thing"), endings.USAGE, "'no-such-thing' is no record"),
    (("explain", "Q-000000000000"), endings.USAGE, "see `wencang quarantine list`"),
    (("quarantine", "show"), endings.USAGE, "show needs the ID"),
    (("quarantine", "show", "Q-1"), endings.USAGE, "no held-back row 'Q-1'"),
    (("quarantine", "list", "--reason", "nonsense"), endings.USAGE, "'nonsense' is no reason code; known: "),
    (("quarantine", "burn"), endings.USAGE, "action is 'burn'; there are list, show, replay"),
    (("verify", "19990101-x"), endings.USAGE, "see `wencang releases`"),
    (("rollback", "19990101-x"), endings.USAGE, "see `wencang releases`"),
    (("rollback",), endings.USAGE, "there is no release before"),
    (("gc", "--keep", "0"), endings.USAGE, "'0' is not a number from 1 upwards"),
    (("search", "--limit", "-1", "x"), endings.USAGE, "'-1' is not a number from 1 upwards"),
    (("query", "selec 1"), endings.USAGE, "syntax error"),
    (("query", "select nothing"), endings.USAGE, "dictionary.html"),
    (("query", "select * from read_csv('README.md')"), endings.USAGE, "disabled"),
    (("query", "drop table marts.fct_article"), endings.USAGE, "read-only"),
    (("query", "select 1; select 2"), endings.USAGE, "one question at a time"),
    (("report", "19990101-x"), endings.USAGE, "see `wencang releases`"),
    (("run", "--night", "last", "week"), endings.USAGE, "'last' is not a date like 2026-11-22"),
    (("run", "--night", "0026-11-20"), endings.USAGE, "'0026-11-20' is no night from 1900-01-01 to 2100-12-31"),
    (("run", "/nowhere/at/all"), endings.NO_INPUT, "no such file or folder: /nowhere/at/all"),
    (("plan", "/nowhere/at/all"), endings.NO_INPUT, "no such file or folder: /nowhere/at/all"),
    (("plan", "--source", "martian"), endings.USAGE, "'martian' is no source; known: "),
    (("backfill", "--from", "2026-11-02", "--to", "2026-11-01", "x/{night}"), endings.USAGE, "is after --to"),
    (("backfill", "--from", "2026-11-01", "--to", "2026-11-02", "x"), endings.USAGE, "put {night} where"),
    (("backfill", "--from", "2026-11-01", "--to", "2026-11-02", "x/{nacht}"), endings.USAGE, "cannot be filled in"),
    (("connect", "--for", "abacus"), endings.USAGE, "--for is 'abacus'; there are python, "),
    (("connect", "--for", "exel"), endings.USAGE, "(did you mean 'excel'?)"),
    (("rnu",), endings.USAGE, "wencang: VERB is 'rnu' (did you mean 'run'?); there are run, "),
    (("status", "--js"), endings.USAGE, "unknown argument '--js' (did you mean '--json'?)"),
    (("run", "--nihgt", "2026-11-01"), endings.USAGE, "wencang: unknown argument '--nihgt' (did you mean '--night'?); see `wencang run --help`"),
    (("search", " "), endings.USAGE, "it is empty; see `wencang search --help`"),
    (("search", "\udcb3\udcc7"), endings.USAGE, "is not UTF-8; see `wencang search --help`"),
    (("queries", "duplicates_rate"), endings.USAGE, "(did you mean 'duplicate_rate'?)"),
    (("queries", "duplicate_rate", "灯"), endings.USAGE, "asks about no word; these do: cuts_of_an_article, "),
    (("quarantine", "list", "--reason", "no_txt"), endings.USAGE, "(did you mean 'no_text'?)"),
    (("run", "--source", "sampel"), endings.USAGE, "(did you mean 'sample'?)"),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "code", "told"), BAD, ids=[" ".join(bad) for bad, _, _ in BAD])
def test_bad_input_ends_in_a_sentence(
    bad: tuple[str, ...], code: int, told: str, sample_home: Path, said: Command
) -> None:
    before = release_id(sample_home)
    answer = said(*bad, home=sample_home)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert "Traceback" not in answer.err
    assert release_id(sample_home) == before


@pytest.mark.parametrize(
    ("reason", "begins"),
    [
        ("malformed_json", '{"id": "wire-0104", '),
        ("no_han_body", "The service will be unavailable "),
        ("empty_file", None),
    ],
)
def test_what_was_held_back_is_shown_by_how_it_begins(
    reason: str, begins: str | None, sample_home: Path, said: Command
) -> None:
    held = said("quarantine", "list", "--reason", reason, "--json", home=sample_home).document[0]["quarantine_id"]
    (shown,) = said("quarantine", "show", held, "--json", home=sample_home).document
    assert shown["cure"]
    assert (shown.get("begins") or "")[: len(begins or "")] == (begins or "")
    assert ("begins" in shown) == (begins is not None)


def test_a_question_is_asked_about_a_word_in_either_script(sample_home: Path, said: Command) -> None:
    found = said("queries", "quotes_beside_a_name", "覃書遠", "--json", home=sample_home).document
    assert found == said("queries", "quotes_beside_a_name", "覃书远", "--json", home=sample_home).document != []
    nobody = said("queries", "quotes_beside_a_name", "谁也不是", home=sample_home)
    assert nobody.out.endswith("nothing about '谁也不是'; another word: `wencang queries quotes_beside_a_name WORD`\n")


def test_what_is_not_understood_is_told_in_the_form_asked_for(tmp_path: Path, said: Command) -> None:
    answer = said("run", "--nihgt", "2026-11-01", "--json", home=tmp_path / "none")
    assert (answer.code, answer.document["exit_code"]) == (endings.USAGE, endings.USAGE)
    assert "did you mean '--night'?" in answer.document["error"]


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_a_terminal_without_the_characters_is_shown_their_numbers(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--help"],
        capture_output=True,
        check=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )
    shown = "文仓".encode(encoding, "backslashreplace")
    assert done.stdout.count(shown) == 1


def test_a_delivery_of_many_records_is_told_as_a_list(
    sample_home: Path, said: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = said("explain", "wire.jsonl", home=sample_home).out
    monkeypatch.setattr(explain, "TOLD_WHOLE", 1)
    listed = said("explain", "wire.jsonl", home=sample_home).out.splitlines()
    assert whole.count("fate ") == len(listed) - 1
    assert listed[-1] == f"{len(listed) - 1} records; `wencang explain ID` tells the whole life of one"


NEEDS_A_RELEASE: list[tuple[str, ...]] = [
    ("verify",), ("rollback",), ("gc",), ("report",), ("search", "珊瑚"), ("explain", "x"), ("quarantine", "list"),
    ("quarantine", "replay"), ("export", "out"), ("query", "select 1"),
]  # fmt: skip


@pytest.mark.parametrize("question", NEEDS_A_RELEASE, ids=" ".join)
def test_a_home_that_is_not_there_is_not_made(question: tuple[str, ...], tmp_path: Path, said: Command) -> None:
    answer = said(*question, "--json", home=tmp_path / "none")
    assert answer.code == endings.NO_INPUT
    assert answer.document["exit_code"] == endings.NO_INPUT
    assert "`wencang run` first" in answer.document["error"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("verb", ["status", "runs", "releases"])
def test_an_empty_home_is_told_of_in_words(verb: str, tmp_path: Path, said: Command) -> None:
    answer = said(verb, home=tmp_path / "none")
    assert answer.code == endings.OK
    assert str(tmp_path / "none") in answer.out


def test_a_path_that_is_nothing_makes_no_home(tmp_path: Path, said: Command) -> None:
    assert said("run", tmp_path / "nothing", home=tmp_path / "none").code == endings.NO_INPUT
    assert not (tmp_path / "none").exists()


def test_status_of_an_empty_home(tmp_path: Path, said: Command) -> None:
    answer = said("status", "--json", home=tmp_path / "none")
    assert answer.code == endings.OK
    assert answer.document == {
        "home": str(tmp_path / "none"), "release_id": None, "running": None, "last_run": None, "articles": 0,
    }  # fmt: skip


def test_what_is_learnt_is_utf8_on_a_terminal_of_ascii(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into furniture.csv, which is nothing else."""
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert cli.command(["learn", "--home", str(sample_home)]) == endings.OK
    assert "内容节选" in written.getvalue().decode()


@pytest.mark.parametrize(("to", "code"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 4)])
def test_nobody_has_to_listen(to: str, code: int, tmp_path: Path) -> None:
    command = f"'{sys.executable}' -m flows.cli releases --json --home '{tmp_path}' {to}"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)


def test_plan_says_what_a_run_would_do(sample_home: Path, tmp_path: Path, said: Command) -> None:
    assert said("plan", "--json", home=sample_home).document["new"] == 0
    (tmp_path / "fresh.txt").write_text("新", encoding="utf-8")
    told = said("plan", tmp_path / "fresh.txt", "--json", home=sample_home).document
    assert told["rules"]["state"] == "same"
    counts = {"files": 1, "bytes": 3, "addresses": 0, "new": 1, "changed": 0, "known": 0}
    assert {name: told[name] for name in counts} == counts


@pytest.mark.parametrize(("gone", "said_of_it"), [("gone", "no such file or folder"), ("*/gone.txt", "no file there")])
def test_plan_tells_of_a_source_that_would_bring_nothing(
    sample_home: Path, tmp_path: Path, said: Command, gone: str, said_of_it: str
) -> None:
    (tmp_path / "here.txt").write_text("天气晴好。", encoding="utf-8")
    rows = f"source_id,location\nhere,{tmp_path / 'here.txt'}\ngone,{tmp_path / gone}\n"
    (sample_home / "sources.csv").write_text(rows, encoding="utf-8")
    told = f"source gone: {said_of_it}: {tmp_path / gone}"
    assert told in said("plan", home=sample_home).out.splitlines()
    assert said("plan", "--json", home=sample_home).document["silent"] == [told]


def test_plan_refuses_the_sample_articles_where_others_are(
    sample_home: Path, tmp_path: Path, said: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.txt").write_text(
        "渡口的灯还没有熄，船工已经把缆绳理好，等着第一批进城卖菜的人上船。" * 3, encoding="utf-8"
    )
    home = tmp_path / "own"
    monkeypatch.setattr(Course, "judge_table", unjudged)
    assert night(home, tmp_path / "own.txt").state == "published"
    answer = said("plan", home=home)
    assert answer.code == endings.NO_INPUT
    assert "the sample articles do not belong among what it holds; give a PATH" in answer.err
    assert said("plan", home=sample_home).code == endings.OK


def test_a_row_that_was_held_back_is_told_by_the_place_it_came_from(sample_home: Path, said: Command) -> None:
    listed = said("quarantine", "list", home=sample_home).out
    for place in ("feeds/wire.jsonl#3", "mirror/link-pool.txt#0", "legacy/blank.txt\n"):
        assert place in listed


def test_a_refused_file_is_no_change(sample_home: Path, tmp_path: Path, said: Command) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out.txt").symlink_to("/etc/hostname")
    told = said("plan", tmp_path / "in", "--json", home=sample_home).document
    assert (told["files"], told["new"], told["changed"], told["known"]) == (1, 1, 0, 0)


def test_a_home_that_is_a_file(tmp_path: Path, said: Command) -> None:
    (tmp_path / "home").write_text("", encoding="utf-8")
    (tmp_path / "a.txt").write_text("新", encoding="utf-8")
    answer = said("run", tmp_path / "a.txt", home=tmp_path / "home")
    assert answer.code == endings.IO
    assert str(tmp_path / "home") in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_is_not_ours(tmp_path: Path, said: Command) -> None:
    (tmp_path / "a.txt").write_text("新", encoding="utf-8")
    (tmp_path / "home").mkdir(mode=0o500)
    answer = said("run", tmp_path / "a.txt", home=tmp_path / "home")
    assert answer.code == endings.IO
    assert str(tmp_path / "home") in answer.err


def test_a_sources_file_nobody_can_read(sample_home: Path, said: Command) -> None:
    (sample_home / "sources.csv").write_text("what,is,this\n1,2,3\n", encoding="utf-8")
    answer = said("plan", home=sample_home)
    assert answer.code == endings.USAGE
    assert str(sample_home / "sources.csv") in answer.err


def test_a_reader_who_has_heard_enough_is_no_trouble(sample_home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "queries", "--home", str(sample_home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        assert command.stdout
        assert command.stderr
        command.stdout.close()
        assert command.stderr.read() == ""
    assert command.returncode == 128 + signal.SIGPIPE


@pytest.mark.parametrize("name", ["what?", "back\\slash", "\udcb8\udcdb"], ids=ascii)
def test_a_home_whose_files_duckdb_cannot_open_is_refused_unmade(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.command(["run", "--home", str(tmp_path / name)]) == 2
    assert "name another --home" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
