"""Every verb as a user meets it: its answer, its one JSON document, and what it says to bad input."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows import cli, endings
from flows.commands import explain, run
from flows.commands.export import alone_in, part_of, write
from flows.endings import Trouble
from flows.night import Course, Outcome
from flows.publication import all_held_back
from tests.conftest import NIGHT, PROJECT, Command, night, release_id, unjudged

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


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_writes_every_table(form: str, sample_home: Path, tmp_path: Path, said: Command) -> None:
    answer = said("export", "--format", form, tmp_path / "out", "--json", home=sample_home)
    written = {path.stem for path in (tmp_path / "out").glob(f"*.{form}")}
    assert written == {name.partition(".")[2] for name in answer.document["rows"]}
    assert "fct_article" in written


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_into_a_folder_of_any_name(form: str, tmp_path: Path) -> None:
    """In a locale that is not that of the name, too: bytes that are no characters then."""
    folder = tmp_path / os.fsdecode("港".encode("gb18030"))
    folder.mkdir()
    write(pl.DataFrame({"title": ["渡口"]}), folder / "fct_article", form)
    assert "渡口".encode() in (folder / f"fct_article.{form}").read_bytes()


def test_a_disk_that_is_full_is_no_fault_of_the_export(tmp_path: Path) -> None:
    (tmp_path / part_of("fct_article.parquet")).symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"transport error|No space left"):
        write(pl.DataFrame({"title": ["渡口"] * 9}), tmp_path / "fct_article", "parquet")
    assert not (tmp_path / "fct_article.parquet").exists()


def test_what_is_learnt_is_utf8_on_a_terminal_of_ascii(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into furniture.csv, which is nothing else."""
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert cli.command(["learn", "--home", str(sample_home)]) == endings.OK
    assert "内容节选" in written.getvalue().decode()


def test_one_export_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    left, others = tmp_path / part_of("fct_article.csv"), tmp_path / ".film.part"
    left.touch()
    others.touch()
    with alone_in(tmp_path):
        assert not left.exists(), "a killed one had begun it"
        assert others.exists(), "somebody else's is left alone"
        with pytest.raises(Trouble, match="another export writes into") as caught, alone_in(tmp_path):
            pass
    assert caught.value.code == endings.BUSY
    with alone_in(tmp_path):
        pass


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


def test_a_run_that_died_is_never_called_running(sample_home: Path, said: Command) -> None:
    with duckdb.connect(str(sample_home / "work.duckdb")) as connection:
        connection.execute("update ops.runs set state = 'running', ended_at_utc = null").fetchall()
    told = said("status", "--json", home=sample_home).document
    assert told["running"] is None
    assert told["last_run"]["state"] == "died"
    assert [row["state"] for row in said("runs", "--json", home=sample_home).document] == ["died"]
    assert told["last_run"]["night"] == str(NIGHT)


def test_what_a_night_without_news_warned_of_is_told_in_the_morning(sample_home: Path, said: Command) -> None:
    (sample_home / "inbox").mkdir()
    shutil.copy(PROJECT / "seeds" / "articles" / "mirror" / "night-school-mirror.txt", sample_home / "inbox")
    there = f"source_id,location\ngone,{sample_home}/gone\nhere,{sample_home}/inbox/*.txt\n"
    (sample_home / "sources.csv").write_text(there, encoding="utf-8")
    before = said("run", home=sample_home).err.splitlines()
    assert before[-1].startswith(f"Release {release_id(sample_home)}: of 1 new record 0 published"), (
        "a copy, and the end"
    )
    again = said("run", home=sample_home)
    [warning] = [line for line in again.err.splitlines() if line.startswith("warning: source gone: ")]
    assert again.err.splitlines()[-1].startswith("Nothing new: 1 of 1 file were known, 1 warning, release ")
    status, runs = said("status", home=sample_home), said("runs", home=sample_home)
    assert "unchanged" in status.out
    assert f"warning    {warning.removeprefix('warning: ')}\n" in status.out
    assert [line.endswith(", 1 warning") for line in runs.out.splitlines()] == [False, True, True]
    told = said("status", "--json", home=sample_home).document["last_run"]
    assert told["warnings"] == [warning.removeprefix("warning: ")]
    # The release tells of the nights up to its own.
    with duckdb.connect(str(sample_home / "current" / "warehouse.duckdb"), read_only=True) as connection:
        published = connection.execute("select warnings from meta.run order by started_at_utc").fetchall()
    assert published == [(None,), (told["warnings"][0],)]


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


def test_a_night_of_nothing_new_says_that_it_warned() -> None:
    outcome = Outcome("run", NIGHT, "unchanged", "r", files=2, known_files=2, warnings=["a", "b"])
    assert run.sentence(outcome) == "Nothing new: 2 of 2 files were known, 2 warnings, release r stays (0.0 s)."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (2, "Nothing new: 2 of 2 files were known, release r stays (0.0 s)."),
        (1, "Nothing new: 1 of 2 files were known, 1 rejected as before, release r stays (0.0 s)."),
    ],
)
def test_a_night_of_nothing_new_accounts_for_every_file(known: int, said: str) -> None:
    assert run.sentence(Outcome("run", NIGHT, "unchanged", "r", files=2, known_files=known)) == said


def test_a_night_that_does_everything_over_accounts_for_every_record() -> None:
    outcome = Outcome(
        "r", NIGHT, state="published", release_id="now", totals={"published": 5, "duplicate": 1}, seconds=2
    )
    assert run.sentence(outcome).startswith("Release now: of 6 known records 5 published, 1 duplicate, 0 superseded, ")


@pytest.mark.parametrize(
    ("fates", "told"),
    [({"quarantined": 3}, ["all 3 new records held back: `wencang quarantine list` says why"]),
     ({"quarantined": 3, "published": 1}, []), ({"rejected_file": 1}, []), ({}, [])],
)  # fmt: skip
def test_a_night_of_which_nothing_is_left_says_so(fates: dict[str, int], told: list[str]) -> None:
    assert all_held_back(fates) == told


@pytest.mark.parametrize("name", ["what?", "back\\slash", "\udcb8\udcdb"], ids=ascii)
def test_a_home_whose_files_duckdb_cannot_open_is_refused_unmade(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.command(["run", "--home", str(tmp_path / name)]) == 2
    assert "name another --home" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
