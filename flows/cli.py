"""The command `wencang`: verbs, options, exit codes. Engines are imported by the verb that needs them."""

from __future__ import annotations

import argparse
import atexit
import importlib
import logging
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from flows.endings import BUG, IO, NO_INPUT, OK, Trouble, emit, failure, first_line
from flows.reporting import log
from flows.settings import cores, home
from flows.stopping import Stopped


def day(text: str) -> date:
    """A date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2026-11-22") from None


def count(text: str) -> int:
    """A number of things given on the command line, one at least."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 upwards")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The grammar of the command."""
    top = argparse.ArgumentParser(
        prog="wencang", description="文仓: raw Chinese web news in, a DuckDB warehouse you can trust out, every night."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, module: str, text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=text, description=text)
        sub.add_argument("--home", metavar="DIR", help="home of the warehouse (default $WENCANG_HOME, else ./var)")
        sub.add_argument("--json", action="store_true", help="print one JSON document on stdout")
        sub.add_argument(
            "--log-format",
            choices=log.FORMATS,
            help=f"stderr as text or as JSON, one event a line (default ${log.VARIABLE}, else text)",
        )
        sub.set_defaults(module=module)
        return sub

    run = verb("run", "run", "one night: ingest, clean, deduplicate, enrich, check, publish")
    run.add_argument("paths", nargs="*", metavar="PATH", help="file, folder or glob; none: the sources of sources.csv")
    run.add_argument("--night", type=day, help="business date of the night (default: today in Shanghai)")
    run.add_argument("--source", metavar="ID", help="source the paths belong to")
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
    backfill = verb("backfill", "backfill", "the nights of past dates, each under its own date")
    backfill.add_argument(
        "paths", nargs="*", metavar="PATH", help="{night} in it is the date, {night:%%Y/%%Y%%m%%d} a form of it"
    )
    backfill.add_argument("--from", dest="first", type=day, required=True, metavar="D", help="first date")
    backfill.add_argument("--to", dest="last", type=day, required=True, metavar="D", help="last date")
    backfill.add_argument("--source", metavar="ID", help="source the paths belong to")
    serve = verb("serve", "serve", "serve the nightly flow as a Prefect deployment with its schedule")
    serve.add_argument("--cron", default="0 2 * * *", help="cron expression in Shanghai time (default: %(default)s)")
    serve.add_argument(
        "--every",
        type=count,
        metavar="SECONDS",
        help="instead of the cron: a night every so many seconds, to try it out",
    )
    plan = verb("plan", "plan", "what a run would do; changes nothing")
    plan.add_argument("paths", nargs="*", metavar="PATH")
    plan.add_argument("--source", metavar="ID")
    verb("status", "status", "last release, running or crashed run, counts, warnings")
    verb("runs", "status", "every run so far")
    explain = verb("explain", "explain", "the whole life of one record, document, article or quarantined row")
    explain.add_argument("id", metavar="ID", help="record, document or article id, article key, Q-… or a file name")
    quarantine = verb("quarantine", "held", "the rows that were held back")
    quarantine.add_argument("action", choices=["list", "show", "replay"])
    quarantine.add_argument("id", nargs="?", metavar="ID")
    quarantine.add_argument("--reason", metavar="CODE", help="only rows held back for this reason")
    verb("learn", "learn", "the lines each source says over and over, as rows for HOME/furniture.csv")
    verb("releases", "releases", "published releases")
    rollback = verb("rollback", "releases", "let readers see an earlier release again")
    rollback.add_argument("id", nargs="?", metavar="ID", help="release (default: the one before the current)")
    verify = verb("verify", "releases", "recompute every digest of a release")
    verify.add_argument("id", nargs="?", metavar="ID", help="release (default: the current one)")
    gc = verb("gc", "releases", "remove old releases, never the current one or its parent")
    gc.add_argument(
        "--keep", type=int, default=14, metavar="N", help="nights whose last release is kept (default: %(default)s)"
    )
    verb("report", "report", "where the report of the current release lies, and what it says")
    search = verb("search", "search", "full-text search of published articles; any script finds any script")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--limit", type=int, default=10, metavar="N")
    queries = verb("queries", "queries", "the questions a warehouse is asked most, and their answers")
    queries.add_argument("name", nargs="?", metavar="NAME", help="the question to answer (default: list them)")
    queries.add_argument("--sql", action="store_true", help="print the SQL instead of the answer")
    export = verb("export", "export", "the marts as files")
    export.add_argument("folder", metavar="DIR")
    export.add_argument("--format", choices=["parquet", "csv", "jsonl"], default="parquet")
    connect = verb("connect", "connect", "a ready, hardened connection recipe")
    clients = ["python", "superset", "metabase", "jdbc", "node", "harlequin", "dbeaver", "excel"]
    connect.add_argument("--for", dest="client", required=True, choices=clients)
    verb("doctor", "doctor", "check the installation, home, disk and locks")
    return top


def answer(options: argparse.Namespace) -> int:
    """Run the verb; turn every foreseen ending into its exit code and one clear line."""
    module = importlib.import_module(f"flows.commands.{options.module}")
    try:
        return int(getattr(module, options.verb)(options, home(options.home)) or OK)
    except Trouble as trouble:
        return told(options, trouble.code, str(trouble))
    except BrokenPipeError:
        return unheard()
    except FileNotFoundError as error:
        return told(options, NO_INPUT, f"{error}; check the path, or see `wencang run --help`")
    except OSError as error:
        return told(
            options,
            IO,
            f"{failure(error)}; room, permissions or a damaged file? see `wencang doctor`",
        )
    except Stopped as stop:
        return told(options, stop.code, f"{stop}; the last release is as it was, run again to carry on")
    except KeyboardInterrupt:
        return told(options, 130, "stopped; nothing is half done, say it again to carry on")


def told(options: argparse.Namespace, code: int, message: str) -> int:
    """Say what went wrong where the caller listens."""
    if options.json:
        emit({"error": message, "exit_code": code})
    log.say("trouble", f"wencang {options.verb}: {message}", exit_code=code)
    return code


def unheard() -> int:
    """Whoever read stdout has heard enough (`wencang quarantine list | head`): no trouble, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def ours(error: BaseException) -> list[str]:
    """The traceback without the frames of the orchestrator, which only pass an error on."""
    told = traceback.TracebackException.from_exception(error)
    told.stack = traceback.StackSummary.from_list([f for f in told.stack if "/prefect/" not in f.filename])
    return list(told.format())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the command."""
    options = parser().parse_args(arguments)
    if options.log_format:
        os.environ[log.VARIABLE] = options.log_format
    try:
        code = answer(options)
    except Exception as error:
        log.say("traceback", "".join(ours(error)))
        code = told(
            options, BUG, f"{type(error).__name__}: {first_line(error)}; this is a fault of wencang, please report it"
        )
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = unheard()
    # Engines leave native objects behind whose destructors complain on stderr; nothing of ours is left to do.
    atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
