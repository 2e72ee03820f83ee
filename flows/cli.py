"""The command `wencang`: every ending an exit code and one clear line. Engines are imported by the verb that needs them."""

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
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO, cast

from flows.endings import BUG, IO, NO_INPUT, OK, USAGE, Trouble, emit, failure, first_line
from flows.grammar import parser
from flows.reporting import log
from flows.settings import Home, home
from flows.stopping import Stopped


def command(given: Sequence[str]) -> int:
    """Understand a command line and run its verb; the exit code."""
    try:
        options = parser().parse_args(given)
    except Trouble as trouble:
        # Not understood, but for the form it is to be answered in.
        options = argparse.Namespace(verb=None, json="--json" in given)
        if "--log-format json" in " ".join(given).replace("=", " "):
            os.environ[log.VARIABLE] = "json"
        return told(options, trouble.code, str(trouble))
    if options.log_format:
        os.environ[log.VARIABLE] = options.log_format
    try:
        return answer(options)
    except Exception as error:
        log.say("traceback", "".join(ours(error)))
        return told(
            options, BUG, f"{type(error).__name__}: {first_line(error)}; this is a fault of wencang, please report it"
        )


def answer(options: argparse.Namespace) -> int:
    """Run the verb; turn every foreseen ending into its exit code and one clear line."""
    module = importlib.import_module(f"flows.commands.{options.module}")
    try:
        return int(getattr(module, options.verb)(options, opened_by_name(home(options.home))) or OK)
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
    except MemoryError as error:
        why = f" ({first_line(error)})" if str(error) else ""
        return told(options, IO, f"no memory left{why}; free some, or lift a limit on it, then run again")
    except Stopped as stop:
        return told(options, stop.code, f"{stop}; the last release is as it was, run again to carry on")
    except KeyboardInterrupt:
        return told(options, 130, "stopped; nothing is half done, say it again to carry on")


def opened_by_name(place: Home) -> Home:
    """The home, if the database can open files in a folder called so. Raises Trouble."""
    root = str(place.root)
    # It takes what follows `?` for parameters of an address, and `\` for `/`.
    if found := [mark for mark in "?\\" if mark in root]:
        raise Trouble(
            USAGE, f"{root}: DuckDB opens no file in a folder with {found[0]} in its name; name another --home"
        )
    if root.encode("utf-8", "replace") != os.fsencode(root):
        # It takes names as UTF-8, whatever the locale makes of them.
        shown, cure = root.encode("utf-8", "backslashreplace").decode(), "set PYTHONUTF8=1, or name another --home"
        raise Trouble(
            USAGE, f"{shown}: DuckDB opens no file in a folder whose name is not UTF-8 in this locale; {cure}"
        )
    return place


def told(options: argparse.Namespace, code: int, message: str) -> int:
    """Say what went wrong where the caller listens."""
    if options.json:
        # Where nothing can be said any more the exit code says it.
        with suppress(OSError):
            emit({"error": message, "exit_code": code})
    log.say("trouble", f"wencang{f' {options.verb}' if options.verb else ''}: {message}", exit_code=code)
    return code


def unheard() -> int:
    """Whoever read stdout has heard enough (`wencang quarantine list | head`): no trouble, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def opened() -> None:
    """Streams that came closed lead nowhere: else the next file opened would stand in their place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    # The interpreter leaves out what it found closed.
    sys.stdout, sys.stderr = sys.stdout or nowhere(), sys.stderr or nowhere()


def nowhere() -> TextIO:
    """A stream for what nobody hears."""
    return Path(os.devnull).open("w", encoding="utf-8")


def ours(error: BaseException) -> list[str]:
    """The traceback without the frames of the orchestrator, which only pass an error on."""
    told = traceback.TracebackException.from_exception(error)
    told.stack = traceback.StackSummary.from_list([f for f in told.stack if "/prefect/" not in f.filename])
    return list(told.format())


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point of the command."""
    opened()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character is shown its number.
        cast(TextIOWrapper, stream).reconfigure(errors="backslashreplace")
    code = command(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = unheard()
    except OSError as error:
        unheard()
        code = code or IO
        log.say("trouble", f"wencang: {failure(error)}: standard output", exit_code=code)
    # Engines leave native objects behind whose destructors complain on stderr; nothing of ours is left to do.
    atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
