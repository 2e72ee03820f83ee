"""The grammar of the command: its verbs, what each takes, and what its help says."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any, NoReturn

from flows.endings import USAGE, Trouble
from flows.reporting import log
from flows.reporting.wording import meant
from flows.settings import FIRST_NIGHT, LAST_NIGHT, cores

CLIENTS = ["python", "superset", "metabase", "jdbc", "node", "harlequin", "dbeaver", "excel"]
NIGHTS_KEPT = 14
# Of exported files.
FORMATS = ["parquet", "csv", "jsonl"]
EPILOG = """\
To begin with:
  wencang run             one night on the sample articles
  wencang run FOLDER      one on your own
  wencang search 机器人   articles that speak of it, in any script
  wencang queries         the questions a warehouse is asked most
  wencang query SQL       one of yours

Exit codes: 0 done · 1 a fault of wencang · 2 wrong use · 3 a quality gate kept
the last release · 4 disk or files · 5 no readable input · 75 another run is at
work. `wencang VERB --help` says what a verb takes.
"""

Verb = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a verb by its name, the module of flows.commands that answers it, and what it does."""


class Parser(argparse.ArgumentParser):
    """A parser that says in one line what it does not understand, what that nearly is, and where help is."""

    def error(self, message: str) -> NoReturn:
        """Raises Trouble."""
        raise Trouble(USAGE, f"{message}; see `{self.prog} --help`")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What was asked for; nothing is left for a parser above, which would not know which verb it was."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unknown argument {unknown[0]!r}{meant(unknown[0], self._option_string_actions)}")
        return known, unknown

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        known = list(map(str, action.choices or ()))
        if known and value not in known:
            name = action.option_strings[0] if action.option_strings else action.metavar or action.dest
            raise argparse.ArgumentError(
                None, f"{name} is {value!r}{meant(value, known)}; there are {', '.join(known)}"
            )


def text(given: str) -> str:
    """Words given on the command line."""
    try:
        words = os.fsencode(given).decode()
    except UnicodeDecodeError:
        raise argparse.ArgumentTypeError(f"{given!r} is not UTF-8") from None
    if not words.strip():
        raise argparse.ArgumentTypeError("it is empty")
    return words


def day(text: str) -> date:
    """A date given on the command line."""
    try:
        told = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-22") from None
    if not FIRST_NIGHT <= told <= LAST_NIGHT:
        raise argparse.ArgumentTypeError(f"{text!r} is no night from {FIRST_NIGHT} to {LAST_NIGHT}")
    return told


def count(text: str) -> int:
    """A number of things given on the command line, one at least."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 upwards")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The whole command."""
    top = Parser(
        prog="wencang",
        description="文仓: raw Chinese web news in, a DuckDB warehouse you can trust out.",
        epilog=EPILOG,
        allow_abbrev=False,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=16),
    )
    top.add_argument("--version", action="version", version=f"wencang {version('wencang')}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, module: str, text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
        sub.set_defaults(module=module)
        return sub

    nights(verb)
    standing(verb)
    asking(verb)
    publishing(verb)
    for sub in verbs.choices.values():
        everywhere(sub)
    return top


def everywhere(sub: argparse.ArgumentParser) -> None:
    """What every verb takes."""
    sub.add_argument("--home", metavar="DIR", help="home of the warehouse (default $WENCANG_HOME, else ./var)")
    sub.add_argument("--json", action="store_true", help="print one JSON document on stdout")
    sub.add_argument(
        "--log-format",
        choices=log.FORMATS,
        help=f"stderr as text or as JSON, one event a line (default ${log.VARIABLE}, else text)",
    )


def nights(verb: Verb) -> None:
    """The verbs that make a night, or say what one would do."""
    run = verb("run", "run", "one night: ingest, clean, deduplicate, enrich, check, publish")
    arriving(run, help="file, folder or glob; none: the sources of sources.csv")
    run.add_argument(
        "--night", type=day, metavar="DATE", help="business date of the night (default: today in Shanghai)"
    )
    run.add_argument(
        "--workers", type=count, default=cores(), metavar="N", help="processes for large nights (default: %(default)s)"
    )
    run.add_argument(
        "--engine",
        default="processes",
        metavar="NAME",
        help="who works: processes (of this machine), or ray (extra wencang[ray]; the cluster RAY_ADDRESS names, else here)",
    )
    run.add_argument(
        "--exchange", metavar="URL", help="place every machine of the cluster sees, as s3://… (default: in the home)"
    )
    run.add_argument(
        "--rebuild", action="store_true", help="reprocess everything in the archive under the rules of today"
    )
    keeping(run)
    arriving(verb("plan", "plan", "what a run would do; changes nothing"), help="as for run")
    backfill = verb("backfill", "backfill", "the nights of past dates, each under its own date")
    arriving(backfill, help="{night} in it is the date, {night:%%Y/%%Y%%m%%d} a form of it")
    backfill.add_argument("--from", dest="first", type=day, required=True, metavar="DATE", help="first date")
    backfill.add_argument("--to", dest="last", type=day, required=True, metavar="DATE", help="last date")
    serve = verb("serve", "serve", "serve the nightly flow as a Prefect deployment with its schedule")
    serve.add_argument("--cron", default="0 2 * * *", help="cron expression in Shanghai time (default: %(default)s)")
    serve.add_argument(
        "--every",
        type=count,
        metavar="SECONDS",
        help="instead of the cron: a night every so many seconds, to try it out",
    )
    keeping(serve)


def arriving(sub: argparse.ArgumentParser, **of_paths: Any) -> None:
    """What is to be taken in."""
    sub.add_argument("paths", nargs="*", metavar="PATH", **of_paths)
    sub.add_argument("--source", metavar="ID", help="source the paths belong to, a row of sources.csv")


def keeping(sub: argparse.ArgumentParser) -> None:
    """What becomes of old releases once a new one is published."""
    sub.add_argument(
        "--keep",
        type=count,
        metavar="N",
        help="after publishing, remove releases as `wencang gc --keep N` does (default: no)",
    )


def standing(verb: Verb) -> None:
    """The verbs that tell how things stand, and why."""
    verb("status", "status", "last release, running or crashed run, counts, warnings")
    verb("runs", "status", "every run so far")
    report = verb("report", "report", "where the report of a release lies, and what it says")
    of_release(report)
    explain = verb("explain", "explain", "the whole life of one record, document, article or quarantined row")
    explain.add_argument(
        "id", type=text, metavar="ID", help="record, document or article id, article key, Q-… or a file name"
    )
    quarantine = verb("quarantine", "quarantine", "the rows that were held back")
    quarantine.add_argument(
        "action",
        choices=["list", "show", "replay"],
        help="list them, show one and how it begins, or send them through again",
    )
    quarantine.add_argument("id", nargs="?", metavar="ID", help="row to show, as listed")
    quarantine.add_argument("--reason", metavar="CODE", help="only rows held back for this reason")
    verb("learn", "learn", "the lines each source says over and over, as rows for HOME/furniture.csv")
    verb("doctor", "doctor", "check the installation, home, disk and locks")


def asking(verb: Verb) -> None:
    """The verbs that ask the current release."""
    search = verb("search", "search", "full-text search of published articles; any script finds any script")
    search.add_argument("text", type=text, metavar="TEXT", help="words, as 机器人 or 'quantum computing'")
    search.add_argument("--limit", type=count, default=10, metavar="N", help="articles shown (default: %(default)s)")
    queries = verb("queries", "queries", "the questions a warehouse is asked most, and their answers")
    queries.add_argument("name", nargs="?", metavar="NAME", help="the question to answer (default: list them)")
    queries.add_argument(
        "word", nargs="?", type=text, metavar="WORD", help="what to ask about, where the question is about a word"
    )
    queries.add_argument("--sql", action="store_true", help="print the SQL instead of the answer, for any client")
    query = verb("query", "queries", "your own question, in SQL, to the tables of marts and meta")
    query.add_argument("sql", type=text, metavar="SQL", help="one SELECT, as 'select count(*) from marts.fct_article'")
    export = verb("export", "export", "the marts as files")
    export.add_argument("folder", metavar="DIR", help="folder to write them into")
    export.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="of the files (default: %(default)s)")
    connect = verb("connect", "connect", "a ready, hardened connection recipe")
    connect.add_argument("--for", dest="client", required=True, choices=CLIENTS, help="who is to be connected")


def publishing(verb: Verb) -> None:
    """The verbs about releases."""
    verb("releases", "releases", "published releases")
    rollback = verb("rollback", "releases", "let readers see an earlier release again")
    of_release(rollback, default="the one before the current")
    verify = verb("verify", "releases", "recompute every digest of a release")
    of_release(verify)
    gc = verb("gc", "releases", "remove old releases, never the current one or its parent")
    gc.add_argument(
        "--keep",
        type=count,
        default=NIGHTS_KEPT,
        metavar="N",
        help="nights whose last release is kept (default: %(default)s)",
    )


def of_release(sub: argparse.ArgumentParser, default: str = "the current one") -> None:
    """Which release is meant."""
    sub.add_argument("id", nargs="?", metavar="ID", help=f"release (default: {default})")
